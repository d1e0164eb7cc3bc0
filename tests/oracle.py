"""What the questions are checked with: a KnowledgeGraph by plain Python and networkx, not by its RDF."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

import networkx as nx

import kg
from kg.ids import DEFAULT_BASE, iri_of

Row = tuple[str | None, ...]
GALORE = "paper:2403.03507"
CITING = {"cites", "motivatedBy", "buildsOn", "usesMethodOf", "evaluatedWith", "cautionedBy"}


class World:
    """A graph with the look-ups that the answers share."""

    def __init__(self, graph: kg.KnowledgeGraph) -> None:
        self.graph = graph
        self.edges = list(graph.edges())
        self.name = {node.id: node.label for node in graph.nodes()}
        self.tree: nx.DiGraph[str] = nx.DiGraph()
        self.tree.add_nodes_from(node.id for node in graph.nodes("Topic"))
        self.tree.add_edges_from((e.source, e.target) for e in graph.edges("broader"))

    def value(self, id: str, name: str) -> str | None:
        found = self.graph.node(id).attributes.get(name)
        if found is None:
            return None
        assert not isinstance(found, tuple)
        return str(found).lower() if isinstance(found, bool) else str(found)

    def values(self, id: str, name: str) -> tuple[str, ...]:
        found = self.graph.node(id).attributes.get(name, ())
        return found if isinstance(found, tuple) else (str(found),)

    @cached_property
    def topics(self) -> dict[str, set[str]]:
        """Of each paper, the topics that list it."""
        found: dict[str, set[str]] = defaultdict(set)
        for edge in self.graph.edges("hasTopic"):
            found[edge.source].add(edge.target)
        return found

    def at_depth(self, paper: str, depth: int) -> set[str]:
        """The paths at a level of the tree above the places of a paper."""
        above = {
            up for topic in self.topics[paper] for up in {topic, *nx.descendants(self.tree, topic)}
        }
        return {str(self.value(t, "path")) for t in above if self.value(t, "depth") == str(depth)}

    def under(self, path: str) -> set[str]:
        root = next(n.id for n in self.graph.nodes("Topic") if n.attributes["path"] == path)
        return {root, *nx.ancestors(self.tree, root)}

    @cached_property
    def cited(self) -> dict[str, set[str]]:
        """Of each entry, the papers that it cites."""
        found: dict[str, set[str]] = defaultdict(set)
        for edge in self.edges:
            if edge.type in CITING:
                found[edge.source].add(edge.target)
        return found

    @cached_property
    def about(self) -> dict[str, str]:
        return {edge.source: edge.target for edge in self.graph.edges("about")}

    def about_papers(self, type: str) -> set[str]:
        return {self.about[node.id] for node in self.graph.nodes(type) if node.id in self.about}

    def period(self, entry: str) -> str | None:
        digest = next(e.target for e in self.graph.edges("partOf") if e.source == entry)
        return self.value(digest, "period")

    @cached_property
    def members(self) -> dict[str, set[str]]:
        """Of each month, the nodes of which its digest says something."""
        found: dict[str, set[str]] = defaultdict(set)
        for edge in self.edges:
            found[edge.digest.removeprefix("digest:")] |= {edge.source, edge.target}
        return found


def iri(id: str) -> str:
    return iri_of(id, DEFAULT_BASE)


def term(name: str) -> str:
    return f"https://kg.example/ontology#{name}"


def named(world: World, id: str) -> tuple[str, str]:
    return iri(id), world.name[id]


def counted(counts: Iterable[tuple[str, int]]) -> list[Row]:
    return [(name, str(count)) for name, count in counts]

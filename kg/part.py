"""A part of a graph that is a graph itself: by type, by relation, by place in the topic tree.

Nothing is made up for it: nodes and edges are those of the whole, an edge stays
if both its ends do. What was counted over the whole (the weight of a coCited)
stays as it was counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.errors import KgError, UnknownName
from kg.graph import KnowledgeGraph
from kg.ids import normalise

if TYPE_CHECKING:
    from kg.model import Node
    from kg.ontology import EdgeType, NodeType, Ontology

__all__ = ["part"]


def part(
    graph: KnowledgeGraph,
    include: Iterable[str] = (),
    exclude: Iterable[str] = (),
    topic: str = "",
    depth: int | None = None,
) -> KnowledgeGraph:
    """The part of a graph that is asked for; all conditions have to hold.

    `include` and `exclude` name node types and relations, and each name also what
    lies below it (`Entry`, `cites`): where types are included no others stay, and
    likewise relations. `topic` is a path of labels, `Computer Vision > Video`, or
    its end, or a node id: that topic, all below it, their papers and what speaks of
    those. `depth` keeps that many levels of topics, counted from the roots or from
    `topic`; papers that stand only deeper go, and what speaks of nothing else.

    Fails with `UnknownName` for a name that is none, with `KgError` for a topic
    that could be several and a depth below 1.
    """
    if depth is not None and depth < 1:
        raise KgError(f"a depth of {depth}: the roots alone are 1")
    types, relations = _chosen(graph.ontology, list(include), list(exclude))
    ids = {node.id for node in graph.nodes()}
    if topic or depth is not None:
        ids = _Tree(graph).kept(topic, depth)
    nodes = [node for node in graph.nodes() if node.id in ids and node.type in types]
    ids = {node.id for node in nodes}
    edges = (
        edge
        for edge in graph.edges()
        if edge.type in relations and edge.source in ids and edge.target in ids
    )
    return KnowledgeGraph([*nodes, *edges], graph.ontology)


def _chosen(
    ontology: Ontology, include: list[str], exclude: list[str]
) -> tuple[set[str], set[str]]:
    """The node types and the relations that stay."""
    for name in (*include, *exclude):
        if name not in ontology.node_types and name not in ontology.edge_types:
            known = [*ontology.node_types, *ontology.edge_types]
            raise UnknownName("node type or relation", name, known)

    def narrowed(terms: dict[str, NodeType] | dict[str, EdgeType]) -> set[str]:
        wanted = [name for name in include if name in terms]
        unwanted = [name for name in exclude if name in terms]
        found = _below(terms, wanted) if wanted else set(terms)
        return found - _below(terms, unwanted)

    return narrowed(dict(ontology.node_types)), narrowed(dict(ontology.edge_types))


def _below(terms: dict[str, NodeType] | dict[str, EdgeType], names: list[str]) -> set[str]:
    """These terms and all that are kinds of them."""
    above = {terms[name].iri for name in names}
    return {name for name, term in terms.items() if term.iri in above or above & {*term.above}}


def _folded(label: str) -> str:
    """A label as it is compared: whatever its case, white space and Unicode form."""
    return normalise(label).casefold()


class _Tree:
    """The topics, who stands where in them, and who speaks of whom."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph
        self.near = graph.neighbours()
        self.lower: dict[str, list[str]] = {}
        self.upper: dict[str, list[str]] = {}
        for edge in graph.edges("broader"):
            self.lower.setdefault(edge.target, []).append(edge.source)
            self.upper.setdefault(edge.source, []).append(edge.target)

    def kept(self, topic: str, depth: int | None) -> set[str]:
        """Ids of the topics to a depth, of their papers, and of what speaks of these."""
        every = [node.id for node in self.graph.nodes("Topic")]
        roots = [self._find(topic)] if topic else [id for id in every if id not in self.upper]
        topics = self._subtree(roots, depth)
        placed = {edge.source for edge in self.graph.edges("hasTopic")}
        papers = {
            edge.source for edge in self.graph.edges("hasTopic") if edge.target in topics
        }  # fmt: skip
        loose: set[str] = set()
        if not topic:  # what the tree says nothing of is no deeper than it
            papers |= {node.id for node in self.graph.nodes("Paper") if node.id not in placed}
            loose = {node.id for node in self._others() if not self._papers_at(node.id)}
        speaking = {node.id for node in self._others() if self._papers_at(node.id) & papers}
        hubs = {
            other
            for id in speaking
            for other in self._ends(id)
            if self.graph.node(other).type in ("Digest", "Keyword")
        }
        if not topic:
            silent = {
                n.id for n in self._others() if self._papers_at(n.id) and n.id not in speaking
            }
            loose -= {id for id in loose if self._ends(id) and self._ends(id) <= silent}
        return topics | papers | speaking | hubs | loose

    def _find(self, topic: str) -> str:
        """The node id of a topic that is named by its id, its path or the end of its path."""
        topics = {node.id: self._path(node.id) for node in self.graph.nodes("Topic")}
        if topic in topics:
            return topic
        wanted = tuple(_folded(label) for label in topic.split(">"))
        whole = [id for id, path in topics.items() if path == wanted]
        found = whole or [id for id, path in topics.items() if path[-len(wanted) :] == wanted]
        if len(found) > 1:
            shown = "; ".join(" > ".join(self._labels(id)) for id in found)
            raise KgError(f"several topics end in {topic!r}: {shown}")
        if not found:
            raise UnknownName("topic", topic, [" > ".join(self._labels(id)) for id in topics])
        return found[0]

    def _path(self, id: str) -> tuple[str, ...]:
        return tuple(_folded(label) for label in self._labels(id))

    def _labels(self, id: str) -> tuple[str, ...]:
        """The labels from the root to a topic."""
        chain = [id]
        while (above := self.upper.get(chain[-1])) and above[0] not in chain:
            chain.append(above[0])
        return tuple(self.graph.node(id).label for id in reversed(chain))

    def _subtree(self, roots: list[str], depth: int | None) -> set[str]:
        """The topics below these, themselves included, level by level."""
        found: set[str] = set()
        level, number = list(roots), 0
        while level and (depth is None or number < depth):
            found |= {*level}
            level = [id for above in level for id in self.lower.get(above, ()) if id not in found]
            number += 1
        return found

    def _others(self) -> Iterator[Node]:
        """All nodes but topics and papers."""
        yield from (node for node in self.graph.nodes() if node.type not in ("Topic", "Paper"))

    def _ends(self, id: str) -> set[str]:
        """The nodes at the other ends of the edges of one."""
        return {end for edge in self.near.get(id, ()) for end in (edge.source, edge.target)} - {id}

    def _papers_at(self, id: str) -> set[str]:
        return {other for other in self._ends(id) if self.graph.node(other).type == "Paper"}

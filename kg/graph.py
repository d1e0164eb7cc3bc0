"""The graph that joins the facts: merged by identity, checked by the ontology, always in one order."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from kg.diagnostics import Diagnostic, sort_diagnostics
from kg.errors import BrokenGraph
from kg.model import Edge, Node, Source, Value
from kg.ontology import Ontology, load_ontology
from kg.rules import remark

if TYPE_CHECKING:
    import networkx as nx
    import pyvis.network
    import rdflib

__all__ = ["Fact", "KnowledgeGraph"]

Fact = Node | Edge | Diagnostic


class KnowledgeGraph:
    """Typed nodes and edges with their evidence.

    Facts come in any order; what is said twice is merged: sources are united,
    values of a many-valued attribute collected, mentions of an edge added up.
    Two values of a single-valued attribute leave the smaller one and a
    diagnostic. Adding a fact twice changes nothing, so graphs merge by set union.
    Iteration is by type (in the ontology's order), then by id.
    `memo` keeps what is computed of the graph as it stands; each update empties it.
    """

    def __init__(self, facts: Iterable[Fact] = (), ontology: Ontology | None = None) -> None:
        self.ontology = ontology or load_ontology()
        self._nodes: dict[str, Node] = {}
        self._edges: dict[str, list[Edge]] = {}
        self._edges_by_key: dict[str, dict[tuple[str, ...], Edge]] = {}
        self._diagnostics: list[Diagnostic] = []
        self.memo: dict[str, Any] = {}
        self.update(facts)

    # -- building --------------------------------------------------------------

    def update(self, facts: Iterable[Fact]) -> None:
        """Adds facts; each name is checked against the ontology."""
        self.memo = {}
        for fact in facts:
            if isinstance(fact, Node):
                self._add_node(fact)
            elif isinstance(fact, Edge):
                self._add_edge(fact)
            else:
                self._diagnostics.append(fact)

    def _add_node(self, node: Node) -> None:
        self.ontology.node_type(node.type)
        if self.ontology.type_of(node.id) != node.type:
            raise BrokenGraph(f"the id {node.id!r} is not one of a {node.type}")
        for name in node.attributes:
            if node.type not in self.ontology.attribute(name).domain:
                raise BrokenGraph(f"a {node.type} has no attribute {name!r}")
        known = self._nodes.get(node.id)
        self._nodes[node.id] = _plain(node) if known is None else self._merge_nodes(known, node)

    def _merge_nodes(self, old: Node, new: Node) -> Node:
        return Node(
            id=old.id,
            type=old.type,
            label=self._single(old, "label", old.label, new.label) if new.label else old.label,
            attributes={
                **old.attributes,
                **{
                    name: self._merge_values(old, name, value)
                    for name, value in _plain(new).attributes.items()
                },
            },
            sources=_united(old.sources, new.sources),
        )

    def _merge_values(self, node: Node, name: str, value: Value) -> Value:
        known = node.attributes.get(name)
        if known is None or known == value:
            return value
        if self.ontology.attribute(name).functional:
            chosen: Value = self._single(node, name, known, value)
            return chosen
        return _collected(_listed(known), _listed(value))

    def _single(self, node: Node, name: str, old: Any, new: Any) -> Any:
        if not old or old == new:
            return new
        chosen, other = sorted((old, new), key=str)
        place = node.sources[0] if node.sources else None
        self._diagnostics.append(
            remark(
                "two-values",
                f"{node.id} has two values of {name}: {_clip(chosen)} and {_clip(other)}",
                *((place.file, place.line, place.column) if place else ()),
            )
        )
        return chosen

    def _add_edge(self, edge: Edge) -> None:
        kind = self.ontology.edge_type(edge.type)
        for end, allowed in ((edge.source, kind.domain), (edge.target, kind.range)):
            if self.ontology.type_of(end) not in allowed:
                raise BrokenGraph(f"{end} cannot stand at an end of {edge.type}")
        edges, key = self._index(edge.type), edge.key
        known = edges.get(key)
        if known is not None:
            sources = _united(known.sources, edge.sources)
            mentions = max(known.mentions, edge.mentions)
            if not kind.derived:
                mentions = len(sources) or mentions
            edge = known._replace(
                mentions=mentions,
                weight=max(known.weight, edge.weight, 0.0 if kind.derived else float(mentions)),
                sources=sources,
                section=min(known.section, edge.section),
            )
        elif len(edge.sources) > 1:
            edge = edge._replace(sources=_united((), edge.sources))
        edges[key] = edge

    def _index(self, type: str) -> dict[tuple[str, ...], Edge]:
        """The edges of a type by their keys, to add to."""
        if type not in self._edges_by_key:
            self._edges_by_key[type] = {edge.key: edge for edge in self._edges.pop(type, ())}
        return self._edges_by_key[type]

    def check(self) -> None:
        """Fails if an edge has an end that is no node of the graph."""
        for edge in self.edges():
            for end in (edge.source, edge.target):
                if end not in self._nodes:
                    raise BrokenGraph(
                        f"{edge.type} from {edge.source} to {edge.target}: no node {end}"
                    )

    # -- reading ---------------------------------------------------------------

    def nodes(self, type: str | None = None) -> Iterator[Node]:
        """All nodes, or those of one type, in the fixed order."""
        if type is not None:
            self.ontology.node_type(type)
            return iter(self._nodes_by_type()[type])
        return chain.from_iterable(self._nodes_by_type().values())

    def edges(self, type: str | None = None) -> Iterator[Edge]:
        """All edges, or those of one type, in the fixed order."""
        if type is not None:
            self.ontology.edge_type(type)
            return iter(self._edges_of(type))
        return chain.from_iterable([self._edges_of(name) for name in self.ontology.edge_types])

    def _nodes_by_type(self) -> dict[str, list[Node]]:
        """The nodes in the fixed order, sorted once between updates."""
        if "nodes" not in self.memo:
            found: dict[str, list[Node]] = {name: [] for name in self.ontology.node_types}
            for id in sorted(self._nodes):
                node = self._nodes[id]
                found[node.type].append(node)
            self.memo["nodes"] = found
        return cast("dict[str, list[Node]]", self.memo["nodes"])

    def _edges_of(self, type: str) -> list[Edge]:
        """The edges of a type in the fixed order, sorted once between updates; their keys are let go."""
        if type in self._edges_by_key:
            edges = self._edges_by_key.pop(type)
            self._edges[type] = [edges[key] for key in sorted(edges)]
        return self._edges.get(type, [])

    def node(self, id: str) -> Node:
        """The node of that id; `KeyError` if there is none."""
        return self._nodes[id]

    def __contains__(self, id: object) -> bool:
        return id in self._nodes

    def __len__(self) -> int:
        return len(self._nodes)

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What kg had to say about the digests, by place."""
        return sort_diagnostics(self._diagnostics)

    def counts(self) -> dict[str, dict[str, int]]:
        """How many `nodes` and `edges` of each type there are, in display order."""
        nodes = Counter(node.type for node in self._nodes.values())
        edges = {name: len(self._edges_of(name)) for name in self.ontology.edge_types}
        return {
            "nodes": {name: nodes[name] for name in self.ontology.node_types if nodes[name]},
            "edges": {name: count for name, count in edges.items() if count},
        }

    def neighbours(self) -> dict[str, list[Edge]]:
        """For each node id the edges at it, in the fixed order."""
        found: dict[str, list[Edge]] = defaultdict(list)
        for edge in self.edges():
            found[edge.source].append(edge)
            if edge.target != edge.source:
                found[edge.target].append(edge)
        return found

    @property
    def title(self) -> str:
        """What the graph is of: the periods of its digests."""
        periods = [str(node.attributes.get("period", node.label)) for node in self.nodes("Digest")]
        span = periods[:1] + periods[-1:] if len(periods) > 1 else periods
        return "Knowledge graph " + " – ".join(span) if span else "Knowledge graph"

    # -- other forms -----------------------------------------------------------

    @property
    def nx(self) -> nx.MultiDiGraph[str]:
        """A networkx MultiDiGraph of its own: attributes flat, edge key `type`, `basis` and `digest`."""
        from kg.export.networkx import to_networkx

        return to_networkx(self)

    def rdf(self, base: str | None = None) -> rdflib.Graph:
        """An rdflib graph of the same triples as the Turtle export."""
        from kg.export.turtle import to_rdflib

        return to_rdflib(self, base)

    def to_pyvis(self) -> pyvis.network.Network:
        """A stock pyvis network with our positions, to go on with by hand; see `kg.export.html`."""
        from kg.export.html import to_pyvis

        return to_pyvis(self)

    def export(self, format: str, path: str | Path) -> Path:
        """Writes one of the formats (`ttl`, `graphml`, `html` …) to a file; returns its path."""
        from kg.export import write

        return write(self, format, path)

    def _repr_html_(self) -> str:
        """The page, framed, for notebooks."""
        from html import escape

        from kg.export.html import page

        return (
            f'<iframe title="{escape(self.title)}" sandbox="allow-scripts allow-popups" '
            f'style="width:100%;height:640px;border:0" srcdoc="{escape(page(self))}"></iframe>'
        )

    def __repr__(self) -> str:
        edges = sum(self.counts()["edges"].values())
        return f"<KnowledgeGraph {len(self._nodes)} nodes, {edges} edges>"


def _united(old: tuple[Source, ...], new: tuple[Source, ...]) -> tuple[Source, ...]:
    if not new or (old == new and len(old) < 2):
        return old
    if not old and len(new) == 1:
        return new
    if len(new) == 1 and old and old[-1].sort_key < new[0].sort_key:
        return (*old, *new)
    return tuple(sorted({*old, *new}, key=lambda source: source.sort_key))


def _plain(node: Node) -> Node:
    """A node in the one form that all equal nodes have: a list of one is the one, sources in order."""
    single = {k: v[0] for k, v in node.attributes.items() if isinstance(v, tuple) and len(v) == 1}
    ordered = _united((), node.sources)
    if not single and ordered == node.sources:
        return node
    return node._replace(attributes={**node.attributes, **single}, sources=ordered)


def _collected(known: tuple[str, ...], values: tuple[str, ...]) -> tuple[str, ...]:
    """Sorted values with others; a single one is put in its place, where sorting anew takes long."""
    if len(values) > 1:
        return tuple(sorted({*known, *values}))
    place = bisect_left(known, values[0])
    return (
        known
        if values[0] in known[place : place + 1]
        else (*known[:place], *values, *known[place:])
    )


def _listed(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _clip(value: Any) -> str:
    text = str(value)
    return repr(text if len(text) <= 40 else text[:39] + "…")

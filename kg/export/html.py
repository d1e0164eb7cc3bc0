"""HTML: the graph as one page that opens offline, with vis-network out of pyvis.

Lossy on purpose: long quotations are clipped. The full record is in the Turtle
export.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kg.layout import HOSTS, Layout, layout

if TYPE_CHECKING:
    import pyvis.network

    from kg.export.page.network import Network
    from kg.graph import KnowledgeGraph
    from kg.model import Edge, Node, Source
    from kg.ontology import EdgeType, Term

__all__ = ["dump", "network", "page", "to_pyvis"]

_QUOTE = 600
_STOCK = 1000
"""More nodes than this are too many for a page of pyvis's own."""
_LANGUAGES = ("en", "vi")


def dump(graph: KnowledgeGraph, links: Mapping[str, str] | None = None) -> Iterable[bytes]:
    """The page in UTF-8; where it has a home, with `links` to pages beside it (addresses by their names)."""
    return (piece.encode() for piece in _pieces(graph, None, links))


def page(graph: KnowledgeGraph, title: str | None = None) -> str:
    """The page as text; `title` stands in the heading, by default the periods of the digests."""
    return "".join(_pieces(graph, title, None))


def _pieces(
    graph: KnowledgeGraph, title: str | None, links: Mapping[str, str] | None
) -> Iterator[str]:
    from kg.export.page.columns import columns
    from kg.export.page.rendering import render

    return render(_title(graph, title), columns(*_rows(graph), _source), {}, links)


def network(graph: KnowledgeGraph, title: str | None = None) -> Network:
    """The page before it is written: a pyvis network with positions, to add to or to restyle."""
    from kg.export.page.network import Network

    nodes, edges, data = _rows(graph)
    made = Network(title=_title(graph, title), data=data)
    for node in nodes:
        made.add_node(node.pop("id"), **node | {"sources": [*map(_source, node["sources"])]})
    for edge in edges:
        made.add_edge(edge.pop("from"), **edge | {"sources": [*map(_source, edge["sources"])]})
    return made


def to_pyvis(graph: KnowledgeGraph) -> pyvis.network.Network:
    """A stock pyvis network, with our positions, colours and shapes.

    Its page is pyvis's own, with all that entails: it asks the net for files,
    and takes minutes for thousands of nodes; above 1,000 a warning says so.
    """
    from kg.export.page.network import stock

    count = sum(1 for _ in graph.nodes())
    if count > _STOCK:
        warnings.warn(
            f"{count} nodes: pyvis takes minutes to add and to draw so many; "
            "graph.export('html', path) writes a page that does not",
            stacklevel=3,
        )
    return stock(*_rows(graph))


def _title(graph: KnowledgeGraph, title: str | None) -> str:
    return graph.title if title is None else title


def _rows(
    graph: KnowledgeGraph,
) -> tuple[Iterator[dict[str, Any]], Iterator[dict[str, Any]], dict[str, Any]]:
    """The nodes and edges as pyvis has them, and what the page shows beside the picture."""
    places = layout(graph)
    months, weights = _months(graph), _weights(graph, places)
    data = {
        "types": list(_types(graph)),
        "relations": list(_relations(graph)),
        "attributes": {k: _texts(term) for k, term in graph.ontology.attributes.items()},
        "aside": places.aside,
    }
    nodes = (_node(node, places, months, weights) for node in graph.nodes())
    return nodes, map(_edge, graph.edges()), data


def _node(
    node: Node, places: Layout, months: dict[str, str], weights: dict[str, int]
) -> dict[str, Any]:
    """What the page has of a node beside what pyvis knows: see `kg.export.page.columns`."""
    x, y, r, disc = places[node.id]
    return {
        "id": node.id,
        "label": node.label or node.id,
        "group": node.type,
        "x": x,
        "y": y,
        "size": r,
        "disc": disc,
        "host": places.hosts.get(node.id),
        "month": months.get(node.id, ""),
        "weight": weights.get(node.id, 0),
        "attributes": node.attributes,
        "sources": node.sources,
    }


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "from": edge.source,
        "to": edge.target,
        "relation": edge.type,
        "basis": edge.basis,
        "mentions": edge.mentions,
        "digest": edge.digest,
        "sources": edge.sources,
    }


def _source(source: Source) -> tuple[str, int, int, str]:
    text = source.text
    quote = text if len(text) <= _QUOTE else text[: _QUOTE - 1] + "…"
    return (source.file, *source.position, quote)


def _types(graph: KnowledgeGraph) -> Iterator[dict[str, Any]]:
    for name in graph.counts()["nodes"]:
        term = graph.ontology.node_type(name)
        yield {
            "name": name,
            "label": _texts(term),
            "plural": {tag: term.plurals.get(tag, term.label(tag)) for tag in _LANGUAGES},
            "definition": _definition(term),
            "colour": term.colour,
            "shape": term.shape,
        }


def _relations(graph: KnowledgeGraph) -> Iterator[dict[str, Any]]:
    for name in graph.counts()["edges"]:
        term = graph.ontology.edge_type(name)
        inverse = {tag: f"{term.label(tag)} of" for tag in _LANGUAGES} | dict(term.inverse_labels)
        yield {
            "name": name,
            "label": _texts(term),
            "inverse": inverse,
            "definition": _definition(term),
            "colour": term.colour,
            "derived": term.derived,
            "role": _role(graph, term),
        }


def _role(graph: KnowledgeGraph, term: EdgeType) -> str:
    """What the map does with a relation.

    `inside`: standing in or beside each other says it; `hub`: it leads to the
    digests only and would be a star of all entries; `derived`; else `cross`.
    """
    if term.derived:
        return "derived"
    if term.name in HOSTS:
        return "inside"
    return "hub" if term.range == {"Digest"} else "cross"


def _texts(term: Term) -> dict[str, str]:
    return {tag: term.label(tag) for tag in _LANGUAGES}


def _definition(term: Term) -> dict[str, str]:
    english = term.definitions.get("en", "")
    return {tag: term.definitions.get(tag, english) for tag in _LANGUAGES}


def _months(graph: KnowledgeGraph) -> dict[str, str]:
    """The month of a node: its own, else that of the first digest that relates it to another.

    Topics have none: they are the ground on which all months are shown.
    """
    terms = graph.ontology.attributes.items()
    dated = [name for name, term in terms if term.datatype.endswith("gYearMonth")]
    found: dict[str, str] = {}
    for edge in graph.edges():
        if edge.digest:
            period = edge.digest.rpartition(":")[2]
            for end in (edge.source, edge.target):
                found[end] = min(found.get(end, period), period)
    for node in graph.nodes():
        own = [str(node.attributes[name]) for name in dated if name in node.attributes]
        if own:
            found[node.id] = min(own)
        elif node.type == "Topic":
            found.pop(node.id, None)
    return found


def _weights(graph: KnowledgeGraph, places: Layout) -> dict[str, int]:
    """How much is said of a node; what a ranked entry says counts four times."""
    found: dict[str, int] = defaultdict(int)
    roles = {name: _role(graph, graph.ontology.edge_type(name)) for name in graph.counts()["edges"]}
    for edge in graph.edges():
        if roles[edge.type] in ("inside", "cross") and places[edge.target].disc is None:
            ranked = "rank" in graph.node(edge.source).attributes
            found[edge.target] += edge.mentions * (4 if ranked else 1)
    return found

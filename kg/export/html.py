"""HTML: the graph as one page that opens offline, made with pyvis.

Lossy on purpose: quotations are clipped, and of an edge only the first place
where it is said is kept. The full record is in the Turtle export.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kg.layout import Layout, layout

if TYPE_CHECKING:
    from kg.export.page.network import Network
    from kg.graph import KnowledgeGraph
    from kg.model import Edge, Node

__all__ = ["dump", "network", "page"]

_QUOTE = 600
_HAIRBALL = 800


def dump(graph: KnowledgeGraph) -> Iterable[bytes]:
    """The page in UTF-8."""
    yield page(graph).encode()


def page(graph: KnowledgeGraph, title: str | None = None) -> str:
    """The page as text; `title` stands in the heading, by default the periods of the digests."""
    return network(graph, title).generate_html()


def network(graph: KnowledgeGraph, title: str | None = None) -> Network:
    """The page before it is written: a pyvis network with positions, to add to or to restyle."""
    from kg.export.page.network import Network

    places = layout(graph)
    nodes, edges = list(graph.nodes()), list(graph.edges())
    made = Network(
        title=graph.title if title is None else title,
        data={
            "page": _page(graph, nodes, places),
            "details": {
                "nodes": {node.id: _details(node) for node in nodes},
                "edges": [_evidence(edge) for edge in edges],
            },
        },
    )
    for node in nodes:
        x, y, r, _ = places[node.id]
        label = node.label or node.id
        made.add_node(node.id, label, group=node.type, x=round(x, 1), y=round(y, 1), size=r)
    for edge in edges:
        made.add_edge(edge.source, edge.target, relation=edge.type)
    return made


def _page(graph: KnowledgeGraph, nodes: list[Node], places: Layout) -> dict[str, Any]:
    """Names and looks from the ontology with counts, and the discs of the topics."""
    return {
        "types": list(_types(graph)),
        "relations": list(_relations(graph)),
        "attributes": {name: term.label() for name, term in graph.ontology.attributes.items()},
        "discs": list(_discs(graph, nodes, places)),
        "aside": places.aside,
    }


def _types(graph: KnowledgeGraph) -> Iterator[dict[str, Any]]:
    hubs = _hubs(graph)
    for name, count in graph.counts()["nodes"].items():
        term = graph.ontology.node_type(name)
        yield {
            "name": name,
            "label": term.label(),
            "plural": term.plurals.get("en", term.label()),
            "colour": term.colour,
            "shape": term.shape,
            "count": count,
            "entry": any(name in graph.ontology.edge_type(hub).domain for hub in hubs),
        }


def _relations(graph: KnowledgeGraph) -> Iterator[dict[str, Any]]:
    """Edge types; what is derived, a hub or too much to see is not drawn until it is asked for."""
    hubs = _hubs(graph)
    cites = graph.ontology.edge_type("cites").iri
    for name, count in graph.counts()["edges"].items():
        term = graph.ontology.edge_type(name)
        long = cites in (term.iri, *term.above)
        yield {
            "name": name,
            "label": term.label(),
            "inverse": term.inverse_labels.get("en", f"{term.label()} of"),
            "colour": term.colour,
            "count": count,
            "shown": not (term.derived or name in hubs or (long and count > _HAIRBALL)),
            "hub": term.derived or name in hubs,
            "strength": 0.4 if long or name == "broader" else 0.55,
        }


def _hubs(graph: KnowledgeGraph) -> list[str]:
    """Relations that lead to digests only: each would be a star of all entries."""
    types = graph.ontology.edge_types
    return [name for name, term in types.items() if term.range == {"Digest"}]


def _discs(graph: KnowledgeGraph, nodes: list[Node], places: Layout) -> Iterator[list[float]]:
    """Node number, x, y, r, depth from 0, and the number of the root, which decides the hue."""
    number = {node.id: place for place, node in enumerate(nodes)}
    upper: dict[str, str] = {}
    for edge in graph.edges("broader"):
        upper.setdefault(edge.source, edge.target)
    for node in nodes:
        disc = places[node.id].disc
        if disc is not None:
            above = [node.id]
            while (parent := upper.get(above[-1])) is not None and parent not in above:
                above.append(parent)
            yield [number[node.id], *disc, len(above) - 1, number[above[-1]]]


def _details(node: Node) -> dict[str, Any]:
    return {
        "attributes": node.attributes,
        "sources": [[source.file, source.line, _clip(source.text)] for source in node.sources],
    }


def _evidence(edge: Edge) -> dict[str, Any]:
    found = {"basis": edge.basis, "mentions": edge.mentions, "line": edge.line}
    return {name: value for name, value in found.items() if value and value != 1}


def _clip(text: str) -> str:
    return text if len(text) <= _QUOTE else text[: _QUOTE - 1] + "…"

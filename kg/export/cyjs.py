"""Cytoscape.js JSON: `cytoscape({container, ...graph})` draws it, Cytoscape opens it as CYJS.

Elements have `data` and `position` (y down, as on the page), edges an id of
their own and `interaction`, which is Cytoscape's word for the type, nodes its
`name` (the label, where they have no attribute of that name); the style
shows labels, colours and sizes without a line of code. `networkx.cytoscape_graph`
reads it too.

Nothing is joined, shortened or normalised; lone surrogates are written as
escapes. Lossy: of the sources only lines are kept, JSON has no infinite numbers
and no NaN (left out), a tuple becomes a list, and JavaScript rounds integers
beyond 2^53. `losses` says which of it happened to a graph.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.export.drawing import Drawing
from kg.export.jsons import array, check_numbers, line
from kg.export.records import Records, keyed

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

__all__ = ["dump", "losses"]

_STYLE = [
    {
        "selector": "node",
        "style": {"label": "data(label)", "background-color": "data(color)", "font-size": 8},
    },
    {"selector": "node[size]", "style": {"width": "data(size)", "height": "data(size)"}},
    {
        "selector": "edge",
        "style": {
            "line-color": "data(color)", "target-arrow-color": "data(color)", "width": 1,
            "target-arrow-shape": "triangle", "curve-style": "bezier",
        },
    },
]  # fmt: skip


def dump(graph: KnowledgeGraph) -> Iterator[bytes]:
    """The file in chunks of UTF-8; the same graph gives the same bytes.

    Raises `BrokenGraph` before the first chunk if an edge has an end that is no node.
    """
    graph.check()
    writer = _Writer(graph)
    title = line({"name": graph.title})
    yield (
        f'{{"format_version":"1.0","generated_by":"kg","target_cytoscapejs_version":"~3.30",\n'
        f'"directed":true,"multigraph":true,"data":{title},\n"elements":{{"nodes":'
    ).encode()
    yield from array(writer.nodes())
    yield b',\n"edges":'
    yield from array(writer.edges())
    yield f'}},\n"layout":{{"name":"{writer.layout}"}},\n"style":{line(_STYLE)}}}\n'.encode()


def losses(graph: KnowledgeGraph) -> list[str]:
    """One line for each kind of thing that does not arrive; empty if everything does."""
    writer = _Writer(graph)
    for _ in (*writer.nodes(), *writer.edges()):
        pass
    return writer.records.losses.lines()


class _Writer:
    """The elements of one graph."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph
        self.records = Records(graph)
        self.drawing = Drawing(graph)
        placed = any(self.drawing.of(node.id).x is not None for node in graph.nodes())
        self.layout = "preset" if placed else "grid"

    def nodes(self) -> Iterator[dict[str, Any]]:
        for node in self.graph.nodes():
            data = self.records.node(node)
            check_numbers(data, node.id, self.records.losses)
            data.setdefault("name", node.label or node.id)
            data["value"] = node.id
            data["color"] = self.graph.ontology.node_type(node.type).colour
            x, y, size = self.drawing.of(node.id)
            if size is not None:
                data["size"] = size
            element: dict[str, Any] = {"data": data}
            if x is not None and y is not None:
                element["position"] = {"x": x, "y": 0.0 - y}
            yield element

    def edges(self) -> Iterator[dict[str, Any]]:
        for number, (key, edge) in enumerate(keyed(self.graph)):
            record = self.records.edge(edge)
            check_numbers(record, edge.source, self.records.losses)
            yield {
                "data": {
                    "id": f"e{number}",
                    **record,
                    "interaction": edge.type,
                    "key": key,
                    "color": self.graph.ontology.edge_type(edge.type).colour,
                }
            }

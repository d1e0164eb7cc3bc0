"""Node-link JSON: what `networkx.node_link_graph(data, edges="edges")` and D3 read.

The graph that networkx makes of it is that of `KnowledgeGraph.nx`, with the
drawing beside it: `color` and, where there is a layout, `x`, `y` (up) and
`size` for nodes, `label` and `color` for edges; `source_line`, `source_lines`
and `start` say where and when. The key of an edge is that of `KnowledgeGraph.nx`.

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


def dump(graph: KnowledgeGraph) -> Iterator[bytes]:
    """The file in chunks of UTF-8; the same graph gives the same bytes.

    Raises `BrokenGraph` before the first chunk if an edge has an end that is no node.
    """
    graph.check()
    writer = _Writer(graph)
    head = f'"directed":true,"multigraph":true,"graph":{line({"title": graph.title})}'
    yield f'{{{head},\n"nodes":'.encode()
    yield from array(writer.nodes())
    yield b',\n"edges":'
    yield from array(writer.edges())
    yield b"}\n"


def losses(graph: KnowledgeGraph) -> list[str]:
    """One line for each kind of thing that does not arrive; empty if everything does."""
    writer = _Writer(graph)
    for _ in (*writer.nodes(), *writer.edges()):
        pass
    return writer.records.losses.lines()


class _Writer:
    """The records of one graph, drawn."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph
        self.records = Records(graph)
        self.drawing = Drawing(graph)

    def nodes(self) -> Iterator[dict[str, Any]]:
        for node in self.graph.nodes():
            found = self.records.node(node)
            check_numbers(found, node.id, self.records.losses)
            found["color"] = self.graph.ontology.node_type(node.type).colour
            drawn = self.drawing.of(node.id)._asdict()
            found.update({name: value for name, value in drawn.items() if value is not None})
            yield found

    def edges(self) -> Iterator[dict[str, Any]]:
        for key, edge in keyed(self.graph):
            found = self.records.edge(edge)
            check_numbers(found, edge.source, self.records.losses)
            found["key"] = key
            found["color"] = self.graph.ontology.edge_type(edge.type).colour
            yield found

"""GEXF 1.3 with colours, sizes, positions and a timeline, for Gephi and Gephi Lite.

A paper is there from its month on, an entry and what it says from the month of
its issue on; what has no date (topics, keywords, coCited) is always there. The
type of an edge is its `kind`, which keeps relations between the same two nodes
apart.

Lossy as GraphML is, and for the same readers: one edge per source, target and
type (`count` says how many were joined), of the sources only lines, lists joined
with `;`, one-line texts in NFC without what XML forbids, missing or empty values
left out, months written as their first day. Where a node speaks of several
issues the earliest counts. `losses` says which of it happened to a graph.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from kg.export.cells import one_line
from kg.export.drawing import Drawing
from kg.export.files import chunked
from kg.export.sheet import Sheet, start_of

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.model import Node

__all__ = ["dump", "losses"]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
"""
_STATIC = '<graph defaultedgetype="directed" mode="static">\n'
_DYNAMIC = (
    '<graph defaultedgetype="directed" mode="dynamic" timeformat="date" '
    'timerepresentation="interval" timezone="UTC">\n'
)
_TYPES = {"int": "integer"}
"""Names of column types that GEXF calls otherwise."""


def dump(graph: KnowledgeGraph) -> Iterator[bytes]:
    """The file in chunks of UTF-8; the same graph gives the same bytes.

    Raises `BrokenGraph` before the first chunk if an edge has an end that is no node.
    """
    graph.check()
    yield from chunked(_Writer(graph).lines())


def losses(graph: KnowledgeGraph) -> list[str]:
    """One line for each kind of thing that `dump` has to change; empty if it changes nothing."""
    writer = _Writer(graph)
    for _ in writer.lines():
        pass
    return writer.sheet.losses.lines()


class _Writer:
    """Writes one graph once, line by line."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph
        self.sheet = Sheet(graph)
        self.drawing = Drawing(graph)
        self.starts = _starts(graph)

    def lines(self) -> Iterator[str]:
        yield _HEAD
        title = one_line(self.graph.title, "title", self.sheet.losses)
        yield f"<meta><title>{escape(title)}</title></meta>\n"
        yield _DYNAMIC if self.starts else _STATIC
        columns = {"type": "string", **self.sheet.node_columns, "source_line": "int"}
        yield _declared("node", {**columns, "start": "string"})
        yield _declared("edge", {"type": "string", **self.sheet.edge_columns})
        yield "<nodes>\n"
        yield from map(self._node, self.graph.nodes())
        yield "</nodes>\n<edges>\n"
        yield from self._edges()
        yield "</edges>\n</graph>\n</gexf>\n"

    def _node(self, node: Node) -> str:
        start = self.starts.get(node.id, "")
        cells = {"type": node.type, **dict(self.sheet.cells(node)), "start": start}
        x, y, size = self.drawing.of(node.id)
        drawn = _colour(self.graph.ontology.node_type(node.type).colour)
        if size is not None:
            drawn += f'<viz:size value="{size!r}"/>'
        if x is not None and y is not None:
            drawn += f'<viz:position x="{x!r}" y="{y!r}" z="0.0"/>'
        label = self.sheet.label(node).replace('"', "&quot;")
        return (
            f'<node id="{self.sheet.id(node.id)}" label="{label}"{_since(start)}>'
            f"{_values(cells)}{drawn}</node>\n"
        )

    def _edges(self) -> Iterator[str]:
        kinds = self.graph.ontology.edge_types
        names = list(self.sheet.edge_columns)
        for number, (type, source, target, weight, cells) in enumerate(self.sheet.rows()):
            values = {"type": type, **dict(zip(names, cells, strict=True))}
            shown = f' weight="{weight}"' if weight else ""
            yield (
                f'<edge id="e{number}" source="{source}" target="{target}" kind="{type}" '
                f'label="{escape(kinds[type].label())}"{shown}{_since(values["start"])}>'
                f"{_values(values)}{_colour(kinds[type].colour)}</edge>\n"
            )


def _starts(graph: KnowledgeGraph) -> dict[str, str]:
    """From when on a node is there, by id; nodes that always are have none.

    An entry is there from its issue on, and an issue from its own month.
    """
    found = {node.id: start for node in graph.nodes() if (start := start_of(graph, node))}
    own = set(found)
    for name, kind in graph.ontology.edge_types.items():
        if kind.range == {"Digest"}:
            for edge in graph.edges(name):
                if edge.source not in own and (start := found.get(edge.target, "")):
                    found[edge.source] = min(start, found.get(edge.source, start))
    return found


def _declared(domain: str, columns: dict[str, str]) -> str:
    attributes = "".join(
        f'<attribute id="{name}" title="{name}" type="{_TYPES.get(type, type)}"/>\n'
        for name, type in columns.items()
    )
    return f'<attributes class="{domain}" mode="static">\n{attributes}</attributes>\n'


def _values(cells: dict[str, str]) -> str:
    found = "".join(
        f'<attvalue for="{name}" value="{_quoted(text)}"/>' for name, text in cells.items() if text
    )
    return f"<attvalues>{found}</attvalues>"


def _quoted(text: str) -> str:
    return text.replace('"', "&quot;") if '"' in text else text


def _since(start: str) -> str:
    return f' start="{start}"' if start else ""


def _colour(colour: str) -> str:
    red, green, blue = bytes.fromhex(colour[1:])
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>'

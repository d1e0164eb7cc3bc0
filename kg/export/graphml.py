"""GraphML that Gephi, Gephi Lite, Cytoscape, igraph and networkx all read whole.

Chosen for them, and lossy:

- one edge per source, target and type: edges of several digests or bases are
  joined (`count` says how many, `weight` and `mentions` are sums, texts are
  joined with `;`), because Gephi merges them anyway and keeps only the last;
- of the sources only lines are kept, lists are joined with `;`, dates are full
  days, a missing or empty value is left out;
- texts are one line, in NFC, without the characters XML forbids.

`losses` says which of it happened to a graph. Positions, sizes and colours are
those of the page; sizes run from 4 to 100, the range that Gephi's automatic
scaling leaves alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from kg.export.drawing import Drawing
from kg.export.files import chunked
from kg.export.sheet import Sheet, start_of

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.model import Node

__all__ = ["dump", "losses"]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_TAIL = "</graph>\n</graphml>\n"
_DRAWN = (
    ("label", "node", "label", "string"),
    ("color", "node", "color", "string"),
    ("size", "node", "size", "double"),
    ("x", "node", "x", "double"),
    ("y", "node", "y", "double"),
    ("edgelabel", "edge", "label", "string"),
    ("weight", "edge", "weight", "double"),
    ("e_color", "edge", "color", "string"),
)


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

    def lines(self) -> Iterator[str]:
        yield _HEAD
        columns = {
            "type": "string", **self.sheet.node_columns, "source_line": "int", "start": "string"
        }  # fmt: skip
        for key in (*_DRAWN, *_keys("node", columns)):
            yield _declared(*key)
        columns = {"type": "string", "interaction": "string", **self.sheet.edge_columns}
        for key in _keys("edge", columns):
            yield _declared(*key)
        name = re.sub(r"[^\w.-]+", "-", self.graph.title)
        yield f'<graph id="{name}" edgedefault="directed">\n'
        yield from map(self._node, self.graph.nodes())
        yield from self._edges()
        yield _TAIL

    def _node(self, node: Node) -> str:
        x, y, size = self.drawing.of(node.id)
        cells = {
            "label": self.sheet.label(node),
            "n_type": node.type,
            "color": self.graph.ontology.node_type(node.type).colour,
            "size": "" if size is None else repr(size),
            "x": "" if x is None else repr(x),
            "y": "" if y is None else repr(y),
            **{f"n_{name}": text for name, text in self.sheet.cells(node)},
            "n_start": start_of(self.graph, node),
        }
        data = "".join(f'<data key="{key}">{text}</data>' for key, text in cells.items() if text)
        return f'<node id="{self.sheet.id(node.id)}">{data}</node>\n'

    def _edges(self) -> Iterator[str]:
        """A line for each row; what all edges of a type share is put together once."""
        heads: dict[str, tuple[str, str]] = {}
        opened = [f'<data key="e_{name}">' for name in self.sheet.edge_columns]
        for number, (type, source, target, weight, cells) in enumerate(self.sheet.rows()):
            if type not in heads:
                heads[type] = self._head(type)
            head, colour = heads[type]
            data = [
                f"{tag}{text}</data>" for tag, text in zip(opened, cells, strict=True) if text
            ]  # fmt: skip
            shown = f'<data key="weight">{weight}</data>' if weight else ""
            yield (
                f'<edge id="e{number}" source="{source}" target="{target}"{head}'
                f"{shown}{colour}{''.join(data)}</edge>\n"
            )

    def _head(self, type: str) -> tuple[str, str]:
        """What stands on each edge of a type before its weight, and after it."""
        kind = self.graph.ontology.edge_type(type)
        return (
            f' label="{type}"><data key="e_type">{type}</data>'
            f'<data key="e_interaction">{type}</data>'
            f'<data key="edgelabel">{escape(kind.label(), quote=False)}</data>',
            f'<data key="e_color">{kind.colour}</data>',
        )


def _keys(domain: str, columns: dict[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """Key ids are unique over the whole file, which Cytoscape needs."""
    for name, type in columns.items():
        yield f"{domain[0]}_{name}", domain, name, type


def _declared(id: str, domain: str, name: str, type: str) -> str:
    return f'<key id="{id}" for="{domain}" attr.name="{name}" attr.type="{type}"/>\n'

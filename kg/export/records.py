"""A graph as plain records, for formats that keep every edge and values of any length.

JSON, Cypher and CSV need none of GraphML's joining: two edges of one type between
the same nodes stay two, told apart by basis and digest. Of the sources a record
keeps lines; the spans themselves are in Turtle.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kg.export.cells import Losses, changed_ids, day
from kg.export.networkx import edge_key
from kg.export.sheet import start_of

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.model import Edge, Node, Value

__all__ = ["Records", "clean", "keyed"]

_LONE = re.compile("[\ud800-\udfff]")


class Records:
    """Nodes and edges of one graph as dicts of plain values; what has no value is not in them.

    `encode` makes ids that a format can hold, by default all are as they are.
    """

    def __init__(self, graph: KnowledgeGraph, encode: Callable[[str], str] = str) -> None:
        self.graph = graph
        self.losses = Losses()
        self._ids = changed_ids((node.id for node in graph.nodes()), encode, self.losses)
        self._starts = {node.id: start_of(graph, node) for node in graph.nodes("Digest")}

    def node(self, node: Node) -> dict[str, Any]:
        """`id`, `type`, `label`, the attributes, the first line that says it, the first day it is of."""
        found: dict[str, Any] = {
            "id": self._ids.get(node.id, node.id),
            "type": node.type,
            "label": node.label,
        }
        found.update(self._finite(node))
        if node.sources:
            found["source_line"] = node.sources[0].line
        if start := start_of(self.graph, node):
            found["start"] = start
        return found

    def _finite(self, node: Node) -> Iterator[tuple[str, Value]]:
        for name, value in node.attributes.items():
            if isinstance(value, float) and not math.isfinite(value):
                self.losses.add("numbers that are not finite left out", node.id)
            else:
                yield name, value

    def edge(self, edge: Edge) -> dict[str, Any]:
        """`source`, `target`, `type`, what the edge says of itself, and the lines that say it."""
        found: dict[str, Any] = {
            "source": self._ids.get(edge.source, edge.source),
            "target": self._ids.get(edge.target, edge.target),
            "type": edge.type,
            "label": self.graph.ontology.edge_type(edge.type).label(),
        }
        if math.isfinite(edge.weight):
            found["weight"] = float(edge.weight)
        else:
            self.losses.add("weights that are not finite left out", f"{edge.source} {edge.type}")
        if edge.basis:
            found["basis"] = edge.basis
        found["mentions"] = edge.mentions
        found["digest"] = edge.digest
        found["section"] = edge.section
        found["line"] = edge.line
        if edge.sources:
            lines = dict.fromkeys(str(source.line) for source in edge.sources)
            found["source_lines"] = ";".join(lines)
        if start := self._start(edge):
            found["start"] = start
        return found

    def _start(self, edge: Edge) -> str:
        period = edge.digest.partition(":")[2]
        return self._starts.get(edge.digest) or day(edge.digest) or day(period)


def clean(text: str, where: str, losses: Losses) -> str:
    """`text` without lone surrogates, which UTF-8 cannot hold: each becomes U+FFFD."""
    if text.isascii() or not _LONE.search(text):
        return text
    losses.add("lone surrogates replaced with U+FFFD", where)
    return _LONE.sub("\ufffd", text)


def keyed(graph: KnowledgeGraph) -> Iterator[tuple[str, Edge]]:
    """All edges in order, each with the key that `KnowledgeGraph.nx` gives it."""
    for _, found in groupby(graph.edges(), key=lambda edge: (edge.type, edge.source, edge.target)):
        edges = list(found)
        for edge in edges:
            yield edge_key(edge, alone=len(edges) == 1), edge

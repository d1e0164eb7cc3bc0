"""A graph as the two tables that graph programs show: one row a node, one row a kind of edge.

GraphML and GEXF have the same content in different clothes; this is the content.
Cells are escaped texts, ready for an element; `Sheet.losses` counts what was
changed to make them, and is complete when all rows have been asked for once.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator
from html import escape, unescape
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kg.export.cells import Losses, cell, changed_ids, column_type, day, kind_of, one_line, xml_id

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.model import Edge, Node

__all__ = ["EDGE_COLUMNS", "Row", "Sheet", "start_of"]

EDGE_COLUMNS = {
    "basis": "string",
    "mentions": "int",
    "count": "int",
    "digest": "string",
    "section": "string",
    "line": "int",
    "source_lines": "string",
    "start": "string",
}
"""The columns that edges have beside their type, in order, with the type of their values."""


class Row(NamedTuple):
    """All edges of one type between the same nodes; texts are escaped, empty ones say nothing."""

    type: str
    source: str
    target: str
    weight: str
    cells: tuple[str, ...]
    """In the order of `EDGE_COLUMNS`."""


class Sheet:
    """The tables of one graph, made row by row."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph
        self.losses = Losses()
        self.ids = self._changed_ids()
        self.node_columns = self._node_columns()
        self.edge_columns = self._edge_columns()
        self._starts = {node.id: start_of(graph, node) for node in graph.nodes("Digest")}
        self._known: dict[tuple[str, str, str], tuple[str, str, str, str]] = {}

    # -- before the first row --------------------------------------------------

    def _changed_ids(self) -> dict[str, str]:
        """Escaped ids of the nodes whose own id cannot be written as it is; ids stay apart."""
        ids = [node.id for node in self.graph.nodes()]
        changed = changed_ids(ids, xml_id, self.losses)
        written = ((id, escape(changed.get(id, id))) for id in ids)
        return {id: text for id, text in written if text != id}

    def _node_columns(self) -> dict[str, str]:
        """Type by name, in the ontology's order, of the attributes that have a value."""
        kinds: dict[str, set[str]] = {}
        for node in self.graph.nodes():
            for name, value in node.attributes.items():
                if kind := kind_of(value):
                    kinds.setdefault(name, set()).add(kind)
        ordered = self.graph.ontology.attributes
        return {name: column_type(kinds[name]) for name in ordered if name in kinds}

    def _edge_columns(self) -> dict[str, str]:
        """The edge columns; `mentions` becomes long where an int could overflow."""
        total = kind_of(sum(edge.mentions for edge in self.graph.edges()))
        return {**EDGE_COLUMNS, "mentions": "int" if total == "int" else "long"}

    # -- nodes -----------------------------------------------------------------

    def id(self, node: str) -> str:
        """A node's id, escaped for an attribute."""
        return self.ids.get(node, node)

    def label(self, node: Node) -> str:
        """The label, escaped; where there is none the id."""
        label = one_line(node.label, node.id, self.losses).strip()
        name = label or unicodedata.normalize("NFC", unescape(self.id(node.id)))
        return escape(name, quote=False)

    def cells(self, node: Node) -> Iterator[tuple[str, str]]:
        """Name and cell of each attribute that has a value, and of the first line that says it."""
        for name, value in node.attributes.items():
            if text := cell(value, self.node_columns.get(name, ""), node.id, self.losses):
                yield name, text
        if node.sources:
            yield "source_line", str(node.sources[0].line)

    # -- edges -----------------------------------------------------------------

    def rows(self) -> Iterator[Row]:
        """The edges in the graph's order, those of the same type and ends as one."""
        ids = self.ids
        for (type, source, target), found in groupby(self.graph.edges(), key=_ends):
            edges = list(found)
            said = self._said(edges[0]) if len(edges) == 1 else self._joined(edges)
            basis, digest, section, start = said
            cells = (
                basis, str(sum(edge.mentions for edge in edges)), str(len(edges)), digest, section,
                str(edges[0].line or ""), _lines(edges), start,
            )  # fmt: skip
            ends = ids.get(source, source), ids.get(target, target)
            yield Row(type, *ends, self._weight(edges), cells)

    def _joined(self, edges: list[Edge]) -> tuple[str, str, str, str]:
        """Basis, digest, section and start of several edges."""
        where = _named(edges[0])
        for _ in edges[1:]:
            self.losses.add("edges joined with another one of their type and ends", where)
        starts = {self._start(edge) for edge in edges} - {""}
        return (
            self._texts((edge.basis for edge in edges), where),
            self._texts((edge.digest for edge in edges), where),
            self._texts((edge.section for edge in edges), where),
            min(starts, default=""),
        )

    def _said(self, edge: Edge) -> tuple[str, str, str, str]:
        """Basis, digest, section and start of an edge, which thousands of edges share.

        Remembered only where they arrive unchanged, so that each loss is counted.
        """
        key = (edge.basis, edge.digest, edge.section)
        if (found := self._known.get(key)) is None:
            before, where = self.losses.total, _named(edge)
            basis, digest, section = (self._texts((text,), where) for text in key)
            found = (basis, digest, section, self._start(edge))
            if self.losses.total == before:
                self._known[key] = found
        return found

    def _start(self, edge: Edge) -> str:
        period = edge.digest.partition(":")[2]
        return self._starts.get(edge.digest) or day(edge.digest) or day(period)

    def _weight(self, edges: list[Edge]) -> str:
        weight = float(edges[0].weight if len(edges) == 1 else sum(edge.weight for edge in edges))
        if math.isfinite(weight) and weight > 0:
            return repr(weight)
        self.losses.add("weights that are not above 0 left out", _named(edges[0]))
        return ""

    def _texts(self, texts: Iterable[str], where: str) -> str:
        """Distinct texts in order, joined with `;`; empty ones say nothing."""
        found = tuple(dict.fromkeys(text for text in texts if text))
        return cell(found, "string", where, self.losses) if found else ""


def start_of(graph: KnowledgeGraph, node: Node) -> str:
    """The first day of the month a node is of; empty where it has none."""
    days = (
        day(value)
        for name, value in node.attributes.items()
        if graph.ontology.attribute(name).datatype.endswith("#gYearMonth")
    )
    return min(filter(None, days), default="")


def _ends(edge: Edge) -> tuple[str, str, str]:
    return edge.type, edge.source, edge.target


def _lines(edges: list[Edge]) -> str:
    """The lines of all sources, by file."""
    places = {(source.file, source.line) for edge in edges for source in edge.sources}
    return ";".join([str(line) for _, line in sorted(places)])


def _named(edge: Edge) -> str:
    return f"{edge.source} {edge.type} {edge.target}"

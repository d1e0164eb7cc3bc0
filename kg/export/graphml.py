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

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby, islice
from typing import TYPE_CHECKING

from kg.export.cells import Losses, cell, column_type, day, kind_of, one_line, xml_id
from kg.layout import layout

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.model import Edge, Node

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
_EDGE_COLUMNS = {
    "type": "string",
    "interaction": "string",
    "basis": "string",
    "mentions": "int",
    "count": "int",
    "digest": "string",
    "section": "string",
    "line": "int",
    "source_lines": "string",
    "start": "string",
}
_SMALLEST, _LARGEST, _USUAL, _REACH = 4.0, 100.0, 10.0, 5000.0
_LINES_PER_CHUNK = 1000


def dump(graph: KnowledgeGraph) -> Iterator[bytes]:
    """The file in chunks of UTF-8; the same graph gives the same bytes.

    Raises `BrokenGraph` before the first chunk if an edge has an end that is no node.
    """
    graph.check()
    lines = _Writer(graph).lines()
    while chunk := list(islice(lines, _LINES_PER_CHUNK)):
        yield "".join(chunk).encode()


def losses(graph: KnowledgeGraph) -> list[str]:
    """One line for each kind of thing that `dump` has to change; empty if it changes nothing."""
    writer = _Writer(graph)
    for _ in writer.lines():
        pass
    return writer.losses.lines()


class _Writer:
    """Writes one graph once, line by line, and counts what it had to change."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph
        self.ontology = graph.ontology
        self.losses = Losses()
        self.places = _places(graph)
        self.ids = self._changed_ids()
        self.columns = self._node_columns()
        self.starts = self._digest_starts()

    def lines(self) -> Iterator[str]:
        yield _HEAD
        for key in (*_DRAWN, *self._keys("node", "n_", self.columns)):
            yield _declared(*key)
        for key in self._keys("edge", "e_", self._edge_columns()):
            yield _declared(*key)
        name = re.sub(r"[^\w.-]+", "-", self.graph.title)
        yield f'<graph id="{name}" edgedefault="directed">\n'
        yield from map(self._node, self.graph.nodes())
        groups = groupby(self.graph.edges(), key=lambda edge: (edge.type, edge.source, edge.target))
        for number, (_, edges) in enumerate(groups):
            yield self._edge(number, list(edges))
        yield _TAIL

    # -- before the first line -------------------------------------------------

    def _changed_ids(self) -> dict[str, str]:
        """New ids for the nodes whose own id no XML attribute can hold; ids stay apart."""
        changed: dict[str, str] = {}
        for node in self.graph.nodes():
            new = xml_id(node.id)
            if new != node.id:
                while new in self.graph or new in changed.values():
                    new += "~"
                changed[node.id] = new
                self.losses.add("node ids that XML cannot hold percent-encoded", node.id)
        return changed

    def _node_columns(self) -> dict[str, str]:
        """Type by name, in the ontology's order, of the columns that have a value."""
        kinds: dict[str, set[str]] = {}
        for node in self.graph.nodes():
            for name, value in node.attributes.items():
                if kind := kind_of(value):
                    kinds.setdefault(name, set()).add(kind)
        columns = {
            name: column_type(kinds[name]) for name in self.ontology.attributes if name in kinds
        }
        return {"type": "string", **columns, "source_line": "int", "start": "string"}

    def _edge_columns(self) -> dict[str, str]:
        """The edge columns; `mentions` becomes long where an int could overflow."""
        total = kind_of(sum(edge.mentions for edge in self.graph.edges()))
        return {**_EDGE_COLUMNS, "mentions": "int" if total == "int" else "long"}

    def _digest_starts(self) -> dict[str, str]:
        return {node.id: self._start(node) for node in self.graph.nodes("Digest")}

    def _keys(
        self, domain: str, prefix: str, columns: dict[str, str]
    ) -> Iterator[tuple[str, str, str, str]]:
        """Key ids are unique over the whole file, which Cytoscape needs."""
        for name, type in columns.items():
            yield f"{prefix}{name}", domain, name, type

    # -- lines -----------------------------------------------------------------

    def _node(self, node: Node) -> str:
        label = escape(one_line(node.label, node.id, self.losses).strip(), quote=False)
        name = self.ids.get(node.id, node.id)
        x, y, size = self.places[node.id]
        cells = {
            "label": label or escape(unicodedata.normalize("NFC", name), quote=False),
            "n_type": node.type,
            "color": self.ontology.node_type(node.type).colour,
            "size": size,
            "x": x,
            "y": y,
        }
        for column, value in node.attributes.items():
            if text := cell(value, self.columns.get(column, ""), node.id, self.losses):
                cells[f"n_{column}"] = text
        if node.sources:
            cells["n_source_line"] = str(node.sources[0].line)
        cells["n_start"] = self._start(node)
        return f'<node id="{escape(name)}">{_data(cells)}</node>\n'

    def _edge(self, number: int, edges: list[Edge]) -> str:
        first = edges[0]
        kind = self.ontology.edge_type(first.type)
        ends = (escape(self.ids.get(end, end)) for end in (first.source, first.target))
        where = f"{first.source} {first.type} {first.target}"
        for _ in edges[1:]:
            self.losses.add("edges joined with another one of their type and ends", where)
        places = sorted({(source.file, source.line) for edge in edges for source in edge.sources})
        starts = {self.starts.get(edge.digest) or day(edge.digest) for edge in edges} - {""}
        cells = {
            "e_type": first.type,
            "e_interaction": first.type,
            "edgelabel": escape(kind.label(), quote=False),
            "weight": self._weight(edges, where),
            "e_color": kind.colour,
            "e_basis": self._joined((edge.basis for edge in edges), where),
            "e_mentions": str(sum(edge.mentions for edge in edges)),
            "e_count": str(len(edges)),
            "e_digest": self._joined((edge.digest for edge in edges), where),
            "e_section": self._joined((edge.section for edge in edges), where),
            "e_line": str(first.line or ""),
            "e_source_lines": ";".join(str(line) for _, line in places),
            "e_start": min(starts, default=""),
        }
        source, target = ends
        return (
            f'<edge id="e{number}" source="{source}" target="{target}" label="{first.type}">'
            f"{_data(cells)}</edge>\n"
        )

    def _weight(self, edges: list[Edge], where: str) -> str:
        weight = float(sum(edge.weight for edge in edges))
        if math.isfinite(weight) and weight > 0:
            return repr(weight)
        self.losses.add("weights that are not above 0 left out", where)
        return ""

    def _joined(self, texts: Iterable[str], where: str) -> str:
        """Distinct texts in order, joined with `;`; empty ones say nothing."""
        found = tuple(dict.fromkeys(text for text in texts if text))
        return cell(found, "string", where, self.losses) if found else ""

    def _start(self, node: Node) -> str:
        """The first day of the month a node is of; empty where it has none."""
        days = (day(value) for name, value in node.attributes.items() if self._is_month(name))
        return min(filter(None, days), default="")

    def _is_month(self, name: str) -> bool:
        return self.ontology.attribute(name).datatype.endswith("#gYearMonth")


def _declared(id: str, domain: str, name: str, type: str) -> str:
    return f'<key id="{id}" for="{domain}" attr.name="{name}" attr.type="{type}"/>\n'


def _data(cells: dict[str, str]) -> str:
    return "".join(f'<data key="{key}">{text}</data>' for key, text in cells.items() if text)


def _places(graph: KnowledgeGraph) -> dict[str, tuple[str, str, str]]:
    """Texts of x, y and size by node id; empty where all nodes would have the same.

    Gephi's automatic scaling starts from the largest size and the centre of all
    nodes: sizes from 4 to 100 and centred positions arrive as they are. Positions
    grow with the sizes, so that what lies apart on the page lies apart here; y
    points up here and down there.
    """
    places = layout(graph)
    if not places:
        return {}
    found = list(places.values())
    radii = [place.r for place in found]
    low, high = min(radii), max(radii)
    step = (_LARGEST - _SMALLEST) / (high - low) if high > low else 0.0
    sizes = [_SMALLEST + (r - low) * step if step else _USUAL for r in radii]
    xs, ys = _centred([place.x for place in found]), _centred([-place.y for place in found])
    reach = max(map(abs, (*xs, *ys)))
    growth = max((size / r for size, r in zip(sizes, radii, strict=True) if r > 0), default=1.0)
    growth = min(growth, _REACH / reach) if reach else 0.0
    return {
        id: (
            _number(x * growth) if reach else "",
            _number(y * growth) if reach else "",
            _number(size) if step else "",
        )
        for id, x, y, size in zip(places, xs, ys, sizes, strict=True)
    }


def _centred(values: list[float]) -> list[float]:
    """Values moved so that their mean is 0."""
    mean = math.fsum(values) / len(values)
    return [value - mean for value in values] if min(values) < max(values) else [0.0] * len(values)


def _number(value: float) -> str:
    return repr(round(value, 2) + 0.0)

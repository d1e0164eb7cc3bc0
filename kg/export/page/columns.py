"""A pyvis network as columns: what the page's `data.js` reads.

One array per property instead of one object per node: that is what makes the
page small and its first picture early. Numbers are whole: places and radii in
tenths of a unit. What is long (texts, quotations, other options) stands in a
second table, which the page reads when it is first asked for.

A node may have, beside pyvis's options: `disc` (x, y, r of the area that is the
node's), `host` (the id of the node it stands in or beside), `month`, `weight`
(how much it matters), `attributes` and `sources` ((file, line, column, quote)
…). An edge may have `relation`, `basis`, `mentions`, `digest` and `sources`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.export.page.placing import placed
from kg.ontology import load_ontology

__all__ = ["columns"]

_BASES = {"identifier": 1, "name": 2}
_NODE = {
    "id", "label", "group", "shape", "color", "x", "y", "size", "disc", "host", "month", "weight",
    "attributes", "sources",
}  # fmt: skip
_EDGE = {
    "from", "to", "relation", "basis", "mentions", "digest", "sources", "arrows", "color",
}  # fmt: skip
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,20}|rgba?\([\d\s.,%/]+\)")
_SHAPES = {
    "circle", "dot", "square", "diamond", "triangle", "triangleDown", "star", "hexagon", "box",
    "ellipse", "database",
}  # fmt: skip


class _Table:
    """Values by number, in the order they are first met."""

    def __init__(self, values: Iterable[Any] = ()) -> None:
        self.numbers: dict[Any, int] = {}
        for value in values:
            self.number(value)

    def number(self, value: Any) -> int:
        return self.numbers.setdefault(value, len(self.numbers))

    @property
    def values(self) -> list[Any]:
        return list(self.numbers)


def columns(
    nodes: Sequence[Mapping[str, Any]],
    edges: Sequence[Mapping[str, Any]],
    data: Mapping[str, Any],
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The table for the map, and the table of texts; `data` names and looks of types, if known."""
    number = {node["id"]: place for place, node in enumerate(nodes)}
    types, relations = _types(nodes, data), _relations(edges, data)
    months, digests = _Table([""]), _Table()
    ends = [(number[edge["from"]], number[edge["to"]]) for edge in edges]
    places = placed(nodes, ends)
    kinds = {entry["name"]: place for place, entry in enumerate(types)}
    turns = {entry["name"]: place for place, entry in enumerate(relations)}
    graph = {
        "nodeTypes": types,
        "edgeTypes": relations,
        "aside": _tenths(data.get("aside") or ()),
        "id": [node["id"] for node in nodes],
        "label": [str(node["label"]) for node in nodes],
        "type": [kinds[_type_name(node)] for node in nodes],
        "x": _tenths(place[0] for place in places),
        "y": _tenths(place[1] for place in places),
        "r": _tenths(place[2] for place in places),
        "disc": [
            value
            for place, node in enumerate(nodes)
            if node.get("disc")
            for value in (place, *_tenths(node["disc"]))
        ],
        "host": [number.get(node.get("host"), -1) for node in nodes],
        "month": [months.number(str(node.get("month", ""))) for node in nodes],
        "months": months.values,
        "weight": [min(255, int(node.get("weight", 0))) for node in nodes],
        "source": [source for source, _ in ends],
        "target": [target for _, target in ends],
        "kind": [turns[_relation_name(edge)] for edge in edges],
        "basis": [_BASES.get(edge.get("basis", ""), 0) for edge in edges],
        "mentions": [min(65535, int(edge.get("mentions", 1))) for edge in edges],
        "digest": [digests.number(str(edge.get("digest", ""))) for edge in edges],
        "digests": digests.values,
    }
    return graph, _texts(nodes, edges, data)


def _tenths(values: Iterable[float]) -> list[int]:
    return [round(value * 10) for value in values]


def _texts(
    nodes: Sequence[Mapping[str, Any]], edges: Sequence[Mapping[str, Any]], data: Mapping[str, Any]
) -> dict[str, Any]:
    """Attributes as flat (name, value …), sources as flat (file, line, column, quote …).

    Each text is written once, in `strings`, and told by its number; an
    attribute that is no text stands in a list of its own.
    """
    strings, names = _Table(), _Table()

    def value(found: Any) -> Any:
        return strings.number(found) if isinstance(found, str) else [found]

    def sources(row: Mapping[str, Any]) -> list[int]:
        found: list[int] = []
        for file, line, column, quote in row.get("sources", ()):
            found += (strings.number(file), line, column, strings.number(quote))
        return found

    known = data.get("attributes", {})
    table = {
        "attributes": [
            [
                part
                for name, found in _attributes(node).items()
                for part in (names.number(name), value(found))
            ]
            for node in nodes
        ],
        "nodeSources": [sources(node) for node in nodes],
        "edgeSources": [sources(edge) for edge in edges],
        "given": {
            "nodes": _given(nodes, _NODE),
            "edges": _given(edges, _EDGE),
        },
    }
    return {
        "strings": strings.values,
        "names": [
            {"name": name, "label": known.get(name, {"en": name, "vi": name})}
            for name in names.values
        ],
        **table,
    }


def _attributes(node: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(node.get("attributes", {}))
    if node.get("title"):
        found["title"] = str(node["title"])
    return found


def _given(rows: Sequence[Mapping[str, Any]], known: set[str]) -> dict[int, dict[str, Any]]:
    """The options that only vis-network understands, for the focus view."""
    found = {}
    for place, row in enumerate(rows):
        rest = {key: value for key, value in row.items() if key not in known}
        if rest:
            found[place] = rest
    return found


def _type_name(node: Mapping[str, Any]) -> str:
    if node.get("group") is not None:
        return str(node["group"])
    return f"{node.get('shape', 'dot')} {_colour(node.get('color'))}"


def _colour(value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get("background")
    return value if isinstance(value, str) and _COLOUR.fullmatch(value) else _plain()


def _plain() -> str:
    """The colour of what has none of its own: that of the first relation of the ontology."""
    return next(iter(load_ontology().edge_types.values())).colour


def _types(nodes: Sequence[Mapping[str, Any]], data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The types that are known, then one for each other group, or shape and colour."""
    found = {entry["name"]: dict(entry) for entry in data.get("types", ())}
    for node in nodes:
        name = _type_name(node)
        if name not in found:
            label = str(node.get("group", "node"))
            shape = node.get("shape", "dot")
            found[name] = {
                "name": name,
                "label": {"en": label, "vi": label},
                "plural": {"en": label, "vi": label},
                "definition": {"en": "", "vi": ""},
                "colour": _colour(node.get("color")),
                "shape": shape if shape in _SHAPES else "dot",
            }
    return list(found.values())


def _relation_name(edge: Mapping[str, Any]) -> str:
    return str(edge.get("relation", ""))


def _relations(edges: Sequence[Mapping[str, Any]], data: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = {entry["name"]: dict(entry) for entry in data.get("relations", ())}
    for edge in edges:
        name = _relation_name(edge)
        if name not in found:
            found[name] = {
                "name": name,
                "label": {"en": name or "leads to", "vi": name or "dẫn tới"},
                "inverse": {"en": f"{name} of" if name else "comes from", "vi": name or "đến từ"},
                "definition": {"en": "", "vi": ""},
                "colour": _plain(),
                "derived": False,
                "role": "cross",
            }
    return list(found.values())

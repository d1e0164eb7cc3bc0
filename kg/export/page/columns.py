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
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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


Place = tuple[str, int, int, str]
"""File, line, column, quote."""


class _Table:
    """Values by number, in the order they are first met."""

    def __init__(self, values: Iterable[Any] = ()) -> None:
        self.numbers: dict[Any, int] = {}
        for value in values:
            self.number(value)

    def number(self, value: Any) -> int:
        return self.numbers.setdefault(value, len(self.numbers))

    def __iter__(self) -> Iterator[Any]:
        """The values as they are when the first is asked for."""
        yield from self.numbers


def columns(
    nodes: Iterable[Mapping[str, Any]],
    edges: Iterable[Mapping[str, Any]],
    data: Mapping[str, Any],
    place_of: Callable[[Any], Place] = tuple,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The table for the map, and the table of texts; `data` names and looks of types, if known.

    Nodes and edges are gone through once, so that they need not be held all at
    a time. The rows of texts, which are most of a page, are made while they are
    written; `place_of` says what the page has of a source.
    """
    texts = _Texts(data.get("attributes", {}), place_of)
    types, relations = _Looks(data.get("types", ())), _Looks(data.get("relations", ()))
    months, digests = _Table([""]), _Table()
    number: dict[Any, int] = {}
    spots, discs, hosts, labels = [], [], [], []
    of_node = {name: array("i") for name in ("type", "month", "weight")}
    for place, node in enumerate(nodes):
        number[node["id"]] = place
        spots.append((node.get("x"), node.get("y"), node.get("size")))
        if node.get("disc"):
            discs += [place, *_tenths(node["disc"])]
        hosts.append(node.get("host"))
        labels.append(str(node["label"]))
        of_node["type"].append(types.number(_type_name(node), _type, node))
        of_node["month"].append(months.number(str(node.get("month", ""))))
        of_node["weight"].append(min(255, int(node.get("weight", 0))))
        texts.add_node(place, node)
    of_edge = {
        name: array("i") for name in ("source", "target", "kind", "basis", "mentions", "digest")
    }
    for place, edge in enumerate(edges):
        of_edge["source"].append(number[edge["from"]])
        of_edge["target"].append(number[edge["to"]])
        of_edge["kind"].append(relations.number(str(edge.get("relation", "")), _relation))
        of_edge["basis"].append(_BASES.get(edge.get("basis", ""), 0))
        of_edge["mentions"].append(min(65535, int(edge.get("mentions", 1))))
        of_edge["digest"].append(digests.number(str(edge.get("digest", ""))))
        texts.add_edge(place, edge)
    places = placed(spots, zip(of_edge["source"], of_edge["target"], strict=True))
    graph = {
        "nodeTypes": types.values,
        "edgeTypes": relations.values,
        "aside": _tenths(data.get("aside") or ()),
        "id": number.keys(),
        **{name: _tenths(place[axis] for place in places) for axis, name in enumerate("xyr")},
        "disc": discs,
        "host": array("i", (number.get(host, -1) for host in hosts)),
        "months": months,
        "label": labels,
        **of_node,
        **of_edge,
        "digests": digests,
    }
    return graph, texts.table()


def _tenths(values: Iterable[float]) -> array[int]:
    return array("i", (round(value * 10) for value in values))


class _Looks:
    """How types are called and look, by number: those that are known, then others as they come."""

    def __init__(self, known: Iterable[Mapping[str, Any]]) -> None:
        self.values = [dict(entry) for entry in known]
        self._numbers = {entry["name"]: place for place, entry in enumerate(self.values)}

    def number(
        self, name: str, made: Callable[..., dict[str, Any]], *row: Mapping[str, Any]
    ) -> int:
        """The number of a type; one that is new looks as `made` says."""
        if name not in self._numbers:
            self._numbers[name] = len(self.values)
            self.values.append(made(name, *row))
        return self._numbers[name]


class _Texts:
    """Attributes as flat (name, value …), sources as flat (file, line, column, quote …).

    Each text is written once, in `strings`, and told by its number; an
    attribute that is no text stands in a list of its own. `given` are the
    options that only vis-network understands, for the focus view.
    """

    def __init__(self, known: Mapping[str, Any], place_of: Callable[[Any], Place]) -> None:
        self._known = known
        self._place_of = place_of
        self._strings, self._names = _Table(), _Table()
        self._attributes: list[Mapping[str, Any]] = []
        self._sources: dict[str, list[Sequence[Any]]] = {"nodes": [], "edges": []}
        self._given: dict[str, dict[int, dict[str, Any]]] = {"nodes": {}, "edges": {}}

    def add_node(self, place: int, node: Mapping[str, Any]) -> None:
        """Takes the texts of a node."""
        self._attributes.append(_attributes(node))
        self._add("nodes", place, node, _NODE)

    def add_edge(self, place: int, edge: Mapping[str, Any]) -> None:
        """Takes the texts of an edge."""
        self._add("edges", place, edge, _EDGE)

    def _add(self, kind: str, place: int, row: Mapping[str, Any], known: set[str]) -> None:
        self._sources[kind].append(row.get("sources", ()))
        if not row.keys() <= known:
            self._given[kind][place] = {k: value for k, value in row.items() if k not in known}

    def table(self) -> dict[str, Any]:
        """All of them; names and strings are complete when all before them has been asked for."""
        return {
            "given": self._given,
            "attributes": map(self._values, self._attributes),
            "nodeSources": map(self._places, self._sources["nodes"]),
            "edgeSources": map(self._places, self._sources["edges"]),
            "names": (
                {"name": name, "label": self._known.get(name, {"en": name, "vi": name})}
                for name in self._names
            ),
            "strings": self._strings,
        }

    def _values(self, attributes: Mapping[str, Any]) -> list[Any]:
        flat: list[Any] = []
        for name, found in attributes.items():
            value = self._strings.number(found) if isinstance(found, str) else [found]
            flat += (self._names.number(name), value)
        return flat

    def _places(self, sources: Sequence[Any]) -> list[int]:
        number = self._strings.number
        flat: list[int] = []
        for file, line, column, quote in map(self._place_of, sources):
            flat += (number(file), line, column, number(quote))
        return flat


def _attributes(node: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = node.get("attributes", {})
    return {**found, "title": str(node["title"])} if node.get("title") else found


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


def _type(name: str, node: Mapping[str, Any]) -> dict[str, Any]:
    """A type that nothing is known of but a node that has it."""
    label = str(node.get("group", "node"))
    shape = node.get("shape", "dot")
    return {
        "name": name,
        "label": {"en": label, "vi": label},
        "plural": {"en": label, "vi": label},
        "definition": {"en": "", "vi": ""},
        "colour": _colour(node.get("color")),
        "shape": shape if shape in _SHAPES else "dot",
    }


def _relation(name: str) -> dict[str, Any]:
    """A relation that nothing is known of."""
    return {
        "name": name,
        "label": {"en": name or "leads to", "vi": name or "dẫn tới"},
        "inverse": {"en": f"{name} of" if name else "comes from", "vi": name or "đến từ"},
        "definition": {"en": "", "vi": ""},
        "colour": _plain(),
        "derived": False,
        "role": "cross",
    }

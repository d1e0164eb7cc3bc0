"""GraphML of kg back into a graph, with a diagnostic for each thing that GraphML did not carry.

Whole come back: nodes with type, label and attributes, and each edge that
stands alone between its ends. Not carried: the places in the text, what
`kg.export.graphml.losses` reports, and of joined edges all that cannot be told
apart any more.
"""

from __future__ import annotations

import io
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from math import prod

from kg.diagnostics import Diagnostic, Severity
from kg.errors import KgError, UnreadableInput
from kg.graph import Fact, KnowledgeGraph
from kg.model import Edge, Node, Scalar, Value
from kg.ontology import load_ontology

__all__ = ["read"]

_NS = "{http://graphml.graphdrawing.org/xmlns}"
_NOT_CARRIED = {
    "places": "places in the text of {} nodes and edges: a GraphML file has only their lines",
    "joined": "{} edges were joined with others of their type and ends: bases, digests and sections "
    "are those of the first, mentions and weight those of all",
    "lists": "{} texts with a ';' in an attribute of several values: read as a list",
}


def read(data: bytes, suffix: str, name: str, base: str) -> KnowledgeGraph:
    """The graph of a file; `KgError` where it is no GraphML, or not of kg. `base` has no use here."""
    reader = _Reader()
    try:
        graph = KnowledgeGraph(reader.facts(data))
    except ET.ParseError as error:
        raise UnreadableInput(f"{name}: {error}") from error
    except (KeyError, ValueError) as error:
        raise KgError(f"{name}: not a graph of kg: {str(error).splitlines()[0]}") from error
    graph.update(
        Diagnostic(
            code="not-carried",
            severity=Severity.INFO,
            message=_NOT_CARRIED[kind].format(count),
            file=name,
        )
        for kind, count in reader.lost.items()
        if count
    )
    return graph


class _Reader:
    """Reads elements in the order of the file, and counts what is not in them."""

    def __init__(self) -> None:
        self.lost: Counter[str] = Counter()
        self._ontology = load_ontology()
        self._keys: dict[str, tuple[str, str]] = {}

    def facts(self, data: bytes) -> Iterator[Fact]:
        for _, element in ET.iterparse(io.BytesIO(data)):  # noqa: S314 (expat bounds entities)
            if element.tag == f"{_NS}key":
                self._keys[element.attrib["id"]] = (
                    element.attrib["attr.name"],
                    element.attrib["attr.type"],
                )
            elif element.tag == f"{_NS}node":
                yield self._node(element)
                element.clear()
            elif element.tag == f"{_NS}edge":
                yield from self._edges(element)
                element.clear()

    def _cells(self, element: ET.Element) -> dict[str, Scalar]:
        found: dict[str, Scalar] = {}
        for data in element.iter(f"{_NS}data"):
            key = data.attrib["key"]
            found[key] = _value(data.text or "", self._keys[key][1])
        return found

    def _node(self, element: ET.Element) -> Node:
        cells = self._cells(element)
        id, type, label = element.attrib["id"], str(cells["n_type"]), str(cells["label"])
        if label == unicodedata.normalize("NFC", id):  # what a node without a label is shown as
            label = ""
        attributes: dict[str, Value] = {}
        for key, value in cells.items():
            name = self._keys[key][0]
            known = self._ontology.attributes.get(name) if key == f"n_{name}" else None
            if known and type in known.domain:
                attributes[name] = value
                if not known.functional and isinstance(value, str) and ";" in value:
                    self.lost["lists"] += 1
                    attributes[name] = tuple(sorted(value.split(";")))
        self.lost["places"] += "n_source_line" in cells
        return Node(id=id, type=type, label=label, attributes=attributes)

    def _edges(self, element: ET.Element) -> Iterator[Edge]:
        """The edge, or the edges that were joined where it is clear what they were."""
        cells = self._cells(element)
        bases, digests, sections = (
            str(cells.get(f"e_{name}", "")).split(";") for name in ("basis", "digest", "section")
        )
        mentions, count = int(cells["e_mentions"]), int(cells.get("e_count", 1))
        weight = float(cells.get("weight", 1.0))
        self.lost["places"] += "e_source_lines" in cells
        clear = prod(map(len, (bases, digests))) == count and len(sections) == 1
        if count > 1 and not (clear and mentions == count == weight):
            self.lost["joined"] += count
            bases, digests = bases[:1], digests[:1]
        parts = len(bases) * len(digests)
        for basis in bases:
            for digest in digests:
                yield Edge(
                    source=element.attrib["source"],
                    type=str(cells["e_type"]),
                    target=element.attrib["target"],
                    digest=digest,
                    section=sections[0],
                    basis=basis,
                    mentions=mentions // parts,
                    weight=weight / parts,
                )


def _value(text: str, type: str) -> Scalar:
    if type == "boolean":
        return text == "true"
    if type in ("int", "long"):
        return int(text)
    return float(text) if type == "double" else text

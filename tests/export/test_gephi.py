"""The real Gephi: what its own import code makes of our GraphML and GEXF.

Skipped where there is no Java or Maven, or where Maven cannot get the Gephi
toolkit. It is built once, into a folder outside the repository.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import pytest

from kg import KnowledgeGraph, Node, build
from tests.export.programs import opened
from tests.export.samples import IDEA, OTHER, PAPER, TOPIC, hostile, sample

EXAMPLES = Path(__file__).parents[2] / "examples"
NS = "{http://graphml.graphdrawing.org/xmlns}"
GEXF, VIZ = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"
TYPES = {
    "String": "string",
    "Integer": "int",
    "Long": "long",
    "Double": "double",
    "Boolean": "boolean",
}
DRAWN = {"label", "color", "size", "x", "y", "weight"}


class File(NamedTuple):
    """What a graph file says, by id: cells by column, and what is drawn."""

    columns: dict[str, dict[str, str]]
    elements: dict[str, dict[str, dict[str, str]]]


def graphml_says(path: Path) -> File:
    root = ET.parse(path).getroot()
    keys = {key.get("id", ""): key for key in root.iter(f"{NS}key")}
    columns: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    for key in keys.values():
        columns[key.get("for", "")][key.get("attr.name", "")] = key.get("attr.type", "")
    elements: dict[str, dict[str, dict[str, str]]] = {"node": {}, "edge": {}}
    for domain, found in elements.items():
        for element in root.iter(f"{NS}{domain}"):
            cells = {keys[c.get("key", "")].get("attr.name", ""): c.text or "" for c in element}
            ends = {end: element.get(end, "") for end in ("source", "target") if domain == "edge"}
            kind = {"kind": element.get("label", "")} if domain == "edge" else {}
            found[element.get("id", "")] = {**cells, **ends, **kind}
    return File(columns, elements)


def gexf_says(path: Path) -> File:
    root = ET.parse(path).getroot()
    columns: dict[str, dict[str, str]] = {}
    for table in root.iter(f"{GEXF}attributes"):
        columns[table.get("class", "")] = {
            a.get("id", ""): {"integer": "int"}.get(a.get("type", ""), a.get("type", ""))
            for a in table
        }
    elements: dict[str, dict[str, dict[str, str]]] = {"node": {}, "edge": {}}
    for domain, found in elements.items():
        for element in root.iter(f"{GEXF}{domain}"):
            said = {k: v for k, v in element.attrib.items() if k not in ("id", "start")}
            said["since"] = element.get("start", "")
            for cell in element.iter(f"{GEXF}attvalue"):
                said[cell.get("for", "")] = cell.get("value", "")
            colour = element.find(f"{VIZ}color")
            assert colour is not None
            said["color"] = "#" + bytes(int(colour.get(c, "")) for c in "rgb").hex()
            for tag, names in (("size", {"value": "size"}), ("position", {"x": "x", "y": "y"})):
                if (drawn := element.find(f"{VIZ}{tag}")) is not None:
                    said.update({new: drawn.get(name, "") for name, new in names.items()})
            found[element.get("id", "")] = said
    return File(columns, elements)


SAYS = {"graphml": graphml_says, "gexf": gexf_says}


def compare(found: dict[str, Any], path: Path) -> None:
    """Everything that the file says has to be in Gephi, and nothing more.

    Gephi itself takes a cell "null" for none and writes "Infinity" for "INF";
    `losses` says so.
    """
    file = SAYS[path.suffix[1:]](path)
    for domain in ("node", "edge"):
        declared = {n: t for n, t in file.columns[domain].items() if n not in DRAWN}
        assert {name: TYPES[type] for name, type in found[f"{domain}_columns"].items()} == declared
    assert found["sound"] is True
    assert [issue for issue in found["issues"] if not issue.startswith("INFO ")] == []
    since = [day for e in file.elements.values() for s in e.values() if (day := s.get("since"))]
    assert found["dynamic"] is bool(since)
    if since:
        assert (found["time_format"], found["time_zone"]) == ("DATE", "UTC")
        assert days(found["bounds"]) == sorted({min(since), max(since)})
    for domain in ("node", "edge"):
        elements = file.elements[domain]
        assert sorted(e["id"] for e in found[f"{domain}s"]) == sorted(elements)
        for element in found[f"{domain}s"]:
            written = elements[element["id"]]
            assert days(element["bounds"]) == [day for day in [written.pop("since", "")] if day]
            for name, text in written.items():
                if text == "null" and name not in DRAWN:
                    continue
                drawn = name in DRAWN or name in ("kind", "source", "target")
                arrived = element[name] if drawn else element["cells"].pop(name)
                if isinstance(arrived, bool):
                    arrived = str(arrived).lower()
                if isinstance(arrived, int | float):
                    assert arrived == pytest.approx(float(text), rel=1e-6, abs=0.01)
                else:
                    assert arrived == (text if drawn else text.replace("INF", "Infinity"))
            assert element["cells"] == {}
            assert domain == "node" or element["directed"] is True


def days(milliseconds: list[float]) -> list[str]:
    return sorted(
        {datetime.fromtimestamp(ms / 1000, UTC).date().isoformat() for ms in milliseconds}
    )


FORMATS = pytest.mark.parametrize("format", SAYS)


@FORMATS
def test_gephi_opens_the_graph_whole(tmp_path: Path, format: str) -> None:
    graph = sample()
    path = graph.export(format, tmp_path / f"graph.{format}")
    found = opened(path)
    compare(found, path)
    assert {node["id"]: node["label"] for node in found["nodes"]} == {
        node.id: node.label for node in graph.nodes()
    }
    assert {node["id"]: node["color"] for node in found["nodes"]} == {
        node.id: graph.ontology.node_type(node.type).colour for node in graph.nodes()
    }
    wanted = {(edge.source, edge.target, edge.type) for edge in graph.edges()}
    assert {(e["source"], e["target"], e["kind"]) for e in found["edges"]} == wanted
    assert found["kinds"] == Counter(type for _, _, type in wanted)
    if format == "gexf":
        papers = {n["id"]: days(n["bounds"]) for n in found["nodes"]}
        assert papers[PAPER] == ["2024-03-01"]
        assert papers[IDEA] == ["2024-03-01"]
        assert papers[OTHER] == papers[TOPIC] == []
        assert days(found["bounds"]) == ["2024-03-01", "2024-04-01"]
    weights = sum(edge["weight"] for edge in found["edges"])
    assert weights == sum(edge.weight for edge in graph.edges())


@FORMATS
@pytest.mark.parametrize("digest", sorted(EXAMPLES.glob("*.md")), ids=lambda path: path.stem)
def test_gephi_opens_a_real_digest(tmp_path: Path, digest: Path, format: str) -> None:
    path = build(digest).export(format, tmp_path / f"graph.{format}")
    compare(opened(path), path)


@FORMATS
def test_gephi_opens_hostile_texts(tmp_path: Path, format: str) -> None:
    path = hostile().export(format, tmp_path / f"graph.{format}")
    compare(opened(path), path)


@FORMATS
def test_gephi_opens_columns_of_every_type(tmp_path: Path, format: str) -> None:
    values: dict[str, list[Any]] = {
        "path": [1, 2], "depth": [2**40, 1], "notation": [0.5, 2], "abbreviation": [True, False],
        "scopeNote": [("a", "b"), "c"],
    }  # fmt: skip
    nodes = [
        Node(
            id=f"topic:{n}",
            type="Topic",
            label="t",
            attributes={k: v[n] for k, v in values.items()},
        )
        for n in (0, 1)
    ]
    path = KnowledgeGraph(nodes).export(format, tmp_path / f"graph.{format}")
    found = opened(path)
    compare(found, path)
    assert set(found["node_columns"].values()) == set(TYPES)


@FORMATS
def test_gephi_opens_compressed_files(tmp_path: Path, format: str) -> None:
    """Its name has to have two letters before the suffix: Gephi makes a temporary file of it."""
    plain = sample().export(format, tmp_path / f"graph.{format}")
    packed = sample().export(format, tmp_path / f"graph.{format}.gz")
    compare(opened(packed), plain)

"""The real Gephi: what its own import code makes of our GraphML.

Skipped where there is no Java or Maven, or where Maven cannot get the Gephi
toolkit. It is built once, into a folder outside the repository.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from kg import KnowledgeGraph, Node, build
from tests.export.samples import hostile, sample

PROJECT = Path(__file__).parents[1] / "gephi"
EXAMPLES = Path(__file__).parents[2] / "examples"
NS = "{http://graphml.graphdrawing.org/xmlns}"
TYPES = {
    "String": "string",
    "Integer": "int",
    "Long": "long",
    "Double": "double",
    "Boolean": "boolean",
}
DRAWN = {"label", "color", "size", "x", "y", "weight"}


@pytest.fixture(scope="module")
def gephi() -> Path:
    """The folder with the compiled reporter and the toolkit."""
    maven, java = shutil.which("mvn"), shutil.which("java")
    if not maven or not java:
        pytest.skip("Gephi's import code needs java and mvn")
    files = [PROJECT / "pom.xml", PROJECT / "ImportReport.java"]
    version = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]
    built = Path(tempfile.gettempdir()) / f"kg-gephi-{version}"
    if (built / "ready").exists():
        return built
    goals = ["compile", "dependency:copy-dependencies", f"-Dbuild.folder={built}"]
    for mode in (["-o"], []):
        command = [maven, "-q", "-B", *mode, "-f", str(files[0]), *goals]
        run = subprocess.run(command, capture_output=True, text=True, timeout=600)
        if run.returncode == 0:
            (built / "ready").touch()
            return built
    found = run.stdout + run.stderr
    unreachable = any(
        word in found for word in ("Could not resolve", "Could not transfer", "offline")
    )
    if not unreachable:
        pytest.fail(found)
    pytest.skip(f"Maven cannot get the Gephi toolkit: {found[:200]}")


def opened(gephi: Path, path: Path) -> dict[str, Any]:
    """What Gephi holds after it has opened a file."""
    classes = f"{gephi / 'classes'}:{gephi / 'lib'}/*"
    command = ["java", "-Djava.awt.headless=true", "-cp", classes, "ImportReport", str(path)]
    run = subprocess.run(command, capture_output=True, timeout=300)
    assert run.returncode == 0, run.stderr.decode(errors="replace")
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def compare(found: dict[str, Any], path: Path) -> None:
    """Everything that the file says has to be in Gephi, and nothing more.

    Gephi itself takes a cell "null" for none and writes "Infinity" for "INF";
    `graphml.losses` says so.
    """
    root = ET.parse(path).getroot()
    keys = {key.get("id", ""): key for key in root.iter(f"{NS}key")}
    for domain in ("node", "edge"):
        declared = {
            key.get("attr.name"): key.get("attr.type")
            for key in keys.values()
            if key.get("for") == domain and key.get("attr.name") not in DRAWN
        }
        assert {name: TYPES[type] for name, type in found[f"{domain}_columns"].items()} == declared
    assert found["sound"] is True
    assert found["issues"] == []
    for domain in ("node", "edge"):
        elements = {element.get("id", ""): element for element in root.iter(f"{NS}{domain}")}
        assert sorted(e["id"] for e in found[f"{domain}s"]) == sorted(elements)
        for element in found[f"{domain}s"]:
            written = elements[element["id"]]
            cells = {keys[c.get("key", "")].get("attr.name"): c.text or "" for c in written}
            for name, text in cells.items():
                if text == "null" and name not in DRAWN:
                    continue
                arrived = element[name] if name in DRAWN else element["cells"].pop(name)
                if isinstance(arrived, bool):
                    arrived = str(arrived).lower()
                if isinstance(arrived, int | float):
                    assert arrived == pytest.approx(float(text), rel=1e-6, abs=0.01)
                else:
                    wanted = text if name == "label" else text.replace("INF", "Infinity")
                    assert arrived == wanted
            assert element["cells"] == {}
            if domain == "edge":
                ends = (element["source"], element["target"], element["kind"])
                assert ends == (written.get("source"), written.get("target"), written.get("label"))
                assert element["directed"] is True


def test_gephi_opens_the_graph_whole(gephi: Path, tmp_path: Path) -> None:
    graph = sample()
    path = graph.export("graphml", tmp_path / "graph.graphml")
    found = opened(gephi, path)
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
    weights = sum(edge["weight"] for edge in found["edges"])
    assert weights == sum(edge.weight for edge in graph.edges())


@pytest.mark.parametrize("digest", sorted(EXAMPLES.glob("*.md")), ids=lambda path: path.stem)
def test_gephi_opens_a_real_digest(gephi: Path, tmp_path: Path, digest: Path) -> None:
    path = build(digest).export("graphml", tmp_path / "graph.graphml")
    compare(opened(gephi, path), path)


def test_gephi_opens_hostile_texts(gephi: Path, tmp_path: Path) -> None:
    path = hostile().export("graphml", tmp_path / "graph.graphml")
    compare(opened(gephi, path), path)


def test_gephi_opens_columns_of_every_type(gephi: Path, tmp_path: Path) -> None:
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
    path = KnowledgeGraph(nodes).export("graphml", tmp_path / "graph.graphml")
    found = opened(gephi, path)
    compare(found, path)
    assert set(found["node_columns"].values()) == set(TYPES)

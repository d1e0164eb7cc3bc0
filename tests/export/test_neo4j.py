"""The real Neo4j: what it holds after our script, after LOAD CSV, and after neo4j-admin's import."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg import KnowledgeGraph
from kg.export import losses
from tests.export.programs import filled, stored
from tests.export.readers import Cells, Read, cypher, neo4j_csv
from tests.export.samples import facts, hostile


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    found = hostile()
    found.update(facts())
    return found


def plain(cells: Cells) -> Cells:
    """Without what an absent value and an empty text have in common."""
    return {key: value for key, value in cells.items() if value not in ("", None, [])}


def compare(found: dict[str, Any], wanted: Read, graph: KnowledgeGraph) -> None:
    nodes = {node["id"]: plain(node) for node in found["nodes"]}
    assert len(found["nodes"]) == len(nodes) == len(graph)
    assert nodes == {id: plain(cells) for id, cells in wanted.nodes.items()}

    def ordered(edges: list[Cells]) -> list[str]:
        return sorted(repr(sorted(plain(edge).items())) for edge in edges)

    assert ordered(found["edges"]) == ordered(wanted.edges)
    assert len(found["edges"]) == len(list(graph.edges()))


def test_the_script_runs_and_nothing_comes_twice(graph: KnowledgeGraph, tmp_path: Path) -> None:
    path = graph.export("cypher", tmp_path / "graph.cypher")
    found = stored(path, tmp_path, tmp_path / "home")
    compare(found, cypher(path), graph)
    assert found["constraints"] == len(graph.counts()["nodes"])
    assert ["node ids" in line for line in losses(graph, "cypher")] == [True]


def test_load_csv(graph: KnowledgeGraph, tmp_path: Path) -> None:
    folder = graph.export("csv", tmp_path / "graph.csv")
    found = stored(folder / "import.cypher", folder, tmp_path / "home")
    compare(found, neo4j_csv(folder), graph)


def test_the_import_of_neo4j_admin(graph: KnowledgeGraph, tmp_path: Path) -> None:
    folder = graph.export("csv", tmp_path / "graph.csv")
    filled(folder, tmp_path / "home")
    compare(stored(None, folder, tmp_path / "home"), neo4j_csv(folder), graph)

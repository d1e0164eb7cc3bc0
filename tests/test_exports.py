"""`exports/` is what the tool makes of the sample digest, to the byte."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic

import kg
from kg.export import FORMATS

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "examples" / "ai-research-2024-03.md"


@pytest.fixture(scope="module")
def graph() -> kg.KnowledgeGraph:
    return kg.build(SAMPLE)


@pytest.mark.parametrize("format", [name for name, one in FORMATS.items() if one.usual])
def test_an_export_is_what_the_sample_makes(
    format: str, graph: kg.KnowledgeGraph, tmp_path: Path
) -> None:
    name = f"graph{FORMATS[format].suffix}"
    made = graph.export(format, tmp_path / name).read_bytes()
    assert made == (ROOT / "exports" / name).read_bytes(), "run: kg build examples/… -o exports"


def test_the_turtle_says_what_the_graph_says(graph: kg.KnowledgeGraph) -> None:
    assert isomorphic(rdflib.Graph().parse(ROOT / "exports" / "graph.ttl"), graph.rdf())


def test_the_sample_has_no_warning(graph: kg.KnowledgeGraph) -> None:
    assert [str(d) for d in graph.diagnostics if d.severity != "info"] == []

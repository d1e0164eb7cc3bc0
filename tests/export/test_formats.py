"""What holds for every format: same graph, same bytes; broken graphs are refused; losses are told."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from kg import Edge, KnowledgeGraph, Node
from kg.errors import BrokenGraph, KgError
from kg.export import FORMATS, losses, write
from kg.export.cypher import quoted
from kg.layout import layout
from tests.export.samples import LEAF, PAPER, graphs, hostile, sample, shuffled, thorough

STREAMED = [name for name in FORMATS if name not in ("html", "ttl")]
RDF = ("nt", "nq", "trig", "jsonld")


def contents(graph: KnowledgeGraph, format: str) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file of a format."""
    module = import_module(f"kg.export.{FORMATS[format].module}")
    if FORMATS[format].folder:
        for name, chunks in module.dump_folder(graph):
            yield name, b"".join(chunks)
    else:
        yield "", b"".join(module.dump(graph))


@pytest.mark.parametrize("format", FORMATS)
def test_bytes_do_not_depend_on_the_order_of_facts(format: str) -> None:
    wanted = list(contents(sample(), format))
    assert all(list(contents(shuffled(sample(), seed), format)) == wanted for seed in range(3))


@pytest.mark.parametrize("format", FORMATS)
def test_the_names_of_a_format_are_one(format: str) -> None:
    assert format == FORMATS[format].suffix.removeprefix(".")
    assert FORMATS[format].use


@pytest.mark.parametrize("format", STREAMED)
def test_an_edge_without_an_end_is_refused(format: str, tmp_path: Path) -> None:
    graph = KnowledgeGraph([Edge(source=PAPER, type="hasTopic", target=LEAF)])
    with pytest.raises(BrokenGraph, match="no node"):
        write(graph, format, tmp_path / "graph")
    assert list(tmp_path.iterdir()) == []


@thorough
@given(graphs())
def test_any_graph_can_be_written_and_read(graph: KnowledgeGraph) -> None:
    for format in ("json", "cyjs"):
        [(_, data)] = contents(graph, format)
        json.loads(data, parse_constant=pytest.fail)
        losses(graph, format)
    for name, data in contents(graph, "csv"):
        if name.endswith(".csv"):
            rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
            assert len({len(row) for row in rows}) == 1
    [(_, data)] = contents(graph, "cypher")
    data.decode()


@pytest.mark.parametrize("format", STREAMED)
@pytest.mark.parametrize(
    ("value", "told"), [(float("nan"), "not finite"), ("\ud800", ""), ("plain", ""), (0, "")]
)
def test_losses_are_told(format: str, value: Any, told: str) -> None:
    node = Node(id=LEAF, type="Topic", label="t", attributes={"scopeNote": value})
    found = losses(KnowledgeGraph([node]), format)
    if format in RDF and told == "not finite":
        assert found == [], "xsd:double has NaN"
    elif value == "\ud800":
        assert bool(found) is (format not in ("json", "cyjs"))
    else:
        assert [told in line for line in found] == ([True] if told else [])


def test_texts_cannot_leave_their_quotes_in_cypher() -> None:
    assert quoted("it's") == r"'it\'s'"
    assert quoted("\\") == r"'\\'"
    assert quoted("\\u0027 + x") == r"'\\' + 'u0027 + x'", "no escape for the early pass"
    assert quoted("\\\\u0027") == r"'\\\\' + 'u0027'"
    assert quoted("a\nb\x00\u2028") == r"'a\nb\u0000\u2028'"


def test_numbers_that_javascript_rounds_are_told() -> None:
    node = Node(id=LEAF, type="Topic", label="t", attributes={"depth": 2**53 + 1})
    for format in ("json", "cyjs"):
        assert "2^53" in losses(KnowledgeGraph([node]), format)[0]
    assert losses(KnowledgeGraph([node]), "cypher") == []


def test_a_backslash_that_load_csv_takes_for_an_escape_is_told() -> None:
    for text, told in (("a\\", True), ('\\"', True), ("\\\\", True), ("a\\b", False)):
        node = Node(id=LEAF, type="Topic", label=text)
        assert any("backslash" in line for line in losses(KnowledgeGraph([node]), "csv")) is told


def test_no_id_of_cytoscape_stands_twice() -> None:
    [(_, data)] = contents(hostile(), "cyjs")
    elements = json.loads(data)["elements"]
    ids = [e["data"]["id"] for e in (*elements["nodes"], *elements["edges"])]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("format", [name for name in STREAMED if name != "trig"])
def test_a_file_is_never_whole_in_memory(format: str) -> None:
    topics = [Node(id=f"topic:{n}", type="Topic", label=f"{n}") for n in range(60)]
    papers = [Node(id=f"paper:{n}", type="Paper", label=f"{n}" * 40) for n in range(60)]
    edges = [
        Edge(source=p.id, type="hasTopic", target=t.id, section="s" * 900)
        for p in papers
        for t in topics
    ]
    graph = KnowledgeGraph([*topics, *papers, *edges])
    layout(graph), list(graph.edges())
    module = import_module(f"kg.export.{FORMATS[format].module}")
    tracemalloc.start()
    try:
        size = 0
        files = module.dump_folder(graph) if FORMATS[format].folder else [("", module.dump(graph))]
        for _, chunks in files:
            size += sum(len(chunk) for chunk in chunks)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size > 3_300_000
    assert peak < size * 0.5


def test_a_file_in_the_way_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("mine")
    with pytest.raises(KgError, match="is a file"):
        write(sample(), "csv", tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text() == "mine"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be_put_in_place_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(sample(), "csv", tmp_path / "a.csv")
    old = {file.name: file.read_bytes() for file in path.iterdir()}
    rename = Path.rename

    def refuse(one: Path, two: Path) -> Path:
        if one.name == "new":
            raise PermissionError(13, "Permission denied")
        return rename(one, two)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(KgError, match="Permission denied"):
        write(hostile(), "csv", path)
    assert {file.name: file.read_bytes() for file in path.iterdir()} == old
    assert len(list(tmp_path.iterdir())) == 1

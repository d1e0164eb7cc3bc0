"""`kg.load`: what kg wrote comes back equal, and everything else is refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from digests import DIGESTS, PARAMS, SAMPLE

import kg
from kg.errors import KgError, UnreadableInput
from tests.export.samples import hostile, sample
from tests.export.test_turtle import assert_same

RDF = ["ttl", "nt", "nq", "trig", "jsonld"]


@pytest.mark.parametrize("format", RDF)
@pytest.mark.parametrize("make", [sample, hostile, lambda: kg.build(SAMPLE)])
def test_rdf_comes_back_equal(format: str, make: object, tmp_path: Path) -> None:
    assert callable(make)
    graph = make()
    path = graph.export(format, tmp_path / f"graph.{format}")
    found = kg.load(path)
    assert_same(found, graph)
    assert found.export(format, tmp_path / f"again.{format}").read_bytes() == path.read_bytes()


@pytest.mark.parametrize("path", PARAMS)
def test_a_real_digest_comes_back_equal(path: Path, tmp_path: Path) -> None:
    graph = kg.build(path)
    assert_same(kg.load(graph.export("ttl", tmp_path / "graph.ttl")), graph)


@pytest.mark.skipif(len(DIGESTS) < 2, reason="no real digests here (set KG_DIGESTS)")
def test_all_real_digests_together_come_back_equal(tmp_path: Path) -> None:
    graph = kg.build(*DIGESTS)
    assert_same(kg.load(graph.export("trig", tmp_path / "graph.trig")), graph)


def test_a_path_may_be_a_text_and_a_suffix_in_capitals(tmp_path: Path) -> None:
    path = sample().export("ttl", tmp_path / "GRAPH.TTL")
    assert_same(kg.load(str(path)), sample())


def test_what_others_say_is_left_out(tmp_path: Path) -> None:
    path = sample().export("nt", tmp_path / "graph.nt")
    with path.open("a") as file:
        file.write('<https://e.example/a> <https://e.example/b> "c" .\n')
    assert_same(kg.load(path), sample())


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.txt", "", r"a\.txt: cannot be read back; a file of kg ends in \.ttl, "),
        ("a.ttl", "<a", r"a\.ttl: .*line 1"),
        ("a.jsonld", "{", r"a\.jsonld: "),
        (
            "a.nt",
            "<https://x.example/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
            "<https://kg.example/ontology#Topic> .",
            "does not begin with the base",
        ),
        (
            "a.nt",
            "<https://x.example/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
            "<https://kg.example/ontology#Statement> .",
            "has 0 of subject",
        ),
        (
            "a.nt",
            "<https://kg.example/id/topic/A> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
            "<https://kg.example/ontology#Topic> .\n"
            "<https://kg.example/id/topic/A> <https://kg.example/ontology#saidAt> <urn:x> .",
            "not a graph of kg",
        ),
    ],
)
def test_other_files_are_refused(name: str, text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(KgError, match=message):
        kg.load(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"none\.ttl: No such file"):
        kg.load(tmp_path / "none.ttl")

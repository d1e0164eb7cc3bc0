"""Answers in words: every format, odd terms, narrow terminals."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from functools import cache

import pyoxigraph as ox
import pytest
from digests import SAMPLE
from lxml import etree

import kg
from kg.answers import FORMATS, _width, spell
from kg.errors import KgError
from kg.query import Answer, ask, query, store_of
from kg.questions import load_questions
from kg.results import TRIPLES

QUESTIONS = load_questions()


@cache
def sample() -> kg.KnowledgeGraph:
    return kg.build(SAMPLE)


ODD = Answer(
    ("a", "b"),
    [
        (ox.NamedNode("https://arxiv.org/abs/2403.03507"), ox.Literal('x"|,\n\x1b[31m<b>', language="vi")),
        (ox.BlankNode("n"), None),
        (ox.Literal("3", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
         ox.Triple(ox.NamedNode("a:a"), ox.NamedNode("a:b"), ox.Literal("c"))),
    ],
)  # fmt: skip


def test_json_and_csv_are_what_oxigraph_writes() -> None:
    text = QUESTIONS["highlight-echo"].sparql
    found = store_of(sample()).query(text)
    assert isinstance(found, ox.QuerySolutions)
    expected = json.loads(found.serialize(format=ox.QueryResultsFormat.JSON) or b"")
    answer = query(sample(), text)
    assert json.loads(spell(answer, "json")) == expected
    again = store_of(sample()).query(text)
    assert isinstance(again, ox.QuerySolutions)
    theirs = (again.serialize(format=ox.QueryResultsFormat.CSV) or b"").decode()
    assert list(csv.reader(io.StringIO(spell(answer, "csv")))) == list(
        csv.reader(io.StringIO(theirs))
    )


def test_odd_terms_in_every_format() -> None:
    table = spell(ODD, "table")
    assert "\x1b" not in table
    assert "arxiv:2403.03507" in table
    bindings = json.loads(spell(ODD, "json"))["results"]["bindings"]
    assert bindings[0]["b"] == {"type": "literal", "value": 'x"|,\n\x1b[31m<b>', "xml:lang": "vi"}
    assert bindings[1] == {"a": {"type": "bnode", "value": "n"}}
    assert bindings[2]["b"]["type"] == "triple"
    assert (
        next(csv.reader(io.StringIO(spell(ODD, "csv").partition("\r\n")[2])))[1]
        == 'x"|,\n\x1b[31m<b>'
    )
    markdown = spell(ODD, "markdown").splitlines()
    assert len(markdown) == 5
    assert r"\|" in markdown[2]
    assert r"\<b\>" in markdown[2]


@pytest.mark.parametrize("format", [name for name in FORMATS if name not in TRIPLES])
def test_ask_and_nothing(format: str) -> None:
    assert "true" in spell(query(sample(), "ASK { ?x a kg:Paper }"), format)
    assert spell(query(sample(), "SELECT ?x { ?x a kg:Entry . FILTER(false) }"), format).strip()


@pytest.mark.parametrize("format", ["xml", "tsv"])
def test_xml_and_tsv_are_what_oxigraph_writes(format: str) -> None:
    text = QUESTIONS["highlight-echo"].sparql
    found = store_of(sample()).query(text)
    assert isinstance(found, ox.QuerySolutions)
    theirs = found.serialize(
        format=ox.QueryResultsFormat.from_extension("srx" if format == "xml" else format)
    )
    assert spell(query(sample(), text), format).strip() == (theirs or b"").decode().strip()


def test_xml_holds_what_xml_can() -> None:
    nasty = Answer(("a",), [(ox.Literal("a\0\x0b\r\n<&\uffff\x1bb"),)])
    root = etree.fromstring(spell(nasty, "xml").encode())
    assert root.xpath("string(//*[local-name()='literal'])") == "a\ufffd\ufffd\r\n<&\ufffd\ufffdb"


@pytest.mark.parametrize("format", TRIPLES)
def test_triples_are_read_back(format: str) -> None:
    text = "CONSTRUCT { ?s ?p ?o } { ?s a kg:Idea ; ?p ?o }"
    answer = query(sample(), text)
    assert len(answer.rows) > 20
    said = spell(answer, format)
    read = ox.parse(said, format=ox.RdfFormat.from_extension(format))
    assert {tuple(quad.triple) for quad in read} == set(answer.rows)
    assert said == spell(query(sample(), text), format)
    assert said.endswith("\n")
    with pytest.raises(KgError, match="CONSTRUCT and DESCRIBE"):
        spell(
            query(
                sample(),
                "SELECT ?subject ?predicate ?object { ?subject ?predicate ?object } LIMIT 1",
            ),
            format,
        )


def test_no_more_rows_than_asked_for() -> None:
    text = "SELECT ?x { ?x a kg:Idea }"
    assert [len(query(sample(), text, limit=n).rows) for n in (0, 3, 4, 5)] == [0, 3, 4, 4]
    assert [query(sample(), text, limit=n).cut for n in (0, 3, 4, 5)] == [True, True, False, False]
    assert query(sample(), "DESCRIBE arxiv:2403.03507", limit=2).cut


def test_construct_gives_triples() -> None:
    answer = query(
        sample(), "CONSTRUCT { ?x rdfs:label ?l } WHERE { ?x a kg:Idea ; rdfs:label ?l }"
    )
    assert answer.columns == ("subject", "predicate", "object")
    assert len(answer.rows) == 4


@pytest.mark.parametrize("width", [60, 80, 200])
@pytest.mark.parametrize("name", ["reading-order", "cited-together", "idea-risks"])
def test_a_table_fits_and_loses_nothing(name: str, width: int) -> None:
    answer = ask(sample(), QUESTIONS[name])
    table = spell(answer, "table", "vi", QUESTIONS[name], width)
    assert max(map(_width, table.splitlines())) <= width
    letters: Callable[[str], str] = lambda text: "".join(sorted("".join(text.split())))  # noqa: E731
    wide = spell(answer, "table", "vi", QUESTIONS[name], 5000)
    assert letters(table.replace("─", "")) == letters(wide.replace("─", ""))


def test_width_of_letters() -> None:
    assert _width("Độ đo ưỡn") == 9
    assert _width("Đo\u0323\u0302") == 2
    assert _width("漢字") == 4

"""Clients that others wrote ask the server, and get what `kg ask` says."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import rdflib
from digests import SAMPLE
from serving import Server

import kg
from kg.query import Answer, ask, store_of
from kg.questions import load_questions
from kg.results import plain
from tests.export.programs import COMUNICA, comunica

QUESTIONS = load_questions()
SEVERAL = [
    "ideas-on-paper", "gaps-by-papers", "reading-order", "evidence", "papers-everywhere",
    "unplaced-papers", "field-sizes", "topic-papers",
]  # fmt: skip


@cache
def said(name: str) -> Answer:
    return ask(store_of(kg.build(SAMPLE)), QUESTIONS[name])


def rows(answer: Answer) -> list[dict[str, str]]:
    return [
        {
            name: plain(term)
            for name, term in zip(answer.columns, row, strict=True)
            if term is not None
        }
        for row in answer.rows
    ]


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_by_the_protocol(server: Server, name: str) -> None:
    assert server.query(QUESTIONS[name].sparql).rows() == rows(said(name))


@pytest.mark.parametrize("name", SEVERAL)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper(server: Server, name: str, method: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed")
    client = wrapper.SPARQLWrapper(f"{server.address}/sparql")
    client.setMethod(method)
    client.setQuery(QUESTIONS[name].sparql)
    client.setReturnFormat(wrapper.JSON)
    found = client.queryAndConvert()["results"]["bindings"]
    assert [{key: term["value"] for key, term in row.items()} for row in found] == rows(said(name))
    client.setReturnFormat(wrapper.XML)
    document = client.queryAndConvert()
    assert len(document.getElementsByTagName("result")) == len(said(name).rows)
    for format in (wrapper.CSV, wrapper.TSV):
        client.setReturnFormat(format)
        assert client.queryAndConvert().decode().count("\n") >= len(said(name).rows)


@pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"  # by rdflib's own reader of JSON-LD
)
def test_sparqlwrapper_reads_graphs_truth_and_mistakes(server: Server) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed")
    client = wrapper.SPARQLWrapper(f"{server.address}/sparql")
    client.setQuery("CONSTRUCT { ?s ?p ?o } { ?s a kg:Idea ; ?p ?o }")
    counts = set()
    for format, name in (
        (wrapper.TURTLE, "turtle"),
        (wrapper.RDFXML, "xml"),
        (wrapper.JSONLD, "json-ld"),
    ):
        client.setReturnFormat(format)
        counts.add(len(rdflib.Graph().parse(data=client.query().response.read(), format=name)))
    assert len(counts) == 1
    assert counts != {0}
    client.setQuery("ASK { ?x a kg:Idea }")
    client.setReturnFormat(wrapper.JSON)
    assert client.queryAndConvert()["boolean"] is True
    client.setQuery("SELECT ?x { ?x a kg:Idea")
    with pytest.raises(wrapper.SPARQLExceptions.QueryBadFormed, match="never closed"):
        client.query()


def test_rdflib_asks_it_as_a_store(server: Server) -> None:
    graph = rdflib.Graph("SPARQLStore")
    graph.open(f"{server.address}/sparql")
    found = graph.query(QUESTIONS["reading-order"].sparql)
    assert len(list(found)) == len(said("reading-order").rows)
    galore = rdflib.URIRef("https://arxiv.org/abs/2403.03507")
    assert graph.value(galore, rdflib.RDFS.label) == rdflib.Literal("GaLore")


@pytest.mark.parametrize("typed", [True, False], ids=["as an endpoint", "found out by itself"])
def test_comunica(server: Server, typed: bool) -> None:
    folder: Path = comunica()
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
    if int(version.stdout.strip().lstrip("v").split(".")[0]) < 20:
        pytest.skip(f"Comunica needs Node.js 20, here is {version.stdout.strip()}")
    address = f"{server.address}/sparql"
    asked = {
        "source": {"type": "sparql", "value": address} if typed else address,
        "queries": [QUESTIONS[name].sparql for name in SEVERAL],
    }
    done = subprocess.run(
        ["node", str(COMUNICA / "read.mjs")], input=json.dumps(asked).encode(), cwd=folder,
        capture_output=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    for name, found in zip(SEVERAL, json.loads(done.stdout), strict=True):
        expected = rows(said(name))
        assert expected
        assert Counter(map(json.dumps, map(sorted, map(dict.items, found)))) == Counter(
            map(json.dumps, map(sorted, map(dict.items, expected)))
        ), name

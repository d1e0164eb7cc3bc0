"""N-Triples, N-Quads, TriG and JSON-LD: the graph of the Turtle file, for every reader."""

from __future__ import annotations

import json
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from digests import MARCH, SAMPLE
from hypothesis import given

from kg import KnowledgeGraph, Node, build
from kg.export import FORMATS
from kg.export.context import context_file
from kg.export.iris import node_iri, statement_iri
from kg.ids import DEFAULT_BASE
from kg.model import Scalar
from kg.ontology import ontology_folder
from tests.export.read_back import read
from tests.export.samples import graphs, hostile, sample, shuffled, thorough
from tests.export.test_turtle import assert_same

OTHERS = {
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
}
RDFLIB = {"nt": "nt", "nq": "nquads", "trig": "trig", "jsonld": "json-ld"}
MADE = {"small": sample, "hostile": hostile, "sample": lambda: build(SAMPLE)}


@cache
def made(name: str) -> KnowledgeGraph:
    if name == "march":
        if not MARCH.is_file():
            pytest.skip(f"the real digest {MARCH} is not here (set KG_DIGESTS)")
        return build(MARCH)
    return MADE[name]()


def text(graph: KnowledgeGraph, format: str, base: str = DEFAULT_BASE) -> bytes:
    return b"".join(import_module(f"kg.export.{FORMATS[format].module}").dump(graph, base))


def union(data: bytes, format: ox.RdfFormat) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(data, format=format)}


def turtle(graph: KnowledgeGraph, base: str = DEFAULT_BASE) -> set[ox.Triple]:
    """There are no blank nodes, so that equal sets are isomorphic graphs."""
    found = union(text(graph, "ttl", base), ox.RdfFormat.TURTLE)
    assert not any(
        isinstance(end, ox.BlankNode) for triple in found for end in (triple.subject, triple.object)
    )
    return found


@pytest.mark.parametrize("name", [*MADE, "march"])
@pytest.mark.parametrize("format", OTHERS)
def test_all_are_isomorphic(format: str, name: str) -> None:
    graph = made(name)
    assert union(text(graph, format), OTHERS[format]) == turtle(graph)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("format", OTHERS)
def test_rdflib_reads_the_same(format: str) -> None:
    found = rdflib.Dataset(default_union=True)
    found.parse(data=text(made("sample"), format), format=RDFLIB[format])
    wanted = made("sample").rdf()
    assert {tuple(map(str, triple)) for triple in found.triples((None, None, None))} == {
        tuple(map(str, triple)) for triple in wanted
    }


@pytest.mark.parametrize("format", OTHERS)
@thorough
@given(graph=graphs())
def test_any_graph_is_read_back_whole(format: str, graph: KnowledgeGraph) -> None:
    assert_same(read(text(graph, format), suffix=FORMATS[format].suffix), graph)
    base = "urn:x:y#"
    assert union(text(graph, format, base), OTHERS[format]) == turtle(graph, base)


@pytest.mark.parametrize("value", [True, 2, 0.5, "two"])
@pytest.mark.parametrize(
    ("id", "type", "name"),
    [
        ("highlight:2024-03:1", "Highlight", "rank"),
        ("idea:2024-03:1", "Idea", "moonshot"),
        ("idea:2024-03:1", "Idea", "risk"),
        ("paper:2403.03507", "Paper", "published"),
    ],
)
def test_a_value_keeps_its_type_whatever_is_declared(
    id: str, type: str, name: str, value: Scalar
) -> None:
    node = Node(id, type, attributes={name: value})
    for format in OTHERS:
        data = text(KnowledgeGraph([node]), format)
        assert union(data, OTHERS[format]) == turtle(KnowledgeGraph([node]))


@pytest.mark.parametrize("format", OTHERS)
def test_bytes_do_not_depend_on_the_order_of_facts(format: str) -> None:
    assert len({text(shuffled(sample(), seed), format) for seed in range(5)}) == 1


@pytest.mark.parametrize("format", OTHERS)
def test_an_empty_graph_has_no_triple(format: str) -> None:
    assert union(text(KnowledgeGraph(), format), OTHERS[format]) == set()


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("format", ["nt", "nq"])
def test_lines_are_those_of_oxigraph(format: str, name: str) -> None:
    found = text(made(name), format)
    kind = OTHERS[format]
    assert ox.serialize(ox.parse(found, format=kind), format=kind) == found


def test_trig_is_the_same_through_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    small = text(made("sample"), "trig")
    monkeypatch.setattr("kg.export.trig._IN_MEMORY", 1)
    assert text(made("sample"), "trig") == small


@pytest.mark.parametrize("format", ["nq", "trig"])
def test_each_digest_has_a_graph(format: str) -> None:
    graph = sample()
    store = ox.Store()
    store.load(text(graph, format), format=OTHERS[format])
    digests = {node_iri(node.id, DEFAULT_BASE) for node in graph.nodes("Digest")}
    assert {found.value for found in store.named_graphs()} == digests
    known = graph.ontology
    entries = [node for node in graph.nodes() if node.id.startswith("idea:")]
    for node in entries:  # an entry stands in its digest's graph alone
        about = list(
            store.quads_for_pattern(ox.NamedNode(node_iri(node.id, DEFAULT_BASE)), None, None, None)
        )
        assert about
        assert not [quad for quad in about if quad.graph_name == ox.DefaultGraph()]
    for node in graph.nodes("Paper"):  # a paper's own facts are nobody's, its topics a digest's
        subject = ox.NamedNode(node_iri(node.id, DEFAULT_BASE))
        for quad in store.quads_for_pattern(subject, None, None, None):
            name = quad.predicate.value.removeprefix(known.namespace)
            if name in ("hasTopic", "identifier"):
                assert (quad.graph_name == ox.DefaultGraph()) == (name == "identifier")
    for edge in graph.edges():
        if edge.digest:
            ends = (ox.NamedNode(node_iri(end, DEFAULT_BASE)) for end in (edge.source, edge.target))
            subject, target = ends
            owner = ox.NamedNode(node_iri(edge.digest, DEFAULT_BASE))
            predicate = ox.NamedNode(known.namespace + edge.type)
            assert ox.Quad(subject, predicate, target, owner) in store
            statement = ox.NamedNode(statement_iri(edge, DEFAULT_BASE))
            said = list(store.quads_for_pattern(statement, None, None, None))
            assert said
            assert {quad.graph_name for quad in said} == {owner}


def test_a_graph_replaced_is_a_digest_replaced() -> None:
    """What two digests say stays when one of them goes."""
    store = ox.Store()
    store.load(text(sample(), "nq"), format=ox.RdfFormat.N_QUADS)
    asked = f"ASK {{ GRAPH ?g {{ ?idea <{sample().ontology.namespace}buildsOn> ?paper }} }}"
    store.remove_graph(ox.NamedNode(node_iri("digest:2024-03", DEFAULT_BASE)))
    assert store.query(asked)
    store.remove_graph(ox.NamedNode(node_iri("digest:2024-04", DEFAULT_BASE)))
    assert not store.query(asked)


def test_the_context_is_current() -> None:
    path = ontology_folder() / "context.jsonld"
    assert path.read_bytes() == context_file(), "write kg.export.context.context_file() to it"


def test_json_is_plain_where_the_context_says_the_rest() -> None:
    found: dict[str, Any] = json.loads(text(sample(), "jsonld"))
    assert found["@context"] == json.loads(context_file())["@context"]
    (paper,) = (one for one in found["@graph"] if one["id"] == "https://arxiv.org/abs/2403.03507")
    assert paper["label"] == "GaLore"
    assert paper["published"] == "2024-03"
    assert paper["hasTopic"].startswith(DEFAULT_BASE)
    assert "Paper" in paper["type"]


def test_the_context_alone_is_enough(tmp_path: Path) -> None:
    """A line of the file with the committed context in front is the same."""
    found: dict[str, Any] = json.loads(text(sample(), "jsonld"))
    found["@context"] = json.loads((ontology_folder() / "context.jsonld").read_bytes())["@context"]
    assert union(json.dumps(found).encode(), ox.RdfFormat.JSON_LD) == turtle(sample())

"""SPARQL over everything: what is refused, what is explained, what a person may type."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from digests import SAMPLE
from hypothesis import example, given, settings
from hypothesis import strategies as st

import kg
from kg.errors import BadQuery, KgError, UnknownName, UnreadableInput
from kg.query import Dataset, ask, load_store, query, store_of, term_for
from kg.questions import Parameter, load_questions
from kg.sparql import place, tokens
from kg.stores import store_from

QUESTIONS = load_questions()


@cache
def sample() -> kg.KnowledgeGraph:
    return kg.build(SAMPLE)


# -- mistakes --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT ?x { ?x kg:buildOn ?y }", "line 1, column 16: unknown kg:buildOn; did you mean kg:buildsOn?"),
        ("SELECT ?x {\n  ?x a kg:paper }", "line 2, column 8: unknown kg:paper; did you mean kg:Paper"),
        ("PREFIX x: <https://kg.example/ontology#> ASK { ?x x:hasTopics ?y }", "column 51: unknown x:hasTopics; did you mean x:hasTopic"),
        ("ASK { ?x <https://kg.example/ontology#cite> ?y }", "did you mean <https://kg.example/ontology#cites>"),
        ("ASK { ?x kg:zzzzzzzz ?y }", "column 10: unknown kg:zzzzzzzz"),
        ("SELECT ?x { ?x skso:broader ?y }", "unknown prefix skso: in skso:broader; did you mean skos:broader?"),
        ("SELECT ?x { ?x qq:broader ?y }", "declare it: PREFIX qq: <…>"),
        ("SELEC ?x { ?x ?y ?z }", "line 1, column 1: a query does not begin with SELEC; did you mean SELECT?"),
        ("SELECT ?x { ?x ?y ?z FILTR(?x) }", "column 22: FILTR is no word of SPARQL; did you mean FILTER"),
        ("SELECT ?x { ?x ?y GaLore }", "GaLore is no word of SPARQL; a variable begins with ?"),
        ("SELECT ?x {\n ?x ?y ?z ", "line 1, column 11: { is never closed"),
        ("SELECT ?x { ?x ?y ?z ) }", "column 22: ) closes nothing that is open"),
        ("SELECT ?đ { ?đ ?y 'ừ }", "column 19: the text that ' opens is not closed on its line"),
        ("SELECT * { ?đ ?b <a b> }", "an IRI has no blanks"),
        ("SELECT ?a (COUNT(?b) AS ?n) { ?a ?b ?c }", "neither in GROUP BY nor in an aggregate"),
        ("", "the query cannot be read at its end"),
        ("SELECT * { ?s ?p ?o ?q }", "the query cannot be read"),
    ],
)  # fmt: skip
def test_mistakes_are_explained(text: str, said: str) -> None:
    with pytest.raises(BadQuery) as caught:
        query(sample(), text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.line >= 1
    assert caught.value.column >= 1


def test_a_name_of_ours_that_the_data_has_is_no_mistake() -> None:
    store = ox.Store()
    ours = ox.NamedNode("https://kg.example/ontology#mine")
    store.add(ox.Quad(ox.NamedNode("a:b"), ours, ox.Literal("1")))
    assert len(query(store, "SELECT * { ?x kg:mine ?y }").rows) == 1


@pytest.mark.parametrize("opened", ["{", "(", "FILTER(", "!", "[", "- ", "{ { "])
def test_deep_nesting_is_refused(opened: str) -> None:
    """Oxigraph's parser recurses: 5,000 brackets end the process."""
    with pytest.raises(BadQuery, match=r"nested more than 60 deep"):
        query(sample(), "ASK { " + opened * 100_000)


@pytest.mark.parametrize("part", ["1 + ", "true || "])
def test_long_chains_are_refused_before_they_end_the_process(part: str) -> None:
    with pytest.raises(BadQuery, match=r"longer than 10000"):
        query(sample(), f"ASK {{ FILTER({part * 30_000}1) }}")
    assert query(sample(), f"ASK {{ FILTER({part * 3_000}1) }}").truth


def hang_up(server: socket.socket, callers: list[object]) -> None:
    """Notes who calls, and closes the line, so that a caller fails rather than waits."""
    with suppress(OSError):
        while True:
            line, caller = server.accept()
            callers.append(caller)
            line.close()


def test_names_in_comments_and_texts_are_no_names() -> None:
    text = '# kg:buildOn SERVICE <x>\nASK { ?x rdfs:label "kg:buildOn SERVICE \'" }'
    assert query(sample(), text).truth is False


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:b> <a:b> <a:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "PREFIX x: <x:> LOAD <http://127.0.0.1:PORT/>",
        "clear all", "DROP ALL", "CREATE GRAPH <a:b>", "COPY DEFAULT TO <a:b>", "WITH <a:b> DELETE { } WHERE { }",
        "SELECT * { SERVICE <http://127.0.0.1:PORT/> { ?a ?b ?c } }",
        "SELECT * { service silent <http://127.0.0.1:PORT/> { ?a ?b ?c } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:PORT/> { ?a ?b ?c } }",
        "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1:PORT/>{ ?a ?b ?c } }",
        "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1:PORT/>{ ?a ?b ?c } }",
        "SELECT * { ?s ?p ?o # x\\u000A SERVICE <http://127.0.0.1:PORT/> { ?a ?b ?c }\n }",
        "SELECT * FROM <http://127.0.0.1:PORT/> { SERVICE ?x { ?a ?b ?c } }",
    ],
)  # fmt: skip
def test_nothing_is_changed_and_nobody_is_asked(text: str) -> None:
    store = store_of(sample())
    size = len(store)
    with socket.create_server(("127.0.0.1", 0)) as server:
        callers: list[object] = []
        threading.Thread(target=hang_up, args=(server, callers), daemon=True).start()
        with pytest.raises(BadQuery, match=r"only reads|asks nobody"):
            query(store, text.replace("PORT", str(server.getsockname()[1])))
        server.close()
    assert not callers
    assert len(store) == size


@given(
    st.text(
        alphabet=st.sampled_from("?x{}()<>\"'\\#@:^._-&|=!*/+ \n\tkgSELECTWHERađ1"), max_size=60
    )
)
@settings(max_examples=200, deadline=None)
def test_garbage_is_answered_or_refused(text: str) -> None:
    with suppress(BadQuery):
        query(sample(), f"SELECT * {{ {text}")
    spans = [(token.start, token.end) for token in tokens(text)]
    assert all(a < b for a, b in spans)
    assert spans == sorted(spans)


def test_place_counts_characters_from_one() -> None:
    assert place("ab\nđế x", 6) == (2, 4)
    assert place("", 0) == (1, 1)


# -- what people type ------------------------------------------------------------

HOSTILE = [
    '"', "'", "}", '" } #', "\"@en } { ?s ?p ?o } #", "\\", "\\\"", "\n", "\r\n", "\t", "{}", "?x", "a b",
    "<x y>", "http://x y/", "<http://x>", "} UNION { ?s ?p ?o", "\u202e", "🙂", "\0", "'''", '"""', "$paper",
    "VALUES ?text { 1 }",
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE, ids=repr)
@pytest.mark.parametrize(
    ("name", "parameter"), [("find-text", "text"), ("name-means", "text"), ("keyword-highlights", "text")]
)  # fmt: skip
def test_hostile_texts_are_only_texts(name: str, parameter: str, value: str) -> None:
    """A text is looked for, and nothing else: the rows are those that hold it."""
    question = QUESTIONS[name]
    answer = ask(sample(), question, {parameter: value})
    texts = [getattr(row[answer.columns.index(column)], "value", "") for row in answer.rows
             for column in ("words", "spelled", "keyword") if column in answer.columns]  # fmt: skip
    assert all(value.lower() in text.lower() for text in texts)


@given(st.text())
@example("\ud800")
@settings(max_examples=100, deadline=None)
def test_any_text_comes_through_whole(value: str) -> None:
    parameter = Parameter("text", "text", "x", {})
    store = store_of(sample())
    try:
        term = term_for(store, parameter, value)
    except KgError:
        assert any("\ud800" <= char <= "\udfff" for char in value)
        return
    text = QUESTIONS["find-text"].with_terms({"text": str(term)})
    said = query(store, f"SELECT ?text {{ VALUES ?text {{ {term} }} }}").rows
    assert said == [(ox.Literal(value),)]
    query(store, text)


@pytest.mark.parametrize("value", HOSTILE, ids=repr)
@pytest.mark.parametrize("kind", ["paper", "topic", "month", "number", "relation"])
def test_hostile_values_of_other_kinds_are_refused(kind: str, value: str) -> None:
    with pytest.raises(KgError):
        term_for(store_of(sample()), Parameter("x", kind, "x", {}), value)


@pytest.mark.parametrize(
    "value",
    ["GaLore", "galore", "2403.03507", "arXiv:2403.03507v2", "https://arxiv.org/abs/2403.03507"],
)
def test_a_paper_by_name_or_identifier(value: str) -> None:
    rows = ask(sample(), QUESTIONS["ideas-on-paper"], {"paper": value}).rows
    assert len(rows) == 1


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("paper", "GaLoor", "did you mean GaLore"),
        ("paper", "2401.00001", "arXiv:2401.00001 is not in this graph"),
        ("topic", "Robotic", "did you mean Robotics"),
        ("topic", "Memory-Efficient Training", "several places"),
        ("month", "2024-13", "month such as 2024-03"),
        ("number", "-1", "is a number"),
        ("number", "²", "is a number"),
        ("relation", "buildOn", "did you mean buildsOn"),
    ],
)
def test_values_that_mean_nothing(kind: str, value: str, said: str) -> None:
    with pytest.raises(KgError, match=said):
        term_for(store_of(sample()), Parameter("x", kind, "x", {}), value)


def test_a_name_of_two_papers_is_asked_back() -> None:
    digest = (
        "# TOPIC_TREE\n\n* A\n  * 2403.00001 | Proposes Foo-X.\n  * 2403.00002 | Proposes Foo-X.\n"
    )
    with pytest.raises(KgError, match=r"2403\.00001 or .*2403\.00002; give the id"):
        term_for(store_of(kg.build(digest)), Parameter("x", "paper", "x", {}), "foo-x")


def test_a_label_of_several_topics_by_its_path() -> None:
    path = "Machine Learning (ML) > Optimization Methods > Memory-Efficient Training"
    rows = ask(sample(), QUESTIONS["topic-papers"], {"topic": path}).rows
    assert [row[2] for row in rows] == [ox.Literal("GaLore")]


def test_an_unknown_parameter() -> None:
    with pytest.raises(UnknownName, match="did you mean paper"):
        ask(sample(), QUESTIONS["ideas-on-paper"], {"papers": "GaLore"})


# -- inputs ----------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["ttl", "nt", "nq", "trig", "jsonld", "rdf"])
def test_files_of_rdf(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"mine.{suffix}"
    quads = [quad.triple for quad in store_of(sample())]
    if suffix == "rdf":  # RDF/XML cannot name all predicates of all IRIs, but ours
        quads = quads[:500]
    path.write_bytes(ox.serialize(quads, format=ox.RdfFormat.from_extension(suffix)) or b"")
    assert len(load_store([str(path)])) == len(quads)


def test_named_graphs_are_asked_as_one(tmp_path: Path) -> None:
    path = tmp_path / "x.nq"
    path.write_text("<a:a> <a:p> <a:b> <a:g> .\n<a:b> <a:p> <a:c> <a:h> .\n")
    assert len(query(load_store([str(path)]), "SELECT * { <a:a> <a:p>/<a:p> ?x }").rows) == 1


def test_a_triple_of_two_graphs_counts_once(tmp_path: Path) -> None:
    path = tmp_path / "x.trig"
    path.write_text("<a:g> { <a:a> <a:p> <a:b> } <a:h> { <a:a> <a:p> <a:b> } <a:a> <a:p> <a:b> .")
    store = load_store([str(path)])
    assert query(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0][0].value == "1"  # type: ignore[union-attr]
    assert len(query(store, "SELECT ?g { GRAPH ?g { ?s ?p ?o } }").rows) == 2


def test_the_graphs_of_a_query_are_chosen(tmp_path: Path) -> None:
    path = tmp_path / "x.nq"
    path.write_text("<a:a> <a:p> <a:b> <a:g> .\n<a:c> <a:p> <a:d> <a:h> .\n")
    store = load_store([str(path)])
    plain, within = "SELECT ?s FROM <a:h> { ?s ?p ?o }", "SELECT ?s { GRAPH ?g { ?s ?p ?o } }"
    for text, dataset, found in (
        (plain, None, "a:c"),
        (plain, Dataset(["a:g"], []), "a:a"),
        (within, Dataset([], ["a:h"]), "a:c"),
    ):
        rows = query(store, text, dataset=dataset).rows
        assert rows == [(ox.NamedNode(found),)]
    assert query(store, within, dataset=Dataset(["a:g"], [])).rows == []
    for bad in ("a:x", "no iri"):
        with pytest.raises(BadQuery, match=bad):
            query(store, plain, dataset=Dataset([bad], []))


def test_digests_have_graphs_of_their_own_where_asked_for() -> None:
    store = store_from([], sample(), named=True)
    count = "SELECT (COUNT(*) AS ?n) {{ {} }}"
    numbers = [
        int(query(store, count.format(where)).rows[0][0].value)  # type: ignore[union-attr]
        for where in ("?s ?p ?o", "GRAPH ?g { ?s ?p ?o }")
    ]
    assert numbers[0] == len(store_of(sample()))
    assert 0 < numbers[1] < numbers[0]
    assert [name.value for name in store.named_graphs()] == ["https://kg.example/id/digest/2024-03"]


def test_a_stranger_in_our_namespace_is_no_mistake_unless_strict() -> None:
    assert query(sample(), "ASK { ?x kg:nobody ?y }", strict=False).truth is False


def test_a_build_folder_and_a_digest_together(tmp_path: Path) -> None:
    sample().export("ttl", tmp_path / "out" / "graph.ttl")
    other = tmp_path / "2024-04.md"
    other.write_text("# TOPIC_TREE\n\n* New\n  * 2404.00001 | Proposes Foo-X.\n")
    store = load_store([str(tmp_path / "out"), str(other)])
    assert query(
        store, "ASK { arxiv:2404.00001 kg:hasTopic ?x . arxiv:2403.03507 kg:hasTopic ?y }"
    ).truth


@pytest.mark.parametrize("data", [b"@prefix", b"\xff\xfe", b"<a:a> <a:b> ."])
def test_files_that_are_no_rdf(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.ttl"
    path.write_bytes(data)
    with pytest.raises(UnreadableInput, match=r"x\.ttl"):
        load_store([str(path)])
    with pytest.raises(UnreadableInput, match=r"y\.ttl"):
        load_store([str(tmp_path / "y.ttl")])


def test_the_store_follows_the_graph() -> None:
    graph = kg.build("# TOPIC_TREE\n\n* A\n  * 2403.00001 | x\n")
    assert len(query(graph, "SELECT * { ?x a kg:Paper }").rows) == 1
    graph.update(kg.build("# TOPIC_TREE\n\n* A\n  * 2403.00002 | x\n").nodes())
    assert len(query(graph, "SELECT * { ?x a kg:Paper }").rows) == 2

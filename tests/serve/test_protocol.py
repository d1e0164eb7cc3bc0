"""SPARQL 1.1 Protocol: ways to ask, formats to answer in, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from digests import SAMPLE
from serving import FORM, Server, served, triples_of_the_sample

import kg
from kg.query import query, store_of
from kg.results import ROWS, TRIPLES

SELECT = "SELECT ?name { ?idea kg:buildsOn/rdfs:label ?name } ORDER BY ?name"
ASK = "ASK { ?x a kg:Idea }"
CONSTRUCT = "CONSTRUCT { ?x rdfs:label ?l } { ?x a kg:Idea ; rdfs:label ?l }"
DIGEST = "https://kg.example/id/digest/2024-03"
JSON = "application/sparql-results+json"


def names() -> list[str]:
    return [str(row[0].value) for row in query(kg.build(SAMPLE), SELECT).rows]  # type: ignore[union-attr]


# -- ways to ask -----------------------------------------------------------------


def test_three_ways_to_ask(server: Server) -> None:
    form = urlencode({"query": SELECT}).encode()
    ways = [
        server.get(SELECT),
        server.query(SELECT),
        server.ask(data=form, headers={"Content-Type": f"{FORM}; charset=UTF-8"}),
    ]
    for reply in ways:
        assert (reply.status, reply.media) == (200, JSON)
        assert [row["name"] for row in reply.rows()] == names()


def test_head_has_no_body(server: Server) -> None:
    reply = server.ask(f"/sparql?query={quote(ASK)}", method="HEAD")
    assert (reply.status, reply.media, reply.body) == (200, JSON, b"")


def test_letters_of_all_kinds(server: Server) -> None:
    text = "độ đo 漢字 𝛑 \\u0041 +&%;="
    for reply in (
        server.get(f'SELECT ("{text}" AS ?x) {{}}'),
        server.query(f'SELECT ("{text}" AS ?x) {{}}'),
    ):
        assert reply.rows() == [{"x": text.replace("\\u0041", "A")}]


@pytest.mark.parametrize(
    ("path", "headers", "data", "status", "said"),
    [
        ("/sparql", {"Content-Type": FORM}, b"", 400, "no query"),
        ("/sparql?query=ASK{}&query=ASK{}", {}, None, 400, "several queries"),
        ("/sparql?query=ASK{}", {"Content-Type": "application/sparql-query"}, b"ASK{}", 400, "two queries"),
        ("/sparql", {"Content-Type": "application/sparql-query"}, b"\xff\xfe", 400, "not UTF-8: byte 0"),
        ("/sparql?query=%FF", {}, None, 400, "cannot be read"),
        ("/sparql", {"Content-Type": "text/plain"}, b"ASK {}", 415, "not as text/plain"),
        ("/sparql", {"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"}, b"x", 415, "compressed"),
        ("/sparql", {"Content-Type": "application/sparql-update"}, b"CLEAR ALL", 403, "only reads"),
        ("/sparql", {"Content-Type": FORM}, b"update=CLEAR+ALL", 403, "only reads"),
        ("/sparql?update=CLEAR+ALL", {}, None, 403, "only reads"),
    ],
)  # fmt: skip
def test_requests_that_are_refused(
    server: Server, path: str, headers: dict[str, str], data: bytes | None, status: int, said: str
) -> None:
    reply = server.ask(path.replace("{}", "%7B%7D"), headers, data)
    assert (reply.status, reply.media) == (status, "text/plain")
    assert said in reply.text
    assert reply.text.count("\n") == 1


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods(server: Server, method: str) -> None:
    reply = server.ask(method=method)
    assert reply.status == 405
    assert "POST" in reply.headers["Allow"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "column 12: SERVICE is off"),
        ("LOAD <http://127.0.0.1:9/>", "column 1: LOAD would change the graph"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "INSERT would change"),
        ("SELECT ?x {\n  ?x a kg:Idea", "line 1, column 11: { is never closed"),
    ],
)
def test_queries_that_are_refused(server: Server, text: str, said: str) -> None:
    reply = server.query(text)
    assert reply.status == 400
    assert said in reply.text


def test_mistakes_have_a_place_for_those_who_read_it(server: Server) -> None:
    reply = server.query(
        "SELECT ?x {\n  ?x kg:nobody }", "text/csv, application/problem+json;q=0.1"
    )
    assert (reply.status, reply.media) == (400, "application/problem+json")
    said = reply.json()
    assert (said["status"], said["line"], said["column"]) == (400, 2, 16)
    assert "}" in said["title"]


def test_names_are_checked_for_those_who_want_it(server: Server) -> None:
    """A stranger in our namespace is a plain question without answer, as the standard has it."""
    text = "SELECT ?x { ?x kg:buildOn ?y }"
    assert server.query(text).rows() == []
    strict = server.query(text, prefer="handling=strict")
    assert strict.status == 400
    assert "did you mean kg:buildsOn?" in strict.text


# -- formats ---------------------------------------------------------------------


@pytest.mark.parametrize("text", [SELECT, ASK, CONSTRUCT, "DESCRIBE arxiv:2403.03507"])
def test_every_format_says_what_kg_says(server: Server, text: str) -> None:
    answer = query(store_of(kg.build(SAMPLE)), text)
    formats = TRIPLES if answer.triples else ROWS
    for name, format in formats.items():
        for media in format.media:
            reply = server.query(text, media)
            assert (reply.status, reply.media) == (200, media)
            assert reply.body == format.write(answer)
        assert server.get(text, format=name).body == format.write(answer)


@pytest.mark.parametrize(
    ("accept", "rows", "triples"),
    [
        ("", JSON, "text/turtle"),
        ("*/*", JSON, "text/turtle"),
        ("text/csv;q=0.5, application/n-triples;q=0.1, text/turtle;q=0.9", "text/csv", "text/turtle"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.3, */*;q=0.1", "application/sparql-results+xml", "text/turtle"),
        ("application/json", "application/json", "application/json"),
        ("application/*", JSON, "application/n-triples"),
        ("text/*", "text/csv", "text/turtle"),
        ("TEXT/CSV ; Q=1.0 , application/ld+json", "text/csv", "application/ld+json"),
        (f"{JSON};q=0, */*", "application/sparql-results+xml", "text/turtle"),
        ("text/html;q=0.1, application/json;q=0.9", "application/json", "application/json"),
        ("image/png, text/csv", "text/csv", ""),
        ("text/turtle", "", "text/turtle"),
        ("image/png", "", ""),
        ("text/csv;q=0", "", ""),
    ],
)  # fmt: skip
def test_negotiation(server: Server, accept: str, rows: str, triples: str) -> None:
    for text, media in ((SELECT, rows), (CONSTRUCT, triples)):
        reply = server.get(text, accept)
        assert "Accept" in reply.headers["Vary"]
        if media:
            assert (reply.status, reply.media) == (200, media)
        else:
            assert reply.status == 406
            assert "text/csv" in reply.text or "text/turtle" in reply.text


def test_a_format_that_the_address_names(server: Server) -> None:
    """Ours go before Accept; SPARQLWrapper sends words of its own beside Accept, which then counts."""
    assert server.get(SELECT, "application/json", format="csv").media == "text/csv"
    assert (
        server.get(SELECT, "text/csv", format="application/sparql-results+json").media == "text/csv"
    )


def test_a_browser_gets_the_page(server: Server) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
    for path in ("/sparql", f"/sparql?query={quote(SELECT)}"):
        reply = server.ask(path, {"Accept": browser})
        assert (reply.status, reply.media) == (200, "text/html")
        assert "<textarea" in reply.text
    assert server.query(SELECT, browser).media == "application/xml"


# -- graphs ----------------------------------------------------------------------


def test_the_graphs_that_are_asked(server: Server) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    within = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"

    def number(**fields: str) -> int:
        return int(server.get(count, **fields).rows()[0]["n"])

    assert number() == len(store_of(kg.build(SAMPLE)))
    assert 0 < number(**{"default-graph-uri": DIGEST}) < number()
    assert number(**{"named-graph-uri": DIGEST}) == 0
    assert server.get(within).rows() == [{"g": DIGEST}]
    assert server.get(within, **{"named-graph-uri": DIGEST}).rows() == [{"g": DIGEST}]
    assert server.get(within, **{"default-graph-uri": DIGEST}).rows() == []
    posted = server.ask(
        f"/sparql?default-graph-uri={quote(DIGEST)}", {"Content-Type": "application/sparql-query"}, count.encode()
    )  # fmt: skip
    assert int(posted.rows()[0]["n"]) == number(**{"default-graph-uri": DIGEST})
    for name in ("default-graph-uri", "named-graph-uri"):
        reply = server.get(count, **{name: "https://nobody.example/g"})
        assert reply.status == 400
        assert "there is no graph <https://nobody.example/g> here" in reply.text


def test_the_service_describes_itself(server: Server) -> None:
    sd = "http://www.w3.org/ns/sparql-service-description#"
    triples = {}
    for accept in (
        "text/turtle",
        "application/rdf+xml",
        "application/ld+json",
        "application/n-triples",
        "*/*",
    ):
        reply = server.ask(headers={"Accept": accept})
        assert accept in (reply.media, "*/*")
        store = ox.Store()
        store.load(reply.body, format=ox.RdfFormat.from_media_type(reply.media))
        triples[accept] = len(store)
        for text in (
            f"ASK {{ ?s a <{sd}Service> ; <{sd}endpoint> <{server.address}/sparql> ; <{sd}supportedLanguage> <{sd}SPARQL11Query> }}",
            f"ASK {{ ?s <{sd}defaultDataset>/<{sd}namedGraph>/<{sd}name> <{DIGEST}> }}",
            f"ASK {{ ?s <{sd}resultFormat> <http://www.w3.org/ns/formats/SPARQL_Results_TSV> }}",
            f"ASK {{ ?s <{sd}defaultDataset>/<{sd}defaultGraph>/<http://rdfs.org/ns/void#triples> {triples_of_the_sample()} }}",
        ):
            assert store.query(text), text
    assert len(set(triples.values())) == 1


# -- limits ----------------------------------------------------------------------


def test_no_more_rows_than_the_limit(server: Server) -> None:
    for text in ("SELECT * { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"):
        reply = server.query(text, "text/csv, application/n-triples")
        assert reply.headers["X-SPARQL-MaxRows"] == "5000"
        assert len(reply.body.splitlines()) == 5000 + (reply.media == "text/csv")
    assert server.query("SELECT * { ?s ?p ?o } LIMIT 5000").headers["X-SPARQL-MaxRows"] is None


def test_the_graph_is_the_same_after_all(server: Server) -> None:
    server.ask(data=b"update=CLEAR+ALL", headers={"Content-Type": FORM})
    server.query("DROP ALL")
    assert (
        int(server.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows()[0]["n"])
        == triples_of_the_sample()
    )


# -- what is served ----------------------------------------------------------------


def test_what_kg_query_takes(tmp_path: Path) -> None:
    """A folder of a build, a file with named graphs, a digest beside them: each triple counts once."""
    kg.build(SAMPLE).export("trig", tmp_path / "a folder" / "graph.trig")
    other = tmp_path / "2024-04.md"
    other.write_text("# TOPIC_TREE\n\n* New\n  * 2404.00001 | Proposes Foo-X.\n")
    with served(tmp_path / "a folder", other, "--workers", 1) as running:
        found = running.query(
            "SELECT (COUNT(*) AS ?n) { arxiv:2403.03507 a kg:Paper . arxiv:2404.00001 a kg:Paper }"
        )
        assert found.rows() == [{"n": "1"}]
        graphs = running.query("SELECT ?g { GRAPH ?g { ?s a kg:Digest } }").rows()
        assert [row["g"].rpartition("/")[2] for row in graphs] == ["2024-03", "2024-04"]
        page = running.ask("/", {"Accept": "text/html"})
        assert b"GaLore" in page.body
        assert b"Foo-X" in page.body


def test_the_map_is_the_page_that_kg_build_writes_but_for_a_link(
    server: Server, tmp_path: Path
) -> None:
    page = tmp_path / "graph.html"
    kg.build(SAMPLE).export("html", page)
    link = b'<a class="tool" href="/sparql">SPARQL</a>'
    same = server.ask("/").body.replace(link, b"", 1) == page.read_bytes()
    assert same  # a comparison that fails would be written out, which takes hours


def test_rdf_of_others(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text('<https://a.example/x> <https://a.example/p> "y" , <https://a.example/z> .')
    with served(path, "--workers", 1) as running:
        assert "There is no map" in running.ask("/", {"Accept": "text/html"}).text
        assert len(running.query("SELECT * { ?s ?p ?o }").rows()) == 2
        page = running.ask("/x", {"Accept": "text/html"})
        assert page.status == 200
        assert "https://a.example/p" in page.text
        assert json.loads(running.ask("/x?format=jsonld").body)[0]["@id"] == "https://a.example/x"

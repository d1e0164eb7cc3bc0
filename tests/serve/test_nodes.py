"""What is said of each IRI, at its own path: as a page and as RDF."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest
from corpus import ATTACKS
from digests import SAMPLE
from lxml import html
from serving import Server, served

import kg
from kg.export.iris import node_iri
from kg.ids import DEFAULT_BASE
from kg.query import store_of
from kg.serving.data import normal, path_of

GALORE = "https://arxiv.org/abs/2403.03507"
PAGE = {"Accept": "text/html,*/*;q=0.8"}


@cache
def sample() -> kg.KnowledgeGraph:
    return kg.build(SAMPLE)


def address(iri: str) -> str:
    """The path of an IRI, escaped as a browser escapes it."""
    parts = urlsplit(iri)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return quote(path, safe="".join(map(chr, range(0x21, 0x7F))))


def test_a_paper_as_turtle(server: Server) -> None:
    reply = server.ask("/abs/2403.03507")
    assert (reply.status, reply.media) == (200, "text/turtle")
    assert reply.headers["Link"] == f'<{GALORE}>; rel="describes"'
    found = {quad.triple for quad in ox.parse(reply.body, format=ox.RdfFormat.TURTLE)}
    node = ox.NamedNode(GALORE)
    store = store_of(sample())
    out = {quad.triple for quad in store.quads_for_pattern(node, None, None)}
    into = {quad.triple for quad in store.quads_for_pattern(None, None, node)}
    assert found == out | into
    assert out
    assert into - out


@pytest.mark.parametrize("format", ["ttl", "nt", "rdf", "jsonld"])
def test_other_formats(server: Server, format: str) -> None:
    kind = ox.RdfFormat.from_extension(format)
    by_name = server.ask(f"/abs/2403.03507?format={format}")
    by_header = server.ask("/abs/2403.03507", {"Accept": kind.media_type})
    assert by_name.body == by_header.body
    assert len(list(ox.parse(by_name.body, format=kind))) > 50
    assert server.ask("/abs/2403.03507", {"Accept": "image/png"}).status == 406


def test_a_paper_as_a_page(server: Server) -> None:
    reply = server.ask("/abs/2403.03507", PAGE)
    assert (reply.status, reply.media) == (200, "text/html")
    page = html.fromstring(reply.text)
    assert page.xpath("string(//article/h2)") == "GaLore"
    text = " ".join(page.text_content().split())
    assert "Proposes GaLore, which projects gradients" in text
    assert "ai-research-2024-03.md:357" in text
    links = [link.get("href") for link in page.xpath("//article//a")]
    assert "/#node=paper%3A2403.03507" in links
    for link in links:
        if link.startswith("/") and "#" not in link:
            assert server.ask(link, PAGE).status == 200, link


def test_in_vietnamese(server: Server) -> None:
    for headers in (
        {"Accept-Language": "fr, vi-VN;q=0.9, en"},
        {"Cookie": "language=vi", "Accept-Language": "en"},
    ):
        reply = server.ask("/abs/2403.03507", PAGE | headers)
        assert '<html lang="vi"' in reply.text
        assert "Xem trên bản đồ" in reply.text
    assert (
        '<html lang="en"' in server.ask("/abs/2403.03507", PAGE | {"Cookie": "language=../x"}).text
    )


def test_every_node_and_statement_has_its_path(server: Server) -> None:
    iris = [node_iri(node.id, DEFAULT_BASE) for node in sample().nodes()]
    rows = store_of(sample()).query(
        "SELECT ?s { ?s a <https://kg.example/ontology#Statement> } ORDER BY ?s"
    )
    iris += [row[0].value for row in rows][::40]  # type: ignore[union-attr]
    assert len(iris) > 490
    for iri in iris:
        reply = server.ask(address(iri), {"Accept": "application/n-triples"})
        assert reply.status == 200, iri
        assert f"<{iri}>" in reply.text
        assert server.ask(f"/node?iri={quote(iri, safe='')}").headers["Location"] == path_of(iri)
    for iri in iris[::60]:
        assert server.ask(address(iri), PAGE).status == 200


def test_places_in_the_text_too(server: Server) -> None:
    """Their IRIs have a fragment, which no browser sends."""
    iri = f"{DEFAULT_BASE}source/ai-research-2024-03.md#byte=2-28"
    reply = server.ask(f"/node?iri={quote(iri, safe='')}")
    assert reply.status == 200
    assert "AI research digest 2024-03" in reply.text


def test_nothing_is_said(server: Server) -> None:
    for path in (
        "/abs/9999.99999",
        "/node?iri=https%3A%2F%2Fx.example%2F",
        "/node",
        "/a%3Cb%3E",
        "/%FF",
    ):
        plain, page = server.ask(path), server.ask(path, PAGE)
        assert (plain.status, page.status) == (404, 404)
        assert plain.text.startswith("nothing is said of ")
        assert "Nothing is said of this here" in page.text
    assert server.ask("/assets/../app.py").status == 404
    assert server.ask("/assets/%2e%2e%2fapp.py").status == 404


def test_the_ontology(server: Server) -> None:
    page = server.ask("/ontology", PAGE)
    assert "Idea" in page.text
    assert "unsafe-inline" in page.headers["Content-Security-Policy"]
    rdf = server.ask("/ontology")
    assert rdf.media == "text/turtle"
    assert ox.NamedNode("https://kg.example/ontology#Idea") in {
        quad.subject for quad in ox.parse(rdf.body, format=ox.RdfFormat.TURTLE)
    }


def test_an_answer_is_followed_from_term_to_page(server: Server) -> None:
    reply = server.ask(f"/node?iri={quote('https://kg.example/ontology#Idea', safe='')}")
    assert (reply.status, reply.headers["Location"]) == (303, "/ontology#Idea")


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        (GALORE, "/abs/2403.03507"),
        ("https://doi.org/10.1000/x(y)", "/10.1000/x(y)"),
        ("https://kg.example/id/topic/Độ_đo", "/id/topic/%C4%90%E1%BB%99_%C4%91o"),
        ("https://kg.example/id/topic/%E2%80%9Cx%E2%80%9D", "/id/topic/%E2%80%9Cx%E2%80%9D"),
        ("https://kg.example/id/statement/a?b=topic:it's", "/id/statement/a?b=topic:it's"),
        ("https://kg.example/id/source/a.md#byte=1-2", ""),
        ("urn:x:y", ""),
        ("https://kg.example", ""),
    ],
)
def test_the_path_of_an_iri(iri: str, path: str) -> None:
    assert path_of(iri) == path
    assert normal(address(iri).replace("'", "%27")) == path or not path


def test_hostile_digests_stay_text(tmp_path: Path) -> None:
    text = ATTACKS.replace("\n", " ").replace("|", " ").replace("\0", "")
    digest = tmp_path / "2024-03.md"
    digest.write_text(
        f"# TOPIC_TREE\n\n* {text}\n  * 2403.00001 | Proposes Foo-X: {text}\n\n"
        f"# GAPS_AND_OPPORTUNITIES\n\n### 1. {text}\n\n- {text} (2403.00001)\n",
        "utf-8",
    )
    with served(digest, "--workers", 1) as running:
        subjects = running.query("SELECT DISTINCT ?s { ?s a ?t }").rows()
        assert len(subjects) > 5
        for row in subjects:
            reply = running.ask(f"/node?iri={quote(row['s'], safe='')}", PAGE)
            if reply.status == 303:
                reply = running.ask(reply.headers["Location"], PAGE)
            assert reply.status == 200, row
            page = html.fromstring(reply.text)
            assert page.xpath("//iframe | //img | //article//script | //article//style") == []
            assert not page.xpath("//@onerror | //@onclick | //@style | //@srcdoc")
            assert all(re.match(r"/|https?://", link) for link in page.xpath("//a/@href"))

"""Who may ask: names of the host, pages of other sites, CORS."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from digests import SAMPLE
from serving import Server, served

QUESTION = "/sparql?query=ASK%7B%7D"
ELSEWHERE = "https://yasgui.example"


@pytest.fixture(scope="module")
def open_to_one() -> Iterator[Server]:
    with served(SAMPLE, "--workers", 1, "--cors", ELSEWHERE) as running:
        yield running


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST:1234", "127.0.0.1:80"])
def test_names_of_this_machine(server: Server, host: str) -> None:
    assert server.ask(QUESTION, {"Host": host}).status == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:7878", "[::1", "[::1]:7878", "x@localhost@y"]
)  # fmt: skip
def test_other_names_are_a_rebinding(server: Server, host: str) -> None:
    for path in (QUESTION, "/", "/abs/2403.03507", "/assets/query.js"):
        reply = server.ask(path, {"Host": host})
        assert reply.status == 421
        assert "this server goes by 127.0.0.1 and localhost" in reply.text


def test_no_name_at_all(server: Server) -> None:
    assert server.send(b"GET /sparql HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 421 ")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": ELSEWHERE},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
    ],
)
def test_pages_of_other_sites_do_not_ask(server: Server, headers: dict[str, str]) -> None:
    reply = server.ask(QUESTION, headers)
    assert reply.status == 403
    assert "--cors" in reply.text
    assert reply.headers["Access-Control-Allow-Origin"] is None


def test_our_own_pages_and_people_who_follow_a_link_do(server: Server) -> None:
    for headers in (
        {"Origin": server.address, "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"},
    ):
        assert server.ask(QUESTION, headers).status == 200


def test_cors_lets_one_origin_in(open_to_one: Server) -> None:
    reply = open_to_one.ask(QUESTION, {"Origin": ELSEWHERE})
    assert reply.status == 200
    assert reply.headers["Access-Control-Allow-Origin"] == ELSEWHERE
    assert "X-SPARQL-MaxRows" in reply.headers["Access-Control-Expose-Headers"]
    other = open_to_one.ask(QUESTION, {"Origin": "https://other.example"})
    assert other.headers["Access-Control-Allow-Origin"] is None
    asked = {
        "Origin": ELSEWHERE,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
        "Access-Control-Request-Private-Network": "true",
    }
    before = open_to_one.ask("/sparql", asked, method="OPTIONS")
    assert before.status == 200
    assert "POST" in before.headers["Access-Control-Allow-Methods"]
    assert before.headers["Access-Control-Allow-Private-Network"] == "true"
    assert open_to_one.ask(QUESTION, {"Host": "evil.example", "Origin": ELSEWHERE}).status == 421


def test_cors_for_all_does_not_eat_the_digest() -> None:
    with served("--workers", 1, "--cors", SAMPLE) as running:
        reply = running.ask(QUESTION, {"Origin": "https://any.example"})
        assert reply.headers["Access-Control-Allow-Origin"] == "*"
        assert running.alive()


def test_every_answer_is_guarded(server: Server) -> None:
    for path in (
        "/",
        "/sparql",
        QUESTION,
        "/abs/2403.03507",
        "/nothing",
        "/assets/query.js",
        "/ontology",
    ):
        for accept in ("text/html", "*/*"):
            headers = server.ask(path, {"Accept": accept}).headers
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["X-Frame-Options"] == "DENY"
            assert headers["Server"] is None
    for path in ("/sparql", "/abs/2403.03507", "/nothing"):
        policy = server.ask(path, {"Accept": "text/html"}).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy

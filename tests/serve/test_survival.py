"""What a server must live through: garbage, slow clients, floods, and queries without an end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from urllib.parse import quote

import pytest
from digests import SAMPLE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from serving import RUNAWAY, Server, command, received, served, triples_of_the_sample

from kg import cli

GREEDY = 'SELECT (STRLEN(?a34) AS ?n) { BIND("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" AS ?a0) ' + " ".join(
    f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(34)
) + " }"  # fmt: skip
"""Half a terabyte of text."""


@pytest.fixture
def quick() -> Iterator[Server]:
    """Two workers, a second for each query."""
    with served(SAMPLE, "--timeout", 1, "--workers", 2) as running:
        yield running


def until(condition: Callable[[], bool]) -> None:
    """Waits for what must come."""
    for _ in range(300):
        if condition():
            return
        time.sleep(0.1)
    pytest.fail("it never came")


# -- queries without an end ------------------------------------------------------------


def test_a_runaway_query_is_stopped(quick: Server) -> None:
    before = quick.workers()
    reply = quick.query(RUNAWAY)
    assert reply.status == 503
    assert reply.text == "the query was stopped: it took more than 1 seconds\n"
    assert quick.alive()
    until(lambda: len(quick.workers()) == 2 and len(quick.workers() & before) == 1)


def test_many_runaway_queries_at_once(quick: Server) -> None:
    with ThreadPoolExecutor(12) as pool:
        found = list(pool.map(lambda _: quick.query(RUNAWAY).status, range(6)))
    assert set(found) == {503}
    assert quick.alive()


def test_a_query_that_wants_all_memory_is_stopped() -> None:
    with served(SAMPLE, "--timeout", 60, "--workers", 1) as running:
        before = running.workers()
        reply = running.query(GREEDY)
        assert reply.status == 500
        assert "too much memory" in reply.text
        assert running.alive()
        assert not running.workers() & before


def test_a_query_whose_client_has_gone_is_stopped() -> None:
    with served(SAMPLE, "--timeout", 600, "--workers", 1) as running:
        before = running.workers()
        connection = running.connect()
        body = RUNAWAY.encode()
        connection.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
        )
        time.sleep(0.3)
        connection.close()
        assert running.alive()
        assert not running.workers() & before


def test_a_worker_that_dies_is_replaced(quick: Server) -> None:
    for worker in quick.workers():
        os.kill(worker, signal.SIGKILL)
    statuses = [quick.query("ASK {}").status for _ in range(4)]
    assert statuses[-1] == 200
    until(lambda: len(quick.workers()) == 2)


def test_deep_and_long_queries(server: Server) -> None:
    for text in (
        "SELECT * " + "{" * 5000,
        "ASK {" + " ?s ?p ?o ." * 20_000 + "}",
        "ASK { FILTER(" + "!" * 9000 + "true) }",
    ):
        reply = server.query(text)
        assert reply.status == 400
        assert "more than 60 deep" in reply.text or "longer than" in reply.text
    assert server.alive()


# -- too much ----------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1_000_001, 5_000_000])
def test_a_huge_query_by_post(server: Server, size: int) -> None:
    reply = server.query("#" * size)
    assert reply.status == 413
    assert "longer than 1,000,000 bytes" in reply.text
    assert server.query("#" * 999_000 + "\nASK {}").status == 200


def test_a_huge_body_without_a_length(server: Server) -> None:
    with server.connect() as connection:
        connection.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
            b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        )
        for _ in range(40):
            connection.sendall(b"10000\r\n" + b"#" * 0x10000 + b"\r\n")
        connection.sendall(b"0\r\n\r\n")
        assert received(connection).startswith(b"HTTP/1.1 413 ")


def test_a_huge_query_in_the_address(server: Server) -> None:
    reply = server.ask(f"/sparql?query={'x' * 500_000}")
    assert reply.status == 414
    assert "by POST" in reply.text
    server.send(b"GET /" + b"x" * 5_000_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert server.alive()


def test_a_hundred_at_once(server: Server) -> None:
    start = threading.Barrier(100)

    def one(number: int) -> list[dict[str, str]]:
        start.wait()
        return server.get(f"SELECT ({number} AS ?n) (COUNT(*) AS ?all) {{ ?s ?p ?o }}").rows()

    with ThreadPoolExecutor(100) as pool:
        found = list(pool.map(one, range(100)))
    assert found == [
        [{"n": str(number), "all": str(triples_of_the_sample())}] for number in range(100)
    ]


# -- slow clients --------------------------------------------------------------------------


def test_slow_heads_do_not_hold_the_server(server: Server) -> None:
    """More connections than it keeps, none of which ever finishes its head: they are closed."""
    with ExitStack() as stack:
        slow = [stack.enter_context(server.connect()) for _ in range(300)]
        for connection in slow:
            try:
                connection.sendall(b"GET /sparql HTTP/1.1\r\nHost: local")
            except ConnectionError:
                continue
        assert server.alive()
        last = slow[-1]
        dripped = 0
        try:
            while dripped < 600:  # a letter now and then does not keep it open
                last.sendall(b"x")
                dripped += 1
                time.sleep(0.1)
        except ConnectionError:
            pass
        assert 0 < dripped < 600
        assert all(received(connection) == b"" for connection in slow)
    assert server.alive()


def test_a_slow_body_is_not_waited_for(server: Server) -> None:
    head = (
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 100\r\n\r\nASK"
    )
    with server.connect() as connection:
        connection.sendall(head)
        assert server.alive()
        assert received(connection).startswith(b"HTTP/1.1 408 ")


def test_a_client_that_does_not_read(server: Server) -> None:
    """It gets its answer late or never; others get theirs."""
    with ExitStack() as stack:
        for _ in range(20):
            connection = stack.enter_context(socket.socket())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.connect(("127.0.0.1", server.port))
            connection.sendall(
                b"GET /sparql?query=SELECT*%7B?s?p?o%7D HTTP/1.1\r\nHost: localhost\r\n\r\n"
            )
        assert server.alive()


# -- garbage ---------------------------------------------------------------------------------


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.binary(max_size=100).map(lambda data: b"GET " + data + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        st.binary(max_size=100).map(lambda data: b"GET / HTTP/1.1\r\nHost: localhost\r\n" + data + b"\r\n\r\n"),
        st.binary(max_size=100).map(
            lambda data: b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: %d\r\n\r\n" % len(data) + data
        ),
    )
)  # fmt: skip
def test_bytes_of_any_kind(server: Server, data: bytes) -> None:
    reply = server.send(data)
    assert not reply or reply.startswith((b"HTTP/1.1 2", b"HTTP/1.1 3", b"HTTP/1.1 4"))


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.text(max_size=60),
    st.sampled_from(["SELECT * {", "DESCRIBE <", "ASK {?s ?p", "CONSTRUCT {", ""]),
)
def test_queries_of_any_kind(server: Server, text: str, before: str) -> None:
    try:
        query = before + text
        query.encode()
    except UnicodeEncodeError:
        return
    for reply in (server.query(query), server.get(query)):
        assert reply.status in (200, 400), (query, reply.text)
    assert server.process.poll() is None


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(st.characters(codec="ascii"), max_size=40), st.text(max_size=40))
def test_headers_and_paths_of_any_kind(server: Server, header: str, path: str) -> None:
    safe = "".join(char for char in header if " " <= char <= "~")
    address = "/" + quote(path, errors="replace")
    for where in (address, f"/node?iri={quote(path, safe='', errors='replace')}"):
        reply = server.ask(
            where, {"Accept": safe, "Prefer": safe, "Cookie": safe, "Accept-Language": safe}
        )
        assert reply.status in (200, 303, 404, 406), (where, safe)


# -- beginning and end -------------------------------------------------------------------------


def test_ctrl_c_stops_it_and_its_processes() -> None:
    with served(SAMPLE, "--timeout", 600, "--workers", 2) as running:
        workers = running.workers()
        assert len(workers) == 2
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(running.query, RUNAWAY)
            time.sleep(0.3)
            running.process.send_signal(signal.SIGINT)
            assert waiting.result().status == 503
        assert running.process.wait(20) == 0
        assert running.process.stderr
        assert running.process.stderr.read().strip() == "kg: stopped"
        until(lambda: not any(map(exists, workers)))


def exists(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    for name in [name for name in sys.modules if name.startswith("kg.serving.")]:
        monkeypatch.delitem(sys.modules, name)
    assert cli.main(["serve", str(SAMPLE)]) == 2
    said = "kg: kg serve needs uvicorn, which is not installed: pip install 'kg[serve]'\n"
    assert capsys.readouterr().err == said


def test_a_busy_port_is_said(server: Server) -> None:
    arguments = [word if word != "0" else str(server.port) for word in command(SAMPLE)]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stdout == ""
    assert (
        done.stderr.strip()
        == f"kg: port {server.port} is taken; choose another: --port N, or 0 for any"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.ttl"], "missing.ttl"),
        (["missing.md"], "missing.md"),
        (["--port", "70000", str(SAMPLE)], "70000"),
        (["--timeout", "0", str(SAMPLE)], "above 0"),
        (["--limit", "many", str(SAMPLE)], "whole number"),
    ],
)
def test_mistakes_are_said_at_once(arguments: list[str], said: str) -> None:
    done = subprocess.run(command(*arguments), capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr

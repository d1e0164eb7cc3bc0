"""`kg publish` against a server that does not behave: what is tried again, what is not, what is said."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from digests import SAMPLE

from kg import cli
from kg.errors import KgError, NotPublished
from kg.publishing.graphs import NamedGraph, named_graphs
from kg.publishing.login import login_from
from kg.publishing.store import GraphStore
from kg.publishing.waiting import asked_wait

GRAPH = NamedGraph("https://kg.example/id/shared", 1, b"<urn:a> <urn:b> <urn:c> .\n")
Answer = tuple[int, dict[str, str]]


class Script(ThreadingHTTPServer):
    """Answers each request with the next line of a script; 0 closes the connection without one."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[Answer] = []
        self.seen: list[tuple[str, str, bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/data"


class Handler(BaseHTTPRequestHandler):
    def do_PUT(self) -> None:
        server: Any = self.server
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        server.seen.append((self.command, self.headers.get("Authorization", ""), body))
        status, headers = server.answers.pop(0)
        if not status:
            self.close_connection = True
            return
        self.send_response(status)
        for name, value in {"Content-Length": "0", **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    do_HEAD = do_POST = do_PUT  # noqa: N815

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture
def script() -> Iterator[Script]:
    with Script() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def put(script: Script, *answers: Answer, retries: int = 3) -> tuple[bool, list[float]]:
    script.answers = list(answers)
    waits: list[float] = []
    with GraphStore(script.url, timeout=5, retries=retries, sleep=waits.append) as store:
        return store.replace(GRAPH), waits


def test_what_may_pass_is_tried_again_and_waits_longer_each_time(script: Script) -> None:
    new, waits = put(script, (503, {}), (0, {}), (429, {"Retry-After": "7"}), (201, {}))
    assert (new, waits) == (True, [1, 2, 7])
    assert [body for _, _, body in script.seen] == [GRAPH.turtle] * 4


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 413, 415, 500, 507, 308])
def test_what_a_store_refuses_is_not_tried_again(script: Script, status: int) -> None:
    with pytest.raises(NotPublished, match=str(status)):
        put(script, (status, {"Location": "http://127.0.0.1/else"}))
    assert len(script.seen) == 1


def test_the_attempts_end(script: Script) -> None:
    with pytest.raises(NotPublished, match="503") as error:
        put(script, *[(503, {})] * 3, retries=2)
    assert error.value.uncertain
    assert len(script.seen) == 3
    with pytest.raises(NotPublished, match=r"tried 2 times") as error:
        put(script, (0, {}), (0, {}), retries=1)
    assert error.value.uncertain


def test_nobody_is_kept_waiting_for_hours(script: Script) -> None:
    with pytest.raises(NotPublished, match="come back in 7200 seconds"):
        put(script, (503, {"Retry-After": "7200"}))


def test_a_server_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["publish", "http://127.0.0.1:9/data", str(SAMPLE), "--retries", "0"]) == 1
    assert "127.0.0.1:9 cannot be reached" in capsys.readouterr().err


def test_a_token_is_sent_and_never_shown(
    script: Script, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KG_PUBLISH_TOKEN", "s3cret-token")
    script.answers = [(404, {}), (200, {}), (201, {})]
    assert cli.main(["publish", script.url, str(SAMPLE)]) == 0
    assert {said for _, said, _ in script.seen} == {"Bearer s3cret-token"}
    assert [method for method, _, _ in script.seen] == ["HEAD", "PUT", "PUT"]
    output = capsys.readouterr()
    assert "s3cret-token" not in output.out + output.err
    assert "replaced" in output.out
    assert "created" in output.out


def test_a_dry_run_sends_nothing(script: Script, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["publish", script.url, str(SAMPLE), "--dry-run"]) == 0
    assert script.seen == []
    said = capsys.readouterr().out
    for graph in named_graphs([str(SAMPLE)]):
        assert f"{graph.iri} " in said
    assert said.endswith("nothing was sent\n")


@pytest.mark.parametrize(
    "url", ["ftp://host/x", "http://", "nonsense", "http://user:pass@host/x", "http://host/x#y"]
)
def test_an_address_that_is_none(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["publish", url, str(SAMPLE)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "pass@" not in said


def test_half_of_the_credentials_is_an_error() -> None:
    assert login_from({}) is None
    for half in ({"KG_PUBLISH_USER": "a"}, {"KG_PUBLISH_PASSWORD": "b"}):
        with pytest.raises(KgError, match="is not"):
            login_from(half)
    login = login_from({"KG_PUBLISH_USER": "a", "KG_PUBLISH_PASSWORD": "b1"})
    assert "b1" not in repr(login)


@pytest.mark.parametrize(
    ("value", "seconds"), [("5", 5.0), ("", 0.0), ("-3", 0.0), ("soon", 0.0), ("Fri, 31 Dec 1999 23:59:59 GMT", 0.0)]
)  # fmt: skip
def test_retry_after_is_a_number_or_a_date(value: str, seconds: float) -> None:
    assert asked_wait(value) == seconds


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--timeout", "0", "above 0"),
        ("--timeout", "nan", "above 0"),
        ("--retries", "-1", "above -1"),
    ],
)
def test_numbers_that_will_not_do(
    option: str, value: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as error:
        cli.main(["publish", "http://127.0.0.1:9/data", str(SAMPLE), f"{option}={value}"])
    assert error.value.code == 2
    assert said in capsys.readouterr().err

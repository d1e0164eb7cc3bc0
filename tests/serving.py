"""The real server as a process, and requests to it down to the bytes."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from digests import ROOT, SAMPLE

import kg

__all__ = ["RUNAWAY", "Reply", "Server", "served", "triples_of_the_sample"]

QUERY = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
"""Counts the triples of triples: years, even on the sample."""


@cache
def triples_of_the_sample() -> int:
    """How many the N-Quads export of the sample says, each once."""
    exported = kg.build(SAMPLE).export("nq", Path(tempfile.mkdtemp()) / "sample.nq")
    return len({quad.triple for quad in ox.parse(path=exported)})


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay())


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def media(self) -> str:
        return str(self.headers["Content-Type"]).partition(";")[0]

    def json(self) -> Any:
        return json.loads(self.body)

    def rows(self) -> list[dict[str, str]]:
        """The rows of SPARQL results in JSON."""
        rows = self.json()["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in rows]


class Server:
    """A running `kg serve`."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process = process
        self.address = address
        self.port = int(address.rpartition(":")[2])

    def ask(
        self, path: str = "/sparql", headers: Mapping[str, str] | None = None, data: bytes | None = None,
        method: str | None = None,
    ) -> Reply:  # fmt: skip
        """A request; redirects are not followed."""
        request = urllib.request.Request(
            self.address + path, data, dict(headers or {}), method=method
        )
        try:
            with _OPENER.open(request, timeout=60) as reply:
                return Reply(reply.status, reply.headers, reply.read())
        except urllib.error.HTTPError as error:
            with error:
                return Reply(error.code, error.headers, error.read())

    def query(self, sparql: str, accept: str = "", **headers: str) -> Reply:
        """A query as the body of a POST."""
        said = {"Content-Type": QUERY, **({"Accept": accept} if accept else {})}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask(data=sparql.encode(), headers=said | named)

    def get(self, sparql: str, accept: str = "", **fields: str) -> Reply:
        """A query in the address."""
        address = urllib.parse.urlencode({"query": sparql, **fields})
        return self.ask(f"/sparql?{address}", {"Accept": accept} if accept else {})

    def alive(self) -> bool:
        """Whether it answers a plain question."""
        return bool(self.query("ASK { ?x a kg:Paper }").json()["boolean"])

    def connect(self) -> socket.socket:
        """A bare connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def send(self, data: bytes) -> bytes:
        """Bytes, and what comes back until the connection is closed."""
        with self.connect() as connection:
            with suppress(ConnectionError):
                connection.sendall(data)
            with suppress(OSError):
                connection.shutdown(socket.SHUT_WR)
            return received(connection)

    def workers(self) -> set[int]:
        """The processes that answer queries, where the system tells."""
        listing = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        if not listing.exists():
            pytest.skip("the system does not list the children of a process")
        return set(map(int, listing.read_text().split()))


def received(connection: socket.socket) -> bytes:
    """Everything until the other side closes or resets."""
    parts = []
    try:
        while part := connection.recv(65536):
            parts.append(part)
    except ConnectionError:
        pass
    return b"".join(parts)


def command(*arguments: object) -> list[str]:
    """The command line of a server on a free port."""
    return [sys.executable, "-m", "kg", "serve", "--port", "0", *map(str, arguments)]


@contextmanager
def served(*arguments: object) -> Iterator[Server]:
    """A server in a process of its own, interrupted at the end."""
    for name in ("starlette", "uvicorn"):
        pytest.importorskip(name, reason=f"{name} is not installed (the extra `serve`)")
    process = subprocess.Popen(
        command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout
    assert process.stderr
    try:
        said = ""
        while not (found := re.search(r"SPARQL +(http://\S+)/sparql", said)):
            line = process.stdout.readline()
            assert line, process.stderr.read()
            said += line
        yield Server(process, found[1])
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        finally:
            process.kill()
            process.wait()
            process.stdout.close()
            process.stderr.close()

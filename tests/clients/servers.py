"""Real triple stores, started by the tests on free ports of loopback and killed after them.

A test that asks for one is skipped with the reason where it is not to be had.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from tests.export.programs import jena

DEADLINE = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """A store in a folder of its own; `url` takes graphs, `sparql` answers questions."""

    login: tuple[str, str] = ("", "")
    auth: httpx.Auth | None = None

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = self.sparql = ""
        self._process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        raise NotImplementedError

    @property
    def environment(self) -> dict[str, str]:
        """What `kg publish` needs to know."""
        return dict(zip(("KG_PUBLISH_USER", "KG_PUBLISH_PASSWORD"), self.login, strict=True))

    def start(self) -> None:
        log = self.folder / "out.txt"
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                self.command(), cwd=self.folder, stdout=out, stderr=out, start_new_session=True
            )
        end = time.monotonic() + DEADLINE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                self.kill()
                pytest.fail(f"{self.command()[0]} does not start: {log.read_text()[-3000:]}")
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            return httpx.get(self.sparql, auth=self.auth, timeout=5).status_code < 500
        except httpx.TransportError:
            return False

    def kill(self) -> None:
        """At once, as a power cut would."""
        if self._process is not None:
            if self._process.poll() is None:
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def query(self, sparql: str) -> httpx.Response:
        """An answer in SPARQL's JSON, by the SPARQL 1.1 Protocol."""
        headers = {"Accept": "application/sparql-results+json"}
        found = httpx.post(
            self.sparql, data={"query": sparql}, headers=headers, auth=self.auth, timeout=120
        )
        assert found.status_code == 200, found.text[:1000]
        return found

    def graph(self, iri: str) -> set[ox.Triple]:
        """All that a named graph holds, by the Graph Store Protocol."""
        headers = {"Accept": "application/n-triples, text/plain;q=0.5"}
        found = httpx.get(
            self.url, params={"graph": iri}, headers=headers, auth=self.auth, timeout=120
        )
        if found.status_code == 404:
            return set()
        assert found.status_code == 200, found.text[:1000]
        return {quad.triple for quad in ox.parse(found.content, format=ox.RdfFormat.N_TRIPLES)}

    def delete(self, iri: str) -> bool:
        """Whether a graph could be removed."""
        done = httpx.delete(self.url, params={"graph": iri}, auth=self.auth, timeout=120)
        return done.is_success

    def names(self) -> set[str]:
        """The named graphs of kg."""
        found = self.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").json()
        names = {row["g"]["value"] for row in found["results"]["bindings"]}
        return {name for name in names if "kg.example" in name}


class Fuseki(Server):
    """Apache Jena Fuseki on TDB2, whose default graph is the union of the named ones."""

    login = ("publisher", "a pass:word")
    auth = httpx.BasicAuth(*login)

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._built = jena()
        self.url = f"http://127.0.0.1:{self.port}/kg/data"
        self.sparql = f"http://127.0.0.1:{self.port}/kg/sparql"
        (folder / "passwords").write_text(f"{self.login[0]}:{self.login[1]}\n", encoding="utf-8")

    def command(self) -> list[str]:
        (self.folder / "db").mkdir(exist_ok=True)
        for lock in self.folder.glob("db/**/*.lock"):  # a process that was killed keeps its lock
            lock.unlink()
        main = "org.apache.jena.fuseki.main.cmds.FusekiMainCmd"
        return [
            "java", "-Xmx1g", "-cp", f"{self._built / 'lib'}/*", main, "--localhost",
            f"--port={self.port}", "--update", f"--passwd={self.folder / 'passwords'}",
            "--auth=basic", "--tdb2", f"--loc={self.folder / 'db'}",
            "--set", "tdb2:unionDefaultGraph=true", "/kg",
        ]  # fmt: skip


_INI = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
ServerThreads = 10
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
SchedulerInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 1000000
"""


class Virtuoso(Server):
    """OpenLink Virtuoso, which asks for Digest authentication; its default graph is the union."""

    login = ("dba", "dba")
    auth = httpx.DigestAuth(*login)

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        if not shutil.which("virtuoso-t"):
            pytest.skip("virtuoso-t is not installed (Debian: virtuoso-opensource-7-bin)")
        self.url = f"http://127.0.0.1:{self.port}/sparql-graph-crud-auth"
        self.sparql = f"http://127.0.0.1:{self.port}/sparql"
        ini = _INI.format(sql=free_port(), http=self.port)
        (folder / "virtuoso.ini").write_text(ini, encoding="utf-8")

    def command(self) -> list[str]:
        (self.folder / "virtuoso.lck").unlink(missing_ok=True)
        return ["virtuoso-t", "+foreground", "+configfile", str(self.folder / "virtuoso.ini")]


SERVERS: Iterable[type[Server]] = (Fuseki, Virtuoso)

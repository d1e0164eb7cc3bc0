"""A process that answers queries one after the other: `python -m kg.serving.worker FILE`.

On standard input and output go messages: the length of a JSON object and of the
bytes after it, as two big-endian numbers of eight bytes, then both. The first
one that it sends is empty and says that it is ready. It ends when its input does.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

from kg.errors import BadQuery
from kg.query import Dataset, query
from kg.results import ROWS, TRIPLES

__all__ = ["HEAD", "answer", "packed"]

HEAD = struct.Struct(">QQ")
_ROOM = 2 << 30
"""Bytes that a query may take beside the store."""


def packed(said: dict[str, Any], body: bytes = b"") -> bytes:
    """A message."""
    text = json.dumps(said).encode()
    return HEAD.pack(len(text), len(body)) + text + body


def answer(store: ox.Store, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Answers `query` in the format named by `rows` or `triples`, as the query's form demands.

    Gives a `status` of HTTP with a `message`, or `format` and whether rows were `cut`.
    """
    dataset = Dataset(asked["default"], asked["named"])
    try:
        found = query(
            store, asked["query"], limit=asked["limit"], strict=asked["strict"],
            dataset=dataset if dataset.default or dataset.named else None,
        )  # fmt: skip
    except BadQuery as error:
        said = {"status": 400, "message": str(error), "line": error.line, "column": error.column}
        return said, b""
    formats = TRIPLES if found.triples else ROWS
    name = asked["triples" if found.triples else "rows"]
    if not name:
        media = ", ".join(format.media[0] for format in formats.values())
        return {"status": 406, "message": f"this query is answered as {media}"}, b""
    said = {"status": 200, "triples": found.triples, "rows": len(found.rows), "cut": found.cut}
    return said, formats[name].write(found)


def _serve(store: ox.Store, source: BinaryIO, target: BinaryIO) -> None:
    while head := source.read(HEAD.size):
        length, _ = HEAD.unpack(head)
        asked = json.loads(source.read(length))
        _alarm(asked["seconds"])
        try:
            said, body = answer(store, asked)
        except MemoryError:
            os._exit(1)
        _alarm(0)
        target.write(packed(said, body))
        target.flush()


def _alarm(seconds: float) -> None:
    """The system ends this process if nobody else does: when the server itself is gone."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory() -> None:
    """A query that wants too much memory ends its process, not the machine."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        most = pages * resource.getpagesize() + _ROOM
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def main(path: str) -> None:
    """Loads the quads of a file and answers until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's business
    source, target = sys.stdin.buffer, sys.stdout.buffer
    store = ox.Store()
    store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)
    _limit_memory()
    target.write(packed({}))
    target.flush()
    _serve(store, source, target)


if __name__ == "__main__":
    main(sys.argv[1])

"""Worker processes: each answers one query at a time; one that takes too long is killed and replaced."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import KgError
from kg.serving.asking import Asked, Refused
from kg.serving.worker import HEAD, packed

__all__ = ["Pool", "Reply"]

_QUEUE = 500
"""So many requests may wait for a worker; more are sent away."""
_TURNS = 6
"""A request waits no longer than so many queries can take."""


class Reply(NamedTuple):
    """What a worker said: see `kg.serving.worker.answer`."""

    said: dict[str, Any]
    body: bytes


class Pool:
    """`size` workers with the quads of `file`; a query has `seconds` and gives `limit` rows."""

    def __init__(self, file: Path, *, size: int, seconds: float, limit: int) -> None:
        self._file = file
        self._size = size
        self._seconds = seconds
        self._limit = limit
        self._free: asyncio.Queue[Process] = asyncio.Queue()
        self._all: set[Process] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._stopped = False

    async def start(self) -> None:
        """Starts all workers and waits until they are ready."""
        await asyncio.gather(*(self._add() for _ in range(self._size)))

    async def stop(self) -> None:
        """Kills all workers; whoever waits for an answer is told so."""
        self._stopped = True
        for task in self._tasks:
            task.cancel()
        for worker in list(self._all):
            await self._end(worker)

    async def ask(
        self, asked: Asked, *, rows: str, triples: str, strict: bool = False
    ) -> Reply:  # fmt: skip
        """The answer in the format `rows` or `triples`; raises `Refused`."""
        message = {
            "query": asked.query, "default": asked.default, "named": asked.named, "rows": rows,
            "triples": triples, "strict": strict, "limit": self._limit, "seconds": self._seconds + 2,
        }  # fmt: skip
        worker = await self._take()
        whole = False
        try:
            async with asyncio.timeout(self._seconds):
                reply = await _exchange(worker, packed(message))
            whole = True
        except TimeoutError:
            limit = f"{self._seconds:g} seconds"
            raise Refused(503, f"the query was stopped: it took more than {limit}") from None
        except (OSError, asyncio.IncompleteReadError):
            if self._stopped:
                raise Refused(503, "the server is stopping") from None
            raise Refused(500, "the query was stopped: it took too much memory") from None
        finally:
            if whole:
                self._free.put_nowait(worker)
            else:  # also where the client has gone away
                worker_gone = self._replace(worker)
                self._later(worker_gone)
        if reply.said["status"] != 200:
            said = reply.said
            place = {"line": said.get("line", 0), "column": said.get("column", 0)}
            raise Refused(said["status"], said["message"], **place)
        return reply

    async def _take(self) -> Process:
        if self._stopped or self._waiting >= _QUEUE:
            raise _busy()
        self._waiting += 1
        try:
            async with asyncio.timeout(_TURNS * self._seconds):
                return await self._free.get()
        except TimeoutError:
            raise _busy() from None
        finally:
            self._waiting -= 1

    async def _add(self) -> None:
        worker = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "kg.serving.worker", str(self._file),
            stdin=PIPE, stdout=PIPE, stderr=DEVNULL, start_new_session=True,
        )  # fmt: skip
        self._all.add(worker)
        try:
            await _read(worker)
        except asyncio.IncompleteReadError:
            await self._end(worker)
            raise KgError("a process that answers queries could not be started") from None
        except asyncio.CancelledError:
            await self._end(worker)
            raise
        self._free.put_nowait(worker)

    async def _replace(self, worker: Process) -> None:
        await self._end(worker)
        while not self._stopped:
            try:
                return await self._add()
            except (KgError, OSError):
                await asyncio.sleep(1)
        return None

    async def _end(self, worker: Process) -> None:
        if worker in self._all:
            self._all.discard(worker)
            with suppress(ProcessLookupError):
                worker.kill()
        if worker.stdin:
            worker.stdin.close()
        await worker.wait()

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _exchange(worker: Process, message: bytes) -> Reply:
    assert worker.stdin is not None
    worker.stdin.write(message)
    await worker.stdin.drain()
    return await _read(worker)


async def _read(worker: Process) -> Reply:
    assert worker.stdout is not None
    length, more = HEAD.unpack(await worker.stdout.readexactly(HEAD.size))
    said = json.loads(await worker.stdout.readexactly(length))
    return Reply(said, await worker.stdout.readexactly(more))


def _busy() -> Refused:
    return Refused(503, "too many queries are waiting", headers={"Retry-After": "5"})

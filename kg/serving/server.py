"""The socket and the life of the server: from the first byte read to the last process ended."""

from __future__ import annotations

import asyncio
import errno
import gc
import logging
import signal
import socket
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn

from kg.errors import KgError
from kg.serving.app import application
from kg.serving.connections import Connection
from kg.serving.data import Data, load
from kg.serving.pool import Pool

__all__ = ["Settings", "serve"]

_ADDRESS = "127.0.0.1"
_LONGEST_HEAD = 1_100_000


@dataclass(frozen=True, slots=True)
class Settings:
    """How to serve: `port` 0 takes any that is free, `cors` is an origin, `*` or empty."""

    port: int
    seconds: float
    limit: int
    workers: int
    cors: str


def serve(
    inputs: Iterable[str], settings: Settings, announce: Callable[[Data, str], None],
    *, period: str = "", encoding: str = "utf-8",
) -> None:  # fmt: skip
    """Serves until it is interrupted; `announce` is called with the address once it answers.

    Raises `KgError` where the port is taken or the inputs cannot be read.
    """
    # a process that dies while it is killed is news to asyncio, not to anybody else
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    # where uvicorn is done with a signal it raises it again, and SIGTERM would leave files behind
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with _listening(settings.port) as listener, tempfile.TemporaryDirectory(prefix="kg-") as folder:
        data = load(inputs, period, encoding, Path(folder))
        gc.freeze()
        gc.enable()  # the command line works without, which a server must not
        asyncio.run(_serve(data, settings, listener, announce))


async def _serve(
    data: Data, settings: Settings, listener: socket.socket, announce: Callable[[Data, str], None]
) -> None:
    pool = Pool(
        data.file, size=settings.workers, seconds=settings.seconds, limit=settings.limit
    )  # fmt: skip
    try:
        await pool.start()
        app = application(
            data, pool, cors=settings.cors, seconds=settings.seconds, limit=settings.limit
        )
        config = uvicorn.Config(
            app, http=Connection, ws="none", lifespan="off", log_config=None, log_level="error",
            access_log=False, server_header=False, proxy_headers=False, timeout_keep_alive=5,
            timeout_graceful_shutdown=3, h11_max_incomplete_event_size=_LONGEST_HEAD,
        )  # fmt: skip
        announce(data, f"http://{_ADDRESS}:{listener.getsockname()[1]}")
        await _Server(config, pool).serve(sockets=[listener])
    finally:
        await pool.stop()


class _Server(uvicorn.Server):
    """Ends running queries first when it is told to stop, so that nobody waits for them."""

    def __init__(self, config: uvicorn.Config, pool: Pool) -> None:
        super().__init__(config)
        self._pool = pool
        self._ending: asyncio.Task[None] | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal has come."""
        super().handle_exit(sig, frame)
        asyncio.get_running_loop().call_soon_threadsafe(self._end)

    def _end(self) -> None:
        if self._ending is None:
            self._ending = asyncio.ensure_future(self._pool.stop())


def _listening(port: int) -> socket.socket:
    """A socket on loopback, which nobody else on the port can have taken."""
    found: Any = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if hasattr(signal, "SIGHUP"):  # elsewhere it would let two servers share a port
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((_ADDRESS, port))
        found.listen(512)
    except (OSError, OverflowError) as error:
        found.close()
        if isinstance(error, OSError) and error.errno in (errno.EADDRINUSE, errno.EACCES):
            taken = "is taken" if error.errno == errno.EADDRINUSE else "is not for everyone"
            raise KgError(f"port {port} {taken}; choose another: --port N, or 0 for any") from error
        raise KgError(f"cannot listen on port {port}: {error}") from error
    return found  # type: ignore[no-any-return]

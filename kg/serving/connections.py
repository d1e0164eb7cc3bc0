"""Connections that nobody can hold open for nothing.

uvicorn waits for ever for a request whose head trickles in, and for a client that
does not read its answer. Here a head must be whole within `HEAD_SECONDS`, an
answer be taken within `READ_SECONDS`, and where `MOST` connections wait for a
request the one that has waited longest makes room.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["Connection"]

HEAD_SECONDS = 10
READ_SECONDS = 60
MOST = 200


class Connection(H11Protocol):
    """A connection of uvicorn with deadlines."""

    _silent: dict[Connection, None] = {}  # noqa: RUF012  shared on purpose, oldest first
    _deadline: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Starts to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Reads on; once a request is being answered, nothing is waited for."""
        if self._deadline is None and not self._answering():
            self._wait()
        super().data_received(data)
        if self._answering():
            self._wait_no_more()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forgets the connection."""
        self._wait_no_more()
        self._read_again()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """The client does not read as fast as it is answered."""
        self._read_again()
        self._unread = self.loop.call_later(READ_SECONDS, self.transport.abort)
        super().pause_writing()

    def resume_writing(self) -> None:
        """The client has read what was there."""
        self._read_again()
        super().resume_writing()

    def timeout_keep_alive_handler(self) -> None:
        """Closes an idle connection, unless a request has begun to come: that has its own deadline."""
        if self._deadline is None:
            super().timeout_keep_alive_handler()

    def _answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self) -> None:
        self._deadline = self.loop.call_later(HEAD_SECONDS, self.transport.abort)
        self._silent[self] = None
        if len(self._silent) > MOST:
            next(iter(self._silent)).transport.abort()

    def _wait_no_more(self) -> None:
        self._silent.pop(self, None)
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _read_again(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

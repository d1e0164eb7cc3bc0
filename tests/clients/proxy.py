"""A proxy on loopback that lets so many bytes through and then cuts."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from collections.abc import Callable, Iterator


class Proxy:
    """Passes bytes on to a port until `limit` of them have gone there; then calls `act` and cuts.

    Once only where it `heals`, else nothing goes through from then on.
    """

    def __init__(self, port: int, limit: int, act: Callable[[], None], heals: bool) -> None:
        self.cut = 0
        self._target = ("127.0.0.1", port)
        self._left = limit
        self._then = 10**12 if heals else 0
        self._act = act
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def close(self) -> None:
        """Takes no more connections, and waits for those that there are."""
        self._listener.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._pass, args=(client,))
            self._threads.append(thread)
            thread.start()

    def _pass(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError), socket.create_connection(self._target) as server:
            while True:
                for one in select.select([client, server], [], [])[0]:
                    data = one.recv(16_384)
                    if not data:
                        return
                    if one is server:
                        client.sendall(data)
                        continue
                    server.sendall(data[: self._left])
                    self._left -= len(data)
                    if self._left <= 0:
                        self._left = self._then
                        self.cut += 1
                        self._act()
                        return


@contextlib.contextmanager
def cutting(
    port: int, limit: int, act: Callable[[], None] = lambda: None, heals: bool = False
) -> Iterator[Proxy]:
    made = Proxy(port, limit, act, heals)
    try:
        yield made
    finally:
        made.close()

"""Graphs into a store on the web, by the SPARQL 1.1 Graph Store HTTP Protocol.

    graphs   what is published: a named graph per digest, and one of what they share
    login    who publishes: from the environment, never from the address
    waiting  when to try again, and how long to wait
    faults   what an answer of a store means, and what to do about it
    store    the requests

One graph is replaced by one PUT, which a store does whole or not at all. So a
failure leaves a store with whole graphs, some of them old, and publishing again
is always safe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.publishing.login import Login
    from kg.publishing.store import GraphStore

__all__ = ["open_store"]


def open_store(
    url: str, login: Login | None = None, *, timeout: float = 120, retries: int = 4
) -> GraphStore:
    """The store at `url`; nothing is sent yet.

    `timeout` is how many seconds an answer may take, `retries` how often a request
    is tried again. Raises `KgError` where the address is none, or httpx is not
    installed.
    """
    try:
        from kg.publishing.store import GraphStore
    except ModuleNotFoundError as error:
        if error.name != "httpx":
            raise
        raise KgError(
            "publishing needs httpx; install it with: pip install 'kg[publish]'"
        ) from error
    return GraphStore(url, login, timeout=timeout, retries=retries)

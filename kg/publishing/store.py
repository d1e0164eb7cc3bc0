"""A store that is written to over the SPARQL 1.1 Graph Store HTTP Protocol.

Graphs are named indirectly, by `?graph=IRI`; the body is Turtle, which each
store reads. https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import httpx

from kg.errors import KgError, NotPublished
from kg.publishing.faults import explain, said
from kg.publishing.login import PASSWORD, TOKEN, USER, Login
from kg.publishing.waiting import LONGEST, PASSING, asked_wait, wait

if TYPE_CHECKING:
    from kg.publishing.graphs import NamedGraph

__all__ = ["GraphStore"]

_CONNECT = 10.0
"""Seconds to reach a server; its answer may take longer."""
_TURTLE = {"Content-Type": "text/turtle; charset=utf-8"}


class GraphStore:
    """One store; a context manager that closes its connections.

    `on_wait(reason, seconds)` is called before each wait, `sleep` waits.
    """

    def __init__(
        self,
        url: str,
        login: Login | None = None,
        *,
        timeout: float = 120,
        retries: int = 4,
        on_wait: Callable[[str, float], None] = lambda reason, seconds: None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.url = _checked(url)
        self.on_wait = on_wait
        self._login = login or Login()
        self._retries = retries
        self._sleep = sleep
        try:
            self._client = httpx.Client(
                auth=self._login.sender(),
                timeout=httpx.Timeout(timeout, connect=min(timeout, _CONNECT)),
                headers={"User-Agent": "kg", **self._login.headers()},
            )
        except (ImportError, ValueError) as error:
            raise KgError(
                f"the proxy that is set (HTTP_PROXY …) cannot be used: {error}"
            ) from error

    def __enter__(self) -> GraphStore:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    @property
    def in_clear(self) -> bool:
        """Whether credentials would cross a network unencrypted."""
        parts = urlsplit(self.url)
        near = parts.hostname in ("localhost", "127.0.0.1", "::1")
        return parts.scheme == "http" and not near and self._login != Login()

    def greet(self) -> None:
        """Finds out that somebody answers and lets us in, before a large graph is sent.

        Stores need not know HEAD, and the graph need not be there: all that counts
        is an answer, and that it does not ask for other credentials.
        """
        response = self._send("HEAD", self._address("urn:kg:none"))
        if response.status_code in (401, 407):
            raise NotPublished(self._why(response))

    def replace(self, graph: NamedGraph) -> bool:
        """Puts a graph in the place of the one of its name; tells whether it is new.

        Raises `NotPublished` if the store did not say that it holds the graph now.
        """
        return self._write("PUT", graph)

    def add(self, graph: NamedGraph) -> bool:
        """Adds a graph to the one of its name; tells whether it is new.

        Sent twice it is as if sent once, but for blank nodes, which are refused.
        """
        if graph.has_blank_nodes:
            raise KgError(f"{graph.iri} has blank nodes, which would be added anew each time")
        return self._write("POST", graph)

    def _write(self, method: str, graph: NamedGraph) -> bool:
        response = self._send(method, self._address(graph.iri), graph.turtle)
        if not response.is_success:
            raise NotPublished(self._why(response), uncertain=response.status_code >= 500)
        return response.status_code == 201

    def _address(self, iri: str) -> str:
        return f"{self.url}{'&' if '?' in self.url else '?'}graph={quote(iri, safe='')}"

    def _send(self, method: str, url: str, body: bytes | None = None) -> httpx.Response:
        """The answer to a request, which is sent again while that may help."""
        for attempt in range(1, self._retries + 2):
            asked = 0.0
            try:
                response = self._client.request(
                    method, url, content=body, headers=_TURTLE if body is not None else {}
                )
            except httpx.TransportError as error:
                reason = self._why_not(error)
                if attempt > self._retries or _is_hopeless(error):
                    tried = f" (tried {attempt} times)" if attempt > 1 else ""
                    raise NotPublished(f"{reason}{tried}", uncertain=body is not None) from error
            except (httpx.HTTPError, NotImplementedError) as error:
                raise NotPublished(self._why_not(error), uncertain=body is not None) from error
            else:
                if response.status_code not in PASSING or attempt > self._retries:
                    return response
                reason = self._why(response)
                asked = asked_wait(response.headers.get("Retry-After", ""))
                if asked > LONGEST:
                    raise NotPublished(f"{reason}; it asks to come back in {asked:.0f} seconds")
            seconds = wait(attempt, asked)
            self.on_wait(reason, seconds)
            self._sleep(seconds)
        raise AssertionError("the last attempt returns or raises")

    def _why(self, response: httpx.Response) -> str:
        location = response.headers.get("Location", "")
        known = self._login != Login()
        return self._login.hidden(explain(response.status_code, response.text, location, known))

    def _why_not(self, error: Exception) -> str:
        """Why there is no answer."""
        host = urlsplit(self.url).netloc
        told = self._login.hidden(said(str(error)))
        if isinstance(error, httpx.ConnectTimeout):
            return f"{host} cannot be reached within {_CONNECT:.0f} seconds"
        if isinstance(error, httpx.TimeoutException):
            return f"{host} did not answer in time; give it longer with --timeout"
        if isinstance(error, httpx.ConnectError):
            return f"{host} cannot be reached: {told}"
        return f"{host} broke off: {told or type(error).__name__}"


def _checked(url: str) -> str:
    """The address, if it is one; a message does not repeat one that may hold a password."""
    shown = "this" if "@" in url else repr(said(url))
    try:
        parts = urlsplit(url)
        host, _, _ = parts.hostname, parts.port, httpx.URL(url)
    except (ValueError, httpx.InvalidURL) as error:
        why = "" if "@" in url else f": {error}"
        raise KgError(f"{shown} is no address of a store{why}") from None
    if "@" in parts.netloc:
        raise KgError(f"an address has no credentials in it; set {USER} and {PASSWORD}, or {TOKEN}")
    if parts.scheme not in ("http", "https") or not host:
        raise KgError(f"{shown} is no address of a store: it begins with http:// or https://")
    if parts.fragment:
        raise KgError(f"{shown} is no address of a store: it has a # in it")
    return url


def _is_hopeless(error: httpx.TransportError) -> bool:
    """Whether another attempt would fail alike: a certificate that is not trusted, a bad proxy."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return True
        cause = cause.__cause__ or cause.__context__
    return isinstance(error, httpx.UnsupportedProtocol)

"""The requests of the SPARQL 1.1 Protocol, read with limits: https://www.w3.org/TR/sparql11-protocol/.

GET, POST with a form, and POST with the query as its body. Updates are refused.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from kg.serving.negotiation import media_of

if TYPE_CHECKING:
    from starlette.requests import Request

__all__ = ["LONGEST", "Asked", "Refused", "read_request"]

LONGEST = 1_000_000
"""No request has more bytes than this."""
_LONGEST_ADDRESS = 100_000
_DRAINED = 16 * LONGEST
"""So much of a body is still read, and thrown away, so that its sender can read the answer."""
_PATIENCE = 10
"""Seconds until a body must have come."""
_FIELDS = 200
_FORM, _QUERY, _UPDATE = (
    f"application/{name}" for name in ("x-www-form-urlencoded", "sparql-query", "sparql-update")
)


class Refused(Exception):
    """A request that is not answered: HTTP status, a sentence, line and column in the query if known."""

    def __init__(
        self, status: int, message: str, *, line: int = 0, column: int = 0,
        headers: dict[str, str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(message)
        self.status = status
        self.line = line
        self.column = column
        self.headers = headers or {}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks; `query` is None where it asks for no more than the endpoint itself."""

    query: str | None
    default: list[str]
    named: list[str]
    format: str
    """The name of a format that the address asks for, whatever Accept says; or empty."""


async def read_request(request: Request) -> Asked:
    """Reads a request to the endpoint; raises `Refused`."""
    address: bytes = request.scope["query_string"]
    if len(address) > _LONGEST_ADDRESS:
        raise Refused(414, "the address is too long: send the query by POST")
    fields = _fields(address)
    format = dict(fields).get("format", "")
    query: str | None = None
    if request.method == "POST":
        kind = media_of(request.headers.get("content-type", ""))
        body = await _body(request)
        if kind == _UPDATE:
            raise _only_reads()
        if kind == _QUERY:
            query = _text(body)
            if any(name == "query" for name, _ in fields):
                raise Refused(400, "there are two queries: in the address and in the body")
        elif kind == _FORM:
            fields = _fields(body)
        else:
            raise Refused(
                415, f"a query is sent as {_QUERY} or {_FORM}, not as {kind or 'nothing'}"
            )
    if any(name == "update" for name, _ in fields):
        raise _only_reads()
    if query is None:
        queries = [value for name, value in fields if name == "query"]
        if len(queries) > 1:
            raise Refused(400, "there are several queries; one is answered at a time")
        if not queries and request.method == "POST":
            raise Refused(400, "there is no query")
        query = queries[0] if queries else None
    return Asked(
        query,
        [value for name, value in fields if name == "default-graph-uri"],
        [value for name, value in fields if name == "named-graph-uri"],
        format,
    )


def _only_reads() -> Refused:
    return Refused(403, "this endpoint only reads: updates are refused")


async def _body(request: Request) -> bytes:
    """The body, no longer than `LONGEST` and no slower than `_PATIENCE` allows."""
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Refused(415, "a compressed body is not read")
    kept: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(_PATIENCE):
            async for chunk in request.stream():
                size += len(chunk)
                if size <= LONGEST:
                    kept.append(chunk)
                elif size > _DRAINED:
                    break
    except TimeoutError:
        said = f"the query did not come within {_PATIENCE} seconds"
        raise Refused(408, said, headers={"Connection": "close"}) from None
    if size > LONGEST:
        raise Refused(413, f"the query is longer than {LONGEST:,} bytes")
    return b"".join(kept)


def _fields(text: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS
        )
    except ValueError as error:
        raise Refused(400, f"the fields of the request cannot be read: {error}") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, f"the query is not UTF-8: byte {error.start}") from error

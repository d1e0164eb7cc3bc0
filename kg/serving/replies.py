"""Which answer a request wants, and the answers that need no worker."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from kg.query import Answer
from kg.results import ROWS, TRIPLES
from kg.serving.asking import Refused
from kg.serving.negotiation import choose, names, rank

__all__ = ["HTML", "VARY", "accept_of", "answered", "chosen_triples", "refusal", "wants_page"]

HTML = "text/html"
VARY = {"Vary": "Accept, Accept-Language, Cookie", "Cache-Control": "no-cache"}
_PROBLEM = "application/problem+json"


def accept_of(request: Request, format: str) -> str:
    """The header Accept, or the media type of a format that the address names.

    Clients send fields of that name with words of their own and mean no harm.
    """
    formats = {**ROWS, **TRIPLES}
    if format in formats:
        return formats[format].media[0]
    return ", ".join(request.headers.getlist("accept"))


def wants_page(accept: str, query: bool) -> bool:
    """Whether HTML is named, and wanted no less than any other type that could be sent."""
    html = rank(accept, HTML)
    if html is None or not names(accept, HTML):
        return False
    formats = {**ROWS, **TRIPLES} if query else TRIPLES
    others = [rank(accept, media) for format in formats.values() for media in format.media]
    return all(other is None or other <= html for other in others)


def chosen_triples(accept: str) -> tuple[str, str]:
    """The format for triples; raises `Refused` where none is wanted."""
    chosen = choose(accept, TRIPLES)
    if chosen is None:
        known = ", ".join(format.media[0] for format in TRIPLES.values())
        raise Refused(406, f"this is given as {HTML}, {known}")
    return chosen


def answered(answer: Answer, accept: str) -> Response:
    """Triples that are at hand."""
    name, media = chosen_triples(accept)
    return Response(TRIPLES[name].write(answer), media_type=media, headers=VARY)


async def refusal(request: Request, error: Exception) -> Response:
    """A sentence; with the place in the query for a client that reads RFC 9457 problems."""
    assert isinstance(error, Refused)
    headers = VARY | error.headers
    if names(", ".join(request.headers.getlist("accept")), _PROBLEM):
        said = {
            "title": str(error),
            "status": error.status,
            "line": error.line,
            "column": error.column,
        }
        return JSONResponse(said, error.status, headers, _PROBLEM)
    return PlainTextResponse(f"{error}\n", error.status, headers)

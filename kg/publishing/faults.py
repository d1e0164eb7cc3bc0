"""What an answer of a store means, in a line for people, with what to do about it."""

from __future__ import annotations

import html
import re

from kg.publishing.login import PASSWORD, TOKEN, USER

__all__ = ["explain", "said"]

_WHERE = (
    "give the address of its Graph Store Protocol (Fuseki: http://HOST:3030/DATASET/data; "
    "Virtuoso: http://HOST:8890/sparql-graph-crud-auth)"
)
_MEANINGS = {
    400: "the store does not understand the request",
    401: "the store refuses these credentials",
    403: "the store does not let this user write",
    404: f"nothing is published at this address; {_WHERE}",
    405: f"this address cannot be written to; {_WHERE}",
    407: "the proxy asks for credentials",
    413: "the graph is larger than the store takes; raise its limit, or publish fewer digests",
    415: "the store does not read Turtle",
    429: "the store takes no more requests for now",
    501: f"this address cannot be written to; {_WHERE}",
    502: "the server behind the proxy gives no answer",
    503: "the store is not ready",
    504: "the server behind the proxy gives no answer in time",
    507: "the store has no room left",
}
_FULL = re.compile(r"no space left|disk (?:is )?full|quota exceeded|out of disk", re.IGNORECASE)
_TAG = re.compile(r"<(?:/?[a-z][^<>]*|![^<>]*)>", re.IGNORECASE)
_TITLE = re.compile(r"<title.*?</title>|<style.*?</style>", re.IGNORECASE | re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_LONGEST = 200


def explain(status: int, body: str, location: str = "", has_login: bool = True) -> str:
    """Why a store did not take a graph; `location` is where a redirection points."""
    if 300 <= status < 400 and location:
        return f"the store has moved; publish to {said(location.partition('?')[0])} (HTTP {status})"
    if status == 401 and not has_login:
        meaning = f"the store wants to know who publishes; set {USER} and {PASSWORD}, or {TOKEN}"
    elif status >= 500 and _FULL.search(body):
        meaning = "the disk of the server is full"
    else:
        meaning = _MEANINGS.get(status, "the store answers with an error")
    words = said(body)
    return f"{meaning} (HTTP {status}{f': {words}' if words else ''})"


def said(body: str) -> str:
    """The words of a server on one line, without markup or anything that a terminal would obey."""
    text = _TAG.sub(" ", _TITLE.sub(" ", body[:10_000]))
    text = " ".join(_CONTROL.sub(" ", html.unescape(text)).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

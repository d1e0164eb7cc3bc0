"""Answers for programs: the formats of the W3C, their media types, and how each is written.

Rows and truth values go into the SPARQL 1.1 result formats (JSON, XML, CSV, TSV:
https://www.w3.org/TR/sparql11-overview/), triples into RDF. XML has no way to
write most control characters: they become U+FFFD there.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pyoxigraph as ox

from kg.errors import KgError
from kg.export.blocks import block
from kg.export.terms import written
from kg.export.turtle import declarations, prefixes, turtle_text
from kg.query import Answer, Term

__all__ = ["ROWS", "TRIPLES", "Format", "plain"]


@dataclass(frozen=True, slots=True)
class Format:
    """The media types that mean it, the one that is sent first; its IRI; and its writer."""

    media: tuple[str, ...]
    iri: str
    write: Callable[[Answer], bytes]


def plain(term: Term | None) -> str:
    """A term without what says its kind."""
    kind = type(term).__name__
    if term is None:
        return ""
    return str(term) if kind in ("BlankNode", "Triple") else str(getattr(term, "value", ""))


def _csv(answer: Answer) -> bytes:
    if answer.truth is not None:
        return f"{str(answer.truth).lower()}\r\n".encode()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(answer.columns)
    writer.writerows([plain(term) for term in row] for row in answer.rows)
    return out.getvalue().encode()


def _json(answer: Answer) -> bytes:
    head: dict[str, Any] = {"vars": list(answer.columns)} if answer.truth is None else {}
    said: dict[str, Any] = {"head": head}
    if answer.truth is not None:
        said["boolean"] = answer.truth
    else:
        said["results"] = {
            "bindings": [
                {
                    column: _as_json(term)
                    for column, term in zip(answer.columns, row, strict=True)
                    if term is not None
                }
                for row in answer.rows
            ]
        }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _as_json(term: Any) -> dict[str, Any]:
    kind = type(term).__name__
    if kind == "NamedNode":
        return {"type": "uri", "value": term.value}
    if kind == "BlankNode":
        return {"type": "bnode", "value": term.value}
    if kind == "Triple":
        parts = {part: _as_json(getattr(term, part)) for part in ("subject", "predicate", "object")}
        return {"type": "triple", "value": parts}
    said = {"type": "literal", "value": term.value}
    if term.language:
        said["xml:lang"] = term.language
    elif not term.datatype.value.endswith("XMLSchema#string"):
        said["datatype"] = term.datatype.value
    return said


def _by_oxigraph(format: ox.QueryResultsFormat) -> Callable[[Answer], bytes]:
    """The same answer, read from JSON and written by Oxigraph in another format."""

    def write(answer: Answer) -> bytes:
        found = ox.parse_query_results(_json(answer), format=ox.QueryResultsFormat.JSON)
        return _ended(found.serialize(format=format) or b"")

    return write


def _turtle(answer: Answer) -> bytes:
    texts: list[str] = []
    for subject, rows in groupby(_triples(answer), key=lambda row: row[0]):
        said = [(written(row[1]), written(row[2])) for row in rows]
        texts += ["\n", turtle_text(block(written(subject), said))]
    return declarations() + "".join(texts).encode() if texts else b""


def _graph(format: ox.RdfFormat) -> Callable[[Answer], bytes]:
    def write(answer: Answer) -> bytes:
        said = (ox.Triple(*row) for row in _triples(answer))
        found = ox.serialize(said, format=format, prefixes=prefixes()) or b""
        return _ended(
            _NAMESPACES.sub(lambda some: b" ".join(sorted(some[0].split(b" "))), found, 1)
        )

    return write


def _triples(answer: Answer) -> list[Any]:
    """The triples in a fixed order, those of a subject side by side."""
    if not answer.triples:
        raise KgError("only CONSTRUCT and DESCRIBE give triples, which this format is for")
    return sorted(answer.rows, key=lambda row: tuple(map(str, row)))


def _xml(write: Callable[[Answer], bytes]) -> Callable[[Answer], bytes]:
    """XML 1.0 without the characters that it cannot hold, and with all line breaks."""

    def whole(answer: Answer) -> bytes:
        found = _NO_XML.sub("\ufffd".encode(), write(answer))
        return found.replace(b"\r", b"&#13;")

    return whole


def _ended(text: bytes) -> bytes:
    return text if text.endswith(b"\n") else text + b"\n"


_NAMESPACES = re.compile(rb'xmlns:[^\s=]+="[^"]*"(?: xmlns:[^\s=]+="[^"]*")*')
_NO_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_FORMATS = "http://www.w3.org/ns/formats/"

ROWS = {
    "json": Format(
        ("application/sparql-results+json", "application/json"),
        f"{_FORMATS}SPARQL_Results_JSON",
        _json,
    ),
    "xml": Format(
        ("application/sparql-results+xml", "application/xml", "text/xml"),
        f"{_FORMATS}SPARQL_Results_XML",
        _xml(_by_oxigraph(ox.QueryResultsFormat.XML)),
    ),
    "csv": Format(("text/csv",), f"{_FORMATS}SPARQL_Results_CSV", _csv),
    "tsv": Format(
        ("text/tab-separated-values",),
        f"{_FORMATS}SPARQL_Results_TSV",
        _by_oxigraph(ox.QueryResultsFormat.TSV),
    ),
}
TRIPLES = {
    "ttl": Format(("text/turtle", "application/x-turtle"), f"{_FORMATS}Turtle", _turtle),
    "nt": Format(
        ("application/n-triples", "text/plain"),
        f"{_FORMATS}N-Triples",
        _graph(ox.RdfFormat.N_TRIPLES),
    ),
    "rdf": Format(
        ("application/rdf+xml", "application/xml", "text/xml"),
        f"{_FORMATS}RDF_XML",
        _xml(_graph(ox.RdfFormat.RDF_XML)),
    ),
    "jsonld": Format(
        ("application/ld+json", "application/json"),
        f"{_FORMATS}JSON-LD",
        _graph(ox.RdfFormat.JSON_LD),
    ),
}

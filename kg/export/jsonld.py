"""JSON-LD 1.1: one object per subject on one line, under the names of `ontology/context.jsonld`.

The context stands in the file, so that nothing has to be fetched. The graph is
the one of the Turtle file; a value is plain JSON where the context says the
rest, else an object with `@value` or `@id`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.export.context import context, short
from kg.export.terms import QUOTE, parts, rdf, xsd
from kg.export.triples import Triples
from kg.export.turtle import losses, prefixes
from kg.ids import DEFAULT_BASE

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

__all__ = ["dump", "losses"]

_TYPE = rdf("type")
_BOOLEAN, _INTEGER = xsd("boolean"), xsd("integer")
_EXACT = 2**53
"""Integers up to here are the same in every JSON reader."""


def dump(graph: KnowledgeGraph, base: str = DEFAULT_BASE) -> Iterator[bytes]:
    """The file in chunks, one per subject; the same graph gives the same bytes."""
    writer = _Writer()
    yield b'{"@context": ' + _json(writer.context).encode() + b',\n"@graph": ['
    lead = b"\n"
    for block in Triples(graph, base).blocks():
        found: dict[str, Any] = {"id": block.subject}
        for predicate, value in block.said:
            key = "type" if predicate == _TYPE else writer.key(predicate)
            found.setdefault(key, []).append(writer.value(key, value))
        plain = {key: v[0] if type(v) is list and len(v) == 1 else v for key, v in found.items()}
        yield lead + _json(plain).encode()
        lead = b",\n"
    yield b"\n]}\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


class _Writer:
    """Keys and values as the context has them."""

    def __init__(self) -> None:
        self.context = context()
        self._keys: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._types: dict[str, str] = {}
        for name, term in self.context.items():
            iri, kind = (
                (term.get("@id"), term.get("@type")) if isinstance(term, dict) else (term, "")
            )
            if name not in prefixes() and isinstance(iri, str) and ":" in iri:
                self._names.setdefault(iri, name)
                self._types[name] = kind or ""

    def key(self, term: str) -> str:
        """The name of a term, else its IRI with a prefix."""
        if term not in self._keys:
            iri = short(term)
            self._keys[term] = self._names.get(iri, iri)
        return self._keys[term]

    def value(self, key: str, term: str) -> Any:
        """A term as a value of a key."""
        kind = self._types.get(key, "")
        if term[0] != QUOTE:
            if key == "type":
                return self.key(term)
            return term if kind == "@id" else {"@id": term}
        value, language, datatype = parts(term)
        if language:
            return {"@value": value, "@language": language}
        if not datatype:
            return value if not kind else {"@value": value}
        if datatype == _BOOLEAN and not kind:
            return value == "true"
        if datatype == _INTEGER and abs(int(value)) < _EXACT and kind in ("", "xsd:integer"):
            return int(value)
        type = short(datatype)
        return value if type == kind else {"@value": value, "@type": type}

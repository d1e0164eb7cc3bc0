"""RDF terms as text: names of well-known vocabularies, and values as literals.

An IRI is written as it stands, anything else as N-Triples has it: a literal
begins with a quotation mark, as no IRI does. A graph has millions of terms, and
as objects they take three times as long as the rest of its export.
"""

from __future__ import annotations

import json
import math
import re
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.export.cells import Losses
from kg.lexicon import load_lexicon
from kg.model import Scalar

if TYPE_CHECKING:
    from kg.ontology import Ontology

__all__ = [
    "QUOTE", "Names", "Pair", "Said", "cito", "dc", "double", "fabio", "foaf", "integer", "is_iri", "language_of", "literal", "oa", "owl", "parts",
    "rdf", "rdfs", "skos", "tagged", "text", "written", "xsd",
]  # fmt: skip

QUOTE = '"'
"""What a literal begins with."""
Pair = tuple[str, str]
"""A predicate and an object."""
Said = tuple[str, str, str]
"""The digest that says it (or an empty text), a predicate and an object."""


@cache
def _named(namespace: str, name: str) -> str:
    return namespace + name


rdf = partial(_named, "http://www.w3.org/1999/02/22-rdf-syntax-ns#")
rdfs = partial(_named, "http://www.w3.org/2000/01/rdf-schema#")
xsd = partial(_named, "http://www.w3.org/2001/XMLSchema#")
owl = partial(_named, "http://www.w3.org/2002/07/owl#")
skos = partial(_named, "http://www.w3.org/2004/02/skos/core#")
foaf = partial(_named, "http://xmlns.com/foaf/0.1/")
dc = partial(_named, "http://purl.org/dc/elements/1.1/")
cito = partial(_named, "http://purl.org/spar/cito/")
fabio = partial(_named, "http://purl.org/spar/fabio/")
oa = partial(_named, "http://www.w3.org/ns/oa#")

_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_MONTHS, _ADDRESSES = xsd("gYearMonth"), xsd("anyURI")
_INTEGER, _DOUBLE = f"^^<{xsd('integer')}>", f"^^<{xsd('double')}>"
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNFIT = re.compile('[\0-\x1f"\\\\\x7f\ud800-\udfff\ufffe\uffff]')
_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)} | {
    ord(char): f"\\{letter}" for char, letter in zip('\t\b\n\r\f"\\', 'tbnrf"\\', strict=True)
}
"""As canonical N-Triples has them (https://www.w3.org/TR/rdf12-n-triples/#canonical-ntriples)."""


class Names:
    """The terms of an ontology as RDF, each with those above it."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._speaks: dict[tuple[str, str], list[str]] = {}
        self._above: dict[str, list[str]] = {}

    def term(self, name: str) -> str:
        """The term of ours with that name."""
        return _named(self._ontology.namespace, name)

    def all(self, name: str) -> list[str]:
        """A term of ours and all terms above it."""
        if name not in self._above:
            known = self._ontology
            found = (
                known.node_types.get(name)
                or known.edge_types.get(name)
                or known.attributes.get(name)
            )
            above = found.above if found else ()
            self._above[name] = [self.term(name), *above]
        return self._above[name]

    def speaks(self, source: str, target: str) -> list[str]:
        """What holds between a node and each paper that it speaks of; both ends are node ids.

        How its class cites, and, of an annotation, that the paper is its target.
        """
        ends = self.kinds(source, target)
        if ends not in self._speaks:
            known = self._ontology
            kind = known.type_of(source)
            found: list[str] = []
            if known.type_of(target) in known.edge_type("cites").range:
                found += [as_] if (as_ := known.node_type(kind).cites_as) else []
                found += [oa("hasTarget")] if self.annotates(kind) else []
            self._speaks[ends] = found
        return self._speaks[ends]

    @staticmethod
    def kinds(source: str, target: str) -> tuple[str, str]:
        """What the ids of two nodes begin with, which tells their classes."""
        return source.partition(":")[0], target.partition(":")[0]

    def annotates(self, kind: str) -> bool:
        """Whether a class is one of annotations."""
        return oa("Annotation") in self.all(kind)


def literal(value: Scalar, declared: str, where: str, losses: Losses) -> str:
    """A value with the datatype that the ontology declares, or with its own where it does not fit.

    Text stays text, whatever it looks like, but for months and addresses.
    """
    if isinstance(value, str):
        if declared == _MONTHS and _MONTH.fullmatch(value):
            return f'"{value}"^^<{_MONTHS}>'
        if declared == _ADDRESSES and is_iri(value):
            return f'"{value}"^^<{_ADDRESSES}>'
        return text(value, where, losses)
    if isinstance(value, bool):
        return f'"{str(value).lower()}"^^<{xsd("boolean")}>'
    return integer(value) if isinstance(value, int) else double(value)


def integer(value: int) -> str:
    """A whole number."""
    return f'"{value}"{_INTEGER}'


def double(value: float) -> str:
    """A number, as short as it can be told from all others."""
    return f'"{_number(float(value))}"{_DOUBLE}'


def text(value: str, where: str, losses: Losses) -> str:
    """A plain text; what no UTF-8 can hold becomes U+FFFD and is counted."""
    if _UNFIT.search(value):
        if _SURROGATE.search(value):
            losses.add("lone surrogates made U+FFFD", where)
            value = _SURROGATE.sub("\ufffd", value)
        value = value.translate(_ESCAPES)
    return f'"{value}"'


def tagged(said: str, value: Scalar) -> str:
    """The literal of a value, with the tag of its language where it is a plain text of a known one."""
    language = language_of(value) if isinstance(value, str) and said.endswith(QUOTE) else ""
    return f"{said}@{language}" if language else said


@lru_cache(2**6)
def language_of(value: str) -> str:
    """The language of a text (`Lexicon.language`); many a text is a node's label and a value of it."""
    return load_lexicon().language(value)


def parts(literal: str) -> tuple[str, str, str]:
    """The value of a literal, its language and the IRI of its datatype, where it has them."""
    quoted, _, rest = literal.rpartition('"')
    value: str = json.loads(f'{quoted}"')  # the escapes are among those of JSON
    return (
        value,
        rest[1:] if rest.startswith("@") else "",
        rest[3:-1] if rest.startswith("^") else "",
    )


def written(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """A term of Oxigraph as text."""
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def is_iri(value: str) -> bool:
    """Whether a text is an absolute IRI."""
    try:
        ox.NamedNode(value)
    except ValueError:
        return False
    return True


def _number(value: float) -> str:
    if math.isfinite(value):
        return repr(value)
    return "NaN" if math.isnan(value) else "INF" if value > 0 else "-INF"

"""RDF terms: names of well-known vocabularies, and values as literals."""

from __future__ import annotations

import math
import re
from functools import cache, partial
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.export.cells import Losses
from kg.lexicon import load_lexicon
from kg.model import Scalar

if TYPE_CHECKING:
    from kg.ontology import Ontology

__all__ = [
    "Names", "Object", "Pair", "Said", "address", "cito", "dc", "fabio", "foaf", "literal", "oa", "owl",
    "rdf", "rdfs", "skos", "tagged", "text", "xsd",
]  # fmt: skip

Object = ox.NamedNode | ox.Literal
Pair = tuple[ox.NamedNode, Object]
"""A predicate and an object."""
Said = tuple[str, ox.NamedNode, Object]
"""The digest that says it (or an empty text), a predicate and an object."""


@cache
def _named(namespace: str, name: str) -> ox.NamedNode:
    return ox.NamedNode(namespace + name)


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
_SURROGATE = re.compile("[\ud800-\udfff]")


class Names:
    """The terms of an ontology as RDF, each with those above it."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._above: dict[str, list[ox.NamedNode]] = {}

    def term(self, name: str) -> ox.NamedNode:
        """The term of ours with that name."""
        return _named(self._ontology.namespace, name)

    def all(self, name: str) -> list[ox.NamedNode]:
        """A term of ours and all terms above it."""
        if name not in self._above:
            known = self._ontology
            found = (
                known.node_types.get(name)
                or known.edge_types.get(name)
                or known.attributes.get(name)
            )
            above = found.above if found else ()
            self._above[name] = [self.term(name), *map(ox.NamedNode, above)]
        return self._above[name]

    def speaks(self, source: str, target: str) -> list[ox.NamedNode]:
        """What holds between a node and each paper that it speaks of; both ends are node ids.

        How its class cites, and, of an annotation, that the paper is its target.
        """
        known = self._ontology
        kind = known.type_of(source)
        if known.type_of(target) not in known.edge_type("cites").range:
            return []
        as_ = known.node_type(kind).cites_as
        found = [ox.NamedNode(as_)] if as_ else []
        return [*found, oa("hasTarget")] if oa("Annotation") in self.all(kind) else found

    @cache  # noqa: B019
    def always(self, name: str) -> list[Pair]:
        """What is said of every node of a class."""
        return [
            (ox.NamedNode(term), ox.NamedNode(value))
            for term, value in self._ontology.node_type(name).always
        ]

    def datatype(self, name: str) -> str:
        """The datatype that an attribute is declared to have; empty for an unknown one."""
        known = self._ontology.attributes.get(name)
        return known.datatype if known else ""


def literal(value: Scalar, declared: str, where: str, losses: Losses) -> ox.Literal:
    """A value with the datatype that the ontology declares, or with its own where it does not fit.

    Text stays text, whatever it looks like, but for months and addresses.
    """
    if isinstance(value, bool):
        return ox.Literal("true" if value else "false", datatype=xsd("boolean"))
    if isinstance(value, int):
        return ox.Literal(str(value), datatype=xsd("integer"))
    if isinstance(value, float):
        return ox.Literal(_number(value), datatype=xsd("double"))
    if declared == xsd("gYearMonth").value and _MONTH.fullmatch(value):
        return ox.Literal(value, datatype=xsd("gYearMonth"))
    if declared == xsd("anyURI").value and address(value):
        return ox.Literal(value, datatype=xsd("anyURI"))
    return text(value, where, losses)


def text(value: str, where: str, losses: Losses) -> ox.Literal:
    """A plain text; what no UTF-8 can hold becomes U+FFFD and is counted."""
    try:
        return ox.Literal(value)
    except ValueError:
        losses.add("lone surrogates made U+FFFD", where)
        return ox.Literal(_SURROGATE.sub("\ufffd", value))


def tagged(said: ox.Literal) -> ox.Literal:
    """A plain text with the tag of its language, where that is known (`Lexicon.language`)."""
    language = load_lexicon().language(said.value) if said.datatype == xsd("string") else ""
    return ox.Literal(said.value, language=language) if language else said


def address(value: str) -> ox.NamedNode | None:
    """A text as an IRI; None if it is no absolute one."""
    try:
        return ox.NamedNode(value)
    except ValueError:
        return None


def _number(value: float) -> str:
    if math.isfinite(value):
        return repr(value)
    return "NaN" if math.isnan(value) else "INF" if value > 0 else "-INF"

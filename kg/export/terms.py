"""RDF terms: names of well-known vocabularies, and values as literals."""

from __future__ import annotations

import math
import re
from functools import cache, partial

import pyoxigraph as ox

from kg.export.cells import Losses
from kg.model import Scalar

__all__ = [
    "Object", "address", "fabio", "foaf", "literal", "oa", "owl", "rdf", "rdfs", "skos", "text", "xsd",
]  # fmt: skip

Object = ox.NamedNode | ox.Literal


@cache
def _named(namespace: str, name: str) -> ox.NamedNode:
    return ox.NamedNode(namespace + name)


rdf = partial(_named, "http://www.w3.org/1999/02/22-rdf-syntax-ns#")
rdfs = partial(_named, "http://www.w3.org/2000/01/rdf-schema#")
xsd = partial(_named, "http://www.w3.org/2001/XMLSchema#")
owl = partial(_named, "http://www.w3.org/2002/07/owl#")
skos = partial(_named, "http://www.w3.org/2004/02/skos/core#")
foaf = partial(_named, "http://xmlns.com/foaf/0.1/")
fabio = partial(_named, "http://purl.org/spar/fabio/")
oa = partial(_named, "http://www.w3.org/ns/oa#")

_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_SURROGATE = re.compile("[\ud800-\udfff]")


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

"""Turtle: every fact under the names people ask for, and the evidence for each.

The direct triples are for asking: a node has all its classes, a value and a
relation stand under the property of the ontology and under everything above it
there, so that a question in the terms of SKOS, FaBiO or CiTO needs no reasoner.
The `kg:Statement` and `kg:Source` nodes are for proving: which digest says so,
how often, and in which bytes of which file. Together they hold all of a graph
but its diagnostics.

Lossy: a lone surrogate in a text becomes U+FFFD, a list is read back sorted, one
of a single item as that item, an empty one not at all (`losses` reports these);
sources are a set, to be read back in the order of their places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.export.blocks import Block, Form
from kg.export.files import chunked
from kg.export.terms import QUOTE, foaf, parts, rdf, xsd
from kg.export.triples import Triples
from kg.ids import DEFAULT_BASE, paper_iri
from kg.ontology import ontology_folder

if TYPE_CHECKING:
    import rdflib

    from kg.graph import KnowledgeGraph

__all__ = ["declarations", "dump", "losses", "prefixes", "to_rdflib", "turtle_text"]

_TYPE = rdf("type")
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
"""Names that need no escape behind a prefix: a part of PN_LOCAL (https://www.w3.org/TR/turtle/#sec-grammar-grammar)."""
_BARE = {
    f"<{datatype}>": re.compile(f'"(?:{values})"').fullmatch
    for datatype, values in {
        xsd("boolean"): "true|false",
        xsd("integer"): "[+-]?[0-9]+",
        xsd("decimal"): r"[+-]?[0-9]*\.[0-9]+",
        xsd("double"): r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+",
    }.items()
}
"""The values that Turtle writes without quotation marks."""


def dump(graph: KnowledgeGraph, base: str = DEFAULT_BASE) -> Iterator[bytes]:
    """Readable Turtle, an empty line between subjects; the same graph gives the same bytes.

    `base` starts the IRI of everything that has no web address of its own.
    Raises `BrokenGraph` before the first chunk if an edge has an end that is no node.
    """
    start = declarations()
    for chunk in chunked(f"\n{turtle_text(block)}" for block in Triples(graph, base).blocks()):
        yield start + chunk
        start = b""


def turtle_text(block: Block) -> str:
    """A subject with all that is said of it; its terms are those of `kg.export.terms`."""
    subject, form, own = block
    own = own.copy()
    for place in form.terms:
        own[place] = _term(str(own[place]))
    return _layout(form).format(_term(subject), *own)


@lru_cache(2**10)
def _layout(form: Form) -> str:
    """The text of all blocks of a form, a field for the subject and for each own term."""
    text, last = ["{0}"], ""
    for predicate, value in form.said:
        name = "a" if predicate == _TYPE else _fixed(predicate)
        lead = " ," if predicate == last else f" ;\n\t{name}" if last else f" {name}"
        text.append(
            f"{lead} {{{value + 1}}}" if isinstance(value, int) else f"{lead} {_fixed(value)}"
        )
        last = predicate
    return "".join([*text, " .\n"])


def _fixed(term: str) -> str:
    """A term as a part of a layout."""
    return _term(term).replace("{", "{{").replace("}", "}}")


def _term(term: str) -> str:
    """A term as short as it can be: an IRI with the prefix of its namespace, a number without quotation marks."""
    first = term[0]
    if first == QUOTE:
        if term[-1] != ">":
            return term
        quoted, _, datatype = term.rpartition("^^")
        bare = _BARE.get(datatype)
        return quoted[1:-1] if bare and bare(quoted) else f"{quoted}^^{_term(datatype[1:-1])}"
    if first in "_<":  # a blank node, a triple
        return term
    return f"<{term}>" if "=" in term else _prefixed(term)


@lru_cache(2**12)
def _prefixed(iri: str) -> str:
    """An IRI without `=`, which no local name may have: statements and sources do, too many to keep."""
    place = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = _prefix_of().get(iri[:place])
    return f"{prefix}:{iri[place:]}" if prefix and _LOCAL.fullmatch(iri, place) else f"<{iri}>"


@cache
def _prefix_of() -> dict[str, str]:
    return {namespace: prefix for prefix, namespace in prefixes().items()}


@cache
def declarations() -> bytes:
    """The declarations of all prefixes, sorted."""
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes().items()).encode()


def losses(graph: KnowledgeGraph) -> list[str]:
    """One line for each kind of thing that `dump` has to change; empty if it changes nothing."""
    writer = Triples(graph, DEFAULT_BASE)
    for _ in writer.blocks():
        pass
    return writer.losses.lines()


def to_rdflib(graph: KnowledgeGraph, base: str | None = None) -> rdflib.Graph:
    """The same triples as an rdflib graph, with the prefixes of the file."""
    import rdflib

    found = rdflib.Graph()
    for prefix, namespace in prefixes().items():
        found.bind(prefix, namespace, replace=True)
    for block in Triples(graph, base or DEFAULT_BASE).blocks():
        about = rdflib.URIRef(block.subject)
        for predicate, value in block.said:
            found.add((about, rdflib.URIRef(predicate), _rdflib_term(value)))
    return found


def _rdflib_term(term: str) -> rdflib.URIRef | rdflib.Literal:
    """A term as rdflib has it, to which a plain text has no datatype."""
    import rdflib

    if term[0] != QUOTE:
        return rdflib.URIRef(term)
    value, language, datatype = parts(term)
    return rdflib.Literal(value, lang=language or None, datatype=datatype or None)


@cache
def prefixes() -> dict[str, str]:
    """Those of the ontology's own file, and of what it does not speak of."""
    parser = ox.parse(path=ontology_folder() / "kg.ttl", format=ox.RdfFormat.TURTLE)
    for _ in parser:
        pass
    found = {**parser.prefixes, "arxiv": paper_iri("paper:"), "foaf": foaf("")}
    return dict(sorted(found.items()))

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

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.export.terms import Object, foaf, xsd
from kg.export.triples import Block, Triples
from kg.ids import DEFAULT_BASE, paper_iri
from kg.ontology import ontology_folder

if TYPE_CHECKING:
    import rdflib

    from kg.graph import KnowledgeGraph

__all__ = ["dump", "losses", "prefixes", "to_rdflib", "triples", "turtle_text"]

_SUBJECTS = 200
"""Subjects written at once: the writer repeats all prefixes each time it is called."""


def dump(graph: KnowledgeGraph, base: str = DEFAULT_BASE) -> Iterator[bytes]:
    """Readable Turtle, an empty line between subjects; the same graph gives the same bytes.

    `base` starts the IRI of everything that has no web address of its own.
    Raises `BrokenGraph` before the first chunk if an edge has an end that is no node.
    """
    blocks = Triples(graph, base).blocks()
    first = True
    while some := list(islice(blocks, _SUBJECTS)):
        declared, text = turtle_text(some)
        if first:
            yield declared
            first = False
        # a literal has its line breaks escaped: only a subject ends like this
        yield b"\n" + text[:-1].replace(b" .\n", b" .\n\n") + b"\n"


def turtle_text(blocks: Iterable[Block]) -> tuple[bytes, bytes]:
    """The declarations of prefixes, sorted, and subjects with all that is said of them in Turtle.

    Oxigraph puts the declarations in front of each text, in any order, but
    always the same of them: their length is found once.
    """
    about = (ox.Triple(subject, *pair) for subject, said in blocks for pair in said)
    text = ox.serialize(about, format=ox.RdfFormat.TURTLE, prefixes=prefixes()) or b""
    declared = _declared()
    return declared, text[len(declared) :]


@cache
def _declared() -> bytes:
    any = ox.NamedNode("urn:x")
    text = ox.serialize([ox.Triple(any, any, any)], format=ox.RdfFormat.TURTLE, prefixes=prefixes())
    lines = (text or b"").splitlines(keepends=True)
    return b"".join(sorted(line for line in lines if line.startswith(b"@prefix ")))


def triples(graph: KnowledgeGraph, base: str = DEFAULT_BASE) -> Iterator[ox.Triple]:
    """All triples, those of a subject side by side, in a fixed order and each once."""
    for subject, said in Triples(graph, base).blocks():
        for predicate, value in said:
            yield ox.Triple(subject, predicate, value)


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
    known: dict[Object, rdflib.URIRef | rdflib.Literal] = {}

    def term(value: Object) -> rdflib.URIRef | rdflib.Literal:
        if value not in known:
            known[value] = _rdflib_term(value)
        return known[value]

    for subject, said in Triples(graph, base or DEFAULT_BASE).blocks():
        about = term(subject)
        for predicate, value in said:
            found.add((about, term(predicate), term(value)))
    return found


def _rdflib_term(term: Object) -> rdflib.URIRef | rdflib.Literal:
    """A term as rdflib has it, to which a plain text has no datatype."""
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    kind = None if term.datatype == xsd("string") else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=kind)


@cache
def prefixes() -> dict[str, str]:
    """Those of the ontology's own file, and of what it does not speak of."""
    parser = ox.parse(path=ontology_folder() / "kg.ttl", format=ox.RdfFormat.TURTLE)
    for _ in parser:
        pass
    found = {**parser.prefixes, "arxiv": paper_iri("paper:"), "foaf": foaf("").value}
    return dict(sorted(found.items()))

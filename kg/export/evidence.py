"""What proves a fact: statements with their citation, and the places in the text that say it.

A statement with a basis is a `cito:Citation` besides. A source is an
`oa:SpecificResource` of its digest, whose selectors find the place again: by
position, in characters, and by the words that stand there and around it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.export.iris import selector_iri, source_iri, statement_iri
from kg.export.terms import Names, Pair, cito, literal, oa, rdf, text

if TYPE_CHECKING:
    from kg.export.cells import Losses
    from kg.graph import KnowledgeGraph
    from kg.model import Edge, Node, Scalar, Source

__all__ = ["Evidence", "source_subjects", "statement"]

_TYPE = rdf("type")


class Evidence:
    """The places of a graph's facts, and which digest each file and entry belongs to."""

    def __init__(self, graph: KnowledgeGraph, base: str) -> None:
        self._digests = {node.id for node in graph.nodes("Digest")}
        found: dict[str, set[str]] = defaultdict(set)
        for node in graph.nodes("Digest"):
            for source in node.sources:
                found[source.file].add(node.id)
        for edge in graph.edges():
            for source in edge.sources if edge.digest else ():
                found[source.file].add(edge.digest)
        self._files = {file: min(ids) for file, ids in found.items() if len(ids) == 1}
        self.places = _places(graph, base)

    def digest_of(self, file: str) -> str:
        """The one digest that a file is known to be; empty where there is none, or several."""
        return self._files.get(file, "")

    def owner(self, node: Node, leaving: Iterable[Edge]) -> str:
        """The digest that a node is, or that it is a part of; empty for what digests share."""
        if node.id in self._digests:
            return node.id
        found = {edge.target for edge in leaving if edge.target in self._digests}
        return found.pop() if len(found) == 1 else ""


def statement(
    edge: Edge,
    base: str,
    node: Callable[[str], ox.NamedNode],
    names: Names,
    evidence: Evidence,
    losses: Losses,
) -> tuple[ox.NamedNode, list[Pair]]:
    """The statement that stands beside a direct triple, a citation where the edge has a basis."""
    where = f"{edge.source} {edge.type} {edge.target}"
    source, target = node(edge.source), node(edge.target)
    said: list[Pair] = [
        *((_TYPE, term) for term in (names.term("Statement"), rdf("Statement"))),
        (rdf("subject"), source),
        (rdf("predicate"), names.term(edge.type)),
        (rdf("object"), target),
    ]
    if edge.basis:
        said += [
            (_TYPE, cito("Citation")),
            (cito("hasCitingEntity"), source),
            (cito("hasCitedEntity"), target),
            *((cito("hasCitationCharacterization"), term) for term in _characters(edge, names)),
        ]
    if edge.digest:
        said.append((names.term("inDigest"), node(edge.digest)))
    said += _described(
        where,
        names,
        losses,
        section=edge.section,
        line=edge.line or "",
        basis=edge.basis,
        mentions=edge.mentions,
        weight=float(edge.weight),
    )
    said += ((names.term("saidAt"), evidence.places[source]) for source in edge.sources)
    said.sort(key=lambda pair: pair[0] != _TYPE)
    return ox.NamedNode(statement_iri(edge, base)), said


def _characters(edge: Edge, names: Names) -> list[ox.NamedNode]:
    """The terms of CiTO for an edge; the mere `cites` only where there is no other."""
    terms = [*names.all(edge.type), *names.speaks(edge.source, edge.target)]
    found = [term for term in terms if term.value.startswith(cito("").value)]
    return [term for term in found if term != cito("cites")] or found


def source_subjects(
    source: Source, place: ox.NamedNode, digest: ox.NamedNode | None, names: Names, losses: Losses
) -> Iterator[tuple[ox.NamedNode, list[Pair]]]:
    """A source and its selectors; one by position where the characters before it were counted."""
    where = f"{source.file}:{source.line}"
    by_position, by_quote = (
        ox.NamedNode(selector_iri(place.value, kind)) for kind in ("position", "quote")
    )
    counted = source.offset >= 0
    said: list[Pair] = [(_TYPE, term) for term in (names.term("Source"), oa("SpecificResource"))]
    if digest:
        said.append((oa("hasSource"), digest))
    said += [(oa("hasSelector"), by_position)] if counted else []
    said += [(oa("hasSelector"), by_quote)] if source.text else []
    said += _described(
        where,
        names,
        losses,
        file=source.file,
        section=source.section,
        line=source.line,
        column=source.column,
        startByte=source.start,
        endByte=source.end,
        quote=source.text,
    )
    yield place, said
    if counted:
        ends = (source.offset, source.offset + len(source.text))
        yield (
            by_position,
            [
                (_TYPE, oa("TextPositionSelector")),
                *(
                    (oa(name), literal(end, "", where, losses))
                    for name, end in zip(("start", "end"), ends, strict=True)
                ),
            ],
        )
    if source.text:
        words = {"prefix": source.before, "exact": source.text, "suffix": source.after}
        quoted = ((oa(name), text(value, where, losses)) for name, value in words.items() if value)
        yield by_quote, [(_TYPE, oa("TextQuoteSelector")), *quoted]


def _described(where: str, names: Names, losses: Losses, **values: Scalar) -> Iterator[Pair]:
    """Values of a statement or source under their terms; empty texts say nothing."""
    for name, value in values.items():
        if value != "":
            said = literal(value, names.datatype(name), where, losses)
            yield from ((term, said) for term in names.all(name))


def _places(graph: KnowledgeGraph, base: str) -> dict[Source, ox.NamedNode]:
    """An IRI for each source; where two would share one, the later gets a hash."""
    found = {source for node in graph.nodes() for source in node.sources}
    found.update(source for edge in graph.edges() for source in edge.sources)
    places: dict[Source, ox.NamedNode] = {}
    taken: set[str] = set()
    for source in sorted(found, key=lambda source: (*source.sort_key, *source)):
        iri = source_iri(source, base)
        if iri in taken:
            iri = source_iri(source, base, apart=True)
        taken.add(iri)
        places[source] = ox.NamedNode(iri)
    return places

"""What proves a fact: statements with their citation, and the places in the text that say it.

A statement with a basis is a `cito:Citation` besides. A source is an
`oa:SpecificResource` of its digest, whose selectors find the place again: by
position, in characters, and by the words that stand there and around it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from kg.export.iris import selector_iri, source_iri, statement_iri
from kg.export.terms import Names, Pair, cito, literal, oa, rdf, text

if TYPE_CHECKING:
    from kg.export.cells import Losses
    from kg.graph import KnowledgeGraph
    from kg.model import Edge, Node, Scalar, Source

__all__ = ["Evidence"]

_TYPE = rdf("type")
_HAS_SOURCE, _HAS_SELECTOR = oa("hasSource"), oa("hasSelector")
_START, _END = oa("start"), oa("end")
_AROUND = oa("prefix"), oa("exact"), oa("suffix")
_OF_STATEMENT = "section", "line", "basis", "mentions", "weight"
_OF_SOURCE = "file", "section", "line", "column", "startByte", "endByte", "quote"


class Evidence:
    """The evidence of a graph's facts, each subject with its pairs, those of a predicate adjacent.

    `node` gives the IRI of a node. It also knows which digest each file and
    entry belongs to.
    """

    def __init__(
        self,
        graph: KnowledgeGraph,
        base: str,
        names: Names,
        node: Callable[[str], str],
        losses: Losses,
    ) -> None:
        self._base = base
        self._names = names
        self._node = node
        self._losses = losses
        self._digests = {node.id for node in graph.nodes("Digest")}
        found: dict[str, set[str]] = defaultdict(set)
        for digest in graph.nodes("Digest"):
            for source in digest.sources:
                found[source.file].add(digest.id)
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

    def statement(self, edge: Edge) -> tuple[str, list[Pair]]:
        """The statement beside a direct triple, a citation where the edge has a basis."""
        names = self._names
        source, target = self._node(edge.source), self._node(edge.target)
        said = [(_TYPE, names.term("Statement")), (_TYPE, rdf("Statement"))]
        if edge.basis:
            said.append((_TYPE, cito("Citation")))
        said += [
            (rdf("subject"), source),
            (rdf("predicate"), names.term(edge.type)),
            (rdf("object"), target),
        ]
        if edge.basis:
            as_ = cito("hasCitationCharacterization")
            said += [(cito("hasCitingEntity"), source), (cito("hasCitedEntity"), target)]
            said += [(as_, term) for term in _characters(edge, names)]
        if edge.digest:
            said.append((names.term("inDigest"), self._node(edge.digest)))
        values = edge.section, edge.line or "", edge.basis, edge.mentions, float(edge.weight)
        where = f"{edge.source} {edge.type} {edge.target}"
        said += self._described(_OF_STATEMENT, values, where)
        said_at = names.term("saidAt")
        said += [(said_at, self.places[source]) for source in edge.sources]
        return statement_iri(edge, self._base), said

    def source(self, source: Source) -> Iterator[tuple[str, list[Pair]]]:
        """A source and its selectors; one by position where the characters before it were counted."""
        where = f"{source.file}:{source.line}"
        place = self.places[source]
        by_position, by_quote = selector_iri(place, "position"), selector_iri(place, "quote")
        counted = source.offset >= 0
        digest = self.digest_of(source.file)
        said = [(_TYPE, self._names.term("Source")), (_TYPE, oa("SpecificResource"))]
        if digest:
            said.append((_HAS_SOURCE, self._node(digest)))
        if counted:
            said.append((_HAS_SELECTOR, by_position))
        if source.text:
            said.append((_HAS_SELECTOR, by_quote))
        yield place, said + self._described(_OF_SOURCE, source[:7], where)
        if counted:
            start, end = (
                literal(count, "", where, self._losses)
                for count in (source.offset, source.offset + len(source.text))
            )
            yield (
                by_position,
                [(_TYPE, oa("TextPositionSelector")), (_START, start), (_END, end)],
            )
        if source.text:
            words = zip(_AROUND, (source.before, source.text, source.after), strict=True)
            quoted = [(term, text(value, where, self._losses)) for term, value in words if value]
            yield by_quote, [(_TYPE, oa("TextQuoteSelector")), *quoted]

    def _described(
        self, names: tuple[str, ...], values: tuple[Scalar, ...], where: str
    ) -> list[Pair]:
        """Values of a statement or source under their terms; empty texts say nothing."""
        said: list[Pair] = []
        for name, value in zip(names, values, strict=True):
            if value != "":
                terms, datatype = self._names.attribute(name)
                written = literal(value, datatype, where, self._losses)
                said += [(term, written) for term in terms]
        return said


def _characters(edge: Edge, names: Names) -> list[str]:
    """The terms of CiTO for an edge; the mere `cites` only where there is no other."""
    terms = [*names.all(edge.type), *names.speaks(edge.source, edge.target)]
    found = [term for term in terms if term.startswith(cito(""))]
    return [term for term in found if term != cito("cites")] or found


def _places(graph: KnowledgeGraph, base: str) -> dict[Source, str]:
    """An IRI for each source; where two would share one, the later gets a hash."""
    found = {source for node in graph.nodes() for source in node.sources}
    found.update(source for edge in graph.edges() for source in edge.sources)
    places: dict[Source, str] = {}
    taken: set[str] = set()
    for source in sorted(found, key=lambda source: (*source.sort_key, *source)):
        iri = source_iri(source, base)
        if iri in taken:
            iri = source_iri(source, base, apart=True)
        taken.add(iri)
        places[source] = iri
    return places

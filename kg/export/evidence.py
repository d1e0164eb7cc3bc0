"""What proves a fact: statements with their citation, and the places in the text that say it.

A statement with a basis is a `cito:Citation` besides. A source is an
`oa:SpecificResource` of its digest, whose selectors find the place again: by
position, in characters, and by the words that stand there and around it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, product
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from kg.export.blocks import Block, Form
from kg.export.iris import selector_iri, source_iri, statement_iri
from kg.export.terms import Names, cito, double, oa, rdf, text

if TYPE_CHECKING:
    from kg.export.cells import Losses
    from kg.graph import KnowledgeGraph
    from kg.model import Edge, Node, Quote, Scalar, Source

__all__ = ["Evidence"]

_TYPE = rdf("type")
_OF_STATEMENT = "section", "line", "basis", "mentions", "weight"
_OF_SOURCE = "file", "section", "line", "column", "startByte", "endByte", "quote"
_place, _words = attrgetter("sort_key"), attrgetter("quote")
_POSITION = Form([(_TYPE, oa("TextPositionSelector")), (oa("start"), 0), (oa("end"), 1)])
_QUOTE = {
    (before, after): Form(
        [
            (_TYPE, oa("TextQuoteSelector")),
            *[(oa("prefix"), 1)][:before],
            (oa("exact"), 0),
            *[(oa("suffix"), 2)][:after],
        ]
    )
    for before, after in product((False, True), repeat=2)
}
"""By whether words stand before and after the quote."""


class Evidence:
    """The evidence of a graph's facts, block by block.

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
        self._forms: dict[Any, Form] = {}
        """By what a kind of statement or source has; most have one of a few dozen."""
        self._words: dict[str, str] = {}
        self._digests = {node.id for node in graph.nodes("Digest")}
        found: dict[str, set[str]] = defaultdict(set)
        for digest in graph.nodes("Digest"):
            for source in digest.sources:
                found[source.file].add(digest.id)
        for edge in graph.edges():
            for source in edge.sources if edge.digest else ():
                found[source.file].add(edge.digest)
        self._files = {file: min(ids) for file, ids in found.items() if len(ids) == 1}
        self.sources, self._apart = _places(graph)

    def digest_of(self, file: str) -> str:
        """The one digest that a file is known to be; empty where there is none, or several."""
        return self._files.get(file, "")

    def place(self, source: Source) -> str:
        """The IRI of a source; where two would share one, the later has a hash in it."""
        apart = bool(self._apart) and source in self._apart
        return source_iri(source, self._base, apart=apart)

    def owner(self, node: Node, leaving: Iterable[Edge]) -> str:
        """The digest that a node is, or that it is a part of; empty for what digests share."""
        if node.id in self._digests:
            return node.id
        found = {edge.target for edge in leaving if edge.target in self._digests}
        return found.pop() if len(found) == 1 else ""

    def statement(self, edge: Edge) -> Block:
        """The statement beside a direct triple, a citation where the edge has a basis."""
        kind = (
            edge.type, *self._names.kinds(edge.source, edge.target), edge.basis != "",
            edge.digest != "", edge.section != "", edge.line != 0, len(edge.sources),
        )  # fmt: skip
        form = self._forms.get(kind)
        if form is None:
            form = self._forms[kind] = Form(self._said_by(edge), range(4, 8 + len(edge.sources)))
        own: list[str | int] = [
            self._word(edge.section),
            edge.line,
            self._word(edge.basis),
            edge.mentions,
            double(edge.weight),
            self._node(edge.source),
            self._node(edge.target),
            self._node(edge.digest) if edge.digest else "",
            *map(self.place, edge.sources),
        ]
        return Block(statement_iri(edge, self._base), form, own)

    def _said_by(self, edge: Edge) -> Iterator[tuple[str, str | int]]:
        """The form of a statement; its own terms are as `statement` lists them."""
        source, target, digest, places = range(5, 9)
        names = self._names
        yield _TYPE, names.term("Statement")
        yield _TYPE, rdf("Statement")
        if edge.basis:
            yield _TYPE, cito("Citation")
        yield rdf("subject"), source
        yield rdf("predicate"), names.term(edge.type)
        yield rdf("object"), target
        if edge.basis:
            yield cito("hasCitingEntity"), source
            yield cito("hasCitedEntity"), target
            for term in _characters(edge, names):
                yield cito("hasCitationCharacterization"), term
        if edge.digest:
            yield names.term("inDigest"), digest
        values = edge.section, edge.line or "", edge.basis, edge.mentions, edge.weight
        yield from self._values(_OF_STATEMENT, values)
        for place, _ in enumerate(edge.sources, places):
            yield names.term("saidAt"), place

    def source(self, source: Source) -> Iterator[Block]:
        """A source and its selectors; one by position where the characters before it were counted."""
        said = source.quote
        place, where, losses = self.place(source), said.file, self._losses
        digest = self.digest_of(said.file)
        quoted, counted = said.text != "", said.offset >= 0
        kind = digest != "", counted, said.file != "", said.section != "", quoted
        form = self._forms.get(kind)
        if form is None:
            form = self._forms[kind] = Form(self._said_at(said, digest), range(7, 10))
        quote = text(said.text, where, losses)
        by_position, by_quote = selector_iri(place, "position"), selector_iri(place, "quote")
        own: list[str | int] = [
            self._word(said.file),
            self._word(said.section),
            *said[2:6],
            quote,
            self._node(digest) if digest else "",
            by_position,
            by_quote,
        ]
        yield Block(place, form, own)
        if counted:
            start, end = said.offset, said.offset + len(said.text)
            yield Block(by_position, _POSITION, [start, end])
        if quoted:
            around = [text(words, where, losses) for words in (said.before, said.after)]
            form = _QUOTE[said.before != "", said.after != ""]
            yield Block(by_quote, form, [quote, *around])

    def _said_at(self, said: Quote, digest: str) -> Iterator[tuple[str, str | int]]:
        """The form of a source; its own terms are as `source` lists them."""
        of_digest, by_position, by_quote = range(7, 10)
        yield _TYPE, self._names.term("Source")
        yield _TYPE, oa("SpecificResource")
        if digest:
            yield oa("hasSource"), of_digest
        if said.offset >= 0:
            yield oa("hasSelector"), by_position
        if said.text:
            yield oa("hasSelector"), by_quote
        yield from self._values(_OF_SOURCE, said[:7])

    def _word(self, value: str) -> str:
        """A text of which there are few, and which many say: a file, a section, a basis."""
        if value not in self._words:
            self._words[value] = text(value, value, self._losses)
        return self._words[value]

    def _values(
        self, names: tuple[str, ...], values: tuple[Scalar, ...]
    ) -> Iterator[tuple[str, int]]:
        """The terms of values that are the first own ones of a form; empty texts say nothing."""
        for place, (name, value) in enumerate(zip(names, values, strict=True)):
            if value != "":
                yield from ((term, place) for term in self._names.all(name))


def _characters(edge: Edge, names: Names) -> list[str]:
    """The terms of CiTO for an edge; the mere `cites` only where there is no other."""
    terms = [*names.all(edge.type), *names.speaks(edge.source, edge.target)]
    found = [term for term in terms if term.startswith(cito(""))]
    return [term for term in found if term != cito("cites")] or found


def _places(graph: KnowledgeGraph) -> tuple[list[Source], set[Source]]:
    """All sources in order, and those that an earlier one leaves nothing to tell apart by but a hash."""
    found = {source for node in graph.nodes() for source in node.sources}
    found.update(source for edge in graph.edges() for source in edge.sources)
    ordered: list[Source] = []
    apart: set[Source] = set()
    for _, same in groupby(sorted(found, key=_place), key=_place):
        first, *others = same
        if others:
            first, *others = sorted([first, *others], key=_words)
            apart.update(others)
        ordered += (first, *others)
    return ordered, apart

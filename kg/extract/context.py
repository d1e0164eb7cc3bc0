"""What every reader needs: where it is, and short ways to say a fact with its source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.claims import NameClaim, Prose
from kg.diagnostics import Diagnostic
from kg.extract.sentences import first_sentence
from kg.ids import PaperId, entry_id, normalise
from kg.lexicon import Lexicon
from kg.model import Edge, Node, Source, Value
from kg.naming import Scribe
from kg.reading import Block, Document
from kg.reading.lines import ARROWS, PICTURE
from kg.reading.numbers import FOOTMARK
from kg.rules import remark

if TYPE_CHECKING:
    from kg.extract.parts import Part

__all__ = ["Context", "Extract", "Reader", "clip", "plain"]

Extract = Node | Edge | Diagnostic | NameClaim | Prose
Reader = Callable[["Part", "Context"], Iterator[Extract]]

_ROW = rf"{PICTURE}(?:\s+{PICTURE})*"
_PICTURES = re.compile(rf"^{_ROW}\s*(?=\S)|(?<=\S)\s*{_ROW}$")
_BOXES = {"【": "】", "〖": "〗", "［": "］", "〔": "〕", "[": "]"}
"""Brackets that writers, most of all of Chinese and Japanese, set around a label."""
_EDGES = f" \n\t*_`:：;,|·–—-{ARROWS}"


@lru_cache(256)
def plain(text: str) -> str:
    """Words as a label: normalised, without the punctuation and stray markup at their ends."""
    text = normalise(FOOTMARK.sub("", text) if "[^" in text else text)
    if text[:1] == ":" or text[-1:] == ":":
        text = _PICTURES.sub("", text)
    text = text.strip(_EDGES)
    if text[:1] in _BOXES and text.find(_BOXES[text[0]]) == len(text) - 1:
        text = text[1:-1].strip(_EDGES)
    if not (text[:1].isalpha() and text[-1:].isalnum()):
        text = _PICTURES.sub("", text)
    for mark in ("**", "__", "`"):
        text = text.replace(mark, "")
    if "==" in text and text.count("==") == 2:
        text = text.replace("==", "")
    return text.strip(_EDGES)


def clip(text: str, limit: int = 70) -> str:
    """The first words of a text, with an ellipsis where it goes on."""
    text = normalise(text)
    first = first_sentence(text)
    text = first if 12 <= len(first) < len(text) else text
    if len(text) <= limit:
        return text.rstrip(".:;, ")
    return text[:limit].rpartition(" ")[0].rstrip(".:;, ") + "…"


@dataclass(frozen=True)
class Context:
    """One section of one digest."""

    document: Document
    lexicon: Lexicon
    digest: str
    period: str
    section: str = ""

    def within(self, section: str) -> Context:
        """The same digest, another section."""
        return replace(self, section=section)

    def source(self, block: Block, start: int = 0, end: int | None = None) -> Source:
        """Where a part of a block's text stands."""
        return block.source(self.document, self.section, start, end)

    def places(self, blocks: list[Block], title: int = 0) -> Iterator[Source]:
        """Where an entry stands: its title, the words behind it, and the blocks nested in it."""
        if title:
            yield self.source(blocks[0], 0, title)
        for number, block in enumerate(blocks):
            if block.cells:
                yield from map(self.source, block.cells)
            else:
                yield self.source(block, 0 if number else title)

    def problem(
        self, code: str, message: str, block: Block | None = None, start: int = 0, hint: str = ""
    ) -> Diagnostic:
        """A diagnostic at a place in a block, or on the file as a whole."""
        line, column = 0, 0
        if block is not None and block.pieces:
            line, column = self.document.position(block.span(start, start)[0])
        return remark(code, message, self.document.name, line, column, hint)

    def papers(self, block: Block) -> Iterator[Node | Diagnostic]:
        """A node for every identifier written in a block; a diagnostic for those that cannot be."""
        for mention in block.mentions():
            if mention.paper is None:
                yield self.problem(
                    "impossible-id",
                    f"{block.text[mention.start : mention.end]} is no arXiv identifier (YYMM.NNNNN)",
                    block,
                    mention.start,
                )
                continue
            paper = mention.paper
            attributes: dict[str, Value] = {"identifier": paper.canonical, "url": paper.url}
            if paper.published:
                attributes["published"] = paper.published
            if mention.version:
                attributes["version"] = mention.version
            yield Node(
                id=paper.node,
                type="Paper",
                attributes=attributes,
                sources=(self.source(block, mention.start, mention.end),),
            )

    def edge(self, type: str, source: str, target: str, *places: Source, basis: str = "") -> Edge:
        """An edge as this section states it."""
        return Edge(
            source=source,
            type=type,
            target=target,
            digest=self.digest,
            section=self.section,
            basis=basis,
            sources=places,
        )

    def entry(
        self,
        type: str,
        names: tuple[str, ...],
        label: str,
        places: Iterable[Source],
        values: dict[str, Value],
    ) -> tuple[str, Iterator[Extract]]:
        """The id of a new entry, and its facts: the node and its place in the digest.

        `places` are all the words that went into the entry, what names it first.
        """
        node = entry_id(type, self.period, *names)
        kept = {name: value for name, value in values.items() if value not in ("", ())}
        sources = tuple(place for place in places if place.start < place.end)
        facts: tuple[Extract, ...] = (
            Node(id=node, type=type, label=label, attributes=kept, sources=sources),
            self.edge("partOf", node, self.digest, *sources[:1]),
        )
        return node, iter(facts)

    def about(
        self, node: str, block: Block, papers: list[tuple[int, int, PaperId]]
    ) -> Iterator[Edge]:
        """What an entry is about: the papers whose identifiers it opens with."""
        for start, end, paper in papers:
            yield self.edge("about", node, paper.node, self.source(block, start, end))

    def cite(
        self, node: str, type: str, block: Block, start: int = 0, end: int | None = None
    ) -> Iterator[Extract]:
        """The citations in a stretch of text: by identifier now, by name once all names are known."""
        end = len(block.text) if end is None else end
        for mention in block.mentions():
            if start <= mention.start and mention.end <= end and mention.paper:
                place = self.source(block, mention.start, mention.end)
                yield self.edge(type, node, mention.paper.node, place, basis="identifier")
        yield from self.names(block, start, end)
        yield Prose(node, type, self.digest, self.section, block, start, end, self.source)

    def scribe(self, block: Block) -> Scribe:
        """Reads names off a block."""
        return Scribe(block, self.lexicon, self.source)

    def names(self, block: Block, start: int = 0, end: int | None = None) -> Iterator[NameClaim]:
        """The names that stand beside identifiers in a stretch of text."""
        end = len(block.text) if end is None else end
        yield from self.scribe(block).beside_ids(start, end)

"""The outline: blocks of plain text that know which bytes of the document they came from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import NamedTuple

from kg.ids import PaperId, find_ids
from kg.model import Source
from kg.reading.document import Document, Piece
from kg.reading.numbers import referred

__all__ = ["Block", "Mention", "Outline"]


_FEW = 8
_AHEAD = 3


class Mention(NamedTuple):
    """A paper's identifier in a block: `block.text[start:end]` with the version, if one was written.

    Where a link carries the identifier in its address alone, this is the link's
    text, and `linked` is set. `paper` is None for digits that cannot be an
    identifier.
    """

    start: int
    end: int
    paper: PaperId | None
    version: str
    linked: bool = False


@dataclass(slots=True)
class Block:
    """One heading, list item, paragraph, table row or cell, as plain text.

    `depth` counts the list items around it; `marker` is the bullet or number of
    an item as written. `strong`, `emphasis` and `code` are half-open ranges of
    `text`, `links` have their address as well. `pieces` maps the text to the
    document, in order.
    """

    kind: str
    depth: int = 0
    level: int = 0
    marker: str = ""
    text: str = ""
    strong: Sequence[tuple[int, int]] = ()
    emphasis: Sequence[tuple[int, int]] = ()
    code: Sequence[tuple[int, int]] = ()
    links: Sequence[tuple[int, int, str]] = ()
    pieces: Sequence[Piece] = ()
    cells: Sequence[Block] = ()
    header: bool = False
    references: Mapping[str, PaperId] | None = None
    """What `[3]` and `[^3]` in the text mean, where a list of references says so."""
    _mentions: list[Mention] | None = None
    _sources: dict[tuple[str, int, int | None], Source] | None = None

    def mentions(self) -> list[Mention]:
        """Every identifier in the text and in the addresses of its links, in order."""
        if self._mentions is None:
            found = [
                Mention(start + i.start, start + i.end, i.paper, i.version)
                for start, text in self._stretches()
                for i in find_ids(text)
            ]
            links: list[Mention] = []
            for start, end, url in self.links:
                linked = next((i for i in find_ids(url) if i.paper), None)
                inside = found[bisect_left(found, (start,)) : bisect_left(found, (end,))]
                known = {m.paper for m in [*inside, *links[-1:]] if start <= m.start}
                if linked and linked.paper not in known:
                    links.append(Mention(start, end, linked.paper, linked.version, True))
            cited = referred(self.text, self.references) if self.references else []
            numbers = [Mention(*place, paper, "") for place, paper in cited]
            self._mentions = sorted([*found, *links, *numbers], key=lambda m: (m.start, m.end))
        return self._mentions

    def writes_id(self, start: int, end: int) -> bool:
        """Whether an identifier stands in `text[start:end]`, or some of one, and not in a link's address."""
        mentions = self.mentions()
        place = bisect_left(mentions, (end,)) - 1
        while place >= 0 and mentions[place].end > start:
            if not mentions[place].linked:
                return True
            place -= 1
        return False

    def _stretches(self) -> list[tuple[int, str]]:
        """The text cut at the marks of code, and where markup alone parts a digit from what stands before."""
        if len(self.pieces) < 2:
            return [(0, self.text)]
        digits = (
            offset for offset, *_ in self.pieces[1:]
            if self.text[offset - 1 : offset].isalnum() and self.text[offset : offset + 1].isdigit()
        )  # fmt: skip
        cuts = sorted({0, len(self.text), *digits, *chain.from_iterable(self.code)})
        return [(a, self.text[a:b]) for a, b in pairwise(cuts)]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The bytes of the document that `text[start:end]` came from, markup between them included."""
        pieces = self.pieces
        if not pieces:
            return 0, 0
        if len(pieces) == 1:
            if start == 0 and end == len(self.text):
                return pieces[0][1:]
            begin, stop = self._at(start, 0), self._at(end, 0)
        else:
            begin = self._at(start, max(0, bisect_right(pieces, (start, 1 << 62)) - 1))
            stop = self._at(end, max(0, bisect_right(pieces, (end, -1)) - 1))
        return begin, max(begin, stop)

    def _at(self, index: int, place: int) -> int:
        """The byte at a text offset, in the piece of that place."""
        offset, first, last = self.pieces[place]
        following = self.pieces[place + 1][0] if place + 1 < len(self.pieces) else len(self.text)
        inside = min(index, following) - offset
        if following - offset == last - first:
            return first + inside
        if not inside:
            return first
        text = self.text[offset:following]
        if len(text.encode()) != last - first:  # an escape or entity: all or nothing
            return last
        return first + len(text[:inside].encode())

    def source(
        self, document: Document, section: str, start: int = 0, end: int | None = None
    ) -> Source:
        """Where `text[start:end]` stands in the document; surrounding space is left out."""
        if self._sources is None:
            self._sources = {}
        known = self._sources.get((section, start, end))
        if known is not None:
            return known
        text = self.text[start:end]
        stop = start + len(text.rstrip())
        begin = start + len(text) - len(text.lstrip())
        made = Source.of(document, section, *self.span(begin, max(begin, stop)))
        self._sources[section, start, end] = made
        return made

    def part(self, start: int, end: int) -> Block:
        """The block of `text[start:end]`, with its styles and positions."""

        def cut(ranges: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
            return tuple(
                (max(a, start) - start, min(b, end) - start)
                for a, b in ranges
                if a < end and b > start
            )

        pieces = []
        for place, piece in enumerate(self.pieces):
            following = (
                self.pieces[place + 1][0] if place + 1 < len(self.pieces) else len(self.text)
            )
            if piece.offset < end and following > start:
                low, high = max(piece.offset, start), min(following, end)
                pieces.append(Piece(low - start, self._at(low, place), self._at(high, place)))
        return Block(
            kind=self.kind,
            depth=self.depth,
            level=self.level,
            marker=self.marker,
            text=self.text[start:end],
            strong=cut(self.strong),
            emphasis=cut(self.emphasis),
            code=cut(self.code),
            links=tuple(
                (*cut([(a, b)])[0], url) for a, b, url in self.links if a < end and b > start
            ),
            pieces=pieces,
            references=self.references,
        )

    def parts(self, spans: Sequence[tuple[int, int]]) -> list[Block]:
        """Its parts at some spans in order; halved again and again, so that many take no square of the time."""
        if len(spans) <= _FEW:
            return [self.part(*span) for span in spans]
        found = []
        for half in (spans[: len(spans) // 2], spans[len(spans) // 2 :]):
            start = half[0][0]
            whole = self.part(start, half[-1][1])
            found += whole.parts([(begin - start, end - start) for begin, end in half])
        return found

    def lines(self, opens: Callable[[Block, int], bool]) -> list[Block]:
        """The block cut before every line of it that `opens` something; the later ones are text.

        `opens` is given a line with the two that follow it, and where it begins.
        """
        if "\n" not in self.text:
            return [self]
        starts = [i + 1 for i, mark in enumerate(self.text) if mark == "\n"]
        ends = [*starts[_AHEAD:], *[len(self.text)] * _AHEAD][: len(starts)]
        lines = self.parts(list(zip(starts, ends, strict=True)))
        cuts = [start for start, line in zip(starts, lines, strict=True) if opens(line, start)]
        if not cuts:
            return [self]
        parts = self.parts(list(pairwise([0, *cuts, len(self.text)])))
        for part in parts[1:]:
            part.kind, part.marker = "text", ""
        return parts

    def styled(self, ranges: Sequence[tuple[int, int]]) -> bool:
        """Whether all of the text that is not space or punctuation lies in ranges like `strong`."""
        covered = 0
        for start, end in ranges:
            if self.text[covered:start].strip(" \n.:;,"):
                return False
            covered = end
        return bool(ranges) and not self.text[covered:].strip(" \n.:;,")


@dataclass(slots=True)
class Outline:
    """The blocks of a document in reading order."""

    document: Document
    blocks: list[Block]
    definitions: list[Block] = field(default_factory=list)
    """Of links and footnotes: no part of the text, but identifiers may stand in them."""

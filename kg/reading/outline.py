"""The outline: blocks of plain text that know which bytes of the document they came from."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, pairwise
from typing import Any, NamedTuple

from kg.ids import PaperId, find_ids
from kg.model import Source
from kg.reading.document import Document, Piece
from kg.reading.numbers import referred

__all__ = ["Block", "Mention", "Outline"]


_AHEAD = 3
_STEP = 512
_NUMERIC = "0123456789."


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
    `text` in order, which do not overlap; `links` have their address as well. `pieces` maps the text to the
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
    _widths: dict[int, array[int]] | None = None

    def mentions(self) -> list[Mention]:
        """Every identifier in the text and in the addresses of its links, in order."""
        if self._mentions is None:
            found = self._written()
            if not (self.links or self.references):
                self._mentions = found
                return found
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

    def mentions_between(self, start: int, end: int | None = None) -> list[Mention]:
        """Those that begin in `text[start:end]`, or from `start` on, in order."""
        mentions = self.mentions()
        first = bisect_left(mentions, (start,)) if start > 0 else 0
        return mentions[first : None if end is None else bisect_left(mentions, (end,))]

    def writes_id(self, start: int, end: int) -> bool:
        """Whether an identifier stands in `text[start:end]`, or some of one, and not in a link's address."""
        mentions = self.mentions()
        place = bisect_left(mentions, (end,)) - 1
        while place >= 0 and mentions[place].end > start:
            if not mentions[place].linked:
                return True
            place -= 1
        return False

    def _written(self) -> list[Mention]:
        """The identifiers of the text, cut at the marks of code, and where markup alone parts a digit from words.

        Cut so, `x**2403.03507**` has one; a cut within one (`**2403.03**507`) is no end of it.
        """
        if len(self.pieces) < 2:
            return [Mention(*one) for one in find_ids(self.text)]
        digits = (
            offset for offset, *_ in self.pieces[1:]
            if self.text[offset - 1 : offset].isalnum() and self.text[offset : offset + 1].isdigit()
        )  # fmt: skip
        cuts = sorted({0, len(self.text), *digits, *chain.from_iterable(self.code)})
        found = [
            Mention(start + i.start, start + i.end, i.paper, i.version)
            for start, end in pairwise(cuts)
            for i in find_ids(self.text[start:end])
        ]
        text, inner = self.text, cuts[1:-1]
        if not any(text[cut] in _NUMERIC and text[cut - 1] in _NUMERIC for cut in inner):
            return found
        known = [mention for mention in found if mention.paper]
        whole = [Mention(*one) for one in find_ids(self.text) if one.paper]
        divided = [mention for mention in whole if _is_free(mention, known)]
        impossible = [m for m in found if not m.paper and _is_free(m, divided)]
        return sorted([*known, *divided, *impossible], key=lambda mention: mention.start)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The bytes of the document that `text[start:end]` came from, markup between them included."""
        pieces = self.pieces
        if not pieces:
            return 0, 0
        if len(pieces) == 1:
            offset, first, last = pieces[0]
            length = len(self.text)
            if start == 0 and end == length:
                return first, last
            if length - offset == last - first and end <= length:
                return first + start - offset, first + end - offset
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
        if following - offset > _STEP:
            widths = self._widths_of(place, offset, following)
            step = inside // _STEP
            start, before, whole = offset + step * _STEP, widths[step], widths[-1]
        else:
            start, before, whole = offset, 0, len(self.text[offset:following].encode())
        if whole != last - first:  # an escape or entity: all or nothing
            return last
        return first + before + len(self.text[start : offset + inside].encode())

    def _widths_of(self, place: int, start: int, end: int) -> array[int]:
        """How many bytes a long piece has before every so many characters, and all in all.

        A paragraph without markup is one piece, and may name thousands of papers.
        """
        self._widths = self._widths or {}
        if place not in self._widths:
            steps = (self.text[at : min(at + _STEP, end)] for at in range(start, end, _STEP))
            widths = accumulate((len(step.encode()) for step in steps), initial=0)
            self._widths[place] = array("q", widths)
        return self._widths[place]

    def source(
        self, document: Document, section: str, start: int = 0, end: int | None = None
    ) -> Source:
        """Where `text[start:end]` stands in the document; surrounding space is left out."""
        if self._sources is None:
            self._sources = {}
        made = self._sources.get((section, start, end))
        if made is None:
            text = self.text[start:end].rstrip()
            begin, stop = start + len(text) - len(text.lstrip()), start + len(text)
            made = Source.of(document, section, *self.span(begin, stop))
            self._sources[section, start, end] = made
        return made

    def part(self, start: int, end: int) -> Block:
        """The block of `text[start:end]`, with its styles and positions."""
        low, high = _touching(self.pieces, start, end)
        pieces = []
        for place in range(low, high):
            offset = self.pieces[place][0]
            following = (
                self.pieces[place + 1][0] if place + 1 < len(self.pieces) else len(self.text)
            )
            if following > start:
                begin, stop = max(offset, start), min(following, end)
                pieces.append(Piece(begin - start, self._at(begin, place), self._at(stop, place)))
        return Block(
            kind=self.kind,
            depth=self.depth,
            level=self.level,
            marker=self.marker,
            text=self.text[start:end],
            strong=_cut(self.strong, start, end),
            emphasis=_cut(self.emphasis, start, end),
            code=_cut(self.code, start, end),
            links=_cut(self.links, start, end),
            pieces=pieces,
            references=self.references,
        )

    def lines(self, opens: Callable[[Block, int], bool]) -> list[Block]:
        """The block cut before every line of it that `opens` something; the later ones are text.

        `opens` is given a line with the two that follow it, and where it begins.
        """
        if "\n" not in self.text:
            return [self]
        starts = [i + 1 for i, mark in enumerate(self.text) if mark == "\n"]
        ends = [*starts[_AHEAD:], *[len(self.text)] * _AHEAD][: len(starts)]
        lines = [self.part(*span) for span in zip(starts, ends, strict=True)]
        cuts = [start for start, line in zip(starts, lines, strict=True) if opens(line, start)]
        if not cuts:
            return [self]
        parts = [self.part(*span) for span in pairwise([0, *cuts, len(self.text)])]
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


def _is_free(one: Mention, others: list[Mention]) -> bool:
    """Whether a mention overlaps none of the others, which are in order."""
    place = bisect_left(others, (one.end,)) - 1
    return place < 0 or others[place].end <= one.start


def _touching(ranges: Sequence[Any], start: int, end: int) -> tuple[int, int]:
    """The first and last of ranges in order that begin before `end`, and may end behind `start`."""
    return max(0, bisect_right(ranges, (start, 1 << 62)) - 1), bisect_left(ranges, (end,))


def _cut(ranges: Sequence[Any], start: int, end: int) -> Sequence[Any]:
    """What of some ranges lies between two offsets, from the first of them."""
    if not ranges:
        return ()
    low, high = _touching(ranges, start, end)
    return tuple(
        (max(a, start) - start, min(b, end) - start, *more)
        for a, b, *more in ranges[low:high]
        if b > start
    )


@dataclass(slots=True)
class Outline:
    """The blocks of a document in reading order."""

    document: Document
    blocks: list[Block]
    definitions: list[Block] = field(default_factory=list)
    """Of links and footnotes: no part of the text, but identifiers may stand in them."""

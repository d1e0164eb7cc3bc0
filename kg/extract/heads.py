"""What an entry about a paper begins with: a rank, a title, and names beside the identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from kg.claims import NameClaim
from kg.extract.context import Context, plain
from kg.extract.entries import Entry, Stretch
from kg.extract.inviting import invites
from kg.ids import PaperId, fold
from kg.lexicon import Lexicon
from kg.model import Node
from kg.reading import Block
from kg.reading.lines import ARROWS, PICTURE
from kg.shapes import is_distinctive, name_from
from kg.wording import key

__all__ = ["Head", "head_of", "is_priority", "quoted", "styled_end", "titled", "unquoted"]

_RANK = re.compile(
    r"[\s*_|]*(?:(?P<word>[^\W\d_]+)\s+)?(?P<left>[\[(#第]*)(?P<number>\d{1,3})(?:st|nd|rd|th|(?P<unit>[名位等위등]))?"
    r"(?P<right>[\])]*\s*[.:：)|–—-]*)(?:\s+|$|(?<=：))"
)
_TICK = re.compile(r"[\s*_]*\[[ xX✓✔]\]\s+")
_LABEL = re.compile(r"\s*([^:：]{1,40})[:：]\s*")
_PRIORITY = re.compile(r"([^:：–—|]{1,40}?)\s*(?:[:：|]|[–—-]\s)\s*")
_BESIDE = re.compile(r"[`*\])]*\s*[(（]([^()（）]{2,160})[)）]\s*(?:[|:：·–—;,，；]|-(?=\s))?\s*")
_SHORT = 40
_SUBTITLE = re.compile(r"[:：]\s*\S")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ENDS = " ([（【`*_~–—-:：|·,/\n"
_BARE = f" :–—-*_~(|\n{ARROWS}"
_FRONT = re.compile(rf"(?:[\s*_`~]|{PICTURE})*")
_ASIDE = re.compile(rf"{PICTURE}\s*(?:[|｜:：·–—]+|-(?=\s))?\s*")
_QUOTES = {"“": "”", '"': '"', "«": "»", "《": "》", "「": "」", "『": "』"}
_PICTURE = re.compile(rf"\s*{PICTURE}\Z")


class Head(NamedTuple):
    """The title in front of an entry's identifiers, and where the text behind them goes on.

    `block.text[start:end]` is the title, empty where there is none; `rank` is
    the number written before it. `rest` counts in the entry's first line,
    behind a name in brackets.
    """

    block: Block
    start: int
    end: int
    rank: int | None
    rest: int
    linked: bool = False
    """Whether the title is the text of a link to the paper."""
    beside: int = 0
    """Where the bracket ends that has the paper's name behind the identifier; 0 without one."""
    name: tuple[int, int] = (0, 0)
    """Where a name stands in the bracket behind the identifier or in its own, without a title in front."""
    priority: Stretch | None = None
    """What is said in front of how much the paper is recommended: `Must read:`."""

    @property
    def title(self) -> str:
        """The title as written."""
        return plain(self.block.text[self.start : self.end])

    @property
    def named(self) -> bool:
        """Whether the title is nothing but a name."""
        return _is_name(self.block.text, self.start, self.end)

    @property
    def distinctive(self) -> bool:
        """Whether the title has a word that can be nothing but a name."""
        return any(map(is_distinctive, self.block.text[self.start : self.end].split()))

    @property
    def surely(self) -> bool:
        """Whether the title can only be the paper's name: one word, or each word a name's."""
        words = self.title.split()
        return self.named and (
            len(words) == 1
            or all(is_distinctive(word) or word[-1] in ".0123456789" for word in words)
        )

    def titles(self, entry: Entry, context: Context) -> Iterator[Node | NameClaim]:
        """What the paper is called in front; the text of a link is its title."""
        assert entry.lead is not None
        paper = entry.lead.papers[0][2]
        if self.named:
            yield from context.scribe(self.block).front(self.start, self.end, paper)
        elif self.linked:
            yield from titled(self.block, self.start, self.end, paper, context)
        else:
            yield from context.scribe(self.block).title(self.start, self.end, paper)

    def names(self, entry: Entry, context: Context) -> Iterator[NameClaim]:
        """What the paper is called in the bracket of its identifier, or in one behind it."""
        assert entry.lead is not None
        line, (first, _, paper) = entry.lines[0], entry.lead.papers[0]
        start, end = entry.lead.inside
        end = start + len(line.text[start:end].rstrip(_ENDS))
        if start < end:
            yield from context.scribe(line).front(start, end, paper)
        if self.beside:
            yield from context.names(line, first, self.beside)


def head_of(entry: Entry, context: Context, fields: tuple[str, ...]) -> Head:
    """Reads the front of an entry: `#1 Name`, `[1] Name`, `Rank 1:`, `Paper: title`.

    The label of one of `fields` is no part of a title, nor is, before a reason,
    `Must read:` or “Then read”. Without words in front, the text of a link to the paper is its title.
    """
    head = _head_of(entry, context, fields)
    if "reason" not in fields or not head.title or head.linked:
        return head
    text, start, end = head.block.text, head.start, head.end
    front = _PRIORITY.match(text, start, end)
    stop, behind = (front.end(1), front.end()) if front else (end, end)
    if not is_priority(text[start:stop], context.lexicon):
        stop = behind = invites(text, start, end, context.lexicon)
    if start == stop:
        return head
    said = Stretch("reason", head.block, start, start + len(text[start:stop].rstrip(_ENDS)))
    return _head_of(entry, context, fields, behind)._replace(rank=head.rank, priority=said)


def is_priority(words: str, lexicon: Lexicon) -> bool:
    """Whether words say how much something is to be read, or that it is."""
    if not words or len(words) > _SHORT:
        return False
    if key(words).rstrip(" 0123456789") in _keys(lexicon.marks["priority"]):
        return True
    return lexicon.section(words, whole=True) == "READING_LIST"


@cache
def _keys(phrases: tuple[str, ...]) -> frozenset[str]:
    return frozenset(filter(None, map(key, phrases)))


def _head_of(entry: Entry, context: Context, fields: tuple[str, ...], begin: int = 0) -> Head:
    """The same, from a place in the block with the title on."""
    lead, line = entry.lead, entry.lines[0]
    assert lead is not None
    block = entry.title or line
    end = len(block.text) if entry.title else lead.begin
    tick = _TICK.match(block.text, begin, end)
    start, rank = _past_marks(block.text, tick.end() if tick else begin, end), None
    ranked = _RANK.match(block.text, start, end)
    if ranked and (
        context.lexicon.field(ranked["word"], ("rank",))
        if ranked["word"]
        else ranked["left"] or ranked["right"] or ranked["unit"]
    ):
        start, rank = ranked.end(), int(ranked["number"])
    label = _LABEL.match(block.text, start, end)
    called = label[1].strip("*_ ") if label else ""
    own = context.lexicon.field(called, ("paper", "title", *fields)) if called else ""
    if label and own and not is_priority(called, context.lexicon):
        start = label.end()
    start = _past_marks(block.text, start, end)
    end = max(start, start + len(block.text[start:end].rstrip(_ENDS)))
    picture = _PICTURE.search(block.text, start, end)
    start, end = unquoted(block.text, start, picture.start() if picture else end)
    aside = None if lead.separated else _ASIDE.match(line.text, lead.end)
    rest = aside.end() if aside else lead.end
    linked = next((m for m in line.mentions() if m.linked and m.start == lead.papers[0][0]), None)
    kind = context.lexicon.field(block.text[start:end].strip("* "), ("paper",))
    if start < end and not kind:
        return Head(block, start, end, rank, rest)
    if linked:
        return Head(line, linked.start, linked.end, rank, rest, linked=True)
    behind = _BESIDE.match(line.text, lead.papers[-1][1])
    remark = behind and (
        _YEAR.search(behind[1]) or fold(behind[1]) in context.lexicon.marks["aside"]
    )
    named = behind and (
        _is_name(line.text, *behind.span(1)) or _explains(line.text, *behind.span(1))
    )
    if behind and named and not remark:
        rest = max(rest, behind.end())
        return Head(line, 0, 0, rank, rest, beside=behind.end(), name=behind.span(1))
    first, last = lead.inside
    last = first + len(line.text[first:last].rstrip(_ENDS))
    named = first < last and _is_name(line.text, first, last)
    return Head(line, 0, 0, rank, rest, name=(first, last) if named else (0, 0))


def titled(
    block: Block, start: int, end: int, paper: PaperId, context: Context
) -> Iterator[Node | NameClaim]:
    """The title of a paper, and the name that it opens with."""
    title = plain(block.text[start:end].strip(" ~"))
    if title:
        yield Node(id=paper.node, type="Paper", attributes={"title": title})
    yield from context.scribe(block).title(start, end, paper)


def quoted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The words in quotation marks that a text begins with, marks included; none if it does not."""
    close = _QUOTES.get(text[start : start + 1]) if start < end else None
    stop = text.find(close, start + 1, end) + 1 if close else 0
    return [(start, stop)] if stop else []


def unquoted(text: str, start: int, end: int) -> tuple[int, int]:
    """Where words stand without the quotation marks around all of them."""
    return (start + 1, end - 1) if quoted(text, start, end) == [(start, end)] else (start, end)


def styled_end(text: Stretch, runs: Iterable[tuple[int, int]]) -> int:
    """Where the styled run ends that words begin with; their end if nothing follows it."""
    end = next((stop for begin, stop in sorted(runs) if begin <= text.start < stop), text.end)
    return end if text.block.text[end : text.end].strip(_BARE) else text.end


def _past_marks(text: str, start: int, end: int) -> int:
    """Where words begin behind marks of style and pictures."""
    front = _FRONT.match(text, start, end)
    return front.end() if front else start


def _explains(text: str, start: int, end: int) -> bool:
    """Whether words are a name, a colon and what it is of: the title of a paper."""
    run = name_from(text, start, end)
    return run is not None and _SUBTITLE.match(text, run[1], end) is not None


def _is_name(text: str, start: int, end: int) -> bool:
    run = name_from(text, start, end)
    return run is not None and not text[run[1] : end].strip(_ENDS)

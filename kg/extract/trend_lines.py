"""Where trends begin within a paragraph, and below an item that only introduces them."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from operator import itemgetter

from kg.extract.labels import bold_head
from kg.lexicon import Lexicon
from kg.reading import Block

__all__ = ["counted", "has_ids", "introduced", "lines_of"]

_NEAR = 80
_LEAST = 2
_NUMBER = re.compile(r"(?<![\w)])\((\d{1,2}|[ivx]{1,4})\)\s+(?=\S)")
_ROMANS = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
_STOPS = ".!?。！？"
_ENDS = '.!?…;:)]"”。！？；：'


def lines_of(block: Block, lexicon: Lexicon) -> list[Block]:
    """The lines of a paragraph apart, where two or more of them tell of a trend.

    A line may begin one where a bold run begins it, or papers stand in it; in a
    paragraph with sentences that run on over its line breaks only the former
    counts, and only behind the end of a sentence. The last one may close the section.
    """
    text = block.text
    if "\n" not in text:
        return _stretches(block)
    breaks = [place for place, char in enumerate(text) if char == "\n"]
    bold = {begin for begin, _ in block.strong}
    wrapped = any(_runs_on(block, place) for place in breaks)

    def opens(line: Block, start: int) -> bool:
        if start in bold and not _runs_on(block, start - 1):
            return not wrapped or text[max(0, start - _NEAR) : start].rstrip()[-1:] in _ENDS
        first = line.part(0, line.text.find("\n")) if "\n" in line.text else line
        closes = lexicon.opens_with("closing", line.text) > 0 and "\n" not in line.text
        return not wrapped and (closes or _tells(first))

    apart = block.lines(opens)
    return apart if sum(map(_tells, apart)) > 1 else [block]


def _stretches(block: Block) -> list[Block]:
    """A paragraph that opens with bold words, cut where others open a sentence."""
    text = block.text
    cuts = [
        start
        for start, _ in (block.strong if block.kind == "text" and bold_head(block) else ())
        if text[:start].rstrip()[-1:] in _STOPS and text[:start].strip()
    ]
    apart = [block.part(*ends) for ends in pairwise([0, *cuts, len(text)])]
    return apart if cuts else [block]


def counted(block: Block) -> list[Block]:
    """A paragraph cut where `(1)`, `(2)` or `(i)`, `(ii)` count trends in it; empty if they do not."""
    plain_words = block.kind == "text" and not bold_head(block)
    marks = list(_NUMBER.finditer(block.text)) if plain_words else []
    said = [mark[1] for mark in marks]
    orders = ([str(n) for n in range(1, len(said) + 1)], _ROMANS[: len(said)])
    if len(said) < _LEAST or said not in orders:
        return []
    places = [mark.start() for mark in marks]
    parts = [block.part(*ends) for ends in pairwise([0, *places, len(block.text)])]
    told = [part for part in parts if part.text.strip()]
    return told if sum(map(has_ids, told[-len(said) :])) > 1 and not has_ids(parts[0]) else []


def _inside(block: Block, place: int) -> bool:
    """Whether a place lies within a bold run."""
    next_ = bisect_right(block.strong, place, key=itemgetter(1))
    return next_ < len(block.strong) and block.strong[next_][0] < place


def _runs_on(block: Block, place: int) -> bool:
    """Whether a sentence goes on behind a line break: in a bold run, or with a small letter."""
    after = block.text[place + 1 : place + _NEAR].lstrip()
    ended = block.text[max(0, place - _NEAR) : place].rstrip()[-1:] in _ENDS
    return _inside(block, place) or (not ended and after[:1].islower())


def _tells(line: Block) -> bool:
    return bool(line.strong) or has_ids(line)


def introduced(blocks: list[Block], depth: int) -> tuple[set[int], set[int]]:
    """The items that only introduce trends nested in them, beside others that are trends, and those trends.

    So does one in plain letters that ends in a colon, where several below tell of papers.
    """
    over, nested = set[int](), set[int]()
    last = -1
    for place, block in enumerate(blocks):
        plain_words = block.kind == "item" and not (bold_head(block) or has_ids(block))
        closes = block.text.rstrip(" *_")[-1:] in (":", "：")
        if place <= last or not (plain_words and closes and block.depth <= depth):
            continue
        last = place
        while last + 1 < len(blocks) and blocks[last + 1].depth > block.depth:
            last += 1
        own = [n for n in range(place + 1, last + 1) if blocks[n].depth == block.depth + 1]
        items = [n for n in own if blocks[n].kind == "item"]
        if sum(_tells(blocks[n]) for n in items) > 1:
            over.add(place)
            nested.update(items)
    return over, nested


def has_ids(block: Block) -> bool:
    """Whether a block has identifiers of papers."""
    return any(mention.paper for mention in block.mentions())

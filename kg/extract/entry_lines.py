"""Lines of a block among entries about papers: where one of them begins, and whether it names nothing but papers."""

from __future__ import annotations

import re

from kg.extract.labels import lead_ids
from kg.lexicon import Lexicon
from kg.reading import Block

__all__ = ["cut", "is_bare"]

_RANKED = re.compile(
    r"\W*(?:(?P<word>[^\W\d_]+)\s+)?[(#]?\d{1,3}(?:st|nd|rd|th)?\b[.:)|*_–—-]*\s+(?:\|\s*)?"
)
_NUMBERED = re.compile(r"^[ \t*_]*[(\[#]?(\d{1,2})[.)\]/:]{0,2}[ \t]+\S.*$", re.MULTILINE)
_OPENED = re.compile(r"\s*[(（\[][\[`*\s]*(?:arXiv[:\s]\s*)?", re.IGNORECASE)
_WORD = re.compile(r"\w")


def cut(block: Block, lexicon: Lexicon) -> list[Block]:
    """The lines of a block apart where they open with identifiers, a rank and these, or a bold title and these.

    A title over a bare identifier is no line of its own.
    """
    bold = _is_bold_before_id(block)

    def opens(line: Block, _: int) -> bool:
        if bold and _is_bold_before_id(line):
            return True
        ranked = _RANKED.match(line.text)
        word = ranked and ranked["word"]
        known = ranked if not word or lexicon.field(word, ("rank",)) else None
        return lead_ids(line, known.end() if known else 0) is not None

    lines = block.lines(opens)
    if len(lines) == 1 and block.kind == "text" and "\n" in block.text:
        return _counted(block)
    titled = len(lines) == 2 and not lines[0].mentions() and is_bare(lines[1], lexicon)
    return [block] if titled else lines


def _counted(block: Block) -> list[Block]:
    """The lines of a paragraph apart, where the first of each counts on and has an identifier: `(1) Name, ID`, `(2) …`."""
    starts = {
        line.start(): int(line[1])
        for line in _NUMBERED.finditer(block.text)
        if block.writes_id(line.start(), line.end())
    }
    numbers = list(starts.values())
    counts = len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return block.lines(lambda _, start: start in starts) if counts else [block]


def _is_bold_before_id(block: Block) -> bool:
    """Whether a text opens with a bold title and, in a bracket behind it, an identifier."""
    if not block.strong or block.strong[0][0] or not block.mentions():
        return False
    end, first = block.strong[0][1], block.mentions()[0].start
    return end < first and _OPENED.fullmatch(block.text, end, first) is not None


def is_bare(block: Block, lexicon: Lexicon) -> bool:
    """Whether the first line of a block has identifiers and no other words, but for a label of theirs."""
    stop = block.text.find("\n")
    line = block.part(0, stop) if stop >= 0 else block
    rest, end = "", 0
    for mention in line.mentions():
        rest, end = rest + line.text[end : mention.start], mention.end
    rest = (rest + line.text[end:]).strip(" *_:：()[]")
    return end > 0 and (not _WORD.search(rest) or bool(lexicon.field(rest, ("paper",))))

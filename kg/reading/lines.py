"""Lines of a paragraph that begin a block of their own, though CommonMark joins them."""

from __future__ import annotations

import re

from kg.reading.seams import Seams

__all__ = [
    "ARROW",
    "ARROWS",
    "BULLET",
    "OPENS",
    "PICTURE",
    "TITLE",
    "WIDE",
    "Margins",
    "label_or_title",
    "leaves",
]

PICTURE = r"(?:[\u2190-\u21ff\u2300-\u23ff\u2460-\u2473\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff][\ufe0e\ufe0f\u200d\u20e3]*|[0-9]\ufe0f?\u20e3|:[a-z][a-z0-9_+-]{1,30}:(?=[\s*_]|$))+"
"""A symbol such as ✨, 🔥, ① or 1️⃣, or the name of one as `:rocket:`, or several, as writers set them before words."""

ARROWS = "→⇒➔➙➛➜➝➞➟➠⟶⟹"
"""The characters that are arrows to the right."""

ARROW = rf"(?:[{ARROWS}]|➡\ufe0f?|[=-]{{1,2}}>)"
"""What leads from words to others: such a character, or one drawn as `->` or `=>`; only here it is said."""

BULLET = re.compile(
    rf"([*+·•◦‣]|-{{1,6}}|{PICTURE}|[a-z]\)|[a-h]\.(?!\s?[a-z]\.)|[ivx]{{1,4}}[.)]|#\.|\(\d{{1,2}}\))\s+|([–—])\s+(?=\S|\Z)(?!.*[–—]$)"
)
"""What stands for a bullet, with the space behind it: a character, dashes (`--` below `-`), `a)`, `b.`, `iv.`, `(1)` or `#.`."""

OPENS = re.compile(
    rf"{BULLET.pattern}|\d+(?:\.\d+)+[.)]?\s+(?:\S|\Z)|(?:\d{{1,2}}|[IVX]{{1,4}}|[A-Z])[.)]\s+(?:\S|\Z)"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,3})、\S|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]\s?\S"
)
"""What a line of its own begins with: such a character, or a number like `1.2`, `II.`, `B)`, `（1）` or `一、`."""

WIDE = 120
"""Characters in a line that nobody wrapped: its end was meant."""

TITLE = 2
_SHORT = 40
_SIGN = re.compile("[\u2600-\u27bf\u2b50\U0001f000-\U0001faff]")
_HEAD = re.compile(r"[^\W\d_a-z][\w-]*(?: [\w-]+){0,2}[:：]\s*")
_COUNTED = re.compile(
    r"[^\W\d_a-z][\w-]*(?: [\w-]+){0,2} #?\d{1,2}(?: ?\([^()]{1,30}\))?\s?[:：–—]\s"
)
"""`Idea 2 (Moon-shot): …`"""
_BEHIND = re.compile(r"\s*[:–—]")


class Margins:
    """How deep the lines of one paragraph stand, told by the columns they begin at.

    `floor` is the depth of lines that stand no further right than the first;
    `first` is the column and depth of the item that the paragraph belongs to.
    """

    def __init__(self, floor: int, *first: tuple[int, int]) -> None:
        self._floor = floor
        self._open = list(first)

    def depth(self, column: int) -> int:
        """The depth of the next line."""
        while self._open and self._open[-1][0] >= column:
            self._open.pop()
        depth = self._open[-1][1] + 1 if self._open else self._floor
        self._open.append((column, depth))
        return depth


def label_or_title(seams: Seams, start: int, end: int, tag: str) -> int:
    """What a bold run at the start of a line is: `TITLE` if it fills the line, 1 if a label, else 0.

    A label ends in a colon, or stands before one or a dash. Few words in italics
    are a title if they fill the line, as are more that are counted.
    """
    if tag != "Strong":
        run = seams.text(start, end)
        fills = seams.line_length(start) == len(run) and "\n" not in run
        short = len(run) <= _SHORT or _COUNTED.match(run.lstrip("*_"))
        titled = tag == "Emphasis" and short and fills
        return TITLE if titled and run.rstrip("*_")[-1:] not in ".,;!?…" else 0
    run = seams.text(start, end).rstrip("*_ ")
    behind = re.split(r"[\r\n]", seams.text(end, end + 200), maxsplit=1)[0]
    if run.endswith((":", "：")):
        return 1
    return TITLE if not behind.strip() else bool(_BEHIND.match(behind))


def leaves(value: str, bold: int, column: int, item: int) -> bool:
    """Whether a line leaves its list item, whose bullet stands in the column `item`.

    It does left of the bullet; below it if it is a title, a label, bold, with a picture,
    counted or a word with a colon, which would else go on with the last item above it.
    """
    titled = bold or _SIGN.match(value) or _HEAD.fullmatch(value) or _COUNTED.match(value)
    return column < item or (column == item and bool(titled))

"""Which month a digest is of."""

from __future__ import annotations

import re
from collections import Counter

from kg.extract.parts import Part
from kg.ids import fold
from kg.lexicon import Lexicon
from kg.reading import Outline

__all__ = ["find_period", "period_in"]

_YEAR_MONTH = re.compile(r"(?<!\d)(20\d\d)[-_./\s]?(0[1-9]|1[0-2])(?!\d)")
_CJK = re.compile(r"(20\d\d)\s*[年년]\s*(1[0-2]|0?[1-9])\s*[月월]")
_MONTH_YEAR = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])\s*[-/.]\s*(20\d\d)(?!\d)")
_YEAR_BEHIND = (
    r"(?:\W+\d{1,2}(?:st|nd|rd|th)?(?=\W))?(?:\W+(?:de\W+)?(20\d\d)|\s*['’‘](\d\d))(?!\d)"
)
"""A year behind a month: `, 2025`, ` de 2025`, ` 15, 2025`, ` ’25`."""


def find_period(outline: Outline, parts: list[Part], lexicon: Lexicon) -> str:
    """`YYYY-MM` from front matter, title or file name, else the month of most of its papers.

    Where nothing tells a month, the file's name without its suffix stands in.
    """
    document = outline.document
    said = [
        document.front_matter.get(key, "") for key in ("period", "issue", "month", "date", "title")
    ]
    titles = [
        block.text
        for part in parts[:1]
        if part.preamble
        for block in part.blocks
        if block.kind == "heading"
    ]
    for text in (*said, *titles, document.name):
        period = period_in(text, lexicon)
        if period:
            return period
    months = Counter(
        mention.paper.published
        for block in outline.blocks
        for one in (block.cells or (block,))
        for mention in one.mentions()
        if mention.paper and mention.paper.published
    )
    if months:
        return max(months, key=lambda month: (months[month], month))
    return document.name.rpartition("/")[2].rpartition(".")[0] or document.name.strip("<>")


def period_in(text: str, lexicon: Lexicon) -> str:
    """The first year and month named in a text, as `YYYY-MM`; empty if none is."""
    found = _YEAR_MONTH.search(text)
    if found:
        return f"{found[1]}-{found[2]}"
    found = _CJK.search(text)
    if found:
        return f"{found[1]}-{int(found[2]):02}"
    found = _MONTH_YEAR.search(text)
    if found:
        return f"{found[2]}-{int(found[1]):02}"
    words = fold(text)
    month_word = "|".join(re.escape(word) for word in lexicon.marks["month"])
    found = re.search(rf"(?:{month_word})\s+(\d{{1,2}})\D{{1,8}}(20\d\d)", words)
    if found and 1 <= int(found[1]) <= 12:
        return f"{found[2]}-{int(found[1]):02}"
    for word, month in lexicon.months.items():
        if word not in words:
            continue
        found = re.search(rf"(?<!\w){re.escape(word)}\b{_YEAR_BEHIND}", words)
        if found:
            return f"20{(found[1] or found[2])[-2:]}-{month:02}"
    return ""

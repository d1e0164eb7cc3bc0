"""Numbers in square brackets that stand for papers: `[3]`, `[3, 4]`, `[1–3]`, `[^3]`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.ids import PaperId

__all__ = ["FOOTMARK", "referred"]

FOOTMARK = re.compile(r"\[\^[^\]\s]{1,20}\]")
"""The mark of a footnote, which is no part of a label."""

_CITED = re.compile(r"\[(\^[^\]\s]{1,20}|\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)\](?!\()")
_ONE = re.compile(r"\^\S+|\d+|[–-]")
_MOST = 30


def referred(text: str, references: Mapping[str, PaperId]) -> list[tuple[tuple[int, int], PaperId]]:
    """Which papers the numbers in a text mean, each with where it stands."""
    return [
        (place, references[number])
        for cited in _CITED.finditer(text)
        for number, place in _numbers(text, *cited.span(1))
        if number in references
    ]


def _numbers(text: str, start: int, end: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each number with its place; those between the ends of a span stand where its dash does."""
    last, dash = 0, None
    for one in _ONE.finditer(text, start, end):
        if one[0] in "–-":
            dash = one.span()
            continue
        number = int(one[0]) if one[0].isdigit() else 0
        if dash and number - last <= _MOST:
            yield from ((str(between), dash) for between in range(last + 1, number))
        yield one[0], one.span()
        last, dash = number, None

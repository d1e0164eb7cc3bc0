"""What a section is, told by its contents where its heading does not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import takewhile

from kg.extract.fields import FIELDS
from kg.extract.labels import field_at_start, lead_ids
from kg.lexicon import Lexicon
from kg.reading import Block

__all__ = ["own_headings", "section_by_contents"]

_FIELDS = {
    "FUTURE_IDEAS": FIELDS,
    "SOTA_HIGHLIGHTS": ("keywords", "breakthrough", "impact"),
    "GAPS_AND_OPPORTUNITIES": ("gap", "opportunity"),
    "NOVEL_TECH_CONTRIBUTIONS": ("technique", "assessment"),
    "READING_LIST": ("paper", "reason"),
}
"""The more fields the earlier, so that a label that two know is of the section that has more."""
_OWN = {"GAPS_AND_OPPORTUNITIES": "opportunity", "NOVEL_TECH_CONTRIBUTIONS": "assessment"}
"""Fields that tell a section by themselves, if they come again."""
_FEW = 3
_NUMBER = re.compile(r"\W*(\d{1,2})\b")


def section_by_contents(blocks: list[Block], lexicon: Lexicon) -> str:
    """The section whose labels or columns stand in some blocks, or whose tree they are; else empty."""
    for section, fields in _FIELDS.items():
        found = Counter(_named(blocks, lexicon, fields))
        if len(found) >= min(_FEW, len(fields)):
            return section
        if found[_OWN.get(section, "")] > 1:
            return section
    return "TOPIC_TREE" if _is_tree(blocks) else ""


def own_headings(blocks: list[Block], named: list[str], cuts: list[bool]) -> set[int]:
    """The places of headings that no section knows and that belong to the one above, as its topics or ideas.

    They have its level, but without them it would be empty. One that stands alone is a section
    that nobody knows, and so is one that counts on: `1. Highlights`, `2. Figures`.
    """
    places = [place for place, cut in enumerate(cuts) if cut]
    found: set[int] = set()
    while places:
        top = places.pop(0)
        below = list(takewhile(lambda place: not named[place], places))
        places = places[len(below) :]
        alike = [
            blocks[n].kind == "heading" and blocks[n].level == blocks[top].level for n in below
        ]
        if len(below) > 1 and named[top] and all(alike) and below[0] == top + 1:
            number, first = (_NUMBER.match(blocks[n].text) for n in (top, top + 1))
            goes_on = number and first and int(first[1]) == int(number[1]) + 1
            found.update(() if goes_on else below)
    return found


def _named(blocks: list[Block], lexicon: Lexicon, fields: tuple[str, ...]) -> Iterable[str]:
    """The fields that lines and heads of columns name."""
    for block in blocks:
        if block.kind == "row":
            heads = block.cells if block.header else ()
            yield from filter(None, (lexicon.field(cell.text, fields) for cell in heads))
            continue
        for line in block.lines(lambda line, _: field_at_start(line, lexicon, fields) is not None):
            label = field_at_start(line, lexicon, fields)
            if label:
                yield label.name


def _is_tree(blocks: list[Block]) -> bool:
    """Whether blocks are a list whose inner items, and no outer ones, open with identifiers."""
    items = [block for block in blocks if block.kind == "item"]
    outer = min((block.depth for block in items), default=0)
    leaves = [block.depth for block in items if lead_ids(block)]
    cited = sum(bool(block.mentions()) for block in items)
    return len(leaves) >= _FEW and min(leaves) > outer and 2 * len(leaves) > cited

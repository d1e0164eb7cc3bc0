"""Trees drawn with lines, as `tree` prints them: `├── Topic`, `│   └── Paper`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.reading.outline import Block
from kg.reading.seams import Seams

__all__ = ["drawn_items", "draws_tree"]

_BRANCH = re.compile(r"^[\s│┃|]*[├└┣┗╰]", re.MULTILINE)
_LEAD = re.compile(r"[\s│┃|]*(?:[├└┣┗╰][─━-]*\s*)?")


def draws_tree(text: str) -> bool:
    """Whether a text has branches drawn with lines."""
    return _BRANCH.search(text) is not None


def drawn_items(text: str, seams: Seams, depth: int) -> Iterator[Block]:
    """Each line as an item, as deep as the columns of the lines above it say."""
    columns: list[int] = []
    start = 0
    for line in text.splitlines(keepends=True):
        lead = _LEAD.match(line)
        words = line[lead.end() :].rstrip() if lead else ""
        if lead and words:
            while columns and columns[-1] >= lead.end():
                columns.pop()
            begin = start + len(lead[0].encode())
            first, last = seams.byte(begin), seams.byte(begin) + len(words.encode())
            yield Block(
                "item",
                depth + len(columns),
                text=words,
                pieces=(seams.document.piece(0, first, last),),
            )
            columns.append(lead.end())
        start += len(line.encode())

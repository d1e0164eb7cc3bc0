"""Rows of tables with more cells than their header: no cell is dropped."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.reading.document import Document
from kg.reading.outline import Block

__all__ = ["mend_row"]

_PIPE = re.compile(rb"(?<!\\)\|")


def mend_row(row: Block, document: Document) -> None:
    """Gives a row back what GFM cuts off: cells beyond the width of the header.

    A bar without space around it, as in `P(y|x)`, is text where reading it so
    gives the row its proper width; otherwise the surplus cells stay, at the end.
    Cells that had to be split or joined anew lose their inline markup.
    """
    [(_, first, last, *_)] = row.pieces
    line = document.data[first:last].rstrip(b"\r\n")
    bars = [match.start() for match in _PIPE.finditer(line)]
    if not line.lstrip().startswith(b"|"):
        bars.insert(0, -1)
    if not bars or line[bars[-1] + 1 :].strip():
        bars.append(len(line))
    width = len(row.cells)
    if len(bars) - 1 <= width:
        return
    spaced = [
        bar for place, bar in enumerate(bars)
        if place in (0, len(bars) - 1)
        or line[max(bar - 1, 0) : bar].isspace() or line[bar + 1 : bar + 2].isspace()
    ]  # fmt: skip
    if len(spaced) - 1 >= width:
        bars = spaced
    row.cells = [_cell(row, document, first + a + 1, first + b) for a, b in pairwise(bars)]


def _cell(row: Block, document: Document, start: int, end: int) -> Block:
    raw = document.data[start:end]
    start += len(raw) - len(raw.lstrip())
    raw = raw.strip()
    text = raw.decode(errors="replace")
    piece = document.piece(0, start, start + len(raw))
    return Block("cell", row.depth, text=text, pieces=(piece,))

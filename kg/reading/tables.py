"""Rows of tables with more cells than their header, and rows broken over lines: no cell is dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kg.reading.document import Document, Piece
from kg.reading.outline import Block

__all__ = ["ended_row"]

Span = tuple[int, int]

_WORD = re.compile(r"[^\W_]|[^\x00-\u2fff]")
"""A letter, a digit or a picture."""
_PIPE = re.compile(rb"(?<!\\)\|")


def ended_row(row: Block, blocks: Sequence[Block], document: Document) -> list[Block]:
    """A row that has ended as blocks: itself, mended; nothing, or text, where it is none.

    A line below the table is no row of it, whatever GFM says; `blocks` stand above it.
    """
    if _is_no_row(row, blocks, document):
        return []
    [(_, first, last)] = row.pieces
    if not row.header and b"|" not in document.data[first:last]:
        return [replace(cell, kind="text") for cell in row.cells if cell.text.strip()]
    _mend_row(row, document)
    return [row]


def _mend_row(row: Block, document: Document) -> None:
    """Gives a row back what GFM cuts off: cells beyond the width of the header.

    A bar without space around it, as in `P(y|x)`, is text where reading it so
    gives the row its proper width; otherwise the surplus cells stay, at the end.
    Cells that had to be split or joined anew lose their inline markup.
    """
    [(_, first, last)] = row.pieces
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
    piece = Piece(0, start, start + len(raw))
    return Block("cell", row.depth, text=text, pieces=(piece,))


def _is_no_row(row: Block, blocks: Sequence[Block], document: Document) -> bool:
    """Whether a row is none of its own: it goes on with the last of the blocks, or has dots and dashes alone."""
    if row.header:
        return False
    said = any(_WORD.search(cell.text) for cell in row.cells)
    if not said and any(cell.text.strip() for cell in row.cells):
        [(_, first, last)] = row.pieces  # words may stand where the header has no room for them
        return not _WORD.search(document.words(first, last))
    return bool(blocks and _goes_on(blocks[-1], row, document))


def _goes_on(above: Block, row: Block, document: Document) -> bool:
    """Whether a row goes on with the one above, which a line break cut in two; if so, joins them.

    The row above opens with a bar and does not close with one; that below opens
    with none, and closes with one or has the cells that are missing above.
    """
    if above.kind != "row" or above.header:
        return False
    first, second = (
        document.data[slice(*one.pieces[0][1:])].strip() for one in (above, row)
    )  # fmt: skip
    if not first.startswith(b"|") or first.endswith(b"|") or second.startswith(b"|"):
        return False
    closed = second.endswith(b"|")
    written = len(_PIPE.findall(first))
    if written > len(above.cells) - (not closed):
        return False
    cells = row.cells[: len(_PIPE.findall(second)) + (not closed)]
    joined = [*above.cells[: written - 1], _joined(above.cells[written - 1], cells[0])]
    joined += cells[1:]
    above.cells = [*joined, *above.cells[len(joined) :]]
    above.pieces = (Piece(0, above.pieces[0][1], row.pieces[0][2]),)
    return True


def _joined(cell: Block, other: Block) -> Block:
    """Two cells as one, on two lines."""
    if not cell.pieces or not other.pieces:
        return cell if cell.pieces else other
    place = len(cell.text)
    seam = Piece(place, cell.pieces[-1][2], other.pieces[0][1])

    def both(ours: Sequence[Span], theirs: Sequence[Span]) -> list[Span]:
        return [*ours, *((a + place + 1, b + place + 1) for a, b in theirs)]

    return Block(
        "cell",
        cell.depth,
        text=f"{cell.text}\n{other.text}",
        strong=both(cell.strong, other.strong),
        emphasis=both(cell.emphasis, other.emphasis),
        code=both(cell.code, other.code),
        links=[*cell.links, *((a + place + 1, b + place + 1, url) for a, b, url in other.links)],
        pieces=[
            *cell.pieces,
            seam,
            *(piece._replace(offset=piece.offset + place + 1) for piece in other.pieces),
        ],
    )

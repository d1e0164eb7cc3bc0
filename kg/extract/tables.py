"""Entries in tables: columns told by their heads, a row made into one line like any other."""

from __future__ import annotations

from collections.abc import Iterator

from kg.lexicon import Lexicon
from kg.reading import Block
from kg.reading.document import Piece

__all__ = ["columns_of", "join_rows"]

_SEPARATOR = " – "


def columns_of(header: Block, lexicon: Lexicon, names: tuple[str, ...]) -> list[str]:
    """Which field each column of a table is; empty for a head that names none."""
    return [lexicon.field(cell.text.partition("(")[0], names) for cell in header.cells]


def join_rows(blocks: list[Block], lexicon: Lexicon, names: tuple[str, ...]) -> Iterator[Block]:
    """Blocks with each row of a table joined to a line `first – second – …`, in the order of `names`.

    Columns that are none of them come last, a `rank` nowhere: the order tells
    it. The line keeps its cells.
    """
    columns: list[str] = []
    for block in blocks:
        if block.kind != "row":
            yield block
        elif block.header:
            columns = columns_of(block, lexicon, ("rank", *names))
        else:
            order = {name: place for place, name in enumerate(names)}
            named = [
                (order.get(columns[n] if n < len(columns) else "", len(names)), n, cell)
                for n, cell in enumerate(block.cells)
                if cell.text.strip() and (n >= len(columns) or columns[n] != "rank")
            ]
            yield _joined(block, [cell for _, _, cell in sorted(named, key=lambda item: item[:2])])


def _joined(row: Block, cells: list[Block]) -> Block:
    line = Block("item", row.depth, cells=[cell for cell in row.cells if cell.text.strip()])
    pieces: list[Piece] = []
    links: list[tuple[int, int, str]] = []
    for cell in cells:
        shift = len(line.text) + (len(_SEPARATOR) if line.text else 0)
        line.text += (_SEPARATOR if line.text else "") + cell.text
        pieces += [piece._replace(offset=piece.offset + shift) for piece in cell.pieces]
        links += [(start + shift, end + shift, url) for start, end, url in cell.links]
    line.pieces, line.links = pieces, links
    return line

"""Tables of ideas: what their columns hold, and ideas that are columns themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.extract.fields import FIELDS, Stretch
from kg.extract.tables import columns_of
from kg.lexicon import Lexicon
from kg.reading import Block

__all__ = ["Column", "columns_of_ideas", "ideas_in_columns", "is_of_field"]

_SEVERAL = 2


def columns_of_ideas(header: Block, lexicon: Lexicon) -> list[str]:
    """What each column of a table of ideas holds: a field, the `title`, a `rank`, or nothing known."""
    names = columns_of(header, lexicon, ("rank", "title", *FIELDS))
    heads = [cell.text.strip().casefold() for cell in header.cells]
    titled = [n for n, name in enumerate(names) if name == "title"]
    titled += [n for n, head in enumerate(heads) if lexicon.opens_with("idea", head)]
    titled += [n for n, name in enumerate(names) if name in FIELDS or not name]
    for place in titled[:1]:
        names[place] = names[place] or "title"
    return names


def is_of_field(row: Block, lexicon: Lexicon) -> bool:
    """Whether a row of a table is one field of an idea: its first cell alone is a label."""
    first, *others = [lexicon.field(cell.text, FIELDS) for cell in row.cells] or [""]
    return row.kind == "row" and bool(first) and not any(others)


def _has_titles(row: Block, lexicon: Lexicon) -> bool:
    """Whether a row has the titles of ideas: its first cell is the label of one."""
    return lexicon.field(row.cells[0].text, ("title",)) != ""


class Column(NamedTuple):
    """An idea in a column: its head, the cells below it, and the rows that they are of.

    `named` is the cell with its title, where a row has those.
    """

    head: Block
    stretches: list[Stretch]
    rows: list[Block]
    named: Block | None = None


def ideas_in_columns(lines: Sequence[Block], within: bool, lexicon: Lexicon) -> list[Column]:
    """The ideas of a table that comes next and whose rows are fields, a column for each; else none.

    Where an idea is open, `within`, the heads have to say that they are others.
    """
    header, rows = lines[0], list[Block]()
    heads = header.cells[1:] if header.header else ()
    named = [lexicon.opens_with("idea", head.text.strip()) > 0 for head in heads]
    filled = len(heads) >= _SEVERAL and all(head.text.strip() for head in heads)
    if not filled or (within and not all(named)):
        return []
    for row in lines[1:]:
        if row.kind != "row" or row.header:
            break
        rows.append(row)
    titles = next((row for row in rows if _has_titles(row, lexicon)), None)
    told = [row for row in rows if row is not titles]
    if len(told) < _SEVERAL or not all(is_of_field(row, lexicon) for row in told):
        return []
    cells = [cell if cell.text.strip() else None for cell in titles.cells[1:]] if titles else []
    cells += [None] * len(heads)
    found = [Column(head, [], rows, cell) for head, cell in zip(heads, cells, strict=False)]
    for row in told:
        name = lexicon.field(row.cells[0].text, FIELDS)
        for place, cell in enumerate(row.cells[1:]):
            if cell.text.strip():
                found[min(place, len(found) - 1)].stretches.append(Stretch(name, cell, 0))
    return found

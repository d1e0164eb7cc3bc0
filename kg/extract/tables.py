"""Entries in tables: columns told by their heads, and where those are silent by what stands below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from kg.diagnostics import Diagnostic
from kg.extract.context import Context
from kg.extract.entries import Entry, Stretch, entries_with_papers
from kg.extract.labels import field_at_start, find_fields, lead_behind_title, lead_ids
from kg.extract.parts import Part
from kg.ids import normalise
from kg.lexicon import Lexicon
from kg.reading import Block

__all__ = ["Table", "columns_of", "entries_of", "labelled", "rank_written", "read_table", "runs"]

_LETTER = re.compile(r"[^\W\d_]")
_URL = re.compile(r"\s*https?://\S*")
_ORDINAL = re.compile(
    r"(?:第|n°\s?|nº\s?|№\s?|top\s)?(\d{1,3})\.?\s?(?:[名位等위등]|st|nd|rd|th|[ºª°]|er|re|ère|e|ème)?",
    re.IGNORECASE,
)
_MEDALS = str.maketrans({"🥇": "1", "🥈": "2", "🥉": "3", "🔟": "10", "\ufe0f": "", "\u20e3": ""})


class Table(NamedTuple):
    """The rows of a table, and which field each column is; empty for a column that is none."""

    columns: list[str]
    rows: list[Block]

    def cells(self, row: Block) -> dict[str, list[Block]]:
        """The filled cells of a row by their fields; surplus ones belong to the last column."""
        found: dict[str, list[Block]] = {name: [] for name in ("", *self.columns)}
        for number, cell in enumerate(row.cells):
            if cell.text.strip():
                last = min(number, len(self.columns) - 1)
                found[self.columns[last] if self.columns else ""].append(cell)
        return found

    def entry(self, row: Block) -> Entry:
        """The cell with the paper's identifier as an entry of one line; without `lead` if none has one."""
        cells = (*self.cells(row).get("paper", ()), *row.cells)
        for cell in cells:
            lead = lead_ids(cell) or lead_behind_title(cell)
            if lead:
                return Entry(lead, [cell])
        return Entry(None, [row])

    def stretches(
        self, row: Block, entry: Entry, fields: tuple[str, ...], lexicon: Lexicon
    ) -> list[Stretch]:
        """The cells beside that of the paper by their fields; those of none, unless labels part them, are of the last."""
        return [
            Stretch(field or fields[-1], part, 0, len(part.text))
            for name, cells in self.cells(row).items()
            for cell in cells
            if cell is not entry.lines[0] and name not in ("rank", "link")
            for field, part in ([] if name else labelled(cell, fields, lexicon)) or [(name, cell)]
        ]


def columns_of(header: Block, lexicon: Lexicon, names: tuple[str, ...]) -> list[str]:
    """Which field each column of a table is; empty for a head that names none."""
    return [lexicon.field(cell.text.partition("(")[0], names) for cell in header.cells]


def runs(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Blocks parted into tables, each from its header on, and what stands between them."""
    table = 0

    def key(block: Block) -> tuple[bool, int]:
        nonlocal table
        table += block.kind == "row" and block.header
        return block.kind == "row", table

    for _, run in groupby(blocks, key):
        yield list(run)


def read_table(
    run: list[Block], names: tuple[str, ...], context: Context
) -> tuple[Table, list[Diagnostic]]:
    """A table whose columns are some of `names`, and remarks on the others.

    A column that only counts is the rank, one that has the identifiers the
    paper. If one head is left that is not known and one field that has no
    column, they belong together. Of two columns of one field, one that has no
    words is a mark on it.
    """
    heads = run[0].cells if run[0].header else ()
    rows = [row for row in run if not row.header]
    columns = columns_of(run[0], context.lexicon, names) if heads else list(names)
    unknown = [n for n, name in enumerate(columns) if not name and _below(rows, n)]
    for name, fits in (("rank", _counts), ("paper", _cites)):
        found = [n for n in range(len(columns)) if fits(_below(rows, n))]
        found = [n for n in found if n in unknown or columns[n] == "title"]
        if name not in columns and found:
            columns[found[0]] = name
            unknown = [n for n in unknown if n != found[0]]
    unknown = [
        n
        for n in unknown
        if not _counts(_below(rows, n))
        and not all(labelled(cell, names, context.lexicon) for cell in _below(rows, n))
    ]
    for number in [n for n, name in enumerate(columns) if columns.count(name) > 1 and name]:
        cells = _below(rows, number)
        if cells and not any(map(_LETTER.search, (cell.text for cell in cells))):
            columns[number] = ""
            unknown.append(number)
    for number in [n for n in unknown if "paper" in columns and _addresses(_below(rows, n))]:
        columns[number] = "link"
        unknown.remove(number)
    missing = [name for name in names if name not in ("rank", "title", *columns)]
    taken = missing[0] if len(missing) == len(unknown) == 1 else ""
    remarks = []
    for number in unknown:
        head = heads[number]
        known = ", ".join(names)
        message = f"column {normalise(head.text)!r} is none of {known}"
        if taken:
            message += f"; it was read as the {taken}"
            columns[number] = taken
        place = head if head.pieces else _below(rows, number)[0]
        remarks.append(context.problem("unknown-column", message, place))
    return Table(columns, rows), remarks


def labelled(cell: Block, names: Iterable[str], lexicon: Lexicon) -> list[tuple[str, Block]]:
    """What stands behind each label in a cell that opens with one, as in a column of two fields; else nothing."""
    fields = tuple(name for name in names if name not in ("rank", "paper", "title", ""))
    first = field_at_start(cell, lexicon, fields)
    if first is None or cell.text[: first.start].strip(" \n*_-–•"):
        return []
    cuts = {(one.start, one.content, one.name) for one in find_fields(cell, lexicon, fields)}
    if not any(start == first.start for start, _, _ in cuts):
        cuts.add((first.start, first.content, first.name))
    ordered = sorted(cuts)
    ends = [*(start for start, _, _ in ordered[1:]), len(cell.text)]
    return [
        (name, cell.part(content, end))
        for (_, content, name), end in zip(ordered, ends, strict=True)
    ]


def _below(rows: list[Block], number: int) -> list[Block]:
    """The filled cells of a column."""
    cells = (row.cells[number] for row in rows if number < len(row.cells))
    return [cell for cell in cells if cell.text.strip()]


def _counts(cells: list[Block]) -> bool:
    """Whether cells say no more than 1, 2, 3 …."""
    written = [rank_written(cell.text) for cell in cells]
    return bool(cells) and written == [str(n) for n in range(1, len(cells) + 1)]


def rank_written(text: str) -> str:
    """The number a cell shows, also as a medal or a key, or as an ordinal: `1st`, `第1名`, `2위`."""
    text = text.translate(_MEDALS).strip("#*. ")
    ordinal = _ORDINAL.fullmatch(text)
    return ordinal[1] if ordinal else text


def _cites(cells: list[Block]) -> bool:
    """Whether each cell has an identifier."""
    return bool(cells) and all(any(m.paper for m in cell.mentions()) for cell in cells)


def _addresses(cells: list[Block]) -> bool:
    """Whether each cell is but the address of a paper, or a link to one whatever it is called."""
    return bool(cells) and all(
        len(found := cell.mentions()) == 1
        and found[0].paper is not None
        and (found[0].linked or _URL.match(cell.text) is not None)
        and not _LETTER.search(_URL.sub("", cell.text[: found[0].start]))
        and not _LETTER.search(cell.text, found[0].end)
        for cell in cells
    )


def entries_of(
    part: Part, columns: tuple[str, ...], fields: tuple[str, ...], context: Context
) -> Iterator[Diagnostic | tuple[Entry, list[Stretch], list[Block]]]:
    """The entries of a section in order, be they rows or lines: each with the cells that are not the paper's.

    The last is all blocks of the entry, in which its words stand.
    """
    for run in runs(part.blocks):
        if run[0].kind != "row":
            for entry in entries_with_papers(run, context.lexicon, fields):
                yield entry, [], entry.blocks
            continue
        table, remarks = read_table(run, columns, context)
        yield from remarks
        for row in table.rows:
            entry = table.entry(row)
            beside = [cell for cell in row.cells if cell is not entry.lines[0]]
            yield (
                entry,
                table.stretches(row, entry, fields, context.lexicon),
                [*entry.lines, *beside],
            )

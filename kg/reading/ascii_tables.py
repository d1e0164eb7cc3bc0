"""Tables drawn with dashes, as pandoc writes them (`+---+---+`, or rules over columns), as tables of Markdown."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple
from unicodedata import east_asian_width

from kg.reading.rewriting import Writer, fences
from kg.reading.seams import Seams

__all__ = ["with_tables"]

_GRID = re.compile(r"[ \t]{0,3}\+(?:[-=:]{2,}\+)+\s*")
_RULE = re.compile(r" {0,3}-{2,}(?: +-{2,})+\s*")
_WHOLE = re.compile(r" {0,3}-{8,}\s*")
_APART = re.compile(r"-- +--")
"""What stands in a rule over columns."""
_DASHES = re.compile(r"-+")
_WIDE = ("W", "F")
_TALL = 8
"""Lines that a header has at most."""

Slice = tuple[int, int]


class _Line(NamedTuple):
    """A line and the byte that it begins at."""

    text: str
    byte: int

    def slices(self, columns: Sequence[int]) -> list[Slice] | None:
        """The characters between some columns; None where a word stands across one."""
        text = self.text.rstrip()
        places = [_at(text, column) for column in columns]
        if any(text[at - 1 : at].strip() for at in places[1:] if at < len(text)):
            return None
        ends = [*places[1:], len(text)]
        return list(zip(places, ends, strict=True)) if not text[: places[0]].strip() else None

    def bytes(self, start: int, end: int) -> Slice:
        """Where some characters stand, without the space around them."""
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        first = self.byte + len(self.text[:start].encode())
        return first, first + len(words.strip().encode())


class _Table(NamedTuple):
    """Rows of cells, each of slices of bytes; how many of them are the header; the first and last line."""

    rows: list[list[list[Slice]]]
    head: int
    first: int
    last: int


def with_tables(text: str, seams: Seams) -> tuple[str, Seams]:
    """A text whose drawn tables are such of Markdown, and where that lies in the document.

    Cells that span others, and what has words across a column, stay as they are.
    """
    if "+--" not in text and not _APART.search(text):
        return text, seams
    data = text.encode()
    lines, byte = [], 0
    for line in text.splitlines(keepends=True):
        lines.append(_Line(line, byte))
        byte += len(line.encode())
    writer, done, fenced = Writer(data), 0, fences(data)
    for table in _tables(lines):
        start = lines[table.first].byte
        end = lines[table.last].byte + len(lines[table.last].text.encode())
        if start >= done and not bisect_right(fenced, start) % 2:
            writer.copy(done, start)
            _write(table, start, writer)
            done = end
    if not writer.made:
        return text, seams
    writer.copy(done, len(data))
    found = seams.over(writer.stretches)
    found.made = writer.made
    return b"".join(writer.parts).decode(), found


def _write(table: _Table, start: int, writer: Writer) -> None:
    """The rows with bars around their cells, the header above its rule: an empty one where there is none."""
    begin, at, width = writer.length, start, len(table.rows[0])
    for number in range(-(not table.head), len(table.rows)):
        for cell in table.rows[number] if number >= 0 else [[]] * width:
            writer.put(b"|", at, 0)
            for first, last in cell:
                writer.put(b" ", first, 0)
                writer.copy_escaped(first, last)
                at = last
        writer.put(b" |\n", at, 0)
        if number == table.head - 1:
            writer.put(b"|---" * width + b"|\n", at, 0)
    writer.made.append((begin, writer.length))
    writer.put(b"\n", at, 0)


def _tables(lines: list[_Line]) -> Iterator[_Table]:
    number = 0
    while number < len(lines):
        text = lines[number].text
        table = None
        if text.lstrip()[:1] == "+" and _GRID.fullmatch(text):
            table = _grid(lines, number)
        elif "--" in text and _RULE.fullmatch(text):
            table = _ruled(lines, number)
        if table:
            yield table
        number = table.last + 1 if table else number + 1


def _grid(lines: list[_Line], first: int) -> _Table | None:
    """A table whose cells have lines all around them, up to the first that spans others."""
    rule = lines[first].text.rstrip()
    columns = [at for at, sign in enumerate(rule) if sign == "+"]
    rows, head, group = list[list[list[Slice]]](), 0, list[list[Slice]]()
    last = first
    for number in range(first + 1, len(lines)):
        text = lines[number].text.rstrip()
        if _GRID.fullmatch(text):
            if [at for at, sign in enumerate(text) if sign == "+"] != columns or not group:
                break
            rows.append([list(filter(_filled, cell)) for cell in zip(*group, strict=True)])
            head, group, last = int(head or ("=" in text and len(rows) == 1)), [], number
            continue
        bars = [at for at, sign in enumerate(text) if sign == "|"]
        if len(bars) != len(columns):
            bars = [_at(text, column) for column in columns]
        if any(text[bar : bar + 1] != "|" for bar in bars):
            break
        group.append([lines[number].bytes(a + 1, b) for a, b in pairwise(bars)])
    return _Table(rows, head, first, last) if rows else None


def _ruled(lines: list[_Line], rule: int) -> _Table | None:
    """A table with a rule of dashes over each column, and a header above that or none.

    Where a rule of the whole width stands above, blank lines part the rows.
    """
    columns = [dashes.start() for dashes in _DASHES.finditer(lines[rule].text)]
    top = rule
    while top > 0 and top > rule - _TALL and lines[top - 1].text.strip():
        if _WHOLE.fullmatch(lines[top - 1].text):
            break
        top -= 1
    whole = top > 0 and _WHOLE.fullmatch(lines[top - 1].text) is not None
    if rule - top > 1 and not whole:
        return None
    last = rule + 1
    while last < len(lines):
        text = lines[last].text
        if _WHOLE.fullmatch(text) or (top == rule and _RULE.fullmatch(text)):
            break
        if not text.strip() and not whole:
            break
        last += 1
    closed = last < len(lines) and bool(lines[last].text.strip())
    if (whole or top == rule) and not closed:
        return None
    body = lines[rule + 1 : last]
    groups = [lines[top:rule]] if top < rule else []
    head = len(groups)
    if whole:
        parted = groupby(body, key=lambda line: bool(line.text.strip()))
        groups += [list(group) for filled, group in parted if filled]
    else:
        groups += [[line] for line in body]
    rows = [_cells(group, columns) for group in groups]
    if len(rows) <= head or not all(rows):
        return None
    return _Table([row for row in rows if row], head, top - whole, last if closed else last - 1)


def _cells(group: list[_Line], columns: list[int]) -> list[list[Slice]] | None:
    """The cells of a row of several lines."""
    cells: list[list[Slice]] = [[] for _ in columns]
    for line in group:
        found = line.slices(columns)
        if found is None:
            return None
        for cell, one in zip(cells, found, strict=True):
            span = line.bytes(*one)
            if _filled(span):
                cell.append(span)
    return cells


def _filled(span: Slice) -> bool:
    return span[0] < span[1]


def _at(text: str, column: int) -> int:
    """The character in a column of a fixed-width font, where those of East Asia take two."""
    if text.isascii():
        return min(column, len(text))
    width = 0
    for place, char in enumerate(text):
        if width >= column:
            return place
        width += 2 if east_asian_width(char) in _WIDE else 1
    return len(text)

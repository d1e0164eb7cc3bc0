"""Lists and list items that are open while a document is read."""

from __future__ import annotations

import re

from kg.reading.seams import Seams

__all__ = ["Item", "List"]

_MARKER = re.compile(r"[0-9]{1,9}[.)]|[-+*]")
_NARROW = re.compile(
    rb"^([ \t>]*)[-+*][ ].*\n(?:\s*\n)?\1 [-+*][ ].*\n(?:\s*\n)?\1  [-+*][ ]", re.MULTILINE
)
"""Bullets that stand one column further right each: deeper to their writer, beside each other to CommonMark."""


_MARGIN = 80
_TAGGED = -1
"""The column of the marker of an item made by a tag: no line stands left of it."""


class List:
    """A list: how deep its items are, in a `narrow` one and the lists in it by their columns.

    `within` is the item that holds it, `outer` the list of that item.
    """

    __slots__ = ("_columns", "_depth", "narrow")

    def __init__(self, base: int, within: Item | None, outer: List | None) -> None:
        self._depth = base if within is None else within.depth + within.filled
        self._columns: list[int] = []
        self.narrow = False
        if within is not None:
            within.filled = True
        if outer is not None and outer.narrow:
            self.narrow, self._depth, self._columns = True, outer._depth, outer._columns

    def measure(self, seams: Seams, start: int, end: int) -> None:
        """Tells by the bullets whether the list is narrow."""
        data, first, last = seams.document.data, seams.byte(start), seams.byte(end)
        begin = data.rfind(b"\n", 0, first) + 1
        head = data[first : first + _MARGIN]
        first += len(head) - len(head.lstrip())
        deeper = b"\n%b %b " % (data[begin:first], data[first : first + 1])
        if not self.narrow and data.find(deeper, first, last) >= 0:
            self.narrow = _NARROW.search(data, begin, last) is not None

    def depth_at(self, column: int) -> int:
        """How deep an item is whose marker stands in a column."""
        if not self.narrow:
            return self._depth
        while self._columns and self._columns[-1] >= column:
            self._columns.pop()
        self._columns.append(column)
        return self._depth + len(self._columns) - 1


class Item:
    """A list item: where its marker and its content stand, and whether it has any content yet."""

    __slots__ = ("column", "content", "depth", "filled", "marker")

    def __init__(self, seams: Seams, start: int, end: int, parent: List) -> None:
        text = seams.text(start, min(end, start + 400))
        indent = len(text) - len(text.lstrip(" \t"))
        found = _MARKER.match(text, indent)
        self.marker = found[0] if found else ""
        column = seams.column(start + indent)
        self.depth = parent.depth_at(column)
        self.column = column if found else _TAGGED
        self.content = column + len(self.marker) + 1
        self.filled = False

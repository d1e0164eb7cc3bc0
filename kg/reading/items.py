"""List items that are open while a document is read."""

from __future__ import annotations

import re

from kg.reading.seams import Seams

__all__ = ["Item"]

_MARKER = re.compile(r"[0-9]{1,9}[.)]|[-+*]")


class Item:
    """A list item: where its marker and its content stand, and whether it has any content yet."""

    __slots__ = ("column", "content", "depth", "filled", "marker")

    def __init__(self, seams: Seams, start: int, end: int, depth: int) -> None:
        text = seams.text(start, min(end, start + 400))
        indent = len(text) - len(text.lstrip(" \t"))
        found = _MARKER.match(text, indent)
        self.depth = depth
        self.marker = found[0] if found else ""
        self.column = seams.column(start + indent)
        self.content = self.column + len(self.marker) + 1
        self.filled = False

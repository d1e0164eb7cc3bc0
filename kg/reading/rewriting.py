"""A text that is written anew before it is read, and what of it stands for which part of the old one."""

from __future__ import annotations

import re

from kg.reading.seams import Stretch

__all__ = ["Writer", "fences"]

_FENCE = re.compile(rb"^[ \t>]*(`{3,}|~{3,})([^\n]*)$", re.MULTILINE)


class Writer:
    """Puts a text together: stretches of the old one, and marks of Markdown for what was drawn or tagged."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.length = 0
        self.parts: list[bytes] = []
        self.stretches: list[Stretch] = []
        self.made: list[tuple[int, int]] = []
        """Where tables were made of what had been drawn."""

    def copy(self, start: int, end: int) -> None:
        """Takes a stretch over."""
        self.put(self.data[start:end], start, 1)

    def copy_escaped(self, start: int, end: int) -> None:
        """The same within a cell, which a bar would end."""
        while (bar := self.data.find(b"|", start, end)) >= 0:
            self.copy(start, bar)
            self.put(b"\\", bar, 0)
            self.copy(bar, bar + 1)
            start = bar + 1
        self.copy(start, end)

    def put(self, text: bytes, byte: int, step: int) -> None:
        """Adds bytes that stand for a byte of the old text, or with `step` 1 for those from it on."""
        if text:
            self.stretches.append((self.length, byte, step))
            self.parts.append(text)
            self.length += len(text)


def fences(data: bytes) -> list[int]:
    """Where fences of code open and close, in turn."""
    found: list[int] = []
    mark = b""
    for fence in _FENCE.finditer(data):
        closes = fence[1].startswith(mark) and not fence[2].strip()
        if not mark or closes:
            found.append(fence.start())
            mark = b"" if mark else fence[1]
    return found

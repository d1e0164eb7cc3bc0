"""Where the text that is being parsed lies in the document."""

from __future__ import annotations

from bisect import bisect_right

from kg.reading.document import Document

__all__ = ["Seams", "Stretch"]

Stretch = tuple[int, int, int]
"""An offset in the text, the byte that stands there, and 1; 0 where all of the stretch stands for that byte."""


class Seams:
    """Maps offsets in a text put together from stretches of a document to the document's bytes.

    `stretches` are in order, each good up to the next, all offsets in UTF-8 bytes.
    """

    def __init__(self, document: Document, stretches: list[Stretch]) -> None:
        self.document = document
        self._stretches = stretches
        self._counted = (0, 0)
        self._only = len(stretches) == 1
        self._shift = stretches[0][1] - stretches[0][0]
        self.made: list[tuple[int, int]] = []
        """Where the text has tables that were made of drawn ones, in order."""

    def is_made(self, offset: int) -> bool:
        """Whether the text at an offset is of such a table."""
        place = bisect_right(self.made, (offset, 1 << 62)) - 1
        return place >= 0 and offset < self.made[place][1]

    def byte(self, offset: int) -> int:
        """The byte of the document at an offset of the text."""
        if self._only:
            return offset + self._shift
        base, byte, step = self._stretches[self._place(offset)]
        return byte + (offset - base) * step

    def _place(self, offset: int) -> int:
        """Which stretch an offset is in."""
        return bisect_right(self._stretches, (offset, 1 << 62)) - 1

    def over(self, stretches: list[Stretch]) -> Seams:
        """The seams of a text put together from stretches of this one."""
        found: list[Stretch] = []
        ends = [base for base, _, _ in stretches[1:]]
        for (base, old, step), end in zip(stretches, [*ends, 1 << 62], strict=True):
            place = self._place(old) + 1
            found.append((base, self.byte(old), step * self._stretches[place - 1][2]))
            while step and place < len(self._stretches):
                begin, byte, own = self._stretches[place]
                if begin - old + base >= end:
                    break
                found.append((begin - old + base, byte, own))
                place += 1
        return Seams(self.document, found or self._stretches)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The document's bytes of a stretch, half open; a seam at its end is not crossed."""
        first = self.byte(start)
        if end <= start or self._only:
            return first, first + max(0, end - start)
        return first, self.byte(end - 1) + self._stretches[self._place(end - 1)][2]

    def slice(self, start: int, end: int) -> bytes:
        """The document's bytes between two offsets of one stretch."""
        first, last = self.span(start, end)
        return self.document.data[first:last]

    def text(self, start: int, end: int) -> str:
        """The same as text."""
        return self.slice(start, end).decode(errors="replace")

    def column(self, offset: int) -> int:
        """The column of an offset in its line, from 0, tabs expanded to stops of four."""
        byte = self.byte(offset)
        starts = self.document.line_starts
        begin = starts[bisect_right(starts, byte) - 1]
        if begin > self._counted[0] or byte < self._counted[0]:
            self._counted = (begin, 0)
        start, before = self._counted  # a line may be as long as the document
        shift = before % 4
        width = len((b" " * shift + self.document.data[start:byte]).expandtabs(4))
        column = before - shift + width
        self._counted = (byte, column)
        return column

    def line_length(self, offset: int) -> int:
        """How many characters there are from an offset to the end of its line."""
        byte = self.byte(offset)
        starts = self.document.line_starts
        place = bisect_right(starts, byte)
        end = starts[place] if place < len(starts) else len(self.document.data)
        return len(self.document.data[byte:end].decode(errors="replace").rstrip())

    def within(self, spans: list[tuple[int, int]]) -> tuple[Seams, str]:
        """The text of some spans put together, with the seams between them."""
        stretches: list[Stretch] = []
        text = b""
        for start, end in spans:
            stretches.append((len(text), self.byte(start), 1))
            text += self.slice(start, end)
        return Seams(self.document, stretches or [(0, 0, 1)]), text.decode(errors="replace")

"""Where the text that is being parsed lies in the document."""

from __future__ import annotations

from bisect import bisect_right

from kg.reading.document import Document

__all__ = ["Seams"]


class Seams:
    """Maps offsets in a text put together from stretches of a document to the document's bytes.

    `pairs` are (offset in the text, byte of the document), each good up to the
    next, all offsets in UTF-8 bytes.
    """

    def __init__(self, document: Document, pairs: list[tuple[int, int]]) -> None:
        self.document = document
        self._pairs = pairs
        self._only = len(pairs) == 1
        self._shift = pairs[0][1] - pairs[0][0]

    def byte(self, offset: int) -> int:
        """The byte of the document at an offset of the text."""
        if self._only:
            return offset + self._shift
        base, byte = self._pairs[bisect_right(self._pairs, (offset, 1 << 62)) - 1]
        return byte + offset - base

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The document's bytes of a stretch, half open; a seam at its end is not crossed."""
        first = self.byte(start)
        return first, self.byte(end - 1) + 1 if end > start else first

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
        return len(self.document.data[begin:byte].expandtabs(4))

    def line_length(self, offset: int) -> int:
        """How many characters there are from an offset to the end of its line."""
        byte = self.byte(offset)
        starts = self.document.line_starts
        place = bisect_right(starts, byte)
        end = starts[place] if place < len(starts) else len(self.document.data)
        return len(self.document.data[byte:end].decode(errors="replace").rstrip())

    def within(self, spans: list[tuple[int, int]]) -> tuple[Seams, str]:
        """The text of some spans put together, with the seams between them."""
        pairs: list[tuple[int, int]] = []
        text = b""
        for start, end in spans:
            pairs.append((len(text), self.byte(start)))
            text += self.slice(start, end)
        return Seams(self.document, pairs or [(0, 0)]), text.decode(errors="replace")

"""Lists of HTML as lists of Markdown, nested as their tags are, however their lines are indented."""

from __future__ import annotations

import re
from bisect import bisect_right

from kg.reading.rewriting import Writer, fences
from kg.reading.seams import Seams

__all__ = ["too_deep", "with_bullets"]

_BEGIN = re.compile(rb"^[ \t>]*<(?:ol|ul|li)(?:\s[^<>\n]*)?>", re.MULTILINE | re.IGNORECASE)
"""Where a list begins: a line that opens with its tag. With a bar outside of it, it is a row of a table."""
_TAG = re.compile(rb"<(/?)(ol|ul|li|p|div|h[1-6])(?:\s[^<>\n]*)?>", re.IGNORECASE)
_LISTS = (b"ol", b"ul")
_TAG_OR_HEADING = re.compile(rb"(?m:^[ \t>]*#{1,6}[ \t])|" + _TAG.pattern, re.IGNORECASE)
_BLANK = re.compile(rb"\n[ \t>\r]*(?=\n)|\Z")
_MARGIN = re.compile(rb"[ \t>]*")
_WORDS = re.compile(rb"[ \t]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)*")
"""What stands before the words of a line."""
_STEP, _DEEPEST = 2, 64
"""Columns by which a list is indented in another, and at most: more would take the square of the time."""


def with_bullets(text: str, seams: Seams) -> tuple[str, Seams]:
    """A text with bullets for the tags of its lists, and where that lies in the document.

    A list ends with its tag; one that is never closed ends at the next blank line.
    """
    if "<li" not in text and "<LI" not in text:
        return text, seams
    data = text.encode()
    writer, done = _Writer(data), 0
    closed, fenced = _closed(data), fences(data)
    for begin in _BEGIN.finditer(data):
        start = begin.start()
        if start < done or bisect_right(fenced, start) % 2:
            continue
        first = _TAG.search(data, start)
        end = closed.get(first.start(), 0) if first else 0
        line = data.find(b"\n", start)
        if data.find(b"|", end or start, line if line >= 0 else len(data)) >= 0:
            continue
        writer.copy(done, start)
        blank = None if end else _BLANK.search(data, start)
        done = end or (blank.start() if blank else len(data))
        writer.list_between(start, done)
    writer.copy(done, len(data))
    return b"".join(writer.parts).decode(), seams.over(writer.stretches)


def too_deep(data: bytes) -> int:
    """Where a list begins that is nested deeper than lists can be indented here; -1 if none does.

    What is deeper stands beside what is as deep as can be.
    """
    deep = 0
    for tag in _TAG_OR_HEADING.finditer(data) if b"<li" in data or b"<LI" in data else ():
        if not tag[2]:
            deep = 0
        elif tag[2].lower() in _LISTS:
            deep = max(0, deep + (-1 if tag[1] else 1))
        if deep > _DEEPEST // _STEP + 1:
            return tag.start()
    return -1


def _closed(data: bytes) -> dict[int, int]:
    """Where each list that begins at a byte ends; a heading leaves all open ones without an end."""
    found: dict[int, int] = {}
    open_: list[int] = []
    for tag in _TAG_OR_HEADING.finditer(data):
        if not tag[2]:
            open_.clear()
        elif tag[2].lower() in _LISTS and not tag[1]:
            open_.append(tag.start())
        elif tag[2].lower() in _LISTS and open_:
            found[open_.pop()] = tag.end()
    return found


class _Writer(Writer):
    """Writes marks of Markdown for tags."""

    def list_between(self, start: int, end: int) -> None:
        """Writes a list, from the start of its line on."""
        found = _MARGIN.match(self.data, start)
        written = found[0] if found else b""
        self._margin = self._fitting(written, start)
        self._open: list[list[int]] = []
        """How far the bullets of each open list are indented, and whether it has any."""
        self._indent = 0
        self._bare = self._apart = False
        """Whether a bullet has no words yet; whether words would go on behind a tag that ends some."""
        at = start + len(written)
        for tag in _TAG.finditer(self.data, start, end):
            self._words(at, tag.start())
            self._tag(tag)
            at = tag.end()
        self._words(at, end)
        self.put(self._blank(), end, 0)

    def _fitting(self, margin: bytes, start: int) -> bytes:
        """The margin of a list, no wider than the line above has it for its words: else it would be code."""
        quote = margin.rfind(b">") + 1
        if quote:
            return margin[:quote] + b" "
        above = b""
        while start > 0 and not above.strip():
            end = start - 1
            start = self.data.rfind(b"\n", 0, end) + 1
            above = self.data[start:end]
        lead = _WORDS.match(above)
        most = len(lead[0].expandtabs(4)) if lead else 0
        return b" " * min(most, len(margin.expandtabs(4)))

    def _blank(self) -> bytes:
        """A line without words, and the margin of the next."""
        return b"\n" + self._margin + b"\n" + self._margin

    def _tag(self, tag: re.Match[bytes]) -> None:
        item, closing = tag[2].lower() == b"li", bool(tag[1])
        if not item and tag[2].lower() not in _LISTS:
            self._apart, self._column = not self._bare, -1
            return
        if not (item or closing):
            self._open.append([self._indent_within(), 0])
            self._indent = self._open[-1][0]
        elif item and not closing:
            if not self._open:
                self._open.append([0, 0])
            bullets = self._open[-1]
            self.put(b"\n" + self._margin + b" " * bullets[0] + b"- ", tag.start(), 0)
            bullets[1], self._indent = 1, bullets[0] + _STEP
        else:
            if not item and self._open:
                self._open.pop()
            self._indent = (
                self._indent_within() if not item else self._open[-1][0] if self._open else 0
            )
        self._bare, self._apart, self._column = item and not closing, not item or closing, -1

    def _indent_within(self) -> int:
        """How far what stands in the last item of the innermost list is indented."""
        indent, filled = self._open[-1] if self._open else (0, 0)
        return min(indent + _STEP * filled, _DEEPEST)

    def _words(self, start: int, end: int) -> None:
        """Words between tags; lines of them keep how they are indented beside each other."""
        for number, line in enumerate(self.data[start:end].split(b"\n")):
            margin = _MARGIN.match(line)
            skipped = margin.end() if margin else 0
            if line.strip(b" \t>\r"):
                if self._apart:
                    self.put(self._blank() + b" " * self._indent, start, 0)
                elif not self._bare and number:
                    column = len(line[:skipped].expandtabs(4))
                    self._column = column if self._column < 0 else self._column
                    deeper = min(max(0, column - self._column), _DEEPEST)
                    self.copy(start - 1, start)
                    self.put(self._margin + b" " * (self._indent + deeper), start, 0)
                elif not self._bare:
                    skipped = 0
                self.copy(start + skipped, start + len(line))
                self._bare = self._apart = False
            elif number and start < end and not (self._bare or self._apart):
                self.copy(start - 1, start)
                self.put(self._margin, start, 0)
            start += len(line) + 1

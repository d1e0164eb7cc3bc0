"""A block while it is being read: what it holds grows, and is handed over when it ends."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from kg.reading.document import Piece
from kg.reading.outline import Block

__all__ = ["Draft"]

_TICK = re.compile(r"\[[ xX✓✔]\]\s+(?=\S)")
"""The box of a task: to be ticked, it is as a bullet."""


@dataclass(slots=True)
class Draft:
    """The block to be, and its text in parts; `line` is the first part of the current line."""

    block: Block
    length: int = 0
    line: int = 0
    parts: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    links: list[tuple[int, int, str]] = field(default_factory=list)
    ranges: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    def put(self, text: str, piece: Piece) -> None:
        """Adds text, if there is any, and where it stands in the document."""
        if not text:
            return
        self.pieces.append(piece)
        self.parts.append(text)
        self.length += len(text)

    def is_strong(self) -> bool:
        """Whether all of it so far is one strong run."""
        return self.length > 0 and self.ranges["strong"] == [(0, self.length)]

    def finished(self) -> Block:
        """The block with all that was read; an item without the box of a task before its words."""
        block = self.block
        block.text = "".join(self.parts)
        block.pieces = tuple(self.pieces)
        block.links = sorted(self.links) if self.links else ()
        block.strong, block.emphasis, block.code = (
            _outer(self.ranges[name]) if name in self.ranges else ()
            for name in ("strong", "emphasis", "code")
        )
        tick = _TICK.match(block.text) if block.kind == "item" else None
        return block.part(tick.end(), len(block.text)) if tick else block


def _outer(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order, without those within another: bold in bold is but bold."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(ranges, key=lambda one: (one[0], -one[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found

"""TriG: Turtle with a named graph per digest, after the default graph of what they share.

The union of all graphs is the Turtle file. The facts of a graph are found among
all others, so that its text waits until all of it is known: in memory while it
is little, then in a temporary file.
"""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING

from kg.export.triples import Triples
from kg.export.turtle import declarations, losses, turtle_text
from kg.ids import DEFAULT_BASE

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

__all__ = ["dump", "losses"]

_IN_MEMORY = 2**23
"""Bytes: more than the text of any one digest seen so far."""


def dump(graph: KnowledgeGraph, base: str = DEFAULT_BASE) -> Iterator[bytes]:
    """Prefixes, the default graph, then each digest's graph; the same graph gives the same bytes."""
    places: dict[str, list[tuple[int, int]]] = {}
    with SpooledTemporaryFile(_IN_MEMORY) as kept:
        yield declarations()
        for owner, block in Triples(graph, base).owned():
            text = turtle_text(block).encode()
            if not owner:
                yield b"\n" + text
            else:
                places.setdefault(owner, []).append((kept.tell(), len(text)))
                kept.write(text)
        for owner, texts in sorted(places.items()):
            yield f"\n<{owner}> {{\n".encode()
            for start, length in texts:
                kept.seek(start)
                yield kept.read(length)
            yield b"}\n"

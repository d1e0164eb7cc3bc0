"""TriG: Turtle with a named graph per digest, after the default graph of what they share.

The union of all graphs is the Turtle file. The text of each graph is kept in
memory until all of it is known, since its facts are found among all others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.export.triples import Triples
from kg.export.turtle import losses, prefixes, subject_text
from kg.ids import DEFAULT_BASE

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

__all__ = ["dump", "losses"]


def dump(graph: KnowledgeGraph, base: str = DEFAULT_BASE) -> Iterator[bytes]:
    """Prefixes, the default graph, then each digest's graph; the same graph gives the same bytes."""
    known = prefixes()
    found: dict[ox.NamedNode | None, list[bytes]] = {None: []}
    for owner, block in Triples(graph, base).owned():
        declared, text = subject_text(block, known)
        if not any(found.values()):
            yield declared
        found.setdefault(owner, []).append(text)
    yield from (b"\n" + text for text in found.pop(None))
    for owner, texts in sorted(found.items(), key=lambda item: str(item[0])):
        yield f"\n{owner} {{\n".encode()
        yield from texts
        yield b"}\n"

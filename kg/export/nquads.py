"""N-Quads: one fact on a line, with the digest that says it as its named graph.

What no digest owns alone (papers, topics, keywords, concept schemes) stands in
the default graph; the union of all graphs is the Turtle file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.export.ntriples import lines
from kg.export.triples import Triples
from kg.export.turtle import losses
from kg.ids import DEFAULT_BASE

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

__all__ = ["dump", "losses"]


def dump(graph: KnowledgeGraph, base: str = DEFAULT_BASE) -> Iterator[bytes]:
    """The lines of a subject at a time; the same graph gives the same bytes."""
    for owner, block in Triples(graph, base).owned():
        yield lines(block, owner).encode()

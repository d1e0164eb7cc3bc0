"""N-Triples: the triples of the Turtle file, one on a line, for tools that read line by line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.export.triples import Block, Triples
from kg.export.turtle import losses
from kg.ids import DEFAULT_BASE

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

__all__ = ["dump", "lines", "losses"]


def dump(graph: KnowledgeGraph, base: str = DEFAULT_BASE) -> Iterator[bytes]:
    """The lines of a subject at a time; the same graph gives the same bytes."""
    for block in Triples(graph, base).blocks():
        yield lines(block, ".")


def lines(block: Block, end: str) -> bytes:
    """A line for each triple of a subject, as Oxigraph writes its terms, with `end` at its end.

    Joined here, since a triple made only to be written costs more than its line.
    """
    subject, said = block
    return "".join([f"{subject} {predicate} {value} {end}\n" for predicate, value in said]).encode()

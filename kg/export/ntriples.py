"""N-Triples: the triples of the Turtle file, one on a line, for tools that read line by line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.export.blocks import Block
from kg.export.terms import QUOTE
from kg.export.triples import Triples
from kg.export.turtle import losses
from kg.ids import DEFAULT_BASE

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

__all__ = ["dump", "lines", "losses"]


def dump(graph: KnowledgeGraph, base: str = DEFAULT_BASE) -> Iterator[bytes]:
    """The lines of a subject at a time; the same graph gives the same bytes."""
    for block in Triples(graph, base).blocks():
        yield lines(block).encode()


def lines(block: Block, graph: str = "") -> str:
    """A line for each triple of a subject, in the named graph with that IRI if there is one."""
    subject = block.subject
    end = f"<{graph}> ." if graph else "."
    return "".join(
        [
            f"<{subject}> <{predicate}> {value if value[0] == QUOTE else f'<{value}>'} {end}\n"
            for predicate, value in block.said
        ]
    )

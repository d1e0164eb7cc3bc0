"""N-Quads: one fact on a line, with the digest that says it as its named graph.

What no digest owns alone (papers, topics, keywords, concept schemes) stands in
the default graph; the union of all graphs is the Turtle file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.export.ntriples import lines
from kg.export.triples import Triples
from kg.export.turtle import losses
from kg.ids import DEFAULT_BASE

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

__all__ = ["dump", "losses", "quads"]


def dump(graph: KnowledgeGraph, base: str = DEFAULT_BASE) -> Iterator[bytes]:
    """The lines of a subject at a time; the same graph gives the same bytes."""
    for owner, block in Triples(graph, base).owned():
        yield lines(block, f"{owner} ." if owner else ".")


def quads(graph: KnowledgeGraph, base: str = DEFAULT_BASE) -> Iterator[ox.Quad]:
    """All quads in a fixed order, each once; those of a subject and a graph side by side."""
    for owner, (subject, said) in Triples(graph, base).owned():
        for predicate, value in said:
            yield ox.Quad(subject, predicate, value, owner)

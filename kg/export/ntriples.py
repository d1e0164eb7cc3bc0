"""N-Triples: the triples of the Turtle file, one on a line, for tools that read line by line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.export.turtle import losses, triples
from kg.ids import DEFAULT_BASE

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

__all__ = ["dump", "losses"]

_PER_CHUNK = 2000


def dump(graph: KnowledgeGraph, base: str = DEFAULT_BASE) -> Iterator[bytes]:
    """The lines in chunks; the same graph gives the same bytes."""
    found = triples(graph, base)
    while chunk := list(islice(found, _PER_CHUNK)):
        yield ox.serialize(chunk, format=ox.RdfFormat.N_TRIPLES) or b""

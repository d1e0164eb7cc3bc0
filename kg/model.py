"""The facts: nodes, edges, and the runs of text that say so.

They are named tuples: a digest makes thousands, and a tuple takes a third of
the time and a fifth of the memory of a pydantic model. What comes from outside
goes through `checked`, where pydantic makes sure of every field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple, TypeVar, cast

__all__ = ["Edge", "Node", "Scalar", "Source", "Value", "checked"]

Fact = TypeVar("Fact", "Source", "Edge")

Scalar = str | bool | int | float
Value = Scalar | tuple[str, ...]


class Source(NamedTuple):
    """A run of characters in a digest: the evidence for a fact.

    `start` and `end` are offsets in the UTF-8 bytes of the text, half open, so
    that `data[start:end].decode() == text`; `line` and `column` count from 1,
    columns in characters. `offset` counts the characters before it, so that
    `document.text[offset:offset + len(text)] == text`; -1 where nobody counted.
    """

    file: str
    section: str
    line: int
    column: int
    start: int
    end: int
    text: str
    offset: int = -1

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        """Place in the files; the section tells apart what nothing else does."""
        return (self.file, self.start, self.end, self.section)


class _Node(NamedTuple):
    id: str
    type: str
    label: str
    attributes: dict[str, Value]
    sources: tuple[Source, ...]


class Node(_Node):
    """A typed thing; two nodes with one `id` are one thing.

    `type` is a class of the ontology and `attributes` are its datatype
    properties, by the names the ontology gives them. A property with several
    values holds a sorted tuple of strings.
    """

    __slots__ = ()

    def __new__(
        cls,
        id: str,
        type: str,
        label: str = "",
        attributes: dict[str, Value] | None = None,
        sources: tuple[Source, ...] = (),
    ) -> Node:
        """A node with attributes of its own, where none are given."""
        return super().__new__(
            cls, id, type, label, {} if attributes is None else attributes, sources
        )


class Edge(NamedTuple):
    """A typed relation between two nodes, as one digest states it.

    `basis` is set on citations only: `identifier` where the id is written,
    `name` where a name stands for it. `mentions` counts how often the digest
    says it, and `sources` has each of these places; `weight` is the strength
    for layouts, equal to `mentions` unless a derivation says otherwise.
    """

    source: str
    type: str
    target: str
    digest: str = ""
    section: str = ""
    basis: str = ""
    mentions: int = 1
    weight: float = 1.0
    sources: tuple[Source, ...] = ()

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """Identity: one edge per source, type, target, basis and digest."""
        return (self.source, self.type, self.target, self.basis, self.digest)

    @property
    def line(self) -> int:
        """The first line that says it; 0 where no source is known."""
        return self.sources[0].line if self.sources else 0


def checked(kind: type[Fact], values: Mapping[str, Any]) -> Fact:
    """A fact of values read from a file; a `ValueError` (pydantic's) where one does not fit."""
    return cast("Fact", _validators()[kind](dict(values)))


@cache
def _validators() -> dict[Any, Callable[[object], object]]:
    from pydantic import TypeAdapter

    return {kind: TypeAdapter(kind).validate_python for kind in (Source, Edge)}

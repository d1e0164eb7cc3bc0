"""The facts: nodes, edges, and the runs of text that say so.

They are named tuples: a digest makes thousands, and a tuple takes a third of
the time and a fifth of the memory of a pydantic model. What comes from outside
goes through `checked`, where pydantic makes sure of every field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple, Protocol, TypeVar, cast, runtime_checkable

__all__ = ["Edge", "Node", "Origin", "Quote", "Scalar", "Source", "Value", "checked"]

Fact = TypeVar("Fact", "Quote", "Edge")

Scalar = str | bool | int | float
Value = Scalar | tuple[str, ...]


class Quote(NamedTuple):
    """All that can be said of a run of characters in a digest.

    `start` and `end` are offsets in the UTF-8 bytes of the text, half open, so
    that `data[start:end].decode() == text`; `line` and `column` count from 1,
    columns in characters. `offset` counts the characters before it, so that
    `document.text[offset:offset + len(text)] == text`; -1 where nobody counted.
    `before` and `after` are the few characters around it, which tell it from
    the same words elsewhere.
    """

    file: str
    section: str
    line: int
    column: int
    start: int
    end: int
    text: str
    offset: int = -1
    before: str = ""
    after: str = ""

    @property
    def name(self) -> str:
        """The file, by the name that an origin has."""
        return self.file

    def position(self, start: int) -> tuple[int, int]:
        """Line and column: those that are known."""
        return self.line, self.column

    def words(self, start: int, end: int) -> str:
        """The text: nothing else is known of the digest."""
        return self.text

    def quote(self, section: str, start: int, end: int) -> Quote:
        """Itself."""
        return self


@runtime_checkable
class Origin(Protocol):
    """What can quote itself: a digest that was read, or a quote that was told."""

    @property
    def name(self) -> str:
        """The file's name in the graph."""

    def position(self, start: int) -> tuple[int, int]:
        """Line and column of a byte, from 1."""

    def words(self, start: int, end: int) -> str:
        """The characters of a run of bytes."""

    def quote(self, section: str, start: int, end: int) -> Quote:
        """All that can be said of a run of bytes."""


class _Source(NamedTuple):
    origin: Origin
    section: str
    start: int
    end: int


class Source(_Source):
    """A run of characters in a digest: the evidence for a fact.

    It has what a `Quote` has, but holds only where it stands: a long digest has
    a hundred thousand, and the words are in the digest. Two are equal if all
    that can be said of them is.
    """

    __slots__ = ()

    def __new__(
        cls,
        file: str,
        section: str,
        line: int,
        column: int,
        start: int,
        end: int,
        text: str,
        offset: int = -1,
        before: str = "",
        after: str = "",
    ) -> Source:
        """A source whose digest is not at hand."""
        said = Quote(file, section, line, column, start, end, text, offset, before, after)
        return cls.of(said, section, start, end)

    @classmethod
    def of(cls, origin: Origin, section: str, start: int, end: int) -> Source:
        """The source that an origin quotes."""
        return tuple.__new__(cls, (origin, section, start, end))

    @property
    def quote(self) -> Quote:
        """All that can be said of it."""
        return self.origin.quote(self.section, self.start, self.end)

    @property
    def file(self) -> str:
        """The name of the digest's file."""
        return self.origin.name

    @property
    def position(self) -> tuple[int, int]:
        """The line and the column that it begins at."""
        return self.origin.position(self.start)

    @property
    def line(self) -> int:
        """The line it begins in."""
        return self.position[0]

    @property
    def column(self) -> int:
        """The column it begins at."""
        return self.position[1]

    @property
    def text(self) -> str:
        """The characters themselves."""
        return self.origin.words(self.start, self.end)

    @property
    def offset(self) -> int:
        """How many characters come before it."""
        return self.quote.offset

    @property
    def before(self) -> str:
        """A few characters in front of it."""
        return self.quote.before

    @property
    def after(self) -> str:
        """A few characters behind it."""
        return self.quote.after

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        """Place in the files; the section tells apart what nothing else does."""
        return (self.origin.name, self.start, self.end, self.section)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Source):
            return NotImplemented
        same = self.start == other.start and self.end == other.end and self.section == other.section
        return same and (self.origin is other.origin or self.quote == other.quote)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((self.origin.name, self.section, self.start, self.end))

    def __repr__(self) -> str:
        return repr(self.quote).replace("Quote", "Source", 1)

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self.quote)


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
        own = {} if attributes is None else attributes
        return tuple.__new__(cls, (id, type, label, own, sources))


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
    from pydantic import ConfigDict, TypeAdapter

    known = ConfigDict(arbitrary_types_allowed=True)
    return {kind: TypeAdapter(kind, config=known).validate_python for kind in (Quote, Edge)}

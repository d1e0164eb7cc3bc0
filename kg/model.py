"""The facts: nodes, edges, and the runs of text that say so."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

__all__ = ["Edge", "Node", "Scalar", "Source", "Value"]

Scalar = str | bool | int | float
Value = Scalar | tuple[str, ...]


class Source(BaseModel):
    """A run of characters in a digest: the evidence for a fact.

    `start` and `end` are offsets in the UTF-8 bytes of the text, half open, so
    that `data[start:end].decode() == text`; `line` and `column` count from 1,
    columns in characters. `offset` counts the characters before it, so that
    `document.text[offset:offset + len(text)] == text`; -1 where nobody counted.
    """

    model_config = ConfigDict(frozen=True)

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


class Node(BaseModel):
    """A typed thing; two nodes with one `id` are one thing.

    `type` is a class of the ontology and `attributes` are its datatype
    properties, by the names the ontology gives them. A property with several
    values holds a sorted tuple of strings.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    type: str
    label: str = ""
    attributes: dict[str, Value] = {}
    sources: tuple[Source, ...] = ()


class Edge(BaseModel):
    """A typed relation between two nodes, as one digest states it.

    `basis` is set on citations only: `identifier` where the id is written,
    `name` where a name stands for it. `mentions` counts how often the digest
    says it, and `sources` has each of these places; `weight` is the strength
    for layouts, equal to `mentions` unless a derivation says otherwise.
    """

    model_config = ConfigDict(frozen=True)

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

"""Whether a graph holds the words that its facts were read from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from kg.extract.tables import rank_written
from kg.graph import KnowledgeGraph
from kg.ids import normalise
from kg.model import Edge, Node, Source

__all__ = ["Held"]

_TERM = re.compile(r"\w+")
_UNMARKED = re.compile(rb"\0+")
_FEW = 8


class Held:
    """Whether the words of a place are in the graph: an entry claims all it was read from, a digest its first line.

    In what the entry says, or what it is related to is called, there has to be
    one of a few words, or half of many; the rest may be marks. `data` is the
    document's, `marks` says for each byte of it whether it is layout.
    """

    def __init__(self, graph: KnowledgeGraph, data: bytes, marks: bytearray) -> None:
        self._graph = graph
        self._data = data
        self._marks = marks
        part_of = graph.ontology.edge_type("partOf")
        self._told = {*part_of.domain, *part_of.range}
        """The types of what tells of papers: entries, and digests."""
        self._own = self._near = ("", frozenset[str]())
        """The entry asked about last, and the words of it; of what it is related to, too."""

    def __call__(self, fact: Node | Edge, place: Source) -> bool:
        """Whether a place holds for a fact; what is neither entry nor digest claims only what it says."""
        if isinstance(fact, Edge) or fact.type not in self._told:
            return True
        words = _words(self._text(place.start, place.end))
        if self._own[0] != fact.id:
            self._own = fact.id, _known([fact])
        return _enough(words, self._own[1]) or _enough(words, self._related(fact))

    def _text(self, start: int, end: int) -> str:
        """The text of a stretch, but for what is layout."""
        plain = (run.span() for run in _UNMARKED.finditer(self._marks, start, end))
        return b"\n".join(self._data[begin:stop] for begin, stop in plain).decode(errors="replace")

    @cached_property
    def _targets(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for edge in self._graph.edges():
            found[edge.source].add(edge.target)
        return found

    def _related(self, entry: Node) -> frozenset[str]:
        if self._near[0] != entry.id:
            self._near = (
                entry.id,
                _known([entry, *map(self._graph.node, self._targets[entry.id])]),
            )
        return self._near[1]


def _enough(words: list[str], known: frozenset[str]) -> bool:
    held = sum(word in known for word in words)
    return held * 2 >= len(words) or 0 < held <= len(words) <= _FEW


def _known(nodes: Iterable[Node]) -> frozenset[str]:
    """All words of some nodes."""
    values = (value for node in nodes for value in (node.label, *node.attributes.values()))
    texts = (" ".join(value) if isinstance(value, tuple) else str(value) for value in values)
    return frozenset(_words("\n".join(texts)))


def _words(text: str) -> list[str]:
    """The words of a text but for those that only count."""
    found = _TERM.findall(normalise(text).casefold())
    return [word for word in found if word.isalpha() or not rank_written(word).isdigit()]

"""Whether a graph holds the words that its facts were read from."""

from __future__ import annotations

import re
from collections import defaultdict

from kg.graph import KnowledgeGraph
from kg.ids import normalise
from kg.model import Edge, Node, Source

__all__ = ["Held"]

_TERM = re.compile(r"\w+")
_FEW = 8


class Held:
    """Whether the words of a place are in the graph: an entry claims all it was read from.

    In what the entry says, or what it is related to is called, there has to be
    one of a few words, or half of many; the rest may be marks. `text` is the
    document's, with blanks for what is layout.
    """

    def __init__(self, graph: KnowledgeGraph, text: bytes) -> None:
        self._graph = graph
        self._text = text
        self._entries = graph.ontology.edge_type("partOf").domain
        self._targets: dict[str, set[str]] = defaultdict(set)
        for edge in graph.edges():
            self._targets[edge.source].add(edge.target)
        self._known: tuple[str, frozenset[str]] = ("", frozenset())

    def __call__(self, fact: Node | Edge, place: Source) -> bool:
        """Whether a place holds for a fact; what is no entry claims only what it says."""
        if isinstance(fact, Edge) or fact.type not in self._entries:
            return True
        words = _words(self._text[place.start : place.end].decode(errors="replace"))
        if self._known[0] != fact.id:
            self._known = fact.id, self._texts(fact)
        held = sum(word in self._known[1] for word in words)
        return not words or held * 2 >= len(words) or 0 < held <= len(words) <= _FEW

    def _texts(self, entry: Node) -> frozenset[str]:
        nodes = [entry, *map(self._graph.node, self._targets[entry.id])]
        values = [value for node in nodes for value in (node.label, *node.attributes.values())]
        listed = (v for value in values for v in (value if isinstance(value, tuple) else (value,)))
        return frozenset(word for value in listed for word in _words(str(value)))


def _words(text: str) -> list[str]:
    return [word for word in _TERM.findall(normalise(text).casefold()) if not word.isdigit()]

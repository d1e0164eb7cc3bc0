"""What is said of names before they are weighed: claims, the words of the texts, and texts that may cite."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from kg.ids import normalise
from kg.model import Source, Value
from kg.reading import Block
from kg.reading.numbers import FOOTMARK
from kg.shapes import abbreviates
from kg.tongues import Tongue, capitals_are_nouns

__all__ = ["Call", "Hearsay", "NameClaim", "Prose", "in_passing", "shortest"]

_FEW = 4
_WORD = re.compile(r"[\w-]+")


class NameClaim(NamedTuple):
    """One place that says: this paper (a node id) goes by this name.

    `weight` is how plainly it says so (3 plain, 2 likely, 1 a hint); `kind` is
    the rule; `introduces` whether the name is of something the paper brings.
    """

    paper: str
    name: str
    kind: str
    weight: int
    introduces: bool
    place: Source


@dataclass(slots=True)
class Hearsay:
    """What the digests let hear of names: claims, how often each paper is cited, and all words."""

    claims: list[NameClaim] = field(default_factory=list)
    mentions: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    nouns: set[str] = field(default_factory=set)
    """The names of the digests in a language that writes all nouns with a capital."""

    def read(self, text: str, name: str, tongues: Iterable[Tongue]) -> None:
        """Counts the words of a digest, and tells by them whether its capitals say nothing."""
        words = Counter(chain.from_iterable(map(_WORD.findall, text.splitlines())))
        self.words.update(words)
        if capitals_are_nouns(words, tongues):
            self.nouns.add(name)


class Prose(NamedTuple):
    """Text that may cite papers by name, for an edge type of an entry: `block.text[start:end]`."""

    entry: str
    type: str
    digest: str
    section: str
    block: Block
    start: int
    end: int
    locate: Callable[[Block, int, int], Source]


class Call(NamedTuple):
    """How plainly a place names a paper, by which rule, and whether as a thing it brings."""

    kind: str
    weight: int
    introduces: bool = True


def shortest(texts: Value | None, limit: int = 64) -> str:
    """The shortest of some texts, cut at a word."""
    listed = texts if isinstance(texts, tuple) else (str(texts or ""),)
    text = normalise(min(listed, key=lambda t: (len(t), t), default="")).rstrip(".。 ")
    text = FOOTMARK.sub("", text) if "[^" in text else text
    if len(text) <= limit:
        return text
    return text[:limit].rpartition(" ")[0].rstrip(",;:. ") + "…"


def in_passing(name: str, known: Mapping[str, list[NameClaim]]) -> bool:
    """Whether few capitals stand beside a paper in one section alone, which is called otherwise more often.

    In “one RM (2403.00001) for each task” they are of a thing, unless they abbreviate one of its names.
    """
    claims = known[name]
    letters, kinds = claims[0].name, {(c.kind, c.place.file, c.place.section) for c in claims}
    capitals = len(letters) <= _FEW and letters.isalpha() and letters.isupper()
    if not capitals or len(kinds) > 1 or claims[0].kind != "beside":
        return False
    others = [other for key, other in known.items() if key != name]
    heavier = any(
        sum({(c.kind, c.place.section): c.weight for c in other}.values()) > claims[0].weight
        for other in others
    )
    return heavier and not any(abbreviates(letters, other[0].name) for other in others)

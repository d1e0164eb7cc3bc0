"""Labels within a text: the names of fields that stand before a colon."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.ids import fold
from kg.wording import key, lexicon_table

__all__ = ["Label", "LabelFinder"]

_COLON = re.compile(r"\s*[:：]\s*")
_GLOSS = re.compile(r"\s*\([^()\n]{1,40}\)\Z")
_WORD = re.compile("(?<![\\w\u0300-\u036f])[\\w\u0300-\u036f]+")
"""With the diacritics of a decomposed text."""
_FAR = 72
"""Characters of a label at most, what stands between its words included."""
_BEHIND = 24
"""Characters of a qualifier and a number at most."""


class Label(NamedTuple):
    """A field's label in a text: where it begins, and where the text goes on behind its colon."""

    name: str
    start: int
    end: int


class LabelFinder:
    """Finds the labels of fields by the words in front of each colon.

    One pattern of all ways to write a label would take as long to compile as a
    digest takes to read. `fields` are the keys of each field.
    """

    def __init__(self, fields: Mapping[str, Iterable[str]]) -> None:
        self._names: defaultdict[str, list[str]] = defaultdict(list)
        for name, keys in fields.items():
            for words in keys:
                self._names[words].append(name)
        qualifiers = lexicon_table()["marks"]["qualifier"]
        self._first = frozenset(
            words.partition(" ")[0] for words in (*self._names, *map(key, qualifiers))
        )
        more = "|".join(map(re.escape, qualifiers))
        self._before = re.compile(rf"(?:{more})\s+(?=\w)", re.IGNORECASE)
        self._behind = re.compile(
            rf"(?<=[\w\u0300-\u036f])(?:\s+(?:{more})(?:\s+(?:\d{{1,2}}|[A-H]))?|\s+(?:\d{{1,2}}|[A-H]))\Z",
            re.IGNORECASE,
        )

    def find(
        self, text: str, among: Iterable[str], start: int = 0, last: int | None = None
    ) -> Iterator[Label]:
        """The labels of some fields in `text[start:last]`, in order; for each field the longest.

        A label is an alias with or without a qualifier (“main”), a number and a
        gloss in a bracket: `Main risk 2 (rủi ro):`.
        """
        wanted = frozenset(among)
        begin = start
        for colon in _COLON.finditer(text, start, len(text) if last is None else last):
            stop = colon.start()
            gloss = _GLOSS.search(text, max(begin, stop - 48), stop)
            stop = gloss.start() if gloss else stop
            behind = self._behind.search(text, max(begin, stop - _BEHIND), stop)
            bare = behind.start() if behind else stop
            found: set[str] = set()
            for word in _WORD.finditer(text, max(begin, stop - _FAR), stop):
                if fold(word[0]) not in self._first:
                    continue
                named = wanted.intersection(self._named(text, word.start(), bare, stop)) - found
                found |= named
                yield from (Label(n, word.start(), colon.end()) for n in among if n in named)
            begin = colon.end()

    def without(self, text: str, name: str) -> str:
        """A text without the first label of a field in it."""
        label = next(self.find(text, (name,)), None)
        return text[: label.start] + text[label.end :] if label else text

    def _named(self, text: str, start: int, bare: int, stop: int) -> list[str]:
        """The fields that words name, as they are or without qualifier and number."""
        known = self._names.get(key(text[start:stop]))
        if known is None:
            before = self._before.match(text, start, bare)
            start = before.end() if before else start
            known = self._names.get(key(text[start:bare])) if before or bare < stop else None
        return known or []

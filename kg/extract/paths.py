"""Shortened topic paths: which topic `NLP > LLMs > Efficient Training` means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from kg.ids import fold

__all__ = ["TopicPaths"]

_WORDS = re.compile(r"\w+")
_BRACKETS = re.compile(r"\(([^()]*)\)")


class TopicPaths:
    """The topics of a tree, to be found by paths that leave out steps and words."""

    def __init__(self, paths: Iterable[tuple[str, ...]]) -> None:
        self._by_word: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
        for path in dict.fromkeys(paths):
            forms = _forms(path[-1])
            for word in {forms.whole, forms.bare, *forms.short, *forms.words}:
                self._by_word[word].append(path)

    def resolve(self, steps: list[str]) -> list[tuple[str, ...]]:
        """The topics that written steps lead to, best matches only: none, one, or several if ambiguous.

        Each step must match a label on the way, in order, the last one the topic's
        own; a step matches a label that it equals, whose abbreviation it is, or whose
        first words it has. Fuller matches win over looser ones.
        """
        best: list[tuple[str, ...]] = []
        score = 0.0
        last = _forms(steps[-1]) if steps else None
        for path in self._by_word.get((*last.words, last.whole)[0], ()) if last else ():
            this = _score(steps, path)
            if this > score:
                best, score = [path], this
            elif this and this == score:
                best.append(path)
        return best


class _Forms(NamedTuple):
    """A label folded: as a whole, without brackets, what its brackets hold, and its words."""

    whole: str
    bare: str
    short: list[str]
    words: list[str]


@lru_cache(2**12)
def _forms(label: str) -> _Forms:
    whole = fold(label)
    short = [fold(inner) for inner in _BRACKETS.findall(label)]
    return _Forms(whole, fold(_BRACKETS.sub("", label)), short, _WORDS.findall(whole))


def _score(steps: list[str], path: tuple[str, ...]) -> float:
    total = _likeness(steps[-1], path[-1])
    if not total:
        return 0.0
    place = 0
    for step in steps[:-1]:
        for offset, label in enumerate(path[place:-1]):
            likeness = _likeness(step, label)
            if likeness:
                total += likeness
                place += offset + 1
                break
        else:
            return 0.0
    return total


def _likeness(step: str, label: str) -> float:
    """1 for equality, less for an abbreviation or the first words of a label, 0 for neither."""
    ours, theirs = _forms(step), _forms(label)
    if ours.whole == theirs.whole:
        return 1.0
    if ours.whole in theirs.short or ours.whole == theirs.bare:
        return 0.9
    mine, words = ours.words, theirs.words
    if mine and words[: len(mine)] == mine:
        return 0.8
    if len(mine) > 1 and set(mine) <= set(words):
        return 0.6
    return 0.0

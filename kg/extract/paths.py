"""Shortened topic paths: which topic `NLP > LLMs > Efficient Training` means."""

from __future__ import annotations

import re

from kg.ids import fold

__all__ = ["resolve_path"]

_WORDS = re.compile(r"\w+")
_BRACKETS = re.compile(r"\(([^()]*)\)")


def resolve_path(steps: list[str], paths: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The topics that written steps lead to, best matches only: none, one, or several if ambiguous.

    Each step must match a label on the way, in order, the last one the topic's
    own; a step matches a label that it equals, whose abbreviation it is, or whose
    first words it has. Fuller matches win over looser ones.
    """
    best: list[tuple[str, ...]] = []
    score = 0.0
    for path in dict.fromkeys(paths):
        this = _score(steps, path)
        if this > score:
            best, score = [path], this
        elif this and this == score:
            best.append(path)
    return best


def _score(steps: list[str], path: tuple[str, ...]) -> float:
    if not steps:
        return 0.0
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
    ours, theirs = fold(step), fold(label)
    if ours == theirs:
        return 1.0
    short = [fold(inner) for inner in _BRACKETS.findall(label)]
    if ours in short or ours == fold(_BRACKETS.sub("", label)):
        return 0.9
    mine, words = _WORDS.findall(ours), _WORDS.findall(theirs)
    if mine and words[: len(mine)] == mine:
        return 0.8
    if mine and len(mine) > 1 and set(mine) <= set(words):
        return 0.6
    return 0.0

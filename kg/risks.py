"""How risky something is said to be: the one level that words of many kinds name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from kg.ids import fold
from kg.wording import as_words, key

__all__ = ["Risks"]

_CLAUSE_ENDS = (".", ",", ";", "(", ")", "?", "!")
_LINK = 3
_MOST = 8
_NEAR = 60
_SLASH = re.compile(r"(?<!\d)/|/(?!\d)")  # none of a mark such as “4/5”


class Risks:
    """Finds levels of risk: `levels` by what they are called, the `names` of risk and of what is `feasible`.

    `denied` tells whether a text ends in a word such as “not”.
    """

    def __init__(
        self,
        levels: Mapping[str, str],
        names: frozenset[str],
        feasible: Iterable[str],
        denied: Callable[[str], object],
    ) -> None:
        self._called = levels
        self._levels = as_words(*sorted(levels, key=len, reverse=True))
        self._names = names
        self._feasible = frozenset(map(key, feasible))
        words = "|".join(map(re.escape, map(fold, feasible)))
        self._before = re.compile(rf"(?<!\w)(?:{words})[^\w.,;()]+(?:\w+[^\w.,;()]+)?\Z")
        self._behind = re.compile(rf"[\s-]*(?:{words})(?!\w)")
        self._denied = denied

    def level(self, text: str, label: str = "") -> str:
        """The risk level named in a text behind a label; empty if none is.

        That is the first at the start of the text, else one beside a word for
        risk, else the first. “High feasibility”, “Feasibility: low” and “not
        high” say nothing of the risk.
        """
        words = key(label).split()
        ends = (" ".join(words[-count:]) for count in range(min(_MOST, len(words)), 0, -1))
        said = next((end for end in ends if end in self._names), "")
        folded = fold(self._of_risk(text, label))
        if said in self._feasible:
            folded = f"{said}: {folded}"
        found: list[tuple[bool, str]] = []
        for match in self._levels.finditer(folded):
            start = match.start()
            before = folded[max(0, start - _NEAR) : start]
            of_another = self._before.search(before) or self._behind.match(folded, match.end())
            if not (of_another or self._denied(before)):
                first = not any(map(str.isalnum, folded[:start]))
                found.append((first or self._risky(before), self._called[match[0]]))
        return next((level for beside, level in found if beside), found[0][1] if found else "")

    def _of_risk(self, text: str, label: str) -> str:
        """What is said of the risk where a label and its text have two halves: “Feasibility / Risk: high / low”."""
        names, values = label.strip(" *_:：").split("/"), _SLASH.split(text)
        feasible = [key(name) in self._feasible for name in names]
        told = not self._names.isdisjoint(key(text).split())
        if len(names) == len(values) == 2 and feasible.count(True) == 1 and not told:
            return values[feasible.index(False)]
        return text

    def _risky(self, before: str) -> bool:
        """Whether a text ends in a word for risk, with no more behind it than “is” or “là”."""
        words = key(before[-40:]).split()
        linked = words[:-1] if words and len(words[-1]) <= _LINK else words
        ends = (" ".join(some[-count:]) for some in (words, linked) for count in range(1, 4))
        joined = before.rstrip()[-1:] not in _CLAUSE_ENDS
        return joined and any(end in self._names for end in ends)

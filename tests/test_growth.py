"""Four times as much text is four times the work, also where all of it stands on one line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from counting import calls

import kg

_FEW, _TIMES = 100, 4


def _id(n: int) -> str:
    return f"24{n % 12 + 1:02}.{n // 12 + 10_001}"


def _name(n: int) -> str:
    return f"Na{n}Net"


def _tree(separator: str, leaf: Callable[[int], str]) -> Callable[[int], str]:
    return lambda n: f"# TOPIC_TREE\n\n* A\n  * {separator.join(map(leaf, range(n)))}\n"


def _said(front: str, separator: str, item: Callable[[int], str]) -> Callable[[int], str]:
    return lambda n: f"{front}{separator.join(map(item, range(n)))}\n"


_GAP = "# GAPS_AND_OPPORTUNITIES\n\n* **Gap:** "
_IDEA = "# FUTURE_IDEAS\n\n**Idea**\n* Motivation: "
_REFLECTION = "# META_REFLECTION\n\n* **Trend:** "
SHAPES: dict[str, Callable[[int], str]] = {
    "a leaf of identifiers": _tree(", ", _id),
    "a leaf of identifiers with names": _tree(", ", lambda n: f"{_id(n)} ({_name(n)})"),
    "a leaf of names with identifiers": _tree(", ", lambda n: f"{_name(n)} ({_id(n)})"),
    "a leaf of sentences": _tree("; ", lambda n: f"{_id(n)} – does thing {n}"),
    "a leaf of links": _tree(", ", lambda n: f"[{_name(n)}](https://arxiv.org/abs/{_id(n)})"),
    "topics in topics": lambda n: (
        "# TOPIC_TREE\n\n" + "".join(f"* T{k}\n" + f"  * {_id(k)} | words\n" for k in range(n))
    ),
    "a gap that cites": _said(_GAP, ", ", lambda n: f"{_name(n)} ({_id(n)})"),
    "a gap with opportunities": _said(_GAP, " ", lambda n: f"Opportunity: do {n}."),
    "an idea that cites": _said(_IDEA, ", ", lambda n: f"{_name(n)} ({_id(n)})"),
    "an idea with labels": _said(_IDEA, " ", lambda n: f"**Risk:** low {n}."),
    "pairs in a bracket": _said(_REFLECTION, "; ", lambda n: f"{_name(n)}, {_id(n)}"),
    "links with names": _said(_REFLECTION, " ", lambda n: f"[[{_id(n)}|{_name(n)}]]"),
    "names alone": lambda n: (
        "# READING_LIST\n\n"
        + "".join(f"* {_id(k)} – {_name(k)} · why\n" for k in range(n))
        + _said(f"\n{_REFLECTION}", " ", _name)(n)
    ),
    "bold words": _said(_REFLECTION, " ", lambda n: f"**bold {n}**"),
    "lines of a paragraph": _said("# META_REFLECTION\n\n", "\n", lambda n: f"line {n} of {_id(n)}"),
    "footnotes": lambda n: (
        _said(_REFLECTION, " ", lambda k: f"x[^{k}]")(n)
        + _said("\n", "\n", lambda k: f"[^{k}]: {_id(k)}")(n)
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_work_grows_with_the_text(shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def work(count: int) -> int:
        text = SHAPES[shape](count)
        return calls(lambda: kg.build(text, period="2024-03"))

    monkeypatch.setattr("kg.pipeline._CROWD", 0)  # pairs of papers are many by their nature
    work(2)
    assert work(_TIMES * _FEW) < 1.3 * _TIMES * work(_FEW)

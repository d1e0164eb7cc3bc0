"""Damage to a digest is noticed: by the facts, by a remark, or as lost; identifiers are conserved."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from accounts import Account, check_complete
from digests import PARAMS, SAMPLE

BOTH = [pytest.param(SAMPLE, id="sample"), *PARAMS]
SOME = BOTH if os.environ.get("KG_NIGHTLY") else [BOTH[0], *PARAMS[4:8:3]]


def lines_with(text: str, pattern: str, count: int = 3) -> list[int]:
    """Some lines that a pattern occurs in, spread over the text."""
    found = [n for n, line in enumerate(text.split("\n")) if re.search(pattern, line)]
    return found[:: max(1, len(found) // count)]


def drop(lines: list[str], n: int) -> None:
    del lines[n]


def double(lines: list[str], n: int) -> None:
    lines.insert(n, lines[n])


def truncate(lines: list[str], n: int) -> None:
    lines[n] = lines[n][: len(lines[n]) * 2 // 3]


def swap(lines: list[str], n: int) -> None:
    if lines[n + 1].strip():
        lines[n], lines[n + 1] = lines[n + 1], lines[n]


def outdent(lines: list[str], n: int) -> None:
    if "*   (" not in lines[n - 1]:  # a remark is no topic: beside it or below it is one
        lines[n] = lines[n].removeprefix("    ")


def indent(lines: list[str], n: int) -> None:
    lines[n] = "    " + lines[n]


def another_digit(lines: list[str], n: int) -> None:
    lines[n] = re.sub(
        r"(\d{4}\.\d{3})(\d)", lambda m: f"{m[1]}{(int(m[2]) + 1) % 10}", lines[n], count=1
    )


def impossible(lines: list[str], n: int) -> None:
    lines[n] = re.sub(r"(\d\d)\d\d(\.\d{5})", r"\g<1>77\2", lines[n], count=1)


ANY_ID = r"\d{4}\.\d{5}"
DAMAGE = [
    (drop, ANY_ID), (double, r"^\s*\*\s+\d{4}\.\d{5} \|"), (truncate, ANY_ID), (swap, r"^\s*\*\s+\d{4}\.\d{5} –"),
    (outdent, r"^ {8,}\S+ +\d{4}\.\d{5} \|"), (another_digit, ANY_ID), (impossible, ANY_ID),
]  # fmt: skip


@pytest.mark.parametrize(
    ("damage", "pattern"), DAMAGE, ids=lambda value: getattr(value, "__name__", "")
)
@pytest.mark.parametrize("path", SOME)
def test_damage_is_noticed(
    path: Path, damage: Callable[[list[str], int], None], pattern: str
) -> None:
    text = path.read_text(encoding="utf-8")
    before = Account(text, path.name).holds
    tried = 0
    for n in lines_with(text, pattern):
        lines = text.split("\n")
        damage(lines, n)
        if lines == text.split("\n"):
            continue
        tried += 1
        after = Account("\n".join(lines), path.name)
        check_complete(after)
        assert after.ledger.unheld == []
        possible = Counter({i: c for i, c in after.written().items() if i[2:4] != "77"})
        assert possible == after.held()
        assert after.holds != before, f"{damage.__name__} of line {n + 1} goes unnoticed"
    assert tried or pattern != ANY_ID


@pytest.mark.parametrize("path", BOTH)
def test_an_impossible_identifier_has_its_place(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    n = lines_with("\n".join(lines), ANY_ID)[1]
    impossible(lines, n)
    [remark] = [d for d in Account("\n".join(lines)).remarks if d.code == "impossible-id"]
    assert remark.line == n + 1
    assert re.match(r"\d\d77\.\d{5}", lines[n][remark.column - 1 :])


NOTICED = ("unknown-section", "not-understood", "section-by-contents")
HEADING = re.compile(r"(?m)^(?:\d\.\s+\*\*|#+ (?:\d\. )?)([A-Z]+_[A-Z_]+)(\*\*)?.*$")


@pytest.mark.parametrize("path", SOME)
def test_a_broken_heading_is_noticed(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    headings = list(HEADING.finditer(text))
    assert len(headings) >= 6
    for match in headings:
        if match[0].endswith(")"):
            continue  # words behind the name: see the test below
        start, end = match.span(1)
        broken = text[:start] + "BROKEN_THING_NOBODY_KNOWS" + text[end:]
        after = Account(broken, path.name)
        check_complete(after)
        assert after.written() == after.held(), match[1]
        found = [d for d in after.remarks if d.code in NOTICED]
        line = text.count("\n", 0, match.start()) + 1
        assert [d for d in found if d.line >= line], match[1]
        assert found[0].line == line


def test_an_unknown_heading_with_words_behind_it_is_noticed() -> None:
    ideas = "1.  **FUTURE_IDEAS**\n\n    ✨ **Toward X**\n    * **Motivation:** 2403.00071.\n\n"
    text = f"{ideas}2.  **WEATHER_REPORT** (top papers)\n\n    * 2403.03507 – Rain · why\n"
    codes = {(d.line, d.code) for d in Account(text).remarks}
    assert (6, "unknown-section") in codes


@pytest.mark.parametrize("path", SOME)
def test_a_broken_label_is_noticed(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    before = Account(text, path.name).holds
    for label in (
        "Motivation:",
        "Key novelty:",
        "Key Novelty:",
        "Risk/Feasibility:",
        "Suy nghĩ:",
        "Cơ hội:",
    ):
        if label in text:
            after = Account(text.replace(label, "Qwertz:", 1), path.name)
            check_complete(after)
            assert after.holds != before, label

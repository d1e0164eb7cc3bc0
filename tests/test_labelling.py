"""Labels within a text, found by the words before a colon."""

from __future__ import annotations

import pytest

from kg.labelling import LabelFinder
from kg.lexicon import load_lexicon

FINDER = LabelFinder(
    {"risk": ["risk", "risk feasibility", "rủi ro"], "gap": ["gap"], "both": ["gap"]}
)


def found(text: str, *among: str, start: int = 0) -> list[tuple[str, str]]:
    """The fields found, each with its label as it is written, and the words behind it."""
    labels = FINDER.find(text, among or ("risk", "gap"), start)
    return [(label.name, text[label.start : label.end]) for label in labels]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Risk: high", "Risk: "),
        ("so. RISK ： high", "RISK ： "),
        ("Risk & feasibility: high", "Risk & feasibility: "),
        ("Risk and\nfeasibility: high", "Risk and\nfeasibility: "),
        ("Main risk 2 (rủi ro): high", "Main risk 2 (rủi ro): "),
        ("Ru\u0309i ro: cao", "Ru\u0309i ro: "),
        ("High-Risk: yes", "Risk: "),
    ],
)
def test_an_alias_with_what_may_stand_beside_it(text: str, label: str) -> None:
    assert found(text) == [("risk", label)]


@pytest.mark.parametrize(
    "text",
    [
        "Risk high", "a risky: b", "asterisk: b", "Risk of it: b", "Risk – main: b", "main: b", "",
        "Risk\n\n(a\nb): c", "Risk (" + "x" * 41 + "): c",
    ],
)  # fmt: skip
def test_other_words_are_no_label(text: str) -> None:
    assert found(text) == []


def test_each_colon_has_its_own_words() -> None:
    assert found("Gap: a. Risk: b") == [("gap", "Gap: "), ("risk", "Risk: ")]
    assert found("Gap: a. Risk: b", start=4) == [("risk", "Risk: ")]
    assert found("Gap: a. Risk: b", "risk") == [("risk", "Risk: ")]


def test_a_label_of_two_fields_is_told_of_both() -> None:
    assert found("Gap: a", "both", "gap") == [("both", "Gap: "), ("gap", "Gap: ")]


def test_without_its_first_label() -> None:
    assert FINDER.without("a – risk: b. Risk: c", "risk") == "a – b. Risk: c"
    assert FINDER.without("a: b", "risk") == "a: b"


def test_every_alias_of_the_lexicon_is_found() -> None:
    lexicon = load_lexicon()
    for name, aliases in lexicon.fields.items():
        for alias in filter(lambda alias: any(map(str.isalnum, alias)), aliases):
            [label] = lexicon.labels.find(f"x. {alias}: y", (name,))
            assert (label.name, label.end) == (name, len(alias) + 5), alias

"""What the readers make of every layout in `fixtures/`."""

from __future__ import annotations

import pytest
from extract import pairs

import kg

CASES = [
    pytest.param(pair, id=f"{path.stem}:{pair.line}")
    for path in sorted(pairs.FIXTURES.glob("*.md"))
    for pair in pairs.read_pairs(path)
]


@pytest.mark.parametrize("pair", CASES)
def test_facts(pair: pairs.Pair) -> None:
    graph = kg.build(pair.text + "\n", period="2024-03")
    assert pairs.render(graph) == pair.expected, pair.title

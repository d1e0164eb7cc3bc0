"""How high a risk is, in the words of several languages; how feasible a thing is, is none."""

from __future__ import annotations

import pytest

from kg.lexicon import load_lexicon


@pytest.mark.parametrize(
    ("text", "label", "level"),
    [
        ("High risk, low feasibility.", "Risk/Feasibility: ", "high"),
        ("Feasibility: medium (high risk)", "Risk: ", "high"),
        ("Rủi ro: Trung bình; Khả thi: Cao.", "", "medium"),
        ("rất thấp, rủi ro cực cao", "Tính khả thi: ", "extreme"),
        ("High feasibility of it all", "Risk/Feasibility: ", ""),
        ("Low", "Feasibility: ", ""),
        ("Low", "Risk/Feasibility: ", "low"),
        ("Muy alto", "", "very-high"),
        ("Très élevé", "", "very-high"),
        ("Sehr hoch", "", "very-high"),
        ("Mittel – Sensoren", "", "medium"),
        ("风险中等。", "", "medium"),
        ("高", "", "high"),
        ("提高", "", ""),
    ],
)
def test_a_level_in_a_text(text: str, label: str, level: str) -> None:
    assert load_lexicon().risk_level(text, label) == level

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
        ("Cao.", "Rủi ro & tính khả thi: ", "high"),
        ("Muy alto", "", "very-high"),
        ("Très élevé", "", "very-high"),
        ("Sehr hoch", "", "very-high"),
        ("Mittel – Sensoren", "", "medium"),
        ("风险中等。", "", "medium"),
        ("高", "", "high"),
        ("提高", "", ""),
        ("Not high, but medium.", "", "medium"),
        ("Không cao.", "", ""),
        ("No es muy alto; medio", "", "medium"),
        ("Needs high precision; the risk is medium.", "", "medium"),
        ("Độ chính xác cao là điều kiện; mức rủi ro trung bình.", "", "medium"),
        ("High precision; low risk of failure", "", "high"),
        ("Cao / Thấp.", "Mức độ khả thi / Rủi ro: ", "low"),
        ("High / Low", "Risk / Feasibility: ", "high"),
    ],
)
def test_a_level_in_a_text(text: str, label: str, level: str) -> None:
    assert load_lexicon().risks.level(text, label) == level


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("A moon-shot", True),
        ("Không phải moon-shot.", False),
        ("This is not really a moonshot", False),
        ("No data. Moon-shot", True),
    ],
)
def test_a_mark_that_is_denied_is_none(text: str, marked: bool) -> None:
    assert load_lexicon().marked("moonshot", text) is marked

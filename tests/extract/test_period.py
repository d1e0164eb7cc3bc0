"""The month of a digest, however a title or a file's name says it."""

from __future__ import annotations

import pytest

from kg.extract.period import period_in
from kg.lexicon import load_lexicon


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("AI digest, May 15, 2025", "2025-05"),
        ("May 1st, 2025", "2025-05"),
        ("15 May 2025", "2025-05"),
        ("June ’25", "2025-06"),
        ("June '25", "2025-06"),
        ("论文月报 2025年7月", "2025-07"),
        ("2025 年 12 月 3 日", "2025-12"),
        ("noviembre de 2025", "2025-11"),
        ("tháng 5 năm 2025", "2025-05"),
        ("digest-2025_04.md", "2025-04"),
        ("May 2 papers of 20255", ""),
        ("Mayor 2025", ""),
        ("06/25", ""),
        ("June 25", ""),
    ],
)
def test_a_month_in_a_text(text: str, period: str) -> None:
    assert period_in(text, load_lexicon()) == period

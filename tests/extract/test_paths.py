"""Which topic a shortened path means: as if every topic were looked at."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.extract import paths as module
from kg.extract.paths import TopicPaths

LABELS = st.sampled_from(
    ["NLP", "Natural Language Processing (NLP)", "Large Language Models (LLMs)", "LLMs", "Language Models",
     "Độ sâu", "Đồ sâu", "★", "★ (+)", "+", "3D Vision", "Vision (3D)", "vision"]
)  # fmt: skip
PATHS = st.lists(LABELS, min_size=1, max_size=3).map(tuple)


def test_words_and_abbreviations() -> None:
    known = [
        ("Natural Language Processing (NLP)", "Large Language Models (LLMs)", "Training"),
        ("Vision", "Training"),
    ]
    paths = TopicPaths(known)
    assert paths.resolve(["NLP", "LLMs", "Training"]) == known[:1]
    assert paths.resolve(["Training"]) == known
    assert paths.resolve(["Robots", "Training"]) == []
    assert paths.resolve([]) == []
    assert TopicPaths([("★ (+)",)]).resolve(["+"]) == [("★ (+)",)]
    assert TopicPaths([("★ (+)",)]).resolve(["★"]) == [("★ (+)",)]


@given(st.lists(PATHS, max_size=12), st.lists(LABELS, min_size=1, max_size=3))
def test_nothing_is_left_out(known: list[tuple[str, ...]], steps: list[str]) -> None:
    scores = {path: module._score(steps, path) for path in known}
    best = max(scores.values(), default=0.0)
    expected = [path for path, score in scores.items() if score == best > 0]
    assert TopicPaths(known).resolve(steps) == expected

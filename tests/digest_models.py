"""What a digest says, in no dialect yet: random topics, papers and entries (see `dialects.py`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from hypothesis import strategies as st

__all__ = ["FIELDS", "Idea", "Model", "Said", "Topic", "models", "nickname", "paths", "twin"]

FIELDS = ("motivation", "novelty", "approach", "evaluation", "risk")
# fmt: off
TOPICS = [
    "Computer Vision (CV)", "Học máy (ML)", "Độ tin cậy", "Đồ thị", "Reasoning & Planning", "1-bit Models",
    "3D Generation", "Text-to-Image (T2I) / Editing", "Sampling, Pruning, Merging", "C++ Tooling", "Other",
    "LLMs", "Vision-Language Models (VLMs)", "Khác", "A Posteriori Methods", "IV Estimation",
    "Sinh Ảnh (Image Generation)", "Evaluation & Benchmarking", "NLP (Natural Language Processing)",
]
WORDS = [
    "methods", "grow", "slowly", "while", "costs", "fall", "nhưng", "dữ liệu", "còn", "thiếu", "better",
    "signals", "arrive", "sớm", "hơn", "across", "many", "layers", "bộ nhớ", "is", "small",
]
TITLES = [
    "{p} {w} {n}b", "{p} {w} (AB-{n})", "Infini-{n}: {p} {w}", "{p} {w} & {n}-bit", "{p} {w}/Scale {n}",
    "{p} {w} (Field: A + B{n})",
]
# fmt: on

papers = st.integers(1, 40).map(lambda n: f"24{1 + n % 3:02}.{n * 197 % 18000 + 1:05}")
sentences = st.lists(st.sampled_from(WORDS), min_size=3, max_size=8).map(" ".join)
cited = st.lists(papers, max_size=3, unique=True)


def nickname(paper: str) -> str:
    """What a paper is called wherever the text calls it anything."""
    return f"Zeb{paper[-5:]}Net"


@dataclass(frozen=True)
class Said:
    """Words and the papers they cite."""

    words: str
    papers: list[str]


said = st.builds(Said, sentences, cited)


@dataclass(frozen=True)
class Topic:
    label: str
    leaves: list[tuple[list[str], str]]
    below: list[Topic] = field(default_factory=list)


@dataclass(frozen=True)
class Idea:
    title: str
    fields: dict[str, Said]
    level: str
    moonshot: bool


@dataclass(frozen=True)
class Model:
    """All that is said; entries with titles are numbered to be told apart."""

    topics: list[Topic]
    highlights: list[tuple[str, list[str], str, str]]
    contributions: list[tuple[list[str], str, str]]
    gaps: list[tuple[str, Said, Said]]
    ideas: list[Idea]
    readings: list[tuple[str, str, str]]
    trends: list[tuple[str, Said]]


def paths(
    topics: list[Topic], above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Topic]]:
    """Every topic with the labels that lead to it."""
    for topic in topics:
        path = (*above, topic.label)
        yield path, topic
        yield from paths(topic.below, path)


def twin(topics: list[Topic]) -> tuple[tuple[str, ...], str] | None:
    """The first topic with papers that its path can only mean, and its first paper."""
    every = list(paths(topics))
    for path, topic in every:
        others = [one for one, _ in every if one != path]
        if topic.leaves and not any(set(path) <= set(one) for one in others):
            return path, topic.leaves[0][0][0]
    return None


def _topics(depth: int) -> st.SearchStrategy[list[Topic]]:
    leaf = st.tuples(st.lists(papers, min_size=1, max_size=3, unique=True), sentences)
    below = _topics(depth - 1) if depth else st.just([])
    one = st.builds(Topic, st.sampled_from(TOPICS), st.lists(leaf, max_size=2), below)
    return st.lists(one, min_size=0 if depth < 2 else 1, max_size=3, unique_by=lambda t: t.label)


def _titles(prefix: str) -> st.SearchStrategy[str]:
    return st.builds(
        lambda form, words, n: form.format(p=prefix, w=words.capitalize(), n=n),
        st.sampled_from(TITLES),
        sentences,
        st.integers(1, 99),
    )


def models() -> st.SearchStrategy[Model]:
    keywords = st.sampled_from(["MoE", "dữ liệu", "long context", "O(1) Pre-fill", "10M tokens"])
    levels = st.sampled_from(["low", "medium", "medium-high", "high", "very-high", "extreme"])
    fields = st.fixed_dictionaries(dict.fromkeys(FIELDS, said))
    ideas = st.builds(Idea, _titles("Toward"), fields, levels, st.booleans())
    named = st.tuples(papers, _titles("Paper"), sentences)
    best = st.tuples(papers, st.lists(keywords, min_size=1, unique=True), sentences, sentences)
    several = st.lists(papers, min_size=1, max_size=2, unique=True)
    return st.builds(
        Model,
        _topics(2),
        st.lists(best, max_size=4, unique_by=lambda h: h[0]),
        st.lists(
            st.tuples(several, _titles("Scheme"), sentences),
            max_size=4,
            unique_by=lambda c: str(c[0]),
        ),
        st.lists(st.tuples(_titles("Lack of"), said, said), max_size=3, unique_by=lambda g: g[0]),
        st.lists(ideas, max_size=3, unique_by=lambda i: i.title),
        st.lists(named, max_size=4, unique_by=lambda r: r[0]),
        st.lists(st.tuples(_titles("Rise of"), said), max_size=3, unique_by=lambda t: t[0]),
    )

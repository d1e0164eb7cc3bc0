"""Digests made from a model, and the dialects that people and language models write them in."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

__all__ = ["Dialect", "Model", "dialects", "models", "render"]

FIELDS = ("motivation", "novelty", "approach", "evaluation", "risk")
# fmt: off
HEADINGS = {
    "TOPIC_TREE": ["TOPIC_TREE", "Topic Tree", "Cây chủ đề"],
    "SOTA_HIGHLIGHTS": ["SOTA_HIGHLIGHTS", "SOTA Highlights", "Điểm nổi bật"],
    "NOVEL_TECH_CONTRIBUTIONS": ["NOVEL_TECH_CONTRIBUTIONS", "Novel Tech Contributions", "Đóng góp kỹ thuật mới"],
    "GAPS_AND_OPPORTUNITIES": ["GAPS_AND_OPPORTUNITIES", "Gaps and Opportunities", "Khoảng trống và cơ hội"],
    "FUTURE_IDEAS": ["FUTURE_IDEAS", "Future Ideas", "Ý tưởng tương lai"],
    "READING_LIST": ["READING_LIST", "Reading List", "Danh sách đọc"],
    "META_REFLECTION": ["META_REFLECTION", "Meta-Reflection", "Suy ngẫm"],
}
LABELS = {
    "motivation": ["Motivation", "Động lực"], "novelty": ["Key novelty", "Điểm mới"],
    "approach": ["Approach", "Cách tiếp cận"], "evaluation": ["Dataset + Metrics", "Dữ liệu và độ đo"],
    "risk": ["Risk/Feasibility", "Rủi ro/Tính khả thi"], "gap": ["Gaps", "Khoảng trống"],
    "opportunity": ["Opportunity", "Cơ hội"], "assessment": ["Assessment", "Suy nghĩ"],
    "keywords": ["Keywords", "Từ khóa"], "breakthrough": ["Breakthrough", "Đột phá"],
    "impact": ["Impact", "Ảnh hưởng"],
}
TOPICS = [
    "Computer Vision (CV)", "Học máy (ML)", "Độ tin cậy", "Đồ thị", "Reasoning & Planning", "1-bit Models",
    "3D Generation", "Text-to-Image (T2I) / Editing", "Sampling, Pruning, Merging", "C++ Tooling", "Other",
    "LLMs", "Vision-Language Models (VLMs)", "Khác", "A Posteriori Methods", "IV Estimation",
]
WORDS = [
    "methods", "grow", "slowly", "while", "costs", "fall", "nhưng", "dữ liệu", "còn", "thiếu", "better",
    "signals", "arrive", "sớm", "hơn", "across", "many", "layers", "bộ nhớ", "is", "small",
]
# fmt: on

papers = st.integers(1, 40).map(lambda n: f"24{1 + n % 3:02}.{n * 197 % 18000 + 1:05}")
sentences = st.lists(st.sampled_from(WORDS), min_size=3, max_size=8).map(" ".join)
cited = st.lists(papers, max_size=3, unique=True)


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


def _topics(depth: int) -> st.SearchStrategy[list[Topic]]:
    leaf = st.tuples(st.lists(papers, min_size=1, max_size=3, unique=True), sentences)
    below = _topics(depth - 1) if depth else st.just([])
    one = st.builds(Topic, st.sampled_from(TOPICS), st.lists(leaf, max_size=2), below)
    return st.lists(one, min_size=0 if depth < 2 else 1, max_size=3, unique_by=lambda t: t.label)


@dataclass(frozen=True)
class Model:
    """What a digest says, in no dialect yet; entries with titles are numbered to be told apart."""

    topics: list[Topic]
    highlights: list[tuple[str, list[str], str, str]]
    contributions: list[tuple[list[str], str, str]]
    gaps: list[tuple[str, Said, Said]]
    ideas: list[tuple[str, dict[str, Said]]]
    readings: list[tuple[str, str, str]]
    trends: list[tuple[str, Said]]


def _titles(prefix: str) -> st.SearchStrategy[str]:
    return st.tuples(st.integers(1, 99), sentences).map(
        lambda pair: f"{prefix} {pair[1].capitalize()} {pair[0]}b"
    )


def models() -> st.SearchStrategy[Model]:
    words = st.lists(st.sampled_from(["MoE", "dữ liệu", "long context"]), min_size=1, unique=True)
    ideas = st.tuples(_titles("Toward"), st.fixed_dictionaries(dict.fromkeys(FIELDS, said)))
    return st.builds(
        Model,
        _topics(2),
        st.lists(
            st.tuples(papers, words, sentences, sentences), max_size=4, unique_by=lambda h: h[0]
        ),
        st.lists(
            st.tuples(
                st.lists(papers, min_size=1, max_size=2, unique=True), _titles("Scheme"), sentences
            ),
            max_size=4,
            unique_by=lambda c: str(c[0]),
        ),
        st.lists(st.tuples(_titles("Lack of"), said, said), max_size=3, unique_by=lambda g: g[0]),
        st.lists(ideas, max_size=3, unique_by=lambda i: i[0]),
        st.lists(
            st.tuples(papers, _titles("Paper"), sentences), max_size=4, unique_by=lambda r: r[0]
        ),
        st.lists(st.tuples(_titles("Rise of"), said), max_size=3, unique_by=lambda t: t[0]),
    )


@dataclass(frozen=True)
class Dialect:
    """One way of writing."""

    heading: str
    language: int
    blank: bool
    bullet: str
    indent: str
    identifier: str
    topic: str
    leaf: str
    highlights: str
    contribution: str
    gap: str
    idea: str
    label: str
    steps: bool
    reading: str
    trend: str
    order: list[str]
    newline: str


def dialects() -> st.SearchStrategy[Dialect]:
    pick = st.sampled_from
    return st.builds(
        Dialect,
        pick(["# {}", "## {}", "### {}", "## 1. {}", "1.  **{}**", "**{}**", "# **{}**:"]),
        pick([0, 1, 2]),
        st.booleans(),
        pick(["* ", "- ", "+ ", "*   ", "-   "]),
        pick(["  ", "    ", "\t"]),
        pick(["{}", "`{}`", "[{}]", "arXiv:{}", "{}v2", "[{}](https://arxiv.org/abs/{})",
              "https://arxiv.org/abs/{}", "[arXiv:{}]", "(arXiv:{}v1)"]),
        pick(["{}", "**{}**", "**{}:**", "1. {}", "I. {}", "**A. {}**", "heading"]),
        pick(["{} | {}", "{} – {}", "{}: {}", "**{}** – {}", "{} - {}"]),
        pick(["table", "list", "fields"]),
        pick(["{} – {} – {}: {}", "**{} – {} – {}:** {}", "{} – **{}** – *{}:* {}", "{} | {} | **{}:** {}"]),
        pick(["**{}:** {}. {}: {}", "**{}**: {}. **{}:** {}", "**{}:** {} → **{}:** {}", "nested"]),
        pick(["✨ **{}**", "* **Idea {n}: {}**", "heading", "1", "✨ **Ý tưởng {n}: {}**", "**Idea {n} – {}**"]),
        pick(["**{}:**", "**{}**:", "{}:", "*{}:*"]),
        st.booleans(),
        pick(["{} – {} · {}", "**{} – {}** · {}", "1. {} – {} · {}", "{} – *{}* – {}"]),
        pick(["**{}:** {}", "1. **{}:** {}", "**{}** – {}", "paragraph"]),
        st.lists(pick(list(HEADINGS)), min_size=1, unique=True),
        pick(["\n", "\r\n"]),
    )  # fmt: skip


def render(model: Model, dialect: Dialect) -> str:
    """The digest as text."""
    from rendering import Writer

    return Writer(dialect).digest(model)

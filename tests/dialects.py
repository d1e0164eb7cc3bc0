"""The dialects that people and language models write digests in, section by section."""

from __future__ import annotations

from dataclasses import dataclass

from digest_models import Model
from hypothesis import strategies as st

__all__ = [
    "EXTRAS",
    "FORMS",
    "HEADINGS",
    "LABELS",
    "LEVELS",
    "Dialect",
    "Manner",
    "dialects",
    "render",
]

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
    "opportunity": ["Opportunities", "Cơ hội"], "assessment": ["Assessment", "Suy nghĩ"],
    "keywords": ["Keywords", "Từ khóa"], "breakthrough": ["Breakthrough", "Đột phá"],
    "impact": ["Impact", "Ảnh hưởng"], "idea": ["Idea", "Ý tưởng"], "reason": ["Reason", "Lý do"],
    "paper": ["Paper", "Bài báo"], "technique": ["Technique", "Kỹ thuật"], "evidence": ["Evidence", "Bằng chứng"],
    "title": ["Title", "Tiêu đề"], "trend": ["Trend", "Xu hướng"], "text": ["Description", "Mô tả"],
    "field": ["Field", "Mục"],
}
LEVELS = {
    "low": ["Low risk", "Thấp"], "medium": ["Medium risk", "Trung bình"],
    "medium-high": ["Medium-High", "Trung bình đến Cao"], "high": ["High risk", "Cao"],
    "very-high": ["Very high risk", "Rất cao"], "extreme": ["Extremely high risk", "Cực kỳ cao"],
}
SHAPES = [
    "{n}.  **{}**", "# {}", "## {}", "### {}", "## {n}. {}", "**{}**", "# **{}**:", "**{n}. {}**", "## 🌳 {}",
    "## PHẦN {n}: {}", "### {n}) {}", "## **{n}. {}**", "**[{}]**", "# {n} – {}", "{n}. {}",
]
IDS = ["{}", "`{}`", "[{}]", "arXiv:{}", "{}v2", "[{}](https://arxiv.org/abs/{})",
       "https://arxiv.org/abs/{}", "[arXiv:{}]", "(arXiv:{}v1)", "**{}**",
       "`arXiv:{}`", "<https://arxiv.org/abs/{}>", "[`{}`](https://arxiv.org/pdf/{})", "*{}*", "arXiv {}",
       "[[{}]](https://arxiv.org/abs/{})"]
WHO = ["{}", "{} ({name})", "{name} ({})"]
BULLETS = ["*   ", "* ", "- ", "-   ", "+ ", "• ", "– "]
FORMS = {
    "TOPIC_TREE": {
        "topic": ["{}", "**{}**", "**{}:**", "1. {}", "I. {}", "**A. {}**", "heading", "📁 {}", "1.1 {}",
                  "__{}__", "*{}*"],
        "bold": ["all", "first", "two"],  # down to which depth the style of topics goes
        "leaf": ["{} | {}", "{} – {}", "{}: {}", "**{}** – {}", "{} - {}", "code", "bars", "aside", "{} → {}", "{} · {}", "{} — {}"],
        "remark": ["", " (Lưu ý: Survey)", " (Note: not new)"],
        "empty": ["", "(Không có bài nào trong tháng này)", "(No papers this month)", "twin", "twin with id"],
        "count": ["", " (2 bài)", " (3 papers)"],
        "fence": ["", "```", "```markdown"],
        "scope": ["", "(Papers that are surveys or analyses)"],  # a note on Other, its papers nested in it
    },
    "SOTA_HIGHLIGHTS": {
        "form": ["table", "tight", "padded", "list", "fields", "heading", "1"],
        "few": ["", " (≤ 5)"],
        "heads": ["Rank PaperID", "PaperID", "# Paper", "STT PaperID Tên"],
        "who": WHO,
    },
    "NOVEL_TECH_CONTRIBUTIONS": {
        "form": ["**{} – {} – {}:** {}", "{} – {} – {}: {}", "{} – **{}** – *{}:* {}", "{} | {} | **{}:** {}",
                 "whole", "remark", "fields", "table", "{} – {} → {}: {}", "**{} – {}** 💭 *{}:* {}"],
        "who": WHO,
    },
    "GAPS_AND_OPPORTUNITIES": {
        "form": ["**{}:** {}. {}: {}", "**{}**: {}. **{}:** {}", "**{}:** {} → **{}:** {}", "nested", "bullets",
                 "arrows", "plain", "table", "heading", "1", "1 nested"],
        "title": ["{}", "{} ({})", "{w} {n}: {}", "{n}. {}"],
        "label": ["*{}:*", "**{}:**", "**{}**:", "{}:", "💡 **{}:**"],
        "cite": ["({})", "[{}]", "(cited by {})", "(đề cập trong {})", "named"],
    },
    "FUTURE_IDEAS": {
        "title": ["✨ **{}**", "✨ **{i} {n}: {}**", "* **{i} {n}: {}**", "heading", "1", "**{i} {n} – {}**",
                  "💡 **{}**", "🚀 {i} {n}: {}", "**{n}. {}**", "* ✨ **{}**"],
        "label": ["**{}:**", "{}:", "**{}**:", "*{}:*", "🎯 **{}:**", "__{}:__", "**{}** –"],
        "fields": ["list", "paragraphs", "table", "columns", "one", "1"],
        "steps": ["", "1", "bold", "nested", "bullets", "intro"],
        "moonshot": ["risk", "end", "slanted", "front", "number"],
        "risk": ["{}. {}.", "{} vì {}.", "{}. {}. Feasibility: Low.", "{} – {}."],
        "cite": ["({})", "[{}]", "(e.g., {})", "named"],
    },
    "READING_LIST": {
        "form": ["{} – {} · {}", "**{} – {}** · {}", "**{} – {} · {}.**", "{} – {} · *{}.*", "1. {} – {} · {}",
                 "{} – *{}* – {}", "table", "{n}) {} – {} · {}", "**{1}** ({0}): {2}", "{}: {} – {}", "fields",
                 "link"],
    },
    "META_REFLECTION": {
        "form": ["**{}:** {}", "1. **{}:** {}", "1.  **{}:** {}\n", "**{}** – {}", "paragraph", "ordinal", "ordinals",
                 "inner", "plain", "heading", "table", "🔹 **{}:** {}", "**{n}. {}.** {}", "**{w} {n}: {}.** {}"],
        "intro": ["", "paragraph", "item"],
        "closing": ["", "Nhìn chung, tháng này cho thấy tiến bộ.", "Overall, it was a good month."],
        "apart": ["yes", "no"],  # whether a blank line stands before the closing
        "cite": ["({})", "[{}]", "named"],
    },
}
PREFACES = [
    "", "\n", "Chào bạn, đây là bản tổng hợp.\n\n", "Sure! Here is the digest:\n\n---\n\n",
    "# Bản tin AI – Tháng 03/2024\n\n", "**Bản tin AI – Tháng 03/2024**\n\n", "---\ntitle: Bản tin\n---\n\n",
]
EXTRAS = {
    "Thống kê": "- Tổng số bài: 99\n- Số chủ đề: 12",
    "Statistics": "| Count | Value |\n|---|---|\n| Papers | 99 |",
    "Tổng quan": "Tháng này có nhiều bài hay về dữ liệu và bộ nhớ.",
    "Abbreviations": "* **MoE:** mixture of experts\n* **KV:** keys and values",
}
# fmt: on


@dataclass(frozen=True)
class Manner:
    """How one section is written; `forms` has a choice of each of its rows in `FORMS`.

    Its `language` is the first or second of `LABELS`, or both with the second in brackets.
    """

    language: int
    blank: bool
    bullet: str
    identifier: str
    forms: dict[str, str]


@dataclass(frozen=True)
class Dialect:
    """One way of writing a digest: each section has its own."""

    heading: str
    language: int
    after: str
    indent: str
    inset: bool
    preface: str
    manners: dict[str, Manner]
    order: list[str]
    rule: bool
    extra: str
    end: str
    trailing: str
    newline: str


def _manners(section: str) -> st.SearchStrategy[Manner]:
    forms = {name: st.sampled_from(choices) for name, choices in FORMS[section].items()}
    return st.builds(
        Manner,
        st.integers(0, 2),
        st.booleans(),
        st.sampled_from(BULLETS),
        st.sampled_from(IDS),
        st.fixed_dictionaries(forms),
    )


def dialects() -> st.SearchStrategy[Dialect]:
    pick = st.sampled_from
    return st.builds(
        Dialect,
        pick(SHAPES),
        pick([0, 1, 2]),
        pick(["", " (Top papers đáng đọc)", " – Tháng 3"]),
        pick(["    ", "  ", "\t"]),
        st.booleans(),
        pick(PREFACES),
        st.fixed_dictionaries({name: _manners(name) for name in HEADINGS}),
        st.lists(pick(list(HEADINGS)), min_size=1, unique=True),
        st.booleans(),
        pick(["", "", *EXTRAS]),
        pick(["", "Hy vọng bản tổng hợp này hữu ích!", "Let me know if you need more."]),
        pick(["", "  "]),
        pick(["\n", "\r\n"]),
    )


def render(model: Model, dialect: Dialect) -> str:
    """The digest as text."""
    from rendering import Writer

    return Writer(dialect).digest(model)

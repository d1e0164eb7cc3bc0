"""Shapes that other authors write and that a person reads without doubt; those not read yet say so."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from places import build_text

import kg

A, B, C = "2403.03507", "2403.00071", "2403.04746"


def facts(text: str) -> set[tuple[str, ...]]:
    """Topics and placements, what entries are about, and what they cite, by label."""
    graph: kg.KnowledgeGraph = build_text(text, period="2024-03")
    found: set[tuple[str, ...]] = set()
    for node in graph.nodes():
        if node.type == "Topic":
            found.add(("topic", str(node.attributes["path"])))
        elif node.type in ("Gap", "Idea", "Trend"):
            found.add((node.type, node.label))
    for edge in graph.edges():
        source, number = graph.node(edge.source), edge.target[6:]
        if edge.type == "hasTopic":
            found.add(("at", edge.source[6:], str(graph.node(edge.target).attributes["path"])))
        elif edge.type == "about":
            found.add((source.type, number))
        elif edge.basis == "identifier":
            found.add((edge.type, source.label, number))
    return found


def tree(*placed: tuple[str, str]) -> set[tuple[str, ...]]:
    paths = {path for _, path in placed}
    above = {" > ".join(p.split(" > ")[:n]) for p in paths for n in range(1, len(p.split(" > ")))}
    return {("topic", path) for path in paths | above} | {("at", *one) for one in placed}


def gaps(*cited: tuple[str, str], type: str = "Gap") -> set[tuple[str, ...]]:
    return {(type, title) for title, _ in cited} | {("cites", *one) for one in cited}


def ideas(*cited: tuple[str, str, str]) -> set[tuple[str, ...]]:
    return {("Idea", title) for _, title, _ in cited} | set(cited)


def about(type: str, *numbers: str) -> set[tuple[str, ...]]:
    return {(type, number) for number in numbers}


NESTED = tree((A, "ML > Vision"), (B, "ML > Language"))
TWO = ideas(
    ("motivatedBy", "Toward X", A), ("buildsOn", "Toward X", B), ("motivatedBy", "Toward Y", C)
)
ORDINALS = f"First, **efficiency** grows {A}.\nSecond, **reasoning** grows {B}.\n"
# fmt: off
CASES: dict[str, tuple[str, str, set[tuple[str, ...]]]] = {
    # name: what is wrong if anything is, the text, the facts
    "names before ids": ("", f"# TOPIC_TREE\n\n- ML\n  - GaLore ({A}): text\n  - [{B}] text\n", tree((A, "ML"), (B, "ML"))),
    "bold name before a link": ("", f"# TOPIC_TREE\n\n- ML\n  - **GaLore** ([{A}](https://arxiv.org/abs/{A})) – text\n", tree((A, "ML"))),
    "ascii tree": ("", f"# TOPIC_TREE\n```\nML\n├── Vision\n│   └── {A} | text\n└── Language\n    └── {B} | text\n```\n", NESTED),
    "numbered lines without bullets": ("", f"# TOPIC_TREE\n1. ML\n   1.1 Vision\n       - {A} | text\n   1.2 Language\n       - {B} | text\n", NESTED),
    "numbers say the depth": ("", f"# TOPIC_TREE\n\n**1. ML**\n\n**1.1 Vision**\n- {A} | text\n\n**1.2 Language**\n- {B} | text\n", NESTED),
    "topics called like sections": ("", f"## Topic Tree\n### Reflection\n- {A} | text\n### Open Problems in RL\n- {B} | text\n",
                                    tree((A, "Reflection"), (B, "Open Problems in RL"))),
    "whole digest in a fence": ("", f"Here it is:\n\n```markdown\n# TOPIC_TREE\n* ML\n  * {A} | text\n```\n", tree((A, "ML"))),
    "whole digest in a quote": ("", f"> # TOPIC_TREE\n> * ML\n>   * {A} | text\n", tree((A, "ML"))),
    "heading with a picture": ("", f"## 🌳 Topic Tree\n* ML\n  * {A} | text\n", tree((A, "ML"))),
    "section N": ("", f"## Topic Tree\n* ML\n  * {A} | text\n## Section 2: Reading List\n* {B} – T · r\n", tree((A, "ML")) | about("Recommendation", B)),
    "gaps by heading": ("", f"## Gaps\n### Gap 1: No data\nText ({A}).\n\n**Opportunity:** more {B}.\n", gaps(("No data", A), ("No data", B))),
    "gaps in a table": ("", f"## Gaps\n| Gap | Evidence | Opportunity |\n|---|---|---|\n| No data | {A} | more {B} |\n", gaps(("No data", A), ("No data", B))),
    "fields as paragraphs": ("", f"## Future Ideas\n### Idea 1: Toward X\n**Motivation:** a {A}.\n\n**Key novelty:** b {B}.\n\n### Toward Y\n**Motivation:** c {C}.\n", TWO),
    "fields as headings": ("", f"## Future Ideas\n### Toward X\n#### Motivation\na {A}.\n#### Key novelty\nb {B}.\n### Toward Y\n#### Motivation\nc {C}\n", TWO),
    "numbered ideas in plain letters": ("", f"## Future Ideas\n1. Toward X\n   - Motivation: a {A}\n   - Key novelty: b {B}\n2. Toward Y\n   - Motivation: c {C}\n", TWO),
    "an idea in one paragraph": ("", f"## Future Ideas\n- **Toward X.** Motivation: a {A}. Key novelty: b {B}.\n- **Toward Y.** Motivation: c {C}.\n", TWO),
    "ideas with other pictures": ("", f"## Future Ideas\n💡 **Toward X**\n- **Motivation:** a {A}\n- **Key novelty:** b {B}\n\n🚀 **Toward Y**\n- **Motivation:** c {C}\n", TWO),
    "Ý tưởng as a title": ("", f"## FUTURE_IDEAS\n\n**Ý tưởng 1: Toward X**\n* **Động lực:** a {A}\n* **Điểm mới:** b {B}\n\n**Ý tưởng 2: Toward Y**\n* **Động lực:** c {C}\n", TWO),
    "reading list in a table": ("", f"## Reading List\n| # | Paper | Why |\n|---|---|---|\n| 1 | {A} – GaLore | memory |\n", about("Recommendation", A)),
    "contributions in a table": ("", f"## Contributions\n| Paper | Technique | Assessment |\n|---|---|---|\n| {A} | Low rank | neat |\n", about("Contribution", A)),
    "highlights by heading": ("", f"## Highlights\n### 1. GaLore ({A})\n- Impact: a\n### 2. ShortGPT ({B})\n- Impact: b\n", about("Highlight", A, B)),
    "trends by heading": ("", f"## Trends\n### Rise of X\nText {A}.\n### Rise of Y\nText {B}.\n", gaps(("Rise of X", A), ("Rise of Y", B), type="Trend")),
    "trends as lines": ("", f"## Reflection\n\nMuch happened.\n{ORDINALS}", gaps(("efficiency", A), ("reasoning", B), type="Trend")),
    "Spanish": ("", f"## Árbol de temas\n* ML\n  * {A} | texto\n## Brechas y oportunidades\n* **Falta:** texto {B}. Oportunidad: más\n", tree((A, "ML")) | gaps(("Falta", B))),
    "Chinese": ("", f"## 主题树\n* ML\n  * {A} | 文本\n## 差距与机会\n* **缺乏：** 文本 {B}。机会：更多\n", tree((A, "ML")) | gaps(("缺乏", B))),
}
# fmt: on


def cases() -> Iterable[object]:
    for name, (why, text, expected) in CASES.items():
        marks = [pytest.mark.xfail(strict=True, reason=why)] if why else []
        yield pytest.param(text, expected, id=name.replace(" ", "-"), marks=marks)


@pytest.mark.parametrize(("text", "expected"), list(cases()))
def test_dialect(text: str, expected: set[tuple[str, ...]]) -> None:
    assert facts("\n" + text) == expected

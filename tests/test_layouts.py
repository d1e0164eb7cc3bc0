"""The sample digest in other people's layouts gives the same graph."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kg

SAMPLE = (Path(__file__).parents[1] / "examples" / "ai-research-2024-03.md").read_text("utf-8")
ID = r"(?<![\d`(\[])(\d{4}\.\d{5})"


def headed(pattern: str) -> str:
    """Section headings of another shape, their content no longer indented below them."""
    text = re.sub(
        r"(?m)^(\d)\.  \*\*(\w+)\*\*$",
        lambda m: pattern.format(n=m[1], s=m[2], h=m[2].replace("_", " ").title()),
        SAMPLE,
    )
    return re.sub(r"(?m)^    ", "", text)


LAYOUTS = {
    "numbered h3": headed("### {n}. {s}"),
    "words for names": headed("## {h}"),
    "bold lines": headed("**{s}**"),
    "bold numbered lines": headed("**{n}. {s}**"),
    "plain lines": headed("{s}"),
    "setext": headed("{h}\n======"),
    "numbered items, content beside them": headed("{n}.  **{s}**"),
    "rules between": headed("---\n\n## {h}"),
    "pictures": headed("## 🌟 {h}"),
    "dashes, two spaces": re.sub(
        r"(?m)^( *)\*   ", lambda m: " " * (len(m[1]) // 2) + "- ", headed("## {h}")
    ),
    "tabs": re.sub(r"(?m)^( +)", lambda m: "\t" * (len(m[1]) // 4), headed("## {h}")),
    "ids in brackets": re.sub(ID, r"[\1]", SAMPLE),
    "ids as links": re.sub(ID, r"[\1](https://arxiv.org/abs/\1)", SAMPLE),
    "arXiv: and a version": re.sub(r"(?<!\d)(\d{4}\.\d{5})", r"arXiv:\1v1", SAMPLE),
    "a fence around it": f"```markdown\n{SAMPLE}\n```\n",
    "a chat around it": f"Sure! Here it is:\n\n{SAMPLE}\n\nLet me know if you want more.\n",
    "quoted": re.sub(r"(?m)^", "> ", SAMPLE),
    "hyphens for dashes": SAMPLE.replace(" – ", " - "),
    "Windows": SAMPLE.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_layout_does_not_matter(name: str) -> None:
    graph = kg.build(LAYOUTS[name] + "\n", period="2024-03")
    assert graph.counts() == kg.build(SAMPLE, period="2024-03").counts()
    assert [str(d) for d in graph.diagnostics if d.severity != "info"] == []

"""Wherever an identifier is written, it is in the graph with its place, or it is said that it is not."""

from __future__ import annotations

import re
import sys

import pytest
from accounts import Account, check_complete
from hypothesis import given, note, settings
from hypothesis import strategies as st

ID = "2403.03507"
OTHER = "2403.00071"

HELD = [
    # code: fences, what stands behind them, code in code, trees
    "```{}\ncode\n```", "```text {}\ncode\n```", "~~~{}\ncode\n~~~", "```{}", "```\ncode {}\n```", "```\ncode\n``` {}",
    "* words\n  ```{}\n  code\n  ```", "> ```{}\n> code\n> ```", "````\n```{}\n2403.00071\n```\n````", "`{}`", "    {} code",
    "`````\n````\n```{}\n2403.00071\n```\n````\n`````", "```\n├── A\n│   └── {}\n```", "```{}\n├── A\n│   └── 2403.00071\n```",
    "```html\n<a id=\"{}\"></a>\n```", "```yaml\nid: {}\n```", "```\n[g]: https://arxiv.org/abs/{}\n```",
    # links and images
    "[x](https://arxiv.org/abs/{})", "[x]({})", '[x](http://x.y "{}")', '[x](https://arxiv.org/abs/2403.00071 "{}")',
    "[x](https://x.y/?a=2403.00071&b={})", "[](https://arxiv.org/abs/{})", "[x](<https://arxiv.org/abs/{}>)", "![of {}](x.png)",
    "![x](https://x.y/{}.png)", '![x](x.png "{}")', "[![b](b.svg)](https://arxiv.org/abs/{})", "<https://arxiv.org/abs/{}>",
    "<arxiv:{}>", "[2403.00071](https://arxiv.org/abs/{})", "[x](https://huggingface.co/papers/{})",
    # definitions and footnotes, used or not
    "[x][g] words\n\n[g]: https://arxiv.org/abs/{}", "words\n\n[g]: https://arxiv.org/abs/{}", 'words\n\n[g]: https://x.y "{}"',
    "words\n\n[g]:\n  https://arxiv.org/abs/{}", 'words\n\n[g]: https://x.y\n  "title {}"', "words\n\n[g\n{}]: https://x.y",
    "words\n\n[g]: <https://x y/{}>", 'words\n\n[g]: https://x.y "one\ntwo {}"', "[x][{}] words\n\n[{}]: https://x.y/",
    "words[^1]\n\n[^1]: {} note", "words\n\n[^1]: {} note", "words[^1]\n\n[^1]: note\n\n    more {}", "words[^{}] more", "words^[{} note]",
    # HTML
    '<a href="https://arxiv.org/abs/{}">x</a>', '<a href="http://x" title="{}">x</a>', 'words <a id="{}"></a>', '<a name="{}"></a>',
    "<div id=\"{}\">\nwords\n</div>", '<div data-id="{}">words</div>', '<span title="{}">x</span>', '<img alt="{}" src="x.png">',
    "<details>\n<summary>{}</summary>\n\nwords\n</details>", '<details name="{}">\nwords\n</details>', "<ul><li>{}</li></ul>",
    '<ul><li id="{}">words</li></ul>', '<ul id="{}">\n<li>words</li>\n</ul>', "<p>{} words</p>", "<cite>{}</cite>", "<pre>\n{}\n</pre>",
    "<table><tr><td>{}</td></tr></table>", 'words <foo-{}>', "<![CDATA[{}]]>", "<?php {} ?>", "words <!X {}>", 'words <b>x</b {}>',
    # tables
    "| a | b |\n|-|-|\n| {} | c |", "| a | b |\n|-|-|\n| c | d | {} |", "| a {} | b |\n|-|-|\n| c | d |", "| a | b | {} |\n|-|-|\n| c | d |",
    "| a | b |\n|-|-|\n| c \\| {} | d |", "| a | b |\n|-|-|\n| c | d | [x](https://arxiv.org/abs/{}) |", "Table 1: {}\n\n| a | b |\n|-|-|\n| c | d |",
    "| a | b |\n|-|-|\n| c | d |\nabout {}", "| a | b |\n|-|-|\n|-|-| {}", "a | b\n-|-\n{} | c", '| a | b |\n|-|-|\n| <i title="{}">c</i> | d |',
    "> | a | b |\n> |-|-|\n> | c | d | {} |", "| a | b |\n|-|\n| {} | c |",
    # blocks
    "* {}", "- [ ] {}", "- [{}]", "Term {}\n: words", "Term\n: words {}", "> {}", "> > words\n{}", "> [!note] {}\n> words", "> [!{}] title\n> words",
    *(f"{'#' * level} Words {{}}" for level in range(1, 8)), *(f"{'#' * level} {{}}" for level in range(1, 7)), "Words {}\n=====", "Words {}\n-----",
    "# Words {{#{}}}", "$$\n{}\n$$", "${}$", "\\cite{{{}}}", "~~{}~~", "words  \n{}", "words\\\n{}", ":::note {}\nwords\n:::", "[[{}|x]]", "![[{}.pdf]]",
    "words " * 2000 + "{}", "words\r{} more\rend", "words\x85{}", "words\x0c{}", "words\t{}", "words\u2028{}",
    # joined and glued
    "2403.00071/{}", "2403.00071,{}", "2403.00071&{}", "2403.00071&amp;{}", "2403.00071+{}", "2403.00071–{}", "2403.00071...{}", "see ...{}",
    "x`{}`y", "1**{}**2", "No.{}", "arxiv_{}", "{}.pdf", "paper_{}.pdf", "id={}", "#{}", "10.1145/1.2;{}", "10.1145/1.2,{}", "từ{}ữ", "[@{}]",
    "arXiv:{}v2 [cs.LG]", "arXiv.{}", "10.48550/arXiv.{}", "10.48550/arXiv.2403.00071,10.48550/arXiv.{}", "https://doi.org/10.48550%2FarXiv.{}",
    "https://www.alphaxiv.org/abs/{}", "https://x.y/?ids={},2403.00071", "https://ar5iv.labs.arxiv.org/html/{}",
]  # fmt: skip
"""Where an identifier is seen, or stands in the markup alone."""

DIVIDED = [
    "**2403**.03507", "2403.**03507**", "*2403.03*507", "24*03.03507*", "`2403`.03507", "`2403.03`507", "2403.<b>03507</b>", "2403.<wbr>03507",
    "[2403](u).03507", "2403&#46;03507", "&#50;403.03507", "2403&period;03507", "2403\\.03507", "2403\u200b.03507", "2403.0\u200b3507",
    "2403.\u00ad03507", "2403.&shy;03507", "2403\u2060.03507", "2403.\ufeff03507", "2403.&#8203;03507",
]  # fmt: skip
"""One identifier to who reads it, though markup or characters without width stand in it."""

TOLD = [
    ("<!-- {} -->", "hidden-identifier"), ("words <!--\n{} --> more", "hidden-identifier"), ("| a |\n|-|\n| b <!-- {} --> |", "hidden-identifier"),
    ("２４０３．０３５０７", "unread-identifier"), ("2403．03507", "unread-identifier"), ("2403。03507", "unread-identifier"),
    ("2403·03507", "unread-identifier"), ("2403,03507", "unread-identifier"), ("2403. 03507", "unread-identifier"),
    ("٢٤٠٣.٠٣٥٠٧", "unread-identifier"), ("x{}", "unread-identifier"), ("v1.{}", "unread-identifier"), ("{}.5", "unread-identifier"),
    ("2403.~~03507~~", "unread-identifier"), ("2403\u200d.03507", "unread-identifier"),
]  # fmt: skip
"""What is no identifier, or was taken out of the text; a remark has its place."""

OTHERS = {
    "hep-th/9901001": "hep-th/9901001",
    "cs.LG/0211025v2": "cs/0211025",
    "10.1145/3292500.3330701": "doi:10.1145/3292500.3330701",
}
GLUED = (
    "foo-{}",
    "1**{}**2",
    "No.{}",
    "_{}",
    "{}.pdf",
    "![x](https",
    "`{}`y",
    "{}.",
    "{}_",
    "x.{}",
    "...{}",
    "arXiv.{}",
    "FarXiv.{}",
    "ữ",
    "|x]]",
)
"""What these may not be glued to: letters and full stops in front, and what a DOI goes on with."""

SECTIONS = {
    "tree": ("# TOPIC_TREE\n\n* ML\n  * 2403.17887 | before\n\n", "\n\n* NLP\n  * 2403.04746 | after\n"),
    "highlights": ("# SOTA_HIGHLIGHTS\n\n| # | Paper | Keywords | Breakthrough | Impact |\n|-|-|-|-|-|\n| 1 | 2403.17887 | a | b | c |\n\n", "\n"),
    "contributions": ("# NOVEL_TECH_CONTRIBUTIONS\n\n* 2403.17887 – Pruning. Assessment: good.\n\n", "\n"),
    "gaps": ("# GAPS_AND_OPPORTUNITIES\n\n* **Memory:** too high (2403.17887). Opportunity: offload.\n\n", "\n"),
    "ideas": ("# FUTURE_IDEAS\n\n## Idea 1: Less\n\n* Motivation: as in 2403.17887\n\n", "\n"),
    "reading list": ("# READING_LIST\n\n* 2403.17887 – Title · reason\n\n", "\n"),
    "reflection": ("# META_REFLECTION\n\n* **Less:** for all (2403.17887).\n\n", "\n"),
    "unknown": ("# TOPIC_TREE\n\n* ML\n  * 2403.17887 | x\n\n# WEATHER\n\n", "\n"),
    "preamble": ("Title\n\n", "\n\n# TOPIC_TREE\n\n* ML\n  * 2403.17887 | x\n"),
    "nothing else": ("", "\n"),
}  # fmt: skip


def put(wrapping: str) -> str:
    return wrapping.replace("{}", ID).replace("{{", "{").replace("}}", "}")


def lines_with(text: str, number: str) -> set[int]:
    lines = re.split(r"\r\n|\r|\n", text)
    return {n for n, line in enumerate(lines, 1) if number in line}


def check_kept(text: str) -> None:
    """Each line with the identifier has a mention of the paper, or a remark that shows it."""
    account = Account(text)
    check_complete(account)
    assert account.ledger.unheld == []
    papers = [node for node in account.graph.nodes("Paper") if node.id == f"paper:{ID}"]
    assert papers, text
    held = {place.line for place in papers[0].sources}
    said = {d.line for d in account.remarks if ID in d.message}
    assert lines_with(text, ID) <= held | said


@pytest.mark.parametrize("section", SECTIONS)
def test_every_wrapping_keeps_its_identifier(section: str) -> None:
    before, after = SECTIONS[section]
    for wrapping in HELD:
        check_kept(before + put(wrapping) + after)


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("written", OTHERS)
def test_old_identifiers_and_dois_are_kept_too(written: str, section: str) -> None:
    before, after = SECTIONS[section]
    for wrapping in HELD:
        if any(glue in wrapping for glue in GLUED):
            continue
        account = Account(before + put(wrapping).replace(ID, written) + after)
        assert account.ledger.unheld == []
        papers = [node.id for node in account.graph.nodes("Paper")]
        assert [one for one in papers if one.startswith(f"paper:{OTHERS[written]}")], wrapping


@pytest.mark.parametrize("section", SECTIONS)
def test_what_only_markup_divides_is_one_identifier(section: str) -> None:
    before, after = SECTIONS[section]
    for written in DIVIDED:
        account = Account(f"{before}words {written} more{after}")
        check_complete(account)
        assert f"paper:{ID}" in {node.id for node in account.graph.nodes("Paper")}, written


@pytest.mark.parametrize("section", SECTIONS)
def test_what_is_not_read_is_told(section: str) -> None:
    before, after = SECTIONS[section]
    for wrapping, code in TOLD:
        text = before + f"words {put(wrapping)} more" + after
        account = Account(text)
        check_complete(account)
        assert f"paper:{ID}" not in {node.id for node in account.graph.nodes("Paper")}, wrapping
        told = [(d.line, d.column) for d in account.remarks if d.code == code]
        assert len(told) == 1, wrapping


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(st.sampled_from(HELD), st.sampled_from(HELD), st.integers(0, 99999)),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(sorted(SECTIONS)),
    st.sampled_from(["\n\n", "\n\n* ", "\n\n> ", "\n\n1. "]),
)
def test_wrappings_within_and_behind_each_other(
    chosen: list[tuple[str, str, int]], section: str, between: str
) -> None:
    before, after = SECTIONS[section]
    numbers = [f"2402.{(number + n) % 99999 + 1:05}" for n, (*_, number) in enumerate(chosen)]
    parts = [
        put(outer.replace("{}", put(inner) if "\n" not in outer + inner else ID)).replace(
            ID, number
        )
        for (outer, inner, _), number in zip(chosen, numbers, strict=True)
    ]
    text = before + between.join(parts) + after
    note(text)
    account = Account(text)
    check_complete(account)
    assert account.ledger.unheld == []
    papers = " ".join(node.id for node in account.graph.nodes("Paper"))
    told = papers + "".join(
        d.message for d in account.remarks
    )  # a DOI may end in what looks like one
    assert {number for number in numbers if number not in told} == set()


def test_a_line_of_thousands_is_read_in_linear_time() -> None:
    def cost(count: int) -> int:
        text = "<i>" + "".join(
            f' <i title="2403.{n:05}">x</i> 2402,{n:05}' for n in range(1, count)
        )
        account, calls = Account, 0

        def tick(*_: object) -> None:
            nonlocal calls
            calls += 1

        sys.setprofile(tick)
        try:
            account(text)
        finally:
            sys.setprofile(None)
        return calls

    assert cost(400) < 2.6 * cost(200)

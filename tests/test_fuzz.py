"""Random bytes, random Markdown and spliced digests: no crash, and no identifier is lost."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from digests import DIGESTS, FOLDER, ID, SAMPLE
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from places import build_text, check_places

import kg
from kg.ids import find_ids
from kg.ledger import keep_ledger
from kg.lint import lint
from kg.pipeline import build_documents
from kg.reading import Document, read_documents, read_outline

NIGHTLY = bool(os.environ.get("KG_NIGHTLY"))
EXAMPLES = 2000 if NIGHTLY else 100
fuzzed = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=not NIGHTLY,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TEXTS = {path: path.read_text(encoding="utf-8").split("\n") for path in (SAMPLE, *DIGESTS)}
WRITTEN = ["2403.03507", "2403.17887v2", "arXiv:2402.19173", "[2403.00071]", "`2403.04746`", "hep-th/9901001",
           "10.1000/x.1", "https://arxiv.org/abs/2403.05530", "(arXiv:2403.05812v1)"]  # fmt: skip
MARKS = ["\n", "\n\n", "* ", "- ", "1. ", "    ", "\t", "# ", "## ", "**", "*", "`", "| ", "\n|-|-|\n", "> ", "~~",
         "TOPIC_TREE", "FUTURE_IDEAS", "META_REFLECTION", "\n```\n", "\n---\n", "===", ": ", " – ", " · ", "→",
         "Motivation:", "Cơ hội:", "GaLore", "Độ", "(", ")", "[", "]", "](u)", "!", "\\", "&nbsp;", "<br>", "<b>",
         "\r", "\r\n", "\x00", "\u2028", "\x0b", "[^1]", "[x]: ", "$$", ":::", "{#a}", "- [ ] ", "^^", "\ufeff"]  # fmt: skip


def all_of(text: str) -> kg.KnowledgeGraph:
    """Builds, accounts, lints; every place is checked."""
    document = Document(text, "2024-03.md")
    graph = build_documents([document])
    check_places(graph, {document.name: document.data})
    ledger = keep_ledger(document, graph)
    assert ledger.unheld == []
    found = [*graph.diagnostics, *lint(graph, [read_outline(document)])]
    assert all(remark.message for remark in [*found, *ledger.diagnostics(found)])
    return graph


def shown(text: str) -> str:
    """The text without what Markdown shows nobody: comments; and entities and escapes undone.

    Definitions of link references are hidden too (`[x]: https://arxiv.org/…`); the
    splices have none, and random Markdown is not held to them.
    """
    return re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)


@fuzzed
@given(st.binary(max_size=300))
def test_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "digest.md"
    path.write_bytes(data)
    readable = b"\0" not in data
    try:
        data.decode()
    except UnicodeDecodeError:
        readable = False
    if not readable:
        with pytest.raises(kg.KgError, match=re.escape(str(path))):
            read_documents([path])
        return
    [document] = read_documents([path])
    graph = build_documents([document])
    check_places(graph, {document.name: document.data})


@fuzzed
@given(
    st.lists(
        st.one_of(st.sampled_from(MARKS), st.sampled_from(WRITTEN), st.text(max_size=4)),
        max_size=50,
    )
)
def test_random_markdown(parts: list[str]) -> None:
    text = "\n" + "".join(parts)
    note(text)
    all_of(text)


@fuzzed
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "* ", "    * ", "\t- ", "> ", "| ", "# ", "1. ", "✨ **", "`", "    "]),
            st.sampled_from(["", "words ", "GaLore ", "**Độ:** ", "<i>", "\\", "~~"]),
            st.sampled_from(WRITTEN),
            st.sampled_from(["", " words", ": text", " | text |", "**", "`", ", 2403.03870", "</i>", ".", "~~"]),
        ),
        min_size=1, max_size=12,
    ),
    st.sampled_from(["\n", "\n\n", "\r\n", "  \n"]),
)  # fmt: skip
def test_every_identifier_of_random_lines_is_a_paper(
    rows: list[tuple[str, ...]], newline: str
) -> None:
    text = "begin\n" + newline.join("".join(row) for row in rows)
    note(text)
    graph = all_of(text)
    papers = {node.id for node in graph.nodes("Paper")}
    written = {found.paper.node for found in find_ids(text) if found.paper}
    assert papers == written


spans = st.tuples(
    st.sampled_from(sorted(TEXTS)), st.integers(0, 400), st.integers(1, 25), st.integers(-1, 2)
)


@settings(fuzzed, max_examples=EXAMPLES // 2)
@given(st.lists(spans, min_size=1, max_size=4))
def test_splices_of_real_digests_keep_every_identifier(
    parts: list[tuple[Path, int, int, int]],
) -> None:
    lines: list[str] = []
    for path, start, count, shift in parts:
        chosen = TEXTS[path][start % len(TEXTS[path]) :][:count]
        lines += [
            "    " * shift + line if shift > 0 else line.removeprefix("    " * -shift)
            for line in chosen
        ]
    text = "\n".join(["begin", *lines])
    note(text)
    graph = all_of(text)
    written = set(ID.findall(shown(text)))
    assert {node.id.removeprefix("paper:") for node in graph.nodes("Paper")} == written


@settings(fuzzed, max_examples=EXAMPLES // 5)
@given(st.sampled_from(sorted(TEXTS)), st.lists(st.integers(0, 70_000), min_size=1, max_size=6))
def test_characters_taken_out_of_a_digest(path: Path, places: list[int]) -> None:
    text = "\n".join(TEXTS[path])
    for place in places:
        place %= len(text)
        text = text[:place] + text[place + 3 :]
    written = {found.paper.node for found in find_ids(shown(text)) if found.paper}
    graph = build_text(text)
    assert {node.id for node in graph.nodes("Paper")} == written


def test_what_markdown_hides() -> None:
    """Comments and definitions of links that nobody uses are hidden; all else is seen."""
    seen = "words <b>2403.00071</b> ~~2403.00072~~ `2403.00073` 2403&#46;00074 \\[2403.00075]\n"
    graph = build_text(f"{seen}\n    2403.00076\n\n<div>\n2403.00077\n</div>\n\n![2403.00078](u)\n")
    numbers = sorted(node.id[-1] for node in graph.nodes("Paper"))
    assert numbers == list("12345678")


@pytest.mark.skipif(not DIGESTS, reason=f"no digests in {FOLDER} (set KG_DIGESTS)")
def test_all_digests_in_one_text_lose_nothing() -> None:
    text = "\n".join("\n".join(TEXTS[path]) for path in DIGESTS)
    graph = build_text(text)
    assert {node.id.removeprefix("paper:") for node in graph.nodes("Paper")} == set(
        ID.findall(text)
    )

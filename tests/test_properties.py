"""What holds for any text, in any order, on any machine."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest
from digests import DIGESTS, FOLDER, SAMPLE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from places import build_text

import kg
from kg.export import FORMATS
from kg.pipeline import build_documents
from kg.reading import Document

steady = settings(
    max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)

IDS = ["2403.03507", "2403.17887", "2402.19173", "2403.00071", "2403.04746"]
SECTIONS = [
    "TOPIC_TREE", "SOTA_HIGHLIGHTS", "NOVEL_TECH_CONTRIBUTIONS", "GAPS_AND_OPPORTUNITIES",
    "FUTURE_IDEAS", "READING_LIST", "META_REFLECTION", "Unknown",
]  # fmt: skip
PIECES = [
    "\n", "\n\n", "\n* ", "\n  * ", "\n    * ", "\n\t- ", "\n1. ", "\n   2) ", "\n· ", "\n– ",
    "\n> ", "\n| ", " | ", " |\n|---|---|---|\n| ", "\n```\n", "\n~~~", "\n    ", "**", "*", "`", "[", "](u)",
    "<b>", "\n<div>\n", "<!-- ", " -->", "\\", "&amp;", ": ", " – ", " · ", "(", ")", " ", "  \n", "\r\n",
    "\n---\n", "\n===\n", "✨ ", "**Độ:** ", "**Motivation:** ", "Key novelty: ", "Risk: high", "Cơ hội: ",
    "Suy nghĩ: ", "GaLore", "Proposes GaLore, ", "(Duplicate of A > B)", "(none)", "Idea 2 (Moon-shot):",
    "like GaLore", "Rank", "PaperID", "Keywords", "Học máy (ML)", "\u0301", "\ufeff", "\0", "👩‍🔬",
    "2413.99999", "10.1000/x(1).", "hep-th/9901001v2", "arXiv:2403.03507v2",
    "https://arxiv.org/abs/2403.03507", "[GaLore](https://arxiv.org/abs/2403.03507)",
]  # fmt: skip

headings = st.builds(
    "{}{}{}\n".format,
    st.sampled_from(["\n# ", "\n\n## ", "\n1.  **", "\n\n**", "\n"]),
    st.sampled_from(SECTIONS),
    st.sampled_from(["", "**", ":", "\n"]),
)
markdown = st.lists(
    st.one_of(
        st.sampled_from(PIECES),
        headings,
        st.sampled_from(IDS).map(" {} ".format),
        st.text(max_size=6),
    ),
    max_size=40,
).map("".join)


@steady
@given(st.text(max_size=200))
def test_any_text_makes_a_graph(text: str) -> None:
    build_text("\n" + text)


@steady
@given(markdown)
def test_anything_like_markdown_makes_a_graph(text: str) -> None:
    graph = build_text("\n" + text)
    for edge in graph.edges():
        assert edge.source in graph
        assert edge.target in graph


@settings(steady, max_examples=40)
@given(markdown)
def test_and_the_graph_can_be_written(text: str) -> None:
    from kg.export.graphml import dump as graphml
    from kg.export.turtle import dump as turtle

    graph = build_text("\n" + text)
    for dump in (turtle, graphml):
        assert b"".join(dump(graph)).decode()


blocks = st.lists(
    st.one_of(
        headings,
        st.builds(
            "{}{}{}\n".format,
            st.sampled_from(["\n", "* ", "  * ", "    - ", "      1. ", "· ", "| ", "> ", "\t* ", "\n```\n",
                             "**Label:** ", "✨ **", "## "]),
            st.builds(
                str.format,
                st.sampled_from(["{}", "Name {}", "GaLore ({})", "[{}]", "`{}`", "**{}**", "arXiv:{}v2",
                                 "Độ, {},", "<b>{}</b>", "&amp; {}: text", "{} | text", "[a](u) {} – b"]),
                st.sampled_from(IDS),
            ),
            st.sampled_from(["", " |", " like GaLore", " (none)", " | a | b", " 2403.03870", ". Cơ hội: x"]),
        ),
        st.sampled_from(["* Topic\n", "  * Sub\n", "| Rank | PaperID |\n|---|---|\n", "\n", "text\n", "```\n",
                         "---\n", "    * deep\n", "(Duplicate of A > B)\n", "Motivation: x\n"]),
    ),
    max_size=16,
).map("".join)  # fmt: skip


@steady
@given(blocks)
def test_no_paper_is_lost(text: str) -> None:
    """Each identifier between spaces or marks is a paper, wherever it stands."""
    text = f"begin\n{text}"
    papers = {node.id for node in build_text(text).nodes("Paper")}
    written = {f"paper:{number}" for number in (*IDS, "2403.03870") if number in text}
    assert papers == written


# -- the same bytes ------------------------------------------------------------------

SCRIPT = """
import hashlib, sys, kg
from importlib import import_module
from kg.export import FORMATS
graph = kg.build(*sys.argv[1:])
for name, format in FORMATS.items():
    module = import_module(f"kg.export.{format.module}")
    files = module.dump_folder(graph) if format.folder else [(name, module.dump(graph))]
    data = b"".join(file.encode() + b"".join(chunks) for file, chunks in files)
    print(name, len(data), hashlib.sha256(data).hexdigest())
print(hashlib.sha256("\\n".join(map(str, graph.diagnostics)).encode()).hexdigest())
"""
PLACES = [
    {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Asia/Ho_Chi_Minh"},
    {"PYTHONHASHSEED": "4242", "LC_ALL": "C", "TZ": "America/New_York", "PYTHONUTF8": "0"},
]


def hashes(*paths: Path, **variables: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *map(str, paths)],
        env={**os.environ, **variables},
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""
    return done.stdout.decode()


def test_same_bytes_everywhere() -> None:
    found = {hashes(SAMPLE, **place) for place in PLACES}
    assert len(found) == 1
    assert found.pop().count("\n") == len(FORMATS) + 1


@pytest.mark.skipif(not DIGESTS, reason=f"no digests in {FOLDER} (set KG_DIGESTS)")
def test_the_order_of_files_changes_nothing(tmp_path: Path) -> None:
    chosen = DIGESTS[:3]
    orders = list(itertools.permutations(chosen))
    found = {hashes(*order, PYTHONHASHSEED=str(n)) for n, order in enumerate(orders[::2])}
    assert len(found) == 1


ONE = """\
# TOPIC_TREE

* Machine Learning (ML)
  * Optimisation
    * 2403.03507 | Proposes GaLore, which projects gradients.

# GAPS_AND_OPPORTUNITIES

* **Memory:** GaLore (2403.03507) and 2403.17887 help. Opportunity: more.
"""
TWO = """\
# TOPIC_TREE

* Machine Learning (ML)
  * Pruning
    * 2403.17887 | Proposes ShortGPT, which drops layers.
  * Optimisation
    * 2403.03507v2 | GaLore again.

# FUTURE_IDEAS

**Both at once**
* Motivation: 2403.17887 and 2403.03507.
* Key novelty: unlike GaLore.
"""


def documents() -> list[Document]:
    return [Document(ONE, "2024-03.md"), Document(TWO, "2024-04.md")]


def everything(graph: kg.KnowledgeGraph) -> list[object]:
    return [*graph.nodes(), *graph.edges(), *graph.diagnostics]


def test_the_order_of_documents_changes_nothing() -> None:
    assert everything(build_documents(documents())) == everything(
        build_documents(documents()[::-1])
    )


def test_two_digests_share_papers_and_topics() -> None:
    graph = build_documents(documents())
    assert [node.label for node in graph.nodes("Topic")] == [
        "Machine Learning (ML)", "Optimisation", "Pruning"
    ]  # fmt: skip
    galore = graph.node("paper:2403.03507")
    assert {place.file for place in galore.sources} == {"2024-03.md", "2024-04.md"}
    assert galore.attributes["name"] == "GaLore"
    assert galore.attributes["version"] == "v2"
    assert galore.attributes["summary"] == (
        "GaLore again.", "Proposes GaLore, which projects gradients."
    )  # fmt: skip
    placed = [edge for edge in graph.edges("hasTopic") if edge.source == galore.id]
    assert [(edge.digest, edge.mentions, edge.sources[0].file) for edge in placed] == [
        ("digest:2024-03", 1, "2024-03.md"),
        ("digest:2024-04", 1, "2024-04.md"),
    ]
    together = [(edge.digest, edge.weight) for edge in graph.edges("coCited")]
    assert together == [("digest:2024-03", 1.0), ("digest:2024-04", 1.0)]
    [named] = graph.edges("buildsOn")
    assert (named.basis, named.target) == ("name", galore.id)


def test_a_graph_of_two_digests_holds_what_each_says() -> None:
    both = build_documents(documents())
    for one in documents():
        alone = build_documents([one])
        for node in alone.nodes():
            assert set(node.sources) <= set(both.node(node.id).sources)
        keys = {edge.key for edge in both.edges()}
        missing = {edge.key for edge in alone.edges()} - keys
        assert missing == set()


def test_a_file_given_twice_counts_once(tmp_path: Path) -> None:
    path = tmp_path / "2024-03.md"
    path.write_text(ONE, encoding="utf-8")
    once = everything(kg.build(path))
    assert everything(kg.build(path, path)) == once
    assert everything(kg.build(path, tmp_path)) == once
    assert everything(kg.build(tmp_path, str(path))) == once
    (tmp_path / "link.md").symlink_to(path)
    assert everything(kg.build(path, tmp_path / "link.md")) == once


def test_files_of_one_name_stay_apart(tmp_path: Path) -> None:
    for folder, text in (("a", ONE), ("b", TWO)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "digest.md").write_text(text, encoding="utf-8")
    paths = [tmp_path / "a" / "digest.md", tmp_path / "b" / "digest.md"]
    graph = kg.build(*paths, period="2024-03")
    files = {place.file for node in graph.nodes() for place in node.sources}
    assert files == {"a/digest.md", "b/digest.md"}
    assert everything(kg.build(*paths[::-1], period="2024-03")) == everything(graph)
    inside = kg.build(tmp_path, period="2024-03")
    assert everything(inside) == everything(graph)


def test_adding_facts_twice_changes_nothing() -> None:
    graph = kg.build(SAMPLE)
    before = everything(graph)
    graph.update([*graph.nodes(), *graph.edges()])
    assert everything(graph) == before


def test_an_entry_keeps_its_identity_when_lines_above_it_move() -> None:
    moved = ONE.replace("# GAPS", "Some new line.\n\n# GAPS")
    before, after = (build_text(text) for text in (ONE, moved))
    assert [node.id for node in before.nodes()] == [node.id for node in after.nodes()]

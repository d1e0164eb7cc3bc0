"""What a paper is called: general rules, and what is no name."""

from __future__ import annotations

import pytest

import kg

A, B = "paper:2506.00001", "paper:2506.00002"


def build(leaf: str, *trends: str) -> kg.KnowledgeGraph:
    """A digest of two leaves and some trends."""
    lines = ["# TOPIC_TREE", "- NLP", f"  - 2506.00001 | {leaf}", "  - 2506.00002 | Trains it."]
    lines += ["", "# META_REFLECTION"] + [f"- **Trend {n}.** {t}" for n, t in enumerate(trends)]
    return kg.build("\n".join(lines) + "\n", period="2025-06")


def name(graph: kg.KnowledgeGraph, paper: str = A) -> object:
    return graph.node(paper).attributes.get("name", "")


@pytest.mark.parametrize(
    ("leaf", "expected"),
    [
        ("We present AlphaHop++, a search.", "AlphaHop++"),
        ("Chúng tôi đề xuất AlphaHop.", "AlphaHop"),
        ("Google giới thiệu GeminiAgent.", "GeminiAgent"),
        ("Alice et al. propose FastSnail, a code.", "FastSnail"),
        ("The paper introduces a new benchmark, HardBench.", "HardBench"),
        ("We study how models forget.", ""),
        ("Presenta BuscaRaíz, un recuperador.", "BuscaRaíz"),
        ("Mở mã nguồn OpenPhở, trợ lý tiếng Việt.", "OpenPhở"),
        ("Đề xuất một khung mang tên FooNet.", "FooNet"),
        ("提出 MirrorProof，双向证明搜索（很快）。", "MirrorProof"),
        ('"FooNet": mạng gọn.', "FooNet"),
        ("Đề xuất FooNet\n    2 nhánh song song.", "FooNet"),
        ("Griffin proposes a hybrid of recurrences.", "Griffin"),
        ("Hymba: A Hybrid-head Architecture for Small Language Models.", "Hymba"),
        ("A critical perspective on training (Dr. GRPO)", "Dr. GRPO"),
        ("Voila – a speech model.", "Voila"),
        ("Proposes Nemotron-4 340B, a large model.", "Nemotron-4 340B"),
        ("Measures agents (τ-bench).", "τ-bench"),
        ("LLM-based planner for robots.", ""),
        ("A survey of small language models (SLMs).", ""),
        ("o1-like models go on.", ""),
        ("Proposes an LLM-based agent, GridWalker.", "GridWalker"),
        ("CLIP-guided generation (FooBar)", "FooBar"),
        ("Introduces LoRA-Hub, a pool.", "LoRA-Hub"),
        ("Keywords: search, trees.", ""),
        ("KỸ THUẬT MỚI cho suy luận.", ""),
        ("An active sampling algorithm for Chatbot Arena.", "Chatbot Arena"),
        ("A parser for Amharic.", ""),
        ("Nén mô hình cho Mamba.", ""),
        ("On the limits of ReAct.", ""),
    ],
)
def test_a_leaf_names_its_paper(leaf: str, expected: str) -> None:
    assert name(build(leaf)) == expected


def test_what_a_paper_uses_is_not_its_name() -> None:
    graph = build(
        "Proposes Mamba-Next.",
        "Scores rose on ImageNet (2506.00001).",
        "All models are tested on ImageNet, and speak English (2506.00002).",
        "Nobody has more than English.",
    )
    assert name(graph) == "Mamba-Next"
    assert "alias" not in graph.node(A).attributes
    assert not [edge for edge in graph.edges("cites") if edge.basis == "name"]


def test_a_name_beside_an_id_in_prose_is_one_where_nothing_else_is() -> None:
    assert name(build("Better speech.", "Toolkits such as Amphion (2506.00001).")) == "Amphion"
    assert name(build("Better speech.", "A toolkit with Amphion (2506.00001).")) == "Amphion"


def test_a_language_beside_an_id_is_no_name() -> None:
    assert name(build("Better speech.", "Thiếu dữ liệu tiếng Jarai [2506.00001].")) == ""
    assert name(build("Better speech.", "No evaluation of Khmer (2506.00001).")) == ""


def test_a_common_word_with_a_plus_is_a_name_of_its_own() -> None:
    assert name(build("Better adapters.", "LoRA+ (2506.00001) is fast.")) == "LoRA+"


def test_a_link_to_another_paper_is_no_citation_by_name() -> None:
    graph = build("Proposes GaLore.", "See [GaLore](https://arxiv.org/abs/2506.00001) again.")
    assert [edge.basis for edge in graph.edges("cites")] == ["identifier"]


def test_a_word_that_opens_the_sentence_is_no_part_of_a_name() -> None:
    graph = build(
        "Proposes BetaBeam.", "See BetaBeam (2506.00001).", "Unlike BetaBeam (2506.00001)"
    )
    assert (name(graph), graph.node(A).attributes.get("alias")) == ("BetaBeam", None)


def test_the_end_of_a_name_in_other_letters_is_no_name() -> None:
    assert name(build("Better speech.", "Trợ lý cho Việt Nam (2506.00001).")) == ""


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("As SAM2Net shows.", True),
        ("As SAM2Net 2 shows.", False),
        ("As SAM2Net v2.1 shows.", False),
        ("As SAM2Net 2.", False),
        ("As SAM2Net 8-bit shows.", True),
        ("As SAM2Net 70B shows.", True),
    ],
)
def test_a_name_with_another_number_is_another_name(text: str, cited: bool) -> None:
    graph = build("Proposes SAM2Net.", text)
    assert [edge.target for edge in graph.edges("cites")] == [A] * cited


def test_an_id_beside_the_name_of_another_paper_is_told_even_behind_a_preposition() -> None:
    graph = build("Proposes GaLore.", "It trains with GaLore (2506.00002).")
    assert [d.code for d in graph.diagnostics if d.code == "name-of-two-papers"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Understanding R1-Zero-like training", ""),
        ("To CoT or not to CoT?", ""),
        ("GaLore: gradients in a low rank", "GaLore"),
        ("GaLore for small GPUs", "GaLore"),
    ],
)
def test_a_title_that_goes_on_is_not_cut_to_a_name(title: str, expected: str) -> None:
    graph = kg.build(f"# READING_LIST\n\n1. *{title}* (2506.00001) – good.\n", period="2025-06")
    assert name(graph) == expected


@pytest.mark.parametrize(
    ("technique", "expected"),
    [
        ("Hybrid Activation Quantization", ""),
        ("New Attention Routing", ""),
        ("model FooNet", "FooNet"),
        ("Merlin (foresight by training on trajectories of many images)", "Merlin"),
    ],
)
def test_the_front_of_a_technique(technique: str, expected: str) -> None:
    text = f"# NOVEL_TECH_CONTRIBUTIONS\n\n* **2506.00001 – {technique}** – Assessment: good.\n"
    assert name(kg.build(text, period="2025-06")) == expected

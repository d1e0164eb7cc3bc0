"""The ledger: nothing of a digest is lost without a word."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from accounts import Account, check_complete
from digests import ID, PARAMS, SAMPLE

import kg
from kg import KnowledgeGraph, Node
from kg.ledger import keep_ledger
from kg.reading import Document, read_outline

BOTH = [pytest.param(SAMPLE, id="sample"), *PARAMS]


@pytest.mark.parametrize("path", BOTH)
def test_nothing_is_lost(path: Path) -> None:
    account = Account(path.read_text(encoding="utf-8"), path.name)
    check_complete(account)
    assert account.ledger.lost() == []
    assert account.ledger.unheld == []
    assert account.written() == account.held()
    assert sum(account.ledger.identifiers.values()) == sum(account.written().values())


@pytest.mark.parametrize("path", BOTH)
def test_identifiers_are_conserved_by_section(path: Path) -> None:
    account = Account(path.read_text(encoding="utf-8"), path.name)
    held = Counter(
        section
        for section, _ in {
            (place.section, place.start)
            for node in account.graph.nodes("Paper")
            for place in node.sources
            if ID.fullmatch(place.text)
        }
    )
    assert held == account.ledger.identifiers
    assert set(account.ledger.counts()) >= set(held)


def bom(text: str) -> str:
    return "\ufeff" + text


def crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def tabs(text: str) -> str:
    return re.sub(r"(?m)^( {4})+", lambda m: "\t" * (len(m[0]) // 4), text)


def all_of_them(text: str) -> str:
    return bom(crlf(nfd(tabs(text))))


def shape(graph: kg.KnowledgeGraph, names: bool = False) -> Counter[str]:
    """How many nodes and edges there are; those that hang on names only where asked for."""
    named = {"Artifact", "introduces", "coCited"}
    kinds = [node.type for node in graph.nodes()]
    kinds += [edge.type for edge in graph.edges() if names or edge.basis != "name"]
    return Counter(kind for kind in kinds if names or kind not in named)


def test_names_do_not_hang_on_the_normal_form() -> None:
    text = "# TOPIC_TREE\n\n* ML\n  * 2403.00071 | Đề xuất Resonance RoPE và benchmark POSGEN cho TSTL.\n"
    assert shape(Account(nfd(text)).graph, True) == shape(Account(text).graph, True)


@pytest.mark.parametrize("change", [bom, crlf, nfd, tabs, all_of_them])
@pytest.mark.parametrize("path", BOTH)
def test_other_bytes_same_account(path: Path, change: Callable[[str], str]) -> None:
    text = path.read_text(encoding="utf-8")
    before, after = Account(text, path.name), Account(change(text), path.name)
    check_complete(after)
    lost = [entry for entry in after.ledger.lost() if entry.start > after.document.start]
    assert lost == []
    assert after.ledger.unheld == []
    assert after.written() == after.held() == before.held()
    assert shape(after.graph) == shape(before.graph)
    assert after.ledger.identifiers == before.ledger.identifiers


def test_a_byte_order_mark_loses_nothing() -> None:
    text = "1.  **READING_LIST**\n\n    * 2403.03507 – GaLore · memory\n"
    assert Account(text).ledger.lost() == []
    after = Account(bom(text)).ledger
    assert after.lost() == []
    columns = [(entry.line, entry.column) for entry in Account(text).ledger.entries]
    assert [(e.line, e.column) for e in after.entries if e.text != "\ufeff"] == columns


WEATHER = "# TOPIC_TREE\n\n* ML\n  * 2403.03507 | text\n\n# Weather\n\nRain on 2403.00071 today.\n"


def test_words_that_no_entry_takes_are_lost_by_name() -> None:
    account = Account(WEATHER)
    check_complete(account)
    assert [entry.text for entry in account.ledger.lost()] == ["Rain on", "today."]
    assert account.ledger.identifiers[""] == 1


def test_lost_words_are_remarked_on_whatever_else_is_said_of_their_line() -> None:
    told = [
        (d.line, d.column, d.code)
        for d in Account(WEATHER).remarks
        if d.line > 5 and d.code != "unplaced-paper"
    ]
    assert told == [(6, 3, "unknown-section"), (8, 1, "not-understood"), (8, 20, "not-understood")]


def test_links_to_code_the_ends_of_badges_and_ordinals_are_no_words() -> None:
    leaf = "**Foo: fast.** [[Paper](https://arxiv.org/abs/2403.03507)] [[Code](https://x.y/z)]"
    table = "| Rank | Paper | Impact |\n|---|---|---|\n| 第1名 | 2403.03507 | wide |\n"
    account = Account(
        f"# Digest [![Badge](https://x.y/b.svg)](https://x.y)\n\n# TOPIC_TREE\n\n* ML\n  * {leaf}\n\n"
        f"# SOTA_HIGHLIGHTS\n\n{table}"
    )
    assert [entry.text for entry in account.ledger.lost()] == []


def test_the_label_of_a_paper_is_structure_in_contributions() -> None:
    account = Account(
        "# CONTRIBUTIONS\n\n### Gates\n- **Paper:** 2403.03507\n- **Thoughts:** fine\n"
    )
    assert [entry.text for entry in account.ledger.lost()] == []


def test_the_marks_around_an_italic_placeholder_are_no_words() -> None:
    account = Account("# TOPIC_TREE\n\n* ML\n  * 2403.03507 | text\n* NLP\n  * _(none)_\n")
    check_complete(account)
    assert account.ledger.lost() == []


def test_words_that_only_join_are_structure() -> None:
    text = "# TOPIC_TREE\n* NLP\n  * 2403.03507 and 2403.13372 – two\n"
    graph = kg.build(text, period="2024-03")
    assert keep_ledger(Document(text), graph).lost() == []


def test_labels_in_the_first_column_are_structure() -> None:
    text = (
        "# FUTURE_IDEAS\n## Idea 1: A\n| Field | Text |\n|-|-|\n| Novelty | new |\n| Risk | low |\n"
    )
    graph = kg.build(text, period="2024-03")
    assert keep_ledger(Document(text), graph).lost() == []


def test_the_facts_of_a_line() -> None:
    account = Account(SAMPLE.read_text(encoding="utf-8"), SAMPLE.name)
    data = account.document.data
    start = data.index(b"2403.")
    facts = account.ledger.facts_at(start, start + 4)
    assert any(isinstance(fact, kg.Node) and fact.type == "Paper" for fact in facts)
    assert account.ledger.facts_at(len(data), len(data)) == []


def test_words_that_an_entry_was_read_from_but_does_not_hold_are_lost() -> None:
    text = "# FUTURE_IDEAS\n\nPrune layers of models early\n"
    document = Document(text)
    block = read_outline(document).blocks[1]
    place = block.source(document, "FUTURE_IDEAS")

    def lost(**attributes: str) -> list[str]:
        idea = Node("idea:2024-03/x", "Idea", "Something", dict(attributes), (place,))
        return [entry.text for entry in keep_ledger(document, KnowledgeGraph([idea])).lost()]

    assert lost() == ["Prune layers of models early"]
    assert lost(text="Prune layers of models early") == []


def test_marks_of_other_dialects_are_structure() -> None:
    text = (
        "## Topic tree\n- Learning\n  - [[2403.03507|GaLore]] – low-rank gradients\n"
        '  - <a href="https://arxiv.org/abs/2403.00071">PixArt-Σ</a> – images\n\n'
        "## Gaps\n> [!warning]- Memory\n> Too high (2403.03507).\n> **Opportunity:** offload.\n\n"
        "## Highlights\n1) 2403.03507 – GaLore\n   a) Keywords: memory\n   b) Impact: one GPU\n\n"
        "## Reading list\n1️⃣ 2403.03507 – GaLore – memory\n"
    )
    account = Account(text, "2024-03.md")
    check_complete(account)
    assert account.ledger.lost() == []
    assert account.ledger.unheld == []


def test_pictures_and_letters_are_never_cut() -> None:
    text = "# TOPIC_TREE\n* ✨ NLP – ① one\n  * 2413.00001 – Độ · ② why\n"
    graph = kg.build(text, period="2024-03")
    assert "\ufffd" not in "".join(e.text for e in keep_ledger(Document(text), graph).entries)


def test_words_behind_a_fence_are_words_but_the_name_of_its_language_is_none() -> None:
    text = "# TOPIC_TREE\n\n* ML\n  * 2403.03507 | text\n\n```{}\n2403.00071 | x\n```\n"
    assert Account(text.format("text")).ledger.lost() == []
    [lost] = Account(text.format("text one of many")).ledger.lost()
    assert (lost.line, lost.text) == (6, "one of many")


def test_a_digest_holds_no_first_line_that_it_does_not_say() -> None:
    text = "* Rain and snow\n\n# TOPIC_TREE\n\n* ML\n  * 2403.03507 | text\n"
    assert [entry.text for entry in Account(text).ledger.lost()] == ["Rain and snow"]
    assert Account(text[2:]).ledger.lost() == []

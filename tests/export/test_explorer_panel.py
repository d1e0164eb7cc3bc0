"""The panel tells all that is known of a node, and the address remembers what was looked at."""

from __future__ import annotations

from typing import Any

import corpus
import pytest

from kg import KnowledgeGraph, Node, ids
from kg.export import html

GALORE = "paper:2403.03507"
LINKS = "return [...document.querySelectorAll('a')].map((a) => a.href)"


def small(label: str = "GaLore", text: str = "Memory-efficient training.") -> KnowledgeGraph:
    return KnowledgeGraph(corpus.small(label, text))


def test_everything_known_of_a_paper_is_there(explorer: Any) -> None:
    page = explorer(small())
    page.select(GALORE)
    text = page.text("#detail")
    for part in (
        "Paper",
        "GaLore",
        "arXiv:2403.03507",
        "digest.md:4",
        "Memory-efficient training.",
    ):
        assert part in text
    link = page.run(
        "const a = document.querySelector('#detail a'); return [a.href, a.rel, a.target]"
    )
    assert link == ["https://arxiv.org/abs/2403.03507", "noopener noreferrer", "_blank"]
    page.wait("document.getElementById('announce').textContent.includes('GaLore')")


def test_a_researcher_finds_which_ideas_build_on_galore(
    explorer: Any, sample: KnowledgeGraph
) -> None:
    page = explorer(sample)
    page.type("/")
    page.keys("galore\ue007")
    sections = page.run(
        "return [...document.querySelectorAll('.relation')].map((s) => [s.dataset.relation, s.dataset.direction])"
    )
    assert sections[0] == ["buildsOn", "in"]
    section = ".relation[data-relation=buildsOn]"
    assert page.line(f"{section} h3") == "Is built on by 1"
    assert "Continual Pre-training across a Federation" in page.text(section)
    box = page.run(f"return document.querySelector('{section}').getBoundingClientRect().bottom")
    assert box < 860  # in sight without scrolling


def test_neighbours_are_grouped_by_relation_and_direction(explorer: Any) -> None:
    page = explorer(small())
    page.select("paper:2403.00001")
    assert heads(page) == ["Motivates 1", "Is built on by 1", "Has topic 1"]
    page.click(".relation[data-relation=buildsOn] .node")
    assert page.selected == ids.entry_id("Idea", corpus.PERIOD, "GaLore")
    assert heads(page)[:2] == ["Motivated by 1", "Builds on 1"]


def heads(page: Any) -> list[str]:
    return [" ".join(head.split()) for head in page.texts("#detail .relation h3")]


def test_quotes_prove_a_relation_on_demand(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample)
    page.select(GALORE)
    section = ".relation[data-relation=buildsOn]"
    assert page.texts(f"{section} .proof") == [""]
    page.click(f"{section} .why")
    said = page.text(f"{section} .proof")
    assert "GaLore (2403.03507) saves optimizer memory" in said
    assert "ai-research-2024-03.md:357" in said
    assert page.run(f"return document.querySelector('{section} .why').ariaExpanded") == "true"
    assert "by name" in page.text(section)


def test_long_lists_open_step_by_step(explorer: Any) -> None:
    page = explorer(corpus.graph(400))
    page.select(ids.digest_id(corpus.PERIOD))
    assert len(page.texts(".relation[data-relation=partOf] li")) == 12
    page.click(".relation[data-relation=partOf] .more")
    assert len(page.texts(".relation[data-relation=partOf] li")) > 60
    assert page.run("return document.activeElement.className") == "node"


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)//arxiv.org", "https://evil.example/", "https://arxiv.org.evil.example/", "http://arxiv.org/abs/1",
     "https://a@arxiv.org/", "data:text/html,arxiv.org", "//evil.example", "https://arxiv.org:444/"],
)  # fmt: skip
def test_only_secure_addresses_of_papers_become_links(explorer: Any, address: str) -> None:
    paper = Node(id="paper:2403.00009", type="Paper", label="P", attributes={"url": address})
    page = explorer(KnowledgeGraph([paper]))
    page.select("paper:2403.00009")
    assert page.run(LINKS) == []
    assert address in page.text("#detail")


def test_hostile_texts_are_words_in_every_region(explorer: Any) -> None:
    graph = small(corpus.ATTACKS, corpus.ATTACKS)
    page = explorer(graph, title=corpus.ATTACKS)
    page.type("onerror", "#query")
    assert len(page.texts("#results [role=option]")) > 5
    page.type("\ue00c\ue00c", "#query")
    page.run("kg.sidebar.tab('outline')")
    for node in graph.nodes():
        page.run("kg.choose(kg.data.index(arguments[0]))", node.id)
        page.run("document.querySelectorAll('.why').forEach((button) => button.click())")
        shown = page.run("return document.querySelector('#detail h2').textContent")
        assert shown.startswith(node.label[:60])
        page.run("kg.focus.open()")
    page.tab.settle()
    for view in ("ideas", "gaps", "highlights", "reading", "meeting"):
        page.run("kg.views.enter(arguments[0])", view)
    page.run("kg.filters.reset(); kg.state.set({ selected: 2, pathTo: 6 })")
    page.run("kg.state.set({ topic: kg.data.type.indexOf(kg.typeIndex('Topic')) })")
    page.tab.settle()
    assert page.run("return document.querySelectorAll('img, iframe, body * script').length") == 0
    assert all(link.startswith("https://arxiv.org/") for link in page.run(LINKS))
    assert "\u202e" not in page.run("return document.getElementById('main').textContent")


def test_a_text_of_a_hundred_thousand_characters_is_cut_until_asked_for(explorer: Any) -> None:
    page = explorer(small("L" * 100_000, "word " * 20_000))
    page.select(ids.entry_id("Gap", corpus.PERIOD, "L" * 100_000))
    assert len(page.text("#detail dd")) < 1000
    page.click("#detail dd .more")
    assert len(page.text("#detail dd")) > 90_000


def test_a_copied_address_opens_the_same_again(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample)
    page.select(GALORE)
    page.run(
        "kg.state.set({ language: 'vi', hiddenTypes: new Set([kg.typeIndex('Keyword')]), depth: 2 })"
    )
    address = page.run("return location.hash.slice(1)")
    page.open(address)
    assert page.selected == GALORE
    assert "làm nền tảng cho" in page.text("#detail").lower()
    assert page.run("return document.querySelector('[data-type=Keyword] input').checked") is False
    assert page.state("depth") == 2
    assert page.run("return document.documentElement.lang") == "vi"


def test_the_link_can_be_copied(explorer: Any) -> None:
    page = explorer(small())
    page.select(GALORE)
    page.click("[data-action=copyLink]")
    page.wait("document.getElementById('copied').childElementCount")
    shown = page.run("return document.querySelector('#copied input')?.value ?? 'copied'")
    assert shown == "copied" or "2403.03507" in shown


def test_back_and_forward_walk_through_what_was_selected(explorer: Any) -> None:
    page = explorer(small())
    page.select(GALORE)
    page.select("paper:2403.00001")
    page.run("history.back()")
    page.wait(f"kg.data.id[kg.state.get().selected] === '{GALORE}'")
    assert page.text("#detail h2") == "GaLore"
    page.run("history.back()")
    page.wait("kg.state.get().selected === -1")
    assert page.run("return document.getElementById('panel').hidden")
    page.run("history.forward()")
    page.wait(f"kg.data.id[kg.state.get().selected] === '{GALORE}'")
    assert page.text("#detail h2") == "GaLore"


def test_two_pages_of_one_graph_are_the_same_bytes() -> None:
    assert html.page(small()) == html.page(small())

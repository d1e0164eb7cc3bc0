"""The topic tree as a list: walked by keyboard, in step with the map, rendered as it opens."""

from __future__ import annotations

from typing import Any

import corpus

from kg import Edge, KnowledgeGraph, Node

UP, DOWN, LEFT, RIGHT = "\ue013", "\ue015", "\ue012", "\ue014"
HOME, END, ENTER = "\ue011", "\ue010", "\ue007"
HERE = "return document.activeElement.dataset.i && (kg.data.id[document.activeElement.dataset.i] ?? 'outside')"
SEEN = """return [...document.querySelectorAll('#tree [role=treeitem]')]
    .filter((node) => node.checkVisibility()).map((node) => node.querySelector('.name').textContent)"""


def tree() -> KnowledgeGraph:
    """Two topics at the top, one with a subtopic; a paper in two places; one in no topic."""
    topics = ["Vision", "Language", "Language/Speech"]
    nodes = [Node(id=f"topic:{t}", type="Topic", label=t.split("/")[-1]) for t in topics]
    nodes += [Node(id=f"paper:2403.0000{k}", type="Paper", label=f"Paper {k}") for k in range(4)]
    pairs = [(0, "Vision"), (1, "Language/Speech"), (1, "Vision"), (2, "Language")]
    edges = [Edge(source="topic:Language/Speech", type="broader", target="topic:Language")]
    edges += [
        Edge(source=f"paper:2403.0000{k}", type="hasTopic", target=f"topic:{t}") for k, t in pairs
    ]
    return KnowledgeGraph([*nodes, *edges])


def opened(explorer: Any, graph: KnowledgeGraph | None = None) -> Any:
    page = explorer(graph or tree())
    page.keys("o")
    return page


def test_topics_papers_and_what_is_in_no_topic(explorer: Any) -> None:
    page = opened(explorer)
    assert page.run(SEEN) == ["Language", "Vision", "In no topic"]
    names = page.run(
        "return [...document.querySelectorAll('#tree > li')].map((li) => li.ariaLabel)"
    )
    assert names == ["Language: 2 papers", "Vision: 2 papers", "In no topic: 1 paper"]
    page.keys("*")
    assert page.run(SEEN) == [
        "Language", "Speech", "Paper 2", "Vision", "Paper 0", "Paper 1", "In no topic", "Paper 3",
    ]  # fmt: skip


def test_arrows_walk_open_and_close(explorer: Any) -> None:
    page = opened(explorer)
    assert page.run(HERE) == "topic:Language"
    page.keys(RIGHT)
    assert page.run("return document.activeElement.ariaExpanded") == "true"
    page.keys(RIGHT)
    assert page.run(HERE) == "topic:Language/Speech"
    page.keys(DOWN)
    assert page.run(HERE) == "paper:2403.00002"
    page.keys(LEFT)
    assert page.run(HERE) == "topic:Language"
    page.keys(LEFT)
    assert page.run("return document.activeElement.ariaExpanded") == "false"
    page.keys(END)
    assert page.run(HERE) == "outside"
    page.keys(HOME)
    assert page.run(HERE) == "topic:Language"
    page.keys(DOWN + UP)
    assert page.run(HERE) == "topic:Language"
    assert page.run("return document.querySelectorAll('#tree [tabindex=\"0\"]').length") == 1


def test_letters_jump_to_a_name(explorer: Any) -> None:
    page = opened(explorer)
    page.keys("v")
    assert page.run(HERE) == "topic:Vision"
    page.run("kg.state.get()")
    page.tab.settle()
    page.tab.settle()
    page.keys("in")
    assert page.run(HERE) == "outside"


def test_enter_selects_and_the_panel_tells(explorer: Any) -> None:
    page = opened(explorer)
    page.keys(RIGHT + RIGHT + ENTER)
    assert page.selected == "topic:Language/Speech"
    assert page.text("#detail h2") == "Speech"
    assert page.run("return document.activeElement.closest('#tree') !== null")


def test_what_the_map_selects_opens_in_the_tree(explorer: Any) -> None:
    page = opened(explorer)
    page.run("kg.state.set({ selected: kg.data.index('paper:2403.00003') }, { push: true })")
    marked = "return [...document.querySelectorAll('#tree [aria-selected=true]')].map((n) => kg.data.id[n.dataset.i])"
    assert page.run(marked) == ["paper:2403.00003"]
    page.run("kg.state.set({ selected: kg.data.index('topic:Language/Speech') }, { push: true })")
    assert page.run(marked) == ["topic:Language/Speech"]
    page.run("history.back()")
    page.wait("kg.data.id[kg.state.get().selected] === 'paper:2403.00003'")
    assert page.run(marked) == ["paper:2403.00003"]


def test_levels_and_places_are_told(explorer: Any) -> None:
    page = opened(explorer)
    page.keys(RIGHT + RIGHT)
    place = page.run(
        "const { ariaLevel, ariaSetSize, ariaPosInSet } = document.activeElement; return [ariaLevel, ariaSetSize, ariaPosInSet]"
    )
    assert place == ["2", "2", "1"]


def test_what_a_filter_hides_fades(explorer: Any) -> None:
    page = opened(explorer)
    page.keys("*")
    page.run("kg.state.set({ hiddenTypes: new Set([kg.typeIndex('Paper')]) })")
    faded = page.run("return document.querySelectorAll('#tree .off').length")
    assert faded == 4


def test_fifty_thousand_nodes_open_at_once_and_row_by_row(explorer: Any) -> None:
    page = explorer(corpus.graph(50_000))
    cost = page.run(
        "const t = performance.now(); kg.sidebar.tab('outline'); return performance.now() - t"
    )
    assert cost < 500  # measured: 25 ms
    rows = "return document.querySelectorAll('#tree [role=treeitem]').length"
    assert page.run(rows) < 400
    page.keys(END)
    page.keys("o")
    page.keys(END + RIGHT)
    assert page.run(rows) < 800
    deep = "kg.data.depth.indexOf(4)"
    page.run(f"kg.choose({deep})")
    assert page.run(
        f"return document.querySelector('#tree [aria-selected=true]').dataset.i == {deep}"
    )


def test_a_topic_can_be_all_that_is_left(explorer: Any) -> None:
    page = opened(explorer)
    page.keys("\ue008" + ENTER)  # Shift and Enter
    assert page.run("return kg.data.id[kg.state.get().topic]") == "topic:Language"
    assert "Topic: Language" in page.text("#notice")
    page.run(
        "document.querySelector('#tree .leaf').dispatchEvent("
        "new MouseEvent('click', { bubbles: true, altKey: true }))"
    )
    assert page.state("topic") == -1


def test_a_long_list_is_made_in_parts(explorer: Any) -> None:
    topic = Node(id="topic:T", type="Topic", label="T")
    papers = [Node(id=f"paper:2403.{k:05}", type="Paper", label=f"P {k}") for k in range(500)]
    edges = [Edge(source=paper.id, type="hasTopic", target=topic.id) for paper in papers]
    page = opened(explorer, KnowledgeGraph([topic, *papers, *edges]))
    rows = "return document.querySelectorAll('#tree [role=treeitem]').length"
    page.keys(RIGHT)
    assert page.run(rows) == 1 + 150 + 1
    page.keys(END)
    assert "350 more" in page.run("return document.activeElement.innerText")
    page.keys(ENTER)
    assert page.run(HERE) == "paper:2403.00150"
    assert page.run(rows) == 1 + 300 + 1
    page.run("kg.choose(kg.data.index('paper:2403.00499'))")
    marked = "return kg.data.id[document.querySelector('#tree [aria-selected=true]').dataset.i]"
    assert page.run(marked) == "paper:2403.00499"

"""The page in a real browser without a network: safe with hostile texts, silent, and usable."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import corpus
import pytest

from kg import KnowledgeGraph, Node
from kg.export import html

if TYPE_CHECKING:
    from browser import Tab


def small(label: str = "GaLore", text: str = "Memory-efficient training.") -> KnowledgeGraph:
    return KnowledgeGraph(corpus.small(label, text))


@pytest.fixture
def opened(tab: Tab, tmp_path: Path) -> Iterator[Any]:
    """Opens the page of a graph; afterwards nothing was asked for, said or run."""
    path = tmp_path / "page.html"

    def open_page(graph: KnowledgeGraph | None, text: str = "") -> Tab:
        path.write_text(text or html.page(graph or small()), "utf-8")
        tab.resize(1280, 860)
        tab.open(path)
        return tab

    yield open_page
    assert tab.complaints() == []
    assert tab.requests() == [path.as_uri()]
    assert tab.run("return window.__pwned === undefined")


DRAWN = """
const { network } = kgPage;
return network.body.nodeIndices.filter((id) => {
  const node = network.body.nodes[id];
  return !node.options.hidden && node.x !== undefined && node.shape.width > 0;
}).length;
"""


def test_every_node_is_drawn_where_the_layout_says(opened: Any) -> None:
    from kg.layout import layout

    graph = corpus.graph(200)
    tab = opened(graph)
    assert tab.run(DRAWN) == len(graph)
    places = layout(graph)
    drawn = tab.run("return kgPage.network.getPositions()")
    for node, place in places.items():
        assert abs(drawn[node]["x"] - place.x) <= 1
        assert abs(drawn[node]["y"] - place.y) <= 1


def test_the_legend_counts_and_hides(opened: Any) -> None:
    graph = corpus.graph(200)
    tab = opened(graph)
    counts = graph.counts()
    for kind, name in (("nodes", "type"), ("edges", "relation")):
        rows = tab.run(
            f"return Object.fromEntries([...document.querySelectorAll('[data-{name}]')].map("
            f"(row) => [row.dataset.{name}, Number(row.querySelector('.count').textContent)]))"
        )
        assert rows == counts[kind]
    papers = counts["nodes"]["Paper"]
    tab.click("[data-type=Paper]")
    assert tab.run(DRAWN) == len(graph) - papers
    tab.click("[data-type=Paper]")
    assert tab.run(DRAWN) == len(graph)
    assert tab.run("return document.querySelector('[data-relation=partOf] input').checked") is False


def test_a_click_on_a_node_tells_all_about_it(opened: Any) -> None:
    tab = opened(small())
    place = tab.run(
        "const at = kgPage.network.canvasToDOM(kgPage.network.getPosition('paper:2403.03507'));"
        "const box = document.getElementById('network').getBoundingClientRect();"
        "return { x: at.x + box.x, y: at.y + box.y }"
    )
    tab.click_at(place["x"], place["y"])
    text = tab.run("return document.getElementById('panel').innerText")
    assert "GaLore" in text
    assert "arXiv:2403.03507" in text
    assert "digest.md:4" in text
    assert "Memory-efficient training." in text
    link = tab.run("const a = document.querySelector('#panel a'); return [a.href, a.rel]")
    assert link == ["https://arxiv.org/abs/2403.03507", "noopener noreferrer"]
    tab.run("[...document.querySelectorAll('#panel li button')].at(-1).click()")
    tab.settle()
    assert tab.run("return kgPage.model.selected.id") != "paper:2403.03507"


@pytest.mark.parametrize("query", ["tia lop", "TỈA LỚP", "dong tac"])
def test_search_forgives_case_and_diacritics(opened: Any, query: str) -> None:
    label = "Tỉa lớp động tác" if "dong" not in query else "Động tác"
    tab = opened(small(label))
    tab.run("document.activeElement.blur()")
    tab.type("body", "/")
    assert tab.run("return document.activeElement.id") == "search"
    tab.type("#search", query)
    rows = tab.run("return [...document.querySelectorAll('#results li')].map((r) => r.innerText)")
    assert rows
    assert all(label in row for row in rows)
    tab.type("#search", "\ue015\ue007")  # arrow down, Enter
    tab.settle()
    assert label in tab.run("return document.querySelector('#panel h2').textContent")


def test_search_finds_ids(opened: Any) -> None:
    tab = opened(small())
    tab.type("#search", "2403.00002\ue007")
    assert tab.run("return kgPage.model.selected.id") == "paper:2403.00002"


def test_hostile_texts_are_shown_and_never_run(opened: Any) -> None:
    graph = small(corpus.ATTACKS, corpus.ATTACKS)
    tab = opened(graph, html.page(graph, title=corpus.ATTACKS))
    assert tab.run(DRAWN) == len(graph)
    tab.type("#search", "onerror")
    assert tab.run("return document.querySelectorAll('#results li').length") > 3
    for node in graph.nodes():
        tab.run("kgPage.select(arguments[0])", node.id)
        shown = tab.run("return document.querySelector('#panel h2').textContent")
        assert shown == node.label
        at = "kgPage.network.body.emitter.emit"
        tab.run(
            f"{at}('hoverNode', {{ node: arguments[0], pointer: {{ DOM: {{ x: 1, y: 1 }} }} }})",
            node.id,
        )
    tab.settle()
    assert tab.run("return document.querySelectorAll('img, iframe, #panel script').length") == 0
    links = tab.run("return [...document.querySelectorAll('a')].map((a) => a.href)")
    assert all(link.startswith(("https://arxiv.org/", "https://doi.org/")) for link in links)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)//arxiv.org", "https://evil.example/", "https://arxiv.org.evil.example/",
     "https://a@arxiv.org/", "data:text/html,arxiv.org", "//evil.example"],
)  # fmt: skip
def test_only_addresses_of_papers_become_links(opened: Any, address: str) -> None:
    paper = Node(id="paper:2403.00009", type="Paper", label="P", attributes={"url": address})
    tab = opened(KnowledgeGraph([paper]))
    tab.run("kgPage.select('paper:2403.00009')")
    assert tab.run("return document.querySelectorAll('a').length") == 0
    assert address in tab.run("return document.getElementById('panel').textContent")


def test_dark_and_light(opened: Any) -> None:
    tab = opened(small())
    shade = "return getComputedStyle(document.body).backgroundColor"
    before = tab.run(shade)
    tab.click("#theme")
    tab.settle()
    assert tab.run(shade) != before


def test_on_a_phone_the_panel_stands_below_and_nothing_sticks_out(opened: Any) -> None:
    tab = opened(small())
    tab.resize(390, 844)
    tab.run("kgPage.select('paper:2403.03507')")
    tab.settle()
    boxes = tab.run(
        "return ['map', 'panel'].map((id) => document.getElementById(id).getBoundingClientRect())"
        ".map((box) => [box.top, box.bottom, box.width])"
    )
    assert boxes[1][0] >= boxes[0][1]
    assert boxes[1][2] > 380
    assert tab.run("return document.documentElement.scrollWidth") <= 390


def test_a_page_of_ten_thousand_nodes_opens(opened: Any) -> None:
    graph = corpus.graph(10_000)
    start = time.perf_counter()
    text = html.page(graph)
    assert time.perf_counter() - start < 6  # measured: 0.5 s
    start = time.perf_counter()
    tab = opened(graph, text)
    assert time.perf_counter() - start < 15  # measured: 2 s
    assert tab.run(DRAWN) == len(graph)


def test_a_network_made_by_hand_is_drawn_too(opened: Any) -> None:
    from kg.export.page.network import Network

    network = Network("By hand")
    network.add_node("a", "<b>A</b>", x=0, y=0)
    network.add_node("b", "B", color="#cc0000", shape="star", x=90, y=0)
    network.add_edge("a", "b", title="<i>t</i>")
    network.toggle_physics(False)
    tab = opened(None, network.generate_html())
    assert tab.run(DRAWN) == 2

"""Pages that are not of a digest: large, empty, packed, or of a network made by hand."""

from __future__ import annotations

from typing import Any

import corpus
from browser import overlapping

from kg import KnowledgeGraph, Node, ids
from kg.export import html


def test_ten_thousand_nodes_are_drawn(written: Any) -> None:
    tab = written(html.page(corpus.graph(10_000)))
    assert tab.run("return kg.data.n") > 9_900
    assert tab.run("return kg.map.drawn().length") > 3_000
    assert overlapping(tab.run("return kg.map.visibleLabels()")) == []


def test_packed_texts_are_read_whole(written: Any) -> None:
    quotes = [f"Tỉa lớp {number}: {'đo đạc ' * (number % 80)}" for number in range(9_000)]
    facts = [
        Node(id=ids.keyword_id(f"word {number:05}"), type="Keyword", label=f"word {number:05}",
             sources=(corpus.source(number, quote),))
        for number, quote in enumerate(quotes)
    ]  # fmt: skip
    tab = written(html.page(KnowledgeGraph(facts)))
    assert tab.run("return document.getElementById('data-texts').dataset.encoding") == "deflate"
    said = tab.run("return kg.data.id.map((_, i) => kg.data.texts(i).sources[0].quote)")
    assert said == quotes


def test_a_heavy_view_is_sharp_again_after_a_gesture(written: Any) -> None:
    tab = written(html.page(corpus.graph(20_000)))
    before = tab.run("return kg.map.visibleLabels().length")
    tab.run("for (let k = 0; k < 5; k += 1) { kg.map.view().x += 20; kg.map.moved(); }")
    tab.settle()
    tab.settle()
    assert before > 5
    assert tab.run("return kg.map.visibleLabels().length") > 5
    assert overlapping(tab.run("return kg.map.visibleLabels()")) == []


def test_an_empty_graph_and_one_node_make_a_page(written: Any) -> None:
    tab = written(html.page(KnowledgeGraph()))
    assert tab.run("return kg.map.drawn().length") == 0
    tab = written(html.page(KnowledgeGraph(list(corpus.small())[:1])))
    assert tab.run("return kg.data.n") == 1


def test_a_network_made_by_hand_is_drawn_too(written: Any) -> None:
    from kg.export.page.network import Network

    network = Network("By hand")
    network.add_node("a", "<b>A</b>", x=0, y=0)
    network.add_node("b", "B", color="#cc0000", shape="star", x=90, y=0)
    network.add_node("c", "C")
    network.add_edge("a", "b", title="<i>t</i>")
    tab = written(network.generate_html())
    assert len(tab.run("return kg.map.drawn()")) == 3
    said = {label["text"] for label in tab.run("return kg.map.visibleLabels()")}
    assert said == {"<b>A</b>", "B", "C"}


def test_vis_network_starts_when_it_is_asked_for_and_not_before(written: Any) -> None:
    tab = written(html.page(KnowledgeGraph(corpus.small())))
    assert tab.run("return typeof window.vis") == "undefined"
    assert tab.run("return typeof kg.vis().Network") == "function"

"""The map in a real browser: what it draws, how far it goes into detail, and its names."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import corpus
import pytest
from browser import overlapping

from kg import KnowledgeGraph
from kg.layout import layout

CLOSE = "kg.map.centre(kg.data.index(arguments[0]), arguments[1])"


def colours(page: Any) -> int:
    """How many colours the canvas shows."""
    return int(
        page.run(
            "const c = document.getElementById('canvas');"
            "const copy = document.createElement('canvas'); [copy.width, copy.height] = [c.width, c.height];"
            "const pen = copy.getContext('2d', { willReadFrequently: true }); pen.drawImage(c, 0, 0);"
            "const d = new Uint32Array(pen.getImageData(0, 0, c.width, c.height).data.buffer);"
            "return new Set(d).size"
        )
    )


def test_every_node_stands_where_the_layout_says(explorer: Any) -> None:
    graph = corpus.graph(200)
    page = explorer(graph)
    for node, place in layout(graph).items():
        x, y = page.run(
            "const i = kg.data.index(arguments[0]); return [kg.data.x[i], kg.data.y[i]]", node
        )
        assert abs(x - place.x) <= 0.051
        assert abs(y - place.y) <= 0.051


def test_close_up_everything_is_drawn(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample)
    rest = page.run(
        "const seen = new Set();"
        "for (let i = 0; i < kg.data.n; i += 1) if (!kg.data.isTopic(i)) {"
        "  const { x, y } = { x: kg.data.x[i], y: kg.data.y[i] };"
        "  const zoom = 3; const view = { ...kg.camera.view, zoom };"
        "  Object.assign(view, { mx: (s) => (s - view.width / 2) / zoom + x, my: (s) => (s - view.height / 2) / zoom + y });"
        "  const drawn = kg.scene.compose(view, null).nodes; if (drawn.includes(i)) seen.add(i); }"
        "return [...Array(kg.data.n).keys()].filter((i) => !kg.data.isTopic(i) && !seen.has(i)).length"
    )
    assert rest == 0
    assert colours(page) > 50


def test_detail_comes_with_nearness(explorer: Any, sample: KnowledgeGraph) -> None:
    """Far: fields and papers as dots; nearer: names of papers; close: all kinds of nodes."""
    page = explorer(sample)
    kinds = (
        "return [...new Set(kg.map.drawn().map((i) => kg.data.nodeTypes[kg.data.type[i]].name))]"
    )
    named = (
        "return [...new Set(kg.map.visibleLabels().filter(({ node }) => node >= 0)"
        ".map(({ node }) => kg.data.nodeTypes[kg.data.type[node]].name))]"
    )
    assert page.run(kinds) == ["Paper"]
    assert page.run(named) == ["Topic"]
    assert page.run("return kg.map.levels().ties") == 1
    page.run(CLOSE, "paper:2403.03507", 1.4)
    page.wait("kg.map.view().zoom > 1.39")
    page.tab.settle()
    assert "Artifact" in page.run(kinds)
    assert {"Topic", "Paper"} <= set(page.run(named))
    assert page.run("return kg.map.levels().ties") == 0
    page.run(CLOSE, "paper:2403.03507", 4)
    page.wait("kg.map.view().zoom > 3.9")
    page.tab.settle()
    assert {"Highlight", "Keyword", "Contribution"} <= set(page.run(kinds))
    assert {"Artifact", "Keyword"} <= set(page.run(named))


@pytest.mark.parametrize("zoom", [0.4, 0.7, 1.2, 2, 4, 9])
def test_names_never_cover_each_other(explorer: Any, sample: KnowledgeGraph, zoom: float) -> None:
    page = explorer(sample)
    page.run(CLOSE, "paper:2403.03507", zoom)
    page.tab.settle()
    page.tab.settle()
    labels = page.run("return kg.map.visibleLabels()")
    assert 0 < len(labels) <= 160
    assert overlapping(labels) == []
    view = page.run("return [kg.map.view().width, kg.map.view().height]")
    for label in labels:
        assert 0 <= label["x"] <= view[0] - label["width"] + 1
        assert 0 <= label["y"] <= view[1] - label["height"] + 1


def test_all_fields_that_have_room_are_named_first(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample)
    said = {label["text"] for label in page.run("return kg.map.visibleLabels()")}
    assert {"Computer Vision (CV)", "Natural Language Processing (NLP)", "Robotics"} <= said
    assert "In no topic" in said


def test_vietnamese_names_stay_whole(explorer: Any) -> None:
    page = explorer(KnowledgeGraph(corpus.small("Tỉa lớp động tác ở Việt Nam")))
    page.run(CLOSE, "paper:2403.03507", 3)
    page.tab.settle()
    labels = [label["text"] for label in page.run("return kg.map.visibleLabels()")]
    assert "Tỉa lớp động tác ở Việt Nam" in labels


def test_a_selection_lights_its_neighbours(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample, "node=paper%3A2403.03507")
    bright = set(page.run("return [...kg.map.bright()].map((i) => kg.data.id[i])"))
    expected = {"paper:2403.03507"}
    for edge in sample.edges():
        if edge.type not in ("coCited", "partOf") and "paper:2403.03507" in (
            edge.source,
            edge.target,
        ):
            expected |= {edge.source, edge.target}
    assert bright == expected
    labels = page.run("return kg.map.visibleLabels()")
    assert overlapping(labels) == []
    assert labels[0]["text"] == "GaLore"
    page.run("kg.state.set({ selected: -1 })")
    page.tab.settle()
    assert page.run("return kg.map.bright()") is None


def test_emphasis_fades_all_others(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample)
    before = colours(page)
    page.run("kg.map.emphasise(new Set([kg.data.index('paper:2403.03507')]))")
    page.tab.settle()
    assert "GaLore" in [label["text"] for label in page.run("return kg.map.visibleLabels()")]
    assert colours(page) != before
    page.run("kg.map.emphasise(null)")


def test_hidden_types_are_neither_drawn_nor_hit(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample, "without=Paper")
    assert page.run("return kg.map.drawn().length") == 0
    place = page.run("return kg.map.place(kg.data.index('paper:2403.03507'))")
    hit = page.run("return kg.map.pick(arguments[0], arguments[1])", place["x"], place["y"])
    assert page.run("return kg.data.isTopic(arguments[0])", hit)


def test_every_shape_of_the_ontology_is_drawn_apart(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample)
    shapes = {term.shape for term in sample.ontology.node_types.values() if not term.abstract}
    pictures = page.run(
        "return arguments[0].map((shape) => { const c = document.createElement('canvas');"
        "c.width = c.height = 16; const p = c.getContext('2d'); p.beginPath();"
        "kg.shapes.trace(p, shape, 8, 8, 5); kg.shapes.hollow(shape) ? p.stroke() : p.fill();"
        "return [...p.getImageData(0, 0, 16, 16).data].filter((_, k) => k % 4 === 3).join() })",
        sorted(shapes),
    )
    assert len(set(pictures)) == len(shapes)


def test_ties_join_the_fields_that_one_entry_speaks_of(
    explorer: Any, sample: KnowledgeGraph
) -> None:
    page = explorer(sample)
    hosts = layout(sample).hosts

    def field(node: str) -> str:
        while node in hosts:
            node = hosts[node]
        return node if node.startswith("topic:") else ""

    spoken: dict[str, set[str]] = {}
    for name in ("cites", "motivatedBy", "buildsOn", "usesMethodOf", "cautionedBy", "duplicateOf"):
        for edge in sample.edges(name):
            found = spoken.setdefault(edge.source, set())
            found |= {field(edge.source), field(edge.target)} - {""}
    expected: dict[tuple[str, str], int] = {}
    for fields in spoken.values():
        for pair in combinations(sorted(fields), 2):
            expected[pair] = expected.get(pair, 0) + 1
    ties = page.run(
        "return kg.ties().map(({ a, b, weight }) => [kg.data.id[a], kg.data.id[b], weight])"
    )
    assert {tuple(sorted((a, b))): weight for a, b, weight in ties} == expected


def test_a_topic_filter_leaves_what_lies_in_it_and_what_speaks_of_that(
    explorer: Any, sample: KnowledgeGraph
) -> None:
    page = explorer(sample, "topic=topic%3ARobotics")
    shown = set(page.run("return kg.data.id.filter((_, i) => kg.state.visible(i))"))
    topics = {node.id for node in sample.nodes("Topic") if node.id.startswith("topic:Robotics")}
    papers = {edge.source for edge in sample.edges("hasTopic") if edge.target in topics}
    assert {node for node in shown if node.startswith("topic:")} == topics
    assert {node for node in shown if node.startswith("paper:")} == papers
    for edge in sample.edges("cites"):
        if edge.target in papers:
            assert edge.source in shown


def test_hostile_texts_are_shown_and_never_run(explorer: Any) -> None:
    graph = KnowledgeGraph(corpus.small(corpus.ATTACKS, corpus.ATTACKS))
    page = explorer(graph, title=corpus.ATTACKS)
    for node in graph.nodes():
        page.select(node.id)
        page.run("kg.map.hover(kg.data.index(arguments[0]))", node.id)
    assert page.run("return document.querySelectorAll('img, iframe, #panel script').length") == 0
    labels = page.run("return kg.map.visibleLabels().map(({ text }) => text)")
    assert labels
    assert not any(set(label) & set("\0\x1b\u202e\u2066\u200f\u2028") for label in labels)
    assert page.run(
        "return new DOMParser().parseFromString(kg.map.svg(), 'image/svg+xml')"
        ".querySelectorAll('script, parsererror, foreignObject, a, image').length === 0"
    )

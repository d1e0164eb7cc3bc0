"""The map in a real browser: what it draws, how far it goes into detail, and its names."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import corpus
import pytest

from kg import KnowledgeGraph
from kg.export import html
from kg.layout import layout

if TYPE_CHECKING:
    from browser import Tab

CLOSE = "kg.map.centre(kg.data.index(arguments[0]), arguments[1])"


@pytest.fixture
def written(tab: Tab, tmp_path: Path) -> Iterator[Any]:
    """Opens a page given as text; afterwards nothing was asked for, complained of or run."""
    path = tmp_path / "page.html"

    def start(text: str) -> Tab:
        path.write_text(text, "utf-8")
        tab.resize(1280, 860)
        tab.open(path)
        return tab

    yield start
    assert tab.complaints() == []
    assert tab.requests() == [path.as_uri()]
    assert tab.run("return window.__pwned === undefined")


def overlapping(labels: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """The pairs of labels that cover each other."""
    return [
        (a["text"], b["text"])
        for turn, a in enumerate(labels)
        for b in labels[:turn]
        if a["x"] < b["x"] + b["width"]
        and b["x"] < a["x"] + a["width"]
        and a["y"] < b["y"] + b["height"]
        and b["y"] < a["y"] + a["height"]
    ]


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


def test_ten_thousand_nodes_open_at_once(written: Any) -> None:
    text = html.page(corpus.graph(10_000))
    start = time.perf_counter()
    tab = written(text)
    assert time.perf_counter() - start < 8  # measured: 1.5 s
    assert tab.run("return kg.data.n") > 9_900
    assert tab.run("return kg.map.drawn().length") > 3_000
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

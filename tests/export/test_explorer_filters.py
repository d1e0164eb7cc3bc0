"""The legend is the filter: it counts, hides, leaves one, and says what it took away."""

from __future__ import annotations

from typing import Any

import corpus

from kg import Edge, KnowledgeGraph, Node

CHIPS = "#notice .chip"
VISIBLE = "return [...Array(kg.data.n).keys()].filter((i) => kg.state.visible(i)).length"


def dated() -> KnowledgeGraph:
    """Six papers of three months, four of them in a topic."""
    months = ["2024-01", "2024-01", "2024-02", "2024-03", "2024-03", "2024-03"]
    papers = [
        Node(id=f"paper:2403.0000{k}", type="Paper", label=f"P{k}", attributes={"published": month})
        for k, month in enumerate(months)
    ]
    topics = [
        Node(id="topic:Up", type="Topic", label="Up"),
        Node(id="topic:Up/Low", type="Topic", label="Low"),
        Node(id="topic:Beside", type="Topic", label="Beside"),
    ]
    edges = [Edge(source="topic:Up/Low", type="broader", target="topic:Up")]
    edges += [Edge(source=paper.id, type="hasTopic", target="topic:Up/Low") for paper in papers[:4]]
    return KnowledgeGraph([*papers, *topics, *edges])


def counts(page: Any, name: str) -> dict[str, int]:
    script = f"""return Object.fromEntries([...document.querySelectorAll('#legend [data-{name}]')].map(
        (row) => [row.dataset.{name}, Number(row.querySelector('.count').textContent.replace(',', ''))]))"""
    return dict(page.run(script))


def test_types_and_relations_are_counted(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample)
    wanted = sample.counts()
    assert counts(page, "type") == wanted["nodes"]
    assert counts(page, "relation") == wanted["edges"]
    shapes = page.run("return document.querySelectorAll('#legend [data-type] svg.icon > *').length")
    assert shapes == len(wanted["nodes"])


def test_a_box_hides_its_type_and_brings_it_back(explorer: Any) -> None:
    graph = corpus.graph(200)
    page = explorer(graph)
    papers = graph.counts()["nodes"]["Paper"]
    page.click("[data-type=Paper] label")
    assert page.run(VISIBLE) == len(graph) - papers
    assert "without papers" in page.text(CHIPS)
    assert page.text("#shown") == f"{len(graph) - papers} of {len(graph)} nodes shown"
    page.click("[data-type=Paper] label")
    assert page.run(VISIBLE) == len(graph)
    assert page.texts(CHIPS) == []


def test_derived_relations_wait_until_they_are_asked_for(explorer: Any) -> None:
    page = explorer(KnowledgeGraph(corpus.small()))
    box = "return document.querySelector('[data-relation={}] input').checked"
    assert page.run(box.format("coCited")) is False
    assert page.run(box.format("partOf")) is False
    assert page.run(box.format("cites")) is True
    page.click("[data-relation=cites] label")
    assert page.run("return kg.state.get().hiddenKinds.has(kg.kindIndex('cites'))")


def test_only_this_by_double_click_by_alt_and_by_its_button(explorer: Any) -> None:
    graph = corpus.graph(200)
    page = explorer(graph)
    papers = graph.counts()["nodes"]["Paper"]
    for how in (
        "row.querySelector('label').dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))",
        "row.querySelector('label').dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, altKey: true }))",
        "row.querySelector('.only').click()",
    ):
        page.run("kg.filters.reset()")
        page.run(f"const row = document.querySelector('[data-type=Paper]'); {how}")
        assert page.run(VISIBLE) == papers
        assert "Only papers" in page.text(CHIPS)


def test_months_have_a_histogram_and_a_range(explorer: Any) -> None:
    page = explorer(dated())
    assert page.run("return [...document.querySelectorAll('.bar')].map((b) => b.ariaLabel)") == [
        "2024-01: 2 papers", "2024-02: 1 paper", "2024-03: 3 papers",
    ]  # fmt: skip
    page.click(".bar[data-month='2024-03']")
    assert page.run(VISIBLE) == 3 + 3  # topics have no month
    assert "Months: 2024-03" in page.text(CHIPS)
    page.run(
        "const box = document.getElementById('month-from'); box.value = '2024-02';"
        "box.dispatchEvent(new Event('change'))"
    )
    assert page.state("from") == "2024-02"
    assert counts_of_papers(page) == "4 / 6"


def counts_of_papers(page: Any) -> str:
    return str(page.text("[data-type=Paper] .count"))


def test_one_month_needs_no_timeline(explorer: Any) -> None:
    page = explorer(KnowledgeGraph(corpus.small()))
    assert page.texts(".bar") == []


def test_a_topic_filters_from_its_panel(explorer: Any) -> None:
    page = explorer(dated())
    page.select("topic:Up")
    page.click("[data-action=onlyTopic]")
    assert "Topic: Up" in page.text(CHIPS)
    assert page.run(VISIBLE) == 2 + 4
    page.run("history.back()")
    page.wait("kg.state.get().topic === -1")
    assert page.run(VISIBLE) == 9


def test_nothing_left_says_which_filters_and_the_way_out(explorer: Any) -> None:
    page = explorer(dated())
    page.run("kg.state.set({ hiddenTypes: new Set([kg.typeIndex('Topic')]), from: '2030-01' })")
    page.tab.settle()
    said = page.text("#notice .nothing")
    assert "Nothing is left to show" in said
    assert "3 nodes are switched off by their type" in said
    assert "6 lie outside 2030-01 – …" in said
    page.click("[data-lift=time]")
    assert page.run(VISIBLE) == 6
    assert page.texts("#notice .nothing") == []


def test_reset_takes_every_filter_back(explorer: Any) -> None:
    page = explorer(dated())
    page.run(
        "kg.state.set({ hiddenTypes: new Set([0]), from: '2024-02', topic: kg.data.index('topic:Up') })"
    )
    page.tab.settle()
    assert len(page.texts(CHIPS)) == 4
    page.click("#notice .reset")
    assert page.run(VISIBLE) == 9
    assert page.texts(CHIPS) == []


def test_no_relation_is_drawn_to_what_a_filter_hides(explorer: Any) -> None:
    page = explorer(KnowledgeGraph(corpus.small()), "node=paper:2403.03507")
    drawn = "return kg.map.svg().split('<path').length"
    before = page.run(drawn)
    page.run("kg.state.set({ hiddenTypes: new Set(kg.data.nodeTypes.keys()) })")
    page.tab.settle()
    assert page.run(drawn) < before - 4
    lines = page.run('return kg.map.svg().match(/<path[^>]*stroke-width="1.7"/g)?.length ?? 0')
    assert lines == 0

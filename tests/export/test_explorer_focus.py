"""The neighbourhood: a small live graph by vis-network, started late, cut openly."""

from __future__ import annotations

from typing import Any

import corpus
import pytest

from kg import Edge, KnowledgeGraph, Node

GALORE = "paper:2403.03507"
DRAWN = "return kg.focus.network().body.data.nodes.getIds().map((i) => kg.data.id[i]).sort()"


def star(leaves: int) -> KnowledgeGraph:
    """A topic with that many papers."""
    topic = Node(id="topic:Hub", type="Topic", label="Hub")
    papers = [Node(id=f"paper:2403.{k:05}", type="Paper", label=f"P{k}") for k in range(leaves)]
    return KnowledgeGraph(
        [topic, *papers, *(Edge(source=p.id, type="hasTopic", target=topic.id) for p in papers)]
    )


def opened(explorer: Any, graph: KnowledgeGraph, node: str) -> Any:
    page = explorer(graph)
    page.select(node)
    page.click("[data-action=focus]")
    page.wait("kg.focus.network()")
    return page


def test_the_library_starts_when_it_is_first_needed(explorer: Any) -> None:
    page = explorer(KnowledgeGraph(corpus.small()))
    page.select(GALORE)
    assert page.run("return window.vis === undefined")
    page.click("[data-action=focus]")
    page.wait("window.vis !== undefined && kg.focus.network()")
    assert page.run("return document.querySelector('#focus canvas').width > 100")


def test_it_shows_the_neighbours_over_the_relations_shown(explorer: Any) -> None:
    page = opened(explorer, KnowledgeGraph(corpus.small()), "paper:2403.00001")
    idea = "idea:2024-03/GaLore"
    assert page.run(DRAWN) == sorted([idea, "paper:2403.00001", "topic:Learning"])
    assert "3 nodes, 3 relations" in page.text("#focus-note")
    page.click("[data-relation=hasTopic] label")
    assert page.run(DRAWN) == sorted([idea, "paper:2403.00001"])


def test_relations_are_named_only_where_it_can_be_read(explorer: Any) -> None:
    page = opened(explorer, KnowledgeGraph(corpus.small()), "paper:2403.00001")
    named = (
        "const network = kg.focus.network(); network.moveTo({ scale: arguments[0] });"
        "return Object.values(network.body.edges).every((edge) => edge.labelModule.visible());"
    )
    assert page.run(named, 1.0)
    assert not page.run(named, 0.7)


def test_steps_reach_farther(explorer: Any) -> None:
    page = opened(explorer, KnowledgeGraph(corpus.small()), "paper:2403.00001")
    sizes = []
    for steps in (1, 2, 3):
        page.click(f"[data-depth='{steps}']")
        sizes.append(len(page.run(DRAWN)))
        pressed = page.run(f"return document.querySelector('[data-depth=\"{steps}\"]').ariaPressed")
        assert pressed == "true"
    assert sizes[0] < sizes[1] < sizes[2]


def test_what_is_cut_is_said(explorer: Any) -> None:
    page = opened(explorer, star(400), "topic:Hub")
    assert len(page.run(DRAWN)) == 150
    note = page.text("#focus-cut")
    assert "150 of 401 nodes" in note
    assert "left out: 251 papers" in note


def test_a_small_one_is_not_called_cut(explorer: Any) -> None:
    page = opened(explorer, star(149), "topic:Hub")
    assert len(page.run(DRAWN)) == 150
    assert page.texts("#focus-cut") == []


def test_a_click_selects_and_a_double_click_makes_the_centre(explorer: Any) -> None:
    page = opened(explorer, KnowledgeGraph(corpus.small()), "paper:2403.00001")
    emit = "kg.focus.network().body.emitter.emit"
    idea = page.run("return kg.data.index('idea:2024-03/GaLore')")
    page.run(f"{emit}('click', {{ nodes: [arguments[0]] }})", idea)
    assert page.selected == "idea:2024-03/GaLore"
    assert "GaLore 1" in page.text("#focus-title")
    page.run(f"{emit}('doubleClick', {{ nodes: [arguments[0]] }})", idea)
    assert page.text("#focus-title") == "Neighbourhood of GaLore"


def test_the_keyboard_walks_selects_and_leaves(explorer: Any) -> None:
    page = opened(explorer, star(5), "topic:Hub")
    assert page.run("return document.activeElement.id") == "focus-graph"
    page.keys("\ue014\ue014\ue007")  # right, right, Enter
    assert page.selected == "paper:2403.00000"
    page.keys(" ")
    assert page.text("#focus-title") == "Neighbourhood of P0"
    page.keys("\ue00c")
    assert page.run("return document.getElementById('focus').hidden")
    assert page.selected == "paper:2403.00000"


def test_it_follows_what_is_selected_elsewhere(explorer: Any) -> None:
    page = opened(explorer, KnowledgeGraph(corpus.small()), "paper:2403.00001")
    page.select("keyword:galore")
    assert "keyword:galore" in page.run(DRAWN)
    page.run("history.back()")
    page.wait("kg.data.id[kg.state.get().selected] === 'paper:2403.00001'")
    assert "paper:2403.00001" in page.run(DRAWN)


def test_an_address_opens_the_same_neighbourhood(explorer: Any) -> None:
    page = opened(explorer, KnowledgeGraph(corpus.small()), "paper:2403.00001")
    page.click("[data-depth='2']")
    page.select("idea:2024-03/GaLore")
    drawn, title = page.run(DRAWN), page.text("#focus-title")
    page.open(page.run("return location.hash.slice(1)"))
    page.wait("kg.focus.network()")
    assert (page.run(DRAWN), page.text("#focus-title")) == (drawn, title)
    assert page.selected == "idea:2024-03/GaLore"


def test_back_leaves_it_and_forward_opens_it_again(explorer: Any) -> None:
    page = opened(explorer, KnowledgeGraph(corpus.small()), "paper:2403.00001")
    page.run("history.back()")
    page.wait("document.getElementById('focus').hidden")
    assert page.selected == "paper:2403.00001"
    page.run("history.forward()")
    page.wait("kg.focus.network()")
    assert page.text("#focus-title").startswith("Neighbourhood of")


@pytest.mark.parametrize("address", ["focus=paper:2403.00001", "node=paper:2403.00001&focus=none"])
def test_an_address_without_a_node_or_a_centre_shows_the_map(explorer: Any, address: str) -> None:
    page = explorer(KnowledgeGraph(corpus.small()))
    page.open(address)
    assert page.run("return document.getElementById('focus').hidden")


def test_who_wants_no_motion_gets_none(explorer: Any) -> None:
    page = explorer(star(20))
    page.tab.driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]},
    )
    try:
        page.select("topic:Hub")
        page.click("[data-action=focus]")
        page.wait("kg.focus.network() && !kg.focus.network().physics.physicsEnabled")
        places = "return JSON.stringify(kg.focus.network().getPositions())"
        before = page.run(places)
        page.tab.settle()
        assert page.run(places) == before
    finally:
        page.tab.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_hostile_names_are_drawn_and_nothing_else(explorer: Any) -> None:
    page = opened(explorer, KnowledgeGraph(corpus.small(corpus.ATTACKS)), GALORE)
    emit = "kg.focus.network().body.emitter.emit"
    page.run(
        f"{emit}('hoverNode', {{ node: 0 }}); kg.focus.network().body.emitter.emit('showPopup', 0)"
    )
    assert page.run("return document.querySelectorAll('#focus img, #focus iframe').length") == 0

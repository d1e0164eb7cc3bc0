"""Paths between two nodes, and the ready-made views."""

from __future__ import annotations

from typing import Any

import corpus
import pytest

from kg import Edge, KnowledgeGraph, Node, ids

GALORE, SOTOPIA = "paper:2403.03507", "paper:2403.08715"
STEPS = "return [...document.querySelectorAll('.steps .node')].map((b) => b.dataset.node)"


def chain() -> KnowledgeGraph:
    """a — gap — b — topic — c: a is cited with c too, which the tool derived; all are of a digest."""
    paper = {k: f"paper:2403.0000{k}" for k in "123"}
    gap, gap2 = "gap:2024-03/Gap", "gap:2024-03/Other"
    nodes = [
        *(Node(id=id, type="Paper", label=f"Paper {k}") for k, id in paper.items()),
        Node(id=gap, type="Gap", label="Gap"), Node(id=gap2, type="Gap", label="Other"),
        Node(id="topic:T", type="Topic", label="Topic"),
        Node(id="digest:2024-03", type="Digest", label="Digest"),
    ]  # fmt: skip
    edges = [
        (gap, "cites", paper["1"]), (gap, "cites", paper["2"]), (paper["2"], "hasTopic", "topic:T"),
        (paper["3"], "hasTopic", "topic:T"), (paper["1"], "coCited", paper["3"]),
        (gap, "partOf", "digest:2024-03"), (gap2, "partOf", "digest:2024-03"),
    ]  # fmt: skip
    quote = corpus.source(7, "the gap cites it")
    return KnowledgeGraph(
        [*nodes, *(Edge(source=a, type=t, target=b, sources=(quote,)) for a, t, b in edges)]
    )


def test_a_path_is_chosen_by_search_and_told_step_by_step(explorer: Any) -> None:
    page = explorer(chain())
    page.select("paper:2403.00001")
    page.click("[data-action=pathTo]")
    assert "Path from Paper 1 to …" in page.text("#path")
    page.keys("paper 3\ue007")
    assert page.selected == "paper:2403.00001"
    assert page.run(STEPS) == [
        "paper:2403.00001", "gap:2024-03/Gap", "paper:2403.00002", "topic:T", "paper:2403.00003",
    ]  # fmt: skip
    text = page.line(".steps")
    assert "4 steps from Paper 1 to Paper 3" in text
    for part in (
        "is cited by",
        "cites",
        "has topic",
        "is topic of",
        "the gap cites it",
        "digest.md:7",
    ):
        assert part in text
    assert page.text("#path") == ""


def test_derived_relations_make_a_path_only_where_they_are_shown(explorer: Any) -> None:
    page = explorer(chain(), "node=paper:2403.00001&path=paper:2403.00003")
    assert len(page.run(STEPS)) == 5
    page.click("[data-relation=coCited] label")
    assert page.run(STEPS) == ["paper:2403.00001", "paper:2403.00003"]


def test_no_path_through_the_digest_says_so_and_offers_more(explorer: Any) -> None:
    page = explorer(chain(), "node=gap:2024-03/Gap&path=gap:2024-03/Other")
    assert "No path from Gap to Other over the relations shown" in page.line(".steps")
    page.click("[data-action=pathAll]")
    assert page.run(STEPS) == ["gap:2024-03/Gap", "digest:2024-03", "gap:2024-03/Other"]


def test_the_map_can_choose_the_other_end(explorer: Any) -> None:
    page = explorer(chain())
    page.select("paper:2403.00001")
    page.keys("p")
    page.run("kg.state.set({ selected: kg.data.index('topic:T'), pathTo: -1 }, { push: true })")
    page.tab.settle()
    assert page.selected == "paper:2403.00001"
    assert page.run("return kg.data.id[kg.state.get().pathTo]") == "topic:T"


def test_choosing_can_be_called_off(explorer: Any) -> None:
    page = explorer(chain())
    page.select("paper:2403.00001")
    page.click("[data-action=pathTo]")
    page.keys("\ue00c")
    assert page.text("#path") == ""
    page.select("topic:T")
    assert page.state("pathTo") == -1


def test_the_map_shows_the_path_and_forgets_it(explorer: Any) -> None:
    page = explorer(chain())
    page.run(
        "window.seen = []; const old = kg.map.emphasise;"
        "kg.map.emphasise = (nodes) => { seen.push(nodes && [...nodes].length); old(nodes); }"
    )
    page.run(
        "const at = (id) => kg.data.index(`paper:2403.0000${id}`);"
        "kg.state.set({ selected: at(1), pathTo: at(3) })"
    )
    page.tab.settle()
    assert page.run("return seen.at(-1)") == 5
    page.click("[data-action=pathClear]")
    assert page.run("return seen.at(-1)") is None


def test_from_galore_to_sotopia(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample, f"node={GALORE}&path={SOTOPIA}")
    found = page.run(STEPS)
    assert (found[0], found[-1]) == (GALORE, SOTOPIA)
    assert not any(node.startswith("digest:") for node in found)
    assert "2403.08715" in page.text(".steps")


ENTRIES = "return [...document.querySelectorAll('.entry .node')].map((b) => b.dataset.node)"


@pytest.mark.parametrize(
    ("view", "type", "count"),
    [("ideas", "Idea", 4), ("gaps", "Gap", 7), ("highlights", "Highlight", 10),
     ("reading", "Recommendation", 10)],
)  # fmt: skip
def test_a_view_is_one_click(
    explorer: Any, sample: KnowledgeGraph, view: str, type: str, count: int
) -> None:
    page = explorer(sample)
    page.click(f"[data-view={view}]")
    found = page.run(ENTRIES)
    assert len(found) == count
    assert {sample.node(node).type for node in found} == {type}
    assert f"{count} entries" in page.text("#detail .kind")
    hidden = page.run(
        "return [...kg.state.get().hiddenTypes].map((k) => kg.data.nodeTypes[k].name)"
    )
    assert type not in hidden
    assert "Digest" in hidden
    assert page.state("view") == view


def test_the_ideas_name_what_they_build_on(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample)
    page.click("[data-view=ideas]")
    entry = next(text for text in page.texts(".entry") if text.find("Continual Pre-training") >= 0)
    assert "builds on" in entry
    assert "GaLore" in entry


def test_highlights_and_reading_go_by_rank(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample)
    for view in ("highlights", "reading"):
        page.click(f"[data-view={view}]")
        ranks = [sample.node(node).attributes["rank"] for node in page.run(ENTRIES)]
        assert ranks == sorted(ranks)
        assert page.texts(".entry .mark") == [str(rank) for rank in ranks]


def test_ranks_decide_and_not_the_order_of_the_text(explorer: Any) -> None:
    paper = Node(id="paper:2403.00001", type="Paper", label="P")
    facts: list[Node | Edge] = [paper]
    for line, rank in enumerate([3, 1, 10, 2]):
        node = Node(
            id=f"highlight:2024-03/{line}", type="Highlight", label=f"H{rank}",
            attributes={"rank": rank}, sources=(corpus.source(line + 1, "said"),),
        )  # fmt: skip
        facts += [node, Edge(source=node.id, type="about", target=paper.id)]
    page = explorer(KnowledgeGraph(facts), "view=highlights")
    assert page.texts(".entry .mark") == ["1", "2", "3", "10"]


def test_papers_meet_where_most_kinds_of_sections_speak_of_them(
    explorer: Any, sample: KnowledgeGraph
) -> None:
    page = explorer(sample)
    page.click("[data-view=meeting]")
    kinds = {}
    for node in page.run(ENTRIES):
        into = [edge for edge in sample.edges() if edge.target == node and edge.type != "coCited"]
        kinds[node] = len({sample.node(edge.source).type for edge in into})
    assert next(iter(kinds)) == GALORE
    assert list(kinds.values()) == sorted(kinds.values(), reverse=True)
    assert min(kinds.values()) > 1


def test_a_view_is_left_and_its_filters_with_it(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample)
    page.click("[data-view=gaps]")
    assert page.run("return document.querySelector('[data-view=gaps]').ariaPressed") == "true"
    page.click(".entry .node")
    assert page.selected.startswith("gap:")
    page.click("#detail .back")
    assert len(page.run(ENTRIES)) == 7
    page.click("[data-action=leaveView]")
    assert page.state("view") == ""
    assert page.state("hiddenTypes") == []
    assert page.run("return document.getElementById('panel').hidden")


def test_a_view_can_be_sent(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample)
    page.click("[data-view=highlights]")
    page.open(page.run("return location.hash.slice(1)"))
    assert len(page.run(ENTRIES)) == 10


def test_only_views_that_the_graph_can_fill_are_offered(explorer: Any) -> None:
    page = explorer(chain())
    assert page.run(
        "return [...document.querySelectorAll('.view')].map((b) => b.dataset.view)"
    ) == [
        "gaps",
        "meeting",
    ]
    bare = KnowledgeGraph([Node(id=ids.topic_id(("T",)), type="Topic", label="T")])
    page = explorer(bare)
    assert page.run("return document.getElementById('views').hidden")

"""Where nodes stand: apart from each other, inside their topics, and there again next month."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import combinations
from math import hypot, log
from random import Random
from statistics import median

import corpus
import pytest
from counting import calls

from kg import Edge, KnowledgeGraph, Node, ids, packing
from kg.layout import Layout, layout
from kg.packing import enclose, pack, round_up


def diameter(places: Layout) -> float:
    """The larger side of the bounding box of all nodes."""
    xs, ys = [p.x for p in places.values()], [p.y for p in places.values()]
    return max(max(xs) - min(xs), max(ys) - min(ys))


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7, 30, 200, 900])
@pytest.mark.parametrize("equal", [True, False])
def test_packed_circles_touch_but_do_not_overlap(count: int, equal: bool) -> None:
    random = Random(count)
    radii = [5.0 if equal else round_up(random.lognormvariate(2, 0.7)) for _ in range(count)]
    centres, reach = pack(tuple(sorted(radii, reverse=True)))
    circles = [(x, y, r) for (x, y), r in zip(centres, sorted(radii, reverse=True), strict=True)]
    for a, b in combinations(circles, 2):
        assert hypot(a[0] - b[0], a[1] - b[1]) > (a[2] + b[2]) * (1 - 1e-5)
    assert all(hypot(x, y) + r <= reach + 1e-6 for x, y, r in circles)
    assert sum(r * r for r in radii) > 0.49 * reach * reach


def test_an_enclosing_circle_holds_all_and_little_more() -> None:
    points = [(3.0, 0.0, 1.0), (-3.0, 0.0, 1.0), (0.0, 3.0, 1.0)]
    x, y, r = enclose(points)
    assert hypot(x, y) < 0.1
    assert 4 <= r < 4.05
    assert enclose([]) == (0, 0, 0)
    assert enclose([(0, 0, 5), (1, 0, 1)]) == (0, 0, 5)


@pytest.mark.parametrize("size", [30, 300, 3000])
def test_no_two_nodes_overlap(size: int) -> None:
    places = layout(corpus.graph(size))
    order = sorted(places.values(), key=lambda p: p.x)
    for number, a in enumerate(order):
        for b in order[number + 1 :]:
            if b.x - a.x > 40:
                break
            assert hypot(a.x - b.x, a.y - b.y) >= a.r + b.r


def test_topics_hold_their_subtopics_and_papers() -> None:
    graph = corpus.graph(600)
    places = layout(graph)
    for relation in ("broader", "hasTopic"):
        for edge in graph.edges(relation):
            inner, outer = places[edge.source], places[edge.target].disc
            assert outer is not None
            x, y, r = inner.disc or inner[:3]
            assert hypot(x - outer[0], y - outer[1]) + r <= outer[2] + 0.05
    strangers = [p for p in places.values() if p.disc is None]
    assert all(places[node.id].disc for node in graph.nodes("Topic"))
    assert len(strangers) == len(graph) - len(list(graph.nodes("Topic")))


def test_artifacts_and_entries_stand_beside_their_paper() -> None:
    places = layout(KnowledgeGraph(corpus.small()))
    paper = places["paper:2403.03507"]
    highlight = ids.entry_id("Highlight", corpus.PERIOD, "paper:2403.03507")
    for near in (ids.artifact_id("paper:2403.03507", "GaLore"), highlight):
        assert hypot(places[near].x - paper.x, places[near].y - paper.y) < 20
    keyword = places[ids.keyword_id("GaLore")]
    assert hypot(keyword.x - places[highlight].x, keyword.y - places[highlight].y) < 20


def test_papers_outside_the_tree_stand_beside_the_map() -> None:
    graph = KnowledgeGraph(corpus.small())
    places = layout(graph)
    assert places.aside is not None
    x, y, r = places.aside
    lost = places["paper:2403.00002"]
    assert hypot(lost.x - x, lost.y - y) + lost.r <= r
    for node in graph.nodes("Topic"):
        disc = places[node.id].disc
        assert disc is not None
        assert hypot(x - disc[0], y - disc[1]) > r + disc[2]


def test_what_cites_several_papers_stands_near_their_middle() -> None:
    graph = corpus.graph(3000)
    places = layout(graph)
    around, far = graph.neighbours(), []
    for gap in graph.nodes("Gap"):
        cited = [places[e.target] for e in around[gap.id] if e.type == "cites"]
        x, y = sum(p.x for p in cited) / len(cited), sum(p.y for p in cited) / len(cited)
        far.append(hypot(places[gap.id].x - x, places[gap.id].y - y) / diameter(places))
    assert median(far) < 0.02
    assert max(far) < 0.1


def test_the_order_of_facts_does_not_matter() -> None:
    facts = list(corpus.facts(400))
    expected = layout(KnowledgeGraph(facts))
    Random(3).shuffle(facts)
    assert layout(KnowledgeGraph(facts)) == expected


def test_the_hash_seed_does_not_matter() -> None:
    script = (
        "import corpus; from kg.layout import layout;"
        "print(sorted(layout(corpus.graph(300)).items()))"
    )
    folders = os.pathsep.join(path for path in sys.path if path)
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": folders},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


@pytest.mark.parametrize("size", [300, 1000])
def test_one_paper_more_hardly_moves_the_others(size: int) -> None:
    facts = list(corpus.facts(size))
    graph = KnowledgeGraph(facts)
    before = layout(graph)
    topics = [node.id for node in graph.nodes("Topic")]
    medians = []
    for number in range(12):
        paper = f"paper:2412.9{number:04}"
        new = [
            Node(id=paper, type="Paper", label="New"),
            Edge(source=paper, type="hasTopic", target=topics[number * len(topics) // 12]),
        ]
        after = layout(KnowledgeGraph([*facts, *new]))
        moves = [hypot(after[n].x - p.x, after[n].y - p.y) for n, p in before.items()]
        medians.append(median(moves) / diameter(before))
    assert max(medians) < 0.05
    assert median(medians) == 0  # most papers more move nothing but their own topic


def test_broken_trees_are_laid_out_too() -> None:
    a, b, c = (ids.topic_id((name,)) for name in "abc")
    idea, gap = (ids.entry_id(kind, "x", "y") for kind in ("Idea", "Gap"))
    graph = KnowledgeGraph(
        [
            *(Node(id=node, type="Topic") for node in (a, b, c)),
            Edge(source=a, type="broader", target=b),
            Edge(source=b, type="broader", target=a),
            Edge(source=c, type="broader", target=c),
            Node(id=idea, type="Idea"),
            Node(id=gap, type="Gap"),
            Node(id="paper:2403.00001", type="Paper"),
            Edge(source=gap, type="cites", target="paper:2403.00001"),
        ]
    )
    assert set(layout(graph)) == {node.id for node in graph.nodes()}
    assert layout(KnowledgeGraph()) == {}


def test_the_work_grows_as_n_log_n() -> None:
    def work(size: int) -> int:
        graph = corpus.graph(size)
        packing.pack.cache_clear()
        return calls(lambda: layout(graph))

    small, large = work(1_000), work(8_000)
    assert large < 8 * small * log(8_000) / log(1_000)

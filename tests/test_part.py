"""A part of a graph: by type, by relation, by topic, by depth."""

from __future__ import annotations

from typing import Any

import pytest
from digests import SAMPLE

import kg
from kg.errors import BrokenGraph, KgError, UnknownName
from kg.part import part

TEXT = """\
# Digest 2024-03

# TOPIC_TREE

* Vision
  * Video
    * 2403.00001 | Proposes Alpha.
    * Editing
      * 2403.00002 | Proposes Beta.
  * Images
    * 2403.00003 | Proposes Gamma.
* Language
  * Video
    * 2403.00004 | Proposes Delta.

# GAPS_AND_OPPORTUNITIES

* **Moving:** 2403.00002 and 2403.00004 are slow. Opportunity: make them fast.
* **Still:** 2403.00003 is blurred. Opportunity: sharpen it.
* **Silent:** Nothing is cited here. Opportunity: cite.
"""


@pytest.fixture(scope="module")
def graph() -> kg.KnowledgeGraph:
    return kg.build(TEXT)


def labels(graph: kg.KnowledgeGraph, type: str) -> list[str]:
    return sorted(node.label for node in graph.nodes(type))


def papers(graph: kg.KnowledgeGraph) -> list[str]:
    return sorted(node.id[-1] for node in graph.nodes("Paper"))


def test_nothing_asked_for_is_everything(graph: kg.KnowledgeGraph) -> None:
    found = part(graph)
    assert list(found.nodes()) == list(graph.nodes())
    assert list(found.edges()) == list(graph.edges())


@pytest.mark.parametrize("asked", [{"topic": "Vision"}, {"depth": 1}, {"include": ["Paper"]}])
def test_a_part_holds_the_same_facts_and_is_sound(asked: dict[str, Any]) -> None:
    whole = kg.build(SAMPLE)
    found = part(whole, **(asked if asked != {"topic": "Vision"} else {"topic": "Robotics"}))
    found.check()
    assert 0 < len(found) < len(whole)
    assert {n.id: n for n in found.nodes()}.items() <= {n.id: n for n in whole.nodes()}.items()
    kept = {n.id for n in found.nodes()}
    if "include" not in asked:
        assert list(found.edges()) == [
            e for e in whole.edges() if e.source in kept and e.target in kept
        ]


def test_types(graph: kg.KnowledgeGraph) -> None:
    found = part(graph, include=["Paper", "Topic"])
    assert set(found.counts()["nodes"]) == {"Paper", "Topic"}
    assert set(found.counts()["edges"]) >= {"broader", "hasTopic"}
    found = part(graph, exclude=["Entry"])
    assert "Gap" not in found.counts()["nodes"]
    assert "Paper" in found.counts()["nodes"]


def test_relations(graph: kg.KnowledgeGraph) -> None:
    found = part(graph, include=["hasTopic"])
    assert set(found.counts()["edges"]) == {"hasTopic"}
    assert len(found) == len(graph)
    assert "coCited" in graph.counts()["edges"]
    assert "coCited" not in part(graph, exclude=["coCited"]).counts()["edges"]
    sample = kg.build(SAMPLE)
    assert "motivatedBy" in sample.counts()["edges"]
    assert not {"cites", "motivatedBy"} & set(part(sample, exclude=["cites"]).counts()["edges"])


def test_a_topic_with_its_papers_and_what_speaks_of_them(graph: kg.KnowledgeGraph) -> None:
    found = part(graph, topic="vision > video")
    assert labels(found, "Topic") == ["Editing", "Video"]
    assert papers(found) == ["1", "2"]
    assert labels(found, "Gap") == ["Moving"]
    assert labels(found, "Digest") == ["2024-03"]
    assert "Alpha" in labels(found, "Artifact")
    assert "Gamma" not in labels(found, "Artifact")
    ids = {node.label: node.id for node in graph.nodes("Topic")}
    assert labels(part(graph, topic=ids["Images"]), "Topic") == ["Images"]
    assert labels(part(graph, topic="Editing"), "Topic") == ["Editing"]


def test_a_topic_that_is_none_or_several(graph: kg.KnowledgeGraph) -> None:
    with pytest.raises(KgError, match=r"(Vision|Language) > Video; (Vision|Language) > Video"):
        part(graph, topic="Video")
    with pytest.raises(UnknownName, match="Images"):
        part(graph, topic="Vision > Imagges")


def test_depth(graph: kg.KnowledgeGraph) -> None:
    found = part(graph, depth=2)
    assert labels(found, "Topic") == ["Images", "Language", "Video", "Video", "Vision"]
    assert papers(found) == ["1", "3", "4"]
    assert labels(found, "Gap") == ["Moving", "Silent", "Still"]
    roots = part(graph, depth=1)
    assert labels(roots, "Topic") == ["Language", "Vision"]
    assert papers(roots) == []
    assert labels(roots, "Gap") == ["Silent"]
    assert labels(part(graph, topic="Vision", depth=1), "Topic") == ["Vision"]
    assert part(graph, depth=9).counts() == graph.counts()
    with pytest.raises(KgError):
        part(graph, depth=0)


def test_a_name_that_is_none(graph: kg.KnowledgeGraph) -> None:
    with pytest.raises(UnknownName, match="Paper"):
        part(graph, exclude=["Papr"])


def test_topics_in_a_circle_end() -> None:
    ring = [kg.Node(id=f"topic:{n}", type="Topic", label=n) for n in "abc"]
    edges = [
        kg.Edge(source=f"topic:{a}", type="broader", target=f"topic:{b}") for a, b in ("ab", "ba")
    ]
    found = part(kg.KnowledgeGraph([*ring, *edges]), topic="topic:a")
    assert labels(found, "Topic") == ["a", "b"]


def test_a_part_of_a_broken_graph_leaves_the_broken_edge_out() -> None:
    broken = kg.KnowledgeGraph([kg.Edge(source="paper:1", type="hasTopic", target="topic:a")])
    with pytest.raises(BrokenGraph):
        broken.check()
    part(broken).check()


def test_what_only_speaks_of_what_speaks_of_nothing_kept_goes() -> None:
    """A keyword of a highlight whose paper stands too deep, and one of a paper that stays."""
    nodes = [
        kg.Node(id="topic:a", type="Topic", label="a"),
        kg.Node(id="topic:a/b", type="Topic", label="b"),
        *(kg.Node(id=f"paper:{n}", type="Paper", label=str(n)) for n in (1, 2)),
        *(kg.Node(id=f"highlight:{n}", type="Highlight", label=str(n)) for n in (1, 2)),
        *(kg.Node(id=f"keyword:{n}", type="Keyword", label=str(n)) for n in (1, 2, 3)),
    ]
    ends = [
        ("topic:a/b", "broader", "topic:a"), ("paper:1", "hasTopic", "topic:a"),
        ("paper:2", "hasTopic", "topic:a/b"),
        *((f"highlight:{n}", "about", f"paper:{n}") for n in (1, 2)),
        *((f"highlight:{n}", "hasKeyword", f"keyword:{n}") for n in (1, 2)),
    ]  # fmt: skip
    edges = [kg.Edge(source=a, type=type, target=b) for a, type, b in ends]
    found = part(kg.KnowledgeGraph([*nodes, *edges]), depth=1)
    assert labels(found, "Highlight") == ["1"]
    assert labels(found, "Keyword") == ["1", "3"]

"""The networkx graph: flat attributes, readable keys, nothing merged."""

from __future__ import annotations

import pytest
from hypothesis import given

from kg import Edge, KnowledgeGraph, Node
from kg.errors import BrokenGraph
from kg.export.networkx import to_networkx
from tests.export.samples import (
    DIGEST,
    GAP,
    IDEA,
    LEAF,
    OTHER,
    PAPER,
    graphs,
    hostile,
    sample,
    shuffled,
    thorough,
)


def test_nodes_have_flat_attributes() -> None:
    found = sample().nx
    assert found.graph == {"title": "Knowledge graph 2024-03 – 2024-04"}
    assert found.nodes[PAPER] == {
        "type": "Paper", "label": "GaLore", "identifier": "arXiv:2403.03507",
        "url": "https://arxiv.org/abs/2403.03507", "published": "2024-03",
    }  # fmt: skip
    assert found.nodes[IDEA]["moonshot"] is False


def test_edges_have_the_attributes_of_the_vocabulary() -> None:
    found = sample().nx
    assert found.edges[PAPER, LEAF, "hasTopic"] == {
        "type": "hasTopic", "weight": 1.0, "mentions": 1, "digest": DIGEST,
        "section": "FUTURE_IDEAS", "line": 5,
    }  # fmt: skip
    assert found.edges[PAPER, OTHER, "coCited"]["line"] == 0
    assert found.edges[IDEA, OTHER, "usesMethodOf"]["basis"] == "identifier"


def test_parallel_edges_stay_apart_under_readable_keys() -> None:
    assert sorted(sample().nx[IDEA][PAPER]) == [
        "buildsOn('identifier', 'digest:2024-03')",
        "buildsOn('identifier', 'digest:2024-04')",
        "buildsOn('name', 'digest:2024-03')",
    ]
    pairs = [("a', 'b", "c"), ("a", "b', 'c"), ("a", ""), ("", "a")]
    nodes = [Node(id=GAP, type="Gap"), Node(id=PAPER, type="Paper")]
    edges = [Edge(source=GAP, type="cites", target=PAPER, basis=b, digest=d) for b, d in pairs]
    assert to_networkx(KnowledgeGraph([*nodes, *edges])).number_of_edges() == 4


@thorough
@given(graphs())
def test_any_graph_arrives_whole(graph: KnowledgeGraph) -> None:
    found = to_networkx(graph)
    for node in graph.nodes():
        assert found.nodes[node.id] == {"type": node.type, "label": node.label, **node.attributes}
    arrived = [
        (a, d["type"], b, d.get("basis", ""), d["digest"], d["section"], d["mentions"], d["weight"])
        for a, b, d in found.edges(data=True)
    ]
    assert sorted(arrived) == sorted(
        (*e.key, e.section, e.mentions, e.weight) for e in graph.edges()
    )


def test_hostile_texts_arrive() -> None:
    graph = hostile()
    assert len(to_networkx(graph)) == len(graph)
    assert to_networkx(graph).number_of_edges() == len(list(graph.edges()))


def test_order_and_keys_do_not_depend_on_the_order_of_facts() -> None:
    first, second = sample().nx, shuffled(sample(), 3).nx
    assert list(first.nodes(data=True)) == list(second.nodes(data=True))
    assert list(first.edges(keys=True, data=True)) == list(second.edges(keys=True, data=True))


def test_it_is_a_graph_of_its_own() -> None:
    graph = sample()
    graph.nx.nodes[PAPER]["label"] = "changed"
    assert graph.nx.nodes[PAPER]["label"] == "GaLore"


def test_an_edge_without_an_end_is_refused() -> None:
    with pytest.raises(BrokenGraph, match="no node"):
        to_networkx(KnowledgeGraph([Edge(source=PAPER, type="hasTopic", target=LEAF)]))

"""GEXF: the shape that Gephi and Gephi Lite take, and when things begin."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from hypothesis import given

from kg import Edge, KnowledgeGraph, Node
from kg.export import gexf, graphml
from tests.export.samples import (
    DIGEST,
    IDEA,
    LATER,
    LEAF,
    PAPER,
    TOPIC,
    graphs,
    hostile,
    sample,
    thorough,
)

NS, VIZ = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"
TYPES = {"string", "integer", "long", "double", "boolean"}


def text(graph: KnowledgeGraph) -> bytes:
    return b"".join(gexf.dump(graph))


def starts(graph: KnowledgeGraph, tag: str) -> dict[str, str | None]:
    root = ET.fromstring(text(graph))
    return {element.get("id", ""): element.get("start") for element in root.iter(f"{NS}{tag}")}


def check_rules(data: bytes) -> None:
    """The shape of design/clients.md, 6.2, in plain Python."""
    assert b'<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz"' in data
    root = ET.fromstring(data)
    body = root.find(f"{NS}graph")
    assert body is not None
    declared = {}
    for attributes in body.findall(f"{NS}attributes"):
        ids = [a.get("id") for a in attributes]
        assert len({id.lower() for id in ids if id}) == len(ids)
        assert all(a.get("title") == a.get("id") and a.get("type") in TYPES for a in attributes)
        declared[attributes.get("class")] = set(ids)
    dated = False
    for tag in ("node", "edge"):
        elements = list(body.iter(f"{NS}{tag}"))
        assert len({e.get("id") for e in elements}) == len(elements)
        for element in elements:
            assert element.get("label", "").strip()
            assert "type" not in element.attrib
            assert "end" not in element.attrib
            cells = {c.get("for"): c.get("value", "") for c in element.iter(f"{NS}attvalue")}
            assert set(cells) <= declared[tag]
            assert all(cells.values())
            assert cells.get("start") == element.get("start")
            dated = dated or "start" in element.attrib
            colour = element.find(f"{VIZ}color")
            assert colour is not None
            assert set(colour.attrib) == {"r", "g", "b"}
            if tag == "edge":
                assert element.get("kind") == cells["type"]
                assert float(element.get("weight", "1")) > 0
                assert "weight" not in cells
    assert (body.get("mode") == "dynamic") >= dated
    assert (body.get("timeformat") == "date") is (body.get("mode") == "dynamic")


@thorough
@given(graphs())
def test_the_rules_hold_for_any_graph(graph: KnowledgeGraph) -> None:
    check_rules(text(graph))


def test_the_rules_hold() -> None:
    for graph in (sample(), hostile(), KnowledgeGraph()):
        check_rules(text(graph))


def test_papers_begin_with_their_month_and_entries_with_their_issue() -> None:
    found = starts(sample(), "node")
    assert found[PAPER] == "2024-03-01"
    assert found[IDEA] == found[DIGEST] == "2024-03-01"
    assert found[LATER] == "2024-04-01"
    assert found[TOPIC] is None
    later = sample()
    later.update([Edge(source=IDEA, type="partOf", target=LATER)])
    assert starts(later, "node")[IDEA] == "2024-03-01", "the earliest issue counts"


def test_edges_begin_with_the_issue_that_says_so() -> None:
    root = ET.fromstring(text(sample()))
    found = {(e.get("source"), e.get("kind")): e.get("start") for e in root.iter(f"{NS}edge")}
    assert found[PAPER, "hasTopic"] == "2024-03-01"
    assert found[PAPER, "coCited"] is None
    assert found[IDEA, "buildsOn"] == "2024-03-01", "the earliest of those joined"


def test_without_a_date_there_is_no_timeline() -> None:
    graph = KnowledgeGraph([Node(id=LEAF, type="Topic", label="Độ")])
    data = text(graph).decode()
    assert 'mode="dynamic"' not in data
    assert not re.search("timeformat|timezone| start=", data)


def test_the_edges_are_those_of_the_graphml() -> None:
    one = ET.fromstring(text(sample()))
    two = ET.fromstring(b"".join(graphml.dump(sample())))
    ends = [(e.get("id"), e.get("source"), e.get("target"), e.get("kind")) for e in one.iter(f"{NS}edge")]  # fmt: skip
    space = "{http://graphml.graphdrawing.org/xmlns}"
    assert ends == [
        (e.get("id"), e.get("source"), e.get("target"), e.get("label"))
        for e in two.iter(f"{space}edge")
    ]
    assert gexf.losses(sample()) == graphml.losses(sample())

"""GraphML: the rules that Gephi and the others taught, and what networkx and igraph read."""

from __future__ import annotations

import math
import re
import unicodedata
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import igraph
import networkx as nx
import pytest
from hypothesis import given

from kg import Edge, KnowledgeGraph, Node
from kg.export import graphml
from kg.ontology import load_ontology
from tests.export.samples import (
    DIGEST,
    HOSTILE,
    IDEA,
    LATER,
    LEAF,
    OTHER,
    PAPER,
    TOP,
    TOPIC,
    graphs,
    hostile,
    sample,
    shuffled,
    source,
    thorough,
)

NS = "{http://graphml.graphdrawing.org/xmlns}"
DRAWN = {"label", "color", "size", "x", "y", "edgelabel", "weight", "e_color"}
TYPES = {"boolean": str, "int": int, "long": int, "double": float, "string": str}


def text(graph: KnowledgeGraph) -> bytes:
    return b"".join(graphml.dump(graph))


def topic(*attributes: Any, name: str = "scopeNote") -> KnowledgeGraph:
    """Topics with one value each."""
    return KnowledgeGraph(
        Node(id=f"topic:{number}", type="Topic", label="t", attributes={name: value})
        for number, value in enumerate(attributes)
    )


def column(graph: KnowledgeGraph, name: str = "scopeNote") -> tuple[str, list[str | None]]:
    """Declared type and written cells of a node column."""
    root = ET.fromstring(text(graph))
    types = [k.get("attr.type", "") for k in root.iter(f"{NS}key") if k.get("id") == f"n_{name}"]
    cells = [node.find(f"{NS}data[@key='n_{name}']") for node in root.iter(f"{NS}node")]
    return "".join(types), [None if cell is None else cell.text for cell in cells]


def joined(graph: KnowledgeGraph) -> dict[tuple[str, str, str], list[Edge]]:
    """The edges that have to become one, counted here and not by the code under test."""
    ordered = sorted(graph.edges(), key=lambda e: (e.source, e.target, e.type, e.key))
    groups = groupby(ordered, key=lambda e: (e.source, e.target, e.type))
    return {ends: list(edges) for ends, edges in groups}


def check_rules(data: bytes) -> None:
    """Rules 1, 2, 4, 5, 6, 7, 8 and 10 of design/clients.md, in plain Python."""
    assert data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n')
    root = ET.fromstring(data)
    assert [child.tag for child in root][-1] == f"{NS}graph"
    keys = {key.get("id", ""): key for key in root.iter(f"{NS}key")}
    assert len(keys) == len(list(root.iter(f"{NS}key"))) == len({id.lower() for id in keys})
    names = [(key.get("for"), key.get("attr.name")) for key in keys.values()]
    assert len(set(names)) == len(names)
    assert not {"id", "timeset", "default"} & {id.lower() for id in keys}
    for id, key in keys.items():
        assert set(key.attrib) == {"id", "for", "attr.name", "attr.type"}
        assert not len(key)
        assert id in DRAWN or id == f"{key.get('for', '')[0]}_{key.get('attr.name')}"
        assert key.get("attr.type") in TYPES
    body = root.find(f"{NS}graph")
    assert body is not None
    assert re.fullmatch(r"[\w.-]+", body.get("id", ""))
    kinds = [element.tag.removeprefix(NS) for element in body]
    assert kinds == sorted(kinds, reverse=True), "nodes before edges"
    nodes = [element.get("id", "") for element in body.iter(f"{NS}node")]
    assert len(set(nodes)) == len(nodes)
    assert all(re.fullmatch(r"[a-z]+:[^\n\r\t]*", id) and id == id.strip(" ") for id in nodes)
    edges = list(body.iter(f"{NS}edge"))
    assert [edge.get("id") for edge in edges] == [f"e{number}" for number in range(len(edges))]
    ends = [(edge.get("source"), edge.get("target"), edge.get("label")) for edge in edges]
    assert len(set(ends)) == len(ends)
    for edge in edges:
        assert {edge.get("source"), edge.get("target")} <= set(nodes)
        cells = {cell.get("key"): cell.text or "" for cell in edge}
        assert edge.get("label") == cells["e_type"] == cells["e_interaction"]
        assert float(cells.get("weight", 1)) > 0
        assert math.isfinite(float(cells.get("weight", 1)))
    for element in body:
        assert len({cell.get("key") for cell in element}) == len(element)
        for cell in element:
            key, value = keys[cell.get("key", "")], cell.text or ""
            assert key.get("for") == element.tag.removeprefix(NS)
            assert value.strip()
            assert "\n" not in value
            check_value(key.get("attr.name", ""), key.get("attr.type", ""), value)
    check_drawing(body)


def check_value(name: str, type: str, value: str) -> None:
    assert unicodedata.is_normalized("NFC", value)
    if type == "boolean":
        assert value in ("true", "false")
    elif type in ("int", "long"):
        assert str(int(value)) == value
        assert abs(int(value) * 2 + 1) < 2 ** (32 if type == "int" else 64)
    elif type == "double":
        assert repr(float(value)) == value
        assert math.isfinite(float(value))
    if name == "color":
        assert re.fullmatch("#[0-9a-f]{6}", value)
    if name == "start":
        assert re.fullmatch("[0-9]{4}-(0[1-9]|1[0-2])-01", value)


def check_drawing(body: ET.Element) -> None:
    cells = [{cell.get("key"): cell.text or "" for cell in n} for n in body.iter(f"{NS}node")]
    for name in ("size", "x", "y"):
        assert len({name in found for found in cells}) <= 1, "all or none"
    sizes = [float(found["size"]) for found in cells if "size" in found]
    assert not sizes or (min(sizes), max(sizes)) == (4.0, 100.0)
    for axis in ("x", "y"):
        places = [float(found[axis]) for found in cells if axis in found]
        assert all(abs(place) <= 5000 for place in places)
        assert abs(sum(places)) <= 0.01 * len(places)
    assert {(found.get("x"), found.get("y")) for found in cells} != {("0.0", "0.0")}


def test_the_rules_hold_for_the_sample() -> None:
    check_rules(text(sample()))
    check_rules(text(KnowledgeGraph()))


@thorough
@given(graphs())
def test_the_rules_hold_for_any_graph(graph: KnowledgeGraph) -> None:
    check_rules(text(graph))


def test_bytes_do_not_depend_on_the_order_of_facts() -> None:
    assert len({text(shuffled(sample(), seed)) for seed in range(5)}) == 1


def test_networkx_reads_the_same_graph(tmp_path: Path) -> None:
    graph, path = sample(), tmp_path / "graph.graphml"
    path.write_bytes(text(graph))
    found = nx.read_graphml(path, force_multigraph=True)
    assert set(found) == {node.id for node in graph.nodes()}
    for node in graph.nodes():
        cells = found.nodes[node.id]
        assert (cells["type"], cells["label"]) == (node.type, node.label)
        assert cells["color"] == graph.ontology.node_type(node.type).colour
        for name, value in node.attributes.items():
            wanted = value.replace("\n", " ") if isinstance(value, str) else value
            assert cells[name] == wanted
            assert type(cells[name]) is type(wanted)
    assert found.nodes[IDEA]["moonshot"] is False
    assert found.nodes[PAPER]["start"] == "2024-03-01"
    assert found.nodes[PAPER]["source_line"] == 4
    edges = joined(graph)
    assert {(a, b, d["type"]) for a, b, d in found.edges(data=True)} == set(edges)
    for a, b, cells in found.edges(data=True):
        parts = edges[a, b, cells["type"]]
        assert cells["weight"] == sum(edge.weight for edge in parts)
        assert cells["mentions"] == sum(edge.mentions for edge in parts)
        assert cells["count"] == len(parts)
        assert cells["label"] == graph.ontology.edge_type(cells["type"]).label()


def test_parallel_edges_are_joined() -> None:
    found = nx.parse_graphml(text(sample()).decode(), force_multigraph=True)
    (cells,) = found[IDEA][PAPER].values()
    kind = load_ontology().edge_type("buildsOn")
    assert cells == {
        "type": "buildsOn", "interaction": "buildsOn", "label": kind.label(), "color": kind.colour,
        "weight": 4.0, "mentions": 4, "count": 3, "basis": "identifier;name",
        "digest": f"{DIGEST};{LATER}", "section": "FUTURE_IDEAS;IDEAS", "line": 31,
        "source_lines": "31;33;88;15", "start": "2024-03-01",
    }  # fmt: skip
    (cocited,) = found[PAPER][OTHER].values()
    assert not {"basis", "digest", "section", "line", "source_lines", "start"} & set(cocited)


def test_igraph_reads_the_same_graph(tmp_path: Path) -> None:
    graph, path = sample(), tmp_path / "graph.graphml"
    path.write_bytes(text(graph))
    found = igraph.Graph.Read_GraphML(str(path))
    assert found.is_directed()
    assert set(found.vs["id"]) == {node.id for node in graph.nodes()}
    for node in graph.nodes():
        vertex = found.vs.find(id=node.id)
        assert (vertex["type"], vertex["label"]) == (node.type, node.label)
    assert found.vs.find(id=LEAF)["depth"] == 3
    assert {
        (found.vs[e.source]["id"], found.vs[e.target]["id"], e["type"]): e["weight"]
        for e in found.es
    } == {ends: sum(edge.weight for edge in edges) for ends, edges in joined(graph).items()}


def test_columns_have_one_type() -> None:
    assert column(topic(0, -5)) == ("int", ["0", "-5"])
    assert column(topic(0, 2**31)) == ("long", ["0", str(2**31)])
    assert column(topic(2**62)) == ("long", [str(2**62)])
    assert column(topic(2**64)) == ("string", [str(2**64)])
    assert column(topic(1, 0.5)) == ("double", ["1.0", "0.5"])
    assert column(topic(2**60 + 1, 0.5)) == ("string", [str(2**60 + 1), "0.5"])
    assert column(topic(False, True)) == ("boolean", ["false", "true"])
    assert column(topic(False, 0)) == ("string", ["false", "0"])
    assert column(topic("7", 7)) == ("string", ["7", "7"])
    assert column(topic(("a", "b"))) == ("string", ["a;b"])
    assert column(topic(math.inf, 1.0)) == ("double", [None, "1.0"])
    assert column(topic("", " ", "\x00", ())) == ("", [None] * 4)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("plain", ""), (0, ""), (False, ""), (0.0, ""), ("nan", ""), ("null", "no value"), ("NULL", ""), ('<&">', ""),
        ("INFERENCE", "Infinity"), ("", "empty"), ("a\nb", "line breaks"), ("\x00a", "XML cannot hold"),
        ("\ud800a", "XML cannot hold"), ("e\u0301", "NFC"), (math.nan, "not finite"),
        (-math.inf, "not finite"), (("a;b", "c"), '";"'), (2**70, ""),
    ],
)  # fmt: skip
def test_a_value_arrives_or_is_reported(value: Any, told: str) -> None:
    graph = topic(value)
    lines = graphml.losses(graph)
    assert (told in lines[0] and len(lines) == 1) if told else lines == []
    if not told:
        found = nx.parse_graphml(text(graph).decode()).nodes["topic:0"]["scopeNote"]
        assert str(found) == str(value)


def test_hostile_texts_make_a_file_that_is_read(tmp_path: Path) -> None:
    graph, path = hostile(), tmp_path / "graph.graphml"
    path.write_bytes(text(graph))
    check_rules(path.read_bytes())
    found = nx.read_graphml(path, force_multigraph=True)
    assert len(found) == len(graph) == igraph.Graph.Read_GraphML(str(path)).vcount()
    assert found.number_of_edges() == len(joined(graph))
    for text_ in HOSTILE:
        if re.fullmatch(r"[^\x00-\x1f\u2028\ufffe\uffff]*\S", text_) and "\u0301" not in text_:
            assert found.nodes[f"topic:{text_}"]["scopeNote"] == text_


def test_ids_that_xml_cannot_hold_stay_apart() -> None:
    ids = ["topic:a\n", "topic:a%0A", "topic:a\r", "topic:a%0A~", " topic:a".strip(), "topic:a "]
    graph = KnowledgeGraph(Node(id=id, type="Topic") for id in ids)
    check_rules(text(graph))
    assert "node ids" in graphml.losses(graph)[0]


def test_joined_edges_and_weights_of_nothing_are_reported() -> None:
    assert any("joined" in line for line in graphml.losses(sample()))
    nodes = [Node(id=TOP, type="Topic"), Node(id=TOPIC, type="Topic")]
    edge = Edge(source=TOPIC, type="broader", target=TOP, weight=0.0, sources=(source(1),))
    lines = graphml.losses(KnowledgeGraph([*nodes, edge]))
    assert [line for line in lines if "weights" in line]


def test_what_stands_alone_has_no_place() -> None:
    assert b'<data key="x">' not in text(topic("a"))
    assert b'<data key="size">' not in text(topic("a"))


def test_edges_with_one_source_each_are_joined_and_every_loss_is_counted() -> None:
    """What many edges share is made once, but what is lost is lost on each."""
    ends = {"source": IDEA, "type": "buildsOn", "digest": DIGEST, "section": "INF"}
    nodes = [Node(id=id, type=id.partition(":")[0].title()) for id in (IDEA, PAPER, OTHER, DIGEST)]
    edges = [
        Edge(**ends, target=target, basis=basis, sources=(source(line),))
        for line, (target, basis) in enumerate([(PAPER, "a"), (PAPER, "b"), (OTHER, "a")], 1)
    ]
    graph = KnowledgeGraph([*nodes, *edges])
    found = nx.parse_graphml(text(graph).decode(), force_multigraph=True)
    assert [cells["count"] for _, _, cells in found.edges(data=True)] in ([1, 2], [2, 1])
    assert [cells["weight"] for _, _, cells in found.edges(data=True)] in ([1, 2], [2, 1])
    graph.update([Edge(**ends, target="paper:1", basis="a"), Node(id="paper:1", type="Paper")])
    [told] = [line for line in graphml.losses(graph) if "INF" in line]
    assert ": 3, first" in told

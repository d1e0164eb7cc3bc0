"""Every program that our files are for holds the same graph; the table in `carried.md` says what of it."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg import KnowledgeGraph, Node, build
from kg.export import FORMATS, losses
from tests.export import carried
from tests.export.readers import READERS, Read, same
from tests.export.samples import HOSTILE, facts, hostile

SAMPLE = Path(__file__).parents[2] / "examples" / "ai-research-2024-03.md"
EACH = pytest.mark.parametrize(
    ("format", "program"), READERS, ids=[f"{a}-{b.replace(' ', '')}" for a, b in READERS]
)
INSIDE = {
    key: reader
    for key, reader in READERS.items()
    if key[1] not in ("Gephi", "Gephi Lite", "Cytoscape.js")
}
"""Readers that need no program of their own."""


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    """The example, with what it lacks: edges of two bases and two digests."""
    found = build(SAMPLE)
    found.update(facts())
    return found


def read(graph: KnowledgeGraph, format: str, program: str, folder: Path) -> Read:
    path = graph.export(format, folder / f"graph{FORMATS[format].suffix}")
    return READERS[format, program](path)


@EACH
def test_the_table_of_who_carries_what_is_current(
    graph: KnowledgeGraph, format: str, program: str, tmp_path: Path
) -> None:
    """Run with KG_UPDATE=1 to write the columns anew."""
    found = dict(carried.rows(graph, read(graph, format, program, tmp_path)))
    assert not [f"{name}: {word}" for name, word in found.items() if word.startswith("differs")]
    known = (
        carried.columns(carried.HERE.read_text(encoding="utf-8")) if carried.HERE.exists() else {}
    )
    if os.environ.get("KG_UPDATE"):
        known[format, program] = found
        whole = {key: known[key] for key in READERS if key in known}
        carried.HERE.write_text(carried.table(whole), encoding="utf-8")
    assert known.get((format, program)) == found


def test_what_no_program_may_lose() -> None:
    """Ends, types, labels, numbers and words arrive everywhere."""
    known = carried.columns(carried.HERE.read_text(encoding="utf-8"))
    assert set(known) == set(READERS)
    for column in known.values():
        for name in ("type", "label", "texts of one line", "integers", "true and false"):
            assert column[f"node: {name}"] == "yes"
        for name in ("ends and type", "weight", "mentions", "basis", "digest", "section"):
            assert column[f"edge: {name}"] == "yes"


@EACH
def test_hostile_texts_arrive(format: str, program: str, tmp_path: Path) -> None:
    """As id, label, attribute, section and basis at once: as many nodes and edges, texts intact."""
    whole = hostile()
    found = read(whole, format, program, tmp_path)
    assert len(found.nodes) == len(whole)
    ends = {(e.source, e.target, e.type) for e in whole.edges()}
    assert len(found.edges) == len(ends)
    for text in HOSTILE:
        alone = KnowledgeGraph(
            [Node(id=f"topic:{text}", type="Topic", label="t", attributes={"scopeNote": text})]
        )
        if not losses(alone, format):
            assert found.nodes[f"topic:{text}"]["scopeNote"] == text


VALUES: list[Any] = [
    *HOSTILE, "x" * 100_000, "đồ thị\n" * 10_000, "\ud800", "a\udfffb", "\\u0041", "\\", '\\"', "\\\\u0027", "'; MATCH (n) DETACH DELETE n; //",
    0, 1, -5, 2**31, 2**53 + 1, 2**63, -(2**70), False, True, 0.0, -0.5, 1e300, 1e-7, 1e16, math.nan, math.inf, -math.inf,
    ("a", "b"), ("a;b", "c"), ("", "a"), ("x", "\ud800"), (),
]  # fmt: skip


@pytest.mark.parametrize(("format", "program"), INSIDE)
def test_a_value_arrives_or_is_reported(format: str, program: str, tmp_path: Path) -> None:
    for number, value in enumerate(VALUES):
        node = Node(id="topic:t", type="Topic", label="t", attributes={"scopeNote": value})
        one = KnowledgeGraph([node])
        kept = one.node("topic:t").attributes["scopeNote"]
        folder = tmp_path / str(number)
        found = read(one, format, program, folder).nodes["topic:t"].get("scopeNote")
        shown = repr(value)[:60]
        if not losses(one, format):
            joined = isinstance(kept, tuple) and ";".join(kept) == found
            wide = type(kept) is int and abs(kept) >= 2**63 and str(kept) == found
            if program == "igraph" and isinstance(kept, int) and not isinstance(kept, bool):
                kept = float(kept)  # all its numbers are doubles
            assert same(kept, found) or joined or wide, f"{shown} became {str(found)[:60]!r}"
        elif isinstance(kept, float):
            assert found is None, "what is not finite is left out"


@pytest.mark.parametrize(("format", "program"), INSIDE)
def test_ids_arrive_or_are_reported_and_stay_apart(
    format: str, program: str, tmp_path: Path
) -> None:
    ids = ["topic:", "topic:a b", "topic:a:b", "topic:\"a'`\\", "topic:a\nb", "topic:a%0Ab", "topic:\x00",
           "topic:%00", "topic:\ud800", "topic:\ud801", "topic:\ufffd", "topic: a ", "topic:<&>;", "topic:é", "topic:e\u0301"]  # fmt: skip
    whole = KnowledgeGraph(Node(id=id, type="Topic", label="t") for id in ids)
    found = read(whole, format, program, tmp_path)
    assert len(found.nodes) == len(ids)
    missing = set(ids) - set(found.nodes)
    assert bool(missing) == any("node ids" in line for line in losses(whole, format))


def test_networkx_makes_the_same_graph_of_the_json(graph: KnowledgeGraph, tmp_path: Path) -> None:
    path = graph.export("json", tmp_path / "graph.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    found, wanted = nx.node_link_graph(data, edges="edges"), graph.nx
    assert found.graph == wanted.graph
    assert list(found.nodes) == list(wanted.nodes)
    assert set(found.edges) == set(wanted.edges), "keys and all"
    for kind in ("nodes", "edges"):
        for key, cells in getattr(wanted, kind).items():
            there = getattr(found, kind)[key]
            assert all(same(value, there[name]) for name, value in cells.items())

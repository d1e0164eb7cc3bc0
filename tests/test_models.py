"""Random digests in random dialects: the graph equals the model that the text was written from."""

from __future__ import annotations

import os
from collections import Counter

from dialects import FIELDS, Dialect, Model, Topic, dialects, models, render
from hypothesis import HealthCheck, given, note, settings
from places import build_text

import kg
from kg.ledger import keep_ledger
from kg.reading import Document

NIGHTLY = bool(os.environ.get("KG_NIGHTLY"))
KINDS = ("motivatedBy", "buildsOn", "usesMethodOf", "evaluatedWith", "cautionedBy")
NAME = "2024-03.md"


def number(edge: kg.Edge) -> str:
    return edge.target.removeprefix("paper:")


def labelled(graph: kg.KnowledgeGraph, type: str, kinds: tuple[str, ...]) -> set[tuple[str, ...]]:
    """(label of the entry, edge type, paper) for all citations by identifier."""
    return {
        (graph.node(edge.source).label, edge.type, number(edge))
        for edge in graph.edges()
        if edge.type in kinds
        and edge.basis in ("", "identifier")
        and graph.node(edge.source).type == type
    }


def paths(topics: list[Topic], above: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Topic]]:
    found = []
    for topic in topics:
        path = (*above, topic.label)
        found += [(path, topic), *paths(topic.below, path)]
    return found


def check_tree(graph: kg.KnowledgeGraph, model: Model) -> None:
    expected = paths(model.topics)
    told = {tuple(str(t.attributes["path"]).split(" > ")) for t in graph.nodes("Topic")}
    assert told == {path for path, _ in expected}
    placed = {
        (tuple(str(graph.node(edge.target).attributes["path"]).split(" > ")), edge.source[6:])
        for edge in graph.edges("hasTopic")
    }
    assert placed == {
        (path, paper) for path, topic in expected for papers, _ in topic.leaves for paper in papers
    }
    for edge in graph.edges("broader"):
        low, high = graph.node(edge.source), graph.node(edge.target)
        assert low.attributes["path"] == f"{high.attributes['path']} > {low.label}"


def check_entries(graph: kg.KnowledgeGraph, model: Model, order: list[str]) -> None:
    about: dict[str, list[str]] = {}
    for edge in graph.edges("about"):
        about.setdefault(edge.source, []).append(number(edge))
    if "SOTA_HIGHLIGHTS" in order:
        ranked = {
            (n.attributes["rank"], *about[n.id], n.attributes["impact"].lower())
            for n in graph.nodes("Highlight")
        }
        assert ranked == {(r, h[0], h[3].lower()) for r, h in enumerate(model.highlights, 1)}
        words = Counter(edge.source for edge in graph.edges("hasKeyword"))
        assert sorted(words.values()) == sorted(len(set(h[1])) for h in model.highlights)
    if "NOVEL_TECH_CONTRIBUTIONS" in order:
        told = {
            (n.label, n.attributes["assessment"], *sorted(about[n.id]))
            for n in graph.nodes("Contribution")
        }
        assert told == {(c[1], c[2], *sorted(c[0])) for c in model.contributions}
    if "READING_LIST" in order:
        listed = {
            (n.attributes["rank"], *about[n.id], n.label, n.attributes["reason"])
            for n in graph.nodes("Recommendation")
        }
        assert listed == {(rank, *entry) for rank, entry in enumerate(model.readings, 1)}


def check_citations(graph: kg.KnowledgeGraph, model: Model, order: list[str]) -> None:
    gaps = model.gaps if "GAPS_AND_OPPORTUNITIES" in order else []
    ideas = model.ideas if "FUTURE_IDEAS" in order else []
    trends = model.trends if "META_REFLECTION" in order else []
    for type, entries in (("Gap", gaps), ("Idea", ideas), ("Trend", trends)):
        assert {n.label for n in graph.nodes(type)} == {entry[0] for entry in entries}
    assert labelled(graph, "Gap", ("cites",)) == {
        (title, "cites", p) for title, *parts in gaps for part in parts for p in part.papers
    }
    for title, gap, opportunity in gaps:
        [node] = [n for n in graph.nodes("Gap") if n.label == title]
        assert str(node.attributes["text"]).startswith(gap.words)
        assert str(node.attributes["opportunity"]).startswith(opportunity.words)
    assert labelled(graph, "Idea", (*KINDS, "cites")) == {
        (title, kind, paper)
        for title, fields in ideas
        for kind, name in zip(KINDS, FIELDS, strict=True)
        for paper in fields[name].papers
    }
    for title, fields in ideas:
        [node] = [n for n in graph.nodes("Idea") if n.label == title]
        for name in FIELDS:
            assert fields[name].words in str(node.attributes[name])
    assert labelled(graph, "Trend", ("cites",)) == {
        (title, "cites", paper) for title, part in trends for paper in part.papers
    }


@settings(
    max_examples=2000 if NIGHTLY else 100,
    deadline=None,
    derandomize=not NIGHTLY,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(models(), dialects())
def test_the_graph_equals_the_model(model: Model, dialect: Dialect) -> None:
    text = render(model, dialect)
    note(text)
    graph = build_text(text, NAME)
    check_tree(graph, model if "TOPIC_TREE" in dialect.order else Model([], [], [], [], [], [], []))
    check_entries(graph, model, dialect.order)
    check_citations(graph, model, dialect.order)
    ledger = keep_ledger(Document(text, NAME), graph)
    assert ledger.lost() == []
    assert ledger.unheld == []
    codes = {d.code for d in graph.diagnostics if d.severity != "info"}
    assert codes <= {"two-names", "name-of-two-papers", "no-sections", "two-values"}

"""Random digests in random dialects: the graph equals the model that the text was written from."""

from __future__ import annotations

import os
import re
from collections import Counter

from dialects import Dialect, Manner, dialects, render
from digest_models import FIELDS, Model, models, paths, twin
from hypothesis import HealthCheck, given, note, settings
from places import build_text

import kg
from kg.ledger import keep_ledger
from kg.reading import Document

NIGHTLY = bool(os.environ.get("KG_NIGHTLY"))
KINDS = ("motivatedBy", "buildsOn", "usesMethodOf", "evaluatedWith", "cautionedBy")
NAME = "2024-03.md"
NUMBER = r"\b\d{4}\.\d{5}"


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


def check_tree(graph: kg.KnowledgeGraph, model: Model, manner: Manner) -> None:
    expected = list(paths(model.topics))
    other = twin(model.topics)
    empty = manner.forms["empty"] if other else ""
    twins = [path for path, topic in expected if not (topic.leaves or topic.below)]
    twins = twins if empty.startswith("twin") else []
    assert {
        (graph.node(edge.source).attributes["path"], graph.node(edge.target).attributes["path"])
        for edge in graph.edges("duplicateOf")
    } == {(" > ".join(path), " > ".join(other[0])) for path in twins if other}
    told = {tuple(str(t.attributes["path"]).split(" > ")) for t in graph.nodes("Topic")}
    assert told == {path for path, _ in expected}
    placed = {
        (tuple(str(graph.node(edge.target).attributes["path"]).split(" > ")), edge.source[6:])
        for edge in graph.edges("hasTopic")
    }
    assert placed == {
        (path, paper) for path, topic in expected for papers, _ in topic.leaves for paper in papers
    } | {(path, other[1]) for path in twins if other and empty == "twin with id"}
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
            (n.label, str(n.attributes["assessment"]).rstrip("."), *sorted(about[n.id]))
            for n in graph.nodes("Contribution")
        }
        assert told == {(c[1], c[2], *sorted(c[0])) for c in model.contributions}
    if "READING_LIST" in order:
        listed = {
            (n.attributes["rank"], *about[n.id], n.label, str(n.attributes["reason"]).rstrip("."))
            for n in graph.nodes("Recommendation")
        }
        assert listed == {(rank, *entry) for rank, entry in enumerate(model.readings, 1)}


def check_gaps(graph: kg.KnowledgeGraph, model: Model, manner: Manner) -> None:
    alone = manner.forms["form"] in ("bullets", "plain")
    assert {n.label for n in graph.nodes("Gap")} == {title for title, _, _ in model.gaps}
    assert labelled(graph, "Gap", ("cites",)) == {
        (title, "cites", paper)
        for title, gap, opportunity in model.gaps
        for part in ([gap] if alone else [gap, opportunity])
        for paper in part.papers
    }
    for title, gap, opportunity in model.gaps:
        [node] = [n for n in graph.nodes("Gap") if n.label == title]
        assert str(node.attributes["text"]).startswith(gap.words)
        told = str(node.attributes.get("opportunity", ""))
        assert not told if alone else told.startswith(opportunity.words)


def check_ideas(graph: kg.KnowledgeGraph, model: Model) -> None:
    assert {n.label for n in graph.nodes("Idea")} == {idea.title for idea in model.ideas}
    assert labelled(graph, "Idea", (*KINDS, "cites")) == {
        (idea.title, kind, paper)
        for idea in model.ideas
        for kind, name in zip(KINDS, FIELDS, strict=True)
        for paper in idea.fields[name].papers
    }
    for idea in model.ideas:
        [node] = [n for n in graph.nodes("Idea") if n.label == idea.title]
        for name in FIELDS:
            assert idea.fields[name].words in str(node.attributes[name])
        assert node.attributes["riskLevel"] == idea.level
        assert node.attributes["moonshot"] == idea.moonshot


def check_trends(graph: kg.KnowledgeGraph, model: Model, manner: Manner) -> None:
    """Trends go by their titles; without any, by the words that they begin with."""
    told = labelled(graph, "Trend", ("cites",))
    labels = {node.label for node in graph.nodes("Trend")}
    names = {title: title for title, _ in model.trends}
    if manner.forms["form"] == "plain":
        whole = {n.label: str(n.attributes["text"]) for n in graph.nodes("Trend")}
        texts = {
            label: text if text.startswith(label[:20]) else f"{label}: {text}"
            for label, text in whole.items()
        }
        for title in names:
            [names[title]] = [label for label, text in texts.items() if text.startswith(title)]
    assert labels == set(names.values())
    assert told == {
        (names[title], "cites", paper) for title, part in model.trends for paper in part.papers
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
    empty = Model([], [], [], [], [], [], [])
    shown = {name: model if name in dialect.order else empty for name in dialect.manners}
    assert {paper.id[6:] for paper in graph.nodes("Paper")} == set(re.findall(NUMBER, text))
    check_tree(graph, shown["TOPIC_TREE"], dialect.manners["TOPIC_TREE"])
    check_entries(graph, model, dialect.order)
    gaps, trends = "GAPS_AND_OPPORTUNITIES", "META_REFLECTION"
    check_gaps(graph, shown[gaps], dialect.manners[gaps])
    check_ideas(graph, shown["FUTURE_IDEAS"])
    check_trends(graph, shown[trends], dialect.manners[trends])
    ledger = keep_ledger(Document(text, NAME), graph)
    assert [entry for entry in ledger.lost() if entry.section] == []
    assert dialect.extra or not ledger.lost()
    assert ledger.unheld == []
    codes = {d.code for d in graph.diagnostics if d.severity != "info"}
    codes -= {"unknown-section"} if dialect.extra else set()
    assert codes <= {"two-names", "name-of-two-papers", "no-sections", "two-values"}

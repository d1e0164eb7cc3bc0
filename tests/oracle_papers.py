"""Questions about papers: the rows that each question should have by default, cells as texts, in any order."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from oracle import CITING, GALORE, Row, World, iri, named, term


def about_paper(w: World) -> list[Row]:
    rows: set[Row] = set()
    for e in w.edges:
        if GALORE in (e.source, e.target) and e.type != "coCited":
            other = e.target if e.source == GALORE else e.source
            rows |= {(s.file, str(s.line), term(e.type), w.name[other], s.text) for s in e.sources}
    return list(rows)


def cited_by_name(w: World) -> list[Row]:
    return [
        (
            s.file,
            str(s.line),
            str(s.column),
            w.name[e.source],
            term(e.type),
            *named(w, e.target),
            s.text,
        )
        for e in w.edges
        if e.basis == "name"
        for s in e.sources
    ]


def cited_together(w: World) -> list[Row]:
    counts = Counter(
        (first, second)
        for papers in w.cited.values()
        for first in papers
        for second in papers
        if first < second
    )
    return [
        (*named(w, first), *named(w, second), str(count))
        for (first, second), count in counts.items()
        if count >= 2
    ]


def papers_of_both_months(w: World) -> list[Row]:
    both = w.members["2024-03"] & w.members["2024-04"]
    return [named(w, n) for n in both if w.graph.node(n).type == "Paper"]


def contributions_unplaced(w: World) -> list[Row]:
    return [
        (w.period(n.id), *named(w, w.about[n.id]), n.label, w.value(n.id, "assessment"))
        for n in w.graph.nodes("Contribution")
        if not w.topics[w.about[n.id]]
    ]


def evidence(w: World) -> list[Row]:
    return [
        (s.file, str(s.line), str(s.column), w.name[e.source], w.name[e.target], s.text)
        for e in w.graph.edges("buildsOn")
        for s in e.sources
    ]


def find_text(w: World) -> list[Row]:
    names = re.findall(
        r"\w+",
        """text opportunity motivation novelty approach evaluation risk breakthrough impact
        assessment reason summary title introduction closing""",
    )
    return list(
        {
            (node.label, term(name), words)
            for node in w.graph.nodes()
            for name in names
            for words in w.values(node.id, name)
            if "federated" in words.lower()
        }
    )


def ideas_on_paper(w: World) -> list[Row]:
    return list(
        {
            (w.name[e.source], e.basis, str(e.line))
            for e in w.graph.edges("buildsOn")
            if e.target == GALORE
        }
    )


def most_mentioned(w: World) -> list[Row]:
    entries: dict[str, set[str]] = defaultdict(set)
    for entry, papers in w.cited.items():
        for paper in papers:
            entries[paper].add(entry)
    for entry, paper in w.about.items():
        entries[paper].add(entry)
    return [
        (*named(w, paper), str(len(found)), str(len(_sections(w, paper))))
        for paper, found in entries.items()
        if len(found) >= 4
    ]


def _sections(w: World, paper: str) -> set[str]:
    return {s.section for s in w.graph.node(paper).sources} - {""}


def papers_everywhere(w: World) -> list[Row]:
    every = {section for node in w.graph.nodes("Paper") for section in _sections(w, node.id)}
    return [
        (*named(w, node.id), str(len(every)), str(len(every)))
        for node in w.graph.nodes("Paper")
        if _sections(w, node.id) == every
    ]


def name_means(w: World) -> list[Row]:
    wanted = "sotopia-π"
    rows: list[Row] = [
        (*named(w, node.id), term(name), words)
        for node in w.graph.nodes("Paper")
        for name in ("name", "alias", "title")
        for words in w.values(node.id, name)
        if words.lower() == wanted
    ]
    return rows + [
        (*named(w, e.source), term("introduces"), w.name[e.target])
        for e in w.graph.edges("introduces")
        if w.name[e.target].lower() == wanted
    ]


def other_months(w: World) -> list[Row]:
    return [
        (month, w.value(node, "published"), *named(w, node))
        for month, nodes in w.members.items()
        for node in nodes
        if w.graph.node(node).type == "Paper" and w.value(node, "published") not in (None, month)
    ]


def papers_in_several_topics(w: World) -> list[Row]:
    return [
        (*named(w, paper), w.value(topic, "path"))
        for paper, topics in w.topics.items()
        if len(topics) > 1
        for topic in topics
    ]


def papers_of_several_ideas(w: World) -> list[Row]:
    ideas: dict[str, set[str]] = defaultdict(set)
    for entry, papers in w.cited.items():
        for paper in papers if entry.startswith("idea:") else ():
            ideas[paper].add(entry)
    return list(
        {
            (*named(w, e.target), w.name[e.source], term(e.type))
            for e in w.edges
            if e.type in CITING and e.source in ideas[e.target] and len(ideas[e.target]) > 1
        }
    )


def read_next(w: World) -> list[Row]:
    ties = Counter(
        paper for paper, topics in w.topics.items() for topic in topics if topic in w.topics[GALORE]
    )
    ties.update(paper for papers in w.cited.values() if GALORE in papers for paper in papers)
    return [(*named(w, paper), str(n)) for paper, n in ties.items() if paper != GALORE]


def reading_order(w: World) -> list[Row]:
    return [
        (w.period(e.source), w.value(e.source, "rank"), iri(e.target), w.name[e.source],
         w.value(e.source, "reason"), str(e.line))
        for e in w.graph.edges("about")
        if e.source.startswith("recommendation:")
    ]  # fmt: skip


def topic_artifacts(w: World) -> list[Row]:
    below = w.under("Multimodal AI")
    return list(
        {
            (w.name[e.target], *named(w, e.source), w.value(topic, "path"))
            for e in w.graph.edges("introduces")
            for topic in w.topics[e.source] & below
        }
    )


def topic_papers(w: World) -> list[Row]:
    below = w.under("Robotics")
    return [
        (w.value(topic, "path"), *named(w, paper))
        for paper, topics in w.topics.items()
        for topic in topics & below
    ]


def tree_only(w: World) -> list[Row]:
    spoken = set(w.about.values()).union(*w.cited.values())
    return [
        (w.value(topic, "path"), *named(w, paper))
        for paper, topics in w.topics.items()
        if paper not in spoken
        for topic in topics
    ]


def unplaced_papers(w: World) -> list[Row]:
    rows: list[Row] = []
    for node in w.graph.nodes("Paper"):
        if not w.topics[node.id]:
            for file in {s.file for s in node.sources}:
                line = min(s.line for s in node.sources if s.file == file)
                rows.append((*named(w, node.id), file, str(line)))
    return rows

"""Questions about entries, topics and months: the rows that each question should have by default, cells as texts, in any order."""

from __future__ import annotations

from collections import Counter, defaultdict

from oracle import CITING, Row, World, counted, named, term


def compare_months(w: World) -> list[Row]:
    first, second = w.members["2024-03"], w.members["2024-04"]
    rows: list[Row] = []
    for name, kind in w.graph.ontology.node_types.items():
        if not kind.abstract and name != "Digest":
            a, b = ({n for n in side if w.graph.node(n).type == name} for side in (first, second))
            if a | b:
                rows.append((term(name), str(len(a)), str(len(b)), str(len(a & b))))
    return rows


def evaluation_data(w: World) -> list[Row]:
    return [(n.label, w.value(n.id, "evaluation")) for n in w.graph.nodes("Idea")]


def field_sizes(w: World) -> list[Row]:
    praised = w.about_papers("Highlight")
    rows: list[Row] = []
    for node in w.graph.nodes("Topic"):
        if node.attributes["depth"] == 0:
            below = w.under(str(node.attributes["path"]))
            papers = {paper for paper, topics in w.topics.items() if topics & below}
            rows.append((node.label, str(len(papers)), str(len(papers & praised))))
    return rows


def _bridges(w: World, type: str) -> list[Row]:
    rows: list[Row] = []
    for node in w.graph.nodes(type):
        fields = Counter(path for paper in w.cited[node.id] for path in w.at_depth(paper, 0))
        rows += [(node.label, path, str(count)) for path, count in fields.items()]
    return rows


def gap_topics(w: World) -> list[Row]:
    return _bridges(w, "Gap")


def idea_bridges(w: World) -> list[Row]:
    return _bridges(w, "Idea")


def gaps_by_papers(w: World) -> list[Row]:
    return counted((node.label, len(w.cited[node.id])) for node in w.graph.nodes("Gap"))


def trends_by_papers(w: World) -> list[Row]:
    return counted((node.label, len(w.cited[node.id])) for node in w.graph.nodes("Trend"))


def gaps_without_idea(w: World) -> list[Row]:
    used = {paper for node in w.graph.nodes("Idea") for paper in w.cited[node.id]}
    return [
        (node.label, w.value(node.id, "opportunity"))
        for node in w.graph.nodes("Gap")
        if not w.cited[node.id] & used
    ]


def highlight_echo(w: World) -> list[Row]:
    rows: list[Row] = []
    for node in w.graph.nodes("Highlight"):
        paper = w.about[node.id]
        counts = [
            sum(
                w.about.get(n.id) == paper or paper in w.cited.get(n.id, ())
                for n in w.graph.nodes(type)
            )
            for type in ("Contribution", "Recommendation", "Gap", "Idea", "Trend")
        ]
        rows.append(
            (w.period(node.id), w.value(node.id, "rank"), *named(w, paper), *map(str, counts))
        )
    return rows


def highlights_not_recommended(w: World) -> list[Row]:
    advised = w.about_papers("Recommendation")
    return [
        (
            w.period(n.id), w.value(n.id, "rank"), *named(w, w.about[n.id]),
            w.value(n.id, "breakthrough"),
        )
        for n in w.graph.nodes("Highlight")
        if w.about[n.id] not in advised
    ]  # fmt: skip


def idea_needs_unplaced(w: World) -> list[Row]:
    return list(
        {
            (w.name[e.source], term(e.type), *named(w, e.target))
            for e in w.edges
            if e.type in CITING and e.source.startswith("idea:") and not w.topics[e.target]
        }
    )


def idea_risks(w: World) -> list[Row]:
    return [
        (n.label, *(w.value(n.id, name) for name in ("riskLevel", "moonshot", "risk")))
        for n in w.graph.nodes("Idea")
    ]


def moonshots(w: World) -> list[Row]:
    return list(
        {
            (w.name[e.source], term(e.type), *named(w, e.target))
            for e in w.edges
            if e.type in CITING and w.graph.node(e.source).attributes.get("moonshot") is True
        }
    )


def keyword_highlights(w: World) -> list[Row]:
    return [
        (w.name[e.target], w.period(e.source), w.value(e.source, "rank"), w.name[e.source],
         w.value(e.source, "impact"))
        for e in w.graph.edges("hasKeyword")
        if "diffusion" in w.name[e.target].lower()
    ]  # fmt: skip


def shared_keywords(w: World) -> list[Row]:
    users: dict[str, set[str]] = defaultdict(set)
    for e in w.graph.edges("hasKeyword"):
        users[e.target].add(e.source)
    return [
        (w.name[keyword], w.period(node), w.name[node])
        for keyword, nodes in users.items()
        if len(nodes) > 1
        for node in nodes
    ]


def new_topics(w: World) -> list[Row]:
    periods = [month for month in w.members if month < "2024-03"]
    earlier = {node for month in periods for node in w.members[month]}
    return [
        (w.value(node, "path"),)
        for node in w.members["2024-03"] - earlier
        if w.graph.node(node).type == "Topic"
    ]


def overview(w: World) -> list[Row]:
    return [(term(name), str(count)) for name, count in w.graph.counts()["nodes"].items()]


def same_topics(w: World) -> list[Row]:
    return [
        (w.value(e.source, "path"), w.value(e.target, "path"), s.file, str(s.line))
        for e in w.graph.edges("duplicateOf")
        for s in e.sources
    ]


def topics_without_gap(w: World) -> list[Row]:
    cited = {paper for node in w.graph.nodes("Gap") for paper in w.cited[node.id]}
    known = {path for paper in cited for path in w.at_depth(paper, 1)}
    praised = w.about_papers("Highlight")
    counts = Counter(path for paper in praised for path in w.at_depth(paper, 1))
    return counted((path, count) for path, count in counts.items() if path not in known)


def topics_without_papers(w: World) -> list[Row]:
    used = {topic for topics in w.topics.values() for topic in topics}
    return [
        (w.value(topic, "path"),)
        for topic in w.tree
        if topic not in used and not w.tree.in_degree(topic)
    ]

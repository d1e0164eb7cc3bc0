"""Graphs made by hand or by rule, for tests that must not wait for a digest to be read."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from kg import Edge, KnowledgeGraph, Node, Source, ids
from kg.graph import Fact

# fmt: off
WORDS = [
    "Efficient", "Robust", "Video", "Language", "Motion", "Neural", "Sparse", "Causal",
    "Hybrid", "Federated", "Diffusion", "Graph", "Retrieval", "Planning", "Tỉa", "lớp",
    "Editing", "Depth", "Audio", "Reward", "Safety", "Memory", "Prompt", "Latent", "Token",
]
# fmt: on
PERIOD = "2024-03"
ATTACKS = (
    "</script><script>window.__pwned = 1</script>"
    "<img src=x onerror='window.__pwned=2'><a href='javascript:window.__pwned=3'>href</a>"
    "<!--<script>{{7*7}}{% raw %}${7*7}\"'`&lt;\u2028\u2029\0\x1b\u202eevil\u2066\u200f"
    "</style></title><iframe srcdoc='<script>top.__pwned=4</script>'>"
)


def source(line: int, text: str, section: str = "tree") -> Source:
    return Source(
        file="digest.md", section=section, line=line, column=1, start=line * 100,
        end=line * 100 + len(text.encode("utf-8", "surrogatepass")), text=text,
    )  # fmt: skip


def small(label: str = "GaLore", text: str = "Memory-efficient training.") -> list[Fact]:
    """One of each: a digest, two topics, three papers (one outside the tree), entries, keywords."""
    digest = ids.digest_id(PERIOD)
    top, low = ids.topic_id(("Learning",)), ids.topic_id(("Learning", label))
    papers = ["paper:2403.03507", "paper:2403.00001", "paper:2403.00002"]
    artifact = ids.artifact_id(papers[0], label)
    highlight = ids.entry_id("Highlight", PERIOD, papers[0])
    gap, idea = ids.entry_id("Gap", PERIOD, label), ids.entry_id("Idea", PERIOD, label)
    keyword = ids.keyword_id(label)
    nodes = [
        Node(id=digest, type="Digest", label=label, attributes={"period": PERIOD}),
        Node(id=top, type="Topic", label="Learning", attributes={"path": "Learning", "depth": 1}),
        Node(id=low, type="Topic", label=label, sources=(source(3, text),)),
        *(
            Node(
                id=paper, type="Paper", label=f"{label} {number}" if number else label,
                attributes={"identifier": paper.replace("paper", "arXiv"), "url": ids.paper_iri(paper)},
                sources=(source(4 + number, text),),
            )
            for number, paper in enumerate(papers)
        ),
        Node(id=artifact, type="Artifact", label=label),
        Node(id=highlight, type="Highlight", label=label, attributes={"breakthrough": text}),
        Node(id=gap, type="Gap", label=label, attributes={"text": text}, sources=(source(9, text),)),
        Node(id=idea, type="Idea", label=label, attributes={"motivation": text}),
        Node(id=keyword, type="Keyword", label=label),
    ]  # fmt: skip
    edges = [
        (low, "broader", top), (papers[0], "hasTopic", low), (papers[1], "hasTopic", top),
        (papers[0], "introduces", artifact), (highlight, "about", papers[0]),
        (highlight, "hasKeyword", keyword), (gap, "cites", papers[0]), (gap, "cites", papers[2]),
        (idea, "motivatedBy", papers[1]), (idea, "buildsOn", papers[1]),
        (papers[0], "coCited", papers[2]), (gap, "partOf", digest), (idea, "partOf", digest),
    ]  # fmt: skip
    made = [
        Edge(source=a, type=type, target=b, digest=PERIOD, sources=(source(20 + line, text),))
        for line, (a, type, b) in enumerate(edges)
    ]
    return [*nodes, *made]


def facts(size: int, seed: int = 7) -> Iterator[Fact]:
    """About `size` nodes in the proportions of a real digest."""
    random = Random(seed)
    digest = ids.digest_id(PERIOD)
    yield Node(id=digest, type="Digest", label="Digest", attributes={"period": PERIOD})
    topics: list[tuple[str, ...]] = []
    for number in range(max(2, size // 3)):
        words = " ".join(random.sample(WORDS, 2))
        parent = random.choice(topics) if topics and random.random() > 11 / (size // 3) else ()
        if len(parent) > 4:
            parent = parent[: random.randrange(1, 4)]
        path = (*parent, f"{words} {number}")
        topics.append(path)
        yield Node(id=ids.topic_id(path), type="Topic", label=path[-1])
        if parent:
            yield Edge(source=ids.topic_id(path), type="broader", target=ids.topic_id(parent))
    papers = []
    for number in range(max(3, size // 3)):
        paper = f"paper:24{1 + number % 12:02}.{1 + number:05}"
        papers.append(paper)
        yield Node(id=paper, type="Paper", label=f"{random.choice(WORDS)}{number}",
                   sources=(source(number + 1, "a line of the digest"),))  # fmt: skip
        if random.random() < 0.85:
            yield Edge(source=paper, type="hasTopic", target=ids.topic_id(random.choice(topics)))
        if random.random() < 0.5:
            artifact = ids.artifact_id(paper, "it")
            yield Node(id=artifact, type="Artifact", label=f"Artifact {number}")
            yield Edge(source=paper, type="introduces", target=artifact)
    kinds = ["Highlight", "Contribution", "Contribution", "Recommendation", "Gap", "Idea", "Trend"]
    for number in range(size // 6):
        kind = kinds[number % len(kinds)]
        entry = ids.entry_id(kind, PERIOD, f"Entry {number}")
        yield Node(id=entry, type=kind, label=f"{kind} {number}")
        yield Edge(source=entry, type="partOf", target=digest)
        cited = random.sample(papers, min(len(papers), random.randrange(2, 7)))
        if kind in ("Gap", "Trend", "Idea"):
            relation = "motivatedBy" if kind == "Idea" else "cites"
            for paper in cited:
                yield Edge(source=entry, type=relation, target=paper)
        else:
            yield Edge(source=entry, type="about", target=cited[0])


def graph(size: int, seed: int = 7) -> KnowledgeGraph:
    """A graph of about `size` nodes, always the same."""
    return KnowledgeGraph(facts(size, seed))

"""Graphs for the tests of the exporters: one of each kind, hostile ones, and random small ones."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from kg import Edge, KnowledgeGraph, Node, Source, ids
from kg.graph import Fact
from kg.ontology import load_ontology

HOSTILE = (
    "",
    " ",
    "plain",
    "Tỉa lớp — đồ thị, PixArt-Σ",
    "e\u0301 is not \u00e9",
    "<b>&amp;\"quoted\" 'it' ]]>",
    "two\nlines\r\nand\ta tab",
    "\x00null\x01\x0b\x1f",
    "\ufffe\uffff",
    "nan",
    "INF",
    "INFERENCE",
    "-inf",
    "null",
    "0",
    "007",
    "true",
    "a;b",
    "../..",
    "https://e.example/a b?<c>#d",
    "back\\slash {x|y}^`",
    "👩‍🔬",
    "\u2028",
)
PAPER = "paper:2403.03507"
OTHER = "paper:hep-th/9901001"
DOI = "paper:doi:10.1000/a(b)<c>#d"
DIGEST = ids.digest_id("2024-03")
LATER = ids.digest_id("2024-04")
TOP = ids.topic_id(("Computer Vision (CV)",))
TOPIC = ids.topic_id(("Computer Vision (CV)", "Video/Generation"))
LEAF = ids.topic_id(("Computer Vision (CV)", "Video/Generation", "Độ"))
IDEA = ids.entry_id("Idea", "2024-03", "Tỉa lớp có điều kiện")
GAP = ids.entry_id("Gap", "2024-03", "Data")


def source(
    line: int, text: str = "text", section: str = "s", file: str = "2024-03.md", around: str = ""
) -> Source:
    """A place; what stands `around` it stands there only where it quotes anything."""
    end = line * 100 + len(text.encode("utf-8", "surrogatepass"))
    return Source(
        file=file, section=section, line=line, column=3, start=line * 100, end=end, text=text,
        before=around if text else "", after=around[::-1] if text else "",
    )  # fmt: skip


def facts() -> list[Fact]:
    """A small graph that has every trait an exporter treats differently."""

    def edge(source_: str, type: str, target: str, line: int, **more: Any) -> Edge:
        places = more.pop("sources", (source(line),))
        more = {"digest": DIGEST, "section": "FUTURE_IDEAS", **more}
        return Edge(source=source_, type=type, target=target, sources=places, **more)

    published = {
        "identifier": "arXiv:2403.03507",
        "url": ids.paper_iri(PAPER),
        "published": "2024-03",
    }
    idea = {"motivation": "Vì sao?\nTwo lines", "moonshot": False, "riskLevel": "high"}
    digests = [
        Node(id=id, type="Digest", label=period, attributes={"period": period})
        for id, period in ((DIGEST, "2024-03"), (LATER, "2024-04"))
    ]
    return [
        *digests,
        Node(id=TOP, type="Topic", label="Computer Vision (CV)",
             attributes={"path": "Computer Vision (CV)", "depth": 1, "abbreviation": "CV",
                         "notation": "I.", "scopeNote": "A remark."}),
        Node(id=TOPIC, type="Topic", label="Video/Generation", attributes={"depth": 2}),
        Node(id=LEAF, type="Topic", label="Độ", attributes={"depth": 3}),
        Node(id=PAPER, type="Paper", label="GaLore", attributes=published,
             sources=(source(4, "2403.03507"), source(9, "2403.03507", "other"))),
        Node(id=OTHER, type="Paper", label="PixArt-Σ"),
        Node(id=DOI, type="Paper", label='A "DOI"'),
        Node(id=IDEA, type="Idea", label="Tỉa lớp có điều kiện", attributes=idea,
             sources=(source(30),)),
        Node(id=GAP, type="Gap", label="Data", attributes={"text": "Little data."}),
        edge(TOPIC, "broader", TOP, 3),
        edge(LEAF, "broader", TOPIC, 4),
        edge(PAPER, "hasTopic", LEAF, 5),
        edge(IDEA, "buildsOn", PAPER, 31, basis="identifier", mentions=2, weight=2.0,
             sources=(source(31), source(88))),
        edge(IDEA, "buildsOn", PAPER, 33, basis="name"),
        edge(IDEA, "buildsOn", PAPER, 15, basis="identifier", digest=LATER, section="IDEAS",
             sources=(source(15, file="2024-04.md"),)),
        edge(IDEA, "usesMethodOf", OTHER, 34, basis="identifier"),
        edge(GAP, "cites", DOI, 35, basis="identifier"),
        edge(PAPER, "coCited", OTHER, 0, weight=3.0, sources=(), section="", digest=""),
        edge(IDEA, "partOf", DIGEST, 30),
    ]  # fmt: skip


def sample() -> KnowledgeGraph:
    return KnowledgeGraph(facts())


def shuffled(graph: KnowledgeGraph, seed: int) -> KnowledgeGraph:
    """The same facts, added in another order."""
    found: list[Fact] = [*graph.nodes(), *graph.edges()]
    Random(seed).shuffle(found)
    return KnowledgeGraph(found)


def hostile() -> KnowledgeGraph:
    """Every hostile text as id, label, attribute, file, quote, section and basis."""
    made: list[Fact] = [Node(id="gap:g", type="Gap", label="g")]
    for number, text in enumerate(HOSTILE):
        topic, paper = f"topic:{text}", f"paper:{text}"
        place = source(number + 1, text, section=text, file=f"{text}.md", around=text)
        made += [
            Node(id=topic, type="Topic", label=text, attributes={"scopeNote": text, "path": text}),
            Node(id=paper, type="Paper", label=text, attributes={"url": text, "published": text},
                 sources=(place,)),
            Edge(source=paper, type="hasTopic", target=topic, section=text, sources=(place,)),
            Edge(source="gap:g", type="cites", target=paper, basis=text),
        ]  # fmt: skip
    return KnowledgeGraph(made)


thorough = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
"""Examples that are the same in each run; a busy machine is no reason to fail."""

TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec="utf-8"), max_size=6))
VALUES: st.SearchStrategy[Any] = st.one_of(
    TEXTS,
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.lists(TEXTS, min_size=2, max_size=3, unique=True).map(lambda items: tuple(sorted(items))),
)
SOURCES = st.lists(
    st.builds(source, st.integers(1, 3), TEXTS, TEXTS, TEXTS, TEXTS), max_size=2, unique=True
).map(lambda places: tuple(sorted(places, key=lambda place: place.sort_key)))


@st.composite
def graphs(draw: st.DrawFn) -> KnowledgeGraph:
    """Up to five nodes with any ids and values, and edges of every type that fits them."""
    known = load_ontology()
    kinds = [name for name, kind in known.node_types.items() if not kind.abstract]
    nodes: dict[str, Node] = {}
    for _ in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(kinds))
        id = f"{kind.lower()}:{draw(TEXTS)}"
        names = [name for name, attribute in known.attributes.items() if kind in attribute.domain]
        chosen = (
            st.dictionaries(st.sampled_from(names), VALUES, max_size=3) if names else st.just({})
        )
        nodes[id] = Node(
            id=id, type=kind, label=draw(TEXTS), attributes=draw(chosen), sources=draw(SOURCES)
        )
    edges = []
    possible = [
        (one.id, name, two.id)
        for name, kind in known.edge_types.items()
        for one in nodes.values()
        for two in nodes.values()
        if one.type in kind.domain and two.type in kind.range
    ]
    digests = [id for id in nodes if id.startswith("digest:")]
    for start, name, end in (
        draw(st.lists(st.sampled_from(possible), max_size=6)) if possible else []
    ):
        edges.append(
            Edge(
                source=start, type=name, target=end, basis=draw(TEXTS), section=draw(TEXTS),
                digest=draw(st.sampled_from(["", *digests])), sources=draw(SOURCES),
                mentions=draw(st.integers(1, 2**40)), weight=draw(st.floats(0.5, 1e9)),
            )
        )  # fmt: skip
    return KnowledgeGraph([*nodes.values(), *edges])

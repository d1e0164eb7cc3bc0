"""GraphML read back: equal but for what its diagnostics say it did not carry."""

from __future__ import annotations

from pathlib import Path

import pytest
from digests import PARAMS, SAMPLE

import kg
from kg import Edge, KnowledgeGraph, Node
from kg.errors import KgError
from tests.export.samples import DIGEST, GAP, IDEA, LATER, OTHER, PAPER, source
from tests.export.test_turtle import assert_same


def there_and_back(graph: KnowledgeGraph, folder: Path) -> KnowledgeGraph:
    return kg.load(graph.export("graphml", folder / "graph.graphml"))


def remarks(graph: KnowledgeGraph) -> list[str]:
    assert {d.code for d in graph.diagnostics} <= {"not-carried"}
    return [d.message for d in graph.diagnostics]


def test_what_it_carries_comes_back_equal(tmp_path: Path) -> None:
    graph = KnowledgeGraph([
        Node(id=PAPER, type="Paper", label="GaLore",
             attributes={"identifier": "arXiv:2403.03507", "published": "2024-03", "alias": ("a", "b")}),
        Node(id=OTHER, type="Paper"),
        Node(id=IDEA, type="Idea", label="Tỉa lớp", attributes={"moonshot": False, "risk": "a;b"}),
        Node(id="topic:a", type="Topic", label="a", attributes={"depth": 0, "notation": "007"}),
        Node(id=DIGEST, type="Digest", label="d"),
        Node(id=LATER, type="Digest", label="e"),
        Edge(source=IDEA, type="buildsOn", target=PAPER, basis="name", digest=DIGEST, section="s"),
        Edge(source=IDEA, type="buildsOn", target=PAPER, basis="identifier", digest=DIGEST, section="s"),
        Edge(source=IDEA, type="usesMethodOf", target=OTHER, digest=DIGEST, mentions=3, weight=3.0),
        Edge(source=PAPER, type="coCited", target=OTHER, weight=2.5),
    ])  # fmt: skip
    found = there_and_back(graph, tmp_path)
    assert_same(found, graph)
    assert remarks(found) == [
        "1 texts with a ';' in an attribute of several values: read as a list"
    ]


def test_what_it_does_not_carry_is_said(tmp_path: Path) -> None:
    graph = KnowledgeGraph([
        Node(id=GAP, type="Gap", label="g", sources=(source(1),)),
        Node(id=PAPER, type="Paper", label="p"),
        Edge(source=GAP, type="cites", target=PAPER, basis="name", mentions=2, weight=2.0),
        Edge(source=GAP, type="cites", target=PAPER, basis="identifier", mentions=4, weight=4.0),
    ])  # fmt: skip
    found = there_and_back(graph, tmp_path)
    places, joined = sorted(remarks(found), reverse=True)
    assert places.startswith("places in the text of 1 nodes and edges")
    assert joined.startswith("2 edges were joined")
    (edge,) = found.edges()
    assert (edge.basis, edge.mentions, edge.weight) == ("identifier", 6, 6.0)
    assert found.node(GAP).sources == ()


def bare(graph: KnowledgeGraph) -> KnowledgeGraph:
    """Without places and line breaks, of parallel edges none: what GraphML carries."""
    ends = [(edge.source, edge.type, edge.target) for edge in graph.edges()]
    return KnowledgeGraph([
        *(node._replace(sources=()) for node in graph.nodes()),
        *(
            edge._replace(sources=())
            for edge, place in zip(graph.edges(), ends, strict=True)
            if ends.count(place) == 1
        ),
    ])  # fmt: skip


def one_line(node: Node) -> Node:
    """Line breaks made spaces, and lists as a `;` in an item makes them: `losses` says both."""

    def mend(value: object) -> object:
        if isinstance(value, tuple):
            return tuple(sorted(one for item in value for one in str(mend(item)).split(";")))
        return " ".join(value.split("\n")) if isinstance(value, str) else value

    attributes = {name: mend(value) for name, value in node.attributes.items()}
    return node._replace(attributes=attributes)


@pytest.mark.parametrize("path", [pytest.param(SAMPLE, id="sample"), *PARAMS])
def test_a_digest_comes_back(path: Path, tmp_path: Path) -> None:
    graph = kg.build(path)
    found = there_and_back(graph, tmp_path)
    many = {name for name, one in graph.ontology.attributes.items() if not one.functional}
    for node, wanted in zip(found.nodes(), bare(graph).nodes(), strict=True):
        mended = one_line(wanted)
        for name in many & set(wanted.attributes):
            value = mended.attributes[name]
            if isinstance(value, str) and ";" in value:
                mended.attributes[name] = tuple(sorted(value.split(";")))
        assert node == mended
    alone = {edge.key: edge for edge in bare(graph).edges()}
    back = {edge.key: edge for edge in found.edges()}
    assert {key: back[key] for key in alone} == alone
    assert any(message.startswith("places") for message in remarks(found))


@pytest.mark.parametrize(
    "text",
    [
        "<a",
        "<graphml",
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><node id="topic:a"/></graphml>',
    ],
)
def test_other_files_are_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.graphml"
    path.write_text(text)
    with pytest.raises(KgError, match=r"a\.graphml: "):
        kg.load(path)

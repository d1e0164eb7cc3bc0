"""The ontology: complete in two languages, told apart by eye, and all of it in use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from colours import DEUTERANOPIA, NORMAL, PROTANOPIA, Matrix, ciede2000, contrast, lab
from digests import DIGESTS, ROOT, SAMPLE

import kg
from kg.errors import UnknownName
from kg.export.turtle import dump
from kg.ontology import Attribute, EdgeType, NodeType, Ontology, load_ontology, ontology_folder

ONTOLOGY = load_ontology()
CONCRETE = [kind for kind in ONTOLOGY.node_types.values() if not kind.abstract]
TERMS: list[NodeType | EdgeType | Attribute] = [
    *ONTOLOGY.node_types.values(),
    *ONTOLOGY.edge_types.values(),
    *ONTOLOGY.attributes.values(),
]
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
OWL = "http://www.w3.org/2002/07/owl#"

# what each format can draw: vis-network's own names, see its documentation of nodes.shape
SHAPES = {"box", "circle", "database", "diamond", "dot", "ellipse", "hexagon", "square", "star",
          "triangle", "triangleDown"}  # fmt: skip


def quads() -> list[ox.Quad]:
    return list(ox.parse(path=ontology_folder() / "kg.ttl", format=ox.RdfFormat.TURTLE))


def ids(terms: Iterable[NodeType | EdgeType | Attribute]) -> list[Any]:
    return [pytest.param(term, id=term.name) for term in terms]


# -- words -----------------------------------------------------------------------------------


@pytest.mark.parametrize("term", ids(TERMS))
def test_labels_and_definitions(term: NodeType | EdgeType | Attribute) -> None:
    assert set(term.labels) == {"en", "vi"}
    assert set(term.definitions) == {"en", "vi"}
    for text in (*term.labels.values(), *term.definitions.values()):
        assert text == text.strip() != ""
    for text in term.definitions.values():
        assert len(text) > 15
        assert text.endswith(".")
    assert term.definitions["en"] != term.definitions["vi"]
    assert term.label("vi") == term.labels["vi"]
    assert term.label("xx") == term.labels["en"]


def test_every_term_of_the_file_has_words() -> None:
    """Also annotation properties, statements, sources and schemes, which are no node types."""
    said: dict[str, dict[str, set[str]]] = {}
    for quad in quads():
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            name = quad.subject.value.removeprefix(ONTOLOGY.namespace)
            predicate = quad.predicate.value.rpartition("#")[2]
            languages = said.setdefault(name, {}).setdefault(predicate, set())
            languages.add(quad.object.language or "")
    declared = [
        quad.subject.value.removeprefix(ONTOLOGY.namespace)
        for quad in quads()
        if quad.predicate == RDF_TYPE
        and isinstance(quad.subject, ox.NamedNode)
        and quad.subject.value.startswith(ONTOLOGY.namespace)
    ]
    assert len(set(declared)) > 70
    for name in declared:
        assert said[name]["label"] == {"en", "vi"}, name
        assert said[name]["definition"] == {"en", "vi"}, name


def test_classes_and_relations_have_examples_in_both_languages() -> None:
    kinds = {ox.NamedNode(f"{OWL}Class"), ox.NamedNode(f"{OWL}ObjectProperty")}
    terms = {
        quad.subject.value
        for quad in quads()
        if quad.object in kinds and quad.subject.value.startswith(ONTOLOGY.namespace)  # type: ignore[union-attr]
    }
    terms -= {kind.iri for kind in ONTOLOGY.node_types.values() if kind.abstract}
    assert len(terms) > 25
    given: dict[str, list[str | None]] = {term: [] for term in terms}
    for quad in quads():
        if quad.predicate.value.endswith("#example") and isinstance(quad.object, ox.Literal):
            given[quad.subject.value].append(quad.object.language)  # type: ignore[union-attr]
    assert {
        term for term, found in given.items() if sorted(map(str, found)) != ["en", "vi"]
    } == set()


def test_labels_are_unique() -> None:
    for group in (ONTOLOGY.node_types, ONTOLOGY.edge_types, ONTOLOGY.attributes):
        for language in ("en", "vi"):
            labels = [term.label(language) for term in group.values()]
            assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("kind", ids(CONCRETE))
def test_node_types(kind: NodeType) -> None:
    assert set(kind.plurals) == {"en", "vi"}
    assert kind.plurals["en"] != kind.labels["en"]
    assert re.fullmatch(r"#[0-9a-f]{6}", kind.colour)
    assert kind.shape in SHAPES
    assert kind.order > 0


@pytest.mark.parametrize("kind", ids(ONTOLOGY.edge_types.values()))
def test_edge_types(kind: EdgeType) -> None:
    assert set(kind.inverse_labels) == {"en", "vi"}
    assert re.fullmatch(r"#[0-9a-f]{6}", kind.colour)
    assert kind.order > 0
    for end in (kind.domain, kind.range):
        assert end
        assert end <= set(ONTOLOGY.node_types)
        assert any(not ONTOLOGY.node_types[name].abstract for name in end)


@pytest.mark.parametrize("attribute", ids(ONTOLOGY.attributes.values()))
def test_attributes(attribute: Attribute) -> None:
    assert attribute.domain
    assert attribute.datatype
    assert attribute.order > 0
    if attribute.translatable:
        assert attribute.datatype == "http://www.w3.org/2000/01/rdf-schema#Literal"


def test_orders_tell_terms_apart() -> None:
    for group in (ONTOLOGY.node_types, ONTOLOGY.edge_types, ONTOLOGY.attributes):
        orders = [term.order for term in group.values()]
        assert orders == sorted(orders)
    for group in (ONTOLOGY.node_types, ONTOLOGY.edge_types):
        assert len({term.order for term in group.values()}) == len(group)


def test_the_names_of_the_vocabulary() -> None:
    assert [kind.name for kind in CONCRETE] == [
        "Digest", "Topic", "Paper", "Artifact", "Keyword", "Highlight", "Contribution", "Gap",
        "Idea", "Recommendation", "Trend",
    ]  # fmt: skip
    assert list(ONTOLOGY.edge_types) == [
        "broader", "duplicateOf", "hasTopic", "introduces", "about", "hasKeyword", "cites",
        "motivatedBy", "buildsOn", "usesMethodOf", "evaluatedWith", "cautionedBy", "coCited", "partOf",
    ]  # fmt: skip
    cites = ONTOLOGY.edge_type("cites").iri
    below = [name for name, kind in ONTOLOGY.edge_types.items() if cites in kind.above]
    assert below == ["motivatedBy", "buildsOn", "usesMethodOf", "evaluatedWith", "cautionedBy"]
    required = {
        "Digest": "period", "Topic": "path depth", "Paper": "identifier url published",
        "Highlight": "rank breakthrough impact", "Contribution": "assessment",
        "Gap": "text opportunity", "Recommendation": "rank reason", "Trend": "text",
        "Idea": "motivation novelty approach evaluation risk riskLevel moonshot",
    }  # fmt: skip
    for kind, names in required.items():
        for name in names.split():
            assert kind in ONTOLOGY.attribute(name).domain


# -- unknown names -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ask", "name", "close"),
    [
        (Ontology.node_type, "Papers", "Paper"),
        (Ontology.node_type, "topic", "Topic"),
        (Ontology.edge_type, "cite", "cites"),
        (Ontology.edge_type, "buildOn", "buildsOn"),
        (Ontology.attribute, "identifer", "identifier"),
        (Ontology.type_of, "papers:2403.03507", "paper"),
    ],
)
def test_unknown_names_fail_with_close_matches(ask: object, name: str, close: str) -> None:
    assert callable(ask)
    with pytest.raises(
        UnknownName, match=rf"unknown .*{name.partition(':')[0]}.*did you mean .*{close}"
    ):
        ask(ONTOLOGY, name)


def test_a_name_like_no_other_has_no_hint() -> None:
    with pytest.raises(UnknownName, match=r"^unknown node type 'zzzzzz'$"):
        ONTOLOGY.node_type("zzzzzz")


def test_no_node_has_an_abstract_type() -> None:
    with pytest.raises(UnknownName):
        ONTOLOGY.node_type("Entry")


def test_the_graph_asks_the_ontology() -> None:
    paper = kg.Node(id="paper:2403.03507", type="Paper", label="GaLore")
    idea = kg.Node(id="idea:x", type="Idea", label="x")
    graph = kg.KnowledgeGraph([paper, idea])
    with pytest.raises(UnknownName):
        graph.update([kg.Node(id="paper:1", type="Papre")])
    with pytest.raises(UnknownName):
        graph.update([kg.Node(id="paper:1", type="Paper", attributes={"nmae": "x"})])
    with pytest.raises(kg.KgError, match="Paper has no attribute 'motivation'"):
        graph.update([kg.Node(id="paper:1", type="Paper", attributes={"motivation": "x"})])
    with pytest.raises(kg.KgError, match="'paper:1' is not one of a Idea"):
        graph.update([kg.Node(id="paper:1", type="Idea")])
    with pytest.raises(UnknownName):
        graph.update([kg.Edge(source=idea.id, type="bulidsOn", target=paper.id)])
    with pytest.raises(kg.KgError, match="cannot stand at an end of buildsOn"):
        graph.update([kg.Edge(source=paper.id, type="buildsOn", target=paper.id)])
    graph.update([kg.Edge(source=idea.id, type="buildsOn", target="paper:none")])
    with pytest.raises(kg.KgError, match="no node paper:none"):
        graph.check()


# -- all of it in use ----------------------------------------------------------------------------


def inputs() -> Iterator[str | Path]:
    """The sample, the texts of the fixtures, and the real digests that are here."""
    yield SAMPLE
    yield from DIGESTS
    for path in sorted((ROOT / "tests" / "extract" / "fixtures").glob("*.md")):
        parts = re.split(r"^\.\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        yield from (f"{text}\n" for text in parts[1::3])


def test_every_term_is_produced_or_reserved() -> None:
    declared: dict[str, str] = {}
    reserved: set[str] = set()
    for quad in quads():
        if not isinstance(quad.subject, ox.NamedNode):
            continue
        name = quad.subject.value
        if quad.predicate == RDF_TYPE and name.startswith(ONTOLOGY.namespace):
            kind = str(getattr(quad.object, "value", ""))
            if kind in {f"{OWL}Class", f"{OWL}ObjectProperty", f"{OWL}DatatypeProperty"}:
                declared[name] = kind
        if quad.predicate.value == f"{ONTOLOGY.namespace}reserved":
            reserved.add(name)
    produced: set[str] = set()
    for one in inputs():
        graph = kg.build(one)
        for quad in ox.parse(b"".join(dump(graph)), format=ox.RdfFormat.TURTLE):
            produced.add(quad.predicate.value)
            if quad.predicate == RDF_TYPE and isinstance(quad.object, ox.NamedNode):
                produced.add(quad.object.value)
    produced = {name for name in produced if name.startswith(ONTOLOGY.namespace)}
    assert produced - set(declared) == set()
    assert set(declared) - produced - reserved == set()
    assert produced & reserved == set()


# -- colours ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("vision", "least"),
    [
        pytest.param(NORMAL, 20, id="normal"),
        pytest.param(DEUTERANOPIA, 17, id="deuteranopia"),
        pytest.param(PROTANOPIA, 17, id="protanopia"),
    ],
)
def test_colours_are_told_apart(vision: Matrix, least: float) -> None:
    seen = {kind.name: lab(kind.colour, vision) for kind in CONCRETE}
    near = {
        f"{one} {two}": round(ciede2000(seen[one], seen[two]), 1)
        for one, two in combinations(seen, 2)
        if ciede2000(seen[one], seen[two]) < least
    }
    assert near == {}


def test_colours_stand_out_from_white() -> None:
    for kind in CONCRETE:
        assert contrast(kind.colour, "#ffffff") >= 3, kind.name


@pytest.mark.parametrize(
    ("one", "two", "difference"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
        ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
        ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
        ((50.0, 2.5, 0.0), (61.0, -5.0, 29.0), 22.8977),
        ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0011), 7.2195),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_measure_itself(
    one: tuple[float, float, float], two: tuple[float, float, float], difference: float
) -> None:
    """Against the published test data of Sharma, Wu and Dalal (2005)."""
    assert ciede2000(one, two) == pytest.approx(difference, abs=5e-5)
    assert ciede2000(two, one) == pytest.approx(difference, abs=5e-5)

"""`ontology/shapes.ttl`: every shape can fail, good graphs pass, and each name is one of the ontology."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
import rdflib
from digests import PARAMS, SAMPLE

import kg
from kg.ontology import load_ontology, ontology_folder
from kg.validation import validate
from tests.shapes.breaking import breaking

pytest.importorskip("pyshacl", reason="the extra shacl is not installed")

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
SHAPES = rdflib.Graph().parse(ontology_folder() / "shapes.ttl")
BASE = "https://kg.example/shapes#"
ONTOLOGY = load_ontology()
BREAKING = [(name, update) for name, updates in breaking().items() for update in updates]
PREFIXES = "".join(
    f"PREFIX {prefix}: <{namespace}> "
    for prefix, namespace in {
        "kg": ONTOLOGY.namespace,
        "rdf": rdflib.RDF,
        "rdfs": rdflib.RDFS,
        "skos": rdflib.SKOS,
        "xsd": rdflib.XSD,
        "cito": "http://purl.org/spar/cito/",
        "oa": "http://www.w3.org/ns/oa#",
        "dc": "http://purl.org/dc/elements/1.1/",
        "fabio": "http://purl.org/spar/fabio/",
    }.items()
)


def named(*kinds: rdflib.URIRef) -> set[str]:
    return {
        str(shape).removeprefix(BASE)
        for kind in kinds
        for shape in SHAPES.subjects(rdflib.RDF.type, kind)
    }


@cache
def small() -> bytes:
    """A part of the sample that has every class: the first entries of each kind, and what they need."""
    whole = kg.build(SAMPLE)
    first = {
        node.id
        for kind in ONTOLOGY.node_types.values()
        if not kind.abstract
        for node in list(whole.nodes(kind.name))[:1]
        if kind.name not in ("Highlight", "Recommendation", "Keyword", "Artifact", "Paper", "Topic")
    }
    first |= {
        node.id for node in whole.nodes()
        if node.attributes.get("rank") in (1, 2)
    }  # fmt: skip
    needed = set(first)
    while True:
        more = {
            edge.target
            for edge in whole.edges()
            if edge.source in needed and edge.type != "coCited"
        } - needed
        if not more:
            break
        needed |= more
    facts: list[kg.Node | kg.Edge] = [node for node in whole.nodes() if node.id in needed]
    facts += [edge for edge in whole.edges() if {edge.source, edge.target} <= needed]
    return kg.KnowledgeGraph(facts).rdf().serialize(format="nt", encoding="utf-8")


@cache
def parsed() -> rdflib.Graph:
    return rdflib.Graph().parse(data=small(), format="nt")


def graph() -> rdflib.Graph:
    found = rdflib.Graph()
    for triple in parsed():
        found.add(triple)
    return found


def asked(name: str) -> list[str]:
    """The shape, and the node shape that a property shape belongs to; pyshacl wants both."""
    iri = rdflib.URIRef(BASE + name)
    return [str(iri), *map(str, SHAPES.subjects(SH.property, iri))]


def test_every_shape_has_a_graph_that_breaks_it() -> None:
    gatherers = {
        name for name in named(SH.NodeShape)
        if (rdflib.URIRef(BASE + name), SH.message, None) not in SHAPES
        and (rdflib.URIRef(BASE + name), SH.sparql, None) not in SHAPES
    }  # fmt: skip
    assert set(breaking()) == named(SH.NodeShape, SH.PropertyShape) - gatherers
    for name in gatherers:  # these only gather property shapes
        assert (rdflib.URIRef(BASE + name), SH.property, None) in SHAPES


@pytest.mark.parametrize(("name", "update"), BREAKING, ids=[name for name, _ in BREAKING])
def test_a_shape_can_fail(name: str, update: str) -> None:
    broken = graph()
    broken.update(PREFIXES + update)
    found = {diagnostic.code for diagnostic in validate(broken, asked(name))}
    assert re.sub("(?<=[a-z])(?=[A-Z])", "-", name).lower() in found


def test_the_small_graph_has_every_class_and_is_valid() -> None:
    found = graph()
    for kind in ONTOLOGY.node_types.values():
        assert (None, rdflib.RDF.type, rdflib.URIRef(kind.iri)) in found, kind.name
    assert validate(found) == []


def test_the_sample_is_valid() -> None:
    assert validate(kg.build(SAMPLE).rdf()) == []


@pytest.mark.parametrize("path", PARAMS)
def test_a_real_digest_has_no_errors(path: Any) -> None:
    assert [str(d) for d in validate(kg.build(path).rdf()) if d.severity == "error"] == []


def test_every_class_and_property_is_covered() -> None:
    ours = {
        str(term)
        for triple in SHAPES
        for term in triple
        if str(term).startswith(ONTOLOGY.namespace)
    }
    declared = rdflib.Graph().parse(ontology_folder() / "kg.ttl")
    kinds = (rdflib.OWL.Class, rdflib.OWL.ObjectProperty, rdflib.OWL.DatatypeProperty)
    terms = {
        str(term) for kind in kinds for term in declared.subjects(rdflib.RDF.type, kind)
        if str(term).startswith(ONTOLOGY.namespace)
    }  # fmt: skip
    assert terms - ours == set()
    schemes = {f"{ONTOLOGY.namespace}{name}Scheme" for name in ("Topic", "Keyword")}
    assert ours - terms - {ONTOLOGY.namespace} == schemes
    targets = {str(term) for term in SHAPES.objects(None, SH.targetClass)}
    assert {kind.iri for kind in ONTOLOGY.node_types.values()} <= targets
    paths = {str(term) for term in SHAPES.objects(None, SH.path)}
    assert {attribute.iri for attribute in ONTOLOGY.attributes.values()} <= paths


UNSHAPED = {
    "http://www.w3.org/2002/07/owl#sameAs": "a name of the same thing elsewhere, made of its number",
    "http://xmlns.com/foaf/0.1/page": "the value of kg:url once more",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#Statement": "beside kg:Statement always",
    "http://www.w3.org/2004/02/skos/core#ConceptScheme": "the two schemes are of the ontology",
    "http://www.w3.org/2004/02/skos/core#hasTopConcept": "the other way round of topConceptOf",
    "http://www.w3.org/2004/02/skos/core#topConceptOf": "what no kg:broader leads from",
    "http://www.w3.org/2004/02/skos/core#narrower": "the other way round of kg:broader",
    "http://www.w3.org/2004/02/skos/core#altLabel": "the value of kg:abbreviation once more",
    "http://www.w3.org/2004/02/skos/core#scopeNote": "the value of kg:scopeNote once more",
    "http://purl.org/spar/fabio/Preprint": "a paper with an arXiv number",
    "http://www.w3.org/ns/oa#SpecificResource": "beside kg:Source always",
}
"""What is written, has no shape of its own, and why."""


def test_all_that_is_written_has_a_shape_or_a_reason() -> None:
    """Terms of others too; those above a term of ours are written with it."""
    written = {str(term) for _, term, _ in parsed()}
    written |= {str(term) for term in parsed().objects(None, rdflib.RDF.type)}
    written.remove(str(rdflib.RDF.type))  # what the shapes are chosen by
    known = [
        *ONTOLOGY.node_types.values(), *ONTOLOGY.edge_types.values(), *ONTOLOGY.attributes.values(),
    ]  # fmt: skip
    above = {iri for term in known for iri in term.above}
    above |= {kind.cites_as for kind in ONTOLOGY.node_types.values()}
    shaped = {str(term) for triple in SHAPES for term in triple}
    assert written - shaped - above - set(UNSHAPED) == set()
    assert set(UNSHAPED) & shaped == set()


def test_every_shape_speaks_both_languages() -> None:
    """The message in English, one alone, since Jena takes no more; in Vietnamese a comment."""
    told = set(SHAPES.subjects(SH.message, None))
    assert told
    for shape in told:
        for term, language in ((SH.message, "en"), (rdflib.RDFS.comment, "vi")):
            texts = list(SHAPES.objects(shape, term))
            assert [getattr(text, "language", None) for text in texts] == [language]
    property_shapes = set(SHAPES.subjects(rdflib.RDF.type, SH.PropertyShape))
    assert property_shapes - told == set()


def test_the_values_of_an_enumeration_are_those_of_the_ontology() -> None:
    declared = rdflib.Graph().parse(ontology_folder() / "kg.ttl")
    for name in ("riskLevel", "basis"):
        datatype = declared.value(rdflib.URIRef(ONTOLOGY.namespace + name), rdflib.RDFS.range)
        wanted = rdflib.collection.Collection(declared, declared.value(datatype, rdflib.OWL.oneOf))
        shape = rdflib.URIRef(f"{BASE}{name}-value")
        found = rdflib.collection.Collection(SHAPES, SHAPES.value(shape, SH["in"]))
        assert list(found) == list(wanted)

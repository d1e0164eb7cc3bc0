"""The ontology under OWL 2 RL: consistent, alone and with the sample's data."""

from __future__ import annotations

import pytest
import rdflib
from digests import SAMPLE

import kg
from kg.ontology import load_ontology, ontology_folder

owlrl = pytest.importorskip("owlrl", reason="owlrl is not installed (extra test)")

ERROR = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")
"""The class under which owlrl puts what contradicts itself."""
KG = rdflib.Namespace(load_ontology().namespace)


def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_folder() / "kg.ttl")


def contradictions(graph: rdflib.Graph) -> list[str]:
    """What owlrl finds wrong in the closure of a graph, which it adds to the graph."""
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return [
        str(text)
        for error in graph.subjects(rdflib.RDF.type, ERROR)
        for text in graph.objects(error)
        if text != ERROR
    ]


def data() -> rdflib.Graph:
    """A part of the sample with every class and edge type that it has, small enough for a closure.

    Per class and edge type the first few; the whole has more of the same.
    """
    whole = kg.build(SAMPLE)
    chosen: dict[str, list[kg.Edge]] = {}
    for edge in whole.edges():
        chosen.setdefault(edge.type, []).append(edge)
    edges = [edge for group in chosen.values() for edge in group[:3]]
    ids = {end for edge in edges for end in (edge.source, edge.target)}
    ids |= {edge.digest for edge in edges}
    for kind in whole.ontology.node_types.values():
        if not kind.abstract:
            ids |= {node.id for node in list(whole.nodes(kind.name))[:2]}
    facts: list[kg.Node | kg.Edge] = [whole.node(id) for id in sorted(ids)]
    return kg.KnowledgeGraph([*facts, *edges]).rdf()


def test_the_ontology_is_consistent() -> None:
    graph = ontology()
    assert contradictions(graph) == []
    nothing = set(graph.subjects(rdflib.RDFS.subClassOf, rdflib.OWL.Nothing))
    assert nothing <= {rdflib.OWL.Nothing}


def test_it_is_consistent_with_data() -> None:
    graph = ontology()
    for triple in data():
        graph.add(triple)
    assert contradictions(graph) == []


@pytest.mark.parametrize(
    "wrong",
    [
        "<urn:a> a kg:Paper, kg:Topic .",
        "<urn:a> a kg:Idea, kg:Gap .",
        "<urn:a> kg:broader <urn:b> ; kg:introduces <urn:c> .",
    ],
)
def test_a_contradiction_is_found(wrong: str) -> None:
    graph = ontology()
    graph.parse(data=f"@prefix kg: <{KG}> . {wrong}", format="turtle")
    assert contradictions(graph) != []


def test_a_plain_reasoner_adds_no_class_to_the_data() -> None:
    """Every class of ours that follows is written already: asking needs no reasoner."""
    before = {(s, o) for s, o in data().subject_objects(rdflib.RDF.type) if str(o).startswith(KG)}
    graph = ontology()
    for triple in data():
        graph.add(triple)
    contradictions(graph)
    subjects = {s for s, _ in before}
    after = {
        (s, o) for s, o in graph.subject_objects(rdflib.RDF.type)
        if str(o).startswith(KG) and s in subjects
    }  # fmt: skip
    assert after == before

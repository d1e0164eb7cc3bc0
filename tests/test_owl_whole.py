"""OWL 2 RL over whole graphs: the closure of `reasonable`, a reasoner in Rust, then the rules that end in "false".

owlrl does both, but takes half a minute for the sample; it has the ontology and
a part of the sample (test_owl.py), and here it says whether the two agree.
Rules are called as in https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from digests import PARAMS, SAMPLE
from test_owl import KG, data, ontology

import kg
from kg.ontology import ontology_folder

reasonable = pytest.importorskip("reasonable", reason="reasonable is not installed (extra test)")
owlrl = pytest.importorskip("owlrl", reason="owlrl is not installed (extra test)")

FALSE = {
    "cax-dw": "?one owl:disjointWith ?two . ?x a ?one, ?two",
    "cax-adc": """?all a owl:AllDisjointClasses ; owl:members ?list .
        ?list rdf:rest*/rdf:first ?one, ?two . FILTER(STR(?one) < STR(?two)) ?x a ?one, ?two""",
    "cls-nothing2": "?x a owl:Nothing",
    "prp-irp": "?p a owl:IrreflexiveProperty . ?x ?p ?x",
    "prp-asyp": "?p a owl:AsymmetricProperty . ?x ?p ?y . ?y ?p ?x",
    "eq-diff1": "?x owl:sameAs ?y ; owl:differentFrom ?y",
    "prp-fp, dt-diff": """?p a owl:FunctionalProperty, owl:DatatypeProperty . ?x ?p ?one, ?two .
        FILTER(!sameTerm(?one, ?two))""",
    "prp-rng, dt-not-type": """?p rdfs:range ?type . FILTER(STRSTARTS(STR(?type), STR(xsd:)))
        ?x ?p ?value . FILTER(!isLiteral(?value) || DATATYPE(?value) != ?type)""",
}
"""What must have no answer."""
PREFIXES = {"owl": rdflib.OWL, "rdf": rdflib.RDF, "rdfs": rdflib.RDFS, "xsd": rdflib.XSD}


def term(value: Any) -> Any:
    if isinstance(value, rdflib.URIRef):
        return ox.NamedNode(value)
    if isinstance(value, rdflib.BNode):
        return ox.BlankNode(value)
    if value.language:
        return ox.Literal(str(value), language=value.language)
    return ox.Literal(str(value), datatype=ox.NamedNode(value.datatype or rdflib.XSD.string))


def closure(turtle: bytes, folder: Path) -> ox.Store:
    """All that follows from the ontology and a graph."""
    path = folder / "data.ttl"
    path.write_bytes(turtle)
    reasoner = reasonable.PyReasoner()
    reasoner.load_file(str(ontology_folder() / "kg.ttl"))
    reasoner.load_file(str(path))
    store = ox.Store()
    store.bulk_extend(
        ox.Quad(term(s), term(p), term(o))
        for s, p, o in reasoner.reason()
        if not isinstance(s, rdflib.Literal)  # what is said of a literal is no RDF
    )
    return store


def contradictions(store: ox.Store) -> list[str]:
    found = []
    prefixes = {name: str(namespace) for name, namespace in PREFIXES.items()}
    for rule, pattern in FALSE.items():
        rows = store.query(f"SELECT * {{ {pattern} }} LIMIT 3", prefixes=prefixes)
        assert isinstance(rows, ox.QuerySolutions)
        found += [f"{rule}: {row}" for row in rows]
    return found


def our_classes(pairs: Any) -> set[tuple[str, str]]:
    return {(str(s), str(o)) for s, o in pairs if str(o).startswith(KG)}


@cache
def written(path: Path) -> bytes:
    from kg.export.turtle import dump

    return b"".join(dump(kg.build(path)))


@pytest.mark.parametrize("path", [pytest.param(SAMPLE, id="sample"), *PARAMS])
def test_a_whole_graph_is_consistent_and_needs_no_reasoner(path: Path, tmp_path: Path) -> None:
    """Every class of ours that follows is written already."""
    store = closure(written(path), tmp_path)
    assert contradictions(store) == []
    kind = ox.NamedNode(rdflib.RDF.type)
    after = our_classes(
        (quad.subject.value, quad.object.value)  # type: ignore[union-attr]
        for quad in store.quads_for_pattern(None, kind, None, None)
        if not isinstance(quad.object, ox.BlankNode)
    )
    before = our_classes(
        (quad.subject.value, quad.object.value)  # type: ignore[union-attr]
        for quad in ox.parse(written(path), format=ox.RdfFormat.TURTLE)
        if quad.predicate == kind
    )
    assert len(before) > 1000
    named = {subject for subject, _ in before}  # other names (a paper's DOI) follow with owl:sameAs
    assert {pair for pair in after if pair[0] in named} == before


WRONG = {
    "cax-adc": "<urn:a> a kg:Paper, kg:Topic .",
    "cax-dw": "kg:TopicScheme a skos:Concept .",
    "cls-nothing2": "<urn:a> a owl:Nothing .",
    "prp-irp": "<urn:a> kg:coCited <urn:a> .",
    "prp-asyp": "<urn:a> kg:broader <urn:b> . <urn:b> kg:broader <urn:a> .",
    "eq-diff1": "<urn:e> kg:about <urn:a>, <urn:b> . <urn:a> owl:differentFrom <urn:b> .",
    "prp-fp, dt-diff": '<urn:a> kg:identifier "a", "b" .',
    "prp-rng, dt-not-type": '<urn:a> kg:rank "first" .',
}


@pytest.mark.parametrize("rule", FALSE)
def test_each_rule_can_fail(rule: str, tmp_path: Path) -> None:
    head = f"@prefix kg: <{KG}> . @prefix owl: <{rdflib.OWL}> . @prefix skos: <{rdflib.SKOS}> .\n"
    found = contradictions(closure(f"{head}{WRONG[rule]}".encode(), tmp_path))
    assert rule in {one.partition(": ")[0] for one in found}


def test_both_reasoners_find_the_same_classes(tmp_path: Path) -> None:
    """On the part of the sample that owlrl does in seconds."""
    store = closure(data().serialize(format="turtle", encoding="utf-8"), tmp_path)
    kind = ox.NamedNode(rdflib.RDF.type)
    found = our_classes(
        (quad.subject.value, quad.object.value)  # type: ignore[union-attr]
        for quad in store.quads_for_pattern(None, kind, None, None)
        if not isinstance(quad.object, ox.BlankNode) and not isinstance(quad.subject, ox.BlankNode)
    )
    graph = ontology()
    for triple in data():
        graph.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    wanted = our_classes(
        (s, o) for s, o in graph.subject_objects(rdflib.RDF.type) if isinstance(s, rdflib.URIRef)
    )
    assert found == wanted

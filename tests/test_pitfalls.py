"""The ontology against the pitfalls that OOPS! looks for (https://oops.linkeddata.es/catalogue.jsp).

Those that can be seen in the file alone are here, by their numbers; each is shown
to find the fault in an ontology that has it. Not here, since they need a person
or the domain: P01, P03, P09, P14-P18, P23, P31, P32 (labels are compared in
test_ontology.py), and those of publishing, which need a server: P36, P37.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations, product

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, URIRef

from kg.export.terms import xsd
from kg.ontology import load_ontology, ontology_folder

KG = rdflib.Namespace(load_ontology().namespace)
ONTOLOGY = URIRef(load_ontology().iri)
VANN = rdflib.Namespace("http://purl.org/vocab/vann/")
LICENCE = rdflib.URIRef("http://purl.org/dc/terms/license")
PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)

Found = Iterator[object]


def graph() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_folder() / "kg.ttl")


def ours(ontology: rdflib.Graph, *kinds: URIRef) -> list[URIRef]:
    return sorted(
        {
            term
            for kind in kinds
            for term in ontology.subjects(RDF.type, kind)
            if isinstance(term, URIRef) and term.startswith(KG)
        }
    )


def all_terms(ontology: rdflib.Graph) -> list[URIRef]:
    return ours(ontology, OWL.Class, OWL.AnnotationProperty, OWL.NamedIndividual, *PROPERTIES)


def named_ends(ontology: rdflib.Graph, term: URIRef, end: URIRef) -> set[URIRef]:
    """The classes at an end, those of a union too."""
    found = set()
    for value in ontology.objects(term, end):
        union = ontology.value(value, OWL.unionOf)
        found |= {*rdflib.collection.Collection(ontology, union)} if union else {value}
    return {one for one in found if isinstance(one, URIRef)}


def p02_synonyms_as_classes(o: rdflib.Graph) -> Found:
    """Classes of ours that say of each other that they are the same."""
    yield from (one for one in o.subject_objects(OWL.equivalentClass) if one[0].startswith(KG))


def p04_unconnected(o: rdflib.Graph) -> Found:
    """Classes that no other term speaks of, and that have nothing above or below them."""
    for term in ours(o, OWL.Class):
        used = [s for s, p in o.subject_predicates(term) if p != RDFS.isDefinedBy]
        if not used and not list(o.objects(term, RDFS.subClassOf)):
            yield term


def p05_wrong_inverses(o: rdflib.Graph) -> Found:
    """Inverses whose ends are not each other's."""
    for one, two in o.subject_objects(OWL.inverseOf):
        for this, that in ((RDFS.domain, RDFS.range), (RDFS.range, RDFS.domain)):
            ends = named_ends(o, one, this), named_ends(o, two, that)
            if all(ends) and ends[0] != ends[1]:
                yield one, two


def p06_cycles(o: rdflib.Graph) -> Found:
    """Classes and properties that lie below themselves."""
    for term in all_terms(o):
        for above in (RDFS.subClassOf, RDFS.subPropertyOf):
            if any(term in o.transitive_objects(up, above) for up in o.objects(term, above)):
                yield term


def p07_merged_concepts(o: rdflib.Graph) -> Found:
    """Classes whose name joins two."""
    yield from (t for t in ours(o, OWL.Class) if re.search(r"(And|Or)(?=[A-Z])", t[len(KG) :]))


def p08_missing_annotations(o: rdflib.Graph) -> Found:
    """Terms without a label and a definition in both languages."""
    for term, said in product(all_terms(o), (RDFS.label, SKOS.definition)):
        if {getattr(text, "language", None) for text in o.objects(term, said)} != {"en", "vi"}:
            yield term, said


def p10_missing_disjointness(o: rdflib.Graph) -> Found:
    """Two classes of ours, none above the other, that are not said to be disjoint."""
    sets = [
        set(rdflib.collection.Collection(o, o.value(all_, OWL.members)))
        for all_ in o.subjects(RDF.type, OWL.AllDisjointClasses)
    ]
    for one, two in combinations(ours(o, OWL.Class), 2):
        ups = [set(o.transitive_objects(end, RDFS.subClassOf)) for end in (one, two)]
        if one in ups[1] or two in ups[0]:
            continue
        if not any((ups[0] & found) and (ups[1] & found) - ups[0] for found in sets):
            yield one, two


def p11_missing_ends(o: rdflib.Graph) -> Found:
    """Properties without a domain or a range."""
    for term, end in product(ours(o, *PROPERTIES), (RDFS.domain, RDFS.range)):
        if o.value(term, end, any=True) is None:
            yield term, end


def p12_equivalent_properties(o: rdflib.Graph) -> Found:
    """Properties with the same label, not said to be equivalent."""
    labels = {t: {str(x) for x in o.objects(t, RDFS.label)} for t in ours(o, *PROPERTIES)}
    yield from (pair for pair in combinations(labels, 2) if labels[pair[0]] & labels[pair[1]])


def p13_no_inverse(o: rdflib.Graph) -> Found:
    """Relations with no inverse, not symmetric, and with no name for reading them backwards.

    Ours have such a name and no property for it: SPARQL asks backwards with `^`,
    and a second triple for each would say nothing new.
    """
    for term in ours(o, OWL.ObjectProperty):
        named = {getattr(text, "language", None) for text in o.objects(term, KG.inverseLabel)}
        symmetric = (term, RDF.type, OWL.SymmetricProperty) in o
        inverse = (term, OWL.inverseOf, None) in o or (None, OWL.inverseOf, term) in o
        if not symmetric and not inverse and named != {"en", "vi"}:
            yield term


def p19_several_ends(o: rdflib.Graph) -> Found:
    """Several domains or ranges, which mean all of them at once."""
    for term, end in product(ours(o, *PROPERTIES), (RDFS.domain, RDFS.range)):
        if len(list(o.objects(term, end))) > 1:
            yield term, end


def p20_misused_annotations(o: rdflib.Graph) -> Found:
    """Labels as long as definitions, definitions as short as labels."""
    for term in all_terms(o):
        yield from (t for t in o.objects(term, RDFS.label) if len(t) > 40 or t.endswith("."))
        yield from (t for t in o.objects(term, SKOS.definition) if len(t) < 15)


def p21_miscellaneous(o: rdflib.Graph) -> Found:
    """A class for whatever fits nowhere."""
    yield from (t for t in ours(o, OWL.Class) if re.search(r"(?i)misc|other|unknown|various", t))


def p22_naming(o: rdflib.Graph) -> Found:
    """Classes and individuals in capitals, properties not; no underscores and hyphens."""
    for term in all_terms(o):
        kinds = set(o.objects(term, RDF.type))
        pattern = (
            r"[A-Z][A-Za-z]*" if kinds & {OWL.Class, OWL.NamedIndividual} else r"[a-z][A-Za-z]*"
        )
        if not re.fullmatch(pattern, term[len(KG) :]):
            yield term


def p24_recursive(o: rdflib.Graph) -> Found:
    """Terms in their own axioms."""
    for term in all_terms(o):
        for axiom in (OWL.equivalentClass, RDFS.subClassOf, RDFS.subPropertyOf):
            parts = {part for value in o.objects(term, axiom) for part in o.objects(value)}
            if term in parts or (term, axiom, term) in o:
                yield term


def p25_own_inverse(o: rdflib.Graph) -> Found:
    """Inverses of themselves; symmetric is meant."""
    yield from (one for one, two in o.subject_objects(OWL.inverseOf) if one == two)


def p26_inverse_of_symmetric(o: rdflib.Graph) -> Found:
    """Symmetric properties with an inverse."""
    for pair in o.subject_objects(OWL.inverseOf):
        yield from (end for end in pair if (end, RDF.type, OWL.SymmetricProperty) in o)


def p27_wrong_equivalence(o: rdflib.Graph) -> Found:
    """Equivalent properties with other ends."""
    for one, two in o.subject_objects(OWL.equivalentProperty):
        if any(named_ends(o, one, e) != named_ends(o, two, e) for e in (RDFS.domain, RDFS.range)):
            yield one, two


def p28_wrong_symmetry(o: rdflib.Graph) -> Found:
    """Symmetric properties whose ends differ."""
    for term in ours(o, OWL.SymmetricProperty):
        if named_ends(o, term, RDFS.domain) != named_ends(o, term, RDFS.range):
            yield term


def p29_wrong_transitivity(o: rdflib.Graph) -> Found:
    """Transitive properties whose ends differ."""
    for term in ours(o, OWL.TransitiveProperty):
        if named_ends(o, term, RDFS.domain) != named_ends(o, term, RDFS.range):
            yield term


def p33_short_chain(o: rdflib.Graph) -> Found:
    """Chains of one property."""
    for chain in o.objects(None, OWL.propertyChainAxiom):
        if len(rdflib.collection.Collection(o, chain)) < 2:
            yield chain


def p34_untyped_classes(o: rdflib.Graph) -> Found:
    """What is used as a class and not declared as one, of ours or of others."""
    used = {*o.objects(None, RDFS.subClassOf), *o.subjects(RDFS.subClassOf)}
    used |= {c for t in ours(o, OWL.ObjectProperty) for e in (RDFS.domain, RDFS.range)
             for c in named_ends(o, t, e)}  # fmt: skip
    yield from (c for c in used if isinstance(c, URIRef) and (c, RDF.type, OWL.Class) not in o)


def p35_untyped_properties(o: rdflib.Graph) -> Found:
    """What is used as a property and not declared as one; RDF, RDFS and OWL are known."""
    known = (str(RDF), str(RDFS), str(OWL), xsd(""))
    used = {*o.predicates(), *o.objects(None, RDFS.subPropertyOf), *o.objects(None, OWL.onProperty)}
    for term in used:
        if not str(term).startswith(known) and (term, RDF.type, None) not in o:
            yield term


def p38_no_ontology(o: rdflib.Graph) -> Found:
    """No declaration of the ontology, no version, no licence (P41), no namespace (P39)."""
    if (ONTOLOGY, RDF.type, OWL.Ontology) not in o:
        yield ONTOLOGY
    for said in (OWL.versionIRI, OWL.versionInfo, LICENCE, VANN.preferredNamespaceUri):
        if o.value(ONTOLOGY, said) is None:
            yield said


def p40_hijacked(o: rdflib.Graph) -> Found:
    """Foreign terms that get a label, a definition or a domain of ours; axioms of SKOS are SKOS's."""
    for term in set(o.subjects(RDF.type)):
        if isinstance(term, URIRef) and not term.startswith(ONTOLOGY):
            said = (RDFS.label, SKOS.definition, RDFS.domain, RDFS.range, RDFS.isDefinedBy)
            yield from ((term, one) for one in said if (term, one, None) in o)


def p00_not_defined_by(o: rdflib.Graph) -> Found:
    """Terms of ours that do not say which ontology they are of."""
    yield from (t for t in all_terms(o) if (t, RDFS.isDefinedBy, ONTOLOGY) not in o)


PITFALLS: dict[str, tuple[Callable[[rdflib.Graph], Found], str]] = {
    function.__name__: (function, broken)
    for function, broken in (
        (p00_not_defined_by, "DELETE { kg:Paper rdfs:isDefinedBy ?o } WHERE { ?s ?p ?o }"),
        (p02_synonyms_as_classes, "INSERT DATA { kg:Paper owl:equivalentClass kg:Artifact }"),
        (p04_unconnected, "INSERT DATA { kg:Alone a owl:Class }"),
        (p05_wrong_inverses, "INSERT DATA { kg:about owl:inverseOf kg:hasTopic }"),
        (p06_cycles, "INSERT DATA { kg:Entry rdfs:subClassOf kg:Gap }"),
        (p07_merged_concepts, "INSERT DATA { kg:GapAndIdea a owl:Class }"),
        (p08_missing_annotations, "DELETE { kg:rank rdfs:label ?o } WHERE { kg:rank rdfs:label ?o }"),
        (p10_missing_disjointness, "INSERT DATA { kg:Author a owl:Class }"),
        (p11_missing_ends, "DELETE { kg:about rdfs:range ?o } WHERE { kg:about rdfs:range ?o }"),
        (p12_equivalent_properties, 'INSERT DATA { kg:about rdfs:label "cites"@en }'),
        (p13_no_inverse, "DELETE { kg:about kg:inverseLabel ?o } WHERE { kg:about ?p ?o }"),
        (p19_several_ends, "INSERT DATA { kg:about rdfs:domain kg:Gap }"),
        (p20_misused_annotations, 'INSERT DATA { kg:Gap skos:definition "a gap"@en }'),
        (p21_miscellaneous, "INSERT DATA { kg:OtherThing a owl:Class }"),
        (p22_naming, "INSERT DATA { kg:has_author a owl:ObjectProperty }"),
        (p24_recursive, "INSERT DATA { kg:Gap rdfs:subClassOf kg:Gap }"),
        (p25_own_inverse, "INSERT DATA { kg:about owl:inverseOf kg:about }"),
        (p26_inverse_of_symmetric, "INSERT DATA { kg:coCited owl:inverseOf kg:about }"),
        (p27_wrong_equivalence, "INSERT DATA { kg:about owl:equivalentProperty kg:cites }"),
        (p28_wrong_symmetry, "INSERT DATA { kg:about a owl:SymmetricProperty }"),
        (p29_wrong_transitivity, "INSERT DATA { kg:about a owl:TransitiveProperty }"),
        (p33_short_chain, "INSERT DATA { kg:about owl:propertyChainAxiom _:l . _:l rdf:first kg:cites ; rdf:rest rdf:nil }"),
        (p34_untyped_classes, "INSERT DATA { kg:Gap rdfs:subClassOf kg:Nowhere }"),
        (p35_untyped_properties, "INSERT DATA { kg:Gap kg:nowhere kg:Idea }"),
        (p38_no_ontology, "DELETE { ?s <http://purl.org/dc/terms/license> ?o } WHERE { ?s ?p ?o }"),
        (p40_hijacked, 'INSERT DATA { skos:Concept rdfs:label "concept"@en }'),
    )
}  # fmt: skip
each = pytest.mark.parametrize("name", PITFALLS)


@each
def test_the_ontology_does_not_fall_in(name: str) -> None:
    assert list(PITFALLS[name][0](graph())) == []


@each
def test_the_pitfall_is_seen(name: str) -> None:
    broken = graph()
    broken.update(f"PREFIX kg: <{KG}> PREFIX owl: <{OWL}> {PITFALLS[name][1]}")
    assert list(PITFALLS[name][0](broken)) != []

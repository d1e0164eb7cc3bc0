"""The graph that a Turtle file of ours tells of: the proof that nothing is missing in it."""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox

from kg import Edge, KnowledgeGraph, Node, Source
from kg.export.iris import node_id
from kg.ids import DEFAULT_BASE
from kg.ontology import load_ontology

KG = load_ontology().namespace
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"


def read(data: bytes, base: str = DEFAULT_BASE) -> KnowledgeGraph:
    """The graph that a Turtle file tells of, by nothing but the file and the ontology."""
    said: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for triple in ox.parse(data, format=ox.RdfFormat.TURTLE):
        said[triple.subject.value][triple.predicate.value].append(triple.object)
    known = load_ontology()

    def value(term: ox.NamedNode | ox.Literal) -> str | bool | int | float:
        kind = term.datatype.value if isinstance(term, ox.Literal) else ""
        if kind == f"{XSD}boolean":
            return term.value == "true"
        if kind == f"{XSD}double":
            return float(term.value)
        return int(term.value) if kind == f"{XSD}integer" else term.value

    def one(subject: str, name: str, default: str | int | float = "") -> object:
        return value((said[subject][KG + name] or [ox.Literal(default)])[0])

    def places(subject: str) -> tuple[Source, ...]:
        found = [
            Source.model_validate({
                "file": one(place.value, "file"), "section": one(place.value, "section"),
                "line": one(place.value, "line"), "column": one(place.value, "column"),
                "start": one(place.value, "startByte"), "end": one(place.value, "endByte"),
                "text": one(place.value, "quote"),
            })
            for place in said[subject][f"{KG}saidAt"]
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda place: place.sort_key))

    facts: list[Node | Edge] = []
    concrete = {kind.iri for kind in known.node_types.values() if not kind.abstract}
    for subject in list(said):
        classes = {term.value for term in said[subject][f"{RDF}type"]}
        if f"{KG}Statement" in classes:
            ends = [said[subject][f"{RDF}{end}"][0].value for end in ("subject", "object")]
            digests = said[subject][f"{KG}inDigest"]
            facts.append(Edge.model_validate({
                "source": node_id(ends[0], base), "target": node_id(ends[1], base),
                "type": said[subject][f"{RDF}predicate"][0].value.removeprefix(KG),
                "digest": node_id(digests[0].value, base) if digests else "",
                "section": one(subject, "section"), "basis": one(subject, "basis"),
                "mentions": one(subject, "mentions"), "weight": one(subject, "weight"),
                "sources": places(subject),
            }))  # fmt: skip
        elif classes & concrete:
            id = node_id(subject, base)
            type = known.type_of(id)
            labels = said[subject]["http://www.w3.org/2000/01/rdf-schema#label"]
            attributes = {}
            for name, attribute in known.attributes.items():
                values = [value(term) for term in said[subject].get(attribute.iri, [])]
                if values and type in attribute.domain:
                    several = tuple(sorted(map(str, values)))
                    attributes[name] = values[0] if len(values) == 1 else several
            facts.append(
                Node(
                    id=id, type=type, label=labels[0].value if labels else "",
                    attributes=attributes, sources=places(subject),
                )
            )  # fmt: skip
    return KnowledgeGraph(facts)

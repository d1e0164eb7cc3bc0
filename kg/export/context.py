"""The JSON-LD context: short names for every term of the ontology, made from it alone."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pyoxigraph as ox

from kg.export.terms import foaf, owl, rdf, rdfs, xsd
from kg.export.turtle import prefixes
from kg.ontology import load_ontology, ontology_folder

__all__ = ["context", "context_file", "short"]

_PLAIN = {xsd("string"), rdfs("Literal"), xsd("boolean"), "enumeration", ""}


@cache
def context() -> dict[str, Any]:
    """Prefixes, then classes and properties by their names, properties with the type of their values.

    Terms of other vocabularies keep their prefix; they are here where their
    values are nodes, so that a node is its IRI and nothing more.
    """
    known = load_ontology()
    classes, nodes = _declared(owl("Class")), _declared(owl("ObjectProperty"))
    ours = known.namespace
    named = {**known.edge_types, **known.attributes}
    order = {
        kind.iri: place for place, kind in enumerate((*known.node_types.values(), *named.values()))
    }
    terms: dict[str, Any] = {}
    for iri in sorted({*classes, *nodes} | {value.iri for value in known.attributes.values()},
                      key=lambda iri: (not iri.startswith(ours), order.get(iri, len(order)), iri)):  # fmt: skip
        name = iri.removeprefix(ours) if iri.startswith(ours) else short(iri)
        attribute = known.attributes.get(name)
        kind = "@id" if iri in nodes else short(attribute.datatype) if attribute else ""
        plain = not kind or (attribute is not None and attribute.datatype in _PLAIN)
        if name != short(iri) or not plain:
            terms[name] = short(iri) if plain else {"@id": short(iri), "@type": kind}
    for term in (rdf("subject"), rdf("predicate"), rdf("object"), owl("sameAs"), foaf("page")):
        terms[short(term)] = {"@id": short(term), "@type": "@id"}
    return {
        "@version": 1.1,
        **prefixes(),
        "id": "@id",
        "type": "@type",
        "label": "rdfs:label",
        **terms,
    }


def _declared(kind: str) -> set[str]:
    """The IRIs that the ontology declares to be of a kind."""
    return {
        quad.subject.value
        for quad in ox.parse(path=ontology_folder() / "kg.ttl", format=ox.RdfFormat.TURTLE)
        if quad.object == ox.NamedNode(kind) and isinstance(quad.subject, ox.NamedNode)
    }


def context_file() -> bytes:
    """The text of `ontology/context.jsonld`."""
    text = json.dumps({"@context": context()}, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


def short(iri: str) -> str:
    """An IRI with the prefix of its namespace, if it has one."""
    for prefix, namespace in prefixes().items():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri

"""The endpoint described in RDF: SPARQL 1.1 Service Description, with VoID for the size.

https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.export.terms import rdf, xsd
from kg.query import Answer, Term
from kg.results import ROWS, TRIPLES

if TYPE_CHECKING:
    from kg.serving.data import Data

__all__ = ["describe"]


def _term(namespace: str, name: str) -> ox.NamedNode:
    return ox.NamedNode(namespace + name)


_sd = partial(_term, "http://www.w3.org/ns/sparql-service-description#")
_void = partial(_term, "http://rdfs.org/ns/void#")


def describe(data: Data, endpoint: str) -> Answer:
    """The triples of the description of the service at an address."""
    service, dataset, default = (ox.BlankNode(name) for name in ("service", "dataset", "default"))
    type = ox.NamedNode(rdf("type"))
    formats = sorted({format.iri for format in (*ROWS.values(), *TRIPLES.values())})
    said: list[tuple[Term, Term, Term]] = [
        (service, type, _sd("Service")),
        (service, _sd("endpoint"), ox.NamedNode(endpoint)),
        (service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        (service, _sd("feature"), _sd("UnionDefaultGraph")),
        (
            service,
            _sd("defaultEntailmentRegime"),
            ox.NamedNode("http://www.w3.org/ns/entailment/Simple"),
        ),
        *((service, _sd("resultFormat"), ox.NamedNode(iri)) for iri in formats),
        (service, _sd("defaultDataset"), dataset),
        (dataset, type, _sd("Dataset")),
        (dataset, _sd("defaultGraph"), default),
        (default, type, _sd("Graph")),
        (
            default,
            _void("triples"),
            ox.Literal(str(data.triples), datatype=ox.NamedNode(xsd("integer"))),
        ),
    ]
    for number, iri in enumerate(data.graphs):
        graph = ox.BlankNode(f"graph{number}")
        said += [
            (dataset, _sd("namedGraph"), graph),
            (graph, type, _sd("NamedGraph")),
            (graph, _sd("name"), ox.NamedNode(iri)),
        ]
    return Answer(("subject", "predicate", "object"), list(said), triples=True)

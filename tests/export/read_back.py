"""The graph that an RDF file of ours tells of: the proof that nothing is missing in it."""

from __future__ import annotations

import pyoxigraph as ox

from kg import KnowledgeGraph
from kg.export import ntriples
from kg.ids import DEFAULT_BASE
from kg.loading.rdf import read as read_file


def read(data: bytes, base: str = DEFAULT_BASE, suffix: str = ".ttl") -> KnowledgeGraph:
    """The graph that a file tells of, by nothing but the file and the ontology."""
    return read_file(data, suffix, f"graph{suffix}", base)


def triples(graph: KnowledgeGraph) -> list[ox.Triple]:
    """All triples as Oxigraph reads them from N-Triples, repetitions too."""
    lines = b"".join(ntriples.dump(graph))
    return [quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)]

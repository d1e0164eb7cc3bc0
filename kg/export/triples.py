"""A graph as triples, subject by subject: what the RDF exports are made of.

Predicates come from the ontology; each fact stands under its own term and all
those above it. Order is fixed: schemes, nodes, statements, sources, each in the
graph's order. Each triple has an owner too: the digest that says it, which is
the named graph it stands in where a format has such graphs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import KgError
from kg.export.annotation import bodies
from kg.export.blocks import Block, block
from kg.export.cells import Losses
from kg.export.evidence import Evidence
from kg.export.iris import node_iri
from kg.export.terms import (
    Names,
    Pair,
    Said,
    fabio,
    foaf,
    is_iri,
    literal,
    oa,
    owl,
    rdf,
    rdfs,
    skos,
    tagged,
    text,
    xsd,
)
from kg.ids import find_ids, paper_iri

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.model import Edge, Node, Scalar, Value
    from kg.ontology import Term

__all__ = ["Triples"]

_TYPE = rdf("type")
_ALSO = {"abbreviation": skos("altLabel"), "scopeNote": skos("scopeNote")}
"""SKOS has these as annotations, under which OWL 2 DL lets no attribute stand."""


class Triples:
    """The triples of one graph under one instance base."""

    def __init__(self, graph: KnowledgeGraph, base: str) -> None:
        self.losses = Losses()
        self._graph = graph
        self._ontology = graph.ontology
        self._names = Names(graph.ontology)
        self._term, self._all = self._names.term, self._names.all
        self._base = base
        self._node = cache(partial(node_iri, base=base))
        self._order = {name: place for place, name in enumerate(graph.ontology.attributes)}
        broader = [
            kind for kind in graph.ontology.edge_types.values() if skos("broader") in kind.above
        ]
        self._broader = {kind.name for kind in broader}
        self._trees = {name for kind in broader for name in kind.domain}
        """Types whose nodes lie above and below each other."""
        try:
            ox.NamedNode(base)
        except ValueError as error:
            raise KgError(f"{base!r} is no base for IRIs: {error}") from error

    def blocks(self) -> Iterator[Block]:
        """Each subject once, with everything said of it; `BrokenGraph` if an edge has no end."""
        evidence = self._prepared()
        for subject, said in self._things(evidence):
            yield block(subject, _grouped([pair[1:] for pair in said]))
        for _, proof in self._proofs(evidence):
            yield proof

    def owned(self) -> Iterator[tuple[str, Block]]:
        """The same, apart by the digest that says it; an empty text for what no digest owns alone.

        A subject comes once for each of its owners; what two digests say, each of them owns.
        """
        evidence = self._prepared()
        for subject, said in self._things(evidence):
            by_owner: dict[str, list[Pair]] = {}
            for owner, predicate, value in said:
                by_owner.setdefault(owner, []).append((predicate, value))
            for owner, pairs in by_owner.items():
                yield self._node(owner) if owner else "", block(subject, _grouped(pairs))
        for owner, proof in self._proofs(evidence):
            yield self._node(owner) if owner else "", proof

    def _prepared(self) -> Evidence:
        self._graph.check()
        return Evidence(self._graph, self._base, self._names, self._node, self.losses)

    def _things(self, evidence: Evidence) -> Iterator[tuple[str, list[Said]]]:
        """The schemes and nodes, and who says what of them."""
        leaving: dict[str, list[Edge]] = defaultdict(list)
        arriving: dict[str, list[Edge]] = defaultdict(list)
        for edge in self._graph.edges():
            leaving[edge.source].append(edge)
            if edge.type in self._broader:
                arriving[edge.target].append(edge)
        below = {id for id, edges in leaving.items() if any(e.type in self._broader for e in edges)}
        for subject, pairs in self._schemes(below):
            yield subject, [("", *pair) for pair in pairs]
        said_at = self._term("saidAt")
        for node in self._graph.nodes():
            owner = evidence.owner(node, leaving[node.id])
            subject = self._node(node.id)
            parts = list(bodies(node, subject, self._names, self.losses))
            own = [*self._what(node, node.id not in below), *self._values(node)]
            said = [(owner, *pair) for pair in own]
            said += self._relations(leaving[node.id], arriving[node.id])
            said += [(owner, oa("hasBody"), iri) for iri, _ in parts]
            said += [
                (evidence.digest_of(source.file), said_at, evidence.place(source))
                for source in node.sources
            ]
            yield subject, said
            for iri, pairs in parts:
                yield iri, [(owner, *pair) for pair in pairs]

    def _proofs(self, evidence: Evidence) -> Iterator[tuple[str, Block]]:
        """The statements and sources, each with the one who says it, where that is known."""
        for edge in self._graph.edges():
            yield edge.digest, evidence.statement(edge)
        for source in evidence.sources:
            owner = evidence.digest_of(source.file)
            for proof in evidence.source(source):
                yield owner, proof

    # -- what is said of each kind of subject ----------------------------------

    def _schemes(self, below: set[str]) -> Iterator[tuple[str, list[Pair]]]:
        """The concept schemes, with the topics that have nothing above them at the top."""
        for name, kind in self._ontology.node_types.items():
            concepts = list(self._graph.nodes(name)) if self._is_concept(kind) else []
            if concepts:
                said: list[Pair] = [(_TYPE, skos("ConceptScheme"))]
                if name in self._trees:
                    said += (
                        (skos("hasTopConcept"), self._node(node.id))
                        for node in concepts
                        if node.id not in below
                    )
                yield self._term(f"{name}Scheme"), said

    def _what(self, node: Node, top: bool) -> Iterator[Pair]:
        """Classes, label, what is true of each node of the class, and a place at the top of a tree."""
        yield from ((_TYPE, term) for term in self._all(node.type))
        kind = self._ontology.node_type(node.type)
        if node.label:
            label = text(node.label, node.id, self.losses)
            yield rdfs("label"), label
            yield skos("prefLabel"), tagged(label, node.label) if kind.translatable else label
        yield from kind.always
        if top and node.type in self._trees:
            yield skos("topConceptOf"), self._term(f"{node.type}Scheme")

    def _values(self, node: Node) -> Iterator[Pair]:
        """Attributes; an address is a page too, a paper on arXiv a preprint with a DOI."""
        for name in sorted(node.attributes, key=self._order.__getitem__):
            attribute, value = self._ontology.attributes[name], node.attributes[name]
            if isinstance(value, tuple):
                self._list(value, f"{node.id} {name}")
            for item in _listed(value):
                said = literal(item, attribute.datatype, node.id, self.losses)
                said = tagged(said, item) if attribute.translatable else said
                terms = [*self._all(name), *([_ALSO[name]] if name in _ALSO else [])]
                yield from ((term, said) for term in terms)
                if attribute.datatype == xsd("anyURI") and is_iri(str(item)):
                    yield foaf("page"), str(item)
        written = node.id.removeprefix("paper:")
        for found in find_ids(written) if written != node.id else ():
            if found.paper and found.paper.node == node.id and found.paper.published:
                doi = paper_iri(f"paper:doi:10.48550/{found.paper.canonical.replace(':', '.', 1)}")
                yield _TYPE, fabio("Preprint")
                number = found.paper.canonical.partition(":")[2]
                yield fabio("hasArXivId"), text(number, node.id, self.losses)
                yield owl("sameAs"), doi

    def _list(self, items: tuple[str, ...], where: str) -> None:
        """Counts what a set of triples does not tell of a list."""
        if len(items) < 2:
            self.losses.add("lists of fewer than two items that look like none or the item", where)
        elif list(items) != sorted(set(items)):
            self.losses.add("lists whose order or repetitions are not kept", where)

    def _relations(self, leaving: list[Edge], arriving: list[Edge]) -> Iterator[Said]:
        for edge in leaving:
            terms = [*self._all(edge.type), *self._names.speaks(edge.source, edge.target)]
            yield from ((edge.digest, term, self._node(edge.target)) for term in terms)
        for edge in arriving:
            yield edge.digest, skos("narrower"), self._node(edge.source)

    # -- terms -----------------------------------------------------------------

    def _is_concept(self, kind: Term) -> bool:
        return skos("Concept") in kind.above


def _listed(value: Value) -> tuple[Scalar, ...]:
    return value if isinstance(value, tuple) else (value,)


def _grouped(said: Iterable[Pair]) -> list[Pair]:
    """Each pair once, those of a predicate side by side where the predicate first stood."""
    groups: dict[str, dict[str, None]] = {}
    for predicate, value in said:
        groups.setdefault(predicate, {})[value] = None
    return [(predicate, value) for predicate, values in groups.items() for value in values]

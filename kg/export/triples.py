"""A graph as triples, subject by subject: what the Turtle export is made of.

Predicates come from the ontology; each fact stands under its own term and all
those above it. Order is fixed: schemes, nodes, statements, sources, each in the
graph's order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import KgError
from kg.export.cells import Losses
from kg.export.iris import node_iri, source_iri, statement_iri
from kg.export.terms import (
    Object,
    address,
    fabio,
    foaf,
    literal,
    oa,
    owl,
    rdf,
    rdfs,
    skos,
    text,
    xsd,
)
from kg.ids import find_ids, paper_iri

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.model import Edge, Node, Scalar, Source, Value
    from kg.ontology import Term

__all__ = ["Block", "Triples"]

_TYPE = rdf("type")
_ALSO = {"abbreviation": skos("altLabel"), "scopeNote": skos("scopeNote")}
"""SKOS has these as annotations, under which OWL 2 DL lets no attribute stand."""

Block = tuple[ox.NamedNode, list[tuple[ox.NamedNode, Object]]]
"""A subject and all that is said of it, each predicate's objects side by side."""


class Triples:
    """The triples of one graph under one instance base."""

    def __init__(self, graph: KnowledgeGraph, base: str) -> None:
        self.losses = Losses()
        self._graph = graph
        self._ontology = graph.ontology
        self._base = base
        self._above: dict[str, list[ox.NamedNode]] = {}
        self._nodes: dict[str, ox.NamedNode] = {}
        try:
            ox.NamedNode(base)
        except ValueError as error:
            raise KgError(f"{base!r} is no base for IRIs: {error}") from error

    def blocks(self) -> Iterator[Block]:
        """Each subject once, with everything said of it; `BrokenGraph` if an edge has no end."""
        self._graph.check()
        leaving: dict[str, list[Edge]] = defaultdict(list)
        arriving: dict[str, list[Edge]] = defaultdict(list)
        broader = {
            name
            for name, kind in self._ontology.edge_types.items()
            if skos("broader").value in kind.above
        }
        for edge in self._graph.edges():
            leaving[edge.source].append(edge)
            if edge.type in broader:
                arriving[edge.target].append(edge)
        below = {id for id, edges in leaving.items() if any(e.type in broader for e in edges)}
        places = self._places()
        yield from self._schemes(below)
        for node in self._graph.nodes():
            said = [
                *self._what(node, node.id not in below),
                *self._values(node),
                *self._relations(leaving[node.id], arriving[node.id]),
                *((self._term("saidAt"), places[source]) for source in node.sources),
            ]
            yield self._node(node.id), _grouped(said)
        for edge in self._graph.edges():
            yield self._statement(edge, places)
        for source, iri in places.items():
            yield iri, _grouped(self._source(source))

    # -- what is said of each kind of subject ----------------------------------

    def _schemes(self, below: set[str]) -> Iterator[Block]:
        """The concept schemes, with the topics that have nothing above them at the top."""
        for name, kind in self._ontology.node_types.items():
            concepts = list(self._graph.nodes(name)) if self._is_concept(kind) else []
            if concepts:
                said: list[tuple[ox.NamedNode, Object]] = [(_TYPE, skos("ConceptScheme"))]
                if self._is_tree(name):
                    said += (
                        (skos("hasTopConcept"), self._node(node.id))
                        for node in concepts
                        if node.id not in below
                    )
                yield self._term(f"{name}Scheme"), said

    def _what(self, node: Node, top: bool) -> Iterator[tuple[ox.NamedNode, Object]]:
        """Classes, label, and the place in a concept scheme."""
        yield from ((_TYPE, term) for term in self._all(node.type))
        if node.label:
            label = text(node.label, node.id, self.losses)
            yield rdfs("label"), label
            yield skos("prefLabel"), label
        if self._is_concept(self._ontology.node_type(node.type)):
            scheme = self._term(f"{node.type}Scheme")
            yield skos("inScheme"), scheme
            if top and self._is_tree(node.type):
                yield skos("topConceptOf"), scheme

    def _values(self, node: Node) -> Iterator[tuple[ox.NamedNode, Object]]:
        """Attributes; an address is a page too, a paper on arXiv a preprint with a DOI."""
        for name, attribute in self._ontology.attributes.items():
            if name not in node.attributes:
                continue
            value = node.attributes[name]
            if isinstance(value, tuple):
                self._list(value, f"{node.id} {name}")
            for item in _listed(value):
                said = literal(item, attribute.datatype, node.id, self.losses)
                terms = [*self._all(name), *([_ALSO[name]] if name in _ALSO else [])]
                yield from ((term, said) for term in terms)
                if attribute.datatype == xsd("anyURI").value and (page := address(str(item))):
                    yield foaf("page"), page
        for found in find_ids(node.id.partition(":")[2]):
            if found.paper and found.paper.node == node.id and found.paper.published:
                doi = paper_iri(f"paper:doi:10.48550/{found.paper.canonical.replace(':', '.', 1)}")
                yield _TYPE, fabio("Preprint")
                yield owl("sameAs"), ox.NamedNode(doi)

    def _list(self, items: tuple[str, ...], where: str) -> None:
        """Counts what a set of triples does not tell of a list."""
        if len(items) < 2:
            self.losses.add("lists of fewer than two items that look like none or the item", where)
        elif list(items) != sorted(set(items)):
            self.losses.add("lists whose order or repetitions are not kept", where)

    def _relations(
        self, leaving: list[Edge], arriving: list[Edge]
    ) -> Iterator[tuple[ox.NamedNode, Object]]:
        for edge in leaving:
            yield from ((term, self._node(edge.target)) for term in self._all(edge.type))
        for edge in arriving:
            yield skos("narrower"), self._node(edge.source)

    def _statement(self, edge: Edge, places: dict[Source, ox.NamedNode]) -> Block:
        where = f"{edge.source} {edge.type} {edge.target}"
        said: list[tuple[ox.NamedNode, Object]] = [
            *((_TYPE, term) for term in (self._term("Statement"), rdf("Statement"))),
            (rdf("subject"), self._node(edge.source)),
            (rdf("predicate"), self._term(edge.type)),
            (rdf("object"), self._node(edge.target)),
        ]
        if edge.digest:
            said.append((self._term("inDigest"), self._node(edge.digest)))
        said += self._described(
            where,
            section=edge.section,
            line=edge.line or "",
            basis=edge.basis,
            mentions=edge.mentions,
            weight=float(edge.weight),
        )
        said += ((self._term("saidAt"), places[source]) for source in edge.sources)
        return ox.NamedNode(statement_iri(edge, self._base)), _grouped(said)

    def _source(self, source: Source) -> Iterator[tuple[ox.NamedNode, Object]]:
        yield from ((_TYPE, term) for term in (self._term("Source"), oa("SpecificResource")))
        yield from self._described(
            f"{source.file}:{source.line}",
            file=source.file,
            section=source.section,
            line=source.line,
            column=source.column,
            startByte=source.start,
            endByte=source.end,
            quote=source.text,
        )

    def _described(self, where: str, **values: Scalar) -> Iterator[tuple[ox.NamedNode, Object]]:
        """Values of a statement or source under their terms; empty texts say nothing."""
        for name, value in values.items():
            if value != "":
                known = self._ontology.attributes.get(name)
                said = literal(value, known.datatype if known else "", where, self.losses)
                yield from ((term, said) for term in self._all(name))

    def _places(self) -> dict[Source, ox.NamedNode]:
        """An IRI for each source; where two would share one, the later gets a hash."""
        found = {source for node in self._graph.nodes() for source in node.sources}
        found.update(source for edge in self._graph.edges() for source in edge.sources)
        places: dict[Source, ox.NamedNode] = {}
        taken: set[str] = set()
        for source in sorted(found, key=lambda s: (*s.sort_key, s.line, s.column, s.text)):
            iri = source_iri(source, self._base)
            if iri in taken:
                iri = source_iri(source, self._base, apart=True)
            taken.add(iri)
            places[source] = ox.NamedNode(iri)
        return places

    # -- terms -----------------------------------------------------------------

    def _is_concept(self, kind: Term) -> bool:
        return skos("Concept").value in kind.above

    def _is_tree(self, name: str) -> bool:
        """Whether nodes of a type lie above and below each other."""
        return any(
            skos("broader").value in kind.above and name in kind.domain
            for kind in self._ontology.edge_types.values()
        )

    def _term(self, name: str) -> ox.NamedNode:
        return ox.NamedNode(f"{self._ontology.namespace}{name}")

    def _all(self, name: str) -> list[ox.NamedNode]:
        """A term of ours and all terms above it."""
        if name not in self._above:
            known = self._ontology
            found = (
                known.node_types.get(name)
                or known.edge_types.get(name)
                or known.attributes.get(name)
            )
            above = found.above if found else ()
            self._above[name] = [self._term(name), *map(ox.NamedNode, above)]
        return self._above[name]

    def _node(self, id: str) -> ox.NamedNode:
        if id not in self._nodes:
            self._nodes[id] = ox.NamedNode(node_iri(id, self._base))
        return self._nodes[id]


def _listed(value: Value) -> tuple[Scalar, ...]:
    return value if isinstance(value, tuple) else (value,)


def _grouped(said: Iterable[tuple[ox.NamedNode, Object]]) -> list[tuple[ox.NamedNode, Object]]:
    """Each pair once, those of a predicate side by side where the predicate first stood."""
    groups: dict[ox.NamedNode, dict[Object, None]] = {}
    for predicate, value in said:
        groups.setdefault(predicate, {})[value] = None
    return [(predicate, value) for predicate, values in groups.items() for value in values]

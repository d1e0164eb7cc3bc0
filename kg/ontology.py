"""The vocabulary of the graph, read from `ontology/kg.ttl`; nothing of it is restated in Python.

Labels, definitions, colours, shapes, the ends of edges and the alignment with
other vocabularies are asked for here; an unknown name fails with its close
matches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kg.errors import UnknownName

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = [
    "Attribute", "EdgeType", "NodeType", "Ontology", "Term", "load_ontology", "ontology_folder",
]  # fmt: skip

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"


@dataclass(frozen=True, slots=True)
class Term:
    """What classes and properties have in common; texts by language tag."""

    name: str
    iri: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    order: int
    above: tuple[str, ...]
    """IRIs of all super-terms, ours and other vocabularies', nearest first."""

    def label(self, language: str = "en") -> str:
        """The label in a language, else in English, else the name."""
        return self.labels.get(language) or self.labels.get("en") or self.name


@dataclass(frozen=True, slots=True)
class NodeType(Term):
    """A class of nodes with how it is drawn."""

    plurals: Mapping[str, str]
    colour: str
    shape: str
    abstract: bool
    cites_as: str
    """IRI of the property of another vocabulary between such a node and each paper it speaks of."""
    always: tuple[tuple[str, str], ...]
    """IRIs of properties and values that every such node has (`owl:hasValue`)."""
    translatable: bool


@dataclass(frozen=True, slots=True)
class EdgeType(Term):
    """An object property: what may stand at its ends, by names of node types."""

    inverse_labels: Mapping[str, str]
    colour: str
    domain: frozenset[str]
    range: frozenset[str]
    derived: bool


@dataclass(frozen=True, slots=True)
class Attribute(Term):
    """A datatype property of nodes, statements or sources."""

    domain: frozenset[str]
    datatype: str
    functional: bool
    translatable: bool


@dataclass(frozen=True, slots=True)
class Ontology:
    """All terms by name, each mapping in display order."""

    iri: str
    namespace: str
    version: str
    node_types: Mapping[str, NodeType]
    edge_types: Mapping[str, EdgeType]
    attributes: Mapping[str, Attribute]
    prefixes: Mapping[str, str]
    """From the prefix of a node id to its type."""

    def node_type(self, name: str) -> NodeType:
        """The concrete node type of that name."""
        found = self.node_types.get(name)
        if found is None or found.abstract:
            concrete = [key for key, value in self.node_types.items() if not value.abstract]
            raise UnknownName("node type", name, concrete)
        return found

    def edge_type(self, name: str) -> EdgeType:
        """The edge type of that name."""
        found = self.edge_types.get(name)
        if found is None:
            raise UnknownName("edge type", name, list(self.edge_types))
        return found

    def attribute(self, name: str) -> Attribute:
        """The attribute of that name."""
        found = self.attributes.get(name)
        if found is None:
            raise UnknownName("attribute", name, list(self.attributes))
        return found

    def type_of(self, node: str) -> str:
        """The node type that a node id belongs to, told from the id's prefix."""
        prefix = node.partition(":")[0]
        if prefix not in self.prefixes:
            raise UnknownName("node id prefix", prefix, list(self.prefixes))
        return self.prefixes[prefix]


def ontology_folder() -> Path:
    """Where the ontology files lie: beside the package in a checkout, inside it in a wheel."""
    inside = Path(__file__).with_name("ontology")
    return inside if inside.is_dir() else Path(__file__).parent.with_name("ontology")


@cache
def load_ontology() -> Ontology:
    """Reads `ontology/kg.ttl` once."""
    import pyoxigraph as ox

    triples = _Triples(ox.parse(path=ontology_folder() / "kg.ttl", format=ox.RdfFormat.TURTLE))
    iri = next(triples.subjects(f"{_RDF}type", f"{_OWL}Ontology"))
    namespace = f"{iri}#"
    reader = _Reader(triples, namespace)
    node_types = _ordered(reader.node_types())
    return Ontology(
        iri=iri,
        namespace=namespace,
        version=(triples.values(iri, f"{_OWL}versionIRI") or [iri])[0].rpartition("/")[2],
        node_types=node_types,
        edge_types=_ordered(reader.edge_types()),
        attributes=_ordered(reader.attributes()),
        prefixes={name.lower(): name for name, kind in node_types.items() if not kind.abstract},
    )


T = TypeVar("T", bound=Term)


def _ordered(terms: Iterable[T]) -> dict[str, T]:
    return {term.name: term for term in sorted(terms, key=lambda t: (t.order, t.name))}


class _Triples:
    """The triples of a file by subject and predicate, terms as plain strings."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._objects: dict[str, dict[str, list[Any]]] = {}
        for quad in quads:
            subject, predicate = _key(quad.subject), _key(quad.predicate)
            self._objects.setdefault(subject, {}).setdefault(predicate, []).append(quad.object)

    def objects(self, subject: str, predicate: str) -> list[Any]:
        return self._objects.get(subject, {}).get(predicate, [])

    def values(self, subject: str, predicate: str) -> list[str]:
        return [_key(term) for term in self.objects(subject, predicate)]

    def texts(self, subject: str, predicate: str) -> dict[str, str]:
        return {term.language or "": term.value for term in self.objects(subject, predicate)}

    def subjects(self, predicate: str, value: str) -> Iterator[str]:
        for subject in self._objects:
            if value in self.values(subject, predicate):
                yield subject

    def closure(self, start: str, predicate: str) -> list[str]:
        """All that `predicate` leads to from `start`, nearest first; blank nodes left out."""
        seen: list[str] = []
        queue = [start]
        while queue:
            for value in self.values(queue.pop(0), predicate):
                if value not in seen and not value.startswith("_:"):
                    seen.append(value)
                    queue.append(value)
        return seen

    def members(self, head: str) -> list[str]:
        """The items of an RDF list."""
        items = []
        while head and head != f"{_RDF}nil":
            items += self.values(head, f"{_RDF}first")
            head = (self.values(head, f"{_RDF}rest") or [""])[0]
        return items


def _key(term: Any) -> str:
    return f"_:{term.value}" if type(term).__name__ == "BlankNode" else str(term.value)


class _Reader:
    """Turns triples into terms."""

    def __init__(self, triples: _Triples, namespace: str) -> None:
        self._triples = triples
        self._namespace = namespace

    def node_types(self) -> Iterator[NodeType]:
        for iri, common in self._terms("Class", "subClassOf"):
            if self._kg(iri, "order"):
                yield NodeType(
                    **common,
                    plurals=self._triples.texts(iri, f"{self._namespace}plural"),
                    colour=self._kg(iri, "colour"),
                    shape=self._kg(iri, "shape"),
                    abstract=self._kg(iri, "abstract") == "true",
                    cites_as=self._kg(iri, "citesAs"),
                    always=tuple(self._always([iri, *common["above"]])),
                    translatable=self._kg(iri, "translatable") == "true",
                )

    def edge_types(self) -> Iterator[EdgeType]:
        for iri, common in self._terms("ObjectProperty", "subPropertyOf"):
            if self._kg(iri, "order"):
                yield EdgeType(
                    **common,
                    inverse_labels=self._triples.texts(iri, f"{self._namespace}inverseLabel"),
                    colour=self._kg(iri, "colour"),
                    domain=self._classes(iri, "domain"),
                    range=self._classes(iri, "range"),
                    derived=self._kg(iri, "derived") == "true",
                )

    def attributes(self) -> Iterator[Attribute]:
        for iri, common in self._terms("DatatypeProperty", "subPropertyOf"):
            kinds = self._triples.values(iri, f"{_RDF}type")
            yield Attribute(
                **common,
                domain=self._classes(iri, "domain"),
                datatype=self._datatype(iri),
                functional=f"{_OWL}FunctionalProperty" in kinds,
                translatable=self._kg(iri, "translatable") == "true",
            )

    def _terms(self, kind: str, above: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for iri in self._triples.subjects(f"{_RDF}type", f"{_OWL}{kind}"):
            if iri.startswith(self._namespace):
                yield (
                    iri,
                    {
                        "name": iri.removeprefix(self._namespace),
                        "iri": iri,
                        "labels": self._triples.texts(iri, f"{_RDFS}label"),
                        "definitions": self._triples.texts(iri, f"{_SKOS}definition"),
                        "order": int(self._kg(iri, "order") or 0),
                        "above": tuple(self._triples.closure(iri, f"{_RDFS}{above}")),
                    },
                )

    def _kg(self, iri: str, name: str) -> str:
        return (self._triples.values(iri, f"{self._namespace}{name}") or [""])[0]

    def _always(self, classes: list[str]) -> Iterator[tuple[str, str]]:
        """The properties and values of restrictions above classes."""
        ask = self._triples.values
        for one in [above for iri in classes for above in ask(iri, f"{_RDFS}subClassOf")]:
            for value in ask(one, f"{_OWL}hasValue"):
                yield ask(one, f"{_OWL}onProperty")[0], value

    def _datatype(self, iri: str) -> str:
        """The range of a datatype property; an enumeration counts as strings."""
        found = (self._triples.values(iri, f"{_RDFS}range") or [""])[0]
        return found if ":" in found and not found.startswith("_:") else "enumeration"

    def _classes(self, iri: str, end: str) -> frozenset[str]:
        """Names of our classes that may stand at an end, subclasses included."""
        named: list[str] = []
        for value in self._triples.values(iri, f"{_RDFS}{end}"):
            union = self._triples.values(value, f"{_OWL}unionOf")
            named += self._triples.members(union[0]) if union else [value]
        below = {
            lower
            for upper in named
            for lower in self._triples.subjects(f"{_RDFS}subClassOf", upper)
            if lower.startswith(self._namespace)
        }
        return frozenset(
            name.removeprefix(self._namespace)
            for name in {*named, *below}
            if name.startswith(self._namespace)
        )

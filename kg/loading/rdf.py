"""RDF of any syntax into a graph, by nothing but the file and the ontology.

Only what kg wrote is understood: statements become edges, typed things nodes.
Triples of others are left out, and named graphs are read as their union.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from kg.errors import KgError, UnreadableInput
from kg.export.iris import node_id
from kg.export.terms import oa, rdf, rdfs, xsd
from kg.graph import KnowledgeGraph
from kg.model import Edge, Node, Quote, Scalar, Source, Value, checked
from kg.ontology import load_ontology

__all__ = ["FORMATS", "read", "read_quads"]

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
_BOOLEAN, _DOUBLE, _INTEGER = xsd("boolean"), xsd("double"), xsd("integer")
_TYPE, _LABEL = rdf("type"), rdfs("label")
_ENDS = [rdf(end) for end in ("subject", "predicate", "object")]
_SELECTOR = oa("hasSelector")
_SELECTED = {"offset": oa("start"), "before": oa("prefix"), "after": oa("suffix")}

Terms = list[Any]


def read(data: bytes, suffix: str, name: str, base: str) -> KnowledgeGraph:
    """The graph of a file; `KgError` where it is no such RDF, or contradicts the ontology."""
    try:
        return read_quads(ox.parse(data, format=FORMATS[suffix]), base)
    except SyntaxError as error:
        raise UnreadableInput(f"{name}: {error}") from error
    except (ValueError, IndexError) as error:
        raise KgError(f"{name}: not a graph of kg: {str(error).splitlines()[0]}") from error


def read_quads(quads: Iterable[ox.Quad], base: str) -> KnowledgeGraph:
    """The graph that quads tell of."""
    said: dict[str, dict[str, Terms]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        objects = said[_key(quad.subject)][quad.predicate.value]
        if quad.object not in objects:
            objects.append(quad.object)
    return KnowledgeGraph(_Reader(said, base).facts())


def _key(term: Any) -> str:
    return str(term.value)


def _value(term: Any) -> Scalar:
    kind = term.datatype.value if isinstance(term, ox.Literal) else ""
    if kind == _BOOLEAN:
        return bool(term.value == "true")
    if kind == _DOUBLE:
        return float(term.value)
    return int(term.value) if kind == _INTEGER else str(term.value)


class _Reader:
    """Turns what is said of each subject into facts."""

    def __init__(self, said: dict[str, dict[str, Terms]], base: str) -> None:
        self._said = said
        self._base = base
        self._ontology = load_ontology()
        self._term = self._ontology.namespace.__add__
        self._sources: dict[str, Source] = {}

    def facts(self) -> Iterable[Node | Edge]:
        statement = self._term("Statement")
        kinds = {kind.iri: kind for kind in self._ontology.node_types.values() if not kind.abstract}
        for subject in list(self._said):
            classes = [_key(term) for term in self._said[subject].get(_TYPE, ())]
            if statement in classes:
                yield self._edge(subject)
            elif found := [kinds[iri].name for iri in classes if iri in kinds]:
                yield self._node(subject, found[0])

    def _node(self, subject: str, type: str) -> Node:
        id = node_id(subject, self._base)
        if id.partition(":")[0] not in self._ontology.prefixes:
            raise KgError(f"<{subject}> does not begin with the base <{self._base}>")
        about = self._said[subject]
        labels = about.get(_LABEL, ())
        attributes: dict[str, Value] = {}
        for name, attribute in self._ontology.attributes.items():
            values = [_value(term) for term in about.get(attribute.iri, ())]
            if values and type in attribute.domain:
                several = tuple(sorted(map(str, values)))
                attributes[name] = values[0] if len(values) == 1 else several
        return Node(
            id=id,
            type=type,
            label=labels[0].value if labels else "",
            attributes=attributes,
            sources=self._places(subject),
        )

    def _edge(self, subject: str) -> Edge:
        source, predicate, target = (self._ends(subject, end) for end in _ENDS)
        digests = self._said[subject].get(self._term("inDigest"), ())
        edge = checked(
            Edge,
            {
                "source": node_id(source, self._base),
                "type": predicate.removeprefix(self._ontology.namespace),
                "target": node_id(target, self._base),
                "digest": node_id(_key(digests[0]), self._base) if digests else "",
                **self._values(subject, "section", "basis", "mentions", "weight"),
            },
        )
        return edge._replace(sources=self._places(subject))

    def _ends(self, subject: str, end: str) -> str:
        found = self._said[subject].get(end, ())
        if len(found) != 1:
            raise KgError(f"the statement <{subject}> has {len(found)} of {end.rpartition('#')[2]}")
        return _key(found[0])

    def _places(self, subject: str) -> tuple[Source, ...]:
        found = [self._source(_key(t)) for t in self._said[subject].get(self._term("saidAt"), ())]
        return tuple(sorted(found, key=lambda place: place.sort_key))

    def _source(self, subject: str) -> Source:
        if subject not in self._sources:
            selected = {
                name: _value(value)
                for selector in self._said[subject].get(_SELECTOR, ())
                for name, iri in _SELECTED.items()
                for value in self._said[_key(selector)].get(iri, ())
            }
            known = self._values(
                subject, "file", "section", "line", "column", "startByte", "endByte", "quote"
            )
            said = checked(
                Quote,
                {
                    **{"section": "", "file": "", "text": known.pop("quote", "")},
                    **{"start": known.pop("startByte", None), "end": known.pop("endByte", None)},
                    **known,
                    **selected,
                },
            )
            self._sources[subject] = Source(*said)
        return self._sources[subject]

    def _values(self, subject: str, *names: str) -> dict[str, Scalar]:
        """The first value of each of these attributes that has one."""
        said = self._said[subject]
        found = {name: said.get(self._term(name), ()) for name in names}
        return {name: _value(terms[0]) for name, terms in found.items() if terms}

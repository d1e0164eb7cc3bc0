"""What is said of one IRI: as RDF, or laid out for a page with the lines that say so."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pyoxigraph as ox

from kg.export.iris import node_id
from kg.export.terms import rdf, rdfs
from kg.export.turtle import prefixes
from kg.ids import DEFAULT_BASE
from kg.ontology import NodeType, load_ontology
from kg.serving.asking import Asked
from kg.serving.data import path_of

if TYPE_CHECKING:
    from kg.serving.data import Data
    from kg.serving.pool import Pool

__all__ = ["Group", "Link", "Quote", "View", "about", "address", "view"]

_MOST = 300
"""A page lists no more neighbours of one kind than this."""

_ABOUT = "CONSTRUCT { @ ?p ?o . ?s ?q @ } { { @ ?p ?o } UNION { ?s ?q @ } }"
_NEAR = """
SELECT DISTINCT ?inward ?p ?x ?label ?hint ?type {
  { @ ?p ?x . BIND(false AS ?inward) } UNION { ?x ?p @ . BIND(true AS ?inward) }
  OPTIONAL { ?x rdfs:label ?label }
  OPTIONAL { ?x kg:path ?hint }
  OPTIONAL { ?x a ?type . FILTER(STRSTARTS(STR(?type), STR(kg:))) }
}"""
_SAID = """
SELECT DISTINCT ?p ?x ?inward ?file ?line ?quote {
  { ?said rdf:subject @ ; rdf:object ?x . BIND(false AS ?inward) }
  UNION { ?said rdf:object @ ; rdf:subject ?x . BIND(true AS ?inward) }
  ?said rdf:predicate ?p ; kg:saidAt ?at .
  ?at kg:file ?file ; kg:line ?line ; kg:quote ?quote .
}
ORDER BY ?file ?line"""
_OWN = """
SELECT DISTINCT ?file ?line ?quote {
  @ kg:saidAt ?at . ?at kg:file ?file ; kg:line ?line ; kg:quote ?quote .
}
ORDER BY ?file ?line"""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a digest and where they stand."""

    file: str
    line: str
    text: str


@dataclass(slots=True)
class Link:
    """A neighbour: its page here, or its own address, or none (a value); a topic's hint is its path."""

    label: str
    href: str
    hint: str = ""
    type: NodeType | None = None
    quotes: list[Quote] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """Neighbours by one relation in one direction; `left` of them are not listed."""

    heading: str
    colour: str
    links: list[Link]
    left: int = 0


@dataclass(slots=True)
class View:
    """A page: facts are headings with values, `others` what other vocabularies say."""

    iri: str
    id: str
    label: str
    type: NodeType | None
    facts: list[tuple[str, list[str]]]
    groups: list[Group]
    quotes: list[Quote]
    others: list[tuple[str, list[Link]]]


def about(iri: str) -> Asked:
    """The query for all triples that an IRI stands in."""
    return _asked(_ABOUT, iri)


def address(iri: str, data: Data) -> str:
    """Where this server speaks of an IRI, else the IRI itself if it is a web address, else nothing."""
    path = path_of(iri)
    if data.places.get(path) == iri:
        return path
    if iri in data.subjects:
        return f"/node?iri={quote(iri, safe='')}"
    namespace = load_ontology().namespace
    if iri.startswith(namespace):
        return f"/ontology#{quote(iri.removeprefix(namespace))}"
    return iri if iri.startswith(("http://", "https://")) else ""


async def view(iri: str, data: Data, pool: Pool, language: str) -> View:
    """Asks the workers for everything that a page shows."""
    near = await _rows(pool, _NEAR, iri)
    said: dict[tuple[str, str, str], list[Quote]] = defaultdict(list)
    for row in await _rows(pool, _SAID, iri):
        said[row["p"], row["x"], row["inward"]].append(_quote(row))
    own = [_quote(row) for row in await _rows(pool, _OWN, iri)]
    return _Layout(iri, data, language, near, said).view(own)


async def _rows(pool: Pool, sparql: str, iri: str) -> list[dict[str, str]]:
    reply = await pool.ask(_asked(sparql, iri), rows="json", triples="")
    bindings = json.loads(reply.body)["results"]["bindings"]
    return [
        {name: _text(term) for name, term in row.items()}
        | {"kind": row.get("x", {}).get("type", "")}
        for row in bindings
    ]


def _text(term: dict[str, Any]) -> str:
    value = term["value"]
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _asked(sparql: str, iri: str) -> Asked:
    return Asked(sparql.replace("@", str(ox.NamedNode(iri))), [], [], "")


def _quote(row: dict[str, str]) -> Quote:
    return Quote(row["file"], row["line"], row["quote"])


class _Layout:
    """Sorts rows into the parts of a page."""

    def __init__(
        self, iri: str, data: Data, language: str, near: list[dict[str, str]],
        said: dict[tuple[str, str, str], list[Quote]],
    ) -> None:  # fmt: skip
        self._iri = iri
        self._data = data
        self._language = language
        self._near = near
        self._said = said
        self._ontology = load_ontology()

    def view(self, own: list[Quote]) -> View:
        """The page."""
        types = [row["x"] for row in self._near if row["inward"] == "false" and row["p"] == _TYPE]
        label = next(
            (row["x"] for row in self._near if row["inward"] == "false" and row["p"] == _LABEL), ""
        )
        type = self._type(types)
        return View(
            iri=self._iri,
            id=node_id(self._iri, DEFAULT_BASE) if type else "",
            label=label or self._short(self._iri),
            type=type,
            facts=list(self._facts()),
            groups=[*self._groups("false"), *self._groups("true")],
            quotes=own,
            others=list(self._others(everything=type is None)),
        )

    def _type(self, iris: list[str]) -> NodeType | None:
        kinds = self._ontology.node_types.values()
        return next((kind for kind in kinds if not kind.abstract and kind.iri in iris), None)

    def _facts(self) -> Iterator[tuple[str, list[str]]]:
        for attribute in self._ontology.attributes.values():
            values = self._of(attribute.iri, "false")
            if values:
                yield attribute.label(self._language), sorted({row["x"] for row in values})

    def _groups(self, inward: str) -> Iterator[Group]:
        for kind in self._ontology.edge_types.values():
            rows = self._of(kind.iri, inward)
            if not rows:
                continue
            links: dict[str, Link] = {}
            types: dict[str, list[str]] = defaultdict(list)
            for row in rows:
                types[row["x"]].append(row.get("type", ""))
                links[row["x"]] = self._link(row)
            for iri, link in links.items():
                link.type = self._type(types[iri])
                link.quotes = self._said.get((kind.iri, iri, inward), [])
            ordered = sorted(links.values(), key=lambda link: (link.label.casefold(), link.href))
            heading = kind.label(self._language)
            if inward == "true":
                heading = kind.inverse_labels.get(self._language) or f"{heading} ←"
            left = max(0, len(ordered) - _MOST)
            yield Group(heading, kind.colour, ordered[:_MOST], left)

    def _others(self, everything: bool) -> Iterator[tuple[str, list[Link]]]:
        """What stands under predicates of others; of RDF that is not of kg also who points here."""
        ours = {
            term.iri
            for terms in (self._ontology.attributes, self._ontology.edge_types)
            for term in terms.values()
        }
        found: dict[str, dict[str, Link]] = defaultdict(dict)
        for row in self._near:
            inward = row["inward"] == "true"
            if row["p"] not in ours and (everything or not inward):
                short = self._short(row["p"])
                found[f"← {short}" if inward else short][row["x"]] = self._link(row)
        for heading in sorted(found):
            links = sorted(found[heading].values(), key=lambda link: (link.label, link.href))
            yield heading, links[:_MOST]

    def _of(self, predicate: str, inward: str) -> list[dict[str, str]]:
        return [row for row in self._near if row["p"] == predicate and row["inward"] == inward]

    def _link(self, row: dict[str, str]) -> Link:
        if row["kind"] != "uri":
            return Link(row["x"], "")
        label = row.get("label") or self._short(row["x"])
        return Link(label, address(row["x"], self._data), row.get("hint", ""))

    def _short(self, iri: str) -> str:
        for prefix, namespace in prefixes().items():
            if iri.startswith(namespace) and iri != namespace:
                return f"{prefix}:{iri.removeprefix(namespace)}"
        return iri.removeprefix(DEFAULT_BASE)


_TYPE, _LABEL = rdf("type"), rdfs("label")

"""SPARQL over a graph, digests, a build folder or files of RDF, answered by Oxigraph.

Queries go to pyoxigraph's own store. oxrdflib puts the same engine behind the
API of rdflib, at the price of turning each term of each answer into one of
rdflib's; nothing here needs that API, so it stays a matter for tests and
benchmarks, which compare the three. The file format of questions is described
in `kg.questions`.

Only questions are answered: updates, LOAD and SERVICE are refused. Where the
store comes from is a matter of `kg.stores`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import BadQuery, KgError, UnknownName
from kg.export.terms import xsd
from kg.export.turtle import prefixes
from kg.ids import find_ids, fold, paper_iri
from kg.ontology import load_ontology, ontology_folder
from kg.sparql import check_terms, explain, refuse_changes
from kg.stores import load_store, store_of

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.questions import Parameter, Question

__all__ = [
    "Answer", "Dataset", "Term", "ask", "load_store", "query", "store_of", "term_for",
]  # fmt: skip

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a SELECT; the triples of a CONSTRUCT or DESCRIBE as rows; of an ASK, `truth`.

    `triples` tells the first two apart; `cut` says that there were more than asked for.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]
    truth: bool | None = None
    triples: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query is put to, by IRI: `default` as one, `named` for GRAPH."""

    default: Sequence[str]
    named: Sequence[str]


def query(
    data: KnowledgeGraph | ox.Store, sparql: str, *, dataset: Dataset | None = None,
    limit: int | None = None, strict: bool = True,
) -> Answer:  # fmt: skip
    """Answers a SPARQL 1.1 query, with the usual prefixes declared unless it declares them.

    A `dataset` takes the place of FROM and FROM NAMED. At most `limit` rows are
    fetched. Unless `strict`, a name in our namespace that nobody declared is no
    mistake. Raises `BadQuery`, with line and column and a suggestion where there is one.
    """
    store = data if isinstance(data, ox.Store) else store_of(data)
    refuse_changes(sparql)
    known = prefixes()
    try:
        default, named = _graphs(store, dataset)
        found = store.query(sparql, prefixes=known, default_graph=default, named_graphs=named)
    except SyntaxError as error:
        raise explain(sparql, str(error), known) from error
    if strict:
        namespace = load_ontology().namespace
        check_terms(sparql, known, namespace, _known(), lambda iri: _in_use(store, iri))
    try:
        if isinstance(found, ox.QueryBoolean):
            return Answer((), [], bool(found))
        rows: list[tuple[Term | None, ...]]
        if isinstance(found, ox.QueryTriples):
            columns: tuple[str, ...] = ("subject", "predicate", "object")
            rows = [(t.subject, t.predicate, t.object) for t in islice(found, _more(limit))]
        else:
            columns = tuple(variable.value for variable in found.variables)
            rows = [tuple(solution) for solution in islice(found, _more(limit))]
        cut = limit is not None and len(rows) > limit
        return Answer(columns, rows[:limit], None, isinstance(found, ox.QueryTriples), cut)
    except (OSError, RuntimeError, ValueError) as error:
        raise BadQuery(f"the query cannot be answered: {error}", 0, 0) from error


def _more(limit: int | None) -> int | None:
    """One more than a limit, to see whether there are more."""
    return None if limit is None else limit + 1


def _graphs(store: ox.Store, dataset: Dataset | None) -> tuple[list[Any] | None, list[Any] | None]:
    """The graphs of a dataset, `None` for those that the query or else the store says."""
    if dataset is None:
        return None, None
    for iri in (*dataset.default, *dataset.named):
        try:
            known = store.contains_named_graph(ox.NamedNode(iri))
        except ValueError as error:
            raise BadQuery(f"{iri!r} is no IRI of a graph: {error}", 0, 0) from error
        if not known:
            raise BadQuery(f"there is no graph <{iri}> here", 0, 0)
    return [*map(ox.NamedNode, dataset.default)], [*map(ox.NamedNode, dataset.named)]


def ask(
    data: KnowledgeGraph | ox.Store, question: Question, values: Mapping[str, str] | None = None
) -> Answer:
    """Answers a question; `values` are what a person typed for its parameters."""
    store = data if isinstance(data, ox.Store) else store_of(data)
    terms = {
        name: str(term_for(store, question.parameter(name), value))
        for name, value in (values or {}).items()
    }
    return query(store, question.with_terms(terms))


@cache
def _known() -> frozenset[str]:
    """The local names of everything that the ontology declares."""
    namespace = load_ontology().namespace
    parser = ox.parse(path=ontology_folder() / "kg.ttl", format=ox.RdfFormat.TURTLE)
    subjects = {quad.subject.value for quad in parser if isinstance(quad.subject, ox.NamedNode)}
    return frozenset(s.removeprefix(namespace) for s in subjects if s.startswith(namespace))


def _in_use(store: ox.Store, iri: str) -> bool:
    """Whether a store says something with a name, though the ontology does not declare it."""
    name = ox.NamedNode(iri)
    found = (
        store.quads_for_pattern(None, name, None, None),
        store.quads_for_pattern(None, None, name, None),
        store.quads_for_pattern(name, None, None, None),
    )
    return any(next(quads, None) is not None for quads in found)


# -- what people type, as terms -------------------------------------------------


def term_for(store: ox.Store, parameter: Parameter, value: str) -> Term:
    """The term that a value of a parameter means in a store; `KgError` if it means none."""
    if parameter.kind == "paper":
        return _paper(store, value)
    if parameter.kind == "topic":
        return _topic(store, value)
    if parameter.kind == "relation":
        ontology = load_ontology()
        return ox.NamedNode(ontology.edge_type(value.removeprefix("kg:")).iri)
    if parameter.kind == "month":
        return _month(parameter, value)
    if parameter.kind == "number":
        if not value.strip().isascii() or not value.strip().isdecimal():
            raise KgError(f"{parameter.name} is a number, not {value!r}")
        return ox.Literal(str(int(value)), datatype=ox.NamedNode(xsd("integer")))
    return _text(parameter.name, value)


def _month(parameter: Parameter, value: str) -> Term:
    year, dash, month = value.strip().partition("-")
    plain = (year + month).isascii() and (year + month).isdecimal()
    if not (dash and plain and len(year) == 4 and len(month) == 2 and 1 <= int(month) <= 12):
        raise KgError(f"{parameter.name} is a month such as 2024-03, not {value!r}")
    return ox.Literal(value.strip(), datatype=ox.NamedNode(xsd("gYearMonth")))


def _text(name: str, value: str) -> ox.Literal:
    try:
        return ox.Literal(value)
    except ValueError as error:
        raise KgError(f"{name} is no text that RDF can hold: {error}") from error


def _paper(store: ox.Store, value: str) -> ox.NamedNode:
    """A paper by its identifier, else by a name that it goes by or a thing that it introduces."""
    written = find_ids(value)
    if written and written[0].paper and written[0].start == 0 and written[0].end == len(value):
        node = ox.NamedNode(paper_iri(written[0].paper.node))
        if next(store.quads_for_pattern(node, None, None, None), None) is None:
            raise KgError(f"{written[0].paper.canonical} is not in this graph")
        return node
    names: dict[str, set[ox.NamedNode]] = {}
    spellings: dict[str, str] = {}
    for paper, spelled in _rows(store, _NAMES_OF_PAPERS):
        if isinstance(paper, ox.NamedNode) and isinstance(spelled, ox.Literal):
            names.setdefault(fold(spelled.value), set()).add(paper)
            spellings.setdefault(fold(spelled.value), spelled.value)
    found = sorted(names.get(fold(value), ()), key=lambda node: node.value)
    if len(found) > 1:
        raise KgError(
            f"{value!r} could be {' or '.join(node.value for node in found)}; give the id"
        )
    if not found:
        raise UnknownName("paper", value, sorted(spellings.values()))
    return found[0]


_NAMES_OF_PAPERS = """
SELECT ?paper ?spelled WHERE {
  { ?paper a kg:Paper ; ?by ?spelled . VALUES ?by { kg:name kg:alias rdfs:label } }
  UNION { ?paper kg:introduces/rdfs:label ?spelled }
}
"""


def _topic(store: ox.Store, value: str) -> ox.Literal:
    """A topic's path, by the path or by the label where only one topic has it."""
    paths: dict[str, set[str]] = {}
    for path, label in _rows(store, "SELECT ?path ?l { ?t kg:path ?path ; rdfs:label ?l }"):
        if isinstance(path, ox.Literal) and isinstance(label, ox.Literal):
            paths.setdefault(fold(path.value), set()).add(path.value)
            paths.setdefault(fold(label.value), set()).add(path.value)
    found = sorted(paths.get(fold(value), ()))
    whole = [path for path in found if fold(path) == fold(value)]
    if whole or len(found) == 1:
        return ox.Literal((whole or found)[0])
    if found:
        raise KgError(
            f"{value!r} stands at several places; give one of the paths: {', '.join(found)}"
        )
    raise UnknownName("topic", value, sorted({path for some in paths.values() for path in some}))


def _rows(store: ox.Store, sparql: str) -> list[tuple[Term | None, ...]]:
    return query(store, sparql).rows

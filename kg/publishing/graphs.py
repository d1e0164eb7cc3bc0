"""What is published: the named graphs of TriG and N-Quads, each as Turtle.

What no digest owns (papers, keywords, concept schemes) stands in those formats
in the default graph. A store's default graph is nobody's to replace, and stores
that answer from the union of their named graphs do not even show it: here it is
a named graph too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from kg.errors import KgError, UnreadableInput
from kg.export.blocks import Block, block
from kg.export.terms import written
from kg.export.triples import Triples
from kg.export.turtle import declarations, turtle_text
from kg.graph import KnowledgeGraph
from kg.ids import DEFAULT_BASE
from kg.loading.rdf import read_quads
from kg.pipeline import build
from kg.stores import rdf_format, sort_inputs

__all__ = ["SHARED", "NamedGraph", "named_graphs"]

SHARED = f"{DEFAULT_BASE}shared"
"""The graph of what no digest owns."""

Graphs = dict[str, "_Text"]
Triple = tuple[str, str, str]
"""Its terms as `kg.export.terms` has them."""


@dataclass(frozen=True, slots=True)
class NamedGraph:
    """A graph: its IRI, how many triples it has, and its Turtle."""

    iri: str
    triples: int
    turtle: bytes
    has_blank_nodes: bool = False


def named_graphs(
    inputs: Iterable[str], *, shared: str = SHARED, only: str = "", period: str = "",
    encoding: str = "utf-8",
) -> list[NamedGraph]:  # fmt: skip
    """The graphs of digests (files, folders, `-`), of builds (their folders) and of RDF files.

    `shared` names the graph of what no digest owns, which comes first; `only` puts
    everything into one graph. The digests are built together, as `kg build` does.
    Raises `KgError` for what cannot be read or named.
    """
    for iri in (shared, only):
        _check_iri(iri or shared)
    found: Graphs = defaultdict(_Text)
    files, digests = sort_inputs(inputs)
    for path in files:
        _add_file(found, path, shared, only)
    if digests:
        _add_graph(found, build(*digests, period=period, encoding=encoding), shared, only)
    graphs = [text.graph(iri) for iri, text in found.items()]
    return sorted(graphs, key=lambda graph: (graph.iri != shared, graph.iri))


class _Text:
    """The Turtle of one graph, as it grows."""

    def __init__(self) -> None:
        self._parts = [declarations()]
        self._count = 0
        self._sources = 0
        self._blank = False

    def begin(self) -> None:
        """What comes now comes from another source, and may say the same again."""
        self._sources += 1

    def add(self, block: Block) -> None:
        """A subject with more that is said of it."""
        self._parts.append(turtle_text(block).encode())
        self._count += len(block.form.said)
        ends = (block.subject, *(value for _, value in block.said))
        self._blank = self._blank or any(end.startswith("_:") for end in ends)

    def graph(self, iri: str) -> NamedGraph:
        """The whole of it, with the declarations that all parts have in common."""
        turtle = b"\n".join(self._parts)
        count = self._count
        if self._sources > 1:
            count = len(set(ox.parse(turtle, format=ox.RdfFormat.TURTLE)))
        return NamedGraph(iri, count, turtle, self._blank)


def _check_iri(iri: str) -> None:
    """A store wants an absolute IRI for a graph."""
    try:
        name = ox.NamedNode(iri)
    except ValueError as error:
        raise KgError(f"{iri!r} cannot name a graph: {error}") from error
    if ":" not in name.value or "#" in name.value.partition(":")[0]:
        raise KgError(f"{iri!r} cannot name a graph: it is no absolute IRI")


def _add_graph(
    found: Graphs, graph: KnowledgeGraph, shared: str, only: str, seen: set[Triple] | None = None
) -> None:
    """Shares a graph out to its digests; `seen` gets all its triples."""
    begun: set[str] = set()
    for owner, some in Triples(graph, DEFAULT_BASE).owned():
        iri = only or (owner or shared)
        if iri not in begun:
            begun.add(iri)
            found[iri].begin()
        found[iri].add(some)
        if seen is not None:
            seen.update((some.subject, *pair) for pair in some.said)


def _add_file(found: Graphs, path: Path, shared: str, only: str) -> None:
    """A file as its graphs have it; one without named graphs as kg would share it out."""
    quads = _read(path)
    if only or any(quad.graph_name != ox.DefaultGraph() for quad in quads):
        _add_quads(found, quads, shared, only)
        return
    try:
        graph = read_quads(quads, DEFAULT_BASE)
    except (KgError, ValueError, IndexError) as error:
        raise KgError(
            f"{path}: not a graph of kg ({str(error).splitlines()[0]}), so that nothing tells its "
            "named graphs; name one for all of it with --graph IRI"
        ) from error
    known: set[Triple] = set()
    _add_graph(found, graph, shared, only, known)
    _add_quads(found, (quad for quad in quads if _written(quad.triple) not in known), shared, only)


def _add_quads(found: Graphs, quads: Iterable[ox.Quad], shared: str, only: str) -> None:
    named: dict[str, list[ox.Triple]] = defaultdict(list)
    for quad in quads:
        name = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name.value)
        named[only or name or shared].append(quad.triple)
    for iri, some in named.items():
        _check_iri(iri)
        found[iri].begin()
        said = dict.fromkeys(map(_written, some))
        for subject, about in groupby(said, key=lambda triple: triple[0]):
            found[iri].add(block(subject, [(predicate, value) for _, predicate, value in about]))


def _written(triple: ox.Triple) -> Triple:
    return written(triple.subject), written(triple.predicate), written(triple.object)


def _read(path: Path) -> list[ox.Quad]:
    try:
        parsed: Iterator[ox.Quad] = ox.parse(
            path.read_bytes(), format=rdf_format(path), rename_blank_nodes=True
        )
        return list(parsed)
    except OSError as error:
        raise UnreadableInput(f"{path}: {error.strerror or error}") from error
    except SyntaxError as error:
        raise UnreadableInput(f"{path}: {error}") from error

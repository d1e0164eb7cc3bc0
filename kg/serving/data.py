"""What is served: the quads in a file for the workers, the map, and which IRI lies at which path."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox

from kg.errors import KgError
from kg.ids import DEFAULT_BASE
from kg.stores import sort_inputs, store_from

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

__all__ = ["Data", "load", "path_of"]

_ASCII = "".join(map(chr, range(0x21, 0x7F)))
_LOCAL = re.compile(r"https?://[^/?#]+(/[^#]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Data:
    """`places` leads from a path of the server, with its query, to an IRI that is spoken of."""

    file: Path
    title: str
    map: bytes | None
    """The page of the map; None where the RDF is not a graph of kg."""
    triples: int
    graphs: tuple[str, ...]
    subjects: frozenset[str]
    places: dict[str, str]


def load(inputs: Iterable[str], period: str, encoding: str, folder: Path) -> Data:
    """Reads digests and files of RDF as `kg query` does, and writes what workers need into a folder."""
    from kg.pipeline import build

    files, digests = sort_inputs(inputs)
    graph = build(*digests, period=period, encoding=encoding) if digests else None
    store = store_from(files, graph, named=True)
    file = folder / "quads.nq"
    store.dump(file, format=ox.RdfFormat.N_QUADS)
    whole = _graph_of(store) if files else graph
    found = store.query("SELECT DISTINCT ?s { ?s ?p ?o . FILTER(isIRI(?s)) }")
    assert isinstance(found, ox.QuerySolutions)
    subjects = sorted(str(solution[0].value) for solution in found)
    places: dict[str, str] = {}
    for iri in subjects:
        path = path_of(iri)
        if path:
            places.setdefault(path, iri)
    return Data(
        file=file,
        title=(whole.title if whole else "") or "RDF",
        map=_map(whole),
        triples=sum(1 for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph())),
        graphs=tuple(sorted(str(graph.value) for graph in store.named_graphs())),
        subjects=frozenset(subjects),
        places=places,
    )


def path_of(iri: str) -> str:
    """The path of an IRI, as a browser would ask for it; empty where it is no web address of its own."""
    found = _LOCAL.fullmatch(iri)
    return normal(found[1]) if found else ""


def normal(path: str) -> str:
    """A path in one spelling: what is no ASCII is escaped, an apostrophe is not."""
    return quote(path, safe=_ASCII, errors="surrogatepass").replace("%27", "'")


def _graph_of(store: ox.Store) -> KnowledgeGraph | None:
    """The graph that RDF tells of; None if it tells of none."""
    from kg.loading.rdf import read_quads

    try:
        graph = read_quads(
            store.quads_for_pattern(None, None, None, ox.DefaultGraph()), DEFAULT_BASE
        )
    except (KgError, ValueError, IndexError):
        return None
    return graph if next(iter(graph.nodes()), None) else None


def _map(graph: KnowledgeGraph | None) -> bytes | None:
    from kg.export.html import dump

    return b"".join(dump(graph, {"SPARQL": "/sparql"})) if graph else None

"""Stores of Oxigraph from graphs, digests, folders of a build and files of RDF.

The default graph holds everything: what a file says in named graphs is put there
too, each triple once, since Oxigraph's own union of graphs counts a triple for
each graph that has it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import UnreadableInput
from kg.export import nquads, ntriples

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

__all__ = ["load_store", "rdf_format", "sort_inputs", "store_from", "store_of"]

_SUFFIXES = (".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf", ".owl", ".n3")
_GRAPHS = ("graph.ttl", "graph.nt", "graph.trig", "graph.nq", "graph.jsonld")


def store_of(graph: KnowledgeGraph) -> ox.Store:
    """The triples of a graph in a store of Oxigraph; kept until the graph changes."""
    if "store" not in graph.memo:
        store = ox.Store()
        store.bulk_load(b"".join(ntriples.dump(graph)), format=ox.RdfFormat.N_TRIPLES)
        graph.memo["store"] = store
    found: ox.Store = graph.memo["store"]
    return found


def load_store(inputs: Iterable[str], period: str = "", encoding: str = "utf-8") -> ox.Store:
    """Files of RDF, folders of a build, and digests (files, folders, `-`) in one store."""
    from kg.pipeline import build

    files, digests = sort_inputs(inputs)
    graph = build(*digests, period=period, encoding=encoding) if digests else None
    return store_from(files, graph)


def sort_inputs(inputs: Iterable[str]) -> tuple[list[Path], list[str]]:
    """What people name, apart: files of RDF (that of a folder which was built), and digests."""
    digests: list[str] = []
    files: list[Path] = []
    for item in inputs:
        path = Path(item)
        built = [path / name for name in _GRAPHS if (path / name).is_file()]
        if built:
            files.append(built[0])
        elif path.suffix.lower() in _SUFFIXES:
            files.append(path)
        else:
            digests.append(item)
    return files, digests


def rdf_format(path: Path) -> ox.RdfFormat:
    """The format of a file that `sort_inputs` takes for RDF, by its suffix."""
    found = ox.RdfFormat.from_extension(path.suffix.lower().lstrip(".").replace("owl", "rdf"))
    assert found is not None
    return found


def store_from(
    files: Iterable[Path], graph: KnowledgeGraph | None = None, *, named: bool = False
) -> ox.Store:
    """Files of RDF and a graph in one store; `named` adds a named graph for each of its digests."""
    files = list(files)
    if graph is not None and not files and not named:
        return store_of(graph)
    store = ox.Store()
    for path in files:
        try:
            store.bulk_load(path=path, format=rdf_format(path))
        except SyntaxError as error:
            raise UnreadableInput(f"{path}: {error}") from error
        except OSError as error:
            raise UnreadableInput(f"{path}: {error.strerror or error}") from error
    for name in list(store.named_graphs()):
        inside = list(store.quads_for_pattern(None, None, None, name))
        store.bulk_extend(ox.Quad(*quad.triple) for quad in inside)
    if graph is not None:
        store.bulk_load(b"".join(ntriples.dump(graph)), format=ox.RdfFormat.N_TRIPLES)
        if named:
            store.bulk_load(b"".join(nquads.dump(graph)), format=ox.RdfFormat.N_QUADS)
    return store

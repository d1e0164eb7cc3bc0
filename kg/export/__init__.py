"""Writing a graph to files: one format per module, each loaded only when asked for."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError, UnknownName

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

__all__ = ["FORMATS", "Format", "losses", "replace_file", "write"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its suffix, the module with `dump(graph) -> Iterable[bytes]`, how to open a file of it."""

    suffix: str
    module: str
    use: str
    usual: bool = True
    """Whether it is written where nobody says which formats to write."""


FORMATS = {
    "ttl": Format(".ttl", "turtle", "ask it in SPARQL (rdflib, Oxigraph, Jena …)"),
    "nt": Format(".nt", "ntriples", "read it line by line (any RDF tool)", usual=False),
    "nq": Format(".nq", "nquads", "load it into a store, a named graph per digest", usual=False),
    "trig": Format(".trig", "trig", "read it, a named graph per digest", usual=False),
    "jsonld": Format(".jsonld", "jsonld", "read it as JSON, or as RDF (JSON-LD 1.1)", usual=False),
    "graphml": Format(".graphml", "graphml", "open it in Gephi, Cytoscape, igraph or networkx"),
    "html": Format(".html", "html", "open it in a browser (offline, by double click)"),
}


def write(graph: KnowledgeGraph, format: str, path: str | Path) -> Path:
    """Writes `graph` to `path` in a format; an existing file is replaced whole or not at all."""
    if format not in FORMATS:
        raise UnknownName("format", format, list(FORMATS))
    module = import_module(f"kg.export.{FORMATS[format].module}")
    path = Path(path)
    replace_file(path, module.dump(graph))
    return path


def losses(graph: KnowledgeGraph, format: str) -> list[str]:
    """What a format cannot carry of `graph`, a line for each kind of loss."""
    module = import_module(f"kg.export.{FORMATS[format].module}")
    return list(module.losses(graph)) if hasattr(module, "losses") else []


def replace_file(path: Path, chunks: Iterable[bytes]) -> None:
    """Writes bytes beside `path` and renames, so that a failure leaves the old file as it was."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as error:
        raise KgError(f"cannot write {path}: {error.strerror or error}") from error
    try:
        with os.fdopen(handle, "wb") as stream:
            for chunk in chunks:
                stream.write(chunk)
        umask = os.umask(0)
        os.umask(umask)
        part = Path(name)
        part.chmod(0o666 & ~umask)
        part.replace(path)
    except OSError as error:
        raise KgError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        Path(name).unlink(missing_ok=True)

"""Writing a graph to files: one format per module, each loaded only when asked for."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError, UnknownName
from kg.export.files import compressed, replace_file, replace_folder

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

__all__ = ["DEFAULT", "FORMATS", "Format", "format_of", "losses", "replace_file", "write"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its suffix, its module, how to open a file of it.

    The module has `dump(graph) -> Iterable[bytes]`, or, if the format is a folder,
    `dump_folder(graph) -> Iterable[tuple[str, Iterable[bytes]]]`: names and contents.
    """

    suffix: str
    module: str
    use: str
    folder: bool = False


FORMATS = {
    "ttl": Format(".ttl", "turtle", "ask it in SPARQL (rdflib, Oxigraph, Jena …)"),
    "nt": Format(".nt", "ntriples", "read it line by line (any RDF tool)"),
    "nq": Format(".nq", "nquads", "load it into a store, a named graph per digest"),
    "trig": Format(".trig", "trig", "read it, a named graph per digest"),
    "jsonld": Format(".jsonld", "jsonld", "read it as JSON, or as RDF (JSON-LD 1.1)"),
    "graphml": Format(".graphml", "graphml", "open it in Gephi, Cytoscape, igraph or networkx"),
    "html": Format(".html", "html", "open it in a browser (offline, by double click)"),
    "gexf": Format(".gexf", "gexf", "open it in Gephi or Gephi Lite, with a timeline"),
    "csv": Format(".csv", "neo4j", "neo4j-admin database import; see import.cypher in it", True),
    "cypher": Format(".cypher", "cypher", "run it: cypher-shell -f (Neo4j 5 and later)"),
    "json": Format(".json", "nodelink", "load it with networkx.node_link_graph, or in D3"),
    "cyjs": Format(".cyjs", "cyjs", "open it in Cytoscape, or show it with Cytoscape.js"),
}
DEFAULT = ("ttl", "graphml", "html")
"""What is written when nothing is asked for."""
_PACKED = ".gz"


def format_of(path: Path) -> str:
    """The format that a file's name ends in, `.gz` or not; empty if it is none."""
    suffix = (path.with_suffix("") if path.suffix.lower() == _PACKED else path).suffix.lower()
    return next((name for name, format in FORMATS.items() if format.suffix == suffix), "")


def write(graph: KnowledgeGraph, format: str, path: str | Path) -> Path:
    """Writes `graph` to `path` in a format; what exists is replaced whole or not at all.

    A path that ends in `.gz` is compressed, always to the same bytes.
    """
    if format not in FORMATS:
        raise UnknownName("format", format, list(FORMATS))
    module = import_module(f"kg.export.{FORMATS[format].module}")
    path = Path(path)
    packed = path.suffix.lower() == _PACKED
    if FORMATS[format].folder:
        if packed:
            raise KgError(f"{path}: {format} is a folder of files, which is not compressed")
        replace_folder(path, module.dump_folder(graph))
    else:
        chunks = module.dump(graph)
        replace_file(path, compressed(chunks) if packed else chunks)
    return path


def losses(graph: KnowledgeGraph, format: str) -> list[str]:
    """What a format cannot carry of `graph`, a line for each kind of loss."""
    module = import_module(f"kg.export.{FORMATS[format].module}")
    return list(module.losses(graph)) if hasattr(module, "losses") else []

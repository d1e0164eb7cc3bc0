"""Files that kg wrote, read back into the graph they were made of."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError, UnreadableInput
from kg.ids import DEFAULT_BASE

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

__all__ = ["READERS", "load"]

READERS = {
    ".ttl": "rdf",
    ".nt": "rdf",
    ".nq": "rdf",
    ".trig": "rdf",
    ".jsonld": "rdf",
    ".graphml": "graphml",
}
"""From a suffix to the module with `read(data, suffix, name, base) -> KnowledgeGraph`."""


def load(path: str | Path, base: str = DEFAULT_BASE) -> KnowledgeGraph:
    """The graph that a file of kg tells of, chosen by its suffix: RDF of any kind, or GraphML.

    RDF gives an equal graph, GraphML one whose `diagnostics` say what the
    format did not carry. `base` is the one that the file was written with.
    Raises `kg.KgError` for files that cannot be read or that are not of kg.
    """
    path = Path(path)
    module = READERS.get(path.suffix.lower())
    if module is None:
        raise KgError(f"{path}: cannot be read back; a file of kg ends in {', '.join(READERS)}")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(f"{path}: {error.strerror or error}") from error
    read = import_module(f"kg.loading.{module}").read
    graph: KnowledgeGraph = read(data, path.suffix.lower(), str(path), base)
    return graph

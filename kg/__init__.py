"""kg turns research digests into a knowledge graph.

>>> import kg
>>> graph = kg.build("examples/ai-research-2024-03.md")
>>> graph.export("html", "graph.html")
"""

from __future__ import annotations

from importlib import import_module

__version__ = "0.1.0"

TYPE_CHECKING = False  # typing costs 5 ms, a third of bare Python
if TYPE_CHECKING:
    from typing import Any

    from kg.diagnostics import Diagnostic
    from kg.errors import KgError
    from kg.graph import KnowledgeGraph
    from kg.loading import load
    from kg.model import Edge, Node, Source
    from kg.pipeline import build

__all__ = ["Diagnostic", "Edge", "KgError", "KnowledgeGraph", "Node", "Source", "build", "load"]

_HOME = {
    "Diagnostic": "kg.diagnostics",
    "Edge": "kg.model",
    "KgError": "kg.errors",
    "KnowledgeGraph": "kg.graph",
    "Node": "kg.model",
    "Source": "kg.model",
    "build": "kg.pipeline",
    "load": "kg.loading",
}


def __getattr__(name: str) -> Any:
    """Loads each public name when it is first asked for: `kg --help` must feel instant."""
    if name not in _HOME:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

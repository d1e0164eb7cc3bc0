"""The graph as a networkx MultiDiGraph: plain attributes, ready for its algorithms.

Nothing is lost but the spans of text: of an edge's sources the first line is
kept, of a node's none. A list stays a tuple of strings.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph import KnowledgeGraph
    from kg.model import Edge

__all__ = ["edge_key", "to_networkx"]


def to_networkx(graph: KnowledgeGraph) -> nx.MultiDiGraph[str]:
    """A MultiDiGraph of its own; changing it leaves `graph` as it is.

    Nodes have `type`, `label` and their attributes by name; edges `type`,
    `weight`, `mentions`, `digest`, `section`, `line` (0: unknown) and, on
    citations, `basis`; the graph has `title`. The key of an edge is its type,
    `g.edges[idea, paper, "buildsOn"]`, and where two edges between the same
    nodes share it, type, basis and digest: `buildsOn('name', 'digest:2024-03')`.
    """
    import networkx as nx

    graph.check()
    found: nx.MultiDiGraph[str] = nx.MultiDiGraph(title=graph.title)
    for node in graph.nodes():
        found.add_node(node.id, type=node.type, label=node.label)
        found.nodes[node.id].update(node.attributes)
    edges = list(graph.edges())
    parallel = Counter((edge.source, edge.type, edge.target) for edge in edges)
    for edge in edges:
        alone = parallel[edge.source, edge.type, edge.target] == 1
        found.add_edge(edge.source, edge.target, edge_key(edge, alone), **_attributes(edge))
    return found


def edge_key(edge: Edge, alone: bool) -> str:
    """The key of an edge: its type, and what tells it apart where it is not alone of its type."""
    return edge.type if alone else f"{edge.type}({edge.basis!r}, {edge.digest!r})"


def _attributes(edge: Edge) -> dict[str, Any]:
    basis = {"basis": edge.basis} if edge.basis else {}
    return {
        "type": edge.type,
        "weight": float(edge.weight),
        **basis,
        "mentions": edge.mentions,
        "digest": edge.digest,
        "section": edge.section,
        "line": edge.line,
    }

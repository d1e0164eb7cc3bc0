"""`kg show`: a node with its facts and the lines that say so, or what a line became."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable

from kg.cli.terminal import Paint

TYPE_CHECKING = False  # typing costs 5 ms, a third of bare Python
if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.ledger import Ledger
    from kg.model import Edge, Node, Source

SUMMARY = "show a node and the lines that say so, or what a line became"
DESCRIPTION = """\
Shows a node of the graph of some digests, by its id, arXiv id, name or label: its attributes, its
relations, and for each the words of the digest. Or, for FILE:LINE, what became of that line.
"""
EXAMPLES = """\
examples:
  kg show GaLore digest.md
  kg show 2403.03507 2024/
  kg show digest.md:195
"""
_LINE = re.compile(r"(.+):(\d+)")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    parser.add_argument("what", metavar="NODE|FILE:LINE", help="what to show")
    parser.add_argument("inputs", nargs="*", metavar="DIGEST", help="the digests to look in")


def run(options: argparse.Namespace) -> int:
    """Builds in memory and prints."""
    from pathlib import Path

    from kg.errors import KgError
    from kg.ledger import keep_ledger
    from kg.pipeline import build_documents
    from kg.reading import read_documents

    line = _LINE.fullmatch(options.what)
    by_line = line is not None and Path(line[1]).is_file()
    if not by_line and not options.inputs:
        raise KgError("name the digests to look in: kg show NODE DIGEST…")
    inputs = options.inputs or [line[1] if line else ""]
    documents = read_documents(inputs, options.encoding)
    graph = build_documents(documents, options.period)
    paint = Paint(sys.stdout, options.no_color)
    if line and by_line:
        document = next(
            (d for d in documents if Path(d.path).resolve() == Path(line[1]).resolve()), None
        )
        if document is None:
            raise KgError(f"{line[1]} is not among the digests")
        _line(keep_ledger(document, graph), graph, int(line[2]), paint)
        return 0
    for number, node in enumerate(_find(graph, options.what)):
        if number:
            print()
        _node(graph, node, paint)
    return 0


def _find(graph: KnowledgeGraph, what: str) -> list[Node]:
    """Nodes by id, else by identifier, else by name or label without case."""
    from kg.errors import UnknownName
    from kg.ids import find_ids, fold

    if what in graph:
        return [graph.node(what)]
    written = find_ids(what)
    if written and written[0].paper and written[0].paper.node in graph:
        return [graph.node(written[0].paper.node)]
    words = fold(what)
    found = [node for node in graph.nodes() if words in map(fold, _names(node))]
    if not found:
        raise UnknownName("node", what, sorted({name for n in graph.nodes() for name in _names(n)}))
    return found


def _names(node: Node) -> Iterable[str]:
    alias = node.attributes.get("alias", ())
    return (node.label, *(alias if isinstance(alias, tuple) else (str(alias),)))


def _node(graph: KnowledgeGraph, node: Node, paint: Paint) -> None:
    print(f"{paint(node.label, 'bold')}  {node.type}  {node.id}")
    for name, value in node.attributes.items():
        for one in value if isinstance(value, tuple) else (value,):
            print(f"  {name}: {one}")
    for place in node.sources:
        print(f"    {_said(place)}")
    for edge in graph.neighbours().get(node.id, []):
        print(f"  {_relation(graph, edge, node.id)}")
        for place in edge.sources:
            print(f"    {_said(place)}")


def _relation(graph: KnowledgeGraph, edge: Edge, seen_from: str) -> str:
    basis = f" (by {edge.basis})" if edge.basis else ""
    if edge.source == seen_from:
        return f"{edge.type} → {graph.node(edge.target).label} [{edge.target}]{basis}"
    return f"{edge.type} ← {graph.node(edge.source).label} [{edge.source}]{basis}"


def _said(place: Source) -> str:
    text = " ".join(place.text.split())
    return f"{place.file}:{place.line}:{place.column} “{text if len(text) <= 100 else text[:99] + '…'}”"


def _line(ledger: Ledger, graph: KnowledgeGraph, line: int, paint: Paint) -> None:
    from kg.errors import KgError
    from kg.model import Node

    document = ledger.document
    if not 1 <= line <= len(document.line_starts):
        raise KgError(f"{document.path} has {len(document.line_starts)} lines")
    begins = [*document.line_starts, len(document.data)]
    start, end = begins[line - 1], begins[line]
    print(document.data[start:end].decode(errors="replace").rstrip("\r\n"))
    for entry in ledger.entries:
        if entry.line == line:
            print(f"  {entry.column:>4}  {entry.account:<11}{entry.text[:90]}")
    for fact in ledger.facts_at(start, end):
        if isinstance(fact, Node):
            print(f"  {paint(fact.type, 'bold')} {fact.label} [{fact.id}]")
        else:
            ends = f"{graph.node(fact.source).label} → {graph.node(fact.target).label}"
            print(f"  {paint(fact.type, 'bold')} {ends}")
    for diagnostic in graph.diagnostics:
        if diagnostic.file == document.name and diagnostic.line == line:
            print(f"  {diagnostic}")

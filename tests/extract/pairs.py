"""Fixture files of pairs: a title, a digest, and the facts that must come of it.

Each part ends in a line with a single dot. The facts are written one per line,
without what the ids say already, so that a reader can check them by eye.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import kg

FIXTURES = Path(__file__).with_name("fixtures")


class Pair(NamedTuple):
    title: str
    text: str
    expected: str
    line: int


def read_pairs(path: Path) -> list[Pair]:
    """All pairs of a file, with the line each begins at."""
    pairs, part, parts, begin = [], [], [], 1
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line != ".":
            part.append(line)
            continue
        parts.append("\n".join(part))
        part = []
        if len(parts) == 3:
            pairs.append(Pair(*parts, line=begin))
            parts, begin = [], number + 1
    assert not parts, f"{path.name}: the last pair is not finished"
    assert not part, f"{path.name}: lines after the last pair"
    return pairs


def render(graph: kg.KnowledgeGraph) -> str:
    """Every fact of a graph in a line: nodes with attributes, edges with quotes, diagnostics."""
    lines = []
    for node in graph.nodes():
        derived = {"identifier", "url", "published", "path", "depth", "period"}
        values = [
            f"{name}={' & '.join(value) if isinstance(value, tuple) else value!r}"
            for name, value in sorted(node.attributes.items())
            if name not in derived
        ]
        lines.append(" ".join([node.id, f"“{node.label}”", *values]))
    for edge in graph.edges():
        if edge.type == "partOf":
            continue
        basis = f" by {edge.basis}" if edge.basis else ""
        quotes = " ".join(f"[{place.line}:{place.column} {place.text}]" for place in edge.sources)
        lines.append(f"{edge.source} -{edge.type}-> {edge.target}{basis} {quotes}")
    lines += [str(diagnostic) for diagnostic in graph.diagnostics]
    return "\n".join(line.replace("\n", "⏎") for line in lines)

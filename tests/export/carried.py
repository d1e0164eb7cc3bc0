"""Who carries what: a table made by reading our files with each program."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from kg import Edge, KnowledgeGraph, Node
from kg.export.drawing import Drawing
from kg.export.sheet import start_of
from tests.export.readers import Read, same

Pair = tuple[Any, Any]
"""What the graph says and what the program has."""

YES, NO = "yes", "–"
TITLES = {
    "graphml": "GraphML", "gexf": "GEXF", "json": "JSON", "cyjs": "CYJS", "csv": "CSV",
    "cypher": "Cypher",
}  # fmt: skip


def verdict(pairs: Iterable[Pair]) -> str:
    """How all the values of a row arrive, in a word."""
    found = list(pairs)
    if not found:
        return "?"
    ways: list[tuple[str, Callable[[Any, Any], bool]]] = [
        (YES, same),
        (NO, lambda _, there: there is None),
        ("joined by ;", lambda said, there: isinstance(said, tuple) and ";".join(said) == there),
        ("one line", lambda said, there: str(said).replace("\n", " ") == there),
        ("as text", lambda said, there: str(said) == there),
        ("first 7 of 10", lambda said, there: str(said)[:7] == there),
    ]
    for word, way in ways:
        if all(way(*pair) for pair in found):
            return word
    wrong = next(pair for pair in found if not same(*pair))
    return f"differs: {str(wrong)[:80]}"


def rows(graph: KnowledgeGraph, read: Read) -> Iterator[tuple[str, str]]:
    """Name and verdict of each row for what one program has read."""
    yield from node_rows(graph, read)
    yield from edge_rows(graph, read)


def node_rows(graph: KnowledgeGraph, read: Read) -> Iterator[tuple[str, str]]:
    nodes, drawing = list(graph.nodes()), Drawing(graph)

    def row(name: str, value: Callable[[Node], Any], column: str = "") -> tuple[str, str]:
        there = ((value(n), read.nodes.get(n.id, {}).get(column or name)) for n in nodes)
        return f"node: {name}", verdict(pair for pair in there if pair[0] is not None)

    def of_kind(kind: Callable[[Any], bool], label: str) -> tuple[str, str]:
        pairs = (
            (value, read.nodes.get(n.id, {}).get(name))
            for n in nodes
            for name, value in n.attributes.items()
            if kind(value)
        )
        return f"node: {label}", verdict(pairs)

    shown = all(cells.get("id", id) == id for id, cells in read.nodes.items())
    whole = set(read.nodes) == {n.id for n in nodes}
    yield "node: id", ("yes" if shown else "&#38; for &") if whole else "differs"
    yield row("type", lambda n: n.type)
    yield row("label", lambda n: n.label)
    yield of_kind(lambda v: isinstance(v, str) and "\n" not in v, "texts of one line")
    yield of_kind(lambda v: isinstance(v, str) and "\n" in v, "texts of several lines")
    yield of_kind(lambda v: isinstance(v, int) and not isinstance(v, bool), "integers")
    yield of_kind(lambda v: isinstance(v, bool), "true and false")
    yield of_kind(lambda v: isinstance(v, tuple), "lists")
    yield row("first line", lambda n: n.sources[0].line if n.sources else None, "source_line")
    yield row("first day", lambda n: start_of(graph, n) or None, "start")
    yield row("colour", lambda n: graph.ontology.node_type(n.type).colour, "color")
    yield row("size", lambda n: drawing.of(n.id).size, "size")
    xs, ys = row("x", lambda n: drawing.of(n.id).x), row("y", lambda n: drawing.of(n.id).y)
    yield "node: position", xs[1] if xs[1] == ys[1] else f"{xs[1]}; {ys[1]}"
    timeline = any("since" in cells for cells in read.nodes.values())
    yield "node: on the timeline", YES if timeline else NO


def edge_rows(graph: KnowledgeGraph, read: Read) -> Iterator[tuple[str, str]]:
    there: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for cells in read.edges:
        there[cells["source"], cells["target"], cells.get("type", "")].append(cells)
    here: dict[tuple[str, str, str], list[Edge]] = defaultdict(list)
    for edge in graph.edges():
        here[edge.source, edge.target, edge.type].append(edge)
    single = [(edges[0], there[ends][0]) for ends, edges in here.items() if len(edges) == 1 and there[ends]]  # fmt: skip

    def row(name: str, value: Callable[[Edge], Any], column: str = "") -> tuple[str, str]:
        pairs = ((value(edge), cells.get(column or name)) for edge, cells in single)
        return f"edge: {name}", verdict(pair for pair in pairs if pair[0] is not None)

    terms = graph.ontology.edge_types
    yield "edge: ends and type", YES if set(there) == set(here) else "differs"
    counts = {ends: len(there[ends]) for ends, edges in here.items() if len(edges) > 1}
    apart = all(count == len(here[ends]) for ends, count in counts.items())
    joined = all(count == 1 for count in counts.values())
    word = "yes" if apart else "joined" if joined else "differs"
    yield "edge: bases and digests apart", word
    yield row("label", lambda e: terms[e.type].label())
    yield row("weight", lambda e: e.weight)
    yield row("mentions", lambda e: e.mentions)
    yield row("basis", lambda e: e.basis or None)
    yield row("digest", lambda e: e.digest or None)
    yield row("section", lambda e: e.section or None)
    yield row("line", lambda e: e.line or None)
    yield row("all lines", lambda e: ";".join(dict.fromkeys(str(s.line) for s in e.sources)) or None, "source_lines")  # fmt: skip
    yield row("first day", lambda e: "2024-03-01" if e.digest.endswith("2024-03") else None, "start")  # fmt: skip
    yield row("colour", lambda e: terms[e.type].colour, "color")


def table(columns: dict[tuple[str, str], dict[str, str]]) -> str:
    """The table as Markdown, a column for each format and program."""
    names = list(next(iter(columns.values())))
    head = ["", *(f"{TITLES[format]}: {program}" for format, program in columns)]
    lines = [head, ["---"] * len(head)]
    lines += [[name, *(found[name] for found in columns.values())] for name in names]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def columns(text: str) -> dict[tuple[str, str], dict[str, str]]:
    """The table read back."""
    head, _, *lines = ([c.strip() for c in line.strip("|\n").split("|")] for line in text.splitlines() if line)  # fmt: skip
    formats = {title: format for format, title in TITLES.items()}
    found: dict[tuple[str, str], dict[str, str]] = {}
    for place, title in enumerate(head[1:], 1):
        format, _, program = title.partition(": ")
        found[formats[format], program] = {line[0]: line[place] for line in lines}
    return found


HERE = Path(__file__).with_name("carried.md")

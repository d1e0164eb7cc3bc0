"""Checks that every source of a graph is where it says, computed without kg."""

from __future__ import annotations

import re
from collections.abc import Iterator

import kg
from kg.pipeline import build_documents
from kg.reading import Document

BREAK = re.compile(r"\r\n|\r|\n")


def sources(graph: kg.KnowledgeGraph) -> Iterator[kg.Source]:
    for fact in (*graph.nodes(), *graph.edges()):
        yield from fact.sources


def line_and_column(data: bytes, offset: int) -> tuple[int, int]:
    """Counted from 1, columns in characters; a byte order mark takes no column."""
    before = BREAK.split(data[:offset].decode().removeprefix("\ufeff"))
    return len(before), len(before[-1]) + 1


def check_places(graph: kg.KnowledgeGraph, files: dict[str, bytes]) -> int:
    """Fails at the first source that is not where it says; returns how many there are."""
    count = 0
    for place in sources(graph):
        data = files[place.file]
        assert 0 <= place.start <= place.end <= len(data)
        assert data[place.start : place.end].decode() == place.text, place
        assert (place.line, place.column) == line_and_column(data, place.start), place
        count += 1
    for remark in graph.diagnostics:
        lines = BREAK.split(files[remark.file].decode())
        assert 0 <= remark.line <= len(lines), remark
        if remark.line:
            assert 1 <= remark.column <= len(lines[remark.line - 1]) + 1, remark
    return count


def build_text(text: str, name: str = "2024-03.md", period: str = "") -> kg.KnowledgeGraph:
    """The graph of one text, with all its places checked."""
    document = Document(text, name)
    graph = build_documents([document], period)
    check_places(graph, {name: document.data})
    return graph

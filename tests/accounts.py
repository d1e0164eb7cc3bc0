"""All that kg knows of one text, and whether its ledger is complete; computed without the ledger."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import Counter, defaultdict

from digests import ID

import kg
from kg.diagnostics import Diagnostic
from kg.ledger import ACCOUNTS, Ledger, keep_ledger
from kg.lint import lint
from kg.pipeline import build_documents
from kg.reading import Document, read_outline

__all__ = ["Account", "check_complete"]

BREAK = re.compile(r"\r\n|\r|\n")


class Account:
    """All that is known of one text."""

    def __init__(self, text: str, name: str = "2024-03.md") -> None:
        self.document = Document(text, name)
        self.graph = build_documents([self.document])
        self.ledger: Ledger = keep_ledger(self.document, self.graph)
        outline = read_outline(self.document)
        found = [*self.graph.diagnostics, *lint(self.graph, [outline])]
        self.remarks: list[Diagnostic] = [*found, *self.ledger.diagnostics(found)]

    @property
    def holds(self) -> tuple[object, ...]:
        """The facts, without their places."""
        nodes = {
            (node.id, node.label, tuple(sorted((k, str(v)) for k, v in node.attributes.items())))
            for node in self.graph.nodes()
        }
        edges = {(*edge.key, edge.mentions) for edge in self.graph.edges()}
        return nodes, edges, sorted((d.code, d.message) for d in self.remarks)

    def written(self) -> Counter[str]:
        return Counter(ID.findall(self.document.text))

    def held(self) -> Counter[str]:
        """Mentions that the graph holds, counted by their place."""
        places = {
            (node.id, place.start)
            for node in self.graph.nodes("Paper")
            for place in node.sources
            if ID.fullmatch(place.text)
        }
        return Counter(node.removeprefix("paper:") for node, _ in places)


def check_sources(document: Document, graph: kg.KnowledgeGraph) -> None:
    """Every source is where it says: `check_places` for long texts."""
    begins = [0, *(match.end() for match in re.finditer(rb"\r\n|\r|\n", document.data))]
    for fact in (*graph.nodes(), *graph.edges()):
        for place in fact.sources:
            assert document.data[place.start : place.end].decode() == place.text
            line = bisect_right(begins, place.start)
            before = document.data[begins[line - 1] : place.start].decode().removeprefix("\ufeff")
            assert (place.line, place.column) == (line, len(before) + 1), place


def check_complete(account: Account) -> None:
    """Every non-blank line is accounted for, each of its characters once."""
    document = account.document
    check_sources(document, account.graph)
    rows = BREAK.split(document.text)
    by_line: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for entry in account.ledger.entries:
        assert entry.account in ACCOUNTS
        assert document.position(entry.start)[0] == entry.line
        assert document.data[entry.start : entry.end].decode().strip() == entry.text
        if entry.start >= document.start or entry.line > 1:
            row, first = rows[entry.line - 1], entry.text.splitlines()[0]
            marked = row.startswith("\ufeff")
            assert row[
                entry.column - 1 + (0 if not marked else row[entry.column - 1 :].find(first)) :
            ].startswith(first), entry
        by_line[entry.line].append((entry.start, entry.end))
    begins = [*document.line_starts, len(document.data)]
    for number, (begin, end) in enumerate(itertools.pairwise(begins), 1):
        if not document.data[begin:end].decode().removeprefix("\ufeff").strip():
            continue
        covered = bytearray(end - begin)
        for start, stop in by_line[number]:
            assert begin <= start < stop <= end
            assert not any(covered[start - begin : stop - begin]), f"line {number} twice"
            covered[start - begin : stop - begin] = b"x" * (stop - start)
        free = bytes(
            b for b, taken in zip(document.data[begin:end], covered, strict=True) if not taken
        )
        assert not free.decode().removeprefix("\ufeff").strip(), f"line {number}: {free!r}"

"""The ledger: what became of every run of text in a digest.

Each stretch of a non-blank line ends in exactly one account: `fact` (a node or
edge has it as its source), `structure` (headings, labels, table heads and rules,
markup), `decoration` (placeholders, comments) or `lost` (not understood). The
graph's sources are the books; the outline only says what is layout.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from kg.diagnostics import Diagnostic
from kg.extract.labels import field_at_start, find_fields
from kg.extract.parts import Part, split_parts
from kg.graph import KnowledgeGraph
from kg.lexicon import load_lexicon
from kg.model import Edge, Node
from kg.reading import Block, Document, Outline, read_outline
from kg.rules import remark

__all__ = ["ACCOUNTS", "Entry", "Ledger", "keep_ledger"]

ACCOUNTS = ("fact", "structure", "decoration", "lost")
_BLANK, _FACT, _STRUCTURE, _DECORATION, _LOST = range(5)
_FIELDS = {
    "SOTA_HIGHLIGHTS": ("keywords", "breakthrough", "impact"),
    "NOVEL_TECH_CONTRIBUTIONS": ("assessment",),
    "GAPS_AND_OPPORTUNITIES": ("gap", "opportunity"),
    "FUTURE_IDEAS": ("motivation", "novelty", "approach", "evaluation", "risk"),
}
_SAYS_SO = (
    "entry-without-paper", "impossible-id", "prose-in-tree", "stray-words", "unresolved-duplicate",
)  # fmt: skip
"""Remarks that a reader makes on words it does not use."""
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_RULE = re.compile(
    rb"^[ \t>]*(?:\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*|```.*|~~~.*|[*_=]{3,})[ \t\r]*$",
    re.MULTILINE,
)
_LINK = re.compile(
    rb"[*_`]*\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+[\"'(][^\"')]*[\"')])?\)|\[[^\]\n]*\])"
)
_DEFINITION = re.compile(rb"^[ ]{0,3}\[[^\]\n]+\]:[^\n]*$", re.MULTILINE)
_MARKERS = re.compile(rb"^[ \t>]*(?:(?:[-+*]|[0-9]{1,9}[.)])[ \t]+)+", re.MULTILINE)
_WORD = re.compile(r"\w")
_RUN = re.compile(rb"(.)\1*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """A run of text of one line and the account it went to; `start` and `end` are bytes."""

    line: int
    column: int
    start: int
    end: int
    account: str
    section: str
    text: str


@dataclass(slots=True)
class Ledger:
    """The account of one document."""

    document: Document
    entries: list[Entry]
    identifiers: Counter[str]
    """Written identifiers by section."""
    unheld: list[Diagnostic]
    """Identifiers that are written, but that no paper of the graph has as its source."""
    facts: list[tuple[int, int, Node | Edge]] = field(default_factory=list)
    """Every fact of this document by the bytes that say it."""

    def counts(self) -> dict[str, dict[str, int]]:
        """For each section, in order, how many runs went to each account."""
        found: dict[str, dict[str, int]] = {}
        for entry in self.entries:
            row = found.setdefault(entry.section, dict.fromkeys(ACCOUNTS, 0))
            row[entry.account] += 1
        return found

    def lost(self) -> list[Entry]:
        """What was not understood."""
        return [entry for entry in self.entries if entry.account == "lost"]

    def diagnostics(self, known: list[Diagnostic]) -> Iterator[Diagnostic]:
        """A remark for each lost run on whose line nothing was said yet."""
        yield from self.unheld
        lines = {(d.file, d.line) for d in known if d.code in _SAYS_SO}
        for entry in self.lost():
            if (self.document.name, entry.line) not in lines:
                shown = entry.text if len(entry.text) <= 60 else entry.text[:59] + "…"
                yield remark(
                    "not-understood",
                    f"not in the graph: {shown}",
                    self.document.name,
                    entry.line,
                    entry.column,
                )

    def facts_at(self, start: int, end: int) -> list[Node | Edge]:
        """The facts that a stretch of bytes has a part in, the closest first."""
        found = [
            (b - a, n, fact) for n, (a, b, fact) in enumerate(self.facts) if a < end and b > start
        ]
        return [fact for _, _, fact in sorted(found, key=lambda item: item[:2])]


def keep_ledger(document: Document, graph: KnowledgeGraph) -> Ledger:
    """Accounts for every run of text of a document that `graph` was built from."""
    outline = read_outline(document)
    parts = split_parts(outline, load_lexicon())
    paint = bytearray(len(document.data))
    facts = [
        (place.start, place.end, fact)
        for fact in _facts(graph)
        for place in fact.sources
        if place.file == document.name
    ]
    for start, end, _ in facts:
        paint[start:end] = bytes([_FACT]) * (end - start)
    remarked = {
        d.line for d in graph.diagnostics if d.file == document.name and d.code == "placeholder"
    }
    sections = _paint_layout(outline, parts, paint, remarked)
    entries = list(_entries(document, paint, sections))
    written = list(_written(outline, parts))
    held = {
        (node.id, place.start, place.end)
        for node in graph.nodes("Paper")
        for place in node.sources
        if place.file == document.name
    }
    unheld = [
        remark(
            "identifier-lost", f"{paper} is written here", document.name, *document.position(start)
        )
        for _, paper, start, end in written
        if (paper, start, end) not in held
    ]
    return Ledger(document, entries, Counter(section for section, *_ in written), unheld, facts)


def _written(outline: Outline, parts: list[Part]) -> Iterator[tuple[str, str, int, int]]:
    """Every identifier of a paper in the text: section, paper, and its bytes."""
    for part in parts:
        for block in part.everything():
            for mention in block.mentions():
                if mention.paper:
                    place = block.source(outline.document, part.section, mention.start, mention.end)
                    yield part.section, mention.paper.node, place.start, place.end


def _facts(graph: KnowledgeGraph) -> Iterator[Node | Edge]:
    yield from graph.nodes()
    yield from graph.edges()


def _paint_layout(
    outline: Outline, parts: list[Part], paint: bytearray, placeholders: set[int]
) -> list[tuple[int, str]]:
    """Marks what is layout; returns where each section begins."""
    data = outline.document.data.replace("\ufeff".encode(), b"   ", 1)
    paint[: outline.document.start] = bytes([_STRUCTURE]) * outline.document.start
    sections = [(0, "")]
    for part in parts:
        for block in part.everything():
            if block.pieces:
                begin = data.rfind(b"\n", 0, block.pieces[0].first) + 1
                sections.append((begin, part.section))
                break
        if part.heading is not None:
            _mark(part.heading, 0, len(part.heading.text), _STRUCTURE, paint)
        for block in part.blocks:
            for one in block.cells or (block,):
                header = block.header
                _paint_block(outline, one, part.section, header, paint, placeholders)
    for pattern, account in (
        (_COMMENT, _DECORATION),
        (_RULE, _STRUCTURE),
        (_DEFINITION, _STRUCTURE),
        (_MARKERS, _STRUCTURE),
    ):
        for match in pattern.finditer(data):
            free = [i for i in range(*match.span()) if paint[i] == _BLANK]
            for i in free:
                paint[i] = account
    return sections


def _paint_block(
    outline: Outline,
    block: Block,
    section: str,
    header: bool,
    paint: bytearray,
    placeholders: set[int],
) -> None:
    if header:
        _mark(block, 0, len(block.text), _STRUCTURE, paint)
    lexicon, among = load_lexicon(), _FIELDS.get(section, ())
    labels = list(find_fields(block, lexicon, among))
    first = field_at_start(block, lexicon, among)
    for label in (*labels, *([first] if first else [])):
        _mark(block, label.start, label.content, _STRUCTURE, paint)
    for start, end, _ in block.links:
        behind = _LINK.match(outline.document.data, block.span(start, end)[1])
        if behind:
            paint[behind.start() : behind.end()] = bytes([_STRUCTURE]) * len(behind[0])
    if block.pieces and outline.document.position(block.pieces[0].first)[0] in placeholders:
        _mark(block, 0, len(block.text), _DECORATION, paint)


def _mark(block: Block, start: int, end: int, account: int, paint: bytearray) -> None:
    first, last = block.span(start, end)
    paint[first:last] = bytes([account]) * (last - first)


def _entries(
    document: Document, paint: bytearray, sections: list[tuple[int, str]]
) -> Iterator[Entry]:
    """The runs of each line: words by their account; what has no word and no account is markup."""
    begins = [*document.line_starts, len(document.data)]
    place = before = 0
    for line, (begin, after) in enumerate(pairwise(begins), 1):
        while place + 1 < len(sections) and sections[place + 1][0] <= begin:
            place += 1
        start = begin
        while start < after:
            run = _RUN.match(paint, start, after)
            assert run is not None
            account, end = paint[start], run.end()
            text = document.data[start:end].decode(errors="replace")
            if text.strip("\ufeff").strip():
                kind = _LOST if account == _BLANK and _WORD.search(text) else account or _STRUCTURE
                lead = len(text) - len(text.lstrip())
                column = document.position(start, before)[1] + lead
                yield Entry(
                    line, column, start, end, ACCOUNTS[kind - 1], sections[place][1], text.strip()
                )
            before += len(text)
            start = end

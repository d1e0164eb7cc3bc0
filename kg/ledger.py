"""The ledger: what became of every run of text in a digest.

Each stretch of a non-blank line ends in exactly one account: `fact` (a node or
edge has it as its source), `structure` (headings, labels, table heads and rules,
markup), `decoration` (placeholders, comments) or `lost` (not understood). The
graph's sources are the books; the outline only says what is layout.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import itemgetter

from kg.diagnostics import Diagnostic
from kg.extract.labels import field_at_start, find_fields
from kg.extract.references import parts_of
from kg.graph import KnowledgeGraph
from kg.held import Held
from kg.ids import find_ids, fold
from kg.lexicon import Lexicon, load_lexicon
from kg.model import Edge, Node, Source
from kg.reading import Block, Document, Outline, read_outline
from kg.reading.hidden import DEFINITION, TAG
from kg.reading.unseen import COMMENT, unseen
from kg.rules import remark
from kg.wording import key

__all__ = ["ACCOUNTS", "Entry", "Layout", "Ledger", "keep_ledger"]

ACCOUNTS = ("fact", "structure", "decoration", "lost")
_BLANK, _FACT, _STRUCTURE, _DECORATION, _LOST = range(5)
_FIELDS = {
    "TOPIC_TREE": ("paper",),
    "SOTA_HIGHLIGHTS": ("paper", "keywords", "breakthrough", "impact"),
    "NOVEL_TECH_CONTRIBUTIONS": ("paper", "assessment"),
    "GAPS_AND_OPPORTUNITIES": ("gap", "opportunity"),
    "FUTURE_IDEAS": ("title", "motivation", "novelty", "approach", "evaluation", "risk"),
}
_CARDS = ("rank", "paper", "title", "technique", "reason")
"""What else the first cell of a row may be called, in a table that is one entry."""
_SAYS_SO = (
    "entry-without-paper", "impossible-id", "prose-in-tree", "stray-words", "unresolved-duplicate",
)  # fmt: skip
"""Remarks that a reader makes on words it does not use."""
_SETTLES = {"placeholder": _DECORATION, "group-label": _STRUCTURE}
"""Remarks that tell what account the block they are about goes to."""
_RULE = re.compile(
    rb"^[ \t>]*(?:\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*|[*_=]{3,})[ \t\r]*$",
    re.MULTILINE,
)
_FENCE = re.compile(rb"^[ \t>]*(?:`{3,}|~{3,})[ \t]*[^\s`]*", re.MULTILINE)
"""A fence of code with the name of its language; more words behind it are words."""
_LINK = re.compile(
    rb"[*_`]*\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+[\"'(][^\"')]*[\"')])?\)|\[[^\]\n]*\])"
)
_MARKERS = re.compile(rb"^[ \t>]*(?:(?:[-+*]|[0-9]{1,9}[.)]|\[[ xX]\])[ \t]+)+", re.MULTILINE)
_TAG = re.compile(TAG.pattern.encode(), re.IGNORECASE)
_WORD = re.compile(r"[^\W_]")
_CALLED = re.compile(r"(?:[(\[（]|\A[\s*_`]*)([^()\[\]（）:：*_`]+?)[:：]?[\s*_`]*[(\[`]?\Z")
_NEAR = 24
_MARKED = re.compile(rb"[^\0]+")
_RUN = re.compile(rb"(.)\1*", re.DOTALL)
_UNPAINTED = re.compile(rb"\0+")


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


class Layout:
    """What the outline of a document tells of its layout, and the identifiers written in it."""

    def __init__(self, outline: Outline) -> None:
        self.marks = bytearray(len(outline.document.data))
        """For each byte whether it is layout, whatever else has it as its source."""
        self.sections = [(0, "")]
        """Where each section begins."""
        self.written: list[tuple[str, str, int, int]] = []
        """Every identifier of a paper: section, paper, and its bytes."""
        self._spans = array("Q")
        document, lexicon = outline.document, load_lexicon()
        self.marks[: document.start] = bytes([_STRUCTURE]) * document.start
        for part in parts_of(outline, lexicon):
            blocks = list(part.everything())
            first = next((block.pieces[0].first for block in blocks if block.pieces), -1)
            if first >= 0:
                self.sections.append((document.data.rfind(b"\n", 0, first) + 1, part.section))
            for block in blocks:
                for mention in block.mentions():
                    if mention.paper:
                        self._label_before(block, mention.start, lexicon)
                        span = block.span(mention.start, mention.end)
                        self.written.append((part.section, mention.paper.node, *span))
            if part.heading is not None:
                self._mark(part.heading, 0, len(part.heading.text))
            for block in part.blocks:
                fields = _FIELDS.get(part.section, ())
                label = block.cells[0] if fields and block.cells[1:] else None
                if label and lexicon.field(label.text.strip(" *_:："), (*fields, *_CARDS)):
                    self._mark(label, 0, len(label.text))
                counts = block.cells[0] if part.section == "TOPIC_TREE" and block.cells else None
                if counts and counts.text.strip(" .#").isdigit():
                    self._mark(counts, 0, len(counts.text))
                for one in block.cells or (block,):
                    self._see(one, block.header, fields, lexicon, document)

    def blocks_at(self, document: Document, lines: set[int]) -> Iterator[tuple[int, int]]:
        """The bytes of the blocks that begin on these lines."""
        for first, last in zip(self._spans[::2], self._spans[1::2], strict=True) if lines else ():
            if document.position(first)[0] in lines:
                yield first, last

    def _see(
        self, block: Block, header: bool, fields: tuple[str, ...], lexicon: Lexicon,
        document: Document,
    ) -> None:  # fmt: skip
        if header:
            self._mark(block, 0, len(block.text))
        if fields:
            first = field_at_start(block, lexicon, fields)
            for label in (*find_fields(block, lexicon, fields), *([first] if first else [])):
                self._mark(block, label.start, label.content)
        for start, end, url in block.links:
            behind = _LINK.match(document.data, block.span(start, end)[1])
            while behind:  # an image within a link has two ends
                self.marks[behind.start() : behind.end()] = bytes([_STRUCTURE]) * len(behind[0])
                behind = _LINK.match(document.data, behind.end())
            if fold(block.text[start:end]) in lexicon.names["addresses"] and not find_ids(url):
                self._mark(block, start, end)
        if block.pieces:
            self._spans.extend(block.span(0, len(block.text)))

    def _label_before(self, block: Block, start: int, lexicon: Lexicon) -> None:
        """Marks what an identifier is called before it, in their bracket or in front: `(paper: ID)`, `Paper ID`."""
        found = _CALLED.search(block.text, max(0, start - _NEAR), start)
        if found and lexicon.field(found[1], ("paper",)):
            self._mark(block, found.start(1), found.end())

    def _mark(self, block: Block, start: int, end: int) -> None:
        first, last = block.span(start, end)
        self.marks[first:last] = bytes([_STRUCTURE]) * (last - first)


@dataclass
class Ledger:
    """The account of one document."""

    document: Document
    graph: KnowledgeGraph
    identifiers: Counter[str]
    """Written identifiers by section."""
    unheld: list[Diagnostic]
    """Identifiers that are written, but that no paper of the graph has as its source."""
    hidden: list[Diagnostic]
    """Identifiers in comments: what a writer took out of the text is no part of the graph."""
    _paint: bytearray
    _sections: list[tuple[int, str]]

    @cached_property
    def entries(self) -> list[Entry]:
        """All runs, in the order of the text."""
        return [self._entry(*run) for run in self._runs(_RUN)]

    def counts(self) -> dict[str, dict[str, int]]:
        """For each section, in order, how many runs went to each account."""
        found: dict[str, dict[str, int]] = {}
        for entry in self.entries:
            row = found.setdefault(entry.section, dict.fromkeys(ACCOUNTS, 0))
            row[entry.account] += 1
        return found

    def lost(self) -> list[Entry]:
        """What was not understood."""
        return [self._entry(*run) for run in self._runs(_UNPAINTED) if run[0] == _LOST]

    def diagnostics(self, known: list[Diagnostic]) -> Iterator[Diagnostic]:
        """A remark for each lost run on whose line nothing was said yet."""
        yield from (*self.unheld, *self.hidden)
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
            (place.end - place.start, fact)
            for fact, place in _facts(self.graph, self.document)
            if place.start < end and place.end > start
        ]
        return [fact for _, fact in sorted(found, key=lambda item: item[0])]

    def _runs(self, painted: re.Pattern[bytes]) -> Iterator[tuple[int, int, int, str]]:
        """The runs of each line that are painted so: account, bytes and text.

        Words go by their account; what has no account, and no word but “and”, is markup.
        """
        for run in painted.finditer(self._paint):
            start, account = run.start(), self._paint[run.start()]
            for line in self.document.data[start : run.end()].splitlines(keepends=True):
                text = line.decode(errors="replace")
                if text.strip("\ufeff").strip():
                    blank = _LOST if _WORD.search(text) and key(text) else _STRUCTURE
                    yield account or blank, start, start + len(line), text
                start += len(line)

    def _entry(self, account: int, start: int, end: int, text: str) -> Entry:
        line, column = self.document.position(start)
        begin = self.document.line_starts[line - 1]
        section = self._sections[bisect_right(self._sections, begin, key=itemgetter(0)) - 1][1]
        lead = len(text) - len(text.lstrip())
        name = ACCOUNTS[account - 1]
        return Entry(line, column + lead, start, end, name, section, text.strip())


def keep_ledger(document: Document, graph: KnowledgeGraph, layout: Layout | None = None) -> Ledger:
    """Accounts for every run of text of a document in `graph`; `layout` saves reading it again."""
    layout = layout or Layout(read_outline(document))
    paint = bytearray(len(document.data))
    holds = Held(graph, document.data, layout.marks)
    said = bytes([_FACT])
    for fact, place in _facts(graph, document):
        if holds(fact, place):
            paint[place.start : place.end] = said * (place.end - place.start)
    for match in _MARKED.finditer(layout.marks):
        paint[match.start() : match.end()] = match[0]
    for code, account in _SETTLES.items():
        lines = {d.line for d in graph.diagnostics if (d.file, d.code) == (document.name, code)}
        for first, last in layout.blocks_at(document, lines):
            paint[first:last] = bytes([account]) * (last - first)
    _paint_markup(document, paint)
    held = {
        (node.id, place.start, place.end)
        for node in graph.nodes("Paper")
        for place in node.sources
        if place.file == document.name
    }
    written = {(paper, start, end) for _, paper, start, end in layout.written}
    unheld, hidden = list[Diagnostic](), list[Diagnostic]()
    gone = [(start, paper, False) for paper, start, _ in sorted(written - held, key=itemgetter(1))]
    found = unseen(document, held | written)
    gone += ((one.pieces[0].first, one.text, one.kind == "comment") for one in found)
    for start, paper, aside in gone:
        code = "hidden-identifier" if aside else "identifier-lost"
        words = "stands in a comment, and is not in the graph" if aside else "is written here"
        spot = document.position(start)
        one = remark(code, f"{paper} {words}", document.name, *spot)
        (hidden if aside else unheld).append(one)
    identifiers = Counter(section for section, *_ in layout.written)
    return Ledger(document, graph, identifiers, unheld, hidden, paint, layout.sections)


def _facts(graph: KnowledgeGraph, document: Document) -> Iterator[tuple[Node | Edge, Source]]:
    """Every fact with each place of a document that says it."""
    facts: Iterator[Node | Edge] = chain(graph.nodes(), graph.edges())
    for fact in facts:
        for place in fact.sources:
            if place.file == document.name:
                yield fact, place


def _paint_markup(document: Document, paint: bytearray) -> None:
    """Marks what is markup wherever nothing else is said of it."""
    data = document.data.replace("\ufeff".encode(), b"   ", 1)
    for pattern, account in (
        (COMMENT, _DECORATION),
        (_RULE, _STRUCTURE),
        (_FENCE, _STRUCTURE),
        (DEFINITION, _STRUCTURE),
        (_MARKERS, _STRUCTURE),
        (_TAG, _STRUCTURE),
    ):
        said = bytes([account, *range(1, 256)])
        for match in pattern.finditer(data):
            first, last = match.span()
            paint[first:last] = paint[first:last].translate(said)

"""How entries are laid out: the identifiers they open with, the labels of their fields, their titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.extract.parts import Part
from kg.ids import PaperId
from kg.lexicon import Lexicon, strip_number
from kg.reading import Block

__all__ = [
    "Field",
    "Lead",
    "bold_head",
    "entries_with_papers",
    "field_at_start",
    "find_fields",
    "lead_ids",
    "logical_lines",
]

_BETWEEN_IDS = re.compile(r"[\s,;|&/+\[\]()`*]*(?:(?:and|và|y|et|und)\s+)?[\s\[(`*]*")
_OPENING = re.compile(r"[\s\[(`*_\"'“#]*")
_CLOSING = re.compile(r"[\s\])`*_\"'”]*")
_REMARK = re.compile(r"\(([^()]*)\)\s*(?=[|:–—·-])")
_SEPARATOR = re.compile(r"\s*(?:[|:：·–—;,]|-(?=\s)|→|=>)\s*")
_COLON = re.compile(r"\s*[:：]\s*")
_SENTENCE_ENDS = '.!?…:;)]|–—→-\n”"。！？；'


class Lead(NamedTuple):
    """The identifiers a text opens with, a remark in brackets behind them, and where the text goes on."""

    papers: list[tuple[int, int, PaperId]]
    remark: str
    end: int
    separated: bool


def lead_ids(block: Block, start: int = 0) -> Lead | None:
    """Reads `ID | text`, `ID, ID – text`, `[ID] (remark): text`; None if no identifier comes first."""
    papers: list[tuple[int, int, PaperId]] = []
    end = start
    for mention in block.mentions():
        if mention.start < start:
            continue
        pattern = _BETWEEN_IDS if papers else _OPENING
        if not pattern.fullmatch(block.text, end, mention.start):
            break
        end = mention.end
        if mention.paper:
            papers.append((mention.start, mention.end, mention.paper))
    if not papers:
        return None
    close = _CLOSING.match(block.text, end)
    end = close.end() if close else end
    remark = _REMARK.match(block.text, end)
    if remark:
        end = remark.end()
    separator = _SEPARATOR.match(block.text, end)
    return Lead(
        papers, remark[1] if remark else "", separator.end() if separator else end, bool(separator)
    )


class Field(NamedTuple):
    """A label in a text: the field it names, where the label begins and where its content does."""

    name: str
    start: int
    content: int


def field_at_start(block: Block, lexicon: Lexicon, among: tuple[str, ...]) -> Field | None:
    """The field whose label a block opens with: bold, italic, or ending in a colon."""
    if block.kind == "heading":
        name = lexicon.field(strip_number(block.text)[1].strip(" :：*"), among)
        return Field(name, 0, len(block.text)) if name else None
    begin = len(block.text) - len(block.text.lstrip(" \n→-–•·*"))
    for start, end in (*block.strong[:1], *block.emphasis[:1]):
        if start <= begin < end:
            name = lexicon.field(block.text[begin:end].strip(" :："), among)
            if name:
                behind = _COLON.match(block.text, end)
                return Field(name, begin, behind.end() if behind else end)
    head, colon, _ = block.text[begin : begin + 80].replace("：", ":").partition(":")
    name = lexicon.field(head, among) if colon else ""
    if not name:
        return None
    end = begin + len(head) + 1
    return Field(name, begin, end + len(block.text[end:]) - len(block.text[end:].lstrip()))


def find_fields(
    block: Block, lexicon: Lexicon, among: tuple[str, ...], start: int = 0
) -> Iterator[Field]:
    """Every label within a text that stands at the start of a sentence and ends in a colon."""
    text = block.text
    last = max(text.rfind(":"), text.rfind("：")) + 1
    if last <= start:
        return
    styled = [begin for begin, _ in (*block.strong, *block.emphasis)]
    for name in among:
        for match in lexicon.labels[name].finditer(text, start, last):
            begin = match.start()
            before = text[:begin].rstrip(" \t*_(")
            first = match[1][0]
            fresh = not before or before[-1] in _SENTENCE_ENDS
            capital = first != first.lower() or first.lower() == first.upper()
            if begin in styled or (fresh and capital):
                behind = text[match.end() :]
                yield Field(name, begin, len(text) - len(behind.lstrip()))


def bold_head(block: Block) -> int:
    """Where the bold run that a block opens with ends, its colon included; 0 if there is none."""
    if not block.strong:
        return 0
    start, end = block.strong[0]
    if block.text[:start].strip(" \n✨★*_\"'“(["):
        return 0
    colon = _COLON.match(block.text, end)
    return colon.end() if colon else end


def logical_lines(block: Block, lexicon: Lexicon, among: tuple[str, ...]) -> list[Block]:
    """The lines of a paragraph apart, where lines of it open with a field's label."""
    if "\n" not in block.text:
        return [block]
    return block.lines(lambda line: field_at_start(line, lexicon, among) is not None)


def entries_with_papers(
    part: Part, lines: Iterable[Block]
) -> Iterator[tuple[Lead | None, list[Block]]]:
    """The entries of a section whose entries are about papers, each with the lines nested in it.

    An entry begins where a line opens with an identifier, or an outermost line
    has one behind its title. Lines above the first entry, and outermost items
    without a paper, come alone with None. `lines` are the section's blocks, rows
    of tables made into lines.
    """
    lead: Lead | None = None
    group: list[Block] = []
    for block in lines:
        for line in block.lines(lambda line: lead_ids(line) is not None):
            outer = line.depth <= part.base
            found = lead_ids(line) or (_lead_behind_title(line) if outer or not group else None)
            if found is None and group and not (outer and line.kind == "item"):
                group.append(line)
                continue
            if group:
                yield lead, group
            lead, group = found, [line] if found else []
            if found is None:
                yield None, [line]
    if group:
        yield lead, group


def _lead_behind_title(block: Block) -> Lead | None:
    first = next((mention.start for mention in block.mentions() if mention.paper), None)
    return None if first is None else lead_ids(block, first)

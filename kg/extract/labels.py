"""How entries are laid out: the identifiers they open with, the labels of their fields, their titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from kg.ids import PaperId
from kg.lexicon import Lexicon, strip_number
from kg.reading import Block
from kg.reading.lines import ARROW, ARROWS, PICTURE

__all__ = [
    "Field",
    "Lead",
    "bold_head",
    "field_at_start",
    "find_fields",
    "lead_behind_title",
    "lead_ids",
    "logical_lines",
    "unknown_label",
]

_BETWEEN_IDS = re.compile(
    r"(?:\s+[–—-]\s+|[\s,，、;；|｜·•&/+\[\]()（）【】`*]*)"
    r"(?:(?:and|và|y|et|und|vs\.?|versus|with|với|con|avec|mit)\s+)?[\s\[(`*]*"
)
_OPENING = re.compile(r"[\s|｜\[(（【`*_~\"'“#]*")
_CLOSING = re.compile(r"[\])）】`*_~\"'”]*[\s\])）】`*_~]*")
"""Marks behind an identifier; a quotation mark behind a space opens what follows."""
_REMARK = re.compile(r"(?:[(（]([^()（）]*)[)）]|[\[【]([^\[\]【】]*)[\]】])\s*(?=[|｜:：–—·-])")
_SEPARATOR = re.compile(rf"\s*(?:[|｜:：·–—;；,，]+|[-/](?=\s)|{ARROW})\s*")
_COLON = re.compile(r"\s*[:：]\s*")
_MARK = re.compile(rf"(?:[:：]|{ARROW})\s*")
_MARKED = re.compile(f"[:：>➡{ARROWS}]")
"""What each such mark has in it; a set of characters is searched for much faster."""
_BEHIND = re.compile(rf"\s*{_MARK.pattern}|\s+[–—-]+\s+")
_ENDS = f" .{ARROWS}"
_FAR = 80
_COUNTED = re.compile(r"\d{1,2}[.)]\s+(?=\S)")
_SENTENCE_ENDS = f'.!?…:;)]|｜·•–—{ARROWS}\ufe0f>-\n”"。！？；：）】」』'
_PARTS = ("|", "｜", "·", "•", ";", "；")
"""What parts fields on one line, so that a label behind it needs no capital."""
_PICTURE = re.compile(rf"\s*{PICTURE}\s*\Z")


class Lead(NamedTuple):
    """The identifiers a text opens with, a remark in brackets behind them, and where the text goes on."""

    papers: list[tuple[int, int, PaperId]]
    remark: str
    end: int
    separated: bool
    begin: int = 0
    """Where the title in front of them ends."""
    inside: tuple[int, int] = (0, 0)
    """The words before them in their bracket: `Title (Name, ID)`."""


def lead_ids(block: Block, start: int = 0) -> Lead | None:
    """Reads `ID | text`, `ID, ID – text`, `[ID] (remark): text`; None if no identifier comes first."""
    papers: list[tuple[int, int, PaperId]] = []
    end = start
    for mention in block.mentions_between(start):
        pattern = _BETWEEN_IDS if papers else _OPENING
        # the address of a link may tell the paper that its text writes wrongly
        over = mention.start < end and mention.linked and not papers
        if not (over or pattern.fullmatch(block.text, end, mention.start)):
            break
        end = mention.end
        if mention.paper:
            papers.append((mention.start, mention.end, mention.paper))
    return _lead(block, papers, end) if papers else None


def _lead(block: Block, papers: list[tuple[int, int, PaperId]], end: int) -> Lead:
    """Identifiers with what stands behind them: closing marks, a remark in brackets, a separator."""
    close = _CLOSING.match(block.text, end)
    end = close.end() if close else end
    remark = _REMARK.match(block.text, end)
    if remark:
        end = remark.end()
    separator = _SEPARATOR.match(block.text, end)
    return Lead(
        papers,
        (remark[1] or remark[2] or "") if remark else "",
        separator.end() if separator else end,
        bool(separator),
    )


class Field(NamedTuple):
    """A label in a text: the field it names, where the label begins and where its content does."""

    name: str
    start: int
    content: int


def field_at_start(
    block: Block, lexicon: Lexicon, among: tuple[str, ...], dashed: bool = False
) -> Field | None:
    """The field whose label a block opens with: bold, italic, or ending in a colon or an arrow.

    If `dashed`, a dash behind a plain one will do as well. A line of a paragraph may be counted.
    """
    if block.kind == "heading":
        name = lexicon.field(strip_number(block.text)[1].strip(" :：*"), among)
        return Field(name, 0, len(block.text)) if name else None
    begin = len(block.text) - len(block.text.lstrip(f" \n-–•·*{ARROWS}"))
    counted = _COUNTED.match(block.text, begin) if block.kind == "text" else None
    begin = counted.end() if counted else begin
    for start, end in (*block.strong[:1], *block.emphasis[:1]):
        if start <= begin < end:
            name = lexicon.field(block.text[begin:end].strip(" :："), among)
            if name:
                behind = _BEHIND.match(block.text, end)
                return Field(name, begin, behind.end() if behind else end)
    if not (dashed or _MARKED.search(block.text, begin, begin + _FAR)):
        return None
    ends = _BEHIND if dashed else _MARK
    marks = islice(ends.finditer(block.text, begin, begin + _FAR), 2)
    for mark in sorted(marks, key=lambda mark: mark[0].strip() not in ":："):
        name = lexicon.field(block.text[begin : mark.start()], among)
        if name:
            return Field(name, begin, mark.end())
    return None


def find_fields(
    block: Block, lexicon: Lexicon, among: tuple[str, ...], start: int = 0
) -> Iterator[Field]:
    """Every label within a text that stands at the start of a sentence and ends in a colon.

    Behind a bold or italic one an arrow or a dash will do, or in it a full stop. One in
    small letters has a bar, a semicolon or nothing at all before it, in its line where
    several lines begin so; keywords may stand in a bracket, as may an assessment in the last.
    """
    text = block.text
    for begin, end in (*block.strong, *block.emphasis):
        mark = _BEHIND.match(text, end) if begin > start else None
        words = text[begin:end].rstrip(_ENDS)
        within = begin > start and len(words) < end - begin
        if within or (mark and mark[0].strip() not in ":："):
            before = text[:begin].rstrip(" \t*_(")[-1:]
            name = lexicon.field(words, among) if before in _SENTENCE_ENDS else ""
            if name:
                yield Field(name, begin, mark.end() if mark else end)
    last = max(text.rfind(":"), text.rfind("：")) + 1
    if last <= start:
        return
    styled = {begin for begin, _ in (*block.strong, *block.emphasis)}
    labels = list(lexicon.labels.find(text, among, start, last))
    lined = "\n" in text and sum(_opens_line(text, begin) for _, begin, _ in labels) > 1
    for name, begin, content in labels:
        before = text[:begin].rstrip(" \t*_(")
        first = text[begin]
        picture = _PICTURE.search(before, max(0, len(before) - 8))
        fresh = not before or bool(picture) or before[-1] in _SENTENCE_ENDS
        capital = first != first.lower() or first.lower() == first.upper()
        bracketed = text[:begin].rstrip(" *_")[-1:] in ("(", "（") and (
            name == "keywords"
            or (name == "assessment" and capital and text.rstrip(" .*_\n")[-1] in ")）")
        )
        opens = bracketed or before[-1:] in _PARTS or len(before) <= start
        opens = opens or (lined and _opens_line(text, begin))
        if begin in styled or bracketed or (fresh and (capital or opens)):
            place = picture.end() - len(picture[0].lstrip()) if picture else begin
            yield Field(name, max(start, place), content)


def _opens_line(text: str, begin: int) -> bool:
    """Whether nothing but spaces and marks stands before a place in its line."""
    return not text[text.rfind("\n", 0, begin) + 1 : begin].strip(" \t*_-–•")


def unknown_label(block: Block, start: int, end: int) -> Field | None:
    """A styled word or two with a colon behind, at the start of a sentence: a label, of whatever it may be."""
    for begin, stop in sorted((*block.strong, *block.emphasis)):
        colon = _COLON.match(block.text, stop)
        words = block.text[begin:stop].strip(" *_")
        before = block.text[max(0, begin - 8) : begin].rstrip(" \t*_(")
        if (
            start <= begin < end
            and (colon or words.endswith((":", "：")))
            and len(words.split()) <= 3
            and (not before or before[-1] in _SENTENCE_ENDS)
        ):
            return Field("", begin, max(stop, colon.end()) if colon else stop)
    return None


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
    return block.lines(lambda line, _: field_at_start(line, lexicon, among) is not None)


def lead_behind_title(block: Block) -> Lead | None:
    """The first identifiers of a text, behind its title: all that stand in their bracket, if in one."""
    first = next((mention for mention in block.mentions() if mention.paper), None)
    lead = lead_ids(block, first.start) if first else None
    if first is None or lead is None:
        return None
    begin, stop = _bracket(block.text, first.start, first.end)
    if not stop:
        return lead._replace(begin=first.start)
    within = [
        (mention.start, mention.end, mention.paper)
        for mention in block.mentions()
        if mention.paper and begin < mention.start and mention.end <= stop
    ]
    behind = [paper for paper in lead.papers if paper[0] > stop]
    papers = [*within, *behind]
    inside = (begin + 1, first.start)
    return _lead(block, papers, max(stop, papers[-1][1]))._replace(begin=begin, inside=inside)


def _bracket(text: str, start: int, end: int) -> tuple[int, int]:
    """The bracket around `text[start:end]`, where it opens and where it closes; (0, 0) without one."""
    for left, right in ("()", "[]", "（）", "【】"):
        begin = text.rfind(left, 0, start)
        stop = text.find(right, end)
        if begin > text.rfind(right, 0, start) and stop >= 0 and left not in text[end:stop]:
            return begin, stop
    return 0, 0

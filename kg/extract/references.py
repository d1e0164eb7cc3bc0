"""Numbered references: `[3]` in the text means the paper that the list at the end gives that number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.context import Context, Extract, clip
from kg.extract.parts import Part, split_parts
from kg.ids import PaperId, normalise
from kg.lexicon import Lexicon, strip_number
from kg.model import Node, Value
from kg.reading import Block, Outline
from kg.wording import key

__all__ = ["is_references", "parts_of", "read"]

_NUMBER = re.compile(r"\s*\[(\^?\d{1,3})\]:?\s*")
_FOOTNOTE = re.compile(r"\s*\[(\^[^\]\s]{1,20})\]:")
_TITLE = re.compile(r"[\"“«《「]([^\"“”«»《》「」]{4,250}?)[.,，]?[\"”»》」]")
_YEAR = re.compile(r"[\s,;.]*(?:(?:19|20)\d\d)?[\s,;.]*\Z")
_SHORT = 60


def parts_of(outline: Outline, lexicon: Lexicon) -> list[Part]:
    """The sections of a digest; where a list of references ends it, its blocks know what numbers mean.

    So do footnotes where no identifier stands in the text itself; elsewhere they are asides.
    """
    parts = split_parts(outline, lexicon)
    last = parts[-1] if parts else Part("")
    listed = is_references(last.heading, lexicon)
    for place, block in enumerate([] if listed else last.blocks):
        if is_references(block, lexicon):
            parts.append(Part("", block, last.blocks[place + 1 :]))
            last.blocks, listed = last.blocks[:place], True
            break
    found: dict[str, PaperId] = {}
    for block in parts[-1].blocks if listed else ():
        for number, line in _entries(block):
            _know(number, line, found)
    said = parts[: len(parts) - listed]
    notes = [(note[1], one) for one in outline.definitions if (note := _FOOTNOTE.match(one.text))]
    if notes and not any(_has_id(block) for part in said for block in part.everything()):
        for number, block in notes:
            _know(number, block, found)
    for part in said if found else ():
        for block in part.everything():
            block.references, block._mentions = found, None
    return parts


def is_references(block: Block | None, lexicon: Lexicon) -> bool:
    """Whether a line says no more than “References”."""
    if block is None or block.kind == "row" or len(block.text) > _SHORT:
        return False
    words = key(strip_number(block.text.strip(" *_#"))[1])
    return 0 < lexicon.opens_with("references", words) == len(words)


def read(part: Part, context: Context) -> Iterator[Extract]:
    """What a list of references says of each paper: its title in quotation marks, else all words."""
    for block in part.blocks:
        for _, line in _entries(block):
            papers = {mention.paper for mention in line.mentions() if mention.paper}
            if len(papers) != 1:
                how = "several identifiers" if papers else "no identifier"
                what = (
                    f"a reference with {how}, so its number means no paper: {clip(line.text, 50)}"
                )
                yield context.problem("entry-without-paper", what, line)
                continue
            number = _NUMBER.match(line.text)
            begin = number.end() if number else 0
            title = _TITLE.search(line.text, begin)
            first = next(m.start for m in line.mentions() if m.paper)
            words = normalise(line.text[begin:first] if first > begin else line.text[begin:])
            values: dict[str, Value] = {"summary": _YEAR.sub("", words).strip(" ([,;:–—-")}
            if title:
                values["title"] = normalise(title[1])
            paper = papers.pop()
            kept = {name: value for name, value in values.items() if value}
            place = context.source(line)
            yield Node(id=paper.node, type="Paper", attributes=kept, sources=(place,))
            if title:
                yield from context.scribe(line).title(*title.span(1), paper)
                yield from context.scribe(line).colon(title.start(1), paper)


def _entries(block: Block) -> Iterator[tuple[str, Block]]:
    """The lines of a list with the number of each; an item's may be its marker."""
    for line in block.lines(lambda line, _: _NUMBER.match(line.text) is not None):
        number = _NUMBER.match(line.text)
        yield number[1] if number else line.marker.rstrip(".)"), line


def _has_id(block: Block) -> bool:
    """Whether an identifier stands in a text, other than behind the mark of a footnote."""
    return any(not block.text.startswith("^", mention.start) for mention in block.mentions())


def _know(number: str, line: Block, found: dict[str, PaperId]) -> None:
    """Keeps what a number means, where its line has one paper."""
    papers = {mention.paper for mention in line.mentions() if mention.paper}
    if number and len(papers) == 1:
        found.setdefault(number, papers.pop())

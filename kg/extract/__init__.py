"""Outline parts into typed facts: one file per kind of section, one table that says which reads what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.diagnostics import Diagnostic
from kg.extract import contributions, gaps, highlights, ideas, other, reading_list, reflection, tree
from kg.extract.captions import without_caption
from kg.extract.cards import without_cards
from kg.extract.context import Context, Extract, Reader, clip
from kg.extract.parts import Part
from kg.extract.period import find_period
from kg.extract.references import parts_of
from kg.ids import digest_id
from kg.lexicon import Lexicon, load_lexicon
from kg.model import Node
from kg.reading import Block, Outline
from kg.reading.unseen import hides, unseen

__all__ = ["READERS", "Extract", "extract"]

READERS: dict[str, Reader] = {
    "TOPIC_TREE": tree.read,
    "SOTA_HIGHLIGHTS": highlights.read,
    "NOVEL_TECH_CONTRIBUTIONS": contributions.read,
    "GAPS_AND_OPPORTUNITIES": gaps.read,
    "FUTURE_IDEAS": ideas.read,
    "READING_LIST": reading_list.read,
    "META_REFLECTION": reflection.read,
    "": other.read,
}

_NUMBERED = re.compile(r"\s*(?:\d{1,2}|[IVX]{1,3})(?:\s*(?:/|\w{2,4})\s*\d{1,2})?[\s.:]*")
_ASIDE = re.compile(r"(?:[(（\[]|\s[–—-]\s)\s*([^()（）\[\]]+?)[)）\]*_\s:：.…]*\Z")
"""Words in brackets or behind a dash, at the end of a heading."""
Seen = tuple[str, int, int]
_LISTED = frozenset(READERS) - {"", "TOPIC_TREE", "META_REFLECTION"}


def extract(outline: Outline, period: str = "") -> Iterator[Extract]:
    """All facts of a digest, its own node first; `period` overrides what the document says of itself.

    Blocks are let go as they are read, so that a long digest is not held twice
    where the caller does not keep the outline.
    """
    lexicon = load_lexicon()
    parts = parts_of(outline, lexicon)
    period = period or find_period(outline, parts, lexicon)
    context = Context(outline.document, lexicon, digest_id(period), period)
    yield Node(
        id=context.digest,
        type="Digest",
        label=period,
        attributes={"period": period},
        sources=tuple(context.source(block) for block in outline.blocks[:1] if block.pieces),
    )
    if outline.blocks and not any(part.section for part in parts):
        yield context.problem(
            "no-sections",
            "no section of a digest was recognised; only the papers were read",
        )
    seen: list[Seen] = []
    for block in outline.definitions:
        yield from _noted(context.papers(block), seen)
    del outline
    parts = _joined(parts, lexicon)
    parts.reverse()
    while parts:
        part = parts.pop()
        here = context.within(part.section)
        if (part.likely or part.told) and part.heading:
            what = f"{part.heading.text!r} was taken for {part.section}"
            code = "section-by-contents" if part.told else "likely-section"
            yield here.problem(code, what, part.heading)
        for block in part.everything():
            yield from _noted(here.papers(block), seen)
            yield from here.scribe(block).links()
        chat = [block for block in part.blocks if _is_chat(block, lexicon)]
        for block in chat:
            yield here.problem("placeholder", f"words to the reader: {clip(block.text, 50)}", block)
        aside = part.blocks[-1:] if len(part.blocks) > 1 and part.section in _LISTED else []
        aside = [block for block in aside if _is_aside(block) and block not in chat]
        for block in aside:
            yield here.problem("stray-words", "a remark in brackets behind the section", block)
        chat += aside
        part.blocks = [block for block in part.blocks if block not in chat] if chat else part.blocks
        part.blocks, titles = without_caption(part, here)
        part.blocks = without_cards(part, lexicon)
        yield from titles
        yield from READERS[part.section](part, here)
    for block in unseen(context.document, seen) if hides(context.document) else ():
        if block.kind != "comment":
            yield from context.papers(block)


def _noted(facts: Iterator[Node | Diagnostic], seen: list[Seen]) -> Iterator[Node | Diagnostic]:
    """Papers, each noted with the bytes where it is written."""
    for fact in facts:
        if isinstance(fact, Node):
            seen += ((fact.id, place.start, place.end) for place in fact.sources)
        yield fact


def _joined(parts: list[Part], lexicon: Lexicon) -> list[Part]:
    """The sections, each with what stands below a later heading that goes on with it: “Topic tree (continued)”."""
    first: dict[str, Part] = {}
    kept = []
    for part in parts:
        words = _ASIDE.search(part.heading.text) if part.heading else None
        goes_on = words and lexicon.opens_with("continued", words[1]) > 0
        if goes_on and part.section in first:
            first[part.section].blocks += part.blocks
            continue
        kept.append(part)
        if part.section:
            first.setdefault(part.section, part)
    return kept


def _is_chat(block: Block, lexicon: Lexicon) -> bool:
    """Whether an outer paragraph is what a writer says to the reader: around the digest, or as it goes on.

    So does “Part 2/2”, where one answer was too short for the digest, and a link
    to another place of it: “⬆ back to top”.
    """
    words = block.text.strip(" *_()[]\n")
    return (
        block.kind == "text"
        and block.depth == 0
        and (
            lexicon.opens_with("chat", words) > 0 or _is_part(words, lexicon) or _leads_back(block)
        )
        and not block.mentions()
    )


def _leads_back(block: Block) -> bool:
    """Whether a text is one link to a place of its own document, with an arrow or to its top."""
    if len(block.links) != 1 or not block.links[0][2].startswith("#"):
        return False
    start, end, url = block.links[0]
    outside = block.text[:start] + block.text[end:]
    pointed = not block.text[start : start + 1].isalnum() or "top" in url or "contents" in url
    return pointed and not any(map(str.isalnum, outside))


def _is_part(words: str, lexicon: Lexicon) -> bool:
    length = lexicon.opens_with("section", words)
    return length > 0 and _NUMBERED.fullmatch(words, length) is not None


def _is_aside(block: Block) -> bool:
    """Whether an outer paragraph stands wholly in brackets and names no paper."""
    words = block.text.strip(" *_\n")
    return (
        (block.kind, block.depth) == ("text", 0)
        and (words[:1], words[-1:]) in (("(", ")"), ("[", "]"))
        and not block.mentions()
    )

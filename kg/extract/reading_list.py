"""READING_LIST: what to read, in which order, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.context import Context, Extract, plain
from kg.extract.labels import entries_with_papers
from kg.extract.parts import Part
from kg.extract.tables import join_rows
from kg.ids import normalise
from kg.model import Node
from kg.reading import Block

__all__ = ["read"]

_COLUMNS = ("paper", "title", "reason")
_SEPARATORS = (
    re.compile(r"\s*[·•|]\s*"),
    re.compile(r"\s[–—]\s*|\s-\s"),
    re.compile(r":\s+"),
)


def read(part: Part, context: Context) -> Iterator[Extract]:
    """`ID – Title · reason`, in the order of the list."""
    rank = 0
    lines = join_rows(part.blocks, context.lexicon, _COLUMNS)
    for lead, group in entries_with_papers(part, lines):
        if lead is None:
            yield from _stray(group[0], context)
            continue
        rank += 1
        block, first = group[0], lead.papers[0]
        if block.text[first[0] : first[1]] in _link_texts(block):
            begin, end, reason = first[0], first[1], lead.end
        elif block.text[: first[0]].strip(" ([`*_"):
            # the title stands before the identifier: `Title (ID): reason`
            begin, end, reason = 0, first[0], lead.end
        else:
            begin, end, reason = lead.end, *_title(block, lead.end)
        title = plain(block.text[begin:end].rstrip("([ "))
        reasons = [block.text[reason:], *(line.text for line in group[1:])]
        why = "\n".join(filter(None, (normalise(text).strip(" *·|–—-→") for text in reasons)))
        names = tuple(p.canonical.removeprefix("arXiv:") for _, _, p in lead.papers)
        node, facts = context.entry(
            "Recommendation", names, title, context.places(group), {"rank": rank, "reason": why}
        )
        yield from facts
        yield from context.about(node, block, lead.papers)
        for _, _, paper in lead.papers:
            if title:
                yield Node(id=paper.node, type="Paper", attributes={"title": title})
        for _, _, paper in lead.papers[:1]:
            yield from context.scribe(block).title(begin, end, paper)


def _link_texts(block: Block) -> set[str]:
    """The words of links that have the identifier in their address only."""
    return {block.text[m.start : m.end] for m in block.mentions() if m.linked}


def _title(block: Block, start: int) -> tuple[int, int]:
    """Where the title ends and the reason begins."""
    for separator in _SEPARATORS:
        found = separator.search(block.text, start)
        if found and found.start() > start:
            return found.start(), found.end()
    return len(block.text), len(block.text)


def _stray(block: Block, context: Context) -> Iterator[Extract]:
    if not context.lexicon.opens_with("placeholder", block.text.strip("*( ")):
        message = "words in the reading list that belong to no paper were not used"
        yield context.problem("entry-without-paper", message, block)

"""READING_LIST: what to read, in which order, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.context import Context, Extract, plain
from kg.extract.labels import lead_ids
from kg.extract.parts import Part
from kg.ids import normalise
from kg.model import Node
from kg.reading import Block

__all__ = ["read"]

_SEPARATORS = (
    re.compile(r"\s*[·•|]\s*"),
    re.compile(r"\s[–—]\s*|\s-\s"),
    re.compile(r":\s+"),
)


def read(part: Part, context: Context) -> Iterator[Extract]:
    """`ID – Title · reason`, in the order of the list."""
    rank = 0
    node = ""
    for block in part.blocks:
        lead = lead_ids(block)
        start = lead.end if lead else 0
        if lead is None:
            first = next((m.start for m in block.mentions() if m.paper), None)
            if first is not None and (not node or block.depth <= part.base):
                lead = lead_ids(block, first)
        if lead is None:
            yield from _more(block, node, part.base, context)
            continue
        rank += 1
        if block.text[lead.papers[0][0] : lead.papers[0][1]] in _link_texts(block):
            begin, end, reason = lead.papers[0][0], lead.papers[0][1], lead.end
        elif start:
            begin, end, reason = start, *_title(block, start)
        else:
            # the title stands before the identifier: `Title (ID): reason`
            begin, end, reason = 0, lead.papers[0][0], lead.end
        title = plain(block.text[begin:end].rstrip("([ "))
        why = normalise(block.text[reason:]).strip(" *·|")
        names = tuple(p.canonical.removeprefix("arXiv:") for _, _, p in lead.papers)
        node, facts = context.entry(
            "Recommendation", names, title, context.places([block]), {"rank": rank, "reason": why}
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


def _more(block: Block, node: str, base: int, context: Context) -> Iterator[Extract]:
    text = normalise(block.text).strip(" *→")
    if node and block.depth > base:
        yield Node(
            id=node,
            type="Recommendation",
            attributes={"remark": text},
            sources=(context.source(block),),
        )
    elif not context.lexicon.opens_with("placeholder", text.strip("( ")):
        yield context.problem(
            "entry-without-paper",
            "words in the reading list that belong to no paper were not used",
            block,
        )

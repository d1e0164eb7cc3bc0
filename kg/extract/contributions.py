"""NOVEL_TECH_CONTRIBUTIONS: paper, technique, assessment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.context import Context, Extract, clip, plain
from kg.extract.labels import find_fields, lead_ids
from kg.extract.parts import Part
from kg.ids import normalise
from kg.model import Node, Value
from kg.reading import Block

__all__ = ["read"]

_DASH = re.compile(r"\s[–—-]\s")


def read(part: Part, context: Context) -> Iterator[Extract]:
    """`ID – technique (Name) – Assessment: text`, also wholly bold, or without the label."""
    node = ""
    for block in part.blocks:
        lead = lead_ids(block)
        if lead is None:
            first = next((m.start for m in block.mentions() if m.paper), None)
            if first is not None and (not node or block.depth <= part.base):
                lead = lead_ids(block, first)
        if lead is None:
            yield from _more(block, node, context)
            continue
        start = lead.end if lead.papers[0][0] < 3 or lead.separated else 0
        technique_end, text, assessment = _divide(block, start, context)
        label = plain(block.text[start:technique_end])
        if not assessment:
            yield context.problem("no-assessment", "a contribution without an assessment", block)
        values: dict[str, Value] = {"text": text, "assessment": assessment}
        names = tuple(p.canonical.removeprefix("arXiv:") for _, _, p in lead.papers)
        node, facts = context.entry(
            "Contribution",
            (*names, *([label] if label else [])),
            label,
            context.places([block]),
            values,
        )
        yield from facts
        yield from context.about(node, block, lead.papers)
        for _, _, paper in lead.papers[:1]:
            yield from context.scribe(block).technique(start, technique_end, paper)


def _divide(block: Block, start: int, context: Context) -> tuple[int, str, str]:
    """Where the technique ends, words between it and the assessment, and the assessment."""
    text = block.text
    found = min(
        find_fields(block, context.lexicon, ("assessment",), start),
        key=lambda f: f.start,
        default=None,
    )
    bold = next((end for begin, end in block.strong if begin <= start < end), len(text))
    if found:
        before = found.start
        stop = bold if bold < before and text[bold:before].strip(" \n–—-*_.(") else before
        between = normalise(text[stop:before]).strip(" –—-*_(")
        return stop, between, normalise(text[found.content :]).strip(" *_")
    if bold < len(text) and text[bold:].strip(" .:–—-*"):
        return bold, "", normalise(text[bold:]).strip(" :–—-*")
    dashes = [match.span() for match in _DASH.finditer(text, start)]
    if dashes:
        return dashes[-1][0], "", normalise(text[dashes[-1][1] :]).strip(" *")
    return len(text), "", ""


def _more(block: Block, node: str, context: Context) -> Iterator[Extract]:
    """Lines below a contribution go on with its assessment; others have no paper to belong to."""
    text = normalise(block.text).strip(" *→")
    if node:
        found = next(find_fields(block, context.lexicon, ("assessment",)), None)
        text = normalise(block.text[found.content :]) if found else text
        yield Node(
            id=node,
            type="Contribution",
            attributes={"remark": text},
            sources=(context.source(block),),
        )
    elif context.lexicon.opens_with("placeholder", text.strip("( ")):
        yield context.problem("placeholder", f"a placeholder: {text}", block)
    else:
        yield context.problem(
            "entry-without-paper",
            f"a contribution without an identifier: {clip(text, 50)}",
            block,
        )

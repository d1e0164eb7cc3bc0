"""NOVEL_TECH_CONTRIBUTIONS: paper, technique, assessment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.context import Context, Extract, clip, plain
from kg.extract.labels import Field, Lead, entries_with_papers, find_fields
from kg.extract.parts import Part
from kg.extract.tables import join_rows
from kg.ids import normalise
from kg.model import Value
from kg.reading import Block

__all__ = ["read"]

_COLUMNS = ("paper", "technique", "assessment")
_DASH = re.compile(r"\s[–—-]\s")


def read(part: Part, context: Context) -> Iterator[Extract]:
    """`ID – technique (Name) – Assessment: text`, also without the label; `Technique (ID): text`."""
    lines = join_rows(part.blocks, context.lexicon, _COLUMNS)
    for lead, group in entries_with_papers(part, lines):
        yield from _entry(lead, group, context) if lead else _stray(group[0], context)


def _entry(lead: Lead, group: list[Block], context: Context) -> Iterator[Extract]:
    block = group[0]
    front = block.text[: lead.papers[0][0]].rstrip(" ([`*_–—-:\n")
    if front.strip(" ([`*_"):
        start, end = 0, len(front)
        text, assessment = _rest(block, lead.end, context)
    else:
        start = lead.end
        end, text, assessment = _divide(block, start, context)
    texts, assessments = [text], [assessment]
    for line in group[1:]:
        more, said = _rest(line, 0, context, labelled=True)
        texts.append(more)
        assessments.append(said)
    values: dict[str, Value] = {
        "text": "\n".join(filter(None, texts)),
        "assessment": "\n".join(filter(None, assessments)),
    }
    label = plain(block.text[start:end])
    if not values["assessment"]:
        yield context.problem("no-assessment", "a contribution without an assessment", block)
    names = [p.canonical.removeprefix("arXiv:") for _, _, p in lead.papers]
    names += [label] if label else []
    node, facts = context.entry("Contribution", tuple(names), label, context.places(group), values)
    yield from facts
    yield from context.about(node, block, lead.papers)
    for _, _, paper in lead.papers[:1]:
        yield from context.scribe(block).technique(start, end, paper)


def _divide(block: Block, start: int, context: Context) -> tuple[int, str, str]:
    """Where the technique ends, words between it and the assessment, and the assessment."""
    text = block.text
    found = _assessment(block, start, context)
    bold = next((end for begin, end in block.strong if begin <= start < end), len(text))
    if found:
        before = found.start
        stop = bold if bold < before and text[bold:before].strip(" \n–—-*_.(") else before
        return stop, *_rest(block, stop, context)
    if bold < len(text) and text[bold:].strip(" .:–—-*"):
        return bold, *_rest(block, bold, context)
    dashes = [match.span() for match in _DASH.finditer(text, start)]
    if dashes:
        return dashes[-1][0], *_rest(block, dashes[-1][1], context)
    return len(text), "", ""


def _rest(block: Block, start: int, context: Context, labelled: bool = False) -> tuple[str, str]:
    """Words that describe, and words that assess; without a label all assess, unless one is asked for."""
    found = _assessment(block, start, context)
    if found is None:
        words = normalise(block.text[start:]).strip(" :–—-*_→")
        return (words, "") if labelled else ("", words)
    described = normalise(block.text[start : found.start]).strip(" :–—-*_(→")
    return described, normalise(block.text[found.content :]).strip(" *_")


def _assessment(block: Block, start: int, context: Context) -> Field | None:
    """The first label of an assessment behind `start`."""
    fields = find_fields(block, context.lexicon, ("assessment",), start)
    return min(fields, key=lambda found: found.start, default=None)


def _stray(block: Block, context: Context) -> Iterator[Extract]:
    """Lines above the first contribution: placeholders, or entries without a paper."""
    text = normalise(block.text).strip(" *→")
    if context.lexicon.opens_with("placeholder", text.strip("( ")):
        yield context.problem("placeholder", f"a placeholder: {text}", block)
    else:
        message = f"a contribution without an identifier: {clip(text, 50)}"
        yield context.problem("entry-without-paper", message, block)

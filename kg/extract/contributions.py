"""NOVEL_TECH_CONTRIBUTIONS: paper, technique, assessment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.diagnostics import Diagnostic
from kg.extract.context import Context, Extract, plain
from kg.extract.entries import Entry, Stretch
from kg.extract.heads import Head, head_of, styled_end, titled
from kg.extract.labels import unknown_label
from kg.extract.paperless import without_paper
from kg.extract.parts import Part
from kg.extract.tables import entries_of
from kg.model import Value
from kg.reading import Block
from kg.reading.lines import ARROWS
from kg.shapes import is_distinctive, is_name

__all__ = ["read"]

_FIELDS = ("title", "technique", "assessment")
_SEVERAL = 3
_COLUMNS = ("rank", "paper", *_FIELDS)
_CELLS = ("technique", "assessment")
_BAR = re.compile(r"\s*[|｜]\s*|\s+·\s+")
_DASH = re.compile(r"\s[–—-]\s")
_SENTENCE = re.compile(r"[.!?。！？](?:\s|$)")
_WORD = re.compile(r"\w")
_MARKS = f" :：–—-*_~(|\n{ARROWS}"
_STOP = re.compile(r"[.:。：]?\s*")
"""What ends the bold run of a name and its identifier, before the words about them."""


def read(part: Part, context: Context) -> Iterator[Extract]:
    """`ID – technique (Name) – Assessment: text`, also without the label; `Technique (ID): text`."""
    entries = list(entries_of(part, _COLUMNS, _FIELDS, context))
    heads = [
        head_of(found[0], context, _FIELDS)
        for found in entries
        if not isinstance(found, Diagnostic) and found[0].lead
    ]
    names = 2 * sum(head.surely for head in heads) > len(heads)
    for found in entries:
        if isinstance(found, Diagnostic):
            yield found
        elif found[0].lead is None:
            yield from without_paper(found[0], "a contribution", context)
        else:
            yield from _entry(*found, names, context)


def _entry(
    entry: Entry, cells: list[Stretch], blocks: list[Block], names_first: bool, context: Context
) -> Iterator[Extract]:
    """The contributions of an entry; with `names_first` most of the section open with a paper's name."""
    assert entry.lead is not None
    head, name = _parted(head_of(entry, context, _FIELDS))
    stretches = [*entry.stretches(head.rest, context.lexicon, _FIELDS), *cells]
    beside = None if entry.lead.separated or head.title else _beside(stretches[0])
    if beside:
        stretches[0] = stretches[0]._replace(start=beside[1])
    stretches, called = _in_cells(stretches)
    yield from _guess(stretches, head, context)
    first, *others = _apart(stretches)
    begin, end = entry.lead.inside
    apart = is_name(entry.lines[0].text[begin:end].strip(_MARKS + ",")) and not entry.title
    names_first = (names_first or head.surely) and not apart
    technique, rest = _technique(head, first, names_first, apart)
    later = {id(one.block) for group in others for one in group} - {id(one.block) for one in first}
    blocks = [block for block in blocks if id(block) not in later]
    yield from _contribution(entry, technique, rest, blocks, context)
    for group in others:
        own = list({id(one.block): one.block for one in group}.values())
        yield from _contribution(entry, group[0], group[1:], own, context)
    for _, _, paper in entry.lead.papers[:1]:
        if entry.title:
            yield from context.names(entry.lines[0])
        elif not head.title and technique.block is entry.lines[0]:
            yield from context.scribe(technique.block).front(head.rest, technique.start, paper)
        if name:
            yield from context.scribe(head.block).front(*name, paper)
        for run in filter(None, (called, beside)):
            yield from context.scribe(entry.lines[0]).front(*run, paper)
        if head.title and (technique.block, technique.start) != (head.block, head.start):
            yield from head.titles(entry, context)
        for one in rest:
            if one.name == "title":
                yield from titled(one.block, one.start, one.end, paper, context)
    yield from head.names(entry, context)


def _beside(first: Stretch) -> tuple[int, int] | None:
    """Where the paper's name stands right behind its identifier, before more words: `[ID] Name – technique`."""
    text, start = first.block.text, first.start
    dash = _DASH.search(text, start, first.end)
    if dash is None or not _WORD.search(text, dash.end(), first.end):
        return None
    words = text[start : dash.start()].strip(_MARKS)
    return (
        (start, dash.start())
        if is_name(words) and all(map(is_distinctive, words.split()))
        else None
    )


def _in_cells(stretches: list[Stretch]) -> tuple[list[Stretch], tuple[int, int] | None]:
    """Words cut at their bars, `ID | Name | technique | assessment`, and where the name stands.

    Without labels, two cells are technique and assessment; a name may stand before them.
    """
    first = stretches[0]
    text = first.block.text
    if "|" not in text and "·" not in text and "｜" not in text:
        return stretches, None
    bars = [match.span() for match in _BAR.finditer(text, first.start, first.end)]
    if not bars or any(one.name in ("technique", "assessment") for one in stretches):
        return stretches, None
    begins, ends = [first.start, *(b for _, b in bars)], [*(a for a, _ in bars), first.end]
    cells = [first._replace(start=a, end=b) for a, b in zip(begins, ends, strict=True)]
    cells = [cell for cell in cells if _WORD.search(cell.words)]
    named = len(cells) > len(_CELLS) and is_name(cells[0].words.strip(_MARKS))
    name = (cells[0].start, cells[0].end) if named else None
    cells = cells[named:]
    if len(cells) != len(_CELLS):
        return stretches, None
    told = [cell._replace(name=field) for cell, field in zip(cells, _CELLS, strict=True)]
    return [first._replace(end=first.start), *told, *stretches[1:]], name


def _apart(stretches: list[Stretch]) -> list[list[Stretch]]:
    """What an entry says, cut before each technique with a label but the first."""
    labelled = [n for n, one in enumerate(stretches) if one.name == "technique" and one.words]
    cuts = [0, *labelled[1:], len(stretches)]
    return [stretches[begin:end] for begin, end in pairwise(cuts)]


def _contribution(
    entry: Entry, technique: Stretch, rest: list[Stretch], blocks: list[Block], context: Context
) -> Iterator[Extract]:
    """One contribution of an entry, and the names in its technique."""
    assert entry.lead is not None
    texts = {"text": list[str](), "assessment": list[str]()}
    for one in rest:
        words = one.words.rstrip(_MARKS).lstrip(_MARKS.replace("(", "")).removeprefix(". ")
        if words.count(")") > words.count("("):
            words = words.removesuffix(".").removesuffix(")")
        if _WORD.search(words) and one.name != "title":
            texts["assessment" if one.name == "assessment" else "text"].append(words)
    values: dict[str, Value] = {field: "\n".join(lines) for field, lines in texts.items()}
    label = plain(technique.block.text[technique.start : technique.end].strip(" ~").rstrip(" (["))
    label = label if label.endswith("..") else label.removesuffix(".").removesuffix("。")
    if not values["assessment"]:
        top = blocks[0] if blocks else entry.top
        yield context.problem("no-assessment", "a contribution without an assessment", top)
    names = [p.canonical.removeprefix("arXiv:") for _, _, p in entry.lead.papers]
    names += [label] if label else []
    node, facts = context.entry("Contribution", tuple(names), label, context.places(blocks), values)
    yield from facts
    yield from context.about(node, entry.lines[0], entry.lead.papers)
    for _, _, paper in entry.lead.papers[:1]:
        yield from context.scribe(technique.block).technique(technique.start, technique.end, paper)


def _parted(head: Head) -> tuple[Head, tuple[int, int] | None]:
    """`Technique – Name` in front of the identifier: the technique, and where the name stands."""
    dashes = [match.span() for match in _DASH.finditer(head.block.text, head.start, head.end)]
    if not dashes:
        return head, None
    left, right = head._replace(end=dashes[-1][0]), head._replace(start=dashes[-1][1])
    apart = not left.distinctive and any(
        begin <= left.start and not head.block.text[stop : left.end].strip(_MARKS)
        for begin, stop in (*head.block.strong, *head.block.emphasis)
        if left.start < stop <= left.end
    )
    if right.named and (right.distinctive or apart or not left.named):
        return left, (right.start, right.end)
    return head, None


def _guess(stretches: list[Stretch], head: Head, context: Context) -> Iterator[Diagnostic]:
    """Where no assessment is labelled, takes the one label that is not known for its label."""
    if any(one.name == "assessment" for one in stretches):
        return
    found = []
    for place, one in enumerate(stretches):
        label = unknown_label(one.block, one.start, one.end)
        before = one.block.text[one.start : label.start] if label else ""
        if label and (place or _WORD.search(before) or (head.title and not head.linked)):
            found.append((place, label))
    if len(found) == 1:
        [(place, label)] = found
        one = stretches[place]
        said = Stretch("assessment", one.block, label.content, one.end)
        stretches[place : place + 1] = [one._replace(end=label.start), said]
        words = plain(one.block.text[label.start : label.content])
        message = f"the label {words!r} was read as one of an assessment"
        yield context.problem("unknown-label", message, one.block, label.start)


def _technique(
    head: Head, stretches: list[Stretch], names: bool, apart: bool
) -> tuple[Stretch, list[Stretch]]:
    """Where the technique stands, and what else the entry says.

    It has a label, or stands in front of the identifier, or else behind it:
    so it does where `names` tells that a name in front is the paper's, which it
    is not where that stands `apart`, in the bracket of the identifier.
    """
    first, *below = stretches
    stop = _STOP.match(first.block.text, first.start, first.end)
    first = first._replace(start=stop.end()) if stop else first
    front = Stretch("", head.block, head.start, head.end)
    labelled = next((one for one in below if one.name == "technique" and one.words), None)
    if labelled:
        others = [one for one in stretches if one is not labelled]
        return labelled, others if head.named or head.linked else [front, *others]
    assessed = any(one.name == "assessment" for one in below)
    slanted = styled_end(first, (*first.block.strong, *first.block.emphasis)) < first.end
    own = head.named and not apart
    named = head.linked or (own and (slanted or (assessed and names)))
    if head.title and not (named and _WORD.search(first.words)):
        end, rest = first.start, first.start
        technique = front
        if not any(_WORD.search(one.words) for one in stretches):
            technique, behind = _assessed(front)
            below = [*behind, *below]
    else:
        end, rest = _divide(first, assessed, bool(head.title))
        named_end = 0 if head.title else _name_end(first, end, rest)
        if named_end:
            first = first._replace(start=named_end)
            end, rest = _divide(first, assessed, True)
        technique = first._replace(end=end)
    left = first._replace(name="" if assessed else "assessment", start=rest)
    return technique, [left, *below]


def _assessed(front: Stretch) -> tuple[Stretch, list[Stretch]]:
    """Words before an identifier with nothing behind it: the technique up to their last dash, some words on it."""
    dashes = [match.span() for match in _DASH.finditer(front.block.text, front.start, front.end)]
    if dashes:
        said = front._replace(name="assessment", start=dashes[-1][1])
        if len(said.words.split()) >= _SEVERAL:
            return front._replace(end=dashes[-1][0]), [said]
    return front, []


def _name_end(text: Stretch, end: int, rest: int) -> int:
    """Where words begin behind a bold run that can only be the paper's name: `**ID – Name** – technique`; else 0."""
    words = text.block.text[text.start : end].strip(_MARKS)
    sure = is_name(words) and all(map(is_distinctive, words.split()))
    behind = text.block.text[rest : text.end]
    begin = rest + len(behind) - len(behind.lstrip(_MARKS))
    return begin if sure and end < text.end and _WORD.search(behind) else 0


def _divide(text: Stretch, assessed: bool, named: bool) -> tuple[int, int]:
    """Where the technique ends and the words behind it begin: a bold run, else up to a dash.

    If the paper's name stood in front, it may be slanted or a sentence as well.
    """
    words, start, end = text.block.text, text.start, text.end
    styled = styled_end(text, (*text.block.strong, *(text.block.emphasis if named else ())))
    if styled < end:
        return styled, styled
    if named and assessed:
        sentence = _SENTENCE.search(words, start, end)
        return (sentence.start(), sentence.end()) if sentence else (end, end)
    dashes = [] if assessed else [match.span() for match in _DASH.finditer(words, start, end)]
    return dashes[-1] if dashes else (end, end)

"""GAPS_AND_OPPORTUNITIES: what is missing, who works on it, what could be done."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.context import Context, Extract, clip, plain
from kg.extract.labels import bold_head, field_at_start, find_fields
from kg.extract.parts import Part
from kg.ids import normalise
from kg.lexicon import strip_number
from kg.reading import Block

__all__ = ["groups", "read", "title_of"]

_FIELDS = ("gap", "opportunity")
_COLON = re.compile(r"^(?:[^:()]|\([^()]*\))*:")


def read(part: Part, context: Context) -> Iterator[Extract]:
    """A gap per outermost entry: title, text, opportunity, with all that is nested below it."""
    for group in groups(part.blocks, part.base):
        head = group[0]
        words = normalise(head.text).strip("()*_ .")
        if len(group) == 1 and context.lexicon.opens_with("placeholder", words) and len(words) < 60:
            yield context.problem("placeholder", f"a placeholder: ({words})", head)
            continue
        title, start = title_of(head, context)
        texts = _texts(group, start, context)
        label = title or clip(texts["gap"] or texts["opportunity"] or normalise(head.text))
        values = {"text": texts["gap"], "opportunity": texts["opportunity"]}
        places = context.places(group, start)
        node, facts = context.entry("Gap", (label,), label, places, dict(values))
        yield from facts
        if not texts["opportunity"]:
            yield context.problem("no-opportunity", "a gap without an opportunity", head)
        for block in group:
            yield from context.cite(node, "cites", block)


def groups(blocks: list[Block], base: int) -> Iterator[list[Block]]:
    """Entries with what is nested in them: a new one at each heading and outermost block.

    An outermost paragraph that opens no entry of its own (no bold head) belongs
    to the item above it.
    """
    group: list[Block] = []
    listed = any(block.kind == "item" and block.depth <= base for block in blocks)
    for block in blocks:
        outer = block.kind == "heading" or block.depth <= base
        loose = listed and block.kind == "text" and not bold_head(block)
        under_heading = bool(group) and group[0].kind == "heading" and block.kind != "heading"
        if group and (not outer or loose or under_heading):
            group.append(block)
            continue
        if group:
            yield group
        group = [block]
    if group:
        yield group


def title_of(block: Block, context: Context) -> tuple[str, int]:
    """An entry's title as written, and where the text after it begins; empty if it has none."""
    if block.kind == "heading":
        return plain(strip_number(block.text)[1]), len(block.text)
    end = bold_head(block)
    if end and not field_at_start(block, context.lexicon, _FIELDS):
        return plain(strip_number(plain(block.text[:end]))[1]), end
    found = _COLON.search(block.text)
    head, colon = block.text[: found.end() - 1] if found else block.text, found is not None
    short = len(head) <= 100 and not any(m.start < len(head) for m in block.mentions())
    if colon and short and not context.lexicon.field(head, _FIELDS):
        return plain(strip_number(head)[1]), len(head) + 1
    return "", 0


def _texts(group: list[Block], start: int, context: Context) -> dict[str, str]:
    """The words of the gap and of the opportunity, a line for each block or stretch of one."""
    lines: dict[str, list[str]] = {name: [] for name in _FIELDS}
    current = "gap"
    for block in group:
        begin = start if block is group[0] else 0
        if block.depth <= group[0].depth + 1 and block is not group[0]:
            current = "gap"
        first = field_at_start(block, context.lexicon, _FIELDS) if begin == 0 else None
        cuts = {
            (f.start, f.content, f.name)
            for f in find_fields(block, context.lexicon, _FIELDS, begin)
        }
        if first and not any(cut[0] == first.start for cut in cuts):
            cuts.add((first.start, first.content, first.name))
        limits = [(begin, begin, current), *sorted(cuts)]
        for (_, content, name), (after, _, _) in zip(
            limits, [*limits[1:], (len(block.text), 0, "")], strict=True
        ):
            text = normalise(block.text[content:after]).strip(" *_→")
            current = name
            if text:
                lines[name].append(text)
    return {name: "\n".join(found) for name, found in lines.items()}

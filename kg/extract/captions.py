"""The title of a box, such as a callout or a folded part, that holds a whole section."""

from __future__ import annotations

import re

from kg.diagnostics import Diagnostic
from kg.extract.context import Context, clip
from kg.extract.fields import FIELDS
from kg.extract.labels import bold_head, field_at_start, lead_ids
from kg.extract.parts import Part
from kg.reading import Block

__all__ = ["without_caption"]

_CALLOUT = re.compile(rb"^(?:[ \t]*>)+[ \t]?\[!\w+\]", re.MULTILINE)
_FOLDED = re.compile(rb"<summary\b", re.IGNORECASE)
_SEVERAL = 2
_GAPS = "GAPS_AND_OPPORTUNITIES"
_LABELS = (*FIELDS, "gap", "opportunity")


def without_caption(part: Part, context: Context) -> tuple[list[Block], list[Diagnostic]]:
    """The blocks of a section without the title of the one box that holds them all, and a remark on it.

    Such a title says what the heading of the section does; that of one box of
    several is an entry, and so is one over fields, or over papers in the tree.
    """
    first, *rest = part.blocks or [Block("text")]
    if part.heading is None or first.kind != "text" or first.mentions() or len(rest) < _SEVERAL:
        return part.blocks, []
    data = context.document.data
    begin, end = first.span(0, 0)[0], _end(rest[-1])
    line = data.rfind(b"\n", 0, begin) + 1
    for mark, holds in ((_CALLOUT, _quoted), (_FOLDED, _folded)):
        only = mark.search(data, line, begin) and len(mark.findall(data, line, end)) == 1
        if only and holds(data, line, end) and _has_entries(rest, part, context):
            what = f"the title of a box around the section: {clip(first.text, 50)}"
            return rest, [context.problem("group-label", what, first)]
    return part.blocks, []


def _has_entries(blocks: list[Block], part: Part, context: Context) -> bool:
    """Whether several entries stand in a box, or topics, and not the fields of one."""
    outer = [
        block
        for block in blocks
        if block.kind in ("heading", "row")
        or (block.depth <= part.base and (block.kind == "item" or bold_head(block)))
    ]
    labels = [block for block in outer if field_at_start(block, context.lexicon, _LABELS)]
    if part.section == "TOPIC_TREE":
        return not any(map(lead_ids, outer))
    return len(outer) - len(labels) >= _SEVERAL and not (labels and part.section == _GAPS)


def _end(block: Block) -> int:
    last = block.cells[-1] if block.cells else block
    return last.span(0, len(last.text))[1]


def _quoted(data: bytes, begin: int, end: int) -> bool:
    """Whether all lines of a stretch are of a quotation."""
    return all(line.lstrip()[:1] in (b">", b"") for line in data[begin:end].splitlines())


def _folded(data: bytes, begin: int, end: int) -> bool:
    """Whether a folded part does not end within a stretch."""
    return data.find(b"</details>", begin, end) < 0

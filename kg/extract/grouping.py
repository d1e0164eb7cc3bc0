"""Several entries together: lines that label a group of them, paragraphs with one a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.diagnostics import Diagnostic
from kg.extract.context import Context, clip
from kg.extract.labels import field_at_start, find_fields
from kg.extract.parts import Part
from kg.reading import Block
from kg.reading.lines import ARROW

__all__ = ["arrows_apart", "lines_apart", "without_group_labels"]

_ARROW = re.compile(rf"\s+{ARROW}\s+")
_SEVERAL = 2


def without_group_labels(
    part: Part, fields: tuple[str, ...], least: int, context: Context
) -> tuple[Part, list[Diagnostic]]:
    """A section without the headings and bold lines that label groups, and a remark on each.

    Such a line (`### Practical gaps`) has a list right below whose items are entries of their own: so
    many of them as `least` have labels of `fields`, behind their title or nested
    in them, and none opens with one. Items with labels may stand right behind
    theirs where the same label comes again and again. Beside such lines, one with
    a single entry is of their kind.
    """
    blocks = part.blocks
    heads = [n for n, block in enumerate(blocks) if _could_head(block)]
    labels = {n for n in heads if _labels(n, blocks, fields, least, context)}
    if not labels:
        return part, []
    looks = {(blocks[n].kind, blocks[n].level) for n in labels}
    beside = {n for n in heads if (blocks[n].kind, blocks[n].level) in looks}
    labels |= {n for n in beside - labels if _labels(n, blocks, fields, 1, context)}
    remarks = [
        context.problem(
            "group-label", f"the label of a group: {clip(blocks[n].text, 50)}", blocks[n]
        )
        for n in sorted(labels)
    ]
    kept = [block for n, block in enumerate(blocks) if n not in labels]
    return Part(part.section, part.heading, kept), remarks


def _could_head(block: Block) -> bool:
    bold = block.kind == "text" and block.styled(block.strong)
    return (block.kind == "heading" or bold) and not block.mentions()


def _labels(
    place: int, blocks: list[Block], fields: tuple[str, ...], least: int, context: Context
) -> bool:
    below = list(_below(place, blocks))
    labels = [field_at_start(block, context.lexicon, fields) for block in (blocks[place], *below)]
    if not below or below[0].kind not in ("item", "heading") or labels[0]:
        return False
    depth = min(block.depth for block in below)
    own, entries, behind = 0, 0, list[str]()
    for block, label in zip(below, labels[1:], strict=True):
        outer = _is_outer(block, below[0], depth, label is not None)
        if outer and label and (block.kind == "heading" or not entries):
            return False
        behind += [label.name] if outer and label else []
        entries += outer and label is None
        fielded = label is not None or any(find_fields(block, context.lexicon, fields))
        own += fielded and entries > own
    return own >= max(least, 2) and len(behind) > len(set(behind)) if behind else own >= least


def _is_outer(block: Block, first: Block, depth: int, label: bool) -> bool:
    """Whether a block could be one of the entries, which begin with the first and stand as deep as `depth`.

    Bullets with labels beside numbered items are nested in them, be they indented or not.
    """
    if first.kind == "heading":
        return block.kind == "heading" and block.level <= first.level
    nested = label and block.marker[:1].isdigit() != first.marker[:1].isdigit()
    return not nested and block.depth <= depth


def _below(place: int, blocks: list[Block]) -> Iterator[Block]:
    """What stands below a line, up to the next of its kind or a higher one; below a list, to any."""
    head, first = blocks[place], blocks[place + 1 : place + 2]
    deeper = any(one.kind == "heading" and one.level > head.level for one in first)
    for number in range(place + 1, len(blocks)):
        block = blocks[number]
        headed = deeper and head.kind == "heading"
        ends = (
            block.kind == "heading" and block.level <= head.level if headed else _could_head(block)
        )
        if ends or block.kind == "row":
            return
        yield block


def lines_apart(block: Block, field: str, context: Context) -> list[Block]:
    """The lines of a paragraph apart, where the first opens with the label of a field and others do."""

    def opens(line: Block, _: int = 0) -> bool:
        return field_at_start(line, context.lexicon, (field,)) is not None

    several = block.kind == "text" and "\n" in block.text and opens(block)
    return block.lines(opens) if several else [block]


def arrows_apart(
    entries: list[list[Block]], fields: tuple[str, ...], context: Context
) -> dict[int, tuple[Block, Block]]:
    """Entries of the form `What is missing → what could be done`, by their place, if most are.

    They are one block without labels, and one arrow parts it.
    """
    found: dict[int, tuple[Block, Block]] = {}
    for place, (head, *others) in enumerate(entries):
        arrows = [match.span() for match in _ARROW.finditer(head.text)]
        bare = not others and len(arrows) == 1
        if bare and not any(find_fields(head, context.lexicon, fields)):
            [(end, begin)] = arrows
            found[place] = head.part(0, end), head.part(begin, len(head.text))
    return found if len(found) >= _SEVERAL and 2 * len(found) > len(entries) else {}

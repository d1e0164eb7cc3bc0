"""Which blocks of a section of gaps are one gap, told by headings, bold titles, lists and labels."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.context import Context
from kg.extract.labels import bold_head, field_at_start, find_fields
from kg.extract.parts import Part
from kg.extract.titles import title_of
from kg.reading import Block

__all__ = ["FIELDS", "groups", "is_nested", "only_label"]

FIELDS = ("gap", "opportunity")


def groups(part: Part, context: Context) -> Iterator[list[Block]]:
    """Entries with what is nested in them: a new one at each heading and outermost block.

    An outermost paragraph that opens no entry of its own (no bold head) belongs
    to the item above it, or to the bold line where there are no items, and what
    stands below a heading to the heading; a heading that is a field's label
    opens nothing, nor does an opportunity below a gap. A line above a bold label
    is as good as a heading.
    """
    blocks, base = part.blocks, part.base
    items = [block for block in blocks if block.kind == "item" and block.depth <= base]
    listed = not all(_is_chance(block, context) for block in items)
    titled = not listed and _is_titled(blocks, context)
    labels = [only_label(block, part, context) for block in blocks]
    heads = [
        block.kind == "heading"
        or (block.kind == "text" and not label and bool(following) and not titled)
        or (_is_title(block, context) and _is_over_fields(blocks, place + 1, context))
        for place, (block, label, following) in enumerate(
            zip(blocks, labels, [*labels[1:], ""], strict=False)
        )
    ]
    group: list[Block] = []
    headed = False
    for block, head in zip(blocks, heads, strict=True):
        outer = head or block.depth <= base
        loose = (listed or titled) and block.kind == "text" and not bold_head(block)
        chance = _is_chance(block, context) and not (group and _is_chance(group[0], context))
        within = chance or (
            block.kind == "heading" and field_at_start(block, context.lexicon, FIELDS)
        )
        if group and (not outer or (loose and not head) or (headed and not head) or within):
            group.append(block)
            continue
        if group:
            yield group
        group, headed = [block], head
    if group:
        yield group


def only_label(block: Block, part: Part, context: Context) -> str:
    """The field that an outer line names without a word more; empty if it says anything else."""
    outer = block.kind == "heading" or block.depth <= part.base
    loud = block.kind == "heading" or bool(bold_head(block))
    label = field_at_start(block, context.lexicon, FIELDS) if outer and loud else None
    return label.name if label and not block.text[label.content :].strip() else ""


def _is_over_fields(blocks: list[Block], place: int, context: Context) -> bool:
    """Whether the list that begins at a place says the fields of one gap: the first item does, or one an opportunity."""
    chances = 0
    for number in range(place, len(blocks)):
        block = blocks[number]
        if block.kind != "item":
            break
        if number == place and field_at_start(block, context.lexicon, FIELDS):
            return True
        chances += block.depth <= blocks[place].depth and _is_chance(block, context)
    return chances == 1


def _is_titled(blocks: list[Block], context: Context) -> bool:
    """Whether bold lines are the titles of gaps: each with at most one paragraph that has its own opportunity."""
    titles, own = 0, 0
    for block in blocks:
        if _is_title(block, context):
            titles, own = titles + 1, 0
        elif not _is_chance(block, context):
            own += any(find_fields(block, context.lexicon, ("opportunity",)))
            if own > 1:
                return False
    return titles > 0


def _is_title(block: Block, context: Context) -> bool:
    """Whether a paragraph is a title: wholly bold, and no label of a field alone."""
    bold = block.kind == "text" and block.styled(block.strong)
    return bold and bool(title_of(block, context, FIELDS)[0])


def _is_chance(block: Block, context: Context) -> bool:
    """Whether a block opens with the label of an opportunity."""
    return field_at_start(block, context.lexicon, ("opportunity",), is_nested(block)) is not None


def is_nested(block: Block) -> bool:
    """Whether a block is an item in another, where a dash behind a label will do."""
    return block.kind == "item" and block.depth > 0

"""GAPS_AND_OPPORTUNITIES: what is missing, who works on it, what could be done."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.context import Context, Extract, clip
from kg.extract.labels import bold_head, field_at_start, find_fields
from kg.extract.parts import Part
from kg.extract.tables import columns_of
from kg.extract.titles import clean_title, title_of
from kg.ids import normalise
from kg.model import Value
from kg.reading import Block

__all__ = ["groups", "read"]

_FIELDS = ("gap", "opportunity")


def read(part: Part, context: Context) -> Iterator[Extract]:
    """A gap per outermost entry: title, text, opportunity, with all that is nested below it."""
    columns: list[str] = []
    for group in groups(part, context):
        if group[0].kind == "row":
            if group[0].header:
                columns = columns_of(group[0], context.lexicon, _FIELDS)
            else:
                yield from _row(group[0], columns, context)
            continue
        head = group[0]
        words = normalise(head.text).strip("()*_ .")
        if len(group) == 1 and context.lexicon.opens_with("placeholder", words) and len(words) < 60:
            yield context.problem("placeholder", f"a placeholder: ({words})", head)
            continue
        title, start = title_of(head, context, _FIELDS)
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


def _row(row: Block, columns: list[str], context: Context) -> Iterator[Extract]:
    """A gap in a table: its title, whatever else is said, and the opportunity."""
    names = [*columns, *[""] * len(row.cells)]
    cells = [(names[n], cell) for n, cell in enumerate(row.cells) if cell.text.strip()]
    title = next((cell for name, cell in cells if name == "gap"), cells[0][1] if cells else None)
    if title is None:
        return
    rest = [cell for name, cell in cells if name != "opportunity" and cell is not title]
    values: dict[str, Value] = {
        "text": "\n".join(normalise(cell.text) for cell in rest),
        "opportunity": "\n".join(normalise(c.text) for name, c in cells if name == "opportunity"),
    }
    label = clean_title(title.text, context.lexicon)
    places = map(context.source, (title, *(cell for _, cell in cells if cell is not title)))
    node, facts = context.entry("Gap", (label,), label, places, values)
    yield from facts
    for _, cell in cells:
        yield from context.cite(node, "cites", cell)


def groups(part: Part, context: Context) -> Iterator[list[Block]]:
    """Entries with what is nested in them: a new one at each heading and outermost block.

    An outermost paragraph that opens no entry of its own (no bold head) belongs
    to the item above it, and what stands below a heading to the heading; a
    heading that is a field's label opens nothing.
    """
    blocks, base = part.blocks, part.base
    group: list[Block] = []
    listed = any(block.kind == "item" and block.depth <= base for block in blocks)
    for block in blocks:
        heading = block.kind == "heading"
        outer = heading or block.depth <= base
        loose = listed and block.kind == "text" and not bold_head(block)
        below = bool(group) and group[0].kind == "heading" and not heading
        label = heading and field_at_start(block, context.lexicon, _FIELDS) is not None
        if group and (not outer or loose or below or label):
            group.append(block)
            continue
        if group:
            yield group
        group = [block]
    if group:
        yield group


def _texts(group: list[Block], start: int, context: Context) -> dict[str, str]:
    """The words of the gap and of the opportunity, a line for each block or stretch of one."""
    lines: dict[str, list[str]] = {name: [] for name in _FIELDS}
    current, headed = "gap", False
    for block in group:
        begin = start if block is group[0] else 0
        if block.depth <= group[0].depth + 1 and block is not group[0] and not headed:
            current = "gap"
        headed = headed or (block.kind == "heading" and block is not group[0])
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

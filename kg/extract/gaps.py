"""GAPS_AND_OPPORTUNITIES: what is missing, who works on it, what could be done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from kg.extract.context import Context, Extract
from kg.extract.gap_groups import FIELDS, groups, is_nested, only_label
from kg.extract.grouping import arrows_apart, lines_apart, without_group_labels
from kg.extract.labels import bold_head, field_at_start, find_fields
from kg.extract.parts import Part
from kg.extract.tables import columns_of
from kg.extract.titles import clean_title, is_reference, short_label, title_of, without_ids
from kg.ids import normalise
from kg.model import Value
from kg.reading import Block
from kg.reading.lines import ARROW, ARROWS
from kg.shapes import is_name

__all__ = ["read"]

_DASH = re.compile(r"\s*(?:\s[–—-]\s|[(\[:：])\s*")
_MARK_BEHIND = re.compile(rf"(?:{ARROW}|[;；])\Z")


def read(part: Part, context: Context) -> Iterator[Extract]:
    """A gap per outermost entry: title, text, opportunity, with all that is nested below it."""
    blocks = [line for block in part.blocks for line in lines_apart(block, "gap", context)]
    part, remarks = without_group_labels(replace(part, blocks=blocks), FIELDS, 2, context)
    yield from remarks
    halves = _halves(part, context)
    for run in _runs(halves):
        yield from _paired(run, context)
    if halves:
        return
    columns: list[str] = []
    entries = list(groups(part, context))
    parted = arrows_apart(entries, FIELDS, context)
    for place, group in enumerate(entries):
        if place in parted:
            front, behind = parted[place]
            yield from _entry([front], [behind], context)
        elif place == 0 and _introduces(group, part):
            yield context.problem("stray-words", "words before the gaps were not used", group[0])
        elif group[0].kind != "row":
            yield from _entry(group, [], context)
        elif group[0].header:
            columns = _columns(group[0], entries[place + 1 :], context)
        else:
            yield from _row(group[0], columns, context)


def _introduces(group: list[Block], part: Part) -> bool:
    """Whether a paragraph without papers and bold head stands before gaps that are a list, a table or headed."""
    head, *others = group
    following = part.blocks[1:2]
    plain_words = head.kind == "text" and not (others or bold_head(head) or head.mentions())
    return plain_words and any(
        b.kind in ("item", "row", "heading") or bold_head(b) for b in following
    )


def _entry(group: list[Block], chances: list[Block], context: Context) -> Iterator[Extract]:
    """A gap of the blocks of one entry; `chances` are opportunities that stand elsewhere."""
    head = group[0]
    words = normalise(head.text).strip("()*_ .")
    if len(group) == 1 and context.lexicon.opens_with("placeholder", words) and len(words) < 60:
        yield context.problem("placeholder", f"a placeholder: ({words})", head)
        return
    title, start = title_of(head, context, FIELDS)
    if not title and any(_says_gap(block, context) for block in group[1:]):
        title, start = _title_over(head, context)
    texts = _texts(group, start, context)
    said = filter(None, (texts["opportunity"], *(normalise(b.text) for b in chances)))
    texts["opportunity"] = "\n".join(said)
    words = texts["gap"] or texts["opportunity"] or normalise(head.text)
    label = without_ids(title) if title else short_label(words)
    values = {"text": texts["gap"], "opportunity": texts["opportunity"]}
    places = (*context.places(group, start), *context.places(chances))
    node, facts = context.entry("Gap", (label,), label, places, dict(values))
    yield from facts
    if not texts["opportunity"]:
        yield context.problem("no-opportunity", "a gap without an opportunity", head)
    for block in (*group, *chances):
        yield from context.cite(node, "cites", block)


def _says_gap(block: Block, context: Context) -> bool:
    label = field_at_start(block, context.lexicon, FIELDS[:1], is_nested(block))
    return label is not None and bool(block.text[label.content :].strip())


def _title_over(head: Block, context: Context) -> tuple[str, int]:
    """The title in a line over one with the label of the gap, before the papers that follow it, and its end."""
    first = next((mention.start for mention in head.mentions()), len(head.text))
    signs = [sign.span() for sign in _DASH.finditer(head.text, 0, first)]
    named = len(signs) > 1 and is_name(head.text[signs[-2][1] : signs[-1][0]])
    cited = signs and first < len(head.text)
    end = signs[-2 if named else -1][0] if cited else len(head.text)
    return clean_title(head.text[:end], context.lexicon), end


@dataclass
class _Half:
    """What stands below a line that is but the label of a field."""

    field: str
    label: Block | None
    blocks: list[Block]


def _halves(part: Part, context: Context) -> list[_Half]:
    """The section by lines such as `### Gaps` and `**Opportunities**`; empty if it has no such order.

    Each stands once, is a heading, or begins with a gap again: where bold labels of
    opportunities alone come again and again, each belongs to the entry above it.
    """
    labels = [name for block in part.blocks if (name := only_label(block, part, context))]
    headed = part.blocks[0].kind == "heading" if part.blocks else False
    headed = headed or (labels.count("gap") > 1 and labels[0] == "gap")
    others = [
        block
        for block in part.blocks
        if block.kind == "row" or (block.kind == "heading" and not only_label(block, part, context))
    ]
    if not labels or others or (len(labels) > len(set(labels)) and not headed):
        return []
    halves = [_Half("gap" if labels[0] == "opportunity" else "", None, [])]
    for block in part.blocks:
        name = only_label(block, part, context)
        if name:
            halves.append(_Half(name, block, []))
        else:
            halves[-1].blocks.append(block)
    entries = any(b.kind != "text" or bold_head(b) or b.mentions() for b in halves[0].blocks)
    return halves if halves[0].field or not entries else []


def _runs(halves: list[_Half]) -> list[list[_Half]]:
    """The halves that belong together: a label that comes again begins anew."""
    runs: list[list[_Half]] = []
    for half in halves:
        if not runs or half.field in (other.field for other in runs[-1]):
            runs.append([])
        runs[-1].append(half)
    return runs


def _paired(halves: list[_Half], context: Context) -> Iterator[Extract]:
    """Gaps with the opportunities that are listed apart from them, in order where there are as many."""
    found: dict[str, list[list[Block]]] = {"": [], "gap": [], "opportunity": []}
    for half in halves:
        found[half.field] += groups(Part("", blocks=half.blocks), context) if half.blocks else ()
    for group in found[""]:
        yield context.problem("stray-words", "words before the gaps were not used", group[0])
    gaps, chances = found["gap"], found["opportunity"]
    label = next((half.label for half in halves if half.field == "opportunity"), None)
    count = f"{len(gaps)} gaps and {len(chances)} opportunities"
    if len(gaps) == 1:
        chances = [[block for group in chances for block in group]]
    paired = len(gaps) == len(chances)
    for place, gap in enumerate(gaps):
        yield from _entry(gap, chances[place] if paired else [], context)
    if chances and paired and len(gaps) > 1:
        what = f"{count} in lists of their own were paired in their order"
        yield context.problem("paired-opportunities", what, label)
    elif not paired and chances:
        what = f"{count} in lists of their own: none were paired, each stands alone"
        yield context.problem("unpaired-opportunities", what, label)
        for chance in chances:
            yield from _alone(chance, context)


def _alone(chance: list[Block], context: Context) -> Iterator[Extract]:
    """An opportunity of a gap that nothing tells."""
    title, start = title_of(chance[0], context, FIELDS)
    texts = [chance[0].text[start:], *(block.text for block in chance[1:])]
    text = "\n".join(filter(None, map(normalise, texts)))
    label = without_ids(title) if title else short_label(text)
    places = context.places(chance, start)
    node, facts = context.entry("Gap", (label,), label, places, {"opportunity": text or label})
    yield from facts
    for block in chance:
        yield from context.cite(node, "cites", block)


def _columns(header: Block, below: list[list[Block]], context: Context) -> list[str]:
    """Which field each column is; one of topics before that of the gaps, all different, has their titles."""
    columns = columns_of(header, context.lexicon, ("rank", "title", "topic", *FIELDS))
    rows = [group[0] for group in takewhile(lambda group: not group[0].header, below)]
    if "topic" in columns and "title" not in columns and "gap" in columns:
        place = columns.index("topic")
        words = {row.cells[place].text for row in rows if place < len(row.cells)} - {""}
        if place < columns.index("gap") and len(words) == len(rows):
            columns[place] = "title"
    return columns


def _row(row: Block, columns: list[str], context: Context) -> Iterator[Extract]:
    """A gap in a table: its title, whatever else is said, and the opportunity."""
    names = [*columns, *[""] * len(row.cells)]
    cells = [(names[n], cell) for n, cell in enumerate(row.cells) if cell.text.strip()]
    said = [(name, cell) for name, cell in cells if name != "rank"]
    title = next((cell for name, cell in said if name == "title"), None)
    title = title or next(
        (cell for name, cell in said if name == "gap"), said[0][1] if said else None
    )
    if title is None:
        return
    rest = [cell for name, cell in said if name != "opportunity" and cell is not title]
    values: dict[str, Value] = {
        "text": "\n".join(normalise(cell.text) for cell in rest),
        "opportunity": "\n".join(normalise(c.text) for name, c in cells if name == "opportunity"),
    }
    label = without_ids(clean_title(title.text, context.lexicon))
    places = map(context.source, (title, *(cell for _, cell in cells if cell is not title)))
    node, facts = context.entry("Gap", (label,), label, places, values)
    yield from facts
    for _, cell in said:
        yield from context.cite(node, "cites", cell)


def _texts(group: list[Block], start: int, context: Context) -> dict[str, str]:
    """The words of the gap and of the opportunity, a line for each block or stretch of one."""
    lines: dict[str, list[str]] = {name: [] for name in FIELDS}
    current, headed = "gap", False
    for block in group:
        begin = start if block is group[0] else 0
        if block.depth <= group[0].depth + 1 and block is not group[0] and not headed:
            current = "gap"
        dashed = is_nested(block)
        first = field_at_start(block, context.lexicon, FIELDS, dashed) if begin == 0 else None
        alone = first is not None and not block.text[first.content :].strip()
        headed = headed or (
            block is not group[0]
            and (block.kind == "heading" or (alone and block.depth <= group[0].depth))
        )
        cuts = {
            (f.start, f.content, f.name) for f in find_fields(block, context.lexicon, FIELDS, begin)
        }
        if first and not any(cut[0] == first.start for cut in cuts):
            cuts.add((first.start, first.content, first.name))
        limits = [(begin, begin, current), *sorted(cuts)]
        for (_, content, name), (after, _, _) in zip(
            limits, [*limits[1:], (len(block.text), 0, "")], strict=True
        ):
            text = normalise(block.text[content:after]).strip(f" *_{ARROWS}")
            text = _MARK_BEHIND.sub("", text).rstrip()
            text = text.rstrip(" –—-") if after < len(block.text) else text
            text = text.lstrip("–—- ") if content == start and block is group[0] else text
            current = name
            if text:
                lines[name].append(text)
    if len(lines["gap"]) > 1 and is_reference(lines["gap"][0]):
        del lines["gap"][0]  # what the title cites
    return {name: "\n".join(found) for name, found in lines.items()}

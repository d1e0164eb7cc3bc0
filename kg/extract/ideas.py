"""FUTURE_IDEAS: five fields with nested steps, the papers each builds on, risk and moon-shot mark."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.context import Context, Extract, clip
from kg.extract.labels import bold_head, field_at_start, find_fields, logical_lines
from kg.extract.parts import Part
from kg.extract.titles import clean_title, has_picture
from kg.ids import normalise
from kg.model import Value
from kg.reading import Block

__all__ = ["read"]

_EDGES = {
    "motivation": "motivatedBy",
    "novelty": "buildsOn",
    "approach": "usesMethodOf",
    "evaluation": "evaluatedWith",
    "risk": "cautionedBy",
}
_FIELDS = tuple(_EDGES)


def read(part: Part, context: Context) -> Iterator[Extract]:
    """An idea per title; the lines below it by field, each field with its own kind of citation."""
    lines = [
        line for block in part.blocks for line in logical_lines(block, context.lexicon, _FIELDS)
    ]
    idea: list[Block] = []
    for place, line in enumerate(lines):
        if _opens(line, lines[place + 1 : place + 2], idea, part, context):
            yield from _idea(idea, context)
            idea = []
        idea.append(line)
    yield from _idea(idea, context)


def _opens(
    line: Block, following: list[Block], idea: list[Block], part: Part, context: Context
) -> bool:
    """Whether a line is the title of the next idea.

    A numbered item may be a step of the idea above: it opens one only if fields
    follow, below it or in its own words.
    """
    if field_at_start(line, context.lexicon, _FIELDS):
        return False
    if line.kind == "heading":
        return not idea or line.level <= idea[0].level or idea[0].kind != "heading"
    if (idea and idea[0].kind == "heading") or line.depth > part.base:
        return False
    if line.kind == "item" and not line.marker[:1].isdigit():
        return True
    inside = next(find_fields(line, context.lexicon, _FIELDS), None) is not None
    fielded = inside or any(
        block.depth > line.depth and field_at_start(block, context.lexicon, _FIELDS)
        for block in following
    )
    named = context.lexicon.opens_with("idea", line.text.lstrip(" *_")) > 0
    return fielded or named or has_picture(line.text) or bold_head(line) > 0


def _idea(lines: list[Block], context: Context) -> Iterator[Extract]:
    if not lines:
        return
    rest = bold_head(lines[0]) or len(lines[0].text)
    title = clean_title(lines[0].text[:rest], context.lexicon)
    stretches, current, depth = _in_title(lines[0], rest, context)
    for line in lines[1:]:
        found = field_at_start(line, context.lexicon, _FIELDS)
        if found and (not current or line.depth <= depth):
            current, depth = found.name, line.depth
            stretches.append((current, line, found.content))
        else:
            stretches.append((current, line, 0))
    texts = _texts(stretches, depth)
    if not any(texts[name] for name in _FIELDS):
        code, what = ("stray-words", "words that belong to no idea were not used")
        if not title or len(lines) == 1:
            yield context.problem(code, what, lines[0])
            return
    risk = texts["risk"]
    values: dict[str, Value] = {name: texts[name] for name in _FIELDS}
    values["riskLevel"] = context.lexicon.risk_level(risk)
    values["moonshot"] = context.lexicon.marked("moonshot", f"{lines[0].text}\n{risk}")
    if texts[""]:
        values["text"] = texts[""]
    label = title or clip(texts["novelty"] or texts["motivation"] or lines[0].text)
    node, facts = context.entry("Idea", (label,), label, context.places(lines), values)
    yield from facts
    missing = [name for name in _FIELDS if not texts[name]]
    if missing:
        yield context.problem("missing-field", f"an idea without {', '.join(missing)}", lines[0])
    for name, block, start in stretches:
        yield from context.cite(node, _EDGES.get(name, "cites"), block, start)


def _in_title(
    line: Block, start: int, context: Context
) -> tuple[list[tuple[str, Block, int]], str, int]:
    """Fields in the words behind a title: the stretches, and the field and depth they end in."""
    fields = sorted(
        find_fields(line, context.lexicon, _FIELDS, start if start < len(line.text) else 0),
        key=lambda field: field.start,
    )
    if not fields:
        return [("", line, start)], "", 0
    ends = [*(field.start for field in fields[1:]), len(line.text)]
    stretches = [("", line.part(0, fields[0].start), min(start, fields[0].start))]
    for field, end in zip(fields, ends, strict=True):
        stretches.append((field.name, line.part(0, end), field.content))
    return stretches, fields[-1].name, line.depth


def _texts(stretches: list[tuple[str, Block, int]], base: int) -> dict[str, str]:
    """The words of each field; nested steps on lines of their own, with their numbers."""
    lines: dict[str, list[str]] = {name: [] for name in ("", *_FIELDS)}
    for name, block, start in stretches:
        text = normalise(block.text[start:]).strip(" *")
        if text and start == 0 and block.kind == "item" and block.depth > base:
            text = f"{'  ' * (block.depth - base - 1)}{block.marker} {text}"
        if text:
            lines[name].append(text)
    return {name: "\n".join(found) for name, found in lines.items()}

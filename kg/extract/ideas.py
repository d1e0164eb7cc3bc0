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

    It is if fields follow, below it or in its own words, if it says so, or if it
    looks like the title before; a bullet among the fields, or a numbered step,
    goes on with the idea above.
    """
    lexicon = context.lexicon
    if field_at_start(line, lexicon, _FIELDS):
        return False
    if line.kind == "heading":
        return not idea or line.level <= idea[0].level or idea[0].kind != "heading"
    if (idea and idea[0].kind == "heading") or line.depth > part.base:
        return False
    fielded = next(find_fields(line, lexicon, _FIELDS), None) is not None or any(
        block.depth > line.depth and field_at_start(block, lexicon, _FIELDS) for block in following
    )
    named = lexicon.opens_with("idea", line.text.lstrip(" *_")) > 0
    if not idea or fielded or named or has_picture(f"{line.marker}{line.text}"):
        return True
    end = bold_head(line)
    label = line.text[:end].rstrip(" *").endswith((":", "：")) and line.text[end:].strip()
    bare = not any(field_at_start(other, lexicon, _FIELDS) for other in idea)
    return _look(line) == _look(idea[0]) and ((end > 0 and not label) or bare)


def _look(line: Block) -> tuple[str, str]:
    """What kind of line it is: a paragraph, a bullet, or a numbered item."""
    return line.kind, "1" if line.marker[:1].isdigit() else line.marker


def _idea(lines: list[Block], context: Context) -> Iterator[Extract]:
    if not lines:
        return
    rest = bold_head(lines[0]) or len(lines[0].text)
    title = clean_title(lines[0].text[:rest], context.lexicon)
    stretches, current, depth = _in_title(lines[0], rest, context)
    counted = False
    for line in lines[1:]:
        found = field_at_start(line, context.lexicon, _FIELDS)
        step = line.marker[:1].isdigit() and not counted and bool(current)
        if found and not step and (not current or line.depth <= depth):
            current, depth, counted = found.name, line.depth, line.marker[:1].isdigit()
            stretches.append((current, line, found.content))
        else:
            stretches.append((current, line, 0))
    texts = _texts(stretches, depth)
    plain_words = lines[0].kind == "text" and not bold_head(lines[0])
    if plain_words and not any(texts[name] for name in _FIELDS):
        what = "words that belong to no idea were not used"
        yield context.problem("stray-words", what, lines[0])
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
    for number, (name, block, start) in enumerate(stretches):
        yield from context.cite(node, _EDGES.get(name, "cites"), block, start if number else 0)


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

"""FUTURE_IDEAS: five fields with nested steps, the papers each builds on, risk and moon-shot mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.context import Context, Extract, clip, plain
from kg.extract.labels import Field, bold_head, field_at_start, logical_lines
from kg.extract.parts import Part
from kg.ids import normalise
from kg.lexicon import strip_number
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
_MARKS = "✨★☆✦•·* \n"


def read(part: Part, context: Context) -> Iterator[Extract]:
    """An idea per title; the lines below it by field, each field with its own kind of citation."""
    lines = [
        line for block in part.blocks for line in logical_lines(block, context.lexicon, _FIELDS)
    ]
    idea: list[Block] = []
    for line in lines:
        if _opens(line, idea, part, context):
            yield from _idea(idea, context)
            idea = []
        idea.append(line)
    yield from _idea(idea, context)


def _opens(line: Block, idea: list[Block], part: Part, context: Context) -> bool:
    """Whether a line is the title of the next idea."""
    if field_at_start(line, context.lexicon, _FIELDS):
        return False
    if line.kind == "heading":
        return not idea or line.level <= idea[0].level or idea[0].kind != "heading"
    if idea and idea[0].kind == "heading":
        return False
    if line.depth > part.base:
        return False
    starred = line.marker in ("✨", "★", "☆", "✦") or line.text.lstrip()[:1] in (
        "✨",
        "★",
        "☆",
        "✦",
    )
    numbered = context.lexicon.opens_with("idea", line.text.strip(_MARKS)) > 0
    return (
        starred or numbered or bold_head(line) > 0 or (line.kind == "item" and not _fielded(line))
    )


def _fielded(line: Block) -> bool:
    """Whether an outermost item is one of the fields' continuations (a numbered step)."""
    return line.marker[:1].isdigit()


def _idea(lines: list[Block], context: Context) -> Iterator[Extract]:
    if not lines:
        return
    title, rest = _title(lines[0], context)
    stretches: list[tuple[str, Block, int]] = []
    current = Field("", 0, 0)
    depth = 0
    for number, line in enumerate(lines):
        found = field_at_start(line, context.lexicon, _FIELDS) if number else None
        if found and (not current.name or line.depth <= depth):
            current, depth = found, line.depth
            stretches.append((found.name, line, found.content))
        else:
            stretches.append((current.name, line, 0 if number else rest))
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


def _title(block: Block, context: Context) -> tuple[str, int]:
    """The title without its marks, and where words after it begin."""
    end = bold_head(block) or len(block.text)
    words = block.text[:end].strip(_MARKS)
    words = strip_number(words)[1].strip(_MARKS)
    length = context.lexicon.opens_with("idea", words)
    if length:
        opened = re.match(r"\s*#?\d*\s*(?:\([^()]*\))?\s*[:.–—-]+\s*(?=\S)", words[length:])
        words = words[length + opened.end() :] if opened else words
    length = context.lexicon.opens_with("moonshot", words)
    if length:
        words = words[length:].lstrip(" :–—-") or words
    behind = re.search(r"\s*\(([^()]*)\)[\s.:*]*$", words)
    if behind and context.lexicon.opens_with("moonshot", behind[1].strip("* ")):
        words = words[: behind.start()]
    return plain(words), end


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

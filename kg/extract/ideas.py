"""FUTURE_IDEAS: five fields with nested steps, the papers each builds on, risk and moon-shot mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.diagnostics import Diagnostic
from kg.extract.context import Context, Extract, clip, plain
from kg.extract.fields import FIELDS, Stretch, divide, label_at, label_of, looks_of
from kg.extract.grouping import without_group_labels
from kg.extract.idea_tables import Column, columns_of_ideas, ideas_in_columns, is_of_field
from kg.extract.idea_titles import moonshot_said, only_moonshot, said_of_risk, title_of_idea
from kg.extract.labels import bold_head, field_at_start, find_fields
from kg.extract.parts import Part
from kg.extract.titles import has_picture
from kg.ids import normalise
from kg.lexicon import Lexicon
from kg.model import Source, Value
from kg.reading import Block

__all__ = ["read"]

_EDGES = dict(
    zip(
        FIELDS,
        ("motivatedBy", "buildsOn", "usesMethodOf", "evaluatedWith", "cautionedBy"),
        strict=True,
    )
)
_NEAR, _SEVERAL = 50, 3
_LEVEL_WORDS = 3
_CLAUSE = re.compile(r"[.,;:!?()\n。，；：（]|\s[–—-]+\s")
_COUNTER = re.compile(r"\W*([A-Z]|[IVX]{1,4})[.)]\s+(?=\S)")
_ROMAN = " I II III IV V VI VII VIII IX X "
_LETTER = re.compile(r"\w")
_ASIDE = re.compile(r"[(\[（][^()\[\]（）]{4,40}[)\]）]")
_COUNT = re.compile(r"\s*#?\w{0,3}\W*")


def read(part: Part, context: Context) -> Iterator[Extract]:
    """An idea per title; the lines below it by field, each field with its own kind of citation."""
    part, remarks = without_group_labels(part, FIELDS, 1, context)
    yield from remarks
    lines, heads = _cut(part.blocks, context.lexicon)
    idea: list[Block] = []
    columns: list[str] = []
    taken = 0
    for place, line in enumerate(lines):
        if place < taken:
            continue
        rest = lines[place:] if line.header else []
        turned = ideas_in_columns(rest, bool(idea), context.lexicon) if rest else []
        if turned:
            yield from _idea(idea, context)
            idea, taken = [], place + 1 + len(turned[0].rows)
            for column in turned:
                yield from _column(column, context)
        elif line.kind == "row":
            rows = lines[place : place + 1 + line.header]
            if idea and any(is_of_field(row, context.lexicon) for row in rows):
                idea.append(line)
                continue
            yield from _idea(idea, context)
            idea = []
            if line.header:
                columns, problems = _columns(line, context)
                yield from problems
            else:
                yield from _row(line, columns, context)
        elif id(line) in heads or _opens(line, lines[place + 1 : place + 2], idea, part, context):
            yield from _idea(idea, context)
            idea = [line]
        else:
            idea.append(line)
    yield from _idea(idea, context)


def _cut(blocks: Iterable[Block], lexicon: Lexicon) -> tuple[list[Block], set[int]]:
    """Blocks cut before their labels, and the lines (their `id()`) of which several fields were cut off.

    Those are titles: a step that another line was joined to has none or one.
    """
    found: list[Block] = []
    heads: set[int] = set()
    for block in blocks:
        lines = block.lines(lambda line, _: label_at(line, lexicon) is not None)
        fields = {label.name for line in lines[1:] if (label := label_at(line, lexicon))}
        if len(fields) >= _SEVERAL and not label_at(lines[0], lexicon):
            heads.add(id(lines[0]))
        found += lines
    return found, heads


def _opens(
    line: Block, following: list[Block], idea: list[Block], part: Part, context: Context
) -> bool:
    """Whether a line is the title of the next idea.

    It is if fields follow, below it or in its own words, if it says so, or if it
    looks like the title before; a bullet among the fields, or a numbered step,
    goes on with the idea above.
    """
    lexicon = context.lexicon
    if label_at(line, lexicon):
        return False
    if line.kind == "heading":
        return not idea or line.level <= idea[0].level or idea[0].kind != "heading"
    if (idea and idea[0].kind == "heading") or line.depth > part.base:
        return False
    fielded = next(find_fields(line, lexicon, FIELDS), None) is not None or any(
        block.depth > line.depth and label_at(block, lexicon) for block in following
    )
    named = lexicon.opens_with("idea", line.text.lstrip(" *_[")) > 0
    titled = _name_at(line, lexicon)
    if titled and len(idea) == 1 and _only_counted(idea[0], lexicon):
        return False
    pictured = has_picture(f"{line.marker}{line.text}")
    if not idea or fielded or named or titled or pictured or _counts_on(idea[0], line):
        return True
    if len(idea) == 1 and bold_head(idea[0]) and not bold_head(line):
        return False  # words below a bold title
    if _look(line) != _look(idea[0]):
        return False
    end = bold_head(line)
    near = idea[1:_NEAR]
    label, before = label_of(line), label_of(idea[0])
    if (
        label
        and not (before and label.look == before.look)
        and label.look in looks_of(near, lexicon)
    ):
        return False
    labelled = line.text[:end].rstrip(" *").endswith((":", "：")) and line.text[end:].strip()
    return (end > 0 and not labelled) or not any(label_at(other, lexicon) for other in near)


def _counts_on(before: Block, line: Block) -> bool:
    """Whether a line's letter or Roman number comes next after that of the title before: `A.` and `B.`."""
    first, second = _COUNTER.match(before.text), _COUNTER.match(line.text)
    if not (first and second and before.kind == line.kind == "text"):
        return False
    roman = f" {first[1]} {second[1]} " in _ROMAN
    return roman or (len(first[1] + second[1]) == 2 and ord(second[1]) - ord(first[1]) == 1)


def _look(line: Block) -> tuple[str, str]:
    """What kind of line it is: a paragraph, a bullet, or a numbered item."""
    return line.kind, "1" if line.marker[:1].isdigit() else line.marker


def _idea(lines: list[Block], context: Context) -> Iterator[Extract]:
    """One idea: its title line, the lines below it, and rows of a table of its fields."""
    if not lines:
        return
    head, lexicon = lines[0], context.lexicon
    candidates = lines[: 2 if _only_counted(head, lexicon) else 1]
    named = next((line for line in candidates if _name_at(line, lexicon)), None)
    begin = _name_at(head, lexicon)
    fields = min((one.start for one in find_fields(head, lexicon, FIELDS)), default=0)
    rest = (0 if begin else bold_head(head)) or (not begin and fields) or len(head.text)
    said = [line for line in lines if line.kind != "row" and (line is head or line is not named)]
    stretches, depth = divide(said, rest, lexicon)
    for row in lines:
        if row.kind == "row" and is_of_field(row, lexicon):
            name = lexicon.field(row.cells[0].text, FIELDS)
            stretches += [Stretch(name, cell, 0) for cell in row.cells[1:]]
    plain_words = head.kind == "text" and not bold_head(head)
    if plain_words and not any(one.name for one in stretches):
        what = "words that belong to no idea were not used"
        yield context.problem("stray-words", what, head)
        return
    words = named.text[_name_at(named, lexicon) :] if named else head.text[:rest]
    title = title_of_idea(words.replace(said_of_risk(words, lexicon), ""), lexicon)
    yield from _entry(title, head, stretches, depth, context.places(lines), context)


def _name_at(line: Block, lexicon: Lexicon) -> int:
    """Where the title begins in a line such as “Title: Byte cache”; 0 if it is none."""
    label = field_at_start(line, lexicon, ("title",)) if line.kind != "row" else None
    return label.content if label and line.text[label.content :].strip() else 0


def _only_counted(line: Block, lexicon: Lexicon) -> bool:
    """Whether a line says no more than “Idea 2”."""
    words = normalise(line.text).strip(" *_")
    length = lexicon.opens_with("idea", words)
    return length > 0 and _COUNT.fullmatch(words, length) is not None


def _columns(header: Block, context: Context) -> tuple[list[str], list[Diagnostic]]:
    """What each column of a table of ideas holds, and a remark on those that nobody knows."""
    names = columns_of_ideas(header, context.lexicon)
    problems = [
        _unknown(cell.text, cell, context)
        for name, cell in zip(names, header.cells, strict=True)
        if not name and cell.text.strip()
    ]
    return names, problems


def _row(row: Block, columns: list[str], context: Context) -> Iterator[Extract]:
    """An idea in a row of a table: its title, and a field per column."""
    names = [*columns, *[""] * len(row.cells)]
    cells = [
        (name, cell) for name, cell in zip(names, row.cells, strict=False) if cell.text.strip()
    ]
    said = [(name, cell) for name, cell in cells if name != "rank"]
    if not said:
        return
    title = next((cell for name, cell in said if name == "title"), None)
    head = title or said[0][1]
    stretches = [
        Stretch(name if name in FIELDS else "", cell, len(cell.text) if cell is title else 0)
        for name, cell in sorted(said, key=lambda item: item[1] is not title)
    ]
    places = map(context.source, (head, *(cell for _, cell in cells if cell is not head)))
    words = title_of_idea(title.text, context.lexicon) if title else ""
    yield from _entry(words, head, stretches, 0, places, context)


def _column(column: Column, context: Context) -> Iterator[Extract]:
    """An idea in a column of a table whose rows are fields."""
    head, stretches = column.head, column.stretches
    named = column.named or head
    title = title_of_idea(named.text, context.lexicon)
    places = context.places([named, head, *(one.block for one in stretches)])
    first = Stretch("", head, len(head.text))
    yield from _entry(title, head, [first, *stretches], 0, places, context)


def _entry(
    title: str, head: Block, stretches: Sequence[Stretch], depth: int, places: Iterable[Source],
    context: Context,
) -> Iterator[Extract]:  # fmt: skip
    """The facts of an idea whose words are divided among its fields."""
    lexicon = context.lexicon
    texts = _texts(stretches, depth)
    remark = said_of_risk(head.text, lexicon)
    bare = lexicon.labels.without(normalise(remark).strip(" ()[]（）–—-*_"), "risk")
    risk = texts["risk"] = texts["risk"] or bare
    values: dict[str, Value] = {name: texts[name] for name in FIELDS}
    first = next((one for one in stretches if one.name == "risk"), None)
    before = first.block.text[: first.start] if first else ""
    values["riskLevel"] = lexicon.risks.level(risk, before) or lexicon.risks.level(remark)
    asides = "\n".join(_ASIDE.findall(texts[""]))
    said, rest = moonshot_said(texts[""], lexicon)
    values["moonshot"] = lexicon.marked("moonshot", f"{head.text}\n{risk}\n{asides}") or said
    if _LETTER.search(rest):
        values["text"] = rest
    words = (texts["novelty"], texts["motivation"], head.text, *texts.values())
    label = title or next(filter(None, map(clip, words)), "")
    if not label:
        return
    node, facts = context.entry("Idea", (label,), label, places, values)
    yield from facts
    missing = [name for name in FIELDS if not texts[name]]
    if missing:
        yield context.problem("missing-field", f"an idea without {', '.join(missing)}", head)
    if first and _short(risk) and not lexicon.risks.level(risk):
        what = f"no risk level is called {_short(risk)!r}"
        yield context.problem("unknown-risk-level", what, first.block, first.start)
    for number, (name, block, start, unknown) in enumerate(stretches):
        if unknown and not (only_moonshot(unknown, lexicon) or lexicon.field(unknown, ("paper",))):
            yield _unknown(unknown, block, context, start)
        yield from context.cite(node, _EDGES.get(name, "cites"), block, start if number else 0)


def _unknown(label: str, block: Block, context: Context, start: int = 0) -> Diagnostic:
    what = f"no field of an idea is called {plain(label)!r}"
    return context.problem("unknown-field", what, block, start)


def _short(risk: str) -> str:
    """The first words about a risk, where they are as few as those of a level; else nothing."""
    words = _CLAUSE.split(risk)[0].strip()
    return words if len(words.split()) <= _LEVEL_WORDS else ""


def _texts(stretches: Sequence[Stretch], base: int) -> dict[str, str]:
    """The words of each field; nested steps on lines of their own, with their numbers or bullets.

    A single bullet has nothing to be told apart from; below a paragraph each item is nested.
    """
    lines: dict[str, list[str]] = {name: [] for name in ("", *FIELDS)}
    bare, least = dict[str, str](), base
    for name, block, start, _ in stretches:
        least = base - (block.kind == "text") if start else least
        text = normalise(block.text[start:]).strip(" *").rstrip(" *;；|｜")
        text = text if name or start == 0 else text.lstrip("–—- ")
        if text and start == 0 and block.kind == "item" and block.depth > least:
            numbered = block.marker[:1].isdigit()
            bare.setdefault(name, "" if numbered or lines[name] else text)
            text = f"{'  ' * (block.depth - base - 1)}{block.marker or '-'} {text}"
        if text:
            lines[name].append(text)
    return {
        name: bare.get(name, "") or found[0] if len(found) == 1 else "\n".join(found)
        for name, found in lines.items()
    }

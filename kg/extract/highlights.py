"""SOTA_HIGHLIGHTS: the table of the issue's best, or a list that says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.extract.context import Context, Extract, clip
from kg.extract.entries import Entry, Stretch, entries_with_papers
from kg.extract.heads import Head, head_of, titled
from kg.extract.labels import lead_behind_title, lead_ids
from kg.extract.paperless import without_paper
from kg.extract.parts import Part
from kg.extract.tables import Table, labelled, rank_written, read_table, runs
from kg.ids import PaperId, keyword_id, normalise
from kg.model import Node, Value
from kg.reading import Block
from kg.shapes import is_name

__all__ = ["read"]

_FIELDS = ("title", "keywords", "breakthrough", "impact")
_COLUMNS = ("rank", "paper", *_FIELDS)
_SPLIT = re.compile(r"\s*[,;；，、]\s*|\s+[/·•|]\s+|\s+(?=#\w)")
_WORD = re.compile(r"\w")
_SPLIT_CELL = re.compile(rf"\s*\n\s*|{_SPLIT.pattern}")
"""In a cell a break is meant; elsewhere a line may have been wrapped."""
_BAR = re.compile(r"[|｜]")
_STOP = re.compile(r"[.!?:。：](?:\s|\Z)")
_SHORT, _TOLD = 4, 2
_MARKS = ' .`*_~|–—-#\n"“”'
_AROUND = _MARKS + ":：,;·()（）[]【】"


def read(part: Part, context: Context) -> Iterator[Extract]:
    """A highlight per row or entry; columns are told by their heads, the paper by its identifier."""
    count = 0
    for run in runs(part.blocks):
        if run[0].kind == "row":
            table, remarks = read_table(run, _COLUMNS, context)
            yield from remarks
            for row in table.rows:
                count += 1
                yield from _row(row, table, count, context)
            continue
        for entry in entries_with_papers(run, context.lexicon, _FIELDS):
            if entry.lead is None:
                yield from without_paper(entry, "a highlight", context)
            else:
                head = head_of(entry, context, _FIELDS)
                count = count + 1 if head.rank is None else head.rank
                yield from _entry(entry, head, count, context)


def _row(row: Block, table: Table, count: int, context: Context) -> Iterator[Extract]:
    cells = {**{name: [] for name in _COLUMNS}, **table.cells(row)}
    if len(row.cells) > len(table.columns):
        yield context.problem(
            "too-many-cells",
            f"{len(row.cells)} cells under {len(table.columns)} columns; the surplus was joined to the last",
            row,
        )
    missing = [name for name in table.columns if name and not cells[name]]
    if missing:
        yield context.problem("empty-cell", f"a highlight without {', '.join(missing)}", row)
    paper = next((c for c in (*cells["paper"], *row.cells) if c.mentions()), row)
    for cell in list(cells[""]):
        for name, part in labelled(cell, _FIELDS, context.lexicon) if cell is not paper else ():
            cells[name].append(part)
            cells[""] = [one for one in cells[""] if one is not cell]
    lead = _papers(paper)
    cells["impact"] += [cell for cell in cells[""] if cell is not paper]
    texts = {name: " | ".join(normalise(c.text) for c in found) for name, found in cells.items()}
    written = rank_written(texts["rank"])
    rank = int(written) if written.isascii() and written.isdigit() else count
    if not lead and _says_nothing(cells, context):
        message = f"a placeholder: {normalise(' – '.join(cell.text for cell in row.cells))}"
        yield context.problem("placeholder", message, row)
        return
    names = tuple(p.canonical.removeprefix("arXiv:") for _, _, p in lead) or (
        clip(texts["breakthrough"] or texts["keywords"] or str(rank)),
    )
    if not lead:
        yield context.problem("entry-without-paper", "a highlight without an identifier", row)
    values: dict[str, Value] = {
        "rank": rank,
        "breakthrough": texts["breakthrough"],
        "impact": texts["impact"],
    }
    label = "" if lead else names[0]
    places = map(context.source, (paper, *(cell for cell in row.cells if cell is not paper)))
    node, facts = context.entry("Highlight", names, label, places, values)
    yield from facts
    yield from context.about(node, paper, lead)
    for cell in cells.get("link", ()):
        yield from context.about(node, cell, _papers(cell))
    yield from _called(paper, context)
    for cell in cells["keywords"]:
        yield from _keywords(node, cell, 0, lead, context)
    for _, _, one in lead[:1]:
        for cell in (*cells["paper"], *cells["title"]):
            if cell is not paper:
                yield from titled(cell, 0, len(cell.text), one, context)
        for cell in cells["breakthrough"]:
            yield from context.scribe(cell).colon(0, one, introduces=False)


def _papers(cell: Block) -> list[tuple[int, int, PaperId]]:
    """The identifiers in a cell."""
    return [(m.start, m.end, m.paper) for m in cell.mentions() if m.paper]


def _called(cell: Block, context: Context) -> Iterator[Extract]:
    """What a cell with one paper says beside its identifier: first the title, or a name."""
    lead = lead_ids(cell) or lead_behind_title(cell)
    if lead is None or len({mention.paper for mention in cell.mentions()}) != 1:
        yield from context.names(cell)
        return
    head = head_of(Entry(lead, [cell]), context, _FIELDS)
    front = (0, 0) if head.linked else (head.start, head.end)
    spans = [front, lead.inside, (cell.mentions()[-1].end, len(cell.text))]
    said = [span for span in spans if _WORD.search(cell.text[slice(*span)])]
    if head.linked or not said:
        yield from context.names(cell)
    for place, (start, end) in enumerate(said):
        start, end = _bare(cell.text, start, end)
        paper = lead.papers[0][2]
        if is_name(cell.text[start:end]):
            yield from context.scribe(cell).front(start, end, paper)
        elif place == 0:
            yield from titled(cell, start, end, paper, context)
        else:
            values: dict[str, Value] = {"summary": normalise(cell.text[start:end])}
            spot = context.source(cell, start, end)
            yield Node(id=paper.node, type="Paper", attributes=values, sources=(spot,))


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Where words stand without the marks and brackets around them."""
    end = start + len(text[start:end].rstrip(_AROUND))
    return end - len(text[start:end].lstrip(_AROUND)), end


def _says_nothing(cells: dict[str, list[Block]], context: Context) -> bool:
    """Whether a placeholder stands for the paper, with no more than one remark beside it."""
    empty = context.lexicon.is_placeholder
    others = [
        one for name, found in cells.items() if name not in ("rank", "paper") for one in found
    ]
    told = sum(not empty(cell.text) for cell in others)
    return bool(cells["paper"]) and told < _TOLD and all(empty(c.text) for c in cells["paper"])


def _keywords(
    node: str, cell: Block, start: int, lead: list[tuple[int, int, PaperId]], context: Context
) -> Iterator[Extract]:
    begin, stop = start, len(cell.text)
    words = cell.text[start:stop].strip(_MARKS)
    if (words[:1], words[-1:]) == ("[", "]"):
        begin, stop = cell.text.index("[", start) + 1, cell.text.rindex("]")
    split = _SPLIT_CELL if cell.kind == "cell" else _SPLIT
    ends = _between_codes(cell, start) or [
        match.span() for match in split.finditer(cell.text, begin, stop)
    ]
    for end, following in [*ends, (stop, stop)]:
        end = begin + len(cell.text[begin:end].rstrip(_MARKS))
        begin += len(cell.text[begin:end]) - len(cell.text[begin:end].lstrip(_MARKS))
        label = normalise(cell.text[begin:end])
        if label:
            place = context.source(cell, begin, end)
            yield Node(id=keyword_id(label), type="Keyword", label=label, sources=(place,))
            yield context.edge("hasKeyword", node, keyword_id(label), place)
            for _, _, paper in lead[:1]:
                yield from context.scribe(cell).keyword(begin, end, paper)
        begin = following


def _between_codes(cell: Block, start: int) -> list[tuple[int, int]]:
    """What stands between keywords that are spans of code, where nothing but marks does."""
    codes = [code for code in cell.code if code[0] >= start]
    gaps = [(end, begin) for (_, end), (begin, _) in pairwise(codes)]
    edges = [(start, codes[0][0]), (codes[-1][1], len(cell.text))] if gaps else []
    return [] if any(_WORD.search(cell.text, *gap) for gap in (*gaps, *edges)) else gaps


def _in_columns(
    stretches: list[Stretch], named: bool, context: Context
) -> tuple[list[Stretch], bool]:
    """Stretches without a label cut at their bars, and whether they were read as the columns of a table.

    They are where there are as many cells as a table has columns: keywords, breakthrough
    and impact, behind what the paper is called. A name in front is none of them.
    """
    first = stretches[0]
    text = first.block.text[: first.end].rstrip(" |｜\n")
    bars = [match.start() for match in _BAR.finditer(text, first.start)]
    if not bars or any(stretch.name != first.name for stretch in stretches):
        return stretches, False
    cells = []
    for begin, end in pairwise([first.start - 1, *bars, len(text)]):
        blank = len(text[begin + 1 : end]) - len(text[begin + 1 : end].lstrip())
        cells.append(first._replace(start=begin + 1 + blank, end=end))
    front = cells[0].words.strip(_MARKS)
    several = _SPLIT.search(front) is not None
    titles = 0 if named else int(len(cells) == len(_FIELDS) or is_name(front))
    names = _FIELDS[1 - titles :]
    if len(cells) == len(names) and (named or titles or several):
        found = [cell._replace(name=name) for cell, name in zip(cells, names, strict=True)]
        return [*found, *stretches[1:]], True
    if titles and is_name(front) and not context.lexicon.is_common(front):
        rest = first._replace(start=cells[1].start)
        return [cells[0]._replace(name="title"), rest, *stretches[1:]], False
    return stretches, False


def _lists_keywords(stretches: list[Stretch]) -> bool:
    """Whether the words before labelled fields are keywords: a few short ones, which no label names."""
    words = stretches[0].words.strip(" |·–—-*")
    named = {one.name for one in stretches[1:]}
    short = all(0 < len(one.split()) <= _SHORT for one in _SPLIT.split(words))
    several = len(_SPLIT.split(words)) > 1 and not _STOP.search(words)
    return several and short and "keywords" not in named and named >= {"breakthrough", "impact"}


def _closed(stretch: Stretch) -> int:
    """Where the bracket closes that words stand in, `(keywords: one, two)`; else their end."""
    deep = 0
    for place in range(stretch.start, stretch.end):
        sign = stretch.block.text[place]
        deep += (sign in "(（") - (sign in ")）")
        if deep < 0:
            return place
    return stretch.end


def _entry(entry: Entry, head: Head, rank: int, context: Context) -> Iterator[Extract]:
    """A highlight of a list: `Name (ID): text`, with fields below or within."""
    lead, line = entry.lead, entry.lines[0]
    assert lead is not None
    values: dict[str, Value] = {"rank": rank}
    said: dict[str, list[str]] = {name: [] for name in _FIELDS}
    keywords: list[tuple[Block, int]] = []
    stretches = entry.stretches(head.rest, context.lexicon, _FIELDS, "breakthrough")
    labelled = any(
        one.name == "breakthrough" and _WORD.search(one.words) is not None for one in stretches[1:]
    )
    plain_words = bool(head.title) and not (head.named or head.linked)
    if plain_words and not labelled:
        said["breakthrough"].append(head.title)
    stretches, guessed = _in_columns(stretches, bool(head.title) or head.name[1] > 0, context)
    if guessed:
        message = "cells without labels; read as keywords, breakthrough and impact"
        yield context.problem("guessed-columns", message, line, stretches[0].start)
    if labelled and _lists_keywords(stretches):
        stretches[0] = stretches[0]._replace(name="keywords")
        message = "words without a label, read as keywords"
        yield context.problem("guessed-columns", message, line, stretches[0].start)
    if labelled and not head.title and is_name(stretches[0].words.strip(_MARKS)):
        stretches[0] = stretches[0]._replace(name="name")
    for stretch in stretches:
        text = stretch.words.strip(" |–—-*~").rstrip(" ;；,，、")
        if not _WORD.search(text) or stretch.name == "name":
            continue
        if stretch.name == "title":
            yield from titled(stretch.block, stretch.start, stretch.end, lead.papers[0][2], context)
        elif stretch.name == "keywords":
            end = _closed(stretch)
            keywords.append((stretch.block.part(0, end), stretch.start))
            if _WORD.search(stretch.block.text, end, stretch.end):
                said["breakthrough"].append(stretch._replace(start=end).words.lstrip(" ).,;）"))
        else:
            said[stretch.name].append(text)
    values |= {name: "\n".join(texts) for name, texts in said.items() if texts}
    names = tuple(p.canonical.removeprefix("arXiv:") for _, _, p in lead.papers)
    node, facts = context.entry("Highlight", names, "", context.places(entry.blocks), values)
    yield from facts
    yield from context.about(node, line, lead.papers)
    for block, start in keywords:
        yield from _keywords(node, block, start, lead.papers, context)
    if plain_words and labelled:
        yield from titled(head.block, head.start, head.end, lead.papers[0][2], context)
    else:
        yield from head.titles(entry, context)
    yield from head.names(entry, context)
    own = line.part(0, stretches[0].end)
    if not head.title and stretches[0].name != "keywords" and own.text[head.rest :].strip():
        yield from context.scribe(own).title(head.rest, len(own.text), lead.papers[0][2])
        yield from context.scribe(own).colon(head.rest, lead.papers[0][2])

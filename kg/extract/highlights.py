"""SOTA_HIGHLIGHTS: the table of the issue's best, or a list that says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.context import Context, Extract, clip
from kg.extract.labels import field_at_start, find_fields, lead_ids
from kg.extract.parts import Part
from kg.extract.tables import columns_of
from kg.ids import PaperId, keyword_id, normalise
from kg.model import Node, Value
from kg.reading import Block

__all__ = ["read"]

_COLUMNS = ("rank", "paper", "keywords", "breakthrough", "impact")
_SPLIT = re.compile(r"\s*[,;；，、]\s*")


def read(part: Part, context: Context) -> Iterator[Extract]:
    """A highlight per row; columns are told by their heads, the paper by its identifier."""
    columns: list[str] = list(_COLUMNS)
    count = 0
    loose: list[Block] = []
    for block in part.blocks:
        if block.kind == "row" and block.header:
            columns = columns_of(block, context.lexicon, _COLUMNS)
            for cell, name in zip(block.cells, columns, strict=True):
                if not name and cell.text.strip():
                    yield context.problem(
                        "unknown-column",
                        f"column {normalise(cell.text)!r} is none of {', '.join(_COLUMNS)}",
                        cell,
                    )
        elif block.kind == "row":
            count += 1
            yield from _row(block, columns, count, context)
        else:
            loose.append(block)
    yield from _list(loose, part, count, context)


def _row(row: Block, columns: list[str], count: int, context: Context) -> Iterator[Extract]:
    cells: dict[str, list[Block]] = {name: [] for name in _COLUMNS}
    for number, cell in enumerate(row.cells):
        name = columns[number] if number < len(columns) else columns[-1] if columns else ""
        if cell.text.strip():
            cells[name or "impact"].append(cell)
    if len(row.cells) > len(columns):
        yield context.problem(
            "too-many-cells",
            f"{len(row.cells)} cells under {len(columns)} columns; the surplus was joined to the last",
            row,
        )
    missing = [name for name in columns if name and not cells[name]]
    if missing:
        yield context.problem("empty-cell", f"a highlight without {', '.join(missing)}", row)
    paper = next((c for c in (*cells["paper"], *row.cells) if c.mentions()), row)
    lead = [(m.start, m.end, m.paper) for m in paper.mentions() if m.paper]
    texts = {name: " | ".join(normalise(c.text) for c in found) for name, found in cells.items()}
    written = texts["rank"].strip("#. ")
    rank = int(written) if written.isascii() and written.isdigit() else count
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
    yield from context.names(paper)
    for cell in cells["keywords"]:
        yield from _keywords(node, cell, 0, lead, context)
    for cell in cells["breakthrough"]:
        for _, _, one in lead[:1]:
            yield from context.scribe(cell).colon(0, one, introduces=False)


def _keywords(
    node: str, cell: Block, start: int, lead: list[tuple[int, int, PaperId]], context: Context
) -> Iterator[Extract]:
    begin = start
    ends = [match.span() for match in _SPLIT.finditer(cell.text, start)]
    for end, following in [*ends, (len(cell.text), len(cell.text))]:
        label = normalise(cell.text[begin:end].strip(" .`*_"))
        if label:
            place = context.source(cell, begin, end)
            yield Node(id=keyword_id(label), type="Keyword", label=label, sources=(place,))
            yield context.edge("hasKeyword", node, keyword_id(label), place)
            for _, _, paper in lead[:1]:
                yield from context.scribe(cell).keyword(begin, end, paper)
        begin = following


def _list(blocks: list[Block], part: Part, count: int, context: Context) -> Iterator[Extract]:
    """Highlights as list items: `ID – Name: text`, with fields below or within."""
    entries: list[list[Block]] = []
    for block in blocks:
        headed = block.kind == "heading" and any(m.paper for m in block.mentions())
        if headed or lead_ids(block) or not entries:
            entries.append([block])
        else:
            entries[-1].append(block)
    for group in entries:
        head = group[0]
        lead = lead_ids(head)
        if lead is None:
            first = next((m.start for m in head.mentions() if m.paper), None)
            lead = None if first is None else lead_ids(head, first)
        if lead is None:
            yield context.problem(
                "entry-without-paper",
                "words in the highlights that belong to no paper were not used",
                head,
            )
            continue
        count += 1
        values: dict[str, Value] = {"rank": count}
        keywords: list[tuple[Block, int]] = []
        for block in group:
            start = lead.end if block is head else 0
            found = sorted(
                {
                    (f.start, f.content, f.name)
                    for f in find_fields(block, context.lexicon, _COLUMNS[2:], start)
                }
            )
            own = None if found else field_at_start(block, context.lexicon, _COLUMNS[2:])
            if own and block is not head:
                found = [(own.start, own.content, own.name)]
            limits = [(start, start, "breakthrough"), *found]
            for (_, content, name), (after, _, _) in zip(
                limits, [*limits[1:], (len(block.text), 0, "")], strict=True
            ):
                text = normalise(block.text[content:after]).strip(" |–—-*")
                if text and name == "keywords":
                    keywords.append((block.part(0, after), content))
                elif text:
                    values[name] = f"{values[name]}\n{text}" if name in values else text
        names = tuple(p.canonical.removeprefix("arXiv:") for _, _, p in lead.papers)
        node, facts = context.entry("Highlight", names, "", context.places(group), values)
        yield from facts
        yield from context.about(node, head, lead.papers)
        for block, start in keywords:
            yield from _keywords(node, block, start, lead.papers, context)
        for _, _, paper in lead.papers[:1]:
            yield from context.scribe(head).title(lead.end, len(head.text), paper)
            yield from context.scribe(head).colon(lead.end, paper)

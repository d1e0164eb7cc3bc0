"""Tables that are cards: a row for each field of one entry, read as the items of a list."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.parts import Part
from kg.extract.tables import runs
from kg.lexicon import Lexicon
from kg.reading import Block
from kg.reading.document import Piece

__all__ = ["without_cards"]

_FIELDS = {
    "SOTA_HIGHLIGHTS": ("rank", "paper", "title", "keywords", "breakthrough", "impact"),
    "NOVEL_TECH_CONTRIBUTIONS": ("paper", "title", "technique", "assessment"),
    "GAPS_AND_OPPORTUNITIES": ("gap", "opportunity", "paper"),
    "READING_LIST": ("rank", "paper", "title", "reason"),
}
_PAIR = 2
_COLON = ": "


def without_cards(part: Part, lexicon: Lexicon) -> list[Block]:
    """The blocks of a section, the rows of its cards as items: `| Impact | wide |` as `- Impact: wide`."""
    fields = _FIELDS.get(part.section, ())
    if not fields or not any(block.kind == "row" for block in part.blocks):
        return part.blocks
    return [one for run in runs(part.blocks) for one in _opened(run, fields, lexicon)]


def _opened(run: list[Block], fields: tuple[str, ...], lexicon: Lexicon) -> Iterator[Block]:
    pairs = [row for row in run if row.kind == "row" and len(row.cells) == _PAIR]
    if len(pairs) < len(run) or len(run) <= _PAIR:
        yield from run
        return
    named = [
        [lexicon.field(cell.text.strip(" *_:："), fields) for cell in row.cells] for row in pairs
    ]
    labels = {label for label, value in named if label and not value}
    columns = run[0].header and all(named[0])
    told = sum(bool(label) for label, _ in named[run[0].header :])
    if columns or len(labels) < _PAIR or 2 * told < len(run) - run[0].header:
        yield from run
        return
    ranks = [row for row, (label, _) in zip(pairs, named, strict=True) if label == "rank"]
    rank = ranks[0].cells[1] if len(ranks) == 1 and ranks[0].cells[1].text.isdecimal() else None
    for row, (label, _) in zip(pairs, named, strict=True):
        if (label or not row.header) and not (rank and row in ranks):
            item = _joined(row.cells[0], row.cells[1], _COLON)
            yield _joined(rank, item, ". ") if rank and label == "paper" else item


def _joined(label: Block, value: Block, sign: str) -> Block:
    """Two cells as one item, each with its places, and a sign between them."""
    front = label.text.rstrip(" *_:：\n")
    shift = len(front) + len(sign)
    first = label.part(0, len(front))
    end = first.span(0, len(front))[1]
    pieces = [*first.pieces, Piece(len(front), end, end)] if front else [Piece(0, end, end)]
    pieces += [Piece(piece.offset + shift, piece.first, piece.last) for piece in value.pieces]
    return Block(
        "item",
        depth=label.depth,
        marker="-",
        text=f"{front}{sign}{value.text}",
        strong=[(a + shift, b + shift) for a, b in value.strong],
        emphasis=[(a + shift, b + shift) for a, b in value.emphasis],
        code=[(a + shift, b + shift) for a, b in value.code],
        links=[(a + shift, b + shift, url) for a, b, url in value.links],
        pieces=pieces,
        references=value.references,
    )

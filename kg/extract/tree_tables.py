"""A topic tree in a table: columns of a path, the papers, and what they are and bring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.context import Context, Extract, plain
from kg.extract.heads import titled
from kg.extract.leaves import leaves_of_cell
from kg.extract.placing import place_leaf
from kg.extract.tables import columns_of
from kg.extract.topics import Tree, topic
from kg.ids import normalise
from kg.lexicon import Lexicon
from kg.model import Node, Value
from kg.reading import Block
from kg.shapes import is_name

__all__ = ["columns_of_tree", "read_row"]

_COLUMNS = ("rank", "paper", "title", "topic")
_ROW = 2
"""Rows of a table are deeper than any line above it."""


def columns_of_tree(header: Block, lexicon: Lexicon) -> list[str]:
    """What each column holds by its head: a topic of the path, a paper, its title, a count; empty if it does not say."""
    return columns_of(header, lexicon, _COLUMNS)


def read_row(row: Block, columns: Sequence[str], tree: Tree, context: Context) -> Iterator[Extract]:
    """A row of a table: cells of a path, those with papers, then what they bring.

    The path stands before the papers, or where heads say so behind them. An
    empty cell of it goes on with the one above it; a dash says that there is none.
    """
    cells = row.cells
    names = [*columns, *[""] * len(cells)]
    first = next((n for n, cell in enumerate(cells) if cell.mentions()), len(cells))
    steps = [n for n in range(len(cells)) if names[n] == "topic" or (n < first and not names[n])]
    above = tree.open[-1].path if tree.open and tree.open[-1].depth[0] == _ROW else ()
    for step, cell in enumerate(cells[n] for n in steps):
        depth = (_ROW, row.depth, step)
        if plain(cell.text):
            parent = tree.parent(depth)
            yield from topic(cell, cell.text, parent, depth, tree, context)
        elif step < len(above) and cell.text.strip():
            tree.parent(depth)
    path = tree.open[-1].path if tree.open else ()
    rest = [n for n in range(len(cells)) if n not in steps and names[n] != "rank"]
    papers = []
    for cell in (cells[n] for n in rest):
        for leaf in leaves_of_cell(cell):
            papers += [paper for _, _, paper in leaf.lead.papers]
            yield from place_leaf(cell, leaf, path, tree, context)
            yield from context.names(cell, 0, leaf.lead.papers[0][1])
    for number, cell in ((n, cells[n]) for n in rest):
        if not plain(cell.text) or cell.mentions():
            continue
        if names[number] == "title" and len(papers) == 1:
            yield from titled(cell, 0, len(cell.text), papers[0], context)
            continue
        for paper in papers:
            named = "title" not in names and is_name(plain(cell.text))
            name = "title" if named else "summary"
            values: dict[str, Value] = {name: normalise(cell.text)}
            sources = (context.source(cell),)
            yield Node(id=paper.node, type="Paper", attributes=values, sources=sources)
        if len(papers) == 1:
            yield from context.scribe(cell).summary(0, papers[0])

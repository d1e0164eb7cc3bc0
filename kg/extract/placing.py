"""Papers of a line or cell placed below an open topic of the tree."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.context import Context, Extract
from kg.extract.leaves import Leaf, leaves, place
from kg.extract.topics import Tree, duplicate_path
from kg.reading import Block

__all__ = ["place_leaf", "placed"]


def placed(
    line: Block, path: tuple[str, ...], tree: Tree, context: Context, start: int = 0
) -> Iterator[Extract]:
    """The papers that a line opens with, from a place in it on."""
    for leaf in leaves(line, start):
        yield from place_leaf(line, leaf, path, tree, context)


def place_leaf(
    line: Block, leaf: Leaf, path: tuple[str, ...], tree: Tree, context: Context
) -> Iterator[Extract]:
    """One leaf below a topic; that it is said to be a duplicate waits for the whole tree."""
    tree.contents[path] += 1
    yield from place(line, leaf, path, context)
    written = duplicate_path(leaf.remark(line), context)
    if written:
        tree.pending.append((line, path, written, False))

"""Papers of a line or cell placed below an open topic of the tree, and the name before the identifier of one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.context import Context, Extract, plain
from kg.extract.leaves import Leaf, leaves, place
from kg.extract.topics import Tree, duplicate_path
from kg.reading import Block
from kg.reading.lines import ARROWS
from kg.shapes import is_distinctive, is_name

__all__ = ["name_at_end", "place_leaf", "placed"]

_DASHED = re.compile(r"\s+[–—-]\s+(?=\S)")


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


def name_at_end(line: Block, end: int) -> tuple[int, tuple[int, int] | None]:
    """Where the words before an identifier end, and the name behind their last dash: `Words – **Name** (ID)`.

    The name is bold, or of a shape that only names have. An arrow to the identifier is no word.
    """
    end = len(line.text[:end].rstrip(f" {ARROWS}"))
    *_, dash = (None, *_DASHED.finditer(line.text, 0, end))
    words = line.text[dash.end() : end] if dash else ""
    name = is_name(plain(words)) and (
        all(map(is_distinctive, plain(words).split()))
        or any(dash.end() >= a - 2 and b >= end - 2 for a, b in line.strong)
    )
    return (dash.start(), (dash.end(), end)) if dash and name else (end, None)

"""Papers placed below an open topic of the tree, the name before an identifier, and paragraphs that are a topic and its papers at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.context import Context, Extract, plain
from kg.extract.entry_lines import is_bare
from kg.extract.labels import Lead, bold_head
from kg.extract.leaves import Leaf, leaves, place
from kg.extract.topics import Open, Tree, duplicate_path, topic
from kg.model import Node, Value
from kg.reading import Block
from kg.reading.lines import ARROWS
from kg.shapes import is_distinctive, is_name

__all__ = [
    "name_at_end",
    "place_leaf",
    "placed",
    "run_in",
    "run_in_end",
    "run_ins",
    "title_over_id",
]

_MANY = 6
_DASHED = re.compile(r"\s+[–—-]\s+(?=\S)")
_SEVERAL = 2


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


def title_over_id(lines: list[Block], sure: bool, context: Context) -> list[Extract]:
    """What a line says of the one paper whose bare identifier stands on the next, as its title; else nothing.

    A title has a colon or many words; fewer may as well be a topic's, unless the
    lines beside it make it `sure`.
    """
    if len(lines) != 2 or lines[0].kind != "item" or lines[0].mentions():
        return []
    if not sure and ": " not in lines[0].text.strip() and len(lines[0].text.split()) < _MANY:
        return []
    papers = {mention.paper for mention in lines[1].mentions()}
    paper = papers.pop() if len(papers) == 1 and is_bare(lines[1], context.lexicon) else None
    if paper is None:
        return []
    title, scribe = lines[0], context.scribe(lines[0])
    values: dict[str, Value] = {"title": plain(title.text)}
    node = Node(id=paper.node, type="Paper", attributes=values, sources=(context.source(title),))
    return [node, *scribe.title(0, len(title.text), paper), *scribe.colon(0, paper)]


def run_ins(blocks: Sequence[Block]) -> set[int]:
    """The paragraphs (their `id()`) that open with a bold label and cite papers, below bold lines of their own.

    `**Video**`, then `**Generation** — [Foo](…) is fast; [Bar](…) is small`: in a
    letter such a label is a topic in that of the line, where each line has some.
    """
    alone = [n for n, block in enumerate(blocks) if _is_text(block) and block.styled(block.strong)]
    found = {
        id(block)
        for block in blocks
        if _is_text(block) and bold_head(block) and block.mentions()
        if block.mentions()[0].start >= bold_head(block)
    }
    below = all(n + 1 < len(blocks) and id(blocks[n + 1]) in found for n in alone)
    return found if below and len(alone) >= _SEVERAL else set()


def _is_text(block: Block) -> bool:
    return block.kind == "text" and not block.depth


def run_in(
    line: Block, parent: Open, depth: tuple[int, int, int], tree: Tree, context: Context
) -> Iterator[Extract]:
    """The topic of such a paragraph, and all papers that it speaks of."""
    end = bold_head(line)
    yield from topic(line, line.text[:end], parent, depth, tree, context, end=end)
    cited = [mention for mention in line.mentions() if mention.paper]
    ends = [mention.start for mention in cited[1:]]
    for mention, stop in zip(cited, [*ends, len(line.text)], strict=True):
        if mention.paper:
            one = Lead([(mention.start, mention.end, mention.paper)], "", mention.end, False)
            yield from place_leaf(line, Leaf(one, stop), tree.open[-1].path, tree, context)


def run_in_end(line: Block, first: int) -> int:
    """Where a bold topic with a full stop ends, before papers with their names: `**Editing.** Name (ID), …`; else 0."""
    end = bold_head(line)
    if not 0 < end < first or not line.text[:end].rstrip(" *_").endswith("."):
        return 0
    words = plain(line.text[end:first].rstrip("([（【`*_ "))
    return end if (is_name(words) if words else line.kind == "text") else 0

"""Papers placed in the tree, and paragraphs that are a topic and its papers at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.context import Context, Extract
from kg.extract.labels import Lead, bold_head
from kg.extract.leaves import Leaf, leaves, place
from kg.extract.topics import Open, Tree, duplicate_path, topic
from kg.reading import Block

__all__ = ["placed", "placed_leaf", "run_in", "run_ins"]

_SEVERAL = 2


def placed(
    line: Block, path: tuple[str, ...], tree: Tree, context: Context, start: int = 0
) -> Iterator[Extract]:
    """The papers of a line, from a place in it on, below the topic of that path."""
    for leaf in leaves(line, start):
        yield from placed_leaf(line, leaf, path, tree, context)


def placed_leaf(
    line: Block, leaf: Leaf, path: tuple[str, ...], tree: Tree, context: Context
) -> Iterator[Extract]:
    """One leaf below a topic; what it says to be a duplicate waits until all paths are known."""
    tree.contents[path] += 1
    yield from place(line, leaf, path, context)
    written = duplicate_path(leaf.remark(line), context)
    if written:
        tree.pending.append((line, path, written, False))


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
            yield from placed_leaf(line, Leaf(one, stop), tree.open[-1].path, tree, context)

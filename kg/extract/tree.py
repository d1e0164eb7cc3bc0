"""TOPIC_TREE: topics to any depth, the papers in them, and what each paper brings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extract.context import Context, Extract, plain
from kg.extract.labels import Lead, bold_head, lead_ids
from kg.extract.parts import Part
from kg.extract.paths import resolve_path
from kg.ids import PaperId, normalise, topic_id
from kg.lexicon import strip_number
from kg.model import Node, Value
from kg.reading import Block

__all__ = ["read"]

_BRACKETED = re.compile(r"\((.*)\)", re.DOTALL)
_DUPLICATE_PATH = re.compile(r"\s*(?:>|›|»|→|/)\s*")
_ABBREVIATION = re.compile(r"\(([^()]*[A-Z][^()]*)\)\s*$")
_DOTTED = re.compile(r"\s*\d+(?:\.\d+)+[.)]?\s+\S")
_PROSE = 90
_ITEM = 99


@dataclass(slots=True)
class _Open:
    """A topic (or a paper's leaf) that deeper lines belong to."""

    depth: tuple[int, int, int]
    path: tuple[str, ...]
    papers: list[PaperId] = field(default_factory=list)


@dataclass(slots=True)
class _Tree:
    """What is known while the tree is read from top to bottom."""

    open: list[_Open] = field(default_factory=list)
    paths: list[tuple[str, ...]] = field(default_factory=list)
    pending: list[tuple[Block, tuple[str, ...], str]] = field(default_factory=list)

    def parent(self, depth: tuple[int, int, int]) -> _Open:
        while self.open and self.open[-1].depth >= depth:
            self.open.pop()
        return self.open[-1] if self.open else _Open((0, 0, 0), ())


def read(part: Part, context: Context) -> Iterator[Extract]:
    """Topics by indentation (or heading level); a line with an identifier places papers."""
    tree = _Tree()
    for place, block in enumerate(part.blocks):
        depth = _depth(block)
        parent = tree.parent(depth)
        following = part.blocks[place + 1] if place + 1 < len(part.blocks) else None
        has_children = following is not None and following.depth > block.depth
        for line in _leaf_lines(block):
            lead = lead_ids(line)
            if lead:
                yield from _leaf(line, lead, parent, context)
                tree.open.append(_Open(depth, parent.path, [paper for _, _, paper in lead.papers]))
            elif any(mention.paper for mention in line.mentions()):
                yield from _mixed(line, parent, depth, has_children, tree, context)
            elif not (line.mentions() and not line.text[: line.mentions()[0].start].strip("[(`* ")):
                yield from _words(line, parent, depth, has_children, tree, context)
    for block, path, written in tree.pending:
        yield from _duplicate(block, path, written, tree.paths, context)


def _depth(block: Block) -> tuple[int, int, int]:
    """Where a block stands in the tree: headings above all, then indentation, then lines above items.

    A line of its own (bold, or numbered `1.2`) stands above the items that
    follow it, as deep as its number has parts.
    """
    if block.kind == "heading":
        return (0, block.level, 0)
    if block.kind == "text":
        number = strip_number(plain(block.text))[0].strip(".)")
        return (1, block.depth, number.count(".") + 1)
    return (1, block.depth, _ITEM)


def _leaf_lines(block: Block) -> list[Block]:
    """The lines of a paragraph apart, where each of them opens with an identifier; rows by cells."""
    if block.kind == "row":
        return [cell for cell in block.cells if cell.text.strip()]
    return block.lines(lambda line: lead_ids(line) is not None)


def _leaf(
    line: Block, lead: Lead, parent: _Open, context: Context, start: int | None = None
) -> Iterator[Extract]:
    """`ID | what it brings`: placements in the topic above, and the names in the text.

    The words begin at `start`, by default behind the identifiers.
    """
    if start is None:
        start = lead.papers[-1][1] if lead.remark else lead.end
    summary = normalise(line.text[lead.end :]).strip(" |*")
    if lead.remark:
        summary = f"{summary} ({normalise(lead.remark)})".strip()
    for begin, end, paper in lead.papers:
        place = context.source(line, start)
        if parent.path:
            yield context.edge(
                "hasTopic", paper.node, topic_id(parent.path), context.source(line, begin, end)
            )
        else:
            yield context.problem(
                "paper-without-topic",
                f"{paper.canonical} stands in the tree outside any topic",
                line,
                begin,
            )
        if summary:
            yield Node(
                id=paper.node, type="Paper", attributes={"summary": summary}, sources=(place,)
            )
    if len(lead.papers) == 1:
        yield from context.scribe(line).summary(lead.end, lead.papers[0][2])


def _mixed(
    line: Block,
    parent: _Open,
    depth: tuple[int, int, int],
    has_children: bool,
    tree: _Tree,
    context: Context,
) -> Iterator[Extract]:
    """A line with words before its first identifier."""
    first = next(mention for mention in line.mentions() if mention.paper)
    before = line.text[: first.start]
    remark = _BRACKETED.fullmatch(before.strip("*_`[ "))
    rest = lead_ids(line, first.start)
    assert rest is not None
    if remark and context.lexicon.opens_with("duplicate", remark[1]):
        yield from _leaf_of_duplicate(line, rest, remark[1], parent, tree, context)
        return
    label = before.strip().rstrip("([`*_ ")
    bracketed = before.rstrip(" *_`").endswith(("(", "["))
    named = label.endswith((":", "：")) or (bold_head(line) > 0 and not bracketed)
    if (named or has_children) and len(label) <= _PROSE:
        yield from _topic(line, label, parent, depth, tree, context, end=first.start)
        inner = tree.open[-1]
        if not has_children or named:
            yield from _leaf(line, rest, inner, context)
        return
    if len(label) <= _PROSE:
        yield from _leaf(line, rest, parent, context, 0)
        for _, _, paper in rest.papers[:1]:
            yield from context.scribe(line).front(0, first.start, paper)
    else:
        for mention in line.mentions():
            if mention.paper:
                one = Lead([(mention.start, mention.end, mention.paper)], "", 0, False)
                yield from _leaf(line, one, parent, context)


def _leaf_of_duplicate(
    line: Block, rest: Lead, remark: str, parent: _Open, tree: _Tree, context: Context
) -> Iterator[Extract]:
    yield from _leaf(line, rest, parent, context)
    length = context.lexicon.opens_with("duplicate", remark)
    tree.pending.append((line, parent.path, remark[length:].strip(" :")))


def _words(
    line: Block,
    parent: _Open,
    depth: tuple[int, int, int],
    has_children: bool,
    tree: _Tree,
    context: Context,
) -> Iterator[Extract]:
    """A line without identifiers: a topic, a remark on the topic above, or more on the paper above."""
    text = normalise(line.text)
    remark = _BRACKETED.fullmatch(text.strip("*_` ."))
    if remark:
        yield from _remark(line, remark[1], parent, tree, context)
        if has_children:
            tree.open.append(_Open(depth, parent.path))
        return
    if parent.papers:
        for paper in parent.papers:
            yield Node(
                id=paper.node,
                type="Paper",
                attributes={"summary": text},
                sources=(context.source(line),),
            )
        return
    numbered = _DOTTED.match(line.text) is not None
    if line.kind in ("text", "code") and not (line.styled(line.strong) or has_children or numbered):
        yield from _note(line, text, parent, context)
        return
    end = bold_head(line)
    behind = normalise(line.text[end:]).strip(" .:–—-") if end else ""
    label = line.text[:end] if end and behind else line.text
    yield from _topic(line, label, parent, depth, tree, context, end=end if behind else None)
    if behind:
        yield from _note(line.part(end, len(line.text)), behind, tree.open[-1], context)


def _remark(
    line: Block, words: str, parent: _Open, tree: _Tree, context: Context
) -> Iterator[Extract]:
    length = context.lexicon.opens_with("duplicate", words)
    if length:
        tree.pending.append((line, parent.path, words[length:].strip(" :")))
        return
    if context.lexicon.opens_with("placeholder", words):
        yield context.problem(
            "placeholder", f"a placeholder, not a topic: ({normalise(words)})", line
        )
        return
    yield from _note(line, normalise(words), parent, context)


def _note(line: Block, text: str, parent: _Open, context: Context) -> Iterator[Extract]:
    if not parent.path:
        yield context.problem(
            "prose-in-tree",
            "words that belong to no topic were not used",
            line,
        )
        return
    yield Node(
        id=topic_id(parent.path),
        type="Topic",
        label=parent.path[-1],
        attributes={"scopeNote": text},
        sources=(context.source(line),),
    )


def _topic(
    line: Block,
    words: str,
    parent: _Open,
    depth: tuple[int, int, int],
    tree: _Tree,
    context: Context,
    end: int | None = None,
) -> Iterator[Extract]:
    number, label = strip_number(plain(words))
    label = plain(label) or plain(words) or normalise(words)
    path = (*parent.path, label)
    place = context.source(line, 0, end)
    values: dict[str, Value] = {"path": " > ".join(path), "depth": len(path) - 1}
    short = _ABBREVIATION.search(label)
    if short and len(short[1].split()) <= 2:
        values["abbreviation"] = normalise(short[1])
    if number or line.marker[:1].isdigit():
        values["notation"] = number or line.marker
    yield Node(id=topic_id(path), type="Topic", label=label, attributes=values, sources=(place,))
    if parent.path:
        yield context.edge("broader", topic_id(path), topic_id(parent.path), place)
    tree.paths.append(path)
    tree.open.append(_Open(depth, path))


def _duplicate(
    line: Block,
    here: tuple[str, ...],
    written: str,
    paths: list[tuple[str, ...]],
    context: Context,
) -> Iterator[Extract]:
    """`(Duplicate of A > B > C)`: the topic here is the one that the shortened path leads to."""
    steps = [plain(step) for step in _DUPLICATE_PATH.split(written) if plain(step)]
    found = [path for path in resolve_path(steps, paths) if path != here]
    if len(found) == 1 and here:
        yield context.edge("duplicateOf", topic_id(here), topic_id(found[0]), context.source(line))
        return
    what = f"leads to {len(found)} topics" if found else "leads to no topic of this tree"
    yield context.problem(
        "unresolved-duplicate",
        f"“Duplicate of {normalise(written)}” {what}",
        line,
    )

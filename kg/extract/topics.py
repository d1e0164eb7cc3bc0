"""Topics while their tree is read: those that are open, their paths, and which is a duplicate of which."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.extract.context import Context, Extract, plain
from kg.extract.paths import TopicPaths
from kg.extract.period import period_in
from kg.ids import PaperId, fold, normalise, topic_id
from kg.lexicon import Lexicon, strip_number
from kg.model import Node, Value
from kg.reading import Block
from kg.reading.lines import ARROW

__all__ = [
    "Open",
    "Tree",
    "counts_on",
    "depth_of",
    "duplicate",
    "duplicate_path",
    "is_path",
    "is_title",
    "says_nothing",
    "topic",
]

_CLOSING_BRACKET = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]\W*$")
_BARE = re.compile(r"(\d{1,2})\s+(?=[^\W\d_])")
_FIRST = re.compile(r"[\s*_]*(\d{1,3}\.1)")
_FEW = 2
_RUN_IN, _ITEM = 98, 99
_COUNT = re.compile(r"(?:[^\W\d]+\s+){0,2}\d{1,3}(?:\s+\w+){0,3}")
_SHARE = re.compile(
    r"(?:\d{1,4}\s*/\s*\d{1,4}\s*)?[,;<≤~≈=±]*\s*\d{1,3}(?:[.,]\d+)?\s*%|\d{1,4}\s*/\s*\d{1,4}"
)
_TALLY = re.compile(
    r"\s+(?:[·•|]\s*\d{1,3}((?:\s+\w+){0,3})|[–—]\s*\d{1,3}((?:\s+\w+){1,3}))[\s*]*\Z"
)
"""How many papers a topic has, behind a mark: `Vision · 12`, `Vision – 12 papers`."""
_TALLIED = "·•|–—"
_TAIL = re.compile(r"[:：]\s+([^:：()（）\[\]]+)\Z")
_STEP = re.compile(r"\s+[>›»]\s+")
_POINTED = re.compile(rf"[>›»]|{ARROW}")
_ARROW = re.compile(rf"\s+{ARROW}\s+")
_TAGS = re.compile(r"(?<=\w|\))(?:\s+#[^\W\d_][\w/-]*)+\Z")
_DUPLICATE_PATH = re.compile(rf"\s*(?:[>›»/]|{ARROW})\s*")
_DUPLICATE_STEPS = (
    re.compile(r"\s*[>›»]\s*"),
    re.compile(rf"\s*(?:[>›»]|{ARROW})\s*"),
    _DUPLICATE_PATH,
)
_ABBREVIATION = re.compile(r"\(([^()]*[A-Z][^()]*)\)\s*$")


@dataclass(slots=True)
class Open:
    """A topic (or a paper's leaf) that deeper lines belong to."""

    depth: tuple[int, int, int]
    path: tuple[str, ...]
    papers: list[PaperId] = field(default_factory=list)


@dataclass(slots=True)
class Tree:
    """What is known while the tree, of these blocks, is read from top to bottom."""

    blocks: list[Block]
    names: set[int]
    """The lines (their `id()`) that open with the name of a paper, see `kg.extract.siblings`."""
    rows: dict[int, int]
    """Where words before rows of identifiers end that are topics, see `kg.extract.siblings`."""
    numbers: set[str] = field(init=False)
    """Which of `1.1`, `2.1` … lines open with."""
    counted: set[int] = field(default_factory=set)
    """The bare numbers of topics, without a full stop, so far."""
    open: list[Open] = field(default_factory=list)
    paths: list[tuple[str, ...]] = field(default_factory=list)
    pending: list[tuple[Block, tuple[str, ...], str, bool]] = field(default_factory=list)
    """Where something is said to be a duplicate of a path, and whether of the topic itself."""
    contents: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """How many leaves and topics stand in a topic."""

    def __post_init__(self) -> None:
        firsts = (_FIRST.match(block.text) for block in self.blocks)
        self.numbers = {first[1] for first in firsts if first}

    def parent(self, depth: tuple[int, int, int]) -> Open:
        """What a line of some depth belongs to; deeper topics are closed by it."""
        while self.open and self.open[-1].depth >= depth:
            self.open.pop()
        return self.open[-1] if self.open else Open((0, 0, 0), ())


def depth_of(block: Block, run_in: bool = False) -> tuple[int, int, int]:
    """Where a block stands in the tree: headings above all, then indentation, then lines above items.

    A line of its own (bold, or numbered `1.2`) stands above the items that
    follow it, as deep as its number has parts; a label that is `run_in` below it.
    """
    if run_in:
        return (1, block.depth, _RUN_IN)
    if block.kind == "heading":
        return (0, block.level, 0)
    if block.kind == "text":
        number = strip_number(plain(block.text))[0].strip(".)")
        return (1, block.depth, number.count(".") + 1)
    return (1, block.depth, _ITEM)


def topic(
    line: Block,
    words: str,
    parent: Open,
    depth: tuple[int, int, int],
    tree: Tree,
    context: Context,
    end: int | None = None,
) -> Iterator[Extract]:
    """A topic below another; `A > B` is a path of topics, a bracket at the end may say of what it is a duplicate.

    Tags at the end (`#llm`) are a note on the topic, as is a share: `(< 5%)`;
    `(continued)` behind one that stands in the tree already names it again.
    """
    tally = _TALLY.search(words) if any(sign in words for sign in _TALLIED) else None
    counts = fold(tally[1] or tally[2] or "").split() if tally else ()
    if tally and context.lexicon.names["counted"].issuperset(counts):
        words = words[: tally.start()]
    tags = _TAGS.search(words) if "#" in words else None
    words = words[: tags.start()] if tags else words
    tail = _TAIL.search(words) if ":" in words else None
    if tail and context.lexicon.is_placeholder(tail[1]):
        message = f"a placeholder, not a part of the topic: {normalise(tail[1])}"
        yield context.problem("placeholder", message, line)
        words = words[: tail.start()]
    closing = _CLOSING_BRACKET.search(words)
    remark = closing[1] if closing and plain(words[: closing.start()]) else ""
    written = duplicate_path(remark, context)
    empty = bool(remark) and not written and says_nothing(remark, context)
    if empty:
        message = f"a placeholder, not a part of the topic: ({normalise(remark)})"
        yield context.problem("placeholder", message, line)
    counted, share = _numbers(remark, context.lexicon) if remark else (False, False)
    goes_on = context.lexicon.opens_with("continued", remark) > 0
    again = goes_on and closing is not None and _stands(words[: closing.start()], parent, tree)
    told = closing is not None and (bool(written) or empty or counted or again)
    number, label = strip_number(plain(words[: closing.start()] if closing and told else words))
    if not number and label[:1].isdigit():
        number, label = _numbered(label, tree)
    label = plain(label) or plain(words) or normalise(words)
    path, spot = parent.path, context.source(line, 0, end)
    for step in _steps(label, parent.path):
        tree.contents[path] += 1
        above, path = path, (*path, step)
        values: dict[str, Value] = {"path": " > ".join(path), "depth": len(path) - 1}
        short = _ABBREVIATION.search(step)
        if short and len(short[1].split()) <= 2:
            values["abbreviation"] = normalise(short[1])
        if (number or line.marker[:1].isdigit()) and above == parent.path:
            values["notation"] = number or line.marker
        yield Node(id=topic_id(path), type="Topic", label=step, attributes=values, sources=(spot,))
        if above:
            yield context.edge("broader", topic_id(path), topic_id(above), spot)
        tree.paths.append(path)
    if (tags or share) and path:
        noted: dict[str, Value] = {"scopeNote": normalise(tags[0]) if tags else remark}
        yield Node(
            id=topic_id(path), type="Topic", label=path[-1], attributes=noted, sources=(spot,)
        )
    tree.open.append(Open(depth, path))
    if written:
        tree.pending.append((line, path, written, True))


def _numbers(remark: str, lexicon: Lexicon) -> tuple[bool, bool]:
    """Whether a remark tells how many papers a topic has, and whether as a share too: `3 papers, 12%`."""
    whole = _SHARE.fullmatch(remark) is not None
    parts = [remark] if whole else [part.strip() for part in remark.split(",")]
    shares = [_SHARE.fullmatch(part) is not None for part in parts]
    told = all(share or _counts(part, lexicon) for share, part in zip(shares, parts, strict=True))
    return told, told and any(shares)


def _counts(words: str, lexicon: Lexicon) -> bool:
    """Whether words only count papers: `12`, `3 papers`, `gồm 5 bài`."""
    others = {word for word in fold(words).split() if not word.isdigit()}
    return _COUNT.fullmatch(words) is not None and lexicon.names["counted"].issuperset(others)


def _numbered(label: str, tree: Tree) -> tuple[str, str]:
    """A label without the bare number in front of it, `1 Language`, where `1.1` follows, or the number before did."""
    found = _BARE.match(label)
    if found is None or not counts_on(label, tree):
        return "", label
    tree.counted.add(int(found[1]))
    return found[1], label[found.end() :]


def is_title(blocks: Sequence[Block], context: Context) -> bool:
    """Whether the one line over all others of a tree says what the section is, or its month: no topic."""
    first, *others = blocks or [Block("row")]
    if first.kind == "row" or first.mentions():
        return False
    told = context.lexicon.section(first.text, whole=True) == context.section
    told = told or period_in(first.text, context.lexicon) == context.period
    return told and bool(others) and all(depth_of(one) > depth_of(first) for one in others)


def counts_on(label: str, tree: Tree) -> bool:
    """Whether a label opens with a bare number that counts topics: `1.1` follows, or the number before did."""
    found = _BARE.match(label)
    return found is not None and (
        f"{found[1]}.1" in tree.numbers or int(found[1]) - 1 in tree.counted
    )


def _stands(words: str, parent: Open, tree: Tree) -> bool:
    """Whether a topic of these words stands below another already, with something in it."""
    label = strip_number(plain(words))[1]
    return (*parent.path, *_steps(plain(label), parent.path)) in tree.contents


def _steps(label: str, above: tuple[str, ...]) -> list[str]:
    """The topics that a label names in order; an arrow leads to the next at the root, or as one of several.

    “Text → Image” within a tree is what it says.
    """
    if not _POINTED.search(label):
        return [label] if label else []
    arrows = _ARROW.split(label)
    steps = arrows if len(arrows) > (_FEW if above else 1) else [label]
    return [step for part in steps for step in map(plain, _STEP.split(part)) if step]


def duplicate_path(words: str, context: Context) -> str:
    """The path in `Duplicate of A > B`; empty where the words are none of that."""
    length = context.lexicon.opens_with("duplicate", words)
    return words[length:].strip(" :") if length else ""


def says_nothing(remark: str, context: Context) -> bool:
    """Whether a remark is a placeholder, be it with words behind it or behind a count."""
    lexicon = context.lexicon
    return lexicon.opens_with("placeholder", remark) > 0 or lexicon.is_placeholder(remark)


def is_path(text: str) -> bool:
    """Whether a text has steps: `A > B`."""
    return len(_DUPLICATE_PATH.split(text)) > 1


def duplicate(
    line: Block,
    here: tuple[str, ...],
    written: str,
    paths: TopicPaths,
    context: Context,
) -> Iterator[Extract]:
    """`(Duplicate of A > B > C)`: the topic here is the one that the shortened path leads to.

    A slash or arrow parts two steps only if it is within none: “Editing / Inpainting” is one label.
    """
    found: list[tuple[str, ...]] = []
    for sign in _DUPLICATE_STEPS:
        steps = [plain(step) for step in sign.split(written) if plain(step)]
        found = found or [path for path in paths.resolve(steps) if path != here]
    if len(found) == 1 and here:
        yield context.edge("duplicateOf", topic_id(here), topic_id(found[0]), context.source(line))
        return
    what = f"leads to {len(found)} topics" if found else "leads to no topic of this tree"
    yield context.problem(
        "unresolved-duplicate",
        f"“Duplicate of {normalise(written)}” {what}",
        line,
    )

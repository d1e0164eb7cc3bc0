"""META_REFLECTION: trends with the papers that show them, and the paragraphs around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from kg.extract.context import Context, Extract, clip, plain
from kg.extract.labels import bold_head
from kg.extract.parts import Part
from kg.extract.period import period_in
from kg.extract.tables import columns_of
from kg.extract.titles import clean_title, short_label, title_of, without_ids
from kg.extract.trend_lines import counted, has_ids, introduced, lines_of
from kg.ids import normalise
from kg.lexicon import Lexicon, strip_number
from kg.model import Node, Source
from kg.reading import Block
from kg.reading.lines import ARROW

__all__ = ["read"]

_SOON, _FEW = 40, 3
_DIGIT = re.compile(r"\d{4}")
_COLONS = (":", "：")
_COLON = re.compile(r"[*_\s]*[:：][*_\s]*")
_ARROW = re.compile(rf"(?<=[\w)])\s+{ARROW}\s+(?=\S)")
_COUNTED = re.compile(r"\w+(?: \w+){0,3}, *|\(?\w{1,3}\) +")
_DASHED = re.compile(r"[*_\s]+[–—-]\s+")


def read(part: Part, context: Context) -> Iterator[Extract]:
    """A trend per list item or row (or per paragraph, where there is neither)."""
    trends, around = _divide(part, context)
    for block, name in around:
        if name == "group":
            message = f"the label of a group: {clip(block.text, 50)}"
            yield context.problem("group-label", message, block)
            continue
        label = bold_head(block) if name == "closing" else 0
        told = label and context.lexicon.opens_with("closing", plain(block.text[:label]))
        text = block.text[label:] if told == len(plain(block.text[:label])) else block.text
        yield Node(
            id=context.digest,
            type="Digest",
            attributes={name: normalise(text)},
            sources=(context.source(block),),
        )
        yield from context.names(block)
    columns: list[str] = []
    for group in trends:
        head = group[0]
        if head.kind != "row" and context.lexicon.is_placeholder(head.text):
            what = f"a placeholder: {normalise(head.text)}"
            yield context.problem("placeholder", what, head)
        elif head.kind != "row":
            title, start = _counted_title(head) or title_of(head, context, ())
            title, start = (title, start) if title or start else _before_arrow(head)
            dated = len(title.split()) <= _FEW and _DIGIT.search(title)
            if dated and period_in(title, context.lexicon):
                title, start = "", 0  # a month names no trend
            words = strip_number(normalise(head.text[start:]))[1]
            title = title or _emphasised(head) or short_label(words)
            texts = [head.text[start:], *(block.text for block in group[1:])]
            yield from _trend(title, texts, group, context.places(group, start), context)
        elif head.header:
            columns = columns_of(head, context.lexicon, ("rank", "trend"))
        else:
            yield from _row(head, columns, context)


def _row(row: Block, columns: list[str], context: Context) -> Iterator[Extract]:
    """A trend in a row of a table: its title, and whatever else is said."""
    names = [*columns, *[""] * len(row.cells)]
    cells = [one for one in zip(names, row.cells, strict=False) if one[1].text.strip()]
    said = [cell for name, cell in cells if name != "rank"]
    title = next((cell for name, cell in cells if name == "trend"), said[0] if said else None)
    if title is not None:
        texts = [cell.text for cell in said if cell is not title]
        places = map(context.source, (title, *(cell for _, cell in cells if cell is not title)))
        yield from _trend(clean_title(title.text, context.lexicon), texts, said, places, context)


def _trend(
    title: str, texts: list[str], blocks: list[Block], places: Iterable[Source], context: Context
) -> Iterator[Extract]:
    """The facts of a trend that stands in some blocks."""
    label = without_ids(title)
    text = "\n".join(filter(None, map(normalise, texts))).lstrip("–—-: ")
    node, facts = context.entry("Trend", (label,), label, places, {"text": text or label})
    yield from facts
    for block in blocks:
        yield from context.cite(node, "cites", block)


def _divide(part: Part, context: Context) -> tuple[list[list[Block]], list[tuple[Block, str]]]:
    """The trends with what is nested in them, and the paragraphs before and after them.

    A bold line that ends in a colon ends the trend above: it is the label of a `group`.
    """
    alone = sum(map(has_ids, part.blocks)) == 1
    blocks = [
        line
        for block in part.blocks
        for line in (alone and counted(block)) or lines_of(block, context.lexicon)
    ]
    depths = [b.depth for b in blocks if b.kind == "item" and (bold_head(b) or has_ids(b))]
    depths = depths or _below_introduction(blocks)
    rows = any(b.kind == "row" for b in blocks)
    listed = bool(depths) or rows
    depth = min(depths, default=part.base)
    margin = _margin(blocks, part.base, context.lexicon)
    groups, closings = _headings(blocks, context)
    heads = [
        b for n, b in enumerate(blocks) if b.kind == "heading" and n not in {*groups, *closings}
    ]
    heads = heads or ([] if listed else _titles(blocks))
    told = [block for block in blocks[1:] if block.strong and has_ids(block)]
    if heads and all(head is blocks[0] for head in heads) and len(told) > 1:
        groups, heads = groups | {0}, []  # one title over paragraphs with bold words of their own
    over, nested = introduced(blocks, depth)
    below_group = False
    head_ids = {id(head) for head in heads}
    closing = False
    trends: list[list[Block]] = []
    around: list[tuple[Block, str]] = []
    for place, block in enumerate(blocks):
        last = place == len(blocks) - 1
        closes = bool(context.lexicon.opens_with("closing", block.text.lstrip(" *")))
        if block.kind == "heading":
            closing, below_group = place in closings, place in groups
        if place in groups or place in closings:
            around.append((block, "group"))
            continue
        if closing:
            around.append((block, "closing"))
            continue
        if place in over and not heads:
            around.append((block, "group" if trends else "introduction"))
            continue
        if heads and not below_group:
            opens = id(block) in head_ids
        elif listed:
            opens = block.kind == "row" or (
                block.kind == "item"
                and (block.depth <= depth or place in nested)
                and not _introduces(blocks, place, depth)
            )
        else:
            opens = block.depth <= margin and not closes
        if (
            not heads
            and not listed
            and not bold_head(block)
            and not has_ids(block)
            and block.kind != "item"
        ):
            # among plain paragraphs, the first and the last without papers stand around the trends
            opens = opens and ((place > 0 and not last) or _is_counted(blocks, place))
        if opens:
            trends.append([block])
        elif listed and not last and _is_group(block):
            around.append((block, "group"))
        elif heads and not below_group and trends and len(trends[-1]) == 1 and not closes:
            trends[-1].append(block)
        elif closes or (
            (last or (trends and trends[-1][0].kind == "row"))
            and block.kind == "text"
            and not has_ids(block)
            and block.depth <= depth
        ):
            around.append((block, "closing"))
        elif listed and block.kind == "text" and block.depth < depth + 1 and bold_head(block):
            trends.append([block])
        elif trends and not (listed and last and block.kind == "text" and block.depth <= depth):
            trends[-1].append(block)
        elif trends:
            around.append((block, "closing"))
        else:
            around.append((block, "introduction"))
    return trends, around


def _headings(blocks: list[Block], context: Context) -> tuple[set[int], set[int]]:
    """Which headings stand above several trends in a list, and which above the closing.

    Beside those, one above a single trend with a title of its own is of their kind.
    """
    groups, closings, single = set(), set(), set()
    heads = [place for place, block in enumerate(blocks) if block.kind == "heading"]
    for place, after in pairwise([*heads, len(blocks)]):
        below = blocks[place + 1 : after]
        if context.lexicon.opens_with("closing", plain(strip_number(blocks[place].text)[1])):
            closings.add(place)
        elif sum(b.kind == "item" and (bold_head(b) > 0 or has_ids(b)) for b in below) > 1:
            groups.add(place)
        elif len(below) == 1 and below[0].kind == "item" and bold_head(below[0]):
            single.add(place)
    return groups | single if groups else groups, closings


def _titles(blocks: list[Block]) -> list[Block]:
    """The bold lines among paragraphs, if words of theirs follow one of them."""
    bold = [b.kind == "text" and b.styled(b.strong) and not has_ids(b) for b in blocks]
    followed = any(title and not after for title, after in pairwise(bold))
    return [b for b, title in zip(blocks, bold, strict=True) if title] if followed else []


def _is_group(block: Block) -> bool:
    """Whether a paragraph is the label of trends: wholly bold, with a colon at its end."""
    return (
        block.kind == "text" and block.styled(block.strong) and block.text.rstrip()[-1:] in _COLONS
    )


def _counted_title(block: Block) -> tuple[str, int] | None:
    """The bold words behind few others and a comma that count them, `First, **efficiency** grows: …`.

    The text begins behind them if a colon follows, else with the block.
    """
    begin, end = block.strong[0] if block.strong else (0, 0)
    if not (begin and _COUNTED.fullmatch(block.text, 0, begin)):
        return None
    words = block.text[:end].rstrip(" *_")
    colon = _COLON.match(block.text, len(words) - words.endswith(_COLONS))
    if colon is None and block.text[:begin].rstrip().endswith(")"):
        colon = _DASHED.match(block.text, end)
    title = _emphasised(block)
    return (title, colon.end() if colon else 0) if title else None


def _before_arrow(block: Block) -> tuple[str, int]:
    """The words before the first papers that an arrow ends, and where the text behind it begins."""
    first = next((mention.start for mention in block.mentions()), len(block.text))
    arrow = _ARROW.search(block.text, 0, first)
    return (plain(block.text[: arrow.start()]), arrow.end()) if arrow else ("", 0)


def _emphasised(block: Block) -> str:
    """The bold run that a sentence soon comes to: `First, **efficiency** grows`."""
    start, end = next(iter(block.strong), (_SOON, 0))
    return plain(block.text[start:end]) if start < _SOON else ""


def _margin(blocks: list[Block], base: int, lexicon: Lexicon) -> int:
    """How deep paragraphs stand that are trends: what closes the section may stand further out."""
    if any(block.kind == "item" for block in blocks) or not blocks:
        return base
    *others, last = blocks
    told = [] if last.kind == "text" and not (last.strong or has_ids(last)) else [last]
    depths = [
        block.depth
        for block in (*others, *told)
        if not lexicon.opens_with("closing", block.text.lstrip(" *"))
    ]
    return min(depths, default=base)


def _is_counted(blocks: list[Block], place: int) -> bool:
    """Whether few words and a comma lead to bold ones, `First, **efficiency** grows`, as in a paragraph beside it."""
    beside = blocks[max(0, place - 1) : place + 2]
    return len(beside) > 1 and all(
        one.kind == "text" and _COUNTED.fullmatch(one.text, 0, start) is not None
        for one in beside
        for start, _ in one.strong[:1] or ((0, 0),)
    )


def _below_introduction(blocks: list[Block]) -> list[int]:
    """How deep the items stand that a single outer one with a colon at its end introduces."""
    items = [block for block in blocks if block.kind == "item"]
    below = [block.depth for block in items[1:]]
    alone = bool(below) and items[0].depth < min(below) and items[0].text.rstrip()[-1:] in _COLONS
    return below if alone and not items[0].strong else []


def _introduces(blocks: list[Block], place: int, depth: int) -> bool:
    """An item without papers and bold head, with the trends nested below it or at its level."""
    block = blocks[place]
    outer = block.depth < depth or (not place and block.text.rstrip()[-1:] in _COLONS)
    return outer and not bold_head(block) and not has_ids(block)

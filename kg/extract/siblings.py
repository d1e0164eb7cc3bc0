"""What lines of the topic tree are, told by the others: titles of papers, names of papers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.extract.entry_lines import is_bare
from kg.extract.labels import bold_head, lead_ids
from kg.lexicon import Lexicon
from kg.reading import Block
from kg.shapes import is_distinctive, is_name

__all__ = ["names_beside", "over_rows", "titles_over_ids", "titles_over_lists"]

_NAMED = re.compile(r"[\s*_`]*([^:：\n]{2,60}?)[\s*_`]*[:：][\s*_`]*[(\[]?")
_PLAIN = re.compile(r"[^\W\d_a-z][^\n.!?:;…|。！？：；]{1,58}[^\W_)）]?[)）]?")
_DASHED = re.compile(r"[\s*_`]*[–—-]+[\s*_`]*[(\[]?")
_QUOTES = frozenset('"“«「')
_SEVERAL, _BARE = 2, 60


def titles_over_ids(blocks: Sequence[Block], lexicon: Lexicon) -> set[int]:
    """The places of lines in bold, italics or quotation marks with one bare identifier below each.

    They are titles of papers where there are several and no topic looks like
    them: topics with a single paper may stand in a tree as well.
    """
    shorts = (
        n
        for n, (block, below) in enumerate(zip(blocks, [*blocks[1:], Block("text")], strict=False))
        if len(below.text) <= _BARE and (below.depth > block.depth or "\n" in block.text)
        if _look(block)
    )
    found = {n for n in shorts if _is_over_id(blocks[n], blocks[n + 1 : n + 3], lexicon)}
    if len(found) < _SEVERAL:
        return set()
    looks = {_look(blocks[n]) for n in found}
    others = {_look(one) for n, one in enumerate(blocks) if n not in found and not one.mentions()}
    return set() if looks & others else found


def titles_over_lists(blocks: Sequence[Block]) -> set[int]:
    """The places of short lines in plain letters right above a list: topics, where there are several."""
    found = {
        n
        for n, (block, below) in enumerate(pairwise(blocks))
        if block.kind == "text" and below.kind == "item" and below.depth == block.depth
        if _PLAIN.fullmatch(block.text.strip()) and not block.mentions()
    }
    return found if len(found) >= _SEVERAL else set()


def _is_over_id(block: Block, below: Sequence[Block], lexicon: Lexicon) -> bool:
    """Whether a bare identifier stands on the second line of an item, or alone nested in it."""
    if block.kind != "item":
        return False
    stop = block.text.find("\n")
    if stop > 0 and block.mentions():
        rest = block.part(stop + 1, len(block.text))
        first = block.mentions()[0].start
        return stop < first and _is_one(rest, lexicon) and not _deeper(block, below[:1])
    if not below or below[0].depth <= block.depth:
        return False
    return len(_deeper(block, below)) == 1 and _is_one(below[0], lexicon)


def _deeper(block: Block, below: Sequence[Block]) -> list[Block]:
    return [one for one in below if one.depth > block.depth and one.kind != "heading"]


def _is_one(block: Block, lexicon: Lexicon) -> bool:
    papers = {mention.paper for mention in block.mentions()}
    return len(papers) == 1 and "\n" not in block.text.strip() and is_bare(block, lexicon)


def _look(block: Block) -> str:
    """How the first line of a block is set apart; empty if it is not."""
    if not (block.strong or block.emphasis or block.text[:1] in _QUOTES):
        return ""
    stop = block.text.find("\n")
    line = block.part(0, stop) if stop >= 0 else block
    if line.styled(line.strong):
        return "strong"
    if line.styled(line.emphasis):
        return "emphasis"
    words = line.text.strip()
    return "quoted" if words[:1] in '"“«「' and words[-1:] in '"”»」' else ""


def names_beside(blocks: Sequence[Block], lexicon: Lexicon) -> set[int]:
    """The lines `Name: ID` and `**Title** – ID` (their `id()`) that open with the paper's, and no topic.

    All beside a line with a colon are leaves too: one opens with an identifier,
    or all with such names, of a shape that only names have.
    """
    found = _before_dashes(blocks, lexicon)
    for lines in _siblings(blocks):
        heads = [_head(line, lexicon) for line in lines]
        if not any(heads):
            continue
        led = [lead_ids(line) is not None for line in lines]
        words = [word for head in heads for word in head.split()]
        leaves = all(head or leads for head, leads in zip(heads, led, strict=True))
        if leaves and (any(led) or (len(lines) > 1 and all(map(is_distinctive, words)))):
            found.update(id(line) for line, head in zip(lines, heads, strict=True) if head)
    return found


def _before_dashes(blocks: Sequence[Block], lexicon: Lexicon) -> set[int]:
    """The lines `**Title** – ID` (their `id()`) whose bold words are the paper's title, and no topic.

    So they are in the whole tree where most of them are names, and several such
    as no topic has.
    """
    heads: dict[int, str] = {}
    for block in blocks:
        end = bold_head(block) if block.kind == "item" else 0
        first = next((mention.start for mention in block.mentions() if mention.paper), 0)
        if 0 < end < first and _DASHED.fullmatch(block.text, end, first):
            heads[id(block)] = block.text[:end].strip(" *_:`")
    names = [head for head in heads.values() if is_name(head)]
    sure = [
        head
        for head in names
        if not any(map(lexicon.is_common, head.split())) and all(map(is_distinctive, head.split()))
    ]
    return set(heads) if len(sure) >= _SEVERAL and 2 * len(names) > len(heads) else set()


def _siblings(blocks: Sequence[Block]) -> list[list[Block]]:
    """The items of each list together."""
    found: list[list[Block]] = []
    open_: dict[int, list[Block]] = {}
    for block in blocks:
        for depth in [depth for depth in open_ if depth > block.depth or block.kind != "item"]:
            del open_[depth]
        if block.kind == "item":
            if block.depth not in open_:
                open_[block.depth] = []
                found.append(open_[block.depth])
            open_[block.depth].append(block)
    return found


def _head(line: Block, lexicon: Lexicon) -> str:
    """The name before a colon and an identifier; empty if the line is not of that form."""
    found = _NAMED.match(line.text)
    first = next((mention.start for mention in line.mentions() if mention.paper), -1)
    if not found or found.end() != first or not is_name(found[1]):
        return ""
    words = found[1].split()
    plain = not all(map(is_distinctive, words)) and (
        len(words) > 1 or _is_of_field(words[0], lexicon)
    )
    return "" if plain or any(map(lexicon.is_common, words)) else found[1]


def _is_of_field(word: str, lexicon: Lexicon) -> bool:
    """Whether a word is one that topics are made of."""
    word = word.casefold()
    return any(word in tongue.field or word in tongue.shared for tongue in lexicon.tongues.values())


def over_rows(blocks: Sequence[Block]) -> dict[int, int]:
    """Where words end that stand before rows of identifiers, `Video – ID, ID`, by the `id()` of their lines.

    They are topics where no line opens with an identifier, several have two or
    more, and most of the words are no names.
    """
    found: dict[int, int] = {}
    rows, names = 0, 0
    for block in blocks:
        first = next((mention.start for mention in block.mentions() if mention.paper), -1)
        if first < 0:
            continue
        lead = lead_ids(block, first)
        words = block.text[:first].rstrip("([（【`*_ –—-:：")
        if not words.strip(" *_`([") or block.kind == "row":
            return {}
        if lead and not block.text[lead.end :].strip(")]）】`*_ ."):
            found[id(block)] = len(words)
            rows += len(lead.papers) > 1
            names += all(map(is_distinctive, words.strip(" *_").split()))
    return found if rows >= _SEVERAL and 2 * names < len(found) else {}

"""A reading list in sentences: the words that tell one to read a paper, and where the next one is told of."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from kg.extract.leaves import Leaf, named_leaves
from kg.lexicon import Lexicon
from kg.reading import Block
from kg.shapes import TOKEN, is_distinctive, is_name, name_before

__all__ = ["enumerated", "invites", "sentences"]

_ENDS = re.compile(r"[.!?。！？][\"”’)\]*_]*\s+|[;；]\s*|\n\s*|(?P<comma>[,，])\s+")
_BEFORE_ID = " \t([（【`*_"
_FAR = 160
"""Characters that stand at most before the identifier of a paper that is told of."""


def invites(text: str, start: int, end: int, lexicon: Lexicon) -> int:
    """Where words such as “Then read” end before a name or an identifier at `end`; `start` if there are none.

    A word in front that could be part of a name is one of them before what only a name can be.
    """
    name = name_before(text, start, end)
    begin = name[0] if name else end
    if begin > start and _asks(text, start, begin, lexicon):
        return begin
    first = TOKEN.match(text, begin, end) if name else None
    second = TOKEN.search(text, first.end(), end) if first else None
    if second and is_distinctive(second[0]) and _asks(text, start, second.start(), lexicon):
        return second.start()
    return start


def _asks(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    marks = lexicon.marks
    words = _pattern(marks["reading"], marks["priority"], marks["ought"])
    return bool(text[start:end].strip()) and words.fullmatch(text, start, end) is not None


@cache
def _pattern(
    reading: tuple[str, ...], order: tuple[str, ...], ought: tuple[str, ...]
) -> re.Pattern[str]:
    verb, when, should = (
        "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
        for words in (reading, order, ought)
    )
    gap = r"(?:\s+|\Z)"
    return re.compile(
        rf"\s*(?:[^.;:!?\n]{{1,80}},\s+)?(?:(?:(?:{when})\s*,?{gap}){{1,2}}(?:(?:{verb}){gap})?"
        rf"|(?:(?:\S{{1,30}}\s+){{1,3}}(?:{should})\s+)?(?:{verb}){gap})[\[(*_`“\"]*",
        re.IGNORECASE,
    )


def sentences(block: Block, lexicon: Lexicon) -> list[Block]:
    """A paragraph that names several papers, cut where a sentence or clause goes on to the next one.

    That opens with its identifier, with a name and the identifier, or with words
    that tell one to read it. All else goes on with the paper before.
    """
    papers = [mention for mention in block.mentions() if mention.paper]
    if block.kind != "text" or block.depth or len({mention.paper for mention in papers}) < 2:
        return [block]
    cuts, place, after = [0], 0, len(block.text)
    found = list[tuple[re.Match[str], int]]()
    for end in reversed(list(_ENDS.finditer(block.text))):
        found.append((end, after))
        after = after if end["comma"] else end.end()
    for end, after in reversed(found):
        begin = end.end()
        while place < len(papers) and papers[place].start < begin:
            place += 1
        first = papers[place].start if 0 < place < len(papers) else after
        if after <= first or first - begin > _FAR:
            continue
        stop = begin + len(block.text[begin:first].rstrip(_BEFORE_ID))
        told = invites(block.text, begin, stop, lexicon) > begin
        opens = begin >= stop or is_name(block.text[begin:stop])
        if told or (opens and not end["comma"]):
            cuts.append(begin)
    spans = pairwise([*cuts, len(block.text)])
    return [block.part(a, a + len(block.text[a:b].rstrip(" ,，;；\n"))) for a, b in spans]


def enumerated(block: Block, lexicon: Lexicon) -> tuple[int, list[Leaf]]:
    """`Read Name (ID), Name (ID) and Name (ID)`: where the first name begins, and the papers; none unless several."""
    first = next((mention.start for mention in block.mentions() if mention.paper), 0)
    stop = len(block.text[:first].rstrip(_BEFORE_ID))
    begin = invites(block.text, 0, stop, lexicon)
    found = named_leaves(block, begin)
    return (begin, found) if len(found) > 1 else (0, [])

"""Identifiers that Markdown shows nobody: in the tags of HTML, behind a fence, in the title of a link."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from kg.ids import find_ids
from kg.reading.document import Document, Piece
from kg.reading.outline import Block

__all__ = ["COMMENT", "hides", "unseen"]

COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_HIDES = re.compile(rb"<|```|~~~|\]\(|\]:|\[\[|\{[#.=]")
_NUMBER = re.compile(rb"[0-9/](?:(?<=/)[0-9]{7}|(?<!/)[0-9]{1,3}\.[0-9]{4,9})")
"""What every identifier has a part of; with one class of characters in front it is found fast."""
_DOI = re.compile(r"paper:doi:10\.\d+/[a-z0-9.]*")
_ESCAPES = re.compile(r"[\\*_~]")


def hides(document: Document) -> bool:
    """Whether a document has any mark behind which Markdown hides text."""
    return _HIDES.search(document.data) is not None


def unseen(document: Document, seen: Iterable[tuple[str, int, int]]) -> Iterator[Block]:
    """The identifiers on lines where their paper is not seen, each as a block of its own.

    `seen` has the node of a paper and the bytes where it is written or linked. The
    kind of a block is `comment` for what a writer took out of the text, else `hidden`.
    """
    starts = [*document.line_starts, len(document.data)]
    known = set[tuple[int, str]]()
    for node, first, last in seen:
        line, key = bisect_right(starts, first), _key(node)
        known.add((line, key))
        if last > starts[line]:
            known.add((bisect_right(starts, last - 1), key))
    comments = [match.span() for match in COMMENT.finditer(document.data)]
    line = done = stop = 0
    for number in _NUMBER.finditer(document.data):
        if number.start() >= stop:
            line = bisect_right(starts, number.start())
            begin, stop = starts[line - 1], starts[line]
        if line == done or (line, f"paper:{number[0].decode()}") in known:
            continue
        done = line
        text = document.words(begin, stop)
        before = 0
        for one in find_ids(text):
            if one.paper and (line, _key(one.paper.node)) not in known:
                first = begin + len(text[before : one.start].encode())
                last = first + len(text[one.start : one.end].encode())
                place = bisect_right(comments, (first, last)) - 1
                inside = place >= 0 and first < comments[place][1]
                pieces = (Piece(0, first, last),)
                kind = "comment" if inside else "hidden"
                yield Block(kind, text=text[one.start : one.end], pieces=pieces)
                before, begin = one.start, first


def _key(node: str) -> str:
    """What two spellings of a paper have in common: a DOI's first letters, as Markdown may escape what follows."""
    if not node.startswith("paper:doi:"):
        return node
    found = _DOI.match(_ESCAPES.sub("", html.unescape(node)))
    return found[0] if found else node

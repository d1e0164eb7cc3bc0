"""What Markdown hides from its reader: comments, the definitions of links, and footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.reading.document import Document
from kg.reading.outline import Block

__all__ = ["DEFINITION", "TAG", "definitions_apart", "outside_comments", "unhidden"]

DEFINITION = re.compile(
    rb"^[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)*\[[^\]\r\n]+\]:[ \t]*\S+"
    rb"(?:[ \t]+(?:\"[^\"\r\n]*\"|'[^'\r\n]*'|\([^()\r\n]*\)))?[ \t]*\r?$",
    re.MULTILINE,
)
"""`[label]: address "title"`: nothing of such a line is text."""
_LABELLED = re.compile(
    r"^([ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)*)\[([^\]\r\n\[]*[0-9]{4}\.[0-9]{4,5}[^\]\r\n\[]*)\]"
    r"(?=:(?![ \t]*(?:https?:|www\.|arxiv\.org|[</#])))",
    re.MULTILINE | re.IGNORECASE,
)
"""`[2403.03507]: words`, which is an entry to its writer, and to Markdown the definition of a link."""
TAG = re.compile(
    r"</?(?:details|summary|div|p|center|span|b|strong|i|em|u|del|ins|sub|sup|small|big|mark|kbd|font|h[1-6]|ul|ol|li)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
"""A tag of HTML that only says how words look."""
_FOOTNOTE = re.compile(r"\s*\[\^[^\]\n]+\]:")


def unhidden(text: str) -> str:
    """A text, as long as it was, with identifiers in round brackets where square ones would hide a line."""
    return _LABELLED.sub(r"\1(\2)", text) if "]:" in text else text


def definitions_apart(document: Document, blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """The text, and what stands beside it: the definitions of links and footnotes."""
    apart: tuple[list[Block], list[Block]] = [], list(_link_definitions(document))
    for block in blocks:
        apart[block.kind == "text" and _FOOTNOTE.match(block.text) is not None].append(block)
    return apart


def _link_definitions(document: Document) -> Iterator[Block]:
    """`[label]: address` on a line of its own."""
    if b"]:" in document.data:
        data = unhidden(document.data.decode()).encode()
        for match in DEFINITION.finditer(data, document.start):
            yield Block(
                "definition", text=match[0].decode(), pieces=(document.piece(0, *match.span()),)
            )


def outside_comments(html: str, commented: bool) -> Iterator[tuple[int, int, bool]]:
    """The stretches of a piece of HTML without tags, each with whether it lies in a comment.

    `commented` says whether it begins in one.
    """
    start = 0
    while start < len(html):
        mark = "-->" if commented else "<!--"
        found = html.find(mark, start)
        end = len(html) if found < 0 else found + (3 if commented else 0)
        if commented and end > start:
            yield start, end, True
        elif end > start:
            tags = [tag.span() for tag in TAG.finditer(html, start, end)]
            for (_, begin), (stop, _) in pairwise([(start, start), *tags, (end, end)]):
                if stop > begin:
                    yield begin, stop, False
        if found < 0:
            return
        start, commented = end, not commented

"""What Markdown hides from its reader: comments, the definitions of links, and footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.reading.document import Document, Piece
from kg.reading.outline import Block

__all__ = ["DEFINITION", "TAG", "TITLE_MARK", "definitions_apart", "outside_comments", "unhidden"]

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
_LOOKS = (
    r"</?(?:details|summary|div|p|center|span|b|strong|i|em|u|del|ins|sub|sup|small|big|mark|kbd|font|h[1-6]|ul|ol|li|wbr|aside|section|article|figure|figcaption|header|footer)"
    r"(?:\s[^<>]*)?/?>"
)
_LOOK = re.compile(rf"{_LOOKS}|<a\s+(?:id|name)\s*=[^<>]*>", re.IGNORECASE)
_ATTRIBUTES = r"(?<=[\w\])`\"*_.?! ])\{[#.=][a-zA-Z][^{}\n]*\}"
"""What pandoc says of a heading, a link or a word: `{#sec:topics .unnumbered}`, `{.underline}`, `{=html}`."""
_CIRCLED = f"(?:{'|'.join(map(chr, range(0x2460, 0x2500)))})"
"""An alternative each, so that the pattern holds for UTF-8 as well; in a group, which begins with one byte."""
TAG = re.compile(
    rf"{_LOOKS}|</?a(?:\s[^<>]*)?>|(?<=>)[ \t]?\[!\w+\][+-]?|\[\[[^\[\]|\n]*\|"
    r"|(?m-i:^[ \t>]*(?:[-*+][ \t]+)?(?:[a-z]\)|[ivx]{1,4}[.)])[ \t])"
    r"|(?m-i:^[ \t>]*(?:[a-h]\.|\(\d{1,2}\)|#\.)[ \t])"
    f"|&(?:nbsp|e[nm]sp|thinsp|#160);|[0-9](?:\ufe0f)?\u20e3|{_CIRCLED}"
    rf"|{_ATTRIBUTES}",
    re.IGNORECASE,
)
"""What only says how words look: a tag of HTML, the mark of a callout, a link of wikis up to its words, `a)`, `1️⃣`, `①`, `&nbsp;`."""
_ATTRIBUTE = re.compile(_ATTRIBUTES)
TITLE_MARK = "<b/>"
_CALLOUT = re.compile(r"^((?:[ \t]*>)+[ \t]?)(\[!\w+\][+-]?)(?=([ \t]*\S)?)", re.MULTILINE)
"""`> [!note]- Title`, where Obsidian and GitHub begin a box."""
_FOOTNOTE = re.compile(r"\s*\[\^[^\]\n]+\]:")


def unhidden(text: str) -> str:
    """A text, as long as it was, without what would hide words.

    Identifiers stand in round brackets where square ones would hide a line; the
    mark of a callout makes room for one that makes its title bold, attributes for space.
    """
    if "[!" in text:
        text = _CALLOUT.sub(
            lambda m: m[1] + (TITLE_MARK if m[3] else "").ljust(len(m[2].encode())), text
        )
    if "{#" in text or "{." in text or "{=" in text:
        text = _ATTRIBUTE.sub(lambda m: " " * len(m[0].encode()), text)
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
            yield Block("definition", text=match[0].decode(), pieces=(Piece(0, *match.span()),))


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
            tags = [tag.span() for tag in _LOOK.finditer(html, start, end)]
            for (_, begin), (stop, _) in pairwise([(start, start), *tags, (end, end)]):
                if stop > begin:
                    yield begin, stop, False
        if found < 0:
            return
        start, commented = end, not commented

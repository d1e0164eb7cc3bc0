"""Trees drawn with lines, as `tree` prints them (`├── Topic`, `│   └── Paper`), or by indentation alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ids import find_ids
from kg.reading.document import Piece
from kg.reading.lines import OPENS
from kg.reading.outline import Block
from kg.reading.seams import Seams

__all__ = ["drawn_items", "draws_list", "draws_outline", "draws_tree", "lists_papers"]

_BRANCH = re.compile(r"^[\s│┃|]*[├└┣┗╰]", re.MULTILINE)
_MARKED = re.compile(rf"\s*(?:{OPENS.pattern}|[#|>`~]|\d+[.)]\s)")
_BEFORE = re.compile(r"\s*[\[(]*|[^.;!?]{2,80}?(?:[\[(]|[:,–—-]\s+)[\[(`]*")
"""What may stand before the identifier of a leaf: nothing, or a name and a mark."""
_NAME = re.compile(r"[\s*_>`]*[^\W_a-z][^;!?|]{0,58}?(?:\s?[\[(（][\[`]*|[,:]\s`?)")
_MARK = re.compile(r"[`\])）*_]*\s*(?:[:：|·–—-]|\Z)")
_LISTED = re.compile(r"[-*+•]\s+(?:\S+\s+){4}")
_LABEL = 90
"""Characters in a line that may be a label."""
_LEAD = re.compile(r"[\s│┃|]*(?:[├└┣┗╰][─━-]*\s*)?")


def draws_tree(text: str) -> bool:
    """Whether a text has branches drawn with lines."""
    return _BRANCH.search(text) is not None


def draws_outline(text: str, papers: int = 1) -> bool:
    """Whether a text is a tree by indentation alone, with so many papers or more.

    No line of it has a mark, a line that places no paper is a label with
    something below it, and those that do are below such labels.
    """
    lines = [line for line in text.expandtabs(4).splitlines() if line.strip()]
    columns = [len(line) - len(line.lstrip()) for line in lines]
    leaves = [n for n, line in enumerate(lines) if _is_leaf(line)]
    labels = [n for n in range(len(lines)) if n not in leaves]
    return (
        len(leaves) >= papers
        and not any(_MARKED.match(lines[n]) for n in labels)
        and all(columns[n] > min(columns[:n], default=columns[n]) for n in leaves)
        and all(columns[n] < max(columns[n + 1 : n + 2], default=0) for n in labels)
        and all(len(lines[n]) <= _LABEL and lines[n].rstrip()[-1] not in ".,;" for n in labels)
    )


def draws_list(text: str) -> bool:
    """Whether a text is a list of sentences: its outer lines have one kind of bullet, and words behind it."""
    lines = [line for line in text.expandtabs(4).splitlines() if line.strip()]
    margin = min((len(line) - len(line.lstrip()) for line in lines), default=0)
    outer = [line[margin:] for line in lines if line[margin : margin + 1].strip()]
    bullets = {_LISTED.match(line) and line[0] for line in outer}
    return len(outer) > 1 and len(bullets) == 1 and None not in bullets


def lists_papers(text: str) -> bool:
    """Whether each line of a paragraph opens with a name and one identifier, and a mark or nothing behind it."""
    lines = text.splitlines()
    return len(lines) > 1 and all(map(_opens_with_name, lines))


def _opens_with_name(line: str) -> bool:
    found = find_ids(line)
    if not found or not _NAME.fullmatch(line, 0, found[0].start):
        return False
    return _MARK.match(line, found[0].end) is not None


def _is_leaf(line: str) -> bool:
    """Whether a line places a paper: its identifier comes first, or soon behind a name."""
    found = find_ids(line)
    return bool(found) and _BEFORE.fullmatch(line, 0, found[0].start) is not None


def drawn_items(text: str, seams: Seams, depth: int) -> Iterator[Block]:
    """Each line as an item, as deep as the columns of the lines above it say."""
    columns: list[int] = []
    start = 0
    for line in text.splitlines(keepends=True):
        lead = _LEAD.match(line)
        words = line[lead.end() :].rstrip() if lead else ""
        if lead and words:
            while columns and columns[-1] >= lead.end():
                columns.pop()
            begin = start + len(lead[0].encode())
            first, last = seams.byte(begin), seams.byte(begin) + len(words.encode())
            yield Block(
                "item",
                depth + len(columns),
                text=words,
                pieces=(Piece(0, first, last),),
            )
            columns.append(lead.end())
        start += len(line.encode())

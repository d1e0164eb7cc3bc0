"""Papers cited by name alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.claims import Prose
from kg.model import Edge
from kg.reading import Mention

__all__ = ["citations"]

_FAR, _BEHIND = 400, 14
"""Characters from the start of an identifier, or of a link, to a name behind or in it; from a name to one."""


def citations(owners: Mapping[str, str], prose: Iterable[Prose]) -> Iterator[Edge]:
    """Edges for names that stand without their identifier; `owners` has the paper that each means.

    A name before a bare number is another name: `SAM 2` is not SAM.
    """
    if not owners:
        return
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(owners, key=lambda name: (-len(name), name)):
        groups[name[:3]].append(re.escape(name[3:]))
    names = "|".join(f"{re.escape(head)}(?:{'|'.join(tails)})" for head, tails in groups.items())
    pattern = re.compile(
        rf"(?<![\w-])(?:{names})(?![\w+])(?!-[^\W\d_]?(?:[A-Z0-9α-ω]))"
        r"(?! v?\d{1,2}(?:\.\d+)?(?![\w%×-]))"
    )
    for text in prose:
        for match in pattern.finditer(text.block.text, text.start, text.end):
            paper, (start, end) = owners[match[0]], match.span()
            near = text.block.mentions_between(start - _FAR, end + _BEHIND + 1)
            if any(_says_which(mention, paper, start, end) for mention in near):
                continue
            yield Edge(
                source=text.entry,
                type=text.type,
                target=paper,
                digest=text.digest,
                section=text.section,
                basis="name",
                sources=(text.locate(text.block, match.start(), match.end()),),
            )


def _says_which(mention: Mention, paper: str, start: int, end: int) -> bool:
    """Whether an identifier tells what a name at some place means: it stands beside it, or is its link's."""
    if mention.paper is None:
        return False
    if mention.linked and mention.start <= start and end <= mention.end:
        return True
    beside = end <= mention.start <= end + _BEHIND or mention.end <= start <= mention.end + 4
    return beside and mention.paper.node == paper

"""Words behind the bold name of a section on its line: its first words, or more of its heading."""

from __future__ import annotations

import re

from kg.reading import Block

__all__ = ["BRACKETED", "REMARK", "behind", "goes_on"]

BRACKETED = re.compile(r"\s*[:.]?\s*(?:\([^()]*\))?\s*[:.]?\s*")
"""What may stand behind the name of a section and is none of its words."""

REMARK = re.compile(r"\s*\([^()]*\)\s*[:.]?\s*\Z")
"""The same in brackets, behind a name in plain letters."""

_SHORT = 60
_DASH = re.compile(r"[*_]*\s+[–—-]+\s+")
_STOPS = (".", "!", "?", "…", ":", "。", "！", "？", "：")


def behind(block: Block) -> int:
    """Where words begin behind a bold name on its line, as in “Conclusion: a good month”; 0 without any."""
    if block.kind == "heading" or not block.strong:
        return 0
    start, end = block.strong[0]
    line = block.text.partition("\n")[0]
    words = line[end:].strip(" :：.–—-*_")
    apart = words and not BRACKETED.fullmatch(line[end:]) and line[start:end].strip(" :：.*_")
    return len(line) - len(line[end:].lstrip(" :：.–—-*_")) if apart else 0


def goes_on(block: Block) -> bool:
    """Whether a dash and few words, no sentence, follow the name, as in “**Topics** – March 2024”.

    With the section below them, they are of its heading.
    """
    line = block.text.partition("\n")[0]
    words = line[behind(block) :].strip(" *_")
    dashed = bool(block.strong) and _DASH.match(line, block.strong[0][1])
    few = len(words) <= _SHORT and not words.endswith(_STOPS)
    return bool(dashed) and few and not block.mentions()

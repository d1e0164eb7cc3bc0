"""Title lines of ideas: freed of what counts them, and what they say of risk and moon-shot."""

from __future__ import annotations

import re

from kg.extract.titles import clean_title
from kg.ids import fold, normalise
from kg.lexicon import Lexicon

__all__ = ["moonshot_said", "only_moonshot", "said_of_risk", "title_of_idea"]

_LETTERED = re.compile(r"[A-Z]{1,2}-?\d{1,2}\s*[.)]\s+(?=\S)")
_BRACKETED = re.compile(r"\[([^\[\]]*)\]\s*(?=\S)")
_REMARK = re.compile(
    r"[ *_]*(?:\([^()]{3,60}\)|\[[^\[\]]{3,60}\]|（[^（）]{3,60}）|(?<=\s)[–—-]\s[^()\[\]\n–—]{3,60}\Z)[ *_]*"
)
_AROUND = re.compile(r"^[^\w]+|[^\w)]+$")
_FEW = 4
_COUNTED = re.compile(
    r"\s*(?:[A-Z]|[IVX]{1,4})\s*(?:\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）)?\s*[:：.–—-]+\s*(?=\S)"
)


def title_of_idea(words: str, lexicon: Lexicon) -> str:
    """A title freed of what counts it: `E1.`, `[Idea 1 | Moonshot]`, `Idea A:`, `Idea 2 (Moon-shot):`."""
    words = normalise(words).strip(" *_")
    bracket = _BRACKETED.match(words)
    if bracket and any(lexicon.opens_with(mark, bracket[1]) for mark in ("idea", "moonshot")):
        words = words[bracket.end() :]
    lettered = _LETTERED.match(words)
    words = words[lettered.end() :] if lettered else words
    length = lexicon.opens_with("idea", words)
    counted = _COUNTED.match(words, length) if length else None
    return clean_title(words[counted.end() :] if counted else words, lexicon)


def said_of_risk(title: str, lexicon: Lexicon) -> str:
    """A remark in a title line that tells the risk: “(Risk: Medium)”, “— riesgo medio”; empty without one."""
    for found in _REMARK.finditer(title):
        words = fold(found[0])
        if any(name in words for name in lexicon.fields["risk"]) and lexicon.risks.level(words):
            return found[0]
    return ""


def only_moonshot(words: str, lexicon: Lexicon) -> bool:
    """Whether words are nothing but the mark of a moon-shot, as in “🚀 (moonshot)”."""
    words = re.sub(r"^[^\w]+|[^\w]+$", "", words)
    return 0 < len(words) == lexicon.opens_with("moonshot", words)


def moonshot_said(text: str, lexicon: Lexicon) -> tuple[bool, str]:
    """Whether lines say that an idea is a moon-shot, and the other lines: `🚀`, `Moonshot: yes`, but not `Moonshot: no`."""
    said, rest = False, []
    for line in text.splitlines():
        words = _AROUND.sub("", line)
        length = lexicon.opens_with("moonshot", words)
        labelled = length > 0 and words[length:].lstrip(" *_")[:1] in (":", "：")
        if only_moonshot(line, lexicon) or (labelled and len(words.split()) <= _FEW):
            said = said or lexicon.marked("moonshot", line)
        else:
            rest.append(line)
    return said, "\n".join(rest)

"""How words are compared with those of the lexicon: keys, numbering, phrases, ways to write a label."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from kg.ids import fold
from kg.ontology import ontology_folder

__all__ = [
    "as_words",
    "behind_colon",
    "key",
    "lexicon_table",
    "of_parts",
    "strip_number",
    "ways",
]

_NOT_WORD = re.compile(r"[\W_]+")
_IDEOGRAPHS = re.compile("[\u3400-\u9fff]+")
_NUMBERING = re.compile(
    r"(?:(?:[0-9]{1,3}(?:\.[0-9]{1,3})*|[IVXLC]{1,6}|[ivxlc]{1,6}|[A-Za-z])[.)]|[0-9]{1,3}(?:\.[0-9]{1,3})+"
    r"|(?:[IVXLC]{1,6}|[A-Z])(?:\.[0-9]{1,3})+(?:\.[a-z])?[.)]?|[IVX]{1,4}\.[A-Z](?:\.[0-9]{1,3})*[.)]"
    r"|[0-9]{1,3}(?:\.[0-9]{1,3})*\.[a-z][.)]|[A-H][0-9]{1,2}[.)]|[0-9]{1,2}/|\((?:[0-9]{1,3}(?:\.[0-9]{1,3})*|[ivx]{1,4}|[a-z])\)"
    r"|[Ⅰ-Ⅻⅰ-ⅻ]{1,2}(?:[.)．]|(?=\s)))\s+(?=\S)"
    r"|(?:(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[Ⅰ-Ⅻ])、|[0-9]{1,2}．|（(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})）"
    r"|第[0-9一二三四五六七八九十]{1,3}[章节節部分篇장절부](?=[\s：:、]))[：:、]?\s*(?=\S)"
)
_ENDED = re.compile(r"[:：。|\u2190-\u21ff\u2794-\u27be]|\.(?=\s+(?:[^\w\s]+\s+)?[^\W\d_a-z])")
_GLOSS = re.compile(r"\s*[(（]([^()（）]*)[)）]\s*")
_PARTS = re.compile(r"\s*[&/+,、]\s*")
_LONGEST = 24
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_FEW = 8
"""Words that a label has at most."""


def strip_number(text: str) -> tuple[str, str]:
    """Splits a leading `I.`, `Ⅱ.`, `A.`, `1.`, `1、`, `(1)` or `2.1` off a label: (numbering, the rest)."""
    found = _NUMBERING.match(text)
    return (found[0].strip(), text[found.end() :]) if found else ("", text)


@lru_cache(4096)
def key(text: str) -> str:
    """How words of the lexicon are compared: folded, without punctuation and words such as “and”.

    So “Risk and feasibility”, “Risk & feasibility” and “Risk/Feasibility” are one.
    """
    joining = _joining()
    return " ".join(
        [word for word in _NOT_WORD.sub(" ", fold(text)).split() if word not in joining]
    )


@cache
def lexicon_table() -> dict[str, Any]:
    """The file of words, as it is written."""
    return tomllib.loads((ontology_folder() / "lexicon.toml").read_text(encoding="utf-8"))


@cache
def _joining() -> frozenset[str]:
    return frozenset(lexicon_table()["marks"]["joining"])


@cache
def as_words(*phrases: str) -> re.Pattern[str]:
    """Any of some phrases as words of a text; ideographs, where there are several, have no spaces around them."""
    dense = [words for words in phrases if len(words) > 1 and _IDEOGRAPHS.fullmatch(words)]
    spaced = "|".join(re.escape(words) for words in phrases if words not in dense)
    return re.compile("|".join([*dense, *([rf"(?<!\w)(?:{spaced})(?!\w)"] if spaced else [])]))


def behind_colon(words: Iterable[str]) -> re.Pattern[str]:
    """A colon and no more than one of some words behind it: `: no`."""
    said = "|".join(map(re.escape, words))
    return re.compile(rf"[*_\s]*[:：=][*_\s]*(?:{said})[*_\s]*(?=[.,;)]|\Z)")


def of_parts(words: str, aliases: dict[str, str], others: Iterable[str]) -> str:
    """What words without spaces between them name: aliases of one thing, and small words; else empty.

    So “本月亮点” and “总结与反思” are as good as “亮点” and “总结”. Of two ways to part
    them that with fewer parts counts: “技术亮点” is one alias, not “技术” and “亮点”.
    """
    if len(words) > _LONGEST or not _CJK.search(words):
        return ""
    joined = words.replace(" ", "")
    ends = {0: (0, frozenset[str]())}
    small = frozenset(others) | _joining()
    for start in range(len(joined)):
        for end in range(start + 1, len(joined) + 1) if start in ends else ():
            part = joined[start:end]
            if part in aliases or (part in small and _CJK.search(part)):
                count, named = ends[start]
                named |= {aliases[part]} if part in aliases else set()
                known, others = ends.get(end, (_LONGEST, frozenset[str]()))
                ends[end] = (
                    (known, others | named) if known == count + 1
                    else min((known, others), (count + 1, named), key=lambda way: way[0])
                )  # fmt: skip
    _, named = ends.get(len(joined), (0, frozenset[str]()))
    return min(named) if len(named) == 1 else ""


@lru_cache(4096)
def ways(label: str) -> tuple[tuple[str, ...], ...]:
    """Other keys by which a label may be known, each of several parts that must name the same.

    Without the gloss in a bracket, the gloss alone; without a number, without
    words such as “main” and “đề xuất” beside it; its halves around “&” or “and”.
    Words with the end of a sentence, a colon, bar or arrow in them are no label.
    """
    if len(label.split()) > 2 * _FEW or _ENDED.search(label):
        return ()
    gloss = _GLOSS.search(label)
    bare = _GLOSS.sub(" ", label) if gloss else label
    if len(bare.split()) > _FEW:
        return ()
    whole = [key(words) for words in (bare, gloss[1] if gloss and bare.strip() else "") if words]
    parts = [part for one in _PARTS.split(bare) for part in _apart(one)]
    keys = tuple(_unqualified(key(part)) for part in parts) if len(parts) > 1 else ()
    halves = [keys] if keys and all(keys) else []
    return (
        *((way,) for words in whole for way in dict.fromkeys((words, _unqualified(words)))),
        *halves,
    )


def _apart(words: str) -> list[str]:
    """What joining words join."""
    return _joined().split(words)


@cache
def _joined() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{'|'.join(sorted(_joining()))})\s+", re.IGNORECASE)


@cache
def _qualified() -> re.Pattern[str]:
    more = "|".join(map(key, lexicon_table()["marks"]["qualifier"]))
    return re.compile(rf"(?:(?:{more}) )?(.+?)(?: (?:{more}))?(?: (?:[0-9]{{1,2}}|[a-h]))?\Z")


def _unqualified(words: str) -> str:
    """A key without a qualifier at its ends and a number behind it."""
    found = _qualified().match(words)
    return found[1] if found else words

"""What a name looks like: capitals inside or throughout, digits among letters, Greek letters, or a capital in front."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, pairwise

__all__ = ["TOKEN", "abbreviates", "is_distinctive", "is_name", "name_before", "name_from", "shape"]

TOKEN = re.compile(r"[^\s,;:()\[\]{}|\"“”«»?!…，；：（）【】「」『』｜？！。、]+")
_SPACE = re.compile(r"[ \t\n]*[\"“‘«「『]?")
_NUMBER = re.compile(r"v?\d+(?:\.\d+)*[a-zA-Z]?|[IVX]+")
_PART = re.compile(r"[-/–]")
_DISTINCT = re.compile(
    r"(?=.*[^\W\d_])"
    r"(?:.*[A-Z].*[A-Z].*|.*[^\W\d_].*\d.*|.*\d.*[^\W\d_].*|[^A-Z]+[A-Z].*|.*[α-ωΑ-Ω].*)"
)
_GREEK_END = re.compile(r"[A-Z]+-?[α-ωΑ-Ω]|[α-ωΑ-Ω]-[A-Za-z]{2,}")
_TITLE = re.compile(r"[A-Z][a-z]{1,2}\.")
"""What stands before a name with a full stop: `Dr.`"""
_CAPITAL = re.compile(r"[A-ZÄÖÜØÅÑÇ][A-Za-zα-ωΑ-ΩäöüßøåñçïëÄÖÜ'’.*+&-]+(?:-\d+(?:\.\d+)?)?")
_LETTERS = re.compile(r"[\x21-\x7eα-ωΑ-Ω∞×²³’√]+")
_MEASURE = re.compile(
    r"[~<>≤≥+-]?\d[\d.,]*(?:[KMBTkx×%°]|GB|MB|ms|fps|FPS|K|s|h|px|st|nd|rd|th)?\+?|\d+[-–]\d+\w*|\d+:\d+"
)
_PLAIN = re.compile(r"[A-Z][a-z]+(?:[- ][A-Za-z]+)*")
_PLAIN_NEXT = re.compile(r" [A-Z][a-z]+(?![\w-])")
_REACH = 80
_LONGEST = 40
"""Words of a name or title at most; no more are looked at."""


@lru_cache(8192)
def is_distinctive(word: str) -> bool:
    """Whether a word looks like nothing but a name: `GaLore`, `sDPO`, `2DGS`, `SOTOPIA-π`, not `Text-to-Image`.

    A word with letters beyond ASCII does only by a capital inside it: `OpenPhở`.
    """
    if not _LETTERS.fullmatch(word):
        return _is_humped(word)
    parts = _PART.split(word)
    return any(_DISTINCT.fullmatch(part) for part in parts if len(part) > 1) or bool(
        _GREEK_END.fullmatch(word)
    )


def _is_humped(word: str) -> bool:
    """Whether a word of letters has a capital behind a small one."""
    parts = _PART.split(word)
    return all(part.isalnum() for part in parts) and any(
        one.islower() and other.isupper() for part in parts for one, other in pairwise(part)
    )


@lru_cache(8192)
def shape(word: str) -> int:
    """2 for a distinctive word, 1 for a capitalised one, 0 for any other (measures, numbers and keys of citations too)."""
    word = word.rstrip(".'’")
    if not word or word[0] == "@" or _MEASURE.fullmatch(word):
        return 0
    if is_distinctive(word):
        return 2
    return 1 if _CAPITAL.fullmatch(word) else 0


@lru_cache(256)
def name_from(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The name that begins at `start`: words of a name's shape with only spaces between them."""
    space = _SPACE.match(text, start, end)
    begin = stop = last = space.end() if space else start
    for match in islice(TOKEN.finditer(text, begin, end), _LONGEST):
        between, word = text[last : match.start()], match[0]
        if between.strip(" \n\t"):
            break
        if "\n" in between and not (_PLAIN.fullmatch(word) and _PLAIN.fullmatch(text[begin:stop])):
            break
        if word == "of" and stop > begin and _PLAIN_NEXT.match(text, match.end(), end):
            last = match.end()
            continue
        bare = word.rstrip(".'’")
        number = stop > begin and _NUMBER.fullmatch(bare)
        if not number and not shape(word):
            break
        stop = match.start() + len(bare)
        last = match.end()
        if bare != word and word[len(bare)] == "." and not _TITLE.fullmatch(word):
            break
    return (begin, stop) if stop > begin else None


def is_name(text: str) -> bool:
    """Whether all words of a text have a name's shape."""
    run = name_from(text, 0, len(text))
    return run is not None and not text[run[1] :].strip(" .'’\"”»」』")


def name_before(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The name that ends just before `end`, a bracket of each kind and code marks between them allowed."""
    stop = end
    while stop > start and text[stop - 1] in ' \n([（`"”’»」』':
        stop -= 1
    if stop == start:
        return None
    if end - stop > 1 and _opens_twice(text[stop:end].replace("[[", "[")):
        return None
    begin = stop
    words = list(TOKEN.finditer(text, max(start, stop - _REACH), stop))
    for place, match in reversed(list(enumerate(words))):
        word = match[0]
        if word == "of" and begin != stop and _PLAIN.fullmatch(text[begin:stop]):
            before = words[place - 1][0] if place else ""
            between = text[match.end() : begin].strip(" \n")
            if not between and _PLAIN.fullmatch(before) and text[match.start() - 1] == " ":
                begin = match.start()
                continue
            break
        if text[match.end() : begin].strip(" \n") or (
            begin != stop and word.endswith(".") and not _TITLE.fullmatch(word)
        ):
            break
        if not (shape(word) or _NUMBER.fullmatch(word)):
            break
        begin = match.start()
    for match in TOKEN.finditer(text, begin, stop):
        if shape(match[0]):
            return None if _is_tail(text, start, match.start(), stop) else (match.start(), stop)
    return None


def _opens_twice(between: str) -> bool:
    """Whether brackets of one kind stand in each other."""
    return any(between.count(mark) > 1 for mark in "([（")


def _is_tail(text: str, start: int, begin: int, stop: int) -> bool:
    """Whether plain words go on a name of other letters: the `Nam` of `Việt Nam`."""
    before = text[max(start, begin - _REACH) : begin]
    word = before.split()[-1] if before.endswith(" ") and before.strip() else ""
    return word.istitle() and not word.isascii() and bool(_PLAIN.fullmatch(text[begin:stop]))


def abbreviates(short: str, long: str) -> bool:
    """Whether a word in brackets may stand for the words before it."""
    short = short.strip()
    first = short[:1].casefold()
    if " " in short or set(short) & set(":/") or not is_distinctive(short):
        return False
    words = re.findall(r"\w+", long)[-len(short) - 2 :]
    return any(word[:1].casefold() == first for word in words) or any(
        word in short for word in words if len(word) > 2
    )

"""Which language a text is in, told by its words and letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Tongue", "capitals_are_nouns", "language_of"]

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Tongue:
    """What tells a language: small words and letters of its own, and words of the field.

    `shared` are words of the field that other languages have too.
    """

    small: frozenset[str]
    field: frozenset[str]
    shared: frozenset[str]
    letters: re.Pattern[str] | None
    nouns: bool = False
    """Whether all nouns have a capital, so that one says nothing of a name."""

    @classmethod
    def of(cls, words: Mapping[str, Any]) -> Tongue:
        """The language of a table of the lexicon."""
        return cls(
            frozenset(words["small"]),
            frozenset(words.get("field", ())),
            frozenset(words.get("shared", ())),
            re.compile(f"[{words['letters']}]") if "letters" in words else None,
            bool(words.get("nouns")),
        )

    def said(self, text: str, words: list[str]) -> int:
        """How many small words, or words with such letters, a text has of it."""
        letters = self.letters.findall(text) if self.letters and not text.isascii() else ()
        return len(letters) + sum(map(self.small.__contains__, words))


def capitals_are_nouns(words: Mapping[str, int], tongues: Iterable[Tongue]) -> bool:
    """Whether most of the small words of a text, given with its words' counts, are of such a language."""
    said = {True: 0, False: 0}
    for tongue in tongues:
        said[tongue.nouns] += sum(words.get(word, 0) for word in tongue.small)
    return said[True] > said[False]


def language_of(text: str, tongues: Mapping[str, Tongue]) -> str:
    """The code of the language that a text is in; empty where it is not known.

    Two words at least must say so (or all there are), small ones or words of
    the field; the latter alone only where they are most of the text. Small
    words and letters of other languages speak against it, but for one to
    four of its own: a name, a title in quotes. Only the text counts, never
    what stands around it, so that graphs still merge by set union.
    """
    folded = text.lower()
    words = _WORD.findall(folded)
    said = {code: tongue.said(folded, words) for code, tongue in tongues.items()}
    total, found = sum(said.values()), []
    for code, own in said.items():
        if total and not own:
            continue
        tongue = tongues[code]
        field = sum(map(tongue.field.__contains__, words))
        if (total - own) * 4 > own + field:
            continue
        known = own + field
        if field and not own:
            known += sum(map(tongue.shared.__contains__, words))
        if known >= max(1, min(2, len(words))) and (own or (field and known * 2 > len(words))):
            found.append(code)
    return found[0] if len(found) == 1 else ""

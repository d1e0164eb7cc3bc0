"""Where the first sentence of a text ends."""

from __future__ import annotations

import re

from kg.lexicon import load_lexicon

__all__ = ["first_sentence"]

_END = re.compile(r"\.(?=\s)|[。！？]")
_LAST_WORD = re.compile(r"[^\s(\[]+\Z")
_FAR = 300


def first_sentence(text: str) -> str:
    """A text up to its first full stop: none in an open bracket, none of “vs.” and “e.g.”.

    Further than labels reach nothing is looked for.
    """
    short = load_lexicon().marks["abbreviation"]
    for end in _END.finditer(text, 0, _FAR):
        before = text[: end.start()]
        word = _LAST_WORD.search(before)
        opened = any(before.count(a) > before.count(b) for a, b in ("()", "[]", "（）"))
        if not opened and not (word and f"{word[0].casefold()}." in short):
            return before
    return text

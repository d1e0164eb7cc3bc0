"""Text in Unicode's composed form (NFC), piece by piece, so that positions stay exact.

A hyphen that does not break is a hyphen, as white space of any kind is a space:
“Moon‑shot” is no other word than “Moon-shot”. Dashes of other widths are dashes too,
as are two or three hyphens between spaces. What has no width and joins or parts
nothing that is read is left out: a soft hyphen, a place where a line may break or
may not, a byte order mark within a text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

__all__ = ["composed"]

_READS = {
    "\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2015": "—", "\uff0d": "–",
    "\u00ad": "", "\u200b": "", "\u2060": "", "\ufeff": "",
}  # fmt: skip
"""What some characters are read as."""
_TYPED = {"--": "–", "---": "—"}
"""How dashes are typed where writers count on their tools to set them."""
_SIGN = re.compile(f"[{''.join(_READS)}]")
_OTHERS = re.compile(f"([{''.join(_READS)}]|(?<=\\s)-{{2,3}}(?=\\s))")


def composed(text: str, width: int) -> Iterator[tuple[str, int]]:
    """Stretches of a text in NFC, each with the bytes that it has as written, `width` in all.

    A letter with its combining marks is a stretch of its own; what needs no
    composing, and what was not written as it reads (an entity), stays together.
    What is left out is an empty stretch.
    """
    if " --" not in text and (text.isascii() or not _SIGN.search(text)):
        if text.isascii() or unicodedata.is_normalized("NFC", text):
            yield text, width
        else:
            yield from _in_nfc(text, width)
        return
    if len(text.encode()) != width:
        yield unicodedata.normalize("NFC", _OTHERS.sub(lambda m: _read(m[0]), text)), width
        return
    for place, part in enumerate(_OTHERS.split(text)):
        if place % 2:
            yield _read(part), len(part.encode())
        elif part:
            yield from _in_nfc(part, len(part.encode()))


def _read(sign: str) -> str:
    return _READS.get(sign) or _TYPED.get(sign, "")


def _in_nfc(text: str, width: int) -> Iterator[tuple[str, int]]:
    if unicodedata.is_normalized("NFC", text) or len(text.encode()) != width:
        yield unicodedata.normalize("NFC", text), width
        return
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and _joins(text[end]):
            continue
        cluster_ends = end == len(text) or (end + 1 < len(text) and _joins(text[end + 1]))
        if cluster_ends or (end - start > 1 and _joins(text[end - 1])):
            written = text[start:end]
            yield unicodedata.normalize("NFC", written), len(written.encode())
            start = end


def _joins(char: str) -> bool:
    """Whether a character composes with the one before it: a combining mark, or a Hangul vowel or final."""
    return unicodedata.combining(char) != 0 or "\u1160" <= char <= "\u11ff"

"""Which of several media types to answer with, by the header Accept (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kg.results import Format

__all__ = ["choose", "media_of", "names", "rank"]


_NAMED = 2
"""How exactly a media type is meant that stands in the header in full."""


class _Range(NamedTuple):
    """A type of the header, how much it is wanted (0 to 1), and its place there."""

    type: str
    quality: float
    place: int


def media_of(header: str) -> str:
    """The media type of a header, without parameters."""
    return header.partition(";")[0].strip().lower()


def rank(accept: str, offered: str) -> tuple[float, int, int] | None:
    """How well a media type is wanted, to be compared; None if it is not.

    First by quality, then by how exactly it is named, then by its place in the
    header. An empty header wants anything.
    """
    group = offered.partition("/")[0]
    for precision, name in ((_NAMED, offered), (1, f"{group}/*"), (0, "*/*")):
        found = [one for one in _ranges(accept or "*/*") if one.type == name]
        if found:
            best = max(found, key=lambda one: (one.quality, -one.place))
            return (best.quality, precision, -best.place) if best.quality > 0 else None
    return None


def names(accept: str, media: str) -> bool:
    """Whether a media type stands in the header in full, and is wanted."""
    found = rank(accept, media)
    return found is not None and found[1] == _NAMED


def choose(accept: str, formats: Mapping[str, Format]) -> tuple[str, str] | None:
    """The name of a format and the media type to call it by; the first of equals; None for none.

    Only who names one of a format's other media types gets it.
    """
    best: tuple[tuple[float, int, int], str, str] | None = None
    for name, format in formats.items():
        for media in format.media:
            wanted = rank(accept, media)
            named = media == format.media[0] or (wanted and wanted[1] == _NAMED)
            if wanted and named and (best is None or wanted > best[0]):
                best = wanted, name, media
    return best[1:] if best else None


def _ranges(accept: str) -> Iterator[_Range]:
    for place, part in enumerate(accept.split(",")):
        type, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                quality = _number(value.strip())
        yield _Range(type, quality, place)


def _number(text: str) -> float:
    """A quality; what is none counts as not wanted."""
    try:
        return float(text) if text and float(text) <= 1 else 0.0
    except ValueError:
        return 0.0

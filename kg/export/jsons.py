"""What the two JSON formats share: lines of JSON that every reader takes, lone surrogates too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.export.cells import Losses

__all__ = ["array", "check_numbers", "line"]

_LONE = re.compile("[\ud800-\udfff]")
_EXACT = 2**53
_PER_CHUNK = 500


def line(value: Any) -> str:
    """A value as JSON on one line; a lone surrogate is written as the escape that JSON has for it."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    if text.isascii() or not _LONE.search(text):
        return text
    return _LONE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def array(items: Iterable[Any]) -> Iterator[bytes]:
    """A JSON array, an item per line, in chunks."""
    chunk, between = "[\n", ""
    for number, item in enumerate(items, 1):
        chunk += between + line(item)
        between = ",\n"
        if number % _PER_CHUNK == 0:
            yield chunk.encode()
            chunk = ""
    yield f"{chunk}\n]".encode()


def check_numbers(record: dict[str, Any], where: str, losses: Losses) -> None:
    """Reports the integers that JavaScript rounds; Python reads them exactly."""
    for value in record.values():
        if isinstance(value, int) and abs(value) > _EXACT:
            losses.add("integers beyond 2^53, which JavaScript rounds", where)

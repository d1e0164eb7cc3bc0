"""The events of pyromark, each as its name, what comes with it, and its bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pyromark

__all__ = ["events", "named"]

_OPTIONS = pyromark.Options.ENABLE_TABLES
_STYLES = {"b": "Strong", "strong": "Strong", "i": "Emphasis", "em": "Emphasis"}
_LINE_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)


def events(text: str) -> Iterator[tuple[str, Any, int, int]]:
    """The events of a Markdown text in order, bytes of its UTF-8; `<br>` is a break, `<b>` a style like any other."""
    for event, span in pyromark.events_with_range(text, options=_OPTIONS):
        tag, value = named(event)
        if tag == "InlineHtml" and _LINE_BREAK.fullmatch(value):
            tag, value = "HardBreak", None
        elif tag == "InlineHtml" and (style := _STYLES.get(value.strip("</>").lower())):
            tag, value = "End" if value.startswith("</") else "Start", style
        yield tag, value, span["start"], span["end"]


def named(event: Any) -> tuple[str, Any]:
    """An event or tag as its name and what comes with it."""
    if isinstance(event, str):
        return event, None
    [(name, value)] = event.items()
    return name, value

"""The events of pyromark, each as its name, what comes with it, and its bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pyromark

from kg.reading.hidden import TITLE_MARK

__all__ = ["events", "named"]

_OPTIONS = pyromark.Options.ENABLE_TABLES
_STYLES = {"b": "Strong", "strong": "Strong", "i": "Emphasis", "em": "Emphasis"}
_LINE_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_DEFINED = re.compile(r"^[ \t]*:[ \t]", re.MULTILINE)
_ANCHOR = re.compile(r"<a\s(?:[^<>]*\s)?href\s*=\s*[\"']?([^\"'<>\s]*)[^<>]*>", re.IGNORECASE)
_WIKI_LINK = re.compile(r"\[\[[^\[\]\n]+\]\](?!\()")


def events(text: str) -> Iterator[tuple[str, Any, int, int]]:
    """The events of a Markdown text in order, bytes of its UTF-8.

    `<br>` is a break, `<b>` a style and `<a href>` a link like any other;
    `TITLE_MARK` makes the rest of its line bold, and so are the terms of definitions.
    """
    options = _OPTIONS
    if _WIKI_LINK.search(text):
        options |= pyromark.Options.ENABLE_WIKILINKS
    defined = _DEFINED.search(text) is not None
    if defined:
        options |= pyromark.Options.ENABLE_DEFINITION_LIST
    titled, anchors = False, list[bool]()
    for event, span in pyromark.events_with_range(text, options=options):
        tag: str
        value: Any
        tag, value = (event, None) if isinstance(event, str) else next(iter(event.items()))
        start, end = span["start"], span["end"]
        if not (tag == "InlineHtml" or titled or defined):
            yield tag, value, start, end
            continue
        if titled and (tag in ("SoftBreak", "HardBreak") or value == "Paragraph"):
            titled = False
            yield "End", "Strong", start, start
        if defined and isinstance(value, str) and value.startswith("DefinitionList"):
            yield from _definition(tag, value, start, end)
            continue
        if tag == "InlineHtml":
            tag, value, titled = *_inline(value, anchors), titled or value == TITLE_MARK
        elif titled and tag == "Text" and value[:1] == " ":
            start, value = start + len(value) - len(value.lstrip(" ")), value.lstrip(" ")
        yield tag, value, start, end


def _definition(tag: str, value: str, start: int, end: int) -> Iterator[tuple[str, Any, int, int]]:
    """A part of a list of definitions as paragraphs, the term in bold."""
    style = ["Strong"] if value.endswith("Title") else []
    for name in ["Paragraph", *style] if tag == "Start" else [*style, "Paragraph"]:
        yield tag, name, start, end


def _inline(value: str, anchors: list[bool]) -> tuple[str, Any]:
    """A tag within a line as the event of Markdown that it stands for; `anchors` are those that are open."""
    name = value.strip("</> ").lower()
    if _LINE_BREAK.fullmatch(value) or value[:3].lower() == "<li":
        return "HardBreak", None
    if name in _STYLES:
        return "End" if value.startswith("</") else "Start", _STYLES[name]
    if name == "a" and value.startswith("</") and anchors:
        return ("End", "Link") if anchors.pop() else ("Nothing", None)
    if name.startswith("a "):
        address = _ANCHOR.fullmatch(value)
        anchors.append(address is not None)
        link = {"Link": {"dest_url": address[1], "title": ""}} if address else None
        return ("Start", link) if link else ("Nothing", None)
    return "InlineHtml", value


def named(event: Any) -> tuple[str, Any]:
    """An event or tag as its name and what comes with it."""
    if isinstance(event, str):
        return event, None
    [(name, value)] = event.items()
    return name, value

"""Lines among entries about papers that are none of them, and what is said of each."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.context import Context, Extract, clip
from kg.extract.entries import Entry
from kg.extract.labels import bold_head
from kg.ids import normalise
from kg.reading.lines import ARROWS

__all__ = ["without_paper"]


def without_paper(entry: Entry, what: str, context: Context) -> Iterator[Extract]:
    """What is said of a line that is no entry: a placeholder, the label of a group, or lost words."""
    block = entry.lines[0]
    cells = (cell.text for cell in block.cells or (block,) if cell.text.strip())
    words = normalise(" – ".join(cells)).strip(f" *{ARROWS}")
    if context.lexicon.opens_with("placeholder", words.strip("( ")):
        yield context.problem("placeholder", f"a placeholder: {words}", block)
    elif entry.group:
        message = f"the label of a group: {clip(words, 50)}"
        yield context.problem("group-label", message, block)
    elif block.kind == "text" and (
        not bold_head(block) or context.lexicon.opens_with("note", words)
    ):
        message = f"words that belong to no entry: {clip(words, 50)}"
        yield context.problem("stray-words", message, block)
    else:
        message = f"{what} without an identifier: {clip(words, 50)}"
        yield context.problem("entry-without-paper", message, block)

"""What stands before the first section, and sections that nobody knows: their papers are still found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract import references
from kg.extract.context import Context, Extract, plain
from kg.extract.parts import Part
from kg.ids import normalise
from kg.model import Node
from kg.reading import Block
from kg.reading.lines import PICTURE

__all__ = ["read"]


def read(part: Part, context: Context) -> Iterator[Extract]:
    """A preamble gives the digest its title and introduction; an unknown section a diagnostic.

    Only paragraphs introduce, also one behind a picture as in a box: a list or table that no section claims was not
    understood, and the ledger says so.
    """
    if not part.preamble:
        heading = part.heading
        assert heading is not None
        if references.is_references(heading, context.lexicon):
            yield from references.read(part, context)
            return
        close = context.lexicon.closest_section(heading.text)
        yield context.problem(
            "unknown-section",
            f"unknown section {plain(heading.text)!r}; only its papers were read",
            heading,
            hint=f"did you mean {close}?" if close else "add its name to ontology/lexicon.toml",
        )
        return
    for block in part.blocks:
        if _of_contents(block, context):
            yield context.problem("placeholder", "a line of a table of contents", block)
        pictured = block.kind == "item" and re.fullmatch(PICTURE, block.marker) is not None
        if block.depth or not (pictured or block.kind in ("heading", "text")):
            continue
        name = "title" if block.kind == "heading" and block.level == 1 else "introduction"
        text = plain(block.text) if name == "title" else normalise(block.text)
        if text:
            yield Node(
                id=context.digest,
                type="Digest",
                attributes={name: text},
                sources=(context.source(block),),
            )


def _of_contents(block: Block, context: Context) -> bool:
    """Whether a list item only leads to another place of the document, or names a section."""
    inner = [end - start for start, end, url in block.links if url.startswith("#")]
    whole = sum(inner) >= len(block.text.strip()) > 0
    return block.kind == "item" and (whole or bool(context.lexicon.section(block.text, whole=True)))

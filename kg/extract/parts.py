"""A document's blocks into its sections, whatever they are made of: headings, numbered or bold lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from kg.extract.run_in import BRACKETED, REMARK, behind, goes_on
from kg.extract.telling import own_headings, section_by_contents
from kg.lexicon import Lexicon, strip_number
from kg.reading import Block, Outline

__all__ = ["Part", "split_parts"]

_BULLETS = ("*", "-", "+")
_LONG = 120
_SHORT = 60
_SEVERAL, _APART = 2, 3
_MANY = 4
_COUNT = re.compile(r"\s*#?(?:\d+|[A-Z]|[IVX]+)(?!\w)")
_FIRST = re.compile(r"\s+[–—-]+\s+|[:：.]")
_SIGNS = re.compile(r"^[\W_]+")


@dataclass
class Part:
    """One section: its canonical name (empty if unknown), its heading, and the blocks below it.

    `preamble` is set for what stands before the first section, `likely` where the
    heading says the section's name in other words than those that are known,
    `told` where only its contents say it.
    """

    section: str
    heading: Block | None = None
    blocks: list[Block] = field(default_factory=list)
    preamble: bool = False
    likely: bool = False
    told: bool = False

    def everything(self) -> Iterator[Block]:
        """The heading and all blocks, rows by their cells."""
        for block in ([self.heading] if self.heading else []) + self.blocks:
            yield from block.cells or (block,)

    @cached_property
    def base(self) -> int:
        """The depth of the outermost list items, else of the outermost blocks."""
        items = [block.depth for block in self.blocks if block.kind == "item"]
        return min(items or [block.depth for block in self.blocks], default=0)


def split_parts(outline: Outline, lexicon: Lexicon) -> list[Part]:
    """Cuts the outline at every block that is a section's heading, known or not."""
    named = [_section(block, lexicon) for block in outline.blocks]
    deepest = _level(outline.blocks, lexicon)
    named = [
        "" if block.kind == "heading" and block.level > deepest else name
        for block, name in zip(outline.blocks, named, strict=True)
    ]
    headed = {
        name for block, name in zip(outline.blocks, named, strict=True) if block.kind == "heading"
    } - {""}
    if headed:
        settled = headed if len(headed) >= _APART else ()
        named = [
            "" if behind(block) or (block.kind == "text" and name in settled) else name
            for block, name in zip(outline.blocks, named, strict=True)
        ]
    quiet = _quiet(outline.blocks, lexicon, set(named) - {""})
    named = [quiet.get(place, name) for place, name in enumerate(named)]
    likely = _likely(outline.blocks, named, lexicon)
    named = [likely.get(place, name) for place, name in enumerate(named)]
    known = [block for block, name in zip(outline.blocks, named, strict=True) if name]
    unknown = 0 if known else _common_level(outline.blocks)
    level = max((block.level for block in known if block.kind == "heading"), default=unknown)
    shapes = {_shape(block) for block in known} - {"", "heading"}
    numbered = any(block.kind == "item" and block.marker not in _BULLETS for block in known)
    counted = _counted_on(outline, named) if numbered else set()
    dashed = any(map(goes_on, known))
    cuts = [
        bool(name)
        or (_foreign(block, level, place in counted, dashed) and not _is_counted(block, lexicon))
        or (_shape(block) in shapes and _is_part(block, lexicon))
        for place, (block, name) in enumerate(zip(outline.blocks, named, strict=True))
    ]
    for place in own_headings(outline.blocks, named, cuts):
        cuts[place] = False
    parts = [Part("", preamble=True)]
    for place, block in enumerate(outline.blocks):
        if cuts[place] and (
            named[place] or len(parts) > 1 or _holds_papers(place, outline, cuts, level)
        ):
            below = place + 1 < len(cuts) and not cuts[place + 1]
            first = 0 if below and goes_on(block) else behind(block)
            first = first or block.text.find("\n")
            if first < 0:
                parts.append(Part(named[place], block, likely=place in likely))
            else:
                words = len(block.text) - len(block.text[first:].lstrip())
                rest = block.part(words, len(block.text))
                rest.depth += rest.kind == "item"
                rest.kind, rest.marker = "text", ""
                parts.append(Part(named[place], block.part(0, first), [rest]))
        else:
            parts[-1].blocks.append(block)
    _tell(parts, lexicon)
    if unknown and sum(bool(part.section) for part in parts) < _SEVERAL:
        return [Part("", blocks=list(outline.blocks), preamble=True)] if outline.blocks else []
    return [part for part in parts if part.heading or part.blocks]


def _tell(parts: list[Part], lexicon: Lexicon) -> None:
    """Names parts by their contents, where their headings do not and no other part has the name."""
    known = {part.section for part in parts}
    for part in parts:
        name = "" if part.section or part.preamble else section_by_contents(part.blocks, lexicon)
        if name and name not in known:
            part.section, part.told = name, True
            known.add(name)


def _common_level(blocks: list[Block]) -> int:
    """The highest level that so many headings have as a digest has sections; 0 if none has."""
    levels = Counter(block.level for block in blocks if block.kind == "heading")
    return min((level for level, count in levels.items() if count >= _MANY), default=0)


def _quiet(blocks: list[Block], lexicon: Lexicon, known: set[str]) -> dict[int, str]:
    """Outer lines in plain letters that say no more than a section's name, by their place.

    Several must do so, each of a section of its own that is not `known` by a
    heading, with words below it; beside such sections they are paragraphs.
    """
    kinds = ("text",) if known else ("item", "text")
    found = {
        place: name
        for place, block in enumerate(blocks)
        if block.depth == 0 and block.kind in kinds
        if (name := _names_quietly(block.text, lexicon))
    }
    apart = all(
        place + 1 not in found and (place + 1 < len(blocks) or "\n" in blocks[place].text)
        for place in found
    )
    own = set(found.values()) - known
    return found if apart and len(own) == len(found) >= (_SEVERAL if known else _APART) else {}


def _names_quietly(text: str, lexicon: Lexicon) -> str:
    """The section that a line names and no more; with a colon, words may follow on the next line."""
    line, _, rest = text.partition("\n")
    alone = not rest or line.rstrip().endswith((":", "："))
    name = REMARK.sub("", line)
    return lexicon.section(name, whole=True) if alone and len(line) <= _SHORT else ""


def _likely(blocks: list[Block], named: list[str], lexicon: Lexicon) -> dict[int, str]:
    """Headings that probably name a section that no other does, by their place.

    They are of the level that the known ones have, or most of their own; where
    those are bold lines, they are as well.
    """
    known = [block for block, name in zip(blocks, named, strict=True) if name]
    shapes = {_shape(block) for block in known} - {""} or {"heading"}
    found = {
        place: name
        for place, block in enumerate(blocks)
        if _shape(block) in shapes and not named[place] and len(block.text) <= _LONG
        if (name := lexicon.likely_section(block.text)) and name not in named
    }
    headings = [block for block in known if block.kind == "heading"] or known
    levels = Counter(block.level for block in headings or (blocks[place] for place in found))
    level = max(levels, key=lambda level: (levels[level], level), default=0)
    first: dict[str, int] = {}
    for place, name in found.items():
        if blocks[place].level == level:
            first.setdefault(name, place)
    return {place: name for name, place in first.items()}


def _shape(block: Block) -> str:
    """How a block could be a heading: as one, or as a bold line in capitals or not; empty if it cannot."""
    if block.kind == "heading":
        return "heading"
    bold = block.kind == "text" and block.depth == 0 and block.styled(block.strong)
    return ("capitals" if block.text.upper() == block.text else "bold") if bold else ""


def _level(blocks: list[Block], lexicon: Lexicon) -> int:
    """The heading level that most sections have, the higher of two; a deeper heading is no section."""
    levels = Counter(
        block.level
        for block in blocks
        if block.kind == "heading" and lexicon.section(block.text, whole=True)
    )
    return min(levels, key=lambda level: (-levels[level], level), default=9)


def _holds_papers(place: int, outline: Outline, cuts: list[bool], level: int) -> bool:
    """Whether identifiers follow a heading before the next: then it is no title, but a section.

    The first heading is a title all the same, if the sections are headed by lower ones.
    """
    block = outline.blocks[place]
    if block.kind == "heading" and block.level < level and place == _first_heading(outline):
        return False
    for block, cut in zip(outline.blocks[place + 1 :], cuts[place + 1 :], strict=True):
        if cut:
            return False
        if any(one.mentions() for one in (block.cells or (block,))):
            return True
    return False


def _first_heading(outline: Outline) -> int:
    """The place of the first heading; -1 if there is none."""
    return next((n for n, block in enumerate(outline.blocks) if block.kind == "heading"), -1)


def _section(block: Block, lexicon: Lexicon) -> str:
    """The section that a block is the heading of; empty if it is none."""
    if block.kind not in ("heading", "item", "text"):
        return ""
    line = block.text.partition("\n")[0].strip()
    if len(line) > _LONG:
        return ""
    if block.kind == "heading":
        return lexicon.section(line)
    bold = bool(block.strong) and block.strong[0][0] == 0
    name = REMARK.sub("", line)
    loud = name.upper() == name and "_" in name
    if block.depth > 1 or not (
        loud or (bold and block.depth == 0 and block.marker not in _BULLETS)
    ):
        return ""
    head = block.text[: block.strong[0][1]] if bold else name
    return lexicon.section(line, whole=True) or lexicon.section(head, whole=True)


def _foreign(block: Block, level: int, counted: bool, dashed: bool) -> bool:
    """Whether a block has the shape of this document's section headings though its words are unknown."""
    if block.kind == "heading":
        return block.level <= level
    return (
        counted
        and bool(block.strong)
        and block.strong[0][0] == 0
        and (
            bool(BRACKETED.fullmatch(block.text[block.strong[0][1] :]))
            or (dashed and goes_on(block))
        )
    )


def _counted_on(outline: Outline, named: list[str]) -> set[int]:
    """The places of outer numbered items that may count as the sections do: in their margin, behind the last.

    Others count entries of a section whose list is hardly indented.
    """
    found = set[int]()
    last, entry, sections = 0, 0, ("", 0)
    heads = [block.marker for block, name in zip(outline.blocks, named, strict=True) if name]
    for place, block in enumerate(outline.blocks):
        if block.kind != "item" or block.depth or not block.marker[:-1].isdecimal():
            continue  # a keycap such as 4️⃣ counts no section
        number, look = int(block.marker[:-1]), (block.marker[-1], _margin(block, outline))
        if named[place]:
            last, entry, sections = number, 0, look
        elif len(set(heads)) > 1 and last and look != sections:
            continue
        elif len(set(heads)) > 1 and last and (number <= last or number == entry + 1):
            entry = number
        else:
            found.add(place)
    return found


def _margin(block: Block, outline: Outline) -> int:
    """How far the line of a block is indented, in bytes."""
    data, byte = outline.document.data, block.span(0, 0)[0]
    line = data[data.rfind(b"\n", 0, byte) + 1 : byte]
    return len(line) - len(line.lstrip())


def _is_part(block: Block, lexicon: Lexicon) -> bool:
    """Whether a line begins as “Part 8 – …” does: such a bold line is a section, known or not."""
    first, *others = _FIRST.split(block.text)
    return bool(others) and not first[:1].isdigit() and lexicon.is_count(first)


def _is_counted(block: Block, lexicon: Lexicon) -> bool:
    """Whether a heading counts an entry, as in “Idea 1: …”: it belongs to the section above."""
    words = strip_number(_SIGNS.sub("", block.text))[1]
    lengths = (lexicon.opens_with(mark, words) for mark in ("idea", "entry"))
    return any(length and _COUNT.match(words, length) for length in lengths)

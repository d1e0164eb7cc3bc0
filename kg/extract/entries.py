"""Entries about papers: which lines open one, which belong to it, and which head a group of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise, takewhile
from typing import NamedTuple

from kg.extract.entry_lines import cut, is_bare
from kg.extract.labels import (
    Field,
    Lead,
    bold_head,
    field_at_start,
    find_fields,
    lead_behind_title,
    lead_ids,
)
from kg.ids import normalise
from kg.lexicon import Lexicon
from kg.reading import Block

__all__ = ["Entry", "Stretch", "entries_with_papers"]

_NEAR = 8
_BAR = re.compile(r"\s+[|·•]\s+")


class Stretch(NamedTuple):
    """Words of one field: `block.text[start:end]`."""

    name: str
    block: Block
    start: int
    end: int

    @property
    def words(self) -> str:
        """As text."""
        return normalise(self.block.text[self.start : self.end])


class Entry(NamedTuple):
    """The lines of an entry: that with its identifiers first, and a heading above which is its title.

    Without a `lead` the one line is none: a label of the entries that follow it
    (`group`), or words that belong to no paper.
    """

    lead: Lead | None
    lines: list[Block]
    title: Block | None = None
    group: bool = False

    @property
    def top(self) -> Block:
        """What the entry begins with."""
        return self.title or self.lines[0]

    def stretches(
        self, rest: int, lexicon: Lexicon, fields: tuple[str, ...], first: str = ""
    ) -> list[Stretch]:
        """The words behind the identifiers by their fields, beginning with a stretch of `first`.

        `rest` is where they begin in the first line. What stands below a label
        belongs to it, all else to `first`.
        """
        found: list[Stretch] = []
        current, below = first, 0
        for block in self.lines:
            start = 0 if found else rest
            labels = {
                (f.start, f.content, f.name) for f in find_fields(block, lexicon, fields, start)
            }
            own = None if labels else field_at_start(block, lexicon, fields)
            if own and own.start >= start:
                labels = {(own.start, own.content, own.name)}
            if current != first and block.depth <= below:
                current = first
            cuts = [(start, start, current), *sorted(labels)]
            for (_, content, name), (end, _, _) in pairwise([*cuts, (len(block.text), 0, "")]):
                bar = _BAR.search(block.text, content, end) if name == "title" else None
                found.append(Stretch(name, block, content, bar.start() if bar else end))
                if bar:
                    found.append(Stretch(first, block, bar.end(), end))
            if labels:
                current = cuts[-1][2]
                below = block.depth - (block.kind == "heading")
        return found

    @property
    def blocks(self) -> list[Block]:
        """All of it, the title first."""
        return [self.title, *self.lines] if self.title else self.lines


def entries_with_papers(
    blocks: Iterable[Block], lexicon: Lexicon, fields: tuple[str, ...]
) -> Iterator[Entry]:
    """The entries of a section whose entries are about papers, each with the lines nested in it.

    An entry begins where a line opens with an identifier, where an outermost
    line has one behind its title, or at a heading with a bare identifier below.
    What is nested deeper, opens with the label of one of `fields`, or stands
    below an entry's heading belongs to it.
    """
    lines = _Lines([line for block in blocks for line in cut(block, lexicon)], lexicon, fields)
    entry: Entry | None = None
    for place, line in enumerate(lines.blocks):
        if entry and line is entry.lines[0]:
            continue
        begun = lines.begin(place, entry)
        if begun is None:
            assert entry is not None
            entry.lines.append(line)
            continue
        if entry:
            yield entry
        entry = begun if begun.lead else None
        if entry is None:
            yield begun
    if entry:
        yield entry


@dataclass(frozen=True)
class _Lines:
    """The lines of a section, and what each of them begins."""

    blocks: list[Block]
    lexicon: Lexicon
    fields: tuple[str, ...]

    def begin(self, place: int, entry: Entry | None) -> Entry | None:
        """What a line begins: an entry, the label of a group, words of no paper.

        None if it goes on with the entry above.
        """
        line = self.blocks[place]
        lead = self._lead(line, entry)
        if lead:
            return Entry(lead, [line])
        label = self._label(line)
        if line.kind == "heading":
            deeper = entry and entry.top.kind == "heading" and line.level > entry.top.level
            return None if entry and (deeper or label) else self._headed(place)
        below = None if label or line.mentions() else self._over_paper(place)
        if below:
            return below
        group = not (label or line.mentions()) and self._heads(place)
        if entry is None:
            return Entry(None, [line], group=group)
        if line.depth > entry.top.depth or entry.top.kind == "heading" or label:
            return None
        another = entry.top.kind == "item" and (line.kind == "item" or bool(line.mentions()))
        closes = line.text.rstrip().endswith((":", "："))
        loud = line.styled(line.strong) or line.styled(line.emphasis)
        titled = line.kind == "item" or loud or closes
        return Entry(None, [line], group=group) if another or (group and titled) else None

    def _lead(self, line: Block, entry: Entry | None) -> Lead | None:
        """The identifiers with which a line opens the next entry."""
        found = lead_ids(line)
        if entry is None or entry.lead is None:
            found = found or lead_behind_title(line)
            return None if found and found.begin and self._prose(line, found) else found
        top = entry.top
        if found:
            known = {paper for _, _, paper in entry.lead.papers}
            same = (top.kind == "heading" or entry.title) and all(
                paper in known for _, _, paper in found.papers
            )
            return None if same else found
        found = lead_behind_title(line)
        if found is None or line.kind == "heading":
            return found
        label, own = self._label(line), self._label(top)
        goes_on = label and (own is None or own.name != label.name)
        nested = line.depth > top.depth or top.kind == "heading"
        return None if goes_on or nested or self._prose(line, found) else found

    def _prose(self, line: Block, lead: Lead) -> bool:
        """Whether a paragraph beside listed entries only speaks of a paper."""
        return self.listed and line.kind == "text" and not (bold_head(line) or lead.separated)

    @cached_property
    def listed(self) -> bool:
        """Whether outermost items have identifiers: the entries are those of a list."""
        return any(
            block.kind == "item" and not block.depth and block.mentions() for block in self.blocks
        )

    def _label(self, line: Block) -> Field | None:
        return field_at_start(line, self.lexicon, self.fields)

    def _heads(self, place: int) -> bool:
        """Whether a line stands above an entry as its group's label: nested in it, below bold words."""
        line = self.blocks[place]
        for after in self.blocks[place + 1 : place + 2]:
            below = after.depth > line.depth or line.styled(line.strong)
            if below or (line.kind == "text" and after.kind != "text"):
                return after.kind == "heading" or self._lead(after, None) is not None
        return False

    def _over_paper(self, place: int) -> Entry | None:
        """The entry whose title an item in bold is, with the label of its one paper nested below it."""
        line = self.blocks[place]
        if line.kind != "item" or not line.styled(line.strong):
            return None
        after = islice(self.blocks, place + 1, place + 1 + _NEAR)
        below = list(takewhile(lambda one: one.depth > line.depth, after))
        bare = _named_by(below, self.lexicon, "technique" in self.fields)
        if bare is None or not field_at_start(bare, self.lexicon, ("paper",)):
            return None
        lead = lead_ids(bare) or lead_behind_title(bare)
        return Entry(lead, [bare], line) if lead else None

    def _headed(self, place: int) -> Entry:
        """What a heading without identifiers begins: an entry if one stands bare below, else a group."""
        heading, below = self.blocks[place], list[Block]()
        for after in self.blocks[place + 1 :]:
            if after.kind == "heading" and after.level <= heading.level:
                break
            below.append(after)
        inner = (n for n, one in enumerate(below) if one.kind == "heading" and not self._label(one))
        bare = _named_by(below[: next(inner, None)], self.lexicon, "technique" in self.fields)
        lead = bare and (lead_ids(bare) or lead_behind_title(bare))
        if bare and lead:
            return Entry(lead, [bare], heading)
        return Entry(None, [heading], group=any(block.mentions() for block in below))


def _named_by(below: list[Block], lexicon: Lexicon, apart: bool) -> Block | None:
    """The bare identifier below a heading that makes this the title of one entry.

    It stands in the first paragraph, or alone in it among other lines. Where titles
    are of something `apart` from the paper, its name may stand behind its label.
    """
    cited = [line for line in below if line.mentions()]
    if not cited:
        return None
    first = cited[0]
    label = field_at_start(first, lexicon, ("paper",)) if apart else None
    if label and len({mention.paper for mention in first.mentions()}) == 1:
        return first
    if not is_bare(first, lexicon):
        return None
    only = len(cited) == 1 and len(below) > 1
    return first if only or (first is below[0] and first.kind == "text") else None

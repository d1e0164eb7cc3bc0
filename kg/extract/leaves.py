"""Leaves of the topic tree: which papers a line places there, and which of its words are whose."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kg.extract.context import Context, Extract, plain
from kg.extract.labels import Lead, lead_behind_title, lead_ids
from kg.ids import PaperId, fold, normalise, topic_id
from kg.model import Node, Value
from kg.reading import Block
from kg.shapes import is_distinctive, is_name, name_from

__all__ = [
    "Leaf",
    "leads_elsewhere",
    "leaves",
    "leaves_of_cell",
    "named_leaves",
    "place",
]

_AND = r"(?:and|và|y|et|und|&)"
_SEPARATOR = rf"(?:[,，、;；·/|]\s*(?:{_AND}\s+)?|{_AND}\s)"
_OPEN = r"[\s\[(（【`*]*"
_CLOSE = r"[\])）】`*\"'”]*"
_NEXT = re.compile(rf"{_CLOSE}\s*(?:[(（\[][^()（）\[\]]*[)）\]])?[\s`*]*{_SEPARATOR}{_OPEN}")
"""What stands between two leaves: a remark on the first, and a separator."""
_ONE = re.compile(r"[`*_]*\s+[`*_]*([^\s,;|`*_()\[\]]+)")
_FRONT = re.compile(rf"\s*(?:{_AND}\s+)?[*_`]*")
_TAIL = re.compile(rf"[\s,，、;；·/|]*(?:\b{_AND}\s)?{_OPEN}\Z")
_BETWEEN_NAMES = re.compile(rf"{_CLOSE}\s*{_SEPARATOR}?\s*")
_BRACKETED = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")
_BAR = re.compile(r"\s*[|｜]\s*(?=\w)")
_PARTED = re.compile(r"\s*[|｜]\s*(?=\w)|\s+[–—-]\s+(?=\w)")
_TAG = re.compile(r"\[([^\[\]]{2,40})\]\s*[:：–—|-]?\s+(?=\w)")
_SEVERAL = 3
_EDGES = " |*~,，、;；"


class Leaf(NamedTuple):
    """Papers, where their words begin and end, and the stretch of a name that stands before."""

    lead: Lead
    end: int
    name: tuple[int, int] | None = None

    def words(self, line: Block) -> str:
        """What is said behind the identifiers."""
        return _words(line.text, self.lead.end, self.end)

    def remark(self, line: Block) -> str:
        """What stands in brackets behind the identifiers, alone or before the words."""
        alone = _BRACKETED.fullmatch(self.words(line))
        return normalise(self.lead.remark or (alone[1] if alone else ""))


@lru_cache(64)
def _words(text: str, start: int, end: int) -> str:
    words = normalise(text[start:end]).strip(_EDGES)
    return words if len(words) > 1 or words.isalnum() else ""


def leaves(line: Block, start: int = 0) -> list[Leaf]:
    """`ID, ID | words`, `ID (Name), ID (Name)`, `ID – words; ID – words`; none if no identifier comes first.

    An identifier in the midst of another's words is spoken of, not placed.
    """
    lead = lead_ids(line, start)
    if lead is None:
        return []
    found: list[Leaf] = []
    name: tuple[int, int] | None = None
    led = start > 0 and line.text[:start].strip(" [(（【`*_") != ""
    for mention in line.mentions():
        last = lead.papers[-1][1]
        between = line.text[last : mention.start]
        if mention.start < last or not mention.paper:
            continue
        end, called = _name_between(line, last, mention.start) if led else (0, None)
        following = lead_ids(line, mention.start) if called else None
        if following:
            found.append(Leaf(lead, end, name))
            lead, name = following, called
            continue
        named = _NEXT.fullmatch(line.text, _past_name(line, last, mention.start), mention.start)
        if named or _is_sentence(between):
            following = lead_ids(line, mention.start)
            if following:
                tail = _TAIL.search(line.text, last, mention.start)
                found.append(Leaf(lead, tail.start() if tail else mention.start, name))
                lead, name = following, None
    return [*found, Leaf(lead, len(line.text), name)]


def _name_between(line: Block, start: int, stop: int) -> tuple[int, tuple[int, int] | None]:
    """Where a leaf ends at a semicolon, and the name behind it before the next identifier: `…; Name (ID)`."""
    text = line.text
    end = start + len(text[start:stop].rstrip(" [(（【`*_"))
    sign = max(text.rfind(";", start, end), text.rfind("；", start, end))
    if sign < 0 or not text[end:stop].strip(" `*_"):
        return 0, None
    front = _FRONT.match(text, sign + 1, end)
    begin = front.end() if front else sign + 1
    words = text[begin:end]
    named = is_name(words) and any(map(is_distinctive, words.split()))
    return (sign, (begin, end)) if named else (0, None)


def _past_name(line: Block, start: int, stop: int) -> int:
    """Where the one word ends that can only be a name, right behind an identifier: `ID Name | ID Name`."""
    found = _ONE.match(line.text, start, stop)
    return found.end() if found and is_distinctive(found[1]) else start


def _is_sentence(between: str) -> bool:
    """Whether the words between two leaves are one sentence up to a semicolon."""
    ends = between.rstrip(" \t\n[(（【`*").endswith((";", "；"))
    return ends and between.count(";") + between.count("；") == 1


def named_leaves(line: Block, start: int = 0) -> list[Leaf]:
    """`Name (ID), Name (ID) and Name (ID): words`; none if anything else stands before an identifier."""
    found: list[Leaf] = []
    place = start
    for mention in line.mentions():
        if mention.start < start or not mention.paper:
            continue
        begin = place
        if found:
            between = _BETWEEN_NAMES.match(line.text, place, mention.start)
            begin = between.end() if between else place
        stop = begin + len(line.text[begin : mention.start].rstrip(' [(（【`*_"”'))
        run = name_from(line.text, begin, stop)
        lead = lead_ids(line, mention.start)
        if not found and lead and (whole := lead_behind_title(line)):
            lead = whole if whole.papers[0][0] == mention.start else lead
        bracket = line.text[stop : mention.start].strip(' `*_"”')
        if lead is None or run is None or run[1] != stop or not bracket:
            return []
        if found:
            found[-1] = found[-1]._replace(end=place)
        found.append(Leaf(lead, len(line.text), run))
        place = lead.papers[-1][1]
    return found


def leaves_of_cell(cell: Block) -> list[Leaf]:
    """The papers of a table's cell, with or without a name before them."""
    first = next((mention.start for mention in cell.mentions() if mention.paper), 0)
    return named_leaves(cell) or leaves(cell) or leaves(cell, first)


def leads_elsewhere(line: Block) -> bool:
    """Whether an item without an identifier has the address of a page, as that of a paper on another site."""
    named = "://" in line.text or any("://" in url for _, _, url in line.links)
    return named and line.kind == "item"


def place(
    line: Block, leaf: Leaf, path: tuple[str, ...], context: Context, start: int | None = None
) -> Iterator[Extract]:
    """Placements below a topic (its path), what is said of the papers, and the names in it.

    The words begin at `start`, by default behind the identifiers.
    """
    lead, end, name = leaf
    papers = [paper for _, _, paper in lead.papers]
    if start is None:
        start = lead.papers[-1][1] if lead.remark else lead.end
    cell = None
    if len(papers) == 1:
        cell = _tagged(line, leaf, context) or _cell(line, leaf, context)
    if cell:
        yield from _called(line, cell, papers[0], context)
        leaf = leaf._replace(lead=lead._replace(end=cell.behind))
        start = cell.behind
    summary = leaf.words(line)
    remark = leaf.remark(line)
    if not lead.remark and _BRACKETED.fullmatch(summary) and not is_name(remark):
        summary = remark
    if is_name(remark) or context.lexicon.opens_with("duplicate", remark):
        summary = "" if not lead.remark else summary
    elif lead.remark and (titled := _bold_remark(line, lead, context)):
        for paper in papers[:1]:
            yield Node(id=paper.node, type="Paper", attributes={"title": titled})
    elif lead.remark:
        summary = f"{summary} ({remark})".strip()
    for begin, stop, paper in lead.papers:
        if path:
            spot = context.source(line, begin, stop)
            yield context.edge("hasTopic", paper.node, topic_id(path), spot)
        else:
            yield context.problem(
                "paper-without-topic",
                f"{paper.canonical} stands in the tree outside any topic",
                line,
                begin,
            )
        if summary:
            yield Node(
                id=paper.node,
                type="Paper",
                attributes={"summary": summary},
                sources=(context.source(line, start, end),),
            )
    if len(papers) == 1:
        yield from _linked(line, lead, context)
        scribe = context.scribe(line)
        yield from scribe.summary(lead.end, papers[0], end)
        yield from scribe.beside_ids(lead.papers[0][0], end)
        if name:
            yield from scribe.front(*name, papers[0])


def _bold_remark(line: Block, lead: Lead, context: Context) -> str:
    """What stands in the bracket behind an identifier and in one bold run with it: the title."""
    first, last = lead.papers[0][0], lead.papers[-1][1]
    run = next((line.text[last:b] for a, b in line.strong if a <= first and last < b), "")
    whole = normalise(run).strip(" :：*|–—-")[1:-1].strip() == lead.remark
    aside = fold(lead.remark) in context.lexicon.marks["aside"]
    return lead.remark if whole and not aside and len(lead.papers) == 1 else ""


class _Cell(NamedTuple):
    """What a paper is called between its identifier and a bar or dash: `line.text[start:end]`."""

    start: int
    end: int
    behind: int


def _tagged(line: Block, leaf: Leaf, context: Context) -> _Cell | None:
    """`ID – [Name] words`: a name in square brackets before them."""
    if not line.text.startswith("[", leaf.lead.end):
        return None
    found = _TAG.match(line.text, leaf.lead.end, leaf.end)
    words = found[1].split() if found and is_name(found[1]) else []
    named = all(is_distinctive(word) and word.upper() != word for word in words)
    common = any(map(context.lexicon.is_common, words))
    return _Cell(*found.span(1), found.end()) if found and words and named and not common else None


def _cell(line: Block, leaf: Leaf, context: Context) -> _Cell | None:
    """`ID | Name | words`, `ID – *Name or title* – words`: a name that can be nothing else, or several styled words."""
    start, text = leaf.lead.end, line.text
    if leaf.lead.remark or not (line.strong or line.emphasis or _BAR.search(text, start, leaf.end)):
        return None
    styled = [
        runs[place]
        for runs in (line.strong, line.emphasis)
        for place in (bisect_left(runs, (start,)),)
        if place < len(runs) and runs[place][0] == start
    ]
    for run in styled or filter(None, [name_from(text, start, leaf.end)]):
        mark = (_PARTED if styled else _BAR).match(text, run[1], leaf.end)
        words = text[slice(*run)].split()
        named = any(map(is_distinctive, words)) and is_name(text[slice(*run)])
        titled = bool(styled) and len(words) >= _SEVERAL and words[0][:1].isupper()
        plain_words = all(map(context.lexicon.is_common, words))
        if mark and (named or titled) and not plain_words and not line.writes_id(*run):
            return _Cell(*run, mark.end())
    return None


def _called(line: Block, cell: _Cell, paper: PaperId, context: Context) -> Iterator[Extract]:
    """The name in a cell of its own, or the title."""
    words = plain(line.text[cell.start : cell.end])
    scribe = context.scribe(line)
    if is_name(words):
        yield from scribe.front(cell.start, cell.end, paper)
        return
    values: dict[str, Value] = {"title": words}
    place = context.source(line, cell.start, cell.end)
    yield Node(id=paper.node, type="Paper", attributes=values, sources=(place,))
    yield from scribe.title(cell.start, cell.end, paper)


def _linked(line: Block, lead: Lead, context: Context) -> Iterator[Extract]:
    """The text of a link to the paper, where it is no name: its title."""
    for mention in line.mentions() if line.links else ():
        text = line.text[mention.start : mention.end]
        noted = text.startswith("^") or is_name(text) or not any(map(str.isalpha, text))
        if mention.linked and mention.start == lead.papers[0][0] and not noted:
            values: dict[str, Value] = {"title": normalise(text)}
            place = context.source(line, mention.start, mention.end)
            yield Node(id=lead.papers[0][2].node, type="Paper", attributes=values, sources=(place,))

"""What a careful editor would notice in a digest; each check is a row of the table `CHECKS`."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise

from kg.diagnostics import Diagnostic
from kg.graph import KnowledgeGraph
from kg.ids import find_ids
from kg.model import Edge, Node, Source
from kg.reading import Block, Outline
from kg.rules import remark

__all__ = ["CHECKS", "lint"]

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {
    "ARABIC", "ARMENIAN", "BENGALI", "CJK", "CYRILLIC", "DEVANAGARI", "GEORGIAN", "GREEK", "HANGUL",
    "HEBREW", "HIRAGANA", "KATAKANA", "LATIN", "THAI",
}  # fmt: skip
_FOREIGN = 0.02
_MARKS = r"[*_~`\\\u00ad\u200b-\u200d\u2060\ufeff]{0,3}"
_ALMOST = re.compile(
    rf"(?<!\d)(\d{{4}}){_MARKS}(?:[ \xa0]?[.．。․‧][ \xa0]?|[,·・…]|\.{{2,3}}){_MARKS}(\d{{5}})(?!\d)"
)
"""Digits of any script with what may stand for the dot of an identifier, or beside it."""

Check = Callable[[KnowledgeGraph, Outline], Iterator[Diagnostic]]


def lint(graph: KnowledgeGraph, outlines: list[Outline]) -> Iterator[Diagnostic]:
    """All checks on all digests that a graph was built from."""
    for outline in outlines:
        for check in CHECKS:
            yield from check(graph, outline)


def _at(place: Source, code: str, message: str) -> Diagnostic:
    return remark(code, message, place.file, place.line, place.column)


def _here(fact: Node | Edge, outline: Outline) -> list[Source]:
    """The places of a fact in one document."""
    return [place for place in fact.sources if place.file == outline.document.name]


def _blocks(outline: Outline) -> Iterator[Block]:
    for block in outline.blocks:
        yield from block.cells or (block,)


def _unplaced(graph: KnowledgeGraph, outline: Outline) -> Iterator[Diagnostic]:
    """Papers that are cited, though the tree has no place for them."""
    placed = {edge.source for edge in graph.edges("hasTopic")}
    if not any(
        place.section == "TOPIC_TREE" for n in graph.nodes("Topic") for place in _here(n, outline)
    ):
        return
    for paper in graph.nodes("Paper"):
        places = _here(paper, outline)
        if places and paper.id not in placed:
            yield _at(
                places[0], "unplaced-paper", f"{_called(paper)} has no place in the topic tree"
            )


def _called(paper: Node) -> str:
    identifier = str(paper.attributes["identifier"])
    name = paper.attributes.get("name")
    return f"{name} ({identifier})" if name else identifier


def _labels(graph: KnowledgeGraph, outline: Outline) -> Iterator[Diagnostic]:
    """One label under two parents, where the digest does not say that they are one topic."""
    same = {edge.source for edge in graph.edges("duplicateOf")}
    found: dict[str, list[Node]] = defaultdict(list)
    for topic in graph.nodes("Topic"):
        if _here(topic, outline) and topic.id not in same:
            found[topic.label].append(topic)
    for label, topics in found.items():
        topics.sort(key=lambda topic: _here(topic, outline)[0].start)
        for topic in topics[1:]:
            other = topics[0].attributes["path"]
            yield _at(_here(topic, outline)[0], "repeated-label", f"{label!r} is also {other!r}")


def _several(graph: KnowledgeGraph, outline: Outline) -> Iterator[Diagnostic]:
    """Papers that the tree lists in several places."""
    found: dict[str, list[Source]] = defaultdict(list)
    for edge in graph.edges("hasTopic"):
        found[edge.source] += _here(edge, outline)
    for paper, places in found.items():
        places.sort(key=lambda place: place.start)
        for place in places[1:]:
            called = _called(graph.node(paper))
            yield _at(
                place, "paper-in-several-places", f"{called} stands in line {places[0].line} too"
            )


def _months(graph: KnowledgeGraph, outline: Outline) -> Iterator[Diagnostic]:
    """Identifiers of another month than the issue's."""
    periods = [str(d.attributes["period"]) for d in graph.nodes("Digest") if _here(d, outline)]
    period = periods[0] if periods else ""
    if not re.fullmatch(r"\d{4}-\d{2}", period):
        return
    for paper in graph.nodes("Paper"):
        month, places = str(paper.attributes.get("published", period)), _here(paper, outline)
        if places and month != period:
            code = "future-id" if month > period else "other-month"
            yield _at(places[0], code, f"{_called(paper)} is of {month}, the issue of {period}")


def _ranks(graph: KnowledgeGraph, outline: Outline) -> Iterator[Diagnostic]:
    """Ranks of highlights that are missing or stand twice."""
    ranked = [
        (int(str(node.attributes["rank"])), _here(node, outline)[0])
        for node in graph.nodes("Highlight")
        if _here(node, outline)
    ]
    ranked.sort(key=lambda item: item[1].start)
    seen: set[int] = set()
    for rank, place in ranked:
        if rank in seen:
            yield _at(place, "rank-repeated", f"rank {rank} is given twice")
        seen.add(rank)
    missing = sorted(set(range(1, max(seen, default=0))) - seen)
    if missing:
        listed = ", ".join(map(str, missing[:8])) + ("…" if missing[8:] else "")
        yield _at(ranked[-1][1], "rank-missing", f"no highlight has rank {listed}")


def _scripts(graph: KnowledgeGraph, outline: Outline) -> Iterator[Diagnostic]:
    """Words that mix scripts, or are written in one that the digest hardly uses."""
    letters = Counter(
        script for char, n in Counter(outline.document.text).items()
        for script in [_script(char)] * n if script
    )  # fmt: skip
    total = sum(letters.values())
    rare = {script for script, count in letters.items() if count < _FOREIGN * total}
    seen: set[int] = set()
    for block in _blocks(outline) if rare else ():
        for match in _WORD.finditer(block.text):
            word = match[0]
            scripts = {script for char in word if (script := _script(char))}
            symbol = "GREEK" in scripts and sum(_script(char) == "GREEK" for char in word) < 3
            if word.isascii() or symbol or not (len(scripts) > 1 or scripts & rare):
                continue
            line, column = outline.document.position(block.span(match.start(), match.end())[0])
            if line not in seen:
                seen.add(line)
                kinds = " and ".join(sorted(script.capitalize() for script in scripts))
                yield remark(
                    "mixed-script",
                    f"{word!r} is written in {kinds}",
                    outline.document.name,
                    line,
                    column,
                )


def _script(char: str) -> str:
    if char < "\u0250":
        return "LATIN" if char.isalpha() else ""
    first = unicodedata.name(char, "").partition(" ")[0]
    return first if first in _SCRIPTS and char.isalpha() else ""


def _empty(graph: KnowledgeGraph, outline: Outline) -> Iterator[Diagnostic]:
    """Topics with neither papers nor topics below them, and nothing that says why."""
    used = {edge.target for edge in (*graph.edges("hasTopic"), *graph.edges("broader"))}
    used |= {edge.source for edge in graph.edges("duplicateOf")}
    for topic in graph.nodes("Topic"):
        places = _here(topic, outline)
        if places and topic.id not in used and "scopeNote" not in topic.attributes:
            yield _at(places[0], "empty-topic", f"{topic.label!r} has neither papers nor topics")


def _emphasis(graph: KnowledgeGraph, outline: Outline) -> Iterator[Diagnostic]:
    """Asterisks that were meant to make text bold, but have no partner."""
    for block in _blocks(outline):
        place = block.text.find("**")
        if place >= 0 and block.kind != "code" and not any(a <= place < b for a, b in block.code):
            line, column = outline.document.position(block.span(place, place + 2)[0])
            yield remark(
                "broken-emphasis", "** opens or closes nothing", outline.document.name, line, column
            )


def _ideas(graph: KnowledgeGraph, outline: Outline) -> Iterator[Diagnostic]:
    """Ideas that cite no paper."""
    citing = {edge.source for edge in graph.edges() if edge.basis}
    for idea in graph.nodes("Idea"):
        places = _here(idea, outline)
        if places and idea.id not in citing:
            yield _at(places[0], "idea-without-citation", f"{idea.label!r} cites no paper")


def _unread(graph: KnowledgeGraph, outline: Outline) -> Iterator[Diagnostic]:
    """Digits that were perhaps meant as an identifier, on lines where no such paper was read."""
    document = outline.document
    read = {(place.line, n.id) for n in graph.nodes("Paper") for place in _here(n, outline)}
    starts = [*document.line_starts, len(document.data)]
    for number, (begin, end) in enumerate(pairwise(starts), 1):
        line = document.data[begin:end].decode()
        found = [
            (match, paper)
            for match in _ALMOST.finditer(line)
            if (paper := find_ids(f"{int(match[1]):04}.{int(match[2]):05}")[0].paper)
            and (number, paper.node) not in read
        ]
        written = [(one.start, one.end) for one in find_ids(line)] if found else []
        for match, paper in found:
            place = bisect_left(written, (match.end(),)) - 1
            if place < 0 or written[place][1] <= match.start():
                message = f"{match[0]!r} was not read as {paper.canonical}"
                column = match.start() + 1 - line.startswith("\ufeff")
                yield remark("unread-identifier", message, document.name, number, column)


CHECKS: tuple[Check, ...] = (
    _unplaced, _labels, _several, _months, _ranks, _scripts, _empty, _emphasis, _ideas, _unread,
)  # fmt: skip

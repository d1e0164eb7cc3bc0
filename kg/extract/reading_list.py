"""READING_LIST: what to read, in which order, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.diagnostics import Diagnostic
from kg.extract.context import Context, Extract, clip, plain
from kg.extract.entries import Entry, Stretch
from kg.extract.heads import head_of, is_priority, quoted, styled_end, unquoted
from kg.extract.inviting import enumerated, sentences
from kg.extract.labels import bold_head
from kg.extract.leaves import Leaf, leaves
from kg.extract.paperless import without_paper
from kg.extract.parts import Part
from kg.extract.tables import entries_of
from kg.ids import PaperId
from kg.model import Node, Value
from kg.reading import Block, Mention
from kg.reading.lines import ARROW, ARROWS
from kg.shapes import is_distinctive

__all__ = ["read"]

_SEVERAL, _MANY = 2, 4
_FIELDS = ("title", "reason")
_COLUMNS = ("rank", "paper", *_FIELDS)
_MARKS = f" *~·|–—-{ARROWS}"
_WORD = re.compile(r"\w")
_BRACKET = re.compile(r"[\s*_]*[(\[]([^()\[\]]{2,40})[)\]][\s*_:–—-]*(?=\S)")
_WORDS = re.compile(r"[^\W\d_]+(?:\s+\S+){2}")
_PLAIN = re.compile(r"(?:(?![\d_])[^A-Z])+")
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DASH = re.compile(r"[\s*_]*(?:\s[–—-]|:)\s+(?=\S)")
_STOP = re.compile(r"[\s*_]*\.\s+(?=\S)")
_SAID = re.compile(r"\s[(（]((?:[^()]|\([^()]*\))*)[)）]\.?\s*\Z")
"""A bracket that ends an entry: with many words it is no part of the title."""
_NAMED = re.compile(r"([^\s;,]+)[;,]\s+(?=[^\W\dA-Z_])")
"""One word, and others behind a semicolon or a comma."""
_SEPARATORS = (
    re.compile(r"\s*[·•|｜]\s*"),
    re.compile(rf"\s[–—]\s*|\s-\s|\s*(?:——|{ARROW})\s*"),
    re.compile(r":\s+|：\s*"),
)


def read(part: Part, context: Context) -> Iterator[Extract]:
    """`ID – Title · reason`, in the order of the list; or a table, or sentences that tell what to read."""
    rank, blocks = 0, list[Block]()
    prose = not any(block.kind == "row" or _is_listed(block) for block in part.blocks)
    for block in part.blocks:
        label, apart = _apart(block)
        if label:
            message = f"the label of a group: {clip(label.text, 50)}"
            yield context.problem("group-label", message, label)
        for one in apart:
            blocks += sentences(one, context.lexicon) if prose else [one]
    part = Part(part.section, part.heading, blocks)
    told, spoken = set[PaperId](), list[tuple[Block, Mention]]()
    for found in entries_of(part, _COLUMNS, _FIELDS, context):
        if isinstance(found, Diagnostic):
            yield found
            continue
        entry, cells, _ = found
        if entry.lead is None:
            yield from without_paper(entry, "a recommendation", context)
            continue
        alone = bool(cells or entry.title)
        begin, several = (0, []) if alone else enumerated(entry.lines[0], context.lexicon)
        if several:
            yield from _each(entry, begin, several, rank, context)
        else:
            yield from _entry(*found, rank + 1, context)
        rank += len(several) or 1
        leads = [leaf.lead for leaf in several] or [entry.lead]
        told |= {paper for lead in leads for _, _, paper in lead.papers}
        spoken += [(line, mention) for line in entry.lines for mention in line.mentions()]
    for line, mention in spoken if prose else ():
        if mention.paper and mention.paper not in told:
            told.add(mention.paper)
            name = mention.paper.canonical
            message = f"{name} is only spoken of here, where another paper is recommended"
            yield context.problem("named-in-passing", message, line, mention.start)


def _is_listed(block: Block) -> bool:
    return block.kind == "item" and block.depth == 0 and bool(block.mentions())


def _each(
    entry: Entry, begin: int, several: list[Leaf], rank: int, context: Context
) -> Iterator[Extract]:
    """`Read Name (ID) and Name (ID): why`: a recommendation for each; what is said is said of all."""
    line, last = entry.lines[0], several[-1].lead.end
    said = [Stretch("reason", line, 0, len(line.text[:begin].rstrip(" ,，([（*_`")))]
    said += entry.stretches(last, context.lexicon, _FIELDS, "reason")
    words = (one.words.lstrip("。：，.").strip(_MARKS) for one in said)
    reason = "\n".join(filter(_WORD.search, words))
    places = [context.source(one.block, one.start, one.end) for one in said]
    for place, leaf in enumerate(several, rank + 1):
        (start, end, paper), name = leaf.lead.papers[0], leaf.name or (0, 0)
        title = plain(line.text[slice(*name)])
        own = context.source(line, name[0], end)
        values: dict[str, Value] = {"rank": place, "reason": reason}
        known = paper.canonical.removeprefix("arXiv:")
        node, facts = context.entry("Recommendation", (known,), title, [own, *places], values)
        yield from facts
        yield context.edge("about", node, paper.node, context.source(line, start, end))
        yield Node(id=paper.node, type="Paper", attributes={"title": title})
        yield from context.scribe(line).front(*name, paper)


def _entry(
    entry: Entry, cells: list[Stretch], blocks: list[Block], rank: int, context: Context
) -> Iterator[Extract]:
    assert entry.lead is not None
    head = head_of(entry, context, _FIELDS)
    first, *below = entry.stretches(head.rest, context.lexicon, _FIELDS, "reason")
    below += cells
    labelled = next(
        (stretch for stretch in below if stretch.name == "title" and stretch.words), None
    )
    if labelled:
        own = Stretch("reason", head.block, head.start, head.end)
        titled, reasons = labelled, [*[own] * (not head.named), first, *below]
    elif head.title:
        titled = Stretch("title", head.block, head.start, head.end)
        run = styled_end(titled, (*head.block.strong, *head.block.emphasis))
        dash = _DASH.match(head.block.text, run, head.end)
        front = [titled._replace(name="reason", start=dash.end())] if dash else []
        titled, reasons = titled._replace(end=run if dash else head.end), [*front, first, *below]
    else:
        explained = any(stretch.name == "reason" and stretch.start for stretch in below)
        name = head.name[1] > 0
        if context.lexicon.opens_with("because", first.words):
            end, rest = first.start, first.start
        elif cells:
            end, rest = first.end, first.end
        else:
            end, rest = _title(first, explained or name)
            told = head.priority is not None and first.words[:1].islower()
            if not name and end == first.end and (told or _goes_on(first)):
                end, rest = first.start, first.start
        if name and not (first.words and (cells or explained or end < first.end)):
            titled, reasons = Stretch("title", entry.lines[0], *head.name), [first, *below]
        else:
            start = min(end, first.start + 2 * first.words.startswith(". "))
            start, end = unquoted(first.block.text, start, end)
            titled = first._replace(start=start, end=end)
            reasons = [first._replace(start=rest), *below]
    reasons = [head.priority, *reasons] if head.priority else reasons
    bracket = _BRACKET.match(titled.block.text, titled.start, titled.end)
    if bracket and is_priority(bracket[1].strip("* "), context.lexicon):
        must = titled._replace(name="reason", start=bracket.start(1), end=bracket.end(1))
        titled, reasons = titled._replace(start=bracket.end()), [must, *reasons]
    title = plain(titled.block.text[titled.start : titled.end].strip(" ~"))
    words = (
        _closed(one.words.removeprefix(". ").lstrip("。：，").strip(_MARKS))
        for one in reasons
        if one is not titled
    )
    names = tuple(p.canonical.removeprefix("arXiv:") for _, _, p in entry.lead.papers)
    values: dict[str, Value] = {"rank": rank, "reason": "\n".join(filter(_WORD.search, words))}
    node, facts = context.entry("Recommendation", names, title, context.places(blocks), values)
    yield from facts
    yield from context.about(node, entry.lines[0], entry.lead.papers)
    for _, _, paper in entry.lead.papers:
        if title:
            yield Node(id=paper.node, type="Paper", attributes={"title": title})
    if labelled and head.named:
        yield from head.titles(entry, context)
    else:
        paper = entry.lead.papers[0][2]
        yield from context.scribe(titled.block).title(titled.start, titled.end, paper)
    yield from head.names(entry, context)


def _closed(words: str) -> str:
    """Words without the end of a bracket that opens before them."""
    return (
        words.removesuffix(".").removesuffix(")") if words.count(")") > words.count("(") else words
    )


def _apart(block: Block) -> tuple[Block | None, list[Block]]:
    """A line with several entries behind the label of their group, `**Basics:** ID – words; ID – words`, cut."""
    end = bold_head(block)
    if not block.text[:end].rstrip(" *_").endswith((":", "：")):
        return None, [block]
    spans = [(leaf.lead.papers[0][0], leaf.end) for leaf in leaves(block, end)]
    if len(spans) < _SEVERAL or any(mention.start < end for mention in block.mentions()):
        return None, [block]
    return block.part(0, end), [block.part(*span) for span in spans]


def _goes_on(text: Stretch) -> bool:
    """Whether words are no title: in plain letters, with no capital in front.

    Few such words are not if one has a digit or a capital, as names have. A sentence
    behind a full stop is none, nor are words of a writing without capitals: papers
    have their titles in another.
    """
    styled = (*text.block.strong, *text.block.emphasis)
    if any(begin <= text.start < stop for begin, stop in styled):
        return False
    if text.words[:1].islower():
        return _WORDS.match(text.words) is not None or _PLAIN.fullmatch(text.words) is not None
    if text.words.startswith(". "):
        return text.words[3:].islower()
    return _DENSE.match(text.words) is not None or text.words.endswith("。")


def _title(text: Stretch, explained: bool) -> tuple[int, int]:
    """Where the title ends and the reason begins: no earlier than the styled or quoted run it begins with.

    A colon parts them, or the end of that run, unless something else tells what the reason is.
    """
    runs = (
        *text.block.strong,
        *text.block.emphasis,
        *quoted(text.block.text, text.start, text.end),
    )
    run = styled_end(text, runs)
    start = run if run < text.end else text.start
    stop = _STOP.match(text.block.text, run, text.end)
    if stop and not explained:
        return run, stop.end()
    name = None if explained else _NAMED.match(text.block.text, text.start, text.end)
    if name and is_distinctive(name[1]):
        return name.end(1), name.end()
    said = None if explained or run < text.end else _SAID.search(text.block.text, start, text.end)
    said = said if said and len(said[1].split()) > _MANY else None
    for separator in _SEPARATORS[: 2 if explained or said else 3]:
        found = separator.search(text.block.text, start, text.end)
        while found and text.block.text.count("(", start, found.start()) > text.block.text.count(
            ")", start, found.start()
        ):
            found = separator.search(text.block.text, found.end(), text.end)
        if found and found.start() > text.start:
            return found.start(), found.end()
    if said:
        return said.start(), said.start(1)
    return (text.end, text.end) if explained else (run, run)

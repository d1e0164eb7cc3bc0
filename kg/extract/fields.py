"""The lines of an idea by field: known labels, labels that nobody knows, several labels on one line."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from kg.extract.labels import Field, field_at_start, find_fields
from kg.lexicon import Lexicon
from kg.reading import Block
from kg.reading.lines import ARROWS

__all__ = ["FIELDS", "Label", "Stretch", "divide", "label_at", "label_of", "looks_of"]

FIELDS = ("motivation", "novelty", "approach", "evaluation", "risk")

Look = tuple[str, str, str, str]
"""Kind of block, marker (of headings the level), style, and the mark that ends the label."""

_DEFINED = re.compile(r"[ \n]*[:：]\s+")
_DASH = re.compile(r"\s*[–—-]\s+")
_BEFORE = f" \n-–•·*{ARROWS}"
_PLAIN = re.compile(r"[^\W\d_][^\n:：.!?？]{0,40}[:：?？]")
_INLINE = re.compile(r"(?<=[.;!?。；])\s+([^\W\d_a-z]\w*(?: [\w&/]+){0,3}[:：])(?=\s)")
_COUNTS = re.compile(r"\w\s*\d{1,2}\s*[:：.]?\Z")
"""How a label ends that only counts."""
_MARKS = {":": ":", "：": ":", "?": ":", "？": ":", ".": ".", "–": "–", "—": "–", "-": "–"}
_ENDS = '.!?…;:)]"”。！？；：）'
_WORDS, _SHORT, _NEAR, _SEVERAL = 4, 60, 80, 3


class Label(NamedTuple):
    """Words in front of a line that look like a label; `filled` if others follow them."""

    words: str
    start: int
    look: Look
    filled: bool


class Stretch(NamedTuple):
    """Words of an idea: their field (empty if none), the block, where they begin in it.

    `unknown` is the label that keeps them from the field above.
    """

    name: str
    block: Block
    start: int
    unknown: str = ""


def label_at(line: Block, lexicon: Lexicon) -> Field | None:
    """The field whose label a line opens with, that of a definition (`: *Label* – text`) too."""
    defined = _DEFINED.match(line.text)
    shift = defined.end() if defined else 0
    part = line.part(shift, len(line.text)) if shift else line
    found = field_at_start(part, lexicon, FIELDS, dashed=True)
    if found is None:
        return None
    content = found.content + shift
    dash = None if line.text[:content].rstrip()[-1:] in ":：" else _DASH.match(line.text, content)
    return Field(found.name, found.start + shift, dash.end() if dash else content)


def label_of(line: Block) -> Label | None:
    """What a line opens with, if it looks like a label: bold, italic, or few words and a colon."""
    text, marker = line.text, "1" if line.marker[:1].isdigit() else line.marker
    if line.kind == "heading":
        return Label(text, 0, ("heading", str(line.level), "", ""), False)
    defined = _DEFINED.match(text)
    begin = defined.end() if defined else len(text) - len(text.lstrip(_BEFORE))
    for start, end in (*line.strong[:1], *line.emphasis[:1]):
        if start <= begin < end:
            words, behind = text[begin:end].strip(), text[end:].strip()
            mark = _MARKS.get(words[-1:], "") or _MARKS.get(behind[:1], "")
            filled = bool(behind.strip(" *_:：.–—-"))
            fits = len(words) <= _SHORT and "\n" not in words
            return (
                Label(words, begin, (line.kind, marker, "styled", mark), filled) if fits else None
            )
    plain = _PLAIN.match(text, begin)
    if plain is None or len(plain[0].split()) > _WORDS or plain[0][0].islower():
        return None
    filled = bool(text[plain.end() :].strip())
    return Label(plain[0], begin, (line.kind, marker, "plain", ":"), filled)


def looks_of(lines: Iterable[Block], lexicon: Lexicon) -> set[Look]:
    """What the labels of known fields look like, those that are nested the least."""
    labelled = [line for line in lines if label_at(line, lexicon)]
    depth = min((line.depth for line in labelled), default=0)
    labels = (label_of(line) for line in labelled if line.depth <= depth)
    return {label.look for label in labels if label}


def divide(lines: Sequence[Block], title: int, lexicon: Lexicon) -> tuple[list[Stretch], int]:
    """The lines of an idea by field, and the depth of its fields; `title` ends its title.

    A line goes on with the field above unless it opens with a label: a known
    one that is no deeper, or one that nobody knows but looks like the known
    ones, whose words are in no field then. Labels within a line count where
    the idea has no line of its own for them; so does one behind a nested step,
    to which Markdown joins its line.
    """
    looks = looks_of(lines[1:], lexicon)
    fielded = [(line, field.name) for line in lines[1:] if (field := label_at(line, lexicon))]
    own = {name for _, name in fielded}
    least = min((line.depth for line, _ in fielded), default=0)
    shallow = {name for line, name in fielded if line.depth <= least}
    first = lines[0]
    several = len(shallow) >= _SEVERAL  # then a label beside the title is a remark
    taken = own if several else set[str]()
    found = list(_within(first, "", title, lexicon, taken, title < len(first.text)))
    opened = len(found) > 1 and not several
    depth, counted, waiting = (first.depth if opened else 0), False, False
    for line in (one for block in lines[1:] for one in block.lines(_opens(block, looks, lexicon))):
        known = label_at(line, lexicon)
        joined = known and line.kind == "text" and known.name not in shallow
        outer = not opened or line.depth <= depth or joined
        numbered = line.marker[:1].isdigit()
        label = label_of(line) if opened and outer else None
        if known and outer and not (numbered and opened and not counted):
            depth = min(depth, line.depth) if opened else line.depth
            opened, counted = True, numbered
            waiting = not line.text[known.content :].strip()
            found += _within(line, known.name, known.content, lexicon, own)
        elif label and _foreign(label, looks) and not (waiting and label.filled):
            found.append(Stretch("", line, label.start, label.words))
            waiting = False
        else:
            waiting = waiting and bool(label)
            found += _within(line, found[-1].name, 0, lexicon, own if outer else set(FIELDS))
    return found, depth


def _opens(block: Block, looks: set[Look], lexicon: Lexicon) -> Callable[[Block, int], bool]:
    """Whether a later line of a paragraph begins with a label."""

    def opens(line: Block, start: int) -> bool:
        if label_at(line, lexicon):
            return True
        line.kind, line.marker = "text", ""
        label = label_of(line)
        before = block.text[max(0, start - _NEAR) : start].rstrip()
        fresh = label is not None and (label.look[2] == "styled" or before[-1:] in _ENDS)
        return label is not None and fresh and label.look in looks

    return opens


def _foreign(label: Label, looks: set[Look]) -> bool:
    """Whether a label looks like those of the known fields; a heading may stand above them.

    “Step 2:” only counts, within the field above.
    """
    if _COUNTS.search(label.words):
        return False
    if label.look[0] != "heading":
        return label.look in looks
    levels = [int(look[1]) for look in looks if look[0] == "heading"]
    return not levels or int(label.look[1]) <= min(levels)


def _within(
    line: Block, name: str, start: int, lexicon: Lexicon, own: set[str], from_start: bool = True
) -> Iterator[Stretch]:
    """A line cut at the labels within it, those of fields without a line of their `own`.

    In a line that opens with a bold or italic label the others are so too.
    Beside known labels, unknown ones of their kind count as well.
    """
    styled = sorted((*line.strong, *line.emphasis))
    opening = label_of(line) if name and start else None
    loud = opening is not None and opening.look[2] == "styled"
    fields = sorted(
        find_fields(line, lexicon, FIELDS, start if from_start else 0), key=lambda one: one.start
    )
    cuts = [(name, 0, start, "")]
    for field in fields:
        run = bisect_left(styled, (field.start,))
        alike = not loud or (run < len(styled) and styled[run][0] < field.content)
        if field.name not in (*own, cuts[-1][0]) and alike and field.start >= cuts[-1][2]:
            cuts.append((field.name, field.start, field.content, ""))
    if len(cuts) > 1:
        starts = [field.start for field in fields]
        runs = styled if loud else [match.span(1) for match in _INLINE.finditer(line.text)]
        for begin, end in runs:
            words = line.text[begin : end + 1].rstrip(" *_")
            above = bisect_right(starts, begin)
            known = above > 0 and begin < fields[above - 1].content
            if begin > start and not (known or _COUNTS.search(words)) and words[-1:] in (":", "："):
                cuts.append(("", begin, begin, words))
        cuts.sort(key=lambda cut: cut[1])
    ends = [*(begin for _, begin, _, _ in cuts[1:]), len(line.text)]
    for (field_name, _, content, unknown), end in zip(cuts, ends, strict=True):
        block = line if end == len(line.text) else line.part(0, end)
        yield Stretch(field_name, block, min(content, end), unknown)

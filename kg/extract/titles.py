"""Titles of entries: found at the front of a block, and freed of pictures, numbers and kinds."""

from __future__ import annotations

import re
import unicodedata

from kg.extract.context import Context, clip, plain
from kg.extract.labels import Field, bold_head, field_at_start, find_fields
from kg.ids import normalise
from kg.lexicon import Lexicon, strip_number
from kg.reading import Block
from kg.reading.lines import PICTURE

__all__ = ["clean_title", "has_picture", "is_reference", "short_label", "title_of", "without_ids"]

_COLON = re.compile(r"^(?:[^:：()\[\]]|\([^()]*\)|\[[^\[\]]*\])*[:：]")
_BRACKET = r"(?:\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）)"
_REMARK = rf"(?:(?:{PICTURE}|{_BRACKET})\s*)*+"
_ENDS = rf"(?:{_REMARK}(?:[:：.·|»→–—-]+>?)|{PICTURE})\s*(?=\S)"
_NUMBER = r"#?\d+(?:/\d+)?(?![–—-]\d|\.\d)"
_NUMBERED = re.compile(rf"\s*{_NUMBER}\s*{_ENDS}")
_NAMED = re.compile(rf"(?!-[^\W\d])\s*(?:-?{_NUMBER})?\s*{_ENDS}")
_GLOSSED = re.compile(r"([^()（）]+?)\s*[(（][^()（）]+[)）][\s*_]*[:：]?\s*")
_DIGIT = re.compile(r"\s*\d")
_BEHIND = re.compile(rf"\s*({_BRACKET})[\s.:*]*$")
_LAST = re.compile(rf"\s*(?:{PICTURE}|\s[|·–—-])+\s+(?=[^\W\d])")
_AHEAD = re.compile(rf"({_BRACKET})\s*(?=\S)")
_WORD = re.compile(r"\w")
_CODED = re.compile(rf"(?=:)(?:{PICTURE}[\s*_]*)+")
_FEW = 3
_REFERENCES = re.compile(
    r"(?:\s*[(\[（]{1,3}(?:(?:arXiv[:\s]\s*|[\w:/.-]{1,60}/(?:arXiv\.)?)?\d{4}\.\d{4,5}(?:v\d+)?[\s,;/&、]*)+(?:[)\]）]{1,3}[,;、]?|…))+[.\s]*\Z",
    re.IGNORECASE,
)
_CITED = re.compile(r"(?:\s*\[\^?\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\])+[.\s]*\Z")
_ID_WITHIN = r"\s*[(\[（][^()\[\]（）]*\d{4}\.\d{4,5}[^()\[\]（）]*"
_CUT = re.compile(
    rf"(?:{_ID_WITHIN}[)\]）])*(?:{_ID_WITHIN}|(?<=[)\]）])\s*[(\[（][^()\[\]（）]*)…\Z"
)
_CLOSING = re.compile(rf"(?:{_ID_WITHIN}[)\]）])+[.\s]*\Z")
_DASH = re.compile(r"\s*[:：]\s*|\s+[–—-]+\s+")
_DASHES = ("–", "—", "-")
_SHORT = 100


def has_picture(text: str) -> bool:
    """Whether a text opens with a symbol such as ✨, 💡 or 🚀."""
    text = text.lstrip(" *_\n")
    return bool(text) and unicodedata.category(text[0]) == "So"


def clean_title(words: str, lexicon: Lexicon) -> str:
    """A title without pictures, numbering, `Idea 2 (Moon-shot):`, `Gap 1:`, a closing `(Moon-shot)` or `🚀 Moon-shot`."""
    words = normalise(words)
    words = strip_number(_past_pictures(words))[1].strip(" *_")
    counted = _AHEAD.match(words)
    if counted and _counts(counted[1][1:-1], lexicon):
        words = words[counted.end() :].strip(" *_:")
    words = _uncounted(words, lexicon)
    words = _past_pictures(words)
    length = lexicon.opens_with("moonshot", words)
    if length:
        words = _uncounted(_past_pictures(words[length:].lstrip(" :–—-")), lexicon) or words
    for aside in filter(None, (_BEHIND.search(words), _AHEAD.match(words))):
        said = _past_pictures(aside[1][1:-1].strip("* "))
        few = len(said.split()) <= _FEW
        counts = lexicon.opens_with("entry", said) == len(said) > 0
        shot = lexicon.opens_with("moonshot", said) or (few and lexicon.marked("moonshot", said))
        if counts or shot:
            words = words[: aside.start()] + words[aside.end() :]
            break
    *_, last = (None, *_LAST.finditer(words))
    if last and lexicon.opens_with("moonshot", words[last.end() :]) == len(words) - last.end():
        words = words[: last.start()]
    words = _without_pictures(words)
    return plain(plain(words).rstrip(".")) if not words.endswith("...") else plain(words)


def _counts(words: str, lexicon: Lexicon) -> bool:
    """Whether words only count an entry: `Trend 1`."""
    length = lexicon.opens_with("entry", words)
    return length > 0 and words[length:].strip(" #").isdigit()


def _uncounted(words: str, lexicon: Lexicon) -> str:
    """Words without `Idea 2 (Moon-shot):`, `Idée n° 2 :`, `Gap 1 |` before them."""
    for mark, pattern in (("idea", _NAMED), ("entry", _NUMBERED)):
        length = lexicon.opens_with(mark, words)
        if not length:
            continue
        place = length + len(words[length:]) - len(words[length:].lstrip())
        behind = words[place:]
        ordinal = lexicon.opens_with("ordinal", behind) or lexicon.opens_with("moonshot", behind)
        number = lexicon.opens_with("number", behind)
        if ordinal:
            length, pattern = place + ordinal, _NAMED
        elif number and _DIGIT.match(behind, number):
            length = place + number
        opened = pattern.match(words, length)
        if opened:
            words = words[opened.end() :]
    return words


def _is_picture(sign: str, others: str) -> bool:
    return sign in others or unicodedata.category(sign) in ("So", "Mn", "Cf")


def _past_pictures(words: str) -> str:
    """Words without the pictures before them."""
    start = 0
    while start < len(words) and _is_picture(words[start], " *_"):
        start += 1
    coded = _CODED.match(words, start)
    return words[coded.end() if coded else start :]


def _without_pictures(words: str) -> str:
    """Words without the pictures behind them."""
    end = len(words)
    while end and _is_picture(words[end - 1], " *_"):
        end -= 1
    pictured = any(unicodedata.category(sign) == "So" for sign in words[end:])
    return words[:end] if pictured and end else words


def without_ids(label: str) -> str:
    """A label without the bracket of identifiers or numbers that closes it; cut short, it may have names too."""
    return _CITED.sub("", _REFERENCES.sub("", _CUT.sub("", label))) or label


def is_reference(words: str) -> bool:
    """Whether words are but a bracket of identifiers."""
    return words[:1] in "([（" and _REFERENCES.fullmatch(words) is not None


def short_label(text: str) -> str:
    """The first words of an entry without a title, as its label, without a bracket that cites papers at their end."""
    label = without_ids(clip(text))
    return _CLOSING.sub("", label) or label


def title_of(block: Block, context: Context, fields: tuple[str, ...]) -> tuple[str, int]:
    """An entry's title as written, and where the text after it begins; empty if it has none.

    A title is a heading, a bold run in front, an italic one before a dash or
    with a full stop, or the words before a colon that stands in no bold run; a label of one of `fields` is none, what follows the
    first of them in its bold run is. Behind “Trend 1:” it is looked for again.
    """
    title, end = _title_of(block, context, fields)
    if block.kind != "heading" and _counts(title, context.lexicon):
        rest = block.part(end, len(block.text))
        if _WORD.search(rest.text):
            title, behind = _title_of(rest, context, fields)
            return title, end + behind
    return title, end


def _title_of(block: Block, context: Context, fields: tuple[str, ...]) -> tuple[str, int]:
    """The same, without a second look."""
    lexicon = context.lexicon
    if block.kind == "heading":
        return clean_title(block.text, lexicon), len(block.text)
    end, label = bold_head(block), field_at_start(block, lexicon, fields)
    glossed = _GLOSSED.fullmatch(block.text, 0, end) if end and label else None
    if glossed and not lexicon.field(strip_number(plain(glossed[1]))[1], fields):
        return clean_title(block.text[:end], lexicon), end  # `**Title (Gap):**`
    within = (
        end and label and label.name == fields[0] and _WORD.search(block.text, label.content, end)
    )
    if within:
        return clean_title(block.text[within.start() : end], lexicon), end
    if label:
        return _behind_label(block, label, lexicon) if label.name == fields[0] else ("", 0)
    if end:
        return clean_title(block.text[:end], lexicon), end
    slanted = block.emphasis[0] if block.emphasis else (1, 0)
    if slanted[0] == 0:
        behind = _DASH.match(block.text, slanted[1])
        runs_in = block.text[: slanted[1]].endswith(".") and block.text[slanted[1] :].strip()
        if behind or runs_in:
            return clean_title(block.text[: slanted[1]], lexicon), (
                behind.end() if behind else slanted[1]
            )
    first = min((one.start for one in find_fields(block, lexicon, fields)), default=0)
    head = block.text[:first].rstrip(" *_")
    cited = any(mention.start < first for mention in block.mentions())
    if head[-1:] in _DASHES and 0 < len(head) <= _SHORT and not cited:
        return clean_title(head.rstrip(" –—-"), lexicon), first  # `Title – Gap: …`
    found = _COLON.search(block.text)
    head = block.text[: found.end() - 1] if found else ""
    bold = any(begin < len(head) < stop - 1 for begin, stop in block.strong[:1])
    bare = len(_REFERENCES.sub("", head))
    short = 0 < bare <= _SHORT and not any(m.start < bare for m in block.mentions())
    inner = 0 < first < len(head)
    if short and not inner and not bold:
        return clean_title(head, lexicon), len(head) + 1
    return "", 0


def _behind_label(block: Block, label: Field, lexicon: Lexicon) -> tuple[str, int]:
    """The title in a bold run of its own behind the label of a gap: `**Gap:** **Title** – words`."""
    for start, end in block.strong:
        if start >= label.content and not block.text[label.content : start].strip():
            words, mark = block.text[start:end], _DASH.match(block.text, end)
            stop = mark.end() if mark else end
            parted = mark or words.endswith((":", "："))
            if parted and block.text[stop:].strip():
                return clean_title(words.rstrip(":： "), lexicon), stop
    return "", 0

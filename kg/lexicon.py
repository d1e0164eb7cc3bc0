"""The words that name the parts of a digest, read from `ontology/lexicon.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property

from kg.ids import fold
from kg.labelling import LabelFinder
from kg.risks import Risks
from kg.tongues import Tongue, language_of
from kg.wording import as_words, behind_colon, key, lexicon_table, of_parts, strip_number, ways

__all__ = ["Lexicon", "load_lexicon", "strip_number"]

_GLOSS = re.compile(r"([^(（]*)[(（]([^()（）]*)(?:[)）].*)?", re.DOTALL)
_LETTER = re.compile(r"[^\W\d_一二三四五六七八九十]")
_PARTS = re.compile(r"\s+[–—-]+\s+|\s*/\s*|\s*[:：|·]\s+")
_LONG = 120
"""Characters of a text that says more than that nothing stands here."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_CODES = re.compile(r"^(?::[a-z][a-z0-9_+-]{1,30}: *)+")
_COUNT = re.compile(
    r"(?:(?:\d{1,2}|[a-z]|x{0,3}(?:ix|iv|v?i{0,3})|[一二三四五六七八九十]{1,3}) )+(?=\S)"
    r"|第[\d一二三四五六七八九十]{1,3}[章节節部分篇] ?(?=\S)"
)
"""What counts a heading, its words folded and without punctuation."""


@dataclass(frozen=True)
class Lexicon:
    """The table, ready for look-up: folded alias to canonical name, and sets of words."""

    sections: dict[str, str]
    fields: dict[str, frozenset[str]]
    labels: LabelFinder
    risks: Risks
    negation: re.Pattern[str]
    """A word such as “not” near the end of a text, and behind the colon of a mark (`refusal`)."""
    refusal: re.Pattern[str]
    marks: dict[str, tuple[str, ...]]
    names: dict[str, frozenset[str]]
    months: dict[str, int]
    fillers: frozenset[str]
    """Small words that a heading may have beside the name of its section."""
    counted: re.Pattern[str]
    """`section 2`, `part iii` before the name of a section."""
    tongues: dict[str, Tongue]
    """By the code of a language; a text may be in none of them."""

    def is_common(self, word: str) -> bool:
        """Whether a word is one of the field's common things or several, or one that stands before names."""
        known = fold(word)
        return known in self._before_names or not self.names["common"].isdisjoint(
            (word, word.removesuffix("s"))
        )

    @cached_property
    def _before_names(self) -> frozenset[str]:
        return self.names["between"] | self.names["agents"] | self.names["addresses"]

    def is_compound(self, words: str) -> bool:
        """Whether words end in one that only speaks of a name: `LLM-based`, `o1-like`."""
        _, hyphen, ending = words.rpartition("-")
        return hyphen != "" and ending in self.names["endings"]

    def is_label(self, text: str) -> bool:
        """Whether a text is what some field or section is called."""
        words = key(text)
        return any(words in aliases for aliases in self.fields.values())

    def section(self, heading: str, whole: bool = False) -> str:
        """The section that a heading names; empty if none.

        Words in brackets may follow the name, or be it ("Where papers live (topic
        tree)"), and others may follow unless it must be the `whole` heading; a
        number may not ("Idea 2 …" is no section).
        """
        words = self._uncounted(heading)
        if known := self.sections.get(words) or of_parts(words, self.sections, self.fillers):
            return known
        several = [] if whole else words.split(" ")
        for count in range(len(several) - 1, 1, -1):
            if name := self.sections.get(" ".join(several[:count]), ""):
                return "" if several[count][0].isdigit() else name
        gloss = _GLOSS.fullmatch(heading)
        within = self.section(gloss[1], whole) if gloss and gloss[1].strip() else ""
        if gloss and not within and (not whole or "_" in gloss[2]):
            within = self.sections.get(key(gloss[2]), "")
        return within or self._section_of_parts(heading)

    def _section_of_parts(self, heading: str) -> str:
        """The section that the parts of a heading name alike: “Topic tree – Cây chủ đề”.

        Numbers are no such part. In capitals or with an underscore, one name will do.
        """
        parts = [part for part in _PARTS.split(heading) if part.strip()]
        telling = [part for part in parts if not self.is_count(strip_number(part)[1])]
        names = [self.sections.get(self._uncounted(part), "") for part in telling]
        agree = len(parts) > 1 and len({name for name in names if name}) == 1
        loud = heading.upper() == heading or "_" in heading.strip(" _*")
        return max(names) if agree and (loud or all(names)) else ""

    def is_count(self, words: str) -> bool:
        """Whether words only count: “Part 2”, “3 papers”."""
        said = key(words)
        found = self.counted.match(f"{said} .")
        return said[:1].isdigit() or bool(found and found.end() > len(said))

    def likely_section(self, heading: str) -> str:
        """The one section whose name a heading says with other words beside it; empty if none or several.

        “Our final reflections”: a name is there as a whole, and all but small words are
        of that section's names, or stand behind it and “of”. “Notes on the list” is none.
        """
        first, *more = self._uncounted(heading.partition("(")[0]).split() or [""]
        if len(more) > 1 and more[0] in self.marks["of"] and first in self.sections:
            return self.sections[first]
        words = frozenset(word for word in (first, *more) if not _YEAR.fullmatch(word))
        telling = words - self.fillers - self.months.keys()
        found = {
            section
            for section, names in self._names_by_section.items()
            if telling <= frozenset().union(*names) and any(name <= words for name in names)
        }
        return found.pop() if len(found) == 1 else ""

    @cached_property
    def _names_by_section(self) -> dict[str, list[frozenset[str]]]:
        """The words of each name of a section."""
        found: dict[str, list[frozenset[str]]] = {name: [] for name in self.sections.values()}
        for alias, name in self.sections.items():
            found[name].append(frozenset(alias.split()))
        return found

    def _uncounted(self, heading: str) -> str:
        """A heading's words without `2.`, `[2]`, `三、`, `第三章`, `Part C:` before them."""
        words = key(strip_number(_CODES.sub("", heading.strip(" *_#✨")))[1])
        for pattern in (self.counted, _COUNT):
            counted = pattern.match(words)
            words = words[counted.end() :] if counted else words
        return words

    def closest_section(self, heading: str) -> str:
        """The section whose name looks most like a heading; empty if none does."""
        close = get_close_matches(self._uncounted(heading), self.sections, n=1, cutoff=0.6)
        return self.sections[close[0]] if close else ""

    def field(self, label: str, among: tuple[str, ...]) -> str:
        """Which of the fields a label names, by one of the ways to write it; empty if none."""
        words = key(label) or fold(label)
        exact = self._field(words, among)
        for parts in () if exact else ways(label):
            named = [self._field(part, among) for part in parts]
            known = list(filter(None, named))
            if len({*known}) == 1 and len(known) >= min(len(named), 2):
                return known[0]
        return exact

    def _field(self, words: str, among: tuple[str, ...]) -> str:
        return next((name for name in among if words in self.fields[name]), "")

    def _denied(self, before: str) -> bool:
        """Whether a text ends in a word such as “not”, and at most two others."""
        return bool(self.negation.search(before))

    def marked(self, mark: str, text: str) -> bool:
        """Whether a text holds one of a mark's phrases as words, and does not deny it."""
        folded = fold(text)
        words = (phrase for phrase in self.marks[mark] if phrase in folded)
        return any(
            not self._denied(folded[max(0, found.start() - 60) : found.start()])
            and not self.refusal.match(folded, found.end())
            for found in (one for phrase in words for one in as_words(phrase).finditer(folded))
        )

    def language(self, text: str) -> str:
        """The code of the language that a text is in; empty where it is not known."""
        return language_of(text, self.tongues)

    def is_placeholder(self, text: str) -> bool:
        """Whether a text says that nothing stands here, and no more than that."""
        words = f"{key(text)} " if len(text) < _LONG else ""
        while words.partition(" ")[0] in self.names["counted"]:
            words = words.partition(" ")[2]
        rests = (words[len(p) :].split() for p in self._placeholders if words.startswith(p))
        return words == " " or any(self.names["counted"].issuperset(rest) for rest in rests)

    @cached_property
    def _placeholders(self) -> tuple[str, ...]:
        return tuple(f"{key(phrase)} " for phrase in self.marks["placeholder"])

    def opens_with(self, mark: str, text: str) -> int:
        """The length of a mark's phrase at the start of a text, or 0; a number may follow without a space."""
        folded = text.casefold()
        if not folded.startswith(self.marks[mark]):
            return 0
        found = (
            len(phrase) for phrase in self.marks[mark]
            if folded.startswith(phrase) and not _LETTER.match(folded, len(phrase))
        )  # fmt: skip
        return max(found, default=0)


@cache
def load_lexicon() -> Lexicon:
    """Reads the table once."""
    table = lexicon_table()
    negation = re.compile(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, table['marks']['negation']))})\s+(?:\w+\s+){{0,2}}\Z"
    )
    levels = {
        fold(phrase): level for level, many in table["risk_levels"].items() for phrase in many
    }
    fields = {
        name: frozenset(key(alias) or alias for alias in (name, *aliases))
        for name, aliases in table["fields"].items()
    }
    return Lexicon(
        sections={
            key(alias): name
            for name, aliases in table["sections"].items()
            for alias in (name, *aliases)
        },
        fields=fields,
        labels=LabelFinder(fields),
        risks=Risks(levels, fields["risk"], table["marks"]["feasible"], negation.search),
        marks={name: tuple(fold(word) for word in words) for name, words in table["marks"].items()},
        names={
            name: frozenset(words if name == "common" else (fold(word) for word in words))
            for name, words in table["names"].items()
        },
        negation=negation,
        refusal=behind_colon(table["marks"]["refusal"]),
        fillers=frozenset(table["marks"]["filler"]),
        counted=re.compile(
            rf"(?:{'|'.join(map(re.escape, table['marks']['section']))})\s+\w+\s+(?=\S)"
        ),
        tongues={code: Tongue.of(words) for code, words in table["languages"].items()},
        months={
            fold(word): int(number) for number, words in table["months"].items() for word in words
        },
    )

"""Answers in words: a table for a terminal, Markdown, or one of the formats of `kg.results`.

The table and Markdown are for people: IRIs are shortened by the usual prefixes, terms
of the ontology are called by their label, and a table folds long cells into
lines, so that nothing is cut off.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from kg.export.turtle import prefixes
from kg.ontology import load_ontology
from kg.query import Answer, Term
from kg.questions import Question, term_label
from kg.results import ROWS, TRIPLES, Format, plain

__all__ = ["FORMATS", "spell"]

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_LEAST = 6
"""No column is made narrower than this."""
_EMPTY = {"en": "no answer", "vi": "không có câu trả lời"}


def spell(
    answer: Answer, format: str, language: str = "en", question: Question | None = None,
    width: int = 100,
) -> str:  # fmt: skip
    """The whole text of an answer, with a line break at its end."""
    return FORMATS[format](answer, language, question, width)


def _table(answer: Answer, language: str, question: Question | None, width: int) -> str:
    if answer.truth is not None:
        return f"{str(answer.truth).lower()}\n"
    if not answer.rows:
        return f"({_EMPTY[language]})\n"
    heads = [_heading(column, language, question) for column in answer.columns]
    rows = [[_shown(term, language) for term in row] for row in answer.rows]
    widths = [max(map(_width, column)) for column in zip(heads, *rows, strict=True)]
    right = [all(_is_number(term) for term in column) for column in zip(*answer.rows, strict=True)]
    widths = _narrowed(widths, width)
    lines = _laid(heads, widths, right)
    lines.append("  ".join("─" * size for size in widths))
    for row in rows:
        lines += _laid(row, widths, right)
    return "\n".join(lines) + "\n"


def _narrowed(widths: list[int], width: int) -> list[int]:
    """The widest columns give way until all fit, or none can give more."""
    found = list(widths)
    room = width - 2 * (len(found) - 1)
    while sum(found) > room and max(found) > _LEAST:
        widest = max(found)
        next_one = max([size for size in found if size < widest], default=_LEAST)
        wide = [place for place, size in enumerate(found) if size == widest]
        surplus = sum(found) - room
        step = min(widest - max(next_one, _LEAST), -(-surplus // len(wide)))
        for place in wide:
            found[place] -= max(step, 1)
    return found


def _laid(cells: list[str], widths: list[int], right: list[bool]) -> list[str]:
    folded = [_folded(cell, size) for cell, size in zip(cells, widths, strict=True)]
    lines = []
    for number in range(max(map(len, folded))):
        parts = []
        for text, size, flush in zip(folded, widths, right, strict=True):
            part = text[number] if number < len(text) else ""
            blank = " " * (size - _width(part))
            parts.append(blank + part if flush else part + blank)
        lines.append("  ".join(parts).rstrip())
    return lines


def _folded(text: str, size: int) -> list[str]:
    """A text in lines no wider than `size`, broken at blanks, within a word only if it must be."""
    lines, line = [], ""
    for word in text.split(" "):
        while _width(word) > size:
            cut = next(n for n in range(1, len(word) + 1) if _width(word[: n + 1]) > size)
            lines += [line] if line else []
            lines.append(word[:cut])
            line, word = "", word[cut:]
        if line and _width(line) + 1 + _width(word) > size:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def _width(text: str) -> int:
    """Cells of a terminal: none for a combining mark, two for a wide letter."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Cf")
        else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )  # fmt: skip


def _markdown(answer: Answer, language: str, question: Question | None, width: int) -> str:
    if answer.truth is not None or not answer.rows:
        return _table(answer, language, question, width)
    heads = [_heading(column, language, question) for column in answer.columns]
    rows = [[_shown(term, language) for term in row] for row in answer.rows]
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(text: str) -> str:
    return re.sub(r"([\\|<>`*_\[\]])", r"\\\1", text) if text != "---" else text


def _heading(column: str, language: str, question: Question | None) -> str:
    ontology = load_ontology()
    if question:
        return question.heading(column, language, ontology)
    return term_label(column, language, ontology) if language != "en" else column


def _shown(term: Term | None, language: str) -> str:
    """A term for people, on one line, without anything that a terminal would obey."""
    text = plain(term)
    if type(term).__name__ == "NamedNode":
        text = _short(text, language)
    return _CONTROL.sub(" ", text)


def _short(iri: str, language: str) -> str:
    ontology = load_ontology()
    name = iri.removeprefix(ontology.namespace)
    for kinds in (ontology.edge_types, ontology.attributes, ontology.node_types):
        if name != iri and name in kinds:
            return kinds[name].label(language)
    for prefix, namespace in prefixes().items():
        if iri.startswith(namespace) and re.fullmatch(r"[\w.-]+", iri.removeprefix(namespace)):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _is_number(term: Term | None) -> bool:
    kind = getattr(getattr(term, "datatype", None), "value", "")
    return kind.rpartition("#")[2] in ("integer", "decimal", "double", "float")


def _for_programs(format: Format) -> Callable[[Answer, str, Question | None, int], str]:
    return lambda answer, language, question, width: format.write(answer).decode()


FORMATS: dict[str, Callable[[Answer, str, Question | None, int], str]] = {
    "table": _table,
    "markdown": _markdown,
    **{name: _for_programs(format) for name, format in {**ROWS, **TRIPLES}.items()},
}

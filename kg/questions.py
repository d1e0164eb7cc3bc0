"""The competency questions: the files of `ontology/queries`, each a query and what it asks.

A file `NAME.rq` is SPARQL that any engine answers as it stands. It opens with
comment lines of this form, in any order; a line that begins with `#` and three
blanks goes on with the line before:

    # name: NAME
    # title en: Which ideas build on a paper?
    # title vi: …
    # about en: what the answer holds, in a sentence or two
    # about vi: …
    # parameter paper: paper = GaLore         a parameter: its kind and default
    # paper en: what to give
    # paper vi: …
    # column relation en: heading of a column that is no term of the ontology
    # column relation vi: …
    # empty: why the sample has no answer      only where it has none

A parameter is a variable bound by `VALUES ?paper { TERM }`, wherever it is
needed; TERM is the default. To ask for something else, the tool puts the
serialised term in its place: between the braces stands a term and nothing else,
whatever a person typed. The kinds are `paper` (an IRI), `topic` (the text of a
path), `month` (`xsd:gYearMonth`), `relation` (an IRI of ours), `number`
(`xsd:integer`) and `text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.errors import KgError, UnknownName
from kg.ontology import Ontology, ontology_folder
from kg.sparql import Token, tokens

__all__ = ["KINDS", "LANGUAGES", "Parameter", "Question", "load_questions", "parse_question"]

KINDS = ("paper", "topic", "month", "relation", "number", "text")
LANGUAGES = ("en", "vi")
_PARAMETER = re.compile(r"(\w+) = (.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What may be chosen; `default` is as a person would type it."""

    name: str
    kind: str
    default: str
    about: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """A query with its texts by language."""

    name: str
    title: Mapping[str, str]
    about: Mapping[str, str]
    parameters: Mapping[str, Parameter]
    columns: Mapping[str, Mapping[str, str]]
    empty: str
    sparql: str

    def parameter(self, name: str) -> Parameter:
        """The parameter of that name."""
        if name not in self.parameters:
            raise UnknownName(f"parameter of {self.name}", name, list(self.parameters))
        return self.parameters[name]

    def with_terms(self, terms: Mapping[str, str]) -> str:
        """The query with other terms, each serialised (`<…>`, `"…"`), in the place of defaults."""
        text = self.sparql
        for start, end, name in reversed(list(_slots(text))):
            if name in terms:
                text = f"{text[:start]} {terms[name]} {text[end:]}"
        return text

    def heading(self, column: str, language: str, ontology: Ontology) -> str:
        """What a column is called: by the file, else by the term of the ontology of that name."""
        texts = self.columns.get(column, {})
        return texts.get(language) or texts.get("en") or term_label(column, language, ontology)


def term_label(name: str, language: str, ontology: Ontology) -> str:
    """The label of the term that a variable is called after, or the plural one; else the name."""
    for kinds in (ontology.attributes, ontology.edge_types):
        if name in kinds:
            return kinds[name].label(language)
    for kind in ontology.node_types.values():
        if kind.name.lower() == name.lower():
            return kind.label(language)
        if kind.plurals.get("en", "").lower() == name.lower():
            return kind.plurals.get(language) or kind.plurals["en"]
    return name


@cache
def load_questions() -> dict[str, Question]:
    """All questions by name, in alphabetical order."""
    found = {}
    for path in sorted((ontology_folder() / "queries").glob("*.rq")):
        question = parse_question(path.read_text(encoding="utf-8"), path.stem)
        found[question.name] = question
    return found


def parse_question(text: str, name: str) -> Question:
    """Reads one file; raises `KgError` if its header is not in order."""
    said = _header(text, name)
    slots = {slot for _, _, slot in _slots(text)}
    parameters = {}
    for key in [key for key in said if key.startswith("parameter ")]:
        parameter = key.split()[1]
        found = _PARAMETER.fullmatch(said.pop(key))
        if not found or found[1] not in KINDS:
            raise KgError(f"{name}: parameter {parameter} needs KIND = DEFAULT, KIND of {KINDS}")
        if parameter not in slots:
            raise KgError(f"{name}: no VALUES ?{parameter} {{ … }} in the query")
        parameters[parameter] = Parameter(
            parameter, found[1], found[2], _both(said, parameter, name)
        )
    columns: dict[str, dict[str, str]] = {}
    for column in {key.split()[1] for key in said if key.startswith("column ")}:
        columns[column] = _both(said, f"column {column}", name)
    if said.pop("name", "") != name:
        raise KgError(f"{name}: the name in the file is not the name of the file")
    question = Question(
        name=name,
        title=_both(said, "title", name),
        about=_both(said, "about", name),
        parameters=parameters,
        columns=dict(sorted(columns.items())),
        empty=said.pop("empty", ""),
        sparql=text,
    )
    if said:
        raise KgError(f"{name}: nothing is known of {', '.join(map(repr, said))} in a header")
    return question


def _header(text: str, name: str) -> dict[str, str]:
    """The keys and values of the comment lines in front."""
    said: dict[str, str] = {}
    key = ""
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if line.startswith("#   ") and key:
            said[key] += f" {line[4:].strip()}"
            continue
        mark, _, rest = line.partition(" ")
        key, colon, value = rest.partition(": ")
        if mark != "#" or not colon or key in said:
            raise KgError(f"{name}: {line!r} is no line of a header, or the second of its kind")
        said[key] = value.strip()
    return said


def _both(said: dict[str, str], key: str, name: str) -> dict[str, str]:
    """Takes the texts of a key in every language out of the header."""
    texts = {language: said.pop(f"{key} {language}", "") for language in LANGUAGES}
    missing = [language for language, text in texts.items() if not text]
    if missing:
        raise KgError(f"{name}: {key} is missing in {', '.join(missing)}")
    return texts


def _slots(text: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of what stands between the braces of `VALUES ?name { … }`, and the name."""
    before: list[Token] = []
    opened: tuple[int, str] | None = None
    for token in tokens(text):
        if opened and token.text == "}":
            yield opened[0], token.start, opened[1]
            opened = None
        words = [one.text.upper() for one in before]
        if token.text == "{" and words[:1] == ["VALUES"] and before[1].kind == "variable":
            opened = (token.end, before[1].text[1:])
        before = [*before[-1:], token]

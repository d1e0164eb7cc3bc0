"""The HTML that is written here: the query page, the page of an IRI, and the files that they load.

Everything comes from this server, and nothing that stands in the markup runs: the
policy allows scripts and styles from files alone, so that no text of a digest can
become code.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.export.page.document import json_text
from kg.export.turtle import prefixes
from kg.ontology import load_ontology
from kg.questions import LANGUAGES, load_questions
from kg.serving.strings import words

if TYPE_CHECKING:
    import jinja2
    from starlette.requests import Request

__all__ = ["ASSETS", "MAP_POLICY", "ONTOLOGY_POLICY", "POLICY", "language_of", "page", "questions"]

_HERE = Path(__file__).parent / "page"
_MAP = Path(__file__).parents[1] / "export" / "page"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
ASSETS = {
    path.name: (path, _TYPES[path.suffix])
    for path in [*sorted(_HERE.iterdir()), _MAP / "page.css", _MAP / "panel.css"]
    if path.suffix in _TYPES
}
"""Files by name, with their media types; the style is the map's, and what these pages add to it."""

_ALONE = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    f"{_ALONE}"
)
MAP_POLICY = "frame-ancestors 'none'"
"""Beside the policy that the page of the map brings itself."""
ONTOLOGY_POLICY = f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; {_ALONE}"


def language_of(request: Request) -> str:
    """The language that the reader chose, else the first one of Accept-Language that there is."""
    chosen = request.cookies.get("language", "")
    if chosen in LANGUAGES:
        return chosen
    for part in request.headers.get("accept-language", "").split(","):
        tag = part.partition(";")[0].strip().partition("-")[0].lower()
        if tag in LANGUAGES:
            return tag
    return LANGUAGES[0]


def page(name: str, request: Request, title: str, **values: Any) -> str:
    """A page made of the template of that name."""
    language = language_of(request)
    texts = words(language)

    def t(key: str, **fill: Any) -> str:
        return re.sub(r"\{(\w+)\}", lambda found: str(fill[found[1]]), texts[key])

    theme = request.cookies.get("theme", "")
    return _templates().get_template(f"{name}.html.j2").render(
        t=t, title=title, language=language, theme=theme if theme in ("light", "dark") else "",
        text=texts, json=json_text, **values,
    )  # fmt: skip


@cache
def questions(language: str) -> list[dict[str, Any]]:
    """What the query page knows of each question: its texts, its SPARQL, and names of columns."""
    ontology = load_ontology()
    found: list[dict[str, Any]] = []
    for question in load_questions().values():
        sparql = question.sparql.partition("\n\n")[2]
        columns = sorted(set(re.findall(r"[?$](\w+)", sparql)))
        found.append(
            {
                "name": question.name,
                "title": question.title[language],
                "about": question.about[language],
                "sparql": sparql.strip(),
                "columns": {name: question.heading(name, language, ontology) for name in columns},
            }
        )
    return found


@cache
def known_prefixes() -> dict[str, str]:
    """The prefixes that need no declaration, in alphabetical order."""
    return dict(sorted(prefixes().items()))


@cache
def _templates() -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip

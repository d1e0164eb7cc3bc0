"""The errors that kg raises.

    KgError                 anything kg refuses to do; its text is one line for people
    ├── UnreadableInput     a file that is missing, binary or not in the given encoding
    ├── UnknownName         a class, property, format or column nobody has declared
    ├── BadQuery            a query that cannot be read, names what nobody declared, or would write
    ├── NotPublished        a store that cannot be reached, or does not take a graph
    └── BrokenGraph         a fact that contradicts the ontology, or an edge without an end

Problems *in* a digest are not errors: they are `kg.Diagnostic` values, and the
build goes on.
"""

from __future__ import annotations

__all__ = ["BadQuery", "BrokenGraph", "KgError", "NotPublished", "UnknownName", "UnreadableInput"]


class KgError(Exception):
    """Base of every error that kg raises on purpose."""


class UnreadableInput(KgError):
    """An input cannot be read as text: missing, a folder without digests, binary, wrong encoding."""


class UnknownName(KgError):
    """A name that is not declared, with the closest declared ones."""

    def __init__(self, kind: str, name: str, known: list[str]) -> None:
        from difflib import get_close_matches

        close = get_close_matches(name, known, n=3, cutoff=0.5)
        hint = f"; did you mean {' or '.join(close)}?" if close else ""
        super().__init__(f"unknown {kind} {name!r}{hint}")


class BrokenGraph(KgError):
    """A fact that the ontology does not allow."""


class NotPublished(KgError):
    """A graph that a store does not hold for sure: nobody answered (`uncertain`), or it said no."""

    def __init__(self, message: str, *, uncertain: bool = False) -> None:
        super().__init__(message)
        self.uncertain = uncertain


class BadQuery(KgError):
    """A query that kg does not run, with the line and column of the mistake, 0 if unknown."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(f"{f'line {line}, column {column}: ' if line else ''}{message}")
        self.line = line
        self.column = column

"""What kg has to say about a digest: values, never exceptions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Diagnostic", "Severity", "sort_diagnostics"]


class Severity(StrEnum):
    """How much a diagnostic matters; `--strict` fails on errors and warnings."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One remark on one place of one digest.

    `code` is a stable kebab-case name, `line` and `column` count from 1 (in
    characters; 0 means the file as a whole), `hint` says what to do about it.
    """

    code: str
    severity: Severity
    message: str
    file: str = ""
    line: int = 0
    column: int = 0
    hint: str = ""

    def __str__(self) -> str:
        """`file:line:column: severity code message (hint)`, as compilers print it."""
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        hint = f" ({self.hint})" if self.hint else ""
        lead = f"{place}: " if place else ""
        return f"{lead}{self.severity} {self.code} {self.message}{hint}"


def sort_diagnostics(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """By place in the files, without doubles, so that the input's order shows nowhere."""
    return sorted(
        set(diagnostics), key=lambda d: (d.file, d.line, d.column, d.code, d.message, d.severity)
    )

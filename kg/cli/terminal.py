"""Colours, progress and diagnostics on a terminal."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # typing costs 5 ms, a third of bare Python
if TYPE_CHECKING:
    from typing import TextIO

    from kg.diagnostics import Diagnostic

__all__ = ["Paint", "Progress", "placed"]

_CODES = {"error": "31", "warning": "33", "info": "36", "bold": "1"}


class Paint:
    """Colours for a terminal; plain text elsewhere."""

    def __init__(self, stream: TextIO, plain: bool) -> None:
        self._on = not plain and "NO_COLOR" not in os.environ and stream.isatty()

    def __call__(self, text: str, style: str) -> str:
        """The text in a style: a severity, or `bold`."""
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self._on else text


class Progress:
    """One line that tells what is going on, on a terminal only."""

    def __init__(self, quiet: bool) -> None:
        self._on = not quiet and sys.stderr.isatty()

    def say(self, text: str) -> None:
        """Replaces the line."""
        if self._on:
            print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)

    def done(self) -> None:
        """Wipes the line."""
        self.say("")


def placed(diagnostic: Diagnostic, shown: dict[str, str]) -> Diagnostic:
    """A diagnostic with the path that people typed instead of the name in the graph."""
    from dataclasses import replace

    return replace(diagnostic, file=shown.get(diagnostic.file, diagnostic.file))

"""Numbers on the command line, with a message that says which would do."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import suppress

__all__ = ["count", "seconds"]


def seconds(text: str) -> float:
    """A time above 0, up to a day."""
    with suppress(ValueError):
        if 0 < float(text) <= 86_400:
            return float(text)
    raise argparse.ArgumentTypeError(f"seconds are a number above 0, not {text!r}")


def count(least: int) -> Callable[[str], int]:
    """What reads a whole number of at least `least`."""

    def read(text: str) -> int:
        with suppress(ValueError):
            if int(text) >= least:
                return int(text)
        raise argparse.ArgumentTypeError(
            f"a whole number above {least - 1} is needed, not {text!r}"
        )

    return read

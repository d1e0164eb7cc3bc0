"""What fits into a cell of a graph file: one line of text XML can hold, or a finite number.

Gephi, Cytoscape and igraph show nodes and edges as tables. A column has one
type over the whole graph and a missing value is left out, since every reader
takes an empty cell for something else. Whatever is changed on the way is
counted by `Losses`, so that nothing goes without a word.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from html import escape

from kg.model import Value

__all__ = [
    "Losses",
    "cell",
    "changed_ids",
    "column_type",
    "day",
    "kind_of",
    "one_line",
    "plain_id",
    "xml_id",
]

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAK = re.compile("\r\n|[\t\n\r\x85\u2028\u2029]")
_UNFIT_ID = re.compile(f"{_FORBIDDEN.pattern}|[\t\n\r\x85\u2028\u2029]|^ +| +$")
_UNFIT_FILE = re.compile("[\x00\ud800-\udfff]")
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")

_INT, _LONG, _EXACT = 2**31, 2**63, 2**53


class Losses:
    """Counts, by kind, what a format had to change, with the first place of each."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[int, str]] = {}
        self.total = 0

    def add(self, kind: str, where: str) -> None:
        """Counts one more loss of a kind; `where` names a node or an edge."""
        count, first = self._found.get(kind, (0, where))
        self._found[kind] = (count + 1, first)
        self.total += 1

    def lines(self) -> list[str]:
        """One line per kind: what happened, how often, and where first."""
        return [
            f"{kind}: {count}, first in {first!r}"
            for kind, (count, first) in sorted(self._found.items())
        ]


def one_line(text: str, where: str, losses: Losses) -> str:
    """`text` on one line, in NFC, without the characters XML 1.0 forbids."""
    if not text.isprintable():
        if _FORBIDDEN.search(text):
            losses.add("characters that XML cannot hold left out", where)
            text = _FORBIDDEN.sub("", text)
        if _BREAK.search(text):
            losses.add("line breaks and tabs made spaces", where)
            text = _BREAK.sub(" ", text)
    if not unicodedata.is_normalized("NFC", text):
        losses.add("texts brought to Unicode NFC", where)
        text = unicodedata.normalize("NFC", text)
    return text


def xml_id(text: str) -> str:
    """An identifier as it is, or percent-encoded where it is no trimmed line of XML text."""
    return _UNFIT_ID.sub(_percent, text) or "%"


def plain_id(text: str) -> str:
    """An identifier with percent-encoded NUL and lone surrogates, which UTF-8 files cannot hold."""
    return _UNFIT_FILE.sub(_percent, text)


def changed_ids(ids: Iterable[str], encode: Callable[[str], str], losses: Losses) -> dict[str, str]:
    """New ids for those that `encode` has to change; no two come to be one."""
    known = list(ids)
    found: dict[str, str] = {}
    taken: set[str] = set()
    for id in known:
        new = encode(id)
        if new != id:
            taken = taken or set(known)
            while new in taken:
                new += "~"
            taken.add(new)
            found[id] = new
            losses.add("node ids that the format cannot hold percent-encoded", id)
    return found


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))


def kind_of(value: Value) -> str:
    """The narrowest column type that holds a value; empty where it has to be left out.

    `wide` is an integer that a long holds and a double does not.
    """
    if isinstance(value, str):
        return "string" if _visible(value) else ""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        if -_INT <= value < _INT:
            return "int"
        if -_LONG <= value < _LONG:
            return "long" if abs(value) <= _EXACT else "wide"
        return "string"
    if isinstance(value, float):
        return "double" if math.isfinite(value) else ""
    return "string" if any(map(_visible, value)) else ""


def _visible(text: str) -> bool:
    return bool((text if text.isprintable() else _FORBIDDEN.sub("", text)).strip())


def column_type(kinds: Iterable[str]) -> str:
    """The one type of a column with values of these kinds: numbers widen, other mixtures are text."""
    found = set(kinds)
    if len(found) == 1:
        return "long" if found == {"wide"} else found.pop()
    if found <= {"int", "long", "wide"}:
        return "long"
    return "double" if found <= {"int", "long", "double"} else "string"


def cell(value: Value, column: str, where: str, losses: Losses) -> str:
    """A value as escaped text for a column of type `column`; empty where it has to be left out."""
    kind = kind_of(value)
    if not kind:
        what = "numbers that are not finite" if isinstance(value, float) else "empty texts"
        losses.add(f"{what} left out", where)
        return ""
    if column == "string" and kind != "string":
        losses.add("numbers and truth values written as text among texts", where)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return repr(float(value)) if column == "double" else str(value)
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, tuple):
        if any(";" in text for text in value):
            losses.add('list items with a ";", which also joins the items', where)
        value = ";".join(value)
    if "INF" in value:
        losses.add('cells with "INF", which Gephi reads as "Infinity"', where)
    value = one_line(value, where, losses)
    if value == "null":
        losses.add('cells that say "null", which Gephi takes for no value', where)
    return escape(value, quote=False)


def day(period: Value) -> str:
    """The first day, `YYYY-MM-01`, of a month `YYYY-MM`; empty for anything else."""
    return f"{period}-01" if isinstance(period, str) and _MONTH.fullmatch(period) else ""

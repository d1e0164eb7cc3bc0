"""Files, folders, standard input and strings into documents: bytes, text, and where lines begin."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from kg.errors import UnreadableInput
from kg.ids import find_ids

__all__ = ["Document", "Piece", "read_documents"]

_FRONT_MATTER = re.compile(rb"---[ \t]*\r?\n(.*?\r?\n)?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_YAML_KEY = re.compile(r"[\w.-][\w. -]*:(?:\s|$)")
_YAML = re.compile(rf"{_YAML_KEY.pattern}|\s|- |[\]}}]")
"""A key, or what goes on with one: an indented line, an item, the end of a list."""
_BOM = "\ufeff".encode()
_SURROGATE = re.compile("[\ud800-\udfff]")
_AROUND = 32
_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".txt")


class Piece(NamedTuple):
    """Which part of a document some text came from.

    The text begins at `offset` within its block; the document has it in the
    bytes `first` to `last` and the characters `before` to `after`, half open.
    """

    offset: int
    first: int
    last: int
    before: int
    after: int


class Document:
    """One digest as text.

    `name` stands in the graph (the file's name, or its path within the folder
    that was given), `path` is what people typed. `data` is the text in UTF-8:
    all offsets count its bytes; with a UTF-8 file they are the file's own.
    `start` is where the Markdown begins, behind a byte order mark and YAML
    front matter; `front_matter` holds the latter's plain `key: value` lines.
    """

    def __init__(self, text: str, name: str = "<text>", path: str = "") -> None:
        self.replaced = len(_SURROGATE.findall(text))
        self.text = _SURROGATE.sub("\ufffd", text) if self.replaced else text
        self.name = name
        self.path = path or name
        self.data = self.text.encode()
        self._counted = (0, 0)
        self.start = len(_BOM) if self.data.startswith(_BOM) else 0
        self.front_matter: dict[str, str] = {}
        front = _FRONT_MATTER.match(self.data, self.start)
        if front and _is_yaml(said := (front[1] or b"").decode()):
            for line in said.splitlines():
                key, colon, value = line.partition(":")
                if colon and key.strip() == key:
                    self.front_matter[key.lower()] = value.strip().strip("\"'")
            self.start = front.end()

    @cached_property
    def line_starts(self) -> list[int]:
        """Byte offset of the first character of each line."""
        starts = [0, *accumulate(map(len, self.data.splitlines(keepends=True)))]
        return starts if self.data.endswith((b"\n", b"\r")) else starts[:-1] or [0]

    @cached_property
    def _line_offsets(self) -> list[int]:
        """How many characters come before each line; equal to `line_starts` in plain ASCII."""
        if len(self.text) == len(self.data):
            return self.line_starts
        lines = map(bytes.decode, self.data.splitlines(keepends=True))
        return [0, *accumulate(map(len, lines))]

    def piece(self, offset: int, first: int, last: int) -> Piece:
        """The piece of these bytes, for text at an offset of its block."""
        before = self.offset(first)
        length = len(self.data[first:last].decode(errors="replace"))
        return Piece(offset, first, last, before, before + length)

    def offset(self, offset: int) -> int:
        """How many characters of the text come before a byte offset."""
        line = bisect_right(self.line_starts, offset) - 1
        start, before = self.line_starts[line], self._line_offsets[line]
        if start <= self._counted[0] <= offset:  # a line may be as long as the document
            start, before = self._counted
        found = before + len(self.data[start:offset].decode(errors="replace"))
        if offset == len(self.data) or self.data[offset] & 0xC0 != 0x80:
            self._counted = (offset, found)
        return found

    def around(self, start: int, end: int) -> tuple[str, str]:
        """The characters before and after a stretch of the text, up to 32 on each side.

        With so many nearly every quote of a digest stands in it once. An empty
        stretch quotes nothing, and has nothing around it.
        """
        if start >= end:
            return "", ""
        before = self.text[max(0, start - _AROUND) : start].removeprefix("\ufeff")
        return before, self.text[end : end + _AROUND]

    def position(self, offset: int, before: int = -1) -> tuple[int, int]:
        """Line and column of a byte offset, both from 1, the column in characters.

        `before` is how many characters come before it, where that is known.
        """
        line = bisect_right(self.line_starts, offset)
        column = (self.offset(offset) if before < 0 else before) - self._line_offsets[line - 1]
        hidden = line == 1 and offset > 0 and self.data.startswith(_BOM)
        return line, column + 1 - hidden


def _is_yaml(text: str) -> bool:
    """Whether all lines between two rules can be YAML, and none has an identifier: else they are text."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    keyed = not lines or _YAML_KEY.match(lines[0]) is not None
    return keyed and all(map(_YAML.match, lines)) and not find_ids(text)


def read_documents(inputs: Iterable[str | Path], encoding: str = "utf-8") -> list[Document]:
    """Reads files, folders (all Markdown below them) and `-`; a string with a line break is text."""
    texts: list[str] = []
    files: list[tuple[str, Path]] = []
    standard = False
    for item in inputs:
        if isinstance(item, str) and (item == "" or "\n" in item or "\r" in item):
            texts.append(item)
        elif item == "-":
            standard = True
        else:
            files += _found(Path(item))
    documents = [
        Document(text, f"<text {n}>" if n > 1 else "<text>") for n, text in enumerate(texts, 1)
    ]
    if standard:
        documents.append(_read("<stdin>", None, encoding))
    return documents + [_read(name, path, encoding) for name, path in _named_apart(files)]


def _found(path: Path) -> list[tuple[str, Path]]:
    """A file by its name, or the digests below a folder by their paths in it."""
    if not path.is_dir():
        return [(path.name, path)]
    below = sorted(p for p in path.rglob("*") if p.suffix.lower() in _SUFFIXES and p.is_file())
    if not below:
        raise UnreadableInput(f"{path}: no Markdown file ({', '.join(_SUFFIXES)}) in this folder")
    return [(p.relative_to(path).as_posix(), p) for p in below]


def _named_apart(files: list[tuple[str, Path]]) -> list[tuple[str, Path]]:
    """Longer names for files of one name in different folders; a file given twice is read once."""
    unique = {path.resolve(): (name, path) for name, path in reversed(files)}
    names = [name for name, _ in unique.values()]
    return [
        (f"{full.parent.name}/{name}" if names.count(name) > 1 else name, path)
        for full, (name, path) in unique.items()
    ]


def _read(name: str, path: Path | None, encoding: str) -> Document:
    shown = str(path or name)
    try:
        data = path.read_bytes() if path else sys.stdin.buffer.read()
    except OSError as error:
        raise UnreadableInput(f"{shown}: {error.strerror or error}") from error
    if b"\0" in data and encoding.lower().replace("-", "").startswith(
        ("utf8", "ascii", "cp", "iso", "latin")
    ):
        hint = (
            "; is it UTF-16? try --encoding utf-16"
            if data[:2] in (b"\xff\xfe", b"\xfe\xff")
            else ""
        )
        raise UnreadableInput(f"{shown}: a binary file, not Markdown{hint}")
    try:
        return Document(data.decode(encoding), name, shown)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableInput(
            f"{shown}:{line}: byte {error.start} is not {encoding} "
            f"(0x{data[error.start]:02x}); name the file's encoding with --encoding, e.g. cp1258"
        ) from error
    except (LookupError, UnicodeError) as error:
        raise UnreadableInput(f"{encoding!r} is no encoding that can be read") from error

"""Files, folders, standard input and strings into documents: bytes, text, and where lines begin."""

from __future__ import annotations

import re
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from kg.errors import UnreadableInput
from kg.ids import find_ids
from kg.model import Quote

__all__ = ["Document", "Piece", "read_documents"]

_FRONT_MATTER = re.compile(rb"---[ \t]*\r?\n(.*?\r?\n)?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_YAML_KEY = re.compile(r"[\w.-][\w. -]*:(?:\s|$)")
_YAML = re.compile(rf"{_YAML_KEY.pattern}|\s|- |[\]}}]")
"""A key, or what goes on with one: an indented line, an item, the end of a list."""
_BOM = "\ufeff".encode()
_SURROGATE = re.compile("[\ud800-\udfff]")
_AROUND = 32
_WIDEST = 4
_CONTINUING = bytes(range(0x80, 0xC0))
"""What is no first byte of a character in UTF-8."""
_STEP = 1024
_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".txt")


class Piece(NamedTuple):
    """Which part of a document some text came from.

    The text begins at `offset` within its block; the document has it in the
    bytes `first` to `last`, half open.
    """

    offset: int
    first: int
    last: int


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
        self.name = name
        self.path = path or name
        self.data = (_SURROGATE.sub("\ufffd", text) if self.replaced else text).encode()
        self.start = len(_BOM) if self.data.startswith(_BOM) else 0
        self.front_matter: dict[str, str] = {}
        front = _FRONT_MATTER.match(self.data, self.start)
        if front and _is_yaml(said := (front[1] or b"").decode()):
            for line in said.splitlines():
                key, colon, value = line.partition(":")
                if colon and key.strip() == key:
                    self.front_matter[key.lower()] = value.strip().strip("\"'")
            self.start = front.end()

    @property
    def text(self) -> str:
        """The whole text, decoded anew: in memory it takes up to four times the bytes."""
        return self.data.decode()

    @cached_property
    def line_starts(self) -> array[int]:
        """Byte offset of the first character of each line."""
        starts = array("q", accumulate(map(len, self.data.splitlines(keepends=True)), initial=0))
        if len(starts) > 1 and not self.data.endswith((b"\n", b"\r")):
            starts.pop()
        return starts

    @cached_property
    def _counts(self) -> array[int]:
        """How many characters begin before every so many bytes: a line may be as long as the document."""
        steps = (self.data[at : at + _STEP] for at in range(0, len(self.data), _STEP))
        return array("q", accumulate(map(_characters, steps), initial=0))

    def offset(self, offset: int) -> int:
        """How many characters of the text come before a byte offset."""
        step = offset // _STEP
        return self._counts[step] + _characters(self.data[step * _STEP : offset])

    def position(self, start: int) -> tuple[int, int]:
        """Line and column of a byte offset, both from 1, the column in characters."""
        line = bisect_right(self.line_starts, start)
        begin = self.line_starts[line - 1]
        hidden = line == 1 and start > 0 and self.data.startswith(_BOM)
        if start - begin < _STEP:
            return line, _characters(self.data[begin:start]) + 1 - hidden
        return line, self.offset(start) - self.offset(begin) + 1 - hidden

    def words(self, start: int, end: int) -> str:
        """The characters of a stretch."""
        return self.data[start:end].decode(errors="replace")

    def quote(self, section: str, start: int, end: int) -> Quote:
        """A stretch, and up to 32 characters before and after it.

        With so many nearly every quote of a digest stands in it once. An empty
        stretch quotes nothing, and has nothing around it.
        """
        before = after = ""
        if start < end:
            wide = _AROUND * _WIDEST
            before = self.data[max(0, start - wide) : start].decode(errors="ignore")[-_AROUND:]
            after = self.data[end : end + wide].decode(errors="ignore")[:_AROUND]
        return Quote(
            self.name, section, *self.position(start), start, end,
            self.words(start, end), self.offset(start),
            before.removeprefix("\ufeff"), after,
        )  # fmt: skip


def _characters(data: bytes) -> int:
    """How many characters begin in some bytes of UTF-8."""
    return len(data) if data.isascii() else len(data.translate(None, _CONTINUING))


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

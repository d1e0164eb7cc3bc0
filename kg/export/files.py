"""Files and folders that are replaced whole or not at all, and gzip with the same bytes each time."""

from __future__ import annotations

import os
import shutil
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from kg.errors import KgError

__all__ = ["chunked", "compressed", "replace_file", "replace_folder"]

_LINES = 200
"""Lines in a chunk: enough to be quick, few enough to need next to no memory."""


def replace_file(path: Path, chunks: Iterable[bytes]) -> None:
    """Writes bytes beside `path` and renames, so that a failure leaves the old file as it was."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as error:
        raise _cannot_write(path, error) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            for chunk in chunks:
                stream.write(chunk)
        part = Path(name)
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        Path(name).unlink(missing_ok=True)


def replace_folder(path: Path, files: Iterable[tuple[str, Iterable[bytes]]]) -> None:
    """Writes a folder of files beside `path`, then renames the old one away and the new one in.

    A failure leaves the old folder as it was. Only a folder whose files all end as the
    new ones do is replaced: nothing that someone else put there is lost.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part"))
    except OSError as error:
        raise _cannot_write(path, error) from error
    new, old = beside / "new", beside / "old"
    try:
        new.mkdir()
        for name, chunks in files:
            with (new / name).open("wb") as stream:
                for chunk in chunks:
                    stream.write(chunk)
        if path.exists():
            _check_ours(path, {file.suffix for file in new.iterdir()})
            path.rename(old)
        try:
            new.rename(path)
        except BaseException:
            if old.exists():
                old.rename(path)
            raise
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _check_ours(path: Path, suffixes: set[str]) -> None:
    """Fails if a folder holds anything but files of these suffixes."""
    if not path.is_dir():
        raise KgError(f"{path} is a file; this format is a folder of files")
    for file in sorted(path.iterdir()):
        if file.suffix not in suffixes or not file.is_file():
            raise KgError(f"{path} holds {file.name}, which kg did not write; move it away first")


def chunked(lines: Iterator[str]) -> Iterator[bytes]:
    """Lines as UTF-8, some hundred at a time."""
    while some := "".join(islice(lines, _LINES)):
        yield some.encode()


def compressed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Gzip without a name and without a time, so that equal contents make equal files."""
    squeezer, check, size = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS), 0, 0
    yield b"\x1f\x8b\x08\x00" + b"\x00" * 4 + b"\x02\xff"
    for chunk in chunks:
        check, size = zlib.crc32(chunk, check), size + len(chunk)
        yield squeezer.compress(chunk)
    yield squeezer.flush()
    yield check.to_bytes(4, "little") + (size % 2**32).to_bytes(4, "little")


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask


def _cannot_write(path: Path, error: OSError) -> KgError:
    return KgError(f"cannot write {path}: {error.strerror or error}")

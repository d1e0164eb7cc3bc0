"""The IRIs of an export and the way back: valid for every id, and no two alike.

Ids that kg.ids makes are kept as they stand, and stay readable. An id that no
IRI can hold (blanks, quotes, a `..` between slashes) is percent-encoded whole
behind a `?`, which no other id has, so that encoding never makes two ids one.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from kg.ids import iri_of, paper_iri

if TYPE_CHECKING:
    from kg.model import Edge, Source

__all__ = ["body_iri", "node_id", "node_iri", "selector_iri", "source_iri", "statement_iri"]

_SAFE = re.compile(r"[a-z]+:(?:[\w.~!$&'()*+,;=@–—:/-]|%[0-9A-F]{2})*")
_DOI = re.compile(r"paper:doi:[^\ud800-\udfff]*")
_DOTS = re.compile(r"(?:^|[/:])\.{1,2}(?:/|$)")
_UNFIT = re.compile(r"[^\w.~:–—-]")


def node_iri(id: str, base: str) -> str:
    """The IRI of a node: its web address or readable path where that is one, else `base?…`."""
    fits = _DOI.fullmatch(id) or _SAFE.fullmatch(id)
    return iri_of(id, base) if fits and not _DOTS.search(id) else f"{base}{_whole(id)}"


def node_id(iri: str, base: str) -> str:
    """The id that `node_iri` made an IRI of."""
    arxiv, doi = paper_iri("paper:"), paper_iri("paper:doi:")
    if iri.startswith(arxiv):
        return f"paper:{iri.removeprefix(arxiv)}"
    if iri.startswith(doi):
        return f"paper:doi:{unquote(iri.removeprefix(doi))}"
    local = iri.removeprefix(base)
    if local.startswith("?"):
        return unquote(local[1:], errors="surrogatepass")
    return local.replace("/", ":", 1)


def statement_iri(edge: Edge, base: str) -> str:
    """`statement/<source>?<type>=<target>`, then `?<basis>;<digest>` where it has any."""
    said = f"{_escaped(edge.basis)};{_escaped(edge.digest)}" if edge.basis or edge.digest else ""
    ends = f"{_readable(edge.source)}?{edge.type}={_readable(edge.target)}"
    return f"{base}statement/{ends}{'?' if said else ''}{said}"


def source_iri(source: Source, base: str, *, apart: bool = False) -> str:
    """`source/<file>#byte=<start>-<end>;<section>`; `apart` adds a hash of all that it says.

    A section is part of it, because nothing else tells two readings of one run
    of text apart. Where `base` has a `#` of its own, a `?` takes its place.
    """
    section = f";{_escaped(source.section)}" if source.section else ""
    place = f"{_within(source.file, base)}byte={source.start}-{source.end}{section}"
    if apart:
        words = source.quote
        said = f"{words.line}:{words.column}:{words.text}".encode("utf-8", "surrogatepass")
        said += f":{words.offset}".encode() if words.offset >= 0 else b""
        around = words.before, words.after
        said += repr(around).encode() if any(around) else b""
        place += f"!{hashlib.sha256(said).hexdigest()[:16]}"
    return place


@lru_cache(2**8)
def _within(file: str, base: str) -> str:
    """What the IRIs of all sources in a file begin with."""
    path = "/".join(_escaped(part) for part in file.split("/"))
    return f"{base}source/{path}{'?' if '#' in base else '#'}"


def selector_iri(source: str, kind: str) -> str:
    """The IRI of a source's selector of a kind; no source has a `?` behind its bytes."""
    return f"{source}?{kind}"


def body_iri(annotation: str) -> str:
    """The IRI of an annotation's body; no node has a `?` behind its id."""
    return f"{annotation}?body"


@lru_cache(2**12)
def _readable(id: str) -> str:
    return id if _SAFE.fullmatch(id) and not _DOTS.search(id) else _whole(id)


def _whole(id: str) -> str:
    return f"?{quote(id, safe='', errors='surrogatepass')}"


@lru_cache(2**8)
def _escaped(text: str) -> str:
    """A segment without separators; dots that would climb in a path are escaped too."""
    text = _UNFIT.sub(lambda found: quote(found[0], safe="", errors="surrogatepass"), text)
    return text.replace(".", "%2E") if text in (".", "..") else text

"""The only place that recognises and mints identifiers.

A paper is known by its arXiv identifier (https://info.arxiv.org/help/arxiv_identifier.html)
or its DOI; everything else by the words that name it. Node ids look like
`paper:2403.03507` or `topic:Computer_Vision_(CV)/Video_Generation`; the IRI of a
node is its id with the first colon made a slash, so one follows from the other.
"""

from __future__ import annotations

import hashlib
import re
import sys
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

__all__ = [
    "DEFAULT_BASE",
    "PaperId",
    "WrittenId",
    "artifact_id",
    "digest_id",
    "entry_id",
    "find_ids",
    "fold",
    "iri_of",
    "keyword_id",
    "normalise",
    "paper_iri",
    "slug",
    "topic_id",
]

DEFAULT_BASE = "https://kg.example/id/"

_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|"
    "cond-mat|cs|dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|math|mtrl-th|nlin|"
    "nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|supr-con"
)
_WRITTEN = re.compile(
    r"(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/(?=[0-9a-z])"
    r"|(?<![0-9A-Za-z])arxiv\s?:\s?(?=[0-9a-z])"
    r"|(?<![0-9A-Za-z])arxiv[ .](?=[0-9]{4}\.[0-9])"
    r"|(?:https?://)?(?:dx\.)?doi\.org/(?=10\.)"
    r"|(?<![0-9A-Za-z])doi\s?:\s?(?=10\.)",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"(?P<new>[0-9](?<![0-9A-Za-z][0-9])(?<![0-9]\.[0-9])(?:[0-9]{3}\.[0-9]{4,5}|[0-9](?:0[1-9]|1[0-2])\.[0-9]{6,7}))"
    r"(?P<v>v[0-9]{1,3})?(?![0-9]|\.[0-9])(?: \[(?:cs|econ|eess|math|q-bio|q-fin|stat|physics|nlin|cond-mat|astro-ph)"
    r"\.[A-Za-z-]{2,16}\]| \[(?:quant-ph|gr-qc|math-ph|(?:hep|nucl)-[a-z]{2,3})\])?"
)
"""The category that arXiv writes behind an identifier, `[cs.CL]`, is part of it. With one or two digits too many it is still meant as one, and impossible.

What comes before is looked at behind the first digit: a pattern that opens with
a class of characters is searched for much faster.
"""
_NEXT = (
    r"10\.[0-9]{4}|[0-9]{4}\.[0-9]{4}|(?i:https?:|arxiv|doi|[a-z-]{2,8}(?:\.[a-z]{2})?/[0-9]{7})"
)
"""What is the next identifier, and no part of a DOI, where it stands right behind a mark."""
_OTHER = re.compile(
    r"(?<![0-9A-Za-z-])(?:(?<![0-9A-Za-z]\.)|(?<=arxiv\.)|(?<=arXiv\.))"
    rf"(?P<old>(?:{_ARCHIVES})(?:\.[A-Z]{{2}})?/[0-9]{{7}})(?P<v>v[0-9]{{1,3}})?(?![0-9])"
    r"|(?<![0-9A-Za-z])(?<![0-9]\.)(?P<doi>10\.[0-9]{4,9}/"
    r"(?:(?i:(?<=10\.48550/)arxiv\.(?:[0-9]{4}\.[0-9]{4,5}|[a-z.-]+/[0-9]{7})(?:v[0-9]{1,3})?(?![0-9]))"
    rf"|(?:[^\s\"<>|`,;&+(\u00ad\u200b\u2060\ufeff]|[,;&+(](?!{_NEXT}))+))"
)
"""An arXiv DOI ends with its number."""
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[A-Za-z]{2,}(?:/[\w.~%:@-]+)*/\Z")
_FAR = 100
_UNSAFE = re.compile(r"[^\w .~!$&'()*+,;=@–—-]|_", re.UNICODE)
_UNSAFE_IN_DOI = re.compile(r"[^\w.~!$&'()*+,;=@:/–—-]", re.UNICODE)


@dataclass(frozen=True, slots=True)
class PaperId:
    """A paper's identity: `arXiv:2403.03507`, `arXiv:hep-th/9901001` or `doi:10.1000/x`."""

    canonical: str
    node: str = field(init=False, repr=False, compare=False)
    """The node id: the bare arXiv number, or the DOI with its scheme."""

    def __post_init__(self) -> None:
        node = sys.intern(f"paper:{self.canonical.removeprefix('arXiv:')}")
        object.__setattr__(self, "node", node)

    @property
    def url(self) -> str:
        """Where people read it."""
        return paper_iri(self.node)

    @property
    def published(self) -> str:
        """`YYYY-MM` as the arXiv number says; empty for a DOI."""
        return _published(self.canonical.removeprefix("arXiv:"))


class WrittenId(NamedTuple):
    """An identifier as it stands in a text: `text[start:end]`, surface form included.

    `paper` is None for digits that look like an arXiv number but cannot be one;
    `version` is `v2` or empty.
    """

    start: int
    end: int
    paper: PaperId | None
    version: str


def find_ids(text: str) -> list[WrittenId]:
    """Every identifier written in a text, in order, with `arXiv:` or its URL as part of it."""
    matches = list(_NEW.finditer(text))
    if "/" in text:
        others = list(_OTHER.finditer(text))
        taken = [match.span() for match in others]
        matches = [m for m in matches if not any(a < m.end() and m.start() < b for a, b in taken)]
        matches = sorted([*matches, *others], key=lambda match: match.start())
    if not matches:
        return []
    small = text.lower()
    written = "arxiv" in small or "doi" in small
    leads = {m.end(): m.start() for m in _WRITTEN.finditer(text)} if written else {}
    if "/" in text:
        leads |= _addressed(text, [match.start() for match in matches])
    found = []
    for match in matches:
        start, end = match.span()
        version = match["v"] or ""
        if match.re is _NEW:
            paper = _arxiv(match["new"])
        elif match["old"]:
            paper = _old(match["old"])
        else:
            doi = _trim(match["doi"])
            end = start + len(doi)
            paper, version = _doi(doi)
        start = leads.get(start, start)
        if start != match.start() and text[end : end + 4].lower() == ".pdf":
            end += 4
        found.append(WrittenId(start, end, paper, version))
    return found


def _addressed(text: str, starts: list[int]) -> dict[int, int]:
    """Where the addresses begin that end in an identifier: of other sites than arXiv's own, too."""
    within = ((n, max(0, n - _FAR)) for n in starts if text[n - 1 : n] == "/")
    found = ((n, first, _ADDRESS.search(text[first:n])) for n, first in within)
    return {n: first + match.start() for n, first, match in found if match}


@lru_cache(8192)
def _arxiv(number: str) -> PaperId | None:
    return PaperId(f"arXiv:{number}") if _published(number) else None


def _old(number: str) -> PaperId | None:
    archive, _, digits = number.partition("/")
    number = f"{archive.split('.')[0]}/{digits}"
    return PaperId(f"arXiv:{number}") if _published(number) else None


def _doi(doi: str) -> tuple[PaperId | None, str]:
    same = _ARXIV_DOI.fullmatch(doi)
    if same:
        inner = find_ids(same[1])
        return (inner[0].paper, inner[0].version) if inner else (None, "")
    return PaperId(f"doi:{doi.lower()}"), ""


@lru_cache(8192)
def _published(number: str) -> str:
    """`YYYY-MM` of an arXiv number, or empty where no paper can have it.

    Old numbers ran from 1991-07 to 2007-03, `YYMM.NNNN` from 2007-04 to 2014-12,
    and `YYMM.NNNNN` since 2015-01.
    """
    if number.startswith("doi:"):
        return ""
    if "/" in number:
        digits = number.rpartition("/")[2]
        year = int(digits[:2])
        period = f"{1900 + year if year >= 91 else 2000 + year}-{digits[2:4]}"
        possible = "1991-07" <= period <= "2007-03"
    else:
        period = f"20{number[:2]}-{number[2:4]}"
        serial = number[5:]
        possible = "2007-04" <= period <= "2014-12" if len(serial) == 4 else period >= "2015-01"
        possible = possible and int(serial) > 0 and len(serial) <= 5
    return period if possible and "01" <= period[5:] <= "12" else ""


def _trim(doi: str) -> str:
    """A DOI without the punctuation and closing brackets of the sentence around it."""
    while doi and (
        doi[-1] in ".,;:!?'’”*$~"
        or (doi[-1] in ")]}" and doi.count(doi[-1]) > doi.count("([{"[")]}".index(doi[-1])]))
    ):
        doi = doi[:-1]
    return doi


def normalise(text: str) -> str:
    """NFC with folded white space: how labels are kept and compared (diacritics and case stay)."""
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())


@lru_cache(8192)
def fold(text: str) -> str:
    """`normalise` without case: for labels of fields and headings, never for topics."""
    return unicodedata.normalize("NFC", normalise(text).casefold())


@lru_cache(8192)
def slug(text: str) -> str:
    """A readable, injective path segment: spaces become `_`, RFC 3987 escapes the rest."""
    return _UNSAFE.sub(_escape, normalise(text)).replace(" ", "_")


def _escape(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))


def _short_slug(text: str, limit: int = 72) -> str:
    """`slug`, cut at a word with a hash of the whole where it would be longer than `limit`."""
    text = normalise(text)
    if len(text) <= limit:
        return slug(text)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    head = text[:limit].rpartition(" ")[0] or text[:limit]
    return f"{slug(head)}~{digest}"


def digest_id(period: str) -> str:
    """The node id of an issue, by its period `YYYY-MM` (or what stands for it)."""
    return f"digest:{slug(period)}"


@lru_cache(4096)
def topic_id(path: tuple[str, ...]) -> str:
    """The node id of a topic, by its whole path of labels."""
    return "topic:" + "/".join(slug(label) for label in path)


def artifact_id(paper: str, name: str) -> str:
    """The node id of a named thing within the paper (a node id) that introduces it."""
    return f"artifact:{paper.removeprefix('paper:')}/{slug(name)}"


def keyword_id(label: str) -> str:
    """The node id of a keyword, by its case-folded label."""
    return f"keyword:{slug(fold(label))}"


def entry_id(kind: str, period: str, *names: str) -> str:
    """The node id of an entry: kind, digest, and the paper or title that names it."""
    return f"{kind.lower()}:{slug(period)}/" + "/".join(_short_slug(name) for name in names)


def paper_iri(node: str) -> str:
    """The web address that identifies a paper node."""
    local = node.removeprefix("paper:")
    if local.startswith("doi:"):
        return "https://doi.org/" + _UNSAFE_IN_DOI.sub(_escape, local.removeprefix("doi:"))
    return f"https://arxiv.org/abs/{local}"


def iri_of(node: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of a node: a paper's own web address, else `base` and the id's path."""
    kind, _, local = node.partition(":")
    return paper_iri(node) if kind == "paper" else f"{base}{kind}/{local}"

"""Identifiers: every surface form, what is none, and ids that never collide."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg import ids
from kg.ids import find_ids, normalise, slug

steady = settings(deadline=None, derandomize=True, max_examples=300)


def found(text: str) -> list[tuple[str, str, str]]:
    """(as written, canonical or empty, version) of every identifier."""
    return [
        (text[one.start : one.end], one.paper.canonical if one.paper else "", one.version)
        for one in find_ids(text)
    ]


@pytest.mark.parametrize("around", ["{}", "({})", "[{}]", "`{}`", "**{}**", "x {}, y", "{}.", "“{}”",
                                    "|{}|", "{} – x", "x/{}", "{}: x", "đ {}"])  # fmt: skip
@pytest.mark.parametrize(
    ("written", "canonical", "version"),
    [
        ("2403.03507", "arXiv:2403.03507", ""),
        ("2403.03507v2", "arXiv:2403.03507", "v2"),
        ("0704.0001", "arXiv:0704.0001", ""),
        ("1412.9999v12", "arXiv:1412.9999", "v12"),
        ("arXiv:2403.03507", "arXiv:2403.03507", ""),
        ("arxiv: 2403.03507v1", "arXiv:2403.03507", "v1"),
        ("arXiv 2403.03507v1", "arXiv:2403.03507", "v1"),
        ("ARXIV:2403.03507", "arXiv:2403.03507", ""),
        ("https://arxiv.org/abs/2403.03507", "arXiv:2403.03507", ""),
        ("http://arxiv.org/abs/2403.03507v3", "arXiv:2403.03507", "v3"),
        ("https://www.arxiv.org/pdf/2403.03507v3.pdf", "arXiv:2403.03507", "v3"),
        ("arxiv.org/html/2403.03507v1", "arXiv:2403.03507", "v1"),
        ("https://export.arxiv.org/abs/2403.03507", "arXiv:2403.03507", ""),
        ("hep-th/9901001", "arXiv:hep-th/9901001", ""),
        ("arXiv:hep-th/9901001v2", "arXiv:hep-th/9901001", "v2"),
        ("https://arxiv.org/abs/cs/0112017", "arXiv:cs/0112017", ""),
        ("math.GT/0309136", "arXiv:math/0309136", ""),
        ("10.1145/3292500.3330701", "doi:10.1145/3292500.3330701", ""),
        ("doi:10.1000/XYZ-(1)a", "doi:10.1000/xyz-(1)a", ""),
        ("https://doi.org/10.1000/a_(b)", "doi:10.1000/a_(b)", ""),
        ("http://dx.doi.org/10.1038/Nature14539", "doi:10.1038/nature14539", ""),
        ("10.48550/arXiv.2403.03507", "arXiv:2403.03507", ""),
        ("https://doi.org/10.48550/ARXIV.2403.03507v2", "arXiv:2403.03507", "v2"),
        ("10.48550/arXiv.hep-th/9901001", "arXiv:hep-th/9901001", ""),
    ],
)
def test_surface_forms(written: str, canonical: str, version: str, around: str) -> None:
    if "10." in written and around in ("{}: x",):
        around = "{} x"  # a DOI may hold a colon, but it does not end in one
    if around == "x/{}" and "/" in written:
        around = "x: {}"  # a slash in front makes another address of it
    text = around.format(written)
    if "|" in around and written.startswith("10."):
        assert "|" not in found(text)[0][0]
    assert found(text) == [(written, canonical, version)]


@pytest.mark.parametrize(
    "mark", [".", ",", ";", ":", "!", "?", ")", "].", "”", "’", '"', "**", ">"]
)
def test_punctuation_behind_a_doi_is_not_part_of_it(mark: str) -> None:
    assert found(f"10.1000/x(1)y{mark} z") == [("10.1000/x(1)y", "doi:10.1000/x(1)y", "")]


@pytest.mark.parametrize(
    "text",
    [
        "2413.12345", "2400.12345", "2403.00000", "1412.12345", "1501.1234", "0703.1234",
        "2024.12345", "2099.12345", "2506.000101", "2403.035071", "hep-th/9913001", "hep-th/0704001", "cs/9106001",
        "arXiv:2413.00001", "10.48550/arXiv.2413.00001",
    ],
)  # fmt: skip
def test_impossible_identifiers_are_seen_but_name_no_paper(text: str) -> None:
    [(written, canonical, version)] = found(text)
    assert (written, canonical, version) == (text, "", "")


@pytest.mark.parametrize(
    "text",
    [
        "12403.03507", "2403.03507.1", "1.2403.03507", "x2403.03507", "v2403.03507",
        "2403,03507", "2403.035", "403.03507", "10.12/x", "9901001", "foo-th/9901001",
        "hep-th/99010012", "hep-th/990100", "xhep-th/9901001", "3.14159", "", "arXiv:", "no digits",
    ],
)  # fmt: skip
def test_what_is_no_identifier(text: str) -> None:
    assert found(text) == []


def test_several() -> None:
    text = "2403.03507,2403.03508;arXiv:2403.03509/2403.03510–2403.03511 hep-th/9901001,10.1000/x"
    assert [canonical for _, canonical, _ in found(text)] == [
        *(f"arXiv:2403.0{number}" for number in (3507, 3508, 3509, 3510, 3511)),
        "arXiv:hep-th/9901001",
        "doi:10.1000/x",
    ]


@pytest.mark.parametrize(
    ("canonical", "node", "url", "published"),
    [
        ("arXiv:2403.03507", "paper:2403.03507", "https://arxiv.org/abs/2403.03507", "2024-03"),
        ("arXiv:0704.0001", "paper:0704.0001", "https://arxiv.org/abs/0704.0001", "2007-04"),
        ("arXiv:hep-th/9901001", "paper:hep-th/9901001", "https://arxiv.org/abs/hep-th/9901001", "1999-01"),
        ("arXiv:cs/0112017", "paper:cs/0112017", "https://arxiv.org/abs/cs/0112017", "2001-12"),
        ("doi:10.1000/x(1)", "paper:doi:10.1000/x(1)", "https://doi.org/10.1000/x(1)", ""),
        ("doi:10.1000/a<b>#c?d%e", "paper:doi:10.1000/a<b>#c?d%e",
         "https://doi.org/10.1000/a%3Cb%3E%23c%3Fd%25e", ""),
    ],
)  # fmt: skip
def test_papers(canonical: str, node: str, url: str, published: str) -> None:
    paper = ids.PaperId(canonical)
    assert (paper.node, paper.url, paper.published) == (node, url, published)
    assert ids.iri_of(node) == url


@steady
@given(st.text(alphabet="0123456789.v/:xaiXr v-\n(hepth)", max_size=40))
def test_find_ids_is_orderly(text: str) -> None:
    end = 0
    for one in find_ids(text):
        assert end <= one.start < one.end <= len(text)
        end = one.end
        if one.paper:
            assert one.paper.published or one.paper.canonical.startswith("doi:")


@steady
@given(st.integers(2015, 2098), st.integers(1, 12), st.integers(1, 99999), st.sampled_from(["", "v1", "v23"]))  # fmt: skip
def test_every_new_identifier(year: int, month: int, serial: int, version: str) -> None:
    number = f"{year % 100:02}{month:02}.{serial:05}"
    for text in (number, f"arXiv:{number}", f"https://arxiv.org/abs/{number}"):
        assert found(f"({text}{version})") == [(text + version, f"arXiv:{number}", version)]
    assert ids.PaperId(f"arXiv:{number}").published == f"{year}-{month:02}"


# -- slugs and node ids ----------------------------------------------------------------

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
TRICKY = st.text(alphabet="a_ %5F/:~#ĐđoôồộΣα\u0301\u0323.", max_size=5)


@steady
@given(st.one_of(WORDS, TRICKY), st.one_of(WORDS, TRICKY))
@example("a b", "a_b")
@example("a%5Fb", "a_b")
@example("a/b", "a%2Fb")
@example("Độ", "Đồ")
@example("PixArt-Σ", "PixArt-α")
@example("e\u0301", "é")
def test_slugs_are_as_different_as_their_texts(first: str, second: str) -> None:
    assert (slug(first) == slug(second)) == (normalise(first) == normalise(second))


def test_slug_of_a_null() -> None:
    assert slug("a\0b") != slug("a_b")


@steady
@given(st.lists(TRICKY, min_size=1, max_size=3), st.lists(TRICKY, min_size=1, max_size=3))
def test_topics_are_as_different_as_their_paths(first: list[str], second: list[str]) -> None:
    same = [*map(normalise, first)] == [*map(normalise, second)]
    assert (ids.topic_id(tuple(first)) == ids.topic_id(tuple(second))) == same


# ucschar of RFC 3987, section 2.2
_UCS = "\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef" + "".join(
    f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 15)
)
_SEGMENT = re.compile(rf"(?:[A-Za-z0-9._~!$&'()*+,;=:@{_UCS}-]|%[0-9A-F]{{2}})*")


@steady
@given(st.one_of(WORDS, TRICKY, st.text(st.characters(), max_size=4)))
def test_iris_are_valid(text: str) -> None:
    segment = slug(text)
    assert _SEGMENT.fullmatch(segment), ascii(segment)
    for node in (ids.topic_id((text, text)), ids.keyword_id(text), ids.digest_id(text),
                 ids.entry_id("Idea", "2024-03", text), ids.artifact_id("paper:2403.03507", text)):  # fmt: skip
        iri = ids.iri_of(node)
        assert iri.startswith(ids.DEFAULT_BASE)
        for one in iri.removeprefix(ids.DEFAULT_BASE).split("/"):
            assert _SEGMENT.fullmatch(one), ascii(iri)


def test_iris_are_readable() -> None:
    path = ("Thị giác máy tính (CV)", "PixArt-Σ & Độ")
    node = ids.topic_id(path)
    assert node == "topic:Thị_giác_máy_tính_(CV)/PixArt-Σ_&_Độ"
    assert ids.iri_of(node, "https://e.example/") == (
        "https://e.example/topic/Thị_giác_máy_tính_(CV)/PixArt-Σ_&_Độ"
    )


def test_one_composition() -> None:
    for text in ("Tỉa lớp có điều kiện", "Đồ", "é"):
        decomposed = unicodedata.normalize("NFD", text)
        assert decomposed != text
        assert slug(decomposed) == slug(text)
        assert ids.keyword_id(decomposed.upper()) == ids.keyword_id(text)
    assert ids.topic_id(("Độ",)) != ids.topic_id(("Đồ",))
    assert ids.topic_id(("độ",)) != ids.topic_id(("Độ",))
    assert ids.keyword_id("Straße") == ids.keyword_id("STRASSE")


def test_long_titles_are_cut_and_stay_apart() -> None:
    title = "Word " * 40
    one, other = (ids.entry_id("Idea", "2024-03", title + end) for end in ("a", "b"))
    assert one != other
    assert len(one) < 120
    assert one.startswith("idea:2024-03/Word_Word_")
    assert ids.entry_id("Idea", "2024-03", "Ngắn") == "idea:2024-03/Ngắn"

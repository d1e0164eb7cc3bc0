"""A source holds a place and asks the digest for the words: they are what counting by hand gives."""

from __future__ import annotations

import copy
import pickle

from hypothesis import example, given
from hypothesis import strategies as st

import kg
from kg.model import Quote, Source
from kg.reading import Document

CHARACTERS = st.sampled_from("ab Độ\u0301π𝔸\n\r\t\ufeff")
AROUND = 32


@given(st.text(CHARACTERS, max_size=60), st.integers(0, 60), st.integers(0, 60))
@example("\ufeffĐộ", 1, 3)
@example("a\r\nπ\rb", 3, 4)
@example("abĐπ𝔸" * 20, 45, 58)
def test_a_quote_is_what_the_text_says(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    first, last = (len(text[:place].encode()) for place in (start, end))
    quote = Document(text, "d.md").quote("S", first, last)
    around = (
        ("", "") if start == end else (text[max(0, start - AROUND) : start], text[end:][:AROUND])
    )
    lines = text[:start].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if text[start - 1 : start + 1] == "\r\n" and start:  # between the two the line has not ended
        lines = [*lines[:-2], f"{lines[-2]}\r"]
    hidden = len(lines) == 1 and start > 0 and text.startswith("\ufeff")
    assert quote == Quote(
        "d.md", "S", len(lines), len(lines[-1]) + 1 - hidden, first, last, text[start:end],
        start, around[0].removeprefix("\ufeff"), around[1],
    )  # fmt: skip


def test_columns_of_a_line_as_long_as_the_document() -> None:
    text = "Độ π 𝔸 " * 4000
    document = Document(text)
    for place in (0, 1, 1023, 1024, 5000, len(text) - 1):
        assert document.position(len(text[:place].encode())) == (1, place + 1)


def test_read_or_told_a_source_is_the_same() -> None:
    document = Document("một\nhai ba", "d.md")
    read = Source.of(document, "S", 6, 9)
    told = Source("d.md", "S", 2, 1, 6, 9, "hai", 4, "một\n", " ba")
    assert read == told
    assert len({read, told}) == 1
    assert (read.line, read.column, read.text, read.offset) == (2, 1, "hai", 4)
    assert (read.before, read.after, read.file) == ("một\n", " ba", "d.md")
    assert repr(read) == repr(told)
    assert "text='hai'" in repr(read)
    for changed in (
        Source.of(Document("one\ntwo six", "d.md"), "S", 6, 9),
        Source.of(document, "T", 6, 9),
        Source.of(document, "S", 6, 8),
        Source.of(Document("một\nhai ba", "e.md"), "S", 6, 9),
    ):
        assert changed != read
        assert len({read, changed}) == 2


def test_sources_are_copied_and_pickled_whole() -> None:
    graph = kg.build(
        "## READING_LIST\n\n1. 2403.03507 – GaLore · vì tiết kiệm.\n", period="2024-03"
    )
    places = [place for node in graph.nodes() for place in node.sources]
    assert pickle.loads(pickle.dumps(places)) == places
    assert copy.deepcopy(places) == places


def test_a_graph_read_back_adds_nothing_to_the_one_that_was_built(tmp_path: object) -> None:
    graph = kg.build(
        "## READING_LIST\n\n1. 2403.03507 – GaLore · vì tiết kiệm.\n", period="2024-03"
    )
    path = graph.export("ttl", f"{tmp_path}/graph.ttl")
    before = [*graph.nodes(), *graph.edges()]
    graph.update([*kg.load(path).nodes(), *kg.load(path).edges()])
    assert [*graph.nodes(), *graph.edges()] == before

"""The ledger: nothing of a digest is lost without a word, and damage to it is noticed."""

from __future__ import annotations

import os
import re
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from digests import ID, PARAMS, SAMPLE

import kg
from kg.diagnostics import Diagnostic
from kg.ledger import ACCOUNTS, Ledger, keep_ledger
from kg.lint import lint
from kg.pipeline import build_documents
from kg.reading import Document, read_outline

BOTH = [pytest.param(SAMPLE, id="sample"), *PARAMS]
SOME = BOTH if os.environ.get("KG_NIGHTLY") else [BOTH[0], *PARAMS[4:8:3]]
BREAK = re.compile(r"\r\n|\r|\n")


class Account:
    """All that is known of one text."""

    def __init__(self, text: str, name: str = "2024-03.md") -> None:
        self.document = Document(text, name)
        self.graph = build_documents([self.document])
        self.ledger: Ledger = keep_ledger(self.document, self.graph)
        outline = read_outline(self.document)
        found = [*self.graph.diagnostics, *lint(self.graph, [outline])]
        self.remarks: list[Diagnostic] = [*found, *self.ledger.diagnostics(found)]

    @property
    def holds(self) -> tuple[object, ...]:
        """The facts, without their places."""
        nodes = {
            (node.id, node.label, tuple(sorted((k, str(v)) for k, v in node.attributes.items())))
            for node in self.graph.nodes()
        }
        edges = {(*edge.key, edge.mentions) for edge in self.graph.edges()}
        return nodes, edges, sorted((d.code, d.message) for d in self.remarks)

    def written(self) -> Counter[str]:
        return Counter(ID.findall(self.document.text))

    def held(self) -> Counter[str]:
        """Mentions that the graph holds, counted by their place."""
        places = {
            (node.id, place.start)
            for node in self.graph.nodes("Paper")
            for place in node.sources
            if ID.fullmatch(place.text)
        }
        return Counter(node.removeprefix("paper:") for node, _ in places)


def check_sources(document: Document, graph: kg.KnowledgeGraph) -> None:
    """Every source is where it says: `check_places` for long texts."""
    begins = [0, *(match.end() for match in re.finditer(rb"\r\n|\r|\n", document.data))]
    for fact in (*graph.nodes(), *graph.edges()):
        for place in fact.sources:
            assert document.data[place.start : place.end].decode() == place.text
            line = bisect_right(begins, place.start)
            before = document.data[begins[line - 1] : place.start].decode().removeprefix("\ufeff")
            assert (place.line, place.column) == (line, len(before) + 1), place


def check_complete(account: Account) -> None:
    """Every non-blank line is accounted for, each of its characters once."""
    document = account.document
    check_sources(document, account.graph)
    rows = BREAK.split(document.text)
    by_line: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for entry in account.ledger.entries:
        assert entry.account in ACCOUNTS
        assert document.position(entry.start)[0] == entry.line
        assert document.data[entry.start : entry.end].decode().strip() == entry.text
        row = rows[entry.line - 1].removeprefix("\ufeff")
        assert row[entry.column - 1 :].startswith(entry.text.splitlines()[0]), entry
        by_line[entry.line].append((entry.start, entry.end))
    begins = [*document.line_starts, len(document.data)]
    for number, (begin, end) in enumerate(zip(begins, begins[1:], strict=False), 1):
        if not document.data[begin:end].decode().strip():
            continue
        covered = bytearray(end - begin)
        for start, stop in by_line[number]:
            assert begin <= start < stop <= end
            assert not any(covered[start - begin : stop - begin]), f"line {number} twice"
            covered[start - begin : stop - begin] = b"x" * (stop - start)
        free = bytes(
            b for b, taken in zip(document.data[begin:end], covered, strict=True) if not taken
        )
        assert not free.strip(), f"line {number}: {free!r}"


@pytest.mark.parametrize("path", BOTH)
def test_nothing_is_lost(path: Path) -> None:
    account = Account(path.read_text(encoding="utf-8"), path.name)
    check_complete(account)
    assert account.ledger.lost() == []
    assert account.ledger.unheld == []
    assert account.written() == account.held()
    assert sum(account.ledger.identifiers.values()) == sum(account.written().values())


@pytest.mark.parametrize("path", BOTH)
def test_identifiers_are_conserved_by_section(path: Path) -> None:
    account = Account(path.read_text(encoding="utf-8"), path.name)
    held = Counter(
        section
        for section, _ in {
            (place.section, place.start)
            for node in account.graph.nodes("Paper")
            for place in node.sources
            if ID.fullmatch(place.text)
        }
    )
    assert held == account.ledger.identifiers
    assert set(account.ledger.counts()) >= set(held)


def bom(text: str) -> str:
    return "\ufeff" + text


def crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def tabs(text: str) -> str:
    return re.sub(r"(?m)^( {4})+", lambda m: "\t" * (len(m[0]) // 4), text)


def all_of_them(text: str) -> str:
    return bom(crlf(nfd(tabs(text))))


@pytest.mark.parametrize("change", [bom, crlf, nfd, tabs, all_of_them])
@pytest.mark.parametrize("path", BOTH)
def test_other_bytes_same_account(path: Path, change: Callable[[str], str]) -> None:
    text = path.read_text(encoding="utf-8")
    before, after = Account(text, path.name), Account(change(text), path.name)
    check_complete(after)
    lost = [entry for entry in after.ledger.lost() if entry.start > after.document.start]
    assert lost == []
    assert after.ledger.unheld == []
    assert after.written() == after.held() == before.held()
    assert after.graph.counts() == before.graph.counts()
    assert after.ledger.identifiers == before.ledger.identifiers


@pytest.mark.xfail(strict=True, reason="a list marker behind a byte order mark counts as lost")
def test_a_byte_order_mark_loses_nothing() -> None:
    text = "1.  **READING_LIST**\n\n    * 2403.03507 – GaLore · memory\n"
    assert Account(text).ledger.lost() == []
    assert Account(bom(text)).ledger.lost() == []


# -- damage --------------------------------------------------------------------------


def lines_with(text: str, pattern: str, count: int = 3) -> list[int]:
    """Some lines that a pattern occurs in, spread over the text."""
    found = [n for n, line in enumerate(text.split("\n")) if re.search(pattern, line)]
    return found[:: max(1, len(found) // count)]


def drop(lines: list[str], n: int) -> None:
    del lines[n]


def double(lines: list[str], n: int) -> None:
    lines.insert(n, lines[n])


def truncate(lines: list[str], n: int) -> None:
    lines[n] = lines[n][: len(lines[n]) * 2 // 3]


def swap(lines: list[str], n: int) -> None:
    if lines[n + 1].strip():
        lines[n], lines[n + 1] = lines[n + 1], lines[n]


def outdent(lines: list[str], n: int) -> None:
    lines[n] = lines[n].removeprefix("    ")


def indent(lines: list[str], n: int) -> None:
    lines[n] = "    " + lines[n]


def another_digit(lines: list[str], n: int) -> None:
    lines[n] = re.sub(r"(\d{4}\.\d{3})(\d)", lambda m: f"{m[1]}{(int(m[2]) + 1) % 10}", lines[n], 1)


def impossible(lines: list[str], n: int) -> None:
    lines[n] = re.sub(r"(\d\d)\d\d(\.\d{5})", r"\g<1>77\2", lines[n], count=1)


ANY_ID = r"\d{4}\.\d{5}"
DAMAGE = [
    (drop, ANY_ID), (double, r"^\s*\*\s+\d{4}\.\d{5} \|"), (truncate, ANY_ID), (swap, r"^\s*\*\s+\d{4}\.\d{5} –"),
    (outdent, r"^ {8,}\S+ +\d{4}\.\d{5} \|"), (another_digit, ANY_ID), (impossible, ANY_ID),
]  # fmt: skip


@pytest.mark.parametrize(
    ("damage", "pattern"), DAMAGE, ids=lambda value: getattr(value, "__name__", "")
)
@pytest.mark.parametrize("path", SOME)
def test_damage_is_noticed(
    path: Path, damage: Callable[[list[str], int], None], pattern: str
) -> None:
    text = path.read_text(encoding="utf-8")
    before = Account(text, path.name).holds
    tried = 0
    for n in lines_with(text, pattern):
        lines = text.split("\n")
        damage(lines, n)
        if lines == text.split("\n"):
            continue
        tried += 1
        after = Account("\n".join(lines), path.name)
        check_complete(after)
        assert after.ledger.unheld == []
        possible = Counter({i: c for i, c in after.written().items() if i[2:4] != "77"})
        assert possible == after.held()
        assert after.holds != before, f"{damage.__name__} of line {n + 1} goes unnoticed"
    assert tried or pattern != ANY_ID


@pytest.mark.parametrize("path", BOTH)
def test_an_impossible_identifier_has_its_place(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    n = lines_with("\n".join(lines), ANY_ID)[3]
    impossible(lines, n)
    [remark] = [d for d in Account("\n".join(lines)).remarks if d.code == "impossible-id"]
    assert remark.line == n + 1
    assert re.match(r"\d\d77\.\d{5}", lines[n][remark.column - 1 :])


HEADING = re.compile(r"(?m)^(?:\d\.\s+\*\*|#+ (?:\d\. )?)([A-Z]+_[A-Z_]+)(\*\*)?.*$")


@pytest.mark.parametrize(
    "first",
    [
        False,
        pytest.param(
            True,
            marks=pytest.mark.xfail(
                strict=True, reason="a tree under an unknown first heading becomes the introduction"
            ),
        ),
    ],
)
@pytest.mark.parametrize("path", SOME)
def test_a_broken_heading_is_noticed(path: Path, first: bool) -> None:
    text = path.read_text(encoding="utf-8")
    headings = list(HEADING.finditer(text))
    assert len(headings) >= 6
    for match in headings[:1] if first else headings[1:]:
        start, end = match.span(1)
        broken = text[:start] + "BROKEN_THING_NOBODY_KNOWS" + text[end:]
        after = Account(broken, path.name)
        check_complete(after)
        assert after.written() == after.held(), match[1]
        found = [d for d in after.remarks if d.code in ("unknown-section", "not-understood")]
        line = text.count("\n", 0, match.start()) + 1
        assert [d for d in found if d.line >= line], match[1]
        assert found[0].line == line


@pytest.mark.parametrize("path", SOME)
def test_a_broken_label_is_noticed(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    before = Account(text, path.name).holds
    for label in (
        "Motivation:",
        "Key novelty:",
        "Key Novelty:",
        "Risk/Feasibility:",
        "Suy nghĩ:",
        "Cơ hội:",
    ):
        if label in text:
            after = Account(text.replace(label, "Qwertz:", 1), path.name)
            check_complete(after)
            assert after.holds != before, label


def test_words_that_no_entry_takes_are_lost_by_name() -> None:
    text = "# TOPIC_TREE\n\n* ML\n  * 2403.03507 | text\n\n# Weather\n\nRain on 2403.00071 today.\n"
    account = Account(text)
    check_complete(account)
    assert [entry.text for entry in account.ledger.lost()] == ["Rain on", "today."]
    told = [(d.line, d.column, d.code) for d in account.remarks if d.line > 5]
    assert told == [(6, 3, "unknown-section"), (8, 1, "not-understood"), (8, 20, "not-understood")]
    assert account.ledger.identifiers[""] == 1


def test_the_facts_of_a_line() -> None:
    account = Account(SAMPLE.read_text(encoding="utf-8"), SAMPLE.name)
    data = account.document.data
    start = data.index(b"2403.")
    facts = account.ledger.facts_at(start, start + 4)
    assert any(isinstance(fact, kg.Node) and fact.type == "Paper" for fact in facts)
    assert account.ledger.facts_at(len(data), len(data)) == []

"""The query page in a browser that reaches nothing but this machine."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from digests import SAMPLE
from serving import RUNAWAY, Server, served

import kg
from kg.answers import spell
from kg.ontology import load_ontology
from kg.query import ask, store_of
from kg.questions import load_questions

if TYPE_CHECKING:
    from browser import Tab

QUESTIONS = load_questions()


class Page:
    """The query page as a person uses it."""

    def __init__(self, tab: Tab, server: Server) -> None:
        self.tab = tab
        self.server = server
        self.run = tab.run

    def open(self, path: str = "/sparql") -> None:
        self.tab.driver.get(self.server.address + path)
        self.wait("document.documentElement.dataset.ready || document.querySelector('article')")

    def wait(self, condition: str) -> None:
        end = time.monotonic() + 20
        while not self.run(f"return Boolean({condition})"):
            assert time.monotonic() < end, f"never true: {condition}"
            time.sleep(0.03)

    def write(self, text: str) -> None:
        """Types a query over the old one."""
        from selenium.webdriver.common.keys import Keys

        self.tab.type("#text", Keys.CONTROL + "a")
        self.tab.type("#text", text)

    def answered(self) -> None:
        self.wait(
            "document.querySelector('#status').className !== 'busy' && document.querySelector('#result').children.length"
        )

    def cells(self) -> list[list[str]]:
        found: list[list[str]] = self.run(
            "return [...document.querySelectorAll('#result tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent))"
        )
        return found

    def text(self, selector: str) -> str:
        return str(
            self.run("return document.querySelector(arguments[0])?.textContent ?? ''", selector)
        )


@pytest.fixture
def page(tab: Tab, server: Server) -> Iterator[Page]:
    """The page with nothing kept of an earlier visit; afterwards only the server was asked."""
    made = Page(tab, server)
    tab.resize(1280, 860)
    made.open()
    tab.driver.delete_all_cookies()
    made.run("sessionStorage.clear()")
    tab.complaints()
    tab.requests()
    made.open()
    yield made
    assert all(address.startswith(server.address) for address in tab.requests())
    assert tab.run("return window.__pwned === undefined")


@pytest.fixture
def quiet(page: Page) -> Iterator[Page]:
    """The same; afterwards nothing stands in the console."""
    yield page
    assert page.tab.complaints() == []


def test_the_map_leads_to_the_query_page(quiet: Page) -> None:
    quiet.tab.driver.get(f"{quiet.server.address}/")
    quiet.wait("window.kg && kg.ready")
    quiet.tab.click("#tools a")
    quiet.wait("document.documentElement.dataset.ready && document.querySelector('#list button')")
    assert quiet.run("return location.pathname") == "/sparql"


def test_all_questions_are_there_and_one_is_answered(quiet: Page) -> None:
    titles = quiet.run(
        "return [...document.querySelectorAll('#list button')].map((one) => one.textContent)"
    )
    assert titles == [question.title["en"] for question in QUESTIONS.values()]
    quiet.tab.type("#find", "build paper")
    quiet.tab.click("#list button")
    quiet.answered()
    answer = ask(store_of(kg.build(SAMPLE)), QUESTIONS["ideas-on-paper"])
    assert quiet.text("#title") == "Which ideas build on a paper?"
    assert [row[0] for row in quiet.cells()] == [row[0].value for row in answer.rows]  # type: ignore[union-attr]
    heads = quiet.run(
        "return [...document.querySelectorAll('#result th')].map((one) => one.textContent)"
    )
    assert heads == [
        QUESTIONS["ideas-on-paper"].heading(c, "en", load_ontology()) for c in answer.columns
    ]
    quiet.tab.click("#tabs button:nth-child(2)")
    quiet.wait("document.querySelector('#result pre')")
    assert quiet.text("#result pre").split() == spell(answer, "csv").split()
    quiet.tab.click("#tabs button:nth-child(3)")
    quiet.wait("document.querySelector('#result pre')?.textContent.startsWith('{')")
    assert json.loads(quiet.text("#result pre")) == json.loads(spell(answer, "json"))


@pytest.mark.parametrize("name", ["overview", "evidence", "papers-everywhere"])
def test_a_table_says_what_kg_ask_says(quiet: Page, name: str) -> None:
    answer = ask(store_of(kg.build(SAMPLE)), QUESTIONS[name])
    quiet.open(f"/sparql?query={quote(QUESTIONS[name].sparql)}")
    quiet.answered()
    assert len(quiet.cells()) == min(len(answer.rows), 300)
    assert quiet.text("#status").startswith(
        f"{len(answer.rows):,} row" if len(answer.rows) > 1 else "1 row"
    )


def test_a_query_typed_and_run_by_keys(quiet: Page) -> None:
    from selenium.webdriver.common.keys import Keys

    quiet.write("SELECT ?name { ?idea kg:buildsOn/rdfs:label ?name } ORDER BY ?name")
    assert (
        quiet.text("#paint").strip()
        == "SELECT ?name { ?idea kg:buildsOn/rdfs:label ?name } ORDER BY ?name"
    )
    assert (
        quiet.run("return document.querySelector('#paint .prefixed').textContent") == "kg:buildsOn"
    )
    quiet.tab.type("#text", Keys.CONTROL + Keys.ENTER)
    quiet.answered()
    assert ["GaLore"] in quiet.cells()
    address = quiet.run("return location.href")
    quiet.open("/sparql")
    assert "buildsOn" in quiet.run("return document.querySelector('#text').value"), (
        "kept for the next visit"
    )
    quiet.open(address.removeprefix(quiet.server.address))
    quiet.answered()
    assert ["GaLore"] in quiet.cells()


def test_a_term_leads_to_its_page(quiet: Page) -> None:
    quiet.write(
        "SELECT ?p ?label { ?p a kg:Paper ; rdfs:label ?label . FILTER(?label = 'GaLore') }"
    )
    quiet.tab.click("#run")
    quiet.answered()
    assert quiet.cells() == [["arxiv:2403.03507", "GaLore"]]
    quiet.tab.click("#result td a")
    quiet.wait("document.querySelector('article h2')?.textContent === 'GaLore'")
    assert quiet.run("return location.pathname") == "/abs/2403.03507"
    quiet.tab.click("article .button.strong")
    quiet.wait("window.kg?.ready === true")
    assert "GaLore" in quiet.text("#detail h2")


def test_truth_and_triples_and_nothing(quiet: Page) -> None:
    for text, expected in (
        ("ASK { ?x a kg:Idea }", "Yes"),
        ("ASK { ?x a kg:Idea . FILTER(false) }", "No"),
        ("DESCRIBE arxiv:2403.03507", "GaLore"),
        ("SELECT ?x { ?x a kg:Entry . FILTER(false) }", "∅"),
    ):
        quiet.write(text)
        quiet.tab.click("#run")
        quiet.wait(
            f"document.querySelector('#result').textContent.includes({json.dumps(expected)})"
        )


def test_a_mistake_is_shown_where_it_is(page: Page) -> None:
    page.open(f"/sparql?query={quote('SELECT ?x {' + chr(10) + '  ?x kg:buildOn ?y }')}")
    page.answered()
    assert "line 2, column 6" in page.text(".problem .where")
    assert "did you mean kg:buildsOn?" in page.text(".problem")
    assert page.text("#paint .wrong") == "kg:buildOn"
    assert page.text("#lines .wrong") == "2"
    page.tab.click(".problem button")
    caret = page.run("return document.querySelector('#text').selectionStart")
    assert caret == len("SELECT ?x {\n  ?x ")
    page.tab.type("#text", "x")
    assert page.text("#paint .wrong") == "", "a change takes the mark away"


def test_a_place_is_counted_in_characters(page: Page) -> None:
    page.open(
        f"/sparql?query={quote('SELECT ?x { BIND(' + chr(34) + '𝛑𝛑 độ' + chr(34) + ' AS ?x) ?x kg:buildOn ?y }')}"
    )
    page.answered()
    assert page.text("#paint .wrong") == "kg:buildOn"


def test_stop_stops(quiet: Page) -> None:
    quiet.write(RUNAWAY)
    quiet.tab.click("#run")
    quiet.wait("!document.querySelector('#stop').hidden")
    quiet.tab.click("#stop")
    quiet.wait("document.querySelector('#status').textContent === 'Stopped.'")
    assert quiet.server.alive()


def test_texts_of_digests_are_never_markup(quiet: Page) -> None:
    attack = "<img src=x onerror='window.__pwned=1'></textarea></script><script>window.__pwned=2</script>"
    text = f'SELECT ("""{attack}""" AS ?x) (<javascript:window.__pwned=3> AS ?y) {{}}'
    quiet.open(f"/sparql?query={quote(text)}")
    quiet.answered()
    assert quiet.cells()[0][0] == attack
    assert quiet.run("return document.querySelectorAll('#work img, #work script').length") == 0
    assert quiet.run("return document.querySelector('#result a').getAttribute('href')").startswith(
        "/node?iri=javascript"
    )


def test_language_and_theme_are_kept(quiet: Page) -> None:
    quiet.write("ASK {}")
    quiet.tab.click("#run")
    quiet.answered()
    quiet.tab.click("#language")
    quiet.wait("document.documentElement.lang === 'vi' && document.documentElement.dataset.ready")
    assert quiet.run("return document.querySelector('#text').value") == "ASK {}"
    assert quiet.text("#run").startswith("Chạy")
    titles = quiet.run(
        "return [...document.querySelectorAll('#list button')].map((one) => one.textContent)"
    )
    assert titles == [question.title["vi"] for question in QUESTIONS.values()]
    before = quiet.run("return document.documentElement.dataset.theme")
    quiet.tab.click("#theme")
    after = quiet.run("return document.documentElement.dataset.theme")
    assert {before, after} == {"light", "dark"}
    quiet.open("/abs/2403.03507")
    assert quiet.run(
        "return [document.documentElement.lang, document.documentElement.dataset.theme]"
    ) == ["vi", after]


@pytest.mark.parametrize("width", [1280, 412])
def test_nothing_sticks_out(quiet: Page, width: int) -> None:
    quiet.tab.resize(width, 860)
    for path in (f"/sparql?query={quote('SELECT * { ?s ?p ?o } LIMIT 40')}", "/abs/2403.03507"):
        quiet.open(path)
        quiet.tab.settle()
        assert quiet.run("return document.documentElement.scrollWidth <= innerWidth")


def test_a_time_out_is_said(tab: Tab) -> None:
    with served(SAMPLE, "--timeout", 1, "--workers", 1) as running:
        page = Page(tab, running)
        page.open(f"/sparql?query={quote(RUNAWAY)}")
        page.answered()
        assert "it took more than 1 seconds" in page.text(".problem")
        tab.complaints()

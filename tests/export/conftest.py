"""Fixtures of the tests that use the explorer page as people do."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg import KnowledgeGraph, build
from kg.export import html

if TYPE_CHECKING:
    from browser import Tab

SAMPLE = Path(__file__).parents[2] / "examples" / "ai-research-2024-03.md"


class Explorer:
    """The page in a tab, with the words of its own interface."""

    def __init__(self, tab: Tab, path: Path) -> None:
        self.tab = tab
        self.path = path
        self.run = tab.run

    def open(self, fragment: str = "") -> None:
        """Opens the page afresh and waits until every part has started.

        A full history drops entries that no hand has made, and those of tests are such.
        """
        self.tab.driver.get("about:blank")
        self.tab.driver.execute_cdp_cmd("Page.resetNavigationHistory", {})
        self.tab.driver.get(self.path.as_uri() + (f"#{fragment}" if fragment else ""))
        self.wait("window.kg?.ready === true")
        self.tab.settle()

    def wait(self, condition: str, seconds: float = 10) -> None:
        """Waits until a condition of the page holds."""
        end = time.monotonic() + seconds
        while not self.run(f"return Boolean({condition})"):
            assert time.monotonic() < end, f"never true: {condition}"
            time.sleep(0.03)

    def type(self, text: str, into: str = "body") -> None:
        """Keys, as from the keyboard."""
        self.tab.type(into, text)
        self.tab.settle()

    def keys(self, text: str) -> None:
        """Keys to whatever has the focus."""
        self.tab.driver.switch_to.active_element.send_keys(text)
        self.tab.settle()

    def click(self, selector: str) -> None:
        self.tab.click(selector)
        self.tab.settle()

    def select(self, node: str) -> None:
        """Selects a node as a list does."""
        self.run("kg.choose(kg.data.index(arguments[0]))", node)
        self.tab.settle()

    def text(self, selector: str) -> str:
        """What can be read there; empty where nothing is."""
        return str(
            self.run("return document.querySelector(arguments[0])?.innerText ?? ''", selector)
        )

    def line(self, selector: str) -> str:
        """What can be read there, in one line."""
        return " ".join(self.text(selector).split())

    def texts(self, selector: str) -> list[str]:
        script = "return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText)"
        return list(self.run(script, selector))

    def state(self, key: str) -> Any:
        return json.loads(
            self.run(
                "const value = kg.state.get()[arguments[0]];"
                "return JSON.stringify(value instanceof Set ? [...value] : value)",
                key,
            )
        )

    @property
    def selected(self) -> str:
        """The id of the selected node; empty while there is none."""
        return str(self.run("return kg.data.id[kg.state.get().selected] ?? ''"))


@pytest.fixture
def explorer(tab: Tab, tmp_path: Path) -> Iterator[Any]:
    """Opens a graph's page; afterwards nothing was asked for, complained of or run."""
    made: list[Explorer] = []

    def start(
        graph: KnowledgeGraph, fragment: str = "", *, title: str | None = None, width: int = 1280,
        height: int = 860,
    ) -> Explorer:  # fmt: skip
        page = Explorer(tab, tmp_path / "page.html")
        page.path.write_text(html.page(graph, title), "utf-8")
        tab.resize(width, height)
        tab.complaints()
        tab.requests()
        page.open(fragment)
        made.append(page)
        return page

    yield start
    for page in made:
        assert tab.complaints() == []
        assert set(tab.requests()) <= {page.path.as_uri()}
        assert tab.run("return window.__pwned === undefined")


@pytest.fixture
def written(tab: Tab, tmp_path: Path) -> Iterator[Any]:
    """Opens a page given as text; afterwards nothing was asked for, complained of or run."""
    path = tmp_path / "page.html"

    def start(text: str) -> Tab:
        path.write_text(text, "utf-8")
        tab.resize(1280, 860)
        tab.open(path)
        return tab

    yield start
    assert tab.complaints() == []
    assert tab.requests() == [path.as_uri()]
    assert tab.run("return window.__pwned === undefined")


@pytest.fixture(scope="session")
def sample() -> KnowledgeGraph:
    """The graph of the sample digest."""
    made = build(SAMPLE)
    return getattr(made, "graph", made)

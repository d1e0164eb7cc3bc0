"""For everyone: keyboard, screen readers, two languages, light and dark, phones."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import corpus
import pytest

from kg import KnowledgeGraph

GALORE = "paper:2403.03507"
TAB, ESCAPE = "\ue004", "\ue00c"
FOCUSED = "return document.activeElement.id"


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core, which npm puts into a temporary folder."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed: axe-core cannot be fetched")
    folder = tmp_path_factory.mktemp("axe")
    command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "axe-core@4.10.3"]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    except (subprocess.SubprocessError, OSError) as error:
        pytest.skip(f"npm could not fetch axe-core: {error}")
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


def findings(page: Any, axe: str) -> list[str]:
    """What axe-core finds that is serious or critical."""
    page.run(axe)
    found = page.tab.driver.execute_async_script(
        "axe.run(document, { resultTypes: ['violations'] }).then((r) => arguments[0](r.violations))"
    )
    return [
        f"{rule['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_has_nothing_serious_to_say(
    explorer: Any, sample: KnowledgeGraph, axe: str, theme: str
) -> None:
    page = explorer(sample, f"theme={theme}")
    assert findings(page, axe) == []
    page.select(GALORE)
    page.run("document.querySelector('.why').click()")
    assert findings(page, axe) == []
    page.type("galore", "#query")
    assert findings(page, axe) == []
    page.type(ESCAPE + ESCAPE, "#query")
    page.run("kg.sidebar.tab('outline'); kg.focus.open()")
    page.tab.settle()
    assert findings(page, axe) == []
    page.run("kg.focus.close(); kg.views.enter('ideas')")
    page.tab.settle()
    assert findings(page, axe) == []
    page.run("kg.state.set({ hiddenTypes: new Set(kg.data.nodeTypes.keys()) }); kg.keys.help()")
    page.tab.settle()
    assert findings(page, axe) == []


def test_axe_on_a_phone_in_vietnamese(explorer: Any, sample: KnowledgeGraph, axe: str) -> None:
    page = explorer(sample, f"lang=vi&node={GALORE}", width=390, height=844)
    assert findings(page, axe) == []
    page.click("#menu")
    assert findings(page, axe) == []


def test_skip_links_come_first(explorer: Any) -> None:
    page = explorer(KnowledgeGraph(corpus.small()))
    page.run("document.activeElement.blur()")
    page.type(TAB)
    assert page.run("return document.activeElement.textContent") == "Skip to search"
    size = page.run("return document.activeElement.getBoundingClientRect().width")
    assert size > 60
    page.keys("\ue007")
    assert page.run(FOCUSED) == "query"


@pytest.mark.parametrize(
    ("key", "where"),
    [("/", "#query"), ("v", "#views"), ("l", "#legend"), ("o", "#tree"), ("m", "#canvas"), ("d", "#panel")],
)  # fmt: skip
def test_a_key_leads_to_each_region(explorer: Any, key: str, where: str) -> None:
    page = explorer(KnowledgeGraph(corpus.small()), f"node={GALORE}")
    page.type(key)
    assert page.run("return document.activeElement.closest(arguments[0]) !== null", where)


def test_help_lists_the_keys_and_can_silence_them(explorer: Any) -> None:
    page = explorer(KnowledgeGraph(corpus.small()), f"node={GALORE}")
    page.type("?")
    assert page.run("return document.querySelector('dialog').open")
    keys = page.texts("dialog kbd")
    assert {"/", "?", "Esc", "f", "p", "o", "v", "l", "m"} <= set(keys)
    page.click("dialog input")
    page.keys(ESCAPE)
    assert page.run("return document.querySelector('dialog') === null")
    page.type("f")
    assert page.run("return document.getElementById('focus').hidden")
    assert page.selected == GALORE


def test_escape_goes_back_one_step_at_a_time(explorer: Any) -> None:
    page = explorer(KnowledgeGraph(corpus.small()), f"node={GALORE}")
    page.type("f")
    assert not page.run("return document.getElementById('focus').hidden")
    page.keys(ESCAPE)
    assert page.run("return document.getElementById('focus').hidden")
    assert page.selected == GALORE
    page.keys(ESCAPE)
    assert page.selected == ""
    assert page.run(FOCUSED) == "canvas"


def test_the_whole_page_speaks_vietnamese(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample, f"node={GALORE}")
    page.click("#language")
    assert page.run("return document.documentElement.lang") == "vi"
    for part in ("#views", "#tabs", "#legend", "#detail", "#zoom", "#counts"):
        assert page.run("return /[À-ỹ]/.test(document.querySelector(arguments[0]).innerText)", part)
    assert "bài báo" in page.text("#legend").lower()
    assert "Làm nền tảng cho" in page.text("#detail")
    names = page.run(
        "return [...document.querySelectorAll('#tools button')].map((b) => b.ariaLabel)"
    )
    assert names == ["English", "Sáng hoặc tối", "Phím tắt và trợ giúp"]
    page.click("#language")
    assert "Is built on by" in page.text("#detail")


def test_every_word_of_the_interface_is_in_both_languages(explorer: Any) -> None:
    page = explorer(KnowledgeGraph(corpus.small()))
    odd = page.run(
        "const holes = (text) => (text.match(/{\\w+}/g) ?? []).sort().filter((v, k, all) => v !== all[k - 1]).join();"
        "return Object.entries(kg.strings).filter(([, { en, vi }]) => !en || !vi || holes(en) !== holes(vi)).map(([key]) => key)"
    )
    assert odd == []


def test_the_theme_turns_and_is_kept(explorer: Any) -> None:
    page = explorer(KnowledgeGraph(corpus.small()))
    shade = "return getComputedStyle(document.body).backgroundColor"
    before = page.run(shade)
    page.click("#theme")
    assert page.run(shade) != before
    page.open(page.run("return location.hash.slice(1)"))
    assert page.run(shade) != before


def boxes(page: Any, *ids: str) -> Iterator[dict[str, float]]:
    for name in ids:
        yield page.run("return document.getElementById(arguments[0]).getBoundingClientRect()", name)


def test_on_a_phone_the_panel_is_a_sheet_below_the_map(
    explorer: Any, sample: KnowledgeGraph
) -> None:
    page = explorer(sample, width=390, height=844)
    page.type("galore\ue007", "#query")
    area, panel = boxes(page, "map", "panel")
    assert panel["width"] == 390
    assert panel["bottom"] == 844
    assert area["height"] > 200
    assert area["bottom"] < panel["top"] + 30
    assert page.run("return document.documentElement.scrollWidth") <= 390
    place = page.run("return kg.map.place(kg.state.get().selected)")
    assert 0 < place["y"] < area["height"] - 18  # the selected node is not under the sheet


def test_on_a_phone_the_filters_are_a_drawer(explorer: Any) -> None:
    page = explorer(KnowledgeGraph(corpus.small()), width=390, height=844)
    shown = "return getComputedStyle(document.getElementById('side')).visibility"
    assert page.run(shown) == "hidden"
    page.click("#menu")
    assert page.run(shown) == "visible"
    page.click("[data-view=ideas]")
    assert page.run(shown) == "hidden"
    assert page.text("#detail h2") == "Ideas and what they build on"


def test_scripts_are_small_files() -> None:
    folder = Path(__file__).parents[2] / "kg" / "export" / "page"
    for path in folder.iterdir():
        if path.suffix in (".js", ".css"):
            assert len(path.read_text("utf-8").splitlines()) < 300, path.name

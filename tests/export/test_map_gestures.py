"""Hands on the map, addresses that keep a view, files of the view, and the page on other screens."""

from __future__ import annotations

import base64
import struct
import zlib
from html import escape
from pathlib import Path
from typing import Any

import corpus
import pytest

from kg import KnowledgeGraph
from kg.export import html

VIEW = "const { x, y, zoom } = kg.map.view(); return { x, y, zoom }"
LEFT = "\ue012"


def small() -> KnowledgeGraph:
    return KnowledgeGraph(corpus.small())


def origin(page: Any) -> tuple[float, float]:
    box = page.run(
        "const b = document.getElementById('canvas').getBoundingClientRect(); return [b.x, b.y]"
    )
    return box[0], box[1]


def mouse(page: Any, kind: str, x: float, y: float, **more: Any) -> None:
    event = {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1, **more}
    page.tab.driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)


def touch(page: Any, kind: str, *points: tuple[float, float]) -> None:
    rows = [{"x": x, "y": y, "id": turn} for turn, (x, y) in enumerate(points)]
    page.tab.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": rows})


def place(page: Any, node: str) -> tuple[float, float]:
    """Where a node stands in the window."""
    at = page.run("return kg.map.place(kg.data.index(arguments[0]))", node)
    left, top = origin(page)
    return at["x"] + left, at["y"] + top


def test_a_click_selects_and_one_on_free_ground_selects_nothing(
    explorer: Any, sample: KnowledgeGraph
) -> None:
    page = explorer(sample)
    page.run("kg.map.centre(kg.data.index('paper:2403.03507'), 3)")
    page.tab.settle()
    page.tab.click_at(*place(page, "paper:2403.03507"))
    assert page.selected == "paper:2403.03507"
    page.run("kg.state.set({ selected: -1 }); kg.map.fit()")
    page.tab.settle()
    page.tab.settle()
    left, top = origin(page)
    assert page.run("return kg.map.pick(6, 6)") == -1
    page.tab.click_at(left + 6, top + 6)
    assert page.selected == ""


def test_a_click_in_a_disc_selects_its_topic(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample)
    hit = page.run(
        "const i = kg.data.index('topic:Robotics'); const d = kg.data.disc; const v = kg.map.view();"
        "return [v.sx(d[3 * i]), v.sy(d[3 * i + 1] + 0.93 * d[3 * i + 2])]"
    )
    left, top = origin(page)
    page.tab.click_at(hit[0] + left, hit[1] + top)
    assert page.selected == "topic:Robotics"


def test_hovering_names_what_is_under_the_pointer(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample)
    x, y = place(page, "paper:2403.03507")
    mouse(page, "mouseMoved", x, y, button="none")
    page.tab.settle()
    assert "GaLore" in page.text("#tip")
    assert page.run("return kg.data.id[kg.map.hovered()]") == "paper:2403.03507"
    assert page.selected == ""


def test_the_map_is_dragged(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample)
    left, top = origin(page)
    before = page.run(VIEW)
    mouse(page, "mousePressed", left + 300, top + 300)
    for step in range(1, 6):
        mouse(page, "mouseMoved", left + 300 + 20 * step, top + 300 + 10 * step, buttons=1)
    mouse(page, "mouseReleased", left + 400, top + 350)
    page.tab.settle()
    after = page.run(VIEW)
    assert after["x"] == pytest.approx(before["x"] - 100 / before["zoom"], abs=0.01)
    assert after["y"] == pytest.approx(before["y"] - 50 / before["zoom"], abs=0.01)
    assert page.selected == ""


def test_the_wheel_zooms_about_the_pointer(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample)
    x, y = place(page, "paper:2403.03507")
    before = page.run(VIEW)
    mouse(page, "mouseWheel", x, y, deltaX=0, deltaY=-240, button="none")
    page.tab.settle()
    assert page.run(VIEW)["zoom"] > 1.3 * before["zoom"]
    after = place(page, "paper:2403.03507")
    assert after == pytest.approx((x, y), abs=1)


def test_a_double_click_goes_closer(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample)
    left, top = origin(page)
    before = page.run(VIEW)
    for count in (1, 2):
        mouse(page, "mousePressed", left + 8, top + 8, clickCount=count)
        mouse(page, "mouseReleased", left + 8, top + 8, clickCount=count)
    page.tab.settle()
    assert page.run(VIEW)["zoom"] == pytest.approx(2 * before["zoom"], rel=0.05)


def test_two_fingers_pinch(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample, width=390, height=844)
    left, top = origin(page)
    x, y = left + 190, top + 300
    before = page.run(VIEW)
    touch(page, "touchStart", (x - 30, y), (x + 30, y))
    for step in range(1, 7):
        touch(page, "touchMove", (x - 30 - 10 * step, y), (x + 30 + 10 * step, y))
    touch(page, "touchEnd")
    page.tab.settle()
    assert page.run(VIEW)["zoom"] == pytest.approx(3 * before["zoom"], rel=0.1)
    assert page.selected == ""


def test_the_keyboard_moves_and_zooms(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample)
    page.run("document.getElementById('canvas').focus()")
    before = page.run(VIEW)
    page.keys(LEFT)
    assert page.run(VIEW)["x"] < before["x"]
    page.keys("+")
    assert page.run(VIEW)["zoom"] > before["zoom"]
    page.keys("0")
    page.tab.settle()
    after = page.run(VIEW)
    assert [after[k] for k in "xy"] == pytest.approx([before[k] for k in "xy"], abs=0.5)


def test_an_address_restores_the_view_and_back_goes_back(
    explorer: Any, sample: KnowledgeGraph
) -> None:
    page = explorer(sample)
    page.run("kg.state.set({ selected: kg.data.index('paper:2403.03507') }, { push: true })")
    page.run("kg.map.centre(kg.data.index('paper:2403.03507'), 2.5)")
    page.tab.settle()
    page.wait("location.hash.includes('at=')")
    view, address = page.run(VIEW), page.run("return location.hash.slice(1)")
    page.open(address)
    assert page.selected == "paper:2403.03507"
    again = page.run(VIEW)
    assert again["zoom"] == pytest.approx(view["zoom"], rel=0.01)
    assert again["x"] == pytest.approx(view["x"], abs=0.2)
    page.run("kg.state.set({ selected: kg.data.index('topic:Robotics') }, { push: true })")
    page.run("history.back()")
    page.wait("kg.data.id[kg.state.get().selected] === 'paper:2403.03507'")


@pytest.mark.parametrize(
    "fragment",
    ["node=nobody&at=a,b,c&topic=x&from=&to=2024-99&without=Nothing%20Paper&depth=9", "%E0%A4%A", "at=1,2,-3",
     "at=1e400,0,1&node=__proto__", "=&&&"],
)  # fmt: skip
def test_a_broken_address_is_survived(explorer: Any, sample: KnowledgeGraph, fragment: str) -> None:
    page = explorer(sample, fragment)
    assert page.run("return Number.isFinite(kg.map.view().zoom)")
    assert page.selected == ""


def test_the_png_is_the_view_at_twice_the_size(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample)
    data = base64.b64decode(
        page.tab.driver.execute_async_script(
            "const done = arguments[0]; kg.map.screenshot().then((blob) => {"
            "const reader = new FileReader(); reader.onload = () => done(reader.result.split(',')[1]);"
            "reader.readAsDataURL(blob) })"
        )
    )
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    view = page.run("return [kg.map.view().width, kg.map.view().height]")
    assert [width, height] == [2 * view[0], 2 * view[1]]
    body = b""
    at = 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] == b"IDAT":
            body += data[at + 8 : at + 8 + length]
        at += 12 + length
    assert len(set(zlib.decompress(body))) > 40


def test_the_svg_has_the_names_as_text(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample)
    found = page.run(
        "const made = new DOMParser().parseFromString(kg.map.svg(), 'image/svg+xml');"
        "return { broken: made.querySelectorAll('parsererror').length,"
        " texts: [...made.querySelectorAll('text:not([aria-hidden])')].map((t) => t.textContent),"
        " paths: made.querySelectorAll('path').length }"
    )
    assert found["broken"] == 0
    assert found["paths"] > 100
    rows = " ".join(found["texts"])
    assert "Computer Vision" in rows
    assert "Robotics" in rows


def test_dark_and_light(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample, "theme=dark")
    shade = (
        "const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });"
        "pen.drawImage(document.getElementById('canvas'), 0, 0);"
        "return [...pen.getImageData(2, 2, 1, 1).data]"
    )
    assert max(page.run(shade)[:3]) < 60
    page.run("kg.state.set({ theme: 'light' })")
    page.tab.settle()
    assert min(page.run(shade)[:3]) > 200


def test_on_a_phone_the_map_fills_the_screen(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample, width=390, height=844)
    box = page.run(
        "const b = document.getElementById('map').getBoundingClientRect(); return [b.width, b.height]"
    )
    assert box[0] == 390
    assert box[1] > 560
    assert page.run("return document.documentElement.scrollWidth") <= 390
    page.select("paper:2403.03507")
    sheet = page.run(
        "const b = document.getElementById('panel').getBoundingClientRect(); return [b.left, b.width, b.bottom]"
    )
    assert sheet[0] == 0
    assert sheet[1] == 390
    assert sheet[2] <= 845


def test_with_reduced_motion_the_camera_jumps(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample)
    driver = page.tab.driver
    calm = {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", calm)
    try:
        zoom = page.run(
            "kg.map.centre(kg.data.index('paper:2403.03507'), 2); return kg.map.view().zoom"
        )
        assert zoom == 2
    finally:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_paper_shows_the_map_and_what_is_selected(explorer: Any, sample: KnowledgeGraph) -> None:
    page = explorer(sample, "theme=dark&node=paper%3A2403.03507")
    driver = page.tab.driver
    page.run("window.dispatchEvent(new Event('beforeprint'))")
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        page.tab.settle()
        shown = page.run(
            "return ['side', 'search', 'zoom', 'canvas', 'detail'].filter("
            "(id) => document.getElementById(id).getClientRects().length)"
        )
        assert shown == ["canvas", "detail"]
        assert page.run("return kg.theme.isDark()") is False
    finally:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
        page.run("window.dispatchEvent(new Event('afterprint'))")
    assert page.run("return kg.theme.isDark()") is True


def test_in_a_notebook_cell_the_page_works(tab: Any, tmp_path: Path) -> None:
    """A sandboxed frame without an address: no history, no storage, and the map all the same."""
    outer = tmp_path / "notebook.html"
    frame = f'<iframe sandbox="allow-scripts allow-popups" style="width:900px;height:600px" srcdoc="{escape(html.page(small()))}"></iframe>'
    outer.write_text(f"<!doctype html><title>n</title>{frame}", "utf-8")
    tab.resize(1280, 860)
    tab.open(outer)
    tab.driver.switch_to.frame(0)
    try:
        tab.run("kg.state.set({ selected: 3 }, { push: true })")
        tab.settle()
        assert tab.run("return kg.map.visibleLabels().length") > 0
        assert tab.run("return kg.state.get().selected") == 3
    finally:
        tab.driver.switch_to.default_content()
    assert tab.complaints() == []

"""A headless Chromium that reaches nothing but this machine, for tests that open a page as people do.

Driven by selenium with the chromedriver that belongs to the browser (Debian:
`chromium` and `chromium-driver`); without them the tests are skipped.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

__all__ = ["Tab", "chromium", "overlapping"]

_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--proxy-server=127.0.0.1:9",
    "--window-size=1280,860",
)


class Tab:
    """One browser tab: opens files, and remembers what they asked for and complained of."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, path: Path) -> None:
        """Opens a file from scratch and waits until it is drawn."""
        self.driver.get("about:blank")
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        self.driver.get(path.as_uri())
        self.settle()

    def settle(self) -> None:
        """Waits for two more frames and for animations to end."""
        self.driver.execute_async_script(
            "const done = arguments[0];"
            "setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 450);"
        )

    def run(self, script: str, *arguments: Any) -> Any:
        """Runs a script's body in the page; gives what it returns."""
        return self.driver.execute_script(script, *arguments)

    def type(self, selector: str, text: str) -> None:
        """Types into an element, as from the keyboard."""
        self.driver.find_element("css selector", selector).send_keys(text)

    def click(self, selector: str) -> None:
        """Clicks on the middle of an element."""
        self.driver.find_element("css selector", selector).click()

    def click_at(self, x: float, y: float) -> None:
        """Clicks on a point of the window, in CSS pixels."""
        for kind in ("mousePressed", "mouseReleased"):
            place = {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1}
            self.driver.execute_cdp_cmd("Input.dispatchMouseEvent", place)
        self.settle()

    def resize(self, width: int, height: int) -> None:
        """Gives the window another size, in CSS pixels."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.settle()

    def complaints(self) -> list[str]:
        """What stands in the console, policy violations and failed requests included."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """The addresses asked for since `open`, without the page's own and without data."""
        found = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] in ("Network.requestWillBeSent", "Network.webSocketCreated"):
                address = message["params"].get("request", message["params"])["url"]
                if not address.startswith(("data:", "blob:", "about:")):
                    found.append(address)
        return found


@contextmanager
def chromium(profile: Path) -> Iterator[Tab]:
    """A tab of a fresh browser; skips the test where there is none."""
    selenium = pytest.importorskip("selenium", reason="selenium is not installed")
    del selenium
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    browser = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
    driver = shutil.which("chromedriver")
    if browser is None or driver is None:
        pytest.skip("chromium and chromedriver are not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in (*_FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    session = webdriver.Chrome(options=options, service=Service(driver))
    session.set_script_timeout(20)
    try:
        yield Tab(session)
    finally:
        session.quit()


def overlapping(labels: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """The pairs of labels that cover each other."""
    return [
        (a["text"], b["text"])
        for turn, a in enumerate(labels)
        for b in labels[:turn]
        if a["x"] < b["x"] + b["width"]
        and b["x"] < a["x"] + a["width"]
        and a["y"] < b["y"] + b["height"]
        and b["y"] < a["y"] + a["height"]
    ]

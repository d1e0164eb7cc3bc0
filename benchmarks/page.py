"""Measures the page in Chromium beside stock pyvis and pyvis with fixed positions, in one run.

See `python benchmarks/page.py --help`.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

__all__ = ["Measured", "measure", "table"]

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "tests"))

_HELP = """\
For each size a digest is made (made.py) and built, and the graph is written as three pages:

  kg       the page of `kg build`
  fixed    pyvis 0.3.2 as it comes, with kg's positions and physics off
  stock    pyvis 0.3.2 as it comes, which looks for the positions itself

Each page is opened in headless Chromium without a GPU and without a network. Measured are the
time from the start of the navigation to the first picture of the graph (stock: until its progress
bar is gone), frames per second while the map is dragged and while the pointer moves over it, the
size of the file, and the memory of the renderer (PSS, Linux only) after that. A page that shows
nothing within the limit is stopped and listed as such.
"""
_NODES_PER_PAPER = 3.45
_SECONDS = 2.0
_WIDTH, _HEIGHT = 1280, 860
_WATCH = """
window.__picture = 0;
const seen = () => requestAnimationFrame(() => { window.__picture ||= performance.now(); });
const timer = setInterval(() => {
  if (performance.getEntriesByName("kg:first-picture").length) { clearInterval(timer); seen(); }
  if (typeof network === "object" && network && network.body) {
    clearInterval(timer);
    if (network.physics.physicsEnabled) network.once("stabilizationIterationsDone", seen);
    else { network.once("afterDrawing", seen); network.redraw(); }
  }
}, 4);
"""
_COUNT = """
window.__frames = 0;
window.__since = performance.now();
const round = (window.__round ?? 0) + 1;
window.__round = round;
const count = () => { if (window.__round === round) { window.__frames += 1; requestAnimationFrame(count); } };
requestAnimationFrame(count);
"""
_RATE = """
window.__round += 1;
return 1000 * window.__frames / (performance.now() - window.__since);
"""


@dataclass(frozen=True)
class Measured:
    """One page: seconds, frames per second, bytes; None where the limit stopped it."""

    picture: float | None
    pan: float = 0.0
    hover: float = 0.0
    size: int = 0
    memory: int = 0


def pages(papers: int, folder: Path, wanted: Sequence[str]) -> tuple[int, dict[str, Path]]:
    """Writes the pages of one graph; gives the number of its nodes, and the files."""
    from made import digest

    import kg
    from kg.export import html

    source = folder / "ai-research-2024-03.md"
    source.write_text("".join(digest(papers)), "utf-8")
    graph = kg.build(source)
    made = {}
    for name in wanted:
        path = folder / f"{name}.html"
        path.write_text(html.page(graph) if name == "kg" else pyvis_page(graph, name), "utf-8")
        made[name] = path
    return len(graph), made


def pyvis_page(graph: Any, name: str) -> str:
    """The same graph by pyvis; its lists are filled at once, since its own `add_node` is quadratic."""
    import pyvis.network

    from kg.layout import layout

    net = pyvis.network.Network(directed=True, cdn_resources="in_line", height="800px")
    places = layout(graph)
    for node in graph.nodes():
        colour = graph.ontology.node_type(node.type).colour
        row = {"id": node.id, "label": node.label[:40], "color": colour, "shape": "dot", "size": 5}
        if name == "fixed":
            row.update(x=places[node.id].x, y=places[node.id].y)
        net.nodes.append(row)
        net.node_ids.append(node.id)
        net.node_map[node.id] = row
    net.edges = [{"from": e.source, "to": e.target, "arrows": "to"} for e in graph.edges()]
    net.toggle_physics(name == "stock")
    return str(net.generate_html())


def measure(path: Path, limit: float) -> Measured:
    """Opens one page in a fresh browser."""
    from browser import chromium

    with tempfile.TemporaryDirectory() as profile, chromium(Path(profile)) as tab:
        driver = tab.driver
        tab.resize(_WIDTH, _HEIGHT)
        driver.set_page_load_timeout(limit)
        driver.set_script_timeout(limit)
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _WATCH})
        try:
            driver.get(path.as_uri())
            picture = _wait(lambda: float(tab.run("return window.__picture")), limit)
            if not picture:
                return Measured(None, size=path.stat().st_size)
            time.sleep(1.0)
            pan = _frames(tab, drag=True)
            hover = _frames(tab, drag=False)
        except Exception as error:
            if "timeout" not in str(error).lower():
                raise
            return Measured(None, size=path.stat().st_size)
        memory = _memory(profile)
    return Measured(picture / 1000, pan, hover, path.stat().st_size, memory)


def _wait(ask: Callable[[], float], limit: float) -> float:
    end = time.monotonic() + limit
    while time.monotonic() < end:
        found = ask()
        if found:
            return found
        time.sleep(0.05)
    return 0.0


def _frames(tab: Any, drag: bool) -> float:
    """Frames per second while the pointer goes to and fro over the middle of the map."""

    def mouse(kind: str, x: float, y: float) -> None:
        button = "left" if drag else "none"
        held = 1 if drag and kind != "mouseReleased" else 0
        event = {"type": kind, "x": x, "y": y, "button": button, "buttons": held, "clickCount": 1}
        tab.driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)

    x, y = 0.6 * _WIDTH, 0.5 * _HEIGHT
    if drag:
        mouse("mousePressed", x, y)
    tab.run(_COUNT)
    end = time.monotonic() + _SECONDS
    turn = 0
    while time.monotonic() < end:
        turn += 1
        swing = abs(turn % 60 - 30) - 15
        mouse("mouseMoved", x + 10 * swing, y + 5 * swing)
    rate = float(tab.run(_RATE))
    if drag:
        mouse("mouseReleased", x, y)
    return rate


def _memory(profile: str) -> int:
    """The memory of the largest renderer of a browser, in bytes; 0 where the system does not tell."""
    found = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
            if b"--type=renderer" in command and profile.encode() in command:
                rows = (process / "smaps_rollup").read_text().splitlines()
                share = next(row for row in rows if row.startswith("Pss:"))
                found = max(found, 1024 * int(share.split()[1]))
        except (OSError, StopIteration):
            continue
    return found


def table(rows: Sequence[tuple[int, str, Measured]], limit: float) -> str:
    """The measurements in Markdown."""
    lines = [
        "| nodes | page | first picture | pan | hover | file | renderer memory |",
        "|---:|---|---:|---:|---:|---:|---:|",
    ]
    for nodes, name, found in rows:
        if found.picture is None:
            cells = [f"none in {limit:.0f} s", "–", "–", f"{found.size / 1e6:.1f} MB", "–"]
        else:
            cells = [
                f"{found.picture:.2f} s",
                f"{found.pan:.0f} /s",
                f"{found.hover:.0f} /s",
                f"{found.size / 1e6:.1f} MB",
                f"{found.memory / 1e6:.0f} MB" if found.memory else "–",
            ]
        lines.append(f"| {nodes:,} | {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _middle(found: Sequence[Measured]) -> Measured:
    """The medians of several openings."""
    if any(one.picture is None for one in found):
        return next(one for one in found if one.picture is None)
    return Measured(
        median(one.picture or 0.0 for one in found),
        median(one.pan for one in found),
        median(one.hover for one in found),
        found[0].size,
        int(median(one.memory for one in found)),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(
        description=_HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("nodes", nargs="*", type=int, default=[1000, 10_000, 50_000])
    parser.add_argument("--pages", default="kg,fixed,stock", help="which of the three pages")
    parser.add_argument("--limit", type=float, default=120.0, help="seconds a page may take")
    parser.add_argument("--runs", type=int, default=3, help="openings of the page of kg")
    chosen = parser.parse_args(arguments)
    rows = []
    for nodes in chosen.nodes:
        with tempfile.TemporaryDirectory() as folder:
            papers = round(nodes / _NODES_PER_PAPER)
            count, made = pages(papers, Path(folder), chosen.pages.split(","))
            for name, path in made.items():
                runs = chosen.runs if name == "kg" else 1
                found = _middle([measure(path, chosen.limit) for _ in range(runs)])
                rows.append((count, name, found))
                print(table([rows[-1]], chosen.limit).splitlines()[-1], file=sys.stderr)
    print(f"\n{platform.processor() or platform.machine()}, {os.cpu_count()} cores, no GPU\n")
    print(table(rows, chosen.limit))
    return 0


if __name__ == "__main__":
    sys.exit(main())

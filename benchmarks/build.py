"""Measures `kg build` against a plain script, whole commands in cold processes, in pairs.

See `python benchmarks/build.py --help`.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

__all__ = ["Run", "measure", "table"]

HERE = Path(__file__).resolve().parent
REAL = HERE.parent.parent / "shared" / "digests" / "2024-03.md"
SAMPLE = HERE.parent / "examples" / "ai-research-2024-03.md"
_HELP = """\
Measures the whole command `kg build DIGEST -o FOLDER` (reading to all three files) against
plain.py, which does the same job the plain way: regular expressions over lines, networkx's
write_graphml, rdflib's serialize, stock pyvis. Both run with this interpreter, each run in a
process of its own, by turns (kg, plain, kg, plain …), so that whatever else the machine does
meets both. One run of each goes before and is not counted: it leaves byte code and warm files.

  small    a real digest of a month, about 100 papers
  large    a made digest of the same dialect (made.py), 10000 papers
  start    `kg --help` against `python -c pass`: what starting costs
"""
_NOTES = """\
CPU is user + system time of the process, wall the time people wait, peak its largest resident
memory. The ratios are kg / plain, taken pair by pair: below 1 kg is ahead. A run that is over
the limit is stopped and its command not run again; ratios with it are bounds.

plain.py extracts topics, papers, placements, highlights, keywords, contributions, gaps, ideas,
reading list and trends with their citations, each edge with its line. It does not do what it
does not need for that: names by rule, artifacts, citations by name, co-citations, evidence to
the byte, positions. So it writes less, as the table says.

examples:
  python benchmarks/build.py                      everything (with the large one: many minutes)
  python benchmarks/build.py small start          a minute
  python benchmarks/build.py large --runs 3 --limit 900
  python benchmarks/build.py large --papers 1000
  python benchmarks/build.py small --digest mine.md --format ttl
"""


@dataclass(frozen=True)
class Run:
    """What one process used: seconds, and bytes of memory; `over` if the limit stopped it."""

    cpu: float
    wall: float
    peak: float
    over: bool
    output: str


def measure(command: Sequence[str], limit: float) -> Run:
    """Runs a command to its end, or to the limit, in an empty folder; fails if it fails.

    Linux counts the memory of the process that starts another as the other's peak
    too, so no peak is below this script's own 16 MB: it keeps nothing big in memory.
    """
    with tempfile.TemporaryFile() as said, tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT, cwd=folder)
        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            process.kill()

        timer = threading.Timer(limit, stop)
        timer.start()
        try:
            _, status, used = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            raise
        finally:
            timer.cancel()
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        output = said.read().decode(errors="replace")
    over = stopped.is_set() and process.returncode != 0
    if process.returncode and not over:
        sys.exit(f"{' '.join(command)}\nfailed with {process.returncode}:\n{output[-2000:]}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * unit, over, output)


def table(
    names: tuple[str, str], pairs: list[tuple[Run, Run]], limit: float, peak: bool = True
) -> str:
    """Minimum, median and maximum of each quantity for both commands, and of their ratio by pair."""
    lines = [f"{'':<9}{'':<12}{'min':>11}{'median':>11}{'max':>11}"]
    quantities: list[tuple[str, Callable[[Run], float], str]] = [
        ("CPU s", lambda run: run.cpu, "{:.3g}"),
        ("wall s", lambda run: run.wall, "{:.3g}"),
        ("peak MB", lambda run: run.peak / 1e6, "{:.0f}"),
    ]
    for title, value, form in quantities if peak else quantities[:2]:
        for side, name in enumerate(names):
            runs = [pair[side] for pair in pairs]
            cells = [form.format(c) for c in _three([value(run) for run in runs])]
            if any(run.over for run in runs):
                cells = [f"> {limit:g} s" if title == "wall s" else f"> {cell}" for cell in cells]
            lines.append(f"{title if not side else '':<9}{name:<12}" + _cells(cells))
        ratios = [value(a) / value(b) for a, b in pairs]
        first, second = (any(pair[side].over for pair in pairs) for side in (0, 1))
        sign = "> " if first else "< " if second else ""
        cells = ["?"] * 3 if first and second else [f"{sign}{c:.2f}" for c in _three(ratios)]
        lines.append(f"{'':<9}{'ratio':<12}" + _cells(cells))
    return "\n".join(lines)


def _three(values: list[float]) -> tuple[float, float, float]:
    return min(values), median(values), max(values)


def _cells(cells: Sequence[str]) -> str:
    return "".join(f"{cell:>11}" for cell in cells)


def _pairs(first: list[str], second: list[str], runs: int, limit: float) -> list[tuple[Run, Run]]:
    """Runs by turns; a command that was over the limit is not run again."""
    found: list[tuple[Run, Run]] = []
    for turn in range(runs):
        pair = []
        for side, command in enumerate((first, second)):
            before = found[-1][side] if found else None
            _say(f"pair {turn + 1} of {runs}: {Path(command[1]).name} …")
            pair.append(before if before and before.over else measure(command, limit))
        found.append((pair[0], pair[1]))
        if all(run.over for run in pair):
            break
    _say("")
    return found


def _say(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def _commands(
    digest: Path, folder: Path, options: argparse.Namespace
) -> tuple[list[str], list[str]]:
    """`kg build` and the plain script, on one digest."""
    chosen = ["--format", options.format]
    page = ["--undirected"] if options.undirected else []
    return (
        [*_kg(), "build", str(digest), "-o", str(folder / "kg"), *chosen],
        [
            sys.executable,
            str(HERE / "plain.py"),
            str(digest),
            "-o",
            str(folder / "plain"),
            *chosen,
            *page,
        ],
    )


def _kg() -> list[str]:
    """The command as it is installed beside this interpreter."""
    script = Path(sys.executable).with_name("kg")
    return [sys.executable, str(script)] if script.exists() else [sys.executable, "-m", "kg"]


def _builds(title: str, digest: Path, runs: int, options: argparse.Namespace) -> None:
    """Measures one digest and prints its table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        commands = _commands(digest, folder, options)
        pairs = _pairs(*commands, runs, options.limit)
        print(f"\n{title}: {digest.name}, {digest.stat().st_size / 1e3:,.0f} kB, {_count(pairs)}")
        print(table(("kg build", "plain.py"), pairs, options.limit))
        for side, tool in enumerate(("kg", "plain")):
            sizes = [
                f"{path.name} {path.stat().st_size / 1e6:,.1f} MB"
                for path in sorted((folder / tool).glob("graph.*"))
            ]
            print(f"{tool:<6}{_graph(pairs[-1][side])}; {', '.join(sizes) or 'no files'}")


def _count(pairs: list[tuple[Run, Run]]) -> str:
    return f"{len(pairs)} pair{'s' if len(pairs) > 1 else ''}"


def _graph(run: Run) -> str:
    """How many nodes and edges a command says that it wrote."""
    found = re.findall(r"^(\d+) (nodes|edges)", run.output, re.MULTILINE)
    return ", ".join(f"{int(count):,} {kind}" for count, kind in found) or "stopped"


def _start(runs: int, limit: float) -> None:
    commands = [*_kg(), "--help"], [sys.executable, "-c", "pass"]
    pairs = _pairs(*commands, runs, limit)
    print(f"\nstart: kg --help, python -c pass, {_count(pairs)}")
    print(table(("kg --help", "python"), pairs, limit, peak=False))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=_HELP, epilog=_NOTES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "what", nargs="*", metavar="small|large|start", help="what to measure (default: all three)"
    )
    parser.add_argument(
        "--runs", type=int, help="how many pairs (default: 5 for small, 1 for large, 20 for start)"
    )
    parser.add_argument(
        "--limit", type=float, default=300, metavar="S", help="seconds for one run (default: 300)"
    )
    parser.add_argument(
        "--papers", type=int, default=10_000, help="size of the made digest (default: 10000)"
    )
    parser.add_argument("--digest", type=Path, help="another digest for the small one")
    parser.add_argument(
        "--format",
        default="ttl,graphml,html",
        metavar="F[,F…]",
        help="which formats (default: all)",
    )
    parser.add_argument(
        "--undirected",
        action="store_true",
        help="let plain.py make an undirected page, pyvis's default: without arrows and parallel "
        "edges, and quadratic in the edges (default: directed, which is faster)",
    )
    options = parser.parse_args()
    unknown = set(options.what) - {"small", "large", "start"}
    if unknown:
        parser.error(f"{', '.join(sorted(unknown))}: not one of small, large, start")
    if options.runs is not None and options.runs < 1:
        parser.error("--runs: at least 1")
    return options


def main() -> None:
    """Measures what was asked for and prints a table for each."""
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that no child is left behind
    what = options.what or ["start", "small", "large"]
    digest = (options.digest or (REAL if REAL.exists() else SAMPLE)).resolve()
    print(f"Python {platform.python_version()}, {os.cpu_count()} CPUs, {platform.platform()}")
    with tempfile.TemporaryDirectory() as name:
        # byte code as after an installation, for both alike, and none left in the repository
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(name) / "bytecode")
        for command in (*_commands(digest, Path(name), options), [*_kg(), "--help"]):
            measure(command, options.limit)
        if "start" in what:
            _start(options.runs or 20, options.limit)
        if "small" in what:
            _builds("small", digest, options.runs or 5, options)
        if "large" in what:
            made = Path(name) / f"made-{options.papers}.md"
            command = [sys.executable, str(HERE / "made.py"), str(options.papers), "-o", str(made)]
            subprocess.run(command, check=True)
            _builds("large", made, options.runs or 1, options)


if __name__ == "__main__":
    main()

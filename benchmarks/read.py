"""How fast a digest is read and turned into facts, beside the parsers alone.

    python benchmarks/read.py [DIGEST…] [--papers N] [--runs N]

pyromark alone is the floor (kg reads with it); markdown-it-py, as it comes, is
the usual choice in Python. Figures are CPU seconds of one process, the best of
some runs taken in turn; the ratio is to pyromark. Without a digest, one of N
papers is made; twice as many papers show how the time grows.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from made import digest

from kg.extract import extract
from kg.reading import Document, read_outline


def main() -> int:
    """Measures and prints a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument(
        "digests", nargs="*", type=Path, help="Markdown files (default: a made one)"
    )
    parser.add_argument("--papers", type=int, default=2000, help="papers of the made digest (2000)")
    parser.add_argument("--runs", type=int, default=5, help="runs of each (5)")
    options = parser.parse_args()
    texts = {str(path): path.read_text(encoding="utf-8") for path in options.digests}
    if not texts:
        for papers in (options.papers, 2 * options.papers):
            texts[f"{papers} papers"] = digest(papers, seed=1)
    print(f"{'':<28}{'MB':>7}{'CPU s':>9}{'MB/s':>8}{'ratio':>8}")
    gc.disable()
    for name, text in texts.items():
        _measure(name, text, options.runs)
    return 0


def _measure(name: str, text: str, runs: int) -> None:
    ways = _ways(text)
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(runs):
        for way, work in ways.items():
            gc.collect()
            start = time.process_time()
            work()
            best[way] = min(best[way], time.process_time() - start)
    size = len(text.encode()) / 1e6
    print(name)
    for way, seconds in best.items():
        ratio = seconds / best["pyromark alone"]
        print(f"  {way:<26}{size:>7.2f}{seconds:>9.3f}{size / seconds:>8.1f}{ratio:>8.1f}")


def _ways(text: str) -> dict[str, Callable[[], object]]:
    import pyromark

    tables = pyromark.Options.ENABLE_TABLES
    ways: dict[str, Callable[[], object]] = {
        "pyromark alone": lambda: list(pyromark.events_with_range(text, options=tables)),
        "kg: outline": lambda: read_outline(Document(text)),
        "kg: outline and facts": lambda: list(extract(read_outline(Document(text)))),
    }
    try:
        from markdown_it import MarkdownIt
    except ImportError:
        print("markdown-it-py is not installed: left out", file=sys.stderr)
    else:
        parser = MarkdownIt("commonmark").enable("table")
        ways["markdown-it-py alone"] = lambda: parser.parse(text)
    return ways


if __name__ == "__main__":
    sys.exit(main())

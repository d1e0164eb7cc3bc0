"""Measures the questions of `ontology/queries` on a year of digests: Oxigraph beside rdflib.

See `python benchmarks/ask.py --help`.
"""

from __future__ import annotations

import argparse
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import made

import kg
from kg.export.turtle import prefixes
from kg.query import query, store_of
from kg.questions import load_questions

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent / "examples" / "ai-research-2024-03.md"
_PAPERS = 100
_HELP = """\
Answers each question with its default parameters on a year of digests: the sample of March, and
eleven made ones (made.py) of 100 papers, a tenth of which are those of the month before. Three
engines get the same text: pyoxigraph's store (what `kg ask` uses, with what kg adds: reading the
text, and turning the answer into rows), oxrdflib (Oxigraph behind rdflib's API) and rdflib alone.
Best seconds of --runs for Oxigraph and oxrdflib; rdflib is run once, and given up after --limit.
"""


def year() -> str:
    """Twelve digests of 2024 as texts, apart by form feeds."""
    names = made._Writer(12 * _PAPERS, 1).names
    digests = []
    for month in range(1, 13):
        if month == 3:
            digests.append(SAMPLE.read_text(encoding="utf-8"))
            continue
        writer = made._Writer(_PAPERS, month)
        text = made.digest(_PAPERS, month)
        known: dict[str, str] = {}
        for number, (id, name) in enumerate(zip(writer.ids, writer.names, strict=True)):
            of = month - 1 if number % 10 == 0 and month not in (1, 4) else month
            known[id] = f"24{of:02d}{id[4:]}"
            known[name] = names[(of - 1) * _PAPERS + number]
        pattern = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
        text = re.sub(rf"(?<![\w-])(?:{pattern})(?![\w-])", _replacing(known), text)
        digests.append(text.replace("digest 2024-03", f"digest 2024-{month:02d}"))
    return "\f".join(digests)


def _replacing(known: dict[str, str]) -> Callable[[re.Match[str]], str]:
    return lambda found: known[found[0]]


def _seconds(run: Callable[[], object], runs: int) -> float:
    best = float("inf")
    for _ in range(runs):
        began = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - began)
    return best


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def main() -> None:
    """Builds the year, asks, prints a table."""
    parser = argparse.ArgumentParser(
        description=_HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="which questions (default: all)")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--limit", type=float, default=20, help="seconds for rdflib; 0: without it")
    parser.add_argument("--aim", type=float, default=0.05, help="exit with 1 if kg is slower")
    options = parser.parse_args()
    import rdflib

    began = time.perf_counter()
    graph = kg.build(*year().split("\f"))
    built = time.perf_counter() - began
    began = time.perf_counter()
    store = store_of(graph)
    print(
        f"{len(list(graph.nodes('Digest')))} digests, {len(list(graph.nodes('Paper')))} papers, ",
        end="",
    )
    print(f"{len(store)} triples; built in {built:.2f} s, ", end="")
    print(f"loaded in {time.perf_counter() - began:.2f} s\n")
    plain = graph.rdf() if options.limit else rdflib.Graph()
    fast = rdflib.Graph(store="Oxigraph")
    fast += plain
    print(f"{'seconds':<26}{'rows':>6}{'kg':>9}{'oxrdflib':>10}{'rdflib':>10}{'rdflib / kg':>13}")
    slowest = 0.0
    for name, question in load_questions().items():
        if options.names and name not in options.names:
            continue
        text = question.sparql
        rows = len(query(store, text).rows)
        ours = _seconds(lambda text=text: query(store, text), options.runs)
        slowest = max(slowest, ours)
        line = f"{name:<26}{rows:>6}{ours:>9.4f}"
        if options.limit:
            theirs = _seconds(
                lambda text=text: list(fast.query(text, initNs=prefixes())), options.runs
            )
            try:
                with _limit(options.limit):
                    alone = _seconds(lambda text=text: list(plain.query(text)), 1)
                line += f"{theirs:>10.4f}{alone:>10.3f}{alone / ours:>13.0f}"
            except TimeoutError:
                line += f"{theirs:>10.4f}{f'> {options.limit:g}':>10}{f'> {options.limit / ours:.0f}':>13}"
        print(line, flush=True)
    print(f"\nslowest: {slowest:.4f} s")
    sys.exit(slowest > options.aim)


if __name__ == "__main__":
    main()

"""Measures writing Turtle and N-Triples beside rdflib, oxrdflib and pyoxigraph, in cold processes.

See `python benchmarks/rdf.py --help`.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from build import Run, measure
from made import digest

__all__ = ["main"]

_HELP = """\
Builds a graph of a made digest (made.py) of about a million triples, then writes it, each writer
in a process of its own:

  kg          from a KnowledgeGraph, as `kg build` does
  rdflib      Graph.serialize, the plain way
  oxrdflib    rdflib's API on an Oxigraph store, with its own `ox-…` serializers
  pyoxigraph  Store.dump
  stream      pyoxigraph.serialize of an iterator: no graph in memory, nothing sorted or grouped

kg starts from its own graph; the others from the same triples, read out of an N-Triples file by
pyoxigraph. What that takes is the column `fill`; `write` is the writing alone.
"""
_NOTES = """\
fill and write are user + system seconds of the process, peak its largest resident memory, the
graph included. The ratios are the other / kg: above 1 kg is ahead. A run over the limit is
stopped, and its ratio a bound.

examples:
  python benchmarks/rdf.py                          a million triples; rdflib alone takes minutes
  python benchmarks/rdf.py --papers 300 --runs 3    quick
  python benchmarks/rdf.py --format nt --without rdflib
"""
WRITERS = ("kg", "rdflib", "oxrdflib", "pyoxigraph", "stream")
FORMATS = ("ttl", "nt")


def main() -> None:
    """The table, or, as `--child`, one run."""
    options = _options()
    if options.child:
        _child(*options.child)
        return
    print(
        f"Python {platform.python_version()}, {platform.machine()}; medians of {options.runs} runs"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = folder / "made.md"
        text.write_text(digest(options.papers), encoding="utf-8")
        first = [sys.executable, __file__, "--child", "kg", "nt", str(text), f"{folder}/graph.nt"]
        measure(first, options.limit)  # not in this process: its memory would be its children's
        with (folder / "graph.nt").open("rb") as file:
            count = sum(1 for _ in file)
        print(f"{count:,} triples, from a made digest of {options.papers:,} papers", flush=True)
        for format in options.format.split(","):
            _table(format, text, folder, options)


def _table(format: str, text: Path, folder: Path, options: argparse.Namespace) -> None:
    heads = ("writer", "fill s", "write s", "peak MB", "file MB", "write ratio", "peak ratio")
    print(f"\n{format}\n" + "".join(f"{head:>13}" for head in heads), flush=True)
    base: dict[str, float] = {}
    for writer in WRITERS:
        if writer in options.without.split(","):
            continue
        start = text if writer == "kg" else folder / "graph.nt"
        output = folder / f"out.{format}"
        command = [sys.executable, __file__, "--child", writer, format, str(start), str(output)]
        runs = [measure(command, options.limit)]
        while len(runs) < options.runs and not runs[-1].over:
            runs.append(measure(command, options.limit))
        row = _row(runs)
        base = base or row
        over = ">" if runs[-1].over else ""
        cells = [
            f"{row[key]:.1f}" if key in row else "-" for key in ("fill", "write", "peak", "file")
        ]
        ratios = [f"{over}{row[key] / base[key]:.2f}" for key in ("write", "peak")]
        cells[1] = over + cells[1]
        print("".join(f"{cell:>13}" for cell in (writer, *cells, *ratios)), flush=True)


def _row(runs: list[Run]) -> dict[str, float]:
    """Medians; of a run that was stopped, all its time counts as writing."""
    said: list[dict[str, float]] = [
        {"write": run.cpu} if run.over else json.loads(run.output) for run in runs
    ]
    rows = [{**one, "peak": run.peak / 1e6} for one, run in zip(said, runs, strict=True)]
    return {key: sorted(row[key] for row in rows)[len(rows) // 2] for key in rows[0]}


def _child(writer: str, format: str, start: str, output: str) -> None:
    """Fills and writes once; says what each took."""
    fill, write = _WRITERS[writer]
    began = time.process_time()
    graph = fill(Path(start))
    filled = time.process_time()
    write(graph, format, Path(output))
    written = time.process_time()
    size = Path(output).stat().st_size / 1e6
    print(json.dumps({"fill": filled - began, "write": written - filled, "file": size}))


def _kg(start: Path) -> Any:
    import kg

    return kg.build(start)


def _kg_write(graph: Any, format: str, output: Path) -> None:
    graph.export(format, output)


def _quads(start: Path) -> Iterable[Any]:
    import pyoxigraph as ox

    return ox.parse(path=start, format=ox.RdfFormat.N_TRIPLES)


def _prefixes() -> dict[str, str]:
    from kg.export.turtle import prefixes

    return prefixes()


def _rdflib(start: Path, store: str = "default") -> Any:
    import rdflib

    graph = rdflib.Graph(store=store)
    for prefix, namespace in _prefixes().items():
        graph.bind(prefix, namespace, replace=True)
    known: dict[Any, Any] = {}

    def term(value: Any) -> Any:
        if value not in known:
            kind = getattr(value, "datatype", None)
            tag = getattr(value, "language", None)
            plain = tag or kind is None or kind.value.endswith("#string")
            known[value] = (
                rdflib.URIRef(value.value)
                if kind is None
                else rdflib.Literal(value.value, tag, None if plain else rdflib.URIRef(kind.value))
            )
        return known[value]

    graph.addN(
        (term(quad.subject), term(quad.predicate), term(quad.object), graph)
        for quad in _quads(start)
    )
    return graph


def _oxrdflib(start: Path) -> Any:
    return _rdflib(start, "Oxigraph")


def _rdflib_write(graph: Any, format: str, output: Path) -> None:
    graph.serialize(output, format={"ttl": "turtle", "nt": "nt"}[format], encoding="utf-8")


def _oxrdflib_write(graph: Any, format: str, output: Path) -> None:
    graph.serialize(output, format=f"ox-{format}", encoding="utf-8")


def _store(start: Path) -> Any:
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_extend(_quads(start))
    return store


def _format(format: str) -> Any:
    import pyoxigraph as ox

    return {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES}[format]


def _store_write(store: Any, format: str, output: Path) -> None:
    import pyoxigraph as ox

    store.dump(output, format=_format(format), from_graph=ox.DefaultGraph(), prefixes=_prefixes())


def _stream_write(start: Any, format: str, output: Path) -> None:
    import pyoxigraph as ox

    triples = (quad.triple for quad in _quads(start))
    ox.serialize(triples, output, format=_format(format), prefixes=_prefixes())


_WRITERS: dict[str, tuple[Callable[[Path], Any], Callable[[Any, str, Path], None]]] = {
    "kg": (_kg, _kg_write),
    "rdflib": (_rdflib, _rdflib_write),
    "oxrdflib": (_oxrdflib, _oxrdflib_write),
    "pyoxigraph": (_store, _store_write),
    "stream": (Path, _stream_write),
}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=_HELP, epilog=_NOTES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--papers", type=int, default=4000, help="size of the digest (default: 4000)"
    )
    parser.add_argument("--runs", type=int, default=1, help="runs of each writer (default: 1)")
    parser.add_argument(
        "--limit", type=float, default=900, help="seconds until a run is stopped (default: 900)"
    )
    parser.add_argument("--format", default=",".join(FORMATS), help="ttl, nt or both (default)")
    parser.add_argument("--without", default="", help="writers to leave out: rdflib,stream …")
    parser.add_argument("--child", nargs=4, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()

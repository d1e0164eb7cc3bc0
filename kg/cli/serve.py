"""`kg serve`: the map and a SPARQL endpoint on this machine."""

from __future__ import annotations

import argparse
import os
import re
import sys
from contextlib import suppress

from kg.cli.ask import chosen
from kg.cli.numbers import count, seconds
from kg.cli.terminal import Paint, Progress

TYPE_CHECKING = False  # typing costs 5 ms, a third of bare Python
if TYPE_CHECKING:
    from kg.serving.data import Data

SUMMARY = "serve the map and a SPARQL endpoint on this machine"
DESCRIPTION = """\
Serves digests, the folder of a build or files of RDF; out/graph.ttl if none is named. Only programs
on this machine reach it, nothing is changed, and nobody else is asked: updates, LOAD and SERVICE are
refused. Ctrl-C stops it. Needs starlette and uvicorn: the extra `serve`.

  /             the map
  /sparql       in a browser a page to write queries, for programs a SPARQL 1.1 Protocol endpoint
  /abs/2403.03507, /id/topic/…
                what is said of an IRI, at its own path: a page, or Turtle, N-Triples, RDF/XML, JSON-LD
  /ontology     the classes and properties
"""
EXAMPLES = """\
examples:
  kg serve digest.md                       then open http://127.0.0.1:7878/
  kg serve 2024/ --port 0 --open           any free port; opens the browser
  kg serve out/ --cors https://yasgui.example
  curl http://127.0.0.1:7878/sparql -H 'Accept: text/csv' --data-urlencode 'query=SELECT …'
  curl http://127.0.0.1:7878/abs/2403.03507
"""
_ORIGIN = re.compile(r"\*|https?://[^/\s]+")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    parser.add_argument(
        "inputs", nargs="*", metavar="DIGEST|FILE",
        help="digests, folders of them or of a build, files of RDF (.ttl, .nt, .trig …)",
    )  # fmt: skip
    parser.add_argument(
        "--port", type=int, default=7878, metavar="N",
        help="the port; 0 takes any that is free (default: 7878)",
    )  # fmt: skip
    parser.add_argument(
        "--timeout", type=seconds, default=10.0, metavar="SECONDS",
        help="a query that takes longer is stopped (default: 10)",
    )  # fmt: skip
    parser.add_argument(
        "--limit", type=count(1), default=100_000, metavar="ROWS",
        help="an answer has no more rows or triples; the header X-SPARQL-MaxRows tells of one that "
        "was cut (default: 100000)",
    )  # fmt: skip
    parser.add_argument(
        "--cors", nargs="?", const="*", default="", metavar="ORIGIN",
        help="let pages of an origin ask, such as https://yasgui.example; of any, if none is named "
        "(default: of none)",
    )  # fmt: skip
    parser.add_argument(
        "--workers", type=count(1), default=min(4, os.cpu_count() or 1), metavar="N",
        help="queries answered at a time, each by a process with a copy of the graph "
        "(default: one per processor, at most 4)",
    )  # fmt: skip
    parser.add_argument("--open", action="store_true", help="open the map in the browser")


def run(options: argparse.Namespace) -> int:
    """Serves until interrupted."""
    from kg.errors import KgError

    try:
        from kg.serving.server import Settings, serve
    except ModuleNotFoundError as error:
        raise KgError(
            f"kg serve needs {error.name}, which is not installed: pip install 'kg[serve]'"
        ) from error
    inputs, cors = list(options.inputs), options.cors
    if cors and not _ORIGIN.fullmatch(cors):  # `--cors digest.md`: the origin was left out
        inputs.insert(0, cors)
        cors = "*"
    settings = Settings(options.port, options.timeout, options.limit, options.workers, cors)
    paint = Paint(sys.stdout, options.no_color)
    progress = Progress(False)
    progress.say("reading …")

    def announce(data: Data, address: str) -> None:
        progress.done()
        print(paint(f"{data.title}: {data.triples:,} triples. Ctrl-C stops.", "bold"))
        print(f"  map       {address}/\n  SPARQL    {address}/sparql", flush=True)
        if options.open:
            import webbrowser

            webbrowser.open(f"{address}/")

    with suppress(KeyboardInterrupt):
        serve(chosen(inputs), settings, announce, period=options.period, encoding=options.encoding)
    print("\rkg: stopped", file=sys.stderr)
    return 0

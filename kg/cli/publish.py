"""`kg publish`: graphs into a store on the web."""

from __future__ import annotations

import argparse
import os
import sys

from kg.cli.ask import chosen
from kg.cli.numbers import count, seconds
from kg.cli.terminal import Paint, Progress

TYPE_CHECKING = False  # typing costs 5 ms, a third of bare Python
if TYPE_CHECKING:
    from kg.publishing.graphs import NamedGraph
    from kg.publishing.store import GraphStore

SUMMARY = "put graphs into a triple store (Graph Store Protocol)"
DESCRIPTION = """\
Puts digests, builds or files of RDF into a triple store (Fuseki, Virtuoso, GraphDB, Oxigraph …) over
the SPARQL 1.1 Graph Store HTTP Protocol: a named graph per digest, and one of what they share
(papers, keywords, schemes). Each is replaced whole by one PUT, so that a failure leaves the old one;
run it again as often as you like. Other graphs of the store are not touched.

Publish all digests together: the shared graph is replaced too, and one month alone would leave it
without the papers of the others. --add adds to the shared graph instead.

Credentials come from the environment: KG_PUBLISH_USER and KG_PUBLISH_PASSWORD (Basic or Digest, as
the store asks), or KG_PUBLISH_TOKEN (Bearer). What does not get through is tried again (no
connection, HTTP 429, 502, 503, 504), what the store refuses is not. Needs httpx: the extra
`publish`.
"""
EXAMPLES = """\
examples:
  kg publish http://localhost:3030/kg/data 2024/                     Fuseki; a folder of digests
  kg publish http://localhost:8890/sparql-graph-crud-auth out/       Virtuoso; the last build
  kg publish URL out/graph.trig --dry-run                            what would be put where
  kg publish URL digest.md --graph https://example.org/march         all in one graph
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    parser.add_argument("url", metavar="URL", help="the address of the store's graphs")
    parser.add_argument(
        "inputs", nargs="*", metavar="DIGEST|FILE",
        help="digests, folders of them or of a build, files of RDF, or - (default: out/graph.ttl)",
    )  # fmt: skip
    parser.add_argument(
        "--graph", default="", metavar="IRI", help="put everything into this one graph"
    )
    parser.add_argument(
        "--shared", default="", metavar="IRI", help="the graph of what the digests share"
    )
    parser.add_argument(
        "--add", action="store_true", help="add to the shared graph (POST), do not replace it"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be put where, send nothing"
    )
    parser.add_argument(
        "--timeout", type=seconds, default=120, metavar="SECONDS",
        help="how long the store may take to answer (default: 120)",
    )  # fmt: skip
    parser.add_argument(
        "--retries", type=count(0), default=4, metavar="N",
        help="how often to try again, after 1, 2, 4 … seconds or as the store says (default: 4)",
    )  # fmt: skip
    parser.add_argument("-q", "--quiet", action="store_true", help="print errors only")


def run(options: argparse.Namespace) -> int:
    """Reads, connects, puts graph by graph, reports."""
    from kg.errors import KgError
    from kg.publishing import open_store
    from kg.publishing.graphs import SHARED, named_graphs
    from kg.publishing.login import login_from

    login = login_from(os.environ)
    progress = Progress(options.quiet)
    store = open_store(options.url, login, timeout=options.timeout, retries=options.retries)
    with store:
        shared = options.shared or SHARED
        progress.say("reading …")
        graphs = named_graphs(
            chosen(options.inputs), shared=shared, only=options.graph,
            period=options.period, encoding=options.encoding,
        )  # fmt: skip
        progress.done()
        if not graphs:
            raise KgError("there is nothing to publish: no triple was found")
        added = {options.graph or shared} if options.add else set()
        if options.dry_run:
            _plan(graphs, added, options.url)
            return 0
        paint = Paint(sys.stderr, options.no_color)
        if store.in_clear:
            warning = (
                "the credentials may cross the network unencrypted; better publish to https://"
            )
            print(paint(f"kg: {warning}", "warning"), file=sys.stderr)
        store.on_wait = lambda why, seconds: progress.say(f"{why}; again in {seconds:.0f} s …")
        return _publish(store, graphs, added, options, paint)


def _publish(
    store: GraphStore, graphs: list[NamedGraph], added: set[str], options: argparse.Namespace,
    paint: Paint,
) -> int:  # fmt: skip
    """Graph by graph; the first that fails ends it, since the next would fail alike."""
    from kg.errors import NotPublished

    progress = Progress(options.quiet)
    widths = _widths(graphs)
    done, place = 0, ""
    try:
        progress.say(f"connecting to {options.url} …")
        store.greet()
        for graph in graphs:
            place = f"{graph.iri}: "
            progress.say(f"{place} {graph.triples:,} triples, {_size(graph)} …")
            new = (store.add if graph.iri in added else store.replace)(graph)
            progress.done()
            done += 1
            if not options.quiet:
                how = "created" if new else "added to" if graph.iri in added else "replaced"
                print(_line(graph, widths, how), flush=True)
    except NotPublished as error:
        progress.done()
        print(paint(f"kg: {place}{error}", "error"), file=sys.stderr)
        others = "this one is the old or the new, the rest" if error.uncertain else "the rest"
        print(
            f"kg: {done} of {len(graphs)} graphs published; {others} as before; "
            "publishing again is safe",
            file=sys.stderr,
        )
        return 1
    if not options.quiet:
        triples = sum(graph.triples for graph in graphs)
        print(f"{_graphs(done)}, {triples:,} triples published to {options.url}")
    return 0


def _plan(graphs: list[NamedGraph], added: set[str], url: str) -> None:
    """What would be done."""
    widths = _widths(graphs)
    for graph in graphs:
        how = "to be added to" if graph.iri in added else "to be replaced"
        print(_line(graph, widths, f"{_size(graph)}, {how}"))
    print(f"{_graphs(len(graphs))} for {url}; nothing was sent")


def _widths(graphs: list[NamedGraph]) -> tuple[int, int]:
    return (
        max(len(graph.iri) for graph in graphs),
        max(len(f"{graph.triples:,}") for graph in graphs),
    )


def _line(graph: NamedGraph, widths: tuple[int, int], how: str) -> str:
    return f"{graph.iri:<{widths[0]}}  {graph.triples:>{widths[1]},} triples  {how}"


def _graphs(count: int) -> str:
    return f"{count} graph{'' if count == 1 else 's'}"


def _size(graph: NamedGraph) -> str:
    return f"{len(graph.turtle) / 1000:,.0f} kB"

"""`kg build`: digests into files."""

from __future__ import annotations

import argparse
import sys

from kg.cli.terminal import Paint, Progress, placed

TYPE_CHECKING = False  # typing costs 5 ms, a third of bare Python
if TYPE_CHECKING:
    from pathlib import Path

    from kg.diagnostics import Diagnostic
    from kg.graph import KnowledgeGraph
    from kg.ontology import Ontology
    from kg.reading import Outline

SUMMARY = "read digests and write a graph"
DESCRIPTION = """\
Reads Markdown digests and writes a graph of their topics, papers, gaps, ideas and citations.

A digest may have any of the sections TOPIC_TREE, SOTA_HIGHLIGHTS, NOVEL_TECH_CONTRIBUTIONS,
GAPS_AND_OPPORTUNITIES, FUTURE_IDEAS, READING_LIST and META_REFLECTION. Several digests make
one graph: a paper or topic of two months is one node.
"""
EXAMPLES = """\
examples:
  kg build digest.md                       writes out/graph.ttl, out/graph.graphml, out/graph.html
  kg build 2024/ -o year --open            a folder of digests; opens the page
  kg build digest.md -o graph.html         one file; the format by its suffix
  kg build digest.md --format ttl,gexf     some of the formats
  kg build digest.md -o graph.graphml.gz   compressed (Gephi opens it as it is)
  kg build digest.md -o graph.csv          a folder for neo4j-admin and LOAD CSV
  kg build digest.md --topic "Computer Vision > Video" --exclude coCited
  cat digest.md | kg build - --period 2024-03
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    parser.add_argument(
        "inputs", nargs="+", metavar="DIGEST",
        help="a Markdown file, a folder of them, or - for standard input",
    )  # fmt: skip
    parser.add_argument(
        "-o", "--output", default="out", metavar="OUT",
        help="the folder to write to, or one file with the suffix of a format, with or without "
        ".gz (default: out)",
    )  # fmt: skip
    parser.add_argument(
        "--format", metavar="F[,F…]",
        help="which formats: ttl, graphml, html, gexf, csv, cypher, json, cyjs, "
        "nt, nq, trig, jsonld "
        "(default: the first three)",
    )  # fmt: skip
    parser.add_argument(
        "--include", action="append", default=[], metavar="N[,N…]",
        help="only these node types or relations, and what lies below them (Paper, Entry, cites)",
    )  # fmt: skip
    parser.add_argument(
        "--exclude", action="append", default=[], metavar="N[,N…]",
        help="all but these node types or relations",
    )  # fmt: skip
    parser.add_argument(
        "--topic", default="", metavar="PATH",
        help='only what is below a topic, "A > B" or the end of its path, and what speaks of it',
    )  # fmt: skip
    parser.add_argument(
        "--depth", type=int, metavar="N",
        help="only N levels of topics, from the roots or from --topic, with their papers",
    )  # fmt: skip
    parser.add_argument("--open", action="store_true", help="open the page in the browser")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if there are warnings")
    parser.add_argument("-q", "--quiet", action="store_true", help="print warnings and errors only")
    parser.add_argument(
        "-v", "--verbose", action="store_true", help="print remarks too, not only warnings"
    )


def run(options: argparse.Namespace) -> int:
    """Reads, builds, writes, reports."""
    targets = _targets(options)
    paint = Paint(sys.stderr, options.no_color)
    progress = Progress(options.quiet)
    progress.say("reading …")
    from kg.export import losses

    whole, shown, lost = _built(options)
    graph = _part(whole, options)
    for format, path in targets.items():
        progress.say(f"writing {path} …")
        graph.export(format, path)
    progress.done()
    problems = _report(whole.diagnostics, shown, paint, options.verbose)
    for format, path in targets.items() if options.verbose else ():
        for loss in losses(graph, format):
            print(paint(f"{path}: {loss}", "info"), file=sys.stderr)
    if not options.quiet:
        _summary(graph, whole.diagnostics, targets)
        print(f"{lost} runs of text were not understood (kg check shows what became of each)")
    if options.open and "html" in targets:
        import webbrowser

        webbrowser.open(targets["html"].resolve().as_uri())
    return 1 if options.strict and problems else 0


def _built(options: argparse.Namespace) -> tuple[KnowledgeGraph, dict[str, str], int]:
    """The graph of all inputs, what people call each, and how many runs of text were not understood.

    The texts are let go with it: the graph has all that is written.
    """
    from kg.ledger import Layout, keep_ledger
    from kg.pipeline import build_documents
    from kg.reading import read_documents

    documents = read_documents(options.inputs, options.encoding)
    shown = {document.name: document.path for document in documents}
    if options.quiet:
        return build_documents(documents, options.period), shown, 0
    layouts: dict[str, Layout] = {}

    def see(outline: Outline) -> None:
        layouts[outline.document.name] = Layout(outline)

    graph = build_documents(documents, options.period, see)
    lost = sum(len(keep_ledger(d, graph, layouts[d.name]).lost()) for d in documents)
    return graph, shown, lost


def _part(graph: KnowledgeGraph, options: argparse.Namespace) -> KnowledgeGraph:
    """The part of the graph that is asked for; the graph itself where nothing is."""
    include, exclude = _names(options.include), _names(options.exclude)
    if not (include or exclude or options.topic or options.depth is not None):
        return graph
    from kg.part import part

    return part(graph, include, exclude, options.topic, options.depth)


def _names(texts: list[str]) -> list[str]:
    return [name.strip() for text in texts for name in text.split(",") if name.strip()]


def _targets(options: argparse.Namespace) -> dict[str, Path]:
    """Which formats go to which files."""
    from pathlib import Path

    from kg.errors import KgError, UnknownName
    from kg.export import DEFAULT, FORMATS, format_of

    output = Path(options.output)
    chosen = [name.lower() for name in _names([options.format or ""])]
    for name in chosen:
        if name not in FORMATS:
            raise UnknownName("format", name, list(FORMATS))
    single = format_of(output)
    if single and (FORMATS[single].folder or not output.is_dir()):
        if chosen and chosen != [single]:
            raise KgError(
                f"{output} is the name of a {single} file; --format asks for {', '.join(chosen)}"
            )
        return {single: output}
    if output.exists() and not output.is_dir():
        suffixes = ", ".join(format.suffix for format in FORMATS.values())
        raise KgError(f"{output} is a file; name a folder, or a file ending in {suffixes}")
    return {name: output / f"graph{FORMATS[name].suffix}" for name in chosen or DEFAULT}


def _report(
    diagnostics: list[Diagnostic], shown: dict[str, str], paint: Paint, verbose: bool
) -> int:
    """Prints diagnostics as compilers do; returns how many are warnings or errors."""
    problems = 0
    for diagnostic in diagnostics:
        minor = diagnostic.severity == "info"
        problems += not minor
        if minor and not verbose:
            continue
        print(paint(str(placed(diagnostic, shown)), diagnostic.severity), file=sys.stderr)
    return problems


def _summary(graph: KnowledgeGraph, remarks: list[Diagnostic], targets: dict[str, Path]) -> None:
    from kg.export import FORMATS

    counts = graph.counts()
    ontology = graph.ontology
    for kind in ("nodes", "edges"):
        print(f"{sum(counts[kind].values())} {kind}")
        for name, count in counts[kind].items():
            print(f"  {count:>6}  {name:<16}{_ends(ontology, name)}".rstrip())
    problems = sum(d.severity != "info" for d in remarks)
    print(f"{problems} warnings, {len(remarks) - problems} remarks (--verbose shows them)")
    for format, path in targets.items():
        print(f"{path}: {FORMATS[format].use}")


def _ends(ontology: Ontology, name: str) -> str:
    """What an edge type leads from and to; empty for a node type."""
    kind = ontology.edge_types.get(name)
    if kind is None:
        return ""
    ends = [
        [t for t in ontology.node_types if t in end and not ontology.node_types[t].abstract]
        for end in (kind.domain, kind.range)
    ]
    return " → ".join(", ".join(end) for end in ends)

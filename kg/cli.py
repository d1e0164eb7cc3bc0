"""The command line: `kg build …`; the only place that prints."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from kg.diagnostics import Diagnostic
    from kg.graph import KnowledgeGraph
    from kg.ontology import Ontology

__all__ = ["main"]

_EPILOG = """\
exit codes:
  0    fine
  1    problems were found and --strict was given
  2    wrong usage, unreadable input, or an output that cannot be written
  130  interrupted; files written before are whole
"""

_BUILD = """\
Reads Markdown digests and writes a graph of their topics, papers, gaps, ideas and citations.

A digest may have any of the sections TOPIC_TREE, SOTA_HIGHLIGHTS, NOVEL_TECH_CONTRIBUTIONS,
GAPS_AND_OPPORTUNITIES, FUTURE_IDEAS, READING_LIST and META_REFLECTION. Several digests make
one graph: a paper or topic of two months is one node.
"""

_EXAMPLES = """\
examples:
  kg build digest.md                       writes out/graph.ttl, out/graph.graphml, out/graph.html
  kg build 2024/ -o year --open            a folder of digests; opens the page
  kg build digest.md -o graph.html         one file; the format by its suffix
  kg build digest.md --format ttl,graphml  some of the formats
  cat digest.md | kg build - --period 2024-03
"""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kg",
        description="Turns research digests in Markdown into a knowledge graph.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, help="show the version and exit")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    build = commands.add_parser(
        "build",
        help="read digests and write a graph",
        description=_BUILD,
        epilog=_EXAMPLES + "\n" + _EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    build.add_argument(
        "inputs",
        nargs="+",
        metavar="DIGEST",
        help="a Markdown file, a folder of them, or - for standard input",
    )
    build.add_argument(
        "-o", "--output", default="out", metavar="OUT",
        help="the folder to write to, or one file with the suffix of a format (default: out)",
    )  # fmt: skip
    build.add_argument(
        "--format", metavar="F[,F…]", help="which formats: ttl, graphml, html (default: all)"
    )
    build.add_argument(
        "--period",
        default="",
        metavar="YYYY-MM",
        help="the month the digest is of, if it does not say",
    )
    build.add_argument(
        "--encoding", default="utf-8", help="the encoding of the input (default: utf-8)"
    )
    build.add_argument("--open", action="store_true", help="open the page in the browser")
    build.add_argument("--strict", action="store_true", help="exit with 1 if there are warnings")
    build.add_argument("-q", "--quiet", action="store_true", help="print warnings and errors only")
    build.add_argument(
        "-v", "--verbose", action="store_true", help="print remarks too, not only warnings"
    )
    build.add_argument(
        "--no-color", action="store_true", help="plain text (also: the variable NO_COLOR)"
    )
    build.set_defaults(run=_build)
    return parser


class _Version(argparse.Action):
    """Prints the version; the module is only asked when needed."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from kg import __version__

        print(f"kg {__version__}")
        parser.exit()


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; returns the exit code."""
    _speak_utf8()
    options = _parser().parse_args(arguments)
    from kg.errors import KgError

    try:
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except KgError as error:
        print(f"kg: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("kg: interrupted; files written before are whole", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _speak_utf8() -> None:
    """Vietnamese must not fail under a C or cp1252 locale."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _build(options: argparse.Namespace) -> int:
    targets = _targets(options)
    paint = _Paint(sys.stderr, plain=options.no_color)
    progress = _Progress(quiet=options.quiet)
    progress.say("reading …")
    from kg.pipeline import build_documents
    from kg.reading import read_documents

    documents = read_documents(options.inputs, options.encoding)
    shown = {document.name: document.path for document in documents}
    graph = build_documents(documents, options.period)
    for format, path in targets.items():
        progress.say(f"writing {path} …")
        graph.export(format, path)
    progress.done()
    problems = _report(graph.diagnostics, shown, paint, options.verbose)
    if not options.quiet:
        _summary(graph, targets)
    if options.open and "html" in targets:
        import webbrowser

        webbrowser.open(targets["html"].resolve().as_uri())
    return 1 if options.strict and problems else 0


def _targets(options: argparse.Namespace) -> dict[str, Path]:
    """Which formats go to which files."""
    from kg.errors import KgError, UnknownName
    from kg.export import FORMATS

    output = Path(options.output)
    by_suffix = {value.suffix: name for name, value in FORMATS.items()}
    chosen = [name.strip().lower() for name in (options.format or "").split(",") if name.strip()]
    for name in chosen:
        if name not in FORMATS:
            raise UnknownName("format", name, list(FORMATS))
    single = by_suffix.get(output.suffix.lower()) if not output.is_dir() else None
    if single:
        if chosen and chosen != [single]:
            raise KgError(
                f"{output} is the name of a {single} file; --format asks for {', '.join(chosen)}"
            )
        return {single: output}
    if output.exists() and not output.is_dir():
        raise KgError(
            f"{output} is a file; name a folder, or a file ending in {', '.join(by_suffix)}"
        )
    return {name: output / f"graph{FORMATS[name].suffix}" for name in chosen or FORMATS}


def _report(
    diagnostics: list[Diagnostic], shown: dict[str, str], paint: _Paint, verbose: bool
) -> int:
    """Prints diagnostics as compilers do; returns how many are warnings or errors."""
    problems = 0
    for diagnostic in diagnostics:
        minor = diagnostic.severity == "info"
        problems += not minor
        if minor and not verbose:
            continue
        placed = diagnostic.model_copy(update={"file": shown.get(diagnostic.file, diagnostic.file)})
        print(paint(str(placed), "cyan" if minor else "yellow"), file=sys.stderr)
    return problems


def _summary(graph: KnowledgeGraph, targets: dict[str, Path]) -> None:
    from kg.export import FORMATS

    counts = graph.counts()
    ontology = graph.ontology
    for kind in ("nodes", "edges"):
        print(f"{sum(counts[kind].values())} {kind}")
        for name, count in counts[kind].items():
            print(f"  {count:>6}  {name:<16}{_ends(ontology, name)}".rstrip())
    remarks = graph.diagnostics
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


class _Paint:
    """Colours for a terminal; plain text elsewhere."""

    _CODES: ClassVar = {"yellow": "33", "cyan": "36"}

    def __init__(self, stream: object, plain: bool) -> None:
        isatty = getattr(stream, "isatty", lambda: False)
        self._on = not plain and "NO_COLOR" not in os.environ and isatty()

    def __call__(self, text: str, colour: str) -> str:
        return f"\x1b[{self._CODES[colour]}m{text}\x1b[0m" if self._on else text


class _Progress:
    """One line that tells what is going on, on a terminal only."""

    def __init__(self, quiet: bool) -> None:
        self._on = not quiet and sys.stderr.isatty()

    def say(self, text: str) -> None:
        if self._on:
            print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)

    def done(self) -> None:
        self.say("")


if __name__ == "__main__":
    sys.exit(main())

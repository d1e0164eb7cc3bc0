"""`kg validate`: a graph against the shapes, with the lines of the digest at fault."""

from __future__ import annotations

import argparse
import sys

from kg.cli.terminal import Paint, placed

TYPE_CHECKING = False  # typing costs 5 ms, a third of bare Python
if TYPE_CHECKING:
    from pathlib import Path

    from kg.diagnostics import Diagnostic

SUMMARY = "check a graph against the shapes (SHACL)"
DESCRIPTION = """\
Checks digests, or files that kg build wrote, against ontology/shapes.ttl: how many values each
attribute has and of which type, what stands at the ends of each edge, ranks without holes, no
topic below itself, and so on. Names the line of the digest at fault. Needs pyshacl: the extra
`shacl`.
"""
EXAMPLES = """\
examples:
  kg validate                    out/graph.ttl, as kg build writes it
  kg validate digest.md          a digest, built in memory
  kg validate year/graph.trig    a file: ttl, nt, nq, trig, jsonld
  kg validate 2024/ --strict     exit with 1 for warnings too, not for errors alone
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    parser.add_argument(
        "inputs", nargs="*", metavar="FILE", default=["out/graph.ttl"],
        help="a graph, a Markdown digest, a folder of digests, or - (default: out/graph.ttl)",
    )  # fmt: skip
    parser.add_argument("--strict", action="store_true", help="exit with 1 if there are warnings")
    parser.add_argument("-q", "--quiet", action="store_true", help="errors only, no summary")


def run(options: argparse.Namespace) -> int:
    """Validates each file by itself and all digests together."""
    from pathlib import Path

    from kg.diagnostics import sort_diagnostics
    from kg.loading import READERS

    files = [Path(item) for item in options.inputs if Path(item).suffix.lower() in READERS]
    digests = [item for item in options.inputs if Path(item).suffix.lower() not in READERS]
    found: list[Diagnostic] = []
    for path in files:
        found += _of_file(path)
    if digests:
        found += _of_digests(digests, options)
    paint = Paint(sys.stdout, options.no_color)
    errors = sum(one.severity == "error" for one in found)
    warnings = len(found) - errors
    for one in sort_diagnostics(found):
        if one.severity == "error" or not options.quiet:
            head, _, rest = str(one).partition(f"{one.severity} ")
            print(f"{head}{paint(one.severity.value, one.severity.value)} {rest}")
    if not options.quiet:
        print(f"{errors} errors, {warnings} warnings")
    return 1 if errors or (options.strict and warnings) else 0


def _of_file(path: Path) -> list[Diagnostic]:
    from kg.errors import KgError
    from kg.loading.rdf import FORMATS
    from kg.validation import read_rdf, validate

    if path.suffix.lower() not in FORMATS:
        raise KgError(
            f"{path}: GraphML keeps no places in the text; validate the Turtle of the graph"
        )
    return validate(read_rdf(path))


def _of_digests(digests: list[str], options: argparse.Namespace) -> list[Diagnostic]:
    from kg.pipeline import build_documents
    from kg.reading import read_documents
    from kg.validation import validate

    documents = read_documents(digests, options.encoding)
    shown = {document.name: document.path for document in documents}
    graph = build_documents(documents, options.period)
    return [placed(one, shown) for one in validate(graph.rdf())]

"""`kg check`: the account of a digest, and what a careful editor would notice."""

from __future__ import annotations

import argparse
import sys

from kg.cli.terminal import Paint, placed

TYPE_CHECKING = False  # typing costs 5 ms, a third of bare Python
if TYPE_CHECKING:
    from kg.diagnostics import Diagnostic
    from kg.ledger import Ledger

SUMMARY = "account for every line of a digest and lint it"
DESCRIPTION = """\
Tells what became of every run of text: used by a fact of the graph, structure (headings, labels,
markup), decoration (placeholders, comments), or lost. Then lists, as a linter does, what was not
understood and what a careful editor would notice.
"""
EXAMPLES = """\
examples:
  kg check digest.md                   the account, then the remarks
  kg check 2024/ --strict              exit with 1 if anything is lost or a warning is given
  kg check digest.md --format sarif    for code scanning; also: text, json, github
  kg check --explain two-names         why a remark is made, and what to do
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    parser.add_argument(
        "inputs", nargs="*", metavar="DIGEST",
        help="a Markdown file, a folder of them, or - for standard input",
    )  # fmt: skip
    parser.add_argument(
        "--format", default="text", choices=("text", "json", "sarif", "github"),
        help="how to report (default: text)",
    )  # fmt: skip
    parser.add_argument(
        "--explain", metavar="CODE", help="explain a code, or list all of them with: all"
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="exit with 1 if anything is lost or a warning is given",
    )
    parser.add_argument(
        "-q", "--quiet", action="store_true", help="no account, and no remarks of severity info"
    )


def run(options: argparse.Namespace) -> int:
    """Builds in memory, keeps the ledger, lints, reports."""
    from kg.errors import KgError

    if options.explain:
        _explain(options.explain)
        return 0
    if not options.inputs:
        raise KgError("name a digest to check, or a code with --explain")
    from kg.diagnostics import sort_diagnostics
    from kg.ledger import keep_ledger
    from kg.lint import lint
    from kg.pipeline import build_documents
    from kg.reading import read_documents, read_outline

    documents = read_documents(options.inputs, options.encoding)
    graph = build_documents(documents, options.period)
    ledgers = [keep_ledger(document, graph) for document in documents]
    found = [*graph.diagnostics, *lint(graph, [read_outline(document) for document in documents])]
    for ledger in ledgers:
        found += list(ledger.diagnostics(found))
    shown = {document.name: document.path for document in documents}
    remarks = [placed(diagnostic, shown) for diagnostic in sort_diagnostics(found)]
    if options.quiet:
        remarks = [remark for remark in remarks if remark.severity != "info"]
    if options.format == "text":
        _text(ledgers, remarks, options)
    else:
        from kg.report import REPORTS

        print(REPORTS[options.format](ledgers, remarks))
    failed = any(remark.severity != "info" for remark in remarks) or any(
        ledger.lost() for ledger in ledgers
    )
    return 1 if options.strict and failed else 0


def _text(ledgers: list[Ledger], remarks: list[Diagnostic], options: argparse.Namespace) -> None:
    paint = Paint(sys.stdout, options.no_color)
    if not options.quiet:
        for ledger in ledgers:
            _account(ledger, paint)
    for remark in remarks:
        head, _, rest = str(remark).partition(f" {remark.severity} ")
        print(f"{head} {paint(remark.severity.value, remark.severity.value)} {rest}")
    if not options.quiet:
        lost = sum(len(ledger.lost()) for ledger in ledgers)
        problems = sum(remark.severity != "info" for remark in remarks)
        print(f"{lost} lost, {problems} warnings, {len(remarks) - problems} remarks")


def _account(ledger: Ledger, paint: Paint) -> None:
    """A line per section: runs of text by account, and the identifiers written in it."""
    from kg.ledger import ACCOUNTS

    heads = ("section", *ACCOUNTS, "identifiers")
    rows = [
        (section or "(no section)", *counts.values(), ledger.identifiers[section])
        for section, counts in ledger.counts().items()
    ]
    total = ("all", *(sum(column) for column in list(zip(*rows, strict=True))[1:]))
    width = max(len(str(row[0])) for row in (heads, *rows, total))
    print(paint(f"{ledger.document.path}: what became of the runs of text", "bold"))
    for row in (heads, *rows, total):
        cells = "".join(f"{cell!s:>12}" for cell in row[1:])
        print(f"  {row[0]!s:<{width}}{cells}")


def _explain(code: str) -> None:
    from kg.errors import UnknownName
    from kg.rules import RULES

    if code == "all":
        for name, rule in RULES.items():
            print(f"{name:<24}{rule.severity:<9}{rule.why}")
        return
    if code not in RULES:
        raise UnknownName("rule", code, list(RULES))
    rule = RULES[code]
    print(f"{code} ({rule.severity})\n\n{rule.why}\n\nWhat to do: {rule.mend}")

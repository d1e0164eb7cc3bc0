"""`kg ask`: the questions that come with kg, and their answers."""

from __future__ import annotations

import argparse
import re
import shutil
import sys

from kg.cli.terminal import Paint

TYPE_CHECKING = False  # typing costs 5 ms, a third of bare Python
if TYPE_CHECKING:
    from kg.questions import Question

SUMMARY = "list the questions that kg can answer, or answer one"
DESCRIPTION = """\
Without a name, lists the questions. With one, answers it from digests, the folder of a build or
files of RDF; from out/graph.ttl if none is named. Parameters are given as name=value; a paper by
its arXiv id or a name such as GaLore, a topic by its label or path, a month as 2024-03.
"""
EXAMPLES = """\
examples:
  kg ask                                        the questions
  kg ask ideas-on-paper --explain               one of them, its parameters and its SPARQL
  kg ask ideas-on-paper paper=GaLore digest.md
  kg ask gaps-by-papers out/ --format markdown
  kg ask compare-months first=2024-03 second=2024-04 2024/ --language vi
"""
_GIVEN = re.compile(r"(\w+)=(.*)", re.DOTALL)
_DEFAULT = "out/graph.ttl"
_FORMATS = ("table", "markdown", "csv", "tsv", "json", "xml", "ttl", "nt", "rdf", "jsonld")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    parser.add_argument("question", nargs="?", metavar="NAME", help="the question to answer")
    parser.add_argument(
        "inputs", nargs="*", metavar="PARAMETER=VALUE|DIGEST|FILE",
        help="values of parameters; digests, folders of a build, files of RDF (.ttl, .nt, .trig …)",
    )  # fmt: skip
    parser.add_argument("--explain", action="store_true", help="show the question, do not answer")
    add_format(parser)


def add_format(parser: argparse.ArgumentParser) -> None:
    """The options that say how to answer."""
    parser.add_argument(
        "--format", default="table", choices=_FORMATS,
        help="how to answer: table (default), markdown; csv, tsv, json, xml (SPARQL results); "
        "for the triples of CONSTRUCT and DESCRIBE also ttl, nt, rdf, jsonld",
        metavar="F",
    )  # fmt: skip
    parser.add_argument(
        "--language", default="en", choices=("en", "vi"),
        help="the language of titles and headings (default: en)",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Lists, explains or answers."""
    from kg.errors import UnknownName
    from kg.questions import load_questions

    questions = load_questions()
    paint = Paint(sys.stdout, options.no_color)
    if not options.question:
        for question in questions.values():
            print(f"{paint(question.name, 'bold')}  {question.title[options.language]}")
        return 0
    if options.question not in questions:
        raise UnknownName("question", options.question, list(questions))
    question = questions[options.question]
    if options.explain:
        _explain(question, options.language, paint)
        return 0
    from kg.answers import spell
    from kg.query import ask, load_store

    given, inputs = _sorted(question, options.inputs)
    store = load_store(chosen(inputs), options.period, options.encoding)
    answer = ask(store, question, given)
    if options.format == "table":
        print(paint(question.title[options.language], "bold"))
    elif options.format == "markdown":
        print(f"## {question.title[options.language]}\n")
    print(spell(answer, options.format, options.language, question, width()), end="")
    return 0


def width() -> int:
    """The columns of the terminal; 100 where there is none."""
    return shutil.get_terminal_size((100, 24)).columns


def chosen(inputs: list[str]) -> list[str]:
    """What was named to ask, else the last build; an error says what to do where there is none."""
    from pathlib import Path

    from kg.errors import KgError

    if inputs:
        return inputs
    if not Path(_DEFAULT).is_file():
        raise KgError(
            f"name what to ask: digests, a folder of a build or a file of RDF; "
            f"or make {_DEFAULT} first: kg build DIGEST"
        )
    return [_DEFAULT]


def _sorted(question: Question, words: list[str]) -> tuple[dict[str, str], list[str]]:
    """Values of parameters, and inputs; a file may have a `=` in its name."""
    from pathlib import Path

    given: dict[str, str] = {}
    inputs = []
    for word in words:
        found = _GIVEN.fullmatch(word)
        if found and (found[1] in question.parameters or not Path(word).exists()):
            given[question.parameter(found[1]).name] = found[2]
        else:
            inputs.append(word)
    return given, inputs


def _explain(question: Question, language: str, paint: Paint) -> None:
    print(f"{paint(question.title[language], 'bold')}\n{question.about[language]}\n")
    for parameter in question.parameters.values():
        about = parameter.about[language]
        print(f"  {parameter.name}={parameter.default}  ({parameter.kind}) {about}")
    print(question.sparql.partition("\n\n")[2], end="")

"""`kg query`: any question in SPARQL."""

from __future__ import annotations

import argparse
import sys

from kg.cli.ask import add_format, chosen, width

SUMMARY = "answer a SPARQL query over digests, a build or RDF"
DESCRIPTION = """\
Answers a SPARQL 1.1 query (SELECT, ASK, CONSTRUCT or DESCRIBE) from digests, the folder of a build
or files of RDF; from out/graph.ttl if none is named. The usual prefixes (kg, arxiv, skos, rdf, rdfs,
dcterms, cito, fabio, schema, prov, oa, xsd, owl, foaf …) need no declaration. Nothing is changed,
and nobody else is asked: updates and SERVICE are refused.
"""
EXAMPLES = """\
examples:
  kg query 'SELECT ?name { ?idea kg:buildsOn/rdfs:label ?name }' digest.md
  kg query 'SELECT ?l { arxiv:2403.03507 kg:hasTopic/kg:broader* ?t . ?t rdfs:label ?l }'
  kg query -f question.rq 2024/ --format csv
  echo 'ASK { ?paper a kg:Paper }' | kg query -f - out/graph.ttl
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of this command."""
    parser.add_argument(
        "inputs", nargs="*", metavar="SPARQL|DIGEST|FILE",
        help="the query, unless -f gives it; digests, folders of a build, files of RDF",
    )  # fmt: skip
    parser.add_argument(
        "-f", "--file", metavar="FILE", help="read the query from a file, or from -"
    )
    add_format(parser)


def run(options: argparse.Namespace) -> int:
    """Reads the query and answers it."""
    from kg.answers import spell
    from kg.errors import KgError
    from kg.query import load_store, query

    inputs = list(options.inputs)
    if not options.file and not inputs:
        raise KgError("name a query: kg query 'SELECT …' DIGEST…, or kg query -f FILE DIGEST…")
    text = _text(options.file) if options.file else inputs.pop(0)
    store = load_store(chosen(inputs), options.period, options.encoding)
    answer = query(store, text)
    print(spell(answer, options.format, options.language, width=width()), end="")
    return 0


def _text(name: str) -> str:
    from pathlib import Path

    from kg.errors import UnreadableInput

    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise UnreadableInput(f"{name}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"{name}: byte {error.start} is not UTF-8") from error

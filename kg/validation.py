"""SHACL: what a graph breaks of `ontology/shapes.ttl`, each with the line of the digest at fault.

A result names a node of the graph. Its place is found as a reader would find
it: by the sources that the node is said at, or those of what is said of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.diagnostics import Diagnostic, Severity, sort_diagnostics
from kg.errors import KgError, UnreadableInput
from kg.export.terms import oa, rdf, rdfs
from kg.loading.rdf import FORMATS
from kg.ontology import load_ontology, ontology_folder

if TYPE_CHECKING:
    import rdflib

__all__ = ["read_rdf", "validate"]

_SH = "http://www.w3.org/ns/shacl#"
_SEVERITIES = {f"{_SH}Warning": Severity.WARNING, f"{_SH}Info": Severity.INFO}


def validate(graph: rdflib.Graph, shapes: list[str] | None = None) -> list[Diagnostic]:
    """What the graph breaks, by place in the digests; `shapes` (IRIs) asks for some shapes only.

    Raises `KgError` where pyshacl is not installed.
    """
    try:
        import pyshacl
    except ImportError as error:
        raise KgError(
            "validation needs pyshacl; install it with: pip install 'kg[shacl]'"
        ) from error
    result: tuple[bool, Any, str] = pyshacl.validate(
        graph, shacl_graph=_shapes(), use_shapes=shapes, inplace=True, advanced=False
    )
    if not isinstance(result[1], type(_shapes())):
        raise KgError(f"the shapes cannot be asked: {str(result[1]).splitlines()[0]}")
    return sort_diagnostics(_Report(graph, result[1]).diagnostics())


def read_rdf(path: Path) -> rdflib.Graph:
    """The triples of a file in one of the RDF formats, those of named graphs included."""
    import pyoxigraph as ox
    import rdflib

    def term(value: Any) -> Any:
        if isinstance(value, ox.NamedNode):
            return rdflib.URIRef(value.value)
        if isinstance(value, ox.BlankNode):
            return rdflib.BNode(value.value)
        if value.language:
            return rdflib.Literal(value.value, lang=value.language)
        kind = None if value.datatype.value.endswith("#string") else value.datatype.value
        return rdflib.Literal(value.value, datatype=rdflib.URIRef(kind) if kind else None)

    found = rdflib.Graph()
    try:
        for quad in ox.parse(path.read_bytes(), format=FORMATS[path.suffix.lower()]):
            found.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    except OSError as error:
        raise UnreadableInput(f"{path}: {error.strerror or error}") from error
    except SyntaxError as error:
        raise UnreadableInput(f"{path}: {error}") from error
    return found


@cache
def _shapes() -> rdflib.Graph:
    import rdflib

    return rdflib.Graph().parse(ontology_folder() / "shapes.ttl", format="turtle")


class _Report:
    """Turns the results of a report into diagnostics."""

    def __init__(self, graph: rdflib.Graph, report: rdflib.Graph) -> None:
        import rdflib

        self._iri = rdflib.URIRef
        self._graph = graph
        self._report = report
        self._ours = load_ontology().namespace

    def diagnostics(self) -> Iterator[Diagnostic]:
        kind = self._iri(rdf("type"))
        for result in self._report.subjects(kind, self._iri(f"{_SH}ValidationResult")):
            focus, value = self._one(result, "focusNode"), self._one(result, "value")
            if str(focus).startswith(self._ours):  # asked once of the whole graph
                focus, value = value, None
            file, line, column = self._place(focus)
            shape = str(self._one(result, "sourceShape")).rpartition("#")[2]
            yield Diagnostic(
                code=re.sub("(?<=[a-z])(?=[A-Z])", "-", shape).lower(),
                severity=_SEVERITIES.get(str(self._one(result, "resultSeverity")), Severity.ERROR),
                message=f"{self._named(focus)}: {self._message(result)}{_shown(value)}",
                file=file,
                line=line,
                column=column,
            )

    def _one(self, subject: Any, name: str) -> Any:
        return self._report.value(subject, self._iri(f"{_SH}{name}"), any=True)

    def _message(self, result: Any) -> str:
        texts = sorted(
            self._report.objects(result, self._iri(f"{_SH}resultMessage")),
            key=lambda text: (getattr(text, "language", "") != "en", str(text)),
        )
        return str(texts[0]) if texts else "breaks a shape"

    def _named(self, node: Any) -> str:
        label = self._graph.value(node, self._iri(rdfs("label")))
        return f"{str(label)[:60]!r}" if label else f"<{node}>"

    def _place(self, node: Any) -> tuple[str, int, int]:
        """File, line and column of the first source of a node; empty where none is known."""
        said_at = self._iri(f"{self._ours}saidAt")
        sources = list(self._graph.objects(node, said_at))
        sources += self._graph.subjects(self._iri(oa("hasSelector")), node)
        for annotation in self._graph.subjects(self._iri(oa("hasBody")), node):
            sources += self._graph.objects(annotation, said_at)
        if (node, self._iri(f"{self._ours}line"), None) in self._graph and not sources:
            sources = [node]
        if not sources:
            for end in ("subject", "object"):
                for statement in self._graph.subjects(self._iri(rdf(end)), node):
                    sources += self._graph.objects(statement, said_at)
        places = (
            (self._text(s, "file"), self._number(s, "line"), self._number(s, "column"))
            for s in sources
        )
        return min(places, default=("", 0, 0))

    def _text(self, node: Any, name: str) -> str:
        value = self._graph.value(node, self._iri(self._ours + name), any=True)
        return "" if value is None else str(value)

    def _number(self, node: Any, name: str) -> int:
        text = self._text(node, name)
        return int(text) if text.isdecimal() else 0


def _shown(value: Any) -> str:
    """The value at fault, short; nothing where the node itself is."""
    if value is None:
        return ""
    text = str(value)
    text = text if len(text) <= 60 else f"{text[:59]}…"
    return f" ({text!r})" if hasattr(value, "datatype") else f" (<{text}>)"

"""The whole flow: documents to outlines to facts to one graph."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, combinations
from pathlib import Path

from kg.citing import citations
from kg.claims import Hearsay, NameClaim, Prose
from kg.diagnostics import Diagnostic
from kg.extract import Extract, extract
from kg.extract.heads import is_priority
from kg.extract.inviting import invites
from kg.graph import KnowledgeGraph
from kg.lexicon import load_lexicon
from kg.model import Edge, Node, Source
from kg.names import NameBook
from kg.reading import Document, Outline, read_documents, read_outline
from kg.reading.html_lists import too_deep
from kg.rules import remark

__all__ = ["build", "build_documents"]

_CROWD = 300


def build(*inputs: str | Path, period: str = "", encoding: str = "utf-8") -> KnowledgeGraph:
    """Builds one graph of digests: files, folders, `-` for standard input, or Markdown text.

    A string with a line break is text, any other a path. `period` (`YYYY-MM`)
    overrides what a digest says of itself. Raises `kg.KgError` for input that
    cannot be read; what is wrong within a digest is in the graph's `diagnostics`.
    """
    return build_documents(read_documents(inputs, encoding), period)


def build_documents(
    documents: Iterable[Document], period: str = "", see: Callable[[Outline], None] | None = None
) -> KnowledgeGraph:
    """Builds one graph of documents already read; their order does not matter.

    `see` is shown the outline of each, which is not kept.
    """
    with _no_collection():
        return _build(documents, period, see or (lambda _: None))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Facts hold no cycles: the cyclic collector would walk them in vain, a fifth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _build(
    documents: Iterable[Document], period: str, see: Callable[[Outline], None]
) -> KnowledgeGraph:
    graph = KnowledgeGraph()
    heard = Hearsay()
    prose: list[Prose] = []
    digests: dict[str, str] = {}
    for document in documents:
        heard.read(document.text, document.name, load_lexicon().tongues.values())
        outline = read_outline(document)
        see(outline)
        found = extract(outline, period)
        del outline
        digest = next(found)
        assert isinstance(digest, Node)
        digests[document.name] = digest.id
        graph.update([*_remarks(document), digest])
        graph.update(_facts(found, heard, prose))
    graph.check()  # what has been read is whole, and its keys are let go
    book = NameBook(heard, (topic.label for topic in graph.nodes("Topic")), load_lexicon())
    said = _said(graph)
    graph.update(list(book.facts(graph.nodes("Paper"), said, digests)))
    graph.update(book.remarks(said))
    graph.update(citations(book.owners, prose))
    graph.update([*_called_after_papers(graph), *_co_citations(graph)])
    graph.check()
    return graph


def _facts(
    found: Iterable[Extract], heard: Hearsay, prose: list[Prose]
) -> Iterator[Node | Edge | Diagnostic]:
    """What goes into the graph at once; the rest waits until all names are known."""
    for fact in found:
        if isinstance(fact, NameClaim):
            heard.claims.append(fact)
        elif isinstance(fact, Prose):
            prose.append(fact)
        else:
            if isinstance(fact, Node) and "identifier" in fact.attributes:
                heard.mentions[fact.id] += 1
            yield fact


def _remarks(document: Document) -> Iterator[Diagnostic]:
    if not document.text.strip("\ufeff \t\r\n"):
        yield remark("empty-input", "nothing to read", document.name)
    if document.replaced:
        count = document.replaced
        yield remark("lone-surrogates", f"{count} lone surrogates became U+FFFD", document.name)
    deep = too_deep(document.data)
    if deep >= 0:
        message = "this list, and those in it, are read no deeper than the one around it"
        yield remark("deep-list", message, document.name, *document.position(deep))


def _said(graph: KnowledgeGraph) -> dict[str, list[str]]:
    """The words about each paper, but for what a reading list calls it: technique, summary ….

    Nor do words such as “must read” say anything of it.
    """
    said: dict[str, list[str]] = defaultdict(list)
    lexicon = load_lexicon()
    for edge in graph.edges("about"):
        entry = graph.node(edge.source)
        listed = entry.type == "Recommendation"
        for value in ("" if listed else entry.label, *entry.attributes.values()):
            lines = value.split("\n") if isinstance(value, str) else []
            first = lines[0] if listed and lines else ""
            told = len(lines) > 1 and invites(first, 0, len(first), lexicon) > 0
            if told or is_priority(first, lexicon):
                del lines[0]
            said[edge.target] += filter(None, ["\n".join(lines)])
    for paper in graph.nodes("Paper"):
        value = paper.attributes.get("summary", ())
        said[paper.id] += value if isinstance(value, tuple) else (str(value),)
    return said


def _called_after_papers(graph: KnowledgeGraph) -> Iterator[Node]:
    """An entry without a title of its own goes by the names of the papers that it is about."""
    labels: dict[str, list[str]] = defaultdict(list)
    for edge in graph.edges("about"):
        if not graph.node(edge.source).label:
            labels[edge.source].append(graph.node(edge.target).label)
    for entry, names in labels.items():
        yield graph.node(entry)._replace(label=", ".join(dict.fromkeys(names)), sources=())


def _co_citations(graph: KnowledgeGraph) -> Iterator[Edge | Diagnostic]:
    """Papers cited by the same entry; the weight counts the entries of a digest.

    Of `_CROWD` papers or more in one entry no two say anything together.
    """
    cited: dict[tuple[str, str], dict[str, list[Source]]] = defaultdict(lambda: defaultdict(list))
    cites = graph.ontology.edge_type("cites").iri
    citing = [
        name for name, kind in graph.ontology.edge_types.items() if cites in (kind.iri, *kind.above)
    ]
    sections: dict[str, str] = {}
    for edge in chain.from_iterable(map(graph.edges, citing)):
        cited[edge.digest, edge.source][edge.target] += edge.sources
        sections[edge.source] = edge.section
    together: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for (digest, entry), papers in cited.items():
        if len(papers) >= _CROWD:
            place = min(chain.from_iterable(papers.values()), key=lambda source: source.sort_key)
            message = f"{len(papers)} papers in {entry}: no two were related as cited together"
            yield remark("too-many-together", message, place.file, *place.position)
            continue
        for first, second in combinations(sorted(papers), 2):
            together[digest, first, second].append(entry)
    for (digest, first, second), entries in sorted(together.items()):
        places = {
            place
            for entry in entries
            for paper in (first, second)
            for place in cited[digest, entry][paper]
        }
        yield Edge(
            source=first,
            type="coCited",
            target=second,
            digest=digest,
            section=min(sections[entry] for entry in entries),
            mentions=len(entries),
            weight=len(entries),
            sources=tuple(sorted(places, key=lambda place: place.sort_key)),
        )

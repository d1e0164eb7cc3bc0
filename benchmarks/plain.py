"""The yardstick: a plain script for the same digests, as one would write it in an hour.

Regular expressions over lines, networkx with `write_graphml`, rdflib with
`serialize`, pyvis with `write_html`, each library as it comes. It reads the one
dialect of the sample and keeps neither evidence nor names found by rule; it is
here to be measured against `kg build`, see `build.py`.
"""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path

import networkx as nx
from pyvis.network import Network
from rdflib import RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef

ID = re.compile(r"(?<![\d.])\d{4}\.\d{4,5}(?![\d.]*\d)")
NAMED = re.compile(r"([A-Z][\w.+/-]*(?: [A-Z\d][\w.+/-]*)*) \(?(\d{4}\.\d{4,5})")
SECTION = re.compile(r"^\d+\.\s+\*\*([A-Z_]+)\*\*")
ITEM = re.compile(r"^(\s*)(?:[*-]|\d+\.)\s+(.*)")
CONTRIBUTION = re.compile(r"\*\*(\d{4}\.\d{4,5}) – (.*) – [^:*]+:\*\* (.*)")
TITLED = re.compile(r"\*\*(.+?):\*\*\s*(.*)")
IDEA = re.compile(r"^\s*✨ \*\*(.+)\*\*")
READING = re.compile(r"(\d{4}\.\d{4,5}) – (.+?) · (.*)")
OPPORTUNITY = re.compile(r"(?:Opportunity|Cơ hội): (.*)")
DUPLICATE = re.compile(r"\((?:Duplicate of|Trùng với) (.*)\)")
FIELDS = (
    ("Motivation", "motivation", "motivatedBy"),
    ("Key novelty", "novelty", "buildsOn"),
    ("Approach", "approach", "usesMethodOf"),
    ("Dataset", "evaluation", "evaluatedWith"),
    ("Risk", "risk", "cautionedBy"),
)
COLOURS = {
    "Digest": "#555555", "Topic": "#4c78a8", "Paper": "#f58518", "Keyword": "#bab0ac",
    "Highlight": "#e45756", "Contribution": "#72b7b2", "Gap": "#b279a2", "Idea": "#eeca3b",
    "Recommendation": "#54a24b", "Trend": "#9d755d",
}  # fmt: skip
KG = Namespace("https://kg.example/ontology#")
BASE = "https://kg.example/id/"


class Builder:
    """Collects nodes and edges into one MultiDiGraph."""

    def __init__(self, period: str) -> None:
        self.graph = nx.MultiDiGraph()
        self.digest = self.node(f"digest:{period}", "Digest", period)

    def node(self, id: str, type: str, label: str, **attributes: str) -> str:
        """Adds a node, or what is new about one."""
        known = self.graph.nodes.get(id, {})
        new = {k: v for k, v in attributes.items() if v}
        self.graph.add_node(id, **{"type": type, "label": label, **known, **new})
        return id

    def paper(self, number: str, **attributes: str) -> str:
        """Adds a paper by its arXiv number."""
        return self.node(
            f"paper:{number}", "Paper", number, url=f"https://arxiv.org/abs/{number}", **attributes
        )

    def edge(self, source: str, type: str, target: str, line: int) -> None:
        """Adds an edge once per type, counting mentions."""
        if self.graph.has_edge(source, target, key=type):
            self.graph.edges[source, target, type]["mentions"] += 1
        else:
            self.graph.add_edge(source, target, key=type, type=type, line=line, mentions=1)

    def entry(self, type: str, name: str, label: str, line: int, **attributes: str) -> str:
        """Adds an entry and its place in the digest."""
        node = self.node(f"{type.lower()}:{slug(name)}", type, label, line=str(line), **attributes)
        self.edge(node, "partOf", self.digest, line)
        return node

    def cite(self, node: str, type: str, text: str, line: int) -> None:
        """Adds a citation for each id in a text."""
        for number in ID.findall(text):
            self.edge(node, type, self.paper(number), line)


def slug(text: str) -> str:
    """Words as a part of an address."""
    return re.sub(r"[^\w()/:&.-]+", "_", text).strip("_")


def read(text: str) -> nx.MultiDiGraph:
    """The graph of a digest."""
    period = re.search(r"\b20\d\d-\d\d\b", text[:500])
    build = Builder(period[0] if period else "digest")
    section, stack, entry, field = "", [], "", ("", "cites")
    for number, line in enumerate(text.splitlines(), 1):
        for name, paper in NAMED.findall(line):
            build.graph.add_node(build.paper(paper), label=name)
        if found := SECTION.match(line):
            section, stack, entry = found[1], [], ""
        elif section == "TOPIC_TREE" and (item := ITEM.match(line)):
            tree(build, stack, len(item[1]), item[2], number)
        elif section == "SOTA_HIGHLIGHTS" and line.count("|") > 5:
            highlight(build, [cell.strip() for cell in line.strip().strip("|").split("|")], number)
        elif section == "NOVEL_TECH_CONTRIBUTIONS" and (found := CONTRIBUTION.search(line)):
            name = f"{found[1]}/{found[2]}"
            node = build.entry("Contribution", name, found[2], number, assessment=found[3])
            build.edge(node, "about", build.paper(found[1]), number)
        elif section == "GAPS_AND_OPPORTUNITIES" and (found := TITLED.search(line)):
            chance = OPPORTUNITY.search(found[2])
            node = build.entry(
                "Gap",
                found[1],
                found[1],
                number,
                text=found[2],
                opportunity=chance[1] if chance else "",
            )
            build.cite(node, "cites", line, number)
        elif section == "FUTURE_IDEAS" and (found := IDEA.match(line)):
            entry = build.entry("Idea", found[1], found[1], number)
        elif section == "FUTURE_IDEAS" and entry and (item := ITEM.match(line)):
            words = item[2]
            for label, attribute, relation in FIELDS:
                if words.startswith(label):
                    field, words = (attribute, relation), words.partition(":")[2].strip()
            known = build.graph.nodes[entry].get(field[0], "")
            build.graph.add_node(entry, **{field[0]: f"{known}\n{words}".strip()})
            build.cite(entry, field[1], words, number)
        elif section == "READING_LIST" and (found := READING.search(line)):
            node = build.entry("Recommendation", found[1], found[2], number, reason=found[3])
            build.edge(node, "about", build.paper(found[1], title=found[2]), number)
        elif section == "META_REFLECTION" and (found := TITLED.search(line)):
            node = build.entry("Trend", found[1], found[1], number, text=found[2])
            build.cite(node, "cites", line, number)
    return build.graph


def tree(build: Builder, stack: list[tuple[int, str]], indent: int, text: str, line: int) -> None:
    """A line of the topic tree: a topic, or papers in the topic above."""
    while stack and stack[-1][0] >= indent:
        stack.pop()
    duplicate = DUPLICATE.match(text)
    if duplicate and stack:
        build.graph.add_node(stack[-1][1], duplicateOf=duplicate[1])
        text = text[duplicate.end() :]
    numbers = ID.findall(text)
    if numbers:
        for number in numbers:
            paper = build.paper(number, summary=text.partition("|")[2].strip())
            if stack:
                build.edge(paper, "hasTopic", stack[-1][1], line)
    else:
        above = stack[-1][1] if stack else "topic:"
        node = build.node(f"{above}/{slug(text)}".replace(":/", ":"), "Topic", text, line=str(line))
        if stack:
            build.edge(node, "broader", above, line)
        stack.append((indent, node))


def highlight(build: Builder, cells: list[str], line: int) -> None:
    """A row of the table of highlights."""
    if len(cells) < 5 or not ID.fullmatch(cells[1]):
        return
    paper = build.paper(cells[1])
    node = build.entry(
        "Highlight", cells[1], cells[1], line, rank=cells[0], breakthrough=cells[3], impact=cells[4]
    )
    build.edge(node, "about", paper, line)
    for keyword in cells[2].split(","):
        word = keyword.strip()
        target = build.node(f"keyword:{slug(word.lower())}", "Keyword", word)
        build.edge(node, "hasKeyword", target, line)


def iri(id: str) -> URIRef:
    """The address of a node."""
    kind, _, rest = id.partition(":")
    return URIRef(f"https://arxiv.org/abs/{rest}" if kind == "paper" else f"{BASE}{kind}/{rest}")


def write_turtle(graph: nx.MultiDiGraph, path: Path) -> None:
    """RDF: types, labels, attributes and relations."""
    made = Graph()
    made.bind("kg", KG)
    for id, data in graph.nodes(data=True):
        made.add((iri(id), RDF.type, KG[data["type"]]))
        made.add((iri(id), RDFS.label, Literal(data["label"])))
        for name, value in data.items():
            if name not in ("type", "label"):
                kind = XSD.integer if name in ("line", "rank") else None
                made.add((iri(id), KG[name], Literal(value, datatype=kind)))
    for source, target, data in graph.edges(data=True):
        made.add((iri(source), KG[data["type"]], iri(target)))
    made.serialize(path, format="turtle")


def write_page(graph: nx.MultiDiGraph, name: str, directed: bool) -> None:
    """A page with pyvis; undirected, it has no arrows and one edge between two nodes at most."""
    network = Network(directed=directed)
    for id, data in graph.nodes(data=True):
        shown = "\n".join(f"{k}: {v}" for k, v in data.items() if k != "label")
        network.add_node(id, label=data["label"], color=COLOURS[data["type"]], title=shown)
    for source, target, data in graph.edges(data=True):
        network.add_edge(source, target, title=data["type"])
    network.write_html(name)


def main() -> None:
    """Reads a digest and writes the formats into a folder."""
    parser = argparse.ArgumentParser(description="A plain script to measure kg against.")
    parser.add_argument("digest", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("plain"))
    parser.add_argument("--format", default="ttl,graphml,html")
    parser.add_argument("--undirected", action="store_true", help="the page by pyvis's defaults")
    options = parser.parse_args()
    graph = read(options.digest.read_text(encoding="utf-8"))
    options.output.mkdir(parents=True, exist_ok=True)
    os.chdir(options.output)  # pyvis copies its libraries to where it stands
    formats = options.format.split(",")
    if "ttl" in formats:
        write_turtle(graph, Path("graph.ttl"))
    if "graphml" in formats:
        nx.write_graphml(graph, "graph.graphml")
    if "html" in formats:
        write_page(graph, "graph.html", not options.undirected)
    print(f"{len(graph)} nodes\n{graph.number_of_edges()} edges")


if __name__ == "__main__":
    main()

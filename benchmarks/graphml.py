"""Measures how fast kg writes GraphML, beside networkx's three writers and igraph's.

See `python benchmarks/graphml.py --help`.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from typing import Any

__all__ = ["made", "measured"]

_HELP = """\
Writes one graph as GraphML with kg, with networkx's write_graphml_xml, write_graphml_lxml and
generate_graphml, and with igraph's write_graphml; each in a process of its own, so that no one
starts with another's memory. The graph is made: papers, topics and entries with the edges that
digests make between them.
"""
_NOTES = """\
Every writer gets the same nodes and edges with the same attributes, in the form it wants (kg a
KnowledgeGraph, networkx a MultiDiGraph, igraph a Graph), made before the clock starts. So are
the order of the facts and the layout, which kg computes once per graph for all its formats, and
which the others are given as attributes; their cost is printed apart.

CPU is user + system time of the writing alone. Extra memory is the peak of the process while
it writes, less what it had before (Linux only, from /proc/self; elsewhere not told). Ratios are to
write_graphml_lxml: below 1 is better. A file of kg's has one edge per type and ends with every
attribute in its place; the plain files differ in what Gephi makes of them, see the README.

examples:
  python benchmarks/graphml.py                    1,000,000 edges (8 GB of memory, many minutes)
  python benchmarks/graphml.py --edges 100000 --runs 3
  python benchmarks/graphml.py --only kg,lxml
"""
_WRITERS = ("kg", "lxml", "xml", "generate", "igraph")
_TITLES = {
    "kg": "kg", "lxml": "nx.write_graphml_lxml", "xml": "nx.write_graphml_xml",
    "generate": "nx.generate_graphml", "igraph": "igraph write_graphml",
}  # fmt: skip


def made(edges: int, seed: int = 1) -> Any:
    """A KnowledgeGraph of that many edges and a sixth as many nodes."""
    from kg import Edge, KnowledgeGraph, Node, Source

    random = Random(seed)
    count = max(edges // 8, 4)
    papers = [f"paper:24{n // 90000:02}.{n % 90000 + 10000:05}" for n in range(count)]
    topics = [f"topic:T{n}" for n in range(max(count // 20, 2))]
    entries = [f"gap:2024-03/G{n}" for n in range(max(count // 4, 2))]
    digest = "digest:2024-03"

    def place(line: int, text: str) -> tuple[Source, ...]:
        return (
            Source(file="2024-03.md", section="s", line=line, column=3, start=line * 80,
                   end=line * 80 + len(text), text=text),
        )  # fmt: skip

    def facts() -> Iterable[Any]:
        yield Node(id=digest, type="Digest", label="2024-03", attributes={"period": "2024-03"})
        for n, id in enumerate(topics):
            label = f"Chủ đề {n} & more"
            yield Node(id=id, type="Topic", label=label, attributes={"path": label, "depth": n % 5})
        for n, id in enumerate(papers):
            number = id.partition(":")[2]
            about = {
                "identifier": f"arXiv:{number}", "url": f"https://arxiv.org/abs/{number}",
                "published": "2024-03", "summary": f"Proposes method {n}, which is “better”.",
            }  # fmt: skip
            yield Node(id=id, type="Paper", label=f"Method {n}", attributes=about,
                       sources=place(n + 1, number))  # fmt: skip
        for n, id in enumerate(entries):
            yield Node(
                id=id, type="Gap", label=f"Gap {n}", attributes={"text": f"Gap {n} <is> open."}
            )
        known: set[tuple[str, str]] = set()
        for n, id in enumerate(topics[1:], 1):
            known.add((id, topics[(n - 1) // 8]))
            yield Edge(source=id, type="broader", target=topics[(n - 1) // 8], digest=digest,
                       section="TOPIC_TREE", sources=place(n, "x"))  # fmt: skip
        for n, id in enumerate(papers):
            known.add((id, ""))
            yield Edge(source=id, type="hasTopic", target=random.choice(topics), digest=digest,
                       section="TOPIC_TREE", sources=place(n + 1, id))  # fmt: skip
        while len(known) < edges:
            start, end = random.choice(entries), random.choice(papers)
            if (start, end) not in known:
                known.add((start, end))
                yield Edge(source=start, type="cites", target=end, digest=digest,
                           section="GAPS_AND_OPPORTUNITIES", basis="identifier",
                           sources=place(len(known), end))  # fmt: skip

    return KnowledgeGraph(facts())


def _attributes(
    graph: Any,
) -> tuple[dict[str, dict[str, Any]], list[tuple[str, str, dict[str, Any]]]]:
    """Nodes and edges with the attributes that kg writes, as plain values."""
    from kg.export.drawing import Drawing
    from kg.export.records import Records

    records, drawing = Records(graph), Drawing(graph)
    nodes, edges = {}, []
    for node in graph.nodes():
        found = records.node(node)
        drawn = drawing.of(node.id)._asdict()
        found.update({name: value for name, value in drawn.items() if value is not None})
        found["color"] = graph.ontology.node_type(node.type).colour
        del found["id"]
        nodes[node.id] = found
    for edge in graph.edges():
        found = records.edge(edge)
        ends = found.pop("source"), found.pop("target")
        found.update(
            interaction=edge.type, count=1, color=graph.ontology.edge_type(edge.type).colour
        )
        edges.append((*ends, found))
    return nodes, edges


def _networkx(graph: Any) -> Any:
    import networkx as nx

    nodes, edges = _attributes(graph)
    found = nx.MultiDiGraph()
    found.add_nodes_from(nodes.items())
    found.add_edges_from((a, b, data["type"], data) for a, b, data in edges)
    return found


def _igraph(graph: Any) -> Any:
    import igraph

    nodes, edges = _attributes(graph)
    found = igraph.Graph(directed=True)
    number = {id: place for place, id in enumerate(nodes)}
    found.add_vertices(len(nodes), {
        name: [data.get(name) for data in nodes.values()]
        for name in dict.fromkeys(name for data in nodes.values() for name in data)
    })  # fmt: skip
    found.vs["name"] = list(nodes)
    found.add_edges([(number[a], number[b]) for a, b, _ in edges], {
        name: [data.get(name) for _, _, data in edges]
        for name in dict.fromkeys(name for _, _, data in edges for name in data)
    })  # fmt: skip
    return found


def _writer(name: str, graph: Any) -> tuple[Callable[[Path], object], int]:
    """What writes the graph to a path, and how many edges it has; what came before is dropped."""
    if name == "kg":
        return lambda path: graph.export("graphml", path), sum(1 for _ in graph.edges())
    if name == "igraph":
        other = _igraph(graph)
        return lambda path: other.write_graphml(str(path)), other.ecount()
    import networkx as nx

    other = _networkx(graph)
    count = other.number_of_edges()
    if name == "generate":

        def generate(path: Path) -> None:
            with path.open("w", encoding="utf-8") as stream:
                stream.writelines(f"{line}\n" for line in nx.generate_graphml(other))

        return generate, count
    write = nx.write_graphml_lxml if name == "lxml" else nx.write_graphml_xml
    return lambda path: write(other, path), count


def measured(name: str, edges: int) -> str:
    """CPU seconds, extra MB, file MB, edges, and seconds of order and layout, as one line."""
    from kg.layout import layout

    graph = made(edges)
    began = _cpu()
    layout(graph)
    before = _cpu() - began
    write, count = _writer(name, graph)
    if name != "kg":
        del graph
    gc.collect()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.graphml"
        start = _memory("VmRSS")
        if start:
            Path("/proc/self/clear_refs").write_text("5")
        began = _cpu()
        write(path)
        used = _cpu() - began
        extra = (_memory("VmHWM") - start) / 1e6 if start else float("nan")
        size = path.stat().st_size / 1e6
    return f"{used} {extra} {size} {count} {before}"


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _memory(key: str) -> int:
    """Bytes of this process by /proc/self/status; 0 where there is none."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    found = [line for line in status.read_text().splitlines() if line.startswith(f"{key}:")]
    return int(found[0].split()[1]) * 1024


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=_HELP, epilog=_NOTES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--edges", type=int, default=1_000_000, help="how many (default: 1000000)")
    parser.add_argument("--runs", type=int, default=1, help="runs of each; the least CPU counts")
    parser.add_argument(
        "--only", default=",".join(_WRITERS), metavar="W[,W…]", help="which writers (default: all)"
    )
    parser.add_argument("--measure", choices=_WRITERS, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    """Runs each writer in a process of its own, prints a table."""
    options = _options()
    if options.measure:
        print(measured(options.measure, options.edges))
        return
    print(f"Python {platform.python_version()}, {os.cpu_count()} CPUs, {platform.platform()}")
    found: dict[str, list[float]] = {}
    for _ in range(options.runs):
        for name in options.only.split(","):
            command = [sys.executable, __file__, "--measure", name, "--edges", str(options.edges)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            values = [float(text) for text in done.stdout.split()]
            found[name] = min(found.get(name, values), values)
            told = f"{_TITLES[name]}: {values[0]:.2f} s, {values[1]:.1f} MB"
            print(told, file=sys.stderr, flush=True)
    base = found.get("lxml", next(iter(found.values())))
    print(
        f"{'':<24}{'CPU s':>8}{'ratio':>8}{'extra MB':>10}{'ratio':>9}{'file MB':>9}{'edges':>10}"
    )
    for name, (used, extra, size, count, _) in found.items():
        ratio = extra / base[1] if base[1] > 0 else float("nan")
        print(
            f"{_TITLES[name]:<24}{used:>8.2f}{used / base[0]:>8.2f}{extra:>10.1f}{ratio:>9.2f}"
            f"{size:>9.0f}{count:>10,.0f}"
        )
    if "kg" in found:
        print(f"order and layout, once per graph for all formats of kg: {found['kg'][4]:.2f} s")


if __name__ == "__main__":
    main()

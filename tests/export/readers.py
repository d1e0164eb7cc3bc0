"""What each program makes of a file of ours, in one form: plain dicts of nodes and edges."""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import igraph
import networkx as nx

from tests.export import programs

Cells = dict[str, Any]


class Read(NamedTuple):
    """Nodes by id, and edges with `source`, `target` and `type`."""

    nodes: dict[str, Cells]
    edges: list[Cells]


def networkx_graph(graph: Any) -> Read:
    for _, cells in graph.nodes(data=True):
        viz = cells.pop("viz", {})
        if "color" in viz:
            cells["color"] = "#{r:02x}{g:02x}{b:02x}".format(**viz["color"])
        if "size" in viz:
            cells["size"] = viz["size"]
        cells.update({axis: viz["position"][axis] for axis in "xy" if "position" in viz})
    edges = [{**cells, "source": a, "target": b} for a, b, cells in graph.edges(data=True)]
    return Read(dict(graph.nodes(data=True)), edges)


def networkx_graphml(path: Path) -> Read:
    return networkx_graph(nx.read_graphml(path, force_multigraph=True))


def networkx_gexf(path: Path) -> Read:
    return networkx_graph(nx.read_gexf(path))


def networkx_json(path: Path) -> Read:
    data = json.loads(path.read_text(encoding="utf-8"))
    return networkx_graph(nx.node_link_graph(data, edges="edges"))


def networkx_cyjs(path: Path) -> Read:
    return networkx_graph(nx.cytoscape_graph(json.loads(path.read_text(encoding="utf-8"))))


def igraph_graphml(path: Path) -> Read:
    """igraph 1.0 shows the ids with `&#38;` for `&`; `id` among the cells is what it shows."""
    graph = igraph.Graph.Read_GraphML(str(path))

    def told(cells: Cells) -> Cells:
        missing = {k for k, v in cells.items() if v in (None, "") or v != v}
        return {name: value for name, value in cells.items() if name not in missing}

    ids = [unescape(id) for id in graph.vs["id"]]
    nodes = {id: told(v.attributes()) for id, v in zip(ids, graph.vs, strict=True)}
    ends = ({"source": ids[e.source], "target": ids[e.target]} for e in graph.es)
    return Read(nodes, [told(e.attributes()) | end for e, end in zip(graph.es, ends, strict=True)])


def gephi(path: Path) -> Read:
    found = programs.opened(path)

    def cells(element: Cells) -> Cells:
        since = {"since": element["bounds"][0]} if element["bounds"] else {}
        return element | element["cells"] | since

    nodes = {node["id"]: cells(node) for node in found["nodes"]}
    return Read(nodes, [cells(edge) | {"type": edge["kind"]} for edge in found["edges"]])


def javascript(path: Path) -> Read:
    """Gephi Lite's importers for GraphML and GEXF, Cytoscape.js for CYJS."""
    found = programs.imported(path)[path]
    for cells in (*found["nodes"], *found["edges"]):
        if rgb := re.fullmatch(r"rgb\((\d+),(\d+),(\d+)\)", cells.get("color", "")):
            cells["color"] = "#" + bytes(map(int, rgb.groups())).hex()
        if "position" in cells:
            cells["x"], cells["y"] = cells["position"]["x"], -cells["position"]["y"]
    return Read({node["id"]: node for node in found["nodes"]}, found["edges"])


def neo4j_csv(path: Path) -> Read:
    """By the rules of neo4j-admin's headers: `name:type`, an empty cell is no value."""
    nodes: dict[str, Cells] = {}
    edges: list[Cells] = []
    for file in sorted(path.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            header, *rows = csv.reader(stream)
        for row in rows:
            cells = {
                key.partition(":")[0] or key: _typed(text, key.partition(":")[2])
                for key, text in zip(header, row, strict=True)
                if text
            }
            if ":LABEL" in cells:
                label = cells.pop(":LABEL")
                nodes[cells["id"]] = cells | {"type": label}
            else:
                names = {"source": ":START_ID", "target": ":END_ID", "type": ":TYPE"}
                ends = {name: cells.pop(header) for name, header in names.items()}
                edges.append(cells | ends)
    return Read(nodes, edges)


def _typed(text: str, type: str) -> Any:
    kinds: dict[str, Callable[[str], Any]] = {
        "int": int, "long": int, "double": float, "boolean": lambda word: word == "true",
        "string[]": lambda words: words.split(";"),
    }  # fmt: skip
    return kinds.get(type, str)(text)


def cypher(path: Path) -> Read:
    """What the rows of the script say; `tests/export/test_neo4j.py` has Neo4j itself run it."""
    nodes: dict[str, Cells] = {}
    edges: list[Cells] = []
    text = re.sub(r"^//.*\n", "", path.read_bytes().decode(), flags=re.MULTILINE)
    for rows, merge in re.findall(r"^UNWIND (\[.*?)^\] AS row\n(.*?;)$", text, re.S | re.M):
        for row in _Literals(rows + "]").value():
            cells = row.pop("properties")
            if "id" in row:
                [label] = re.findall(r"MERGE \(n:(\w+) ", merge)
                nodes[row["id"]] = row | cells | {"type": label}
            else:
                [type] = re.findall(r"\[r:(\w+) ", merge)
                edges.append(row | cells | {"type": type})
    return Read(nodes, edges)


class _Literals:
    """Reads Cypher's maps, lists, numbers, truth values and strings joined with `+`."""

    def __init__(self, text: str) -> None:
        assert not re.search(r"(?<!\\)(?:\\\\)+u[0-9a-fA-F]{4}", text), "a Unicode escape, early on"
        self.tokens = self._tokens(text)
        self.next = next(self.tokens)

    def _tokens(self, text: str) -> Iterator[str]:
        pattern = re.compile(
            r"\s*(?:('(?:[^'\\]|\\.)*')|([\w.]+(?:-\d+)?|-[\w.]+(?:-\d+)?)|(.))", re.S
        )
        place = 0
        while place < len(text.rstrip()):
            found = pattern.match(text, place)
            assert found
            place = found.end()
            yield next(group for group in found.groups() if group is not None)
        yield ""

    def take(self, wanted: str = "") -> str:
        found = self.next
        assert not wanted or found == wanted, (found, wanted)
        self.next = next(self.tokens, "")
        return found

    def value(self) -> Any:
        if self.next == "{":
            self.take()
            pairs: Cells = {}
            while self.next != "}":
                key = self.take()
                self.take(":")
                pairs[key] = self.value()
                if self.next == ",":
                    self.take()
            self.take("}")
            return pairs
        if self.next == "[":
            self.take()
            items = []
            while self.next != "]":
                items.append(self.value())
                if self.next == ",":
                    self.take()
            self.take("]")
            return items
        word = self.take()
        if word.startswith("'"):
            text = _unescaped(word)
            while self.next == "+":
                self.take()
                text += _unescaped(self.take())
            return text
        if word in ("true", "false"):
            return word == "true"
        return int(word) if re.fullmatch(r"-?\d+", word) else float(word)


def _unescaped(word: str) -> str:
    names = {"n": "\n", "r": "\r", "t": "\t", "'": "'", "\\": "\\"}
    return re.sub(
        r"\\(u([0-9A-F]{4})|.)",
        lambda m: chr(int(m[2], 16)) if m[2] else names[m[1]],
        word[1:-1],
        flags=re.S,
    )


READERS: dict[tuple[str, str], Callable[[Path], Read]] = {
    ("graphml", "Gephi"): gephi,
    ("graphml", "Gephi Lite"): javascript,
    ("graphml", "igraph"): igraph_graphml,
    ("graphml", "networkx"): networkx_graphml,
    ("gexf", "Gephi"): gephi,
    ("gexf", "Gephi Lite"): javascript,
    ("gexf", "networkx"): networkx_gexf,
    ("json", "networkx"): networkx_json,
    ("cyjs", "Cytoscape.js"): javascript,
    ("cyjs", "networkx"): networkx_cyjs,
    ("csv", "Neo4j"): neo4j_csv,
    ("cypher", "Neo4j"): cypher,
}
"""By format and program; those of the last two by their rules, without the program."""


def same(one: Any, other: Any) -> bool:
    """Equal values of one kind; a list is a tuple, and a number a number."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        return list(one) == list(other)
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-6, abs_tol=0.01)  # Gephi keeps 32 bits
    return bool(one == other)

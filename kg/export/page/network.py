"""pyvis's Network, made fast, strict and self-contained.

This is the only file that imports pyvis, which pulls in IPython: import it
inside functions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyvis.network
from pyvis.edge import Edge
from pyvis.node import Node

from kg.errors import KgError
from kg.export.page.columns import columns
from kg.export.page.rendering import render

__all__ = ["Network", "stock"]

_SIZED = {"dot", "square", "diamond", "triangle", "triangleDown", "star", "hexagon"}
"""The shapes of vis-network that have the size of the node, not that of its label."""
_CENTRE = 4
_FONT = 5


class Network(pyvis.network.Network):  # type: ignore[misc]
    """A pyvis network whose page is one file that asks the net for nothing.

    Unlike in pyvis: adding takes constant time, parallel edges are kept, a
    label of 0 or '' stays, a node that contradicts an earlier one of its id is
    an error, and texts of nodes and edges are never markup. `data` is what the
    page shows beside the picture: see `kg.export.html.page`.
    """

    def __init__(
        self, title: str = "", data: Mapping[str, Any] | None = None, **options: Any
    ) -> None:
        super().__init__(**{"directed": True, "cdn_resources": "in_line", **options})
        self.heading: str = title or str(options.get("heading", ""))
        self.data = dict(data or {})
        self._stock = self.options.to_json()

    def add_node(
        self,
        n_id: str | int,
        label: str | int | None = None,
        shape: str = "dot",
        color: str | None = None,
        **options: Any,
    ) -> None:
        """Adds a node; saying the same again changes nothing, a contradiction is a `KgError`."""
        if color is not None:
            options["color"] = color
        if options.get("group") is not None and shape == "dot":
            made = {**options, "id": n_id, "label": n_id if label is None else label}
        else:
            made = Node(n_id, shape, n_id if label is None else label, **options).options
        known = self.node_map.get(n_id)
        if known is None:
            self.nodes.append(made)
            self.node_ids.append(n_id)
            self.node_map[n_id] = made
        elif known != made:
            raise KgError(f"the page has another node {n_id!r} already")

    def add_edge(self, source: str | int, to: str | int, **options: Any) -> None:
        """Adds an edge beside those that are there; both ends must be nodes of the page."""
        for end in (source, to):
            if end not in self.node_map:
                raise KgError(f"the page has no node {end!r}")
        self.edges.append(Edge(source, to, self.directed, **options).options)

    def generate_html(self, name: str = "", local: bool = True, notebook: bool = False) -> str:
        """The page; the arguments are pyvis's and say nothing here."""
        tables = columns(self.nodes, self.edges, self.data)
        self.html = "".join(render(str(self.heading), tables, self._chosen()))
        return self.html

    def _chosen(self) -> dict[str, Any]:
        """The options that somebody set; those that pyvis begins with are vis-network's own."""
        if isinstance(self.options, dict):
            return self.options
        text = self.options.to_json()
        chosen: dict[str, Any] = {} if text == self._stock else json.loads(text)
        return chosen

    def write_html(
        self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False
    ) -> None:
        """Writes the page in UTF-8, and nothing else."""
        from kg.export import replace_file

        replace_file(Path(name), [self.generate_html().encode()])
        if open_browser:
            import webbrowser

            webbrowser.open(Path(name).resolve().as_uri())


def stock(
    nodes: Iterable[Mapping[str, Any]], edges: Iterable[Mapping[str, Any]], data: Mapping[str, Any]
) -> pyvis.network.Network:
    """The same picture as a network of pyvis's own class, fixed in its places.

    It gets no texts but labels, which pyvis draws: a title with a link in it
    would make pyvis show all titles as markup. Labels are as small as nodes, so
    that they appear as one comes closer; a node with an area is its centre.
    """
    looks = {entry["name"]: entry for entry in (*data["types"], *data["relations"])}
    made = pyvis.network.Network(directed=True, cdn_resources="in_line")
    made.toggle_physics(False)
    for node in nodes:
        look = looks[node["group"]]
        made.add_node(
            node["id"],
            node["label"],
            look["shape"] if look["shape"] in _SIZED else "dot",
            look["colour"],
            x=node["x"],
            y=node["y"],
            size=_CENTRE if node["disc"] else node["size"],
            font={"size": _FONT},
            physics=False,
        )
    for edge in edges:
        look = looks[edge["relation"]]
        made.add_edge(edge["from"], edge["to"], color=look["colour"], title=look["label"]["en"])
    return made

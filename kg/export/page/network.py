"""pyvis's Network, made fast, strict and self-contained.

This is the only file that imports pyvis, which pulls in IPython: import it
inside functions.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import jinja2
import pyvis.network
from markupsafe import Markup
from pyvis.edge import Edge
from pyvis.node import Node

from kg.errors import KgError

__all__ = ["Network", "json_text"]

_HERE = Path(__file__).parent
_VIS = Path(pyvis.network.__file__).parent / "templates" / "lib" / "vis-9.1.2"
_SCRIPTS = ("text.js", "shapes.js", "drawing.js", "panel.js", "search.js", "page.js")
_UNSAFE_JSON = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_UNSAFE_TEXT = re.compile("[\0-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


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
        vis_css, vis_js = (_text(_VIS / f"vis-network{end}") for end in (".css", ".min.js"))
        styles = [vis_css, _text(_HERE / "page.css")]
        scripts = [vis_js, _module([_text(_HERE / script) for script in _SCRIPTS])]
        options = self.options
        if not isinstance(options, dict):
            options = json.loads(options.to_json())
        self.html = _template().render(
            title=_UNSAFE_TEXT.sub("\ufffd", str(self.heading)),
            csp=_policy(styles, scripts),
            styles=[Markup(style) for style in styles],  # noqa: S704  files of ours and pyvis's
            scripts=[Markup(script) for script in scripts],  # noqa: S704
            blocks={
                "graph": json_text({"nodes": self.nodes, "edges": self.edges, "options": options}),
                **{key: json_text(value) for key, value in self.data.items()},
            },
        )
        return str(self.html)

    def write_html(
        self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False
    ) -> None:
        """Writes the page in UTF-8, and nothing else."""
        from kg.export import replace_file

        replace_file(Path(name), [self.generate_html().encode()])
        if open_browser:
            import webbrowser

            webbrowser.open(Path(name).resolve().as_uri())


def json_text(value: Any) -> Markup:
    """JSON that can stand in a `<script type="application/json">`, whatever texts it holds."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(_UNSAFE_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text))  # noqa: S704


def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html.j2")


def _text(path: Path) -> str:
    """A file as the browser will see it: it hashes what it has read, with line ends made LF."""
    text = path.read_text("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    if re.search(r"</(script|style)", text, re.IGNORECASE):
        raise KgError(f"{path.name} cannot stand inside a page")
    return text


def _module(parts: list[str]) -> str:
    """Our scripts as one, with names of their own."""
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "})();\n"


def _policy(styles: list[str], scripts: list[str]) -> str:
    """A Content-Security-Policy that lets nothing run but these very texts, and asks nobody."""

    def hashes(texts: list[str]) -> str:
        found = (b64encode(sha256(text.encode()).digest()).decode() for text in texts)
        return " ".join(f"'sha256-{value}'" for value in found)

    return (
        f"default-src 'none'; script-src {hashes(scripts)}; style-src {hashes(styles)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )

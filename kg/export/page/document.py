"""The page as a document: template, inlined files, and the policy that lets nothing else run."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from zlib import DEFLATED, MAX_WBITS, compressobj

import jinja2
from markupsafe import Markup

from kg.errors import KgError

__all__ = ["document", "json_text"]

_HERE = Path(__file__).parent
_SCRIPTS = (
    "data.js", "inflate.js", "state.js", "strings.js", "text.js", "theme.js", "shapes.js", "view.js", "grid.js",
    "ties.js", "scene.js", "drawground.js", "drawedges.js", "drawnodes.js", "labels.js", "draw.js",
    "pick.js", "mapwords.js", "map.js", "gestures.js", "svg.js", "export.js", "library.js",
    "parts.js", "filters.js", "sidebar.js", "search.js", "legend.js", "outline.js", "panel.js", "near.js", "focusdraw.js",
    "focus.js", "path.js", "views.js", "announce.js", "keys.js", "main.js",
)  # fmt: skip
"""Our scripts in the order they run; each adds to the one global `kg`."""
_STYLES = ("page.css", "panel.css", "phone.css", "print.css")
_PACK_FROM = 2_000_000
"""Texts of so many characters are packed: a page of some 3,000 nodes still shows all it holds."""
_UNSAFE_JSON = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_UNSAFE_TEXT = re.compile("[\0-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def document(
    title: str, graph: Mapping[str, Any], texts: Mapping[str, Any], library: Mapping[str, Path]
) -> str:
    """The whole page; `library` is the `style` and the `script` of vis-network."""
    styles = [_text(library["style"]), *(_text(_HERE / name) for name in _STYLES)]
    script = _module([_text(_HERE / name) for name in _SCRIPTS])
    vis = _text(library["script"])
    body, packed = _packed(json_text(texts))
    page = _template().render(
        title=_UNSAFE_TEXT.sub("\ufffd", title),
        csp=_policy(styles, [script, vis]),
        styles=[Markup(style) for style in styles],  # noqa: S704  files of ours and pyvis's
        script=Markup(script),  # noqa: S704
        library=Markup(vis),  # noqa: S704
        graph=json_text(graph),
        texts=body,
        packed=packed,
    )
    return str(page)


def json_text(value: Any) -> Markup:
    """JSON that can stand in a `<script type="application/json">`, whatever texts it holds."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(_UNSAFE_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text))  # noqa: S704


def _packed(text: Markup) -> tuple[Markup, bool]:
    """Texts of a large graph deflated, as base64; `inflate.js` reads them."""
    if len(text) < _PACK_FROM:
        return text, False
    packer = compressobj(9, DEFLATED, -MAX_WBITS)
    packed = packer.compress(text.encode()) + packer.flush()
    return Markup(b64encode(packed).decode()), True  # noqa: S704  letters, digits, +, / and =


@cache
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


@cache
def _text(path: Path) -> str:
    """A file as the browser will see it: it hashes what it has read, with line ends made LF."""
    text = path.read_text("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    if re.search(r"</(script|style)|<!--", text, re.IGNORECASE):
        raise KgError(f"{path.name} cannot stand inside a page")
    return text


def _module(parts: Sequence[str]) -> str:
    """Our scripts as one, in strict mode."""
    return '"use strict";\n' + "\n".join(parts)


def _policy(styles: Sequence[str], scripts: Sequence[str]) -> str:
    """A Content-Security-Policy that lets nothing run but these very texts, and asks nobody."""

    def hashes(texts: Sequence[str]) -> str:
        found = (b64encode(sha256(text.encode()).digest()).decode() for text in texts)
        return " ".join(f"'sha256-{value}'" for value in found)

    return (
        f"default-src 'none'; script-src {hashes(scripts)}; style-src {hashes(styles)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )

"""The page as a document: template, inlined files, and the policy that lets nothing else run."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from itertools import chain
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
_SLICE = 4000
_UNSAFE_JSON = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_UNSAFE_TEXT = re.compile("[\0-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def document(
    title: str, graph: Mapping[str, Any], texts: Mapping[str, Any], library: Mapping[str, Path]
) -> Iterator[str]:
    """The whole page, in pieces; `library` is the `style` and the `script` of vis-network."""
    styles = [_text(library["style"]), *(_text(_HERE / name) for name in _STYLES)]
    script = _module([_text(_HERE / name) for name in _SCRIPTS])
    vis = _text(library["script"])
    body, packed = _packed(_pieces(texts))
    return _template().generate(
        title=_UNSAFE_TEXT.sub("\ufffd", title),
        csp=_policy(styles, [script, vis]),
        styles=[Markup(style) for style in styles],  # noqa: S704  files of ours and pyvis's
        script=Markup(script),  # noqa: S704
        library=Markup(vis),  # noqa: S704
        graph=_pieces(graph),
        texts=body,
        packed=packed,
    )


def json_text(value: Any) -> Markup:
    """JSON that can stand in a `<script type="application/json">`, whatever texts it holds."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(_UNSAFE_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text))  # noqa: S704


def _pieces(texts: Mapping[str, Any]) -> Iterator[Markup]:
    """`json_text` of an object, its lists in slices: at no time all of it is in memory twice."""
    lead = "{"
    for key, value in texts.items():
        yield Markup(f"{lead}{json_text(key)}:")  # noqa: S704  what json_text gave, here and below
        if isinstance(value, list) and value:
            for start in range(0, len(value), _SLICE):
                part = json_text(value[start : start + _SLICE])[1:-1]
                yield Markup(f"{',' if start else '['}{part}")  # noqa: S704
            yield Markup("]")
        else:
            yield json_text(value)
        lead = ","
    yield Markup("}") if texts else Markup("{}")


def _packed(pieces: Iterator[Markup]) -> tuple[list[Markup], bool]:
    """Texts as they are, or of a large graph deflated, as base64; `inflate.js` reads them."""
    kept: list[Markup] = []
    length = 0
    for piece in pieces:
        kept.append(piece)
        length += len(piece)
        if length >= _PACK_FROM:
            packer = compressobj(6, DEFLATED, -MAX_WBITS)
            packed = [packer.compress(part.encode()) for part in chain(kept, pieces)]
            packed.append(packer.flush())
            text = b64encode(b"".join(packed)).decode()
            return [Markup(text)], True  # noqa: S704  letters, digits, +, / and =
    return kept, False


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

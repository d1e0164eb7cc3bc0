"""The page as a document: template, inlined files, and the policy that lets nothing else run."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import Any
from zlib import DEFLATED, MAX_WBITS, Z_FINISH, compressobj

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
_SLICE = 500
_UNSAFE_JSON = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_UNSAFE_TEXT = re.compile("[\0-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def document(
    title: str,
    graph: Mapping[str, Any],
    texts: Mapping[str, Any],
    library: Mapping[str, Path],
    links: Mapping[str, str],
) -> Iterator[str]:
    """The whole page, in pieces; `library` is the `style` and the `script` of vis-network.

    `links` are addresses by their names, of pages beside this one.
    """
    styles = [_text(library["style"]), *(_text(_HERE / name) for name in _STYLES)]
    script = _module([_text(_HERE / name) for name in _SCRIPTS])
    vis = _text(library["script"])
    body, packed = _packed(_pieces(texts))
    return _template().generate(
        title=_UNSAFE_TEXT.sub("\ufffd", title),
        links=links,
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
    """`json_text` of an object, its lists in slices: at no time all of it is in memory twice.

    What can be gone through is a list, be it made while it is written.
    """
    lead = "{"
    for key, value in texts.items():
        yield Markup(f"{lead}{json_text(key)}:")  # noqa: S704  what json_text gave, here and below
        if isinstance(value, Iterable) and not isinstance(value, str | dict):
            rows = iter(value)
            yield Markup("[")
            for place, part in enumerate(iter(lambda: list(islice(rows, _SLICE)), [])):  # noqa: B023
                yield Markup(f"{',' if place else ''}{json_text(part)[1:-1]}")  # noqa: S704
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
            packed = (packer.compress(part.encode()) for part in chain(kept, pieces))
            return _base64(chain(packed, map(packer.flush, [Z_FINISH]))), True
    return kept, False


def _base64(chunks: Iterable[bytes]) -> list[Markup]:
    """Bytes as text, in pieces: the letters of one stream, which are cut at every third byte only."""
    found: list[Markup] = []
    rest = b""
    for chunk in chunks:
        rest += chunk
        whole = len(rest) - len(rest) % 3
        found.append(Markup(b64encode(rest[:whole]).decode()))  # noqa: S704  letters, digits, + and /
        rest = rest[whole:]
    return [*found, Markup(b64encode(rest).decode())]  # noqa: S704


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

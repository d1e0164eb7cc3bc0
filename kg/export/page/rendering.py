"""Columns into the page, with vis-network out of pyvis, which need not be loaded for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.export.page.document import document

__all__ = ["render"]


def render(
    title: str,
    tables: tuple[Mapping[str, Any], Mapping[str, Any]],
    options: Mapping[str, Any],
    links: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """The page, in pieces, of what `kg.export.page.columns` gives; `options` are vis-network's own.

    `links` are addresses by their names, of pages beside this one.
    """
    graph, texts = tables
    return document(title, {**graph, "options": options}, texts, _vis_network(), links or {})


@cache
def _vis_network() -> dict[str, Path]:
    """The style and script of vis-network in the installed pyvis, found without importing it."""
    found = find_spec("pyvis")
    if found is None or found.origin is None:
        raise KgError("pyvis is not installed: the page takes vis-network from it")
    folder = Path(found.origin).parent / "templates" / "lib" / "vis-9.1.2"
    return {"style": folder / "vis-network.css", "script": folder / "vis-network.min.js"}

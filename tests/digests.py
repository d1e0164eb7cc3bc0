"""Where the real digests lie, and how to find what is written in them without kg."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "examples" / "ai-research-2024-03.md"
FOLDER = Path(os.environ.get("KG_DIGESTS") or ROOT.parent / "shared" / "digests")
MARCH = FOLDER / "2024-03.md"

DIGESTS = [path for path in sorted(FOLDER.glob("*.md")) if path.name != "README.md"]
PARAMS = [pytest.param(path, id=path.stem) for path in DIGESTS] or [
    pytest.param(None, marks=pytest.mark.skip(reason=f"no digests in {FOLDER} (set KG_DIGESTS)"))
]
needs_march = pytest.mark.skipif(
    not MARCH.is_file(), reason=f"the real digest {MARCH} is not here (set KG_DIGESTS)"
)

ID = re.compile(r"(?<![\d.])\d{4}\.\d{4,5}(?!\d)")
"""An identifier as the real digests write it."""

SURFACE = re.compile(
    r"(?:arxiv\s?:\s?|(?:https?://)?(?:www\.)?arxiv\.org/(?:abs|pdf|html)/)?"
    r"(?P<id>\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?",
    re.IGNORECASE,
)
"""The whole of a span that is an identifier and nothing else."""


def id_spans(graph: kg.KnowledgeGraph) -> list[tuple[str, kg.Source]]:
    """The paper node and place of every written identifier: spans with nothing beside it."""
    return [
        (node.id, place)
        for node in graph.nodes("Paper")
        for place in node.sources
        if SURFACE.fullmatch(place.text)
    ]


def numbers(graph: kg.KnowledgeGraph, type: str, basis: str = "") -> set[tuple[str, str]]:
    """(label of the source, arXiv number of the target) of every edge of a type."""
    return {
        (graph.node(edge.source).label, edge.target.removeprefix("paper:"))
        for edge in graph.edges(type)
        if not basis or edge.basis == basis
    }

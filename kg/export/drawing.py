"""How a graph file draws a node: the page's own layout, scaled so that Gephi leaves it as it is.

Gephi's automatic scaling starts from the largest size and the centre of all
nodes: sizes from 4 to 100 and centred positions arrive unchanged. Positions
grow with the sizes, so that what lies apart on the page lies apart here. Numbers
are rounded to hundredths.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from kg.layout import layout

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

__all__ = ["Drawing", "Drawn"]

_SMALLEST, _LARGEST, _USUAL, _REACH = 4.0, 100.0, 10.0, 5000.0


class Drawn(NamedTuple):
    """Where a node stands, y pointing up, and its diameter; None where all nodes would have the same."""

    x: float | None
    y: float | None
    size: float | None


class Drawing:
    """The scale of one graph; `of` computes a node when it is asked for, so that nothing is kept."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._places = layout(graph)
        places = self._places.values()
        low = min((place.r for place in places), default=0.0)
        high = max((place.r for place in places), default=0.0)
        self._low = low
        self._step = (_LARGEST - _SMALLEST) / (high - low) if high > low else 0.0
        self._middle_x = _mean([place.x for place in places])
        self._middle_y = _mean([-place.y for place in places])
        self._reach = max(
            (max(abs(p.x - self._middle_x), abs(-p.y - self._middle_y)) for p in places),
            default=0.0,
        )
        growth = max((self._size(p.r) / p.r for p in places if p.r > 0), default=1.0)
        self._growth = min(growth, _REACH / self._reach) if self._reach else 0.0

    def of(self, id: str) -> Drawn:
        """How the node of that id is drawn."""
        place = self._places[id]
        return Drawn(
            _rounded((place.x - self._middle_x) * self._growth) if self._reach else None,
            _rounded((-place.y - self._middle_y) * self._growth) if self._reach else None,
            _rounded(self._size(place.r)) if self._step else None,
        )

    def _size(self, radius: float) -> float:
        return _SMALLEST + (radius - self._low) * self._step if self._step else _USUAL


def _mean(values: list[float]) -> float:
    """The mean; of equal values exactly that value, so that they are centred to 0."""
    if not values:
        return 0.0
    return math.fsum(values) / len(values) if min(values) < max(values) else values[0]


def _rounded(value: float) -> float:
    return round(value, 2) + 0.0

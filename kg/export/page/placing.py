"""Places for the nodes of a network made by hand, where it gives none.

Neighbours follow each other on a sunflower spiral: even ground, no overlaps,
linear time, the same every time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from math import cos, pi, sin, sqrt
from typing import Any

__all__ = ["placed"]

_SIZE = 6.0
_GOLDEN = pi * (3 - sqrt(5))


def placed(
    nodes: Sequence[Mapping[str, Any]], ends: Sequence[tuple[int, int]]
) -> list[tuple[float, float, float]]:
    """x, y and radius of every node."""
    sizes = [float(node.get("size") or _SIZE) for node in nodes]
    homeless = [place for place, node in enumerate(nodes) if not _stands(node)]
    spots: dict[int, tuple[float, float]] = {}
    if homeless:
        step = 2.4 * max(sizes)
        start = _rest(nodes, sizes)
        for turn, place in enumerate(_walk(homeless, ends)):
            reach = start + step * sqrt(turn)
            spots[place] = (reach * cos(turn * _GOLDEN), reach * sin(turn * _GOLDEN))
    return [
        (*spots[place], sizes[place])
        if place in spots
        else (float(node["x"]), float(node["y"]), sizes[place])
        for place, node in enumerate(nodes)
    ]


def _stands(node: Mapping[str, Any]) -> bool:
    """Whether a node says where it stands."""
    return node.get("x") is not None and node.get("y") is not None


def _rest(nodes: Sequence[Mapping[str, Any]], sizes: Sequence[float]) -> float:
    """How far out the nodes with places reach; the others stand around them."""
    return max(
        (
            sqrt(node["x"] ** 2 + node["y"] ** 2) + 3 * size
            for node, size in zip(nodes, sizes, strict=True)
            if _stands(node)
        ),
        default=0.0,
    )


def _walk(homeless: Sequence[int], ends: Sequence[tuple[int, int]]) -> list[int]:
    """The nodes breadth first, each component from its best connected node."""
    near: dict[int, list[int]] = {place: [] for place in homeless}
    for source, target in ends:
        if source in near and target in near:
            near[source].append(target)
            near[target].append(source)
    order: dict[int, None] = {}
    for start in sorted(homeless, key=lambda place: (-len(near[place]), place)):
        queue = deque([start])
        while queue:
            place = queue.popleft()
            if place not in order:
                order[place] = None
                queue.extend(near[place])
    return list(order)

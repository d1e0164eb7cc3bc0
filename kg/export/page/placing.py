"""Places for the nodes of a network made by hand, where it gives none.

Neighbours follow each other on a sunflower spiral: even ground, no overlaps,
linear time, the same every time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from math import cos, hypot, pi, sin, sqrt

__all__ = ["placed"]

_SIZE = 6.0
_GOLDEN = pi * (3 - sqrt(5))


def placed(
    spots: Sequence[tuple[float | None, float | None, float | None]],
    ends: Iterable[tuple[int, int]],
) -> list[tuple[float, float, float]]:
    """x, y and radius of every node; `spots` has what is given of them, `ends` the edges."""
    sizes = [float(size or _SIZE) for _, _, size in spots]
    stand = {
        place: (float(x), float(y))
        for place, (x, y, _) in enumerate(spots)
        if x is not None and y is not None
    }
    homeless = [place for place in range(len(spots)) if place not in stand]
    if homeless:
        step = 2.4 * max(sizes)
        start = max((hypot(*spot) + 3 * sizes[place] for place, spot in stand.items()), default=0.0)
        for turn, place in enumerate(_walk(homeless, ends)):
            reach = start + step * sqrt(turn)
            stand[place] = (reach * cos(turn * _GOLDEN), reach * sin(turn * _GOLDEN))
    return [(*stand[place], size) for place, size in enumerate(sizes)]


def _walk(homeless: Sequence[int], ends: Iterable[tuple[int, int]]) -> list[int]:
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

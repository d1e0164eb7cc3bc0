"""Circles side by side in a small circle.

The first `_RING_FROM` circles are packed by front chain (Wang, Wang, Dai and
Wang, "Visualization of large hierarchical data by circle packing", CHI 2006),
whose cost per circle grows with the outline, all others in rings around them.
Both are greedy in the order given: a circle never moves those
before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import asin, ceil, cos, hypot, log, pi, sin, sqrt

__all__ = ["Circle", "enclose", "pack", "round_up"]

Circle = tuple[float, float, float]
"""Centre x, centre y, radius."""

_RING_FROM = 800
_STEP = 1.1


def round_up(radius: float) -> float:
    """The next radius of a geometric scale.

    A disc that grows by one paper mostly keeps its rounded radius, so that
    nothing outside it has to move, and equal discs are packed only once.
    """
    return float(_STEP ** ceil(log(radius, _STEP) - 1e-6))


@lru_cache(maxsize=16384)
def pack(radii: tuple[float, ...]) -> tuple[tuple[tuple[float, float], ...], float]:
    """Centres for circles of these radii around (0, 0), and the radius that holds them all."""
    if not radii:
        return (), 0.0
    placed = _front_chain(radii[:_RING_FROM])
    x, y, radius = enclose(placed)
    if len(radii) > _RING_FROM:
        placed += _rings(radii[_RING_FROM:], (x, y, radius))
        x, y, radius = enclose(placed)
    return tuple((cx - x, cy - y) for cx, cy, _ in placed), radius


def enclose(circles: Sequence[Circle]) -> Circle:
    """A circle around circles: always holds them, within a hundredth of the smallest one.

    Bădoiu and Clarkson: step towards the farthest one, each time less far.
    """
    if not circles:
        return (0.0, 0.0, 0.0)
    if len(circles) > 40:
        x, y, _ = enclose(_outermost(circles))
        return (x, y, max(hypot(cx - x, cy - y) + cr for cx, cy, cr in circles))
    x, y, r = circles[0]
    if len(circles) == 2:
        x2, y2, r2 = circles[1]
        gap = hypot(x2 - x, y2 - y)
        if gap + r2 <= r:
            return circles[0]
        if gap + r <= r2:
            return circles[1]
        radius = (gap + r + r2) / 2
        share = (radius - r) / gap
        return (x + (x2 - x) * share, y + (y2 - y) * share, radius)
    x = sum(c[0] * c[2] for c in circles) / sum(c[2] for c in circles)
    y = sum(c[1] * c[2] for c in circles) / sum(c[2] for c in circles)
    best = (x, y, max(hypot(cx - x, cy - y) + cr for cx, cy, cr in circles))
    for turn in range(2, 120):
        reach, fx, fy = max((hypot(cx - x, cy - y) + cr, cx, cy) for cx, cy, cr in circles)
        if reach < best[2]:
            best = (x, y, reach)
        far = hypot(fx - x, fy - y)
        if not far:
            break
        share = min(1.0, reach / far / turn)
        x, y = x + (fx - x) * share, y + (fy - y) * share
    return best


def _outermost(circles: Sequence[Circle]) -> list[Circle]:
    """The circles that reach farthest in one of 36 directions: those an enclosing one touches."""
    found = set()
    for turn in range(36):
        dx, dy = cos(turn * pi / 18), sin(turn * pi / 18)
        found.add(max(range(len(circles)), key=lambda i: _reach(circles[i], dx, dy)))
    return [circles[place] for place in sorted(found)]


def _reach(circle: Circle, dx: float, dy: float) -> float:
    return circle[0] * dx + circle[1] * dy + circle[2]


def _rings(radii: Sequence[float], around: Circle) -> list[Circle]:
    """Ring after ring around a circle; linear, and dense when like stand beside like."""
    placed: list[Circle] = []
    x, y, inner = around
    start = 0
    while start < len(radii):
        thick = max(radii[start : start + 6])
        middle, angles, used, end = inner + thick, list[float](), 0.0, start
        while end < len(radii) and radii[end] <= thick:
            half = _half_angle(radii[end], middle)
            if used + 2 * half > 2 * pi + 1e-9:
                break
            angles.append(used + half)
            used += 2 * half
            end += 1
        spare = (2 * pi - used) / len(angles) if end < len(radii) else 0.0
        for turn, angle in enumerate(angles):
            angle += spare * turn
            radius = radii[start + turn]
            placed.append((x + middle * cos(angle), y + middle * sin(angle), radius))
        inner, start = middle + thick, end
    return placed


def _half_angle(radius: float, distance: float) -> float:
    return asin(min(1.0, radius / distance))


class _Chain:
    """The outline of the circles placed so far, as a doubly linked ring of their numbers."""

    def __init__(self, radii: Sequence[float]) -> None:
        self.r = radii
        self.x = [0.0] * len(radii)
        self.y = [0.0] * len(radii)
        self.after = [0] * len(radii)
        self.before = [0] * len(radii)

    def link(self, *ring: int) -> None:
        for left, right in pairwise(ring):
            self.after[left], self.before[right] = right, left

    def touch(self, new: int, a: int, b: int) -> None:
        """Puts a circle where it touches two others, on the outer side of the step from a to b."""
        dx, dy = self.x[b] - self.x[a], self.y[b] - self.y[a]
        gap = hypot(dx, dy) or 1e-9
        to_a, to_b = self.r[a] + self.r[new], self.r[b] + self.r[new]
        along = (gap * gap + to_a * to_a - to_b * to_b) / (2 * gap)
        aside = sqrt(max(0.0, to_a * to_a - along * along))
        self.x[new] = self.x[a] + (along * dx + aside * dy) / gap
        self.y[new] = self.y[a] + (along * dy - aside * dx) / gap

    def overlaps(self, i: int, j: int) -> bool:
        reach = self.r[i] + self.r[j] - 1e-6 * (self.r[i] + self.r[j])
        return (self.x[i] - self.x[j]) ** 2 + (self.y[i] - self.y[j]) ** 2 < reach * reach

    def distance(self, i: int) -> float:
        """How far from the middle a circle would stand that touches i and its next one."""
        j = self.after[i]
        both = self.r[i] + self.r[j]
        x = (self.x[i] * self.r[j] + self.x[j] * self.r[i]) / both
        y = (self.y[i] * self.r[j] + self.y[j] * self.r[i]) / both
        return x * x + y * y

    def obstacle(self, new: int, a: int, b: int) -> tuple[int, bool] | None:
        """The nearest circle along the outline that the new one overlaps, and if it is ahead."""
        ahead, behind = self.after[b], self.before[a]
        length_ahead, length_behind = self.r[b], self.r[a]
        while True:
            if length_ahead <= length_behind:
                if self.overlaps(ahead, new):
                    return ahead, True
                length_ahead += self.r[ahead]
                ahead = self.after[ahead]
            else:
                if self.overlaps(behind, new):
                    return behind, False
                length_behind += self.r[behind]
                behind = self.before[behind]
            if ahead == self.after[behind]:
                return None


def _front_chain(radii: Sequence[float]) -> list[Circle]:
    """Each circle goes where it touches the two on the outline that are nearest to the middle."""
    chain = _Chain(radii)
    count = len(radii)
    if count > 1:
        chain.x[1] = radii[0] + radii[1]
    if count > 2:
        chain.touch(2, 0, 1)
        chain.link(0, 2, 1, 0)
    a, b = 0, 2
    for new in range(3, count):
        a = b = min(_around(chain, a), key=lambda i: (chain.distance(i), i))
        b = chain.after[a]
        while True:
            chain.touch(new, a, b)
            found = chain.obstacle(new, a, b)
            if found is None:
                break
            a, b = (a, found[0]) if found[1] else (found[0], b)
            chain.link(a, b)
        chain.link(a, new, b)
    return list(zip(chain.x, chain.y, radii, strict=True))


def _around(chain: _Chain, start: int) -> list[int]:
    """The numbers on the outline, once around."""
    found = [start]
    while (following := chain.after[found[-1]]) != start:
        found.append(following)
    return found

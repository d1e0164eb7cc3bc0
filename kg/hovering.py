"""What speaks of several nodes at once: near the middle of them, where there is room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import ceil, cos, sin, sqrt

from kg.packing import Circle

__all__ = ["GAP", "Hover"]

GAP = 1.4
"""Free space around each node."""
_RADIUS = 5.5
_GOLDEN = 2.399963229728653


class Hover:
    """Puts nodes near the middle of what they speak of, on ground that is free.

    `circles` are the nodes that have their places, and get those that are put;
    `mentioned` are the nodes that each speaks of.
    """

    _STEP = 2 * (_RADIUS + GAP)

    def __init__(
        self,
        circles: dict[str, Circle],
        discs: Mapping[str, Circle],
        mentioned: Mapping[str, Sequence[str]],
    ) -> None:
        self.circles = circles
        self.mentioned = mentioned
        self.cell = 2.5 * self._STEP
        self.grid: dict[tuple[int, int], list[Circle]] = defaultdict(list)
        self.turns: dict[tuple[int, int], int] = defaultdict(int)
        for circle in circles.values():
            self._occupy(circle)
        for x, y, r in discs.values():
            if r < 2 * self.cell:  # a disc this small would claim what stands in it
                self._occupy((x, y, r - GAP))

    def place(self, nodes: list[str]) -> None:
        """Gives each node the first free spot on a spiral around its target."""
        waiting = nodes
        while waiting:
            later = []
            for node in waiting:
                target = self._target(node)
                if target is None:
                    later.append(node)
                else:
                    self._put(node, *target)
            if later == waiting:  # they speak of each other only: one has to begin
                self._put(later.pop(0), 0.0, 0.0)
            waiting = later

    def _target(self, node: str) -> tuple[float, float] | None:
        known = [self.circles[o] for o in self.mentioned[node] if o in self.circles]
        if not known:
            return None
        return sum(c[0] for c in known) / len(known), sum(c[1] for c in known) / len(known)

    def _put(self, node: str, x: float, y: float) -> None:
        """Targets are rounded to a raster, whose spirals go on where the last one stopped."""
        raster = (round(x / self.cell), round(y / self.cell))
        x, y = raster[0] * self.cell, raster[1] * self.cell
        while True:
            turn = self.turns[raster]
            self.turns[raster] = turn + 1
            reach = 0.6 * self._STEP * sqrt(turn)
            angle = turn * _GOLDEN
            spot = (x + reach * cos(angle), y + reach * sin(angle), _RADIUS)
            if self._free(spot):
                self._occupy(spot)
                self.circles[node] = spot
                return

    def _cells(self, circle: Circle) -> list[tuple[int, int]]:
        """The cells of the raster that a circle and the free space around it touch."""
        x, y, r = circle[0], circle[1], circle[2] + GAP
        left, right = int((x - r) // self.cell), ceil((x + r) / self.cell)
        top, bottom = int((y - r) // self.cell), ceil((y + r) / self.cell)
        return [(i, j) for i in range(left, right) for j in range(top, bottom)]

    def _occupy(self, circle: Circle) -> None:
        for cell in self._cells(circle):
            self.grid[cell].append(circle)

    def _free(self, spot: Circle) -> bool:
        x, y, r = spot
        return all(
            (x - ox) ** 2 + (y - oy) ** 2 >= (r + GAP + other + GAP) ** 2
            for cell in self._cells(spot)
            for ox, oy, other in self.grid.get(cell, ())
        )

"""Where each node stands: topics as nested discs, everything else beside what it belongs to.

One layout serves the page, GraphML and GEXF. Every node but the digests has at
most one host (a subtopic its parent, a paper its topic, an artifact its paper
…); hosts and guests are packed from the leaves up, as circles in circles. What
speaks of several papers at once stands where there is room nearest to their
middle. Radii are rounded up to a coarse scale and large discs are packed
first, so that one paper more moves little: see `kg.packing` and `kg.hovering`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, cast

from kg.hovering import GAP, Hover
from kg.packing import Circle, pack, round_up

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

__all__ = ["HOSTS", "Layout", "Position", "layout"]

# Edge type -> does the host stand at the end of the edge (or at its start)?
# The order is the order of preference where a node could have several hosts.
HOSTS = {
    "broader": True,
    "hasTopic": True,
    "introduces": False,
    "about": True,
    "hasKeyword": False,
}
_RADII = {"Digest": 14.0, "Topic": 4.0, "Paper": 5.0}
_RADIUS = 3.2
_ROOT_RADIUS = 6.0


Cell = tuple[Sequence[str], tuple[tuple[float, float], ...], float]
"""The guests of a node, the centres of its own circle and of theirs, and the radius of all."""


class Position(NamedTuple):
    """A node's own circle, and the disc that it covers with all its guests.

    `x`, `y` and `r` are in abstract units, y down, the map's middle at (0, 0).
    `disc` is `(x, y, r)` for topics and None for all others.
    """

    x: float
    y: float
    r: float
    disc: Circle | None = None


class Layout(dict[str, Position]):
    """Positions by node id, in the graph's order.

    `aside` is the disc beside the map of the papers that no topic has, if any.
    """

    aside: Circle | None = None
    hosts: Mapping[str, str] = MappingProxyType({})  # node -> what it stands in or beside


def layout(graph: KnowledgeGraph) -> Layout:
    """The position of every node, whatever the order the graph was built in; time is n log n."""
    if "layout" not in graph.memo:
        graph.memo["layout"] = _Map(graph).positions()
    return cast("Layout", graph.memo["layout"])


class _Map:
    """One run of the layout."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph
        self.types = {node.id: node.type for node in graph.nodes()}
        self.host, self.mentioned = self._hosts()
        self.guests: dict[str, list[str]] = defaultdict(list)
        for guest in self.host:
            self.guests[self.host[guest]].append(guest)
        self.cells: dict[str, Cell] = {}
        self.circles: dict[str, Circle] = {}
        self.discs: dict[str, Circle] = {}
        self.aside: Circle | None = None

    def positions(self) -> Layout:
        """Packs the topics in the middle, the homeless beside them, then what hovers over both."""
        if not self.types:
            return Layout()
        roots, aside, over = self._groups()
        self._measure(roots + aside)
        main = self._pack_group(roots, 0.0, 0.0)
        if aside:
            apart = self._group_radius(aside)
            gap = 6 * GAP + 0.06 * main if main else 0.0
            middle = main + gap + apart if main else 0.0
            self._pack_group(aside, middle, 0.0)
            self.aside = (middle, 0.0, apart + 2 * GAP) if main else None
        Hover(self.circles, self.discs, self.mentioned).place(over)
        self._place_digests()
        return self._centred()

    # -- who stands with whom --------------------------------------------------

    def _hosts(self) -> tuple[dict[str, str], dict[str, list[str]]]:
        """For each guest its one host; for each node without one the nodes that it speaks of."""
        wishes: dict[str, tuple[int, str]] = {}
        ranks = {name: rank for rank, name in enumerate(HOSTS)}
        mentioned = defaultdict(list)
        derived = {name for name, kind in self.graph.ontology.edge_types.items() if kind.derived}
        for edge in self.graph.edges():
            if edge.type in ranks:
                guest, host = edge.source, edge.target
                if not HOSTS[edge.type]:
                    guest, host = host, guest
                wish = (ranks[edge.type], host)
                if guest != host and wish < wishes.get(guest, (len(ranks), "")):
                    wishes[guest] = wish
            elif edge.type not in derived:
                mentioned[edge.source].append(edge.target)
        hosts = {guest: host for guest, (_, host) in wishes.items()}
        for node in sorted(hosts):  # a circle of hosts is cut at its smallest id
            seen, upper = {node}, hosts.get(node)
            while upper in hosts and upper not in seen and upper is not None:
                seen.add(upper)
                upper = hosts[upper]
            if upper == node:
                del hosts[node]
        return hosts, {node: found for node, found in mentioned.items() if node not in hosts}

    def _groups(self) -> tuple[list[str], list[str], list[str]]:
        """Root topics, nodes without any place, and nodes that speak of placed ones."""
        roots, aside, over = [], [], []
        for node, type in self.types.items():
            if node in self.host or type == "Digest":
                continue
            if type == "Topic":
                roots.append(node)
            elif node not in self.guests and self._speaks(node):
                over.append(node)
            else:
                aside.append(node)
        return roots, aside, sorted(over)

    def _speaks(self, node: str) -> bool:
        """Whether a node speaks of anything but its digest."""
        return any(self.types[other] != "Digest" for other in self.mentioned.get(node, ()))

    # -- packing ---------------------------------------------------------------

    def radius(self, node: str) -> float:
        """The radius of the node's own circle."""
        if self.types[node] == "Topic" and node not in self.host:
            return _ROOT_RADIUS
        return _RADII.get(self.types[node], _RADIUS)

    def _measure(self, tops: list[str]) -> None:
        """The cell of each node, itself and its guests, from the leaves up."""
        order = list(tops)
        for node in order:
            order += self.guests.get(node, ())
        for node in reversed(order):
            guests = sorted(self.guests.get(node, ()), key=lambda g: (-self.cells[g][2], g))
            own = self.radius(node) + GAP
            if guests:
                centres, reach = pack((own, *(self.cells[guest][2] for guest in guests)))
                pad = GAP + 0.05 * reach if self.types[node] == "Topic" else 0.0
                self.cells[node] = (guests, centres, round_up(reach + pad))
            else:
                pad = 2 * GAP if self.types[node] == "Topic" else 0.0
                self.cells[node] = _alone(own + pad)

    def _group_order(self, nodes: list[str]) -> list[str]:
        return sorted(nodes, key=lambda node: (-self.cells[node][2], node))

    def _group_radius(self, nodes: list[str]) -> float:
        return pack(tuple(self.cells[node][2] for node in self._group_order(nodes)))[1]

    def _pack_group(self, nodes: list[str], x: float, y: float) -> float:
        """Puts top nodes around a point and everything in them where it belongs; the radius."""
        nodes = self._group_order(nodes)
        centres, radius = pack(tuple(self.cells[node][2] for node in nodes))
        todo = [(node, x + cx, y + cy) for node, (cx, cy) in zip(nodes, centres, strict=True)]
        while todo:
            node, cx, cy = todo.pop()
            guests, inner, reach = self.cells.pop(node)
            mx, my = inner[0]
            self.circles[node] = (cx + mx, cy + my, self.radius(node))
            if self.types[node] == "Topic":
                self.discs[node] = (cx, cy, reach)
            todo += [
                (guest, cx + gx, cy + gy) for guest, (gx, gy) in zip(guests, inner[1:], strict=True)
            ]
        return radius

    # -- the rest --------------------------------------------------------------

    def _place_digests(self) -> None:
        """The digests in a row above the map, first the oldest."""
        digests = [node for node, type in self.types.items() if type == "Digest"]
        top = min((y - r for _, y, r in [*self.circles.values(), *self.discs.values()]), default=0)
        step = 6 * _RADII["Digest"]
        for turn, node in enumerate(sorted(digests)):
            x = (turn - (len(digests) - 1) / 2) * step
            self.circles[node] = (x, top - 3 * _RADII["Digest"], self.radius(node))

    def _centred(self) -> Layout:
        """All positions, moved so that the middle of their bounding box is (0, 0)."""
        everything = [*self.circles.values(), *self.discs.values()]
        if self.aside:
            everything.append(self.aside)
        x = (min(x - r for x, _, r in everything) + max(x + r for x, _, r in everything)) / 2
        y = (min(y - r for _, y, r in everything) + max(y + r for _, y, r in everything)) / 2

        def moved(circle: Circle | None) -> Circle | None:
            if circle is None:
                return None
            return (round(circle[0] - x, 2), round(circle[1] - y, 2), round(circle[2], 2))

        made = Layout()
        for node in self.types:
            cx, cy, r = self.circles[node]
            made[node] = Position(
                round(cx - x, 2), round(cy - y, 2), r, moved(self.discs.get(node))
            )
        made.aside = moved(self.aside)
        made.hosts = self.host
        return made


@lru_cache(maxsize=16)
def _alone(radius: float) -> Cell:
    """The cell of a node without guests: nearly all nodes have one of a few."""
    return ((), ((0.0, 0.0),), round_up(radius))

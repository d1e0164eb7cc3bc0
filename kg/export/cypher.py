"""Cypher: a script for Neo4j 5 that makes the graph, and run again adds nothing twice.

A uniqueness constraint on `id` for each label, then MERGE statements of a few
hundred rows each: nodes by id, relationships by ends, type, `basis` and `digest`.
Each row is a literal; texts are quoted so that nothing in them is read as
Cypher, in the grammars with and without Unicode escapes.

Lossy: of the sources only lines are kept, lone surrogates become U+FFFD (in ids
they and NUL are percent-encoded, so that ids stay apart), numbers
that are not finite are left out, integers beyond 64 bits become texts. `losses`
says which of it happened. Colours, sizes and positions are not written: Neo4j's
programs draw by label, with a style of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from kg.export.cells import Losses, plain_id
from kg.export.records import Records, clean

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.model import Edge

__all__ = ["constraint", "dump", "losses", "name", "quoted"]

_ROWS = 250
_LONG = 2**63
_SPECIAL = re.compile(r"['\\\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SHORT = {"'": "\\'", "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def dump(graph: KnowledgeGraph) -> Iterator[bytes]:
    """The script in chunks of UTF-8; the same graph gives the same bytes.

    Raises `BrokenGraph` before the first chunk if an edge has an end that is no node.
    """
    graph.check()
    for statement in _Writer(graph).statements():
        yield f"{statement}\n".encode()


def losses(graph: KnowledgeGraph) -> list[str]:
    """One line for each kind of thing that `dump` has to change; empty if it changes nothing."""
    writer = _Writer(graph)
    for _ in writer.statements():
        pass
    return writer.records.losses.lines()


def quoted(text: str) -> str:
    r"""A text as a Cypher string.

    Neo4j before 6 turns `\uXXXX` into a character before it parses anything, so no
    backslash of the text may come to stand before a `u`: the string is cut there.
    """
    if not _SPECIAL.search(text):
        return f"'{text}'"
    found = _SPECIAL.sub(lambda m: _SHORT.get(m[0]) or f"\\u{ord(m[0]):04X}", text)
    return "'" + found.replace("\\\\u", "\\\\' + 'u") + "'"


def name(text: str) -> str:
    """A label, type or property name, in backticks where it is not a plain word."""
    return text if re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", text) else f"`{text.replace('`', '``')}`"


def constraint(type: str) -> str:
    """The statement that makes `id` unique for a label, and quick to find."""
    called = re.sub(r"\W", "_", f"kg_{type}_id")
    return f"CREATE CONSTRAINT {called} IF NOT EXISTS FOR (n:{name(type)}) REQUIRE n.id IS UNIQUE;"


class _Writer:
    """Writes one graph once, statement by statement."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph
        self.records = Records(graph, plain_id)

    def statements(self) -> Iterator[str]:
        yield f"// {clean(self.graph.title, 'title', self.records.losses).splitlines()[0]}"
        yield "// run: cypher-shell -f graph.cypher"
        for type in self.graph.counts()["nodes"]:
            yield constraint(type)
        yield "CALL db.awaitIndexes();"
        for type, nodes in groupby(self.graph.nodes(), key=lambda node: node.type):
            merge = f"MERGE (n:{name(type)} {{id: row.id}}) SET n += row.properties;"
            yield from _batches((self._node(self.records.node(node)) for node in nodes), merge)
        for (type, start, end), edges in groupby(self.graph.edges(), key=self._kind):
            merge = (
                f"MATCH (a:{name(start)} {{id: row.source}}) "
                f"MATCH (b:{name(end)} {{id: row.target}})\n"
                f"MERGE (a)-[r:{name(type)} {{basis: row.basis, digest: row.digest}}]->(b) "
                "SET r += row.properties;"
            )
            yield from _batches((self._edge(self.records.edge(edge)) for edge in edges), merge)

    def _kind(self, edge: Edge) -> tuple[str, str, str]:
        type_of = self.graph.ontology.type_of
        return edge.type, type_of(edge.source), type_of(edge.target)

    def _node(self, record: dict[str, Any]) -> str:
        id = record["id"]
        rest = {key: value for key, value in record.items() if key not in ("id", "type")}
        return f"{{id: {self._value(id, id)}, properties: {self._map(rest, id)}}}"

    def _edge(self, record: dict[str, Any]) -> str:
        where = f"{record['source']} {record['type']} {record['target']}"
        keys = {key: record.pop(key, "") for key in ("source", "target", "basis", "digest")}
        rest = {key: value for key, value in record.items() if key not in ("type", "label")}
        return f"{self._map(keys, where)[:-1]}, properties: {self._map(rest, where)}}}"

    def _map(self, values: dict[str, Any], where: str) -> str:
        pairs = (f"{name(key)}: {self._value(value, where)}" for key, value in values.items())
        return f"{{{', '.join(pairs)}}}"

    def _value(self, value: Any, where: str) -> str:
        losses: Losses = self.records.losses
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int):
            if -_LONG <= value < _LONG:
                return str(value)
            losses.add("integers beyond 64 bits written as text", where)
            return quoted(str(value))
        if isinstance(value, float):
            return repr(value).replace("e+", "e")
        if isinstance(value, str):
            return quoted(clean(value, where, losses))
        return f"[{', '.join(self._value(item, where) for item in value)}]"


def _batches(rows: Iterable[str], merge: str) -> Iterator[str]:
    """Statements of at most `_ROWS` rows each."""
    left = iter(rows)
    while some := list(islice(left, _ROWS)):
        yield "UNWIND [\n" + ",\n".join(some) + f"\n] AS row\n{merge}"

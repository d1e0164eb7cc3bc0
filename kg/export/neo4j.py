"""CSV for Neo4j: a folder with one file per label and per relationship type.

The headers are those of `neo4j-admin database import full`, which fills a new
database in one go; `import.cypher` reads the same files with LOAD CSV into a
database that is in use. A folder and not an archive, because both read loose
files. Texts are in quotes, a missing value is an empty cell without quotes.

Lossy: of the sources only lines are kept; lists are joined with `;`, Neo4j's own
separator; an empty text is left out, since most readers take it for a missing
value; NUL is left out and a lone surrogate becomes U+FFFD; numbers that are not
finite are left out; where a column mixes numbers and texts all become texts.
LOAD CSV reads a backslash before a quote or another backslash rightly only with
`dbms.import.csv.legacy_quote_escaping=false`. `losses` says which of it happened
to a graph. Colours, sizes and positions are not written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kg.export.cells import column_type, kind_of, plain_id
from kg.export.cypher import constraint, name
from kg.export.files import chunked
from kg.export.records import Records, clean

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.model import Value

__all__ = ["dump_folder", "losses"]

_EDGE = {
    "weight": "double", "basis": "string", "mentions": "long", "digest": "string",
    "section": "string", "line": "int", "source_lines": "string", "start": "date",
}  # fmt: skip
_KEYS = ("basis", "digest")
_READ = {
    "int": "toInteger({})", "long": "toInteger({})", "double": "toFloat({})",
    "boolean": "toBoolean({})", "date": "date({})", "string[]": "split({}, ';')",
}  # fmt: skip
"""How LOAD CSV, to which everything is text, makes a value of a column's type."""


def dump_folder(graph: KnowledgeGraph) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Name and chunks of each file, to be written in this order; same graph, same bytes.

    Raises `BrokenGraph` before the first file if an edge has an end that is no node.
    """
    graph.check()
    for file, lines in _Writer(graph).files():
        yield file, chunked(lines)


def losses(graph: KnowledgeGraph) -> list[str]:
    """One line for each kind of thing that does not arrive; empty if everything does."""
    writer = _Writer(graph)
    for _, lines in writer.files():
        for _ in lines:
            pass
    return writer.records.losses.lines()


class _Writer:
    """Writes one graph once, file by file."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph
        self.records = Records(graph, plain_id)
        counts = graph.counts()
        self.columns = {type: self._columns(type) for type in counts["nodes"]}
        self.relations = list(counts["edges"])

    def files(self) -> Iterator[tuple[str, Iterator[str]]]:
        for type, columns in self.columns.items():
            yield f"nodes-{type}.csv", self._nodes(type, columns)
        for type in self.relations:
            yield f"edges-{type}.csv", self._edges(type)
        yield "import.cypher", self._script()

    def _columns(self, type: str) -> dict[str, str]:
        """Type by name, in the ontology's order, of what nodes of a type have."""
        kinds: dict[str, set[str]] = {}
        for node in self.graph.nodes(type):
            for key, value in node.attributes.items():
                if kind := _kind(value):
                    kinds.setdefault(key, set()).add(kind)
        found = {"label": "string"}
        for key in self.graph.ontology.attributes:
            if key in kinds:
                lists = "string[]" in kinds[key] and kinds[key] <= {"string", "string[]"}
                found[key] = "string[]" if lists else column_type(kinds[key])
        return {**found, "source_line": "int", "start": "date"}

    # -- rows ------------------------------------------------------------------

    def _nodes(self, type: str, columns: dict[str, str]) -> Iterator[str]:
        yield ",".join(("id:ID", *_headers(columns), ":LABEL")) + "\n"
        for node in self.graph.nodes(type):
            record = self.records.node(node)
            cells = (self._cell(record.get(key), columns[key], node.id) for key in columns)
            shown = ",".join(cells)
            yield f"{self._quoted(record['id'], node.id)},{shown},{self._quoted(type, node.id)}\n"
            for key in record.keys() - columns.keys() - {"id", "type"}:
                self._cell(record[key], "string", node.id)  # a column of empty texts: reported

    def _edges(self, type: str) -> Iterator[str]:
        yield ",".join((":START_ID", ":END_ID", *_headers(_EDGE), ":TYPE")) + "\n"
        for edge in self.graph.edges(type):
            record = self.records.edge(edge)
            where = f"{edge.source} {type} {edge.target}"
            ends = ",".join(
                self._quoted(end, where) for end in (record["source"], record["target"])
            )
            cells = (self._cell(record.get(key) or None, _EDGE[key], where) for key in _EDGE)
            yield f"{ends},{','.join(cells)},{self._quoted(type, where)}\n"

    def _cell(self, value: Any, column: str, where: str) -> str:
        """A value as a cell of a column; empty, without quotes, where there is none."""
        if value is None:
            return ""
        losses = self.records.losses
        items = (value,) if isinstance(value, str) else value
        if isinstance(items, tuple):
            listed = len(items) > 1 or column == "string[]"
            if listed and any(";" in item or not item for item in items):
                losses.add('list items that are empty or have the ";" that joins them', where)
            text = self._quoted(";".join(items), where)
            if text == '""':
                losses.add("empty texts left out", where)
            return "" if text == '""' else text
        if column in ("string", "string[]"):
            if kind_of(value) != "string":
                losses.add("numbers and truth values written as text among texts", where)
            return f'"{_plain(value)}"'
        return repr(float(value)) if column == "double" else _plain(value)

    def _quoted(self, text: str, where: str) -> str:
        losses = self.records.losses
        text = clean(text, where, losses)
        if "\0" in text:
            losses.add("NUL characters left out", where)
            text = text.replace("\0", "")
        if re.search(r'\\(?=["\\]|$)', text):
            losses.add("texts with a backslash that LOAD CSV takes for an escape by default", where)
        doubled = text.replace('"', '""')
        return f'"{doubled}"'

    # -- the script ------------------------------------------------------------

    def _script(self) -> Iterator[str]:
        """Both ways into Neo4j: the command as a comment, LOAD CSV as statements."""
        files = [f"--nodes=nodes-{type}.csv" for type in self.columns]
        files += [f"--relationships=edges-{type}.csv" for type in self.relations]
        yield "// A new database, in this folder (texts have line breaks, hence the option):\n"
        yield "//   neo4j-admin database import full neo4j --multiline-fields=true \\\n"
        yield "//     " + " \\\n//     ".join(files) + "\n"
        yield "// Into a database in use: copy the files into Neo4j's import folder, then\n"
        yield "//   cypher-shell -f import.cypher\n"
        for type in self.columns:
            yield constraint(type) + "\n"
        yield "CALL db.awaitIndexes();\n"
        for type, columns in self.columns.items():
            yield (
                f"LOAD CSV WITH HEADERS FROM 'file:///nodes-{type}.csv' AS row\n"
                f"MERGE (n:{name(type)} {{id: row.`id:ID`}})\nSET {_assigned('n', columns)};\n"
            )
        for type in self.relations:
            starts, ends = self._ends(type)
            rest = {key: kind for key, kind in _EDGE.items() if key not in _KEYS}
            keys = ", ".join(f"{key}: coalesce(row.{key}, '')" for key in _KEYS)
            yield (
                f"LOAD CSV WITH HEADERS FROM 'file:///edges-{type}.csv' AS row\n"
                f"MATCH (a:{starts} {{id: row.`:START_ID`}}) MATCH (b:{ends} {{id: row.`:END_ID`}})\n"
                f"MERGE (a)-[r:{name(type)} {{{keys}}}]->(b)\nSET {_assigned('r', rest)};\n"
            )

    def _ends(self, type: str) -> tuple[str, str]:
        """Label expressions for the nodes that edges of a type lead from and to."""
        kind = self.graph.ontology.edge_type(type)
        starts, ends = (
            "|".join(name(label) for label in self.columns if label in allowed)
            for allowed in (kind.domain, kind.range)
        )
        return starts, ends


def _kind(value: Value) -> str:
    """The column type that holds a value; empty for one that has to be left out."""
    if isinstance(value, tuple):
        return "string[]" if value else ""
    return ("string" if value else "") if isinstance(value, str) else kind_of(value)


def _plain(value: bool | float) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)


def _headers(columns: dict[str, str]) -> Iterator[str]:
    for key, type in columns.items():
        yield key if type == "string" else f"{key}:{type}"


def _assigned(variable: str, columns: dict[str, str]) -> str:
    """The properties that LOAD CSV sets, each with its type."""
    return ", ".join(
        f"{variable}.{name(key)} = {_READ.get(type, '{}').format(f'row.{name(header)}')}"
        for (key, type), header in zip(columns.items(), _headers(columns), strict=True)
    )

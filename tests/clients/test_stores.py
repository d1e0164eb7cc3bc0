"""`kg publish` to real stores, which then answer every question as `kg ask` does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from digests import DIGESTS, FOLDER, SAMPLE

import kg
from kg import cli
from kg.publishing.graphs import SHARED, named_graphs
from kg.query import ask, store_of
from kg.questions import load_questions
from tests.clients.proxy import cutting
from tests.clients.servers import SERVERS, Server

QUESTIONS = load_questions()
NOT_ANSWERED: dict[tuple[str, str], str] = {}
"""By server and question, why it cannot be answered there."""


@pytest.fixture(scope="module", params=SERVERS, ids=lambda kind: kind.__name__)
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    found: Server = request.param(tmp_path_factory.mktemp(request.param.__name__))
    found.start()
    yield found
    found.kill()


@pytest.fixture(autouse=True)
def environment(server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)


@cache
def months() -> tuple[str, str]:
    """The sample, and an April of which half is the same."""
    march = SAMPLE.read_text(encoding="utf-8")
    april = re.sub(r"2403\.(\d{4}[02468])", r"2404.\1", march.replace("2024-03", "2024-04"))
    return march, april.replace("Robotics", "Robots and Bodies")


@pytest.fixture
def digests(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "2024-03.md", tmp_path / "2024-04.md"]
    for path, text in zip(paths, months(), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def publish(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.main(["publish", *map(str, arguments)])
    return (code, *capsys.readouterr())


Cell = tuple[str, ...]
Row = tuple[Cell, ...]


def cell(term: Any) -> Cell:
    """A term by its value."""
    if term is None:
        return ()
    if isinstance(term, ox.NamedNode):
        return (term.value,)
    kind = term.datatype.value.rpartition("#")[2]
    value = term.value
    if kind == "boolean":
        value = {"true": "1", "false": "0"}.get(value, value)
    elif kind in ("double", "integer"):
        value = repr(float(value))
    return (value, term.language or "", kind)


def found_rows(server: Server, sparql: str) -> Counter[Row]:
    found = server.query(sparql).json()

    def term(said: dict[str, str] | None) -> ox.NamedNode | ox.Literal | None:
        if said is None:
            return None
        if said["type"] == "uri":
            return ox.NamedNode(said["value"])
        assert said["type"] in ("literal", "typed-literal")
        if said.get("xml:lang"):
            return ox.Literal(said["value"], language=said["xml:lang"])
        kind = ox.NamedNode(said["datatype"]) if "datatype" in said else None
        return ox.Literal(said["value"], datatype=kind)

    columns, rows = found["head"]["vars"], found["results"]["bindings"]
    return Counter(tuple(cell(term(row.get(name))) for name in columns) for row in rows)


def check_questions(server: Server, graph: kg.KnowledgeGraph) -> None:
    store = store_of(graph)
    answered = 0
    for name, question in QUESTIONS.items():
        if (type(server).__name__, name) in NOT_ANSWERED:
            continue
        wanted = Counter(tuple(map(cell, row)) for row in ask(store, question).rows)
        assert found_rows(server, question.sparql) == wanted, name
        answered += bool(wanted)
    assert answered > len(QUESTIONS) * 3 / 4


def wanted_graphs(graph: kg.KnowledgeGraph, folder: Path) -> dict[str, set[ox.Triple]]:
    """What the N-Quads export says, by graph."""
    path = graph.export("nq", folder / "wanted.nq")
    found: dict[str, set[ox.Triple]] = {}
    for quad in ox.parse(path=path):
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else SHARED
        found.setdefault(name, set()).add(quad.triple)
    return found


def plain(triples: set[ox.Triple]) -> set[tuple[str, ...]]:
    """Comparable by value: stores keep the value of a number or boolean, not its spelling."""
    return {(str(one.subject), one.predicate.value, *cell(one.object)) for one in triples}


def test_digests_are_published_and_every_question_answered(
    server: Server, digests: list[Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, output, error = publish(capsys, server.url, *digests)
    assert (code, error) == (0, "")
    graph = kg.build(*digests)
    wanted = wanted_graphs(graph, tmp_path)
    assert server.names() == set(wanted)
    assert len(wanted) == 3
    for iri, triples in wanted.items():
        assert plain(server.graph(iri)) == plain(triples)
        assert re.search(rf"^{re.escape(iri)} +{len(triples):,} triples  created$", output, re.M)
    check_questions(server, graph)
    assert publish(capsys, server.url, *digests, "--quiet") == (0, "", "")
    for iri, triples in wanted.items():
        assert plain(server.graph(iri)) == plain(triples)


def test_one_month_beside_the_others(
    server: Server, digests: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Its graph is replaced, that of the other is not touched, the shared one only grows."""
    assert publish(capsys, server.url, *digests)[0] == 0
    april = digests[1]
    before = {iri: server.graph(iri) for iri in server.names()}
    april.write_text(months()[1].replace("GaLore", "GaLorry"), encoding="utf-8")
    assert publish(capsys, server.url, april, "--add")[0] == 0
    after = {iri: server.graph(iri) for iri in server.names()}
    assert before.keys() == after.keys()
    for iri, triples in after.items():
        if "2024-04" in iri:
            assert before[iri] != triples
            (own,) = (g for g in named_graphs([str(april)]) if g.iri == iri)
            assert plain(triples) == plain(set(ox.parse(own.turtle, format=ox.RdfFormat.TURTLE)))
        elif iri == SHARED:
            assert before[iri] < triples
        else:
            assert before[iri] == triples


def test_a_cut_or_a_crash_leaves_the_old_graph_whole(
    server: Server, digests: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    march = digests[0]
    assert publish(capsys, server.url, march)[0] == 0
    before = {graph.iri: server.graph(graph.iri) for graph in named_graphs([str(march)])}
    assert len(before) == 2
    march.write_text(months()[0].replace("Gap", "Hole").replace("model", "m o d e l"), "utf-8")
    graphs = named_graphs([str(march)])
    limit = len(graphs[0].turtle) + len(graphs[1].turtle) // 2
    for act in (lambda: None, server.kill):
        with cutting(server.port, limit, act) as proxy:
            url = server.url.replace(f":{server.port}/", f":{proxy.port}/")
            code, output, error = publish(capsys, url, march, "--retries", 0)
            assert proxy.cut == 1
        assert code == 1
        assert output.startswith(SHARED)
        assert f"kg: {graphs[1].iri}: 127.0.0.1:{proxy.port} broke off" in error
        assert "1 of 2 graphs published; this one is the old or the new" in error
        if act == server.kill:
            server.start()
        assert server.graph(graphs[1].iri) == before[graphs[1].iri]
    with cutting(server.port, limit, heals=True) as proxy:  # cut once, and tried again
        url = server.url.replace(f":{server.port}/", f":{proxy.port}/")
        code, output, error = publish(capsys, url, march, "--retries", 2)
        assert proxy.cut == 1
    assert (code, error) == (0, "")
    for graph in graphs:
        wanted = set(ox.parse(graph.turtle, format=ox.RdfFormat.TURTLE))
        assert plain(server.graph(graph.iri)) == plain(wanted)


def test_the_real_digests(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    if not DIGESTS:
        pytest.skip(f"no digests in {FOLDER} (set KG_DIGESTS)")
    for iri in server.names():
        assert server.delete(iri)
    code, output, error = publish(capsys, server.url, *DIGESTS)
    assert (code, error) == (0, "")
    assert len(output.splitlines()) == len(server.names()) + 1
    check_questions(server, kg.build(*DIGESTS))


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/nothing/here", r"Graph Store Protocol \(Fuseki: "),
        ("/kg/sparql", r"Graph Store Protocol \(Fuseki: "),
    ],
)
def test_a_wrong_address_is_explained(
    server: Server, path: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, output, error = publish(capsys, f"http://127.0.0.1:{server.port}{path}", SAMPLE)
    assert (code, output) == (1, "")
    assert re.search(said, error)


def test_wrong_credentials_are_explained(
    server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_PUBLISH_PASSWORD", "not the password")
    code, output, error = publish(capsys, server.url, SAMPLE)
    assert (code, output) == (1, "")
    assert error.startswith("kg: the store refuses these credentials (HTTP 401")
    assert "not the password" not in error
    monkeypatch.delenv("KG_PUBLISH_USER")
    monkeypatch.delenv("KG_PUBLISH_PASSWORD")
    code, output, error = publish(capsys, server.url, SAMPLE)
    assert (code, output) == (1, "")
    assert "set KG_PUBLISH_USER and KG_PUBLISH_PASSWORD" in error

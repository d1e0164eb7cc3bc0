"""The pyvis network that makes the page, used by hand."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import corpus
import pytest
from browser import Tab

from kg import KgError
from kg.export import html


@pytest.fixture
def network() -> Any:
    from kg.export.page.network import Network

    return Network("By hand")


def test_a_label_of_zero_or_nothing_stays(network: Any) -> None:
    network.add_node(1, 0)
    network.add_node(2, "")
    network.add_node(3)
    assert [node["label"] for node in network.nodes] == [0, "", 3]


def test_parallel_edges_are_kept(network: Any) -> None:
    network.add_nodes([1, 2])
    for directed in (True, False):
        network.directed = directed
        network.add_edge(1, 2, title="a")
        network.add_edge(1, 2, title="b")
    assert len(network.edges) == 4


def test_a_contradiction_is_an_error_and_a_repetition_is_not(network: Any) -> None:
    network.add_node(1, "one")
    network.add_node(1, "one")
    assert network.num_nodes() == 1
    with pytest.raises(KgError, match="another node 1"):
        network.add_node(1, "two")
    with pytest.raises(KgError, match="no node 9"):
        network.add_edge(1, 9)


class Counted(str):
    """A node id that counts how often it is compared with another."""

    compared = 0
    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        Counted.compared += 1
        return str.__eq__(self, other)


def test_adding_searches_no_list(network: Any) -> None:
    for number in range(500):
        network.add_node(Counted(number))
        network.add_edge(Counted(number), Counted(number // 2))
    assert 0 < Counted.compared < 500 * 10  # pyvis: half a million


def test_write_html_writes_one_file_in_utf8(
    network: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    network.add_node(1, "Tỉa lớp")
    network.write_html("page.html")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
    assert "Tỉa lớp" in (tmp_path / "page.html").read_text("utf-8")


def test_the_page_of_a_network_made_by_hand_holds_it(network: Any) -> None:
    network.add_node(1, "one", color="#cc0000", shape="star", title="<b>t</b>")
    network.add_node("b", "two", group="mine", x=4, y=-2)
    network.add_node("c", "three", color="url(http://x)")
    network.add_edge(1, "b", title="said", width=3)
    page = network.generate_html()
    graph = json.loads(page.partition('id="data-graph">')[2].partition("</script>")[0])
    texts = json.loads(page.partition('id="data-texts">')[2].partition("</script>")[0])
    assert graph["id"] == [1, "b", "c"]
    assert [(entry["shape"], entry["colour"]) for entry in graph["nodeTypes"]] == [
        ("star", "#cc0000"), ("dot", "#5f7d95"), ("dot", "#5f7d95"),
    ]  # fmt: skip
    assert (graph["x"][1], graph["y"][1]) == (40, -20)
    assert texts["given"]["nodes"]["0"]["title"] == "<b>t</b>"
    assert texts["given"]["edges"]["0"] == {"title": "said", "width": 3}


def test_nodes_without_places_stand_apart(network: Any) -> None:
    for number in range(60):
        network.add_node(number, x=0, y=0) if number == 7 else network.add_node(number)
        network.add_edge(number, number // 3)
    page = network.generate_html()
    graph = json.loads(page.partition('id="data-graph">')[2].partition("</script>")[0])
    places = list(zip(graph["x"], graph["y"], graph["r"], strict=True))
    for turn, (x, y, r) in enumerate(places):
        for ox, oy, other in places[:turn]:
            assert (x - ox) ** 2 + (y - oy) ** 2 >= (r + other) ** 2


def test_the_network_of_a_graph_makes_the_page_of_the_graph() -> None:
    graph = corpus.graph(30)
    made = html.network(graph)
    assert made.generate_html() == html.page(graph)
    made.toggle_physics(False)
    chosen = json.loads(
        made.generate_html().partition('id="data-graph">')[2].partition("</script>")[0]
    )
    assert chosen["options"]["physics"]["enabled"] is False


def test_a_stock_network_has_our_places_and_no_markup(tab: Tab, tmp_path: Path) -> None:
    graph = corpus.graph(30)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = graph.to_pyvis()
    ours = html.network(graph)
    assert type(made).__module__ == "pyvis.network"
    assert [(n["id"], n["x"], n["y"]) for n in made.nodes] == [
        (n["id"], n["x"], n["y"]) for n in ours.nodes
    ]
    assert len(made.edges) == len(ours.edges)
    assert not any("title" in node for node in made.nodes)
    path = tmp_path / "stock.html"
    path.write_text(made.generate_html(), "utf-8")
    tab.open(path)
    assert tab.run("return [nodes.length, edges.length]") == [len(made.nodes), len(made.edges)]
    places = tab.run("return Object.values(network.getPositions()).map((p) => [p.x, p.y])")
    assert places == [pytest.approx([n["x"], n["y"]], abs=1) for n in made.nodes]


def test_a_large_stock_network_comes_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "_STOCK", 20)
    with pytest.warns(UserWarning, match=r"nodes: pyvis takes minutes") as caught:
        corpus.graph(30).to_pyvis()
    assert caught[0].filename == __file__

"""The pyvis network that makes the page, used by hand."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from kg import KgError


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


def test_adding_takes_constant_time(network: Any) -> None:
    start = time.perf_counter()
    for number in range(20_000):
        network.add_node(number)
        network.add_edge(number, number // 2)
    assert time.perf_counter() - start < 2  # pyvis: minutes


def test_write_html_writes_one_file_in_utf8(
    network: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    network.add_node(1, "Tỉa lớp")
    network.write_html("page.html")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
    assert "Tỉa lớp" in (tmp_path / "page.html").read_text("utf-8")

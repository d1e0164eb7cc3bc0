"""The page as text: whole, the same every time, closed to the net and to hostile texts."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import corpus

from kg import KnowledgeGraph, Node, ids
from kg.export import html


def block(page: str, name: str) -> Any:
    """The parsed JSON of one data block."""
    found = re.search(
        rf'<script type="application/json" id="data-{name}">(.*?)</script>', page, re.S
    )
    assert found is not None
    return json.loads(found[1])


def small(label: str = "GaLore", text: str = "Memory-efficient training.") -> KnowledgeGraph:
    return KnowledgeGraph(corpus.small(label, text))


def test_same_graph_same_bytes_in_any_order_and_with_any_hash_seed() -> None:
    facts = list(corpus.facts(120))
    expected = b"".join(html.dump(KnowledgeGraph(facts)))
    assert b"".join(html.dump(KnowledgeGraph(reversed(facts)))) == expected
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); import corpus, hashlib;"
        "from kg.export import html;"
        "print(hashlib.sha256(b''.join(html.dump(corpus.graph(120)))).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(Path(corpus.__file__).parent)],
        env={"PYTHONHASHSEED": "5", "LC_ALL": "C", "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == hashlib.sha256(expected).hexdigest()


def test_the_page_is_a_whole_document() -> None:
    page = html.page(small(), title="Vì sao? <A & B>")
    assert page.startswith('<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">')
    assert page.count("<h1") == 1
    assert page.count("<title>Vì sao? &lt;A &amp; B&gt;</title>") == 1
    assert '<meta name="viewport"' in page
    assert "<noscript>" in page
    assert html.page(small()).count("<title>Knowledge graph 2024-03</title>") == 1


def test_nothing_is_asked_of_the_net() -> None:
    page = html.page(small())
    markup = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", page, flags=re.S)
    assert not re.search(r"\b(src|href|action|srcset|poster)\s*=", markup)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert "default-src &#39;none&#39;" in policy[1]
    assert "unsafe" not in policy[1]
    assert "http" not in policy[1]


def test_the_policy_names_the_very_scripts_and_styles() -> None:
    page = html.page(small())
    policy = page.partition('Content-Security-Policy" content="')[2].partition('"')[0]
    texts = re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", page, re.S)
    assert len(texts) == 4
    for text in texts:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"sha256-{digest}" in policy.replace("&#43;", "+")


def test_hostile_texts_stay_inside_their_data_block() -> None:
    graph = small(corpus.ATTACKS, corpus.ATTACKS)
    page = html.page(graph, title=corpus.ATTACKS)
    plain = html.page(small(), title="x")
    assert page.lower().count("<script") == plain.lower().count("<script")
    assert page.lower().count("</script") == plain.lower().count("</script")
    assert "49" not in page.partition("<title>")[2].partition("</title>")[0]
    assert not set(page.partition("<title>")[2].partition("</title>")[0]) & set("\0\x1b\u202e<")
    nodes = {node["id"]: node["label"] for node in block(page, "graph")["nodes"]}
    assert nodes == {node.id: node.label for node in graph.nodes()}


def test_lone_surrogates_do_not_stop_the_page() -> None:
    node = Node(id=ids.keyword_id("x"), type="Keyword", label="half \ud83d of a face")
    page = b"".join(html.dump(KnowledgeGraph([node]))).decode()
    assert block(page, "graph")["nodes"][0]["label"] == node.label


def test_pyvis_is_loaded_only_when_a_page_is_made() -> None:
    script = "import sys, kg.export.html; print({'pyvis', 'IPython'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"

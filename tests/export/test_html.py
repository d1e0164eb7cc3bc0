"""The page as text: whole, the same every time, closed to the net and to hostile texts."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
import zlib
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
    kinds = r"style|script|script type=\"text/plain\" id=\"library\""
    texts = re.findall(rf"<(?:{kinds})>(.*?)</(?:script|style)>", page, re.S)
    assert len(texts) == policy.count("sha256-") >= 4
    for text in texts:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"sha256-{digest}" in policy.replace("&#43;", "+")


def test_vis_network_is_inert_until_it_is_asked_for() -> None:
    page = html.page(small())
    before, _, library = page.partition('<script type="text/plain" id="library">')
    assert len(library.partition("</script>")[0]) > 400_000
    scripts = re.findall(r"<script>(.*?)</script>", before, re.S)
    assert len(scripts) == 1
    assert "sourceMappingURL=vis-network" not in scripts[0]


def test_every_script_and_style_of_the_folder_is_in_the_page() -> None:
    from kg.export.page import document

    folder = Path(document.__file__).parent
    assert sorted(document._SCRIPTS) == sorted(path.name for path in folder.glob("*.js"))
    assert sorted(document._STYLES) == sorted(path.name for path in folder.glob("*.css"))


def test_hostile_texts_stay_inside_their_data_block() -> None:
    graph = small(corpus.ATTACKS, corpus.ATTACKS)
    page = html.page(graph, title=corpus.ATTACKS)
    plain = html.page(small(), title="x")
    assert page.lower().count("<script") == plain.lower().count("<script")
    assert page.lower().count("</script") == plain.lower().count("</script")
    assert "49" not in page.partition("<title>")[2].partition("</title>")[0]
    assert not set(page.partition("<title>")[2].partition("</title>")[0]) & set("\0\x1b\u202e<")
    found = block(page, "graph")
    nodes = dict(zip(found["id"], found["label"], strict=True))
    assert nodes == {node.id: node.label for node in graph.nodes()}


def test_lone_surrogates_do_not_stop_the_page() -> None:
    node = Node(id=ids.keyword_id("x"), type="Keyword", label="half \ud83d of a face")
    page = b"".join(html.dump(KnowledgeGraph([node]))).decode()
    assert block(page, "graph")["label"] == [node.label]


def test_the_columns_hold_the_graph() -> None:
    graph = KnowledgeGraph(corpus.facts(300))
    page = html.page(graph)
    found, texts = block(page, "graph"), block(page, "texts")
    nodes, edges = list(graph.nodes()), list(graph.edges())
    assert found["id"] == [node.id for node in nodes]
    types = [entry["name"] for entry in found["nodeTypes"]]
    assert [types[k] for k in found["type"]] == [node.type for node in nodes]
    kinds = [entry["name"] for entry in found["edgeTypes"]]
    assert [
        (found["id"][a], kinds[k], found["id"][b])
        for a, k, b in zip(found["source"], found["kind"], found["target"], strict=True)
    ] == [(edge.source, edge.type, edge.target) for edge in edges]
    strings = texts["strings"]
    for node, row in zip(nodes, texts["nodeSources"], strict=True):
        said = [(strings[row[k]], row[k + 1], strings[row[k + 3]]) for k in range(0, len(row), 4)]
        assert said == [(source.file, source.line, source.text) for source in node.sources]


def test_labels_definitions_and_colours_come_from_the_ontology_in_both_languages() -> None:
    graph = small()
    for entry in block(html.page(graph), "graph")["nodeTypes"]:
        term = graph.ontology.node_type(entry["name"])
        assert entry["label"] == {"en": term.label("en"), "vi": term.label("vi")}
        assert entry["plural"] == dict(term.plurals)
        assert (entry["colour"], entry["shape"]) == (term.colour, term.shape)
        assert all(entry["definition"].values())


def test_large_texts_are_packed_and_lose_nothing() -> None:
    facts = [
        Node(id=ids.keyword_id(f"word {n}"), type="Keyword", label=f"word {n}",
             sources=(corpus.source(n, f"Tỉa lớp {n} " * 9),))
        for n in range(20_000)
    ]  # fmt: skip
    page = html.page(KnowledgeGraph(facts))
    packed = page.partition('id="data-texts" data-encoding="deflate">')[2].partition("<")[0]
    texts = json.loads(zlib.decompress(base64.b64decode(packed), -zlib.MAX_WBITS))
    assert sorted(texts["strings"][1:]) == sorted(fact.sources[0].text for fact in facts)
    assert len(packed) < 1_000_000


def test_fifty_thousand_nodes_fit_in_fifteen_megabytes() -> None:
    page = html.page(corpus.graph(50_000))
    assert len(page.encode()) < 15_000_000

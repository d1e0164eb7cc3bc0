"""The house's plan: who may import whom, what stays unloaded, where names and colours may stand."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from digests import ROOT

import kg

PACKAGE = ROOT / "kg"
FILES = sorted(PACKAGE.rglob("*.py"))

TIERS = [
    {"errors", "diagnostics", "ids", "rules"},
    {
        "ontology",
        "model",
        "tongues",
        "wording",
        "labelling",
        "risks",
        "lexicon",
        "shapes",
        "reading",
    },
    {"claims", "citing", "names", "naming", "extract", "graph"},
    {"packing", "hovering", "layout", "part", "pipeline", "held", "ledger", "lint", "report"},
    {"export", "query", "questions", "sparql", "stores", "results", "answers"},
    {"loading"},
    {"validation", "publishing"},
    {"serving"},
    {"cli", "__main__"},
]
"""From left to right; a module or folder of `kg/` imports from its own tier and those before it."""

STRANGERS = [("extract", "graph"), ("graph", "extract"), ("names", "graph"), ("naming", "graph"), ("citing", "graph"),
             ("reading", "ontology"), ("reading", "lexicon")]  # fmt: skip
"""Pairs that do not know each other though the tiers would let them."""

LAZY = {("graph", "export")}
"""Imports to the right that are allowed within functions."""

HEAVY = {
    "rdflib": {"kg/export/turtle.py", "kg/query.py", "kg/graph.py", "kg/validation.py"},
    "networkx": {"kg/export/networkx.py", "kg/export/page/network.py", "kg/graph.py"},
    "pyvis": {"kg/export/page/network.py", "kg/export/html.py", "kg/graph.py"},
    "pyoxigraph": {
        "kg/ontology.py",
        "kg/query.py",
        "kg/results.py",
        "kg/stores.py",
        "kg/export/context.py",
        "kg/export/terms.py",
        "kg/loading/rdf.py",
        "kg/serving/app.py",
        "kg/serving/data.py",
        "kg/serving/description.py",
        "kg/serving/nodes.py",
        "kg/serving/worker.py",
        "kg/publishing/graphs.py",
        "kg/validation.py",
        "kg/export/triples.py",
        "kg/export/turtle.py",
    },
    "httpx": {"kg/publishing/login.py", "kg/publishing/store.py"},
    "pyshacl": {"kg/validation.py"},
    "starlette": {
        "kg/serving/app.py",
        "kg/serving/asking.py",
        "kg/serving/guard.py",
        "kg/serving/pages.py",
        "kg/serving/replies.py",
    },
    "uvicorn": {"kg/serving/connections.py", "kg/serving/server.py"},
    "jinja2": {"kg/export/page/document.py", "kg/serving/pages.py"},
    "pyromark": {"kg/reading/events.py"},
}
"""The files that may name a library; everything else asks them."""


class Import(NamedTuple):
    file: Path
    line: int
    module: str
    lazy: bool
    typing: bool


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in FILES}


def part_of(module: str) -> str:
    """The module or folder right below `kg` that a module belongs to; empty for `kg` itself."""
    return module.split(".")[1] if "." in module else ""


@cache
def imports(path: Path) -> tuple[Import, ...]:
    return tuple(_imports(path, ast.parse(path.read_text(encoding="utf-8")), False, False))


def _imports(path: Path, tree: ast.AST, lazy: bool, typing: bool) -> Iterator[Import]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(path, node.lineno, alias.name, lazy, typing)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute"
            assert node.module
            for alias in node.names:
                below = f"{node.module}.{alias.name}"
                module = below if below in MODULES else node.module
                yield Import(path, node.lineno, module, lazy, typing)
        else:
            inside = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            only = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
            yield from _imports(path, node, lazy or inside, typing or only)


def test_every_module_has_a_tier() -> None:
    known = set().union(*TIERS)
    assert {part_of(module) for module in MODULES} - {""} <= known


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_to_the_left(path: Path) -> None:
    tier = {part: place for place, parts in enumerate(TIERS) for part in parts}
    own = part_of(name_of(path))
    if not own:
        assert all(one.typing for one in imports(path) if one.module.startswith("kg"))
        return
    for one in imports(path):
        other = part_of(one.module)
        if not one.module.startswith("kg.") or other == own:
            continue
        where = f"{path.relative_to(ROOT)}:{one.line} imports {one.module}"
        if (own, other) in LAZY:
            assert one.lazy or one.typing, f"{where}, which is for functions only"
            continue
        assert tier[other] <= tier[own], f"{where}, which is to its right"
        assert (own, other) not in STRANGERS, f"{where}, which it must not know"


def test_no_cycle_of_imports() -> None:
    """Among imports that run when a module is loaded."""
    edges: dict[str, set[str]] = {name: set() for name in MODULES}
    for name, path in MODULES.items():
        for one in imports(path):
            if one.module in MODULES and not one.lazy and not one.typing and one.module != name:
                edges[name].add(one.module)
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join((*trail[trail.index(name) :], name))
        if name not in done:
            for other in sorted(edges[name]):
                visit(other, (*trail, name))
            done.add(name)

    for name in sorted(edges):
        visit(name, ())


@pytest.mark.parametrize("library", HEAVY)
def test_libraries_are_named_in_few_files(library: str) -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for path in FILES
        for one in imports(path)
        if one.module.partition(".")[0] == library
    }
    assert users
    assert users <= HEAVY[library]


def loaded(statement: str) -> set[str]:
    """The libraries that are in memory after a statement, in a new process."""
    done = subprocess.run(
        [sys.executable, "-c", f"{statement}\nimport sys, json; print(json.dumps(list(sys.modules)))"],
        capture_output=True, check=True, cwd=ROOT,
    )  # fmt: skip
    return {name.partition(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}


UNLOADED = {
    "httpx",
    "pyvis",
    "IPython",
    "rdflib",
    "networkx",
    "pydantic",
    "pyoxigraph",
    "lxml",
    "jinja2",
    "pyshacl",
    "starlette",
    "uvicorn",
}


@pytest.mark.parametrize(
    "statement",
    [
        "import kg",
        "import kg; dir(kg); kg.__version__",
        "import kg.cli",
        "import kg.cli; kg.cli._parser().format_help()",
    ],
)
def test_what_stays_unloaded(statement: str) -> None:
    assert loaded(statement) & UNLOADED == set()


def test_a_build_loads_no_exporter() -> None:
    found = loaded("import kg; kg.build('# TOPIC_TREE\\n* A\\n  * 2403.03507\\n')")
    assert found & (UNLOADED - {"pyoxigraph"}) == set()


def test_writing_what_is_written_by_default_loads_no_library_of_graphs(tmp_path: Path) -> None:
    text = "# TOPIC_TREE\\n* A\\n  * 2403.03507\\n"
    script = f"import kg; g = kg.build('{text}'); from kg.export import DEFAULT, FORMATS"
    written = "[g.export(f, {!r} + FORMATS[f].suffix) for f in DEFAULT]".format(str(tmp_path / "g"))
    assert loaded(f"{script}; {written}") & (UNLOADED - {"pyoxigraph", "jinja2"}) == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_colour_and_no_iri_of_ours(path: Path) -> None:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{path.relative_to(ROOT)}:{number}"
        assert not re.search(r"#[0-9a-fA-F]{6}\b", line), where
        if "kg.example" in line:
            assert path.name == "ids.py", where
            assert line.startswith("DEFAULT_BASE"), where


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is_and_gives(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    first, *_ = (ast.get_docstring(tree) or "").splitlines() or [""]
    assert first.endswith((".", ":")), "the first line of the docstring is a sentence"
    assert len(first) <= 140


# -- the public door -----------------------------------------------------------------------


def test_public_names_are_exact() -> None:
    assert kg.__all__ == sorted(kg.__all__)
    assert set(kg.__all__) == set(kg._HOME)
    assert set(kg.__all__) == {
        "Diagnostic", "Edge", "KgError", "KnowledgeGraph", "Node", "Source", "build", "load"
    }  # fmt: skip
    assert set(kg.__all__) <= set(dir(kg))
    typed = {one.module for one in imports(PACKAGE / "__init__.py") if one.typing}
    assert typed - {"typing"} == set(kg._HOME.values())
    with pytest.raises(AttributeError, match="bulid"):
        kg.bulid  # noqa: B018


@pytest.mark.parametrize("name", kg.__all__)
def test_public_names_are_documented(name: str) -> None:
    thing = getattr(kg, name)
    assert thing.__doc__
    assert "\n" in thing.__doc__ or len(thing.__doc__) > 30
    assert thing.__module__ == kg._HOME[name]
    members = [(key, value) for key, value in vars(thing).items() if not key.startswith("_")]
    for key, value in members:
        function = value.fget if isinstance(value, property) else value
        if callable(function) and getattr(function, "__module__", "") == thing.__module__:
            assert function.__doc__, f"{name}.{key}"


def test_build_stays_callable_after_everything_is_imported() -> None:
    names = [name for name in MODULES if name not in ("kg", "kg.__main__")]
    statement = (
        f"import importlib, kg\nfor name in {names!r}: importlib.import_module(name)\n"
        "assert callable(kg.build), kg.build\nassert kg.build('x 2403.03507\\n')\nfrom kg import build\nassert callable(build)"
    )
    assert "kg" in loaded(statement)


def test_exports_of_modules_exist() -> None:
    for name in MODULES:
        if name != "kg.__main__":
            module = __import__(name, fromlist=["*"])
            for public in getattr(module, "__all__", ()):
                assert hasattr(module, public), f"{name}.{public}"

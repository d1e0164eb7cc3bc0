"""The RDF exports, read by programs that are not ours: raptor, serd and Apache Jena."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from digests import DIGESTS, FOLDER, SAMPLE

import kg
from kg.export.turtle import prefixes
from kg.ontology import ontology_folder
from kg.validation import validate
from tests.export.programs import jena
from tests.shapes.breaking import BY_NAME

FORMATS = {"ttl": "turtle", "nt": "ntriples", "nq": "nquads", "trig": "trig", "jsonld": ""}
"""Our formats, and what raptor and serd call them; neither reads JSON-LD."""
SHAPES = ontology_folder() / "shapes.ttl"
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")

each = pytest.mark.parametrize("name", ["sample", "real"])
each_syntax = pytest.mark.parametrize(
    "format", [name for name, theirs in FORMATS.items() if theirs]
)


@cache
def graph(name: str) -> kg.KnowledgeGraph:
    if name == "sample":
        return kg.build(SAMPLE)
    if not DIGESTS:
        pytest.skip(f"no digests in {FOLDER} (set KG_DIGESTS)")
    return kg.build(*DIGESTS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("a folder of exports")


@pytest.fixture
def exported(name: str, folder: Path) -> dict[str, Path]:
    """A file of each format, written once."""
    paths = {format: folder / name / f"graph.{format}" for format in FORMATS}
    for format, path in paths.items():
        if not path.exists():
            graph(name).export(format, path)
    return paths


@cache
def triples(path: Path) -> int:
    """The triples that rdflib counts; quads are counted by line, each a fact of its own."""
    if path.suffix in (".nq", ".trig"):
        lines = path.with_suffix(".nq").read_bytes().splitlines()
        assert len(set(lines)) == len(lines)
        return len(lines)
    return len(rdflib.Graph().parse(path))


def run(*command: object) -> tuple[str, str]:
    done = subprocess.run([*map(str, command)], capture_output=True, timeout=300)
    out, err = (text.decode(errors="replace") for text in (done.stdout, done.stderr))
    assert done.returncode == 0, (out + err)[-3000:]
    return out, err


def installed(program: str, package: str) -> str:
    found = shutil.which(program)
    if not found:
        pytest.skip(f"{program} is not installed (Debian: {package})")
    return found


def java(*command: object) -> tuple[str, str]:
    return run("java", "-Xmx2g", "-cp", f"{jena() / 'lib'}/*", *command)


@each
@each_syntax
def test_rapper_counts_the_same(name: str, format: str, exported: dict[str, Path]) -> None:
    rapper = installed("rapper", "raptor2-utils")
    out, err = run(rapper, "--count", "--input", FORMATS[format], exported[format])
    assert not out
    assert [line for line in err.splitlines() if re.search("warning|error", line)] == []
    found = re.search(r"Parsing returned (\d+) triples", err)
    assert found
    assert int(found[1]) == triples(exported[format]) > 1000


@each
@each_syntax
def test_serdi_counts_the_same(name: str, format: str, exported: dict[str, Path]) -> None:
    serdi = installed("serdi", "serdi")
    theirs = FORMATS[format]
    written = "nquads" if theirs in ("nquads", "trig") else "ntriples"
    out, err = run(serdi, "-i", theirs, "-o", written, exported[format])
    assert err == ""
    assert out.count("\n") == triples(exported[format]) > 1000
    wanted = exported["nq" if written == "nquads" else "nt"].read_bytes()
    if name == "sample":  # and they are the same ones, in the eyes of a third reader
        kind = ox.RdfFormat.N_QUADS
        assert set(ox.parse(out.encode(), format=kind)) == set(ox.parse(wanted, format=kind))


@each
def test_jena_accepts_all_formats(name: str, exported: dict[str, Path]) -> None:
    """`--validate` also warns of IRIs and literals that are well-formed but of no use."""
    out, err = java("riotcmd.riot", "--validate", "--count", *exported.values())
    assert [line for line in (out + err).splitlines() if re.search("WARN|ERROR", line)] == []
    found = {
        path: int(count.replace(",", ""))
        for path, count in re.findall(
            r"^(.+?) +: (?:Triples|Quads) = ([\d,]+)$", out + err, re.MULTILINE
        )
    }
    wanted = {format: triples(exported[format]) for format in FORMATS if format != "jsonld"}
    wanted["jsonld"] = wanted["ttl"]
    assert found == {str(exported[format]): count for format, count in wanted.items()}


def test_jena_refuses_what_is_broken(tmp_path: Path) -> None:
    """The flag that the other tests rely on does what it says."""
    path = tmp_path / "broken.ttl"
    path.write_text("<urn:x:a> <urn:x:b> 1 .\n<urn:x:a> nonsense .\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="nonsense"):
        java("riotcmd.riot", "--validate", path)


def report(data: Path) -> rdflib.Graph:
    """What Jena says of a file and our shapes."""
    out, err = java("shacl.shacl", "validate", "--shapes", SHAPES, "--data", data)
    assert "Exception" not in err
    return rdflib.Graph().parse(data=out, format="turtle")


@each
def test_the_shapes_accept_it_in_jena(name: str, exported: dict[str, Path]) -> None:
    found = report(exported["ttl"])
    results = list(found.subjects(rdflib.RDF.type, SH.ValidationResult))
    severities = {found.value(result, SH.resultSeverity) for result in results}
    assert severities <= {SH.Warning, SH.Info}, "real digests leave some things out"
    assert bool(results) or found.value(None, SH.conforms, None) is None
    assert (None, SH.conforms, rdflib.Literal(not results)) in found


BROKEN = ["Topic-acyclic", "Rank-unbroken", "Paper-published", "Paper-title", "Source-span"]


def test_the_shapes_refuse_the_same_in_jena_and_pyshacl(tmp_path: Path) -> None:
    """Shapes in SPARQL among them; and what else is broken by that."""
    pytest.importorskip("pyshacl", reason="the extra shacl is not installed")
    store = ox.Store()
    graph("sample").export("ttl", tmp_path / "whole.ttl")
    store.load(path=tmp_path / "whole.ttl", format=ox.RdfFormat.TURTLE)
    declared = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes().items())
    for shape in BROKEN:
        store.update(declared + BY_NAME[shape][0])
    path = tmp_path / "broken.ttl"
    store.dump(path, format=ox.RdfFormat.TURTLE, from_graph=ox.DefaultGraph())
    found = report(path)
    assert (None, SH.conforms, rdflib.Literal(False)) in found
    jenas = {
        str(found.value(result, SH.sourceShape)).rpartition("#")[2]
        for result in found.subjects(rdflib.RDF.type, SH.ValidationResult)
    }
    assert set(BROKEN) <= jenas
    ours = validate(rdflib.Graph().parse(path))
    assert {re.sub("(?<=[a-z])(?=[A-Z])", "-", name).lower() for name in jenas} == {
        one.code for one in ours
    }

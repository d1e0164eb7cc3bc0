"""`ontology/index.html`: tells of every term in both languages, needs no network, and is current."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape
from importlib.util import find_spec
from pathlib import Path

import pytest
import rdflib
from digests import ROOT
from rdflib import OWL, RDF, RDFS, SKOS

from kg.ontology import load_ontology

PAGE = (ROOT / "ontology" / "index.html").read_text(encoding="utf-8")
NAMESPACE = load_ontology().namespace


def words(text: str) -> str:
    return " ".join(unescape(text).split())


def test_every_term_is_on_the_page_in_both_languages() -> None:
    ontology = rdflib.Graph().parse(ROOT / "ontology" / "kg.ttl")
    seen = words(PAGE)
    terms = {term for term in ontology.subjects(RDF.type) if str(term).startswith(NAMESPACE)}
    terms -= set(ontology.subjects(RDF.type, OWL.NamedIndividual))  # pyLODE shows no individuals
    assert len(terms) > 70
    for term in terms:
        assert f"<code>{term}</code>" in seen, term
        for predicate in (RDFS.label, SKOS.definition):
            texts = list(ontology.objects(term, predicate))
            assert {getattr(text, "language", "") for text in texts} == {"en", "vi"}
            for text in texts:
                assert words(str(text)) in seen, text


def test_it_needs_no_network() -> None:
    loaded = re.findall(r'<(?:script|img|iframe)[^>]+src="([^"]*)"|<link[^>]+href="([^"]*)"', PAGE)
    assert [one for pair in loaded for one in pair if one.startswith(("http", "//"))] == []
    assert "@import" not in PAGE


def test_its_links_lead_somewhere() -> None:
    anchors = set(re.findall(r'id="([^"]+)"', PAGE))
    assert set(re.findall(r'href="#([^"]+)"', PAGE)) <= anchors


@pytest.mark.skipif(not find_spec("pylode"), reason="pylode is not installed (extra docs)")
def test_it_is_current(tmp_path: Path) -> None:
    target = tmp_path / "index.html"
    script = ROOT / "tests" / "ontology_page.py"
    subprocess.run([sys.executable, script, target], check=True, capture_output=True)
    assert target.read_text(encoding="utf-8") == PAGE, "run: python tests/ontology_page.py"

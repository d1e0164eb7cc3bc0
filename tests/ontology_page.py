"""Makes `ontology/index.html`, the documentation page of the ontology, by pyLODE.

    pip install 'pylode>=3.3,<3.4'
    python tests/ontology_page.py

pyLODE 3.3 does not part languages and takes a concept scheme for the ontology
itself: labels are joined first ("idea · ý tưởng"), and the schemes lose that
class. Its order of equals is left to chance: what it writes for machines is
sorted here, so that the same ontology gives the same page.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import rdflib
from rdflib import OWL, RDF, RDFS, SKOS

FOLDER = Path(__file__).resolve().parents[1] / "ontology"
_DATA = re.compile(
    r'(<script id="schema.org" type="application/ld\+json">\n?)(.*?)(</script>)', re.S
)
_LIST = re.compile(r"<ul>\s*((?:<li>(?:(?!<li>|<ul>).)*?</li>\s*)+)</ul>", re.S)
_CLASS = r"<span>\s*<a [^>]*>[^<]*</a>\s*<sup[^>]*>\w+</sup>\s*</span>"
_OR = r'\s*<span class="cardinality">or</span>\s*'
_UNION = re.compile(rf"{_CLASS}(?:{_OR}{_CLASS})+")
_ITEM = re.compile(r"<li>.*?</li>", re.S)


def prepared(ontology: rdflib.Graph) -> rdflib.Graph:
    """The ontology as pyLODE shows it well."""
    for subject in set(ontology.subjects(RDF.type, SKOS.ConceptScheme)):
        ontology.remove((subject, RDF.type, SKOS.ConceptScheme))
        ontology.remove((subject, SKOS.prefLabel, None))
    for subject in set(ontology.subjects(RDFS.subClassOf)):
        if isinstance(
            subject, rdflib.BNode
        ):  # an axiom on a class without a name has no place here
            ontology.remove((subject, None, None))
    titles = [rdflib.URIRef("http://purl.org/dc/terms/title"), RDFS.label]
    for predicate in titles:
        for subject in set(ontology.subjects(predicate)):
            texts = sorted(
                ontology.objects(subject, predicate), key=lambda text: getattr(text, "language", "")
            )
            joined = " · ".join(dict.fromkeys(map(str, texts)))
            ontology.set((subject, predicate, rdflib.Literal(joined)))
    assert len(list(ontology.subjects(RDF.type, OWL.Ontology))) == 1
    return ontology


def page() -> str:
    """The page, the same for the same ontology."""
    from pylode import OntPub

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kg.ttl"
        prepared(rdflib.Graph().parse(FOLDER / "kg.ttl")).serialize(path, format="turtle")
        html: Any = OntPub(ontology=str(path)).make_html()
    html = _DATA.sub(lambda found: found[1] + _sorted(found[2]) + "\n" + found[3], str(html))
    html = _LIST.sub(lambda found: f"<ul>{''.join(sorted(_ITEM.findall(found[1])))}</ul>", html)
    html = _UNION.sub(
        lambda found: ' <span class="cardinality">or</span> '.join(
            sorted(re.findall(_CLASS, found[0]))
        ),
        html,
    )
    anchors = set(re.findall(r'id="([^"]+)"', html))  # pyLODE links to individuals it does not show
    html = re.sub(
        r'<a href="#([^"]+)">([^<]*)</a>',
        lambda found: found[0] if found[1] in anchors else found[2],
        html,
    )
    return "\n".join(line.rstrip() for line in html.splitlines()) + "\n"


def _sorted(text: str) -> str:
    def ordered(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: ordered(value[key]) for key in sorted(value)}
        if isinstance(value, list):
            return sorted(map(ordered, value), key=lambda one: json.dumps(one, sort_keys=True))
        return value

    return json.dumps(ordered(json.loads(text)), ensure_ascii=False, indent=1)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if sys.argv[1:] else FOLDER / "index.html"
    target.write_text(page(), encoding="utf-8")

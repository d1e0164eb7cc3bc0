"""Language tags: on what is known to be in a language, and on nothing else."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
import rdflib
from digests import PARAMS, SAMPLE

import kg
from kg.export import jsonld
from kg.lexicon import load_lexicon
from kg.ontology import load_ontology
from tests.export.read_back import triples

language = load_lexicon().language
ONTOLOGY = load_ontology()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Proposes GaLore, which projects gradients into a low-rank space.", "en"),
        ("Mixture of Experts", "en"),
        ("Diffusion Models", "en"),
        ("Robotics", "en"),
        ("The model of Nguyễn reads the whole of the text and of the code.", "en"),
        ("Đề xuất GaLore, chiếu gradient vào không gian hạng thấp.", "vi"),
        ("Độ", "vi"),
        ("Học máy", "vi"),
        ("Mô hình Khuếch tán cho Ngôn ngữ (Diffusion Models for Language)", "vi"),
        ("sử dụng reinforcement learning và deep neural networks", "vi"),
        ("VỚI NHỮNG CHỮ HOA", "vi"),
        ("Una arquitectura para los modelos del lenguaje", "es"),
        ("Une architecture pour les modèles", "fr"),
        ("Ein Verfahren für das Training und die Auswertung", "de"),
    ],
)
def test_what_is_known(text: str, code: str) -> None:
    assert language(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "2403.03507",
        "GaLore",
        "CV",
        "Nguyễn 2024: LoReFT",
        "CLIP và ViT",
        "Aprendizaje con Deep Learning",
        "Mixture of Experts para modelos de lenguaje",
        "Een model of een netwerk",
        "Vision par ordinateur",
        "深度学习",
        "The model of Đặng Thị Phượng, of Nguyễn Hữu Thắng",
        "phan tich mo hinh",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert language(text) == ""


def test_words_of_one_language_only_prove_it() -> None:
    tongues = load_lexicon().tongues
    seen: dict[str, str] = {}
    for code, tongue in tongues.items():
        assert tongue.small
        assert not tongue.small & tongue.field
        assert not tongue.shared & (tongue.small | tongue.field)
        for word in tongue.small | tongue.field:
            assert word == word.lower()
            assert seen.setdefault(word, code) == code, word


@pytest.mark.parametrize("path", [SAMPLE, *PARAMS])
def test_tags_stand_where_they_should(path: object) -> None:
    """Labels are plain, preferred labels and texts tagged by what they say, everything else plain."""
    graph = kg.build(str(path))
    translatable = {
        term
        for attribute in ONTOLOGY.attributes.values()
        if attribute.translatable
        for term in (attribute.iri, *attribute.above)
    }
    skos = "http://www.w3.org/2004/02/skos/core#"
    translatable |= {f"{skos}prefLabel", f"{skos}altLabel", f"{skos}scopeNote"}
    tagged = 0
    for triple in triples(graph):
        if isinstance(triple.object, ox.Literal) and triple.object.language:
            assert triple.predicate.value in translatable
            assert triple.object.language == language(triple.object.value)
            tagged += 1
    assert tagged > 200
    preferred = {
        (triple.subject.value, triple.object.value): triple.object.language or ""
        for triple in triples(graph)
        if triple.predicate.value == f"{skos}prefLabel"
    }
    for topic in graph.nodes("Topic"):
        codes = {code for (_, label), code in preferred.items() if label == topic.label}
        assert language(topic.label) in codes


def test_the_body_of_an_annotation_names_its_language() -> None:
    text = "# NOVEL_TECH_CONTRIBUTIONS\n* **2403.03507** – X. Nhận xét: Rất thiết thực cho mô hình lớn.\n"
    said = {
        t.predicate.value.rpartition("/")[2]: t.object
        for t in triples(kg.build(text))
        if t.subject.value.endswith("?body")
    }
    assert said["language"] == ox.Literal("vi")
    plain = said["22-rdf-syntax-ns#value"]
    assert plain == ox.Literal("Rất thiết thực cho mô hình lớn.")


def test_every_form_has_the_tag() -> None:
    graph = kg.build("# TOPIC_TREE\n* Học máy\n  * 2403.03507\n* Diffusion Models\n")
    found = {str(o): o.language for o in graph.rdf().objects(None, rdflib.SKOS.prefLabel)
             if isinstance(o, rdflib.Literal)}  # fmt: skip
    assert found["Học máy"] == "vi"
    assert found["Diffusion Models"] == "en"
    whole = json.loads(b"".join(jsonld.dump(graph)))
    (topic,) = (one for one in whole["@graph"] if one.get("label") == "Học máy")
    assert topic["skos:prefLabel"] == {"@value": "Học máy", "@language": "vi"}


def test_plain_questions_find_tagged_text() -> None:
    """`rdfs:label` is asked by equality, texts by what they contain; neither needs a tag."""
    graph = kg.build(
        "# TOPIC_TREE\n* Học máy\n  * 2403.03507 | Đề xuất GaLore, một cách học mới.\n"
    )
    kg_ = f"PREFIX kg: <{ONTOLOGY.namespace}> "
    for engine in (rdflib.Graph(), rdflib.Graph(store="Oxigraph")):
        engine += graph.rdf()
        asked = [
            'SELECT ?t { ?t rdfs:label "Học máy" }',
            'SELECT ?t { ?t skos:prefLabel "Học máy"@vi }',
            'SELECT ?t { ?t kg:summary ?x FILTER(CONTAINS(LCASE(?x), "galore")) }',
            'SELECT ?t { ?t kg:summary ?x FILTER(REGEX(?x, "^Đề xuất")) }',
            'SELECT ?t { ?t kg:summary ?x FILTER(LANG(?x) = "vi") }',
        ]
        for question in asked:
            assert len(list(engine.query(kg_ + question))) == 1, question

"""Turtle: read by rdflib and Oxigraph, asked in SPARQL, and read back into an equal graph."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from rdflib.compare import isomorphic

from kg import Edge, KgError, KnowledgeGraph, Node, Source, build
from kg.errors import BrokenGraph
from kg.export import turtle
from kg.export.iris import node_iri, statement_iri
from kg.ids import DEFAULT_BASE
from kg.ontology import load_ontology
from tests.export.read_back import read, triples
from tests.export.samples import (
    DOI,
    GAP,
    HOSTILE,
    IDEA,
    LEAF,
    OTHER,
    PAPER,
    TOP,
    TOPIC,
    graphs,
    hostile,
    sample,
    shuffled,
    source,
    thorough,
)

KG = load_ontology().namespace
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"

EXAMPLES = Path(__file__).parents[2] / "examples"


def text(graph: KnowledgeGraph, base: str = DEFAULT_BASE) -> bytes:
    return b"".join(turtle.dump(graph, base))


def iri(id: str) -> str:
    return node_iri(id, DEFAULT_BASE)


def ask(graph: KnowledgeGraph, query: str) -> set[str]:
    """The values of the first column, from Oxigraph; rdflib has to agree."""
    store = ox.Store()
    store.load(text(graph), format=ox.RdfFormat.TURTLE)
    prefixes = f"PREFIX kg: <{KG}> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    rows = store.query(prefixes + query)
    assert isinstance(rows, ox.QuerySolutions)
    found = {row[0].value for row in rows}
    assert found == {str(row[0]) for row in graph.rdf().query(prefixes + query)}  # type: ignore[index]
    return found


def assert_same(found: KnowledgeGraph, wanted: KnowledgeGraph) -> None:
    assert list(found.nodes()) == list(wanted.nodes())
    assert list(found.edges()) == list(wanted.edges())


def test_an_empty_graph_is_an_empty_file() -> None:
    assert text(KnowledgeGraph()) == b""


def test_it_is_the_same_graph_for_every_reader() -> None:
    graph = sample()
    parsed = rdflib.Graph().parse(data=text(graph), format="turtle")
    assert isomorphic(parsed, graph.rdf())
    assert len(parsed) == len(set(triples(graph))) == len(list(triples(graph)))
    assert set(ox.parse(text(graph), format=ox.RdfFormat.TURTLE)) == {
        ox.Quad(*triple) for triple in triples(graph)
    }


def test_bytes_do_not_depend_on_the_order_of_facts() -> None:
    assert len({text(shuffled(sample(), seed)) for seed in range(5)}) == 1


def test_it_is_readable() -> None:
    lines = text(sample()).decode().splitlines()
    assert lines[0].startswith("@prefix ")
    assert sum(line.startswith("@prefix kg:") for line in lines) == 1
    assert any(line.startswith("arxiv:2403.03507 a kg:Paper") for line in lines)
    subjects = [line.split()[0] for line in lines if line and line[0] not in "@\t"]
    assert len(subjects) == len(set(subjects))


def test_it_is_read_back_whole() -> None:
    assert_same(read(text(sample())), sample())


@thorough
@given(graphs())
def test_any_graph_is_read_back_whole(graph: KnowledgeGraph) -> None:
    assert turtle.losses(graph) == []
    assert_same(read(text(graph)), graph)
    assert_same(read(text(graph, "urn:x:y#"), "urn:x:y#"), graph)


@thorough
@given(graphs())
def test_any_graph_is_isomorphic_in_rdflib(graph: KnowledgeGraph) -> None:
    assert isomorphic(rdflib.Graph().parse(data=text(graph), format="turtle"), graph.rdf())


def test_ideas_are_found_by_what_they_build_on() -> None:
    assert ask(sample(), "SELECT ?idea WHERE { ?idea kg:buildsOn ?paper }") == {iri(IDEA)}


def test_every_kind_of_citation_is_a_citation() -> None:
    cited = ask(sample(), "SELECT ?paper WHERE { ?entry kg:cites ?paper }")
    assert cited == {iri(PAPER), iri(OTHER), iri(DOI)}


def test_topics_work_as_skos() -> None:
    above = f"SELECT ?t WHERE {{ <{iri(LEAF)}> skos:broader+ ?t }}"
    assert ask(sample(), above) == {iri(TOP), iri(TOPIC)}
    below = f"SELECT ?t WHERE {{ <{iri(TOP)}> skos:narrower+ ?t }}"
    assert ask(sample(), below) == {iri(LEAF), iri(TOPIC)}
    assert ask(sample(), "SELECT ?t WHERE { ?t skos:topConceptOf kg:TopicScheme }") == {iri(TOP)}
    assert ask(sample(), "SELECT ?t WHERE { kg:TopicScheme skos:hasTopConcept ?t }") == {iri(TOP)}
    in_scheme = "SELECT ?t WHERE { ?t a skos:Concept ; skos:inScheme kg:TopicScheme }"
    assert ask(sample(), in_scheme) == {iri(TOP), iri(TOPIC), iri(LEAF)}
    for term, value in (("altLabel", "CV"), ("notation", "I."), ("scopeNote", "A remark.")):
        assert ask(sample(), f"SELECT ?v WHERE {{ ?t skos:{term} ?v }}") == {value}
    assert "Độ" in ask(sample(), "SELECT ?v WHERE { ?t skos:prefLabel ?v }")


def test_papers_have_their_page_their_month_and_their_doi() -> None:
    about = f"SELECT ?v WHERE {{ <{iri(PAPER)}> %s ?v }}"
    same = "<http://www.w3.org/2002/07/owl#sameAs>"
    assert ask(sample(), about % same) == {"https://doi.org/10.48550/arXiv.2403.03507"}
    assert ask(sample(), about % "<http://xmlns.com/foaf/0.1/page>") == {iri(PAPER)}
    month = f'ASK {{ ?p kg:published "2024-03"^^<{XSD}gYearMonth> }}'
    assert bool(sample().rdf().query(f"PREFIX kg: <{KG}> {month}"))
    old = f"SELECT ?v WHERE {{ <{iri(OTHER)}> {same} ?v }}"
    assert ask(sample(), old) == {"https://doi.org/10.48550/arXiv.hep-th/9901001"}
    assert ask(sample(), f"SELECT ?v WHERE {{ <{iri(DOI)}> {same} ?v }}") == set()


def test_every_class_and_property_above_is_said() -> None:
    triples = {tuple(map(str, triple)) for triple in sample().rdf()}
    known = load_ontology()
    for node in sample().nodes():
        for above in known.node_type(node.type).above:
            assert (iri(node.id), f"{RDF}type", above) in triples
        for name, value in node.attributes.items():
            for above in known.attribute(name).above:
                assert (iri(node.id), above, str(value)) in triples
    for edge in sample().edges():
        for above in (KG + edge.type, *known.edge_type(edge.type).above):
            assert (iri(edge.source), above, iri(edge.target)) in triples


def test_a_statement_proves_a_relation() -> None:
    query = """SELECT ?quote WHERE {
        ?s a kg:Statement ; rdf:predicate kg:buildsOn ; kg:basis "name" ; kg:saidAt ?source .
        ?source kg:file "2024-03.md" ; kg:line 33 ; kg:startByte 3300 ; kg:endByte 3304 ; kg:quote ?quote }"""
    assert ask(sample(), query.replace("rdf:predicate", f"<{RDF}predicate>")) == {"text"}
    digest = f"SELECT ?d WHERE {{ ?s <{RDF}subject> <{iri(IDEA)}> ; kg:inDigest ?d }}"
    assert ask(sample(), digest) == {iri("digest:2024-03"), iri("digest:2024-04")}


def test_each_citation_is_a_citation_of_cito() -> None:
    cited = """SELECT ?paper WHERE {{
        ?c a cito:Citation ; cito:hasCitingEntity <{}> ; cito:hasCitedEntity ?paper ;
           cito:hasCitationCharacterization cito:{} }}"""
    prefix = "PREFIX cito: <http://purl.org/spar/cito/> "
    assert ask(sample(), prefix + cited.format(iri(IDEA), "extends")) == {iri(PAPER)}
    assert ask(sample(), prefix + cited.format(iri(IDEA), "usesMethodIn")) == {iri(OTHER)}
    assert ask(sample(), prefix + cited.format(iri(IDEA), "cites")) == set()
    assert ask(sample(), prefix + cited.format(iri(GAP), "cites")) == set()
    assert ask(sample(), prefix + cited.format(iri(GAP), "citesAsPotentialSolution")) == {iri(DOI)}
    citations = ask(sample(), prefix + "SELECT ?c WHERE { ?c a cito:Citation }")
    assert citations == ask(sample(), "SELECT ?s WHERE { ?s kg:basis ?basis }")
    assert len(citations) == len([edge for edge in sample().edges() if edge.basis])


def test_entries_cite_as_their_kind_does() -> None:
    graph = build(EXAMPLES / "ai-research-2024-03.md")
    store = ox.Store()
    store.load(text(graph), format=ox.RdfFormat.TURTLE)
    cito = "http://purl.org/spar/cito/"
    for kind, edge, name in (
        ("Highlight", "about", "credits"),
        ("Contribution", "about", "reviews"),
        ("Recommendation", "about", "citesAsRecommendedReading"),
        ("Gap", "cites", "citesAsPotentialSolution"),
        ("Trend", "cites", "citesAsEvidence"),
    ):
        found = {
            (quad.subject, quad.object)
            for quad in store.quads_for_pattern(None, ox.NamedNode(cito + name), None, None)
            if quad.predicate.value.startswith(cito)
        }
        wanted = {
            (ox.NamedNode(iri(one.source)), ox.NamedNode(iri(one.target)))
            for one in graph.edges(edge)
            if graph.node(one.source).type == kind
        }
        statements = {
            (subject, object) for subject, object in found if "statement" not in subject.value
        }
        assert statements == wanted, kind


@pytest.mark.parametrize("lead", ["", "\ufeff", "---\ntitle: Độ\n---\n", "Tiếng Việt 👩‍🔬\r\n\r\n"])
def test_selectors_find_the_place_in_the_text(lead: str) -> None:
    text_ = f"{lead}# TOPIC_TREE\n* Thị giác — Độ\n  * Độ sâu: 2403.03507 và 2403.00001\n"
    graph = build(text_)
    found = {
        (row[0].value, int(row[1].value), int(row[2].value))
        for row in rows(
            graph,
            """SELECT ?exact ?start ?end WHERE { ?s oa:hasSource ?digest .
                ?s oa:hasSelector [ a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end ] .
                ?s oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact ?exact ] }""",
        )
    }
    places = places_of(graph)
    assert found == {(p.text, p.offset, p.offset + len(p.text)) for p in places}
    assert {"2403.03507", "2403.00001"} <= {exact for exact, _, _ in found}
    for exact, start, end in found:
        assert text_[start:end] == exact


def places_of(graph: KnowledgeGraph) -> set[Source]:
    said = [*graph.nodes(), *graph.edges()]
    return {place for fact in said for place in fact.sources if place.text}


def around(graph: KnowledgeGraph) -> set[tuple[str, str, str]]:
    """What stands before, at and behind each place, as the Turtle has it."""
    query = """SELECT ?prefix ?exact ?suffix WHERE { ?s a oa:TextQuoteSelector ; oa:exact ?exact .
        OPTIONAL { ?s oa:prefix ?prefix } OPTIONAL { ?s oa:suffix ?suffix } }"""
    return {
        (row[0].value if row[0] else "", row[1].value, row[2].value if row[2] else "")
        for row in rows(graph, query)
    }


@pytest.mark.parametrize("lead", ["", "\ufeff", "Tiếng Việt 👩‍🔬\r\n\r\n"])
def test_a_quote_has_the_characters_around_it(lead: str) -> None:
    text_ = f"{lead}# TOPIC_TREE\n* Thị giác — Độ\n  * Độ sâu: 2403.03507 và 2403.00001"
    graph = build(text_)
    assert places_of(graph)
    for prefix, exact, suffix in around(graph):
        assert prefix + exact + suffix in text_
        assert len(prefix) <= 32 >= len(suffix)
    wanted = {
        (
            text_[max(0, p.offset - 32) : p.offset].removeprefix("\ufeff"),
            p.text,
            text_[p.offset + len(p.text) :][:32],
        )
        for p in places_of(graph)
    }
    assert around(graph) == wanted
    assert any(not suffix for _, _, suffix in wanted)  # nothing stands behind the end


def test_quotes_of_the_sample_stand_there_once() -> None:
    path = EXAMPLES / "ai-research-2024-03.md"
    text_ = path.read_text(encoding="utf-8")
    graph = build(path)
    found = around(graph)
    assert len(found) == len({(p.offset, p.text) for p in places_of(graph)}) > 500
    assert [one for one in found if text_.count("".join(one)) != 1] == []


def rows(graph: KnowledgeGraph, query: str) -> list[ox.QuerySolution]:
    store = ox.Store()
    store.load(text(graph), format=ox.RdfFormat.TURTLE)
    found = store.query(f"PREFIX oa: <http://www.w3.org/ns/oa#> {query}")
    assert isinstance(found, ox.QuerySolutions)
    return list(found)


def test_a_file_of_two_digests_is_no_source() -> None:
    two = [
        Edge(source=IDEA, type="partOf", target=digest, digest=digest, sources=(source(1),))
        for digest in ("digest:2024-03", "digest:2024-04")
    ]
    nodes = [Node(id=id, type="Digest") for id in ("digest:2024-03", "digest:2024-04")]
    graph = KnowledgeGraph([*nodes, Node(id=IDEA, type="Idea"), *two])
    assert not [t for t in triples(graph) if t.predicate.value.endswith("#hasSource")]


def test_weights_are_doubles_whatever_merging_made_of_them() -> None:
    edge = Edge(source=LEAF, type="broader", target=TOP, sources=(source(1),))
    again = edge._replace(sources=(source(2),))
    nodes = [Node(id=id, type="Topic") for id in (LEAF, TOP)]
    graph = KnowledgeGraph([*nodes, edge, again])
    (weight,) = [t.object for t in triples(graph) if t.predicate.value == f"{KG}weight"]
    assert weight == ox.Literal("2.0", datatype=ox.NamedNode(f"{XSD}double"))
    assert repr(graph.nx.edges[LEAF, TOP, "broader"]["weight"]) == "2.0"


def test_statement_iris_are_readable_and_never_alike() -> None:
    edge = Edge(
        source="idea:2024-03/X",
        type="buildsOn",
        target=PAPER,
        basis="name",
        digest="digest:2024-03",
    )
    wanted = "statement/idea:2024-03/X?buildsOn=paper:2403.03507?name;digest:2024-03"
    assert statement_iri(edge, "") == wanted
    hard = [*HOSTILE, "a?buildsOn=b", "b?;", ";", "?", "a%20b", "a b", "?a%20b", "a?b;c"]
    keys = {
        (a, b, c, d)
        for a in hard for b in hard for c, d in (("", ""), ("x", ""), ("", "x"), (b, a), (a, b))
    }  # fmt: skip
    found = {
        statement_iri(Edge(source=a, type="t", target=b, basis=c, digest=d), "https://e/")
        for a, b, c, d in keys
    }
    assert len(found) == len(keys)
    for iri in found:
        ox.NamedNode(iri)


def test_hostile_texts_arrive() -> None:
    graph = hostile()
    assert turtle.losses(graph) == []
    assert_same(read(text(graph)), graph)
    assert isomorphic(rdflib.Graph().parse(data=text(graph), format="turtle"), graph.rdf())


def test_lone_surrogates_are_replaced_and_reported() -> None:
    node = Node(id="topic:a\ud800", type="Topic", label="b\udfff")
    graph = KnowledgeGraph([node])
    back = read(text(graph)).node("topic:a\ud800")
    assert back.label == "b\ufffd"
    assert turtle.losses(graph) == ["lone surrogates made U+FFFD: 1, first in 'topic:a\\ud800'"]


def test_sources_that_differ_only_in_their_words_stay_apart() -> None:
    places = (source(1, "abcd"), source(1, "efgh"))
    graph = KnowledgeGraph([Node(id="topic:a", type="Topic", sources=places)])
    assert set(read(text(graph)).node("topic:a").sources) == set(places)


def test_a_source_keeps_its_iri_when_graphs_are_merged() -> None:
    one, two = (
        Node(id=f"topic:{section}", type="Topic", sources=(source(1, section="in " + section),))
        for section in "ab"
    )
    apart = {*triples(KnowledgeGraph([one])), *triples(KnowledgeGraph([two]))}
    assert set(triples(KnowledgeGraph([one, two]))) == apart


def settled(node: Node) -> Node:
    """A node with sources in order of place and lists of one item as that item."""
    attributes = {
        name: value[0] if isinstance(value, tuple) and len(value) == 1 else value
        for name, value in node.attributes.items()
    }
    sources = tuple(sorted(node.sources, key=lambda place: place.sort_key))
    return node._replace(attributes=attributes, sources=sources)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.md")), ids=lambda path: path.stem)
def test_a_real_digest_is_read_back_whole(path: Path) -> None:
    graph = build(path)
    nodes = [settled(node) for node in graph.nodes()]
    assert_same(read(text(graph)), KnowledgeGraph([*nodes, *graph.edges()]))


@pytest.mark.parametrize("value", [("b", "a"), ("a", "a"), ()])
def test_what_a_set_cannot_tell_of_a_list_is_reported(value: tuple[str, ...]) -> None:
    node = Node(id="topic:a", type="Topic", attributes={"scopeNote": value})
    assert len(turtle.losses(KnowledgeGraph([node]))) == 1


def test_an_arxiv_paper_is_a_preprint() -> None:
    preprints = "SELECT ?p WHERE { ?p a <http://purl.org/spar/fabio/Preprint> }"
    assert ask(sample(), preprints) == {iri(PAPER), iri(OTHER)}


def test_an_arxiv_paper_has_its_number() -> None:
    number = "SELECT ?n WHERE { <%s> <http://purl.org/spar/fabio/hasArXivId> ?n }"
    assert ask(sample(), number % iri(PAPER)) == {"2403.03507"}
    assert ask(sample(), number % iri(OTHER)) == {"hep-th/9901001"}
    assert ask(sample(), number % iri(DOI)) == set()


ASSESSED = """# NOVEL_TECH_CONTRIBUTIONS
* **2403.03507** – Low-rank gradients. Assessment: Practical for large models.
* **2403.00001** – Another one.
"""


def test_a_contribution_is_an_annotation_that_assesses_its_paper() -> None:
    graph = build(ASSESSED)
    found = rows(
        graph,
        f"""SELECT ?entry ?target ?words WHERE {{
            ?entry a oa:Annotation ; oa:motivatedBy oa:assessing ; oa:hasTarget ?target .
            OPTIONAL {{ ?entry oa:hasBody [ a oa:TextualBody ; <{RDF}value> ?words ;
                <http://purl.org/dc/elements/1.1/format> "text/plain" ] }} }}""",
    )
    said = {(row[0].value, row[1].value, row[2].value if row[2] else "") for row in found}
    wanted = {
        (
            iri(edge.source),
            iri(edge.target),
            graph.node(edge.source).attributes.get("assessment", ""),
        )
        for edge in graph.edges("about")
    }
    assert said == wanted
    assert {words for _, _, words in said} == {"Practical for large models.", ""}


def test_only_contributions_are_annotations() -> None:
    graph = build(EXAMPLES / "ai-research-2024-03.md")
    found = rows(graph, "SELECT ?a WHERE { ?a a oa:Annotation ; oa:hasBody ?body }")
    wanted = {iri(node.id) for node in graph.nodes("Contribution")}
    assert {row[0].value for row in found} == wanted
    other = "SELECT ?a WHERE { ?a oa:hasTarget ?t FILTER NOT EXISTS { ?a a oa:Annotation } }"
    assert rows(graph, other) == []


def test_what_holds_for_all_of_a_class_is_written() -> None:
    """The `owl:hasValue` restrictions of the ontology."""
    known = load_ontology()
    stated = {kind.name: len(kind.always) for kind in known.node_types.values() if kind.always}
    assert stated == {"Topic": 1, "Keyword": 1, "Contribution": 1}
    graph = build(EXAMPLES / "ai-research-2024-03.md")
    said = {(t.subject.value, t.predicate.value, str(t.object)) for t in triples(graph)}
    for name in stated:
        for node in graph.nodes(name):
            for term, value in known.node_type(name).always:
                assert (iri(node.id), term, f"<{value}>") in said


def test_values_that_are_no_month_stay_texts() -> None:
    node = Node(id=PAPER, type="Paper", attributes={"published": "2024-13", "url": "no address"})
    terms = {t.predicate.value.removeprefix(KG): t.object for t in triples(KnowledgeGraph([node]))}
    assert terms["published"] == ox.Literal("2024-13")
    assert terms["url"] == ox.Literal("no address")
    assert not any("foaf" in name for name in terms)


def test_an_edge_without_an_end_and_a_base_that_is_none_are_refused() -> None:
    edge = Edge(source=PAPER, type="hasTopic", target=TOP)
    with pytest.raises(BrokenGraph, match="no node"):
        text(KnowledgeGraph([edge]))
    with pytest.raises(KgError, match="no base"):
        text(sample(), "not an iri")

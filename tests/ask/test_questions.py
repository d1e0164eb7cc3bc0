"""Every question: its header, its answer on the sample, the same answer by other means."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from functools import cache
from pathlib import Path

import oracle_entries
import oracle_papers
import pytest
from digests import ID, ROOT, SAMPLE
from oracle import World

import kg
from kg.answers import spell
from kg.errors import KgError
from kg.export.turtle import prefixes
from kg.ontology import load_ontology
from kg.query import Answer, ask, query, store_of, term_for
from kg.questions import LANGUAGES, load_questions, parse_question

GOLDEN = Path(__file__).with_name("golden")
QUESTIONS = load_questions()
ORACLES = {
    name.replace("_", "-"): function
    for module in (oracle_entries, oracle_papers)
    for name, function in vars(module).items()
    if getattr(function, "__module__", "") == module.__name__ and not name.startswith("_")
}
SLOT = re.compile(r"VALUES \?(\w+) \{ (\S[^{}]*?) \}")
each = pytest.mark.parametrize("name", QUESTIONS)


@cache
def sample() -> kg.KnowledgeGraph:
    return kg.build(SAMPLE)


@cache
def two_months() -> kg.KnowledgeGraph:
    """The sample, and an April that is about half of its papers and as many others."""
    march = SAMPLE.read_text(encoding="utf-8")
    april = re.sub(r"2403\.(\d{4}[02468])", r"2404.\1", march.replace("2024-03", "2024-04"))
    april = april.replace("Robotics", "Robots and Bodies")
    assert april != march
    return kg.build(march, april)


def cells(answer: Answer) -> list[tuple[str | None, ...]]:
    return [tuple(getattr(t, "value", None) for t in row) for row in answer.rows]


def test_there_are_enough() -> None:
    files = sorted(path.stem for path in (ROOT / "ontology" / "queries").iterdir())
    assert files == list(QUESTIONS)
    assert len(QUESTIONS) >= 25
    assert len({q.title["en"] for q in QUESTIONS.values()}) == len(QUESTIONS)


# -- headers ---------------------------------------------------------------------


@each
def test_texts_are_complete_in_both_languages(name: str) -> None:
    question = QUESTIONS[name]
    texts = [question.title, question.about, *question.columns.values()]
    texts += [parameter.about for parameter in question.parameters.values()]
    for text in texts:
        assert set(text) == set(LANGUAGES)
        assert all(text.values())
    assert question.title["en"].endswith("?")
    assert question.title["vi"].endswith("?")
    for text in (question.title, question.about):
        assert text["en"] != text["vi"]
        assert re.search(r"[ăâđêôơưạ-ỹ]", text["vi"], re.IGNORECASE), text["vi"]


@each
def test_every_column_has_a_heading_in_both_languages(name: str) -> None:
    question = QUESTIONS[name]
    answer = ask(sample(), question)
    ontology = load_ontology()
    assert set(question.columns) <= set(answer.columns)
    for column in answer.columns:
        vietnamese = question.heading(column, "vi", ontology)
        assert vietnamese not in ("", column), column
    for language in LANGUAGES:
        headings = [question.heading(column, language, ontology) for column in answer.columns]
        assert len(set(headings)) == len(headings) or name == "cited-together"


@each
def test_defaults_are_what_stands_in_the_query(name: str) -> None:
    question = QUESTIONS[name]
    store = store_of(sample())
    for parameter in question.parameters.values():
        slots = [text for text in SLOT.findall(question.sparql) if text[0] == parameter.name]
        assert slots
        for _, written in slots:
            said = query(store, f"SELECT ?term {{ VALUES ?term {{ {written} }} }}").rows
            assert said == [(term_for(store, parameter, parameter.default),)]
    given = {parameter.name: parameter.default for parameter in question.parameters.values()}
    assert cells(ask(sample(), question, given)) == cells(ask(sample(), question))


@each
def test_every_engine_can_read_the_file_as_it_stands(name: str) -> None:
    """All prefixes are declared, nothing needs kg."""
    store_of(sample()).query(QUESTIONS[name].sparql)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("# name: ideas-on-paper", "# name: other"), "name of the file"),
        (("# title vi: ", "# titel vi: "), "title is missing in vi"),
        (("# paper en: ", "# papier en: "), "paper is missing in en"),
        (("paper = GaLore", "paper GaLore"), "KIND = DEFAULT"),
        (("paper = GaLore", "papers = GaLore"), "KIND = DEFAULT"),
        (("VALUES ?paper", "VALUES ?papers"), "no VALUES"),
        (("# about en: ", "# hint: x\n# about en: "), "'hint'"),
        (("# about en: ", "# name: x\n# about en: "), "second of its kind"),
        (("# about en: ", "#about en: "), "header"),
    ],
)
def test_headers_out_of_order_are_refused(change: tuple[str, str], said: str) -> None:
    text = QUESTIONS["ideas-on-paper"].sparql.replace(*change, 1)
    with pytest.raises(KgError, match=re.escape(said)):
        parse_question(text, "ideas-on-paper")


# -- answers ---------------------------------------------------------------------


@each
def test_answer_on_the_sample(name: str) -> None:
    """Golden files; `python tests/ask/test_questions.py` writes them anew, to be read by a person."""
    assert (GOLDEN / f"{name}.md").read_text(encoding="utf-8") == golden(name)


def test_no_golden_file_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(QUESTIONS)


def golden(name: str) -> str:
    question = QUESTIONS[name]
    table = spell(ask(sample(), question), "markdown", "en", question)
    return f"# {question.title['en']}\n\n{table}"


@each
def test_an_answer_is_empty_only_where_the_file_says_why(name: str) -> None:
    question = QUESTIONS[name]
    assert bool(ask(sample(), question).rows) == (not question.empty)


@each
def test_questions_without_answer_on_the_sample_have_one_elsewhere(name: str) -> None:
    if QUESTIONS[name].empty:
        digest = "# TOPIC_TREE\n\n* A\n  * B\n* C\n  * 2403.03507 | Proposes GaLore.\n"
        one, other = f"# Digest 2024-03\n\n{digest}", f"# Digest 2024-04\n\n{digest}"
        assert ask(kg.build(one, other), QUESTIONS[name]).rows


def test_every_question_has_an_oracle() -> None:
    assert set(ORACLES) == set(QUESTIONS)


@each
@pytest.mark.parametrize("make", [sample, two_months], ids=["sample", "two-months"])
def test_oracle(name: str, make: object) -> None:
    assert callable(make)
    graph = make()
    assert Counter(cells(ask(graph, QUESTIONS[name]))) == Counter(ORACLES[name](World(graph)))


def test_new_topics_of_a_later_month() -> None:
    """Only what April calls otherwise; with March as the month, all of March."""
    rows = cells(ask(two_months(), QUESTIONS["new-topics"], {"month": "2024-04"}))
    assert rows
    assert all(str(path).startswith("Robots and Bodies") for (path,) in rows)


SLOW = {"about-paper", "other-months"}
"""What takes rdflib alone minutes on the sample: it is asked on an excerpt."""


@cache
def excerpt() -> kg.KnowledgeGraph:
    """The sample's first topics, and all that is said of a few papers."""
    tree, highlights, rest = SAMPLE.read_text(encoding="utf-8").partition("2.  **SOTA_HIGHLIGHTS**")
    few = re.compile(r"2403\.03507|2402\.19427|2402\.19469")
    kept = [line for line in rest.splitlines() if few.search(line) or not ID.search(line)]
    return kg.build("\n".join([*tree.splitlines()[:14], "", highlights, *kept]))


@cache
def in_rdflib(store: str, whole: bool) -> object:
    rdflib = pytest.importorskip("rdflib")
    if store == "Oxigraph":
        pytest.importorskip("oxrdflib")
    found = rdflib.Graph(store=store)
    found += (sample() if whole else excerpt()).rdf()
    return found


@each
@pytest.mark.parametrize("engine", ["Oxigraph", "default"])
def test_engines_agree(name: str, engine: str) -> None:
    """pyoxigraph's answer is that of oxrdflib and of rdflib alone, but for the order of rows."""
    import rdflib

    whole = engine == "Oxigraph" or name not in SLOW
    graph = in_rdflib(engine, whole)
    assert isinstance(graph, rdflib.Graph)
    answer = ask(sample() if whole else excerpt(), QUESTIONS[name])
    assert answer.rows or QUESTIONS[name].empty
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdflib's own, from its parser
        found = graph.query(QUESTIONS[name].sparql, initNs=prefixes())
        rows = [tuple(None if t is None else str(t) for t in row) for row in found]
    assert tuple(map(str, found.vars or ())) == answer.columns
    assert Counter(rows) == Counter(cells(answer))


@each
def test_order_is_total(name: str) -> None:
    """The same bytes whatever order the triples came in."""
    import pyoxigraph as ox

    quads = sorted(store_of(sample()), key=str, reverse=True)
    store = ox.Store()
    store.extend(quads)
    assert query(store, QUESTIONS[name].sparql).rows == ask(sample(), QUESTIONS[name]).rows


if __name__ == "__main__":
    for name in QUESTIONS:
        (GOLDEN / f"{name}.md").write_text(golden(name), encoding="utf-8")

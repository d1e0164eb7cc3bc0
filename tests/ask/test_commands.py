"""`kg ask` and `kg query`: what they print and return."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from digests import SAMPLE

from kg import cli
from kg.questions import load_questions


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.main([*map(str, arguments)])
    return (code, *capsys.readouterr())


@pytest.mark.parametrize("language", ["en", "vi"])
def test_questions_are_listed(capsys: pytest.CaptureFixture[str], language: str) -> None:
    code, output, _ = run(capsys, "ask", "--language", language)
    assert code == 0
    assert len(output.splitlines()) == len(load_questions())
    assert f"ideas-on-paper  {load_questions()['ideas-on-paper'].title[language]}\n" in output


def test_a_question_is_answered(capsys: pytest.CaptureFixture[str]) -> None:
    code, output, _ = run(capsys, "ask", "ideas-on-paper", "paper=galore", SAMPLE)
    assert code == 0
    assert output.splitlines()[0] == "Which ideas build on a paper?"
    assert "Continual Pre-training across a Federation" in output
    assert output.rstrip().endswith("357")


def test_in_vietnamese(capsys: pytest.CaptureFixture[str]) -> None:
    _, output, _ = run(capsys, "ask", "reading-order", SAMPLE, "--language", "vi")
    assert output.startswith("Nên đọc gì, theo thứ tự nào và vì sao?\n")
    assert "thứ hạng" in output


def test_a_question_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    code, output, _ = run(capsys, "ask", "ideas-on-paper", "--explain")
    assert code == 0
    assert "paper=GaLore  (paper) the paper built on" in output
    assert "VALUES ?paper" in output


def test_the_last_build_is_asked_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, error = run(capsys, "ask", "overview")
    assert code == 2
    assert "kg build DIGEST" in error
    run(capsys, "build", SAMPLE, "--format", "ttl")
    code, output, _ = run(capsys, "ask", "overview", "--format", "csv")
    assert code == 0
    assert "https://kg.example/ontology#Topic,164\n" in output.replace("\r", "")
    assert run(capsys, "query", "ASK { ?x a kg:Idea }")[1] == "true\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ask", "ideas-on-papers", SAMPLE), "did you mean ideas-on-paper"),
        (("ask", "ideas-on-paper", "papers=GaLore", SAMPLE), "did you mean paper"),
        (("ask", "ideas-on-paper", "paper=GaLoor", SAMPLE), "did you mean GaLore"),
        (("ask", "overview", "missing.ttl"), "missing.ttl"),
        (("ask", "overview", "missing.md"), "missing.md"),
        (("query",), "name a query"),
        (("query", "SELECT ?x { ?x kg:buildOn ?y }", SAMPLE), "did you mean kg:buildsOn?"),
        (("query", "-f", "missing.rq", SAMPLE), "missing.rq"),
        (("query", "DROP ALL", SAMPLE), "only reads"),
    ],
)
def test_mistakes_return_2(
    capsys: pytest.CaptureFixture[str], arguments: tuple[object, ...], said: str
) -> None:
    code, output, error = run(capsys, *arguments)
    assert code == 2
    assert said in error
    assert error.count("\n") == 1
    assert error.startswith("kg: ")
    assert not output


def test_a_file_with_an_equals_sign(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a=b.md").write_bytes(SAMPLE.read_bytes())
    assert run(capsys, "ask", "overview", "a=b.md")[0] == 0


def test_query_from_a_file_and_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\ufeffSELECT (COUNT(*) AS ?n) { ?x a kg:Paper }"
    Path("q.rq").write_text(text, encoding="utf-8")
    code, output, _ = run(capsys, "query", "-f", "q.rq", SAMPLE, "--format", "json")
    assert code == 0
    assert json.loads(output)["results"]["bindings"][0]["n"]["value"] == "99"
    stdin = io.TextIOWrapper(io.BytesIO(text.encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    assert run(capsys, "query", "-f", "-", SAMPLE, "--format", "csv")[1].split() == ["n", "99"]
    Path("bad.rq").write_bytes(b"\xff")
    assert run(capsys, "query", "-f", "bad.rq", SAMPLE)[0] == 2

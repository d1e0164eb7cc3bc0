"""`kg check` through its command line: the account, the remarks, and the formats other tools read."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from digests import SAMPLE

from kg import __version__
from kg.cli import main
from kg.ledger import ACCOUNTS
from kg.rules import RULES

TEXT = """\
# TOPIC_TREE

* ML
  * 2403.03507 | Đề xuất GaLore
* CV

# READING_LIST

* 2413.00001 – Độ · why
* 2403.03507 – GaLore · memory, 100%

# WEATHER_REPORT

Rain, 2403.00071: today.
"""


@pytest.fixture
def digest(tmp_path: Path) -> Path:
    path = tmp_path / "my digest 2024-03.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "2024-03.md"
    path.write_text("# TOPIC_TREE\n\n* ML\n  * 2403.03507 | text\n", encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    code = main(["check", *map(str, arguments)])
    captured = capsys.readouterr()
    assert captured.err == ""
    return code, captured.out


def test_text(digest: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, digest)
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == f"{digest}: what became of the runs of text"
    assert lines[1].split() == ["section", *ACCOUNTS, "identifiers"]
    rows = {line.split()[0]: line.split()[1:] for line in lines[2:6]}
    assert rows["TOPIC_TREE"][-1] == "1"
    assert rows["READING_LIST"][-1] == "1"
    table = [line.split() for line in lines[2:] if re.match(r"  \S", line)]
    numbers = [list(map(int, row[-5:])) for row in table]
    assert [sum(column) for column in zip(*numbers[:-1], strict=True)] == numbers[-1]
    remarks = [line for line in lines if line.startswith(f"{digest}:")][1:]
    for line in remarks:
        found = re.fullmatch(
            rf"{re.escape(str(digest))}:(\d+):(\d+): (info|warning|error) (\S+) .+ \(.+\)", line
        )
        assert found, line
        assert found[4] in RULES
    places = [tuple(map(int, line[len(str(digest)) + 1 :].split(":")[:2])) for line in remarks]
    assert places == sorted(places)
    assert re.fullmatch(r"\d+ lost, \d+ warnings, \d+ remarks", lines[-1])
    assert not re.search(r"\x1b", out)


def test_quiet(digest: Path, clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, digest, "--quiet")
    assert code == 0
    assert out
    assert all(" warning " in line for line in out.splitlines())
    assert run(capsys, clean, "-q") == (0, "")


def test_strict(
    digest: Path, clean: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, digest, "--strict")[0] == 1
    assert run(capsys, clean, "--strict")[0] == 0
    assert run(capsys, clean, digest, "--strict", "--format", "json")[0] == 1
    info = tmp_path / "info.md"
    info.write_text(clean.read_text(encoding="utf-8") + "* CV\n", encoding="utf-8")
    code, out = run(capsys, info, "--strict")
    assert code == 0
    assert " info empty-topic " in out


def test_the_sample_passes_strictly(capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, SAMPLE, "--strict")
    assert code == 0
    assert out.splitlines()[-1].startswith("0 lost, 0 warnings")


def test_json(digest: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, digest, "--format", "json")
    assert code == 0
    report = json.loads(out)
    assert set(report) == {"files", "diagnostics"}
    [file] = report["files"]
    assert set(file) == {"file", "sections", "lost"}
    assert file["file"] == str(digest)
    for counts in file["sections"].values():
        assert set(counts) == {*ACCOUNTS, "identifiers"}
    assert sum(counts["identifiers"] for counts in file["sections"].values()) == 3
    data = TEXT.encode()
    assert [lost["text"] for lost in file["lost"]] == ["2413.00001 – Độ · why", "Rain,", ": today."]
    for lost in file["lost"]:
        assert set(lost) == {"line", "column", "start", "end", "text"}
        assert data[lost["start"] : lost["end"]].decode().strip() == lost["text"]
        line = TEXT.splitlines()[lost["line"] - 1]
        assert line[lost["column"] - 1 :].startswith(lost["text"])
    for remark in report["diagnostics"]:
        assert set(remark) == {"code", "severity", "message", "file", "line", "column", "hint"}
        assert remark["code"] in RULES
    codes = {remark["code"] for remark in report["diagnostics"]}
    assert {"impossible-id", "unknown-section", "empty-topic", "unplaced-paper"} <= codes


def test_sarif(digest: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, digest, "--format", "sarif")
    assert code == 0
    log = json.loads(out)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    [run_] = log["runs"]
    driver = run_["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("kg", __version__)
    assert run_["columnKind"] == "unicodeCodePoints"
    rules = [rule["id"] for rule in driver["rules"]]
    assert len(rules) == len(set(rules))
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"] == RULES[rule["id"]].why
        assert rule["defaultConfiguration"]["level"] in ("none", "note", "warning", "error")
    assert run_["results"]
    lines = TEXT.splitlines()
    for result in run_["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("note", "warning", "error")
        assert result["message"]["text"]
        [location] = result["locations"]
        place = location["physicalLocation"]
        uri = place["artifactLocation"]["uri"]
        assert " " not in uri
        assert uri.endswith("my%20digest%202024-03.md")
        region = place["region"]
        assert 1 <= region["startLine"] <= len(lines)
        assert 1 <= region["startColumn"] <= len(lines[region["startLine"] - 1]) + 1
    [bad] = [r for r in run_["results"] if r["ruleId"] == "impossible-id"]
    region = bad["locations"][0]["physicalLocation"]["region"]
    assert lines[region["startLine"] - 1][region["startColumn"] - 1 :].startswith("2413.00001")


def test_github(digest: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, digest, "--format", "github")
    assert code == 0
    pattern = r"::(error|warning|notice) file=([^,]+),line=(\d+),col=(\d+),title=([^:,]+)::(.+)"
    found = [re.fullmatch(pattern, line) for line in out.splitlines()]
    assert all(found)
    assert len(found) >= 5
    assert {m[5] for m in found if m} <= set(RULES)
    assert {m[1] for m in found if m} == {"warning", "notice"}


def test_github_escapes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a,b 100%: 2024-03.md"
    path.write_text("# TOPIC_TREE\n\n* 50% CV\n", encoding="utf-8")
    code, out = run(capsys, path, "--format", "github")
    assert code == 0
    assert "a%2Cb 100%25%3A 2024-03.md,line=3,col=3,title=empty-topic::" in out
    assert "50%25 CV" in out


def test_an_empty_file_has_no_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "2024-03.md"
    path.write_text("\n", encoding="utf-8")
    assert ",line=" not in run(capsys, path, "--format", "github")[1]
    result = json.loads(run(capsys, path, "--format", "sarif")[1])["runs"][0]["results"][0]
    assert "region" not in result["locations"][0]["physicalLocation"]


@pytest.mark.parametrize("format", ["text", "json", "sarif", "github"])
def test_two_files_of_one_name_keep_their_paths(
    format: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "2024-03.md").write_text(TEXT, encoding="utf-8")
    _, out = run(capsys, tmp_path / "a" / "2024-03.md", tmp_path / "b" / "2024-03.md",
                 "--format", format)  # fmt: skip
    assert str(tmp_path / "a" / "2024-03.md") in out
    assert str(tmp_path / "b" / "2024-03.md") in out


def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    code, out = run(capsys, "-", "--period", "2024-03")
    assert code == 0
    assert "<stdin>:9:3: warning impossible-id" in out


@pytest.mark.parametrize(
    "arguments", [[], ["--explain", "no-such-code"], ["nowhere.md"], ["--format", "json"]]
)
def test_wrong_use(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("kg: ")


def test_an_unknown_code_suggests_the_closest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--explain", "mixed-scripts"]) == 2
    assert "mixed-script" in capsys.readouterr().err.replace("mixed-scripts", "")


def test_an_unknown_format_is_wrong_use(digest: Path) -> None:
    with pytest.raises(SystemExit) as error:
        main(["check", str(digest), "--format", "xml"])
    assert error.value.code == 2


def test_explain_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--explain", "all"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(RULES)

"""`kg validate`: names the line of the digest at fault, and its exit codes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from digests import SAMPLE

import kg
from kg.cli import main

pytest.importorskip("pyshacl", reason="the extra shacl is not installed")

DIGEST = """# AI digest 2024-03

## TOPIC_TREE
* Vision
  * Video
    * 2403.00001: Alpha, a model

## SOTA_HIGHLIGHTS
| Rank | PaperID | Keywords | Breakthrough | Impact |
|---|---|---|---|---|
| 1 | 2403.00001 | Video | Fast | Wide |
| 4 | 2403.00002 | Video | Small | Deep |
"""


def validated(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = main(["validate", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def digest(tmp_path: Path) -> Path:
    path = tmp_path / "digest.md"
    path.write_text(DIGEST, encoding="utf-8")
    return path


def test_a_sound_digest(capsys: pytest.CaptureFixture[str]) -> None:
    assert validated(capsys, SAMPLE) == (0, "0 errors, 0 warnings\n", "")


def test_the_line_of_the_digest_at_fault(digest: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = validated(capsys, digest)
    line = DIGEST[: DIGEST.index("| 4 |")].count("\n") + 1
    assert code == 1
    assert err == ""
    assert out.startswith(f"{digest}:{line}:")
    assert "error rank-unbroken" in out
    assert out.endswith("1 errors, 0 warnings\n")


@pytest.mark.parametrize("format", ["ttl", "nt", "nq", "trig", "jsonld"])
def test_the_line_is_found_in_a_file_too(
    digest: Path, format: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = kg.build(digest).export(format, digest.with_suffix(f".{format}"))
    code, out, _ = validated(capsys, path)
    assert code == 1
    assert out.startswith("digest.md:12:")


def test_a_statement_and_a_selector_have_their_line(
    digest: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = kg.build(digest).export("ttl", digest.with_suffix(".ttl"))
    text = path.read_text(encoding="utf-8").replace("| 4 |", "| 2 |")
    path.write_text(text.replace("kg:mentions 1", "kg:mentions 0"), encoding="utf-8")
    _, out, _ = validated(capsys, path)
    assert "digest.md:6:" in out
    assert "error mentions-value" in out
    path.write_text(text.replace("oa:start ", "oa:start -"), encoding="utf-8")
    _, out, _ = validated(capsys, path)
    assert "error position-start" in out
    assert all(line.startswith("digest.md:") for line in out.splitlines()[:-1])


def test_warnings_fail_only_when_strict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "digest.md"
    path.write_text(DIGEST.replace("| 4 |", "| 2 |").replace("| Deep |", "| |"), encoding="utf-8")
    code, out, _ = validated(capsys, path)
    assert code == 0
    assert "12:" in out
    assert "warning highlight-impact" in out
    assert validated(capsys, path, "--strict")[0] == 1
    assert validated(capsys, path, "--quiet") == (0, "", "")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("none.ttl", None, "No such file"),
        ("none.md", None, "No such file"),
        ("a.ttl", "<a", "line 1"),
        ("a.graphml", "", "GraphML keeps no places"),
    ],
)
def test_what_cannot_be_validated(
    name: str, text: str | None, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text)
    code, out, err = validated(capsys, path)
    assert (code, out) == (2, "")
    assert err.startswith("kg: ")
    assert message in err


def test_without_an_argument_it_takes_what_build_wrote(
    digest: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(digest.parent)
    assert validated(capsys)[0] == 2
    kg.build(digest).export("ttl", Path("out/graph.ttl"))
    assert validated(capsys)[0] == 1


def test_pyshacl_is_asked_for_in_words(
    digest: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    code, _, err = validated(capsys, digest)
    assert code == 2
    assert "pip install 'kg[shacl]'" in err

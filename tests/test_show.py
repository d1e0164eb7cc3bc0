"""`kg show`: a node with the lines that say so, and what a line became."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cli import main

TEXT = """\
# TOPIC_TREE

* Machine Learning (ML)
  * Memory
    * 2403.03507 | Proposes GaLore, which projects gradients.
* Other
  * Memory
    * 2403.17887 | Proposes ShortGPT, which drops layers.

# GAPS_AND_OPPORTUNITIES

* **Độ sâu:** GaLore (2403.03507) helps. Opportunity: more.

(none)
"""


@pytest.fixture
def digest(tmp_path: Path) -> Path:
    path = tmp_path / "2024-03.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def show(capsys: pytest.CaptureFixture[str], what: str, *digests: Path) -> str:
    assert main(["show", what, *map(str, digests)]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    assert "\x1b" not in captured.out
    return captured.out


PAPER = "GaLore  Paper  paper:2403.03507"


@pytest.mark.parametrize(
    "what",
    ["paper:2403.03507", "2403.03507", "arXiv:2403.03507v2", "https://arxiv.org/abs/2403.03507"],
)
def test_a_paper(what: str, digest: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = show(capsys, what, digest)
    lines = out.splitlines()
    assert lines[0] == PAPER
    assert "  identifier: arXiv:2403.03507" in lines
    assert any("2024-03.md:5:7" in line and "“2403.03507”" in line for line in lines)
    assert any("2024-03.md:12:" in line for line in lines)
    assert sum("hasTopic" in line for line in lines) == 1
    assert any("cites" in line and "Độ sâu" in line for line in lines)


def test_by_name_without_case(digest: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = show(capsys, "galore", digest)
    heads = [block.splitlines()[0] for block in out.split("\n\n")]
    assert PAPER in heads
    assert all(head.startswith("GaLore  ") for head in heads)


def test_a_name_that_several_nodes_have_shows_them_all(
    digest: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heads = [block.splitlines()[0] for block in show(capsys, "Memory", digest).split("\n\n")]
    assert heads == [
        "Memory  Topic  topic:Machine_Learning_(ML)/Memory",
        "Memory  Topic  topic:Other/Memory",
    ]


def test_another_form_of_unicode(digest: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import unicodedata

    assert show(capsys, unicodedata.normalize("NFD", "Độ sâu"), digest).startswith("Độ sâu  Gap")


@pytest.mark.parametrize(
    ("line", "account", "facts"),
    [
        (1, "structure", []),
        (4, "fact", ["Topic Memory [topic:Machine_Learning_(ML)/Memory]", "broader Memory → Machine"]),
        (5, "fact", ["Paper GaLore [paper:2403.03507]", "hasTopic GaLore → Memory"]),
        (12, "fact", ["Gap Độ sâu [gap:2024-03/", "cites Độ sâu → GaLore"]),
    ],
)  # fmt: skip
def test_a_line(
    line: int, account: str, facts: list[str], digest: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = show(capsys, f"{digest}:{line}").splitlines()
    assert lines[0] == TEXT.splitlines()[line - 1]
    assert any(account in part for part in lines[1:])
    for fact in facts:
        assert any(part.strip().startswith(fact) for part in lines[1:]), fact


def test_a_line_with_a_remark(digest: Path, capsys: pytest.CaptureFixture[str]) -> None:
    digest.write_text(TEXT.replace("2403.17887", "2413.17887"), encoding="utf-8")
    out = show(capsys, f"{digest}:8")
    assert "warning impossible-id" in out
    blank = show(capsys, f"{digest}:2")
    assert blank.strip() == ""


def test_a_line_among_several_digests(
    digest: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "2024-04.md"
    other.write_text(TEXT.replace("Memory", "Storage"), encoding="utf-8")
    out = show(capsys, f"{other}:4", digest, other)
    assert out.splitlines()[0] == "  * Storage"
    assert "topic:Machine_Learning_(ML)/Memory" not in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["GaLor", "{}"], "GaLore"),
        (["paper:2403.99999", "{}"], "2403.99999"),
        (["GaLore"], "name the digests"),
        (["{}:0"], "lines"),
        (["{}:99"], "lines"),
        (["GaLore", "nowhere.md"], "nowhere.md"),
        (["nowhere.md:3"], "name the digests"),
    ],
)
def test_what_cannot_be_shown(
    arguments: list[str], said: str, digest: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", *(argument.format(digest) for argument in arguments)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("kg: ")
    assert said in captured.err


def test_a_file_that_is_not_among_the_digests(
    digest: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "2024-04.md"
    other.write_text(TEXT, encoding="utf-8")
    assert main(["show", f"{other}:4", str(digest)]) == 2
    assert "is not among the digests" in capsys.readouterr().err

"""The command line: what it writes, prints and returns."""

from __future__ import annotations

import argparse
import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from digests import ROOT, SAMPLE

import kg
from kg import cli
from kg.export import FORMATS

WRONG = "# TOPIC_TREE\n\n* A\n  * 2403.03507 | Proposes GaLore.\n  * 2413.00001 | none\n"
RIGHT = "# TOPIC_TREE\n\n* A\n  * 2403.03507 | Proposes GaLore.\n"
REMARKED = "# GAPS_AND_OPPORTUNITIES\n\n* **Gap:** 2403.03507 needs more.\n"
NAMES = [f"graph{format.suffix}" for format in FORMATS.values() if format.usual]


@pytest.fixture
def digest(tmp_path: Path) -> Path:
    path = tmp_path / "2024-03.md"
    path.write_text(RIGHT, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, so that the default output does no harm."""
    folder = tmp_path / "current"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("NO_COLOR", raising=False)
    return folder


def listed(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def run(*arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **variables},
        check=False,
    )


# -- build -----------------------------------------------------------------------------


def test_build_writes_every_format(
    digest: Path, elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["build", str(digest)]) == 0
    assert listed(elsewhere / "out") == sorted(NAMES)
    assert all(path.stat().st_size > 500 for path in (elsewhere / "out").iterdir())
    output = capsys.readouterr().out
    for name in NAMES:
        assert str(Path("out") / name) in output


def test_counts_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["build", str(SAMPLE), "-o", str(tmp_path / "o"), "--format", "ttl"]) == 0
    output = capsys.readouterr().out
    graph = kg.build(SAMPLE)
    counts = graph.counts()
    for kind in ("nodes", "edges"):
        assert f"{sum(counts[kind].values())} {kind}\n" in output
        for name, count in counts[kind].items():
            assert re.search(rf"^ +{count} +{name}\b", output, re.MULTILINE), name
    assert "Paper → Topic" in output
    assert listed(tmp_path / "o") == ["graph.ttl"]


@pytest.mark.parametrize("chosen", ["ttl", "html,ttl", " GraphML , ttl ", *FORMATS])
def test_formats(digest: Path, tmp_path: Path, chosen: str) -> None:
    assert cli.main(["build", str(digest), "-o", str(tmp_path / "o"), "--format", chosen]) == 0
    expected = [f"graph{FORMATS[name.strip().lower()].suffix}" for name in chosen.split(",")]
    assert listed(tmp_path / "o") == sorted(expected)


@pytest.mark.parametrize("format", FORMATS)
def test_one_file_by_its_suffix(digest: Path, tmp_path: Path, format: str) -> None:
    target = tmp_path / "new" / f"mine{FORMATS[format].suffix}"
    assert cli.main(["build", str(digest), "-o", str(target)]) == 0
    assert listed(target.parent) == [target.name]
    graph = kg.build(digest)
    assert target.read_bytes() == graph.export(format, tmp_path / "again").read_bytes()


def test_unknown_format(digest: Path, elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["build", str(digest), "--format", "graphlm"]) == 2
    message = capsys.readouterr().err
    assert "graphml" in message
    assert message.count("\n") == 1
    assert listed(elsewhere) == []


def test_format_against_suffix(digest: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["build", str(digest), "-o", "a.ttl", "--format", "html"]) == 2
    assert "a.ttl" in capsys.readouterr().err
    assert not Path("a.ttl").exists()


def test_output_that_is_a_file(digest: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("taken").write_text("mine")
    assert cli.main(["build", str(digest), "-o", "taken"]) == 2
    assert "taken" in capsys.readouterr().err
    assert Path("taken").read_text() == "mine"


def test_quiet(digest: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["build", str(digest), "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")
    digest.write_text(WRONG, encoding="utf-8")
    assert cli.main(["build", str(digest), "-q"]) == 0
    output = capsys.readouterr()
    assert output.out == ""
    assert f"{digest}:5:5: warning impossible-id" in output.err
    assert output.err.count("\n") == 1


def test_verbose(digest: Path, capsys: pytest.CaptureFixture[str]) -> None:
    digest.write_text(REMARKED, encoding="utf-8")
    assert cli.main(["build", str(digest)]) == 0
    assert "no-opportunity" not in capsys.readouterr().err
    assert cli.main(["build", str(digest), "--verbose"]) == 0
    assert f"{digest}:3:" in (message := capsys.readouterr().err)
    assert "info no-opportunity" in message


def test_strict(digest: Path) -> None:
    assert cli.main(["build", str(digest), "--strict"]) == 0
    digest.write_text(REMARKED, encoding="utf-8")
    assert cli.main(["build", str(digest), "--strict"]) == 0
    digest.write_text(WRONG, encoding="utf-8")
    assert cli.main(["build", str(digest)]) == 0
    assert cli.main(["build", str(digest), "--strict"]) == 1
    assert listed(Path("out")) == sorted(NAMES)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["build"],
        ["bulid", "x.md"],
        ["build", "x.md", "--fromat", "ttl"],
        ["build", "x.md", "-o"],
    ],
)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    assert stopped.value.code == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("usage: kg")


def test_unreadable_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["build", "none.md"]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("kg: none.md: ")
    assert output.err.count("\n") == 1


def test_period_and_encoding(digest: Path) -> None:
    digest.write_bytes("# TOPIC_TREE\n\n* Café\n  * 2403.03507 | x\n".encode("latin-1"))
    arguments = [
        "build",
        str(digest),
        "-o",
        "a.ttl",
        "--period",
        "2020-01",
        "--encoding",
        "latin-1",
    ]
    assert cli.main(arguments) == 0
    text = Path("a.ttl").read_text(encoding="utf-8")
    assert "Café" in text
    assert "2020-01" in text


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["--version"])
    assert not stopped.value.code
    assert capsys.readouterr().out == f"kg {kg.__version__}\n"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(RIGHT.encode())))
    assert cli.main(["build", "-", "-o", "a.ttl", "--period", "2024-03"]) == 0
    assert "GaLore" in Path("a.ttl").read_text(encoding="utf-8")


def test_names_with_spaces_and_diacritics(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "Bản điểm tin – số 3" / "tháng 3 (2024).md"
    path.parent.mkdir()
    path.write_text(WRONG, encoding="utf-8")
    target = tmp_path / "đồ thị" / "tháng 3.graphml"
    assert cli.main(["build", str(path), "-o", str(target)]) == 0
    assert f"{path}:5:5: " in capsys.readouterr().err
    assert target.stat().st_size > 500
    assert cli.main(["build", str(path.parent), "-o", str(tmp_path / "ra ngoài")]) == 0
    assert listed(tmp_path / "ra ngoài") == sorted(NAMES)


def test_open(digest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import webbrowser

    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    assert cli.main(["build", str(digest), "--open"]) == 0
    assert opened == [Path("out/graph.html").resolve().as_uri()]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("options", "variables", "coloured"),
    [([], {}, True), (["--no-color"], {}, False), ([], {"NO_COLOR": "1"}, False)],
)
def test_colours(
    digest: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    variables: dict[str, str],
    coloured: bool,
) -> None:
    digest.write_text(WRONG, encoding="utf-8")
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert cli.main(["build", str(digest), "-q", *options]) == 0
    assert "impossible-id" in screen.getvalue()
    assert ("\x1b[" in screen.getvalue()) == coloured


def test_no_colours_off_a_terminal(digest: Path, capsys: pytest.CaptureFixture[str]) -> None:
    digest.write_text(WRONG, encoding="utf-8")
    cli.main(["build", str(digest)])
    output = capsys.readouterr()
    assert "\x1b" not in output.out + output.err


# -- what goes wrong while writing ---------------------------------------------------------


def _old_files() -> dict[str, bytes]:
    Path("out").mkdir()
    for name in NAMES:
        (Path("out") / name).write_bytes(b"old " + name.encode())
    return {name: (Path("out") / name).read_bytes() for name in NAMES}


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt(), RuntimeError()])  # fmt: skip
def test_an_export_that_fails_leaves_the_old_file_whole(
    digest: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
) -> None:
    old = _old_files()
    module = import_module(f"kg.export.{FORMATS['graphml'].module}")

    def dump(_: kg.KnowledgeGraph) -> Iterator[bytes]:
        yield b"half of a file"
        raise error

    monkeypatch.setattr(module, "dump", dump)
    arguments = ["build", str(digest), "--format", "graphml"]
    if isinstance(error, RuntimeError):  # a bug of ours may show its traceback
        with pytest.raises(RuntimeError):
            cli.main(arguments)
    else:
        assert cli.main(arguments) == (130 if isinstance(error, KeyboardInterrupt) else 2)
        message = capsys.readouterr().err
        assert message.count("\n") == 1
        assert message.startswith("kg: ")
    assert {path.name: path.read_bytes() for path in Path("out").iterdir()} == old


def test_files_are_replaced_in_one_step(digest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has the old file open reads on in it, and the new one grows beside it, not elsewhere."""
    old = _old_files()
    module = import_module(f"kg.export.{FORMATS['ttl'].module}")
    beside: list[str] = []

    def dump(_: kg.KnowledgeGraph) -> Iterator[bytes]:
        yield b"new"
        beside.extend(listed(Path("out")))

    monkeypatch.setattr(module, "dump", dump)
    with Path("out/graph.ttl").open("rb") as reader:
        assert cli.main(["build", str(digest), "--format", "ttl"]) == 0
        assert reader.read() == old["graph.ttl"]
    assert Path("out/graph.ttl").read_bytes() == b"new"
    assert len(beside) == len(NAMES) + 1
    assert listed(Path("out")) == sorted(NAMES)


def test_interrupted_while_reading(
    digest: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(_: Path) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "read_bytes", interrupt)
    assert cli.main(["build", str(digest)]) == 130
    assert "interrupted" in capsys.readouterr().err
    assert not Path("out").exists()


def test_a_folder_that_cannot_be_made(digest: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("taken").write_text("mine")
    assert cli.main(["build", str(digest), "-o", "taken/below"]) == 2
    message = capsys.readouterr().err
    assert message.startswith("kg: cannot write ")
    assert message.count("\n") == 1


def test_a_folder_without_permission(digest: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = _old_files()
    Path("out").chmod(0o555)
    try:
        if os.access("out", os.W_OK):
            pytest.skip("this user (root?) may write without permission")
        assert cli.main(["build", str(digest)]) == 2
    finally:
        Path("out").chmod(0o755)
    assert "Permission denied" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in Path("out").iterdir()} == old


def test_a_folder_that_refuses(
    digest: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old = _old_files()

    def refuse(**_: object) -> tuple[int, str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    assert cli.main(["build", str(digest)]) == 2
    message = capsys.readouterr().err
    assert re.fullmatch(r"kg: cannot write out/graph\.\w+: Permission denied\n", message)
    assert {path.name: path.read_bytes() for path in Path("out").iterdir()} == old


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk(digest: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kg", "build", str(digest)], stdout=full, stderr=subprocess.PIPE, check=False
        )  # fmt: skip
    assert listed(Path("out")) == sorted(NAMES)
    assert b"Traceback" not in done.stderr


# -- as a program ------------------------------------------------------------------------


def test_as_a_program(digest: Path, elsewhere: Path) -> None:
    done = run("build", digest, LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "→" in done.stdout
    assert listed(elsewhere / "out") == sorted(NAMES)
    done = run("build", "none.md")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1
    assert run("--version").stdout == f"kg {kg.__version__}\n"


def test_a_pipe_that_closes_early(digest: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "kg", "build", str(digest)],
            stdout=writer, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    finally:
        os.close(writer)
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


# -- help and README -----------------------------------------------------------------------


def commands() -> dict[str, argparse.ArgumentParser]:
    """The parser of every command."""
    parser = cli._parser()
    [subparsers] = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(subparsers.choices)


def options(parser: argparse.ArgumentParser) -> list[str]:
    return [option for action in parser._actions for option in action.option_strings]


@pytest.mark.parametrize("command", ["", *commands()])
def test_help_tells_everything(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main([*filter(None, [command]), "--help"])
    assert not stopped.value.code
    text = capsys.readouterr().out
    for option in options(commands()[command] if command else cli._parser()):
        assert option in text
    for code in (0, 1, 2, 130):
        assert re.search(rf"^ +{code} ", text, re.MULTILINE), code
    if command:
        assert f"kg {command} " in text
    else:
        for name in commands():
            assert re.search(rf"^ +{name} ", text, re.MULTILINE), name


@pytest.mark.parametrize("command", commands())
def test_every_option_has_help(command: str) -> None:
    for action in commands()[command]._actions:
        assert action.help, action.dest


@pytest.mark.parametrize("command", commands())
def test_readme_tells_every_command_and_option(command: str) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    if text.count("\n") < 5:
        pytest.skip("README.md is still a stub")
    assert f"kg {command}" in text
    for option in options(commands()[command]):
        if option not in ("-h", "--help"):
            assert re.search(rf"(?<![\w-]){option}(?![\w-])", text), option


def test_readme_tells_every_format() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    if text.count("\n") < 5:
        pytest.skip("README.md is still a stub")
    for name, format in FORMATS.items():
        assert re.search(rf"(?<!\w){name}(?!\w)", text), name
        assert f"graph{format.suffix}" in text

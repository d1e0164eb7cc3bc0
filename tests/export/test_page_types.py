"""The scripts of our pages by the TypeScript compiler, where there is one: strictly typed, and small."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from digests import ROOT

FOLDERS = [ROOT / "kg" / "export" / "page", ROOT / "kg" / "serving" / "page"]
SCRIPTS = [path for folder in FOLDERS for path in sorted(folder.glob("*.js"))]


def compiler() -> list[str]:
    """The command of tsc: `KG_TSC`, one on the path, or one that npx has or may fetch."""
    if "KG_TSC" in os.environ:
        return [os.environ["KG_TSC"]]
    if shutil.which("tsc"):
        return ["tsc"]
    if shutil.which("npx"):
        offline = [] if os.environ.get("CI") else ["--offline"]
        return ["npx", "--yes", *offline, "-p", "typescript@5", "tsc"]
    pytest.skip("neither tsc nor npx is installed")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_the_scripts_are_typed(folder: Path) -> None:
    command = compiler()
    probe = subprocess.run([*command, "--version"], capture_output=True, text=True)
    if probe.returncode:
        pytest.skip(f"no TypeScript compiler: {probe.stderr.strip()[:200]}")
    flags = [
        "--allowJs",
        "--checkJs",
        "--noEmit",
        "--strict",
        "--target",
        "es2024",
        "--module",
        "es2022",
    ]
    files = sorted(str(path) for path in (*folder.glob("*.js"), *folder.glob("*.d.ts")))
    done = subprocess.run(
        [*command, *flags, "--lib", "es2024,dom,dom.iterable", *files],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_the_scripts_are_small_and_plain(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= 300
    for word in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
    ):
        assert word not in text
    assert text.startswith("//")

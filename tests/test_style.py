"""The linters of the house find nothing."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import pytest
from digests import ROOT


@pytest.mark.parametrize("command", ["ruff check", "ruff format --check", "mypy"])
def test_style(command: str) -> None:
    program, *arguments = command.split()
    if find_spec(program) is None:
        pytest.skip(f"{program} is not installed (pip install -e '.[test]')")
    done = subprocess.run(
        [sys.executable, "-m", program, *arguments, *(["."] if program == "ruff" else [])],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-4000:]}{done.stderr[-2000:]}"

"""Real programs that read our files: built once, each into a folder outside the repository.

A test that asks for one is skipped with the reason where it is not to be had.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

GEPHI = Path(__file__).parents[1] / "gephi"
GRAPHOLOGY = Path(__file__).parents[1] / "graphology"


def gephi() -> Path:
    """The folder with the compiled reporter and the Gephi toolkit, got by Maven."""
    maven, java = shutil.which("mvn"), shutil.which("java")
    if not maven or not java:
        pytest.skip("Gephi's import code needs java and mvn")
    files = [GEPHI / "pom.xml", GEPHI / "ImportReport.java"]
    built = _folder("gephi", files)
    if (built / "ready").exists():
        return built
    goals = ["compile", "dependency:copy-dependencies", f"-Dbuild.folder={built}"]
    for mode in (["-o"], []):
        command = [maven, "-q", "-B", *mode, "-f", str(files[0]), *goals]
        run = subprocess.run(command, capture_output=True, text=True, timeout=600)
        if run.returncode == 0:
            (built / "ready").touch()
            return built
    found = run.stdout + run.stderr
    unreachable = any(
        word in found for word in ("Could not resolve", "Could not transfer", "offline")
    )
    if not unreachable:
        pytest.fail(found)
    pytest.skip(f"Maven cannot get the Gephi toolkit: {found[:200]}")


def opened(path: Path) -> dict[str, Any]:
    """What Gephi holds after it has opened a file."""
    built = gephi()
    classes = f"{built / 'classes'}:{built / 'lib'}/*"
    command = ["java", "-Djava.awt.headless=true", "-cp", classes, "ImportReport", str(path)]
    run = subprocess.run(command, capture_output=True, timeout=300)
    assert run.returncode == 0, run.stderr.decode(errors="replace")
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def graphology() -> Path:
    """The folder where npm has put the importers of Gephi Lite and Cytoscape.js."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        pytest.skip("the importers of Gephi Lite need node and npm")
    built = _folder("graphology", [GRAPHOLOGY / "package.json"])
    if not (built / "ready").exists():
        built.mkdir(exist_ok=True)
        shutil.copy(GRAPHOLOGY / "package.json", built)
        command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts"]
        run = subprocess.run(command, cwd=built, capture_output=True, text=True, timeout=300)
        if run.returncode:
            pytest.skip(f"npm cannot get the importers of Gephi Lite: {run.stderr[:200]}")
        (built / "ready").touch()
    return built


def imported(*paths: Path) -> dict[Path, Any]:
    """What graphology (GraphML, GEXF) and Cytoscape.js (CYJS) hold after they have read files."""
    command = ["node", str(GRAPHOLOGY / "read.mjs"), *map(str, paths)]
    run = subprocess.run(command, cwd=graphology(), capture_output=True, timeout=300)
    assert run.returncode == 0, run.stderr.decode(errors="replace")
    return {Path(path): graph for path, graph in json.loads(run.stdout).items()}


def _folder(name: str, files: list[Path]) -> Path:
    """Where a program is built: another folder for each version of what it is built from."""
    version = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"kg-{name}-{version}"

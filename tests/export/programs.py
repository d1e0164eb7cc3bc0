"""Real programs that read our files: built once, each into a folder outside the repository.

A test that asks for one is skipped with the reason where it is not to be had.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

GEPHI = Path(__file__).parents[1] / "gephi"
JENA = Path(__file__).parents[1] / "jena"
NEO4J = Path(__file__).parents[1] / "neo4j"
GRAPHOLOGY = Path(__file__).parents[1] / "graphology"
COMUNICA = Path(__file__).parents[1] / "comunica"


def gephi() -> Path:
    """The folder with the compiled reporter and the Gephi toolkit."""
    return _maven("gephi", [GEPHI / "pom.xml", GEPHI / "ImportReport.java"])


def neo4j() -> Path:
    """The folder with the compiled runner and Neo4j; only where KG_NEO4J is set."""
    if not os.environ.get("KG_NEO4J"):
        pytest.skip("Neo4j is 150 MB and takes a minute; set KG_NEO4J=1 to run it")
    return _maven("neo4j", [NEO4J / "pom.xml", NEO4J / "RunScript.java"])


def jena() -> Path:
    """The folder with Apache Jena: riot, shacl, Fuseki."""
    return _maven("jena", [JENA / "pom.xml"])


def _maven(name: str, files: list[Path]) -> Path:
    """The folder where Maven has put `classes` and `lib` of a project."""
    maven, java = shutil.which("mvn"), shutil.which("java")
    if not maven or not java:
        pytest.skip(f"the code of {name} needs java and mvn")
    built = _folder(name, files)
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
    if not any(word in found for word in ("Could not resolve", "Could not transfer", "offline")):
        pytest.fail(found)
    pytest.skip(f"Maven cannot get {name}: {found[:200]}")


def opened(path: Path) -> dict[str, Any]:
    """What Gephi holds after it has opened a file."""
    built = gephi()
    classes = f"{built / 'classes'}:{built / 'lib'}/*"
    command = ["java", "-Djava.awt.headless=true", "-cp", classes, "ImportReport", str(path)]
    run = subprocess.run(command, capture_output=True, timeout=300)
    assert run.returncode == 0, run.stderr.decode(errors="replace")
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def stored(script: Path | None, imports: Path, home: Path) -> dict[str, Any]:
    """What a Neo4j database at `home` holds, after a script has run in it twice."""
    built = neo4j()
    classes = f"{built / 'classes'}:{built / 'lib'}/*"
    command = ["java", "-Xmx1g", "-cp", classes, "RunScript", str(script or "-")]
    run = subprocess.run([*command, str(imports), str(home)], capture_output=True, timeout=600)
    assert run.returncode == 0, run.stderr.decode(errors="replace")
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def filled(folder: Path, home: Path) -> None:
    """Makes a database at `home` by the very command that `import.cypher` in a folder tells."""
    built = neo4j()
    script = (folder / "import.cypher").read_text(encoding="utf-8")
    _, told, rest = script.partition("//   neo4j-admin ")
    said = told + rest[: rest.index("\n// Into")].replace("\\\n//", " ")
    arguments = said.split()[3:]
    assert said.split()[1:3] == ["neo4j-admin", "database"]
    (home / "conf").mkdir(parents=True)
    (home / "conf" / "neo4j.conf").touch()
    command = ["java", "-Xmx1g", "-cp", f"{built / 'lib'}/*", "org.neo4j.cli.AdminTool", "database"]
    variables = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    run = subprocess.run(
        [*command, *arguments], cwd=folder, env=variables, capture_output=True, timeout=600
    )
    assert run.returncode == 0, (run.stdout + run.stderr).decode(errors="replace")[-3000:]


def graphology() -> Path:
    """The folder where npm has put the importers of Gephi Lite and Cytoscape.js."""
    return _npm("the importers of Gephi Lite", GRAPHOLOGY)


def comunica() -> Path:
    """The folder where npm has put Comunica."""
    return _npm("Comunica", COMUNICA)


def _npm(name: str, project: Path) -> Path:
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        pytest.skip(f"{name} needs node and npm")
    built = _folder(project.name, [project / "package.json"])
    if not (built / "ready").exists():
        built.mkdir(exist_ok=True)
        shutil.copy(project / "package.json", built)
        command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts"]
        run = subprocess.run(command, cwd=built, capture_output=True, text=True, timeout=300)
        if run.returncode:
            pytest.skip(f"npm cannot get {name}: {run.stderr[:200]}")
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

"""Ledgers and diagnostics in the formats that other tools read: JSON, SARIF, GitHub annotations."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict

from kg.diagnostics import Diagnostic
from kg.ledger import Ledger
from kg.rules import RULES

__all__ = ["REPORTS", "github", "sarif", "to_json"]

_SARIF_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_GITHUB_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def to_json(ledgers: list[Ledger], remarks: list[Diagnostic]) -> str:
    """One object: `files` with the account of each, `diagnostics` with all remarks."""
    files = [
        {
            "file": ledger.document.path,
            "sections": {
                section: {**counts, "identifiers": ledger.identifiers[section]}
                for section, counts in ledger.counts().items()
            },
            "lost": [
                {"line": e.line, "column": e.column, "start": e.start, "end": e.end, "text": e.text}
                for e in ledger.lost()
            ],
        }
        for ledger in ledgers
    ]
    listed = [asdict(remark) for remark in remarks]
    return json.dumps({"files": files, "diagnostics": listed}, ensure_ascii=False, indent=2)


def sarif(ledgers: list[Ledger], remarks: list[Diagnostic]) -> str:
    """SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), one run."""
    from kg import __version__

    used = sorted({remark.code for remark in remarks})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": RULES[code].why},
            "help": {"text": RULES[code].mend},
            "defaultConfiguration": {"level": _SARIF_LEVELS[RULES[code].severity]},
        }
        for code in used
    ]
    results = [
        {
            "ruleId": remark.code,
            "ruleIndex": used.index(remark.code),
            "level": _SARIF_LEVELS[remark.severity],
            "message": {"text": remark.message},
            "locations": [{"physicalLocation": _location(remark)}],
        }
        for remark in remarks
    ]
    driver = {"name": "kg", "version": __version__, "rules": rules}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2)


def _location(remark: Diagnostic) -> dict[str, object]:
    from urllib.parse import quote

    location: dict[str, object] = {"artifactLocation": {"uri": quote(remark.file)}}
    if remark.line:
        location["region"] = {"startLine": remark.line, "startColumn": max(remark.column, 1)}
    return location


def github(ledgers: list[Ledger], remarks: list[Diagnostic]) -> str:
    """Workflow commands that GitHub shows beside the lines (one per remark)."""

    def escape(text: str, value: bool = False) -> str:
        text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        return text.replace(":", "%3A").replace(",", "%2C") if value else text

    lines = []
    for remark in remarks:
        place = f"file={escape(remark.file, value=True)}"
        if remark.line:
            place += f",line={remark.line},col={max(remark.column, 1)}"
        level = _GITHUB_LEVELS[remark.severity]
        title = escape(remark.code, value=True)
        lines.append(f"::{level} {place},title={title}::{escape(remark.message)}")
    return "\n".join(lines)


REPORTS: dict[str, Callable[[list[Ledger], list[Diagnostic]], str]] = {
    "json": to_json,
    "sarif": sarif,
    "github": github,
}

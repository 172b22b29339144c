"""Rows that state all facts of one finding of lint, and how they are looked up."""

from collections.abc import Iterable
from typing import Any, Final

from domain.checks.finding import Finding

Row = tuple[dict[str, Any], dict[str, str]]

ABSENT: Final = (
    "Bagian ini tidak ada dalam rencana; tidak diperiksa.",
    "The plan does not have this part; it was not checked.",
)


def row(
    change: dict[str, Any],
    rule: str,
    severity: str,
    path: str,
    message: str,
    message_en: str,
    citation: str,
    confidence: str,
    expected: str = "",
    actual: str = "",
) -> Row:
    """What is changed in the lawful plan, and the finding that it then has."""
    finding = {
        "rule": rule,
        "severity": severity,
        "path": path,
        "message": message,
        "message_en": message_en,
        "citation": citation,
        "confidence": confidence,
        "expected": expected,
        "actual": actual,
    }
    return change, finding


def the_finding(findings: Iterable[Finding], wanted: dict[str, str]) -> dict[str, str]:
    """The only finding of that rule and severity at that path."""
    keys = ("rule", "severity", "path")
    mappings = [finding.to_mapping() for finding in findings]
    (only,) = [found for found in mappings if all(found[key] == wanted[key] for key in keys)]
    return only

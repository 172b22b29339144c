"""`selter lint`: a selection plan against the law."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import typer

import regulations
from domain.calendar import Calendar
from domain.lint import Finding, speaks
from domain.lint import lint as check
from domain.plan import Plan, plan_from_mapping
from domain.rules import RuleSet
from records.calendars import build_calendar
from runtime.law.command import FINDINGS, FINE, AsJson, OverlayFile, command, named, print_json, with_overlay
from runtime.law.files import read_tree

_ZONE: Final = "Asia/Jakarta"  # lint compares dates only; the zone changes nothing


@command
def lint(plan: Path, *, overlay: OverlayFile = None, as_json: AsJson = False) -> int:
    """Check a selection plan (YAML or JSON) against the rule set in force on its publication date."""
    parsed = plan_from_mapping(read_tree(plan))
    rules = with_overlay(_rules_for(parsed), overlay)
    findings = check(parsed, rules, _calendar_for(parsed))
    if as_json:
        print_json({"ruleset": rules.id, "findings": [finding.to_mapping() for finding in findings]})
    else:
        _print_findings(rules, findings)
    return FINDINGS if speaks(findings) else FINE


def _rules_for(plan: Plan) -> RuleSet:
    """The rule set that the plan names, or the one in force when it opens; the earliest for an earlier plan."""
    if plan.ruleset is not None:
        return named(plan.ruleset)
    if plan.opens is None:
        return regulations.latest()
    try:
        return regulations.in_force_on(plan.opens)
    except regulations.NoRuleSetInForce:
        return regulations.earliest()


def _calendar_for(plan: Plan) -> Calendar:
    return build_calendar(_ZONE, {day.year for day in plan.dates()})


def _print_findings(rules: RuleSet, findings: Sequence[Finding]) -> None:
    typer.echo(f"{rules.id}: {rules.title}")
    for finding in findings:
        typer.echo(f"{finding.severity.value:5}  {finding.path}: {finding.message}")
        typer.echo(f"       {finding.rule} · {finding.citation} ({finding.confidence.value})")
    if not speaks(tuple(findings)):
        typer.echo("Tidak ada temuan yang menghalangi.")

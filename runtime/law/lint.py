"""`selter lint`: a selection plan against the law, and the shortest lawful timetable for it."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Final

import typer

import regulations
from domain.calendar import Calendar, conventions
from domain.lint import Finding, speaks
from domain.lint import lint as check
from domain.plan import Plan, plan_from_mapping, plan_to_mapping, read_day
from domain.propose import Proposal
from domain.propose import propose as shortest
from domain.rules import RuleSet
from records.calendars import build_calendar
from runtime.law.command import (
    FINDINGS,
    FINE,
    AsJson,
    OverlayFile,
    UsageError,
    command,
    named,
    print_json,
    with_overlay,
)
from runtime.law.files import read_tree

_ZONE: Final = "Asia/Jakarta"  # lint compares dates only; the zone changes nothing
_YEARS_AHEAD: Final = 3  # a proposed timetable may wait for the end of a restriction window

Propose = Annotated[bool, typer.Option("--propose", help="also propose the shortest lawful timetable")]
From = Annotated[str | None, typer.Option("--from", help="with --propose: publish on this date (YYYY-MM-DD)")]


@command
def lint(
    plan: Path, *, propose: Propose = False, start: From = None, overlay: OverlayFile = None, as_json: AsJson = False
) -> int:
    """Check a selection plan (YAML or JSON) against the rule set in force on its publication date."""
    if start is not None and not propose:
        raise UsageError("--from goes with --propose")
    parsed = plan_from_mapping(read_tree(plan))
    rules = with_overlay(_rules_for(parsed, parsed.governing_day), overlay)
    findings = check(parsed, rules, _calendar_for({day.year for day in parsed.dates()}, rules))
    result = {"ruleset": rules.id, "findings": [finding.to_mapping() for finding in findings]}
    proposal = _proposed(parsed, start, overlay) if propose else None
    if as_json:
        print_json(result | (_proposal_mapping(proposal) if proposal else {}))
    else:
        _print_findings(rules, findings)
        if proposal:
            _print_proposal(proposal)
    unlawful = proposal is not None and proposal.plan is None
    return FINDINGS if speaks(findings) or unlawful else FINE


def _proposed(plan: Plan, start: str | None, overlay: Path | None) -> Proposal:
    """The proposal from the date that is asked for, the plan's own, or today."""
    opens = plan.opens if start is None else read_day("--from", start)
    today = opens or _today()
    rules = with_overlay(_rules_for(plan, today), overlay)
    calendar = _calendar_for(range(today.year, today.year + _YEARS_AHEAD + 1), rules)
    return shortest(plan, rules, calendar, today, opens)


def _today() -> date:
    from zoneinfo import ZoneInfo

    from runtime.clock import real_now  # imported where it is used: lint starts without the engine

    return real_now().astimezone(ZoneInfo(_ZONE)).date()


def _rules_for(plan: Plan, day: date | None) -> RuleSet:
    """The rule set that the plan names, or the one in force on a day; the earliest for an earlier day."""
    if plan.ruleset is not None:
        return named(plan.ruleset)
    if day is None:
        return regulations.latest()
    try:
        return regulations.in_force_on(day)
    except regulations.NoRuleSetInForce:
        return regulations.earliest()


def _calendar_for(years: Iterable[int], rules: RuleSet) -> Calendar:
    return build_calendar(_ZONE, years, conventions=conventions(rules))


def _proposal_mapping(proposal: Proposal) -> dict[str, object]:
    return {
        "proposal": [step.to_mapping() for step in proposal.steps],
        "plan": plan_to_mapping(proposal.plan) if proposal.plan else None,
    }


def _print_findings(rules: RuleSet, findings: Sequence[Finding]) -> None:
    typer.echo(f"{rules.id}: {rules.title}")
    for finding in findings:
        typer.echo(f"{finding.severity.value:5}  {finding.path}: {finding.message}")
        typer.echo(f"       {finding.rule} · {finding.citation} ({finding.confidence.value})")
    if not speaks(tuple(findings)):
        typer.echo("Tidak ada temuan yang menghalangi.")


def _print_proposal(proposal: Proposal) -> None:
    typer.echo("\nUsul jadwal tersingkat:" if proposal.plan else "\nTidak ada usul jadwal:")
    for step in proposal.steps:
        days = "" if step.start == step.end else f" – {step.end}"
        typer.echo(f"{step.start or ''}{days}  {step.step}: {step.reason}")
        typer.echo(f"       {step.rule} · {step.citation} ({step.confidence.value})")

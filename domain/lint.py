"""Lint: what the law says about a selection plan before it is published.

Only rules of the given rule set speak; each finding carries its article. A plan from before the rule set gets one
information instead of a judgement by law that was not in force.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from domain.calendar import Calendar
from domain.checks.announcement import check_announcement
from domain.checks.appointment import check_appointment
from domain.checks.committee import check_committee
from domain.checks.consent import check_approvals, check_consultations, check_level, check_restrictions
from domain.checks.extensions import check_extensions
from domain.checks.finding import Finding, found, not_checked
from domain.checks.requirements import check_applicants_minimum, check_requirements
from domain.checks.route import check_route, route_of
from domain.checks.timetable import check_timetable
from domain.checks.weights import check_weights
from domain.checks.window import check_window
from domain.labels import tanggal
from domain.plan import FillingRoute, Plan
from domain.rulebook import applies
from domain.rules import Enforcement, RuleSet
from domain.switches import Switch

__all__ = ["Finding", "blocks", "lint", "speaks"]

_IN_FORCE: Final = "ruleset.in_force"


def lint(plan: Plan, rules: RuleSet, calendar: Calendar) -> tuple[Finding, ...]:
    """All findings, in the order of the plan's parts; local dates, calendar days unless a rule says otherwise."""
    if _unchecked(plan, rules):
        return tuple(out_of_force(plan, rules))
    return tuple(_all(plan, rules, calendar))


def blocks(findings: tuple[Finding, ...]) -> bool:
    """Whether the plan may not be published as it stands."""
    return any(finding.severity is Enforcement.BLOCK for finding in findings)


def speaks(findings: tuple[Finding, ...]) -> bool:
    """Whether anything is more than information."""
    return any(finding.severity is not Enforcement.INFO for finding in findings)


def _all(plan: Plan, rules: RuleSet, calendar: Calendar) -> Iterator[Finding]:
    yield from out_of_force(plan, rules)
    if route_of(plan, rules) is not FillingRoute.SELTER:
        yield from check_route(plan, rules)
        yield from check_restrictions(plan, rules)
        return
    yield from _posts(plan, rules)
    yield from check_consultations(plan, rules)
    yield from check_window(plan, rules)
    yield from check_timetable(plan, rules, calendar)
    yield from check_weights(plan, rules)
    yield from check_committee(plan, rules)
    yield from check_requirements(plan, rules)
    yield from check_applicants_minimum(plan, rules)
    yield from check_approvals(plan, rules)
    yield from check_restrictions(plan, rules)
    if rules.switched(Switch.WHOLE_PLAN):
        yield from check_level(plan, rules)
        yield from check_announcement(plan, rules)
        yield from check_extensions(plan, rules, calendar)
        yield from check_appointment(plan, rules, calendar)


def _posts(plan: Plan, rules: RuleSet) -> Iterator[Finding]:
    """What decides which rules apply."""
    if plan.level is None:
        why = "Tingkat jabatan tidak disebut; diperiksa sebagai JPT pratama."
        yield not_checked(rules, _IN_FORCE, "level", why, "The level is not stated; checked as JPT pratama.")
    if not plan.vacancies:
        yield not_checked(rules, "result.top_n", "vacancies")


def _governing_day(plan: Plan, rules: RuleSet) -> date | None:
    """The day whose law governs the plan; where publication is not dated, that of its first date."""
    return plan.governing_day if rules.switched(Switch.WHOLE_PLAN) else plan.opens


def _before(plan: Plan, rules: RuleSet) -> bool:
    day = _governing_day(plan, rules)
    return day is not None and day < rules.valid_from


def _unchecked(plan: Plan, rules: RuleSet) -> bool:
    """Whether nothing is checked: the plan is too early, and nobody asked for this rule set by name."""
    return plan.ruleset is None and _before(plan, rules)


@applies("ruleset.in_force")
def out_of_force(plan: Plan, rules: RuleSet) -> Iterator[Finding]:
    """Say when the rule set does not apply on the day of publication; a later one than its end is a warning."""
    day = _governing_day(plan, rules)
    if day is None or rules.in_force_on(day) or not rules.flag(_IN_FORCE):
        return
    remark, remark_en = ("; tidak diperiksa", "; the plan was not checked") if _unchecked(plan, rules) else ("", "")
    yield found(
        rules,
        _IN_FORCE,
        "announcement.opens" if plan.opens is not None else "stages",
        f"Himpunan aturan {rules.id} tidak berlaku pada {tanggal(day)}{remark}.",
        f"Rule set {rules.id} is not in force on {day}{remark_en}.",
        severity=Enforcement.INFO if _before(plan, rules) else Enforcement.WARN,
        expected=f"{rules.valid_from}..{rules.valid_to or ''}",
        actual=day,
    )

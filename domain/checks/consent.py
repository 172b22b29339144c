"""Approvals and restriction windows: whose letter the plan needs before it may go on."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from domain.checks.finding import Finding, found, not_checked
from domain.dates import add_months
from domain.labels import tanggal
from domain.plan import AgencyKind, Context, Plan, PlanStage
from domain.rules import Enforcement, RuleSet
from domain.words import VacancyKind

_REGIONS: Final = (AgencyKind.KABUPATEN, AgencyKind.KOTA, AgencyKind.PROVINSI)
_PLAN_APPROVAL: Final = "plan.bkn_approval_required"
_ACTING: Final = "acting_head.requires_mendagri_approval"
_AFTER: Final = "political_window.after_inauguration_months"
_BEFORE: Final = "political_window.before_candidacy_months"


def check_approvals(plan: Plan, rules: RuleSet) -> Iterator[Finding]:
    """The approval of the plan itself: an explicit null blocks, an absent key is not checked."""
    approvals = plan.approvals
    if approvals is None or "plan_approval" not in approvals.stated:
        yield not_checked(rules, _PLAN_APPROVAL, "approvals" if approvals is None else "approvals.plan_approval")
    elif not approvals.plan_approval and rules.flag(_PLAN_APPROVAL):
        yield found(
            rules,
            _PLAN_APPROVAL,
            "approvals.plan_approval",
            f"Rencana seleksi belum disetujui {rules.text('supervisor.body')}.",
            f"{rules.text('supervisor.body')} has not approved the plan.",
            expected="nomor surat persetujuan",
            actual="null",
        )


def check_consultations(plan: Plan, rules: RuleSet) -> Iterator[Finding]:
    """Who else must be asked before the appointment to some posts."""
    for index, vacancy in enumerate(plan.vacancies or ()):
        rule, message, message_en = _CONSULTED.get(vacancy.kind, ("", "", ""))
        if rule and plan.agency_kind in (AgencyKind.KABUPATEN, AgencyKind.KOTA, None):
            yield found(rules, rule, f"vacancies[{index}].kind", message, message_en, severity=Enforcement.INFO)


_CONSULTED: Final = {
    VacancyKind.SEKDA: (
        "consult.sekda",
        "Pengangkatan Sekda kabupaten/kota dikoordinasikan dahulu dengan Gubernur.",
        "The appointment of a regional secretary is first coordinated with the Governor.",
    ),
    VacancyKind.SEKWAN: (
        "consult.sekwan",
        "Pengangkatan Sekretaris DPRD dikonsultasikan dahulu dengan pimpinan DPRD.",
        "The appointment of the council's secretary is first discussed with the council's leadership.",
    ),
}


def check_restrictions(plan: Plan, rules: RuleSet) -> Iterator[Finding]:
    """Restriction windows and an acting head: without the Minister's written consent they block."""
    if plan.agency_kind is not None and plan.agency_kind not in _REGIONS:
        return
    if plan.context is None:
        yield not_checked(rules, _AFTER, "context")
        return
    if plan.approvals is not None and plan.approvals.home_affairs_consent:
        return
    if plan.context.acting_head:
        yield from _acting(rules)
    day = _replacement_day(plan)
    if day is not None:
        yield from _windows(plan.context, day, rules)


def _acting(rules: RuleSet) -> Iterator[Finding]:
    yield found(
        rules,
        _ACTING,
        "approvals.home_affairs_consent",
        "Penjabat kepala daerah memerlukan persetujuan tertulis Mendagri.",
        "An acting head of region needs the Minister of Home Affairs' written approval.",
        expected="nomor surat persetujuan",
        actual="null",
    )
    if rules.has("acting_head.requires_bkn_pertek"):
        yield found(
            rules,
            "acting_head.requires_bkn_pertek",
            "context.acting_head",
            "Penjabat kepala daerah memerlukan pertimbangan teknis BKN sebelum pengangkatan.",
            "An acting head of region needs BKN's technical consideration before the appointment.",
            severity=Enforcement.INFO,
        )


def _windows(context: Context, day: date, rules: RuleSet) -> Iterator[Finding]:
    """Both windows, their last and first day included: the safe reading."""
    if context.head_inaugurated_on is not None:
        last = add_months(context.head_inaugurated_on, rules.integer(_AFTER))
        if context.head_inaugurated_on <= day <= last:
            yield _restricted(_AFTER, "context.head_inaugurated_on", day, f"> {last}", rules)
    if context.next_candidacy_determination is not None:
        first = add_months(context.next_candidacy_determination, -rules.integer(_BEFORE))
        if day >= first:
            yield _restricted(_BEFORE, "context.next_candidacy_determination", day, f"< {first}", rules)


def _restricted(rule: str, path: str, day: date, expected: str, rules: RuleSet) -> Finding:
    return found(
        rules,
        rule,
        path,
        f"Penggantian pejabat pada {tanggal(day)} jatuh dalam masa larangan; perlu persetujuan tertulis Mendagri.",
        f"Replacing an official on {day} falls into a restriction window; the Minister's written consent is needed.",
        expected=expected,
        actual=day,
    )


def _replacement_day(plan: Plan) -> date | None:
    """The day of inauguration; where it is not planned, the last date of the plan."""
    inaugurations = [s.start for s in plan.stages or () if s.stage is PlanStage.INAUGURATION and s.start is not None]
    return max(inaugurations or plan.dates(), default=None)

"""Approvals, consultations and restriction windows: whose letter the plan needs before it may go on."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from domain.checks.finding import Finding, found, not_checked
from domain.deadlines.selection import restricted_from, restricted_until
from domain.labels import tanggal
from domain.law.authority import (
    acting_head_needs_minister,
    acting_head_needs_supervisor,
    appointing_authority,
    plan_needs_approval,
    ppk_appoints,
    restricted_after_inauguration,
    restricted_before_candidacy,
    supervisor,
)
from domain.plan import AgencyKind, Approvals, Context, Level, Plan, PlannedStage, PlanStage
from domain.rulebook import applies
from domain.rules import Enforcement, RuleSet
from domain.switches import Switch
from domain.words import HoldingKind, VacancyKind

_PLAN_APPROVAL: Final = "plan.bkn_approval_required"
_MINISTER: Final = "acting_head.requires_mendagri_approval"
_SUPERVISOR: Final = "acting_head.requires_bkn_pertek"
_AFTER: Final = "political_window.after_inauguration_months"
_BEFORE: Final = "political_window.before_candidacy_months"
_NOTHING: Final = Approvals()


def check_level(plan: Plan, rules: RuleSet) -> Iterator[Finding]:
    """Who appoints where it is not the agency's own appointing official (PPK)."""
    level = plan.level
    if level is None or ppk_appoints(level, rules):
        return
    authority = appointing_authority(level, rules)
    remark = "; panitianya pun dibentuk Presiden (Pasal 114 ayat (2))" if level is Level.UTAMA else ""
    remark_en = "; the committee is formed by the President as well (Pasal 114 (2))" if level is Level.UTAMA else ""
    yield found(
        rules,
        f"appointing_authority.{level.value}",
        "level",
        f"JPT {level.value} diangkat oleh {_OFFICES.get(authority, authority)}, bukan oleh PPK{remark}.",
        f"A JPT {level.value} is appointed by the {authority}, not by the PPK{remark_en}.",
        severity=Enforcement.INFO,
    )


_OFFICES: Final = {"President": "Presiden"}


def check_approvals(plan: Plan, rules: RuleSet) -> Iterator[Finding]:
    """The approval of the plan itself: an explicit null blocks, an absent key is not checked."""
    approvals = plan.approvals
    if approvals is None or "plan_approval" not in approvals.stated:
        yield not_checked(rules, _PLAN_APPROVAL, "approvals" if approvals is None else "approvals.plan_approval")
    elif not approvals.plan_approval and plan_needs_approval(rules):
        yield found(
            rules,
            _PLAN_APPROVAL,
            "approvals.plan_approval",
            f"Rencana seleksi belum disetujui {supervisor(rules)}.",
            f"{supervisor(rules)} has not approved the plan.",
            expected="nomor surat persetujuan",
            actual="null",
        )


@applies("consult.sekda", "consult.sekwan", "consult.inspector")
def consulted(kind: VacancyKind, agency_kind: AgencyKind | None, rules: RuleSet) -> str | None:
    """Which authority is asked before somebody is appointed to such a post; None where nobody is.

    A regional secretary of a kabupaten or kota with the Governor, a council's secretary with the council's leadership
    (PP 11/2017 Pasal 127 ayat (3)-(4)); an inspector by practice. An unknown kind of agency counts as a kabupaten.
    """
    rule = _CONSULT.get(kind)
    if rule is None or not rules.has(rule):
        return None
    asked = _WITH_COUNCIL if kind is VacancyKind.SEKWAN else _WITH_COUNCIL - {AgencyKind.PROVINSI}
    return rules.text(rule) if agency_kind in asked else None


_CONSULT: Final = {
    VacancyKind.SEKDA: "consult.sekda",
    VacancyKind.SEKWAN: "consult.sekwan",
    VacancyKind.INSPECTOR: "consult.inspector",
}
_WITH_COUNCIL: Final = {AgencyKind.KABUPATEN, AgencyKind.KOTA, AgencyKind.PROVINSI, None}
_CONSULTED: Final = {
    VacancyKind.SEKDA: (
        "Pengangkatan Sekda kabupaten/kota dikoordinasikan dahulu dengan {}.",
        "The appointment of a regional secretary is first coordinated with {}.",
    ),
    VacancyKind.SEKWAN: (
        "Pengangkatan Sekretaris DPRD dikonsultasikan dahulu dengan {}.",
        "The appointment of the council's secretary is first discussed with {}.",
    ),
    VacancyKind.INSPECTOR: (
        "Pengangkatan Inspektur kabupaten/kota lazimnya dikoordinasikan dahulu dengan {}.",
        "The appointment of an inspector is usually first coordinated with {}.",
    ),
}
_AUTHORITIES: Final = {
    "governor": ("Gubernur", "the Governor", "governor_coordination"),
    "dprd_leadership": ("pimpinan DPRD", "the council's leadership", "dprd_consultation"),
}


def named_authority(authority: str) -> tuple[str, str, str]:
    """What an authority is called in Indonesian and English, and the key of its letter in a plan's approvals."""
    return _AUTHORITIES.get(authority, (authority, authority, ""))


def check_consultations(plan: Plan, rules: RuleSet) -> Iterator[Finding]:
    """Who else must be asked before the appointment to some posts; a letter that the plan states settles it."""
    whole, approvals = rules.switched(Switch.WHOLE_PLAN), plan.approvals or _NOTHING
    for index, vacancy in enumerate(plan.vacancies or ()):
        authority = consulted(vacancy.kind, plan.agency_kind, rules)
        asked_before = vacancy.kind is not VacancyKind.INSPECTOR and plan.agency_kind is not AgencyKind.PROVINSI
        if authority is None or not (whole or asked_before):
            continue
        name, name_en, key = named_authority(authority)
        stated = whole and key in approvals.stated
        if stated and approvals.number(key):
            continue
        message, message_en = _CONSULTED[vacancy.kind]
        yield found(
            rules,
            _CONSULT[vacancy.kind],
            f"approvals.{key}" if stated else f"vacancies[{index}].kind",
            message.format(name),
            message_en.format(name_en),
            severity=None if stated else Enforcement.INFO,
            expected="nomor surat" if stated else "",
            actual="null" if stated else "",
        )


def check_restrictions(plan: Plan, rules: RuleSet) -> Iterator[Finding]:
    """Restriction windows and an acting head: without the Minister's written consent they block."""
    if plan.agency_kind is not None and not plan.agency_kind.regional:
        return
    if plan.context is None:
        yield not_checked(rules, _AFTER, "context")
        return
    approvals = plan.approvals or _NOTHING
    consented = approvals.number("home_affairs_consent") is not None
    if plan.context.acting_head:
        yield from _acting(approvals, rules, consented=consented)
    if not consented:
        yield from restricted(plan.context, replacement_days(plan, rules), rules)


def _acting(approvals: Approvals, rules: RuleSet, *, consented: bool) -> Iterator[Finding]:
    if not consented and acting_head_needs_minister(HoldingKind.PJ, rules):
        yield found(
            rules,
            _MINISTER,
            "approvals.home_affairs_consent",
            "Penjabat kepala daerah memerlukan persetujuan tertulis Mendagri.",
            "An acting head of region needs the Minister of Home Affairs' written approval.",
            expected="nomor surat persetujuan",
            actual="null",
        )
    key = "supervisor_consideration"
    stated = rules.switched(Switch.WHOLE_PLAN) and key in approvals.stated
    settled = approvals.number(key) is not None if stated else consented and not rules.switched(Switch.WHOLE_PLAN)
    if acting_head_needs_supervisor(HoldingKind.PJ, rules) and not settled:
        yield found(
            rules,
            _SUPERVISOR,
            f"approvals.{key}" if stated else "context.acting_head",
            f"Penjabat kepala daerah memerlukan pertimbangan teknis {supervisor(rules)} sebelum pengangkatan.",
            f"An acting head of region needs {supervisor(rules)}'s technical consideration before the appointment.",
            severity=None if stated else Enforcement.INFO,
            expected="nomor surat pertimbangan" if stated else "",
            actual="null" if stated else "",
        )


def restricted(context: Context, days: Sequence[date], rules: RuleSet) -> Iterator[Finding]:
    """A replacement on one of these local dates falls into a restriction window; both its ends belong to it."""
    inaugurated, determined = context.head_inaugurated_on, context.next_candidacy_determination
    if inaugurated is not None:
        for day in [day for day in days if restricted_after_inauguration(day, inaugurated, rules)][:1]:
            expected = f"> {restricted_until(inaugurated, rules)}"
            yield _restricted(_AFTER, "context.head_inaugurated_on", day, expected, rules)
    if determined is not None:
        for day in [day for day in days if restricted_before_candidacy(day, determined, rules)][:1]:
            expected = f"< {restricted_from(determined, rules)}"
            yield _restricted(_BEFORE, "context.next_candidacy_determination", day, expected, rules)


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


def replacement_days(plan: Plan, rules: RuleSet) -> tuple[date, ...]:
    """The days on which the post changes hands: the last decree and the last inauguration, else the plan's last date.

    A decree replaces already, before the inauguration that follows it.
    """
    decisive = (PlanStage.DECREE, PlanStage.INAUGURATION)
    asked = decisive if rules.switched(Switch.WHOLE_PLAN) else decisive[1:]
    planned = [_starts(plan.stages or (), stage) for stage in asked]
    days = tuple(max(starts) for starts in planned if starts)
    return days or tuple(sorted(plan.dates())[-1:])


def _starts(stages: Sequence[PlannedStage], stage: PlanStage) -> list[date]:
    return [step.start for step in stages if step.stage is stage and step.start is not None]

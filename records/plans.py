"""A draft round as a plan: what lint reads, what it finds, and what the draft still lacks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from sqlmodel import Session, col, select

from domain.calendar import Calendar
from domain.eligibility import CivilStatus, Training
from domain.eligibility.status import STATUSES
from domain.grades import parse_education
from domain.labels import POSITIONS, tanggal
from domain.lint import Finding, lint
from domain.plan import PlanError, plan_from_mapping
from domain.refusals import Refused
from domain.rules import RuleSet
from domain.words import Role
from records import rules as rule_sets
from records.assignments import people_by_id
from records.tables import Agency, Assignment, Selection, Vacancy

_LINTED: Final = (
    "max_age",
    "age_reference",
    "min_rank",
    "experience_years",
    "feeder_years",
    "education",
    "feeder_posts",
    "open_to",
    "min_rating",
    "clean_discipline_years",
    "min_remaining_service_months",
)


def plan_of(session: Session, selection_id: str, *, at: datetime | None = None) -> dict[str, Any]:
    """The round in the format of `selter lint` (design.md 7), with the requirements of its first vacancy.

    The committee is that of the instant `at`; without one, everybody whose membership has not been ended.
    """
    selection = session.get_one(Selection, selection_id)
    vacancies = vacancies_of(session, selection_id)
    plan = _plan(session, selection, vacancies, at)
    return {**plan, "requirements": _linted(vacancies[0].requirements)} if vacancies else plan


def lint_selection(
    session: Session, selection_id: str, calendar: Calendar, *, at: datetime | None = None
) -> tuple[Finding, ...]:
    """What the law says about the round; vacancies with different requirements are judged one by one.

    Raises:
        Refused: `plan-unreadable`, `unknown-ruleset`.
    """
    selection = session.get_one(Selection, selection_id)
    vacancies = vacancies_of(session, selection_id)
    rules = rules_for(session, selection)
    plan = _plan(session, selection, vacancies, at)
    found: dict[Finding, None] = {}
    for index, requirements in _groups(vacancies):
        findings = _lint({**plan, "requirements": requirements} if requirements is not None else plan, rules, calendar)
        found |= dict.fromkeys(_placed(f, index) for f in findings)
    return tuple(found)


def rules_for(session: Session, selection: Selection) -> RuleSet:
    """What holds for the agency: the set the draft names, or the one in force on the day of publication.

    Raises:
        Refused: `unknown-ruleset`.
    """
    opens = selection.announcement.get("opens")
    day = date.fromisoformat(opens) if opens else selection.created_at.date()
    return rule_sets.in_force(session, selection.agency_id, day, selection.ruleset_id)


def vacancies_of(session: Session, selection_id: str) -> list[Vacancy]:
    """The round's vacancies, in a steady order."""
    query = select(Vacancy).where(col(Vacancy.selection_id) == selection_id).order_by(col(Vacancy.id))
    return list(session.exec(query))


def missing_parts(selection: Selection, vacancies: Sequence[Vacancy]) -> tuple[str, ...]:
    """What nobody has filled in yet, as paths; lint only says that it did not check them."""
    return tuple(_missing(selection, vacancies))


def requirement_lines(requirements: Mapping[str, Any]) -> tuple[str, ...]:
    """A vacancy's requirements as the announcement prints them, in Indonesian."""
    return (*_lines(requirements), *_further_lines(requirements))


def _plan(session: Session, selection: Selection, vacancies: Sequence[Vacancy], at: datetime | None) -> dict[str, Any]:
    agency = session.get_one(Agency, selection.agency_id)
    approvals, context = selection.approvals, selection.context
    plan: dict[str, Any] = {
        "agency": agency.name,
        "agency_kind": agency.kind,
        "level": selection.level,
        "ruleset": selection.ruleset_id,
        "vacancies": [{"title": v.title, "kind": v.kind} for v in vacancies],
        "announcement": _announcement(selection, agency, vacancies),
        "weights": dict(selection.weights),
        "committee": _committee(session, selection.id, at),
        "approvals": {key: approvals.get(key) or None for key in ("plan_approval", "home_affairs_consent")},
        "context": {"acting_head": False, **context},
        "applicants_minimum": selection.applicants_minimum,
    }
    if selection.timetable:
        steps = [{"stage": r["step"], "start": r["start"], "end": r.get("end")} for r in selection.timetable]
        plan["stages"] = steps
    return plan


def _announcement(selection: Selection, agency: Agency, vacancies: Sequence[Vacancy]) -> dict[str, Any]:
    """The window, and what the announcement that Selter writes will hold: the chair signs it, a public page shows it.

    Parts that `missing_parts` asks for count as there; a draft without vacancies has no contents yet.
    """
    window = {key: selection.announcement.get(key) for key in ("opens", "closes")}
    contents = ["post", "requirements", "deadline", "stages_schedule_system"]
    contents += ["competency_standard"] if all(vacancy.competencies for vacancy in vacancies) else []
    contents += ["secretariat_contact"] if agency.contact else []
    return window | {"contents": contents if vacancies else None, "signer": "chair", "media": ["electronic"]}


def _committee(session: Session, selection_id: str, at: datetime | None) -> list[dict[str, Any]]:
    query = select(Assignment).where(
        col(Assignment.role) == Role.COMMITTEE,
        col(Assignment.scope_kind) == "selection",
        col(Assignment.scope_id) == selection_id,
    )
    members = [a for a in session.exec(query.order_by(col(Assignment.since), col(Assignment.id))) if _sits(a, at)]
    people = people_by_id(session, [a.person_id for a in members])
    return [
        {
            "name": people[a.person_id].name,
            "element": a.element,
            "role": a.position or None,
            "party_member": a.party_member,
            "kin_of": [kin for kin in a.kin_of.split(",") if kin],
        }
        for a in members
    ]


def _sits(membership: Assignment, at: datetime | None) -> bool:
    if at is None:
        return membership.until is None
    return membership.since <= at and (membership.until is None or membership.until > at)


def _groups(vacancies: Sequence[Vacancy]) -> list[tuple[int | None, dict[str, Any] | None]]:
    """Each different set of requirements with the index of its first vacancy; one set needs no index."""
    different: list[tuple[int | None, dict[str, Any] | None]] = []
    for index, vacancy in enumerate(vacancies):
        linted = _linted(vacancy.requirements)
        if all(linted != known for _, known in different):
            different.append((index, linted))
    if len(different) < 2:
        return [(None, requirements) for _, requirements in different] or [(None, None)]
    return different


def _linted(requirements: Mapping[str, Any]) -> dict[str, Any]:
    return {key: requirements[key] for key in _LINTED if key in requirements}


def _lint(plan: Mapping[str, Any], rules: RuleSet, calendar: Calendar) -> tuple[Finding, ...]:
    try:
        return lint(plan_from_mapping(plan), rules, calendar)
    except PlanError as error:
        raise Refused("plan-unreadable", path=error.path, problem=error.message) from error


def _placed(finding: Finding, index: int | None) -> Finding:
    """A finding about requirements names the vacancy where vacancies differ."""
    if index is None or not finding.path.startswith("requirements"):
        return finding
    return replace(finding, path=f"vacancies[{index}].{finding.path}")


def _missing(selection: Selection, vacancies: Sequence[Vacancy]) -> Iterator[str]:
    for key in ("opens", "closes"):
        if not selection.announcement.get(key):
            yield f"announcement.{key}"
    if not selection.timetable:
        yield "timetable"
    if not selection.weights:
        yield "weights"
    if not vacancies:
        yield "vacancies"
    for index, vacancy in enumerate(vacancies):
        if not vacancy.requirements:
            yield f"vacancies[{index}].requirements"
        if not vacancy.documents:
            yield f"vacancies[{index}].documents"


def _lines(asked: Mapping[str, Any]) -> Iterator[str]:
    if asked.get("education"):
        yield f"Pendidikan paling rendah {parse_education(str(asked['education'])).label}"
    if asked.get("min_rank"):
        yield f"Pangkat/golongan ruang paling rendah {asked['min_rank']}"
    if asked.get("experience_years") is not None:
        yield f"Pengalaman dalam bidang tugas terkait paling singkat {asked['experience_years']} tahun secara kumulatif"
    if asked.get("feeder_years") is not None:
        named = " atau ".join(POSITIONS[kind] for kind in asked.get("feeder_posts") or ())
        posts = named or "administrator atau jabatan fungsional jenjang ahli madya"
        yield f"Sedang atau pernah menduduki jabatan {posts} paling singkat {asked['feeder_years']} tahun"
    if asked.get("max_age") is not None:
        reference = asked.get("age_reference")
        when = f" pada {tanggal(date.fromisoformat(str(reference)))}" if reference else ""
        yield f"Usia paling tinggi {asked['max_age']} tahun{when}"
    if asked.get("min_rating"):
        lowest = _RATINGS.get(asked["min_rating"], asked["min_rating"])
        yield f"Predikat kinerja dua tahun terakhir paling rendah {lowest}"
    if asked.get("clean_discipline", True):
        yield "Tidak sedang menjalani atau diproses hukuman disiplin tingkat sedang atau berat"


def _further_lines(asked: Mapping[str, Any]) -> Iterator[str]:
    """What only some announcements ask for."""
    if asked.get("clean_discipline_years") is not None:
        yield f"Bebas hukuman disiplin tingkat sedang atau berat dalam {asked['clean_discipline_years']} tahun terakhir"
    if asked.get("min_training"):
        yield f"Telah mengikuti {Training[asked['min_training'].upper()].label} atau yang lebih tinggi"
    if asked.get("min_remaining_service_months"):
        yield f"Sisa masa kerja paling singkat {asked['min_remaining_service_months']} bulan"
    if asked.get("open_to"):
        yield f"Terbuka bagi {' dan '.join(STATUSES[CivilStatus(status)] for status in asked['open_to'])}"


_RATINGS: Final = {"very_good": "sangat baik", "good": "baik", "needs_improvement": "butuh perbaikan"}

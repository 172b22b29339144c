"""An applicant's profile as eligibility reads it, and what of it is still missing."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from domain.eligibility import (
    CandidateRecord,
    CivilStatus,
    Discipline,
    Position,
    PositionKind,
    Requirements,
    Standing,
    Training,
)
from domain.grades import parse_education
from domain.nip import Sex
from domain.plan import PlanStage
from domain.words import Rating, VacancyKind
from records.tables import Agency, Person, Selection, Vacancy, Window


def candidate_record(profile: Mapping[str, Any], person: Person) -> CandidateRecord:
    """What the applicant states, with birth date and number from his own record."""
    education, discipline, trainings = profile.get("education"), profile.get("discipline"), profile.get("trainings")
    sex, status = profile.get("sex"), profile.get("civil_status")
    return CandidateRecord(
        birth_date=person.birth_date,
        education=parse_education(education) if education else None,
        rank=profile.get("rank") or person.rank or None,
        experience_years=profile.get("experience_years"),
        experience_months=profile.get("experience_months") or 0,
        positions=tuple(_position(p) for p in profile.get("positions", ())),
        ratings=tuple((int(r["year"]), Rating(r["rating"])) for r in profile.get("ratings", ())),
        discipline=None if discipline is None else tuple(_discipline(d) for d in discipline),
        nip=person.nip or "",
        sex=Sex(sex) if sex else None,
        entered_on=_day(profile.get("entered_on")),
        status=CivilStatus(status) if status else None,
        standing=_standing(profile.get("standing") or {}),
        trainings=None if trainings is None else tuple(Training[name.upper()] for name in trainings),
        asks_waiver=profile.get("asks_waiver", False),
    )


def requirements_of(vacancy: Vacancy, selection: Selection, window: Window | None, agency: Agency) -> Requirements:
    """What the vacancy asks; service counts up to the closing date of applications, in the agency's time zone."""
    asked = vacancy.requirements
    education, reference, rating = asked.get("education"), asked.get("age_reference"), asked.get("min_rating")
    training = asked.get("min_training")
    closes = _day(selection.announcement.get("closes"))
    if window is not None:
        closes = window.closes_at.astimezone(ZoneInfo(agency.zone)).date()
    return Requirements(
        level=selection.level,
        max_age=asked.get("max_age"),
        age_reference=_day(reference),
        min_rank=asked.get("min_rank"),
        experience_years=asked.get("experience_years"),
        feeder_years=asked.get("feeder_years"),
        education=parse_education(education) if education else None,
        min_rating=Rating(rating) if rating else None,
        clean_discipline=asked.get("clean_discipline", True),
        as_of=closes,
        documents=tuple(d["code"] for d in vacancy.documents if d.get("required", True)),
        kind=VacancyKind(vacancy.kind),
        inauguration=_inauguration(selection),
        feeder_posts=tuple(PositionKind(kind) for kind in asked.get("feeder_posts") or ()),
        open_to=tuple(CivilStatus(status) for status in asked.get("open_to") or ()),
        clean_discipline_years=asked.get("clean_discipline_years"),
        min_training=Training[training.upper()] if training else None,
        min_remaining_service_months=asked.get("min_remaining_service_months"),
    )


def missing_fields(profile: Mapping[str, Any], person: Person, vacancy: Vacancy) -> tuple[str, ...]:
    """The fields without which an application cannot be judged."""
    return tuple(_missing(profile, person, vacancy))


def _missing(profile: Mapping[str, Any], person: Person, vacancy: Vacancy) -> Iterator[str]:
    if not person.nip:
        yield "nip"
    if person.birth_date is None:
        yield "birth_date"
    for name in ("education", "rank"):
        if not profile.get(name):
            yield name
    if profile.get("experience_years") is None:
        yield "experience_years"
    if not profile.get("positions"):
        yield "positions"
    if profile.get("discipline") is None:
        yield "discipline"
    if vacancy.requirements.get("min_rating") and not profile.get("ratings"):
        yield "ratings"


def _position(item: Mapping[str, Any]) -> Position:
    return Position(
        kind=PositionKind(item["kind"]),
        held_from=date.fromisoformat(item["held_from"]),
        held_until=_day(item.get("held_until")),
        definitive=item.get("definitive", True),
        related=item.get("related"),
    )


def _discipline(item: Mapping[str, Any]) -> Discipline:
    return Discipline(item["level"], _day(item.get("decided_on")), item.get("pending", False))


def _standing(item: Mapping[str, Any]) -> Standing:
    return Standing(
        party_member=item.get("party_member"),
        party_left_on=_day(item.get("party_left_on")),
        imprisoned=item.get("imprisoned"),
        dishonourably_dismissed=item.get("dishonourably_dismissed"),
    )


def _inauguration(selection: Selection) -> date | None:
    """The planned day of inauguration, if the timetable has one."""
    days = (row["start"] for row in selection.timetable if row["step"] == PlanStage.INAUGURATION)
    return _day(max(days, default=None))


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None

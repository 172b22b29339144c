"""Sealed score sheets: committed by a salted hash in the audit chain when they are given, and never changed."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, select

from domain.law.committee import may_judge, may_score
from domain.refusals import Refused
from domain.rules import refuse
from domain.selection import Lane, SelectionState
from domain.words import Component, Role, Stage
from records.applications import pinned_rules, subject_of
from records.assignments import held_at, people_by_id
from records.audit import Author, Writer, payload_hash
from records.rounds import states
from records.selections import held_case, state_of
from records.tables import (
    Application,
    ConflictDeclaration,
    Recusal,
    ScoringDuty,
    Selection,
    Sheet,
    StageDecision,
    Vacancy,
)


@dataclass(frozen=True)
class Given:
    """What an assessor gives: a score from 0 to 100, or that the candidate was absent."""

    score: Decimal | None
    absent: bool
    note: str = ""


@dataclass(frozen=True)
class Task:
    """A sheet that an assessor has to give, or has given."""

    vacancy: Vacancy
    component: Component
    application_id: str
    candidate: str
    since: datetime
    declared: bool
    recused: bool
    sheet: Sheet | None


def content_of(sheet: Sheet) -> dict[str, Any]:
    """What a sheet's hash commits to."""
    return {
        "application": sheet.application_id,
        "component": sheet.component,
        "repeat": sheet.repeat,
        "assessor": sheet.assessor_id,
        "score": None if sheet.score is None else format(sheet.score.normalize(), "f"),
        "absent": sheet.absent,
        "note": sheet.note,
    }


def seal(
    writer: Writer, application: Application, component: Component, given: Given, at: datetime, author: Author
) -> tuple[Sheet, bool]:
    """Seal a sheet; the same content again gives the sheet that is there, and false.

    Raises:
        Refused: `no-duty`, `may-not-score`, `recused`, `declaration-missing`, `sheet-stage`, `not-a-candidate`,
            `sheet-sealed` when it was sealed with other content.
    """
    session, assessor_id = writer.session, author.person_id
    held_case(session, application.selection_id)
    lane = _lane(session, application)
    repeat = lane.repeat(component.stage)
    _require_duty(session, application, component, repeat, assessor_id, at)
    earlier = _sheet(session, application.id, component, repeat, assessor_id)
    if earlier is not None:
        return _again(earlier, given), False
    _require_scorable(session, application, component, lane)
    _require_unbound(session, application, assessor_id)
    sheet = Sheet(
        application_id=application.id,
        vacancy_id=application.vacancy_id,
        component=component,
        repeat=repeat,
        assessor_id=assessor_id,
        score=given.score,
        absent=given.absent,
        note=given.note,
        salt=secrets.token_hex(16),
        sha256="",
        sealed_at=at,
    )
    sheet.sha256 = payload_hash(sheet.salt, content_of(sheet))
    session.add(sheet)
    payload = {"sheet": sheet.id, "component": component, "repeat": repeat, "sha256": sheet.sha256}
    writer.audit(application.agency_id, at, author, "seal_sheet", subject_of(application), payload)
    return sheet, True


def declare(writer: Writer, application: Application, at: datetime, author: Author) -> ConflictDeclaration:
    """A judge declares that nothing binds him to this applicant; once is enough.

    Raises:
        Refused: `recused`, when he has said otherwise before.
    """
    session = writer.session
    if _recused(session, application.id, author.person_id):
        raise Refused("recused")
    query = select(ConflictDeclaration).where(
        col(ConflictDeclaration.person_id) == author.person_id,
        col(ConflictDeclaration.application_id) == application.id,
    )
    row = session.exec(query).first()
    if row is not None:
        return row
    row = ConflictDeclaration(person_id=author.person_id, application_id=application.id, at=at)
    session.add(row)
    session.flush()
    writer.audit(application.agency_id, at, author, "declare_no_conflict", subject_of(application), {"none": True})
    return row


def tasks(session: Session, person_id: str) -> list[Task]:
    """What a person has to score now, with what he has sealed in the stages under way."""
    query = (
        select(ScoringDuty, Vacancy, Selection)
        .join(Vacancy, col(Vacancy.id) == col(ScoringDuty.vacancy_id))
        .join(Selection, col(Selection.id) == col(Vacancy.selection_id))
        .where(col(ScoringDuty.assessor_id) == person_id, col(ScoringDuty.ended_at).is_(None))
        .order_by(col(ScoringDuty.vacancy_id), col(ScoringDuty.component))
    )
    duties = list(session.exec(query).all())
    rounds = states(session, list({s.id: s for _, _, s in duties}.values()))
    live = [(d, v) for d, v, s in duties if _scores_now(rounds[s.id], d)]
    entrants = _entrants(session, live, rounds)
    return _tasks(session, person_id, live, rounds, entrants)


def opened(session: Session, application: Application) -> list[Sheet]:
    """The sheets on an application whose seals are open; sealed ones are nobody's to read."""
    lane = _lane(session, application)
    order = list(Stage)
    query = select(Sheet).where(col(Sheet.application_id) == application.id).order_by(col(Sheet.sealed_at))
    return [s for s in session.exec(query) if _seen(lane, s, order)]


def mine(session: Session, application: Application, person_id: str) -> list[Sheet]:
    """One's own sheets on an application."""
    query = select(Sheet).where(col(Sheet.application_id) == application.id, col(Sheet.assessor_id) == person_id)
    return list(session.exec(query.order_by(col(Sheet.sealed_at))))


def _seen(lane: Lane, sheet: Sheet, order: Sequence[Stage]) -> bool:
    stage = Component(sheet.component).stage
    if sheet.repeat < lane.repeat(stage) or order.index(stage) < order.index(lane.stage):
        return True
    return stage is lane.stage and lane.seals_open


def _again(earlier: Sheet, given: Given) -> Sheet:
    if (earlier.score, earlier.absent, earlier.note) != (given.score, given.absent, given.note):
        raise Refused("sheet-sealed", at=earlier.sealed_at.isoformat())
    return earlier


def _lane(session: Session, application: Application) -> Lane:
    lane = state_of(session, application.selection_id).lanes.get(application.vacancy_id)
    if lane is None:
        raise Refused("unknown-vacancy", vacancy=application.vacancy_id)
    return lane


def _require_duty(
    session: Session, application: Application, component: Component, repeat: int, assessor_id: str, at: datetime
) -> None:
    query = select(ScoringDuty).where(
        col(ScoringDuty.vacancy_id) == application.vacancy_id,
        col(ScoringDuty.component) == component,
        col(ScoringDuty.assessor_id) == assessor_id,
        col(ScoringDuty.repeat) == repeat,
        col(ScoringDuty.ended_at).is_(None),
    )
    if session.exec(query).first() is None:
        raise Refused("no-duty", component=component)
    held = {a.role for a in held_at(session, at, person_id=assessor_id) if a.agency_id in (application.agency_id, None)}
    rules = pinned_rules(session, application.selection_id)
    for role in sorted(held):
        if not may_score(Role(role), rules):
            raise refuse(rules, "secretariat.may_score", "may-not-score", role=role)


def _require_scorable(session: Session, application: Application, component: Component, lane: Lane) -> None:
    if lane.stage is not component.stage or lane.seals_open or lane.suspended_at is not None:
        raise Refused("sheet-stage", component=component, needed=component.stage, stage=lane.stage)
    if application.id not in passed_before(session, lane, component.stage):
        raise Refused("not-a-candidate", stage=component.stage)


def _require_unbound(session: Session, application: Application, assessor_id: str) -> None:
    if _recused(session, application.id, assessor_id) or application.person_id == assessor_id:
        raise Refused("recused")
    rules = pinned_rules(session, application.selection_id)
    query = select(ConflictDeclaration).where(
        col(ConflictDeclaration.person_id) == assessor_id, col(ConflictDeclaration.application_id) == application.id
    )
    if not may_judge(rules, declared=session.exec(query).first() is not None):
        raise refuse(rules, "committee.coi_declaration_per_candidate", "declaration-missing")


def passed_before(session: Session, lane: Lane, stage: Stage) -> set[str]:
    """Who takes part in a stage: passed the one before in its latest repeat, and has not withdrawn."""
    before = _before(stage)
    query = (
        select(StageDecision.application_id)
        .join(Application, col(Application.id) == col(StageDecision.application_id))
        .where(
            col(StageDecision.vacancy_id) == lane.vacancy_id,
            col(StageDecision.stage) == before,
            col(StageDecision.repeat) == lane.repeat(before),
            col(StageDecision.passed),
            col(Application.withdrawn_at).is_(None),
        )
    )
    return set(session.exec(query))


def _before(stage: Stage) -> Stage:
    order = list(Stage)
    return order[order.index(stage) - 1]


def _recused(session: Session, application_id: str, person_id: str) -> bool:
    query = select(Recusal).where(col(Recusal.person_id) == person_id, col(Recusal.application_id) == application_id)
    return session.exec(query).first() is not None


def _sheet(session: Session, application_id: str, component: Component, repeat: int, assessor_id: str) -> Sheet | None:
    query = select(Sheet).where(
        col(Sheet.application_id) == application_id,
        col(Sheet.component) == component,
        col(Sheet.repeat) == repeat,
        col(Sheet.assessor_id) == assessor_id,
    )
    return session.exec(query).first()


def _scores_now(state: SelectionState, duty: ScoringDuty) -> bool:
    lane = state.lanes.get(duty.vacancy_id)
    stage = Component(duty.component).stage
    return lane is not None and lane.stage is stage and not lane.seals_open and duty.repeat == lane.repeat(stage)


def _entrants(
    session: Session, live: Sequence[tuple[ScoringDuty, Vacancy]], rounds: dict[str, SelectionState]
) -> dict[str, list[Application]]:
    """Who is to be scored, by vacancy."""
    lanes = {v.id: rounds[v.selection_id].lanes[v.id] for _, v in live}
    query = (
        select(StageDecision, Application)
        .join(Application, col(Application.id) == col(StageDecision.application_id))
        .where(col(StageDecision.vacancy_id).in_(lanes), col(StageDecision.passed))
        .where(col(Application.withdrawn_at).is_(None))
        .order_by(col(Application.id))
    )
    found: dict[str, list[Application]] = {v: [] for v in lanes}
    for decision, application in session.exec(query):
        lane = lanes[decision.vacancy_id]
        before = _before(lane.stage)
        if decision.stage == before and decision.repeat == lane.repeat(before):
            found[decision.vacancy_id].append(application)
    return found


def _tasks(
    session: Session,
    person_id: str,
    live: Sequence[tuple[ScoringDuty, Vacancy]],
    rounds: dict[str, SelectionState],
    entrants: dict[str, list[Application]],
) -> list[Task]:
    everybody = [a for found in entrants.values() for a in found]
    ids = [a.id for a in everybody]
    people = people_by_id(session, [a.person_id for a in everybody])
    declared = _ids(session, select(ConflictDeclaration), ConflictDeclaration, person_id, ids)
    recused = _ids(session, select(Recusal), Recusal, person_id, ids)
    query = select(Sheet).where(col(Sheet.assessor_id) == person_id, col(Sheet.application_id).in_(ids))
    sealed = {(s.application_id, s.component, s.repeat): s for s in session.exec(query)}
    return [
        Task(
            vacancy=vacancy,
            component=Component(duty.component),
            application_id=application.id,
            candidate=people[application.person_id].name,
            since=rounds[vacancy.selection_id].lanes[vacancy.id].since,
            declared=application.id in declared,
            recused=application.id in recused,
            sheet=sealed.get((application.id, duty.component, duty.repeat)),
        )
        for duty, vacancy in live
        for application in entrants[vacancy.id]
    ]


def _ids(
    session: Session, query: Any, table: type[ConflictDeclaration] | type[Recusal], person_id: str, ids: Collection[str]
) -> set[str]:
    rows = session.exec(query.where(col(table.person_id) == person_id, col(table.application_id).in_(ids)))
    return {row.application_id for row in rows}

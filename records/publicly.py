"""What anybody may know: announcements, stages, numbers, results as far as they are published, and whether a paper is real."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func
from sqlmodel import Session, col, select

from domain.refusals import Refused
from domain.selection import Lane, SelectionState
from domain.words import CaseKind, Clearance, DocumentKind, Outcome, Stage
from records import journal
from records.assignments import people_by_id
from records.plans import requirement_lines, vacancies_of
from records.rounds import states
from records.rules import pinned
from records.selections import case_key
from records.tables import (
    Agency,
    Application,
    Case,
    Document,
    JournalEntry,
    Person,
    Selection,
    StageDecision,
    Vacancy,
    Window,
)

_SCORED: Final = (Stage.SCREENING, Stage.ASSESSMENT, Stage.INTERVIEW)


@dataclass(frozen=True)
class PublicRow:
    """A published round in the list."""

    id: str
    title: str
    agency: str
    stage: str
    posts: list[str]
    published_at: datetime
    closes_at: datetime | None
    open_now: bool


@dataclass(frozen=True)
class PublicStage:
    """How many went into an announced stage and how many passed; names and scores are not here."""

    stage: str
    repeat: int
    announced_at: datetime
    decided: int
    passed: int


@dataclass(frozen=True)
class PublicPost:
    """A post of a published round."""

    id: str
    title: str
    unit: str
    requirements: list[str]
    competencies: list[str]
    documents: list[dict[str, Any]]
    stage: str
    since: datetime
    opens_at: datetime
    closes_at: datetime
    open_now: bool
    suspended: bool
    applicants: int | None
    stages: list[PublicStage]
    shortlist: list[str] | None
    appointed: str | None
    outcome: str | None


@dataclass(frozen=True)
class PublicRound:
    """A published round."""

    id: str
    title: str
    agency: str
    contact: str
    level: str
    stage: str
    published_at: datetime
    timetable: list[dict[str, Any]]
    weights: dict[str, str]
    pass_marks: dict[str, str]
    tie_break: list[str]
    announcement_id: str | None
    announcement_number: str | None
    posts: list[PublicPost]
    as_of: datetime


def published(session: Session, at: datetime, agency_id: str | None = None, limit: int = 100) -> list[PublicRow]:
    """Published rounds, the newest publication first."""
    done = select(JournalEntry.case_key).where(col(JournalEntry.act) == "publish")
    query = (
        select(Selection, Agency)
        .join(Agency, col(Agency.id) == col(Selection.agency_id))
        .join(Case, (col(Case.id) == col(Selection.id)) & (col(Case.kind) == CaseKind.SELECTION))
        .where(col(Case.key).in_(done))
        .order_by(col(Selection.created_at).desc(), col(Selection.id))
        .limit(limit)
    )
    if agency_id is not None:
        query = query.where(col(Selection.agency_id) == agency_id)
    rows = list(session.exec(query).all())
    folded = states(session, [s for s, _ in rows])
    posts, windows = _posts_and_windows(session, [s.id for s, _ in rows])
    found = [_row(s, agency, folded[s.id], posts[s.id], windows, at) for s, agency in rows]
    return sorted(found, key=lambda r: r.published_at, reverse=True)


def _posts_and_windows(
    session: Session, selection_ids: Iterable[str]
) -> tuple[dict[str, list[Vacancy]], dict[str, Window]]:
    ids = list(selection_ids)
    posts: dict[str, list[Vacancy]] = {i: [] for i in ids}
    for vacancy in session.exec(select(Vacancy).where(col(Vacancy.selection_id).in_(ids)).order_by(col(Vacancy.id))):
        posts[vacancy.selection_id].append(vacancy)
    vacancy_ids = [v.id for found in posts.values() for v in found]
    windows = session.exec(select(Window).where(col(Window.vacancy_id).in_(vacancy_ids)))
    return posts, {w.vacancy_id: w for w in windows}


def _row(
    selection: Selection,
    agency: Agency,
    state: SelectionState,
    posts: Sequence[Vacancy],
    windows: Mapping[str, Window],
    at: datetime,
) -> PublicRow:
    assert state.published_at is not None
    mine = [windows[p.id] for p in posts if p.id in windows]
    return PublicRow(
        id=selection.id,
        title=selection.title,
        agency=agency.name,
        stage=state.stage,
        posts=[p.title for p in posts],
        published_at=state.published_at,
        closes_at=max((w.closes_at for w in mine), default=None),
        open_now=any(is_open(w, at) for w in mine),
    )


def is_open(window: Window, at: datetime) -> bool:
    """Whether applications are taken at an instant."""
    moment = at.replace(microsecond=0)
    closed = window.closed_at is not None or window.suspended_at is not None
    return not closed and window.opens_at <= moment <= window.closes_at


def round_of(session: Session, selection_id: str, at: datetime) -> PublicRound:
    """A published round in full.

    Raises:
        Refused: `unknown-selection`, also while it is a draft.
    """
    selection = session.get(Selection, selection_id)
    state = states(session, [selection])[selection_id] if selection else None
    if selection is None or state is None or state.published_at is None:
        raise Refused("unknown-selection")
    agency = session.get_one(Agency, selection.agency_id)
    announcement = session.exec(
        select(Document).where(
            col(Document.case_key) == case_key(selection_id), col(Document.kind) == DocumentKind.ANNOUNCEMENT
        )
    ).first()
    return PublicRound(
        id=selection.id,
        title=selection.title,
        agency=agency.name,
        contact=agency.contact,
        level=selection.level,
        stage=state.stage,
        published_at=state.published_at,
        timetable=sorted(selection.timetable, key=lambda r: str(r["start"])),
        weights=selection.weights,
        pass_marks=selection.pass_marks,
        tie_break=selection.tie_break,
        announcement_id=announcement.id if announcement else None,
        announcement_number=announcement.number if announcement else None,
        posts=_posts(session, selection, state, at),
        as_of=at,
    )


def _posts(session: Session, selection: Selection, state: SelectionState, at: datetime) -> list[PublicPost]:
    vacancies = vacancies_of(session, selection.id)
    _, windows = _posts_and_windows(session, [selection.id])
    stages = _stages(session, [v.id for v in vacancies])
    names = _published_names(session, selection, state)
    return [_post(v, state.lanes[v.id], windows[v.id], stages.get(v.id, []), names[v.id], at) for v in vacancies]


def _post(
    vacancy: Vacancy,
    lane: Lane,
    window: Window,
    stages: list[PublicStage],
    names: tuple[list[str] | None, str | None],
    at: datetime,
) -> PublicPost:
    shortlist, appointed = names
    return PublicPost(
        id=vacancy.id,
        title=vacancy.title,
        unit=vacancy.unit,
        requirements=list(requirement_lines(vacancy.requirements)),
        competencies=vacancy.competencies,
        documents=vacancy.documents,
        stage=lane.stage,
        since=lane.since,
        opens_at=window.opens_at,
        closes_at=window.closes_at,
        open_now=is_open(window, at),
        suspended=lane.suspended_at is not None,
        applicants=lane.applicants if lane.window_closed or lane.stage is not Stage.ANNOUNCEMENT else None,
        stages=stages,
        shortlist=shortlist,
        appointed=appointed,
        outcome=lane.outcome,
    )


def _stages(session: Session, vacancy_ids: Sequence[str]) -> dict[str, list[PublicStage]]:
    """Announced stages with their numbers."""
    query = (
        select(
            col(StageDecision.vacancy_id),
            col(StageDecision.stage),
            col(StageDecision.repeat),
            func.min(StageDecision.announced_at),
            func.count(),
        )
        .where(col(StageDecision.vacancy_id).in_(vacancy_ids), col(StageDecision.stage).in_(_SCORED))
        .group_by(col(StageDecision.vacancy_id), col(StageDecision.stage), col(StageDecision.repeat))
    )
    passed = _passed(session, vacancy_ids)
    order = list(Stage)
    found: dict[str, list[PublicStage]] = {}
    for vacancy_id, stage, repeat, announced_at, decided in session.exec(query):
        row = PublicStage(stage, repeat, announced_at, decided, passed.get((vacancy_id, stage, repeat), 0))
        found.setdefault(vacancy_id, []).append(row)
    return {v: sorted(rows, key=lambda r: (order.index(Stage(r.stage)), r.repeat)) for v, rows in found.items()}


def _passed(session: Session, vacancy_ids: Sequence[str]) -> dict[tuple[str, str, int], int]:
    query = (
        select(col(StageDecision.vacancy_id), col(StageDecision.stage), col(StageDecision.repeat), func.count())
        .where(col(StageDecision.vacancy_id).in_(vacancy_ids), col(StageDecision.passed))
        .group_by(col(StageDecision.vacancy_id), col(StageDecision.stage), col(StageDecision.repeat))
    )
    return {(vacancy_id, stage, repeat): count for vacancy_id, stage, repeat, count in session.exec(query)}


def _published_names(
    session: Session, selection: Selection, state: SelectionState
) -> dict[str, tuple[list[str] | None, str | None]]:
    """The three names, alphabetically and without scores, once the supervisor has cleared them; then the appointee."""
    entries = journal.entries_of(session, case_key(selection.id))
    three: dict[str, list[str]] = {}
    for entry in entries:
        if entry.act == "submit_shortlist":
            three |= {v: list(ids) for v, ids in entry.data.get("shortlist", {}).items()}
    before = bool(state.rules_sha256) and pinned(session, state.rules_sha256).text("result.publish") == "before_bkn"
    shown = {v: ids for v, ids in three.items() if before or _cleared(state.lanes[v])}
    chosen = {v: lane.chosen for v, lane in state.lanes.items() if lane.outcome is Outcome.APPOINTED and lane.chosen}
    names = _names(session, {*chosen.values(), *(i for ids in shown.values() for i in ids)})
    return {
        v: (sorted(names[i] for i in shown[v]) if v in shown else None, names[chosen[v]] if v in chosen else None)
        for v in state.lanes
    }


def _cleared(lane: Lane) -> bool:
    return Clearance.APPOINTMENT in lane.cleared or Clearance.APPOINTMENT not in lane.needs or bool(lane.decree)


def _names(session: Session, application_ids: set[str]) -> dict[str, str]:
    applications = list(session.exec(select(Application).where(col(Application.id).in_(application_ids))))
    people: dict[str, Person] = people_by_id(session, [a.person_id for a in applications])
    return {a.id: people[a.person_id].name for a in applications}

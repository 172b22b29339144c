"""For anybody: the published rounds with their numbers and results, and whether a document is real."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel, Field
from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from api.documents import Format, file_of
from api.paging import Cursor, Limit, Page, decode, encode, instant, text
from api.problems import problems
from api.services import Parts
from domain.law.results import LAST_SCORED, in_public_order, names_known, ranked_scores_public
from domain.refusals import Refused
from domain.rules import RuleSet
from domain.scoring.statement import Sentences
from domain.selection import Lane, SelectionState
from domain.words import DocumentKind, Outcome, Stage
from records import issued, journal, plans, rounds, selections
from records import rules as rule_sets
from records.assignments import people_by_id
from records.rankings import explanations
from records.tables import Agency, Application, Document, JournalEntry, Selection, StageDecision, Vacancy, Window

router = APIRouter(prefix="/api/v1/public", tags=["public"])


class PublicRow(BaseModel):
    """A published round in a list."""

    id: str
    agency: str
    title: str
    level: str
    stage: str
    outcome: str | None
    posts: list[str]
    opens: date | None
    closes_at: datetime | None = Field(description="the latest end of a window, extensions included")
    published_at: datetime
    zone: str


class PublicCandidate(BaseModel):
    """Who goes on; rank and total only where the law publishes them."""

    name: str
    rank: int | None = None
    total: str | None = None


class PublicStage(BaseModel):
    """A stage's announced result in numbers; names only of those who passed."""

    stage: str
    repeat: int
    announced_at: datetime
    participants: int
    passed: int
    candidates: list[PublicCandidate]
    statement: str = Field("", description="the ranking in plain Indonesian; empty where scores are not public")
    statement_en: str = Field("", description="the same in English")


class PublicVacancy(BaseModel):
    """A post on offer, and how far its selection is."""

    id: str
    title: str
    unit: str
    requirements: list[str]
    competencies: list[str]
    documents: list[str]
    stage: str
    since: datetime
    suspended_at: datetime | None
    opens_at: datetime | None
    closes_at: datetime | None
    extensions: int
    applicants: int | None = Field(description="counted when the window closed; null before")
    results: list[PublicStage]
    shortlist: list[str] = Field(description="without scores; in the order and from the time that the rules publish it")
    appointee: str = Field(description="who was inaugurated; empty until then")
    inaugurated_on: date | None
    outcome: str | None


class PublicAgency(BaseModel):
    """Whose round it is, and how to reach the secretariat."""

    name: str
    unit: str
    address: str
    contact: str
    zone: str


class PublicRound(BaseModel):
    """A published round in full."""

    id: str
    title: str
    level: str
    agency: PublicAgency
    stage: str
    outcome: str | None
    published_at: datetime
    announcement_id: str = Field(description="the announcement's document, which anybody may download")
    announcement_number: str
    scheme: str
    timetable: list[dict[str, Any]]
    weights: dict[str, str]
    pass_marks: dict[str, str]
    vacancies: list[PublicVacancy]


class Genuine(BaseModel):
    """What this installation issued under a code. Compare it with the paper in your hand."""

    code: str
    agency: str
    kind: str
    title: str
    number: str
    issued_on: date
    sha256: str = Field(description="of the document's frozen inputs")
    public: bool = Field(description="whether anybody may download it")


@router.get("/selections", responses=problems())
def list_published(services: Parts, limit: Limit = 50, cursor: Cursor = None) -> Page[PublicRow]:
    """The published rounds of all agencies, the newest first."""
    with services.database.read() as session:
        rows, more = published(session, decode(cursor, instant, text), limit)
    return Page(items=rows, next_cursor=encode(*more) if more else None)


@router.get("/selections/{selection_id}", responses=problems(404))
def get_published(services: Parts, selection_id: str) -> PublicRound:
    """A published round: posts, timetable, stages, numbers, and results as far as they are public."""
    with services.database.read() as session:
        return round_of(session, selection_id)


@router.get("/documents/{code}", responses=problems(404))
def check_document(services: Parts, code: str) -> Genuine:
    """Whether a document is real: what was issued under the code at its foot, or 404."""
    with services.database.read() as session:
        return genuine(session, code)


@router.get("/documents/{code}/content", response_class=Response, responses=problems(404, 409))
def get_public_content(services: Parts, code: str, wanted: Format = None) -> Response:
    """The file of a public document, for anybody: PDF where there is one, else DOCX."""
    with services.database.read() as session:
        document, _ = issued.checked(session, code)
    if not document.public:
        raise Refused("unknown-document")
    return file_of(services, document, wanted)


def genuine(session: Session, code: str) -> Genuine:
    """The document of a code, without a word about whom it concerns.

    Raises:
        Refused: `unknown-document`.
    """
    document, agency = issued.checked(session, code)
    return Genuine(
        **document.model_dump(include={"kind", "title", "number", "issued_on", "public"}),
        code=document.id,
        agency=agency.name,
        sha256=document.inputs_sha256,
    )


# -- lists ---------------------------------------------------------------------------------------------------------


def published(
    session: Session, after: Sequence[Any] | None, limit: int
) -> tuple[list[PublicRow], tuple[str, str] | None]:
    """A page of published rounds, the newest first, and the key of its last row where more follow."""
    found = _published(session, after, limit + 1)
    more = (found[limit - 1][1].at.isoformat(), found[limit - 1][0].id) if len(found) > limit else None
    shown = [selection for selection, _ in found[:limit]]
    states = rounds.states(session, shown)
    agencies = {a.id: a for a in session.exec(select(Agency))}
    vacancies = _vacancies(session, [s.id for s in shown])
    windows = _windows(session, [v.id for rows in vacancies.values() for v in rows])
    return [_row(s, states[s.id], agencies[s.agency_id], vacancies.get(s.id, []), windows) for s in shown], more


def _published(session: Session, after: Sequence[Any] | None, limit: int) -> list[tuple[Selection, JournalEntry]]:
    query = (
        select(Selection, JournalEntry)
        .join(JournalEntry, col(JournalEntry.case_key) == "selection/" + col(Selection.id))
        .where(col(JournalEntry.act) == "publish")
        .order_by(col(JournalEntry.at).desc(), col(Selection.id).desc())
    )
    if after is not None:
        at, last = after
        same = and_(col(JournalEntry.at) == at, col(Selection.id) < last)
        query = query.where(or_(col(JournalEntry.at) < at, same))
    return list(session.exec(query.limit(limit)))


def _vacancies(session: Session, selection_ids: Sequence[str]) -> dict[str, list[Vacancy]]:
    query = select(Vacancy).where(col(Vacancy.selection_id).in_(selection_ids)).order_by(col(Vacancy.id))
    found: dict[str, list[Vacancy]] = {}
    for row in session.exec(query):
        found.setdefault(row.selection_id, []).append(row)
    return found


def _windows(session: Session, vacancy_ids: Sequence[str]) -> dict[str, Window]:
    return {w.vacancy_id: w for w in session.exec(select(Window).where(col(Window.vacancy_id).in_(vacancy_ids)))}


def _row(
    selection: Selection,
    state: SelectionState,
    agency: Agency,
    vacancies: Sequence[Vacancy],
    windows: Mapping[str, Window],
) -> PublicRow:
    assert state.published_at is not None
    return PublicRow(
        **selection.model_dump(include={"id", "title", "level"}),
        agency=agency.name,
        zone=agency.zone,
        stage=state.stage,
        outcome=state.outcome,
        posts=[v.title for v in vacancies],
        opens=selection.announcement.get("opens"),
        closes_at=max((windows[v.id].closes_at for v in vacancies if v.id in windows), default=None),
        published_at=state.published_at,
    )


# -- one round -----------------------------------------------------------------------------------------------------


def round_of(session: Session, selection_id: str) -> PublicRound:
    """A published round; a draft does not exist for the public.

    Raises:
        Refused: `unknown-selection`.
    """
    selection = selections.get(session, selection_id)
    state = selections.state_of(session, selection_id)
    if state.published_at is None:
        raise Refused("unknown-selection")
    paper = _announcement(session, selection_id)
    return PublicRound(
        **selection.model_dump(include={"id", "title", "level", "timetable", "weights", "pass_marks"}),
        agency=PublicAgency(**session.get_one(Agency, selection.agency_id).model_dump()),
        stage=state.stage,
        outcome=state.outcome,
        published_at=state.published_at,
        announcement_id=paper.id if paper else "",
        announcement_number=paper.number if paper else "",
        scheme=str(paper.inputs.get("scheme", "")) if paper else "",
        vacancies=_offers(session, selection_id, state),
    )


def _announcement(session: Session, selection_id: str) -> Document | None:
    query = select(Document).where(
        col(Document.case_key) == selections.case_key(selection_id),
        col(Document.kind) == DocumentKind.ANNOUNCEMENT,
        col(Document.public),
    )
    return session.exec(query.order_by(col(Document.issued_on).desc(), col(Document.seq).desc())).first()


def _offers(session: Session, selection_id: str, state: SelectionState) -> list[PublicVacancy]:
    vacancies = plans.vacancies_of(session, selection_id)
    windows = _windows(session, [v.id for v in vacancies])
    names = _names(session, selection_id)
    decisions = _decisions(session, [v.id for v in vacancies])
    shortlists = _shortlists(session, selection_id)
    rules = rule_sets.pinned(session, state.rules_sha256)
    told = explanations(session, [v.id for v in vacancies], rules)
    return [
        _offer(
            v,
            state.lanes[v.id],
            windows.get(v.id),
            [_stage(rows, names, rules, told) for rows in decisions.get(v.id, [])],
            _public_names(state.lanes[v.id], shortlists.get(v.id, ()), names, rules),
            names,
        )
        for v in vacancies
        if v.id in state.lanes
    ]


def _offer(
    vacancy: Vacancy,
    lane: Lane,
    window: Window | None,
    results: list[PublicStage],
    shortlist: list[str],
    names: Mapping[str, str],
) -> PublicVacancy:
    appointed = lane.outcome is Outcome.APPOINTED
    return PublicVacancy(
        **vacancy.model_dump(include={"id", "title", "unit", "competencies"}),
        requirements=list(plans.requirement_lines(vacancy.requirements)),
        documents=[d["title"] for d in vacancy.documents],
        stage=lane.stage,
        since=lane.since,
        suspended_at=lane.suspended_at,
        opens_at=window.opens_at if window else None,
        closes_at=window.closes_at if window else None,
        extensions=lane.extensions,
        applicants=lane.applicants if lane.window_closed else None,
        results=results,
        shortlist=shortlist,
        appointee=names.get(lane.chosen, "") if appointed else "",
        inaugurated_on=lane.inaugurated_on,
        outcome=lane.outcome,
    )


def _public_names(lane: Lane, shortlist: Sequence[str], names: Mapping[str, str], rules: RuleSet) -> list[str]:
    """The three names in the order of the round's rules, once these let the public know them."""
    if not names_known(lane, rules):
        return []
    return list(in_public_order([names[a] for a in shortlist if a in names], rules))


def _names(session: Session, selection_id: str) -> dict[str, str]:
    """The names of those who take part, by application; who has withdrawn is not named any more."""
    query = select(Application).where(
        col(Application.selection_id) == selection_id, col(Application.withdrawn_at).is_(None)
    )
    by_application = {a.id: a.person_id for a in session.exec(query)}
    people = people_by_id(session, list(by_application.values()))
    return {application: people[person].name for application, person in by_application.items()}


def _decisions(session: Session, vacancy_ids: Sequence[str]) -> dict[str, list[list[StageDecision]]]:
    """The announced decisions by vacancy, one list a stage and repeat."""
    query = select(StageDecision).where(col(StageDecision.vacancy_id).in_(vacancy_ids))
    order = (col(StageDecision.vacancy_id), col(StageDecision.announced_at), col(StageDecision.stage))
    found: dict[str, list[list[StageDecision]]] = {}
    for (vacancy_id, _, _), rows in groupby(
        session.exec(query.order_by(*order, col(StageDecision.repeat))), key=lambda d: (d.vacancy_id, d.stage, d.repeat)
    ):
        found.setdefault(vacancy_id, []).append(list(rows))
    return {vacancy_id: sorted(stages, key=_announced) for vacancy_id, stages in found.items()}


def _announced(rows: Sequence[StageDecision]) -> tuple[datetime, int]:
    return rows[0].announced_at, list(Stage).index(Stage(rows[0].stage))


def _shortlists(session: Session, selection_id: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in journal.entries_of(session, selections.case_key(selection_id)):
        if entry.act == "submit_shortlist":
            found |= entry.data.get("shortlist", {})
    return found


def _stage(
    rows: Sequence[StageDecision],
    names: Mapping[str, str],
    rules: RuleSet,
    told: Mapping[tuple[str, str, int], Sentences],
) -> PublicStage:
    stage = Stage(rows[0].stage)
    named, ranked = stage is not LAST_SCORED, ranked_scores_public(stage, rules)
    passed = [d for d in rows if d.passed]
    sentences = told.get((rows[0].vacancy_id, stage, rows[0].repeat)) if ranked else None
    shown = [_candidate(d, names[d.application_id], ranked) for d in passed if named and d.application_id in names]
    return PublicStage(
        stage=stage,
        repeat=rows[0].repeat,
        announced_at=rows[0].announced_at,
        participants=len(rows),
        passed=len(passed),
        candidates=sorted(shown, key=lambda c: (c.rank or 0, c.name)),
        statement=sentences.id if sentences else "",
        statement_en=sentences.en if sentences else "",
    )


def _candidate(decision: StageDecision, name: str, ranked: bool) -> PublicCandidate:
    if not ranked or decision.total is None:
        return PublicCandidate(name=name)
    return PublicCandidate(name=name, rank=decision.rank, total=format(decision.total, ".2f"))

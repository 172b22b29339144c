"""Screening: the verifiers' list, and their verdicts."""

from datetime import datetime
from typing import Literal

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlmodel import Session, col, select

from api.applications import READERS
from api.idempotency import OnceKey, Reply, write
from api.problems import problems
from api.security import Caller, SignedIn, require, scopes_of
from api.selections import watched
from api.services import Parts
from api.shapes import Body, Text
from domain.refusals import Refused
from domain.words import CaseKind, Stage, Verdict
from records import screening
from records.applications import dossier, pinned_rules
from records.assignments import people_by_id
from records.audit import Writer
from records.screening import Given, Outcome, Row
from records.selections import state_of
from records.tables import Application, Assignment, Person

router = APIRouter(prefix="/api/v1", tags=["screening"])


class OpinionOut(BaseModel):
    """What one verifier found."""

    verifier_id: str
    verifier: str
    verdict: str
    reason: str
    at: datetime


class RequirementOut(BaseModel):
    """One requirement: what the rules compute, with the arithmetic and the article, and what verifiers say."""

    requirement: str
    title: str
    computed: str
    verdict: str = Field(description="needs_review until enough verifiers agree")
    evidence: str
    rule: str
    citation: str
    confidence: str
    would_satisfy: str
    opinions: list[OpinionOut]
    mine: str | None = Field(description="the caller's own verdict")


class ScreenedOut(BaseModel):
    """One application in screening."""

    application_id: str
    vacancy_id: str
    name: str
    verdict: str
    requirements: list[RequirementOut]


class Screening(BaseModel):
    """The verifiers' list."""

    applications: list[ScreenedOut]


class CheckIn(Body):
    """A verdict on one requirement; overruling the computed one needs a reason."""

    verdict: Literal[Verdict.MET, Verdict.NOT_MET]
    reason: Text = ""


class ChecksIn(Body):
    """Verdicts on several requirements of one application."""

    checks: dict[str, CheckIn] = Field(min_length=1, max_length=60, description="by requirement")


@router.get("/selections/{selection_id}/screening", responses=problems(401, 403, 404))
def list_screening(services: Parts, caller: SignedIn, selection_id: str, vacancy_id: str | None = None) -> Screening:
    """The submitted applications of the lanes that have reached screening, with every requirement."""
    with services.database.read() as session:
        watched(session, caller, selection_id, READERS)
        lanes = {
            v: lane.repeat(Stage.SCREENING)
            for v, lane in state_of(session, selection_id).lanes.items()
            if lane.stage is not Stage.ANNOUNCEMENT and vacancy_id in (None, v)
        }
        if not lanes:
            return Screening(applications=[])
        rules = pinned_rules(session, selection_id)
        found = _submitted(session, lanes)
        outcomes: dict[str, Outcome] = {}
        for repeat in set(lanes.values()):  # one pass, but for lanes whose screening was repeated
            outcomes |= screening.outcomes(session, [a for a in found if lanes[a.vacancy_id] == repeat], rules, repeat)
        return Screening(applications=_shown(session, found, outcomes, caller))


def _submitted(session: Session, vacancy_ids: dict[str, int]) -> list[Application]:
    query = (
        select(Application)
        .where(col(Application.vacancy_id).in_(vacancy_ids), col(Application.submitted_at).is_not(None))
        .where(col(Application.withdrawn_at).is_(None))
        .order_by(col(Application.submitted_at), col(Application.id))
    )
    return list(session.exec(query))


def _shown(
    session: Session, found: list[Application], outcomes: dict[str, Outcome], caller: Caller
) -> list[ScreenedOut]:
    verifiers = {o.verifier_id for x in outcomes.values() for r in x.rows for o in r.opinions}
    people = people_by_id(session, [*verifiers, *(a.person_id for a in found)])
    return [_screened(a, outcomes[a.id], people, caller) for a in found]


def _screened(application: Application, outcome: Outcome, people: dict[str, Person], caller: Caller) -> ScreenedOut:
    return ScreenedOut(
        application_id=application.id,
        vacancy_id=application.vacancy_id,
        name=people[application.person_id].name,
        verdict=outcome.verdict,
        requirements=[_requirement(row, people, caller.id) for row in outcome.rows],
    )


def _requirement(row: Row, people: dict[str, Person], caller_id: str) -> RequirementOut:
    opinions = [OpinionOut(**vars(o), verifier=people[o.verifier_id].name) for o in row.opinions]
    return RequirementOut(
        requirement=row.requirement,
        title=row.title,
        computed=row.computed,
        verdict=row.verdict,
        evidence=row.evidence,
        rule=row.rule,
        citation=row.citation,
        confidence=row.confidence,
        would_satisfy=row.would_satisfy,
        opinions=opinions,
        mine=next((o.verdict for o in row.opinions if o.verifier_id == caller_id), None),
    )


@router.put(
    "/applications/{application_id}/checks/{requirement}",
    response_model=ScreenedOut,
    responses=problems(401, 403, 404, 409),
)
def check(
    services: Parts, caller: SignedIn, key: OnceKey, application_id: str, requirement: str, body: CheckIn
) -> JSONResponse:
    """Give one's verdict on one requirement; one's own may be changed until the result is announced."""
    return write(services, caller.id, key, lambda writer: _check(writer, caller, application_id, {requirement: body}))


@router.put(
    "/applications/{application_id}/checks",
    response_model=ScreenedOut,
    responses=problems(401, 403, 404, 409),
)
def check_several(services: Parts, caller: SignedIn, key: OnceKey, application_id: str, body: ChecksIn) -> JSONResponse:
    """Give one's verdicts on several requirements of an application at once; all of them or none."""
    return write(services, caller.id, key, lambda writer: _check(writer, caller, application_id, body.checks))


def _check(writer: Writer, caller: Caller, application_id: str, checks: dict[str, CheckIn]) -> Reply:
    session = writer.session
    application = dossier(session, application_id).application
    author = caller.author(_verifier(caller, application))
    opinions = {name: Given(Verdict(given.verdict), given.reason) for name, given in checks.items()}
    outcome = screening.check(writer, application, opinions, caller.at, author)
    return Reply(200, _shown(session, [application], {application.id: outcome}, caller)[0])


def _verifier(caller: Caller, application: Application) -> Assignment:
    """The caller's assignment as verifier; an applicant never verifies himself.

    Raises:
        Refused: `not-allowed`, `unknown-application` to strangers.
    """
    scope = scopes_of(CaseKind.SELECTION, application.selection_id)
    try:
        assignment = require(caller, READERS, application.agency_id, scope, act="check_requirement")
    except Refused as refused:
        unseen = Refused("unknown-application", application=application.id)
        raise (unseen if refused.code == "not-found" else refused) from None
    if application.person_id == caller.id:
        raise Refused("recused")
    return assignment

"""Office terms, performance contracts and reviews: reading them, drafting, issuing and reporting."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Header, Path
from fastapi.responses import JSONResponse
from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from api.contract_shapes import (
    CheckInIn,
    CheckInOut,
    CoachingIn,
    ContractOut,
    DraftIn,
    PlanIn,
    ReviewOut,
    StatementOut,
    TermOut,
    TermRow,
)
from api.contract_views import check_in_out, contract_out, quarter_out, review_out, term_out
from api.documents import DocumentOut, document_out
from api.editing import if_match, with_etag
from api.idempotency import OnceKey, Reply, write
from api.paging import Cursor, Limit, Page, decode, encode, text
from api.problems import problems
from api.security import Caller, SignedIn, require, scopes_of
from api.services import Parts
from api.shapes import Id
from domain.acts import ACTS
from domain.annex import Annex, BudgetLine, IndicatorDraft
from domain.case import workflow_id
from domain.refusals import Refused
from domain.words import CaseKind, Role
from records import check_ins, contracts, journal, requests
from records.achievements import check_ins_of
from records.assignments import people_by_id
from records.audit import Writer, sha256_of
from records.check_ins import Reported
from records.tables import Assignment, Case, Contract, OfficeTerm, Post, Review

router = APIRouter(prefix="/api/v1", tags=["contracts"])

WATCHERS: Final = (
    Role.SECRETARIAT,
    Role.PPK,
    Role.PYB,
    Role.PERFORMANCE_TEAM,
    Role.OBSERVER,
    Role.SUPERIOR,
    Role.OFFICIAL,
)
_DRAFTERS: Final = (Role.OFFICIAL, Role.SUPERIOR, Role.SECRETARIAT)
CaseId = Annotated[str, Path(pattern=r"^[0-9a-z-]{1,40}$")]
Quarter = Annotated[str, Path(pattern=r"^\d{4}-Q[1-4]$", examples=["2027-Q3"])]
Month = Annotated[str, Path(pattern=r"^\d{4}-(0[1-9]|1[0-2])$", examples=["2028-03"])]
OptionalMatch = Annotated[str | None, Header(alias="If-Match", description="of an earlier report of this quarter")]


# -- reading -------------------------------------------------------------------------------------------------------


@router.get("/terms", responses=problems(401))
def list_terms(
    services: Parts, caller: SignedIn, post_id: Id | None = None, limit: Limit = 50, cursor: Cursor = None
) -> Page[TermRow]:
    """The office terms one may see, the latest inauguration first: of one's agencies, and one's own."""
    with services.database.read() as session:
        found = terms_seen(session, caller, post_id, decode(cursor, date.fromisoformat, text), limit + 1)
        posts = {p.id: p for p in session.exec(select(Post).where(col(Post.id).in_([t.post_id for t in found])))}
        people = people_by_id(session, [t.person_id for t in found])
        keys = [workflow_id(CaseKind.TERM, t.id) for t in found]
        states = journal.states_of(session, list(session.exec(select(Case).where(col(Case.key).in_(keys)))))
    rows = [
        TermRow(
            **t.model_dump(include={"id", "agency_id", "post_id", "person_id", "inaugurated_on"}),
            post=posts[t.post_id].title,
            unit=posts[t.post_id].unit,
            official=people[t.person_id].name,
            stage=states[workflow_id(CaseKind.TERM, t.id)].stage,
        )
        for t in found[:limit]
    ]
    more = encode(found[limit - 1].inaugurated_on, found[limit - 1].id) if len(found) > limit else None
    return Page(items=rows, next_cursor=more)


def terms_seen(
    session: Session, caller: Caller, post_id: str | None, after: Sequence[Any] | None, limit: int
) -> list[OfficeTerm]:
    """The office terms that the caller may see, the latest inauguration first."""
    mine = [a for a in caller.assignments if a.role in WATCHERS]
    query = select(OfficeTerm).order_by(col(OfficeTerm.inaugurated_on).desc(), col(OfficeTerm.id).desc())
    if not any(a.scope_kind == "platform" and a.role == Role.OBSERVER for a in mine):
        agencies = [a.scope_id for a in mine if a.scope_kind == "agency"]
        terms = [a.scope_id for a in mine if a.scope_kind == "term"]
        own = col(OfficeTerm.person_id) == caller.id
        query = query.where(or_(own, col(OfficeTerm.agency_id).in_(agencies), col(OfficeTerm.id).in_(terms)))
    if post_id is not None:
        query = query.where(col(OfficeTerm.post_id) == post_id)
    if after is not None:
        day, last = after
        same = and_(col(OfficeTerm.inaugurated_on) == day, col(OfficeTerm.id) < last)
        query = query.where(or_(col(OfficeTerm.inaugurated_on) < day, same))
    return list(session.exec(query.limit(limit)))


@router.get("/terms/{term_id}", responses=problems(401, 403, 404))
def get_term(services: Parts, caller: SignedIn, term_id: CaseId) -> TermOut:
    """An official in a post, with the contract years and reviews of his term."""
    with services.database.read() as session:
        return term_out(session, watched_term(session, caller, CaseKind.TERM, term_id), caller.at)


@router.get("/contracts/{contract_id}", response_model=ContractOut, responses=problems(401, 403, 404))
def get_contract(services: Parts, caller: SignedIn, contract_id: CaseId) -> JSONResponse:
    """A contract year: texts, reports with their achievements, results, and what lint says about the draft."""
    with services.database.read() as session:
        watched_term(session, caller, CaseKind.CONTRACT, contract_id)
        contract = session.get_one(Contract, contract_id)
        return with_etag(contract_out(session, contract), contract.version)


@router.get("/reviews/{review_id}", responses=problems(401, 403, 404))
def get_review(services: Parts, caller: SignedIn, review_id: CaseId) -> ReviewOut:
    """A review: the eleven gates and what proves each, its letters and its clocks."""
    with services.database.read() as session:
        watched_term(session, caller, CaseKind.REVIEW, review_id)
        return review_out(session, session.get_one(Review, review_id))


def watched_term(session: Session, caller: Caller, kind: CaseKind, case_id: str) -> OfficeTerm:
    """The office term of a case that the caller may follow; the official himself always may.

    Raises:
        Refused: `unknown-case` (404) also to strangers; `not-allowed` to others of the agency.
    """
    case = journal.case_of(session, workflow_id(kind, case_id))
    ((_, term_id),) = scopes_of(kind, case_id)
    term = session.get_one(OfficeTerm, term_id)
    if term.person_id == caller.id:
        return term
    try:
        require(caller, WATCHERS, case.agency_id, scopes_of(kind, case_id), act=kind)
    except Refused as refused:
        stranger = refused.code == "not-found"
        raise (Refused("unknown-case", case=case.key) if stranger else refused) from None
    return term


# -- writing -------------------------------------------------------------------------------------------------------


@router.put(
    "/contracts/{contract_id}/draft",
    response_model=ContractOut,
    responses=problems(401, 403, 404, 409, 412, 428),
)
def put_draft(
    services: Parts,
    caller: SignedIn,
    key: OnceKey,
    contract_id: CaseId,
    body: DraftIn,
    version: int = Depends(if_match),
) -> JSONResponse:
    """Replace the annex of the draft: of the first text until somebody signed it, later of the next amendment."""

    def work(writer: Writer) -> Reply:
        assignment = _party(writer.session, caller, CaseKind.CONTRACT, contract_id, _DRAFTERS, "save_draft")
        author = caller.author(assignment)
        contract, _ = contracts.save_draft(writer, author, caller.at, contract_id, _annex(body), version)
        return Reply(200, contract_out(writer.session, contract), contract.version)

    return write(services, caller.id, key, work)


@router.post(
    "/contracts/{contract_id}/issue",
    status_code=201,
    response_model=DocumentOut,
    responses=problems(401, 403, 404, 409),
)
def issue(services: Parts, caller: SignedIn, key: OnceKey, contract_id: CaseId) -> JSONResponse:
    """Issue the first text for signature, mailed to both parties. Sign `sha256` of the answer as version 1."""

    def work(writer: Writer) -> Reply:
        assignment = _party(writer.session, caller, CaseKind.CONTRACT, contract_id, _DRAFTERS, "issue_draft")
        document = contracts.issue_draft(writer, caller.author(assignment), caller.at, contract_id)
        return Reply(201, document_out(document))

    return write(services, caller.id, key, work)


@router.put(
    "/contracts/{contract_id}/check-ins/{period}",
    response_model=CheckInOut,
    responses=problems(401, 403, 404, 409, 412, 428),
)
def put_check_in(
    services: Parts,
    caller: SignedIn,
    key: OnceKey,
    contract_id: CaseId,
    period: Quarter,
    body: CheckInIn,
    match: OptionalMatch = None,
) -> JSONResponse:
    """Report a quarter: all actuals it asks for. It may be reported anew until the superior has verified it."""
    version = if_match(match) if match is not None else None

    def work(writer: Writer) -> Reply:
        session = writer.session
        assignment = _party(session, caller, CaseKind.CONTRACT, contract_id, [Role.OFFICIAL], "submit_check_in")
        year, _, quarter = period.partition("-Q")
        if not contract_id.endswith(f"-{year}"):
            raise Refused("no-such-quarter", quarter=period, quarters=contract_id.rpartition("-")[2])
        actuals = {a.indicator_id: Reported(a.value, a.evidence) for a in body.actuals}
        author = caller.author(assignment)
        row = check_ins.submit_check_in(
            writer, author, caller.at, contract_id, int(quarter), actuals, body.note, version
        )
        return Reply(200, quarter_out(session, contract_id, row), row.version)

    return write(services, caller.id, key, work)


@router.put(
    "/reviews/{review_id}/check-ins/{period}", response_model=CheckInOut, responses=problems(401, 403, 404, 409)
)
def put_coaching(
    services: Parts, caller: SignedIn, key: OnceKey, review_id: CaseId, period: Month, body: CoachingIn
) -> JSONResponse:
    """Note a month's coaching: the superior both parts, the official his own note. What is left out stays."""

    def work(writer: Writer) -> Reply:
        session = writer.session
        roles = [Role.SUPERIOR] if body.feedback is not None else [Role.SUPERIOR, Role.OFFICIAL]
        assignment = _party(session, caller, CaseKind.REVIEW, review_id, roles, "record_coaching")
        earlier = check_ins_of(session, review_id, CaseKind.REVIEW).get(period)
        note = body.note if body.note is not None else (earlier.note if earlier else "")
        feedback = body.feedback if body.feedback is not None else (earlier.feedback if earlier else "")
        author = caller.author(assignment)
        row = check_ins.record_coaching(writer, author, caller.at, review_id, note, feedback)
        if row.period != period:
            raise Refused("validation", field="path.period", expected=row.period)
        return Reply(200, check_in_out(row, []), row.version)

    return write(services, caller.id, key, work)


@router.post(
    "/reviews/{review_id}/plan", status_code=201, response_model=StatementOut, responses=problems(401, 403, 404, 409)
)
def store_plan(services: Parts, caller: SignedIn, key: OnceKey, review_id: CaseId, body: PlanIn) -> JSONResponse:
    """Store the improvement plan's text. The act `set_plan` then names it as `plan_id`."""

    def work(writer: Writer) -> Reply:
        session = writer.session
        assignment = _party(session, caller, CaseKind.REVIEW, review_id, [Role.SUPERIOR], "set_plan")
        case = journal.case_of(session, workflow_id(CaseKind.REVIEW, review_id))
        act = ACTS[CaseKind.REVIEW, "set_plan"]
        plan_id = requests.store_reason(session, case, caller.id, act, body.text, caller.at)
        assert plan_id is not None
        stored = StatementOut(plan_id=plan_id, sha256=sha256_of(body.text))
        writer.audit(case.agency_id, caller.at, caller.author(assignment), "store_plan", case.key, stored.model_dump())
        return Reply(201, stored)

    return write(services, caller.id, key, work)


def _party(
    session: Session, caller: Caller, kind: CaseKind, case_id: str, roles: Sequence[Role], act: str
) -> Assignment:
    """The assignment by which the caller may write to this contract or review."""
    term = watched_term(session, caller, kind, case_id)
    return require(caller, roles, term.agency_id, scopes_of(kind, case_id), act=act)


def _annex(body: DraftIn) -> Annex:
    indicators = tuple(
        IndicatorDraft(
            **i.model_dump(exclude={"quarterly", "weight"}),
            quarterly=tuple(i.quarterly),
            weight=Decimal(i.weight) if i.weight is not None else None,
        )
        for i in body.indicators
    )
    return Annex(indicators, tuple(BudgetLine(b.programme, b.amount, b.note) for b in body.budget))

"""Score sheets: what one has to score, declaring that nothing binds one, sealing."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Self

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, model_validator

from api.idempotency import OnceKey, Reply, write
from api.problems import audit_refusal, problems
from api.security import Caller, SignedIn, scopes_of
from api.services import Parts
from api.shapes import Body, Text
from domain.refusals import Refused
from domain.words import CaseKind, Component, Role
from records import sheets
from records.applications import dossier
from records.audit import Author, Writer
from records.sheets import Given, Task
from records.tables import Application, Sheet

router = APIRouter(prefix="/api/v1", tags=["sheets"])
_JUDGES = (Role.ASSESSOR, Role.COMMITTEE)
_READERS = (Role.COMMITTEE, Role.OBSERVER, Role.PPK, Role.PYB)

Score = Annotated[str, Field(pattern=r"^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$", examples=["82.50"])]


class SheetIn(Body):
    """A score from 0 to 100 with at most two decimals, or `absent`; absence is a status, never a zero."""

    score: Score | None = None
    absent: bool = False
    note: Text = ""

    @model_validator(mode="after")
    def _either(self) -> Self:
        if (self.score is None) is not self.absent:
            raise ValueError("either a score or absent")
        return self


class SheetOut(BaseModel):
    """A sealed sheet; `sha256` stands in the audit chain since `sealed_at`."""

    id: str
    application_id: str
    component: str
    repeat: int
    assessor_id: str
    score: str | None
    absent: bool
    note: str
    sha256: str
    sealed_at: datetime


class TaskOut(BaseModel):
    """A sheet to give, or given."""

    vacancy_id: str
    post: str
    component: str
    application_id: str
    candidate: str
    since: datetime
    declared: bool
    recused: bool
    sealed: bool
    sheet: SheetOut | None


class Tasks(BaseModel):
    """What one has to score."""

    sheets: list[TaskOut]


class Sheets(BaseModel):
    """Sheets that one may read."""

    sheets: list[SheetOut]


class DeclarationIn(Body):
    """That nothing binds the judge to this applicant. A conflict is declared by the act `recuse`."""

    none: bool


class DeclarationOut(BaseModel):
    """A declaration on record."""

    application_id: str
    person_id: str
    none: bool = True
    at: datetime


def sheet_out(sheet: Sheet) -> SheetOut:
    """A sheet on the wire."""
    plain = sheet.model_dump(include=set(SheetOut.model_fields) - {"score"})
    return SheetOut(**plain, score=None if sheet.score is None else format(sheet.score, ".2f"))


@router.get("/me/sheets", responses=problems(401))
def my_sheets(services: Parts, caller: SignedIn) -> Tasks:
    """What I have to score in the stages under way, and what I have sealed."""
    with services.database.read() as session:
        return Tasks(sheets=[_task(t) for t in sheets.tasks(session, caller.id)])


def _task(task: Task) -> TaskOut:
    return TaskOut(
        vacancy_id=task.vacancy.id,
        post=task.vacancy.title,
        component=task.component,
        application_id=task.application_id,
        candidate=task.candidate,
        since=task.since,
        declared=task.declared,
        recused=task.recused,
        sealed=task.sheet is not None,
        sheet=sheet_out(task.sheet) if task.sheet else None,
    )


@router.post(
    "/applications/{application_id}/conflict-declarations",
    status_code=201,
    response_model=DeclarationOut,
    responses=problems(401, 403, 404, 409),
)
def declare(services: Parts, caller: SignedIn, key: OnceKey, application_id: str, body: DeclarationIn) -> JSONResponse:
    """Declare, before scoring, that nothing binds one to this applicant."""
    if not body.none:
        raise Refused("declare-by-recusal")

    def work(writer: Writer) -> Reply:
        application = dossier(writer.session, application_id).application
        row = sheets.declare(writer, application, caller.at, _judge(caller, application))
        return Reply(201, DeclarationOut(application_id=application.id, person_id=caller.id, at=row.at))

    return write(services, caller.id, key, work)


def _judge(caller: Caller, application: Application) -> Author:
    """The caller as a judge of this round.

    Raises:
        Refused: `unknown-application` to strangers, `not-allowed` to the others.
    """
    scope = scopes_of(CaseKind.SELECTION, application.selection_id)
    found = caller.holds(_JUDGES, application.agency_id, scope)
    if found is not None:
        return caller.author(found)
    if not caller.knows(application.agency_id):
        raise Refused("unknown-application", application=application.id)
    raise Refused("not-allowed", act="seal_sheet", roles=", ".join(_JUDGES))


@router.put(
    "/applications/{application_id}/sheets/{component}",
    response_model=SheetOut,
    status_code=200,
    responses={201: {"model": SheetOut}, **problems(401, 403, 404, 409)},
)
def seal(
    services: Parts, caller: SignedIn, key: OnceKey, application_id: str, component: Component, body: SheetIn
) -> JSONResponse:
    """Seal a sheet. It cannot be changed; the same content again answers with the sheet that is there."""
    with services.database.read() as session:
        application = dossier(session, application_id).application
    given = Given(Decimal(body.score) if body.score is not None else None, body.absent, body.note)

    def work(writer: Writer) -> Reply:
        author = _judge(caller, application)
        sheet, new = sheets.seal(writer, application, component, given, caller.at, author)
        return Reply(201 if new else 200, sheet_out(sheet))

    try:
        return write(services, caller.id, key, work)
    except Refused as refused:
        if refused.code != "unknown-application":
            subject = f"application/{application_id}"
            audit_refusal(services, caller.author(), application.agency_id, caller.at, "seal_sheet", subject, refused)
        raise


@router.get("/applications/{application_id}/sheets", responses=problems(401, 404))
def read_sheets(services: Parts, caller: SignedIn, application_id: str) -> Sheets:
    """The opened sheets on an application, for those who watch the round; a judge's own at any time."""
    with services.database.read() as session:
        application = dossier(session, application_id).application
        scope = scopes_of(CaseKind.SELECTION, application.selection_id)
        if caller.holds(_READERS, application.agency_id, scope):
            visible = {s.id: s for s in sheets.opened(session, application)}
        elif caller.holds((Role.ASSESSOR,), application.agency_id, scope):
            visible = {}
        else:
            raise Refused("unknown-application", application=application_id)
        visible |= {s.id: s for s in sheets.mine(session, application, caller.id)}
        return Sheets(sheets=[sheet_out(s) for s in visible.values()])

"""Applications: drafting, submitting, withdrawing, and following them."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse
from sqlmodel import Session, col, select

from api.application_shapes import (
    ApplicationIn,
    ApplicationOut,
    ApplicationRows,
    ProfileIn,
    ReceiptOut,
    application_out,
    application_row,
)
from api.editing import if_match, with_etag
from api.idempotency import OnceKey, Reply, write
from api.problems import audit_refusal, problems
from api.scans import look_again
from api.security import Caller, SignedIn, require, scopes_of
from api.selections import watched
from api.services import Parts
from domain.refusals import Refused
from domain.words import CaseKind, Role
from records import applications, submission, tracking
from records.applications import Dossier, current_uploads, dossier
from records.assignments import people_by_id
from records.audit import Author, Writer
from records.profiles import missing_fields
from records.tables import Application, Assignment, Document, Vacancy
from records.tracking import Tracking

router = APIRouter(prefix="/api/v1", tags=["applications"])
READERS: Final = (Role.COMMITTEE, Role.SECRETARIAT)
_JUDGES: Final = (Role.COMMITTEE, Role.ASSESSOR)


def readable(session: Session, caller: Caller, application_id: str) -> Dossier:
    """An application of one's own, or one that one serves as committee or secretariat.

    Raises:
        Refused: `unknown-application`; nobody else learns that it exists.
    """
    found = dossier(session, application_id)
    if found.application.person_id != caller.id and serving(caller, found.application) is None:
        raise Refused("unknown-application", application=application_id)
    return found


def serving(caller: Caller, application: Application, roles: tuple[Role, ...] = READERS) -> Assignment | None:
    """The assignment by which the caller serves this application's round."""
    scope = scopes_of(CaseKind.SELECTION, application.selection_id)
    return caller.holds(roles, application.agency_id, scope)


def editor(session: Session, caller: Caller, application_id: str) -> Author:
    """Who may change a draft: its applicant, or the secretariat where it was entered on behalf.

    Raises:
        Refused: `unknown-application`, `not-allowed`.
    """
    application = readable(session, caller, application_id).application
    if application.source != applications.ON_BEHALF and application.person_id == caller.id:
        return caller.author()
    assignment = serving(caller, application, (Role.SECRETARIAT,))
    if application.source == applications.ON_BEHALF and assignment is not None:
        return caller.author(assignment)
    raise Refused("not-allowed", act="edit_application", roles=Role.CANDIDATE)


def shown(session: Session, caller: Caller, found: Dossier) -> ApplicationOut:
    """An application in full; readers and the applicant need the number."""
    uploads = current_uploads(session, found.application.id)
    present = {u.code for u in uploads}
    documents = [d["code"] for d in found.vacancy.documents if d.get("required", True) and d["code"] not in present]
    missing = [*missing_fields(found.application.profile, found.person, found.vacancy), *documents]
    return application_out(found, uploads, missing, found.person.nip)


@router.post(
    "/vacancies/{vacancy_id}/applications",
    status_code=201,
    response_model=ApplicationOut,
    responses=problems(401, 403, 404, 409),
)
def begin(services: Parts, caller: SignedIn, key: OnceKey, vacancy_id: str, body: ApplicationIn) -> JSONResponse:
    """Begin an application; it counts when it is submitted. One a person and vacancy."""

    def work(writer: Writer) -> Reply:
        session = writer.session
        _vacancy, selection = applications.published_vacancy(session, vacancy_id)
        scope = scopes_of(CaseKind.SELECTION, selection.id)
        on_behalf = body.person_id is not None and body.person_id != caller.id
        author = caller.author()
        if on_behalf:
            office = require(caller, [Role.SECRETARIAT], selection.agency_id, scope, act="begin_application")
            author = caller.author(office)
        elif caller.holds(_JUDGES, selection.agency_id, scope):
            raise Refused("duties-conflict", role=Role.CANDIDATE, other=Role.COMMITTEE)
        person_id = body.person_id or caller.id
        made = applications.begin(
            writer, vacancy_id, person_id, body.profile.stored(), caller.at, author, on_behalf=on_behalf
        )
        return Reply(201, shown(session, caller, dossier(session, made.id)), made.version)

    return write(services, caller.id, key, work)


@router.get("/me/applications", responses=problems(401))
def my_applications(services: Parts, caller: SignedIn) -> ApplicationRows:
    """One's own applications, the newest first."""
    with services.database.read() as session:
        query = (
            select(Application, Vacancy)
            .join(Vacancy, col(Vacancy.id) == col(Application.vacancy_id))
            .where(col(Application.person_id) == caller.id)
            .order_by(col(Application.created_at).desc())
        )
        rows = [application_row(a, v.title, caller.person.name, caller.person.nip) for a, v in session.exec(query)]
    return ApplicationRows(applications=rows)


@router.get("/selections/{selection_id}/applications", responses=problems(401, 403, 404))
def round_applications(services: Parts, caller: SignedIn, selection_id: str) -> ApplicationRows:
    """The submitted applications of a round, in the order of submission."""
    with services.database.read() as session:
        watched(session, caller, selection_id, READERS)
        query = (
            select(Application, Vacancy)
            .join(Vacancy, col(Vacancy.id) == col(Application.vacancy_id))
            .where(col(Application.selection_id) == selection_id, col(Application.submitted_at).is_not(None))
            .order_by(col(Application.submitted_at), col(Application.id))
        )
        rows = session.exec(query).all()
        people = people_by_id(session, [a.person_id for a, _ in rows])
    named = [(a, v, people[a.person_id]) for a, v in rows]
    return ApplicationRows(applications=[application_row(a, v.title, p.name, p.nip) for a, v, p in named])


@router.get("/applications/{application_id}", response_model=ApplicationOut, responses=problems(401, 404))
def get_application(services: Parts, caller: SignedIn, application_id: str) -> JSONResponse:
    """An application with its files and what it still lacks."""
    with services.database.read() as session:
        found = readable(session, caller, application_id)
        return with_etag(shown(session, caller, found), found.application.version)


@router.patch(
    "/applications/{application_id}",
    response_model=ApplicationOut,
    responses=problems(401, 403, 404, 409, 412, 428),
)
def edit_application(
    services: Parts,
    caller: SignedIn,
    key: OnceKey,
    application_id: str,
    body: ProfileIn,
    version: Annotated[int, Depends(if_match)],
) -> JSONResponse:
    """Change parts of a draft's profile; fields that are left out stay."""

    def work(writer: Writer) -> Reply:
        author = editor(writer.session, caller, application_id)
        before = dossier(writer.session, application_id).application.profile
        profile = {**before, **body.model_dump(mode="json", exclude_unset=True)}
        applications.edit_profile(writer, application_id, version, profile, caller.at, author)
        found = dossier(writer.session, application_id)
        return Reply(200, shown(writer.session, caller, found), found.application.version)

    return write(services, caller.id, key, work)


@router.post(
    "/applications/{application_id}/confirm",
    response_model=ApplicationOut,
    responses=problems(401, 403, 404, 409),
)
def confirm(services: Parts, caller: SignedIn, key: OnceKey, application_id: str) -> JSONResponse:
    """A second person of the secretariat confirms an application that was entered on behalf."""

    def work(writer: Writer) -> Reply:
        application = readable(writer.session, caller, application_id).application
        scope = scopes_of(CaseKind.SELECTION, application.selection_id)
        assignment = require(caller, [Role.SECRETARIAT], application.agency_id, scope, act="confirm_application")
        applications.confirm(writer, application_id, caller.at, caller.author(assignment))
        found = dossier(writer.session, application_id)
        return Reply(200, shown(writer.session, caller, found), found.application.version)

    return write(services, caller.id, key, work)


@router.post(
    "/applications/{application_id}/submit",
    response_model=ReceiptOut,
    responses=problems(401, 403, 404, 409),
)
def submit(services: Parts, caller: SignedIn, key: OnceKey, application_id: str) -> JSONResponse:
    """Submit, judged by the second at which this request came in. Refused, the draft stays; repeated, one receipt."""
    with services.database.read() as session:
        author = editor(session, caller, application_id)
        agency_id = dossier(session, application_id).application.agency_id
    look_again(services, application_id, author, caller.at)
    all_scanned = services.settings.scanner.required

    def work(writer: Writer) -> Reply:
        receipt = submission.submit(writer, application_id, caller.at, author, all_scanned=all_scanned)
        application = dossier(writer.session, application_id).application
        return Reply(200, _receipt(application, receipt), application.version)

    try:
        return write(services, caller.id, key, work)
    except Refused as refused:
        subject = f"application/{application_id}"
        audit_refusal(services, author, agency_id, caller.at, "submit_application", subject, refused)
        raise


def _receipt(application: Application, receipt: Document) -> ReceiptOut:
    assert application.submitted_at is not None
    return ReceiptOut(
        application_id=application.id,
        submitted_at=application.submitted_at,
        receipt_id=receipt.id,
        number=receipt.number,
        issued_on=receipt.issued_on,
        sha256=receipt.inputs_sha256,
        verification=receipt.id,
    )


@router.post(
    "/applications/{application_id}/withdraw",
    response_model=ApplicationOut,
    responses=problems(401, 403, 404, 409),
)
def withdraw(services: Parts, caller: SignedIn, key: OnceKey, application_id: str) -> JSONResponse:
    """Withdraw, at any time before the post is filled."""

    def work(writer: Writer) -> Reply:
        found = readable(writer.session, caller, application_id)
        if found.application.person_id != caller.id and found.application.source != applications.ON_BEHALF:
            raise Refused("not-allowed", act="withdraw_application", roles=Role.CANDIDATE)
        author = caller.author(serving(caller, found.application, (Role.SECRETARIAT,)))
        applications.withdraw(writer, application_id, caller.at, author)
        after = dossier(writer.session, application_id)
        return Reply(200, shown(writer.session, caller, after), after.application.version)

    return write(services, caller.id, key, work)


@router.post(
    "/applications/{application_id}/reopen",
    response_model=ApplicationOut,
    responses=problems(401, 403, 404, 409),
)
def reopen(services: Parts, caller: SignedIn, key: OnceKey, application_id: str) -> JSONResponse:
    """Take a submitted or withdrawn application back to a draft, to mend it while the window is open."""

    def work(writer: Writer) -> Reply:
        author = editor(writer.session, caller, application_id)
        submission.reopen(writer, application_id, caller.at, author)
        after = dossier(writer.session, application_id)
        return Reply(200, shown(writer.session, caller, after), after.application.version)

    return write(services, caller.id, key, work)


@router.get("/applications/{application_id}/tracking", responses=problems(401, 404))
def track(services: Parts, caller: SignedIn, application_id: str) -> Tracking:
    """Where the application stands: what is done, what comes next and by when under which rule, why a date moved."""
    with services.database.read() as session:
        found = readable(session, caller, application_id)
        return tracking.of(session, found, caller.at)

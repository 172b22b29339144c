"""Assignments: who holds which role, where, from when until when, on which decree."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from api.agencies import keeper
from api.idempotency import OnceKey, Reply, write
from api.problems import problems
from api.security import Caller, SignedIn, require, require_admin
from api.services import Parts
from api.shapes import AssignmentOut, Body, Id, LetterNumber, Moment, assignment_out
from domain.refusals import Refused
from domain.words import CommitteePosition, Element, HoldingKind, Role
from records import assigning, assignments
from records.audit import PLATFORM, Writer
from records.tables import Assignment

router = APIRouter(prefix="/api/v1", tags=["agencies"])
_READERS = (Role.SECRETARIAT, Role.PPK, Role.PYB, Role.OBSERVER, Role.ADMIN)
_BY_ADMIN = (Role.SECRETARIAT, Role.PPK, Role.PYB, Role.OBSERVER)  # nobody gives himself power over the process


class AssignmentIn(Body):
    """A role in a scope of the agency; `since` is now where it is left out. A committee member has seat and element."""

    person_id: Id
    role: Role
    scope_kind: Literal["agency", "selection", "term"]
    scope_id: Id
    kind: HoldingKind = HoldingKind.DEFINITIVE
    element: Element | Literal[""] = ""
    position: CommitteePosition | Literal[""] = ""
    party_member: bool = False
    kin_of: list[Id] = Field(default=[], max_length=20, description="declared: people of the round he is kin to")
    since: Moment | None = None
    until: Moment | None = None
    basis: LetterNumber


class PlatformAssignmentIn(Body):
    """A role for the whole installation."""

    person_id: Id
    role: Literal[Role.ADMIN, Role.OBSERVER]
    since: Moment | None = None
    until: Moment | None = None
    basis: LetterNumber


class Ending(Body):
    """When a role ends, and on what basis."""

    until: Moment | None = Field(default=None, description="now where it is left out")
    basis: str = Field(default="", max_length=120)


class Assignments(BaseModel):
    """Assignments, and the instant they were read at."""

    assignments: list[AssignmentOut]
    at: datetime


@router.post(
    "/agencies/{agency_id}/assignments",
    status_code=201,
    response_model=AssignmentOut,
    responses=problems(401, 403, 404, 409),
)
def assign(services: Parts, caller: SignedIn, key: OnceKey, agency_id: str, body: AssignmentIn) -> JSONResponse:
    """Give a role from a date, on a decree: the admin any, the secretariat those that don't rule the process."""
    author = caller.author(_giver(caller, body.role, agency_id))
    seated = body.role is Role.COMMITTEE
    if seated and not (body.position and body.element):
        raise Refused("seat-needed")
    given = Assignment(
        agency_id=agency_id,
        person_id=body.person_id,
        role=body.role,
        scope_kind=body.scope_kind,
        scope_id=body.scope_id,
        kind=body.kind,
        element=body.element if seated else "",
        position=body.position if seated else "",
        party_member=body.party_member,
        kin_of=",".join(body.kin_of),
        since=body.since or caller.at,
        until=body.until,
        basis=body.basis,
    )

    def work(writer: Writer) -> Reply:
        return Reply(201, assignment_out(assigning.assign(writer, given, caller.at, author)))

    return write(services, caller.id, key, work)


@router.post(
    "/platform/assignments", status_code=201, response_model=AssignmentOut, responses=problems(401, 403, 404, 409)
)
def assign_on_platform(services: Parts, caller: SignedIn, key: OnceKey, body: PlatformAssignmentIn) -> JSONResponse:
    """Name another administrator, or an observer of every agency (administrator)."""
    author = caller.author(require_admin(caller, act="assign_role"))
    plain = body.model_dump(exclude={"since"})
    given = Assignment(**plain, scope_kind="platform", scope_id=PLATFORM, since=body.since or caller.at)

    def work(writer: Writer) -> Reply:
        return Reply(201, assignment_out(assigning.assign(writer, given, caller.at, author)))

    return write(services, caller.id, key, work)


@router.get("/agencies/{agency_id}/assignments", responses=problems(401, 403, 404))
def list_assignments(
    services: Parts,
    caller: SignedIn,
    agency_id: str,
    history: Annotated[bool, Query(description="ended and future ones too")] = False,
) -> Assignments:
    """Everybody's roles in the agency at this moment, or with those that have ended."""
    require(caller, _READERS, agency_id, act="assignments")
    with services.database.read() as session:
        rows = (
            assigning.listed(session, [agency_id], None, None)
            if history
            else assignments.held_at(session, caller.at, agency_id=agency_id)
        )
    return Assignments(assignments=[assignment_out(a) for a in rows], at=caller.at)


@router.post(
    "/agencies/{agency_id}/assignments/{assignment_id}/end",
    response_model=AssignmentOut,
    responses=problems(401, 403, 404, 409),
)
def end(
    services: Parts, caller: SignedIn, key: OnceKey, agency_id: str, assignment_id: str, body: Ending
) -> JSONResponse:
    """End a role; it stays on record."""

    def work(writer: Writer) -> Reply:
        held = assigning.get(writer.session, assignment_id)
        if held.agency_id != agency_id:
            raise Refused("unknown-assignment")
        author = caller.author(_giver(caller, Role(held.role), agency_id))
        until = body.until or caller.at
        return Reply(200, assignment_out(assigning.end(writer, held, until, body.basis, caller.at, author)))

    return write(services, caller.id, key, work)


def _giver(caller: Caller, role: Role, agency_id: str) -> Assignment:
    """Who may give or end this role.

    Raises:
        Refused: `not-allowed`, `not-found` to strangers.
    """
    if role in _BY_ADMIN:
        return require_admin(caller, act="assign_role")
    return keeper(caller, agency_id, "assign_role")

"""The audit chain, read-only: observers and the secretariat see that things were done, and that nothing was altered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlmodel import Session, col, select

from api.paging import Cursor, Limit, Page, decode, encode, whole
from api.problems import problems
from api.security import Caller, SignedIn, require
from api.services import Parts
from api.shapes import Id
from domain.refusals import Refused
from domain.words import Role
from records.tables import Agency, AuditEntry, AuditHead, AuditPayload

router = APIRouter(prefix="/api/v1/audit", tags=["audit"])

READERS: Final = (Role.OBSERVER, Role.SECRETARIAT)
_START: Final = "0" * 64
OfAgency = Annotated[Id | None, Query(description="needed by those who watch several agencies")]
OfSubject = Annotated[str | None, Query(max_length=120, examples=["selection/0k3fzq8m2v1ab"])]


class AuditRow(BaseModel):
    """An entry of the chain. `hash` covers every field here except `salt` and `payload`, and the hash before it."""

    position: int
    at: datetime
    person_id: str
    assignment_id: str
    act: str
    subject: str
    result: str = Field(description="done, or refused:{code}")
    payload_sha256: str
    previous: str
    hash: str
    salt: str | None = Field(description="of the payload's hash; only shown to observers")
    payload: dict[str, Any] | None = Field(description="only shown to observers; null where it was erased")


class Head(BaseModel):
    """The end of an agency's chain: what minutes and receipts print."""

    agency_id: str
    position: int
    hash: str


@router.get("", responses=problems(401, 403, 404))
def list_entries(
    services: Parts,
    caller: SignedIn,
    agency_id: OfAgency = None,
    subject: OfSubject = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[AuditRow]:
    """The chain of an agency, the newest entry first."""
    with services.database.read() as session:
        agency = _agency(session, caller, agency_id)
        payloads = caller.holds([Role.OBSERVER], agency) is not None
        found = _entries(session, agency, subject, _before(cursor), limit + 1)
        bodies = _payloads(session, agency, found[:limit]) if payloads else {}
    rows = [_row(entry, bodies.get(entry.position)) for entry in found[:limit]]
    return Page(items=rows, next_cursor=encode(found[limit - 1].position) if len(found) > limit else None)


@router.get("/head", responses=problems(401, 403, 404))
def get_head(services: Parts, caller: SignedIn, agency_id: OfAgency = None) -> Head:
    """The end of the chain: keep it, and later nobody can cut or change what came before it unseen."""
    with services.database.read() as session:
        agency = _agency(session, caller, agency_id)
        head = session.get(AuditHead, agency)
    return Head(agency_id=agency, position=head.position if head else 0, hash=head.hash if head else _START)


def _agency(session: Session, caller: Caller, named: str | None) -> str:
    """The agency meant: the one named, or the only one the caller watches.

    Raises:
        Refused: `agency-needed`, `not-allowed`, `not-found`.
    """
    agency = named or _only(session, caller)
    require(caller, READERS, agency, act="audit")
    return agency


def _only(session: Session, caller: Caller) -> str:
    mine = list(dict.fromkeys([*caller.agencies(Role.SECRETARIAT), *caller.agencies(Role.OBSERVER)]))
    if not mine and any(a.role == Role.OBSERVER and a.scope_kind == "platform" for a in caller.assignments):
        mine = list(session.exec(select(Agency.id).limit(2)))
    if len(mine) > 1:
        raise Refused("agency-needed")
    if not mine:
        raise Refused("not-allowed", act="audit", roles=", ".join(READERS))
    return mine[0]


def _entries(session: Session, agency_id: str, subject: str | None, before: int | None, limit: int) -> list[AuditEntry]:
    query = select(AuditEntry).where(col(AuditEntry.agency_id) == agency_id)
    if subject is not None:
        query = query.where(col(AuditEntry.subject) == subject)
    if before is not None:
        query = query.where(col(AuditEntry.position) < before)
    return list(session.exec(query.order_by(col(AuditEntry.position).desc()).limit(limit)))


def _payloads(session: Session, agency_id: str, entries: Sequence[AuditEntry]) -> dict[int, AuditPayload]:
    query = select(AuditPayload).where(
        col(AuditPayload.agency_id) == agency_id, col(AuditPayload.position).in_([e.position for e in entries])
    )
    return {p.position: p for p in session.exec(query)}


def _before(cursor: str | None) -> int | None:
    after = decode(cursor, whole)
    return after[0] if after else None


def _row(entry: AuditEntry, payload: AuditPayload | None) -> AuditRow:
    return AuditRow(
        **entry.model_dump(exclude={"agency_id"}),
        salt=payload.salt if payload else None,
        payload=payload.body if payload else None,
    )

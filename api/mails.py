"""Outbound mail as the secretariat sees it: what was sent, what waits, what is dead and may be tried again."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy import and_, case, func, or_
from sqlmodel import Session, col, select

from api.idempotency import OnceKey, Reply, write
from api.paging import Cursor, Limit, Page, decode, encode, instant, text
from api.problems import problems
from api.security import Caller, SignedIn, require
from api.services import Parts
from domain.refusals import Refused
from domain.words import Role
from records.assignments import people_by_id
from records.audit import Writer
from records.mail import try_again
from records.tables import OutboundMail, Person

router = APIRouter(prefix="/api/v1/mails", tags=["mails"])


class MailState(StrEnum):
    """Where a mail stands."""

    WAITING = "waiting"  # not tried yet, or its documents are being made
    RETRYING = "retrying"  # tried in vain, and will be tried again
    SENT = "sent"
    DEAD = "dead"  # given up; the secretariat may send it again


class MailOut(BaseModel):
    """A mail: what it is about and how it fares; whom it goes to is masked."""

    id: str
    case: str
    template: str
    to: str = Field(description="masked", examples=["ra••@tirtawening.example"])
    state: MailState
    documents: int
    created_at: datetime
    attempts: int
    next_try_at: datetime | None = Field(description="real time")
    sent_at: datetime | None = Field(description="real time")
    dead_at: datetime | None = Field(description="real time")
    last_error: str = Field(
        description="the kind of error and the server's code", examples=["SMTPRecipientRefused 550"]
    )


class MailCounts(BaseModel):
    """How many mails stand where."""

    waiting: int = 0
    retrying: int = 0
    sent: int = 0
    dead: int = 0


StateFilter = Annotated[MailState | None, Query(description="only mails in this state; `dead` are the dead letters")]


@router.get("", responses=problems(401, 403))
def list_mails(
    services: Parts, caller: SignedIn, state: StateFilter = None, limit: Limit = 50, cursor: Cursor = None
) -> Page[MailOut]:
    """The mails of the agencies whose secretariat one is, the newest first."""
    agencies = _agencies(caller)
    with services.database.read() as session:
        found = mails_of(session, agencies, state, decode(cursor, instant, text), limit + 1)
        people = people_by_id(session, [m.person_id for m in found])
    rows = [mail_out(m, people[m.person_id]) for m in found[:limit]]
    more = encode(found[limit - 1].created_at.isoformat(), found[limit - 1].id) if len(found) > limit else None
    return Page(items=rows, next_cursor=more)


@router.get("/counts", responses=problems(401, 403))
def count_mails(services: Parts, caller: SignedIn) -> MailCounts:
    """How many mails are waiting, being tried again, sent and dead."""
    agencies = _agencies(caller)
    with services.database.read() as session:
        return counts_of(session, agencies)


@router.post("/{mail_id}/retry", response_model=MailOut, responses=problems(401, 403, 404, 409))
def retry(services: Parts, caller: SignedIn, key: OnceKey, mail_id: str) -> JSONResponse:
    """Let a mail that is waiting for its next try, or was given up, be tried again at once."""

    def work(writer: Writer) -> Reply:
        mail = writer.session.get(OutboundMail, mail_id, with_for_update=True)
        if mail is None or not caller.knows(mail.agency_id):
            raise Refused("unknown-mail")
        assignment = require(caller, [Role.SECRETARIAT], mail.agency_id, act="retry_mail")
        try_again(writer, mail, caller.at, caller.author(assignment))
        return Reply(200, mail_out(mail, writer.session.get_one(Person, mail.person_id)))

    return write(services, caller.id, key, work)


def _agencies(caller: Caller) -> list[str]:
    mine = caller.agencies(Role.SECRETARIAT)
    if not mine:
        raise Refused("not-allowed", act="mails", roles=Role.SECRETARIAT)
    return mine


# -- rows ----------------------------------------------------------------------------------------------------------

_STATE: Final = case(
    (col(OutboundMail.sent_at).is_not(None), MailState.SENT.value),
    (col(OutboundMail.dead_at).is_not(None), MailState.DEAD.value),
    (col(OutboundMail.attempts) > 0, MailState.RETRYING.value),
    else_=MailState.WAITING.value,
)


def mails_of(
    session: Session, agencies: Sequence[str] | None, state: MailState | None, after: Sequence[Any] | None, limit: int
) -> list[OutboundMail]:
    """Mails, the newest first, of some agencies or (none) of all."""
    query = select(OutboundMail).order_by(col(OutboundMail.created_at).desc(), col(OutboundMail.id).desc())
    if agencies is not None:
        query = query.where(col(OutboundMail.agency_id).in_(agencies))
    if state is not None:
        query = query.where(_STATE.in_([state.value]))
    if after is not None:
        at, last = after
        same = and_(col(OutboundMail.created_at) == at, col(OutboundMail.id) < last)
        query = query.where(or_(col(OutboundMail.created_at) < at, same))
    return list(session.exec(query.limit(limit)))


def counts_of(session: Session, agencies: Sequence[str] | None) -> MailCounts:
    """How many mails stand where, of some agencies or (none) of all."""
    query = select(_STATE, func.count()).group_by(_STATE)
    if agencies is not None:
        query = query.where(col(OutboundMail.agency_id).in_(agencies))
    return MailCounts(**dict(session.exec(query).all()))


def state_of(mail: OutboundMail) -> MailState:
    """Where a mail stands; the same order as the query's."""
    if mail.sent_at is not None:
        return MailState.SENT
    if mail.dead_at is not None:
        return MailState.DEAD
    return MailState.RETRYING if mail.attempts else MailState.WAITING


def mail_out(mail: OutboundMail, person: Person) -> MailOut:
    """A mail on the wire, its addressee masked."""
    same = {"id", "template", "created_at", "attempts", "next_try_at", "sent_at", "dead_at", "last_error"}
    return MailOut(
        **mail.model_dump(include=same),
        case=mail.case_key,
        to=masked_address(person.mail),
        state=state_of(mail),
        documents=len(mail.document_ids),
    )


def masked_address(address: str) -> str:
    """A mail address for those who need not know it: the first two letters and the domain."""
    name, _, domain = address.partition("@")
    return f"{name[:2]}{'•' * max(len(name) - 2, 2)}@{domain}"

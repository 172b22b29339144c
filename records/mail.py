"""Queueing mail: a row in the transaction that causes it; the dispatcher sends it later, once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_
from sqlmodel import Session, col, select

from domain.refusals import Refused
from records.audit import Author, Writer
from records.tables import OutboundMail


def queue(
    session: Session,
    agency_id: str,
    cause: str,
    person_id: str,
    template: str,
    facts: Mapping[str, Any],
    *,
    at: datetime,
    case_key: str = "",
    document_ids: Sequence[str] = (),
) -> None:
    """One mail for one cause, person and template; a second one of the same key breaks the transaction."""
    session.add(
        OutboundMail(
            agency_id=agency_id,
            key=f"{cause}/{template}/{person_id}",
            case_key=case_key,
            person_id=person_id,
            template=template,
            facts=dict(facts),
            document_ids=list(document_ids),
            created_at=at,
        )
    )


@dataclass(frozen=True)
class Unsent:
    """What has not been sent: never tried, tried in vain, given up; how long it has waited, and what went wrong."""

    waiting: int
    retrying: int
    dead: int
    oldest: datetime | None
    errors: Mapping[str, int]


def unsent(session: Session) -> Unsent:
    """How the mails of the whole installation stand that have not been sent."""
    mails = list(session.exec(select(OutboundMail).where(col(OutboundMail.sent_at).is_(None))))
    alive = [m for m in mails if m.dead_at is None]
    return Unsent(
        waiting=sum(m.attempts == 0 for m in alive),
        retrying=sum(m.attempts > 0 for m in alive),
        dead=len(mails) - len(alive),
        oldest=min((m.created_at for m in mails), default=None),
        errors=dict(Counter(m.last_error for m in mails if m.last_error)),
    )


def tried_in_vain(session: Session) -> list[OutboundMail]:
    """The mails that wait for another try or were given up, locked until the transaction ends."""
    tried = or_(col(OutboundMail.attempts) > 0, col(OutboundMail.dead_at).is_not(None))
    query = select(OutboundMail).where(col(OutboundMail.sent_at).is_(None), tried).order_by(col(OutboundMail.id))
    return list(session.exec(query.with_for_update()))


def try_again(writer: Writer, mail: OutboundMail, at: datetime, author: Author) -> None:
    """Let a mail be tried again at once, as if it never had been.

    Raises:
        Refused: `mail-sent`.
    """
    if mail.sent_at is not None:
        raise Refused("mail-sent", at=mail.sent_at.isoformat())
    earlier = {"attempts": mail.attempts, "dead": mail.dead_at is not None, "error": mail.last_error}
    mail.attempts, mail.dead_at, mail.next_try_at = 0, None, None
    writer.session.add(mail)
    writer.audit(mail.agency_id, at, author, "retry_mail", f"mail/{mail.id}", earlier)

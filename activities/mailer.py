"""The mail dispatcher: leases rows of `outbound_mail`, sends them over SMTP, marks them. It runs on real time.

A mail keeps its Message-ID for life, so that a second delivery (a kill between the server's answer and our mark) can be
recognised. After the last try, or when the server refused it for good, it is a dead letter, which the secretariat sees
and may send again. What is wrong with one mail or one connection holds up no other mail.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from itertools import islice
from typing import Any, Final

import aiosmtplib
from sqlalchemy import case, literal, or_, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_delay, wait_fixed

from activities import press
from activities.documents import press_document, unpressed
from activities.mail_failures import Failure, failure_of
from records.assignments import people_by_id
from records.database import Database
from records.files import FileStore
from records.tables import Agency, Document, OutboundMail, Person
from records.tables.base import Instant
from runtime.clock import monotonic, real_now
from runtime.settings import SmtpSettings

_log = logging.getLogger("selter.mail")
_DOCX: Final = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document", "docx")
_PDF: Final = ("application", "pdf", "pdf")
_FIRST_WAIT: Final = timedelta(seconds=2)
_LONGEST_WAIT: Final = timedelta(hours=1)
_WRITE_AGAIN_AFTER: Final = 10.0  # seconds
_STEP: Final = 1.0  # seconds by which a wall clock is set, not steered
_DOUBLINGS: Final = 12  # tries until the longest wait is reached, after 68 minutes
MAX_ATTEMPTS: Final = _DOUBLINGS + 4 * 24  # more than four days, as RFC 5321 section 4.5.4.1 asks of a sender
_ORDER: Final = (col(OutboundMail.created_at), col(OutboundMail.id))


@dataclass(frozen=True)
class _Ready:
    """A leased mail with everything it needs."""

    mail: OutboundMail
    person: Person
    agency: Agency
    documents: tuple[Document, ...]


class Mailer:
    """Sends what is queued; several may run at once, each leasing its own rows."""

    def __init__(self, database: Database, files: FileStore, smtp: SmtpSettings, base_url: str) -> None:
        self._database = database
        self._files = files
        self._smtp = smtp
        self._base_url = base_url.rstrip("/")
        self._leases_for = timedelta(seconds=2 * (smtp.connect_timeout + smtp.send_timeout))
        self._clocks_apart = _clocks_apart()
        self._patient_until = self._bound_again = monotonic()
        self._unwritten: dict[str, float] = {}  # receipts that could not be written, and when to try them again

    async def run(self, stop: asyncio.Event, *, every: float = 0.5) -> None:
        """Send batches until told to stop; look again after `every` seconds when there is nothing to send."""
        while not stop.is_set():
            try:
                sent = await self.dispatch()
            except Exception:
                _log.exception("the dispatcher failed; it goes on")
                sent = 0
            if not sent:
                try:
                    await asyncio.wait_for(stop.wait(), every)
                except TimeoutError:
                    continue

    async def dispatch(self, limit: int = 25) -> int:
        """Press waiting receipts, then send one batch; returns how many mails were tried."""
        await asyncio.to_thread(self._press_waiting)
        until = monotonic() + self._leases_for.total_seconds() - self._smtp.send_timeout
        ready = deque(await asyncio.to_thread(self._lease, limit))
        leased = len(ready)
        if not ready:
            return 0
        try:
            async with self._connection() as connection:
                # a lease that ends while its mail is being sent would let another send it
                while ready and connection.is_connected and monotonic() <= until:
                    if not await self._send(connection, ready[0], first=len(ready) == leased):
                        break
                    ready.popleft()
        except (aiosmtplib.SMTPException, OSError) as error:
            failure = failure_of(error)
            _log.warning("the mail server does not let us in: %s", failure.reason)
            await asyncio.to_thread(self._failed, [item.mail.id for item in ready], Failure(failure.reason))
            return leased
        if ready:
            await asyncio.to_thread(self._release, [item.mail.id for item in ready])
        return leased - len(ready)

    async def settled(self, *, within: float = 60) -> None:
        """Send until every document is pressed and every mail has left or failed; for the demo's end and for tests.

        Raises:
            TimeoutError: something still waits after that many seconds.
        """
        async with asyncio.timeout(within):
            while await self.dispatch() or await asyncio.to_thread(self._under_way):  # noqa: ASYNC110  # only the record knows
                await asyncio.sleep(0.05)

    def _under_way(self) -> bool:
        """Whether a document waits to be pressed, or a mail that has never been tried waits to be sent."""
        with self._database.read() as session:
            document = select(Document.id).where(col(Document.pressed_at).is_(None))
            mail = select(OutboundMail.id).where(col(OutboundMail.sent_at).is_(None), col(OutboundMail.attempts) == 0)
            return any(session.exec(query.limit(1)).first() is not None for query in (document, mail))

    def _connection(self) -> aiosmtplib.SMTP:
        return aiosmtplib.SMTP(
            hostname=self._smtp.host,
            port=self._smtp.port,
            username=self._smtp.user or None,
            password=self._smtp.password.get_secret_value() or None,
            start_tls=self._smtp.starttls,
            cert_bundle=str(self._smtp.ca_file) if self._smtp.ca_file else None,
            timeout=self._smtp.connect_timeout,
        )

    async def _send(self, connection: aiosmtplib.SMTP, item: _Ready, *, first: bool) -> bool:
        """Send a mail; false when the connection ended, and not for this mail's sake: it was not the first on it."""
        try:
            message = await asyncio.to_thread(self._message, item)
            async with asyncio.timeout(self._smtp.send_timeout):
                await connection.send_message(message, timeout=None)  # the time is for all of it
        except Exception as error:
            if isinstance(error, TimeoutError):  # an answer that comes later would be taken for that of the next mail
                connection.close()
            failure = failure_of(error)
            if failure.hung_up and not first:
                return False
            _log.warning("mail %s did not leave: %s", item.mail.id, failure.reason)
            await asyncio.to_thread(self._failed, [item.mail.id], failure)
        else:
            await self._mark(item.mail.id)
        return True

    async def _mark(self, mail_id: str) -> None:
        """Mark a mail as sent, again while the database is away: what is not marked is sent a second time."""
        async for attempt in AsyncRetrying(
            retry=retry_if_exception_type(DBAPIError),
            wait=wait_fixed(0.2),
            stop=stop_after_delay(self._leases_for),
            reraise=True,
        ):
            with attempt:
                await asyncio.to_thread(self._sent, mail_id)

    # -- building ------------------------------------------------------------------------------------------------

    def _message(self, item: _Ready) -> EmailMessage:
        domain = self._smtp.from_address.rpartition("@")[2]
        facts = {
            **item.mail.facts,
            "agency": item.agency.name,
            "greeting": f"Yth. Bapak/Ibu {item.person.name}",
            "link": f"{self._base_url}/masuk",
        }
        rendered = press.render_mail(item.mail.template, facts)
        message = EmailMessage()
        message["From"] = self._smtp.from_address
        message["To"] = item.person.mail
        message["Subject"] = rendered.subject
        message["Message-ID"] = f"<{item.mail.id}@{domain}>"
        message["Date"] = format_datetime(item.mail.created_at)
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(rendered.body)
        for document in item.documents:
            self._attach(message, document)
        return message

    def _attach(self, message: EmailMessage, document: Document) -> None:
        name = f"{document.kind}-{document.number}".replace("/", "-")
        for sha256, (maintype, subtype, ending) in ((document.docx_sha256, _DOCX), (document.pdf_sha256, _PDF)):
            if sha256:
                content = self._files.get(sha256)
                message.add_attachment(content, maintype=maintype, subtype=subtype, filename=f"{name}.{ending}")

    # -- rows ----------------------------------------------------------------------------------------------------

    def _press_waiting(self) -> None:
        now = monotonic()
        for document_id in unpressed(self._database):
            if self._unwritten.get(document_id, now) > now:
                continue
            try:
                press_document(self._database, self._files, document_id)
            except (press.RenderError, press.ConversionError, OSError):
                _log.exception("receipt %s cannot be written; it holds up no other mail", document_id)
                self._unwritten[document_id] = now + _WRITE_AGAIN_AFTER
            else:
                self._unwritten.pop(document_id, None)

    def _ended_before(self, now: datetime) -> datetime:
        """Before when a lease must have ended to be taken over.

        A wall clock that is set ahead ends leases while their holders are sending: each of them gets its whole time.
        """
        apart = _clocks_apart()
        if abs(apart - self._clocks_apart) > _STEP:
            self._patient_until = monotonic() + self._leases_for.total_seconds()
            self._bound_again = monotonic()
        self._clocks_apart = apart
        return now if monotonic() >= self._patient_until else datetime.min.replace(tzinfo=UTC)

    def _lease(self, limit: int) -> list[_Ready]:
        now = real_now()
        ended_before = self._ended_before(now)
        with self._database.write() as writer:
            if monotonic() >= self._bound_again:
                _bound_waits(writer.session, now, self._leases_for)
                self._bound_again = monotonic() + self._leases_for.total_seconds()
            sendable = _sendable(writer.session, now, ended_before, limit)
            query = (
                select(OutboundMail)
                .where(col(OutboundMail.id).in_(sendable), *_due(now, ended_before))
                .order_by(*_ORDER)
            )
            leased = list(writer.session.exec(query.with_for_update(skip_locked=True)))
            documents = _documents(writer.session, leased)
            for mail in leased:
                mail.leased_until = now + self._leases_for
                writer.session.add(mail)
            people = people_by_id(writer.session, [m.person_id for m in leased])
            agencies = {a.id: a for a in writer.session.exec(select(Agency))} if leased else {}
            return [
                _Ready(m, people[m.person_id], agencies[m.agency_id], tuple(documents[d] for d in m.document_ids))
                for m in leased
            ]

    def _sent(self, mail_id: str) -> None:
        with self._database.write() as writer:
            mail = writer.session.get_one(OutboundMail, mail_id)
            mail.sent_at, mail.leased_until, mail.next_try_at = real_now(), None, None
            mail.attempts += 1
            writer.session.add(mail)

    def _failed(self, mail_ids: Iterable[str], failure: Failure) -> None:
        now = real_now()
        with self._database.write() as writer:
            for mail in _leased(writer.session, mail_ids):
                mail.attempts += 1
                given_up = failure.final or mail.attempts >= MAX_ATTEMPTS
                mail.leased_until, mail.last_error = None, failure.reason
                mail.next_try_at = None if given_up else now + backoff(mail.attempts)
                mail.dead_at = now if given_up else None
                writer.session.add(mail)

    def _release(self, mail_ids: Iterable[str]) -> None:
        """Give back what was leased and not tried: its connection ended, or the lease would have."""
        with self._database.write() as writer:
            for mail in _leased(writer.session, mail_ids):
                mail.leased_until = None
                writer.session.add(mail)


def _clocks_apart() -> float:
    """Seconds between the wall clock and the steady one: this changes when the wall clock is set."""
    return real_now().timestamp() - monotonic()


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many failed tries: doubling, at most an hour."""
    doubled: timedelta = _FIRST_WAIT * 2 ** (min(attempts, _DOUBLINGS) - 1)
    return min(doubled, _LONGEST_WAIT)


def _bound_waits(session: Session, now: datetime, lease: timedelta) -> None:
    """No lease and no wait lasts longer than a whole one from now: the wall clock may have been set back meanwhile.

    A lease is cut to a whole one and not to nothing, because whoever holds it may be sending.
    """
    again = {attempts: literal(now + backoff(attempts), Instant) for attempts in range(1, _DOUBLINGS)}
    latest_try = case(again, value=col(OutboundMail.attempts), else_=literal(now + _LONGEST_WAIT, Instant))
    for column, latest in ((col(OutboundMail.leased_until), now + lease), (col(OutboundMail.next_try_at), latest_try)):
        late = (col(OutboundMail.sent_at).is_(None), col(OutboundMail.dead_at).is_(None), column > latest)
        session.execute(update(OutboundMail).where(*late).values({column: latest}))


def _leased(session: Session, mail_ids: Iterable[str]) -> list[OutboundMail]:
    query = select(OutboundMail).where(
        col(OutboundMail.id).in_(list(mail_ids)),
        col(OutboundMail.sent_at).is_(None),
        col(OutboundMail.leased_until).is_not(None),
    )
    return list(session.exec(query))


def _sendable(session: Session, now: datetime, ended_before: datetime, limit: int) -> list[str]:
    """The oldest due mails whose documents are all pressed; one that still waits for its letter holds up no other."""
    unpressed_ids = set(session.exec(select(Document.id).where(col(Document.pressed_at).is_(None))))
    query = select(OutboundMail.id, OutboundMail.document_ids).where(*_due(now, ended_before)).order_by(*_ORDER)
    ready = (mail_id for mail_id, document_ids in session.exec(query) if unpressed_ids.isdisjoint(document_ids))
    return list(islice(ready, limit))


def _due(now: datetime, ended_before: datetime) -> tuple[Any, ...]:
    return (
        col(OutboundMail.sent_at).is_(None),
        col(OutboundMail.dead_at).is_(None),
        or_(col(OutboundMail.next_try_at).is_(None), col(OutboundMail.next_try_at) <= now),
        or_(col(OutboundMail.leased_until).is_(None), col(OutboundMail.leased_until) < ended_before),
    )


def _documents(session: Session, mails: Sequence[OutboundMail]) -> Mapping[str, Document]:
    ids = {d for mail in mails for d in mail.document_ids}
    return {d.id: d for d in session.exec(select(Document).where(col(Document.id).in_(ids)))}

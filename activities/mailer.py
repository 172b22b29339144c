"""The mail dispatcher: leases rows of `outbound_mail`, sends them over SMTP, marks them. It runs on real time.

A mail keeps its Message-ID for life, so that a second delivery (a kill between the server's answer and our mark) can be
recognised. After the last try it is a dead letter, which the secretariat sees and may send again.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from itertools import islice
from typing import Any, Final

import aiosmtplib
from sqlalchemy import or_
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_delay, wait_fixed

from activities import press
from activities.documents import press_document, unpressed
from records.assignments import people_by_id
from records.database import Database
from records.files import FileStore
from records.tables import Agency, Document, OutboundMail, Person
from runtime.clock import monotonic, real_now
from runtime.settings import SmtpSettings

_log = logging.getLogger("selter.mail")
_DOCX: Final = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document", "docx")
_PDF: Final = ("application", "pdf", "pdf")
_FIRST_WAIT: Final = timedelta(seconds=2)
_LONGEST_WAIT: Final = timedelta(hours=1)
MAX_ATTEMPTS: Final = 12
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
        ready = await asyncio.to_thread(self._lease, limit)
        if not ready:
            return 0
        try:
            async with self._connection() as connection:
                for item in ready:
                    if monotonic() > until:  # a lease that ends while its mail is being sent would let another send it
                        break
                    await self._send(connection, item)
        except (aiosmtplib.SMTPException, OSError) as error:
            await asyncio.to_thread(self._failed, [r.mail.id for r in ready], type(error).__name__)
        return len(ready)

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

    async def _send(self, connection: aiosmtplib.SMTP, item: _Ready) -> None:
        try:
            message = await asyncio.to_thread(self._message, item)
            async with asyncio.timeout(self._smtp.send_timeout):
                await connection.send_message(message, timeout=self._smtp.send_timeout)
        except press.RenderError as error:
            _log.error("mail %s cannot be written: %s", item.mail.id, error.field)
            await asyncio.to_thread(self._failed, [item.mail.id], str(error)[:200])
            return
        except (aiosmtplib.SMTPResponseException, aiosmtplib.SMTPRecipientsRefused) as error:
            _log.warning("mail %s was not accepted: %s", item.mail.id, type(error).__name__)
            await asyncio.to_thread(self._failed, [item.mail.id], type(error).__name__)
            return
        await self._mark(item.mail.id)

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
        for document_id in unpressed(self._database):
            try:
                press_document(self._database, self._files, document_id)
            except press.RenderError:
                _log.exception("receipt %s cannot be written; it holds up no other mail", document_id)

    def _lease(self, limit: int) -> list[_Ready]:
        now = real_now()
        with self._database.write() as writer:
            sendable = _sendable(writer.session, now, limit)
            query = select(OutboundMail).where(col(OutboundMail.id).in_(sendable), *_due(now)).order_by(*_ORDER)
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

    def _failed(self, mail_ids: Sequence[str], error: str) -> None:
        with self._database.write() as writer:
            for mail in writer.session.exec(select(OutboundMail).where(col(OutboundMail.id).in_(list(mail_ids)))):
                if mail.sent_at is not None or mail.leased_until is None:
                    continue
                mail.attempts += 1
                mail.leased_until, mail.last_error = None, error
                mail.next_try_at = real_now() + backoff(mail.attempts)
                mail.dead_at = real_now() if mail.attempts >= MAX_ATTEMPTS else None
                writer.session.add(mail)


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many failed tries: doubling, at most an hour."""
    doubled: timedelta = _FIRST_WAIT * 2 ** (attempts - 1)
    return min(doubled, _LONGEST_WAIT)


def _sendable(session: Session, now: datetime, limit: int) -> list[str]:
    """The oldest due mails whose documents are all pressed; one that still waits for its letter holds up no other."""
    unpressed_ids = set(session.exec(select(Document.id).where(col(Document.pressed_at).is_(None))))
    query = select(OutboundMail.id, OutboundMail.document_ids).where(*_due(now)).order_by(*_ORDER)
    ready = (mail_id for mail_id, document_ids in session.exec(query) if unpressed_ids.isdisjoint(document_ids))
    return list(islice(ready, limit))


def _due(now: datetime) -> tuple[Any, ...]:
    return (
        col(OutboundMail.sent_at).is_(None),
        col(OutboundMail.dead_at).is_(None),
        or_(col(OutboundMail.next_try_at).is_(None), col(OutboundMail.next_try_at) <= now),
        or_(col(OutboundMail.leased_until).is_(None), col(OutboundMail.leased_until) < now),
    )


def _documents(session: Session, mails: Sequence[OutboundMail]) -> Mapping[str, Document]:
    ids = {d for mail in mails for d in mail.document_ids}
    return {d.id: d for d in session.exec(select(Document).where(col(Document.id).in_(ids)))}

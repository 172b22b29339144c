"""The audit chain: one per agency, appended last in every writing transaction, never changed."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from sqlmodel import Session, col, select

from records.tables import AuditEntry, AuditHead, AuditPayload

PLATFORM: Final = "platform"


@dataclass(frozen=True)
class Author:
    """Who writes, on which authority; empty for the system itself."""

    person_id: str = ""
    assignment_id: str = ""


@dataclass
class _Pending:
    agency_id: str
    at: datetime
    author: Author
    act: str
    subject: str
    result: str
    payload: dict[str, Any] = field(default_factory=dict)


class Writer:
    """A writing transaction: a session, and what the audit chain will say about it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._pending: list[_Pending] = []

    def audit(
        self,
        agency_id: str,
        at: datetime,
        author: Author,
        act: str,
        subject: str,
        payload: Mapping[str, Any] | None = None,
        result: str = "done",
    ) -> None:
        """Say what this transaction does; written when it is sealed."""
        body = json.loads(canonical(payload or {}))  # dates and enums as the JSON they are stored and hashed as
        self._pending.append(_Pending(agency_id, at, author, act, subject, result, body))

    def chain_hash(self, agency_id: str) -> str:
        """The hash of the agency's last entry so far, for printing on receipts and minutes."""
        head = self.session.get(AuditHead, agency_id)
        return head.hash if head else "0" * 64

    def seal(self) -> None:
        """Append the pending entries, chain by chain, with the head locked."""
        self.session.flush()
        for agency_id in sorted({p.agency_id for p in self._pending}):
            head = _locked_head(self.session, agency_id)
            for pending in (p for p in self._pending if p.agency_id == agency_id):
                _append(self.session, head, pending)
            self.session.add(head)
        self._pending.clear()
        self.session.flush()


def _locked_head(session: Session, agency_id: str) -> AuditHead:
    query = select(AuditHead).where(col(AuditHead.agency_id) == agency_id).with_for_update()
    head = session.exec(query.execution_options(populate_existing=True)).first()
    if head is None:
        head = AuditHead(agency_id=agency_id)
        session.add(head)
        session.flush()
    return head


def _append(session: Session, head: AuditHead, pending: _Pending) -> None:
    salt = secrets.token_hex(16)
    payload_sha256 = payload_hash(salt, pending.payload)
    entry = AuditEntry(
        agency_id=head.agency_id,
        position=head.position + 1,
        at=pending.at,
        person_id=pending.author.person_id,
        assignment_id=pending.author.assignment_id,
        act=pending.act,
        subject=pending.subject,
        result=pending.result,
        payload_sha256=payload_sha256,
        previous=head.hash,
        hash="",
    )
    entry.hash = entry_hash(entry)
    session.add(entry)
    session.add(AuditPayload(agency_id=head.agency_id, position=entry.position, salt=salt, body=pending.payload))
    head.position, head.hash = entry.position, entry.hash


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces: what hashes are taken over."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def sha256_of(value: Any) -> str:
    """The SHA-256 of a value's canonical JSON, as hex."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def payload_hash(salt: str, body: Mapping[str, Any]) -> str:
    """The salted hash of a payload: without the salt a NIP or a score could be guessed."""
    return hashlib.sha256(f"{salt}\n{canonical(body)}".encode()).hexdigest()


def entry_hash(entry: AuditEntry) -> str:
    """The hash of an entry over all its fields and the hash before it."""
    fields = (
        entry.agency_id,
        entry.position,
        entry.at.astimezone(UTC).isoformat(),
        entry.person_id,
        entry.assignment_id,
        entry.act,
        entry.subject,
        entry.result,
        entry.payload_sha256,
        entry.previous,
    )
    return sha256_of(fields)

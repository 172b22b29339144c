"""Cases and their journals; natural keys; idempotency; the audit chain."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from records.tables.base import instant, json_column, new_id


class Case(SQLModel, table=True):
    """A case is one workflow and one journal. `origin` holds what its first state needs beyond the journal."""

    __tablename__ = "case"
    __table_args__ = (UniqueConstraint("kind", "id"),)
    key: str = Field(primary_key=True)  # the workflow id
    kind: str = Field(index=True)
    id: str = Field(index=True)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    effective_at: datetime = instant()
    origin: dict[str, Any] = json_column()


class JournalEntry(SQLModel, table=True):
    """One act that happened, gaplessly numbered within its case. Its fold is the case's state."""

    __tablename__ = "journal_entry"
    case_key: str = Field(primary_key=True, foreign_key="case.key")
    seq: int = Field(primary_key=True)
    act: str
    at: datetime = instant()
    vacancy_ids: list[str] = json_column(list)
    data: dict[str, Any] = json_column()
    person_id: str | None = None
    assignment_id: str | None = None
    request_id: str = Field(index=True)
    payload_sha256: str
    statement_id: str | None = None
    closes: bool = False  # this entry closed the case: lets open cases be found without folding closed ones


class ActKey(SQLModel, table=True):
    """The natural key of an act: the same act twice, by one person or two, is found here."""

    __tablename__ = "act_key"
    case_key: str = Field(primary_key=True, foreign_key="case.key")
    key: str = Field(primary_key=True)
    seq: int
    payload_sha256: str


class IdempotencyKey(SQLModel, table=True):
    """A client's key with the answer it got; another payload under the same key is refused."""

    __tablename__ = "idempotency_key"
    person_id: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    route: str
    payload_sha256: str
    status: int | None = None
    body: dict[str, Any] = json_column()
    at: datetime = instant()


class AuditHead(SQLModel, table=True):
    """The end of an agency's chain, locked last in every writing transaction; `platform` has one too."""

    __tablename__ = "audit_head"
    agency_id: str = Field(primary_key=True)
    position: int = 0
    hash: str = "0" * 64


class AuditEntry(SQLModel, table=True):
    """Who did what to which thing on which authority; append-only, chained by hashes."""

    __tablename__ = "audit_entry"
    agency_id: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    at: datetime = instant()
    person_id: str = ""
    assignment_id: str = ""
    act: str
    subject: str = Field(index=True)
    result: str = "done"  # done | refused:{code}
    payload_sha256: str
    previous: str
    hash: str


class AuditPayload(SQLModel, table=True):
    """What an audit entry is about, with the salt of its hash; may be erased without breaking the chain."""

    __tablename__ = "audit_payload"
    agency_id: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    salt: str
    body: dict[str, Any] = json_column()


class PinnedRules(SQLModel, table=True):
    """A merged rule set, by hash: what an open case keeps, whatever a release changes."""

    __tablename__ = "pinned_rules"
    sha256: str = Field(primary_key=True)
    ruleset_id: str
    body: dict[str, Any] = json_column()


class RuleOverlay(SQLModel, table=True):
    """What an agency chooses in a rule set, by its own decree; never edited, a later one takes its place."""

    __tablename__ = "rule_overlay"
    __table_args__ = (UniqueConstraint("agency_id", "name"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    name: str  # the overlay's own id
    ruleset_id: str
    valid_from: str  # ISO date
    valid_to: str | None = None  # ISO date, included
    body: dict[str, Any] = json_column()
    entered_at: datetime = instant()


class CalendarOverride(SQLModel, table=True):
    """A day that is (not) worked by decree; `agency_id` empty for all agencies."""

    __tablename__ = "calendar_override"
    __table_args__ = (UniqueConstraint("agency_id", "day"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    agency_id: str = ""
    day: str  # ISO date
    working: bool
    decree: str


class ClockOffset(SQLModel, table=True):
    """The installation's distance from real time; grows only, and stays zero in production."""

    __tablename__ = "clock_offset"
    id: int = Field(default=1, primary_key=True)
    seconds: int = 0

"""Documents that were issued and mail that leaves."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from records.tables.base import instant, json_column, new_id


def _waiting(name: str, condition: str, *columns: str) -> Index:
    """An index of the few rows that wait for something, beside the many that have it."""
    return Index(name, *columns, sqlite_where=text(condition), postgresql_where=text(condition))


class Document(SQLModel, table=True):
    """An issued document: its number, its frozen inputs, and, once pressed, the hashes of its files."""

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("agency_id", "number"),
        _waiting("ix_document_unpressed", "pressed_at IS NULL", "id"),
    )
    id: str = Field(default_factory=new_id, primary_key=True)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    case_key: str = Field(default="", index=True)
    seq: int = 0  # of the journal entry that issued it
    pressed_by_case: bool = True  # false: written by a data act, pressed by the dispatcher
    kind: str
    title: str
    number: str
    issued_on: date
    inputs: dict[str, Any] = json_column()
    inputs_sha256: str
    subject_id: str = Field(default="", index=True)  # the person whom it concerns; empty: public
    public: bool = False
    wants_pdf: bool = False
    template_sha256: str = ""
    docx_sha256: str = ""
    pdf_sha256: str = ""
    pressed_at: datetime | None = instant(null=True)


class NumberSeries(SQLModel, table=True):
    """The last number issued in a series of a year."""

    __tablename__ = "number_series"
    agency_id: str = Field(primary_key=True)
    series: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    last: int = 0


class OutboundMail(SQLModel, table=True):
    """A mail to be sent; leased by a dispatcher on real time. `key`: one cause, one person, one mail."""

    __tablename__ = "outbound_mail"
    __table_args__ = (_waiting("ix_outbound_mail_unsent", "sent_at IS NULL", "created_at", "id"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    key: str = Field(unique=True)
    case_key: str = Field(default="", index=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    template: str
    facts: dict[str, Any] = json_column()
    document_ids: list[str] = json_column(list)
    created_at: datetime = instant()
    attempts: int = 0
    next_try_at: datetime | None = instant(null=True, index=True)  # real time; none: at once
    leased_until: datetime | None = instant(null=True)
    sent_at: datetime | None = instant(null=True)
    dead_at: datetime | None = instant(null=True)
    last_error: str = ""

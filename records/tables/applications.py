"""Applications, uploaded documents, checks, sheets, recusals, decisions and rankings."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from records.tables.base import Exact, instant, json_column, new_id


class Application(SQLModel, table=True):
    """A person's application for a vacancy; one per person and vacancy."""

    __tablename__ = "application"
    __table_args__ = (UniqueConstraint("vacancy_id", "person_id"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    selection_id: str = Field(foreign_key="selection.id", index=True)
    vacancy_id: str = Field(foreign_key="vacancy.id", index=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    version: int = 1
    profile: dict[str, Any] = json_column()  # what eligibility is computed from
    source: str = "candidate"  # candidate | on_behalf
    entered_by: str | None = Field(default=None, foreign_key="person.id")
    confirmed_by: str | None = Field(default=None, foreign_key="person.id")  # second person, on behalf only
    created_at: datetime = instant()
    submitted_at: datetime | None = instant(null=True)
    withdrawn_at: datetime | None = instant(null=True)
    receipt_id: str | None = None


class Upload(SQLModel, table=True):
    """A file given with an application; the bytes lie in the file store under their SHA-256."""

    __tablename__ = "upload"
    id: str = Field(default_factory=new_id, primary_key=True)
    application_id: str = Field(foreign_key="application.id", index=True)
    code: str  # which document of the vacancy's list
    file_name: str
    media_type: str
    size: int
    sha256: str
    uploaded_at: datetime = instant()
    replaced_at: datetime | None = instant(null=True)
    scan: str = "not_scanned"  # a state of `records.scanning`
    scan_detail: str = ""  # the signature found, or why there is no verdict
    scanned_at: datetime | None = instant(null=True)


class Check(SQLModel, table=True):
    """One verifier's verdict on one requirement of one application."""

    __tablename__ = "check"
    __table_args__ = (UniqueConstraint("application_id", "requirement", "verifier_id", "repeat"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    application_id: str = Field(foreign_key="application.id", index=True)
    requirement: str
    repeat: int = 1
    verifier_id: str = Field(foreign_key="person.id")
    verdict: str
    computed: str  # what the rules computed when he looked
    reason: str = ""  # needed when he overrules
    at: datetime = instant()


class ScoringDuty(SQLModel, table=True):
    """Who scores which component of a vacancy."""

    __tablename__ = "scoring_duty"
    __table_args__ = (UniqueConstraint("vacancy_id", "component", "assessor_id", "repeat"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    vacancy_id: str = Field(foreign_key="vacancy.id", index=True)
    component: str
    repeat: int = 1
    assessor_id: str = Field(foreign_key="person.id", index=True)
    ended_at: datetime | None = instant(null=True)


class Sheet(SQLModel, table=True):
    """A sealed score sheet; never changed once sealed. `score` is none where the candidate was absent."""

    __tablename__ = "sheet"
    __table_args__ = (UniqueConstraint("application_id", "component", "repeat", "assessor_id"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    application_id: str = Field(foreign_key="application.id", index=True)
    vacancy_id: str = Field(foreign_key="vacancy.id", index=True)
    component: str
    repeat: int = 1
    assessor_id: str = Field(foreign_key="person.id")
    score: Decimal | None = Field(default=None, sa_type=Exact)  # 0 to 100
    absent: bool = False
    note: str = ""
    salt: str
    sha256: str
    source: str = "assessor"  # assessor | outside centre: then entered_by and the scanned original
    sealed_at: datetime = instant()


class Recusal(SQLModel, table=True):
    """A member or assessor does not judge this applicant."""

    __tablename__ = "recusal"
    __table_args__ = (UniqueConstraint("person_id", "application_id"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    application_id: str = Field(foreign_key="application.id", index=True)
    ground: str
    statement_id: str | None = None
    at: datetime = instant()


class ConflictDeclaration(SQLModel, table=True):
    """A judge's declaration, before he scores, that nothing binds him to this applicant; a conflict is a `Recusal`."""

    __tablename__ = "conflict_declaration"
    __table_args__ = (UniqueConstraint("person_id", "application_id"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    application_id: str = Field(foreign_key="application.id", index=True)
    at: datetime = instant()


class StageDecision(SQLModel, table=True):
    """The decision on one application in one stage, made by people and announced with reasons."""

    __tablename__ = "stage_decision"
    __table_args__ = (UniqueConstraint("application_id", "stage", "repeat"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    application_id: str = Field(foreign_key="application.id", index=True)
    vacancy_id: str = Field(foreign_key="vacancy.id", index=True)
    stage: str
    repeat: int = 1
    passed: bool
    reasons: list[dict[str, Any]] = json_column(list)
    total: Decimal | None = Field(default=None, sa_type=Exact)
    rank: int | None = None
    announced_at: datetime = instant()


class Ranking(SQLModel, table=True):
    """A ranking with its frozen inputs: anybody can compute it again."""

    __tablename__ = "ranking"
    __table_args__ = (UniqueConstraint("vacancy_id", "stage", "repeat"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    vacancy_id: str = Field(foreign_key="vacancy.id", index=True)
    stage: str
    repeat: int = 1
    inputs: dict[str, Any] = json_column()
    result: dict[str, Any] = json_column()
    sha256: str
    at: datetime = instant()


class Statement(SQLModel, table=True):
    """Free text (a reason, an objection): stored before the act that refers to it, so that histories hold none."""

    __tablename__ = "statement"
    id: str = Field(default_factory=new_id, primary_key=True)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    author_id: str | None = Field(default=None, foreign_key="person.id")
    text: str
    at: datetime = instant()

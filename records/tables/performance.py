"""Office terms, performance contracts, check-ins, reviews, deliveries and objections."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from records.tables.base import Exact, instant, json_column, new_id


class OfficeTerm(SQLModel, table=True):
    """An official in a post, from inauguration on."""

    __tablename__ = "office_term"
    id: str = Field(default_factory=new_id, primary_key=True)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    holding_id: str = Field(foreign_key="holding.id", unique=True)
    post_id: str = Field(foreign_key="post.id", index=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    inaugurated_on: date


class Contract(SQLModel, table=True):
    """A contract year. The id is `{term}-{year}`."""

    __tablename__ = "contract"
    __table_args__ = (UniqueConstraint("term_id", "year"),)
    id: str = Field(primary_key=True)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    term_id: str = Field(foreign_key="office_term.id", index=True)
    year: int
    period_start: date
    period_end: date
    version: int = 1  # of the draft, for If-Match


class ContractVersion(SQLModel, table=True):
    """A text of the contract; the newest one signed by both is in force."""

    __tablename__ = "contract_version"
    __table_args__ = (UniqueConstraint("contract_id", "number"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    contract_id: str = Field(foreign_key="contract.id", index=True)
    number: int = 1
    ground: str = ""  # of an amendment
    statement_id: str | None = None
    document_id: str | None = None
    budget: list[dict[str, Any]] = json_column(list)  # programme, amount, note
    issued_at: datetime | None = instant(null=True)  # sent out for signature; content is frozen from here


class Indicator(SQLModel, table=True):
    """An indicator of a contract version."""

    __tablename__ = "indicator"
    __table_args__ = (UniqueConstraint("version_id", "position"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    version_id: str = Field(foreign_key="contract_version.id", index=True)
    position: int
    objective: str
    name: str
    unit: str
    polarity: str
    target: str  # as written: "85", "80..90", a date for a milestone
    quarterly: list[str] = json_column(list)  # targets of quarters 1 to 4; empty where none
    weight: Decimal | None = Field(default=None, sa_type=Exact)  # percent
    data_source: str = ""
    previous_actual: str = ""


class CheckIn(SQLModel, table=True):
    """A quarter's report of a contract, or a monthly coaching report of a review's improvement period."""

    __tablename__ = "check_in"
    __table_args__ = (UniqueConstraint("case_id", "period"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    case_id: str = Field(index=True)  # contract id or review id
    kind: str  # contract | review
    period: str  # "2027-Q3" or "2028-03"
    note: str = ""
    feedback: str = ""
    rating: str = ""
    submitted_at: datetime | None = instant(null=True)
    verified_at: datetime | None = instant(null=True)
    version: int = 1


class Actual(SQLModel, table=True):
    """What was reached of an indicator in a check-in."""

    __tablename__ = "actual"
    __table_args__ = (UniqueConstraint("check_in_id", "indicator_id"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    check_in_id: str = Field(foreign_key="check_in.id", index=True)
    indicator_id: str = Field(foreign_key="indicator.id")
    value: str  # as written, read by domain.achievement
    evidence: str = ""


class AnnualResult(SQLModel, table=True):
    """The year's result of a contract: what was computed and what the superior decided; one row per decision."""

    __tablename__ = "annual_result"
    id: str = Field(default_factory=new_id, primary_key=True)
    contract_id: str = Field(foreign_key="contract.id", index=True)
    computed: dict[str, Any] = json_column()  # achievements with frozen inputs
    mean: Decimal | None = Field(default=None, sa_type=Exact)
    proposed: str = ""  # results proposed
    results: str
    behaviour: str
    rating: str
    statement_id: str | None = None
    decided_by: str | None = Field(default=None, foreign_key="person.id")
    at: datetime = instant()


class Review(SQLModel, table=True):
    """A demotion review; its id is the contract's id."""

    __tablename__ = "review"
    id: str = Field(primary_key=True)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    contract_id: str = Field(foreign_key="contract.id", unique=True)
    term_id: str = Field(foreign_key="office_term.id", index=True)
    target_post_id: str | None = Field(default=None, foreign_key="post.id")


class GateProof(SQLModel, table=True):
    """The record that proves a gate of a review (law: design 6.4)."""

    __tablename__ = "gate_proof"
    id: str = Field(default_factory=new_id, primary_key=True)
    review_id: str = Field(foreign_key="review.id", index=True)
    gate: int
    act: str
    proof: dict[str, Any] = json_column()
    document_id: str | None = None
    statement_id: str | None = None
    at: datetime = instant()


class Delivery(SQLModel, table=True):
    """When and how a letter reached its addressee; refusing it is a delivery too."""

    __tablename__ = "delivery"
    id: str = Field(default_factory=new_id, primary_key=True)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    document_id: str = Field(foreign_key="document.id", unique=True)
    person_id: str = Field(foreign_key="person.id")
    method: str
    refused: bool = False
    proof: str = ""
    delivered_at: datetime = instant()


class Objection(SQLModel, table=True):
    """An objection of one of three kinds, each with its own clock."""

    __tablename__ = "objection"
    id: str = Field(default_factory=new_id, primary_key=True)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    case_id: str = Field(index=True)
    kind: str  # rating | administrative | stage_result
    person_id: str = Field(foreign_key="person.id")
    statement_id: str
    filed_at: datetime = instant()
    decide_by: datetime | None = instant(null=True)
    decided_at: datetime | None = instant(null=True)
    outcome: str = ""
    decision_statement_id: str | None = None
    document_id: str | None = None

"""Bodies of office terms, performance contracts and reviews: what is written, and the state as derived."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from api.selection_shapes import DeadlineOut, FindingOut
from api.shapes import Body, Id, Line, Percent, Text
from domain.words import Polarity

Number = Annotated[str, Field(max_length=60, pattern=r"^[^\x00-\x1f]*$", description="as written: 85, 80..90, a date")]
Quarterly = Annotated[list[Number], Field(max_length=4)]


class IndicatorIn(Body):
    """An indicator of the annex; numbers as they are written."""

    objective: Line = Field(examples=["Meningkatnya derajat kesehatan masyarakat"])
    name: Line = Field(examples=["Persentase balita stunting"])
    unit: str = Field(default="", max_length=60, examples=["persen"])
    polarity: Polarity
    target: Number = Field(examples=["14"])
    quarterly: Quarterly = Field(default=[], description="targets of quarters 1 to 4, cumulative; empty where none")
    weight: Percent | None = Field(default=None, examples=["40"])
    data_source: str = Field(default="", max_length=300)
    previous_actual: Number = ""


class BudgetIn(Body):
    """A programme with its budget in rupiah."""

    programme: Line
    amount: Number = Field(examples=["48750000000"])
    note: str = Field(default="", max_length=300)


class DraftIn(Body):
    """The whole annex of the version that is being drafted."""

    indicators: list[IndicatorIn] = Field(default=[], max_length=60)
    budget: list[BudgetIn] = Field(default=[], max_length=60)


class ActualIn(Body):
    """What was reached of an indicator."""

    indicator_id: Id
    value: Number = Field(examples=["16.5"])
    evidence: Text = ""


class CheckInIn(Body):
    """A quarter's report, whole: an actual for every indicator that has a target then."""

    actuals: list[ActualIn] = Field(default=[], max_length=60)
    note: Text = ""


class CoachingIn(Body):
    """A month's coaching talk; what is left out stays as it was."""

    note: Text | None = Field(default=None, description="what was talked about and agreed")
    feedback: Text | None = Field(default=None, description="the superior's")


class PlanIn(Body):
    """The improvement plan, in words."""

    text: str = Field(min_length=20, max_length=20_000)


class StatementOut(BaseModel):
    """A text that was stored, to be named by an act: `set_plan` takes it as `plan_id`."""

    plan_id: str
    sha256: str


class IndicatorOut(BaseModel):
    """An indicator of a version."""

    id: str
    position: int
    objective: str
    name: str
    unit: str
    polarity: str
    target: str
    quarterly: list[str]
    weight: str | None
    data_source: str
    previous_actual: str


class VersionOut(BaseModel):
    """A text of the contract. `sha256` is what a party signs; both are null until it is issued."""

    number: int
    ground: str
    issued_at: datetime | None
    document_id: str | None
    sha256: str | None
    in_force: bool
    indicators: list[IndicatorOut]
    budget: list[dict[str, Any]]


class ActualOut(BaseModel):
    """An actual as reported."""

    indicator_id: str
    value: str
    evidence: str


class CheckInOut(BaseModel):
    """A quarter's or month's report. `measured` is computed against the version in force."""

    id: str
    period: str
    version: int
    note: str
    feedback: str
    rating: str
    submitted_at: datetime | None
    verified_at: datetime | None
    actuals: list[ActualOut]
    measured: dict[str, Any] | None = Field(default=None, description="achievements with their inputs, and their mean")


class ResultOut(BaseModel):
    """A decision on the year; the last one counts."""

    id: str
    proposed: str
    results: str
    behaviour: str
    rating: str
    mean: str | None
    computed: dict[str, Any]
    at: datetime


class ContractOut(BaseModel):
    """A contract year: its texts, its reports, and where it stands."""

    id: str
    case: str
    agency_id: str
    term_id: str
    year: int
    period_start: date
    period_end: date
    version: int = Field(description="of the draft, for If-Match")
    stage: str
    seq: int
    rules_sha256: str
    in_force: int = Field(description="number of the version in force; 0: none yet")
    latest: int = Field(description="number of the version last called for signature")
    unsigned: list[str] = Field(description="parties whose signature the latest version lacks")
    quarters: list[int]
    verified: list[int]
    force_majeure: bool | None
    rating_from: datetime | None
    rating_open: bool
    rating: str | None
    objection_until: datetime | None
    objected: bool
    objection_outcome: str
    final: bool
    review: str = Field(description="id of the review that the final rating opened; empty: none")
    closed_at: datetime | None
    versions: list[VersionOut]
    check_ins: list[CheckInOut]
    results: list[ResultOut]
    findings: list[FindingOut] = Field(description="about the draft; a `block` keeps it from being issued")
    deadlines: list[DeadlineOut]


class PartyOut(BaseModel):
    """A person as the parties of a contract see each other."""

    person_id: str
    name: str
    nip: str | None = Field(description="partly hidden")
    rank: str
    position: str


class YearOut(BaseModel):
    """A contract year, or the review that followed it, in a list."""

    id: str
    year: int
    stage: str
    rating: str | None = None


class TermRow(BaseModel):
    """An office term in a list."""

    id: str
    agency_id: str
    post_id: str
    post: str
    unit: str
    person_id: str
    official: str
    inaugurated_on: date
    stage: str


class TermOut(BaseModel):
    """An official in a post: who, since when, under whom, and his contract years."""

    id: str
    case: str
    agency_id: str
    post_id: str
    post: str
    unit: str
    official: PartyOut
    superior: PartyOut | None
    inaugurated_on: date
    tenure_until: date
    stage: str
    seq: int
    ended_on: date | None
    ground: str | None
    contracts: list[YearOut]
    reviews: list[YearOut]
    deadlines: list[DeadlineOut]


class ProofOut(BaseModel):
    """A record that proves a gate."""

    act: str
    at: datetime
    proof: dict[str, Any]
    document_id: str | None
    text: str = Field(description="the written reason, opinion or minutes; empty where there is none")


class GateOut(BaseModel):
    """One of the eleven gates, and what proves it."""

    number: int
    title: str
    rule: str
    citation: str
    proved: bool
    proofs: list[ProofOut]


class LetterOut(BaseModel):
    """A letter of the review whose delivery starts a clock."""

    act: str = Field(description="the act that sent it: notify, notice_hearing or decide")
    document_id: str
    number: str
    title: str
    delivered_at: datetime | None
    method: str
    refused: bool


class ReviewOut(BaseModel):
    """A demotion review: its gates, its letters, its clocks."""

    id: str
    case: str
    agency_id: str
    term_id: str
    contract_id: str
    stage: str
    seq: int
    rules_sha256: str
    gates: list[GateOut]
    letters: list[LetterOut]
    needs: list[str]
    cleared: list[str]
    plan: str
    coaching_dates: list[date]
    improvement_until: datetime | None
    improved: bool | None
    proposed: str | None
    hearing_at: datetime | None
    decide_from: datetime | None
    outcome: str | None
    target_post_id: str
    objection_until: datetime | None
    objected: bool
    decide_by: datetime | None
    to_court: bool
    objection_outcome: str
    executed_on: date | None
    closed_at: datetime | None
    check_ins: list[CheckInOut]
    deadlines: list[DeadlineOut]

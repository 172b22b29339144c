"""Bodies of a round: the parts of its draft, checked at the edge, and its derived state."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, Field, model_validator

from api.shapes import Body, Id, LetterNumber, Line, Percent, Rank
from domain.eligibility import CivilStatus, PositionKind
from domain.grades import parse_education
from domain.plan import Level, PlanStage
from domain.words import Component, Rating, VacancyKind


def _education(text: str) -> str:
    parse_education(text)
    return text


class AnnouncementIn(Body):
    """The window of applications, as local dates: `opens` is the day of publication, `closes` the last day."""

    opens: date | None = None
    closes: date | None = None


class StepIn(Body):
    """A step of the published timetable; `end` is the same day where it is left out."""

    step: PlanStage
    start: date
    end: date | None = None


class RequirementsIn(Body):
    """What a vacancy asks of applicants; what is left out is not asked."""

    max_age: int | None = Field(default=None, ge=18, le=70)
    age_reference: date | None = None
    min_rank: Rank | None = None
    experience_years: int | None = Field(default=None, ge=0, le=40)
    feeder_years: int | None = Field(default=None, ge=0, le=40)
    education: Annotated[str, Field(max_length=20, examples=["S1"]), AfterValidator(_education)] | None = None
    min_rating: Rating | None = None
    clean_discipline: bool = True
    clean_discipline_years: int | None = Field(default=None, ge=0, le=40)
    feeder_posts: list[PositionKind] | None = Field(default=None, max_length=10)
    min_training: Literal["pkp", "pka", "pkn_ii", "pkn_i"] | None = None
    min_remaining_service_months: int | None = Field(default=None, ge=0, le=240)
    open_to: list[CivilStatus] | None = Field(default=None, max_length=4)


class DocumentIn(Body):
    """A document that applicants upload."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$", examples=["ppk_recommendation"])
    title: Line
    required: bool = True


class VacancyIn(Body):
    """A vacancy; either `post_id` or the title, unit and kind of a post to be entered with it."""

    id: Id | None = None
    post_id: Id | None = None
    title: Line | None = None
    unit: Line | None = None
    kind: VacancyKind | None = None
    superior_id: Id | None = Field(default=None, description="who will sign the performance contract as superior")
    requirements: RequirementsIn = RequirementsIn()
    documents: list[DocumentIn] = Field(default=[], max_length=40)
    competencies: list[Line] = Field(default=[], max_length=30)

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not (self.id or self.post_id or self.title):
            raise ValueError("post_id or title is needed")
        if len({d.code for d in self.documents}) != len(self.documents):
            raise ValueError("a document code appears twice")
        return self


class ApprovalsIn(Body):
    """Numbers of other authorities' letters on the plan."""

    plan_approval: LetterNumber | None = None
    home_affairs_consent: LetterNumber | None = None


class ContextIn(Body):
    """Who heads the region and since when."""

    acting_head: bool = False
    head_inaugurated_on: date | None = None
    next_candidacy_determination: date | None = None


class SelectionIn(Body):
    """A new draft round; `agency_id` only where the caller serves several agencies."""

    title: Line = Field(examples=["Seleksi Terbuka JPT Pratama Kabupaten Tirta Wening 2027"])
    level: Level = Level.PRATAMA
    agency_id: Id | None = None
    vacancies: list[VacancyIn] = Field(default=[], max_length=40)


class SelectionEdit(Body):
    """Parts of a draft to change; parts that are left out stay. `vacancies` is the whole list."""

    title: Line | None = None
    level: Level | None = None
    announcement: AnnouncementIn | None = None
    timetable: list[StepIn] | None = Field(default=None, max_length=40)
    weights: dict[Component, Percent] | None = None
    pass_marks: dict[Component, Percent] | None = None
    tie_break: list[Component] | None = None
    applicants_minimum: int | None = Field(default=None, ge=1, le=50)
    approvals: ApprovalsIn | None = None
    context: ContextIn | None = None
    venue: str | None = Field(default=None, max_length=300)
    ruleset_id: str | None = Field(default=None, max_length=40)
    vacancies: list[VacancyIn] | None = Field(default=None, max_length=40)

    def changes(self) -> dict[str, Any]:
        """What was given, as the JSON values the record keeps."""
        given = self.model_dump(mode="json", exclude_unset=True, exclude={"vacancies"})
        return {k: v for k, v in given.items() if v is not None or k in ("applicants_minimum", "ruleset_id")}


class FindingOut(BaseModel):
    """What a rule says about a part of the plan."""

    rule: str
    severity: Literal["block", "warn", "info"]
    path: str
    message: str
    message_en: str
    citation: str
    confidence: str
    expected: str
    actual: str


class VacancyOut(BaseModel):
    """A vacancy as stated."""

    id: str
    post_id: str
    title: str
    unit: str
    kind: str
    superior_id: str | None
    requirements: dict[str, Any]
    documents: list[dict[str, Any]]
    competencies: list[str]


class DeadlineOut(BaseModel):
    """A date on which something falls due, under its rule."""

    key: str
    subject: str
    due: datetime
    rule: str
    passed: bool


class LaneOut(BaseModel):
    """One vacancy on its way, derived from the journal."""

    vacancy_id: str
    title: str
    stage: str
    since: datetime
    repeat: int
    suspended_at: datetime | None
    window_closed: bool
    extensions: int
    applicants: int | None = Field(description="counted when the window closed; null before")
    submitted: int = Field(description="applications submitted and not withdrawn, now")
    seals_open: bool
    announced: bool
    minutes: str
    signers: list[str]
    signed: list[str]
    shortlisted: bool
    needs: list[str]
    cleared: list[str]
    chosen: str
    decree: str
    inaugurated_on: date | None
    outcome: str | None


class SelectionOut(BaseModel):
    """A round: the plan as stated, and its state as derived."""

    id: str
    agency_id: str
    title: str
    level: str
    version: int
    stage: str
    seq: int
    rules_sha256: str
    published_at: datetime | None
    closed_at: datetime | None
    outcome: str | None
    announcement: dict[str, Any]
    timetable: list[dict[str, Any]]
    weights: dict[str, str]
    pass_marks: dict[str, str]
    tie_break: list[str]
    applicants_minimum: int | None
    approvals: dict[str, Any]
    context: dict[str, Any]
    venue: str
    ruleset_id: str | None
    after_review_id: str | None
    created_at: datetime
    vacancies: list[VacancyOut]
    lanes: list[LaneOut]
    deadlines: list[DeadlineOut]
    findings: list[FindingOut] = Field(description="of a draft; empty once published")
    missing: list[str] = Field(description="parts of a draft that nobody has filled in, as paths")


class SelectionMade(SelectionOut):
    """A new round, and whether its workflow runs already; if not, the starter brings it up."""

    case: str
    running: bool


class SelectionRow(BaseModel):
    """A round in a list."""

    id: str
    agency_id: str
    title: str
    level: str
    stage: str
    vacancies: int
    created_at: datetime
    published_at: datetime | None
    closed_at: datetime | None


class JournalRow(BaseModel):
    """An act that happened, without personal data."""

    seq: int
    act: str
    title: str
    at: datetime
    vacancy_ids: list[str]
    role: str
    facts: dict[str, Any]


class JournalOut(BaseModel):
    """A case's journal."""

    entries: list[JournalRow]

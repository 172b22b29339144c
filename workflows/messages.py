"""Commands and answers of all acts. They carry ids, enums, dates and hashes, never free text or a name."""

from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from domain.case import Intent
from domain.words import (
    AmendmentGround,
    Behaviour,
    CaseKind,
    Clearance,
    Component,
    DeliveryMethod,
    Element,
    EndGround,
    RecusalGround,
    Results,
    ReviewOutcome,
    Stage,
    SuspensionGround,
)

Id = Annotated[str, Field(pattern=r"^[0-9a-z-]{1,40}$", description="an id of this installation")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
LetterNumber = Annotated[str, Field(min_length=3, max_length=120, description="number of the other authority's letter")]


class Message(BaseModel):
    """The base of all messages: frozen, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Actor(Message):
    """Who acts, on which authority."""

    person_id: str
    role: str
    assignment_id: str = ""


class Command(Message):
    """An act as it is sent to a workflow; the update's name is the act's name and its id the `request_id`."""

    act: str
    actor: Actor
    at: AwareDatetime
    request_id: str
    payload_sha256: str
    keys: tuple[str, ...]
    vacancy_ids: tuple[str, ...] = ()
    arguments: dict[str, Any] = {}
    statement_id: str | None = None

    def intent(self) -> Intent:
        """The command as the law sees it."""
        return Intent(self.act, self.at, self.actor.person_id, self.actor.role, self.vacancy_ids, self.arguments)


class Answer(Message):
    """What became of an act: the journal entry that recorded it."""

    case: str = Field(description="the case's workflow id")
    seq: int = Field(description="number of the journal entry; equal repeats get the same")
    act: str
    at: datetime
    vacancy_ids: tuple[str, ...] = ()
    documents: int = Field(default=0, description="how many documents the act issued")
    replayed: bool = Field(default=False, description="true when this act had been recorded before")


# -- arguments, one model an act -----------------------------------------------------------------------------------


class Nothing(Message):
    """An act without arguments."""


class OnVacancies(Message):
    """An act on some vacancies of a round; without ids it means all that are at the act's stage."""

    vacancy_ids: tuple[Id, ...] = Field(default=(), description="empty: every vacancy that stands at this stage")


class OnStage(OnVacancies):
    """An act on a stage of some vacancies."""

    stage: Stage | None = Field(default=None, description="the stage meant; another present stage is refused")


class NewMember(Message):
    """A person who joins the committee."""

    outgoing_id: Id = Field(description="person id of the member who leaves")
    incoming_id: Id = Field(description="person id of the member who joins")
    element: Element
    basis: LetterNumber
    party_member: bool = False


class Recuse(Message):
    """One judge, one application."""

    person_id: Id
    application_id: Id
    ground: RecusalGround


class Assign(OnVacancies):
    """An assessor for a component."""

    component: Component
    assessor_id: Id


class Suspend(OnVacancies):
    """Why the lanes stand still."""

    ground: SuspensionGround


class RepeatStage(OnVacancies):
    """The stage to run again."""

    stage: Literal[Stage.SCREENING, Stage.ASSESSMENT, Stage.INTERVIEW, Stage.APPOINTMENT]


class SignMinutes(OnVacancies):
    """The document a member signs, by its hash."""

    document_id: Id
    sha256: Sha256 = Field(description="hash of the document's frozen inputs, as shown with it")


class RecordClearance(OnVacancies):
    """A letter of another authority."""

    kind: Clearance
    number: LetterNumber
    issued_on: date
    granted: bool = True


class Choose(Message):
    """The PPK's choice for one vacancy."""

    vacancy_ids: tuple[Id, ...] = Field(min_length=1, max_length=1)
    application_id: Id


class OnOneVacancy(Message):
    """An act on exactly one vacancy."""

    vacancy_ids: tuple[Id, ...] = Field(min_length=1, max_length=1)


class Inauguration(OnOneVacancy):
    """The inauguration of one vacancy's appointee."""

    inaugurated_on: date
    officiant_id: Id
    witness_ids: tuple[Id, Id]
    oath: Literal["islam", "kristen", "hindu", "buddha", "khonghucu", "kepercayaan", "janji"]


class AdoptRules(Message):
    """Another pinned rule set."""

    sha256: Sha256


class CalendarChanged(Message):
    """A new version of the working-day calendar."""

    version: str = Field(pattern=r"^[0-9a-f]{8,64}$")


class ExtendTerm(Message):
    """Until when, and what the law asks for."""

    until: date
    targets_proven: bool
    supervisor_report: LetterNumber


class EndTerm(Message):
    """The ground and the last day in post."""

    ground: EndGround
    last_day: date
    basis: LetterNumber


class ReplaceSuperior(Message):
    """The new superior from a day on."""

    superior_id: Id
    since: date


class SignContract(Message):
    """A party signs a version of the contract by its hash."""

    version: int = Field(ge=1)
    sha256: Sha256


class Amend(Message):
    """A new version on one of the three lawful grounds; its draft has been saved before."""

    version: int = Field(ge=2)
    ground: AmendmentGround


class VerifyCheckIn(Message):
    """A quarter that the superior has verified."""

    quarter: int = Field(ge=1, le=4)
    rating: Results


class DecideForceMajeure(Message):
    """Whether the year counts."""

    accepted: bool


class Rate(Message):
    """The superior's decision on the year."""

    results: Results
    behaviour: Behaviour


class DecideObjection(Message):
    """What becomes of an objection."""

    outcome: Literal["granted", "partly_granted", "rejected"]
    results: Results | None = None
    behaviour: Behaviour | None = None


class ConfirmDelivery(Message):
    """How a letter reached its addressee. `refused` counts as delivered."""

    document_id: Id
    method: DeliveryMethod
    delivered_on: date
    refused: bool = False
    proof: LetterNumber


class SetPlan(Message):
    """The improvement plan, already stored as a statement."""

    plan_id: Id
    coaching_dates: tuple[date, ...] = Field(min_length=1, max_length=12)


class Evaluate(Message):
    """The end of the improvement period."""

    improved: bool


class RecordRetest(Message):
    """The retest by accredited assessors; the law's uji kompetensi."""

    accreditation: LetterNumber
    held_on: date
    fit_for_post: bool
    score: Decimal | None = Field(default=None, ge=0, le=100, description="none where the official was absent")
    absent: bool = False


class RecordOpinion(Message):
    """The performance assessment team's opinion."""

    number: LetterNumber
    opinion: ReviewOutcome


class Propose(Message):
    """The PyB's proposal with the alternatives he weighed."""

    number: LetterNumber
    proposal: ReviewOutcome
    alternatives: tuple[ReviewOutcome, ...] = Field(min_length=1)


class NoticeHearing(Message):
    """When the official may be heard."""

    hearing_at: AwareDatetime


class RecordHearing(Message):
    """What came of the hearing."""

    held_on: date
    attended: bool


class ReviewClearance(Message):
    """A letter of another authority on a review."""

    kind: Clearance
    number: LetterNumber
    issued_on: date


class Decide(Message):
    """The PPK's decision on a review."""

    outcome: ReviewOutcome
    target_post_id: Id | None = None


class Execute(Message):
    """From which day the decision is carried out."""

    effective_on: date


ARGUMENTS: Final = MappingProxyType[tuple[CaseKind, str], type[Message]](
    {
        (CaseKind.SELECTION, "publish"): Nothing,
        (CaseKind.SELECTION, "extend_vacancy"): OnVacancies,
        (CaseKind.SELECTION, "close_vacancy"): OnOneVacancy,
        (CaseKind.SELECTION, "replace_member"): NewMember,
        (CaseKind.SELECTION, "recuse"): Recuse,
        (CaseKind.SELECTION, "assign"): Assign,
        (CaseKind.SELECTION, "open_seals"): OnStage,
        (CaseKind.SELECTION, "announce_result"): OnStage,
        (CaseKind.SELECTION, "advance"): OnStage,
        (CaseKind.SELECTION, "suspend"): Suspend,
        (CaseKind.SELECTION, "resume"): OnVacancies,
        (CaseKind.SELECTION, "cancel"): Nothing,
        (CaseKind.SELECTION, "repeat_stage"): RepeatStage,
        (CaseKind.SELECTION, "sign_minutes"): SignMinutes,
        (CaseKind.SELECTION, "submit_shortlist"): OnVacancies,
        (CaseKind.SELECTION, "record_clearance"): RecordClearance,
        (CaseKind.SELECTION, "choose"): Choose,
        (CaseKind.SELECTION, "issue_decree"): OnOneVacancy,
        (CaseKind.SELECTION, "record_inauguration"): Inauguration,
        (CaseKind.SELECTION, "adopt_rules"): AdoptRules,
        (CaseKind.SELECTION, "calendar_changed"): CalendarChanged,
        (CaseKind.TERM, "extend_term"): ExtendTerm,
        (CaseKind.TERM, "end_term"): EndTerm,
        (CaseKind.TERM, "replace_superior"): ReplaceSuperior,
        (CaseKind.CONTRACT, "sign"): SignContract,
        (CaseKind.CONTRACT, "amend"): Amend,
        (CaseKind.CONTRACT, "verify_check_in"): VerifyCheckIn,
        (CaseKind.CONTRACT, "decide_force_majeure"): DecideForceMajeure,
        (CaseKind.CONTRACT, "rate"): Rate,
        (CaseKind.CONTRACT, "object"): Nothing,
        (CaseKind.CONTRACT, "decide_objection"): DecideObjection,
        (CaseKind.CONTRACT, "finalise"): Nothing,
        (CaseKind.REVIEW, "notify"): Nothing,
        (CaseKind.REVIEW, "confirm_delivery"): ConfirmDelivery,
        (CaseKind.REVIEW, "set_plan"): SetPlan,
        (CaseKind.REVIEW, "evaluate"): Evaluate,
        (CaseKind.REVIEW, "record_retest"): RecordRetest,
        (CaseKind.REVIEW, "record_opinion"): RecordOpinion,
        (CaseKind.REVIEW, "propose"): Propose,
        (CaseKind.REVIEW, "notice_hearing"): NoticeHearing,
        (CaseKind.REVIEW, "record_hearing"): RecordHearing,
        (CaseKind.REVIEW, "record_clearance"): ReviewClearance,
        (CaseKind.REVIEW, "decide"): Decide,
        (CaseKind.REVIEW, "object"): Nothing,
        (CaseKind.REVIEW, "decide_objection"): DecideObjection,
        (CaseKind.REVIEW, "execute"): Execute,
    }
)

"""Bodies of applications: the profile that eligibility is computed from, receipts, and what a candidate can follow."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field

from api.shapes import Body, Id, Line, Rank
from domain.eligibility import CivilStatus, PositionKind
from domain.grades import parse_education
from domain.nip import Sex
from domain.words import Rating
from records.applications import Dossier
from records.scanning import Scan
from records.tables import Application, Upload


def _education(text: str) -> str:
    parse_education(text)
    return text


class PositionIn(Body):
    """A position held from a day to another, both included; acting ones are not definitive."""

    kind: PositionKind
    title: Line = ""
    held_from: date
    held_until: date | None = None
    definitive: bool = True
    related: bool | None = Field(default=None, description="whether it belongs to the field of the vacant post")


class RatingIn(Body):
    """A year's rating."""

    year: int = Field(ge=2000, le=2100)
    rating: Rating


class DisciplineIn(Body):
    """A disciplinary penalty, or a case that is still open."""

    level: Literal["ringan", "sedang", "berat"]
    decided_on: date | None = None
    pending: bool = False


class StandingIn(Body):
    """What somebody who is no PNS states of himself; what is left out is not stated."""

    party_member: bool | None = Field(default=None, description="is or has been in a political party")
    party_left_on: date | None = None
    imprisoned: bool | None = None
    dishonourably_dismissed: bool | None = None


TrainingName = Literal["pkp", "pka", "pkn_ii", "pkn_i"]
"""Leadership training; PIM IV, III, II and I stand equal to them."""


class ProfileIn(Body):
    """What an applicant states. `discipline` or `trainings` null means not stated, an empty list that there is none."""

    education: Annotated[str, Field(max_length=20, examples=["S2"]), AfterValidator(_education)] | None = None
    rank: Rank | None = None
    experience_years: int | None = Field(default=None, ge=0, le=50)
    experience_months: int = Field(default=0, ge=0, le=11)
    positions: list[PositionIn] = Field(default=[], max_length=60)
    ratings: list[RatingIn] = Field(default=[], max_length=20)
    discipline: list[DisciplineIn] | None = Field(default=None, max_length=20)
    civil_status: CivilStatus | None = None
    standing: StandingIn | None = None
    sex: Sex | None = Field(default=None, description="compared with the employee number")
    entered_on: date | None = Field(default=None, description="TMT CPNS, compared with the employee number")
    trainings: list[TrainingName] | None = Field(default=None, max_length=10)
    asks_waiver: bool = Field(default=False, description="asks to be exempted with the President's approval")
    phone: str = Field(default="", max_length=30)
    address: str = Field(default="", max_length=300)

    def stored(self) -> dict[str, Any]:
        """As the record keeps it."""
        return self.model_dump(mode="json")


class ApplicationIn(Body):
    """A draft; `person_id` only when the secretariat enters a paper application on somebody's behalf."""

    profile: ProfileIn = ProfileIn()
    person_id: Id | None = None


class UploadOut(BaseModel):
    """A file that stands for a document."""

    id: str
    code: str
    file_name: str
    media_type: str
    size: int
    sha256: str
    uploaded_at: datetime
    scan: Scan = Field(description="what the virus scanner said; `not_scanned` and `failed`: nothing looked at it")
    scan_detail: str = Field(description="what it found, or why there is no verdict")
    scanned_at: datetime | None


class ApplicationOut(BaseModel):
    """An application."""

    id: str
    selection_id: str
    vacancy_id: str
    post: str
    person_id: str
    name: str
    nip: str | None
    version: int
    source: str
    entered_by: str | None
    confirmed_by: str | None
    profile: dict[str, Any]
    uploads: list[UploadOut]
    missing: list[str] = Field(description="fields and documents without which it cannot be submitted")
    created_at: datetime
    submitted_at: datetime | None
    withdrawn_at: datetime | None
    receipt_id: str | None


class ApplicationRow(BaseModel):
    """An application in a list."""

    id: str
    selection_id: str
    vacancy_id: str
    post: str
    person_id: str
    name: str
    nip: str | None
    submitted_at: datetime | None
    withdrawn_at: datetime | None


class ApplicationRows(BaseModel):
    """Applications."""

    applications: list[ApplicationRow]


class ReceiptOut(BaseModel):
    """The answer to a submission; the same one whenever it is repeated."""

    application_id: str
    submitted_at: datetime
    receipt_id: str
    number: str
    issued_on: date
    sha256: str = Field(description="hash of the receipt's frozen inputs")
    verification: str = Field(description="code under which anybody can check the receipt")


def application_out(found: Dossier, uploads: list[Upload], missing: list[str], nip: str | None) -> ApplicationOut:
    """An application on the wire."""
    application = found.application
    elsewhere = {"uploads", "missing", "post", "name", "nip"}
    plain = application.model_dump(include=set(ApplicationOut.model_fields) - elsewhere)
    return ApplicationOut(
        **plain,
        post=found.vacancy.title,
        name=found.person.name,
        nip=nip,
        uploads=[upload_out(u) for u in uploads],
        missing=missing,
    )


def application_row(application: Application, post: str, name: str, nip: str | None) -> ApplicationRow:
    """An application in a list, on the wire."""
    plain = application.model_dump(include=set(ApplicationRow.model_fields) - {"post", "name", "nip"})
    return ApplicationRow(**plain, post=post, name=name, nip=nip)


def upload_out(upload: Upload) -> UploadOut:
    """A file on the wire."""
    return UploadOut(**upload.model_dump(include=set(UploadOut.model_fields)))

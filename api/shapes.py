"""Pieces that several request and response bodies share."""

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from records.tables import Assignment

Id = Annotated[str, Field(pattern=r"^[0-9a-z-]{1,40}$", examples=["0k3fzq8m2v1ab"])]
Mail = Annotated[
    str, Field(pattern=r"^[^@\s<>,;:\"()\[\]\\]{1,64}@[A-Za-z0-9.-]{1,190}$", examples=["rani@contoh.go.id"])
]
Name = Annotated[str, Field(min_length=2, max_length=120, pattern=r"^[^\x00-\x1f<>]*$", examples=["Rani Wulandari"])]
Line = Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[^\x00-\x1f]*$")]
Text = Annotated[str, Field(max_length=4000)]
LetterNumber = Annotated[str, Field(min_length=3, max_length=120, examples=["800.1.3.3/012/KEP/2026"])]
Rank = Annotated[str, Field(pattern=r"^((I{1,3})/[a-d]|IV/[a-e])$", examples=["IV/a"])]
# The ends of the calendar leave no room to count from, nor to change the zone.
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))]
Moment = Annotated[AwareDatetime, Field(ge=datetime(1900, 1, 1, tzinfo=UTC), le=datetime(2200, 12, 31, tzinfo=UTC))]
Percent = Annotated[str, Field(pattern=r"^\d{1,3}(\.\d{1,2})?$", examples=["35"])]


class Body(BaseModel):
    """The base of request bodies: unknown fields are refused, texts are trimmed."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class AssignmentOut(BaseModel):
    """A role held from when until when."""

    id: str
    agency_id: str | None
    person_id: str
    role: str
    scope_kind: str
    scope_id: str
    kind: str
    element: str
    position: str
    since: datetime
    until: datetime | None
    basis: str


def assignment_out(row: Assignment) -> AssignmentOut:
    """An assignment as the API shows it."""
    return AssignmentOut(**row.model_dump(include=set(AssignmentOut.model_fields)))


def masked(nip: str | None) -> str | None:
    """A number for those who need not know it: birth date and serial are hidden."""
    return f"{nip[:4]}{'•' * (len(nip) - 7)}{nip[-3:]}" if nip else nip

"""For anybody, without signing in: announcements, numbers, results as published, and whether a paper is real."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from api.documents import Format, file_of
from api.problems import problems
from api.services import Parts
from domain.refusals import Refused
from records import issued, publicly
from records.publicly import PublicRound, PublicRow

router = APIRouter(prefix="/api/v1/public", tags=["public"])


class PublicRounds(BaseModel):
    """Published rounds."""

    selections: list[PublicRow]


class Genuine(BaseModel):
    """A document that this installation has issued; its content is only shown where it is public."""

    genuine: bool = True
    kind: str
    number: str
    issued_on: date
    agency: str
    title: str | None = Field(description="of a public document only; others could name a person's matter")
    public: bool
    inputs_sha256: str
    docx_sha256: str
    pdf_sha256: str


@router.get("/selections", responses=problems())
def list_published(
    services: Parts, agency_id: Annotated[str | None, Query(max_length=40)] = None
) -> PublicRounds:
    """Published rounds, the newest first."""
    with services.database.read() as session:
        return PublicRounds(selections=publicly.published(session, services.clock.now(), agency_id))


@router.get("/selections/{selection_id}", responses=problems(404))
def get_published(services: Parts, selection_id: str) -> PublicRound:
    """The announcement, the stages with their numbers, and results as far as they are published."""
    with services.database.read() as session:
        return publicly.round_of(session, selection_id, services.clock.now())


@router.get("/documents/{code}", responses=problems(404))
def check_document(services: Parts, code: str) -> Genuine:
    """Whether a paper is real, by the code at its foot; compare number, date and hash."""
    with services.database.read() as session:
        document, agency = issued.checked(session, code)
    return Genuine(
        kind=document.kind,
        number=document.number,
        issued_on=document.issued_on,
        agency=agency.name,
        title=document.title if document.public else None,
        public=document.public,
        inputs_sha256=document.inputs_sha256,
        docx_sha256=document.docx_sha256,
        pdf_sha256=document.pdf_sha256,
    )


@router.get("/documents/{code}/file", response_class=Response, responses=problems(404, 409))
def public_file(services: Parts, code: str, wanted: Format = None) -> Response:
    """The file of a public document."""
    with services.database.read() as session:
        document, _agency = issued.checked(session, code)
    if not document.public:
        raise Refused("unknown-document")
    return file_of(services, document, wanted)

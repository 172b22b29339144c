"""Issued documents: lists and downloads for those whom they concern; verification is public."""

from datetime import date, datetime
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from api.paging import Cursor, Limit, Page, decode, encode, text
from api.problems import problems
from api.security import Caller, SignedIn
from api.services import Parts
from api.uploads import attachment
from domain.case import workflow_id
from domain.refusals import Refused
from domain.words import CaseKind, Role
from records import issued
from records.issued import Entitled
from records.tables import Document

router = APIRouter(prefix="/api/v1", tags=["results"])
_READERS: Final = (Role.COMMITTEE, Role.SECRETARIAT, Role.PPK, Role.PYB, Role.OBSERVER)
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Format = Annotated[
    Literal["docx", "pdf"] | None, Query(alias="format", description="PDF where there is one, else DOCX")
]


class DocumentOut(BaseModel):
    """An issued document."""

    id: str
    kind: str
    title: str
    number: str
    issued_on: date
    case_key: str
    subject_id: str
    public: bool
    inputs_sha256: str = Field(description="hash of the frozen inputs: what a signature by hash refers to")
    docx_sha256: str
    pdf_sha256: str
    pressed_at: datetime | None


def document_out(document: Document) -> DocumentOut:
    """A document on the wire."""
    return DocumentOut(**document.model_dump(include=set(DocumentOut.model_fields)))


def entitled(caller: Caller) -> Entitled:
    """Which documents the caller may see, by his roles now."""
    mine = [a for a in caller.assignments if a.role in _READERS]
    rounds = {workflow_id(CaseKind.SELECTION, a.scope_id) for a in mine if a.scope_kind == "selection"}
    return Entitled(
        person_id=caller.id,
        agencies={a.agency_id for a in mine if a.scope_kind == "agency" and a.agency_id},
        cases=rounds,
        everything=any(a.scope_kind == "platform" and a.role == Role.OBSERVER for a in mine),
    )


def _may(caller: Caller, document: Document) -> bool:
    """One's own, public ones, those of one's round or agency, and those of the term one serves."""
    terms = {a.scope_id for a in caller.assignments if a.scope_kind == "term"}
    kind, _, case_id = document.case_key.partition("/")
    term = case_id.replace("/", "-").partition("-")[0]  # a contract's key is `contract/{term}/{year}`
    of_term = kind in (CaseKind.TERM, CaseKind.CONTRACT, CaseKind.REVIEW) and term in terms
    return of_term or issued.entitled(document, entitled(caller))


@router.get("/documents", responses=problems(401))
def list_documents(
    services: Parts,
    caller: SignedIn,
    case: Annotated[str | None, Query(max_length=60, examples=["selection/0k3f9x2m7q0ab"])] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[DocumentOut]:
    """The documents one may see, the newest first."""
    after = decode(cursor, text)
    with services.database.read() as session:
        found = issued.listed(session, entitled(caller), case, after[0] if after else None, limit + 1)
    more = encode(found[limit - 1].id) if len(found) > limit else None
    return Page(items=[document_out(d) for d in found[:limit]], next_cursor=more)


@router.get("/documents/{document_id}", responses=problems(401, 404))
def get_document(services: Parts, caller: SignedIn, document_id: str) -> DocumentOut:
    """A document's number, date and hashes."""
    with services.database.read() as session:
        document = issued.get(session, document_id)
    if not _may(caller, document):
        raise Refused("unknown-document")
    return document_out(document)


@router.get(
    "/documents/{document_id}/file",
    response_class=Response,
    responses={200: {"content": {_DOCX: {}, "application/pdf": {}}}, **problems(401, 404, 409)},
)
def download_document(services: Parts, caller: SignedIn, document_id: str, wanted: Format = None) -> Response:
    """The document's file: PDF where there is one, else DOCX."""
    with services.database.read() as session:
        document = issued.get(session, document_id)
    if not _may(caller, document):
        raise Refused("unknown-document")
    return file_of(services, document, wanted)


def file_of(services: Parts, document: Document, wanted: str | None) -> Response:
    """The pressed file as a download.

    Raises:
        Refused: `not-pressed`; `unknown-document` where there is no file of the wanted kind.
    """
    if document.pressed_at is None:
        raise Refused("not-pressed")
    kind = wanted or ("pdf" if document.pdf_sha256 else "docx")
    sha256 = document.pdf_sha256 if kind == "pdf" else document.docx_sha256
    if not sha256:
        raise Refused("unknown-document")
    media_type = "application/pdf" if kind == "pdf" else _DOCX
    name = f"{document.kind}-{document.number.replace('/', '-')}.{kind}"
    return attachment(services.files.get(sha256), name, media_type)

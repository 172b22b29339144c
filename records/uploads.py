"""Files given with an application: checked by content, kept under their hash, replaced and never deleted."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from domain.law.application import largest_application
from domain.refusals import Refused
from domain.rules import RuleSet, refuse
from records.applications import ON_BEHALF, ORIGINAL, changed, current_uploads, dossier, require_draft
from records.audit import Author, Writer
from records.inspection import Inspected
from records.scanning import Scan, Scanned
from records.tables import Application, Upload, Vacancy


@dataclass(frozen=True)
class Stored:
    """A file that passed inspection and lies in the store: which document it is, under which hash, and how clean."""

    code: str
    inspected: Inspected
    sha256: str
    size: int  # bytes
    scanned: Scanned


@dataclass(frozen=True)
class Limits:
    """How much one application may hold, as the installation sets it; the rules may allow less."""

    files: int
    total: int  # bytes


def keep(
    writer: Writer, application_id: str, file: Stored, rules: RuleSet, limits: Limits, at: datetime, author: Author
) -> Upload:
    """Note a stored file as the present one of its document; equal bytes again change nothing.

    Raises:
        Refused: `unknown-document-code`, `already-submitted`, `application-withdrawn`, `files-too-large`,
            `too-many-files`.
    """
    session = writer.session
    found = dossier(session, application_id, lock=True)
    application = found.application
    require_draft(application)
    require_code(application, found.vacancy, file.code)
    present = current_uploads(session, application.id)
    earlier = next((u for u in present if u.code == file.code), None)
    if earlier is not None and earlier.sha256 == file.sha256:
        return earlier
    _require_room(session, application, [u for u in present if u is not earlier], file.size, rules, limits)
    if earlier is not None:
        earlier.replaced_at = at
        session.add(earlier)
    upload = Upload(
        application_id=application.id,
        code=file.code,
        file_name=file.inspected.file_name,
        media_type=file.inspected.media_type,
        size=file.size,
        sha256=file.sha256,
        uploaded_at=at,
        scan=file.scanned.state,
        scan_detail=file.scanned.detail,
        scanned_at=None if file.scanned.state is Scan.NOT_SCANNED else at,
    )
    session.add(upload)
    payload = {"code": file.code, "sha256": file.sha256, "size": file.size, "scan": file.scanned.state.value}
    changed(writer, application, at, author, "upload_document", payload)
    return upload


def require_code(application: Application, vacancy: Vacancy, code: str) -> None:
    """Refuse a document that nobody asks for.

    Raises:
        Refused: `unknown-document-code`.
    """
    asked = {d["code"] for d in vacancy.documents} | ({ORIGINAL} if application.source == ON_BEHALF else set())
    if code not in asked:
        raise Refused("unknown-document-code", document=code)


def current(session: Session, application_id: str, code: str) -> Upload:
    """The present file of a document.

    Raises:
        Refused: `unknown-upload`.
    """
    for upload in current_uploads(session, application_id):
        if upload.code == code:
            return upload
    raise Refused("unknown-upload")


def _require_room(
    session: Session, application: Application, others: list[Upload], size: int, rules: RuleSet, limits: Limits
) -> None:
    limit = min(largest_application(rules), limits.total)
    if sum(u.size for u in others) + size > limit:
        raise refuse(rules, "selter.upload.max_bytes_total", "files-too-large", limit=limit)
    query = select(func.count()).select_from(Upload).where(col(Upload.application_id) == application.id)
    if session.exec(query).one() >= limits.files * 5:  # replaced ones are kept too; five tries a document are plenty
        raise Refused("too-many-files", limit=str(limits.files * 5))

"""Files given with an application: checked by content, kept under their hash, replaced and never deleted."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from domain.refusals import Refused
from domain.rules import RuleSet, refuse
from records.applications import ON_BEHALF, ORIGINAL, changed, current_uploads, dossier, require_draft
from records.audit import Author, Writer
from records.inspection import Inspected
from records.tables import Application, Upload, Vacancy


def keep(
    writer: Writer,
    application_id: str,
    code: str,
    inspected: Inspected,
    sha256: str,
    size: int,
    rules: RuleSet,
    most_files: int,
    at: datetime,
    author: Author,
) -> Upload:
    """Note a checked file as the present one of its document; equal bytes again change nothing.

    Raises:
        Refused: `unknown-document-code`, `already-submitted`, `application-withdrawn`, `files-too-large`,
            `too-many-files`.
    """
    session = writer.session
    found = dossier(session, application_id, lock=True)
    application = found.application
    require_draft(application)
    require_code(application, found.vacancy, code)
    present = current_uploads(session, application.id)
    earlier = next((u for u in present if u.code == code), None)
    if earlier is not None and earlier.sha256 == sha256:
        return earlier
    _require_room(session, application, [u for u in present if u is not earlier], size, rules, most_files)
    if earlier is not None:
        earlier.replaced_at = at
        session.add(earlier)
    upload = Upload(
        application_id=application.id,
        code=code,
        file_name=inspected.file_name,
        media_type=inspected.media_type,
        size=size,
        sha256=sha256,
        uploaded_at=at,
    )
    session.add(upload)
    changed(writer, application, at, author, "upload_document", {"code": code, "sha256": sha256, "size": size})
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
    session: Session, application: Application, others: list[Upload], size: int, rules: RuleSet, most_files: int
) -> None:
    limit = rules.integer("selter.upload.max_bytes_total")
    if sum(u.size for u in others) + size > limit:
        raise refuse(rules, "selter.upload.max_bytes_total", "files-too-large", limit=limit)
    query = select(func.count()).select_from(Upload).where(col(Upload.application_id) == application.id)
    if session.exec(query).one() >= most_files * 5:  # replaced ones are kept too; five tries a document are plenty
        raise Refused("too-many-files", limit=str(most_files * 5))

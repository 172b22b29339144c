"""Submitting an application: judged inside its transaction, answered with a numbered receipt, once."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from domain import letters
from domain.refusals import Refused
from domain.words import DocumentKind
from records import documents, mail
from records.applications import (
    ON_BEHALF,
    Dossier,
    current_uploads,
    dossier,
    local_date,
    open_window,
    subject_of,
)
from records.audit import Author, Writer
from records.profiles import missing_fields
from records.scanning import require_clean
from records.selections import case_key
from records.tables import Agency, Application, Document, Upload, Window


def submit(writer: Writer, application_id: str, at: datetime, author: Author, *, all_scanned: bool = False) -> Document:
    """Submit a draft; the second time the same receipt. `all_scanned` asks that a scanner found every file clean.

    The window's row is held while we judge, so that nothing is counted before we are through and nothing comes after.

    Raises:
        Refused: `window-*` with deadline and server time, `documents-missing`, `profile-incomplete`,
            `confirmation-missing`, `application-withdrawn`, `upload-infected`, `uploads-not-scanned`.
    """
    session = writer.session
    found = dossier(session, application_id, lock=True)
    application = found.application
    if application.withdrawn_at is not None:
        raise Refused("application-withdrawn", at=application.withdrawn_at.isoformat())
    if application.receipt_id is not None:
        return session.get_one(Document, application.receipt_id)
    window = open_window(session, application.vacancy_id, at)
    uploads = current_uploads(session, application.id)
    _require_complete(found, uploads)
    require_clean(uploads, every=all_scanned)
    application.submitted_at = at
    application.version += 1
    receipt = _receipt(writer, found, uploads, window, at)
    application.receipt_id = receipt.id
    session.add(application)
    files = {u.code: u.sha256 for u in uploads}
    payload = {"receipt": receipt.id, "number": receipt.number, "sha256": receipt.inputs_sha256, "files": files}
    writer.audit(application.agency_id, at, author, "submit_application", subject_of(application), payload)
    _mail_receipt(session, found, receipt, window, at)
    return receipt


def reopen(writer: Writer, application_id: str, at: datetime, author: Author) -> Application:
    """Take a submitted or withdrawn application back to a draft, while the window is open; its receipts stay on record.

    Raises:
        Refused: `window-*` with deadline and server time.
    """
    session = writer.session
    application = dossier(session, application_id, lock=True).application
    if application.submitted_at is None and application.withdrawn_at is None:
        return application
    open_window(session, application.vacancy_id, at)
    payload = {"receipt": application.receipt_id or "", "withdrawn": application.withdrawn_at is not None}
    application.submitted_at = application.withdrawn_at = application.receipt_id = None
    application.version += 1
    session.add(application)
    writer.audit(application.agency_id, at, author, "reopen_application", subject_of(application), payload)
    return application


def _require_complete(found: Dossier, uploads: Sequence[Upload]) -> None:
    fields = missing_fields(found.application.profile, found.person, found.vacancy)
    if fields:
        raise Refused("profile-incomplete", missing=", ".join(fields))
    present = {u.code for u in uploads}
    missing = [d["code"] for d in found.vacancy.documents if d.get("required", True) and d["code"] not in present]
    if missing:
        raise Refused("documents-missing", missing=", ".join(missing))
    if found.application.source == ON_BEHALF and found.application.confirmed_by is None:
        raise Refused("confirmation-missing")


def _receipt(writer: Writer, found: Dossier, uploads: Sequence[Upload], window: Window, at: datetime) -> Document:
    """Number and freeze the receipt; the dispatcher presses it, since no case is waiting for it."""
    session, person = writer.session, found.person
    agency = session.get_one(Agency, found.application.agency_id)
    zone = ZoneInfo(agency.zone)
    today = at.astimezone(zone).date()
    document_id = documents.new_document_id()
    titles = {d["code"]: d["title"] for d in found.vacancy.documents}
    letter = letters.Receipt(
        letterhead=documents.letterhead(agency),
        number=documents.next_number(session, agency.id, documents.RECEIPTS, today.year),
        date=today.isoformat(),
        signatories=(letters.Signatory("Sekretariat Panitia Seleksi", agency.unit),),
        verification=document_id,
        applicant=letters.Person(person.name, person.nip or "", _rank(found), person.position),
        post=found.vacancy.title,
        received_at=at.astimezone(zone).isoformat(timespec="seconds"),
        deadline=window.closes_at.astimezone(zone).isoformat(timespec="seconds"),
        items=tuple(_item(u, titles) for u in uploads),
        audit_hash=writer.chain_hash(agency.id),
    )
    how = documents.Issue(
        agency.id,
        DocumentKind.RECEIPT,
        f"Tanda terima lamaran {found.vacancy.title}",
        today,
        case_key=case_key(found.selection.id),
        subject_id=person.id,
        pressed_by_case=False,
    )
    return documents.issue(session, how, letter, document_id)


def _rank(found: Dossier) -> str:
    return str(found.application.profile.get("rank") or found.person.rank)


def _item(upload: Upload, titles: dict[str, str]) -> letters.ReceiptItem:
    size = f"{max(1, round(upload.size / 1024))} KB"
    return letters.ReceiptItem(titles.get(upload.code, upload.code), upload.file_name, size, upload.sha256)


def _mail_receipt(session: Session, found: Dossier, receipt: Document, window: Window, at: datetime) -> None:
    agency = session.get_one(Agency, found.application.agency_id)
    deadline = window.closes_at.astimezone(ZoneInfo(agency.zone)).isoformat(timespec="seconds")
    facts = {
        "agency": agency.name,
        "post": found.vacancy.title,
        "number": receipt.number,
        "date": local_date(agency, at),
        "deadline": deadline,
    }
    mail.queue(
        session,
        agency.id,
        f"{subject_of(found.application)}/{receipt.id}",
        found.person.id,
        "application_received",
        facts,
        at=at,
        case_key=case_key(found.selection.id),
        document_ids=[receipt.id],
    )

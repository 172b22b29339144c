"""What a virus scanner said about an uploaded file, kept with it; a file that nothing looked at says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.refusals import Refused
from records.applications import dossier, subject_of
from records.audit import Author, Writer
from records.tables import Upload


class Scan(StrEnum):
    """The state of an upload."""

    CLEAN = "clean"  # the scanner knows nothing against it
    INFECTED = "infected"
    NOT_SCANNED = "not_scanned"  # this installation has no scanner, or had none when the file came
    FAILED = "failed"  # there is a scanner, and it gave no answer


@dataclass(frozen=True)
class Scanned:
    """A scanner's answer: what it found, or why there is none."""

    state: Scan
    detail: str = ""


def unsettled(uploads: Sequence[Upload]) -> list[Upload]:
    """The files about which no scanner has said anything yet."""
    return [u for u in uploads if u.scan in (Scan.NOT_SCANNED, Scan.FAILED)]


def note(writer: Writer, upload_id: str, found: Scanned, at: datetime, author: Author) -> None:
    """Keep what a later look at a stored file found; what is not good news goes into the audit chain."""
    upload = writer.session.get_one(Upload, upload_id)
    changed = upload.scan != found.state
    upload.scan, upload.scan_detail, upload.scanned_at = found.state, found.detail, at
    writer.session.add(upload)
    if changed:
        application = dossier(writer.session, upload.application_id).application
        payload = {"code": upload.code, "sha256": upload.sha256, "scan": found.state.value}
        writer.audit(application.agency_id, at, author, "scan_document", subject_of(application), payload)


def require_readable(upload: Upload) -> None:
    """Refuse to hand out what a scanner warned of.

    Raises:
        Refused: `upload-infected`.
    """
    if upload.scan == Scan.INFECTED:
        raise Refused("upload-infected", document=upload.code, found=upload.scan_detail)


def require_clean(uploads: Sequence[Upload], *, every: bool) -> None:
    """Refuse what is infected; with `every`, also what no scanner has called clean.

    Raises:
        Refused: `upload-infected`, `uploads-not-scanned`.
    """
    for upload in uploads:
        require_readable(upload)
    waiting = unsettled(uploads)
    if every and waiting:
        raise Refused("uploads-not-scanned", documents=", ".join(u.code for u in waiting))

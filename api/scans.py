"""Showing stored files to the scanner again: it may have been away, or not yet there, when they came."""

from datetime import datetime

from api.services import Services
from records.applications import current_uploads
from records.audit import Author
from records.scanning import note, unsettled
from runtime.scanner import Scanner


def look_again(services: Services, application_id: str, author: Author, at: datetime) -> None:
    """Have an application's unjudged files scanned, outside any transaction; nothing happens without a scanner."""
    scanner = Scanner(services.settings.scanner)
    if not scanner.present:
        return
    with services.database.read() as session:
        waiting = unsettled(current_uploads(session, application_id))
    for upload in waiting:
        found = scanner.scan(services.files.get(upload.sha256))
        with services.database.write() as writer:
            note(writer, upload.id, found, at, author)

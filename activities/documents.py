"""The documents port: issued documents are pressed into DOCX (and PDF where wanted) and stored by content."""

import logging
from typing import Final

from sqlmodel import col, select
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities import press
from domain.words import DocumentKind
from records.database import Database
from records.files import FileStore
from records.tables import Document
from runtime.clock import real_now
from workflows.ports import PRESS, PressRequest

_log = logging.getLogger("selter.documents")
_CONVERSIONS: Final = 50  # tries, seven hours


class DocumentActivities:
    """Presses documents; runs in the worker's thread pool on the `documents` queue."""

    def __init__(self, database: Database, files: FileStore) -> None:
        self._database = database
        self._files = files

    @activity.defn(name=PRESS)
    def press(self, request: PressRequest) -> None:
        """Press each document of these entries that is not pressed yet; doing it twice gives the same bytes.

        Raises:
            RenderError: of the last document that cannot be written; the others are pressed.
            ConversionError: LibreOffice made no PDF; for good after so many tries. An outage, such as a full disk, is
                waited for as long as it lasts.
        """
        failed: press.RenderError | None = None
        for document_id in _waiting(self._database, request):
            try:
                press_document(self._database, self._files, document_id)
            except press.RenderError as error:
                _log.exception("document %s cannot be written", document_id)
                failed = error
            except press.ConversionError as error:
                if activity.in_activity() and activity.info().attempt >= _CONVERSIONS:
                    raise ApplicationError(str(error), type="ConversionError", non_retryable=True) from error
                raise
        if failed is not None:
            raise failed


def press_document(database: Database, files: FileStore, document_id: str) -> None:
    """Render one issued document from its frozen inputs and note the hashes of its files."""
    with database.read() as session:
        document = session.get_one(Document, document_id)
        if document.pressed_at is not None:
            return
    kind = DocumentKind(document.kind)
    docx = press.render_docx(kind, document.inputs)
    pdf = press.to_pdf(docx) if document.wants_pdf else None
    docx_sha256 = files.put(docx)
    pdf_sha256 = files.put(pdf) if pdf is not None else ""
    with database.write() as writer:
        row = writer.session.get_one(Document, document_id, with_for_update=True)
        if row.pressed_at is None:
            row.template_sha256 = press.template_sha256(kind)
            row.docx_sha256, row.pdf_sha256, row.pressed_at = docx_sha256, pdf_sha256, real_now()
            writer.session.add(row)


def _waiting(database: Database, request: PressRequest) -> list[str]:
    with database.read() as session:
        query = select(Document.id).where(
            col(Document.case_key) == request.case_key,
            col(Document.seq).in_(request.seqs),
            col(Document.pressed_at).is_(None),
        )
        return list(session.exec(query.order_by(col(Document.number))))


def unpressed(database: Database, *, limit: int = 50) -> list[str]:
    """Documents written by data acts (receipts), which no workflow presses."""
    with database.read() as session:
        query = select(Document.id).where(col(Document.pressed_at).is_(None), col(Document.pressed_by_case).is_(False))
        return list(session.exec(query.limit(limit)))

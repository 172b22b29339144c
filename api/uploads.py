"""Files of an application: uploaded, replaced, downloaded; never served as anything but a download."""

import hashlib
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, File, UploadFile
from fastapi.responses import JSONResponse, Response

from api.application_shapes import UploadOut, upload_out
from api.applications import editor, readable
from api.idempotency import Key, Reply, write
from api.problems import audit_refusal, problems
from api.security import SignedIn
from api.services import Parts
from domain.refusals import Refused
from records import uploads
from records.applications import dossier, pinned_rules, require_draft, subject_of
from records.audit import Writer
from records.inspection import ENDINGS, Most, inspect
from records.scanning import Scan, require_readable
from runtime.scanner import Scanner

router = APIRouter(prefix="/api/v1", tags=["applications"])


@router.put(
    "/applications/{application_id}/documents/{code}",
    response_model=UploadOut,
    responses=problems(401, 403, 404, 409, 413, 415),
)
def upload(
    services: Parts,
    caller: SignedIn,
    application_id: str,
    code: str,
    file: Annotated[UploadFile, File(description="PDF, JPEG or PNG; judged by content")],
) -> JSONResponse:
    """Upload or replace one document of a draft. Equal bytes again change nothing."""
    with services.database.read() as session:
        author = editor(session, caller, application_id)
        found = dossier(session, application_id)
        require_draft(found.application)
        uploads.require_code(found.application, found.vacancy, code)
        rules = pinned_rules(session, found.selection.id)
    limits = services.settings.uploads
    content = file.file.read(limits.max_bytes + 1)
    inspected = inspect(content, code, file.filename or "", rules, Most(limits.max_bytes, limits.max_pages))
    scanned = Scanner(services.settings.scanner).scan(content)
    if scanned.state is Scan.INFECTED:
        refused = Refused("file-infected", found=scanned.detail)
        agency, subject = found.application.agency_id, subject_of(found.application)
        audit_refusal(services, author, agency, caller.at, "upload_document", subject, refused)
        raise refused
    stored = uploads.Stored(code, inspected, services.files.put(content), len(content), scanned)

    def work(writer: Writer) -> Reply:
        allowed = uploads.Limits(limits.max_files, limits.max_total_bytes)
        kept = uploads.keep(writer, application_id, stored, rules, allowed, caller.at, author)
        writer.session.flush()
        return Reply(200, upload_out(kept), dossier(writer.session, application_id).application.version)

    return write(services, caller.id, Key(None, "", ""), work)


@router.get(
    "/applications/{application_id}/documents/{code}",
    response_class=Response,
    responses={200: {"content": {kind: {} for kind in ENDINGS}}, **problems(401, 404, 409)},
)
def download(services: Parts, caller: SignedIn, application_id: str, code: str) -> Response:
    """Download one document: one's own, or as committee or secretariat of the round."""
    with services.database.read() as session:
        readable(session, caller, application_id)
        found = uploads.current(session, application_id, code)
    require_readable(found)
    return attachment(services.files.get(found.sha256), found.file_name, found.media_type)


def attachment(content: bytes, file_name: str, media_type: str) -> Response:
    """Bytes as a download that no browser interprets."""
    plain = file_name.encode("ascii", "replace").decode().replace('"', "_").replace("?", "_")
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name)}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Digest": f"sha-256={hashlib.sha256(content).hexdigest()}",
    }
    return Response(content, 200, headers, media_type)

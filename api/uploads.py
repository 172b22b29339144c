"""Files of an application: uploaded, replaced, downloaded; never served as anything but a download."""

import hashlib
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, File, UploadFile
from fastapi.responses import JSONResponse, Response

from api.application_shapes import UploadOut, upload_out
from api.applications import editor, readable
from api.idempotency import Key, Reply, write
from api.problems import problems
from api.security import SignedIn
from api.services import Parts
from records import uploads
from records.applications import dossier, pinned_rules, require_draft
from records.audit import Writer
from records.inspection import inspect

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
    inspected = inspect(content, code, file.filename or "", rules, limits.max_bytes)
    sha256 = services.files.put(content)

    def work(writer: Writer) -> Reply:
        file = uploads.Stored(code, inspected, sha256, len(content))
        kept = uploads.keep(writer, application_id, file, rules, limits.max_files, caller.at, author)
        writer.session.flush()
        return Reply(200, upload_out(kept), dossier(writer.session, application_id).application.version)

    return write(services, caller.id, Key(None, "", ""), work)


@router.get(
    "/applications/{application_id}/documents/{code}",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}}, **problems(401, 404)},
)
def download(services: Parts, caller: SignedIn, application_id: str, code: str) -> Response:
    """Download one document: one's own, or as committee or secretariat of the round."""
    with services.database.read() as session:
        readable(session, caller, application_id)
        found = uploads.current(session, application_id, code)
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

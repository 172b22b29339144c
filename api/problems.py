"""Everything that is not success, as RFC 9457 problems: a code, a rule with its article, and a sentence for people."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy import exc
from starlette.exceptions import HTTPException

from api.middleware import route_of
from api.services import Services
from api.speaking import spoken
from domain import refusals
from domain.refusals import Refused
from records.audit import PLATFORM, Author
from records.database import out_of_space
from records.files import is_full
from records.tables import new_id
from runtime.engine import EngineUnavailable, StillRunning
from runtime.timeskip import TimeMoveError

MEDIA_TYPE: Final = "application/problem+json"
_ANY_ROUTE: Final = (400, 422, 500, 503, 507)
_log = logging.getLogger("selter.api")


class FieldProblem(BaseModel):
    """One field that is not right; what was sent is not repeated."""

    field: str = Field(examples=["body.weights.interview"])
    message: str


class Problem(BaseModel):
    """A refusal (RFC 9457). `code` is the interface; `detail` is for people and may change."""

    type: str = Field(examples=["urn:selter:window-closed"])
    title: str
    status: int
    detail: str
    instance: str = Field(description="id of this request", examples=["urn:selter:request:0k3f…"])
    code: str = Field(examples=["window-closed"])
    rule: str = Field(default="", description="the rule that refuses", examples=["announcement.min_calendar_days"])
    citation: str = Field(default="", description="its article", examples=["PP 11/2017 Pasal 117 ayat (2)"])
    facts: dict[str, str] = {}
    errors: list[FieldProblem] = []


def problems(*codes: int) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route: the problems it may answer with, beside those that any route may."""
    schema = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    declared = sorted({*codes, *_ANY_ROUTE})
    return {code: {"description": HTTPStatus(code).phrase, "content": schema} for code in declared}


def language_of(request: Request) -> str:
    """`id` or `en`: the first of the two in Accept-Language, Indonesian where neither is named."""
    for part in request.headers.get("accept-language", "").lower().split(","):
        tag = part.partition(";")[0].strip().partition("-")[0]
        if tag in ("id", "en"):
            return tag
    return "id"


def request_id_of(request: Request) -> str:
    """The id that the middleware gave this request."""
    return str(getattr(request.state, "request_id", "") or new_id())


def answer(
    request: Request,
    refused: Refused,
    *,
    status: int | None = None,
    errors: Sequence[FieldProblem] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """A refusal on the wire."""
    language = language_of(request)
    code = status or refusals.status(refused.code)
    body = Problem(
        type=f"urn:selter:{refused.code}",
        title=_title(code, language),
        status=code,
        detail=refusals.message(refused.code, _spoken(request, refused, language), language),
        instance=f"urn:selter:request:{request_id_of(request)}",
        code=refused.code,
        rule=refused.rule,
        citation=refused.citation,
        facts=refused.facts,
        errors=list(errors),
    )
    sent = {"Content-Language": language, **_needed_headers(refused, code), **(headers or {})}
    return JSONResponse(body.model_dump(), code, sent, MEDIA_TYPE)


def _spoken(request: Request, refused: Refused, language: str) -> dict[str, str]:
    services: Services = request.app.state.services
    return spoken(refused.facts, language, services.settings.zone)


def audit_refusal(
    services: Services, author: Author, agency_id: str, at: datetime, act: str, subject: str, refused: Refused
) -> None:
    """Write a refused act into the agency's audit chain, in a transaction of its own."""
    with services.database.write() as writer:
        payload = {"rule": refused.rule, "facts": refused.facts}
        writer.audit(agency_id or PLATFORM, at, author, act, subject, payload, f"refused:{refused.code}")


def install(app: FastAPI) -> None:
    """Give the application one handler for each kind of failure."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(StillRunning, _still_running)
    app.add_exception_handler(EngineUnavailable, _engine_unavailable)
    app.add_exception_handler(TimeMoveError, _engine_unavailable)
    app.add_exception_handler(exc.DBAPIError, _database_failed)
    app.add_exception_handler(exc.TimeoutError, _database_busy)
    app.add_exception_handler(OSError, _not_written)
    app.add_exception_handler(Exception, _crashed)


async def _refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refused)
    return answer(request, error)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    fields = [FieldProblem(field=".".join(str(p) for p in e["loc"]), message=str(e["msg"])) for e in error.errors()]
    unreadable = any(e["type"] == "json_invalid" for e in error.errors())
    return answer(request, Refused("bad-request" if unreadable else "validation"), errors=fields)


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code = _HTTP_CODES.get(error.status_code, "bad-request")
    limit = (error.headers or {}).get("X-Limit", "")
    refused = Refused(code, limit=limit) if limit else Refused(code)
    return answer(request, refused, status=error.status_code, headers=error.headers)


async def _still_running(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, StillRunning)
    kind, _, case_id = error.case_key.partition("/")
    place = f"/api/v1/cases/{kind}/{case_id.replace('/', '-')}"
    headers = {"Location": place, "Retry-After": "2"}
    return answer(request, Refused("still-running", case=error.case_key), headers=headers)


async def _engine_unavailable(request: Request, _error: Exception) -> JSONResponse:
    return answer(request, Refused("engine-unavailable"), headers={"Retry-After": "5"})


async def _database_failed(request: Request, error: Exception) -> JSONResponse:
    """A full disk is for the operator; an outage, a lock or a lost connection passes; the rest are errors of ours."""
    assert isinstance(error, exc.DBAPIError)
    if out_of_space(error):
        return _no_space(request, "the database")
    if isinstance(error, exc.OperationalError | exc.InterfaceError) or error.connection_invalidated:
        return await _database_busy(request, error)
    return await _crashed(request, error)


async def _database_busy(request: Request, error: Exception) -> JSONResponse:
    _log.warning("database busy: %s", type(error).__name__)
    return answer(request, Refused("try-again"), headers={"Retry-After": "1"})


async def _not_written(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, OSError)
    if not is_full(error):
        return await _crashed(request, error)
    return _no_space(request, "the file store or the folder for temporary files")


def _no_space(request: Request, where: str) -> JSONResponse:
    _log.error("no space is left for %s: make room on its disk", where)
    return answer(request, Refused("storage-full"), headers={"Retry-After": "300"})


async def _crashed(request: Request, error: Exception) -> JSONResponse:
    incident = request_id_of(request)
    _log.error("incident %s: %s %s", incident, *route_of(request.scope), exc_info=error)
    return answer(request, Refused("internal", incident=incident))


def _needed_headers(refused: Refused, status: int) -> dict[str, str]:
    if status == HTTPStatus.UNAUTHORIZED:
        return {"WWW-Authenticate": 'Bearer realm="selter"'}
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return {"Retry-After": refused.facts.get("seconds", "60")}
    return {}


def _title(status: int, language: str) -> str:
    if language == "en":
        return HTTPStatus(status).phrase
    return _TITLES.get(status, "Permintaan ditolak")


_HTTP_CODES: Final = {404: "not-found", 405: "method-not-allowed", 413: "body-too-large"}
_TITLES: Final = {
    202: "Sedang diproses",
    400: "Permintaan tidak terbaca",
    401: "Belum masuk",
    403: "Tidak berwenang",
    404: "Tidak ditemukan",
    405: "Metode tidak tersedia",
    409: "Bertentangan dengan keadaan sekarang",
    412: "Versi sudah berubah",
    413: "Terlalu besar",
    415: "Jenis berkas tidak diterima",
    422: "Isian belum benar",
    428: "Perlu If-Match",
    429: "Terlalu sering",
    500: "Kesalahan sistem",
    503: "Layanan sedang tidak tersedia",
    507: "Ruang penyimpanan habis",
}

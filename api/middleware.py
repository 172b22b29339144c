"""What every exchange gets: an id, the instant at which it came in, a line in the log, a limit, and careful headers.

A line names the route's template and never the path, because anybody may put anything into a path.
"""

import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from opentelemetry import trace
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.case import workflow_id
from domain.words import CaseKind
from records.tables import new_id
from runtime import metrics
from runtime.clock import monotonic, real_now
from runtime.logs import about, about_case

_log = logging.getLogger("selter.http")
_JSON_LIMIT: Final = 1024 * 1024
_PAGE_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_API_POLICY: Final = "default-src 'none'; frame-ancestors 'none'"
_COMMON: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_MILLISECONDS: Final = re.compile(r"[0-9]{13}")  # since 1970, until the year 2286
_BELIEVED: Final = timedelta(seconds=30)  # a request that the proxy holds for longer, it has given up
_DOCS: Final = ("/docs", "/redoc")
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_MUTE: Final = ("/health/", "/static")  # asked for all the time, and of interest only when they fail
_FAILED: Final = 400
_NOUNS: Final = {
    "selections": CaseKind.SELECTION,
    "terms": CaseKind.TERM,
    "contracts": CaseKind.CONTRACT,
    "reviews": CaseKind.REVIEW,
}
_CASE_IDS: Final = ("case_id", "selection_id", "term_id", "contract_id", "review_id")


class Exchange:
    """Pure ASGI, so that streaming bodies are counted as they come in."""

    def __init__(self, app: ASGIApp, *, upload_limit: int, https: bool, arrival_header: str = "") -> None:
        self._app = app
        self._upload_limit = upload_limit
        self._https = https
        self._arrival_header = arrival_header

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one exchange."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = new_id()
        scope.setdefault("state", {}).update(request_id=request_id, arrived=self._arrival(scope))
        limited = _limited(receive, self._limit(scope))
        trace.get_current_span().set_attribute("selter.request", request_id)
        began, status = monotonic(), 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._add_headers(MutableHeaders(scope=message), scope["path"], request_id)
            await send(message)

        with about(request=request_id):
            try:
                await self._app(scope, limited, sending)
            finally:
                _note(scope, status, monotonic() - began)

    def _arrival(self, scope: Scope) -> datetime:
        """When the request came in: here, or a little earlier at the proxy, if that is asked to say so."""
        now = real_now()
        said = Headers(scope=scope).get(self._arrival_header, "") if self._arrival_header else ""
        if not _MILLISECONDS.fullmatch(said):
            return now
        arrived = datetime.fromtimestamp(int(said) / 1000, UTC)
        return arrived if now - _BELIEVED <= arrived <= now else now

    def _limit(self, scope: Scope) -> int:
        form = Headers(scope=scope).get("content-type", "").startswith("multipart/")
        return self._upload_limit + _JSON_LIMIT if form else _JSON_LIMIT

    def _add_headers(self, headers: MutableHeaders, path: str, request_id: str) -> None:
        headers["X-Request-ID"] = request_id
        for name, value in _COMMON.items():
            headers.setdefault(name, value)
        if self._https:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        if path.startswith(_DOCS):
            return
        api = path.startswith(("/api/", "/health/"))
        headers.setdefault("Content-Security-Policy", _API_POLICY if api else _PAGE_POLICY)
        if not path.startswith("/static/"):
            headers.setdefault("Cache-Control", "no-store")


def route_of(scope: Scope) -> tuple[str, str]:
    """Method and route template; nothing that a caller chose stands in either."""
    method = scope["method"] if scope["method"] in _METHODS else "OTHER"
    mounted = "/static" if scope["path"].startswith("/static/") else "(none)"
    return method, getattr(scope.get("route"), "path", mounted)


def _note(scope: Scope, status: int, seconds: float) -> None:
    """Count and log an exchange."""
    (method, route), state, ms = route_of(scope), scope["state"], round(seconds * 1000)
    metrics.HTTP_SECONDS.labels(f"{method} {route}", f"{status // 100}xx").observe(seconds)
    level = logging.DEBUG if status < _FAILED and route.startswith(_MUTE) else logging.INFO
    facts = {"method": method, "route": route, "status": status, "ms": ms}
    with about(role=state.get("role", ""), **(_case_of(scope, route) if status < _FAILED else {})):
        _log.log(level, "%s %s %d, %d ms", method, route, status, ms, extra={"facts": facts})


def _case_of(scope: Scope, route: str) -> Mapping[str, str]:
    """The case that a path is about; asked only where the answer shows that it exists."""
    given: dict[str, Any] = scope.get("path_params", {})
    case_id = next((given[name] for name in _CASE_IDS if name in given), None)
    kind = next((kind for noun, kind in _NOUNS.items() if f"/{noun}/" in route), None)
    return about_case(workflow_id(kind, case_id)) if kind and case_id else {}


def _limited(receive: Receive, limit: int) -> Receive:
    """A `receive` that refuses to read more than the limit, whatever Content-Length says.

    Raises:
        HTTPException: 413.
    """
    read = 0

    async def receiving() -> Message:
        nonlocal read
        message = await receive()
        if message["type"] == "http.request":
            read += len(message.get("body", b""))
            if read > limit:
                raise HTTPException(413, headers={"Connection": "close", "X-Limit": str(limit)})
        return message

    return receiving

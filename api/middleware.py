"""What every exchange gets: a request id, a limit on the body, and headers that keep browsers careful."""

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from records.tables import new_id

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
_DOCS: Final = ("/docs", "/redoc")


class Exchange:
    """Pure ASGI, so that streaming bodies are counted as they come in."""

    def __init__(self, app: ASGIApp, *, upload_limit: int, https: bool) -> None:
        self._app = app
        self._upload_limit = upload_limit
        self._https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one exchange."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = new_id()
        scope.setdefault("state", {})["request_id"] = request_id
        limited = _limited(receive, self._limit(scope))

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add_headers(MutableHeaders(scope=message), scope["path"], request_id)
            await send(message)

        await self._app(scope, limited, sending)

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

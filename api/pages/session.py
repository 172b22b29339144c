"""The session of a browser: a bearer token in a cookie that scripts cannot read, and a token on every form."""

import hmac
import secrets
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from fastapi import Request, Response

from api.security import Caller, caller_of
from api.services import Services
from domain.refusals import Refused

SESSION_COOKIE: Final = "selter_session"
FORM_COOKIE: Final = "selter_form"


@dataclass(frozen=True)
class FormToken:
    """What a form carries, and the cookie that it must agree with; `fresh` where the cookie is not set yet."""

    token: str
    cookie: str
    fresh: bool


def caller(request: Request, services: Services) -> Caller | None:
    """Whoever holds the session cookie's token."""
    token = request.cookies.get(SESSION_COOKIE)
    found = caller_of(services, token, request.state.arrived) if token else None
    if found is not None:
        request.state.person_id = found.id
        request.state.role = found.roles
    return found


def signed_in(request: Request) -> Caller:
    """The caller of a page that needs one.

    Raises:
        Refused: `sign-in-needed`.
    """
    found: Caller | None = request.state.caller
    if found is None:
        raise Refused("sign-in-needed")
    return found


def keep(response: Response, services: Services, token: str, seconds: int) -> None:
    """Keep a token in the session cookie."""
    response.set_cookie(
        SESSION_COOKIE, token, max_age=seconds, httponly=True, samesite="strict", secure=secure(services)
    )


def forget(response: Response, services: Services) -> None:
    """Take the session cookie away."""
    response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="strict", secure=secure(services))


def secure(services: Services) -> bool:
    """Whether cookies travel over https only."""
    return services.settings.public_base_url.startswith("https://")


def sign_in_address(after: str) -> str:
    """The sign-in page, which comes back to `after`."""
    return f"/masuk?lanjut={quote(local_path(after), safe='/')}"


def local_path(path: str) -> str:
    """A path of this site; whatever could lead elsewhere becomes the start page."""
    plain = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if plain else "/"


# -- forms -------------------------------------------------------------------------------------------------------


def form_token(request: Request, services: Services) -> FormToken:
    """The token for this browser's forms; it is worth nothing in another browser or another session."""
    cookie = request.cookies.get(FORM_COOKIE, "")
    fresh = len(cookie) < 32
    if fresh:
        cookie = secrets.token_urlsafe(32)
    return FormToken(_signed(request, services, cookie), cookie, fresh)


def keep_form_cookie(response: Response, services: Services, form: FormToken) -> None:
    """Set the cookie that this page's forms must agree with."""
    if form.fresh:
        response.set_cookie(FORM_COOKIE, form.cookie, httponly=True, samesite="strict", secure=secure(services))


def check_form(request: Request, services: Services, token: str) -> None:
    """Refuse a form that another site made the browser send.

    Raises:
        Refused: `bad-request`.
    """
    cookie = request.cookies.get(FORM_COOKIE, "")
    if not cookie or not hmac.compare_digest(token.encode(), _signed(request, services, cookie).encode()):
        raise Refused("bad-request")


def _signed(request: Request, services: Services, cookie: str) -> str:
    key = services.settings.secret_key.get_secret_value().encode()
    facts = f"{cookie}\n{request.cookies.get(SESSION_COOKIE, '')}"
    return hmac.new(key, facts.encode(), "sha256").hexdigest()

"""Rendering a page: template, language, form token, and errors as pages where the API would answer with a problem."""

import logging
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.routing import APIRoute
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.middleware import route_of
from api.pages import session as sessions
from api.pages.wording import LANGUAGES, Words
from api.problems import request_id_of
from api.services import Services, services_of
from domain import refusals
from domain.refusals import Refused
from runtime.settings import Mode

LANGUAGE_COOKIE: Final = "selter_lang"
_log = logging.getLogger("selter.api")
_YEAR: Final = 365 * 24 * 3600
_TEMPLATES: Final = Path(__file__).with_name("templates")
_ENVIRONMENT: Final = Environment(
    loader=FileSystemLoader(_TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def language_of(request: Request) -> str:
    """The page's language: asked for in the address, else kept from before, else Indonesian."""
    for found in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if found in LANGUAGES:
            return found
    return "id"


def page(
    request: Request,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    zone: str | None = None,
    status: int = 200,
) -> HTMLResponse:
    """A page in the caller's language; times are those of `zone`, else of the installation."""
    services = services_of(request)
    words = Words(language_of(request), ZoneInfo(zone or services.settings.time_zone))
    form = sessions.form_token(request, services)
    body = _ENVIRONMENT.get_template(template).render(
        words=words,
        t=words.t,
        caller=getattr(request.state, "caller", None),
        form_token=form.token,
        path=request.url.path,
        demo=services.settings.mode is not Mode.PRODUCTION,
        **(context or {}),
    )
    response = HTMLResponse(body, status, {"Content-Language": words.language, "Vary": "Cookie"})
    _keep_language(request, response, services)
    sessions.keep_form_cookie(response, services, form)
    return response


def _keep_language(request: Request, response: Response, services: Services) -> None:
    """An asked-for language stays; the cookie says nothing about the person."""
    if request.query_params.get("lang") in LANGUAGES:
        language = request.query_params["lang"]
        response.set_cookie(
            LANGUAGE_COOKIE, language, max_age=_YEAR, httponly=True, samesite="lax", secure=sessions.secure(services)
        )


class PageRoute(APIRoute):
    """A route whose refusals are pages: sign in first, not found, not allowed."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with the caller of the session cookie on the request."""
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            services = services_of(request)
            request.state.caller = await run_in_threadpool(sessions.caller, request, services)
            try:
                return await handle(request)
            except Refused as refused:
                return refusal_page(request, refused)
            except RequestValidationError:
                return refusal_page(request, Refused("not-found"))
            except HTTPException:
                raise
            except Exception as error:  # whatever failed, a reader gets a page with a number to name, not JSON
                incident = request_id_of(request)
                _log.error("incident %s: %s %s", incident, *route_of(request.scope), exc_info=error)
                return refusal_page(request, Refused("internal", incident=incident))

        return handler


def refusal_page(request: Request, refused: Refused) -> Response:
    """A refusal as a page; whoever must sign in first is sent there and comes back."""
    if refused.code == "sign-in-needed" and request.method == "GET":
        return RedirectResponse(sessions.sign_in_address(request.url.path), 303)
    status = refusals.status(refused.code)
    context = {
        "status": status,
        "message": refusals.message(refused.code, refused.facts, language_of(request)),
        "rule": refused.rule,
        "citation": refused.citation,
        "incident": request_id_of(request),
    }
    return page(request, "error.html", context, status=status)

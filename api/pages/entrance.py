"""Signing in and out by a form; the bearer token stays in a cookie that no script can read."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.accounts import passwords_of
from api.pages import session as sessions
from api.pages.rendering import PageRoute, language_of, page
from api.services import Parts
from domain import refusals
from domain.refusals import Refused
from records import accounts
from runtime.clock import real_now

router = APIRouter(include_in_schema=False, route_class=PageRoute)

Text = Annotated[str, Form(max_length=254)]
Secret = Annotated[str, Form(max_length=200)]


@router.get("/masuk")
def show_sign_in(request: Request, lanjut: str = "/") -> Response:
    """The sign-in form."""
    if request.state.caller is not None:
        return RedirectResponse(sessions.local_path(lanjut), 303)
    return page(request, "sign_in.html", {"after": sessions.local_path(lanjut), "login": "", "problem": ""})


@router.post("/masuk")
def sign_in(
    request: Request,
    services: Parts,
    surel: Text = "",
    sandi: Secret = "",
    lanjut: Text = "/",
    formulir: Text = "",
) -> Response:
    """Sign in, and go on to where one wanted to be."""
    after = sessions.local_path(lanjut)
    now = real_now()
    try:
        sessions.check_form(request, services, formulir)
        found = accounts.sign_in(services.database, passwords_of(services), surel, sandi, now)
    except Refused as refused:
        problem = refusals.message(refused.code, refused.facts, language_of(request))
        context = {"after": after, "login": surel, "problem": problem}
        return page(request, "sign_in.html", context, status=refusals.status(refused.code))
    response = RedirectResponse(after if after != "/" else "/kotak-tugas", 303)
    sessions.keep(response, services, found.token, int((found.expires_at - now).total_seconds()))
    return response


@router.get("/keluar")
def show_sign_out(request: Request) -> Response:
    """Asking before signing out: a link must not do it."""
    return page(request, "sign_out.html")


@router.post("/keluar")
def sign_out(request: Request, services: Parts, formulir: Text = "") -> Response:
    """Sign out: the token is worth nothing from now on."""
    sessions.check_form(request, services, formulir)
    caller = request.state.caller
    if caller is not None:
        with services.database.write() as writer:
            accounts.sign_out(writer, caller.token_sha256, caller.id, real_now())
    response = RedirectResponse("/", 303)
    sessions.forget(response, services)
    return response

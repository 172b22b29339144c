"""The pages for anybody: the rounds, one round, and whether a document is real; all other pages join them here."""

from collections.abc import Callable
from typing import Any, Final
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.convertors import Convertor, register_url_convertor

from api import documents, public
from api.pages import entrance, mine, office
from api.pages.rendering import PageRoute, language_of, page
from api.pages.wording import Words
from api.security import Caller
from api.services import Parts, Services
from domain.refusals import Refused
from domain.words import Stage

_PAGE_SIZE: Final = 50
_STAGES: Final = (Stage.ANNOUNCEMENT, Stage.SCREENING, Stage.ASSESSMENT, Stage.INTERVIEW, Stage.APPOINTMENT)


class _PagePath(Convertor[str]):
    """Any address that is neither the API's nor a static file's: what does not exist there is a page that says so."""

    regex = r"(?!api/|health/|static/).*"

    def convert(self, value: str) -> str:
        """As it came."""
        return value

    def to_string(self, value: str) -> str:
        """As it is."""
        return value


register_url_convertor("page", _PagePath())
router = APIRouter(include_in_schema=False, route_class=PageRoute)


@router.get("/")
def home(request: Request, services: Parts) -> Response:
    """The rounds of all agencies, and how a selection works."""
    with services.database.read() as session:
        rows, _ = public.published(session, None, _PAGE_SIZE)
    groups = {"open": [r for r in rows if r.stage == Stage.ANNOUNCEMENT]}
    groups["running"] = [r for r in rows if r.stage not in (Stage.ANNOUNCEMENT, Stage.CLOSED)]
    groups["closed"] = [r for r in rows if r.stage == Stage.CLOSED]
    context = {"groups": groups, "empty": not rows, "here": _words_by_zone(request)}
    return page(request, "home.html", context)


def _words_by_zone(request: Request) -> Callable[[public.PublicRow], Words]:
    """Each round's dates are those of its agency."""
    language = language_of(request)
    return lambda row: Words(language, ZoneInfo(row.zone))


@router.get("/seleksi/{selection_id}")
def show_round(request: Request, services: Parts, selection_id: str) -> Response:
    """A published round."""
    with services.database.read() as session:
        found = public.round_of(session, selection_id)
    context = {"round": found, "stages": _STAGES, "place_of": _place}
    return page(request, "round.html", context, zone=found.agency.zone)


def _place(stage: Any, vacancy: Any) -> str:
    """Where a stage lies for a vacancy: done, now or ahead; a lane that was closed early never reached the rest."""
    order = list(Stage)
    present = order.index(Stage(vacancy.stage))
    if vacancy.stage == Stage.CLOSED:
        reached = [Stage(r.stage) for r in vacancy.results]
        done = vacancy.appointee or stage in reached or stage is Stage.ANNOUNCEMENT
        return "done" if done else "ahead"
    index = order.index(stage)
    return "now" if index == present else ("done" if index < present else "ahead")


@router.get("/dokumen")
def ask_for_code(request: Request, kode: str = "") -> Response:
    """Where one enters the code at the foot of a document."""
    code = "".join(kode.split()).lower()
    return RedirectResponse(f"/dokumen/{code}", 303) if code.isalnum() else page(request, "verify.html", {"code": ""})


@router.get("/dokumen/{code}")
def verify(request: Request, services: Parts, code: str) -> Response:
    """Whether a document is real."""
    try:
        with services.database.read() as session:
            found = public.genuine(session, code)
    except Refused:
        return page(request, "verify.html", {"code": code, "found": None}, status=404)
    readable = found.public or _reads(services, request.state.caller, found.code)
    return page(request, "verify.html", {"code": code, "found": found, "readable": readable})


def _reads(services: Services, caller: Caller | None, code: str) -> bool:
    """Whether the one at this browser may read the document itself."""
    try:
        return caller is not None and bool(documents.get_document(services, caller, code))
    except Refused:
        return False


@router.get("/dokumen/{code}/berkas")
def download(request: Request, services: Parts, code: str) -> Response:
    """The document's file: public ones for anybody, others for whom they concern."""
    caller = request.state.caller
    if caller is None:
        return public.get_public_content(services, code)
    return documents.download_document(services, caller, code)


router.include_router(entrance.router)
router.include_router(mine.router)
router.include_router(office.router)


@router.get("/{path:page}")
def nowhere(request: Request, path: str) -> Response:
    """An address without a page."""
    raise Refused("not-found")

"""Pages of whoever is signed in: his applications, what waits for him, and an official's contract year."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session, col, select

from api.contract_shapes import ContractOut, TermOut
from api.contract_views import contract_out, review_out, term_out
from api.contracts import terms_seen, watched_term
from api.pages import session as sessions
from api.pages.rendering import PageRoute, page
from api.security import Caller
from api.services import Parts
from domain.acts import act_of
from domain.refusals import Refused
from domain.words import CaseKind, Stage
from records import applications, tracking
from records.assignments import people_by_id
from records.contract_view import WarningSign, contract_view
from records.inbox import Item, inbox
from records.tables import Agency, Application, Contract, OfficeTerm, Post, Review, Selection, Vacancy
from records.tracking import Tracking

router = APIRouter(include_in_schema=False, route_class=PageRoute)

_MOST: Final = 100
_ENDED: Final = frozenset({"withdrawn", "not_submitted", "cancelled", "closed"})
_WAY: Final = (Stage.ANNOUNCEMENT, Stage.SCREENING, Stage.ASSESSMENT, Stage.INTERVIEW, Stage.APPOINTMENT)


# -- applications --------------------------------------------------------------------------------------------------


@router.get("/lamaran")
def my_applications(request: Request, services: Parts) -> Response:
    """The caller's applications, the newest first."""
    caller = sessions.signed_in(request)
    with services.database.read() as session:
        query = (
            select(Application, Vacancy, Selection, Agency)
            .join(Vacancy, col(Vacancy.id) == col(Application.vacancy_id))
            .join(Selection, col(Selection.id) == col(Application.selection_id))
            .join(Agency, col(Agency.id) == col(Application.agency_id))
            .where(col(Application.person_id) == caller.id)
            .order_by(col(Application.created_at).desc())
        )
        rows = list(session.exec(query.limit(_MOST)))
    return page(request, "applications.html", {"rows": rows})


@router.get("/lamaran/{application_id}")
def my_application(request: Request, services: Parts, application_id: str) -> Response:
    """One application: what was done, what happens now, what comes next and by when, and why a date moved."""
    caller = sessions.signed_in(request)
    with services.database.read() as session:
        found = applications.dossier(session, application_id)
        if found.application.person_id != caller.id:
            raise Refused("unknown-application", application=application_id)
        way = tracking.of(session, found, caller.at)
        agency = session.get_one(Agency, found.application.agency_id)
    context = {"way": way, "agency": agency, "places": _places(way)}
    return page(request, "tracking.html", context, zone=agency.zone)


def _places(way: Tracking) -> list[tuple[Stage, str]]:
    """Each stage as done, now, ahead, or where the way ended for this applicant."""
    order = list(Stage)
    ended = next((Stage(r.stage) for r in reversed(way.results) if not r.passed), None)
    present = ended or Stage(way.stage)
    at = "stopped" if ended or way.status in _ENDED else "now"
    places = {True: "done", False: "ahead"}
    return [(s, at if s is present else places[order.index(s) < order.index(present)]) for s in _WAY]


# -- the inbox -----------------------------------------------------------------------------------------------------


@router.get("/kotak-tugas")
def my_inbox(request: Request, services: Parts) -> Response:
    """What waits for the caller: since when, by when, under which rule."""
    caller = sessions.signed_in(request)
    with services.database.read() as session:
        items = inbox(session, caller.id, caller.assignments, caller.at)
        zones = {a.id: a.zone for a in session.exec(select(Agency))}
    zone = next((zones[a.agency_id] for a in caller.assignments if a.agency_id in zones), None)
    rows = [(item, _page_of(item)) for item in items]
    return page(request, "inbox.html", {"rows": rows}, zone=zone)


def _page_of(item: Item) -> str:
    """The page that shows its case: a round's public page, an official's page; a draft round has none yet."""
    kind, _, case_id = item.case.partition("/")
    if kind == CaseKind.SELECTION:
        return "" if item.act == "publish" else f"/seleksi/{case_id}"
    return f"/jabatan/{case_id.replace('/', '-').partition('-')[0]}"


# -- an official's page --------------------------------------------------------------------------------------------


@router.get("/jabatan")
def my_terms(request: Request, services: Parts) -> Response:
    """The office terms one may see; whoever has one goes straight there."""
    caller = sessions.signed_in(request)
    with services.database.read() as session:
        terms = terms_seen(session, caller, None, None, _MOST)
        posts = {p.id: p for p in session.exec(select(Post).where(col(Post.id).in_([t.post_id for t in terms])))}
        people = people_by_id(session, [t.person_id for t in terms])
    if len(terms) == 1:
        return RedirectResponse(f"/jabatan/{terms[0].id}", 303)
    rows = [(t, posts[t.post_id], people[t.person_id]) for t in terms]
    return page(request, "terms.html", {"rows": rows})


@router.get("/jabatan/{term_id}")
def show_term(request: Request, services: Parts, term_id: str, tahun: int | None = None) -> Response:
    """An official's year on one page: contract, quarters, warning signs, rights, and the review's gates."""
    caller = sessions.signed_in(request)
    with services.database.read() as session:
        term = watched_term(session, caller, CaseKind.TERM, term_id)
        shown = term_out(session, term, caller.at)
        agency = session.get_one(Agency, term.agency_id)
        context = _year(session, caller, term, shown, tahun)
    return page(request, "term.html", {"term": shown, "agency": agency, **context}, zone=agency.zone)


def _year(session: Session, caller: Caller, term: OfficeTerm, shown: TermOut, year: int | None) -> dict[str, Any]:
    """What the page says about one contract year; the latest unless another is asked for."""
    contract_id = next((c.id for c in reversed(shown.contracts) if year in (None, c.year)), None)
    if contract_id is None:
        if year is not None:
            raise Refused("not-found")
        return {"contract": None, "review": None}
    contract = contract_out(session, session.get_one(Contract, contract_id))
    review = session.get(Review, contract_id)
    view = contract_view(session, contract_id)
    return {
        "contract": contract,
        "view": view,
        "signs": _signs(view.warnings),
        "review": review_out(session, review) if review else None,
        "numbers": _numbers(contract),
        "own": term.person_id == caller.id,
        "title_of": _act_title,
    }


def _signs(warnings: Sequence[WarningSign]) -> list[tuple[str, str, list[WarningSign]]]:
    """Warning signs of the same kind together: a low achievement in four quarters is one sign, not four."""
    found: dict[tuple[str, str], list[WarningSign]] = {}
    for sign in warnings:
        subject = "" if sign.code == "low" else sign.subject
        found.setdefault((sign.code, subject), []).append(sign)
    return [(code, subject, signs) for (code, subject), signs in found.items()]


def _act_title(name: str) -> str:
    """What an act of a review is called."""
    act = act_of(CaseKind.REVIEW, name)
    return act.title if act else name


def _numbers(contract: ContractOut) -> list[dict[str, Any]]:
    """One row an indicator of the version in force (else of the first), with target and actual of each quarter."""
    version = next((v for v in contract.versions if v.in_force), contract.versions[0] if contract.versions else None)
    if version is None:
        return []
    quarters = {c.period.rpartition("Q")[2]: _measured(c.measured) for c in contract.check_ins}
    return [
        {"indicator": i, "quarters": [_cell(i.id, i.quarterly, q, quarters) for q in contract.quarters]}
        for i in version.indicators
    ]


def _measured(measured: Mapping[str, Any] | None) -> dict[str, Mapping[str, Any]]:
    return {row["indicator_id"]: row for row in measured["indicators"]} if measured else {}


def _cell(
    indicator_id: str, targets: Sequence[str], quarter: int, quarters: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    row = quarters.get(str(quarter), {}).get(indicator_id, {})
    target = targets[quarter - 1] if len(targets) >= quarter else ""
    return {"target": target, "actual": row.get("actual"), "capped": row.get("capped")}

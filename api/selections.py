"""Rounds: drafting, editing, reading, and the journal for those who watch."""

import json
import logging
from typing import Any, Final

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from api.editing import if_match, with_etag
from api.idempotency import OnceKey, Reply, write
from api.paging import Cursor, Limit, Page, decode, encode, instant, text
from api.problems import problems
from api.security import Caller, SignedIn, require, scopes_of
from api.selection_shapes import (
    JournalOut,
    JournalRow,
    SelectionEdit,
    SelectionIn,
    SelectionMade,
    SelectionOut,
    SelectionRow,
)
from api.selection_views import drafts_of, selection_out
from api.services import Parts, Services
from domain.refusals import Refused
from domain.selection import SelectionState
from domain.words import CaseKind, Role
from records import journal, rounds, selections
from records.audit import Writer
from records.tables import Selection

router = APIRouter(prefix="/api/v1", tags=["selections"])
_log = logging.getLogger("selter.api")

WATCHERS: Final = (Role.SECRETARIAT, Role.COMMITTEE, Role.PPK, Role.PYB, Role.OBSERVER, Role.ASSESSOR)
JOURNAL_READERS: Final = (Role.COMMITTEE, Role.OBSERVER, Role.SECRETARIAT, Role.PPK, Role.PYB)


def watched(session: Session, caller: Caller, selection_id: str, roles: tuple[Role, ...] = WATCHERS) -> Selection:
    """A round that the caller may see.

    Raises:
        Refused: `unknown-selection` (404) also to strangers; `not-allowed` to others of the agency.
    """
    selection = selections.get(session, selection_id)
    try:
        require(caller, roles, selection.agency_id, scopes_of(CaseKind.SELECTION, selection_id), act="selection")
    except Refused as refused:
        raise (Refused("unknown-selection") if refused.code == "not-found" else refused) from None
    return selection


@router.post("/selections", status_code=201, response_model=SelectionMade, responses=problems(401, 403, 404, 409))
async def open_selection(services: Parts, caller: SignedIn, key: OnceKey, body: SelectionIn) -> JSONResponse:
    """Open a draft round. Its case is born in the same transaction; `running` says whether its workflow is up yet."""
    made = await run_in_threadpool(_open, services, caller, key, body)
    content: dict[str, Any] = json.loads(bytes(made.body))
    content["running"] = await start_case(services, content["case"])
    return JSONResponse(content, made.status_code, {"ETag": f'"{content["version"]}"'})


def _open(services: Services, caller: Caller, key: OnceKey, body: SelectionIn) -> JSONResponse:
    agency_id = body.agency_id or _only_agency(caller)
    assignment = require(caller, [Role.SECRETARIAT], agency_id, act="open")

    def work(writer: Writer) -> Reply:
        selection = selections.create(
            writer, agency_id, body.title, body.level, drafts_of(body.vacancies), caller.at, caller.author(assignment)
        )
        shown = selection_out(writer.session, selection)
        case = selections.case_key(selection.id)
        return Reply(201, SelectionMade(**shown.model_dump(), case=case, running=False), selection.version)

    return write(services, caller.id, key, work)


async def start_case(services: Services, case_key: str) -> bool:
    """Start an open case's workflow from the record; false when the engine is away, and then a worker does it later."""
    try:
        kind, state, outbox = await run_in_threadpool(_projection, services, case_key)
        if state.closed_at is not None:
            return False
        await services.engine.start(kind, case_key, state, outbox)
    except Exception:  # whatever keeps the engine away, the record stands and a worker starts the case
        _log.warning("case %s is recorded and not running yet", case_key, exc_info=True)
        return False
    return True


def _projection(services: Services, case_key: str) -> tuple[CaseKind, Any, dict[str, list[str]]]:
    with services.database.read() as session:
        case = journal.case_of(session, case_key)
        return CaseKind(case.kind), journal.state_of(session, case_key), journal.unfinished(session, case_key)


def _only_agency(caller: Caller) -> str:
    mine = caller.agencies(Role.SECRETARIAT)
    if len(mine) > 1:
        raise Refused("agency-needed")
    if not mine:
        raise Refused("not-allowed", act="open", roles=Role.SECRETARIAT)
    return mine[0]


@router.patch(
    "/selections/{selection_id}",
    response_model=SelectionOut,
    responses=problems(401, 403, 404, 409, 412, 428),
)
def edit_selection(
    services: Parts,
    caller: SignedIn,
    key: OnceKey,
    selection_id: str,
    body: SelectionEdit,
    version: int = Depends(if_match),
) -> JSONResponse:
    """Change parts of a draft; the answer says what the law makes of it. Locked once published."""

    def work(writer: Writer) -> Reply:
        selection = watched(writer.session, caller, selection_id)
        scope = scopes_of(CaseKind.SELECTION, selection_id)
        assignment = require(caller, [Role.SECRETARIAT], selection.agency_id, scope, act="edit_plan")
        drafts = drafts_of(body.vacancies) if body.vacancies is not None else None
        edited = selections.edit(
            writer, selection_id, version, body.changes(), drafts, caller.at, caller.author(assignment)
        )
        return Reply(200, selection_out(writer.session, edited), edited.version)

    return write(services, caller.id, key, work)


@router.get("/selections", responses=problems(401))
def list_selections(services: Parts, caller: SignedIn, limit: Limit = 50, cursor: Cursor = None) -> Page[SelectionRow]:
    """The rounds one may see, the newest first."""
    after = decode(cursor, instant, text)
    key = (after[0], after[1]) if after else None
    with services.database.read() as session:
        found = rounds.listed(session, _seen(caller), key, limit + 1)
        states = rounds.states(session, found)
        counts = rounds.vacancy_counts(session, [s.id for s in found])
    rows = [_row(s, states[s.id], counts.get(s.id, 0)) for s in found[:limit]]
    more = encode(found[limit - 1].created_at.isoformat(), found[limit - 1].id) if len(found) > limit else None
    return Page(items=rows, next_cursor=more)


def _seen(caller: Caller) -> rounds.Seen:
    mine = [a for a in caller.assignments if a.role in WATCHERS]
    return rounds.Seen(
        agencies={a.agency_id for a in mine if a.scope_kind == "agency" and a.agency_id},
        rounds={a.scope_id for a in mine if a.scope_kind == "selection"},
        everything=any(a.scope_kind == "platform" and a.role == Role.OBSERVER for a in mine),
    )


def _row(selection: Selection, state: SelectionState, vacancies: int) -> SelectionRow:
    return SelectionRow(
        id=selection.id,
        agency_id=selection.agency_id,
        title=selection.title,
        level=selection.level,
        stage=state.stage,
        vacancies=vacancies,
        created_at=selection.created_at,
        published_at=state.published_at,
        closed_at=state.closed_at,
    )


@router.get("/selections/{selection_id}", response_model=SelectionOut, responses=problems(401, 403, 404))
def get_selection(services: Parts, caller: SignedIn, selection_id: str) -> JSONResponse:
    """A round: the plan, its lanes with stage and since when, deadlines with their rule, counts; from the record."""
    with services.database.read() as session:
        selection = watched(session, caller, selection_id)
        return with_etag(selection_out(session, selection), selection.version)


@router.get("/selections/{selection_id}/journal", responses=problems(401, 403, 404))
def get_journal(services: Parts, caller: SignedIn, selection_id: str) -> JournalOut:
    """Every act of the round in order, without personal data."""
    with services.database.read() as session:
        watched(session, caller, selection_id, JOURNAL_READERS)
        entries = rounds.happened(session, selections.case_key(selection_id))
    return JournalOut(entries=[JournalRow(**{**vars(e), "vacancy_ids": list(e.vacancy_ids)}) for e in entries])

"""Cases of any kind: where one stands, for those who watch it and for whoever got 202."""

from datetime import datetime
from typing import Final

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.problems import problems
from api.security import SignedIn, require, scopes_of
from api.selection_shapes import DeadlineOut
from api.selection_views import deadlines_out
from api.services import Parts
from domain.case import workflow_id
from domain.laws import LAWS
from domain.refusals import Refused
from domain.words import CaseKind, Role
from records import journal

router = APIRouter(prefix="/api/v1", tags=["selections"])
_WATCHERS: Final = tuple(role for role in Role if role not in (Role.ADMIN, Role.CANDIDATE))


class AwaitedOut(BaseModel):
    """An act that waits for somebody."""

    act: str
    subject: str
    since: datetime
    due: datetime | None
    rule: str


class CaseOut(BaseModel):
    """A case as its journal tells it."""

    case: str = Field(examples=["selection/0k3f9x2m7q0ab"])
    kind: str
    id: str
    agency_id: str
    stage: str
    seq: int = Field(description="number of the last journal entry")
    effective_at: datetime
    closed_at: datetime | None
    deadlines: list[DeadlineOut]
    awaited: list[AwaitedOut]


@router.get("/cases/{kind}/{case_id}", responses=problems(401, 403, 404))
def get_case(services: Parts, caller: SignedIn, kind: CaseKind, case_id: str) -> CaseOut:
    """Where a case stands: stage, last entry, deadlines, and what it waits for."""
    with services.database.read() as session:
        case = journal.case_of(session, workflow_id(kind, case_id))
        try:
            require(caller, _WATCHERS, case.agency_id, scopes_of(kind, case_id), act="case")
        except Refused as refused:
            unseen = Refused("unknown-case", case=case.key)
            raise (unseen if refused.code == "not-found" else refused) from None
        state = journal.state_of(session, case.key)
    law = LAWS[kind]
    return CaseOut(
        case=case.key,
        kind=kind,
        id=case_id,
        agency_id=case.agency_id,
        stage=law.stage(state),
        seq=state.seq,
        effective_at=case.effective_at,
        closed_at=state.closed_at,
        deadlines=deadlines_out(state),
        awaited=[AwaitedOut(**vars(a)) for a in law.awaited(state)],
    )

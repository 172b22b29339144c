"""The inbox: what waits for the caller."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.problems import problems
from api.security import SignedIn
from api.services import Parts
from records.inbox import Item, inbox

router = APIRouter(prefix="/api/v1", tags=["inbox"])


class ItemOut(BaseModel):
    """Something that waits for the caller."""

    kind: str = Field(description="act: an act of process; checks: applications to screen; sheets: sheets to seal")
    act: str
    title: str
    case: str
    subject: str = Field(description="the vacancy or quarter it is about, where it is about one")
    about: str
    role: str
    since: datetime
    due: datetime | None
    overdue: bool
    rule: str
    link: str
    count: int


class Inbox(BaseModel):
    """What waits, the most urgent first."""

    items: list[ItemOut]
    at: datetime


@router.get("/inbox", responses=problems(401))
def read_inbox(services: Parts, caller: SignedIn) -> Inbox:
    """What waits for me: since when, by when, under which rule, and where."""
    with services.database.read() as session:
        found = inbox(session, caller.id, caller.assignments, caller.at)
    return Inbox(items=[_out(item) for item in found], at=caller.at)


def _out(item: Item) -> ItemOut:
    return ItemOut(**vars(item))

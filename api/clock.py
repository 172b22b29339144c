"""The installation's clock: everybody may read it, an administrator of a demo or simulation may move it on."""

from datetime import datetime, timedelta
from typing import Self

from fastapi import APIRouter
from pydantic import BaseModel, Field, model_validator
from starlette.concurrency import run_in_threadpool

from api.problems import problems
from api.security import SignedIn, require_admin
from api.services import Parts, Services
from api.shapes import Body, Moment
from domain.case import Deadline
from domain.refusals import Refused
from records.audit import PLATFORM, Author
from runtime.simulation import Simulation

router = APIRouter(prefix="/api/v1/clock", tags=["health"])


class ClockOut(BaseModel):
    """What time it is here."""

    now: datetime = Field(description="the installation's now: every deadline is judged by it")
    offset_seconds: int = Field(description="how far it runs ahead of real time; zero in production")
    movable: bool = Field(description="whether POST /clock/advance exists here")


class Advance(Body):
    """Where to move the clock: exactly one of the three. It never goes back."""

    to: Moment | None = None
    days: int | None = Field(default=None, ge=1, le=3660)
    next_deadline: bool = Field(default=False, description="to the earliest deadline or reminder of any open case")

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum((self.to is not None, self.days is not None, self.next_deadline)) != 1:
            raise ValueError("give exactly one of to, days, next_deadline")
        return self


class DueOut(BaseModel):
    """A deadline on which something will happen."""

    key: str
    subject: str
    at: datetime = Field(description="when it is reminded of or falls due, whichever comes first")
    due: datetime
    rule: str


class Advanced(BaseModel):
    """Where the clock stands after the move."""

    before: datetime
    now: datetime
    happened: int = Field(description="how many deadlines fell due or were reminded of on the way")
    next: DueOut | None = Field(description="the deadline that comes next; null when nothing is pending")


@router.get("", responses=problems())
def read_clock(services: Parts) -> ClockOut:
    """The installation's now."""
    offset = services.clock.offset()
    return ClockOut(
        now=services.clock.now(), offset_seconds=int(offset.total_seconds()), movable=_simulation(services) is not None
    )


@router.post("/advance", responses=problems(401, 403, 404))
async def advance(services: Parts, caller: SignedIn, body: Advance) -> Advanced:
    """Move time on, from deadline to deadline, every open case with it. Demo and simulation only: 404 elsewhere."""
    simulation = _simulation(services)
    if simulation is None:
        raise Refused("not-found")
    assignment = require_admin(caller, act="advance_clock")
    before = await run_in_threadpool(services.clock.now)
    target = await _target(simulation, body, before)
    happened = 0
    if target is not None:
        await run_in_threadpool(_note, services, caller.author(assignment), before, target)
        happened = await simulation.move_to(target)
    now = await run_in_threadpool(services.clock.now)
    return Advanced(before=before, now=now, happened=happened, next=_due(await simulation.next_deadline()))


def _simulation(services: Services) -> Simulation | None:
    """What moves time here; none where it may not be moved."""
    found = services.simulation if services.clock.movable else None
    return found if isinstance(found, Simulation) else None


async def _target(simulation: Simulation, body: Advance, now: datetime) -> datetime | None:
    """The instant meant; none when there is no deadline to go to."""
    if body.to is not None:
        return body.to
    if body.days is not None:
        return now + timedelta(days=body.days)
    upcoming = await simulation.next_deadline()
    return None if upcoming is None else max(upcoming.next_at or upcoming.due, now)


def _note(services: Services, author: Author, at: datetime, target: datetime) -> None:
    with services.database.write() as writer:
        payload = {"from": at.isoformat(), "to": target.isoformat()}
        writer.audit(PLATFORM, at, author, "advance_clock", "clock", payload)


def _due(deadline: Deadline | None) -> DueOut | None:
    if deadline is None:
        return None
    return DueOut(
        key=deadline.key,
        subject=deadline.subject,
        at=deadline.next_at or deadline.due,
        due=deadline.due,
        rule=deadline.rule,
    )

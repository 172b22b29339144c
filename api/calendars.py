"""An agency's working-day calendar, and the days that a decree makes working or not."""

from datetime import date

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from api.agencies import keeper
from api.idempotency import OnceKey, Reply, write
from api.problems import problems
from api.security import SignedIn
from api.services import Parts
from api.shapes import Body, LetterNumber
from domain.refusals import Refused
from records import agency_calendar
from records.audit import Writer
from records.people import get_agency

router = APIRouter(prefix="/api/v1", tags=["agencies"])


class OverrideIn(Body):
    """A day that is (not) worked by decree: an election day, a local holiday, a moved collective leave."""

    day: date
    working: bool = False
    decree: LetterNumber


class OverrideOut(OverrideIn):
    """An override; `national` ones hold for every agency."""

    national: bool = False


class CalendarOut(BaseModel):
    """The calendar as deadlines are counted on it, from last year to two years ahead."""

    version: str = Field(description="what the act `calendar_changed` names when open deadlines are to follow")
    zone: str
    non_working: list[date] = Field(description="holidays, collective leave and overrides; no weekends")
    overrides: list[OverrideOut]


@router.get("/agencies/{agency_id}/calendar", responses=problems(401, 404))
def read_calendar(services: Parts, caller: SignedIn, agency_id: str) -> CalendarOut:
    """The agency's calendar, for whoever has to do with the agency."""
    if not caller.knows(agency_id):
        raise Refused("unknown-agency")
    with services.database.read() as session:
        calendar = agency_calendar.calendar_for(session, get_agency(session, agency_id), caller.at)
        rows = agency_calendar.overrides_of(session, agency_id)
    return CalendarOut(
        version=calendar.version,
        zone=calendar.zone,
        non_working=list(calendar.non_working),
        overrides=[
            OverrideOut(day=date.fromisoformat(o.day), working=o.working, decree=o.decree, national=not o.agency_id)
            for o in rows
        ],
    )


@router.post(
    "/agencies/{agency_id}/calendar-overrides",
    status_code=201,
    response_model=OverrideOut,
    responses=problems(401, 403, 404, 409),
)
def enter_override(services: Parts, caller: SignedIn, key: OnceKey, agency_id: str, body: OverrideIn) -> JSONResponse:
    """Enter a day by decree (secretariat, administrator). Open deadlines follow by the act `calendar_changed`."""
    author = caller.author(keeper(caller, agency_id, "enter_override"))

    def work(writer: Writer) -> Reply:
        agency_calendar.enter_override(writer, agency_id, body.day, body.working, body.decree, caller.at, author)
        return Reply(201, OverrideOut(**body.model_dump()))

    return write(services, caller.id, key, work)

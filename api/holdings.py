"""Holdings: who holds which post from when until when, each begun and ended by a decree."""

from datetime import date

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from api.agencies import keeper
from api.idempotency import OnceKey, Reply, write
from api.problems import problems
from api.security import SignedIn
from api.services import Parts
from api.shapes import Body, Day, Id, LetterNumber
from domain.refusals import Refused
from domain.words import HoldingKind
from records import people
from records.audit import Writer
from records.tables import Holding

router = APIRouter(prefix="/api/v1", tags=["agencies"])


class HoldingIn(Body):
    """Somebody holds a post from a day on."""

    post_id: Id
    person_id: Id
    kind: HoldingKind = HoldingKind.DEFINITIVE
    since: Day
    basis: LetterNumber


class HoldingEnd(Body):
    """The last day in post, and the decree that ends it."""

    until: Day
    basis: LetterNumber


class HoldingOut(BaseModel):
    """A holding."""

    id: str
    agency_id: str
    post_id: str
    person_id: str
    kind: str
    since: date
    until: date | None
    basis: str
    end_basis: str


class Holdings(BaseModel):
    """Who held and holds which post, the newest first."""

    holdings: list[HoldingOut]


def _out(holding: Holding) -> HoldingOut:
    return HoldingOut(**holding.model_dump(include=set(HoldingOut.model_fields)))


@router.post(
    "/agencies/{agency_id}/holdings", status_code=201, response_model=HoldingOut, responses=problems(401, 403, 404, 409)
)
def begin(services: Parts, caller: SignedIn, key: OnceKey, agency_id: str, body: HoldingIn) -> JSONResponse:
    """Note who holds a post from when; the secretariat or the admin."""
    author = caller.author(keeper(caller, agency_id, "begin_holding"))

    def work(writer: Writer) -> Reply:
        holding = Holding(agency_id=agency_id, **{**body.model_dump(), "kind": body.kind.value})
        return Reply(201, _out(people.begin_holding(writer, holding, caller.at, author)))

    return write(services, caller.id, key, work)


@router.post(
    "/agencies/{agency_id}/holdings/{holding_id}/end",
    response_model=HoldingOut,
    responses=problems(401, 403, 404, 409),
)
def end(
    services: Parts, caller: SignedIn, key: OnceKey, agency_id: str, holding_id: str, body: HoldingEnd
) -> JSONResponse:
    """Note the last day in a post; nothing is deleted."""
    author = caller.author(keeper(caller, agency_id, "end_holding"))

    def work(writer: Writer) -> Reply:
        return Reply(
            200, _out(people.end_holding(writer, agency_id, holding_id, body.until, body.basis, caller.at, author))
        )

    return write(services, caller.id, key, work)


@router.get("/agencies/{agency_id}/holdings", responses=problems(401, 404))
def list_holdings(services: Parts, caller: SignedIn, agency_id: str) -> Holdings:
    """Who held and holds which post."""
    if not caller.knows(agency_id):
        raise Refused("unknown-agency")
    with services.database.read() as session:
        return Holdings(holdings=[_out(h) for h in people.holdings_of(session, agency_id)])

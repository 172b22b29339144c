"""Agencies and the posts of their structure."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, field_validator
from sqlmodel import col, select

from api.idempotency import OnceKey, Reply, write
from api.problems import problems
from api.security import Caller, SignedIn, require, require_admin
from api.services import Parts
from api.shapes import Body, Line
from domain.plan import AgencyKind
from domain.refusals import Refused
from domain.words import Role, VacancyKind
from records import people
from records.audit import Writer
from records.tables import Agency, Assignment, Holding, Post

router = APIRouter(prefix="/api/v1", tags=["agencies"])
_ZONES = ("Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura")


class AgencyIn(Body):
    """An appointing agency; its letterhead is made of these."""

    name: Line = Field(examples=["Pemerintah Kabupaten Tirta Wening"])
    kind: AgencyKind
    head_title: Line = Field(examples=["Bupati Tirta Wening"])
    unit: Line = Field(examples=["Badan Kepegawaian dan Pengembangan Sumber Daya Manusia"])
    address: Line
    contact: Line
    place: Line
    zone: str = Field(default="Asia/Jakarta", description="IANA zone of Indonesia: WIB, WITA or WIT")

    @field_validator("zone")
    @classmethod
    def _known(cls, zone: str) -> str:
        if zone not in _ZONES:
            raise ValueError(f"one of {', '.join(_ZONES)}")
        return zone


class AgencyOut(BaseModel):
    """An agency, as its letterhead shows it."""

    id: str
    name: str
    kind: str
    head_title: str
    unit: str
    address: str
    contact: str
    place: str
    zone: str


class PostIn(Body):
    """A post."""

    title: Line
    unit: Line
    kind: VacancyKind = VacancyKind.OTHER
    level: str = Field(default="pratama", max_length=40)


class PostOut(BaseModel):
    """A post, and who holds it now."""

    id: str
    title: str
    unit: str
    kind: str
    level: str
    held_by: str | None = None


class Agencies(BaseModel):
    """The agencies the caller may see."""

    agencies: list[AgencyOut]


class Posts(BaseModel):
    """The posts of an agency."""

    posts: list[PostOut]


def agency_out(agency: Agency) -> AgencyOut:
    """An agency on the wire."""
    return AgencyOut(**agency.model_dump(include=set(AgencyOut.model_fields)))


def _post_out(post: Post, holding: Holding | None = None) -> PostOut:
    plain = post.model_dump(include={"id", "title", "unit", "kind", "level"})
    return PostOut(**plain, held_by=holding.person_id if holding else None)


@router.post("/agencies", status_code=201, response_model=AgencyOut, responses=problems(401, 403, 409))
def create_agency(services: Parts, caller: SignedIn, key: OnceKey, body: AgencyIn) -> JSONResponse:
    """Enter an agency; only the platform's admin may."""
    assignment = require_admin(caller, act="enter_agency")

    def work(writer: Writer) -> Reply:
        agency = Agency(**body.model_dump(mode="json"), created_at=caller.at)
        return Reply(201, agency_out(people.enter_agency(writer, agency, caller.at, caller.author(assignment))))

    return write(services, caller.id, key, work)


@router.get("/agencies", responses=problems(401))
def list_agencies(services: Parts, caller: SignedIn) -> Agencies:
    """The agencies in which one holds a role; all of them for the admin and the platform's observers."""
    with services.database.read() as session:
        rows = session.exec(select(Agency).order_by(col(Agency.name), col(Agency.id)))
        return Agencies(agencies=[agency_out(a) for a in rows if caller.knows(a.id)])


@router.get("/agencies/{agency_id}", responses=problems(401, 404))
def get_agency(services: Parts, caller: SignedIn, agency_id: str) -> AgencyOut:
    """An agency in which one holds a role."""
    if not caller.knows(agency_id):
        raise Refused("unknown-agency")
    with services.database.read() as session:
        return agency_out(people.get_agency(session, agency_id))


@router.post("/agencies/{agency_id}/posts", status_code=201, response_model=PostOut, responses=problems(401, 403, 404))
def create_post(services: Parts, caller: SignedIn, key: OnceKey, agency_id: str, body: PostIn) -> JSONResponse:
    """Enter a post; the secretariat or the admin."""
    author = caller.author(keeper(caller, agency_id, "enter_post"))

    def work(writer: Writer) -> Reply:
        post = Post(agency_id=agency_id, **body.model_dump(mode="json"))
        return Reply(201, _post_out(people.enter_post(writer, post, caller.at, author)))

    return write(services, caller.id, key, work)


@router.get("/agencies/{agency_id}/posts", responses=problems(401, 404))
def list_posts(services: Parts, caller: SignedIn, agency_id: str) -> Posts:
    """The posts with who holds each today."""
    if not caller.knows(agency_id):
        raise Refused("unknown-agency")
    with services.database.read() as session:
        return Posts(posts=[_post_out(p, h) for p, h in people.posts_of(session, agency_id, caller.at.date())])


def keeper(caller: Caller, agency_id: str, act: str) -> Assignment:
    """The assignment of the agency's secretariat, or of the admin.

    Raises:
        Refused: `not-found` to strangers, `not-allowed`.
    """
    for a in caller.assignments:
        if a.role == Role.ADMIN and a.scope_kind == "platform":
            return a
    return require(caller, [Role.SECRETARIAT], agency_id, act=act)

"""People: entered by the admin or an agency's secretariat; candidates make their own accounts."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, SecretStr

from api.accounts import passwords_of
from api.idempotency import OnceKey, Reply, write
from api.paging import Cursor, Limit, Page, decode, encode, text
from api.problems import problems
from api.security import Caller, SignedIn, require_admin
from api.services import Parts, Services
from api.shapes import Body, Day, Mail, Name, masked
from domain.refusals import Refused
from domain.words import Role
from records import accounts, people
from records.audit import Writer
from records.rules import national_on
from records.tables import Assignment, Person

router = APIRouter(prefix="/api/v1", tags=["agencies"])


class PersonIn(Body):
    """A person; with `password` he can sign in at once by his mail address."""

    name: Name
    mail: Mail
    nip: str | None = Field(default=None, max_length=40, description="18 digits; none for who has none")
    rank: str = Field(default="", max_length=10, examples=["IV/b"])
    position: str = Field(default="", max_length=200)
    birth_date: Day | None = None
    password: SecretStr | None = Field(default=None, max_length=200)


class PersonOut(BaseModel):
    """A person; the number is masked for those who need not know it."""

    id: str
    name: str
    nip: str | None
    mail: str | None = Field(description="null for those who need not know it")
    rank: str
    position: str
    nip_warnings: list[str] = []


def person_out(person: Person, *, full: bool = False, warnings: tuple[str, ...] = ()) -> PersonOut:
    """A person on the wire."""
    plain = person.model_dump(include={"id", "name", "rank", "position"})
    nip, mail = (person.nip, person.mail) if full else (masked(person.nip), None)
    return PersonOut(**plain, nip=nip, mail=mail, nip_warnings=list(warnings))


@router.post("/people", status_code=201, response_model=PersonOut, responses=problems(401, 403, 409))
def create_person(services: Parts, caller: SignedIn, key: OnceKey, body: PersonIn) -> JSONResponse:
    """Enter a person; the admin or somebody of a secretariat."""
    assignment = _enterer(caller)
    hashed = _hashed(services, body)

    def work(writer: Writer) -> Reply:
        given = Person(**{**body.model_dump(exclude={"password"}), "nip": body.nip or None}, created_at=caller.at)
        rules = national_on(caller.at.date())
        author = caller.author(assignment)
        person, warnings = people.enter_person(writer, given, assignment.agency_id, caller.at, author, rules)
        if hashed is not None:
            accounts.add_account(writer, person, hashed, caller.at)
        return Reply(201, person_out(person, full=assignment.role == Role.SECRETARIAT, warnings=warnings))

    return write(services, caller.id, key, work)


def _hashed(services: Services, body: PersonIn) -> str | None:
    """The password's hash, made before any transaction: it takes its time."""
    if body.password is None:
        return None
    password = body.password.get_secret_value()
    accounts.check_password(password, body.nip or "", body.mail, body.name)
    return passwords_of(services).hash(password)


@router.get("/people", responses=problems(401, 403))
def list_people(
    services: Parts,
    caller: SignedIn,
    nip: Annotated[str | None, Query(max_length=40, description="exact number: at most one person")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[PersonOut]:
    """The people one's agencies know, by name; a secretariat finds anybody by the exact number, without his address."""
    assignment = _enterer(caller)
    full = assignment.role == Role.SECRETARIAT
    mine = caller.agencies(Role.SECRETARIAT) if full else None
    after = decode(cursor, text, text)
    with services.database.read() as session:
        if nip is not None:
            person = people.person_by_nip(session, nip)
            known = person is not None and mine is not None and people.known_to(session, person.id, mine)
            return Page(items=[person_out(person, full=known)] if person else [])
        found = people.people_of(session, mine, (after[0], after[1]) if after else None, limit + 1)
    more = encode(found[limit - 1].name, found[limit - 1].id) if len(found) > limit else None
    return Page(items=[person_out(p, full=full) for p in found[:limit]], next_cursor=more)


@router.get("/people/{person_id}", responses=problems(401, 404))
def get_person(services: Parts, caller: SignedIn, person_id: str) -> PersonOut:
    """Oneself, or a person whom one's agencies know; only a secretariat sees the number."""
    mine = {a.agency_id for a in caller.assignments if a.agency_id}
    admin = any(a.role == Role.ADMIN for a in caller.assignments)
    secretariat = caller.agencies(Role.SECRETARIAT)
    with services.database.read() as session:
        if person_id != caller.id and not admin and not people.known_to(session, person_id, mine):
            raise Refused("unknown-person", person=person_id)
        person = people.get_person(session, person_id)
        full = person_id == caller.id or (bool(secretariat) and people.known_to(session, person_id, secretariat))
    return person_out(person, full=full)


def _enterer(caller: Caller) -> Assignment:
    """The assignment of somebody of a secretariat, or of the admin.

    Raises:
        Refused: `not-allowed`.
    """
    for assignment in caller.assignments:
        if assignment.role == Role.SECRETARIAT:
            return assignment
    return require_admin(caller, act="enter_person")

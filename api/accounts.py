"""Signing in and out, signing up, and who I am."""

from datetime import datetime
from functools import lru_cache

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field, SecretStr

from api.idempotency import Key, Reply, write
from api.problems import problems
from api.security import Caller, SignedIn
from api.services import Parts, Services
from api.shapes import AssignmentOut, Body, Day, Mail, Name, assignment_out
from domain.refusals import Refused
from records import accounts
from records.accounts import Passwords, SignUp
from records.audit import Writer
from records.rules import national_on
from runtime.clock import real_now

router = APIRouter(prefix="/api/v1", tags=["accounts"])


class Credentials(Body):
    """How one signs in."""

    login: str = Field(max_length=254, examples=["rani@contoh.go.id"])
    password: SecretStr = Field(max_length=200)


class Token(BaseModel):
    """A bearer token of 256 random bits; it is shown once and kept only as a hash."""

    token: str
    token_type: str = "Bearer"  # noqa: S105 - the scheme's name
    expires_at: datetime = Field(description="on real time")
    person_id: str


class NewAccount(Body):
    """A candidate's own account."""

    nip: str = Field(max_length=40, examples=["198503122010011003"])
    name: Name
    mail: Mail
    birth_date: Day
    password: SecretStr = Field(max_length=200)
    agency_id: str | None = Field(default=None, description="the agency in whose round he takes part, if known")


class AccountMade(BaseModel):
    """The new person, with what looks odd in the number: old numbers carry errors, so these only warn."""

    person_id: str
    name: str
    nip_warnings: list[str]


class NewPassword(Body):
    """The password one has, and the one to have."""

    current: SecretStr = Field(max_length=200)
    new: SecretStr = Field(max_length=200)


class Me(BaseModel):
    """Who is signed in, and what he may do now."""

    person_id: str
    name: str
    nip: str | None
    mail: str
    assignments: list[AssignmentOut]
    now: datetime = Field(description="the installation's clock")


@lru_cache(maxsize=4)
def _hasher(time_cost: int, memory_kib: int, parallelism: int) -> Passwords:
    return Passwords(time_cost, memory_kib, parallelism)


def passwords_of(services: Services) -> Passwords:
    """The hasher at the installation's cost."""
    cost = services.settings.passwords
    return _hasher(cost.time_cost, cost.memory_kib, cost.parallelism)


@router.post("/tokens", status_code=201, responses=problems(401, 429))
def sign_in(services: Parts, body: Credentials) -> Token:
    """Sign in. Unknown logins and wrong passwords look alike; repeated failures wait longer and longer."""
    found = accounts.sign_in(
        services.database, passwords_of(services), body.login, body.password.get_secret_value(), real_now()
    )
    return Token(token=found.token, expires_at=found.expires_at, person_id=found.person_id)


@router.delete("/tokens/current", status_code=204, responses=problems(401))
def sign_out(services: Parts, caller: SignedIn) -> Response:
    """Sign out: the token is worth nothing from now on."""
    with services.database.write() as writer:
        accounts.sign_out(writer, caller.token_sha256, caller.id, real_now())
    return Response(status_code=204)


@router.post("/me/password", status_code=204, responses=problems(401))
def change_password(services: Parts, caller: SignedIn, body: NewPassword) -> Response:
    """Change one's password; signed in elsewhere, one is signed out there."""
    passwords, given = passwords_of(services), body.new.get_secret_value()
    if not passwords.matches(caller.account.password_hash, body.current.get_secret_value()):
        raise Refused("sign-in-failed")
    accounts.check_password(given, caller.person.name, caller.person.mail, caller.person.nip or "")
    new_hash = passwords.hash(given)
    with services.database.write() as writer:
        accounts.change_password(writer, caller.account, new_hash, caller.token_sha256, real_now())
    return Response(status_code=204)


@router.post("/accounts", status_code=201, response_model=AccountMade, responses=problems(409))
def sign_up(services: Parts, body: NewAccount) -> JSONResponse:
    """Make a candidate's account; the mail `account_created` follows."""
    at = services.clock.now()
    password = body.password.get_secret_value()
    accounts.check_password(password, body.nip, body.mail, body.name)
    hashed = passwords_of(services).hash(password)
    given = SignUp(body.nip, body.name, body.mail, body.birth_date, hashed, body.agency_id)
    key = Key(None, "POST /api/v1/accounts", "")  # repeating it is refused by number and mail address

    def work(writer: Writer) -> Reply:
        person, nip = accounts.sign_up(writer, given, at, national_on(at.date()))
        warnings = [w.value for w in nip.warnings]
        return Reply(201, AccountMade(person_id=person.id, name=person.name, nip_warnings=warnings))

    return write(services, "", key, work)


@router.get("/me", responses=problems(401))
def me(caller: SignedIn) -> Me:
    """Who I am and which roles I hold at this moment."""
    return me_of(caller)


def me_of(caller: Caller) -> Me:
    """The caller as the API shows him to himself."""
    person = caller.person
    return Me(
        person_id=person.id,
        name=person.name,
        nip=person.nip,
        mail=person.mail,
        assignments=[assignment_out(a) for a in caller.assignments],
        now=caller.at,
    )

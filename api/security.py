"""Who calls, and whether he may: every route names the roles it serves, and everybody else is refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlmodel import Session

from api.services import Parts, Services
from domain.acts import Act
from domain.refusals import Refused
from domain.words import CaseKind, Role
from records import accounts, assignments
from records.audit import Author
from records.tables import Account, Assignment, Case, Person
from runtime.clock import real_now

_BEARER = HTTPBearer(auto_error=False, description="the token of POST /api/v1/tokens")
_EVERYWHERE: Final = (Role.ADMIN, Role.OBSERVER)  # the roles that may be held for the whole platform
Scope = tuple[str, str]


@dataclass(frozen=True)
class Caller:
    """The person behind a request, with the assignments in force at its instant `at` (the installation's clock)."""

    account: Account
    person: Person
    assignments: tuple[Assignment, ...]
    at: datetime
    token_sha256: str

    @property
    def roles(self) -> str:
        """The roles he holds, as logs name him."""
        return "+".join(sorted({a.role for a in self.assignments})) or "person"

    @property
    def id(self) -> str:
        """The person's id."""
        return self.person.id

    def author(self, assignment: Assignment | None = None) -> Author:
        """As the audit chain names him."""
        return Author(self.person.id, assignment.id if assignment else "")

    def holds(self, roles: Iterable[Role], agency_id: str, scopes: Iterable[Scope] = ()) -> Assignment | None:
        """The assignment that gives one of the roles in the agency or a scope; roles named earlier come first."""
        return held(self.assignments, roles, agency_id, scopes)

    def knows(self, agency_id: str) -> bool:
        """Whether the agency's matters are visible to him at all."""
        return any(
            a.agency_id == agency_id or (a.scope_kind == "platform" and a.role in _EVERYWHERE) for a in self.assignments
        )

    def agencies(self, role: Role) -> list[str]:
        """The agencies for which he holds a role."""
        found = (a.agency_id for a in self.assignments if a.role == role and a.scope_kind == "agency" and a.agency_id)
        return list(dict.fromkeys(found))


def held(
    assigned: Iterable[Assignment], roles: Iterable[Role], agency_id: str, scopes: Iterable[Scope] = ()
) -> Assignment | None:
    """The first assignment that gives one of the roles in the agency, or in one of the narrower scopes."""
    within = {("agency", agency_id), *scopes}
    mine = list(assigned)
    for role in roles:
        for a in mine:
            wide = a.scope_kind == "platform" and role in _EVERYWHERE
            if a.role == role and (wide or (a.scope_kind, a.scope_id) in within):
                return a
    return None


def caller_of(services: Services, token: str, arrived: datetime) -> Caller | None:
    """Whoever holds this token. He acts at the real instant at which his request came in, however long it waited."""
    at = services.clock.when(arrived)
    with services.database.read() as session:
        found = accounts.bearer(session, token, real_now())
        if found is None:
            return None
        account, person, sha256 = found
        mine = tuple(assignments.held_at(session, at, person_id=person.id))
    return Caller(account, person, mine, at, sha256)


def signed_in(
    services: Parts, request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]
) -> Caller:
    """The caller of a route that needs one.

    Raises:
        Refused: `sign-in-needed`.
    """
    caller = caller_of(services, credentials.credentials, request.state.arrived) if credentials else None
    if caller is None:
        raise Refused("sign-in-needed")
    request.state.person_id = caller.id
    request.state.role = caller.roles
    return caller


SignedIn = Annotated[Caller, Depends(signed_in)]
"""The caller, as a parameter of a route; 401 without one."""


def require(
    caller: Caller, roles: Iterable[Role], agency_id: str, scopes: Iterable[Scope] = (), *, act: str = ""
) -> Assignment:
    """The assignment by which he may; denied unless one is found.

    Raises:
        Refused: `not-found` to strangers of the agency, `not-allowed` to the others.
    """
    wanted = tuple(roles)
    found = caller.holds(wanted, agency_id, tuple(scopes))
    if found is not None:
        return found
    if not caller.knows(agency_id):
        raise Refused("not-found")
    raise Refused("not-allowed", act=act, roles=", ".join(wanted))


def require_admin(caller: Caller, *, act: str = "") -> Assignment:
    """The platform administrator's assignment: he manages agencies, people and assignments, and nothing else.

    Raises:
        Refused: `not-allowed`.
    """
    for a in caller.assignments:
        if a.role == Role.ADMIN and a.scope_kind == "platform":
            return a
    raise Refused("not-allowed", act=act, roles=Role.ADMIN)


def scopes_of(kind: CaseKind, case_id: str) -> tuple[Scope, ...]:
    """The narrow scopes in which a role counts for a case; contract and review ids begin with their term's id."""
    if kind is CaseKind.SELECTION:
        return (("selection", case_id),)
    return (("term", case_id.partition("-")[0]),)


def authorise_act(session: Session, caller: Caller, act: Act, case: Case, at: datetime) -> Assignment:
    """The assignment that authorises an act on a case at an instant.

    Raises:
        Refused: `not-found` to strangers of the agency, `not-allowed` to the others.
    """
    mine = assignments.held_at(session, at, person_id=caller.id)
    allowed = [a for a in mine if a.role in act.roles and _position_fits(a, act)]
    found = held(allowed, act.roles, case.agency_id, scopes_of(CaseKind(case.kind), case.id))
    if found is not None:
        return found
    if not caller.knows(case.agency_id):
        raise Refused("unknown-case", case=case.key)
    raise Refused("not-allowed", act=act.name, roles=_who(act))


def _position_fits(assignment: Assignment, act: Act) -> bool:
    return not act.positions or assignment.role != Role.COMMITTEE or assignment.position in act.positions


def _who(act: Act) -> str:
    """Who may, as the refusal says it."""
    narrowed = f" ({', '.join(act.positions)})" if act.positions else ""
    return ", ".join(f"{role}{narrowed}" if role is Role.COMMITTEE else role for role in act.roles)

"""Giving and ending roles: dated, on a basis, checked for duties that one person may not hold together."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from sqlalchemy import or_
from sqlmodel import Session, col, select

from domain.refusals import Refused
from domain.words import CommitteePosition, Element, Role, Stage
from records.audit import PLATFORM, Author, Writer
from records.selections import held_case, state_of
from records.tables import Agency, Assignment, OfficeTerm, Person, Selection

SCOPES: Final[Mapping[Role, tuple[str, ...]]] = MappingProxyType(
    {
        Role.ADMIN: ("platform",),
        Role.SECRETARIAT: ("agency", "selection"),
        Role.COMMITTEE: ("selection",),
        Role.ASSESSOR: ("selection", "agency"),
        Role.PPK: ("agency",),
        Role.PYB: ("agency",),
        Role.OFFICIAL: ("term",),
        Role.SUPERIOR: ("term", "agency"),
        Role.PERFORMANCE_TEAM: ("agency",),
        Role.OBSERVER: ("agency", "selection", "platform"),
    }
)
# An administrator or the secretariat never judges, decides or signs (PP 11/2017 Pasal 116; design 1).
_APART: Final[Mapping[Role, frozenset[Role]]] = MappingProxyType(
    {
        Role.ADMIN: frozenset(Role) - {Role.ADMIN, Role.CANDIDATE},
        Role.SECRETARIAT: frozenset({Role.ADMIN, Role.COMMITTEE, Role.ASSESSOR, Role.PPK, Role.OBSERVER}),
    }
)


def assign(writer: Writer, given: Assignment, at: datetime, author: Author) -> Assignment:
    """Give a role in a scope from an instant on.

    Raises:
        Refused: `unknown-person`, `bad-scope`, `bad-period`, `assignment-overlaps`, `duties-conflict`, `by-act` for a
            committee that has been announced.
    """
    session = writer.session
    if session.get(Person, given.person_id) is None:
        raise Refused("unknown-person", person=given.person_id)
    _place(session, given)
    if given.until is not None and given.until <= given.since:
        raise Refused("bad-period")
    if given.role == Role.COMMITTEE:
        _require_draft(session, given.scope_id)
        CommitteePosition(given.position), Element(given.element)
    _require_compatible(session, given)
    session.add(given)
    session.flush()
    payload = {
        "person": given.person_id,
        "role": given.role,
        "scope": [given.scope_kind, given.scope_id],
        "kind": given.kind,
        "since": given.since,
        "until": given.until,
        "basis": given.basis,
    }
    writer.audit(given.agency_id or PLATFORM, at, author, "assign_role", f"assignment/{given.id}", payload)
    return given


def end(
    writer: Writer, assignment: Assignment, until: datetime, basis: str, at: datetime, author: Author
) -> Assignment:
    """End a role at an instant; the row stays.

    Raises:
        Refused: `already-ended`, `bad-period`, `by-act` for a committee that has been announced.
    """
    if assignment.until is not None and assignment.until <= at:
        raise Refused("already-ended", at=assignment.until.isoformat())
    if until < assignment.since:
        raise Refused("bad-period")
    if assignment.role == Role.COMMITTEE:
        _require_draft(writer.session, assignment.scope_id)
    assignment.until = until
    writer.session.add(assignment)
    payload = {"until": until, "basis": basis}
    subject = f"assignment/{assignment.id}"
    writer.audit(assignment.agency_id or PLATFORM, at, author, "end_role", subject, payload)
    return assignment


def get(session: Session, assignment_id: str) -> Assignment:
    """The assignment of that id.

    Raises:
        Refused: `unknown-assignment`.
    """
    found = session.get(Assignment, assignment_id)
    if found is None:
        raise Refused("unknown-assignment")
    return found


def listed(
    session: Session, agency_ids: Iterable[str] | None, scope: tuple[str, str] | None, person_id: str | None
) -> list[Assignment]:
    """Assignments past and present of agencies, narrowed by scope and person; all of them without agencies."""
    query = select(Assignment).order_by(col(Assignment.since), col(Assignment.id))
    if agency_ids is not None:
        query = query.where(col(Assignment.agency_id).in_(list(agency_ids)))
    if scope is not None:
        query = query.where(col(Assignment.scope_kind) == scope[0], col(Assignment.scope_id) == scope[1])
    if person_id is not None:
        query = query.where(col(Assignment.person_id) == person_id)
    return list(session.exec(query))


def agency_of_scope(session: Session, scope_kind: str, scope_id: str) -> str | None:
    """The agency a scope belongs to; none for the platform or where there is no such scope."""
    if scope_kind == "agency":
        return scope_id if session.get(Agency, scope_id) else None
    owner: Selection | OfficeTerm | None = None
    if scope_kind == "selection":
        owner = session.get(Selection, scope_id)
    if scope_kind == "term":
        owner = session.get(OfficeTerm, scope_id)
    return owner.agency_id if owner else None


def _place(session: Session, given: Assignment) -> None:
    """Refuse a role where it cannot be held, or a scope of another agency."""
    allowed = SCOPES.get(Role(given.role), ())
    scoped = agency_of_scope(session, given.scope_kind, given.scope_id)
    if given.scope_kind not in allowed or scoped != given.agency_id:
        raise Refused("bad-scope", role=given.role, scope=given.scope_kind)


def _require_draft(session: Session, selection_id: str) -> None:
    held_case(session, selection_id)
    if state_of(session, selection_id).stage is not Stage.DRAFT:
        raise Refused("by-act")


def _require_compatible(session: Session, given: Assignment) -> None:
    """One role once a scope at a time, and none that must be kept apart from another."""
    query = select(Assignment).where(
        col(Assignment.person_id) == given.person_id,
        or_(col(Assignment.until).is_(None), col(Assignment.until) > given.since),
    )
    for held in session.exec(query):
        if given.until is not None and held.since >= given.until:
            continue
        same_scope = (held.scope_kind, held.scope_id) == (given.scope_kind, given.scope_id)
        if held.role == given.role and same_scope:
            raise Refused("assignment-overlaps", role=given.role, since=held.since.isoformat())
        if _apart(held, given):
            raise Refused("duties-conflict", role=given.role, other=held.role)


def _apart(one: Assignment, other: Assignment) -> bool:
    """An administrator's roles are apart everywhere, a secretariat's within its agency."""
    roles = Role(one.role), Role(other.role)
    if Role.ADMIN in roles:
        return any(b in _APART[Role.ADMIN] for a, b in (roles, roles[::-1]) if a is Role.ADMIN)
    if one.agency_id != other.agency_id:
        return False
    return any(b in _APART[a] for a, b in (roles, roles[::-1]) if a is Role.SECRETARIAT)

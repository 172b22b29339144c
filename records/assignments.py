"""Who holds which role at an instant: what authorisation, mail and signature blocks ask."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import or_, tuple_
from sqlmodel import Session, col, select

from domain.words import Role
from records.tables import Assignment, Person


def held_at(
    session: Session,
    at: datetime,
    *,
    person_id: str | None = None,
    agency_id: str | None = None,
    role: Role | None = None,
    scopes: Iterable[tuple[str, str]] | None = None,
) -> list[Assignment]:
    """The assignments in force at an instant, narrowed by person, agency, role and (kind, id) scopes."""
    query = select(Assignment).where(
        col(Assignment.since) <= at, or_(col(Assignment.until).is_(None), col(Assignment.until) > at)
    )
    if person_id is not None:
        query = query.where(col(Assignment.person_id) == person_id)
    if agency_id is not None:
        query = query.where(col(Assignment.agency_id) == agency_id)
    if role is not None:
        query = query.where(col(Assignment.role) == role)
    if scopes is not None:
        query = query.where(tuple_(col(Assignment.scope_kind), col(Assignment.scope_id)).in_(list(scopes)))
    return list(session.exec(query.order_by(col(Assignment.since), col(Assignment.id))))


def holders(
    session: Session, at: datetime, agency_id: str, role: Role, scope: tuple[str, str] | None = None
) -> list[Person]:
    """The people in a role: of the scope if anybody is there, else of the agency."""
    return [person for person, _ in holders_with_assignment(session, at, agency_id, role, scope)]


def holders_with_assignment(
    session: Session, at: datetime, agency_id: str, role: Role, scope: tuple[str, str] | None = None
) -> list[tuple[Person, Assignment]]:
    """The people in a role with the assignment each holds it by."""
    all_held = held_at(session, at, agency_id=agency_id, role=role)
    in_scope = [a for a in all_held if scope is not None and (a.scope_kind, a.scope_id) == scope]
    chosen = in_scope or [a for a in all_held if a.scope_kind == "agency"]
    people = people_by_id(session, [a.person_id for a in chosen])
    return [(people[a.person_id], a) for a in chosen]


def people_by_id(session: Session, ids: Sequence[str]) -> dict[str, Person]:
    """People by id, with one query."""
    return {p.id: p for p in session.exec(select(Person).where(col(Person.id).in_(set(ids))))}

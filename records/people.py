"""Agencies, people, posts and holdings: entered by the admin or a secretariat, ended by a date, never deleted."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import CompoundSelect, and_, or_
from sqlmodel import Session, col, select

from domain.refusals import Refused
from domain.rules import RuleSet
from domain.words import HoldingKind
from records.accounts import read_nip
from records.audit import PLATFORM, Author, Writer
from records.tables import Agency, Application, Assignment, Holding, Person, Post


def enter_agency(writer: Writer, agency: Agency, at: datetime, author: Author) -> Agency:
    """A new agency; its own audit chain begins here."""
    writer.session.add(agency)
    writer.session.flush()
    payload = {"name": agency.name, "kind": agency.kind, "zone": agency.zone}
    writer.audit(PLATFORM, at, author, "enter_agency", f"agency/{agency.id}", payload)
    writer.audit(agency.id, at, author, "enter_agency", f"agency/{agency.id}", payload)
    return agency


def get_agency(session: Session, agency_id: str) -> Agency:
    """The agency of that id.

    Raises:
        Refused: `unknown-agency`.
    """
    agency = session.get(Agency, agency_id)
    if agency is None:
        raise Refused("unknown-agency")
    return agency


def agencies(session: Session, ids: Iterable[str] | None = None) -> list[Agency]:
    """Agencies by name; all of them without ids."""
    query = select(Agency).order_by(col(Agency.name), col(Agency.id))
    return list(session.exec(query if ids is None else query.where(col(Agency.id).in_(list(ids)))))


def enter_person(
    writer: Writer, person: Person, agency_id: str | None, at: datetime, author: Author, rules: RuleSet
) -> tuple[Person, tuple[str, ...]]:
    """A person, with what looks odd in the number.

    Raises:
        Refused: `person-exists`, `bad-nip`.
    """
    warnings: tuple[str, ...] = ()
    if person.nip:
        nip = read_nip(person.nip, at.date(), rules, person.birth_date)
        person.nip, warnings = nip.number, tuple(w.value for w in nip.warnings)
    person.mail = person.mail.lower()
    same = [col(Person.mail) == person.mail] + ([col(Person.nip) == person.nip] if person.nip else [])
    if writer.session.exec(select(Person.id).where(or_(*same))).first() is not None:
        raise Refused("person-exists")
    writer.session.add(person)
    writer.session.flush()
    writer.audit(agency_id or PLATFORM, at, author, "enter_person", f"person/{person.id}", {"warnings": list(warnings)})
    return person, warnings


def get_person(session: Session, person_id: str) -> Person:
    """The person of that id.

    Raises:
        Refused: `unknown-person`.
    """
    person = session.get(Person, person_id)
    if person is None:
        raise Refused("unknown-person", person=person_id)
    return person


def person_by_nip(session: Session, nip: str) -> Person | None:
    """The person with exactly that number."""
    return session.exec(select(Person).where(col(Person.nip) == nip)).first()


def people_of(
    session: Session, agency_ids: Iterable[str] | None, after: tuple[str, str] | None, limit: int
) -> list[Person]:
    """The people whom some agencies know: by assignment, holding or application; all of them without agencies."""
    query = select(Person).order_by(col(Person.name), col(Person.id)).limit(limit)
    if agency_ids is not None:
        query = query.where(col(Person.id).in_(_known(list(agency_ids))))
    if after is not None:
        name, last = after
        query = query.where(or_(col(Person.name) > name, (col(Person.name) == name) & (col(Person.id) > last)))
    return list(session.exec(query))


def known_to(session: Session, person_id: str, agency_ids: Iterable[str]) -> bool:
    """Whether an agency has anything to do with a person."""
    ids = list(agency_ids)
    query = select(Person.id).where(col(Person.id) == person_id, col(Person.id).in_(_known(ids)))
    return session.exec(query).first() is not None


def _known(agency_ids: list[str]) -> CompoundSelect[str]:
    """The ids of everybody with an assignment, a holding or an application in some agencies."""
    return (
        select(Assignment.person_id)
        .where(col(Assignment.agency_id).in_(agency_ids))
        .union(
            select(Holding.person_id).where(col(Holding.agency_id).in_(agency_ids)),
            select(Application.person_id).where(col(Application.agency_id).in_(agency_ids)),
        )
    )


def enter_post(writer: Writer, post: Post, at: datetime, author: Author) -> Post:
    """A post in an agency's structure."""
    get_agency(writer.session, post.agency_id)
    writer.session.add(post)
    writer.session.flush()
    writer.audit(post.agency_id, at, author, "enter_post", f"post/{post.id}", {"title": post.title, "unit": post.unit})
    return post


def posts_of(session: Session, agency_id: str, on: date) -> list[tuple[Post, Holding | None]]:
    """An agency's posts, each with who holds it definitively on a day."""
    query = select(Post).where(col(Post.agency_id) == agency_id)
    posts = list(session.exec(query.order_by(col(Post.unit), col(Post.title), col(Post.id))))
    held = select(Holding).where(
        col(Holding.agency_id) == agency_id,
        col(Holding.kind) == HoldingKind.DEFINITIVE,
        col(Holding.since) <= on,
        or_(col(Holding.until).is_(None), col(Holding.until) >= on),
    )
    by_post = {h.post_id: h for h in session.exec(held)}
    return [(p, by_post.get(p.id)) for p in posts]


def begin_holding(writer: Writer, holding: Holding, at: datetime, author: Author) -> Holding:
    """Somebody holds a post from a day on.

    Raises:
        Refused: `unknown-post`, `unknown-person`, `post-held` by somebody of the same kind, or begun on that day.
    """
    session = writer.session
    post = session.get(Post, holding.post_id)
    if post is None or post.agency_id != holding.agency_id:
        raise Refused("unknown-post", post=holding.post_id)
    get_person(session, holding.person_id)
    query = select(Holding.id).where(
        col(Holding.post_id) == holding.post_id,
        or_(
            col(Holding.since) == holding.since,  # of whatever kind: one decree begins one holding a day
            and_(
                col(Holding.kind) == holding.kind,
                or_(col(Holding.until).is_(None), col(Holding.until) >= holding.since),
            ),
        ),
    )
    if session.exec(query).first() is not None:
        raise Refused("post-held")
    session.add(holding)
    session.flush()
    payload = {"post": post.id, "person": holding.person_id, "since": holding.since, "basis": holding.basis}
    writer.audit(holding.agency_id, at, author, "begin_holding", f"holding/{holding.id}", payload)
    return holding


def end_holding(
    writer: Writer, agency_id: str, holding_id: str, until: date, basis: str, at: datetime, author: Author
) -> Holding:
    """The last day in a post, with the decree that ends it.

    Raises:
        Refused: `unknown-holding`, `already-ended`, `bad-period`.
    """
    holding = writer.session.get(Holding, holding_id, with_for_update=True)
    if holding is None or holding.agency_id != agency_id:
        raise Refused("unknown-holding")
    if holding.until is not None:
        raise Refused("already-ended", at=holding.until.isoformat())
    if until < holding.since:
        raise Refused("bad-period")
    holding.until, holding.end_basis = until, basis
    writer.session.add(holding)
    writer.audit(agency_id, at, author, "end_holding", f"holding/{holding.id}", {"until": until, "basis": basis})
    return holding


def holdings_of(session: Session, agency_id: str) -> list[Holding]:
    """An agency's holdings, the newest first."""
    query = select(Holding).where(col(Holding.agency_id) == agency_id)
    return list(session.exec(query.order_by(col(Holding.since).desc(), col(Holding.id))))

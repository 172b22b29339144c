"""Office terms: opened at an inauguration or entered for those in post, ended by a person, and what ends with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlmodel import Session, col, select

from domain import nip
from domain.calendar import Calendar
from domain.case import Deadline, deadline_item, workflow_id
from domain.deadlines import performance
from domain.deadlines.due import reminder
from domain.plan import Level
from domain.refusals import Refused
from domain.rules import RuleSet
from domain.words import CaseKind, HoldingKind, Role, VacancyKind
from records import journal
from records import rules as rule_sets
from records.acts.acting import Acting
from records.agency_calendar import calendar_for
from records.audit import Author, Writer
from records.tables import Agency, Assignment, Contract, Holding, OfficeTerm, Person, Post, Review, new_id

_NEEDED: Final = ("name", "nip", "mail", "post", "unit", "inaugurated_on", "decree")
_NOBODY: Final = Author()


@dataclass(frozen=True)
class Opening:
    """An official, his post and his superior. `since` begins the holding; an earlier inauguration counts as served."""

    agency_id: str
    post_id: str
    person_id: str
    superior_id: str
    since: date
    inaugurated_on: date
    decree_number: str
    first_year: int


def open_term(
    acting: Acting, *, post_id: str, person_id: str, superior_id: str, inaugurated_on: date, decree_number: str
) -> str:
    """A term from an inauguration on, opened inside another act; the workflow of that act starts it.

    Raises:
        Refused: `post-held`, `unknown-post`, `unknown-person`, `own-superior`.
    """
    return open_in_act(
        acting,
        Opening(
            acting.case.agency_id,
            post_id,
            person_id,
            superior_id,
            inaugurated_on,
            inaugurated_on,
            decree_number,
            inaugurated_on.year,
        ),
    )


def open_in_act(acting: Acting, opening: Opening) -> str:
    """Open a term inside another act: the case key."""
    request_id = f"{acting.case.key}/{acting.seq}/{opening.post_id}"
    key = _open(acting.session, acting.calendar, acting.at, opening, request_id, acting.intent.person_id or None)
    acting.start(key)
    return key


def enter_official(
    writer: Writer,
    author: Author,
    at: datetime,
    *,
    agency_id: str,
    post_id: str,
    person_id: str,
    superior_id: str,
    inaugurated_on: date,
    decree_number: str,
    first_year: int | None = None,
) -> str:
    """Enter an official who is in post already, with contracts from `first_year` (default: the present one) on.

    Deadlines that have passed are recorded and shown as overdue; nobody is mailed about them. Returns the case key, for
    the starter.

    Raises:
        Refused: `unknown-agency`, `date-in-future`, and those of `open_term`.
    """
    session = writer.session
    agency = session.get(Agency, agency_id)
    if agency is None:
        raise Refused("unknown-agency")
    calendar = calendar_for(session, agency, at)
    today = calendar.local_date(at)
    if inaugurated_on > today:
        raise Refused("date-in-future", date=inaugurated_on.isoformat())
    year = max(first_year or today.year, inaugurated_on.year)
    opening = Opening(agency_id, post_id, person_id, superior_id, inaugurated_on, inaugurated_on, decree_number, year)
    key = _open(session, calendar, at, opening, new_id(), author.person_id or None)
    writer.audit(
        agency_id,
        at,
        author,
        "import_official",
        key,
        {"post_id": post_id, "person_id": person_id, "inaugurated_on": inaugurated_on.isoformat()},
    )
    return key


def import_official(
    writer: Writer, *, agency_id: str, row: Mapping[str, str], at: datetime, author: Author = _NOBODY
) -> str:
    """Enter an official from a row of a table; person and post are found, or entered with it.

    Columns: name, nip, mail, rank, birth_date, post, unit, kind, superior_nip or superior_mail, inaugurated_on, decree,
    first_year. Dates are ISO 8601; rank, birth_date, kind and first_year may be empty.

    Raises:
        Refused: `row-incomplete`, naming the column, and those of `enter_official`.
    """
    session = writer.session
    missing = next((c for c in _NEEDED if not row.get(c, "").strip()), "")
    if missing:
        raise Refused("row-incomplete", column=missing)
    superior = _known(session, row.get("superior_nip", ""), row.get("superior_mail", ""))
    if superior is None:
        raise Refused("row-incomplete", column="superior_nip")
    first_year = row.get("first_year", "").strip()
    return enter_official(
        writer,
        author,
        at,
        agency_id=agency_id,
        post_id=_post(session, agency_id, row).id,
        person_id=_person(session, row, at).id,
        superior_id=superior.id,
        inaugurated_on=_row_date(row, "inaugurated_on"),
        decree_number=row["decree"].strip(),
        first_year=int(first_year) if first_year else None,
    )


def _known(session: Session, number: str, mail: str) -> Person | None:
    column, value = (Person.nip, number.strip()) if number.strip() else (Person.mail, mail.strip().lower())
    return session.exec(select(Person).where(col(column) == value)).first() if value else None


def _person(session: Session, row: Mapping[str, str], at: datetime) -> Person:
    found = _known(session, row["nip"], row["mail"])
    if found is not None:
        return found
    person = Person(
        name=row["name"].strip(),
        nip=row["nip"].strip(),
        mail=row["mail"].strip().lower(),
        rank=row.get("rank", "").strip(),
        position=row["post"].strip(),
        birth_date=_row_date(row, "birth_date") if row.get("birth_date", "").strip() else None,
        created_at=at,
    )
    session.add(person)
    session.flush()
    return person


def _post(session: Session, agency_id: str, row: Mapping[str, str]) -> Post:
    title, unit = row["post"].strip(), row["unit"].strip()
    query = select(Post).where(col(Post.agency_id) == agency_id, col(Post.title) == title, col(Post.unit) == unit)
    post = session.exec(query).first()
    if post is None:
        kind = VacancyKind(row.get("kind", "").strip() or VacancyKind.OTHER)
        post = Post(agency_id=agency_id, title=title, unit=unit, kind=kind, level=Level.PRATAMA)
        session.add(post)
        session.flush()
    return post


def _row_date(row: Mapping[str, str], column: str) -> date:
    try:
        return date.fromisoformat(row[column].strip())
    except ValueError:
        raise Refused("row-incomplete", column=column) from None


def _open(
    session: Session, calendar: Calendar, at: datetime, opening: Opening, request_id: str, actor_id: str | None
) -> str:
    _check(session, opening)
    rules = rule_sets.in_force(session, opening.agency_id, calendar.local_date(at))
    holding = Holding(
        agency_id=opening.agency_id,
        post_id=opening.post_id,
        person_id=opening.person_id,
        since=opening.since,
        basis=opening.decree_number,
    )
    session.add(holding)
    session.flush()
    term = OfficeTerm(
        agency_id=opening.agency_id,
        holding_id=holding.id,
        post_id=opening.post_id,
        person_id=opening.person_id,
        inaugurated_on=opening.inaugurated_on,
    )
    session.add(term)
    since = calendar.start_of_day(opening.since)
    for person_id, role in ((opening.person_id, Role.OFFICIAL), (opening.superior_id, Role.SUPERIOR)):
        session.add(assigned(term, person_id, role, since, opening.decree_number))
    session.flush()
    return _bear(session, calendar, rules, term, at, opening.first_year, request_id, actor_id)


def _check(session: Session, opening: Opening) -> None:
    if opening.person_id == opening.superior_id:
        raise Refused("own-superior")
    for person_id in (opening.person_id, opening.superior_id):
        if session.get(Person, person_id) is None:
            raise Refused("unknown-person", person=person_id)
    post = session.get(Post, opening.post_id)
    if post is None or post.agency_id != opening.agency_id:
        raise Refused("unknown-post", post=opening.post_id)
    require_vacant(session, opening.post_id, opening.since)


def require_vacant(session: Session, post_id: str, on: date) -> None:
    """Nobody holds the post definitively on or after that day.

    Raises:
        Refused: `post-held`.
    """
    query = select(Holding).where(col(Holding.post_id) == post_id, col(Holding.kind) == HoldingKind.DEFINITIVE)
    if any(h.until is None or h.until >= on for h in session.exec(query)):
        raise Refused("post-held")


def assigned(term: OfficeTerm, person_id: str, role: Role, since: datetime, basis: str) -> Assignment:
    """A party's assignment in the scope of the term; contract and review follow it."""
    return Assignment(
        agency_id=term.agency_id,
        person_id=person_id,
        role=role,
        scope_kind="term",
        scope_id=term.id,
        since=since,
        basis=basis,
    )


def _bear(
    session: Session,
    calendar: Calendar,
    rules: RuleSet,
    term: OfficeTerm,
    at: datetime,
    first_year: int,
    request_id: str,
    actor_id: str | None,
) -> str:
    tenure = performance.tenure(calendar, term.inaugurated_on, rules)
    deadlines = [
        Deadline(f"contract/{first_year}", at, "skp.set_month"),
        reminded(calendar, rules, at, tenure.deadline("tenure")),
    ]
    birth_date = _birth_date(session.get_one(Person, term.person_id), calendar.local_date(at), rules)
    if birth_date is not None:
        retirement = performance.retirement(calendar, birth_date, rules).deadline("retirement")
        deadlines.append(reminded(calendar, rules, at, retirement))
    origin = {
        "rules_sha256": rule_sets.pin(session, rules),
        "inaugurated_on": term.inaugurated_on.isoformat(),
        "tenure_until": tenure.day.isoformat(),
    }
    case = journal.bear(
        session,
        CaseKind.TERM,
        term.id,
        term.agency_id,
        at,
        "open_term",
        origin=origin,
        data={"set": [deadline_item(d) for d in deadlines]},
        request_id=request_id,
        person_id=actor_id,
    )
    return case.key


def reminded(calendar: Calendar, rules: RuleSet, at: datetime, deadline: Deadline) -> Deadline:
    """A new-born case's deadline with its reminder, if that still lies ahead."""
    remind_at = reminder(calendar, deadline.due, rules)
    if remind_at <= at:
        return deadline
    return Deadline(deadline.key, deadline.due, deadline.rule, remind_at, deadline.subject)


def _birth_date(person: Person, today: date, rules: RuleSet) -> date | None:
    """As entered, or as the NIP says; none where nothing is known."""
    return person.birth_date or (nip.parse_nip(person.nip, today, rules).birth_date if person.nip else None)


# -- ending ------------------------------------------------------------------------------------------------------


def key_of(term_id: str) -> str:
    """The case key of a term."""
    return workflow_id(CaseKind.TERM, term_id)


def term_of(session: Session, holding: Holding) -> str | None:
    """The id of the term on a holding, if it is a senior post's."""
    return session.exec(select(OfficeTerm.id).where(col(OfficeTerm.holding_id) == holding.id)).first()


def release(session: Session, calendar: Calendar, term_id: str, last_day: date) -> None:
    """End the assignments of a term with its last day; one that had not begun by then ends where it begins."""
    end = calendar.start_of_day(date.fromordinal(last_day.toordinal() + 1))
    query = select(Assignment).where(
        col(Assignment.scope_kind) == "term", col(Assignment.scope_id) == term_id, col(Assignment.until).is_(None)
    )
    for assignment in session.exec(query):
        assignment.until = max(end, assignment.since)
        session.add(assignment)


def open_dependants(session: Session, agency_id: str, term_id: str) -> list[str]:
    """The open contracts of a term, and its open reviews that have not been carried out: what ends with the term."""
    contracts = set(session.exec(select(Contract.id).where(col(Contract.term_id) == term_id)))
    reviews = set(session.exec(select(Review.id).where(col(Review.term_id) == term_id)))
    cases = [
        case
        for case in journal.open_cases(session, agency_id)
        if (case.kind == CaseKind.CONTRACT and case.id in contracts)
        or (case.kind == CaseKind.REVIEW and case.id in reviews)
    ]
    states = journal.states_of(session, cases)
    return [c.key for c in cases if c.kind == CaseKind.CONTRACT or states[c.key].executed_on is None]


def executed_review_open(session: Session, agency_id: str, term_id: str) -> bool:
    """Whether a review that was carried out still waits for its objection clock: the official may yet object."""
    reviews = set(session.exec(select(Review.id).where(col(Review.term_id) == term_id)))
    cases = [c for c in journal.open_cases(session, agency_id) if c.kind == CaseKind.REVIEW and c.id in reviews]
    return any(state.executed_on is not None for state in journal.states_of(session, cases).values())


def overdue_lapses(session: Session, agency_id: str | None = None) -> list[str]:
    """The open cases that rest on something ended and were not told: `selter rebuild` sends them `lapse` again."""
    found: list[str] = []
    open_keys = {case.key for case in journal.open_cases(session, agency_id)}
    for term in session.exec(select(OfficeTerm).order_by(col(OfficeTerm.id))):
        if agency_id is not None and term.agency_id != agency_id:
            continue
        if key_of(term.id) not in open_keys:
            found.extend(open_dependants(session, term.agency_id, term.id))
        elif session.get_one(Holding, term.holding_id).until is not None:
            found.append(key_of(term.id))
    return found

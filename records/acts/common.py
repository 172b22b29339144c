"""What recorders of terms, contracts and reviews share: the official, reasons, reminders, mail facts, objections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from domain import letters
from domain.acts import act_of
from domain.case import Awaited, Entry
from domain.deadlines.appeals import objection_decided
from domain.laws import LAWS
from domain.refusals import Refused
from domain.words import CaseKind, DocumentKind, Role
from records.acts.acting import Acting, Recorder, as_person
from records.documents import SECRETARIAT
from records.tables import Document, Holding, Objection, OfficeTerm, Person, Post, Statement

_OUTCOMES: Final = MappingProxyType({"granted": "granted", "partly_granted": "granted_in_part", "rejected": "rejected"})


@dataclass
class Incumbency:
    """The official, his post and his superior, while an act on his term, contract or review is recorded."""

    acting: Acting
    term_id: str

    @property
    def session(self) -> Session:
        """The transaction's session."""
        return self.acting.session

    @property
    def scope(self) -> tuple[str, str]:
        """The scope of the official's and the superior's assignments."""
        return ("term", self.term_id)

    @cached_property
    def term(self) -> OfficeTerm:
        """The office term."""
        return self.session.get_one(OfficeTerm, self.term_id)

    @cached_property
    def holding(self) -> Holding:
        """The holding of the post."""
        return self.session.get_one(Holding, self.term.holding_id)

    @cached_property
    def post(self) -> Post:
        """The post."""
        return self.session.get_one(Post, self.term.post_id)

    @cached_property
    def official(self) -> Person:
        """The official."""
        return self.session.get_one(Person, self.term.person_id)

    @cached_property
    def superior(self) -> Person:
        """His superior now.

        Raises:
            Refused: `role-vacant`.
        """
        return self.acting.one(Role.SUPERIOR, self.scope)

    @property
    def parties(self) -> list[str]:
        """The person ids of both parties of the contract; the official's alone while nobody is his superior."""
        return [self.official.id, *(p.id for p in self.acting.holders(Role.SUPERIOR, self.scope))]

    def facts(self, **more: str) -> dict[str, str]:
        """The facts of a mail about the post."""
        return {"post": self.post.title, **more}

    def addressee(self) -> letters.Person:
        """The official as letters name him, in this post."""
        person = as_person(self.official)
        return letters.Person(person.name, person.nip, person.rank, self.post.title)


def with_reasons(kind: CaseKind, recorders: Mapping[str, Recorder]) -> Mapping[str, Recorder]:
    """The recorders of a kind of case; an act whose row asks for a reason is refused without one."""

    def guarded(name: str, recorder: Recorder) -> Recorder:
        act = act_of(kind, name)
        if act is None or not act.reason:
            return recorder

        def record(acting: Acting) -> None:
            reason(acting)
            recorder(acting)

        return record

    return MappingProxyType({name: guarded(name, recorder) for name, recorder in recorders.items()})


def reason(acting: Acting) -> str:
    """The written reason of the act.

    Raises:
        Refused: `reason-missing`.
    """
    return statement(acting, acting.statement_id)


def statement(acting: Acting, statement_id: str | None) -> str:
    """The text of a statement of this agency.

    Raises:
        Refused: `reason-missing`.
    """
    row = acting.session.get(Statement, statement_id) if statement_id else None
    if row is None or row.agency_id != acting.case.agency_id or not row.text.strip():
        raise Refused("reason-missing", act=acting.intent.act)
    return row.text


def local(acting: Acting, instant: datetime) -> str:
    """An instant as ISO 8601 in the agency's time zone, for letters and mail."""
    return instant.astimezone(ZoneInfo(acting.agency.zone)).isoformat(timespec="seconds")


def cite(acting: Acting, rule_id: str) -> str:
    """The article of a rule; the id itself where the case's rule set does not know it."""
    return acting.rules.rule(rule_id).citation if acting.rules.has(rule_id) else rule_id


def day(acting: Acting, name: str) -> date:
    """A date among the act's arguments."""
    return date.fromisoformat(str(acting.arguments[name]))


def past_day(acting: Acting, name: str, not_before: date) -> date:
    """A date among the arguments that has come, and does not lie before another.

    Raises:
        Refused: `date-in-future`, `date-too-early`.
    """
    value = day(acting, name)
    if value > acting.today:
        raise Refused("date-in-future", date=value.isoformat())
    if value < not_before:
        raise Refused("date-too-early", date=value.isoformat(), earliest=not_before.isoformat())
    return value


# -- reminders ---------------------------------------------------------------------------------------------------


def remind(acting: Acting, term_id: str) -> None:
    """Tell everybody whose act a deadline waits for, once, what waits and until when."""
    key = acting.data["key"] = acting.arguments["key"]
    deadline = acting.state.deadline(key)
    law = LAWS[CaseKind(acting.case.kind)]
    after = law.apply(acting.state, Entry(acting.seq, "remind", acting.at, data={"key": key}))
    waiting = [a for a in law.awaited(after) if (a.due, a.rule) == (deadline.due, deadline.rule)]
    due, rule = local(acting, deadline.due), cite(acting, deadline.rule)
    for person_id, titles in _waited_for(acting, term_id, waiting).items():
        facts = {"act": " atau ".join(titles), "deadline": due, "rule": rule}
        acting.mail("deadline_reminder", [person_id], facts)


def _waited_for(acting: Acting, term_id: str, waiting: list[Awaited]) -> dict[str, list[str]]:
    """The titles of the acts by the person whom they wait for; a subject that is a role narrows the act to it."""
    found: dict[str, list[str]] = {}
    for item in waiting:
        act = act_of(CaseKind(acting.case.kind), item.act)
        assert act is not None
        for role in [r for r in act.roles if r.value == item.subject] or act.roles:
            for person in acting.holders(role, ("term", term_id)):
                found.setdefault(person.id, []).append(act.title)
    return found


# -- objections --------------------------------------------------------------------------------------------------


def file_objection(acting: Acting, kind: str, people: Incumbency, deciders: Sequence[Role]) -> None:
    """Enter the official's objection with the term for deciding it; he and the deciders are told."""
    due = objection_decided(acting.calendar, acting.today, acting.rules)
    decide_by = acting.due_by("decide_objection", due)
    objection = Objection(
        agency_id=acting.case.agency_id,
        case_id=acting.case.id,
        kind=kind,
        person_id=people.official.id,
        statement_id=acting.statement_id or "",
        filed_at=acting.at,
        decide_by=decide_by,
    )
    acting.session.add(objection)
    acting.session.flush()
    acting.lift("objection")
    acting.data.update(objection_id=objection.id, decide_by=decide_by.isoformat())
    deadline, rule = local(acting, decide_by), cite(acting, due.rule)
    told = {"number": objection.id, "date": local(acting, acting.at), "deadline": deadline, "rule": rule}
    acting.mail("objection_filed", [people.official.id], told)
    waiting = {"act": "Memutuskan keberatan", "deadline": deadline, "rule": rule}
    acting.mail("deadline_reminder", [p.id for role in deciders for p in acting.holders(role)], waiting)


def objection_of(acting: Acting, kind: str) -> Objection:
    """The objection that this case decides."""
    query = select(Objection).where(col(Objection.case_id) == acting.case.id, col(Objection.kind) == kind)
    return acting.session.exec(query).one()


def close_objection(
    acting: Acting,
    objection: Objection,
    people: Incumbency,
    signatory: letters.Signatory,
    *,
    against: str,
    result: str,
    remedy: str,
    rule_id: str,
) -> Document:
    """Decide an objection: the numbered decision with its considerations, sent to the official."""
    outcome = str(acting.arguments["outcome"])
    document = acting.issue(
        DocumentKind.OBJECTION_DECISION,
        "Keputusan atas keberatan",
        SECRETARIAT,
        [signatory],
        letters.ObjectionDecision,
        subject_id=people.official.id,
        wants_pdf=True,
        objector=people.addressee(),
        against=against,
        filed_on=acting.calendar.local_date(objection.filed_at).isoformat(),
        considering=(reason(acting),),
        decision=_OUTCOMES[outcome],
        result=result,
        remedy=remedy,
    )
    _enter_decision(acting, objection, people, document, rule_id)
    return document


def _enter_decision(acting: Acting, objection: Objection, people: Incumbency, document: Document, rule_id: str) -> None:
    outcome = str(acting.arguments["outcome"])
    objection.decided_at, objection.outcome = acting.at, outcome
    objection.decision_statement_id, objection.document_id = acting.statement_id, document.id
    acting.session.add(objection)
    acting.lift("decide_objection")
    acting.data.update(outcome=outcome, objection_id=objection.id)
    facts = {
        "number": objection.id,
        "date": acting.today.isoformat(),
        "outcome": _OUTCOMES[outcome],
        "rule": cite(acting, rule_id),
    }
    acting.mail("objection_decided", [people.official.id], facts, [document.id])

"""What a recorder works with: the transaction, the state, the rules and calendar, and what the entry will say."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlmodel import Session

from domain import labels, letters
from domain.calendar import Calendar
from domain.case import Deadline, Intent, deadline_item
from domain.deadlines.due import Due, reminder
from domain.refusals import Refused
from domain.rules import RuleSet
from domain.words import DocumentKind, Role
from records import assignments, documents, mail
from records.agency_calendar import calendar_for
from records.audit import Writer
from records.tables import Agency, Case, Document, NumberSeries, Person


@dataclass
class Acting:
    """One act being recorded. Recorders fill `data`, `lift` and the lists through the methods below."""

    writer: Writer
    case: Case
    state: Any
    intent: Intent
    rules: RuleSet
    seq: int
    statement_id: str | None = None
    assignment_id: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    _set: list[dict[str, Any]] = field(default_factory=list)
    _lift: list[str] = field(default_factory=list)
    _documents: int = 0  # how many; their ids stay in the record, so that histories do not grow with candidates
    _starts: list[str] = field(default_factory=list)
    _series: dict[documents.Series, NumberSeries] = field(default_factory=dict)

    # -- where we are --------------------------------------------------------------------------------------------

    @property
    def session(self) -> Session:
        """The transaction's session."""
        return self.writer.session

    @property
    def at(self) -> datetime:
        """The instant of the act."""
        return self.intent.at

    @property
    def arguments(self) -> Mapping[str, Any]:
        """The act's own arguments, as JSON values."""
        return self.intent.arguments

    @cached_property
    def agency(self) -> Agency:
        """The case's agency."""
        return self.session.get_one(Agency, self.case.agency_id)

    @cached_property
    def calendar(self) -> Calendar:
        """The agency's working-day calendar around the act."""
        return calendar_for(self.session, self.agency, self.at, self.rules)

    @property
    def today(self) -> date:
        """The local date of the act."""
        return self.calendar.local_date(self.at)

    # -- deadlines -----------------------------------------------------------------------------------------------

    def due(self, key: str, due: datetime, rule: str, *, subject: str = "", remind: bool = True) -> None:
        """Set a deadline, with one reminder some working days before it, if that still lies ahead."""
        remind_at = reminder(self.calendar, due, self.rules) if remind else None
        if remind_at is not None and remind_at <= self.at:
            remind_at = None
        self._set.append(deadline_item(Deadline(key, due, rule, remind_at, subject)))

    def due_by(self, key: str, due: Due, *, subject: str = "", remind: bool = True) -> datetime:
        """Set a deadline of the law; its last instant."""
        self.due(key, due.at, due.rule, subject=subject, remind=remind)
        return due.at

    def lift(self, *keys: str) -> None:
        """Take deadlines away that are met or no longer apply."""
        self._lift.extend(keys)

    # -- what the act sends --------------------------------------------------------------------------------------

    def number(self, series: documents.Series) -> str:
        """The next number of a series, in the year of the act."""
        row = self._series.get(series)
        if row is None:
            row = documents.locked_series(self.session, self.case.agency_id, series, self.today.year)
            self._series[series] = row
        return documents.counted(row, series)

    def issue(
        self,
        kind: DocumentKind,
        title: str,
        series: documents.Series,
        signatories: Sequence[letters.Signatory],
        build: Callable[..., letters.Letter],
        *,
        unit: str | None = None,
        subject_id: str = "",
        public: bool = False,
        wants_pdf: bool = False,
        **content: Any,
    ) -> Document:
        """Issue a document: `build` is a letter of `domain.letters`, `content` its own fields."""
        document_id = documents.new_document_id()
        letter = build(
            letterhead=documents.letterhead(self.agency, unit),
            number=self.number(series),
            date=self.today.isoformat(),
            signatories=tuple(signatories),
            verification=document_id,
            **content,
        )
        how = documents.Issue(
            self.case.agency_id, kind, title, self.today, self.case.key, self.seq, subject_id, public, wants_pdf
        )
        document = documents.issue(self.session, how, letter, document_id)
        self._documents += 1
        return document

    def mail(
        self,
        template: str,
        people: Sequence[str],
        facts: Mapping[str, Any] | None = None,
        document_ids: Sequence[str] = (),
        *,
        cause: str = "",
    ) -> None:
        """Queue a mail to each person once."""
        for person_id in dict.fromkeys(people):
            mail.queue(
                self.session,
                self.case.agency_id,
                f"{self.case.key}/{self.seq}{cause}",
                person_id,
                template,
                facts or {},
                at=self.at,
                case_key=self.case.key,
                document_ids=document_ids,
            )

    def start(self, case_key: str) -> None:
        """Let the workflow start another case, born in this transaction."""
        self._starts.append(case_key)

    # -- people --------------------------------------------------------------------------------------------------

    def holders(self, role: Role, scope: tuple[str, str] | None = None) -> list[Person]:
        """Who holds a role now: in the scope, or else in the agency."""
        return assignments.holders(self.session, self.at, self.case.agency_id, role, scope)

    def one(self, role: Role, scope: tuple[str, str] | None = None) -> Person:
        """The one who holds a role now.

        Raises:
            Refused: `role-vacant`, when nobody does.
        """
        found = self.holders(role, scope)
        if not found:
            raise Refused("role-vacant", role=role)
        return found[0]

    # -- the entry -----------------------------------------------------------------------------------------------

    def entry_data(self) -> dict[str, Any]:
        """The entry's data, with the reserved lists where they are not empty."""
        reserved = {"set": self._set, "lift": self._lift, "documents": self._documents, "starts": self._starts}
        return {**self.data, **{key: value for key, value in reserved.items() if value}}


Recorder = Callable[[Acting], None]


def signature(title: str, person: Person) -> letters.Signatory:
    """A person's signature block under a title."""
    return letters.Signatory(title, person.name, person.rank, person.nip or "")


def as_person(person: Person) -> letters.Person:
    """A person as letters name him."""
    return letters.Person(person.name, person.nip or "", person.rank, person.position)


def tanggal(day: date | str) -> str:
    """A date in Indonesian, as letters write it inside a sentence: "3 Februari 2027"."""
    return labels.tanggal(date.fromisoformat(day) if isinstance(day, str) else day)

"""A published round and its people, on a real database; acts go through `prepare` and `commit` as in production.

`World` stands where API and workflow stand: it prepares an act, checks it against the state it holds, commits it, folds
the entry into that state, and then holds the record against it (`settled`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter
from sqlmodel import col, select

from domain.acts import act_of
from domain.calendar import Calendar
from domain.case import Deadline, Entry, Intent
from domain.laws import LAWS, project
from domain.refusals import Refused
from domain.selection import Lane, SelectionState
from domain.words import CaseKind, Component, Role, Stage, Verdict
from records import journal, requests, screening, sheets
from records.acts.commit import ActRequest, commit
from records.agency_calendar import calendar_for
from records.assignments import held_at
from records.audit import AuditEntry, Author, Writer
from records.database import Database
from records.rules import pinned
from records.selections import VacancyDraft, create
from records.tables import (
    Agency,
    Application,
    Assignment,
    Check,
    Document,
    JournalEntry,
    NumberSeries,
    OutboundMail,
    Person,
    Recusal,
    Upload,
    Vacancy,
    Window,
    new_id,
)
from tests.acts.selection_plan import OPENED, PAPERS, PLAN, PROFILE, REQUIREMENTS

_ENTRY: TypeAdapter[Entry] = TypeAdapter(Entry)
_STATE: TypeAdapter[SelectionState] = TypeAdapter(SelectionState)


@dataclass
class World:
    """A round with its people. `state` is what the workflow would hold; `now` is the installation's instant."""

    database: Database
    now: datetime = OPENED
    people: dict[str, str] = field(default_factory=dict)
    vacancies: list[str] = field(default_factory=list)
    agency_id: str = ""
    selection_id: str = ""
    kind: CaseKind = CaseKind.SELECTION
    number: int = 1  # of the first person, so that several worlds fit into one record

    # -- the cast ------------------------------------------------------------------------------------------------

    def __post_init__(self) -> None:
        with self.database.write() as writer:
            agency = Agency(
                name="Pemerintah Kabupaten Contoh",
                kind="kabupaten",
                head_title="Bupati Contoh",
                unit="Badan Kepegawaian Contoh",
                address="Jalan Contoh 1",
                contact="(000) 000",
                place="Contoh",
                created_at=OPENED,
            )
            writer.session.add(agency)
            writer.session.flush()
            self.agency_id = agency.id
            for name in ("chair", "clerk", "member1", "member2", "member3", "assessor1", "assessor2", "spare"):
                self._person(writer, name)
            for name, role in (("ppk", Role.PPK), ("pyb", Role.PYB), ("secretariat", Role.SECRETARIAT)):
                self._person(writer, name)
                self.assign(writer, name, role, "agency", self.agency_id)

    def _person(self, writer: Writer, name: str) -> str:
        number = self.number + len(self.people)
        person = Person(
            name=f"Orang {name.title()}",
            nip=f"19750101200003{number:04d}",
            mail=f"{name}@contoh.invalid",
            rank="IV/c",
            position=f"Jabatan {name}",
            birth_date=date(1975, 1, 1),
            created_at=OPENED,
        )
        writer.session.add(person)
        writer.session.flush()
        self.people[name] = person.id
        return person.id

    def person(self, name: str) -> str:
        """The id of a person, entered on first mention."""
        if name not in self.people:
            with self.database.write() as writer:
                self._person(writer, name)
        return self.people[name]

    def assign(self, writer: Writer, name: str, role: Role, scope_kind: str, scope_id: str, **more: Any) -> Assignment:
        """Give a person a role."""
        row = Assignment(
            agency_id=self.agency_id,
            person_id=self.people[name],
            role=role,
            scope_kind=scope_kind,
            scope_id=scope_id,
            since=OPENED - timedelta(days=400),
            **more,
        )
        writer.session.add(row)
        writer.session.flush()
        return row

    # -- the round -----------------------------------------------------------------------------------------------

    def draft(self, *kinds: str, **changes: Any) -> "World":
        """A lawful draft with one vacancy a kind, and the committee."""
        drafts = [
            VacancyDraft(
                title=f"Kepala Dinas Contoh {index}",
                unit=f"Dinas Contoh {index}",
                kind=kind,
                requirements=REQUIREMENTS,
                documents=PAPERS,
                competencies=("Integritas",),
            )
            for index, kind in enumerate(kinds or ("head_of_agency",), start=1)
        ]
        with self.database.write() as writer:
            author = Author(self.people["secretariat"])
            selection = create(writer, self.agency_id, "Seleksi contoh", "pratama", drafts, OPENED, author)
            self.selection_id = selection.id
            for name, value in {**PLAN, **changes}.items():
                setattr(selection, name, value)
            writer.session.add(selection)
            for name, position, element in (
                ("chair", "chair", "internal"),
                ("clerk", "secretary", "internal"),
                ("member1", "member", "related_agency"),
                ("member2", "member", "expert"),
                ("member3", "member", "expert"),
            ):
                self.assign(writer, name, Role.COMMITTEE, "selection", selection.id, position=position, element=element)
            for name in ("assessor1", "assessor2"):
                self.assign(writer, name, Role.ASSESSOR, "selection", selection.id)
            found = writer.session.exec(select(Vacancy).where(col(Vacancy.selection_id) == selection.id))
            self.vacancies = [v.id for v in sorted(found, key=lambda v: v.title)]
        self.state = self.stored
        return self

    @property
    def key(self) -> str:
        """The round's case key."""
        return f"selection/{self.selection_id}"

    @property
    def vacancy(self) -> str:
        """The first vacancy."""
        return self.vacancies[0]

    @property
    def stored(self) -> SelectionState:
        """The state that the record projects."""
        with self.database.read() as session:
            state = journal.state_of(session, self.key)
        assert isinstance(state, SelectionState)
        return state

    def lane(self, vacancy_id: str | None = None) -> Lane:
        """A lane as the workflow holds it."""
        return self.state.lanes[vacancy_id or self.vacancy]

    # -- acts ----------------------------------------------------------------------------------------------------

    def act(self, name: str, by: str, *vacancies: str, at: datetime | None = None, **arguments: Any) -> Entry:
        """Somebody's act, from preparation to the settled record."""
        return self.answer(name, by, *vacancies, at=at, **arguments)[0]

    def answer(
        self, name: str, by: str, *vacancies: str, at: datetime | None = None, reason: str = "Alasan.", **arguments: Any
    ) -> tuple[Entry, bool]:
        """The entry, and whether an equal act had been recorded before."""
        if at is not None:
            self.reach(at)
        request = self.request(name, by, *vacancies, reason=reason, **arguments)
        return (request, True) if isinstance(request, Entry) else self.carry_out(request)

    def request(
        self, name: str, by: str, *vacancies: str, reason: str = "Alasan.", **arguments: Any
    ) -> ActRequest | Entry:
        """What the API makes of it: an act to send, or the entry of an equal one."""
        act = act_of(self.kind, name)
        assert act is not None
        if vacancies:
            arguments["vacancy_ids"] = list(vacancies)
        with self.database.write() as writer:
            session = writer.session
            case = journal.case_of(session, self.key)
            held = held_at(session, self.now, person_id=self.person(by))
            assignment = next((a for a in held if a.role in act.roles), None)
            role = assignment.role if assignment else str(act.roles[0])
            found = requests.prepare(session, case, act, self.now, self.person(by), role, arguments)
            if found.recorded is not None:
                return found.recorded
            statement_id = requests.store_reason(session, case, self.people[by], act, reason, self.now)
        held_by = assignment.id if assignment else ""
        request = (found.intent, new_id(), found.payload_sha256, found.keys, held_by, statement_id)
        return ActRequest(self.key, self.state.seq + 1, *request)

    def carry_out(self, request: ActRequest) -> tuple[Entry, bool]:
        """What the workflow does: check, commit, fold; then the record is held against the state."""
        with self.database.read() as session:
            known = journal.recorded(session, self.key, request.keys, request.payload_sha256)
        if known is None and request.intent.role != "system":
            LAWS[self.kind].check(self.state, request.intent)
        entry, replayed = self.committed(request)
        if not replayed:
            self.state = LAWS[self.kind].apply(self.state, _ENTRY.validate_json(_ENTRY.dump_json(entry)))
            self.settled()
        return entry, replayed

    def committed(self, request: ActRequest) -> tuple[Entry, bool]:
        """The transaction alone."""
        with self.database.write() as writer:
            return commit(writer, request)

    def happen(self, act: str, deadline: Deadline) -> Entry:
        """A deadline's reminder, or its falling due."""
        at = deadline.next_at or deadline.due
        self.now = max(self.now, at)
        key = f"{act}:{deadline.key}:{deadline.due.isoformat()}"
        subject = (deadline.subject,) if deadline.subject else ()
        intent = Intent(act, self.now, role="system", vacancy_ids=subject, arguments={"key": deadline.key})
        return self.carry_out(ActRequest(self.key, self.state.seq + 1, intent, key, "", (key,)))[0]

    def reach(self, instant: datetime) -> list[str]:
        """Let time pass: reminders and deadlines happen in order; what happened, as `act key`."""
        happened = []
        while (upcoming := self.state.next_deadline()) is not None and (upcoming.next_at or upcoming.due) <= instant:
            reminding = upcoming.remind_at is not None and not upcoming.reminded
            act = "remind" if reminding and upcoming.next_at == upcoming.remind_at else "fall_due"
            self.happen(act, upcoming)
            happened.append(f"{act} {upcoming.key.partition('/')[0]}")
        self.now = max(self.now, instant)
        return happened

    def due(self, key: str) -> datetime:
        """When an open deadline of the first vacancy (or of a full key) is due."""
        deadline = self.state.deadline(key if "/" in key else f"{key}/{self.vacancy}")
        assert deadline is not None, key
        return deadline.due

    def refused(self, name: str, by: str, *vacancies: str, **arguments: Any) -> Refused:
        """The refusal an act meets; nothing of it may stay."""
        before = self.counts()
        with pytest.raises(Refused) as caught:
            self.answer(name, by, *vacancies, **arguments)
        assert self.counts() == before, "a refused act left something behind"
        return caught.value

    # -- data ----------------------------------------------------------------------------------------------------

    def apply(self, name: str, vacancy_id: str | None = None, *, submitted: bool = True, **profile: Any) -> str:
        """An application with its one paper: the id."""
        person_id = self.person(name)
        with self.database.write() as writer:
            application = Application(
                agency_id=self.agency_id,
                selection_id=self.selection_id,
                vacancy_id=vacancy_id or self.vacancy,
                person_id=person_id,
                profile={**PROFILE, **profile},
                created_at=self.now,
                submitted_at=self.now if submitted else None,
            )
            writer.session.add(application)
            writer.session.flush()
            for paper in PAPERS:
                writer.session.add(
                    Upload(
                        application_id=application.id,
                        code=paper["code"],
                        file_name=f"{paper['code']}.pdf",
                        media_type="application/pdf",
                        size=1,
                        sha256="0" * 64,
                        uploaded_at=self.now,
                    )
                )
            return application.id

    def withdraw(self, application_id: str) -> None:
        """The candidate leaves."""
        with self.database.write() as writer:
            application = writer.session.get_one(Application, application_id)
            application.withdrawn_at = self.now
            writer.session.add(application)

    def verify(self, application_id: str, verdict: Verdict = Verdict.MET, *verifiers: str) -> None:
        """Verifiers decide every requirement alike."""
        with self.database.write() as writer:
            application = writer.session.get_one(Application, application_id)
            rules = pinned(writer.session, self.state.rules_sha256)
            repeat = self.lane(application.vacancy_id).repeat(Stage.SCREENING)
            for row in screening.outcome_of(writer.session, application, rules, repeat).rows:
                for verifier in verifiers or ("member1", "member2"):
                    check = Check(
                        application_id=application_id,
                        requirement=row.requirement,
                        repeat=repeat,
                        verifier_id=self.people[verifier],
                        verdict=verdict,
                        computed=row.computed,
                        reason="Sesuai berkas.",
                        at=self.now,
                    )
                    writer.session.add(check)

    def seal(self, application_id: str, components: Sequence[Component], by: Sequence[str], score: str | None) -> None:
        """Assessors' declarations and sealed sheets; without a score the candidate was absent."""
        with self.database.write() as writer:
            application = writer.session.get_one(Application, application_id)
            given = sheets.Given(None if score is None else Decimal(score), absent=score is None)
            for author in (Author(self.people[name]) for name in by):
                sheets.declare(writer, application, self.now, author)
                for component in components:
                    sheets.seal(writer, application, component, given, self.now, author)

    # -- what is in the record -----------------------------------------------------------------------------------

    def rows(self, table: type[Any], *where: Any) -> list[Any]:
        """Rows of a table."""
        with self.database.read() as session:
            return list(session.exec(select(table).where(*where)))

    def row(self, table: type[Any], key: Any) -> Any:
        """A row by its key."""
        with self.database.read() as session:
            return session.get_one(table, key)

    def change(self, table: type[Any], key: Any, **values: Any) -> None:
        """Change a row behind the acts' back."""
        with self.database.write() as writer:
            row = writer.session.get_one(table, key)
            for name, value in values.items():
                setattr(row, name, value)
            writer.session.add(row)

    def mails(self, template: str) -> list[OutboundMail]:
        """The queued mails of a template."""
        return self.rows(OutboundMail, col(OutboundMail.template) == template)

    def told(self, template: str) -> set[str]:
        """Who was sent a mail of that template, by name."""
        told = {m.person_id for m in self.mails(template)}
        return {name for name, person_id in self.people.items() if person_id in told}

    def counts(self) -> dict[str, int]:
        """How many rows of each kind acts may write."""
        tables = (JournalEntry, Document, OutboundMail, NumberSeries, Window, Recusal, Assignment, AuditEntry)
        return {table.__name__: len(self.rows(table)) for table in tables}

    def settled(self) -> None:
        """The record projects the very state that the workflow holds; numbers and mails are given once."""
        with self.database.read() as session:
            case = journal.case_of(session, self.key)
            rows = journal.entries_of(session, self.key)
            state = project(self.kind, journal.born(case), [journal.as_entry(r) for r in rows])
            audited = list(session.exec(select(AuditEntry).where(col(AuditEntry.subject) == self.key)))
        assert state == self.state
        assert _STATE.validate_json(_STATE.dump_json(state)) == state
        numbers = [(d.agency_id, d.number) for d in self.rows(Document)]
        assert len(numbers) == len(set(numbers)) == sum(s.last for s in self.rows(NumberSeries))
        keys = [m.key for m in self.rows(OutboundMail)]
        assert len(keys) == len(set(keys))
        assert len(audited) == len(rows)

    def calendar(self) -> Calendar:
        """The agency's."""
        with self.database.read() as session:
            return calendar_for(session, session.get_one(Agency, self.agency_id), self.now)

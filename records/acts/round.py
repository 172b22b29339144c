"""What recorders of a selection share: its rows, its people, and who is still in play."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from domain import letters
from domain.acts import act_of
from domain.deadlines.selection import unplanned_stage
from domain.refusals import Refused
from domain.selection import Lane, SelectionState
from domain.words import CaseKind, CommitteePosition, Component, Role, Stage
from records import assignments
from records.acts.acting import Acting
from records.tables import Application, Assignment, Person, Selection, StageDecision, Vacancy

COMMITTEE_UNIT: Final = "Panitia Seleksi Terbuka Jabatan Pimpinan Tinggi Pratama"


@dataclass
class Round:
    """A selection while one of its acts is recorded. `entered`: the state that the act leads into, where it counts."""

    acting: Acting
    entered: SelectionState | None = None

    @property
    def session(self) -> Session:
        """The transaction's session."""
        return self.acting.session

    @property
    def state(self) -> SelectionState:
        """The state before the act, or the one it leads into."""
        state = self.entered or self.acting.state
        assert isinstance(state, SelectionState)
        return state

    @cached_property
    def selection(self) -> Selection:
        """The round's row."""
        return self.session.get_one(Selection, self.acting.case.id)

    @cached_property
    def vacancies(self) -> dict[str, Vacancy]:
        """All vacancies of the round, by id."""
        query = select(Vacancy).where(col(Vacancy.selection_id) == self.selection.id)
        return {v.id: v for v in self.session.exec(query.order_by(col(Vacancy.title), col(Vacancy.id)))}

    def chosen(self) -> list[tuple[Vacancy, Lane]]:
        """The vacancies that the act is about, with their lanes."""
        return [(self.vacancies[v], self.state.lanes[v]) for v in self.acting.intent.vacancy_ids]

    # -- the committee -------------------------------------------------------------------------------------------

    @cached_property
    def committee(self) -> list[tuple[Person, Assignment]]:
        """The members now, the chair first."""
        scope = ("selection", self.selection.id)
        found = assignments.held_at(self.session, self.acting.at, role=Role.COMMITTEE, scopes=[scope])
        people = assignments.people_by_id(self.session, [a.person_id for a in found])
        order = list(CommitteePosition)
        members = [(people[a.person_id], a) for a in found]
        return sorted(members, key=lambda m: (order.index(CommitteePosition(m[1].position)), m[0].name))

    @property
    def chair(self) -> Person:
        """The chair now.

        Raises:
            Refused: `role-vacant`.
        """
        for person, assignment in self.committee:
            if assignment.position == CommitteePosition.CHAIR:
                return person
        raise Refused("role-vacant", role="ketua panitia seleksi")

    def sits(self, person_id: str) -> bool:
        """Whether a person is a member of the committee or an assessor, of this round or of the whole agency."""
        held = assignments.held_at(
            self.session, self.acting.at, person_id=person_id, agency_id=self.acting.case.agency_id
        )
        scopes = (("selection", self.selection.id), ("agency", self.acting.case.agency_id))
        judges = (Role.COMMITTEE, Role.ASSESSOR)
        return any(a.role in judges and (a.scope_kind, a.scope_id) in scopes for a in held)

    # -- applicants ----------------------------------------------------------------------------------------------

    def applicants(self, vacancy_ids: Iterable[str], *, drafts: bool = False) -> list[Application]:
        """Who has applied and not withdrawn, in the order of submission; with `drafts`, who has begun to."""
        query = (
            select(Application)
            .where(col(Application.vacancy_id).in_(list(vacancy_ids)), col(Application.withdrawn_at).is_(None))
            .order_by(col(Application.submitted_at), col(Application.id))
        )
        if not drafts:
            query = query.where(col(Application.submitted_at).is_not(None))
        return list(self.session.exec(query))

    def decisions(self, vacancy_id: str, stage: Stage) -> dict[str, StageDecision]:
        """The decisions of a stage's latest repeat, by application."""
        query = select(StageDecision).where(
            col(StageDecision.vacancy_id) == vacancy_id,
            col(StageDecision.stage) == stage,
            col(StageDecision.repeat) == self.state.lanes[vacancy_id].repeat(stage),
        )
        return {d.application_id: d for d in self.session.exec(query)}

    def in_play(self, vacancy_id: str, stage: Stage) -> list[Application]:
        """Who takes part in a stage: passed the one before, and has not withdrawn."""
        order = list(Stage)
        before = order[order.index(stage) - 1]
        passed = {a for a, d in self.decisions(vacancy_id, before).items() if d.passed}
        return [a for a in self.applicants([vacancy_id]) if a.id in passed]

    def people(self, applications: Sequence[Application]) -> dict[str, Person]:
        """The applicants' persons, by id."""
        return assignments.people_by_id(self.session, [a.person_id for a in applications])

    # -- the timetable -------------------------------------------------------------------------------------------

    def planned(self, *steps: str) -> list[tuple[str, date, date]]:
        """The published steps of these names: name, start, end."""
        rows = [r for r in self.selection.timetable if r["step"] in steps]
        spans = [(r["step"], r["start"], r.get("end") or r["start"]) for r in rows]
        return [(step, date.fromisoformat(start), date.fromisoformat(end)) for step, start, end in spans]

    def stage_due(self, vacancy_id: str, key: str, *steps: str) -> datetime:
        """Set the stage's deadline by the published timetable, or shortly after today if that has passed."""
        planned = [end for _, _, end in self.planned(*steps)]
        acting = self.acting
        least = unplanned_stage(acting.calendar, acting.today, acting.rules)
        due = max([least.at, *(acting.calendar.end_of_day(end) for end in planned)])
        acting.due(f"{key}/{vacancy_id}", due, "plan.timetable", subject=vacancy_id)
        return due


def as_applicant(person: Person, application: Application) -> letters.Person:
    """An applicant as letters name him: rank and present position as his application states them."""
    stated = application.profile
    held = sorted(stated.get("positions") or [], key=lambda p: p["held_from"])
    position = next((p.get("title", "") for p in reversed(held) if not p.get("held_until")), "")
    return letters.Person(person.name, person.nip or "", stated.get("rank") or person.rank, position or person.position)


def weights_of(selection: Selection, stage: Stage | None = None) -> list[Component]:
    """The weighted components, of one stage or of all, in the field's order."""
    weighted = [c for c in Component if c in selection.weights]
    return [c for c in weighted if stage is None or c.stage is stage]


def post_facts(vacancy: Vacancy, **more: str) -> dict[str, str]:
    """The facts of a mail about a post."""
    return {"post": vacancy.title, **more}


def title_of(act: str) -> str:
    """An act as people call it."""
    known = act_of(CaseKind.SELECTION, act)
    return known.title if known else act


def cite(acting: Acting, rule_id: str) -> str:
    """The article of a rule; the published timetable is one too."""
    return acting.rules.rule(rule_id).citation if acting.rules.has(rule_id) else "Jadwal seleksi yang diumumkan"


def local(acting: Acting, instant: datetime) -> str:
    """An instant as ISO 8601 in the agency's time zone, for letters and mail."""
    return instant.astimezone(ZoneInfo(acting.agency.zone)).isoformat(timespec="seconds")

"""The inbox: what waits for a person, since when, by when, under which rule; folded from the open journals.

One query finds the open cases of all his agencies and one their journals, however many there are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlmodel import Session, col, select

from domain.acts import Act, act_of
from domain.case import Awaited
from domain.labels import COMPONENTS
from domain.laws import LAWS
from domain.rules import RuleSet
from domain.selection import Lane, SelectionState
from domain.words import CaseKind, Component, Role, Stage
from records import journal, screening, sheets
from records.assignments import people_by_id
from records.tables import Assignment, Case, JournalEntry, OfficeTerm, PinnedRules, Post, Selection, Vacancy

_NOUNS: Final[Mapping[CaseKind, str]] = MappingProxyType(
    {
        CaseKind.SELECTION: "selections",
        CaseKind.TERM: "terms",
        CaseKind.CONTRACT: "contracts",
        CaseKind.REVIEW: "reviews",
    }
)
_VERIFIERS: Final = frozenset({Role.COMMITTEE.value, Role.SECRETARIAT.value})


@dataclass(frozen=True)
class Item:
    """Something that waits. `link` is where in the API it is looked at; `count` how many things it is about."""

    kind: str  # act | checks | sheets
    act: str
    title: str
    case: str
    subject: str
    about: str
    role: str
    since: datetime
    due: datetime | None
    overdue: bool
    rule: str
    link: str
    count: int = 1


def inbox(session: Session, person_id: str, held: Sequence[Assignment], at: datetime) -> list[Item]:
    """Everything that waits for a person by his assignments at an instant, the most urgent first."""
    mine = [a for a in held if a.role != Role.ADMIN]
    cases = _open_cases(session, {a.agency_id for a in mine if a.agency_id})
    cases = [c for c in cases if any(_covers(a, c) for a in mine)]
    states = journal.states_of(session, cases)
    about = _subjects(session, cases)
    found = [item for case in cases for item in _acts(case, states[case.key], mine, person_id, about, at)]
    found += _checks(session, cases, states, mine, person_id, about, at)
    found += _sheets(session, person_id, states, at)
    return sorted(found, key=lambda i: (i.due is None, i.due or i.since, i.since, i.case, i.act))


def _open_cases(session: Session, agency_ids: set[str]) -> list[Case]:
    closed = select(JournalEntry.case_key).where(col(JournalEntry.closes))
    query = select(Case).where(col(Case.agency_id).in_(agency_ids), col(Case.key).not_in(closed))
    return list(session.exec(query.order_by(col(Case.effective_at), col(Case.key))))


def _covers(assignment: Assignment, case: Case) -> bool:
    """Whether a role counts for a case: in its agency, its round, or its term."""
    if assignment.scope_kind == "agency":
        return assignment.scope_id == case.agency_id
    if case.kind == CaseKind.SELECTION:
        return (assignment.scope_kind, assignment.scope_id) == ("selection", case.id)
    return (assignment.scope_kind, assignment.scope_id) == ("term", case.id.partition("-")[0])


# -- acts of process -----------------------------------------------------------------------------------------------


def _acts(
    case: Case, state: Any, mine: Sequence[Assignment], person_id: str, about: Mapping[str, str], at: datetime
) -> Iterator[Item]:
    kind = CaseKind(case.kind)
    for awaited in LAWS[kind].awaited(state):
        act = act_of(kind, awaited.act)
        role = _role(act, case, mine) if act else None
        if act is not None and role is not None and _still(act, state, awaited, person_id):
            yield _act_item(case, act, awaited, role, about, at)


def _role(act: Act, case: Case, mine: Sequence[Assignment]) -> str | None:
    for a in mine:
        seated = not act.positions or a.role != Role.COMMITTEE or a.position in act.positions
        if a.role in act.roles and seated and _covers(a, case):
            return a.role
    return None


def _still(act: Act, state: Any, awaited: Awaited, person_id: str) -> bool:
    """Whether it waits for this very person: minutes wait only for members who have not signed."""
    if act.name != "sign_minutes" or not isinstance(state, SelectionState):
        return True
    lane = state.lanes[awaited.subject]
    return person_id in lane.signers and person_id not in lane.signed


def _act_item(case: Case, act: Act, awaited: Awaited, role: str, about: Mapping[str, str], at: datetime) -> Item:
    return Item(
        kind="act",
        act=act.name,
        title=act.title,
        case=case.key,
        subject=awaited.subject,
        about=about.get(awaited.subject) or about.get(case.key, ""),
        role=role,
        since=awaited.since,
        due=awaited.due,
        overdue=awaited.due is not None and awaited.due < at,
        rule=awaited.rule,
        link=f"/api/v1/{_NOUNS[CaseKind(case.kind)]}/{case.id}",
    )


# -- data work -----------------------------------------------------------------------------------------------------


def _checks(
    session: Session,
    cases: Sequence[Case],
    states: Mapping[str, Any],
    mine: Sequence[Assignment],
    person_id: str,
    about: Mapping[str, str],
    at: datetime,
) -> list[Item]:
    """Applications whose requirements the person has not looked at yet; a decided one needs nobody any more."""
    lanes = {
        v: (case, lane)
        for case in cases
        if case.kind == CaseKind.SELECTION and any(a.role in _VERIFIERS and _covers(a, case) for a in mine)
        for v, lane in states[case.key].lanes.items()
        if lane.stage is Stage.SCREENING and not lane.announced and lane.suspended_at is None
    }
    rules = _rules(session, {states[case.key].rules_sha256 for case, _ in lanes.values()})
    repeats = {
        v: (lane.repeat(Stage.SCREENING), rules[states[case.key].rules_sha256]) for v, (case, lane) in lanes.items()
    }
    counts = screening.waiting_for(session, person_id, repeats) if repeats else {}
    return [
        _check_item(case, lane, counts[v], states[case.key], about, at)
        for v, (case, lane) in lanes.items()
        if v in counts
    ]


def _rules(session: Session, hashes: set[str]) -> dict[str, RuleSet]:
    rows = session.exec(select(PinnedRules).where(col(PinnedRules.sha256).in_(hashes)))
    return {row.sha256: RuleSet.from_mapping(row.body) for row in rows}


def _check_item(
    case: Case, lane: Lane, count: int, state: SelectionState, about: Mapping[str, str], at: datetime
) -> Item:
    deadline = next((d for d in state.deadlines if d.key == f"screening/{lane.vacancy_id}"), None)
    return Item(
        kind="checks",
        act="check_requirement",
        title="Memeriksa berkas pelamar",
        case=case.key,
        subject=lane.vacancy_id,
        about=about.get(lane.vacancy_id, ""),
        role="verifier",
        since=lane.since,
        due=deadline.due if deadline else None,
        overdue=deadline is not None and deadline.due < at,
        rule=deadline.rule if deadline else "selter.screening.verifiers",
        link=f"/api/v1/selections/{case.id}/screening?vacancy_id={lane.vacancy_id}",
        count=count,
    )


def _sheets(session: Session, person_id: str, states: Mapping[str, Any], at: datetime) -> list[Item]:
    """Sheets to seal, a component of a vacancy each."""
    waiting: dict[tuple[str, Component], list[sheets.Task]] = {}
    for task in sheets.tasks(session, person_id):
        if task.sheet is None and not task.recused:
            waiting.setdefault((task.vacancy.id, task.component), []).append(task)
    return [_sheet_item(found, states, at) for found in waiting.values()]


def _sheet_item(found: Sequence[sheets.Task], states: Mapping[str, Any], at: datetime) -> Item:
    task = found[0]
    key = f"{CaseKind.SELECTION}/{task.vacancy.selection_id}"
    state = states.get(key)
    wanted = f"{task.component.stage}/{task.vacancy.id}"
    deadline = next((d for d in state.deadlines if d.key == wanted), None) if state else None
    return Item(
        kind="sheets",
        act="seal_sheet",
        title="Mengisi lembar nilai",
        case=key,
        subject=task.vacancy.id,
        about=f"{task.vacancy.title}: {COMPONENTS[task.component]}",
        role="assessor",
        since=task.since,
        due=deadline.due if deadline else None,
        overdue=deadline is not None and deadline.due < at,
        rule=deadline.rule if deadline else "selter.assessors.min_sheets",
        link="/api/v1/me/sheets",
        count=len(found),
    )


# -- what it is about ----------------------------------------------------------------------------------------------


def _subjects(session: Session, cases: Sequence[Case]) -> dict[str, str]:
    """Titles by vacancy id and by case key: the round's, or the official and his post."""
    rounds = {c.id: c.key for c in cases if c.kind == CaseKind.SELECTION}
    titles = {rounds[s.id]: s.title for s in session.exec(select(Selection).where(col(Selection.id).in_(rounds)))}
    vacancies = session.exec(select(Vacancy).where(col(Vacancy.selection_id).in_(rounds)))
    return titles | {v.id: v.title for v in vacancies} | _terms(session, cases)


def _terms(session: Session, cases: Sequence[Case]) -> dict[str, str]:
    served = {c.key: c.id.partition("-")[0] for c in cases if c.kind != CaseKind.SELECTION}
    query = (
        select(OfficeTerm, Post)
        .join(Post, col(Post.id) == col(OfficeTerm.post_id))
        .where(col(OfficeTerm.id).in_(set(served.values())))
    )
    terms = {term.id: (term, post) for term, post in session.exec(query)}
    people = people_by_id(session, [term.person_id for term, _ in terms.values()])
    return {
        key: f"{people[terms[t][0].person_id].name}, {terms[t][1].title}" for key, t in served.items() if t in terms
    }

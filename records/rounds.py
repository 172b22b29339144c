"""Reading rounds: lists, states, counts and journals; one query each, none in a loop."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import and_, func, or_
from sqlmodel import Session, col, select

from domain.acts import act_of
from domain.selection import SelectionState
from domain.words import CaseKind
from records import journal
from records.selections import case_key
from records.tables import Application, Assignment, Case, JournalEntry, Selection, Vacancy

# What of an entry's data may be shown to every watcher: no ids of persons or applications, no free text.
_SHOWN: Final = frozenset(
    {
        "applicants",
        "counts",
        "enough",
        "ground",
        "inaugurated_on",
        "issued_on",
        "key",
        "kind",
        "number",
        "opened",
        "rules_sha256",
        "set",
        "sha256",
        "stage",
        "vacancies",
        "version",
    }
)
SYSTEM_TITLES: Final = MappingProxyType({"remind": "Pengingat", "fall_due": "Tenggat tercapai"})


@dataclass(frozen=True)
class Seen:
    """Whose rounds may be listed: whole agencies, single rounds, or everything."""

    agencies: Collection[str] = ()
    rounds: Collection[str] = ()
    everything: bool = False


@dataclass(frozen=True)
class Happened:
    """An act of a journal as anybody entitled may read it."""

    seq: int
    act: str
    title: str
    at: datetime
    vacancy_ids: tuple[str, ...]
    role: str
    facts: Mapping[str, Any]


def listed(session: Session, seen: Seen, after: tuple[datetime, str] | None, limit: int) -> list[Selection]:
    """Rounds, the newest first, after a cursor's key."""
    query = select(Selection).order_by(col(Selection.created_at).desc(), col(Selection.id).desc()).limit(limit)
    if not seen.everything:
        query = query.where(or_(col(Selection.agency_id).in_(seen.agencies), col(Selection.id).in_(seen.rounds)))
    if after is not None:
        at, last = after
        older = col(Selection.created_at) < at
        query = query.where(or_(older, and_(col(Selection.created_at) == at, col(Selection.id) < last)))
    return list(session.exec(query))


def states(session: Session, rounds: Sequence[Selection]) -> dict[str, SelectionState]:
    """Their states by round id, with one query for the cases and one for all journals."""
    keys = [case_key(r.id) for r in rounds]
    cases = list(session.exec(select(Case).where(col(Case.key).in_(keys))))
    found = journal.states_of(session, cases)
    return {case.id: found[case.key] for case in cases}


def vacancy_counts(session: Session, selection_ids: Iterable[str]) -> dict[str, int]:
    """How many vacancies each round has."""
    query = (
        select(col(Vacancy.selection_id), func.count())
        .where(col(Vacancy.selection_id).in_(list(selection_ids)))
        .group_by(col(Vacancy.selection_id))
    )
    return dict(session.exec(query).all())


def submitted_counts(session: Session, selection_id: str) -> dict[str, int]:
    """Applications submitted and not withdrawn, by vacancy."""
    query = (
        select(col(Application.vacancy_id), func.count())
        .where(
            col(Application.selection_id) == selection_id,
            col(Application.submitted_at).is_not(None),
            col(Application.withdrawn_at).is_(None),
        )
        .group_by(col(Application.vacancy_id))
    )
    return dict(session.exec(query).all())


def happened(session: Session, key: str) -> list[Happened]:
    """A case's journal without personal data: acts, instants, roles, counts and dates."""
    rows = journal.entries_of(session, key)
    ids = {r.assignment_id for r in rows if r.assignment_id}
    query = select(Assignment.id, Assignment.role).where(col(Assignment.id).in_(ids))
    roles = dict(session.exec(query).all())
    kind = CaseKind(key.partition("/")[0])
    return [_happened(row, kind, roles.get(row.assignment_id or "", "")) for row in rows]


def _happened(row: JournalEntry, kind: CaseKind, role: str) -> Happened:
    act = act_of(kind, row.act)
    title = act.title if act else SYSTEM_TITLES.get(row.act, row.act)
    facts = {k: v for k, v in row.data.items() if k in _SHOWN}
    return Happened(row.seq, row.act, title, row.at, tuple(row.vacancy_ids), role, facts)

"""Cases and journals: birth, fold, natural keys, and the append that an act's transaction ends in."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from domain.case import CaseState, Entry, workflow_id
from domain.laws import LAWS, project
from domain.refusals import Refused
from domain.words import CaseKind
from records.tables import ActKey, Case, Document, JournalEntry


def bear(
    session: Session,
    kind: CaseKind,
    case_id: str,
    agency_id: str,
    effective_at: datetime,
    act: str,
    *,
    origin: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
    request_id: str,
    person_id: str | None = None,
) -> Case:
    """Enter a new case with its first journal entry; its workflow is started from their projection."""
    case = Case(
        key=workflow_id(kind, case_id),
        kind=kind,
        id=case_id,
        agency_id=agency_id,
        effective_at=effective_at,
        origin=dict(origin or {}),
    )
    session.add(case)
    session.flush()
    entry = Entry(1, act, effective_at, data=dict(data or {}))
    append(session, case.key, entry, request_id=request_id, payload_sha256="", keys=(act,), person_id=person_id)
    return case


def append(
    session: Session,
    case_key: str,
    entry: Entry,
    *,
    request_id: str,
    payload_sha256: str,
    keys: Iterable[str],
    person_id: str | None = None,
    assignment_id: str | None = None,
    statement_id: str | None = None,
    closes: bool = False,
) -> None:
    """Write an entry and its natural keys; the primary key refuses a second entry of the same number."""
    session.add(
        JournalEntry(
            case_key=case_key,
            seq=entry.seq,
            act=entry.act,
            at=entry.at,
            vacancy_ids=list(entry.vacancy_ids),
            data=dict(entry.data),
            person_id=person_id,
            assignment_id=assignment_id,
            request_id=request_id,
            payload_sha256=payload_sha256,
            statement_id=statement_id,
            closes=closes,
        )
    )
    for key in keys:
        session.add(ActKey(case_key=case_key, key=key, seq=entry.seq, payload_sha256=payload_sha256))
    session.flush()


def as_entry(row: JournalEntry) -> Entry:
    """A journal row as the domain's entry."""
    return Entry(row.seq, row.act, row.at, tuple(row.vacancy_ids), row.data)


def entries_of(session: Session, case_key: str) -> list[JournalEntry]:
    """A case's journal, in order."""
    query = select(JournalEntry).where(col(JournalEntry.case_key) == case_key).order_by(col(JournalEntry.seq))
    return list(session.exec(query))


def case_of(session: Session, case_key: str, *, lock: bool = False) -> Case:
    """The case of that workflow id.

    Raises:
        Refused: `unknown-case`.
    """
    query = select(Case).where(col(Case.key) == case_key)
    case = session.exec(query.with_for_update() if lock else query).first()
    if case is None:
        raise Refused("unknown-case", case=case_key)
    return case


def state_of(session: Session, case_key: str) -> Any:
    """The case's state: the fold of its journal."""
    return states_of(session, [case_of(session, case_key)])[case_key]


def states_of(session: Session, cases: Sequence[Case]) -> dict[str, Any]:
    """The states of several cases with one query for all their journals."""
    keys = [case.key for case in cases]
    query = select(JournalEntry).where(col(JournalEntry.case_key).in_(keys)).order_by(col(JournalEntry.seq))
    journals: dict[str, list[Entry]] = {key: [] for key in keys}
    for row in session.exec(query):
        journals[row.case_key].append(as_entry(row))
    return {case.key: project(CaseKind(case.kind), born(case), journals[case.key]) for case in cases}


def born(case: Case) -> CaseState:
    """The state of a case before its first entry."""
    return LAWS[CaseKind(case.kind)].born(case.id, case.agency_id, case.effective_at, case.origin)


def open_cases(session: Session, agency_id: str | None = None) -> list[Case]:
    """The cases that no entry has closed, of one agency or of all."""
    closed = select(JournalEntry.case_key).where(col(JournalEntry.closes))
    query = select(Case).where(col(Case.key).not_in(closed)).order_by(col(Case.effective_at))
    if agency_id is not None:
        query = query.where(col(Case.agency_id) == agency_id)
    return list(session.exec(query))


def open_states(session: Session, agency_id: str | None = None) -> dict[str, Any]:
    """The states of all open cases, by workflow id."""
    return states_of(session, open_cases(session, agency_id))


def recorded(session: Session, case_key: str, keys: Sequence[str], payload_sha256: str) -> Entry | None:
    """The entry of an equal act that was recorded before, if every key belongs to one.

    Raises:
        Refused: `different-repeat`, when a key is taken by an act with other content.
    """
    query = select(ActKey).where(col(ActKey.case_key) == case_key, col(ActKey.key).in_(list(keys)))
    taken = list(session.exec(query))
    if not taken:
        return None
    row = session.get_one(JournalEntry, (case_key, taken[0].seq))
    if len(taken) < len(keys) or any(t.payload_sha256 != payload_sha256 for t in taken):
        raise Refused("different-repeat", at=row.at.isoformat(), seq=str(row.seq))
    return as_entry(row)


def last_under(session: Session, case_key: str, keys: Sequence[str]) -> Entry | None:
    """The newest entry that one of these natural keys belongs to."""
    query = select(ActKey.seq).where(col(ActKey.case_key) == case_key, col(ActKey.key).in_(list(keys)))
    seq = max(session.exec(query), default=None)
    return as_entry(session.get_one(JournalEntry, (case_key, seq))) if seq is not None else None


def unfinished(session: Session, case_key: str) -> dict[str, list[Any]]:
    """What a case's entries caused and the record does not show as done: entries whose documents are not pressed."""
    query = select(Document.seq).where(col(Document.case_key) == case_key, col(Document.pressed_at).is_(None))
    return {"documents": sorted(set(session.exec(query.where(col(Document.pressed_by_case))))), "starts": []}

"""Writing an act: one transaction with the journal entry, its keys, what it records, its mail and its audit entry."""

from dataclasses import dataclass, replace

from domain.case import Entry, Intent
from domain.laws import LAWS
from domain.refusals import Refused
from domain.rules import RuleSet
from domain.words import CaseKind
from records import journal
from records import rules as rule_sets
from records.acts.acting import Acting
from records.acts.registry import RECORDERS
from records.audit import Author, Writer
from records.plans import rules_for
from records.tables import Case, JournalEntry, Selection, Statement


@dataclass(frozen=True)
class ActRequest:
    """An act to be written as entry `seq` of a case."""

    case_key: str
    seq: int
    intent: Intent
    request_id: str
    payload_sha256: str
    keys: tuple[str, ...]
    assignment_id: str = ""
    statement_id: str | None = None


def commit(writer: Writer, request: ActRequest) -> tuple[Entry, bool]:
    """Write the act, or find it written: the entry, and whether it had been recorded before.

    Raises:
        Refused: by the law on the present state, by the recorder, or `different-repeat`.
    """
    case = journal.case_of(writer.session, request.case_key, lock=True)
    earlier = _same_request(writer, request)
    if earlier is not None:
        return earlier, False
    repeated = journal.recorded(writer.session, case.key, request.keys, request.payload_sha256)
    if repeated is not None:
        return repeated, True
    state = journal.states_of(writer.session, [case])[case.key]
    if state.seq + 1 != request.seq:
        raise Refused("journal-conflict", expected=str(state.seq + 1), seq=str(request.seq))
    if request.intent.role != "system":
        LAWS[CaseKind(case.kind)].check(state, request.intent)
    return _write(writer, case, state, _in_order(writer, request)), False


def _same_request(writer: Writer, request: ActRequest) -> Entry | None:
    """The entry that this very request wrote: the activity was retried after its transaction had been committed."""
    row = writer.session.get(JournalEntry, (request.case_key, request.seq))
    return journal.as_entry(row) if row is not None and row.request_id == request.request_id else None


def _in_order(writer: Writer, request: ActRequest) -> ActRequest:
    """The request with a time that is not before what the journal has recorded meanwhile.

    What happens by itself happens when it was due, and the wall clock may have been set back. An act is judged by the
    instant at which it came in; it is written, dated and counted from after its predecessor.
    """
    last = writer.session.get_one(JournalEntry, (request.case_key, request.seq - 1))
    return replace(request, intent=replace(request.intent, at=max(request.intent.at, last.at)))


def _write(writer: Writer, case: Case, state: object, request: ActRequest) -> Entry:
    kind = CaseKind(case.kind)
    acting = Acting(
        writer,
        case,
        state,
        request.intent,
        _rules(writer, case, state),
        request.seq,
        request.statement_id,
        request.assignment_id,
    )
    recorder = RECORDERS.get((kind, request.intent.act))
    if recorder is None:
        raise Refused("unknown-act", act=request.intent.act)
    recorder(acting)
    entry = Entry(request.seq, request.intent.act, request.intent.at, request.intent.vacancy_ids, acting.entry_data())
    after = LAWS[kind].apply(state, entry)
    journal.append(
        writer.session,
        case.key,
        entry,
        request_id=request.request_id,
        payload_sha256=request.payload_sha256,
        keys=request.keys,
        person_id=request.intent.person_id or None,
        assignment_id=request.assignment_id or None,
        statement_id=request.statement_id,
        closes=after.closed_at is not None,
    )
    _audit(writer, case, entry, request)
    return entry


def _rules(writer: Writer, case: Case, state: object) -> RuleSet:
    """The rules the case has pinned; those in force where it has pinned none yet (a draft selection)."""
    sha256 = getattr(state, "rules_sha256", "")
    if sha256:
        return rule_sets.pinned(writer.session, sha256)
    if case.kind == CaseKind.SELECTION:
        return rules_for(writer.session, writer.session.get_one(Selection, case.id))
    return rule_sets.in_force(writer.session, case.agency_id, case.effective_at.date())


def _audit(writer: Writer, case: Case, entry: Entry, request: ActRequest) -> None:
    statement = writer.session.get(Statement, request.statement_id) if request.statement_id else None
    payload = {
        "seq": entry.seq,
        "vacancy_ids": list(entry.vacancy_ids),
        "arguments": dict(request.intent.arguments),
        "data": dict(entry.data),
        "reason": statement.text if statement else "",
    }
    author = Author(request.intent.person_id, request.assignment_id)
    writer.audit(case.agency_id, entry.at, author, entry.act, case.key, payload)

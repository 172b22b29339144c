"""Before an act is sent: which vacancies it means, its natural keys, whether it has been recorded, and its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from domain import selection
from domain.acts import Act
from domain.case import Entry, Intent, require_open
from domain.refusals import Refused
from domain.selection import SelectionState
from records import journal
from records.audit import sha256_of
from records.tables import Case, Statement, new_id


@dataclass(frozen=True)
class Prepared:
    """An act ready to be sent, or the entry of an equal one that was recorded before."""

    intent: Intent
    keys: tuple[str, ...]
    payload_sha256: str
    recorded: Entry | None


def prepare(
    session: Session, case: Case, act: Act, at: datetime, person_id: str, role: str, arguments: Mapping[str, Any]
) -> Prepared:
    """Resolve an act against the record.

    Raises:
        Refused: `different-repeat`, when its natural key belongs to an act with other content; `case-closed`.
    """
    state = journal.state_of(session, case.key)
    rest = {k: v for k, v in arguments.items() if k != "vacancy_ids"}
    named = tuple(arguments.get("vacancy_ids", ()))
    vacancy_ids = named or _all_at_stage(state, act, rest)
    intent = Intent(act.name, at, person_id, role, vacancy_ids, rest)
    if not vacancy_ids:
        intent = _as_before(session, case, act, state, intent)
        vacancy_ids = intent.vacancy_ids
    keys = keys_of(act, state, intent)
    payload_sha256 = sha256_of({"act": act.name, "arguments": rest, "vacancies": sorted(vacancy_ids)})
    recorded = journal.recorded(session, case.key, keys, payload_sha256) if keys else None
    if recorded is None:
        require_open(state)
    return Prepared(intent, keys, payload_sha256, recorded)


def keys_of(act: Act, state: Any, intent: Intent) -> tuple[str, ...]:
    """The natural keys of an act in a state."""
    if isinstance(state, SelectionState):
        return selection.natural_keys(act.key, state, intent)
    facts = {"act": intent.act, "person": intent.person_id, **{k: str(v) for k, v in intent.arguments.items()}}
    return (act.key.format_map(facts),)


def _all_at_stage(state: Any, act: Act, arguments: Mapping[str, Any]) -> tuple[str, ...]:
    """Without names an act means every vacancy at its stage."""
    if not act.per_vacancy or not isinstance(state, SelectionState):
        return ()
    stage = arguments.get("stage") if act.name != "repeat_stage" else None
    return state.at_stage(stage) if stage else state.at_stage(*act.stages)


def _as_before(session: Session, case: Case, act: Act, state: Any, intent: Intent) -> Intent:
    """When all have left the stage, an act without names means those that left it by the same act: it is a repeat."""
    if not act.per_vacancy or not isinstance(state, SelectionState):
        return intent
    everywhere = replace(intent, vacancy_ids=tuple(state.lanes))
    last = journal.last_under(session, case.key, keys_of(act, state, everywhere))
    return replace(intent, vacancy_ids=last.vacancy_ids) if last is not None else intent


def store_reason(session: Session, case: Case, person_id: str, act: Act, text: str | None, at: datetime) -> str | None:
    """Keep an act's free text as a row, so that the act carries only its id.

    Raises:
        Refused: `reason-missing`.
    """
    if not text or not text.strip():
        if act.reason:
            raise Refused("reason-missing", act=act.name)
        return None
    statement = Statement(id=new_id(), agency_id=case.agency_id, author_id=person_id, text=text.strip(), at=at)
    session.add(statement)
    session.flush()
    return statement.id

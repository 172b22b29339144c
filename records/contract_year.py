"""A contract year as use cases hold it: its rows, its state, its rules and its parties."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlmodel import Session

from domain.calendar import Calendar
from domain.case import workflow_id
from domain.contract import ContractState
from domain.refusals import Refused
from domain.rules import RuleSet
from domain.words import CaseKind, Role
from records import assignments, journal
from records import rules as rule_sets
from records.agency_calendar import calendar_for
from records.tables import Agency, Case, Contract, OfficeTerm, Person, Post


@dataclass
class Year:
    """A contract with its case and state, held against its acts until the transaction ends."""

    session: Session
    contract: Contract
    case: Case
    state: ContractState
    rules: RuleSet

    @property
    def key(self) -> str:
        """The workflow id."""
        return self.case.key

    @cached_property
    def agency(self) -> Agency:
        """The contract's agency."""
        return self.session.get_one(Agency, self.contract.agency_id)

    def calendar(self, at: datetime) -> Calendar:
        """The agency's working-day calendar around an instant."""
        return calendar_for(self.session, self.agency, at, self.rules)

    def local(self, instant: datetime) -> str:
        """An instant as ISO 8601 in the agency's time zone."""
        return instant.astimezone(ZoneInfo(self.agency.zone)).isoformat(timespec="seconds")


def held(session: Session, contract_id: str) -> Year:
    """The contract of that id, with its case locked: an act locks the same row to write.

    Raises:
        Refused: `unknown-case`, `case-closed`.
    """
    case = journal.case_of(session, workflow_id(CaseKind.CONTRACT, contract_id), lock=True)
    state = journal.state_of(session, case.key)
    assert isinstance(state, ContractState)
    if state.closed_at is not None:
        raise Refused("case-closed")
    rules = rule_sets.pinned(session, state.rules_sha256)
    return Year(session, session.get_one(Contract, contract_id), case, state, rules)


def parties(session: Session, term_id: str, at: datetime) -> tuple[Post, Person, Person | None]:
    """The post of a term, its official, and his superior at an instant."""
    term = session.get_one(OfficeTerm, term_id)
    superiors = assignments.holders(session, at, term.agency_id, Role.SUPERIOR, ("term", term_id))
    post, official = session.get_one(Post, term.post_id), session.get_one(Person, term.person_id)
    return post, official, superiors[0] if superiors else None

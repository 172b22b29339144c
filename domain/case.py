"""What every case shares: journal entries, deadlines, and the fold that turns a journal into a state.

A case is one Temporal workflow and one journal in the record. Its state is never stored: it is the fold of its entries,
so `project(journal) == state` holds in the workflow and in the database alike.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self

from domain.refusals import Refused
from domain.words import CaseKind


@dataclass(frozen=True)
class Deadline:
    """A date on which something falls due, with the rule that set it.

    `due` and `remind_at` are aware UTC instants. `subject` is a vacancy id, a quarter or empty. A deadline that has
    `passed` stays until the act it asks for lifts it, so that an overdue duty remains visible.
    """

    key: str
    due: datetime
    rule: str
    remind_at: datetime | None = None
    subject: str = ""
    reminded: bool = False
    passed: bool = False

    @property
    def next_at(self) -> datetime | None:
        """When the workflow must next act on it: the reminder, then the due instant, then never."""
        if self.passed:
            return None
        if self.remind_at is not None and not self.reminded:
            return min(self.remind_at, self.due)
        return self.due


@dataclass(frozen=True)
class Entry:
    """One act that happened: what the workflow applies and the journal keeps.

    `data` holds ids, enums, dates, counts and hashes only; never free text or a person's name, because it enters
    Temporal's history. Reserved keys: `set` (deadlines to set), `lift` (deadline keys to lift), `documents` (how
    many this entry issued, to be pressed), `starts` (keys of cases to
    start), `lapses` (keys of cases that rest on something this entry ended).
    """

    seq: int
    act: str
    at: datetime
    vacancy_ids: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Intent:
    """What somebody wants to do: a command as the law sees it.

    `at` is the instant of the act (aware UTC). `arguments` are the act's own, as JSON values.
    """

    act: str
    at: datetime
    person_id: str = ""
    role: str = ""
    vacancy_ids: tuple[str, ...] = ()
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Awaited:
    """An act that waits for a person: the inbox is made of these."""

    act: str
    subject: str
    since: datetime
    due: datetime | None = None
    rule: str = ""


@dataclass(frozen=True)
class CaseState:
    """The state that all case kinds share; each kind extends it."""

    case_id: str
    agency_id: str
    effective_at: datetime
    seq: int = 0
    deadlines: tuple[Deadline, ...] = ()
    closed_at: datetime | None = None

    def deadline(self, key: str) -> Deadline | None:
        """The open deadline of that key."""
        return next((d for d in self.deadlines if d.key == key), None)

    def next_deadline(self) -> Deadline | None:
        """The deadline on which the workflow must act first; none when nothing is pending."""
        pending = [d for d in self.deadlines if d.next_at is not None and not self.stands_still(d)]
        return min(pending, key=lambda d: (d.next_at, d.key), default=None) if not self.closed_at else None

    def stands_still(self, deadline: Deadline) -> bool:
        """Whether a suspension holds this deadline; kinds that can be suspended override it."""
        return False

    def with_deadlines(self, entry: Entry) -> Self:
        """Lift, remind, let pass and set the deadlines that the entry names."""
        lifted = set(entry.data.get("lift", ()))
        kept = tuple(d for d in self.deadlines if d.key not in lifted)
        if entry.act == "remind":
            kept = tuple(replace(d, reminded=True) if d.key == entry.data["key"] else d for d in kept)
        if entry.act == "fall_due":
            kept = tuple(replace(d, passed=True, reminded=True) if d.key == entry.data["key"] else d for d in kept)
        new = tuple(deadline_from(item) for item in entry.data.get("set", ()))
        named = {d.key for d in new}
        return replace(self, deadlines=tuple(d for d in kept if d.key not in named) + new)


def deadline_from(item: Mapping[str, Any]) -> Deadline:
    """Read a deadline out of an entry's `set` list (ISO 8601 instants)."""
    remind_at = item.get("remind_at")
    return Deadline(
        key=item["key"],
        due=datetime.fromisoformat(item["due"]),
        rule=item["rule"],
        remind_at=datetime.fromisoformat(remind_at) if remind_at else None,
        subject=item.get("subject", ""),
    )


def deadline_item(deadline: Deadline) -> dict[str, Any]:
    """A deadline as an entry's `set` list carries it; the inverse of `deadline_from`."""
    return {
        "key": deadline.key,
        "due": deadline.due.isoformat(),
        "rule": deadline.rule,
        "remind_at": deadline.remind_at.isoformat() if deadline.remind_at else None,
        "subject": deadline.subject,
    }


def require_known(known: bool, intent: Intent) -> None:
    """Refuse an act that the table does not have; `lapse` is the system's alone."""
    if intent.act == "lapse":
        known = intent.role == "system"
    if not known:
        raise Refused("unknown-act", act=intent.act)


def require_open(state: CaseState) -> None:
    """Refuse any act on a closed case."""
    if state.closed_at is not None:
        raise Refused("case-closed")


def ordered(entries: Iterable[Entry]) -> list[Entry]:
    """Entries by seq; a gap or a double is a broken journal.

    Raises:
        ValueError: the numbers are not 1, 2, 3, …
    """
    result = sorted(entries, key=lambda e: e.seq)
    for expected, entry in enumerate(result, start=1):
        if entry.seq != expected:
            raise ValueError(f"journal entry {entry.seq} stands where {expected} is due")
    return result


def workflow_id(kind: CaseKind, case_id: str) -> str:
    """The Temporal workflow id of a case: `selection/{id}`, `term/{id}`, `contract/{term}/{year}`, `review/{contract}`.

    A contract's id is `{term}-{year}`; its workflow id has a slash there.
    """
    if kind is CaseKind.CONTRACT:
        case_id = "/".join(case_id.rsplit("-", 1))
    return f"{kind.value}/{case_id}"

"""The record of a story in normal form: what two runs must agree on, whatever ids they drew and whenever they ran.

An id becomes the name of what it is (a person's mail address, a post's title, a round's number, …), an instant its
local day, a hash disappears. What is left of two undisturbed runs is equal.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime
from itertools import groupby, takewhile, zip_longest
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlmodel import Session, SQLModel, col, select

from records import journal
from records.tables import (
    Agency,
    Application,
    Assignment,
    AuditEntry,
    Case,
    Document,
    JournalEntry,
    OfficeTerm,
    OutboundMail,
    Person,
    Post,
    Selection,
    Vacancy,
)

_ZONE: Final = ZoneInfo("Asia/Jakarta")
_ID: Final = re.compile(r"(?<![0-9a-z])[0-9a-hjkmnp-tv-z]{13}(?![0-9a-z])")
_HASH: Final = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:\+\d\d:\d\d|Z)")
_CONTEXT: Final = 80  # characters
_ASKED_AGAIN: Final = frozenset({"advance_clock", "sign_in"})  # a repetition of these is another one, and harmless


@dataclass
class Normal:
    """A record, comparable."""

    cases: dict[str, list[str]] = field(default_factory=dict)  # name: the acts, in order
    states: dict[str, str] = field(default_factory=dict)
    documents: Counter[str] = field(default_factory=Counter)
    mails: Counter[str] = field(default_factory=Counter)
    mail_ids: dict[str, str] = field(default_factory=dict)  # id: its normal form
    audit: Counter[str] = field(default_factory=Counter)
    refused: set[str] = field(default_factory=set)

    def differences(self, other: "Normal") -> list[str]:
        """What differs from another record, in words; `self` is the undisturbed one."""
        found = [f"case {n}: {d}" for n in sorted({*self.cases, *other.cases}) for d in self._of_case(n, other)]
        for what in ("documents", "mails", "audit"):
            mine, theirs = getattr(self, what), getattr(other, what)
            found += [f"{what}: missing {n} x {key}" for key, n in (mine - theirs).items()]
            found += [f"{what}: too many {n} x {key}" for key, n in (theirs - mine).items()]
        found += [f"refusal missing: {r}" for r in sorted(self.refused - other.refused)]
        return found

    def _of_case(self, name: str, other: "Normal") -> list[str]:
        mine, theirs = self.cases.get(name, []), other.cases.get(name, [])
        if mine != theirs:
            pairs = zip_longest(mine, theirs)
            place = next(n for n, (a, b) in enumerate(pairs) if a != b)
            return [f"entry {place + 1}: {mine[place : place + 1]} became {theirs[place : place + 1]}"]
        if self.states.get(name) != other.states.get(name):
            return [f"state: {_apart(self.states.get(name, ''), other.states.get(name, ''))}"]
        return []


def _apart(mine: str, theirs: str) -> str:
    """Where two texts part, with some of what stands before and after."""
    place = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(mine, theirs, strict=False)))
    return " became ".join(text[max(0, place - _CONTEXT) : place + _CONTEXT] for text in (mine, theirs))


def normal_form(session: Session) -> Normal:
    """Read a record."""
    names = _Names(session)
    found = Normal()
    for case in session.exec(select(Case)):
        entries = journal.entries_of(session, case.key)
        found.cases[names.of(case.key)] = _acts(entries, names)
        found.states[names.of(case.key)] = names.of(journal.state_of(session, case.key))
    for document in session.exec(select(Document)):
        whom = names.of(document.subject_id)
        found.documents[f"{document.kind} {names.of(document.case_key)} {whom} {document.issued_on}"] += 1
    for mail in session.exec(select(OutboundMail)):
        key = names.of(mail.key)
        found.mails[key] += 1
        found.mail_ids[mail.id] = key
    for entry in session.exec(select(AuditEntry).where(col(AuditEntry.act).not_in(_ASKED_AGAIN))):
        what = f"{entry.act} {names.of(entry.subject)} {names.of(entry.person_id)}"
        if entry.result == "done":
            found.audit[what] += 1
        else:
            found.refused.add(f"{what} {entry.result}")
    return found


def _acts(entries: list[JournalEntry], names: "_Names") -> list[str]:
    """The acts in order; what happens by itself between two acts of people has no order of its own."""
    ordered: list[str] = []
    for by_itself, together in groupby(entries, key=lambda entry: entry.person_id is None):
        texts = [_act(entry, names) for entry in together]
        ordered += sorted(texts) if by_itself else texts
    return ordered


def _act(entry: JournalEntry, names: "_Names") -> str:
    lanes = sorted(names.of(vacancy) for vacancy in entry.vacancy_ids)
    return names.of([entry.act, lanes, entry.person_id or "", entry.data])


def _day(at: datetime) -> str:
    return f"{at.astimezone(_ZONE).date()}"


class _Names:
    """What each id stands for."""

    def __init__(self, session: Session) -> None:
        self._names: dict[str, str] = {}
        self._tell(session, Person, lambda p: p.mail)
        self._tell(session, Agency, lambda _: "agency")
        self._tell(session, Post, lambda p: f"post:{p.title}")
        rounds = session.exec(select(Selection).order_by(col(Selection.created_at)))
        for number, selection in enumerate(rounds, start=1):
            self._names[selection.id] = f"round-{number}"
        self._tell(session, Vacancy, lambda v: f"{self.of(v.selection_id)}:{v.title}")
        self._tell(session, Application, lambda a: f"application:{self.of(a.vacancy_id)}:{self.of(a.person_id)}")
        self._tell(session, Assignment, lambda a: f"assignment:{a.role}:{self.of(a.person_id)}")
        self._tell(session, OfficeTerm, lambda t: f"term:{self.of(t.person_id)}")
        self._tell(session, Document, lambda d: f"{d.kind}:{self.of(d.subject_id)}:{self.of(d.case_key)}")

    def _tell(self, session: Session, table: type[SQLModel], name: Any) -> None:
        for row in session.exec(select(table)):
            self._names[row.id] = name(row)

    def of(self, value: Any) -> str:
        """A value with every id named, every instant a day, and without hashes."""
        return value if value == "" else json.dumps(self._plain(value), sort_keys=True).strip('"')

    def _plain(self, value: Any) -> Any:
        """As JSON; what has no order of its own is sorted by its names, not by its ids."""
        if is_dataclass(value):
            return {f.name: self._field(f.name, getattr(value, f.name)) for f in fields(value)}
        if isinstance(value, Mapping):
            return {str(self._plain(key)): self._plain(item) for key, item in value.items()}
        if isinstance(value, set | frozenset):
            return sorted(self.of(item) for item in value)
        if isinstance(value, list | tuple):
            return [self._plain(item) for item in value]
        if isinstance(value, datetime):
            return _day(value)
        return value if value is None or isinstance(value, bool | int) else self._named(str(value))

    def _field(self, name: str, value: Any) -> Any:
        """A field of a state; its deadlines stand in the order in which they were set, which two may share."""
        return sorted(self.of(item) for item in value) if name == "deadlines" else self._plain(value)

    def _named(self, text: str) -> str:
        text = _HASH.sub("#", text)
        text = _INSTANT.sub(lambda m: _day(datetime.fromisoformat(m[0])), text)
        return _ID.sub(lambda m: self._names.get(m[0], "?"), text)

"""Small journals of the four kinds of case, told act by act, and what their next act meets.

Every entry of a story happens an hour after the one before, so that an instant names the entry that set it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, Final, NamedTuple

import pytest

from domain.case import Awaited, CaseState, Entry, Intent
from domain.laws import LAWS, project
from domain.refusals import REFUSALS, Refused, message
from domain.words import CaseKind

START: Final = datetime(2027, 1, 4, 2, tzinfo=UTC)
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
SECOND: Final = timedelta(seconds=1)
INSTANT: Final = timedelta(microseconds=1)


class Refusal(NamedTuple):
    """What a refused act is told."""

    code: str
    rule: str
    citation: str
    facts: dict[str, str]


def refused(code: str, rule: str = "", citation: str = "", /, **facts: str) -> Refusal:
    """The refusal that a test expects, word for word."""
    return Refusal(code, rule, citation, facts)


@dataclass(frozen=True)
class Story:
    """A case from its birth on."""

    kind: CaseKind
    origin: Mapping[str, Any]
    entries: tuple[Entry, ...] = ()

    @property
    def begun(self) -> CaseState:
        """The case as it is born, before its first entry."""
        return LAWS[self.kind].born("c", "a", START, self.origin)

    @cached_property
    def state(self) -> Any:
        """What the journal so far comes to."""
        return project(self.kind, self.begun, self.entries)

    @property
    def last(self) -> datetime:
        """When the last entry happened."""
        return self.entries[-1].at if self.entries else START

    def then(self, act: str, *vacancies: str, at: datetime | None = None, **data: Any) -> "Story":
        """The story with one more entry, an hour later or at the instant named."""
        entry = Entry(len(self.entries) + 1, act, at or self.last + HOUR, vacancies, data)
        return replace(self, entries=(*self.entries, entry))

    def falls_due(self, key: str, *vacancies: str, at: datetime | None = None, **data: Any) -> "Story":
        """A deadline passes."""
        return self.then("fall_due", *vacancies, at=at, key=key, **data)

    def reminds(self, key: str) -> "Story":
        """A deadline is near."""
        return self.then("remind", key=key)

    def allows(self, act: str, *vacancies: str, **more: Any) -> None:
        """Prove that the law allows the act now."""
        LAWS[self.kind].check(self.state, self._intent(act, vacancies, **more))

    def refuses(self, act: str, *vacancies: str, **more: Any) -> Refusal:
        """The refusal that the act meets; its sentence lacks no fact in either language and is in the table."""
        with pytest.raises(Refused) as caught:
            self.allows(act, *vacancies, **more)
        met = caught.value
        assert met.code in REFUSALS
        for language in ("id", "en"):
            assert "[" not in message(met.code, met.facts, language)
        return Refusal(met.code, met.rule, met.citation, met.facts)

    def _intent(
        self,
        act: str,
        vacancies: tuple[str, ...],
        at: datetime | None = None,
        person: str = "p",
        role: str = "",
        **arguments: Any,
    ) -> Intent:
        return Intent(act, at or self.last + HOUR, person, role, vacancies, arguments)

    @property
    def awaited(self) -> tuple[Awaited, ...]:
        """What waits for whom."""
        awaited: tuple[Awaited, ...] = LAWS[self.kind].awaited(self.state)
        return awaited

    @property
    def awaited_acts(self) -> list[tuple[str, str]]:
        """The acts that wait, each with its subject."""
        return [(item.act, item.subject) for item in self.awaited]


def clock(
    key: str, due: datetime, rule: str = "r", *, subject: str = "", remind_at: datetime | None = None
) -> dict[str, Any]:
    """A deadline as a recorder writes it into an entry's `set`."""
    item: dict[str, Any] = {"key": key, "due": due.isoformat(), "rule": rule, "subject": subject}
    return item | {"remind_at": remind_at.isoformat()} if remind_at else item


def told_step_by_step(story: Story) -> Any:
    """The state that the entries reach one after the other, without the fold."""
    state: Any = story.begun
    for entry in story.entries:
        state = LAWS[story.kind].apply(state, entry)
    return state

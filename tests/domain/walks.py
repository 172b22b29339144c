"""Walks through a case: at every step one of the acts that the law allows then, or time passes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple

from stories import DAY, HOUR, Story

from domain.case import Deadline, Intent
from domain.laws import LAWS
from domain.refusals import Refused

_A_WHILE: Final = 15 * DAY
_TURNS_ASIDE: Final = frozenset({"cancel", "lapse", "close_vacancy", "suspend", "repeat_stage"})
_SELDOM: Final = 50  # of the choices below 60, those from here on may turn aside; the others keep to the straight way


def written(**data: Any) -> Callable[[datetime], dict[str, Any]]:
    """The same data at any instant."""
    return lambda _: data


_NOTHING: Final = written()


@dataclass(frozen=True)
class Move:
    """What somebody may try: the intent, and what a recorder would write into the journal at that instant."""

    act: str
    vacancies: tuple[str, ...] = ()
    arguments: Mapping[str, Any] = field(default_factory=dict)
    writes: Callable[[datetime], dict[str, Any]] = _NOTHING
    person: str = ""
    role: str = ""

    def refused(self, story: Story, at: datetime) -> str:
        """The code with which the law refuses it now; empty when it is lawful. Anything but a refusal is a defect."""
        intent = Intent(self.act, at, self.person, self.role, self.vacancies, self.arguments)
        try:
            LAWS[story.kind].check(story.state, intent)
        except Refused as refusal:
            return refusal.code
        return ""


class Step(NamedTuple):
    """One step: the case before, what happened (`fall_due` and `remind` happen by themselves), the case after."""

    before: Story
    act: str
    after: Story
    lawful: Sequence[Move]  # what was lawful before it


def walk(
    story: Story, moves: Sequence[Move], choices: Sequence[int], passing: Callable[[Story, Deadline], dict[str, Any]]
) -> Iterator[Step]:
    """Walk as the choices say until the case is closed; `passing` is what a deadline's fall writes."""
    now = story.last
    for choice in choices:
        if story.state.closed_at is not None:
            assert {move.refused(story, now) for move in moves} == {"case-closed"}
            assert story.awaited == ()
            assert story.state.deadlines == ()
            return
        now += HOUR
        lawful = [move for move in moves if not move.refused(story, now)]
        options = [move for move in lawful if choice >= _SELDOM or move.act not in _TURNS_ASIDE]
        if (number := choice % (len(options) + 1)) < len(options):
            move = options[number]
            after = story.then(move.act, *move.vacancies, at=now, **move.writes(now))
            yield Step(story, move.act, after, lawful)
            story = after
            continue
        upcoming = story.state.next_deadline()
        if upcoming is None or max(now, upcoming.next_at) > now + _A_WHILE:
            now += _A_WHILE
            continue
        now = max(now, upcoming.next_at)
        if upcoming.next_at == upcoming.remind_at:
            after = story.then("remind", at=now, key=upcoming.key)
        else:
            after = story.falls_due(upcoming.key, at=now, **passing(story, upcoming))
        yield Step(story, after.entries[-1].act, after, lawful)
        story = after


def unlawfully_awaited(step: Step) -> set[tuple[str, str]]:
    """The acts that somebody is asked for and that nobody may do."""
    possible = {(move.act, vacancy) for move in step.lawful for vacancy in (*move.vacancies, "")}
    return set(step.before.awaited_acts) - possible

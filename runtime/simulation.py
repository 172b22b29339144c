"""Moving an installation's time from deadline to deadline, every open case with it; demo, simulation and tests only."""

import asyncio
import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.case import CaseState, Deadline
from domain.dates import over_at
from records import journal
from records.database import Database
from runtime.clock import Clock
from runtime.timeskip import TimeMover

_log = logging.getLogger("selter.simulation")


@dataclass(frozen=True)
class _Pending:
    """What a case waits for, and when."""

    when: datetime
    case_key: str
    deadline: Deadline

    @property
    def over(self) -> datetime:
        """When it can happen: a reminder at its time, what falls due when its last second is over."""
        return over_at(self.when) if self.when == self.deadline.due else self.when


class Simulation:
    """The one place where the clock of an installation and its workflows is moved."""

    def __init__(self, database: Database, clock: Clock, mover: TimeMover) -> None:
        self._database = database
        self._clock = clock
        self._mover = mover

    async def move_to(self, instant: datetime) -> int:
        """Go to an instant, stopping at every deadline on the way; returns how many fell due or were reminded of.

        Raises:
            PermissionError: the clock of a production installation cannot be moved.
        """
        happened = 0
        stuck: set[_Pending] = set()
        while (upcoming := await asyncio.to_thread(self._earliest, stuck)) is not None and upcoming.when <= instant:
            await self._step(upcoming.over)
            if await asyncio.to_thread(self._still_pends, upcoming):
                _log.warning("%s did not let %s happen; time goes on", upcoming.case_key, upcoming.deadline.key)
                stuck.add(upcoming)
            else:
                happened += 1
        await self._step(instant)
        return happened

    async def move_by(self, duration: timedelta) -> int:
        """Go on by a duration; see `move_to`."""
        return await self.move_to(self._clock.now() + duration)

    async def next_deadline(self) -> Deadline | None:
        """The earliest deadline that any open case waits for, from the record."""
        upcoming = await asyncio.to_thread(self._earliest, frozenset())
        return upcoming.deadline if upcoming else None

    async def _step(self, instant: datetime) -> None:
        """The clock first, so that nothing is recorded in its future; then every open case, new-born ones included."""
        await asyncio.to_thread(self._clock.move_to, instant)
        seen: set[str] = set()
        while (keys := await asyncio.to_thread(self._open_keys)) - seen:
            fresh = keys - seen
            seen |= fresh
            await self._mover.bring_all_to(fresh, max(instant, self._clock.now()))

    def _open_keys(self) -> set[str]:
        with self._database.read() as session:
            return {case.key for case in journal.open_cases(session)}

    def _earliest(self, stuck: Collection[_Pending]) -> _Pending | None:
        with self._database.read() as session:
            pending = [p for key, state in journal.open_states(session).items() for p in _pending(key, state)]
        return min((p for p in pending if p not in stuck), key=lambda p: (p.when, p.case_key), default=None)

    def _still_pends(self, pending: _Pending) -> bool:
        with self._database.read() as session:
            return pending in _pending(pending.case_key, journal.state_of(session, pending.case_key))


def _pending(case_key: str, state: CaseState) -> list[_Pending]:
    if state.closed_at is not None:
        return []
    running = (d for d in state.deadlines if not state.stands_still(d))
    return [_Pending(d.next_at, case_key, d) for d in running if d.next_at is not None]

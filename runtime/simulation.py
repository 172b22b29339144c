"""Moving an installation's time: from deadline to deadline, every open case with it. Demo, simulation and tests only."""

import asyncio
from datetime import datetime, timedelta

from domain.case import Deadline
from records import journal
from records.database import Database
from runtime.clock import Clock
from runtime.timeskip import TimeMover


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
        while (upcoming := await self.next_deadline()) is not None and _when(upcoming) <= instant:
            await self._step(_when(upcoming))
            happened += 1
        await self._step(instant)
        return happened

    async def move_by(self, duration: timedelta) -> int:
        """Go on by a duration; see `move_to`."""
        return await self.move_to(self._clock.now() + duration)

    async def next_deadline(self) -> Deadline | None:
        """The earliest deadline that any open case waits for, from the record."""
        return await asyncio.to_thread(self._earliest)

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

    def _earliest(self) -> Deadline | None:
        with self._database.read() as session:
            upcoming = (state.next_deadline() for state in journal.open_states(session).values())
            return min((d for d in upcoming if d is not None), key=_when, default=None)


def _when(deadline: Deadline) -> datetime:
    return deadline.next_at or deadline.due

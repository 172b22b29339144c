"""The installation's one clock: real time plus a stored offset that only grows, and is refused in production.

This is the only module that reads the wall clock. Tokens, leases and mail use `real_now`; everything else `Clock.now`.
"""

import time
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from records.database import Database
from records.tables import ClockOffset


def real_now() -> datetime:
    """Real time, as an aware UTC instant."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds of a steady clock, for measuring durations."""
    return time.monotonic()


class Clock:
    """The time in which the process runs. `movable` is false in production, where the offset must be zero."""

    def __init__(self, database: Database, *, movable: bool) -> None:
        self._database = database
        self._movable = movable

    @property
    def movable(self) -> bool:
        """Whether this clock may be moved."""
        return self._movable

    def now(self) -> datetime:
        """The installation's now, an aware UTC instant."""
        return self.when(real_now())

    def when(self, real: datetime) -> datetime:
        """The installation's time at a real instant, such as the one at which a request came in."""
        return real + self.offset()

    def offset(self) -> timedelta:
        """How far it runs ahead of real time; zero in production without asking."""
        if not self._movable:
            return timedelta(0)
        with self._database.read() as session:
            return _stored(session)

    def move_to(self, instant: datetime) -> None:
        """Move forward to an instant; an earlier one leaves the clock as it is.

        Raises:
            PermissionError: the clock of a production installation cannot be moved.
        """
        if not self._movable:
            raise PermissionError("the clock of a production installation cannot be moved")
        with self._database.write() as writer:
            row = writer.session.get(ClockOffset, 1, with_for_update=True) or ClockOffset(id=1)
            ahead = instant - real_now()
            row.seconds = max(row.seconds, int(ahead.total_seconds()) + (1 if ahead.microseconds else 0))
            writer.session.add(row)


def _stored(session: Session) -> timedelta:
    row = session.get(ClockOffset, 1)
    return timedelta(seconds=row.seconds if row else 0)

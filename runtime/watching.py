"""The worker's watch: at an interval it counts what waits in the record and which cases stand still, at a bounded cost.

A look makes four queries, lists Temporal's running workflows, and asks a few of them in turn how far they are; it takes
a tenth of the watch's time at most, because the pause grows with it.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Iterable
from typing import Final

from records.database import Database
from records.watch import Counts, count
from runtime.clock import Clock, monotonic, real_now
from runtime.engine import Engine, EngineUnavailable
from runtime.metrics import LOOKS, Look

_log = logging.getLogger("selter.watch")
_ASKED: Final = 10  # workflows a look, in turn
_SHARE: Final = 9  # the pause is at least so many times as long as the look
_NAMED: Final = 20  # cases in one line


class Watch:
    """Looks at one installation; a case is stuck when two looks in a row found it so, since births take a moment."""

    def __init__(self, database: Database, engine: Engine, clock: Clock) -> None:
        self._database = database
        self._engine = engine
        self._clock = clock
        self._turn: deque[str] = deque()
        self._suspects: frozenset[str] = frozenset()
        self.stuck: frozenset[str] = frozenset()

    async def run(self, stop: asyncio.Event, *, every: float) -> None:
        """Look every so many seconds until told to stop."""
        while not stop.is_set():
            began = monotonic()
            try:
                LOOKS.last = await self.look()
            except Exception:
                _log.exception("the watch could not look; it goes on")
            try:
                await asyncio.wait_for(stop.wait(), max(every, _SHARE * (monotonic() - began)))
            except TimeoutError:
                continue

    async def look(self) -> Look:
        """Count everything once."""
        began = monotonic()
        counts = await asyncio.to_thread(self._count)
        try:
            stuck: int | None = len(await self._stuck(counts))
        except EngineUnavailable:
            stuck = None
        return Look(counts, stuck, real_now(), monotonic() - began)

    def _count(self) -> Counts:
        with self._database.read() as session:
            return count(session, self._clock.now())

    async def _stuck(self, counts: Counts) -> frozenset[str]:
        running = await self._engine.running_cases()
        suspects = (counts.journals.keys() - running) | counts.late
        suspects |= await self._behind(counts, running - suspects)
        stuck = self._suspects & suspects
        if stuck - self.stuck:
            _log.warning("%d cases stand still: %s", len(stuck), ", ".join(sorted(stuck)[:_NAMED]))
        self._suspects, self.stuck = frozenset(suspects), frozenset(stuck)
        return self.stuck

    async def _behind(self, counts: Counts, running: set[str]) -> set[str]:
        """Of the suspects and of the next in turn: those whose workflow has not taken what their journal holds."""
        asked = sorted(self._suspects & running & counts.journals.keys())[:_ASKED]
        asked += [key for key in self._next(running & counts.journals.keys()) if key not in asked]
        seqs = await asyncio.gather(*(self._engine.seq(key) for key in asked))
        return {key for key, seq in zip(asked, seqs, strict=True) if seq is None or seq < counts.journals[key]}

    def _next(self, keys: Iterable[str]) -> list[str]:
        """The next few in turn; when all have had theirs it begins anew."""
        here = set(keys)
        if not here.intersection(self._turn):
            self._turn = deque(sorted(here))
        taken = [self._turn.popleft() for _ in range(min(_ASKED, len(self._turn)))]
        return [key for key in taken if key in here]

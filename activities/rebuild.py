"""Rebuilding: every case that should be running and is not is started again from the record."""

import asyncio
import logging
from contextlib import suppress
from typing import Final

from sqlalchemy.exc import SQLAlchemyError
from temporalio.service import RPCError

from activities.starter import lapse_case, start_case
from domain.case import CaseState
from domain.refusals import Refused
from records import journal
from records.database import Database
from records.terms import overdue_lapses
from runtime.clock import Clock
from runtime.engine import Engine, EngineUnavailable, StillRunning
from runtime.timeskip import TimeMoveError, TimeMover

_log = logging.getLogger("selter.rebuild")
_TRIES: Final = 5


async def rebuild(database: Database, engine: Engine) -> list[str]:
    """Start each open case whose workflow is not running, at its stage and with its deadlines; returns their keys."""
    keys = await asyncio.to_thread(_open_keys, database)
    missing = [key for key in keys if not await engine.running(key)]
    started = [key for key in missing if await start_case(database, engine, key)]
    for key in await asyncio.to_thread(_overdue_lapses, database):
        try:
            await lapse_case(database, engine, key)
        except StillRunning:
            _log.warning("%s is not told yet that it lapses: no worker answers; the next rebuild tells it", key)
    return started


async def keep_running(
    database: Database, engine: Engine, stop: asyncio.Event, mover: TimeMover | None = None, *, every: float = 60
) -> None:
    """Rebuild at once, and again every so many seconds, until told to stop; an outage only makes it later.

    So a case whose birth was recorded while the engine was away is running a minute later. `mover` brings what was
    started to the installation's clock, where that runs ahead of real time.
    """
    while not stop.is_set():
        try:
            for key in await rebuild(database, engine) if await _lacks_something(database, engine) else ():
                _log.warning("%s was on record and did not run; it is started", key)
                if mover is not None:
                    await mover.bring_to(key, await asyncio.to_thread(Clock(database, movable=True).now))
        except (EngineUnavailable, RPCError, TimeMoveError, SQLAlchemyError) as error:
            _log.warning("what should run could not be looked through: %s", type(error).__name__)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), every)


async def replace_case(database: Database, engine: Engine, case_key: str, reason: str) -> None:
    """End a case's workflow and start another from the record, with whatever an act still under way has written.

    Raises:
        Refused: `unknown-case`, `case-closed`.
    """
    await asyncio.to_thread(_last_seq, database, case_key)
    for _ in range(_TRIES):
        await engine.end(case_key, reason)
        before = await asyncio.to_thread(_last_seq, database, case_key)
        await start_case(database, engine, case_key)
        if await asyncio.to_thread(_last_seq, database, case_key) == before:
            return
    _log.warning("%s is so busy that its new workflow may be behind; look at it again", case_key)


def _last_seq(database: Database, case_key: str) -> int:
    with database.read() as session:
        state: CaseState = journal.state_of(session, case_key)
    if state.closed_at is not None:
        raise Refused("case-closed")
    return state.seq


async def _lacks_something(database: Database, engine: Engine) -> bool:
    """Whether a look at Temporal's list, which is a second or so behind, gives reason to ask for each case."""
    listed = await engine.running_cases()
    keys = await asyncio.to_thread(_open_keys, database)
    return not listed.issuperset(keys) or bool(await asyncio.to_thread(_overdue_lapses, database))


def _overdue_lapses(database: Database) -> list[str]:
    with database.read() as session:
        return overdue_lapses(session)


def _open_keys(database: Database) -> list[str]:
    with database.read() as session:
        return [case.key for case in journal.open_cases(session)]

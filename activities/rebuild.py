"""Rebuilding: every case that should be running and is not is started again from the record."""

import asyncio
import logging

from activities.starter import lapse_case, start_case
from records import journal
from records.database import Database
from records.terms import overdue_lapses
from runtime.engine import Engine, StillRunning

_log = logging.getLogger("selter.rebuild")


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


def _overdue_lapses(database: Database) -> list[str]:
    with database.read() as session:
        return overdue_lapses(session)


def _open_keys(database: Database) -> list[str]:
    with database.read() as session:
        return [case.key for case in journal.open_cases(session)]

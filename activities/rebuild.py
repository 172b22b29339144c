"""Rebuilding: every case that should be running and is not is started again from the record."""

import asyncio

from activities.starter import start_case
from records import journal
from records.database import Database
from runtime.engine import Engine


async def rebuild(database: Database, engine: Engine) -> list[str]:
    """Start each open case whose workflow is not running, at its stage and with its deadlines; returns their keys."""
    keys = await asyncio.to_thread(_open_keys, database)
    started = []
    for key in keys:
        if not await engine.running(key) and await start_case(database, engine, key):
            started.append(key)
    return started


def _open_keys(database: Database) -> list[str]:
    with database.read() as session:
        return [case.key for case in journal.open_cases(session)]

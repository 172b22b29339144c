"""The starter port: a workflow that causes another starts it here, from the record's projection."""

import asyncio
from collections.abc import Sequence
from typing import Any

from temporalio import activity

from domain.words import CaseKind
from records import journal
from records.database import Database
from runtime.engine import Engine
from workflows.ports import START


class StarterActivities:
    """Starts the workflows of cases that exist in the record."""

    def __init__(self, database: Database, engine: Engine) -> None:
        self._database = database
        self._engine = engine

    @activity.defn(name=START)
    async def start(self, case_keys: Sequence[str]) -> None:
        """Start each case; one that is running already stays as it is."""
        for case_key in case_keys:
            await start_case(self._database, self._engine, case_key)


async def start_case(database: Database, engine: Engine, case_key: str) -> bool:
    """Start a case's workflow from the fold of its journal; false when it runs already."""
    kind, state, outbox = await asyncio.to_thread(_projection, database, case_key)
    return await engine.start(kind, case_key, state, outbox)


def _projection(database: Database, case_key: str) -> tuple[CaseKind, object, dict[str, list[Any]]]:
    with database.read() as session:
        case = journal.case_of(session, case_key)
        return CaseKind(case.kind), journal.state_of(session, case_key), journal.unfinished(session, case_key)

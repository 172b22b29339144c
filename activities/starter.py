"""The starter port: a workflow that causes another starts it here, from the record's projection."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from temporalio import activity

from domain.case import CaseState
from domain.refusals import Refused
from domain.words import CaseKind
from records import journal
from records.database import Database
from runtime.clock import Clock
from runtime.engine import Engine
from runtime.timeskip import TimeMover
from workflows.messages import Actor, Command
from workflows.ports import LAPSE, START


class StarterActivities:
    """Starts the workflows of cases that exist in the record."""

    def __init__(self, database: Database, engine: Engine, mover: TimeMover | None = None) -> None:
        self._database = database
        self._engine = engine
        self._mover = mover

    @activity.defn(name=START)
    async def start(self, case_keys: Sequence[str]) -> None:
        """Start each case; one that is running already stays as it is.

        A workflow is born at real time. Where the installation's clock runs ahead (`mover`), it is brought there.
        """
        for case_key in case_keys:
            await start_case(self._database, self._engine, case_key)
            if self._mover is not None:
                now = await asyncio.to_thread(Clock(self._database, movable=True).now)
                await self._mover.bring_to(case_key, now)

    @activity.defn(name=LAPSE)
    async def lapse(self, case_keys: Sequence[str]) -> None:
        """Send each case its `lapse`; one that is closed already, or is told twice, stays as it is."""
        for case_key in case_keys:
            await lapse_case(self._database, self._engine, case_key)


async def lapse_case(database: Database, engine: Engine, case_key: str) -> None:
    """Send a case its `lapse`, started first where its workflow is not running."""
    if not await asyncio.to_thread(_is_open, database, case_key):
        return
    if not await engine.running(case_key):
        await start_case(database, engine, case_key)
    command = Command(
        act="lapse",
        actor=Actor(person_id="", role="system"),
        at=await asyncio.to_thread(_latest, database, case_key),
        request_id="lapse",
        payload_sha256="",
        keys=("lapse",),
    )
    try:
        await engine.act(case_key, command)
    except Refused as refused:
        if refused.code != "case-closed":
            raise


def _is_open(database: Database, case_key: str) -> bool:
    with database.read() as session:
        return journal.state_of(session, case_key).closed_at is None


def _latest(database: Database, case_key: str) -> datetime:
    """The installation's now, or the case's last entry where that is later."""
    with database.read() as session:
        last = journal.entries_of(session, case_key)[-1].at
    return max(last, Clock(database, movable=True).now())


async def start_case(database: Database, engine: Engine, case_key: str) -> bool:
    """Start a case's workflow from the fold of its journal; false when it runs already."""
    kind, state, outbox = await asyncio.to_thread(_projection, database, case_key)
    return await engine.start(kind, case_key, state, outbox)


def _projection(database: Database, case_key: str) -> tuple[CaseKind, CaseState, dict[str, list[Any]]]:
    with database.read() as session:
        case = journal.case_of(session, case_key)
        return CaseKind(case.kind), journal.state_of(session, case_key), journal.unfinished(session, case_key)

"""Bare Temporal: what `throughput.py` holds our acts against. Run as a process of its own, it is the bare worker.

`plain` is the cheapest update there is. `written` does by Temporal's means alone what an act must do: under a lock it
awaits one activity, which commits as many rows to a SQLite file as an act does.
"""

import asyncio
import json
import sqlite3
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

SANDBOXED: Final = "bare-sandboxed"
UNSANDBOXED: Final = "bare-unsandboxed"
_COMMIT: Final = "bare.commit"
_ROWS: Final = 5  # of an act: journal entry, natural key, what it records, audit entry, audit payload
_SLOTS: Final = 8


@workflow.defn(name="Bare")
class Bare:
    """A workflow that counts what it is told."""

    def __init__(self) -> None:
        self._done = 0
        self._lock = asyncio.Lock()

    @workflow.run
    async def run(self) -> None:
        """Wait for ever."""
        await workflow.wait_condition(lambda: False)

    @workflow.update
    def plain(self, command: Mapping[str, Any]) -> int:
        """Count it."""
        self._done += 1
        return self._done

    @workflow.update
    async def written(self, command: dict[str, Any]) -> int:
        """Have it written, then count it."""
        async with self._lock:
            await workflow.execute_activity(
                _COMMIT, command, result_type=int, start_to_close_timeout=timedelta(minutes=2)
            )
            self._done += 1
            return self._done


class Commits:
    """The activity, on a SQLite file with the pragmas of our record."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._opened() as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS written (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=30, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    @activity.defn(name=_COMMIT)
    def commit(self, command: dict[str, Any]) -> int:
        """One transaction."""
        connection = self._opened()
        try:
            connection.execute("BEGIN IMMEDIATE")
            for _ in range(_ROWS):
                connection.execute("INSERT INTO written (body) VALUES (?)", (json.dumps(command),))
            connection.execute("COMMIT")
        finally:
            connection.close()
        return _ROWS


async def work(address: str, namespace: str, path: Path) -> None:
    """Both bare workers, until the process is ended."""
    client = await Client.connect(address, namespace=namespace)
    commits = Commits(path)
    with ThreadPoolExecutor(_SLOTS) as pool:
        workers = [
            Worker(
                client,
                task_queue=queue,
                workflows=[Bare],
                activities=[commits.commit],
                activity_executor=pool,
                max_concurrent_activities=_SLOTS,
                workflow_runner=runner,
            )
            for queue, runner in (
                (UNSANDBOXED, UnsandboxedWorkflowRunner()),
                (SANDBOXED, SandboxedWorkflowRunner()),
            )
        ]
        await asyncio.gather(*(worker.run() for worker in workers))


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], sys.argv[2], Path(sys.argv[3])))

"""The worker process: connects, registers workflows and activities, sends mail, and drains when told to stop."""

import asyncio
import signal
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Final

from temporalio.client import Client
from temporalio.worker import Worker

from activities.documents import DocumentActivities
from activities.mailer import Mailer
from activities.record import RecordActivities
from activities.starter import StarterActivities
from records.database import Database
from records.files import FileStore
from runtime.engine import Engine, connect
from runtime.settings import Settings
from runtime.timeskip import TimeMover
from workflows.demotion_review import DemotionReviewWorkflow
from workflows.office_term import OfficeTermWorkflow
from workflows.performance_contract import PerformanceContractWorkflow
from workflows.plugin import RefusalInterceptor, sandbox
from workflows.ports import DOCUMENTS_QUEUE, PROCESS_QUEUE
from workflows.selection import SelectionWorkflow

WORKFLOWS: Final = (SelectionWorkflow, OfficeTermWorkflow, PerformanceContractWorkflow, DemotionReviewWorkflow)
_RECORD_SLOTS: Final = 8
_PRESS_SLOTS: Final = 2
_DRAIN: Final = timedelta(seconds=30)


def process_worker(
    client: Client,
    database: Database,
    engine: Engine,
    executor: ThreadPoolExecutor,
    queue: str,
    mover: TimeMover | None = None,
) -> Worker:
    """The worker of the `process` queue: all workflows, the record and the starter."""
    starter = StarterActivities(database, engine, mover)
    return Worker(
        client,
        task_queue=queue,
        workflows=WORKFLOWS,
        activities=[RecordActivities(database).commit, starter.start, starter.lapse],
        activity_executor=executor,
        max_concurrent_activities=_RECORD_SLOTS,
        workflow_runner=sandbox(),
        interceptors=[RefusalInterceptor()],
        graceful_shutdown_timeout=_DRAIN,
    )


def documents_worker(
    client: Client, database: Database, files: FileStore, executor: ThreadPoolExecutor, queue: str
) -> Worker:
    """The worker of the `documents` queue: pressing, two at a time."""
    return Worker(
        client,
        task_queue=queue,
        activities=[DocumentActivities(database, files).press],
        activity_executor=executor,
        max_concurrent_activities=_PRESS_SLOTS,
        interceptors=[RefusalInterceptor()],
        graceful_shutdown_timeout=_DRAIN,
    )


@asynccontextmanager
async def working(
    client: Client, database: Database, files: FileStore, settings: Settings, mover: TimeMover | None = None
) -> AsyncIterator[Mailer]:
    """Run both workers and the mail dispatcher for as long as the block lasts; drain them when it ends.

    `mover` is given where the installation's clock may run ahead of real time.
    """
    engine = Engine(client)
    mailer = Mailer(database, files, settings.smtp, settings.public_base_url)
    stop = asyncio.Event()
    async with AsyncExitStack() as stack:
        records = stack.enter_context(ThreadPoolExecutor(_RECORD_SLOTS, "record"))
        pressing = stack.enter_context(ThreadPoolExecutor(_PRESS_SLOTS, "press"))
        process = process_worker(client, database, engine, records, PROCESS_QUEUE, mover)
        await stack.enter_async_context(process)
        await stack.enter_async_context(documents_worker(client, database, files, pressing, DOCUMENTS_QUEUE))
        sending = asyncio.create_task(mailer.run(stop))
        try:
            yield mailer
        finally:
            stop.set()
            await sending


async def run(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT, then finish what is under way."""
    database = Database(settings.database_url)
    files = FileStore(settings.data_dir / "files")
    client = await connect(settings)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with working(client, database, files, settings):
        await stop.wait()
    database.close()


if __name__ == "__main__":
    from runtime import logs
    from runtime.settings import load

    loaded = load()
    logs.configure(loaded)
    asyncio.run(run(loaded))

"""The worker process: connects, registers workflows and activities, sends mail, and drains when told to stop."""

import asyncio
import signal
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Final

from temporalio.client import Client
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.worker import Worker, WorkerDeploymentConfig

from activities.alive import EVERY, Alive
from activities.documents import DocumentActivities
from activities.mailer import Mailer
from activities.rebuild import keep_running
from activities.record import RecordActivities
from activities.starter import StarterActivities
from records.database import Database
from records.files import FileStore
from runtime.clock import Clock
from runtime.deployments import DEPLOYMENT
from runtime.engine import Engine, connect
from runtime.observing import ActivityWatch
from runtime.settings import Settings
from runtime.telemetry import WORKER, watched
from runtime.timeskip import TimeMover
from runtime.watching import Watch
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
    build: str = "",
    grace: timedelta = timedelta(0),
) -> Worker:
    """The worker of the `process` queue: all workflows, the record and the starter."""
    record = RecordActivities(database, Clock(database, movable=mover is not None), grace)
    starter = StarterActivities(database, engine, mover)
    return Worker(
        client,
        task_queue=queue,
        workflows=WORKFLOWS,
        activities=[record.commit, starter.start, starter.lapse],
        activity_executor=executor,
        max_concurrent_activities=_RECORD_SLOTS,
        workflow_runner=sandbox(),
        interceptors=[ActivityWatch(), RefusalInterceptor(), Alive()],
        max_heartbeat_throttle_interval=EVERY,
        graceful_shutdown_timeout=_DRAIN,
        deployment_config=deployment(build),
    )


def documents_worker(
    client: Client, database: Database, files: FileStore, executor: ThreadPoolExecutor, queue: str, build: str = ""
) -> Worker:
    """The worker of the `documents` queue: pressing, two at a time."""
    return Worker(
        client,
        task_queue=queue,
        activities=[DocumentActivities(database, files).press],
        activity_executor=executor,
        max_concurrent_activities=_PRESS_SLOTS,
        interceptors=[ActivityWatch(), RefusalInterceptor(), Alive()],
        max_heartbeat_throttle_interval=EVERY,
        graceful_shutdown_timeout=_DRAIN,
        deployment_config=deployment(build),
    )


def deployment(build: str) -> WorkerDeploymentConfig | None:
    """Under which version the worker serves; none where the installation does not use worker versions.

    A case stays on the version it began with until a quiet point, where it continues as new on the current one.
    """
    if not build:
        return None
    return WorkerDeploymentConfig(
        version=WorkerDeploymentVersion(DEPLOYMENT, build),
        use_worker_versioning=True,
        default_versioning_behavior=VersioningBehavior.PINNED,
    )


@asynccontextmanager
async def working(
    client: Client, database: Database, files: FileStore, settings: Settings, mover: TimeMover | None = None
) -> AsyncIterator[Mailer]:
    """Run both workers, the mail dispatcher and the watch for as long as the block lasts; drain them when it ends.

    `mover` is given where the installation's clock may run ahead of real time.
    """
    engine = Engine(client)
    mailer = Mailer(database, files, settings.smtp, settings.public_base_url)
    stop = asyncio.Event()
    async with AsyncExitStack() as stack:
        records = stack.enter_context(ThreadPoolExecutor(_RECORD_SLOTS, "record"))
        pressing = stack.enter_context(ThreadPoolExecutor(_PRESS_SLOTS, "press"))
        build = settings.temporal.build
        grace = timedelta(seconds=settings.closing_grace or 0)
        process = process_worker(client, database, engine, records, PROCESS_QUEUE, mover, build, grace)
        await stack.enter_async_context(process)
        await stack.enter_async_context(documents_worker(client, database, files, pressing, DOCUMENTS_QUEUE, build))
        jobs = [mailer.run(stop)]
        if settings.metrics.read:
            watch = Watch(database, engine, Clock(database, movable=not settings.production))
            jobs.append(watch.run(stop, every=settings.metrics.every))
        beside = asyncio.gather(*jobs)
        try:
            yield mailer
        finally:
            stop.set()
            await beside


async def run(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT, then finish what is under way."""
    database = Database(settings.database_url)
    files = FileStore(settings.data_dir / "files")
    with watched(settings, WORKER, "worker_port") as telemetry:
        client = telemetry.client(await connect(settings))
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        mover = None if settings.production else TimeMover(client)
        async with working(client, database, files, settings, mover):
            await keep_running(database, Engine(client), stop, mover)
    database.close()


if __name__ == "__main__":
    from runtime import logs
    from runtime.settings import load

    loaded = load()
    logs.configure(loaded)
    asyncio.run(run(loaded))

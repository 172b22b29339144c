"""An activity whose worker lives says so; of one whose worker is gone Temporal hears within its heartbeat timeout."""

import asyncio
import threading
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.worker import Worker

from activities.alive import EVERY, Alive
from runtime.embedded import EmbeddedTemporal

SHORT = EVERY + timedelta(seconds=2)  # longer than a beat, shorter than two


@workflow.defn(sandboxed=False)
class Patient:
    @workflow.run
    async def run(self, name: str) -> int:
        attempt: int = await workflow.execute_activity(
            name, start_to_close_timeout=timedelta(minutes=1), heartbeat_timeout=SHORT, result_type=int
        )
        return attempt


class Long:
    """Activities that last longer than their heartbeat timeout, in a thread and on the loop."""

    def __init__(self) -> None:
        self.never = threading.Event()

    @activity.defn(name="in-a-thread")
    def in_a_thread(self) -> int:
        self.never.wait(1.5 * SHORT.total_seconds())
        return activity.info().attempt

    @activity.defn(name="on-the-loop")
    async def on_the_loop(self) -> int:
        await asyncio.to_thread(self.never.wait, 1.5 * SHORT.total_seconds())
        return activity.info().attempt


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[Client]:
    async with EmbeddedTemporal() as server:
        yield await Client.connect(await server.start(tmp_path, 0), namespace="selter")


async def test_a_long_activity_is_not_taken_for_lost(client: Client) -> None:
    queue, long = f"alive-{uuid4().hex[:8]}", Long()
    with ThreadPoolExecutor(4) as pool:
        activities = [long.in_a_thread, long.on_the_loop]
        async with Worker(
            client,
            task_queue=queue,
            workflows=[Patient],
            activities=activities,
            activity_executor=pool,
            interceptors=[Alive()],
            max_heartbeat_throttle_interval=EVERY,
        ):
            names = ("in-a-thread", "on-the-loop")
            running = [
                client.execute_workflow(Patient.run, name, id=f"{queue}/{name}", task_queue=queue) for name in names
            ]
            assert await asyncio.gather(*running) == [1, 1]

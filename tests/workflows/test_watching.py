"""The watch on a real engine: who asks for work, how far a case is, and which cases stand still."""

import runpy
import socket
from pathlib import Path

import pytest
from temporalio.api.enums.v1 import TaskQueueType
from tenacity import AsyncRetrying, retry_if_result, stop_after_delay, wait_fixed

from activities.rebuild import rebuild
from runtime.engine import EngineUnavailable
from runtime.watching import Watch
from tests.workflows.live import Live
from workflows.ports import DOCUMENTS_QUEUE

pytestmark = pytest.mark.asyncio(loop_scope="session")
HEALTH = Path(__file__).parents[2] / "deploy" / "worker_health.py"


async def until_stuck(watch: Watch, stuck: set[str]) -> None:
    """Look until exactly these stand still; Temporal's list is a moment behind."""
    looking = AsyncRetrying(
        retry=retry_if_result(lambda found: found != stuck), wait=wait_fixed(0.02), stop=stop_after_delay(30)
    )

    async def look() -> set[str]:
        await watch.look()
        return set(watch.stuck)

    await looking(look)


async def test_a_case_whose_workflow_was_lost_is_found_and_forgotten_when_it_is_rebuilt(live: Live) -> None:
    await live.act("publish", "secretariat")
    key, watch = live.world.key, Watch(live.database, live.engine, live.clock)
    await until_stuck(watch, set())
    assert await live.engine.seq(key) == 2
    assert key in await live.engine.running_cases()
    await live.handle.terminate("lost")
    await until_stuck(watch, {key})
    assert await live.engine.seq(key, within=1) == 2  # a closed one still answers; only that it runs no more shows
    assert await rebuild(live.database, live.engine) == [key]
    await until_stuck(watch, set())


async def test_a_case_without_a_worker_says_nothing_and_its_queue_is_known_to_be_empty(live: Live) -> None:
    assert (await live.engine.pollers())[live.queue] == 1
    assert (await live.engine.pollers())[DOCUMENTS_QUEUE] >= 1
    await live.dismiss()
    assert await live.engine.seq(live.world.key, within=0.5) is None
    await live.employ()
    assert await live.engine.seq(live.world.key) == 1


async def test_a_namespace_that_is_not_there_is_an_engine_that_is_not(live: Live) -> None:
    config = {**live.client.config(), "namespace": "elsewhere"}
    engine = type(live.engine)(type(live.client)(**config))
    for question in (engine.pollers, engine.running_cases):
        with pytest.raises(EngineUnavailable):
            await question()
    assert await engine.seq(live.world.key) is None


async def test_the_health_check_of_a_worker_sees_its_own_machine_and_queue(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = runpy.run_path(str(HEALTH))["asked"]
    kind = TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW
    assert await asked(live.client, live.queue, kind)
    assert not await asked(live.client, "elsewhere", kind)
    monkeypatch.setattr(socket, "gethostname", lambda: "elsewhere")
    assert not await asked(live.client, live.queue, kind)

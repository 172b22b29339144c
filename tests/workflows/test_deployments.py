"""Worker versions: a case stays on the build it began with until a quiet point, then goes on under the current one."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from itertools import cycle
from pathlib import Path
from uuid import uuid4

import pytest
import pytest_asyncio
from temporalio.client import WorkflowExecutionDescription
from tenacity import AsyncRetrying, retry_if_result, stop_after_delay, wait_fixed

import worker
from records.database import Database
from runtime import deployments
from runtime.deployments import NotServing, builds, make_current
from runtime.embedded import EmbeddedTemporal
from tests.acts.selection_plan import PUBLISHED
from tests.workflows.live import NAMESPACE, Live
from workflows.ports import DOCUMENTS_QUEUE

pytestmark = pytest.mark.asyncio(loop_scope="session")
_PATIENCE = 30


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def temporal(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """A server of its own: a current build takes the documents queue away from workers that have none."""
    async with EmbeddedTemporal() as server:
        yield await server.start(tmp_path_factory.mktemp("temporal"), port=0, namespace=NAMESPACE)


@pytest_asyncio.fixture(loop_scope="session")
async def unmanned(
    temporal: str, sqlite_template: Path, tmp_path: Path, no_office: None, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Live]:
    """A draft round without a worker, under a deployment of its own."""
    monkeypatch.setattr(deployments, "DEPLOYMENT", name := f"selter-{uuid4().hex[:8]}")
    monkeypatch.setattr(worker, "DEPLOYMENT", name)
    path = tmp_path / "selter.db"
    shutil.copy(sqlite_template, path)
    database = Database(f"sqlite:///{path}")
    async with Live.on(temporal, database, tmp_path) as live:
        await live.dismiss()
        await live.do(lambda world: world.draft())
        yield live
    await asyncio.to_thread(database.close)


@asynccontextmanager
async def serving(live: Live, build: str) -> AsyncIterator[None]:
    """The workers of a build, made current."""
    with ThreadPoolExecutor(8) as pool, ThreadPoolExecutor(2) as press:
        process = worker.process_worker(live.client, live.database, live.engine, pool, live.queue, live.mover, build)
        documents = worker.documents_worker(live.client, live.database, live.files, press, DOCUMENTS_QUEUE, build)
        async with process, documents:
            await until(lambda: became_current(live, build))
            yield


async def became_current(live: Live, build: str) -> bool:
    """Make a build current, as soon as its worker serves."""
    try:
        await make_current(live.client, build)
    except NotServing:
        return False
    return True


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Ask until Temporal shows something; it has no event for it."""
    asking = AsyncRetrying(
        retry=retry_if_result(lambda shown: not shown), wait=wait_fixed(0.02), stop=stop_after_delay(_PATIENCE)
    )

    async def ask() -> bool:
        return await condition()

    await asking(ask)


async def described(live: Live) -> WorkflowExecutionDescription:
    return await live.handle.describe()


async def build_of(live: Live) -> str:
    """The build the newest run belongs to."""
    info = (await described(live)).raw_description.workflow_execution_info.versioning_info
    return info.deployment_version.build_id


async def test_a_case_moves_to_the_current_build_at_a_quiet_point_and_not_before(unmanned: Live) -> None:
    live = unmanned
    async with serving(live, "one"):
        await live.begin()
        await live.move(PUBLISHED)
        await live.act("publish", "secretariat")
        first = await described(live)
        assert await build_of(live) == "one"
        async with serving(live, "two"):
            assert (await described(live)).run_id == first.run_id
            assert await build_of(live) == "one"
            before = await live.state()
            acts = cycle([("suspend", {"ground": "outage"}), ("resume", {})])

            async def moved() -> bool:
                """Temporal tells a case of the change with its next task, once the change has spread."""
                name, arguments = next(acts)
                await live.act(name, "chair", live.world.vacancy, **arguments)
                return await build_of(live) == "two"

            await until(moved)
            assert (await described(live)).run_id != first.run_id
            after = await live.state()
            assert after.seq == len(await live.journal()) > before.seq
            assert {build.build: build.current for build in await builds(live.client)} == {"one": False, "two": True}
    async with serving(live, "two"):
        name, arguments = next(acts)
        assert (await live.act(name, "chair", live.world.vacancy, **arguments)).act == name


async def test_a_build_that_never_served_cannot_be_made_current(unmanned: Live) -> None:
    assert await builds(unmanned.client) == []
    with pytest.raises(NotServing, match="three"):
        await make_current(unmanned.client, "three")

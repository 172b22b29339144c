"""Virtual time on a real server: what `docs/decisions/0003-time.md` states, each as a test."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from temporalio import activity, workflow
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.service import RPCError
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from runtime.embedded import EmbeddedTemporal
from runtime.timeskip import SETTLE, TimeMoveError, TimeMover

pytestmark = pytest.mark.asyncio(loop_scope="module")
QUEUE = "diary"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Diary:
    """The state that a run takes in: deadlines still ahead, and what has happened."""

    ahead: Sequence[datetime] = ()
    happened: Sequence[datetime] = ()
    births: Sequence[datetime] = ()
    renew: bool = False
    starts: str = ""
    record: str = ""


@workflow.defn
class DiaryWorkflow:
    """Waits for each deadline as our cases do, and notes when it fell due."""

    @workflow.init
    def __init__(self, diary: Diary) -> None:
        """Take the state of the run before."""
        self.diary = diary
        self.ended = False

    @workflow.run
    async def run(self, diary: Diary) -> Diary:
        """Let deadlines fall due one by one until told to end."""
        self.diary = replace(self.diary, births=[*self.diary.births, workflow.now()])
        while not self.ended:
            due = min(self.diary.ahead, default=None)
            if due is None:
                await workflow.wait_condition(lambda: self.ended or bool(self.diary.ahead))
            elif due > workflow.now():
                await self.wait_until(due)
            else:
                await self.fall_due(due)
        return self.diary

    async def wait_until(self, due: datetime) -> None:
        """Wait for the deadline or for an earlier one."""
        with suppress(TimeoutError):
            await workflow.wait_condition(
                lambda: self.ended or min(self.diary.ahead) != due, timeout=due - workflow.now()
            )

    async def fall_due(self, due: datetime) -> None:
        """Note it, record it, cause what it causes, and renew the run where asked."""
        self.diary = replace(
            self.diary,
            ahead=[d for d in self.diary.ahead if d != due],
            happened=[*self.diary.happened, workflow.now()],
        )
        if self.diary.record:
            await workflow.execute_activity(self.diary.record, start_to_close_timeout=timedelta(minutes=1))
        if self.diary.starts:
            successor = replace(self.diary, ahead=[due + 30 * DAY], happened=(), births=(), starts="")
            await workflow.execute_activity(
                "start_diary", args=[self.diary.starts, successor], start_to_close_timeout=timedelta(minutes=1)
            )
        if self.diary.renew:
            workflow.continue_as_new(self.diary)

    @workflow.update
    def add(self, due: datetime) -> datetime:
        """Set one more deadline; answers the workflow's now."""
        self.diary = replace(self.diary, ahead=[*self.diary.ahead, due])
        return workflow.now()

    @workflow.update
    def read(self) -> Diary:
        """The state as of now."""
        return self.diary

    @workflow.update
    def now(self) -> datetime:
        """The workflow's own now."""
        return workflow.now()

    @workflow.signal
    def end(self) -> None:
        """Close the diary."""
        self.ended = True


@dataclass
class Place:
    """A client with a worker and a mover, and what its activities did."""

    client: Client
    mover: TimeMover
    recorded: list[datetime] = field(default_factory=list)
    held: asyncio.Event = field(default_factory=asyncio.Event)
    held_began: asyncio.Event = field(default_factory=asyncio.Event)

    @activity.defn
    async def record(self) -> None:
        """Write to a record, here a list."""
        self.recorded.append(activity.info().scheduled_time)

    @activity.defn
    async def record_slowly(self) -> None:
        """Write to a record when the test lets it."""
        self.held_began.set()
        await self.held.wait()
        self.recorded.append(activity.info().scheduled_time)

    @activity.defn
    async def start_diary(self, workflow_id: str, diary: Diary) -> None:
        """Start another workflow as our starter does: an ordinary client, a fixed id."""
        await self.client.start_workflow(
            DiaryWorkflow.run,
            diary,
            id=workflow_id,
            task_queue=QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )

    def worker(self) -> Worker:
        """A worker for the diary."""
        return Worker(
            self.client,
            task_queue=QUEUE,
            workflows=[DiaryWorkflow],
            activities=[self.record, self.record_slowly, self.start_diary],
            workflow_runner=UnsandboxedWorkflowRunner(),
        )

    async def open(self, diary: Diary) -> WorkflowHandle[DiaryWorkflow, Diary]:
        """Start a diary under a new id."""
        return await self.client.start_workflow(DiaryWorkflow.run, diary, id=f"diary/{uuid.uuid4()}", task_queue=QUEUE)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """One server for the module."""
    async with EmbeddedTemporal() as embedded:
        yield await embedded.start(tmp_path_factory.mktemp("temporal"), 0)


@pytest_asyncio.fixture(loop_scope="module")
async def place(server: str) -> AsyncIterator[Place]:
    """A client, a mover and a running worker."""
    client = await Client.connect(server, namespace="selter")
    here = Place(client, TimeMover(client))
    async with here.worker():
        yield here


def today() -> datetime:
    """The real now, from which the tests count."""
    return datetime.now(UTC)


async def test_a_deadline_falls_due_on_its_day_and_updates_still_work(place: Place) -> None:
    start = today()
    diary = await place.open(Diary(ahead=[start + 15 * DAY]))
    await place.mover.bring_to(diary.id, start + 14 * DAY)
    assert (await diary.execute_update(DiaryWorkflow.read)).happened == []
    await place.mover.bring_to(diary.id, start + 15 * DAY)
    (happened,) = (await diary.execute_update(DiaryWorkflow.read)).happened
    assert timedelta() <= happened - (start + 15 * DAY) < SETTLE
    assert await diary.execute_update(DiaryWorkflow.add, start + 40 * DAY) >= start + 15 * DAY


async def test_the_clock_arrives_at_most_moments_past_the_instant(place: Place) -> None:
    start = today()
    diary = await place.open(Diary())
    for days in (1, 2, 30, 3650):
        await place.mover.bring_to(diary.id, start + days * DAY)
        late = await diary.execute_update(DiaryWorkflow.now) - (start + days * DAY)
        assert timedelta() <= late < SETTLE + timedelta(seconds=5)


async def test_a_clock_that_is_already_there_is_left_alone(place: Place) -> None:
    diary = await place.open(Diary())
    await place.mover.bring_to(diary.id, today() + 10 * DAY)
    before = await diary.fetch_history()
    await place.mover.bring_to(diary.id, today() + 3 * DAY)
    assert len((await diary.fetch_history()).events) == len(before.events)


async def test_after_a_move_skipping_is_off_again(place: Place) -> None:
    start = today()
    diary = await place.open(Diary())
    await place.mover.bring_to(diary.id, start + DAY)
    await diary.execute_update(DiaryWorkflow.add, start + 60 * DAY)
    info = await place.mover._skipper.get_time_skipping_info(diary)
    assert info is not None
    assert not info.effective_config.enabled
    assert await place.mover.now_of(diary.id) < start + 2 * DAY


async def test_now_of_agrees_with_the_workflow_and_is_real_time_at_first(place: Place) -> None:
    diary = await place.open(Diary())
    assert abs(await place.mover.now_of(diary.id) - today()) < timedelta(seconds=5)
    await place.mover.bring_to(diary.id, today() + 100 * DAY)
    difference = await diary.execute_update(DiaryWorkflow.now) - await place.mover.now_of(diary.id)
    assert abs(difference) < timedelta(seconds=5)


async def test_many_deadlines_pass_in_order_in_one_move(place: Place) -> None:
    start = today()
    dues = [start + n * DAY for n in range(1, 251)]  # more than the server's own limit of 200 skips
    diary = await place.open(Diary(ahead=dues))
    await place.mover.bring_to(diary.id, start + 250 * DAY)
    happened = (await diary.execute_update(DiaryWorkflow.read)).happened
    assert [(at - start).days for at in happened] == list(range(1, 251))


async def test_what_a_deadline_records_is_recorded_when_the_move_returns(place: Place) -> None:
    start = today()
    diary = await place.open(Diary(ahead=[start + 7 * DAY], record="record"))
    await place.mover.bring_to(diary.id, start + 7 * DAY)
    (recorded,) = place.recorded
    assert (recorded - start).days == 7


async def test_the_clock_waits_for_a_running_activity(place: Place) -> None:
    start = today()
    diary = await place.open(Diary(ahead=[start + 7 * DAY, start + 9 * DAY], record="record_slowly"))
    move = asyncio.create_task(place.mover.bring_to(diary.id, start + 30 * DAY))
    await place.held_began.wait()
    assert (await place.mover.now_of(diary.id) - start).days == 7
    assert not move.done()
    place.held.set()
    await move
    assert [(at - start).days for at in place.recorded] == [7, 9]


async def test_continue_as_new_keeps_the_virtual_clock(place: Place) -> None:
    start = today()
    dues = [start + n * DAY for n in (10, 20, 30, 40)]
    diary = await place.open(Diary(ahead=dues, renew=True))
    await place.mover.bring_to(diary.id, start + 10 * DAY)
    await place.mover.bring_to(diary.id, start + 45 * DAY)
    current = place.client.get_workflow_handle_for(DiaryWorkflow.run, diary.id)
    read = await current.execute_update(DiaryWorkflow.read)
    assert [(at - start).days for at in read.happened] == [10, 20, 30, 40]
    assert [(at - start).days for at in read.births] == [0, 10, 20, 30, 40]
    assert (await current.execute_update(DiaryWorkflow.now) - start).days == 45


async def test_a_workflow_started_by_an_activity_is_born_at_wall_time_and_catches_up(place: Place) -> None:
    start = today()
    successor = f"diary/{uuid.uuid4()}"
    diary = await place.open(Diary(ahead=[start + 45 * DAY], starts=successor))
    await place.mover.bring_to(diary.id, start + 45 * DAY)
    born = place.client.get_workflow_handle_for(DiaryWorkflow.run, successor)
    assert (await born.execute_update(DiaryWorkflow.read)).births[0] < start + DAY
    await place.mover.bring_to(successor, start + 75 * DAY)
    assert [(at - start).days for at in (await born.execute_update(DiaryWorkflow.read)).happened] == [75]


async def test_four_workflows_move_at_once(place: Place) -> None:
    start = today()
    diaries = [await place.open(Diary(ahead=[start + n * 30 * DAY for n in range(1, 13)])) for _ in range(4)]
    await place.mover.bring_all_to([d.id for d in diaries], start + 365 * DAY)
    for diary in diaries:
        assert len((await diary.execute_update(DiaryWorkflow.read)).happened) == 12


async def test_two_moves_of_one_workflow_do_not_override_each_other(place: Place) -> None:
    start = today()
    diary = await place.open(Diary(ahead=[start + n * DAY for n in range(1, 20)]))
    await asyncio.gather(*[place.mover.bring_to(diary.id, start + days * DAY) for days in (15, 5, 10)])
    assert (await place.mover.now_of(diary.id) - start).days == 15


async def test_a_closed_or_unknown_workflow_is_no_error(place: Place) -> None:
    diary = await place.open(Diary())
    await diary.signal(DiaryWorkflow.end)
    await diary.result()
    await place.mover.bring_to(diary.id, today() + DAY)
    await place.mover.bring_to("diary/never-started", today() + DAY)
    with pytest.raises(RPCError):
        await place.mover.now_of("diary/never-started")


async def test_a_workflow_that_closes_during_the_move_is_no_error(place: Place) -> None:
    start = today()
    diary = await place.open(Diary(ahead=[start + 7 * DAY], record="record_slowly"))
    move = asyncio.create_task(place.mover.bring_to(diary.id, start + 30 * DAY))
    await place.held_began.wait()
    await diary.terminate()
    await move
    place.held.set()
    assert (await diary.describe()).status == WorkflowExecutionStatus.TERMINATED


async def test_without_a_worker_the_move_says_so_and_happens_later(server: str) -> None:
    start = today()
    client = await Client.connect(server, namespace="selter")
    here = Place(client, TimeMover(client, timeout=timedelta(seconds=0.5)))
    diary = await here.open(Diary(ahead=[start + 5 * DAY]))
    with pytest.raises(TimeMoveError, match="does a worker run"):
        await here.mover.bring_to(diary.id, start + 6 * DAY)
    async with here.worker():
        await TimeMover(client).bring_to(diary.id, start + 6 * DAY)
        assert [(at - start).days for at in (await diary.execute_update(DiaryWorkflow.read)).happened] == [5]


async def test_the_virtual_clock_survives_a_restart_of_the_server(tmp_path: Path) -> None:
    start = today()
    async with AsyncExitStack() as stack:
        embedded = await stack.enter_async_context(EmbeddedTemporal())
        client = await Client.connect(await embedded.start(tmp_path, 0), namespace="selter")
        here = Place(client, TimeMover(client))
        async with here.worker():
            diary = await here.open(Diary(ahead=[start + 20 * DAY, start + 40 * DAY]))
            await here.mover.bring_to(diary.id, start + 30 * DAY)
        await embedded.stop()
        client = await Client.connect(await embedded.start(tmp_path, 0), namespace="selter")
        again = Place(client, TimeMover(client))
        assert (await again.mover.now_of(diary.id) - start).days == 30
        async with again.worker():
            await again.mover.bring_to(diary.id, start + 41 * DAY)
            current = client.get_workflow_handle_for(DiaryWorkflow.run, diary.id)
            read = await current.execute_update(DiaryWorkflow.read)
        assert [(at - start).days for at in read.happened] == [20, 40]

"""A round on the real engine: the world of the acts' tests, with workflow, worker, clock and simulation in place."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from temporalio.client import Client, WorkflowHandle

import worker
from activities.starter import start_case
from domain.case import Entry
from domain.selection import SelectionState
from records import journal
from records.acts.commit import ActRequest
from records.database import Database
from records.files import FileStore
from records.tables import JournalEntry
from runtime.clock import Clock
from runtime.engine import Engine
from runtime.simulation import Simulation
from runtime.timeskip import TimeMover
from tests.acts.selection_world import World
from workflows.messages import Actor, Answer, Command
from workflows.plugin import data_converter
from workflows.ports import DOCUMENTS_QUEUE

NAMESPACE = "selter"
T = TypeVar("T")


@dataclass
class LiveWorld(World):
    """The world whose acts go through Temporal and whose time is moved by the simulation; used from a thread."""

    live: Any = None

    @property  # type: ignore[override]
    def now(self) -> datetime:
        """The installation's clock."""
        return self.live.clock.now()

    @now.setter
    def now(self, instant: datetime) -> None:
        if self.live is not None and self.live.begun and instant > self.now:
            self.reach(instant)

    def carry_out(self, request: ActRequest) -> tuple[Entry, bool]:
        """Send it, and hold the workflow's own state against the record."""
        answer = self.live.wait(self.live.send(request))
        self.state = self.live.wait(self.live.state())
        while self.stored.seq > self.state.seq:  # a deadline fell due meanwhile
            self.state = self.live.wait(self.live.state())
        self.settled()
        with self.database.read() as session:
            entry = journal.as_entry(session.get_one(JournalEntry, (self.key, answer.seq)))
        return entry, answer.replayed

    def reach(self, instant: datetime) -> list[str]:
        """Move the time of everything."""
        happened = self.live.wait(self.live.simulation.move_to(instant))
        self.state = self.stored
        return [""] * happened


@dataclass
class Live:
    """A worker with what it needs; `world` acts through it."""

    client: Client
    database: Database
    files: FileStore
    clock: Clock
    mover: TimeMover
    simulation: Simulation
    engine: Engine
    queue: str
    loop: asyncio.AbstractEventLoop
    begun: bool = False
    world: Any = None
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    @classmethod
    @asynccontextmanager
    async def on(
        cls, address: str, database: Database, folder: Path, world: LiveWorld | None = None
    ) -> "AsyncIterator[Live]":
        """Connected to a server, with a worker until the block ends; a world that has begun goes on."""
        live = await cls.connected(address, database, folder, f"process-{uuid4().hex[:8]}")
        live.world, live.begun = world or await asyncio.to_thread(LiveWorld, database, live=live), world is not None
        live.world.live = live
        await live.employ()
        try:
            yield live
        finally:
            await live.dismiss()

    @classmethod
    async def connected(cls, address: str, database: Database, folder: Path, queue: str) -> "Live":
        """The parts, without a worker."""
        client = await Client.connect(address, namespace=NAMESPACE, data_converter=data_converter)
        clock, mover = Clock(database, movable=True), TimeMover(client)
        return cls(
            client,
            database,
            FileStore(folder / "files"),
            clock,
            mover,
            Simulation(database, clock, mover),
            Engine(client, task_queue=queue),
            queue,
            asyncio.get_running_loop(),
        )

    # -- the worker ----------------------------------------------------------------------------------------------

    async def employ(self) -> None:
        """Start a worker."""
        pool = self._stack.enter_context(ThreadPoolExecutor(8))
        process = worker.process_worker(self.client, self.database, self.engine, pool, self.queue, self.mover)
        documents = worker.documents_worker(self.client, self.database, self.files, pool, DOCUMENTS_QUEUE)
        await self._stack.enter_async_context(process)
        await self._stack.enter_async_context(documents)

    async def dismiss(self) -> None:
        """Stop the worker."""
        await self._stack.aclose()
        self._stack = AsyncExitStack()

    # -- the case ------------------------------------------------------------------------------------------------

    @property
    def handle(self) -> WorkflowHandle[Any, Any]:
        """The round's workflow, its newest run."""
        return self.client.get_workflow_handle(self.world.key)

    async def begin(self) -> None:
        """Start the round's workflow from the record."""
        assert await start_case(self.database, self.engine, self.world.key)
        self.begun = True

    async def state(self) -> SelectionState:
        """What the workflow holds."""
        held: SelectionState = await self.handle.query("state", result_type=SelectionState)
        return held

    async def send(self, request: ActRequest) -> Answer:
        """An act as the API sends it."""
        intent = request.intent
        command = Command(
            act=intent.act,
            actor=Actor(person_id=intent.person_id, role=intent.role, assignment_id=request.assignment_id),
            at=intent.at,
            request_id=request.request_id,
            payload_sha256=request.payload_sha256,
            keys=request.keys,
            vacancy_ids=intent.vacancy_ids,
            arguments=dict(intent.arguments),
            statement_id=request.statement_id,
        )
        return await self.engine.act(request.case_key, command)

    async def do(self, step: Callable[[LiveWorld], T]) -> T:
        """Something the world does, in a thread."""
        return await asyncio.to_thread(step, self.world)

    async def act(self, name: str, by: str, *vacancies: str, **arguments: Any) -> Entry:
        """One act."""
        return await self.do(lambda w: w.act(name, by, *vacancies, **arguments))

    async def prepared(self, name: str, by: str, *vacancies: str, **arguments: Any) -> ActRequest:
        """An act that somebody is about to send."""
        request = await self.do(lambda w: w.request(name, by, *vacancies, **arguments))
        assert isinstance(request, ActRequest)
        return request

    async def move(self, instant: datetime) -> int:
        """Move the time; how many deadlines and reminders happened."""
        happened = await self.simulation.move_to(instant)
        await self.do(lambda w: setattr(w, "state", w.stored))
        return happened

    async def journal(self) -> list[str]:
        """The acts of the round's journal."""
        return await self.do(lambda w: [r.act for r in sorted(w.rows(JournalEntry), key=lambda r: r.seq)])

    def wait(self, coroutine: Any) -> Any:
        """Run a coroutine on the loop, from a thread."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(timeout=150)

"""How a case's workflow does, as Temporal tells it: for an operator who looks for what stands still, and why."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload
from temporalio.client import Client, WorkflowHistory
from temporalio.service import RPCError, RPCStatusCode

from records.watch import Counts
from runtime.engine import Engine, EngineUnavailable
from workflows.ports import PROCESS_QUEUE

_AT_ONCE: Final = 8
_NOT_RUNNING: Final = "its workflow does not run: selter rebuild starts it; in a cluster a worker does, within a minute"
_RPC: Final = "Temporal cannot be reached: start it, or mend SELTER_TEMPORAL_ADDRESS"


@dataclass(frozen=True)
class Attempt:
    """An activity that is under way or waits for its next try."""

    activity: str
    tries: int
    failure: str  # of the last try


@dataclass(frozen=True)
class Run:
    """A case's newest workflow run."""

    status: str  # RUNNING, TERMINATED, …; NONE when Temporal knows no such workflow
    run_id: str = ""
    since: datetime | None = None
    events: int = 0
    build: str = ""  # of the worker, where worker versions are in use
    task_tries: int = 0  # of the workflow task under way; more than one when it keeps failing
    task_failure: str = ""
    activities: tuple[Attempt, ...] = ()

    @property
    def running(self) -> bool:
        """Whether it runs."""
        return self.status == "RUNNING"


@dataclass(frozen=True)
class Look:
    """A case in the record beside its workflow. `taken` is the last entry the workflow holds; none when unknown."""

    seq: int
    running: bool | None  # none: Temporal cannot be reached
    taken: int | None
    problem: str  # what stands still and what mends it; empty when all is well


class Inspector:
    """Looks at workflows through one client, or (none) says that Temporal cannot be reached."""

    def __init__(self, client: Client | None) -> None:
        self._client = client
        self._engine = Engine(client) if client else None

    async def look_at_all(self, counts: Counts) -> dict[str, Look]:
        """Every open case, by key."""
        try:
            running, manned = await self._overview()
        except EngineUnavailable:
            return {key: Look(seq, None, None, _RPC) for key, seq in counts.journals.items()}
        gate = asyncio.Semaphore(_AT_ONCE)

        async def look(key: str, seq: int) -> Look:
            if key not in running:
                return Look(seq, running=False, taken=None, problem=_NOT_RUNNING)
            async with gate:
                taken = await self._taken(key) if manned else None
            return Look(seq, running=True, taken=taken, problem=_problem(seq, taken, key in counts.late, manned))

        looks = await asyncio.gather(*(look(key, seq) for key, seq in counts.journals.items()))
        return dict(zip(counts.journals, looks, strict=True))

    async def _overview(self) -> tuple[set[str], bool]:
        """What runs, and whether a worker asks for work."""
        if self._engine is None:
            raise EngineUnavailable(_RPC)
        pollers = await self._engine.pollers()
        return await self._engine.running_cases(), pollers[PROCESS_QUEUE] > 0

    async def _taken(self, key: str) -> int | None:
        assert self._engine is not None
        return await self._engine.seq(key)

    async def run_of(self, case_key: str) -> Run | None:
        """The newest run of a case's workflow; none when Temporal cannot be reached."""
        if self._client is None:
            return None
        handle = self._client.get_workflow_handle(case_key)
        try:
            found = await handle.describe()
            history = await handle.fetch_history()
        except RPCError as error:
            return Run("NONE") if error.status is RPCStatusCode.NOT_FOUND else None
        raw = found.raw_description
        return Run(
            status=found.status.name if found.status else "NONE",
            run_id=found.run_id,
            since=found.start_time,
            events=found.history_length,
            build=raw.workflow_execution_info.versioning_info.deployment_version.build_id,
            task_tries=raw.pending_workflow_task.attempt,
            task_failure=_task_failure(history),
            activities=tuple(
                Attempt(a.activity_type.name, a.attempt, a.last_failure.message) for a in raw.pending_activities
            ),
        )

    async def build_of(self, case_key: str) -> str:
        """The build of the worker that a case's newest run is on; empty where it is on none."""
        run = await self.run_of(case_key)
        return run.build if run is not None and run.running else ""

    async def keys_of(self, case_key: str) -> frozenset[str]:
        """The ids of the keys with which the history of a case's newest run is encrypted; none where it is not.

        Raises:
            EngineUnavailable: Temporal cannot be reached.
        """
        if self._client is None:
            raise EngineUnavailable(_RPC)
        try:
            history = await self._client.get_workflow_handle(case_key).fetch_history()
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return frozenset()
            raise EngineUnavailable(str(error.status)) from error
        payloads = (payload for event in history.events for payload in _payloads(event))
        return frozenset(p.metadata["key-id"].decode() for p in payloads if "key-id" in p.metadata)


def _problem(seq: int, taken: int | None, late: bool, manned: bool) -> str:
    if not manned:
        return "no worker asks for work: start one"
    if taken is None:
        return "its workflow does not answer: selter admin case tells why"
    if taken < seq:
        return f"its workflow has taken {taken} of {seq} entries: look again, then selter admin unblock"
    if taken > seq:
        return f"its workflow has {taken} entries, the record {seq} (an older one was restored?): selter admin unblock"
    return "its workflow let a deadline go by: selter admin case tells why" if late else ""


def _task_failure(history: WorkflowHistory) -> str:
    """Why the workflow's last task failed; empty when it did not."""
    for event in reversed(history.events):
        if event.HasField("workflow_task_completed_event_attributes"):
            return ""
        if event.HasField("workflow_task_failed_event_attributes"):
            return event.workflow_task_failed_event_attributes.failure.message
    return ""


def _payloads(message: Message) -> Iterator[Payload]:
    """Every payload within a message, however deep."""
    if isinstance(message, Payload):
        yield message
        return
    for descriptor, value in message.ListFields():
        if descriptor.message_type is None:
            continue
        if descriptor.message_type.GetOptions().map_entry:
            inner = [item for item in value.values() if isinstance(item, Message)]
        else:
            inner = list(value) if descriptor.is_repeated else [value]
        for item in inner:
            yield from _payloads(item)

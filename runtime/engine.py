"""The typed facade of Temporal: start a case, send an act. Nothing else in the API knows the SDK."""

import asyncio
import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, timedelta
from types import MappingProxyType
from typing import Any, Final, TypeVar

from temporalio.api.common.v1 import Payload
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.common import (
    SearchAttributeKey,
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import ApplicationError, TemporalError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode
from tenacity import AsyncRetrying, retry_if_exception, stop_after_delay, wait_random_exponential

from domain.case import CaseState
from domain.laws import LAWS
from domain.refusals import Refused
from domain.words import CaseKind
from runtime.clock import real_now
from runtime.settings import Settings
from workflows.codec import EncryptionCodec
from workflows.messages import Answer, Command
from workflows.plugin import as_refused, data_converter
from workflows.ports import DOCUMENTS_QUEUE, PROCESS_QUEUE

S = TypeVar("S", bound=CaseState)

_IN_FLIGHT: Final = 4  # per workflow and process; the server refuses more than ten
_ANSWER_WITHIN: Final = timedelta(seconds=20)
_ASKED_WITHIN: Final = timedelta(seconds=3)
_POLL: Final = timedelta(seconds=75)  # a worker asks anew each minute; Temporal remembers it for five


class StillRunning(Exception):
    """The act was accepted but not answered in time; it may still be carried out. Ask again with the same key."""

    def __init__(self, case_key: str, request_id: str) -> None:
        super().__init__(f"{case_key} has not answered {request_id} yet")
        self.case_key = case_key
        self.request_id = request_id


class EngineUnavailable(Exception):
    """Temporal cannot be reached."""


async def connect(settings: Settings, address: str = "", *, lazy: bool = False) -> Client:
    """A client with our converter. It encrypts in production and where that is switched on; it reads both forms always.

    A `lazy` one connects when it is first used, so that its process may start while Temporal is away.

    Raises:
        EngineUnavailable: nothing answers at that address.
    """
    temporal = settings.temporal
    converter = dataclasses.replace(data_converter, payload_codec=_codec(settings))
    try:
        return await Client.connect(
            address or temporal.address,
            namespace=temporal.namespace,
            data_converter=converter,
            tls=temporal.tls,
            lazy=lazy,
        )
    except RuntimeError as error:
        raise EngineUnavailable(f"no Temporal server at {address or temporal.address}") from error


class _ReadingCodec(EncryptionCodec):
    """Leaves what it writes readable in Temporal's pages, and reads what was written while encryption was on."""

    async def encode(self, payloads: Iterable[Payload]) -> list[Payload]:
        """The payloads as they are."""
        return list(payloads)


def _codec(settings: Settings) -> EncryptionCodec | None:
    keys = settings.temporal.keys()
    if settings.production or settings.temporal.encrypt:
        return EncryptionCodec(keys)
    return _ReadingCodec(keys) if keys else None


class Engine:
    """Sends acts to workflows and starts cases."""

    def __init__(self, client: Client, *, task_queue: str = PROCESS_QUEUE) -> None:
        self._client = client
        self._task_queue = task_queue
        self._gates: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(_IN_FLIGHT))

    async def act(self, case_key: str, command: Command) -> Answer:
        """Send an act and wait for its answer.

        Raises:
            Refused: by the law, the record, or `case-not-running`.
            StillRunning: accepted, not answered within 20 seconds.
            EngineUnavailable: Temporal cannot be reached.
        """
        async with self._gates[case_key]:
            try:
                async for attempt in _retrying():
                    with attempt:
                        return await self._update(case_key, command)
            except WorkflowUpdateFailedError as error:
                cause = error.cause
                raise (as_refused(cause) if isinstance(cause, ApplicationError) else error) from None
            except (WorkflowUpdateRPCTimeoutOrCancelledError, TimeoutError):
                raise StillRunning(case_key, command.request_id) from None
            except RPCError as error:
                raise _explained(case_key, error) from error
            except RuntimeError as error:  # a lazy client that cannot connect
                raise EngineUnavailable(str(error)) from error
        raise EngineUnavailable(case_key)

    async def _update(self, case_key: str, command: Command) -> Answer:
        handle = self._client.get_workflow_handle(case_key)
        answer: Answer = await handle.execute_update(
            command.act,
            command,
            id=command.request_id,
            result_type=Answer,
            rpc_timeout=_ANSWER_WITHIN,
        )
        return answer

    async def start(self, kind: CaseKind, case_key: str, state: CaseState, outbox: Mapping[str, Sequence[Any]]) -> bool:
        """Start a case's workflow from its state; false when it is running already."""
        try:
            await self._client.start_workflow(
                WORKFLOWS[kind],
                {"state": state, "outbox": {k: list(v) for k, v in outbox.items()}},
                id=case_key,
                task_queue=self._task_queue,
                id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
                static_summary=f"{kind}: {LAWS[kind].stage(state)}",
                search_attributes=TypedSearchAttributes([SearchAttributePair(_AGENCY, state.agency_id)]),
            )
        except WorkflowAlreadyStartedError:
            return False
        return True

    async def state(self, case_key: str, kind: type[S]) -> S:
        """The state as the running workflow holds it; for operators and tests, never for the API's reads."""
        handle = self._client.get_workflow_handle(case_key)
        found: S = await handle.query("state", result_type=kind)
        return found

    async def running(self, case_key: str) -> bool:
        """Whether the case's workflow is running."""
        try:
            description = await self._client.get_workflow_handle(case_key).describe()
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return False
            raise
        return description.status is not None and description.status.name == "RUNNING"

    # -- for operators -------------------------------------------------------------------------------------------

    async def running_cases(self) -> set[str]:
        """The workflow ids of all running cases, as Temporal lists them (a second or so behind).

        Raises:
            EngineUnavailable: Temporal cannot be reached.
        """
        try:
            return {found.id async for found in self._client.list_workflows('ExecutionStatus = "Running"')}
        except RPCError as error:
            raise EngineUnavailable(str(error.status)) from error

    async def end(self, case_key: str, reason: str) -> None:
        """Terminate a case's workflow; nothing happens when it does not run."""
        try:
            await self._client.get_workflow_handle(case_key).terminate(reason=reason)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise

    async def seq(self, case_key: str, *, within: float = 5) -> int | None:
        """The last journal entry that a case's workflow has taken; none when it does not say so in time."""
        try:
            async with asyncio.timeout(within):
                state: Mapping[str, Any] = await self._client.get_workflow_handle(case_key).query("state")
        except (RPCError, TemporalError, TimeoutError):
            return None
        return int(state["seq"])

    async def pollers(self) -> dict[str, int]:
        """How many workers ask for work, by task queue.

        Raises:
            EngineUnavailable: Temporal cannot be reached, or has no such namespace.
        """
        kinds = {
            self._task_queue: TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
            DOCUMENTS_QUEUE: TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
        }
        try:
            return {queue: await self._pollers(queue, kind) for queue, kind in kinds.items()}
        except RPCError as error:
            raise EngineUnavailable(str(error.status)) from error

    async def _pollers(self, queue: str, kind: TaskQueueType.ValueType) -> int:
        request = DescribeTaskQueueRequest(
            namespace=self._client.namespace, task_queue=TaskQueue(name=queue), task_queue_type=kind
        )
        answer = await self._client.workflow_service.describe_task_queue(request, timeout=_ASKED_WITHIN)
        since = real_now() - _POLL
        return sum(poller.last_access_time.ToDatetime(UTC) > since for poller in answer.pollers)


def _retrying() -> AsyncRetrying:
    """Back off while the workflow has its hands full, or has just continued as new."""
    return AsyncRetrying(
        retry=retry_if_exception(_is_busy),
        wait=wait_random_exponential(multiplier=0.05, max=1),
        stop=stop_after_delay(15),
        reraise=True,
    )


def _is_busy(error: BaseException) -> bool:
    return isinstance(error, RPCError) and error.status is RPCStatusCode.RESOURCE_EXHAUSTED


def _explained(case_key: str, error: RPCError) -> Exception:
    if error.status is RPCStatusCode.NOT_FOUND:
        return Refused("case-not-running", case=case_key)
    if error.status in (RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.CANCELLED):
        return StillRunning(case_key, "")
    return EngineUnavailable(str(error.status))


_AGENCY: Final = SearchAttributeKey.for_keyword("AgencyId")

WORKFLOWS: Final = MappingProxyType(
    {
        CaseKind.SELECTION: "SelectionWorkflow",
        CaseKind.TERM: "OfficeTermWorkflow",
        CaseKind.CONTRACT: "PerformanceContractWorkflow",
        CaseKind.REVIEW: "DemotionReviewWorkflow",
    }
)

"""Moves a running workflow's virtual clock forward; demo, simulation and tests only.

Workflows are started by an ordinary client, without any time-skipping configuration, and are driven by bounded
fast-forwards alone; why, and what was measured, is in docs/decisions/0003-time.md.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from temporalio.client import Client, WorkflowExecutionDescription, WorkflowExecutionStatus, WorkflowHandle
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import TimeSkipper, TimeSkippingConfig

# A workflow asks for its timer some milliseconds after it read its clock, so the timer of a deadline fires that much
# later. Going one second further lets every timer due by the instant fire, and its activities end, before the clock
# arrives: the server does not skip while a task or an activity is under way.
SETTLE = timedelta(seconds=1)
# The server's own limit is 200 skips in one move. It stops short there without an error, which the call notices only
# when its long poll ends, some twenty seconds later.
SKIPS = 10_000
_TURN = timedelta(milliseconds=50)


class TimeMoveError(RuntimeError):
    """A workflow's clock did not arrive: an activity still runs, or no worker answers."""


class TimeMover:
    """Drives the virtual clocks of workflows through one client."""

    def __init__(self, client: Client, timeout: timedelta = timedelta(seconds=60)) -> None:
        """Take a client; `timeout` is the real time allowed for one move."""
        self._client = client
        self._timeout = timeout
        config = TimeSkippingConfig(disable_propagation=True, max_session_skip_count=SKIPS)
        self._skipper = TimeSkipper(client, config=config)
        # A second fast-forward of the same workflow would override the first.
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def now_of(self, workflow_id: str) -> datetime:
        """The workflow's virtual now; real time when it was never moved.

        Raises:
            RPCError: there is no such workflow (NOT_FOUND).
        """
        return await self._skipper.get_current_time(self._client.get_workflow_handle(workflow_id))

    async def bring_to(self, workflow_id: str, instant: datetime) -> None:
        """Fast-forward one workflow until its `workflow.now()` is at or up to a second past `instant`.

        When this returns, the effects of every deadline up to `instant` are complete, activities included. Nothing
        happens when the clock is already there, or when the workflow is closed or unknown.

        Raises:
            TimeMoveError: the clock did not arrive within the timeout, or the server cannot be reached. What was
                ordered the server still does once it can.
        """
        async with self._locks[workflow_id]:
            try:
                async with asyncio.timeout(self._timeout.total_seconds()):
                    await self._advance(self._client.get_workflow_handle(workflow_id), instant + SETTLE)
            except TimeoutError as error:
                raise TimeMoveError(
                    f"{workflow_id} did not reach {instant.isoformat()} within {self._timeout}: "
                    "does a worker run, and does no activity hang?"
                ) from error
            except TimeMoveError:
                raise
            except RuntimeError as error:  # a lazy client that cannot connect
                raise TimeMoveError(f"{workflow_id} was not moved: {error}") from error
            except RPCError as error:
                if error.status != RPCStatusCode.NOT_FOUND:  # the same status for unknown and for closed meanwhile
                    raise TimeMoveError(f"{workflow_id} was not moved: the engine answers {error.status}") from error

    async def bring_all_to(self, workflow_ids: Iterable[str], instant: datetime, at_once: int = 8) -> None:
        """`bring_to` for several workflows, a few at once; all are tried, whatever becomes of one.

        Raises:
            TimeMoveError: a clock did not arrive.
        """
        gate = asyncio.Semaphore(at_once)

        async def bring(workflow_id: str) -> None:
            async with gate:
                await self.bring_to(workflow_id, instant)

        moved = await asyncio.gather(*(bring(workflow_id) for workflow_id in workflow_ids), return_exceptions=True)
        for failed in moved:
            if failed is not None:
                raise failed

    async def _advance(self, handle: WorkflowHandle[object, object], target: datetime) -> None:
        before = None
        while True:  # again where the server stopped short
            now = await self._skipper.get_current_time(handle)
            found = await handle.describe()
            if found.status != WorkflowExecutionStatus.RUNNING or (now >= target and _is_quiet(found)):
                return
            if now >= target:  # real time went on while a worker was slow, or away
                await asyncio.sleep(_TURN.total_seconds())
                continue
            if before is not None and now <= before:
                raise TimeMoveError(f"the clock of {handle.id} stands still at {now.isoformat()}")
            before = now
            try:
                await self._skipper.fast_forward(handle, target - now)
            except RuntimeError:  # another process has ordered a move of the same workflow: look how far that one goes
                before = None
                await asyncio.sleep(_TURN.total_seconds())


def _is_quiet(found: WorkflowExecutionDescription) -> bool:
    """Whether nothing that a deadline caused is still to be done."""
    raw = found.raw_description
    return not raw.HasField("pending_workflow_task") and not raw.pending_activities

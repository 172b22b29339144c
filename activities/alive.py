"""Activities that say they live: one whose worker was killed is tried again in seconds, not when its time is up.

Temporal cannot see that a worker is gone; it waits for the activity's time to run out, and an act holds its case's lock
as long. The heartbeat is the worker's: what an activity does in its thread stays bounded by its own time.
"""

import asyncio
import contextlib
from datetime import timedelta
from typing import Any, Final

from temporalio import activity
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

EVERY: Final = timedelta(seconds=3)  # the shortest heartbeat timeout (`workflows.ports`) is three of these and more


class Alive(Interceptor):
    """Beats for each activity that was given a heartbeat timeout."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        """Around the activity."""
        return _Beating(next)


class _Beating(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        beating = asyncio.create_task(_beat()) if activity.info().heartbeat_timeout else None
        try:
            return await super().execute_activity(input)
        finally:
            if beating is not None:
                beating.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await beating


async def _beat() -> None:
    while True:
        await asyncio.sleep(EVERY.total_seconds())
        activity.heartbeat()

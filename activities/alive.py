"""Activities that say they live: one whose worker was killed is tried again in seconds, not when its time is up.

Temporal cannot see that a worker is gone; it waits for the activity's time to run out, and an act holds its case's lock
as long. The heartbeat is the worker's: what an activity does in its thread stays bounded by its own time.
"""

import asyncio
from datetime import timedelta
from typing import Any, Final

from temporalio import activity
from temporalio.worker import (
    ActivityInboundInterceptor,
    ActivityOutboundInterceptor,
    ExecuteActivityInput,
    Interceptor,
)

EVERY: Final = timedelta(seconds=3)  # the shortest heartbeat timeout (`workflows.ports`) is three of these and more


class Alive(Interceptor):
    """Beats for each activity that was given a heartbeat timeout."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        """Around the activity."""
        return _Beating(next)


class _Beating(ActivityInboundInterceptor):
    def init(self, outbound: ActivityOutboundInterceptor) -> None:
        """Keep the way out: `activity.heartbeat` is for an activity's own thread, and would wait here for this loop."""
        self._outbound = outbound
        super().init(outbound)

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        if activity.info().heartbeat_timeout is None:
            return await super().execute_activity(input)
        beating = asyncio.create_task(self._beat())
        try:
            return await super().execute_activity(input)
        finally:
            beating.cancel()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(EVERY.total_seconds())
            self._outbound.heartbeat()

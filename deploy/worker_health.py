"""Whether the worker of this machine asks for work on both queues; exit status 0 or 1, for a container's health check.

Temporal remembers for five minutes who has asked, so others' and earlier ones' questions do not count.
"""

import asyncio
import socket
import sys
from datetime import UTC, datetime, timedelta

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client

from runtime.settings import load
from workflows.ports import DOCUMENTS_QUEUE, PROCESS_QUEUE

QUEUES = {
    PROCESS_QUEUE: TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    DOCUMENTS_QUEUE: TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
}
POLL = timedelta(seconds=75)  # a worker asks anew each minute


async def polls() -> bool:
    """Whether both queues were asked from here of late."""
    settings = load().temporal
    client = await Client.connect(settings.address, namespace=settings.namespace, tls=settings.tls)
    return all([await asked(client, queue, kind) for queue, kind in QUEUES.items()])


async def asked(client: Client, queue: str, kind: TaskQueueType.ValueType) -> bool:
    """Whether a process of this machine asked one queue of late; its identity is `process@machine`."""
    request = DescribeTaskQueueRequest(
        namespace=client.namespace, task_queue=TaskQueue(name=queue), task_queue_type=kind
    )
    answer = await client.workflow_service.describe_task_queue(request)
    here, since = f"@{socket.gethostname()}", datetime.now(UTC) - POLL
    return any(p.identity.endswith(here) and p.last_access_time.ToDatetime(UTC) > since for p in answer.pollers)


if __name__ == "__main__":
    sys.exit(0 if asyncio.run(polls()) else 1)

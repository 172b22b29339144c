"""Whether a worker of this installation polls its queues; exit status 0 or 1, for the container's health check."""

import asyncio
import sys

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client

from runtime.settings import load
from workflows.ports import PROCESS_QUEUE


async def polled() -> bool:
    """Ask Temporal who has polled the process queue of late."""
    settings = load().temporal
    client = await Client.connect(settings.address, namespace=settings.namespace, tls=settings.tls)
    request = DescribeTaskQueueRequest(
        namespace=settings.namespace,
        task_queue=TaskQueue(name=PROCESS_QUEUE),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    )
    return bool((await client.workflow_service.describe_task_queue(request)).pollers)


if __name__ == "__main__":
    sys.exit(0 if asyncio.run(polled()) else 1)

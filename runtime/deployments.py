"""Worker versions: which builds of the worker serve, and on which one new cases begin.

Temporal keeps a case on the build it began with. A new build takes over in three steps: start its workers beside the
old ones, make it current, and stop the old ones when nothing is left on them.
"""

from dataclasses import dataclass
from typing import Final

import temporalio.api.deployment.v1 as deployments
import temporalio.api.workflowservice.v1 as service
from temporalio.api.enums.v1 import VersionDrainageStatus
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

DEPLOYMENT: Final = "selter"


@dataclass(frozen=True)
class Build:
    """A build of the worker as Temporal knows it."""

    build: str
    current: bool
    drained: bool  # nothing open is left on it: its workers may be stopped


class NotServing(LookupError):
    """No worker of that build serves, or not yet on every queue that the current one serves."""


async def builds(client: Client) -> list[Build]:
    """Every build that has served, the newest first; empty where worker versions are not in use."""
    request = service.DescribeWorkerDeploymentRequest(namespace=client.namespace, deployment_name=DEPLOYMENT)
    try:
        answer = await client.workflow_service.describe_worker_deployment(request)
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return []
        raise
    info = answer.worker_deployment_info
    current = info.routing_config.current_deployment_version.build_id
    return [_build(summary, current) for summary in info.version_summaries]


async def make_current(client: Client, build: str) -> None:
    """Let new cases begin on a build, and open ones move to it at their next quiet point.

    Raises:
        NotServing: start its workers first.
    """
    if build not in {known.build for known in await builds(client)}:
        raise NotServing(f"no worker of build {build} has reported yet; start one first")
    request = service.SetWorkerDeploymentCurrentVersionRequest(
        namespace=client.namespace, deployment_name=DEPLOYMENT, build_id=build
    )
    try:
        await client.workflow_service.set_worker_deployment_current_version(request)
    except RPCError as error:
        if error.status is RPCStatusCode.FAILED_PRECONDITION:
            raise NotServing(f"the workers of build {build} do not serve every queue yet: {error.message}") from error
        raise


def _build(summary: deployments.WorkerDeploymentInfo.WorkerDeploymentVersionSummary, current: str) -> Build:
    build = summary.deployment_version.build_id
    drained = summary.drainage_status == VersionDrainageStatus.VERSION_DRAINAGE_STATUS_DRAINED
    return Build(build, current=build == current, drained=drained)

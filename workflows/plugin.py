"""One configuration for client, worker and replayer: converter, sandbox, and the interceptor of refusals."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from temporalio import workflow
from temporalio.api.failure.v1 import Failure
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DefaultFailureConverter, PayloadConverter
from temporalio.exceptions import ActivityError, ApplicationError, ApplicationErrorCategory, TemporalError
from temporalio.worker import (
    ActivityInboundInterceptor,
    ExecuteActivityInput,
    HandleUpdateInput,
    Interceptor,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
)
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

with workflow.unsafe.imports_passed_through():
    from domain.refusals import Refused

_ERRORS_OF_OURS: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NameError,
    TypeError,
    ValueError,
)
PASSED_THROUGH: Final = ("pydantic", "pydantic_core", "domain", "workflows.messages", "workflows.ports")


class RefusalsWithoutTraces(DefaultFailureConverter):
    """A refusal is no defect: its stack trace would only lengthen the history and name files of the machine."""

    def to_failure(self, exception: BaseException, payload_converter: PayloadConverter, failure: Failure) -> None:
        """As the default, without the trace where the error is benign."""
        super().to_failure(exception, payload_converter, failure)
        if isinstance(exception, ApplicationError) and exception.category is ApplicationErrorCategory.BENIGN:
            failure.stack_trace = ""


data_converter = dataclasses.replace(pydantic_data_converter, failure_converter_class=RefusalsWithoutTraces)


def sandbox() -> SandboxedWorkflowRunner:
    """The worker's sandbox: on, with our pure packages passed through."""
    return SandboxedWorkflowRunner(restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH))


def as_application_error(refused: Refused) -> ApplicationError:
    """A refusal as Temporal carries it: its code as type, its rule and facts as details, and no stack trace."""
    details = {"rule": refused.rule, "citation": refused.citation, "facts": dict(refused.facts)}
    return ApplicationError(
        refused.code, details, type=refused.code, non_retryable=True, category=ApplicationErrorCategory.BENIGN
    )


def as_refused(error: ApplicationError) -> Refused:
    """The refusal inside an application error; the inverse of `as_application_error`."""
    details: Any = error.details[0] if error.details else {}
    facts = {k: str(v) for k, v in details.get("facts", {}).items()}
    rule, citation = details.get("rule", ""), details.get("citation", "")
    return Refused(error.type or "internal", rule=rule, citation=citation, **facts)


@contextmanager
def refusals_translated(incident: str) -> Iterator[None]:
    """Let nothing but Temporal's own errors leave a handler: anything else would block the workflow for ever.

    `incident` is the request's id, by which an operator finds an error of ours in the logs and the history.

    Raises:
        ApplicationError: benign for a refusal; `internal` for an error of ours.
    """
    try:
        yield
    except Refused as refused:
        raise as_application_error(refused) from None
    except ActivityError as error:
        if isinstance(error.cause, ApplicationError) and error.cause.category is ApplicationErrorCategory.BENIGN:
            raise as_application_error(as_refused(error.cause)) from None
        raise _internal(incident) from error
    except TemporalError:
        raise
    except Exception as error:
        raise _internal(incident) from error


def _internal(incident: str) -> ApplicationError:
    details = {"facts": {"incident": incident}}
    return ApplicationError("internal", details, type="internal", non_retryable=True)


class _WorkflowRefusals(WorkflowInboundInterceptor):
    async def handle_update_handler(self, input: HandleUpdateInput) -> Any:
        with refusals_translated(input.id):
            return await super().handle_update_handler(input)

    def handle_update_validator(self, input: HandleUpdateInput) -> None:
        with refusals_translated(input.id):
            super().handle_update_validator(input)


class _ActivityRefusals(ActivityInboundInterceptor):
    """Sorts what activities raise: refusals and errors of ours are final, all else (an outage) is tried again."""

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        try:
            return await super().execute_activity(input)
        except Refused as refused:
            raise as_application_error(refused) from None
        except _ERRORS_OF_OURS as error:
            raise ApplicationError(str(error), type=type(error).__name__, non_retryable=True) from error


class RefusalInterceptor(Interceptor):
    """Turns the domain's refusals into typed, benign application errors, in workflows and activities alike."""

    def workflow_interceptor_class(
        self, input: WorkflowInterceptorClassInput
    ) -> type[WorkflowInboundInterceptor] | None:
        """The workflow side."""
        return _WorkflowRefusals

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        """The activity side."""
        return _ActivityRefusals(next)

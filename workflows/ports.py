"""The activity interfaces: what a workflow may ask of the world, each with its retry policy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from domain.case import Entry
    from workflows.messages import Command

COMMIT: Final = "record.commit"
PRESS: Final = "documents.press"
START: Final = "starter.start"
LAPSE: Final = "starter.lapse"

PROCESS_QUEUE: Final = "process"
DOCUMENTS_QUEUE: Final = "documents"

# An outage is retried until it is over; errors of ours are made final on the activity's side
# (`plugin`, `activities.record`), so that they fail the act and do not hold the case's lock for ever.
_ALIVE: Final = timedelta(seconds=10)  # without a heartbeat for so long, the worker is gone and another one takes over
_RECORD_POLICY: Final = RetryPolicy(
    initial_interval=timedelta(milliseconds=200),
    maximum_interval=timedelta(seconds=30),
)
_DOCUMENT_POLICY: Final = RetryPolicy(
    initial_interval=timedelta(seconds=1),
    maximum_interval=timedelta(minutes=10),
    non_retryable_error_types=["RenderError"],
)


@dataclass(frozen=True)
class CommitRequest:
    """An act to write as the entry `seq` of a case's journal."""

    case_key: str
    seq: int
    command: Command


@dataclass(frozen=True)
class Committed:
    """The entry as recorded; `replayed` when an equal act had been recorded before."""

    entry: Entry
    replayed: bool = False


async def commit(request: CommitRequest) -> Committed:
    """Write an act in one transaction: record, audit entry, documents and mail rows.

    Raises:
        ActivityError: caused by an `ApplicationError` whose type is the refusal's code.
    """
    committed: Committed = await workflow.execute_activity(
        COMMIT,
        request,
        result_type=Committed,
        start_to_close_timeout=timedelta(minutes=2),
        heartbeat_timeout=_ALIVE,
        retry_policy=_RECORD_POLICY,
        summary=f"{request.command.act} #{request.seq}",
    )
    return committed


@dataclass(frozen=True)
class PressRequest:
    """The documents that some entries of a case's journal issued."""

    case_key: str
    seqs: tuple[int, ...]


async def press(request: PressRequest) -> None:
    """Render issued documents (DOCX, and PDF where wanted) and store them by content."""
    await workflow.execute_activity(
        PRESS,
        request,
        task_queue=DOCUMENTS_QUEUE,
        start_to_close_timeout=timedelta(hours=2),
        heartbeat_timeout=_ALIVE,
        retry_policy=_DOCUMENT_POLICY,
        summary=f"of entries {', '.join(str(seq) for seq in request.seqs)}",
    )


async def start(case_keys: Sequence[str]) -> None:
    """Start the workflows of cases that the record has given birth to."""
    await workflow.execute_activity(
        START,
        list(case_keys),
        start_to_close_timeout=timedelta(seconds=30),
        heartbeat_timeout=_ALIVE,
        retry_policy=_RECORD_POLICY,
        summary=", ".join(case_keys),
    )


async def lapse(case_keys: Sequence[str]) -> None:
    """Tell cases that what they rest on has ended; each writes its own `lapse`, because each is its only writer."""
    await workflow.execute_activity(
        LAPSE,
        list(case_keys),
        start_to_close_timeout=timedelta(minutes=2),
        heartbeat_timeout=_ALIVE,
        retry_policy=_RECORD_POLICY,
        summary=", ".join(case_keys),
    )

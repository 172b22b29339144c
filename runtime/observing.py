"""Acts and activities seen from outside: counted, timed and logged by what they are about, never by what they say."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from opentelemetry import trace
from temporalio import activity
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory, TemporalError
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from domain.refusals import Refused
from runtime import metrics
from runtime.clock import monotonic
from runtime.engine import StillRunning
from runtime.logs import about, about_case, outline
from workflows.ports import CommitRequest

_SYSTEM: Final = "system"
_log = logging.getLogger("selter.acts")


@dataclass
class Seen:
    """What becomes of an act; whoever performs it fills in what it finds out."""

    result: str = "done"  # done | replayed | refused:{code} | pending | error
    about: dict[str, str] = field(default_factory=dict)

    def on(self, workflow_id: str, role: str = "") -> None:
        """Name the case, once it is known to exist, and the role in which the act is done."""
        self.about |= about_case(workflow_id)
        if role:
            self.about["role"] = role


@contextmanager
def observed(act: str) -> Iterator[Seen]:
    """Count, time and log one act by its result; `act` is a name of the table of acts."""
    seen, began = Seen(), monotonic()
    try:
        yield seen
    except BaseException as error:
        seen.result = _result_of(error)
        raise
    finally:
        _note(act, seen, monotonic() - began)


def _result_of(error: BaseException) -> str:
    if isinstance(error, Refused):
        return f"refused:{error.code}"
    if isinstance(error, ApplicationError) and error.category is ApplicationErrorCategory.BENIGN:
        return f"refused:{error.type}"
    return "pending" if isinstance(error, StillRunning) else "error"


def _note(act: str, seen: Seen, seconds: float) -> None:
    metrics.ACTS.labels(act, seen.result.partition(":")[0]).inc()
    metrics.ACT_SECONDS.observe(seconds)
    trace.get_current_span().set_attributes({"selter.act": act, "selter.result": seen.result})
    facts = {"result": seen.result, "ms": round(seconds * 1000)}
    with about(act=act, **seen.about):
        _log.info("act %s, %d ms", seen.result, facts["ms"], extra={"facts": facts})


class ActivityWatch(Interceptor):
    """Names the case in an activity's lines, counts the acts of time, and keeps the texts of errors out of history.

    It belongs around every other interceptor of a worker.
    """

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        """Around everything else that happens in an activity."""
        return _Watched(next)


class _Watched(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        with about(**about_case(activity.info().workflow_id or "")), _without_texts():
            command = next((given.command for given in input.args if isinstance(given, CommitRequest)), None)
            if command is None or command.actor.role != _SYSTEM:
                return await super().execute_activity(input)
            with observed(command.act) as seen:
                seen.on(activity.info().workflow_id or "", _SYSTEM)
                committed = await super().execute_activity(input)
                seen.result = "replayed" if committed.replayed else "done"
                return committed


@contextmanager
def _without_texts() -> Iterator[None]:
    """A failure goes into the history unencrypted: it says which error it was and where, not what was in it.

    Raises:
        ApplicationError: of the error's type, to be retried as before; refusals, which are codes, pass as they are.
    """
    try:
        yield
    except ApplicationError as error:
        if error.category is ApplicationErrorCategory.BENIGN:
            raise
        told = ApplicationError(
            outline(error),
            type=error.type,
            non_retryable=error.non_retryable,
            next_retry_delay=error.next_retry_delay,
        )
        raise told.with_traceback(error.__traceback__) from None
    except TemporalError:
        raise
    except Exception as error:
        told = ApplicationError(outline(error), type=type(error).__name__)
        raise told.with_traceback(error.__traceback__) from None

"""Logging: one line a record, as text or JSON, to standard error, with what it is about and without personal data.

A line carries ids from `about`. The text of an exception is left out, because databases and validators put the refused
values there; what other libraries say is kept up to the first value in it, because Temporal's core prints whole
histories and asyncio the results of tasks; and a line has a length cap.
"""

import json
import logging
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final, Protocol

from opentelemetry import trace
from temporalio.runtime import (
    LogForwardingConfig,
    LoggingConfig,
    PrometheusConfig,
    Runtime,
    TelemetryConfig,
    TelemetryFilter,
)

LINE_LIMIT: Final = 2_000
FRAMES: Final = 8
_OURS: Final = "selter"
_FOREIGN_LIMIT: Final = 200
_VALUE: Final = re.compile(r"[\[({<\"'=:\n\d]")  # where the words of another library's message end and its values begin
ABOUT: ContextVar[Mapping[str, str]] = ContextVar("selter_about", default=MappingProxyType({}))
# These would write addresses with their query, or statements with their values.
QUIET: Final = (
    "uvicorn.access",
    "uvicorn.error",
    "alembic",
    "temporalio.worker",
    "httpx",
    "httpcore",
    "sqlalchemy",
    "mail.log",
    "fontTools",
    "asyncio",
)


class LogSettings(Protocol):
    """What logging needs of the settings."""

    @property
    def log_level(self) -> str:
        """DEBUG, INFO, WARNING or ERROR."""

    @property
    def log_format(self) -> str:
        """Text or json."""


@contextmanager
def about(*, request: str = "", act: str = "", role: str = "", case: str = "", workflow: str = "") -> Iterator[None]:
    """Name what the lines within are about; inner names add to outer ones. Ids and roles only, never a person."""
    named = {"request": request, "act": act, "role": role, "case": case, "workflow": workflow}
    token = ABOUT.set({**ABOUT.get(), **{key: value for key, value in named.items() if value}})
    try:
        yield
    finally:
        ABOUT.reset(token)


def about_case(workflow_id: str) -> Mapping[str, str]:
    """A case as `about` names it: its id in the record and its workflow's."""
    return {"case": workflow_id.partition("/")[2].replace("/", "-"), "workflow": workflow_id}


class OneLine(logging.Formatter):
    """`time level logger message key=value …`, escaped and capped."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of at most `LINE_LIMIT` characters."""
        parts = [_time(record), record.levelname, record.name, _said(record)]
        parts += [f"{key}={value}" for key, value in _fields(record).items()]
        line = " ".join(parts).replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n")
        return line if len(line) <= LINE_LIMIT else f"{line[:LINE_LIMIT]}… ({len(line)} characters)"


class JsonLine(logging.Formatter):
    """One JSON object a line: `time`, `level`, `logger`, `message`, and what the record is about."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line; its message has at most `LINE_LIMIT` characters."""
        facts = getattr(record, "facts", {})
        line = {"time": _time(record), "level": record.levelname, "logger": record.name}
        line |= {"message": _said(record)[:LINE_LIMIT], **_fields(record), **facts}
        return json.dumps(line, ensure_ascii=False, default=str)


FORMATS: Final[Mapping[str, type[logging.Formatter]]] = MappingProxyType({"text": OneLine, "json": JsonLine})


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _said(record: logging.LogRecord) -> str:
    """The message; of another library's only the words before its first value."""
    if record.name.partition(".")[0] == _OURS:
        return record.getMessage()
    if isinstance(record.msg, BaseException):
        return outline(record.msg)
    words = _VALUE.split(record.getMessage(), maxsplit=1)[0]
    return words[:_FOREIGN_LIMIT].rstrip() or "(values only)"


def _fields(record: logging.LogRecord) -> dict[str, str]:
    """What the record is about, the trace it belongs to, and the outline of its error."""
    fields = dict(ABOUT.get())
    work: Mapping[str, Any] = getattr(record, "temporal_workflow", None) or getattr(record, "temporal_activity", {})
    if "workflow_id" in work:
        fields |= about_case(work["workflow_id"])
    span = trace.get_current_span().get_span_context()
    if span.is_valid:
        fields["trace"] = trace.format_trace_id(span.trace_id)
    if record.exc_info and record.exc_info[1] is not None:
        fields["error"] = outline(record.exc_info[1])
    return fields


def outline(error: BaseException) -> str:
    """Which exceptions, from where; not their texts."""
    names = [type(error).__name__]
    cause = error.__cause__ or error.__context__
    while cause is not None and len(names) < FRAMES:
        names.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    where = []
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        where.append(f"{step.tb_frame.f_globals.get('__name__', '?')}.{code.co_name}:{step.tb_lineno}")
        step = step.tb_next
    return f"{'<-'.join(names)}@{'>'.join(where[-FRAMES:])}"


def configure(settings: LogSettings) -> None:
    """Set up logging for the process, replacing what was there, and make Temporal's core log through it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(FORMATS[settings.log_format]())
    logging.raiseExceptions = False  # a line that cannot be written would be printed with its values
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(settings.log_level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    Runtime.set_default(temporal_runtime(), error_if_already_set=False)


def temporal_runtime(metrics_address: str = "") -> Runtime:
    """A Temporal runtime whose core logs through ours, and counts at `host:port` where one is given."""
    metrics = PrometheusConfig(bind_address=metrics_address, counters_total_suffix=True, durations_as_seconds=True)
    return Runtime(telemetry=TelemetryConfig(logging=core_logging(), metrics=metrics if metrics_address else None))


def core_logging() -> LoggingConfig:
    """Temporal's core: errors only, without its field dump, in which histories are."""
    forwarding = LogForwardingConfig(
        logger=logging.getLogger("temporal.core"),
        append_target_to_name=False,
        prepend_target_on_message=False,
        append_log_fields_to_message=False,
    )
    return LoggingConfig(filter=TelemetryFilter(core_level="ERROR", other_level="ERROR"), forwarding=forwarding)

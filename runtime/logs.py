"""Logging: one line a record, to standard error, with what it is about and without personal data.

A line carries ids from `about`; the text of an exception is left out, because databases and validators put the refused
values there, and a line has a length cap, because Temporal's core prints whole histories.
"""

import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import Protocol

from temporalio.runtime import LogForwardingConfig, LoggingConfig, Runtime, TelemetryConfig, TelemetryFilter

LINE_LIMIT = 2_000
FRAMES = 8
ABOUT: ContextVar[Mapping[str, str]] = ContextVar("selter_about", default=MappingProxyType({}))
# These would write addresses with their query, or statements with their values.
QUIET = (
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


@contextmanager
def about(*, request: str = "", case: str = "", workflow: str = "", act: str = "") -> Iterator[None]:
    """Name what the lines within are about; inner names add to outer ones. Ids only, never a person."""
    named = {"request": request, "case": case, "workflow": workflow, "act": act}
    token = ABOUT.set({**ABOUT.get(), **{key: value for key, value in named.items() if value}})
    try:
        yield
    finally:
        ABOUT.reset(token)


class OneLine(logging.Formatter):
    """`time level logger message key=value …`, escaped and capped."""

    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03d"

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of at most `LINE_LIMIT` characters."""
        parts = [self.formatTime(record), record.levelname, record.name, record.getMessage()]
        parts += [f"{key}={value}" for key, value in ABOUT.get().items()]
        if record.exc_info and record.exc_info[1] is not None:
            parts.append(f"error={outline(record.exc_info[1])}")
        line = " ".join(parts).replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n")
        return line if len(line) <= LINE_LIMIT else f"{line[:LINE_LIMIT]}… ({len(line)} characters)"


def outline(error: BaseException) -> str:
    """Which exceptions, from where; not their texts."""
    names = [type(error).__name__]
    cause = error.__cause__ or error.__context__
    while cause is not None and len(names) < FRAMES:
        names.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    where = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        where.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}.{code.co_name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{'<-'.join(names)}@{'>'.join(where[-FRAMES:])}"


def configure(settings: LogSettings) -> None:
    """Set up logging for the process, replacing what was there, and make Temporal's core log through it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine())
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


def temporal_runtime() -> Runtime:
    """A Temporal runtime whose core logs errors only, through ours, without its field dump."""
    return Runtime(
        telemetry=TelemetryConfig(
            logging=LoggingConfig(
                filter=TelemetryFilter(core_level="ERROR", other_level="ERROR"),
                forwarding=LogForwardingConfig(
                    logger=logging.getLogger("temporal.core"),
                    append_target_to_name=False,
                    append_log_fields_to_message=False,
                ),
            )
        )
    )

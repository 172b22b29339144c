"""Logging: one line, capped, with ids and without personal data."""

import asyncio
import gc
import json
import logging
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from temporalio.runtime import Runtime

from runtime.logs import LINE_LIMIT, JsonLine, OneLine, about, about_case, configure, core_logging, outline
from runtime.logs import temporal_runtime as runtime_of

NAME = "Siti Rahmawati"


@pytest.fixture
def configured() -> Iterator[None]:
    """Configured logging; the root is put back afterwards."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    configure(SimpleNamespace(log_level="INFO", log_format="text"))
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def line(message: str, error: BaseException | None = None) -> str:
    """A record, formatted."""
    info = (type(error), error, error.__traceback__) if error else None
    return OneLine().format(logging.LogRecord("selter", logging.INFO, "f", 1, message, (), info))


def raised() -> ValueError:
    """An exception with a person's name in it, from an exception with one."""
    try:
        try:
            raise KeyError(NAME)
        except KeyError as error:
            raise ValueError(NAME) from error
    except ValueError as error:
        return error


def test_a_record_is_one_line() -> None:
    assert "\n" not in line("first\nsecond\r\nthird")
    assert "first\\nsecond" in line("first\nsecond")


def test_a_line_is_capped() -> None:
    assert len(line("x" * 1_000_000)) < LINE_LIMIT + 40
    assert "characters" in line("x" * 1_000_000)


def test_ids_of_inner_and_outer_contexts_are_added_and_removed() -> None:
    with about(request="r1"), about(case="c1", workflow="selection/c1"), about(act="advance"):
        assert line("done").endswith("done request=r1 case=c1 workflow=selection/c1 act=advance")
    assert line("done").endswith("done")


def test_an_exception_shows_where_and_what_kind_but_not_its_text() -> None:
    shown = line("failed", raised())
    assert NAME not in shown
    assert "error=ValueError<-KeyError@" in shown
    assert "raised:" in shown
    assert outline(ValueError(NAME)).startswith("ValueError@")


def test_it_goes_to_standard_error_and_leaves_standard_output_alone(
    configured: None, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(SimpleNamespace(log_level="INFO", log_format="text"))  # again: no line is written twice
    logging.getLogger("selter").info("open")
    logging.getLogger("selter").debug("hidden")
    logging.getLogger("uvicorn.access").info("GET /track?token=secret")
    logging.getLogger("httpx").info("GET https://example.test/?nip=1")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("open") == 1
    assert len(captured.err.splitlines()) == 1


def test_temporal_logs_through_ours() -> None:
    assert isinstance(runtime_of(), Runtime)


def from_core(message: str, **fields: Any) -> SimpleNamespace:
    """A line as Temporal's core hands it over."""
    return SimpleNamespace(level=logging.ERROR, target="worker", message=message, time=0.0, fields=fields)


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_an_error_of_temporals_core_cannot_print_a_history(
    configured: None, capsys: pytest.CaptureFixture[str], log_format: str
) -> None:
    configure(SimpleNamespace(log_level="INFO", log_format=log_format))
    forwarding = core_logging().forwarding
    assert forwarding is not None
    history = f'[HistoryEvent {{ event_id: 1, payload: "{NAME}" }}]'
    said = "We expected to be able to fetch more events but server says there are none"
    forwarding._on_logs([from_core(said, current_events=history), from_core(f"{said} current_events={history}")])
    shown = capsys.readouterr().err
    assert shown.count(said) == 2
    for text in (NAME, "HistoryEvent", "payload"):
        assert text not in shown


def test_what_asyncio_says_of_a_lost_task_has_no_values(configured: None, capsys: pytest.CaptureFixture[str]) -> None:
    configure(SimpleNamespace(log_level="INFO", log_format="text"))

    async def fails() -> None:
        raise ValueError(NAME)

    async def forgets() -> None:
        await asyncio.wait({asyncio.ensure_future(fails())})

    asyncio.run(forgets())
    gc.collect()
    shown = capsys.readouterr().err
    assert "Task exception was never retrieved" in shown
    assert "error=ValueError@" in shown
    assert NAME not in shown


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        (f"Completing activity as failed ({{'name': '{NAME}'}})", "Completing activity as failed"),
        (f"{{'name': '{NAME}'}}", "(values only)"),
        (f"could not connect: {NAME}", "could not connect"),
        (ValueError(NAME), "ValueError@"),
        ("plain words " * 100, ("plain words " * 100)[:200].rstrip()),
    ],
)
def test_another_librarys_message_is_kept_up_to_its_first_value(message: object, kept: str) -> None:
    record = logging.LogRecord("temporalio.activity", logging.WARNING, "f", 1, message, (), None)
    shown = json.loads(JsonLine().format(record))
    assert shown["message"] == kept
    assert NAME not in str(shown)


def test_a_line_of_temporals_own_loggers_names_the_case() -> None:
    record = logging.LogRecord("temporalio.workflow", logging.ERROR, "f", 1, "the record refused remind", (), None)
    record.temporal_workflow = {"workflow_id": "contract/0k3f9x2m7q0ab/2027"}
    shown = json.loads(JsonLine().format(record))
    assert (shown["case"], shown["workflow"]) == ("0k3f9x2m7q0ab-2027", "contract/0k3f9x2m7q0ab/2027")


def test_a_json_line_has_what_it_is_about_as_fields() -> None:
    record = logging.LogRecord("selter.acts", logging.INFO, "f", 1, "act %s", ("done",), None)
    record.facts = {"result": "done", "ms": 12}
    record.created = 1_800_000_000.5
    with about(request="r1", act="publish", role="secretariat", **about_case("selection/s1")):
        shown = json.loads(JsonLine().format(record))
    assert shown == {
        "time": "2027-01-15T08:00:00.500Z",
        "level": "INFO",
        "logger": "selter.acts",
        "message": "act done",
        "request": "r1",
        "act": "publish",
        "role": "secretariat",
        "case": "s1",
        "workflow": "selection/s1",
        "result": "done",
        "ms": 12,
    }


def test_a_json_line_is_one_line_and_capped() -> None:
    record = logging.LogRecord("selter", logging.INFO, "f", 1, "a\nb" + "x" * 1_000_000, (), None)
    shown = JsonLine().format(record)
    assert "\n" not in shown
    assert len(shown) < LINE_LIMIT + 200

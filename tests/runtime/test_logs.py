"""Logging: one line, capped, with ids and without personal data."""

import logging
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from temporalio.runtime import Runtime

from runtime.logs import LINE_LIMIT, OneLine, about, configure, outline, temporal_runtime

NAME = "Siti Rahmawati"


@pytest.fixture
def configured() -> Iterator[None]:
    """Configured logging; the root is put back afterwards."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    configure(SimpleNamespace(log_level="INFO"))
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
    configure(SimpleNamespace(log_level="INFO"))  # again: no line is written twice
    logging.getLogger("selter").info("open")
    logging.getLogger("selter").debug("hidden")
    logging.getLogger("uvicorn.access").info("GET /track?token=secret")
    logging.getLogger("httpx").info("GET https://example.test/?nip=1")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("open") == 1
    assert len(captured.err.splitlines()) == 1


def test_temporal_logs_through_ours() -> None:
    assert isinstance(temporal_runtime(), Runtime)

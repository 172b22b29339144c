"""When a request came in: a deadline is judged by it, however long the request waits to be served."""

from datetime import UTC, datetime, timedelta

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from api.middleware import Exchange
from runtime.clock import real_now

HEADER = "X-Request-Start"


def arrival(said: str, header: str = HEADER) -> datetime:
    """When a request came in that says so in that header."""

    async def tell(request: Request) -> PlainTextResponse:
        return PlainTextResponse(request.state.arrived.isoformat())

    app = Exchange(Starlette(routes=[Route("/", tell)]), upload_limit=1, https=False, arrival_header=header)
    return datetime.fromisoformat(TestClient(app).get("/", headers=[(HEADER.encode(), said.encode())]).text)


def milliseconds(at: datetime) -> str:
    """As a proxy writes it."""
    return str(round(at.timestamp() * 1000))


def test_the_proxy_in_front_says_when_a_request_came_in() -> None:
    at = real_now().replace(microsecond=250_000) - timedelta(seconds=25)
    assert arrival(milliseconds(at)) == at


@pytest.mark.parametrize("ahead", [timedelta(seconds=-31), timedelta(seconds=5), timedelta(days=-1)])
def test_an_instant_that_cannot_be_is_not_believed(ahead: timedelta) -> None:
    before = real_now()
    assert before <= arrival(milliseconds(before + ahead)) <= real_now()


@pytest.mark.parametrize("said", ["", "t=1", "1e12", "-1234567890123", "\u0661" * 13, "9" * 14])
def test_what_is_no_instant_is_not_believed(said: str) -> None:
    before = real_now()
    assert before <= arrival(said) <= real_now()


def test_without_the_setting_nobody_says_when_he_came() -> None:
    before = real_now()
    assert arrival(milliseconds(datetime.now(UTC) - timedelta(seconds=5)), header="") >= before

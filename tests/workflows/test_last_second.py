"""A deadline's last second belongs to it whole, whatever Temporal's clock says."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from temporalio.exceptions import ApplicationError

from activities.record import RecordActivities
from domain.dates import over_at
from domain.refusals import Refused
from records.database import Database
from runtime.clock import Clock
from runtime.timeskip import TimeMover
from tests.workflows.live import Live
from workflows.messages import Actor, Command
from workflows.ports import CommitRequest

DUE = datetime(2027, 3, 23, 16, 59, 59, tzinfo=UTC)
GRACE = timedelta(seconds=10)


@pytest.fixture
def falls_due(sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Try, at an instant of the installation's clock, to write that something fell due."""
    database = Database(f"sqlite:///{sqlite_template}")
    clock = Clock(database, movable=False)
    record = RecordActivities(database, clock, GRACE)
    system = Actor(person_id="", role="system")
    command = Command(act="fall_due", actor=system, at=DUE, request_id="r", payload_sha256="", keys=("r",))

    def attempt(now: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: now)
        record.commit(CommitRequest("selection/none", 2, command))

    return attempt


@pytest.mark.parametrize("left", [timedelta(microseconds=1), GRACE, GRACE + timedelta(minutes=1)])
def test_what_is_not_over_is_tried_again_when_it_is(falls_due: Callable[[datetime], None], left: timedelta) -> None:
    with pytest.raises(ApplicationError) as caught:
        falls_due(over_at(DUE) + GRACE - left)
    assert (caught.value.type, caught.value.next_retry_delay) == ("DeadlineNotOver", left)
    assert not caught.value.non_retryable


def test_a_case_is_not_held_up_for_a_clock_that_is_far_off(falls_due: Callable[[datetime], None]) -> None:
    with pytest.raises(Refused) as caught:
        falls_due(over_at(DUE) - timedelta(minutes=1, microseconds=1))
    assert caught.value.code == "deadline-not-over"


def test_what_is_over_goes_to_the_record(falls_due: Callable[[datetime], None]) -> None:
    with pytest.raises(Refused) as caught:
        falls_due(over_at(DUE) + GRACE)
    assert caught.value.code == "unknown-case"


async def test_a_window_is_closed_when_its_last_second_is_over_and_not_before(live: Live) -> None:
    await live.act("publish", "secretariat")
    due = live.world.due("window")
    await live.move(due - timedelta(seconds=2))
    await TimeMover(live.client).bring_to(live.world.key, due)  # the engine's clock runs ahead of the installation's
    assert await live.journal() == ["open", "publish", "remind", "fall_due"]
    assert await asyncio.to_thread(live.clock.now) >= over_at(due)

"""The wall clock of API and workers is set back or ahead while Temporal goes on: each deadline happens once."""

from datetime import timedelta
from typing import Any

import pytest

from records.tables import JournalEntry
from tests.acts import selection_road as road
from tests.wall import Wall
from tests.workflows.live import Live

pytestmark = pytest.mark.asyncio(loop_scope="session")
HOUR = timedelta(hours=1)


@pytest.fixture
def wall(live: Live, monkeypatch: pytest.MonkeyPatch) -> Wall:
    """The clock of this machine; the server has its own."""
    return Wall(monkeypatch)


async def entries(live: Live) -> list[Any]:
    """The round's journal, held against what the workflow holds."""
    rows = await live.do(lambda world: sorted(world.rows(JournalEntry), key=lambda r: r.seq))
    assert await live.state() == await live.do(lambda world: world.stored)
    return [row for row in rows if row.case_key == live.world.key]


async def test_acts_after_a_step_back_are_taken_and_every_deadline_happens_once(live: Live, wall: Wall) -> None:
    await live.act("publish", "secretariat")
    await live.do(road.applied)
    wall.step(-HOUR)
    await live.act("suspend", "chair", live.world.vacancy, ground="outage")
    wall.step(2 * HOUR)
    await live.act("resume", "chair", live.world.vacancy)
    wall.step(-HOUR)
    due = await live.do(lambda world: world.stored.deadline(f"window/{world.vacancy}").due)
    await live.move(due + HOUR)
    wall.step(-HOUR)
    await live.act("advance", "chair", live.world.vacancy, stage="announcement")
    found = await entries(live)
    assert [row.act for row in found].count("fall_due") == 1
    assert [row.at for row in found] == sorted(row.at for row in found)


async def test_a_deadline_that_the_clock_was_set_back_behind_is_late_and_not_lost(live: Live, wall: Wall) -> None:
    """Temporal's timer has fired; the record does not close a window that by its own clock is open."""
    await live.act("publish", "secretariat")
    due = await live.do(lambda world: world.stored.deadline(f"window/{world.vacancy}").due)
    await live.move(due - HOUR)
    wall.step(-HOUR)
    await live.mover.bring_to(live.world.key, due + timedelta(minutes=1))
    assert "fall_due" not in [row.act for row in await entries(live)]
    await live.move(due + timedelta(hours=8))
    (fallen,) = [row for row in await entries(live) if row.act == "fall_due"]
    assert fallen.at == due

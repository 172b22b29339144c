"""Appointment: minutes and signatures, the three names, clearance, the choice, the decree and the inauguration."""

from datetime import timedelta

import pytest

from tests.acts import selection_road as road
from tests.acts.selection_world import World

pytest_plugins = ["tests.acts.selection_world"]


def test_smoke_inauguration(published: World) -> None:
    world = published
    road.decreed(world)
    world.now += timedelta(days=2)
    today = world.calendar().local_date(world.now).isoformat()
    world.act(
        "record_inauguration", "secretariat", world.vacancy, inaugurated_on=today, officiant_id=world.people["ppk"],
        witness_ids=[world.people["pyb"], world.people["clerk"]], oath="islam",
    )
    assert world.state.closed_at

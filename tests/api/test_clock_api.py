"""The clock over HTTP: everybody reads it, the administrator of a demo moves it, and production has no such route."""

from collections.abc import Collection
from datetime import datetime, timedelta

import pytest

from runtime.clock import Clock
from runtime.simulation import Simulation
from tests.api.site import Site, local, ok, refused


class Quiet:
    """Moves nothing: the cases of these tests have no workflow."""

    def __init__(self) -> None:
        self.moves: list[datetime] = []

    async def bring_all_to(self, keys: Collection[str], instant: datetime) -> None:
        self.moves.append(instant)


class Movable(Clock):
    """A standing clock that may be put forward."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    @property
    def movable(self) -> bool:
        return True

    def when(self, real: datetime) -> datetime:
        return self.at

    def offset(self) -> timedelta:
        return timedelta(days=3)

    def move_to(self, instant: datetime) -> None:
        self.at = max(self.at, instant)


class Fixed(Movable):
    """The clock of production."""

    @property
    def movable(self) -> bool:
        return False

    def offset(self) -> timedelta:
        return timedelta(0)


@pytest.fixture
def movable(site: Site) -> Site:
    """A site whose time may be moved."""
    clock = Movable(site.clock.at)
    site.clock = site.services.clock = clock
    site.services.simulation = Simulation(site.database, clock, Quiet())  # type: ignore[arg-type]  # a fake mover
    return site


def test_anybody_reads_the_clock(movable: Site) -> None:
    shown = ok(movable.nobody.get("/clock"))
    assert datetime.fromisoformat(shown["now"]) == movable.clock.at
    assert (shown["movable"], shown["offset_seconds"]) == (True, 3 * 86400)


def test_the_administrator_moves_it_by_days_and_the_chain_tells(movable: Site) -> None:
    before = movable.clock.at
    moved = ok(movable.person("admin").post("/clock/advance", {"days": 2}))
    assert datetime.fromisoformat(moved["now"]) == before + timedelta(days=2)
    assert datetime.fromisoformat(moved["before"]) == before


def test_it_goes_to_an_instant_and_never_back(movable: Site) -> None:
    target = local("2027-01-08T12:00:00")
    moved = ok(movable.person("admin").post("/clock/advance", {"to": target.isoformat()}))
    assert datetime.fromisoformat(moved["now"]) == target
    earlier = {"to": local("2026-01-01T00:00:00").isoformat()}
    assert datetime.fromisoformat(ok(movable.person("admin").post("/clock/advance", earlier))["now"]) == target


def test_without_a_deadline_the_next_one_leaves_it_where_it_is(movable: Site) -> None:
    moved = ok(movable.person("admin").post("/clock/advance", {"next_deadline": True}))
    assert (moved["before"], moved["happened"], moved["next"]) == (moved["now"], 0, None)


@pytest.mark.parametrize("body", [{}, {"days": 1, "next_deadline": True}, {"days": 0}, {"to": "2027-01-08T12:00:00"}])
def test_exactly_one_way_to_move_is_named(movable: Site, body: dict[str, object]) -> None:
    refused(movable.person("admin").post("/clock/advance", body), "validation", 422)


@pytest.mark.parametrize("key", ["secretariat", "chair", "observer"])
def test_only_the_administrator_moves_it(movable: Site, key: str) -> None:
    refused(movable.person(key).post("/clock/advance", {"days": 1}), "not-allowed", 403)
    refused(movable.nobody.post("/clock/advance", {"days": 1}), "sign-in-needed", 401)


def test_in_production_there_is_no_such_route(site: Site) -> None:
    clock = Fixed(site.clock.at)
    site.services.clock = clock
    site.services.simulation = Simulation(site.database, clock, Quiet())  # type: ignore[arg-type]  # a fake mover
    refused(site.person("admin").post("/clock/advance", {"days": 1}), "not-found", 404)
    assert ok(site.nobody.get("/clock"))["movable"] is False


def test_without_a_simulation_there_is_no_such_route_either(site: Site) -> None:
    refused(site.person("admin").post("/clock/advance", {"days": 1}), "not-found", 404)

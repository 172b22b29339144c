"""The wall clock is set back or ahead under the API: what was closed stays closed; a case's time never runs back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from records import journal
from records.verify import verify
from runtime.clock import Clock
from tests.api.site import CLOSES, Site, local, ok, refused
from tests.wall import Wall

pytestmark = pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)  # nothing here depends on the database
HOUR = timedelta(hours=1)
STEPS = pytest.mark.parametrize("step", [-HOUR, HOUR], ids=["back", "ahead"])


@pytest.fixture
def wall(published: Site, monkeypatch: pytest.MonkeyPatch) -> Wall:
    """The machine's clock, which is the site's as in production."""
    wall = Wall(monkeypatch)
    wall.set(published.clock.at)
    published.services.clock = Clock(published.database, movable=False)
    for key in ("secretariat", "chair"):
        published.sign_in(key, f"{key}@tw.example")
    return wall


def times(site: Site) -> list[Any]:
    """The instants of the round's journal, in its order."""
    with site.database.read() as session:
        return [entry.at for entry in journal.entries_of(session, site.case)]


@STEPS
def test_tokens_and_idempotency_keys_outlast_it(published: Site, wall: Wall, step: timedelta) -> None:
    application = published.begin("p1", 1)
    person, path, key = published.person("p1"), f"/applications/{application}/submit", "one-submission"
    first = ok(person.post(path, headers={"Idempotency-Key": key}))
    wall.step(step)
    assert ok(person.post(path, headers={"Idempotency-Key": key})) == first
    assert ok(person.get(f"/applications/{application}"))["submitted_at"] == first["submitted_at"]


def test_a_window_that_closed_stays_closed_when_the_clock_is_set_back(published: Site, wall: Wall) -> None:
    site = published
    application = site.begin("p1", 1)
    site.sign_up("p2", 2)
    over = local(f"{CLOSES}T23:59:59") + timedelta(seconds=1)
    wall.set(over)
    site.sign_in("p1", "p1@tw.example")
    site.sign_in("p2", "p2@tw.example")
    site.engine.fall_due(site.case, f"window/{site.vacancy}", over)
    wall.step(-HOUR)
    refused(site.person("p1").post(f"/applications/{application}/submit"), "window-closed", 409)
    path = f"/vacancies/{site.vacancy}/applications"
    refused(site.person("p2").post(path, {"profile": {}}), "window-closed", 409)
    site.engine.fall_due(site.case, f"window/{site.vacancy}", over)
    with site.database.read() as session:
        assert [e.act for e in journal.entries_of(session, site.case)].count("fall_due") == 1


@STEPS
def test_a_case_goes_on_and_its_journal_never_runs_back(published: Site, wall: Wall, step: timedelta) -> None:
    site = published
    acts: list[Callable[[], Any]] = [
        lambda: site.chair("suspend", ground="outage", reason="Listrik padam."),
        lambda: site.chair("resume", reason="Listrik menyala."),
    ]
    for act in [*acts, *acts]:
        answer = act()
        assert answer["at"] == times(site)[-1].isoformat()
        wall.step(step)
        step = -step
    assert times(site) == sorted(times(site))
    with site.database.read() as session:
        assert verify(session, site.files).breaks == ()

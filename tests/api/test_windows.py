"""Two transactions at the deadline: whoever holds the window first is through, and nothing is counted before that."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from domain.refusals import Refused
from records import submission
from records.audit import Author
from records.selections import state_of
from tests.api.site import CLOSES, Site, local, ok

pytestmark = pytest.mark.both_databases


def test_a_submission_in_flight_at_the_deadline_is_counted(published: Site) -> None:
    site = published
    application = site.begin("p1", 1)
    last = local(f"{CLOSES}T23:59:59")
    with ThreadPoolExecutor(1) as pool:
        with site.database.write() as writer:
            submission.submit(writer, application, last, Author(site.people["p1"]))
            at = last + timedelta(seconds=1)
            closing = pool.submit(site.engine.fall_due, site.case, f"window/{site.vacancy}", at)
            try:
                closing.result(timeout=0.5)
            except TimeoutError:
                waited = True
            else:
                waited = False
        closing.result(timeout=20)
    assert waited
    with site.database.read() as session:
        assert state_of(session, site.selection).lanes[site.vacancy].applicants == 1


def test_a_submission_that_meets_a_window_being_closed_waits_and_is_refused(published: Site) -> None:
    site = published
    application = site.begin("p1", 1)
    last = local(f"{CLOSES}T23:59:59")

    def submit() -> str:
        try:
            with site.database.write() as writer:
                submission.submit(writer, application, last, Author(site.people["p1"]))
        except Refused as refused:
            return refused.code
        return "submitted"

    from records.tables import Window

    with ThreadPoolExecutor(1) as pool:
        with site.database.write() as writer:
            window = writer.session.get_one(Window, site.vacancy, with_for_update=True)
            window.closed_at = last + timedelta(seconds=1)
            writer.session.add(window)
            writer.session.flush()
            waiting = pool.submit(submit)
            try:
                waiting.result(timeout=0.5)
            except TimeoutError:
                waited = True
            else:
                waited = False
        outcome = waiting.result(timeout=20)
    assert (waited, outcome) == (True, "window-closed")
    assert ok(site.person("p1").get(f"/applications/{application}"))["submitted_at"] is None

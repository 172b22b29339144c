"""What an operator watches, counted in real records: the numbers, the boundaries, and four queries for any number."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from domain.words import CaseKind
from records import journal
from records.database import Database
from records.tables import Document, OutboundMail
from records.watch import Counts, count
from tests.acts import selection_road as road
from tests.acts.selection_world import World

pytest_plugins = ["tests.acts.selection_fixtures"]
MINUTE = timedelta(minutes=1)


def counted(world: World, after: timedelta = timedelta(0)) -> Counts:
    with world.database.read() as session:
        return count(session, world.now + after)


def set_mails(world: World, number: int, **values: object) -> None:
    """Change so many mails."""
    with world.database.write() as writer:
        for mail in writer.session.exec(select(OutboundMail).order_by(col(OutboundMail.id)).limit(number)):
            for name, value in values.items():
                setattr(mail, name, value)
            writer.session.add(mail)


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """The queries that are made."""
    made: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        made.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield made
    event.remove(database.engine, "before_cursor_execute", note)


def test_an_empty_record_has_nothing_to_watch(database: Database) -> None:
    with database.read() as session:
        found = count(session, World(database).now)
    assert found == Counts(0, 0, timedelta(0), 0, {}, {}, {}, frozenset())


def test_mails_count_until_they_are_sent_or_dead(published: World) -> None:
    total = len(published.rows(OutboundMail))
    assert total > 2
    found = counted(published, 10 * MINUTE)
    assert (found.mails_waiting, found.mails_dead) == (total, 0)
    assert timedelta(0) < found.mail_oldest <= 10 * MINUTE
    set_mails(published, 2, dead_at=published.now)
    assert (counted(published).mails_waiting, counted(published).mails_dead) == (total - 2, 2)
    set_mails(published, total, sent_at=published.now)
    assert counted(published, 10 * MINUTE).mail_oldest == timedelta(0)
    assert (counted(published).mails_waiting, counted(published).mails_dead) == (0, 0)


def test_a_clock_that_is_behind_the_mail_gives_no_negative_age(published: World) -> None:
    assert counted(published, timedelta(days=-1)).mail_oldest == timedelta(0)


def test_documents_count_until_they_are_pressed(published: World) -> None:
    rows = published.rows(Document)
    assert counted(published).documents_unpressed == len(rows) > 0
    for row in rows:
        published.change(Document, row.id, pressed_at=published.now)
    assert counted(published).documents_unpressed == 0


def test_open_cases_count_by_kind_with_their_last_entry(published: World) -> None:
    assert counted(published).cases_open == {"selection": 1}
    assert counted(published).journals == {published.key: 2}


def test_a_closed_case_is_watched_no_more(published: World) -> None:
    published.act("cancel", "secretariat", ground="other")
    found = counted(published)
    assert (found.cases_open, found.journals, found.deadlines_overdue) == ({}, {}, {})


def test_a_deadline_that_has_passed_is_an_overdue_duty_and_not_the_machines_fault(published: World) -> None:
    road.screening(published)
    assert counted(published).deadlines_overdue == {}
    published.reach(published.due("screening"))
    found = counted(published, timedelta(days=1))
    assert found.deadlines_overdue == {"screening": 1}
    assert found.late == frozenset()


@pytest.mark.parametrize(("after", "late"), [(5 * MINUTE, False), (5 * MINUTE + timedelta(seconds=1), True)])
def test_a_deadline_that_nobody_let_pass_for_five_minutes_is_the_machines_fault(
    published: World, after: timedelta, late: bool
) -> None:
    due = published.due("window")
    found = counted(published, due - published.now + after)
    assert found.late == (frozenset({published.key}) if late else frozenset())
    assert found.deadlines_overdue == {}


def test_a_suspended_deadline_stands_still_and_is_not_late(published: World) -> None:
    due = published.due("window")
    published.act("suspend", "chair", published.vacancy, ground="outage")
    assert counted(published, due - published.now + timedelta(days=1)).late == frozenset()


def test_four_queries_are_made_however_many_cases_there_are(published: World) -> None:
    with statements(published.database) as few:
        counted(published)
    with published.database.write() as writer:
        for number in range(20):
            session, agency = writer.session, published.stored.agency_id
            journal.bear(
                session, CaseKind.SELECTION, f"s{number}", agency, published.now, "open", request_id=f"r{number}"
            )
    with statements(published.database) as many:
        found = counted(published)
    assert found.cases_open == {"selection": 21}
    assert len(many) == len(few)
    assert sum("SELECT" in statement for statement in many) == 4

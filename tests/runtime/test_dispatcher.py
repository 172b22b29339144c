"""The mail dispatcher beside another one, and beside a database that is away: each mail leaves once."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlmodel import select

from activities.mailer import Mailer
from records.audit import Writer
from records.database import Database
from records.files import FileStore
from records.tables import Agency, OutboundMail, Person
from runtime.clock import real_now
from runtime.settings import SmtpSettings
from runtime.smtp_catcher import SmtpCatcher


class Unsteady(Database):
    """A database that is away for some transactions."""

    away = 0

    @contextmanager
    def write(self) -> Iterator[Writer]:
        if self.away:
            self.away -= 1
            raise OperationalError("BEGIN", {}, ConnectionError())
        with super().write() as writer:
            yield writer


def queue(database: Database, count: int) -> None:
    """So many mails to one person."""
    now = real_now()
    with database.write() as writer:
        agency = Agency(
            name="Kabupaten", kind="kabupaten", head_title="", unit="", address="", contact="", place="", created_at=now
        )
        person = Person(name="Sari", mail="sari@tirtawening.example", created_at=now)
        writer.session.add_all([agency, person])
        writer.session.flush()
        common: dict[str, Any] = {"agency_id": agency.id, "person_id": person.id, "created_at": now, "facts": {}}
        for number in range(count):
            writer.session.add(OutboundMail(key=f"{number}", template="account_created", **common))


def mailer(database: Database, folder: Path, catcher: SmtpCatcher, patience: float = 5) -> Mailer:
    """A dispatcher that sends to the catcher."""
    settings = SmtpSettings(
        host="127.0.0.1", port=catcher.port, starttls=False, connect_timeout=patience, send_timeout=patience
    )
    return Mailer(database, FileStore(folder), settings, "https://selter.example")


def taken(catcher: SmtpCatcher) -> Counter[str]:
    """How often each Message-ID was accepted."""
    return Counter(str(caught.message["Message-ID"]) for caught in catcher.messages)


async def test_a_slow_server_outlasts_a_lease_and_no_mail_leaves_twice(sqlite_template: Path, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'selter.db')}")
    queue(database, 13)
    with SmtpCatcher() as catcher:
        catcher.delay(0.5)  # all thirteen take 6.5 s, a lease ends after 6 s
        two = [mailer(database, tmp_path, catcher, patience=1.5) for _ in range(2)]
        stop = asyncio.Event()
        running = [asyncio.create_task(one.run(stop, every=0.1)) for one in two]
        await asyncio.to_thread(catcher.wait_for, 13, 60)
        await asyncio.gather(*(one.settled() for one in two))
        stop.set()
        await asyncio.gather(*running)
        assert sorted(taken(catcher).values()) == [1] * 13
    database.close()


async def test_a_mail_that_was_accepted_is_marked_when_the_database_is_back(database_url: str, tmp_path: Path) -> None:
    database = Unsteady(database_url)
    queue(database, 1)
    with SmtpCatcher() as catcher:
        sender = mailer(database, tmp_path, catcher)
        lease = sender._lease

        def lease_and_lose_the_database(limit: int) -> Any:
            ready = lease(limit)
            database.away = 3
            return ready

        sender._lease = lease_and_lose_the_database  # type: ignore[method-assign]
        assert await sender.dispatch() == 1
        assert sorted(taken(catcher).values()) == [1]
    with database.read() as session:
        assert session.exec(select(OutboundMail)).one().sent_at is not None
    database.close()


async def test_a_mail_that_was_refused_is_sent_later(database: Database, tmp_path: Path) -> None:
    queue(database, 1)
    with SmtpCatcher() as catcher:
        catcher.refuse(times=1)
        sender = mailer(database, tmp_path, catcher)
        assert await sender.dispatch() == 1
        with database.read() as session:
            mail = session.exec(select(OutboundMail)).one()
        assert (mail.attempts, mail.sent_at, mail.leased_until) == (1, None, None)
        assert mail.next_try_at is not None
        assert mail.next_try_at > real_now()
        assert await sender.dispatch() == 0

"""The wall clock is set back or ahead under the dispatcher and sign-in: nothing is blocked for it, nothing doubled."""

import asyncio
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from activities.mailer import Mailer, backoff
from domain.refusals import Refused
from records.accounts import Passwords, sign_in
from records.bootstrap import create_admin
from records.database import Database
from records.files import FileStore
from records.tables import Agency, OutboundMail, Person
from runtime.clock import real_now
from runtime.settings import SmtpSettings
from runtime.smtp_catcher import SmtpCatcher
from tests.wall import Wall

HOUR = timedelta(hours=1)
LOGIN, PASSWORD = "admin@selter.example", "kata-sandi-yang-panjang"


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    """The machine's clock, to be set."""
    return Wall(monkeypatch)


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


def mailer(database: Database, folder: Path, catcher: SmtpCatcher) -> Mailer:
    """A dispatcher whose leases last eighty seconds."""
    smtp = SmtpSettings(host="127.0.0.1", port=catcher.port, starttls=False, connect_timeout=20, send_timeout=20)
    return Mailer(database, FileStore(folder), smtp, "https://selter.example")


def mails(database: Database) -> list[OutboundMail]:
    """All mails."""
    with database.read() as session:
        return list(session.exec(select(OutboundMail)))


async def test_a_lease_of_a_dispatcher_that_died_ends_in_time_though_the_clock_went_back(
    database: Database, tmp_path: Path, wall: Wall
) -> None:
    queue(database, 2)
    with SmtpCatcher() as catcher:
        lease = timedelta(seconds=80)
        assert len(mailer(database, tmp_path, catcher)._lease(25)) == 2  # and then it was killed
        wall.step(-HOUR)
        sender = mailer(database, tmp_path, catcher)
        assert await sender.dispatch() == 0  # whoever leased them may still be sending
        assert max(m.leased_until for m in mails(database) if m.leased_until) <= real_now() + lease
        wall.wait(lease)
        assert await sender.dispatch() == 2
        assert len(catcher.messages) == 2


async def test_a_retry_is_not_put_off_by_the_hour_that_the_clock_went_back(
    database: Database, tmp_path: Path, wall: Wall
) -> None:
    queue(database, 1)
    with SmtpCatcher() as catcher:
        catcher.refuse(times=2)
        sender = mailer(database, tmp_path, catcher)
        await sender.dispatch()
        wall.wait(backoff(1))
        await sender.dispatch()
        wall.step(-HOUR)
        assert await sender.dispatch() == 0
        wall.wait(backoff(2))
        assert await sender.dispatch() == 1
        assert len(catcher.messages) == 1


@pytest.mark.parametrize("step", [-HOUR, HOUR], ids=["back", "ahead"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_no_mail_leaves_twice_when_the_clock_is_set_while_it_is_sent(
    database: Database, tmp_path: Path, wall: Wall, step: timedelta
) -> None:
    queue(database, 6)
    with SmtpCatcher() as catcher:
        catcher.delay(0.2)
        one, other = (mailer(database, tmp_path, catcher) for _ in range(2))
        sending = asyncio.create_task(one.dispatch())
        await asyncio.to_thread(catcher.wait_for, 1)
        wall.step(step)
        while not sending.done():
            await other.dispatch()
        await sending
        count = Counter(str(caught.message["Message-ID"]) for caught in catcher.messages)
        assert sorted(count.values()) == [1] * 6
        assert all(m.sent_at is not None for m in mails(database))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_failed_sign_ins_slow_nobody_down_for_the_hour_that_the_clock_went_back(database: Database, wall: Wall) -> None:
    passwords = Passwords(1, 8, 1)
    with database.write() as writer:
        create_admin(writer, passwords, name="Admin", mail=LOGIN, password=PASSWORD, at=real_now())

    def refusal(password: str) -> str:
        with pytest.raises(Refused) as caught:
            sign_in(database, passwords, LOGIN, password, real_now())
        return caught.value.code

    assert [refusal("salah-salah-salah") for _ in range(6)] == ["sign-in-failed"] * 5 + ["sign-in-slowed"]
    wall.step(-HOUR)
    assert [refusal("salah-salah-salah") for _ in range(2)] == ["sign-in-failed", "sign-in-slowed"]  # a guess more
    wall.wait(timedelta(minutes=1))
    assert sign_in(database, passwords, LOGIN, PASSWORD, real_now()).token

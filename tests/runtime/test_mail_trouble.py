"""Mail servers in trouble, real ones on loopback: what arrives, what waits, what is given up, and what is told."""

import base64
import logging
import ssl
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from activities.mailer import MAX_ATTEMPTS, Mailer, backoff
from records import mail as mails
from records.audit import Author
from records.database import Database
from records.files import FileStore
from records.tables import Agency, Document, OutboundMail, Person
from runtime.clock import real_now
from runtime.embedded import free_port
from runtime.settings import SmtpSettings
from runtime.smtp_catcher import Drop, SmtpCatcher
from tests.wall import Wall

PASSWORD = "rahasia-yang-panjang"
ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # what does not depend on the database
pytestmark = ONE


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    """The machine's clock, to be set."""
    return Wall(monkeypatch)


@pytest.fixture
def catcher() -> Iterator[SmtpCatcher]:
    """A mail server."""
    with SmtpCatcher() as running:
        yield running


def queue(database: Database, *names: str) -> list[str]:
    """One mail to each person of these names, in this order; their ids."""
    now = real_now()
    with database.write() as writer:
        agency = Agency(
            name="Kabupaten", kind="kabupaten", head_title="", unit="", address="", contact="", place="", created_at=now
        )
        writer.session.add(agency)
        people = [Person(name=name, mail=f"{name}@tirtawening.example", created_at=now) for name in names]
        writer.session.add_all(people)
        writer.session.flush()
        found = [
            OutboundMail(
                agency_id=agency.id,
                key=person.name,
                person_id=person.id,
                template="account_created",
                facts={},
                created_at=now + timedelta(milliseconds=number),
            )
            for number, person in enumerate(people)
        ]
        writer.session.add_all(found)
        return [mail.id for mail in found]


def mailer(database: Database, folder: Path, port: int, patience: float = 20, **smtp: Any) -> Mailer:
    """A dispatcher for the server at that port."""
    given = {"host": "127.0.0.1", "port": port, "starttls": False, **smtp}
    settings = SmtpSettings(connect_timeout=20, send_timeout=patience, **given)
    return Mailer(database, FileStore(folder / "files"), settings, "https://selter.example")


def row(database: Database, mail_id: str) -> OutboundMail:
    """A mail as it stands."""
    with database.read() as session:
        return session.get_one(OutboundMail, mail_id)


def states(database: Database) -> list[tuple[int, bool, bool, str]]:
    """Of each mail in order: attempts, sent, dead, the last error."""
    with database.read() as session:
        rows = session.exec(select(OutboundMail).order_by(col(OutboundMail.created_at)))
        return [(m.attempts, m.sent_at is not None, m.dead_at is not None, m.last_error) for m in rows]


def arrived(catcher: SmtpCatcher) -> list[str]:
    """The ids of the mails that were accepted, in order, each with its Message-ID."""
    return [str(c.message["Message-ID"]).strip("<>").partition("@")[0] for c in catcher.messages]


async def test_a_server_that_is_down_gets_everything_once_and_in_order_when_it_is_back(
    database: Database, tmp_path: Path, wall: Wall
) -> None:
    port = free_port()
    ids = queue(database, "ani", "budi", "citra")
    sender = mailer(database, tmp_path, port)
    for attempts in (1, 2):
        assert await sender.dispatch() == 3
        assert states(database) == [(attempts, False, False, "SMTPConnectError")] * 3
        assert await sender.dispatch() == 0  # not before the wait is over
        wall.wait(backoff(attempts))
    with SmtpCatcher(port=port) as catcher:
        assert await sender.dispatch() == 3
        assert arrived(catcher) == ids
    assert states(database) == [(3, True, False, "SMTPConnectError")] * 3


async def test_a_slow_server_does_not_get_a_mail_marked_that_it_did_not_take(
    database: Database, tmp_path: Path, catcher: SmtpCatcher, wall: Wall
) -> None:
    ids = queue(database, "ani", "budi")
    catcher.delay(60)
    assert await mailer(database, tmp_path, catcher.port, patience=0.5).dispatch() == 1
    assert states(database) == [(1, False, False, "TimeoutError"), (0, False, False, "")]
    catcher.accept()
    wall.wait(backoff(1))
    assert await mailer(database, tmp_path, catcher.port).dispatch() == 2
    assert arrived(catcher) == ids


async def test_a_temporary_refusal_is_tried_ever_more_rarely_then_given_up_and_can_be_sent_again(
    database: Database, tmp_path: Path, catcher: SmtpCatcher, wall: Wall
) -> None:
    (mail_id,) = queue(database, "ani")
    catcher.refuse("451 4.3.0 <ani@tirtawening.example> try later")
    sender = mailer(database, tmp_path, catcher.port)
    waits = []
    while row(database, mail_id).dead_at is None:
        assert await sender.dispatch() == 1
        next_try = row(database, mail_id).next_try_at
        if next_try is not None:
            waits.append(round((next_try - real_now()).total_seconds()))
            wall.wait(next_try - real_now())
    assert waits == [min(2**n, 3600) for n in range(1, MAX_ATTEMPTS)]
    assert 4 * 86_400 < sum(waits) < 5 * 86_400
    wall.wait(timedelta(days=1))
    assert await sender.dispatch() == 0
    assert states(database) == [(MAX_ATTEMPTS, False, True, "SMTPDataError 451")]
    catcher.accept()
    with database.write() as writer:
        mails.try_again(writer, writer.session.get_one(OutboundMail, mail_id), real_now(), Author())
    assert await sender.dispatch() == 1
    assert arrived(catcher) == [mail_id]


async def test_a_recipient_who_is_refused_for_good_is_given_up_at_once_and_holds_up_nobody(
    database: Database, tmp_path: Path, catcher: SmtpCatcher, caplog: pytest.LogCaptureFixture
) -> None:
    ids = queue(database, "ani", "budi", "citra", "dewi")
    catcher.refuse_recipient("budi@tirtawening.example", "550 5.1.1 <budi@tirtawening.example>: unknown")
    catcher.refuse_recipient("citra@tirtawening.example", "450 4.2.0 <citra@tirtawening.example>: greylisted")
    sender = mailer(database, tmp_path, catcher.port)
    with caplog.at_level(logging.INFO, "selter"):
        assert await sender.dispatch() == 4
    assert arrived(catcher) == [ids[0], ids[3]]
    assert states(database) == [
        (1, True, False, ""),
        (1, False, True, "SMTPRecipientRefused 550"),
        (1, False, False, "SMTPRecipientRefused 450"),
        (1, True, False, ""),
    ]
    assert "550" in caplog.text
    assert "tirtawening" not in caplog.text


@pytest.mark.parametrize(
    ("reply", "given_up"), [("552 5.3.4 too large", True), ("554 5.7.1 spam", True), ("530 5.7.0 sign in", False)]
)
async def test_the_last_word_on_a_message_is_not_asked_for_twice(
    database: Database, tmp_path: Path, catcher: SmtpCatcher, reply: str, given_up: bool
) -> None:
    queue(database, "ani")
    catcher.refuse(reply)
    await mailer(database, tmp_path, catcher.port).dispatch()
    assert states(database) == [(1, False, given_up, f"SMTPDataError {reply[:3]}")]


async def test_a_server_that_hangs_up_after_each_mail_gets_each_once(
    database: Database, tmp_path: Path, catcher: SmtpCatcher
) -> None:
    """As servers do that take a few mails a connection: what was not tried has used up no attempt."""
    ids = queue(database, *(f"orang{n}" for n in range(8)))
    catcher.drop(Drop.AFTER_REPLY)
    sender = mailer(database, tmp_path, catcher.port)
    await sender.settled()
    assert arrived(catcher) == ids
    assert set(states(database)) == {(1, True, False, "")}


async def test_a_connection_lost_within_a_message_leaves_it_unsent_and_is_tried_again(
    database: Database, tmp_path: Path, catcher: SmtpCatcher, wall: Wall
) -> None:
    ids = queue(database, "ani", "budi")
    catcher.drop(Drop.IN_DATA, times=1)
    sender = mailer(database, tmp_path, catcher.port)
    assert await sender.dispatch() == 1
    assert arrived(catcher) == []
    assert states(database) == [(1, False, False, "SMTPServerDisconnected"), (0, False, False, "")]
    assert await sender.dispatch() == 1
    wall.wait(backoff(1))
    assert await sender.dispatch() == 1
    assert arrived(catcher) == ids[::-1]


async def test_an_answer_that_is_lost_brings_the_mail_again_under_the_same_message_id(
    database: Database, tmp_path: Path, catcher: SmtpCatcher, wall: Wall
) -> None:
    """Nobody can know whether it arrived: at least once, and recognisable."""
    (mail_id,) = queue(database, "ani")
    catcher.drop(Drop.BEFORE_REPLY, times=1)
    sender = mailer(database, tmp_path, catcher.port)
    await sender.dispatch()
    assert states(database) == [(1, False, False, "SMTPServerDisconnected")]
    wall.wait(backoff(1))
    await sender.dispatch()
    assert arrived(catcher) == [mail_id, mail_id]
    assert states(database) == [(2, True, False, "SMTPServerDisconnected")]


# -- who may hear it -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A certificate that nobody vouches for."""
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "cert.pem", folder / "key.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=other"
    subprocess.run([*command.split(), "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


@pytest.mark.parametrize(("offered", "told"), [(False, "SMTPException"), (True, "SSLCertVerificationError")])
async def test_nothing_is_said_to_a_server_without_the_tls_that_is_demanded(
    database: Database,
    tmp_path: Path,
    certificate: ssl.SSLContext,
    offered: bool,
    told: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    queue(database, "ani", "budi")
    caplog.set_level(logging.DEBUG, "mail.log")  # the server's own, which names each line it hears
    with SmtpCatcher(tls=certificate if offered else None, password=PASSWORD) as catcher:
        sender = mailer(database, tmp_path, catcher.port, starttls=True, user="selter", password=PASSWORD)
        assert await sender.dispatch() == 2
        lines = [r.getMessage() for r in caplog.records if "readline: " in r.getMessage()]
        heard = [line.partition("readline: b'")[2].partition("\\r")[0].split()[0] for line in lines]
        assert heard == (["EHLO", "STARTTLS"] if offered else ["EHLO"])
        assert catcher.messages == []
    assert states(database) == [(1, False, False, told)] * 2


async def test_a_refused_sign_in_lets_all_mail_wait_and_no_log_has_the_password(
    database: Database, tmp_path: Path, wall: Wall, caplog: pytest.LogCaptureFixture
) -> None:
    ids = queue(database, "ani", "budi")
    with SmtpCatcher(password="another") as catcher, caplog.at_level(logging.DEBUG):
        sender = mailer(database, tmp_path, catcher.port, user="selter", password=PASSWORD)
        assert await sender.dispatch() == 2
        assert states(database) == [(1, False, False, "SMTPAuthenticationError 535")] * 2
        ours = "\n".join(
            r.getMessage() for r in caplog.records if not r.name.startswith("mail.")
        )  # the server's own log
        assert "SMTPAuthenticationError 535" in ours
        assert PASSWORD not in ours
        assert base64.b64encode(PASSWORD.encode()).decode() not in ours
        catcher.password = PASSWORD
        wall.wait(backoff(1))
        assert await sender.dispatch() == 2
        assert arrived(catcher) == ids


# -- what is wrong with one mail -------------------------------------------------------------------------------------


def change(database: Database, mail_id: str, **values: Any) -> None:
    """Change a mail."""
    with database.write() as writer:
        mail = writer.session.get_one(OutboundMail, mail_id)
        for name, value in values.items():
            setattr(mail, name, value)
        writer.session.add(mail)


def issued(database: Database, mail_id: str, **values: Any) -> str:
    """A document of the mail's agency, without inputs; its id."""
    common = {"title": "", "number": "1", "issued_on": real_now().date(), "inputs_sha256": ""}
    with database.write() as writer:
        agency_id = writer.session.get_one(OutboundMail, mail_id).agency_id
        document = Document(agency_id=agency_id, **common, **values)
        writer.session.add(document)
        return document.id


async def test_a_mail_that_cannot_be_written_tells_the_field_and_not_what_stood_there(
    database: Database, tmp_path: Path, catcher: SmtpCatcher
) -> None:
    ids = queue(database, "ani", "budi")
    secret = "Siti Rahmawati"
    facts = {"act": [secret], "deadline": "2027-01-04T23:59:59+07:00", "rule": "x"}
    change(database, ids[0], template="deadline_reminder", facts=facts)
    await mailer(database, tmp_path, catcher.port).dispatch()
    assert arrived(catcher) == ids[1:]
    assert states(database)[0] == (1, False, True, "RenderError deadline_reminder.act")


async def test_an_address_that_cannot_be_sent_to_holds_up_nobody(
    database: Database, tmp_path: Path, catcher: SmtpCatcher
) -> None:
    ids = queue(database, "ani", "budi")
    with database.write() as writer:
        person = writer.session.exec(select(Person).where(col(Person.name) == "ani")).one()
        person.mail = "ani\r\nBcc: semua@tirtawening.example"
        writer.session.add(person)
    await mailer(database, tmp_path, catcher.port).dispatch()
    assert arrived(catcher) == ids[1:]
    assert states(database)[0] == (1, False, True, "ValueError")


async def test_an_attachment_that_is_missing_holds_up_its_own_mail_alone(
    database: Database, tmp_path: Path, catcher: SmtpCatcher, wall: Wall
) -> None:
    """As after a restore of the record without all of its files."""
    ids = queue(database, "ani", "budi")
    letter = b"surat"
    sha256 = FileStore(tmp_path / "elsewhere").put(letter)
    attached = issued(database, ids[0], kind="invitation", docx_sha256=sha256, pressed_at=real_now())
    change(database, ids[0], document_ids=[attached])
    sender = mailer(database, tmp_path, catcher.port)
    assert await sender.dispatch() == 2
    assert arrived(catcher) == ids[1:]
    assert states(database)[0] == (1, False, False, "FileNotFoundError")
    FileStore(tmp_path / "files").put(letter)
    wall.wait(backoff(1))
    assert await sender.dispatch() == 1
    assert arrived(catcher) == ids[::-1]


async def test_a_receipt_that_cannot_be_written_holds_up_no_other_mail_and_fills_no_log(
    database: Database, tmp_path: Path, catcher: SmtpCatcher, caplog: pytest.LogCaptureFixture
) -> None:
    ids = queue(database, "ani", "budi")
    receipt = issued(database, ids[0], kind="receipt", pressed_by_case=False)
    change(database, ids[0], document_ids=[receipt])
    sender = mailer(database, tmp_path, catcher.port)
    assert [await sender.dispatch() for _ in range(3)] == [1, 0, 0]
    assert arrived(catcher) == ids[1:]
    assert [receipt in r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR] == [True]

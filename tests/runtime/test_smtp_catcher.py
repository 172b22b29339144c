"""The loopback SMTP server: it keeps, it refuses when told to, it sends nothing on."""

import mailbox
import smtplib
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from runtime.smtp_catcher import CatcherError, SmtpCatcher


@pytest.fixture
def catcher() -> Iterator[SmtpCatcher]:
    """A running catcher."""
    with SmtpCatcher() as running:
        yield running


def send(catcher: SmtpCatcher, subject: str = "Undangan wawancara") -> None:
    """Send a message as any program would."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "panitia@example.test", "peserta@example.test", subject
    message.set_content("Yth. Ibu Siti Rahmawati — hadir pukul 09.00 WIB.")
    with smtplib.SMTP("127.0.0.1", catcher.port, timeout=10) as client:
        client.send_message(message)


def test_a_message_is_kept_whole(catcher: SmtpCatcher) -> None:
    send(catcher)
    (caught,) = catcher.wait_for(1)
    assert caught.recipients == ("peserta@example.test",)
    assert caught.message["Subject"] == "Undangan wawancara"
    assert "Siti Rahmawati — hadir" in caught.message.get_content()
    catcher.clear()
    assert catcher.messages == []


def test_messages_are_kept_as_a_maildir_too(tmp_path: Path) -> None:
    with SmtpCatcher(folder=tmp_path / "data" / "mail") as running:
        send(running, "one")
        send(running, "two")
        running.wait_for(2)
    subjects = sorted(str(message["Subject"]) for message in mailbox.Maildir(tmp_path / "data" / "mail"))
    assert subjects == ["one", "two"]


def test_it_refuses_as_often_as_told(catcher: SmtpCatcher) -> None:
    catcher.refuse(times=1)
    with pytest.raises(smtplib.SMTPDataError, match="try again later"):
        send(catcher)
    send(catcher)
    catcher.refuse("550 5.7.1 no")
    for _ in range(3):
        with pytest.raises(smtplib.SMTPDataError, match=r"5\.7\.1"):
            send(catcher)
    catcher.accept()
    send(catcher)
    assert len(catcher.messages) == 2


def test_it_delays_when_told(catcher: SmtpCatcher) -> None:
    catcher.delay(60)
    with smtplib.SMTP("127.0.0.1", catcher.port) as client:
        assert client.sock is not None
        client.sock.settimeout(0.2)
        with pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"):
            client.sendmail("a@example.test", ["b@example.test"], b"Subject: x\r\n\r\nx")
    assert catcher.messages == []
    with pytest.raises(TimeoutError, match="0 of 1"):
        catcher.wait_for(1, timeout=0)


def test_a_taken_port_names_the_setting() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(CatcherError, match="SELTER_SMTP_CATCHER_PORT"):
            SmtpCatcher(port=other.getsockname()[1]).start()


def test_stopping_twice_is_no_error(catcher: SmtpCatcher) -> None:
    catcher.stop()
    catcher.stop()

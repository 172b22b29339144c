"""A loopback SMTP server that keeps what it is given and sends nothing on: the embedded inbox, and tests.

It speaks real SMTP, so the code that sends is the code of production.
"""

import asyncio
import mailbox
import socket
import ssl
import threading
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import Enum, auto
from pathlib import Path
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HOST = "127.0.0.1"
SIZE_LIMIT = 32 * 1024 * 1024


class Drop(Enum):
    """Where a server that breaks down hangs up."""

    IN_DATA = auto()  # before the message is complete
    BEFORE_REPLY = auto()  # the message is kept, and its sender is not told
    AFTER_REPLY = auto()  # the message is kept and its sender is told


class CatcherError(RuntimeError):
    """The catcher can't listen; the text names the setting."""


@dataclass(frozen=True)
class Caught:
    """One accepted message, with the envelope it came in."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        """The message, parsed."""
        parsed = message_from_bytes(self.raw, policy=policy.default)
        assert isinstance(parsed, EmailMessage)  # the default policy makes these
        return parsed


@dataclass
class SmtpCatcher:
    """An SMTP server on loopback; messages are kept in memory and, with `folder`, as a maildir.

    `tls` offers STARTTLS. A `password` offers a sign-in, under any name.
    """

    folder: Path | None = None
    port: int = 0
    tls: ssl.SSLContext | None = None
    password: str | None = None
    _caught: list[Caught] = field(default_factory=list)
    _refusal: str = ""
    _refusals_left: int | None = 0
    _refused: dict[str, str] = field(default_factory=dict)  # the reply to a recipient
    _drop: Drop | None = None
    _drops_left: int | None = 0
    _delay: float = 0
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _loop: asyncio.AbstractEventLoop | None = None
    _thread: threading.Thread | None = None
    _server: asyncio.Server | None = None

    def start(self) -> Self:
        """Listen, in a thread of its own; port 0 takes a free one, which `port` then names.

        Raises:
            CatcherError: the port is taken.
        """
        if self.folder is not None:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            mailbox.Maildir(self.folder, create=True)
        try:
            listener = socket.create_server((HOST, self.port))
        except OSError as error:
            raise CatcherError(
                f"port {self.port} on {HOST} is taken: free it or set SELTER_SMTP_CATCHER_PORT to another port"
            ) from error
        self.port = listener.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="smtp-catcher", daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(listener), self._loop).result()
        return self

    def stop(self) -> None:
        """Stop listening; what was caught stays."""
        loop, self._loop = self._loop, None
        if loop is None or self._thread is None:
            return
        asyncio.run_coroutine_threadsafe(self._close(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        self._thread.join()
        loop.close()

    async def _listen(self, listener: socket.socket) -> None:
        def protocol() -> SMTP:
            return _Conversation(
                self,
                hostname="selter.localhost",
                data_size_limit=SIZE_LIMIT,
                enable_SMTPUTF8=True,
                tls_context=self.tls,
                authenticator=self._signs_in,
                auth_require_tls=self.password is None or self.tls is not None,
            )

        self._server = await asyncio.get_running_loop().create_server(protocol, sock=listener)

    async def _close(self) -> None:
        """End the listener and whatever conversation is still open."""
        if self._server is not None:
            self._server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def __enter__(self) -> Self:
        """Listen."""
        return self.start()

    def __exit__(self, *_: object) -> None:
        """Stop listening."""
        self.stop()

    @property
    def messages(self) -> list[Caught]:
        """What was accepted since the start, oldest first."""
        with self._changed:
            return list(self._caught)

    def wait_for(self, count: int, timeout: float = 10) -> list[Caught]:
        """Block until that many messages were accepted.

        Raises:
            TimeoutError: fewer came in time.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._caught) >= count, timeout):
                raise TimeoutError(f"{len(self._caught)} of {count} messages came")
            return list(self._caught)

    def clear(self) -> None:
        """Forget what was caught in memory."""
        with self._changed:
            self._caught.clear()

    def refuse(self, reply: str = "451 4.3.0 try again later", times: int | None = None) -> None:
        """Answer the next messages with this SMTP reply; `times` none means until `accept`."""
        self._refusal, self._refusals_left = reply, times

    def refuse_recipient(self, address: str, reply: str = "550 5.1.1 no such user") -> None:
        """Answer this recipient with this SMTP reply until `accept`."""
        self._refused[address] = reply

    def drop(self, where: Drop, times: int | None = None) -> None:
        """Hang up at that point of the next messages; `times` none means until `accept`."""
        self._drop, self._drops_left = where, times

    def accept(self) -> None:
        """Accept again everything, without delay."""
        self._refusal, self._refusals_left, self._delay = "", 0, 0
        self._refused, self._drop, self._drops_left = {}, None, 0

    def delay(self, seconds: float) -> None:
        """Let each message wait before it is answered, as a slow server does."""
        self._delay = seconds

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, or refuse it where told to."""
        if address in self._refused:
            return self._refused[address]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    def drops(self, where: Drop) -> bool:
        """Whether to hang up here; each time counts."""
        if self._drop is not where or self._drops_left == 0:
            return False
        self._drops_left = None if self._drops_left is None else self._drops_left - 1
        return True

    def _signs_in(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any) -> AuthResult:
        right = isinstance(given, LoginPassword) and given.password.decode() == self.password
        return AuthResult(success=right, handled=False)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep a message, or refuse it where told to."""
        if self._delay:
            await asyncio.sleep(self._delay)
        if self._refusal and self._refusals_left != 0:
            self._refusals_left = None if self._refusals_left is None else self._refusals_left - 1
            return self._refusal
        self._keep(Caught(envelope.mail_from or "", tuple(envelope.rcpt_tos), bytes(envelope.original_content or b"")))
        if self.drops(Drop.BEFORE_REPLY):
            _hang_up(server)
        return "250 2.0.0 kept"

    def _keep(self, caught: Caught) -> None:
        if self.folder is not None:
            mailbox.Maildir(self.folder).add(caught.raw)
        with self._changed:
            self._caught.append(caught)
            self._changed.notify_all()


class _Conversation(SMTP):
    """One connection to the catcher; it ends where a broken server would hang up."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        """The message, from DATA to the reply."""
        catcher: SmtpCatcher = self.event_handler
        if catcher.drops(Drop.IN_DATA):
            await self.push("354 End data with <CR><LF>.<CR><LF>")
            await self._reader.readuntil(b"\r\n")
            _hang_up(self)
            return
        await super().smtp_DATA(arg)
        if catcher.drops(Drop.AFTER_REPLY):
            _hang_up(self)


def _hang_up(conversation: SMTP) -> None:
    assert conversation.transport is not None
    conversation.transport.close()

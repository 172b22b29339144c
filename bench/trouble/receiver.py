"""The receiving mail server: outside what is killed, it counts every Message-ID that it answered 250 for."""

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

from aiosmtpd.smtp import SMTP, Envelope, Session

from runtime.smtp_catcher import Caught, SmtpCatcher

_REACHES: Final = 0.2  # seconds in which our 250 reaches the sender's socket


class Receiver(SmtpCatcher):
    """A mail catcher that can have the sender killed between its 250 and the sender's own mark.

    The sender is stopped (SIGSTOP) before the 250 leaves and killed after it has arrived, so it never acts on it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[tuple[str, float]] = []  # Message-ID, real time of the 250
        self._aims: list[Callable[[], Iterable[int]]] = []
        self._taking = threading.Lock()

    def strike_next(self, pids: Callable[[], Iterable[int]]) -> None:
        """At the next message: answer 250, and kill these processes before they can mark it."""
        self._aims.append(pids)

    @property
    def strikes_left(self) -> int:
        """How many strikes still wait for a message."""
        return len(self._aims)

    @property
    def doubles(self) -> dict[str, list[float]]:
        """The ids that were taken more than once, and when."""
        more = {key for key, count in Counter(key for key, _ in self.taken).items() if count > 1}
        return {key: [at for other, at in self.taken if other == key] for key in more}

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep a message; strike where told to."""
        if self._aims:
            pids = list(self._aims.pop(0)())
            for pid in pids:
                os.kill(pid, signal.SIGSTOP)
            threading.Timer(_REACHES, _kill, [pids]).start()
        return await super().handle_DATA(server, session, envelope)

    def _keep(self, caught: Caught) -> None:
        with self._taking:
            self.taken.append((str(caught.message["Message-ID"]).strip("<>").partition("@")[0], time.time()))
        super()._keep(caught)


def _kill(pids: list[int]) -> None:
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue

"""The parts of an installation as real processes, each started again when it ends, as systemd or compose would.

A part's keeper is a thread: it starts the process, waits for its end, and after a moment starts it again.
"""

import asyncio
import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from runtime.embedded import EmbeddedTemporal

RESTART_AFTER: Final = 0.3  # seconds, as a service manager waits
_STOPS_WITHIN: Final = 40  # seconds; a worker drains for up to 30
_NOT_ROOT: Final = "postgres"


class Part:
    """One process, kept running."""

    def __init__(
        self, name: str, command: Sequence[str], env: Mapping[str, str], folder: Path, home: Path | None = None
    ) -> None:
        """Take a command, to be run in `home` (none: the folder); its log goes to the folder."""
        self.name = name
        self.pid: int | None = None
        self.starts = 0
        self.killed_at: list[float] = []  # real time, seconds, when the killed process was gone
        self._struck = threading.Event()
        self._command, self._env, self._folder, self._home = command, env, folder, home or folder
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep, name=f"keeper of {name}", daemon=True)

    def start(self) -> None:
        """Start the process, and keep it."""
        self._thread.start()

    def kill(self, within: float = 5, by: signal.Signals = signal.SIGKILL) -> bool:
        """End the process by a signal, waiting a little for one that is just being started; false when there is none.

        SIGKILL may also come from elsewhere, and is noted whoever sent it.
        """
        give_up = time.monotonic() + within
        while (pid := self.pid) is None:
            if time.monotonic() > give_up:
                return False
            time.sleep(0.01)
        self.pid = None
        self._struck.set()
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, by)
        return True

    def stop(self) -> None:
        """Ask the process to end, and do not start it again; asked twice, nothing more happens."""
        self._stopping.set()
        pid = self.pid
        if pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        if self._thread.ident is None:
            return
        self._thread.join(_STOPS_WITHIN)
        if self._thread.is_alive():
            self.kill(0)
            raise RuntimeError(f"{self.name} did not end within {_STOPS_WITHIN} s of SIGTERM")

    def _keep(self) -> None:
        while not self._stopping.is_set():
            self._live()
            self.pid = None
            self._stopping.wait(RESTART_AFTER)

    def _live(self) -> None:
        """One life of the process."""
        with (self._folder / f"{self.name}.log").open("ab") as log:
            process = subprocess.Popen(
                self._command, cwd=self._home, env=self._env, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self.starts += 1
        self.pid = process.pid
        if process.wait() == -signal.SIGKILL or self._struck.is_set():
            self.killed_at.append(time.time())
        self._struck.clear()


class TemporalPart(Part):
    """The Temporal development server on its file, started by the code that `selter up` starts it with."""

    def __init__(self, folder: Path, port: int, namespace: str) -> None:
        super().__init__("temporal", (), {}, folder)
        self._port, self._namespace = port, namespace

    def _live(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        server = EmbeddedTemporal()
        async with server:
            await server.start(self._folder, self._port, self._namespace)
            self.starts += 1
            self.pid = server.pid
            await server.ended()
            if not self._stopping.is_set():
                self.killed_at.append(time.time())


def postgres(folder: Path, home: Path) -> tuple[Part, str]:
    """A PostgreSQL of our own with its durable defaults (fsync on), not run as root; and its database's URL.

    It lives in `home`, its log in `folder`, which the user that it runs as may be unable to enter.
    """
    initdb = shutil.which("initdb") or next(map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb")), None)
    if initdb is None:
        raise RuntimeError("no initdb on this machine: install PostgreSQL, or use --database sqlite")
    prefix: list[str] = []
    if os.geteuid() == 0:
        user = pwd.getpwnam(_NOT_ROOT)
        os.chown(home, user.pw_uid, user.pw_gid)
        prefix = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    data, programs = home / "data", Path(initdb).resolve().parent
    make = [*prefix, initdb, "-D", str(data), "-U", "selter", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    subprocess.run(make, check=True, cwd=home, stdout=subprocess.DEVNULL, timeout=120)
    serve = [*prefix, str(programs / "postgres"), "-D", str(data), "-k", str(home), "-c", "listen_addresses="]
    return Part("postgres", serve, dict(os.environ), folder, home), f"postgresql+psycopg://selter@/postgres?host={home}"

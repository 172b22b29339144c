"""A whole installation in parts of its own: database, Temporal, API, workers; and the mail server that receives."""

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx
from sqlalchemy.exc import SQLAlchemyError

from demo.cast import ADMIN
from demo.client import PASSWORD
from records.accounts import Passwords
from records.bootstrap import create_admin
from records.database import Database
from records.migrate import upgrade
from runtime.clock import real_now
from runtime.embedded import HOST, free_port
from runtime.settings import Mode, Settings, load

from .parts import Part, TemporalPart, postgres
from .points import POINT
from .receiver import Receiver

_READY_WITHIN: Final = 120.0
_ROOT: Final = Path(__file__).parents[2]
_MORTAL: Final = str(Path(__file__).with_name("points.py"))


@dataclass
class Installation:
    """What runs, and how to reach it."""

    settings: Settings
    parts: dict[str, list[Part]]
    receiver: Receiver
    env: dict[str, str]
    folder: Path
    base_urls: tuple[str, ...] = ()  # where the API is, one address a process
    _turn: dict[str, int] = field(default_factory=dict)  # of a part's processes, whose it is to be killed

    @property
    def base_url(self) -> str:
        """Where the API is, or the first of several."""
        return self.base_urls[0]

    def ready(self) -> bool:
        """Whether every process of the API says that it can work."""
        return all(map(_serves, self.base_urls))

    def kill(self, part: str, by: signal.Signals = signal.SIGKILL) -> bool:
        """End one process of that part by a signal; its keeper starts it again."""
        processes = self.parts[part]
        turn = self._turn[part] = self._turn.get(part, -1) + 1
        return processes[turn % len(processes)].kill(by=by)

    def aim(self, part: str, point: str) -> None:
        """Have a process of the API or a worker die at its next point of that kind; see `points`."""
        with self._points(part).open("a", encoding="utf-8") as file:
            file.write(f"{point}\n")

    def not_reached(self, part: str) -> list[str]:
        """The points that nobody has come to yet."""
        place = self._points(part)
        return place.read_text(encoding="utf-8").splitlines() if place.exists() else []

    def _points(self, part: str) -> Path:
        return self.folder / f"{part}.points"

    def strike_at_next_mail(self) -> None:
        """Have the workers killed between the mail server's 250 and their mark, at the next mail."""

        def pids() -> Iterator[int]:
            for worker in self.parts["worker"]:
                if worker.pid is not None:
                    yield worker.pid

        self.receiver.strike_next(pids)

    def killed_at(self, *names: str) -> list[float]:
        """When processes of these parts were killed."""
        return sorted(at for name in names for part in self.parts.get(name, ()) for at in part.killed_at)

    def mortal(self, name: str, command: str, **settings: str) -> Part:
        """A part that is a `selter` command with settings of its own, and dies at the points that `aim` chooses."""
        own = {f"SELTER_{key.upper()}": value for key, value in settings.items()}
        env = {**self.env, **own, POINT: str(self._points(command))}
        return Part(name, [sys.executable, "-P", _MORTAL, command], env, self.folder)  # -P: nothing from beside it

    def renew_workers(self, **settings: str) -> None:
        """Other workers with these settings take over: what the old ones have begun they finish first."""
        old = self.parts["worker"]
        new = [self.mortal(f"{worker.name}-renewed", "worker", **settings) for worker in old]
        for worker in new:
            worker.start()
        self.stop("worker")
        self.parts["worker"] = new

    def stop(self, *names: str) -> None:
        """Stop these parts for good."""
        for name in names:
            for part in self.parts.get(name, ()):
                part.stop()


@contextmanager
def running(
    folder: Path, database: str = "sqlite", workers: int = 1, apis: int = 1, **settings: str
) -> Iterator[Installation]:
    """Start everything in that folder and wait until it serves; `settings` are given to all of our own processes."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        receiver = stack.enter_context(Receiver())
        parts: dict[str, list[Part]] = {}
        url = f"sqlite:///{folder / 'selter.db'}"
        if database == "postgres":
            server, url = postgres(folder, stack.enter_context(_short_lived()))
            parts["postgres"] = [server]
        temporal = free_port()
        parts["temporal"] = [TemporalPart(folder, temporal, "selter")]
        ports = [free_port() for _ in range(apis)]
        env = _environment(folder, url, f"{HOST}:{temporal}", receiver.port, ports[0])
        env |= {f"SELTER_{name.upper()}": value for name, value in settings.items()}
        urls = tuple(f"http://{HOST}:{port}" for port in ports)
        installation = Installation(_settings(env), parts, receiver, env, folder, urls)
        parts["api"] = [installation.mortal(f"api-{n}", "api", api_port=str(p)) for n, p in enumerate(ports, start=1)]
        parts["worker"] = [installation.mortal(f"worker-{n}", "worker") for n in range(1, workers + 1)]
        stack.callback(lambda: installation.stop(*reversed(list(installation.parts))))
        _start(installation)
        yield installation


@contextmanager
def _short_lived() -> Iterator[Path]:
    """A folder with a short name, as a socket's must be, that others may enter; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="selter-pg-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start(installation: Installation) -> None:
    parts, settings = installation.parts, installation.settings
    for name in ("postgres", "temporal"):
        for part in parts.get(name, ()):
            part.start()
    if "postgres" in parts:
        until(lambda: _answers(settings.database_url), "PostgreSQL answers")
    upgrade(settings.database_url)
    _make_admin(settings)
    until(lambda: parts["temporal"][0].pid is not None, "Temporal serves")
    for name in ("worker", "api"):
        for part in parts[name]:
            part.start()
    until(installation.ready, "the API is ready")


def _environment(folder: Path, url: str, temporal: str, smtp_port: int, api_port: int) -> dict[str, str]:
    """As an operator would set it, with short patience towards the mail server and cheap password hashes."""
    ours = {
        "MODE": Mode.DEMO.value,
        "DATA_DIR": str(folder),
        "DATABASE_URL": url,
        "LOG_LEVEL": "WARNING",
        "API_PORT": str(api_port),
        "TEMPORAL_ADDRESS": temporal,
        "SMTP_HOST": HOST,
        "SMTP_PORT": str(smtp_port),
        "SMTP_STARTTLS": "false",
        "SMTP_CONNECT_TIMEOUT": "5",
        "SMTP_SEND_TIMEOUT": "5",
        "PASSWORDS_TIME_COST": "1",
        "PASSWORDS_MEMORY_KIB": "1024",
        "PASSWORDS_PARALLELISM": "1",
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SELTER_")}
    return {**kept, "PYTHONPATH": str(_ROOT), **{f"SELTER_{name}": value for name, value in ours.items()}}


def _settings(env: dict[str, str]) -> Settings:
    """The same settings, for what the harness itself does with the record."""
    return load(
        mode=Mode.DEMO,
        data_dir=Path(env["SELTER_DATA_DIR"]),
        database_url=env["SELTER_DATABASE_URL"],
        api={"port": int(env["SELTER_API_PORT"])},
        temporal={"address": env["SELTER_TEMPORAL_ADDRESS"]},
        passwords={"time_cost": 1, "memory_kib": 1024, "parallelism": 1},
    )


def _make_admin(settings: Settings) -> None:
    """What `selter admin create-admin` does."""
    cost = settings.passwords
    passwords = Passwords(cost.time_cost, cost.memory_kib, cost.parallelism)
    database = Database(settings.database_url)
    with database.write() as writer:
        create_admin(writer, passwords, name="Pengelola Sistem", mail=ADMIN, password=PASSWORD, at=real_now())
    database.close()


def _answers(url: str) -> bool:
    database = Database(url)
    try:
        with database.read() as session:
            session.connection()
    except SQLAlchemyError:
        return False
    finally:
        database.close()
    return True


def _serves(base_url: str) -> bool:
    try:
        return httpx.get(f"{base_url}/health/ready", timeout=5).is_success
    except httpx.TransportError:
        return False


def until(holds: Callable[[], bool], what: str, within: float = _READY_WITHIN) -> None:
    """Wait for a condition.

    Raises:
        TimeoutError: it did not come to hold in that many seconds.
    """
    give_up = time.monotonic() + within
    while not holds():
        if time.monotonic() > give_up:
            raise TimeoutError(f"not within {within:g} s: {what}")
        time.sleep(0.1)

"""A whole installation in parts of its own: database, Temporal, API, workers; and the mail server that receives."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
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
from runtime.clock import real_now
from runtime.embedded import HOST, free_port
from runtime.settings import Mode, Settings, load

from .parts import Part, TemporalPart, postgres, selter
from .receiver import Receiver

_READY_WITHIN: Final = 120.0
_WORKER: Final = ("-m", "cli", "worker")
_API: Final = ("-m", "cli", "api")


@dataclass
class Installation:
    """What runs, and how to reach it."""

    settings: Settings
    parts: dict[str, list[Part]]
    receiver: Receiver
    env: dict[str, str]
    folder: Path
    killed: dict[str, int] = field(default_factory=dict)

    @property
    def base_url(self) -> str:
        """Where the API is."""
        return f"http://{HOST}:{self.settings.api.port}"

    def kill(self, part: str) -> bool:
        """SIGKILL one process of that part; its keeper starts it again."""
        processes = self.parts[part]
        done = processes[self.killed.get(part, 0) % len(processes)].kill()
        self.killed[part] = self.killed.get(part, 0) + done
        return done

    def strike_at_next_mail(self) -> None:
        """Have the workers killed between the mail server's 250 and their mark, at the next mail."""

        def pids() -> Iterator[int]:
            for worker in self.parts["worker"]:
                if worker.pid is not None:
                    worker.killed_at.append(time.time())
                    self.killed["worker"] = self.killed.get("worker", 0) + 1
                    yield worker.pid

        self.receiver.strike_next(pids)

    def killed_at(self, *names: str) -> list[float]:
        """When processes of these parts were killed."""
        return sorted(at for name in names for part in self.parts.get(name, ()) for at in part.killed_at)

    def command(self, *arguments: str) -> subprocess.Popen[bytes]:
        """A `selter` command on this installation, just started."""
        return subprocess.Popen(
            [sys.executable, "-m", "cli", *arguments],
            cwd=self.folder,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def stop(self, *names: str) -> None:
        """Stop these parts for good."""
        for name in names:
            for part in self.parts.pop(name, ()):
                part.stop()


@contextmanager
def running(
    folder: Path, database: str = "sqlite", workers: int = 1, worker: Sequence[str] = _WORKER
) -> Iterator[Installation]:
    """Start everything in that folder and wait until it serves; `worker` is the script of a worker process."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        receiver = stack.enter_context(Receiver())
        parts: dict[str, list[Part]] = {}
        url = f"sqlite:///{folder / 'selter.db'}"
        if database == "postgres":
            server, url = postgres(folder, dict(os.environ))
            parts["postgres"] = [server]
        temporal = free_port()
        parts["temporal"] = [TemporalPart(folder, temporal, "selter")]
        env = _environment(folder, url, f"{HOST}:{temporal}", receiver.port, free_port())
        settings = _settings(env)
        parts["api"] = [selter("api", _API, env, folder)]
        parts["worker"] = [selter(f"worker-{n}", worker, env, folder) for n in range(1, workers + 1)]
        installation = Installation(settings, parts, receiver, env, folder)
        stack.callback(lambda: installation.stop(*reversed(list(installation.parts))))
        _start(installation)
        yield installation


def _start(installation: Installation) -> None:
    parts, settings = installation.parts, installation.settings
    for name in ("postgres", "temporal"):
        for part in parts.get(name, ()):
            part.start()
    if "postgres" in parts:
        until(lambda: _answers(settings.database_url), "PostgreSQL answers")
    migrated = installation.command("migrate")
    _, errors = migrated.communicate(timeout=_READY_WITHIN)
    if migrated.returncode != 0:
        raise RuntimeError(f"selter migrate: {errors.decode()[-2000:]}")
    _make_admin(settings)
    until(lambda: parts["temporal"][0].pid is not None, "Temporal serves")
    for name in ("worker", "api"):
        for part in parts[name]:
            part.start()
    until(lambda: _serves(installation.base_url), "the API is ready")


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
    return {**kept, **{f"SELTER_{name}": value for name, value in ours.items()}}


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

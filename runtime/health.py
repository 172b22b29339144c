"""Whether each part of an installation does its work: asked at most every few seconds, and never in a queue.

A part that is needed and failing makes the installation unready; the others make it limp. A question that hangs is not
asked a second time: until it is answered, its part is failing.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol

import aiosmtplib
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from records.database import Database
from records.files import is_full
from records.migrate import head
from records.scanning import Scan
from runtime.clock import Clock, monotonic, real_now
from runtime.engine import EngineUnavailable
from runtime.scanner import Scanner
from runtime.settings import Settings, SmtpSettings

_PATIENCE: Final = 3.0  # seconds that a question may take
_SKEW: Final = timedelta(seconds=30)  # deadlines are judged by this machine's clock


class Status(StrEnum):
    """How a part does."""

    OK = "ok"
    FAILING = "failing"


class Failing(Exception):
    """A part does not do its work; `reason` is one of a few codes, without addresses or texts of others."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Questioned(Protocol):
    """What health needs of the engine."""

    async def pollers(self) -> Mapping[str, int]:
        """How many workers ask for work, by task queue."""


@dataclass
class Part:
    """One part, when it is asked again (seconds), and what it said last."""

    name: str
    ask: Callable[[], Awaitable[None]]
    needed: bool
    every: float = 2
    status: Status = Status.OK
    reason: str = ""
    since: datetime = field(default_factory=real_now)
    _asked: float = 0
    _asking: asyncio.Task[None] | None = None

    async def look(self) -> None:
        """Bring `status`, `reason` and `since` up to date."""
        if self._asking is None:
            if self._asked and monotonic() - self._asked < self.every:
                return
            self._asked = monotonic()
            self._asking = asyncio.ensure_future(self.ask())
        task = self._asking
        await asyncio.wait({task}, timeout=_PATIENCE)
        if not task.done():
            self._note("no-answer")
            return
        self._asking = None
        error = task.exception()
        self._note("" if error is None else error.reason if isinstance(error, Failing) else "broken")

    def _note(self, reason: str) -> None:
        status = Status.FAILING if reason else Status.OK
        if status is not self.status:
            self.since = real_now()
        self.status, self.reason = status, reason


class Health:
    """The parts of an installation as its API reaches them."""

    def __init__(self, database: Database, engine: Questioned, clock: Clock, settings: Settings) -> None:
        self._database = database
        self._engine = engine
        self._clock = clock
        self._settings = settings
        self._head = ""
        self.parts: Final = (
            Part("database", self._ask_database, needed=True),
            Part("engine", self._ask_engine, needed=True),
            Part("workers", self._ask_workers, needed=False),
            Part("files", self._ask_files, needed=True),
            Part("clock", self._ask_clock, needed=True, every=10),
            Part("mail", self._ask_mail, needed=False, every=30),
            *([Part("scanner", self._ask_scanner, needed=False, every=30)] if settings.scanner.address else ()),
        )

    async def look(self) -> bool:
        """Ask every part; whether all that are needed do their work."""
        await asyncio.gather(*(part.look() for part in self.parts))
        return all(part.status is Status.OK for part in self.parts if part.needed)

    async def _ask_database(self) -> None:
        await asyncio.to_thread(self._schema)

    def _schema(self) -> None:
        self._head = self._head or head()
        try:
            with self._database.read() as session:
                found = session.connection().execute(text("SELECT version_num FROM alembic_version")).scalars().all()
        except SQLAlchemyError:
            raise Failing("unreachable") from None
        if found != [self._head]:
            raise Failing("other-schema")

    async def _ask_engine(self) -> None:
        try:
            await self._engine.pollers()
        except EngineUnavailable:
            raise Failing("unreachable") from None

    async def _ask_workers(self) -> None:
        try:
            pollers = await self._engine.pollers()
        except EngineUnavailable:
            raise Failing("unknown") from None
        if not all(pollers.values()):
            raise Failing("none")

    async def _ask_files(self) -> None:
        await asyncio.to_thread(_writable, self._settings.data_dir / "files", self._settings.health.min_free_bytes)

    async def _ask_clock(self) -> None:
        await asyncio.to_thread(self._time)

    def _time(self) -> None:
        """This clock agrees with the database's; a production clock has not been moved."""
        if not self._clock.movable and Clock(self._database, movable=True).offset():
            raise Failing("moved")
        if self._database.engine.dialect.name == "sqlite":
            return  # the same machine
        try:
            with self._database.read() as session:
                there = session.connection().execute(select(func.now())).scalar_one()
        except SQLAlchemyError:
            raise Failing("unknown") from None
        if abs(there.astimezone(UTC) - real_now()) > _SKEW:
            raise Failing("skewed")

    async def _ask_scanner(self) -> None:
        found = await asyncio.to_thread(Scanner(self._settings.scanner).scan, b"")
        if found.state is not Scan.CLEAN:
            raise Failing("no-verdict")

    async def _ask_mail(self) -> None:
        await _greeted(self._settings.smtp)


def _writable(folder: Path, min_free: int) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"selter")
            file.flush()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise Failing("little-space" if is_full(error) else "not-writable") from None
    if free < min_free:
        raise Failing("little-space")


async def _greeted(smtp: SmtpSettings) -> None:
    """The mail server greets us and lets us in."""
    if not smtp.host:
        raise Failing("not-set")
    connection = aiosmtplib.SMTP(
        hostname=smtp.host,
        port=smtp.port,
        username=smtp.user or None,
        password=smtp.password.get_secret_value() or None,
        start_tls=smtp.starttls,
        cert_bundle=str(smtp.ca_file) if smtp.ca_file else None,
        timeout=_PATIENCE,
    )
    try:
        async with connection:
            await connection.noop()
    except (aiosmtplib.SMTPException, OSError):
        raise Failing("unreachable") from None

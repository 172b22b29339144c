"""Dumps of the two kinds of database: taken while everything runs, and put back into an empty one."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Final, Protocol

from psycopg.conninfo import make_conninfo
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlmodel import Session

from records.database import Database

_DEBIAN: Final = Path("/usr/lib/postgresql")


class BackupError(RuntimeError):
    """A backup could not be made or restored; the text says what stands in the way."""


class Dumper(Protocol):
    """How one kind of database is dumped and put back."""

    kind: str
    part: str  # the name of the dump within a backup

    def dumped(self, target: Path, *, hold: bool) -> AbstractContextManager[Session]:
        """Dump to a file; the session sees exactly what is dumped. `hold`: no act is written until the block ends."""

    def empty(self) -> bool:
        """Whether there are no tables."""

    def load(self, source: Path) -> None:
        """Put a dump back, wholly or not at all."""


def dumper_of(url: str) -> Dumper:
    """The one for the database of that address."""
    parsed = make_url(url)
    return SqliteDumper(parsed) if parsed.get_backend_name() == "sqlite" else PostgresDumper(parsed)


def copy_sqlite(source: Path, target: Path) -> None:
    """A consistent copy of a SQLite file that may be in use, as one file without a write-ahead log.

    Raises:
        BackupError: the file is damaged.
    """
    with closing(sqlite3.connect(source, timeout=30)) as there, closing(sqlite3.connect(target)) as here:
        there.backup(here)
        here.execute("PRAGMA journal_mode=DELETE")
        found = here.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise BackupError(f"{source} is damaged: {found}")


class SqliteDumper:
    """SQLite: its online backup, never a copy of the file."""

    kind = "sqlite"
    part = "record.db"

    def __init__(self, url: URL) -> None:
        self._path = Path(url.database or "")
        self._url = url.render_as_string(hide_password=False)

    @contextmanager
    def dumped(self, target: Path, *, hold: bool) -> Iterator[Session]:
        """See `Dumper`; writers wait in any case, since the copy is a matter of a moment."""
        if self.empty():
            raise BackupError(f"there is no record in {self._path}")
        database = Database(self._url)
        try:
            with database.write() as writer:
                writer.session.connection()  # takes the write lock; nothing is written
                copy_sqlite(self._path, target)
                yield writer.session
        finally:
            database.close()

    def empty(self) -> bool:
        """See `Dumper`."""
        if not self._path.is_file():
            return True
        with closing(sqlite3.connect(self._path)) as connection:
            return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None

    def load(self, source: Path) -> None:
        """See `Dumper`."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = self._path.with_name(f".{self._path.name}.restoring")
        shutil.copyfile(source, draft)
        draft.chmod(0o600)
        draft.replace(self._path)


class PostgresDumper:
    """PostgreSQL: `pg_dump` in its custom format, of one snapshot; the password goes by the environment."""

    kind = "postgresql"
    part = "record.dump"

    def __init__(self, url: URL) -> None:
        self._url = url

    @contextmanager
    def dumped(self, target: Path, *, hold: bool) -> Iterator[Session]:
        """See `Dumper`."""
        if self.empty():
            raise BackupError(f"the database {self._url.database} has no tables")
        engine = create_engine(self._url, isolation_level="REPEATABLE READ")
        try:
            with engine.connect() as connection, Session(connection) as session:
                if hold:  # before the snapshot is taken, which the first query does
                    connection.execute(text("LOCK TABLE journal_entry IN EXCLUSIVE MODE"))
                snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
                self._run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}", "--no-owner")
                yield session
        finally:
            engine.dispose()

    def empty(self) -> bool:
        """See `Dumper`."""
        engine = create_engine(self._url)
        try:
            return not inspect(engine).get_table_names()
        finally:
            engine.dispose()

    def load(self, source: Path) -> None:
        """See `Dumper`."""
        self._run("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", str(source))

    def _run(self, program: str, *arguments: str) -> None:
        environment = {**os.environ, "PGPASSWORD": self._url.password or os.environ.get("PGPASSWORD", "")}
        command = [_program(program), *arguments, "--dbname", self._conninfo()]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise BackupError(f"{program} failed: {done.stderr.strip()[-500:]}")

    def _conninfo(self) -> str:
        """Where the database is, for libpq; without the password, which a command line would show to everybody."""
        url = self._url
        options = {name: str(value) for name, value in url.query.items() if name != "password"}
        given = {"host": url.host, "port": url.port, "user": url.username, "dbname": url.database, **options}
        return make_conninfo("", **{name: value for name, value in given.items() if value is not None})


def _program(name: str) -> str:
    """A program of PostgreSQL: on PATH, else where Debian keeps it.

    Raises:
        BackupError: there is none.
    """
    found = shutil.which(name) or next((str(p) for p in sorted(_DEBIAN.glob(f"*/bin/{name}"), reverse=True)), None)
    if found is None:
        raise BackupError(
            f"{name} is not on PATH: install PostgreSQL's client programs, of the server's version or newer"
        )
    return found

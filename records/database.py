"""The database: one synchronous code path for SQLite and PostgreSQL; reads deferred, writes serialised by the chain."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, Final

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from records.audit import Writer

_POOL: Final[dict[str, Any]] = {"pool_size": 10, "max_overflow": 20}  # more than a process has threads that ask
_DISK_FULL: Final = "53100"  # PostgreSQL's SQLSTATE


class Database:
    """Sessions on one database. `url` is a SQLAlchemy URL: `sqlite:///file` or `postgresql+psycopg://…`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        self._writing = self.engine.execution_options(selter_writes=True)
        still: dict[str, Any] = {} if url.startswith("sqlite") else {"isolation_level": "REPEATABLE READ"}
        self._still = self.engine.execution_options(**still)
        # SQLite lets one write at a time, and whoever finds it busy sleeps before he asks again: 1 ms, 2, 5, up to 100.
        # The threads of a process wait for each other here instead, and go on at once.
        self._turn = threading.RLock() if url.startswith("sqlite") else nullcontext()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that only reads."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """A session that sees one moment of the database, whatever others write meanwhile; SQLite's reads always do."""
        with Session(self._still, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Writer]:
        """A transaction: committed, with its audit entries sealed last, unless an exception leaves the block."""
        with self._turn, Session(self._writing, expire_on_commit=False) as session:
            writer = Writer(session)
            yield writer
            writer.seal()
            session.commit()

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


def out_of_space(error: DBAPIError) -> bool:
    """Whether the database failed because its disk is full; the transaction was rolled back."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code == sqlite3.SQLITE_FULL or getattr(error.orig, "sqlstate", None) == _DISK_FULL


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, **_POOL)
    engine = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False}, **_POOL)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """WAL, foreign keys, and transactions begun by us: the driver's own would take the write lock too late."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=30000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    writes = connection.get_execution_options().get("selter_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

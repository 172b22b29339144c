"""Migrations, run from code: an installation needs no alembic.ini and no command of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, event, text
from sqlmodel import SQLModel

from records import tables

assert tables  # registers every table in the metadata

_FOLDER: Final = Path(__file__).parent / "migrations"
_LOCK: Final = 7_355_608  # any number, the same in every process: two that start together migrate one after the other


def upgrade(url: str) -> None:
    """Bring a database to the newest schema; nothing happens when it is there."""
    with _connected(url, "BEGIN IMMEDIATE") as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        command.upgrade(_config(connection), "head")


def current(url: str) -> str | None:
    """The revision a database is at; none when it is empty."""
    with _connected(url) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """The newest revision."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    assert revision is not None
    return revision


def known(revision: str) -> bool:
    """Whether this release can bring that revision to the newest."""
    return any(script.revision == revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def differences(url: str) -> list[Any]:
    """What autogenerate would change: empty when migrations and tables agree."""
    with _connected(url) as connection:
        return list(compare_metadata(MigrationContext.configure(connection), SQLModel.metadata))


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@contextmanager
def _connected(url: str, begin: str = "BEGIN") -> Iterator[Connection]:
    """A transaction; on SQLite begun by us, and with the write lock at once where two processes must take turns."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _leave_transactions_to_us)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _leave_transactions_to_us(connection: Any, _record: Any) -> None:
    """The driver of SQLite begins none before a table is made, and a migration that was killed would stay half done."""
    connection.isolation_level = None
    connection.execute("PRAGMA busy_timeout=30000")

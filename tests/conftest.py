"""Fixtures that many tests share: a real database, migrated, on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from records import migrate
from records.database import Database
from tests.postgres import Postgres, find_initdb, running

# Timing belongs in bench/; and a run of the tests is the same run again.
settings.register_profile("selter", deadline=None, derandomize=True)
settings.load_profile("selter")

INITDB = find_initdb()
KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.skipif(INITDB is None, reason="no PostgreSQL here"))]


def pytest_addoption(parser: pytest.Parser) -> None:
    """The tests of acts run on one database each, unless this asks for both."""
    parser.addoption("--every-database", action="store_true", help="run the tests of acts on both databases")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One PostgreSQL server for the session."""
    assert INITDB is not None
    with running(INITDB) as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "selter.db"
    migrate.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh database at the newest schema."""
    if request.param == "sqlite":
        path = tmp_path / "selter.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.database() as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh database at the newest schema."""
    opened = Database(database_url)
    yield opened
    opened.close()

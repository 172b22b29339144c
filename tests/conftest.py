"""Fixtures that many tests share: a real database, migrated, on SQLite and on PostgreSQL."""

import logging
import shutil
from binascii import crc32
from collections import Counter
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
_NAMES = ("sqlite", "postgres")
_SCENARIOS = Path(__file__).with_name("scenarios")
_TURNS = {Path(__file__).with_name(name) for name in ("acts", "api")}
KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.skipif(INITDB is None, reason="no PostgreSQL here"))]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Most tests run on one of the two databases, unless this asks for both."""
    parser.addoption("--every-database", action="store_true", help="run every test on both databases")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let the tests of acts and of the API take turns on the two databases, chosen by their names.

    The code is the same for both, and each part of it is tried by many tests. Whatever depends on the database itself
    is marked `both_databases`.
    """
    _spread_scenarios(items)
    if INITDB is None or config.getoption("every_database"):
        return
    taking_turns = [item for item in items if _TURNS & {*item.path.parents} and _database_of(item)]
    kinds = Counter(_test_of(item) for item in taking_turns)  # 1: the test chose its database
    left_out = {item for item in taking_turns if kinds[_test_of(item)] > 1 and not _has_its_turn(item)}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]


def _spread_scenarios(items: list[pytest.Item]) -> None:
    """Apart from each other among the other files: each is long, and starts many processes of its own."""
    files = list(dict.fromkeys(item.path for item in items))
    scenarios = [file for file in files if _SCENARIOS in file.parents]
    others = [file for file in files if file not in scenarios]
    place = {file: float(number) for number, file in enumerate(others)}
    place |= {file: len(others) * number / len(scenarios) - 0.5 for number, file in enumerate(scenarios)}
    items.sort(key=lambda item: place[item.path])


def _database_of(item: pytest.Item) -> str:
    """The kind of database that a test runs on; empty where it has none."""
    called = getattr(item, "callspec", None)  # none where a test has no parameters
    given = called.params if called else {}
    return next((given[name] for name in ("database_url", "prepared") if name in given), "")


def _test_of(item: pytest.Item) -> str:
    return item.nodeid.replace(_database_of(item), "")


def _has_its_turn(item: pytest.Item) -> bool:
    turn = _NAMES[crc32(_test_of(item).encode()) % 2]
    return item.get_closest_marker("both_databases") is not None or _database_of(item) == turn


@pytest.fixture(autouse=True)
def log_level() -> Iterator[None]:
    """Whoever starts an installation sets the log level of the process; the next test finds it as it was."""
    level = logging.getLogger().level
    yield
    logging.getLogger().setLevel(level)


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

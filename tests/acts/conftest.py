"""A furnished agency on a fresh database."""

from binascii import crc32
from pathlib import Path

import pytest

from records.database import Database
from tests.acts.world import World
from tests.conftest import INITDB

_HERE = Path(__file__).parent
_KINDS = ("sqlite", "postgres")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run each test of this folder on one of the two databases, chosen by its name; `--every-database` on both.

    A recorder is written for both at once, and every one is tried by many tests; whole stories, the API's tests and
    those of locks run on both.
    """
    if INITDB is None or config.getoption("every_database"):
        return
    left_out = [item for item in items if _HERE in item.path.parents and not _has_its_turn(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


def _has_its_turn(item: pytest.Item) -> bool:
    """Whether this is the database of that test; one without a database runs."""
    called = getattr(item, "callspec", None)  # none where a test has no parameters
    kind = called.params.get("database_url") if called else None
    return kind is None or kind == _KINDS[crc32(item.nodeid.replace(kind, "").encode()) % 2]


@pytest.fixture
def world(database: Database) -> World:
    """People, posts and roles; the database is SQLite and PostgreSQL in turn."""
    world = World(database)
    world.furnish()
    return world

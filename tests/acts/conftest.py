"""A furnished agency on a fresh database."""

import pytest

from records.database import Database
from tests.acts.world import World


@pytest.fixture
def world(database: Database) -> World:
    """People, posts and roles; the database is SQLite and PostgreSQL in turn."""
    world = World(database)
    world.furnish()
    return world

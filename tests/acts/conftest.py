"""A furnished agency on a fresh SQLite database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from records.database import Database
from tests.acts.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    database = Database(f"sqlite:///{tmp_path / 'selter.db'}")
    SQLModel.metadata.create_all(database.engine)
    world = World(database)
    world.furnish()
    yield world
    database.close()

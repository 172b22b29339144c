"""The fixtures of the selection's tests; a test module names this file in `pytest_plugins`."""

import pytest

from records.database import Database
from tests.acts.selection_plan import PUBLISHED
from tests.acts.selection_world import World


@pytest.fixture
def blank(database: Database) -> World:
    """People and an agency, on each database the suite runs on."""
    return World(database)


@pytest.fixture
def drafted(blank: World) -> World:
    """A lawful draft with one vacancy, on the day of its publication."""
    blank.draft()
    blank.now = PUBLISHED
    return blank


@pytest.fixture
def published(drafted: World) -> World:
    """The round after its publication, window open."""
    drafted.act("publish", "secretariat")
    return drafted


@pytest.fixture
def two(blank: World) -> World:
    """A published round with two vacancies."""
    blank.draft("head_of_agency", "sekda")
    blank.now = PUBLISHED
    blank.act("publish", "secretariat")
    return blank

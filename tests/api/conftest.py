"""A furnished site, copied for each test from one that was made once for each kind of database."""

import copy
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from records.database import Database
from tests.api.site import Known, Site
from tests.conftest import KINDS
from tests.postgres import Postgres


@dataclass(frozen=True)
class Prepared:
    """A furnished database to copy: a file, or a template's name."""

    source: Path | str
    known: Known


@pytest.fixture(scope="session", params=KINDS)
def prepared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    """The draft round of a furnished agency."""
    folder = tmp_path_factory.mktemp("furnished")
    with ExitStack() as stack:
        if request.param == "sqlite":
            path = folder / "selter.db"
            shutil.copy(request.getfixturevalue("sqlite_template"), path)
            source: Path | str = path
            url = f"sqlite:///{path}"
        else:
            server: Postgres = request.getfixturevalue("postgres")
            url = stack.enter_context(server.database())
            source = url.partition("@/")[2].partition("?")[0]
        database = Database(url)
        site = Site(database, folder)
        site.furnish()
        database.close()
        if isinstance(source, Path):
            assert not source.with_name("selter.db-wal").exists()
        yield Prepared(source, site.known)


@pytest.fixture
def site(prepared: Prepared, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """A site of one's own, with a draft round."""
    with ExitStack() as stack:
        if isinstance(prepared.source, Path):
            path = tmp_path / "selter.db"
            shutil.copy(prepared.source, path)
            url = f"sqlite:///{path}"
        else:
            server: Postgres = request.getfixturevalue("postgres")
            url = stack.enter_context(server.database(prepared.source))
        database = Database(url)
        yield Site(database, tmp_path, copy.deepcopy(prepared.known))
        database.close()


@pytest.fixture
def published(site: Site) -> Site:
    """A published round on the first day of its window."""
    site.publish()
    return site

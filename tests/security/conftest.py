"""One world for all tests of this folder: built once a run, copied for each use."""

import fcntl
import pickle
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from records.database import Database
from tests.api.conftest import prepared, published, site
from tests.api.site import Known, Site, local
from tests.security.world import World, build

__all__ = ["prepared", "published", "site"]


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, worker_id: str) -> World:
    """The two agencies; whichever process of the run comes first builds them."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "two-agencies"
    folder.mkdir(exist_ok=True)
    known = folder / "world.pickle"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not known.exists():
            source = folder / "selter.db"
            shutil.copy(sqlite_template, source)
            database = Database(f"sqlite:///{source}")
            first, second = build(database, folder)
            database.close()
            known.write_bytes(pickle.dumps(World(folder, source, first, second)))
    found: World = pickle.loads(known.read_bytes())
    return found


@contextmanager
def opened(world: World, path: Path) -> Iterator[Site]:
    """A site on a copy of the world's database at `path`, in June 2028."""
    shutil.copy(world.source, path)
    database = Database(f"sqlite:///{path}")
    site = Site(
        database, world.folder, Known(agency=world.first.id, people=world.first.people, tokens=world.first.tokens)
    )
    site.clock.at = local("2028-06-01T09:00:00")
    site.client.app.state.__dict__.get("_state", {}).pop("health", None)
    try:
        yield site
    finally:
        database.close()


@pytest.fixture
def site_of_world(world: World, tmp_path: Path) -> Iterator[Site]:
    """A site of one's own."""
    with opened(world, tmp_path / "selter.db") as site:
        yield site


def caller(site: Site, token: str | None) -> httpx.AsyncClient:
    """A client in this process that signs every call with the token."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    transport = httpx.ASGITransport(app=site.client.app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://selter.test", headers=headers)

"""One Temporal server a session; each test has its own database, task queue and worker on it."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from activities import press
from records.database import Database
from runtime.embedded import EmbeddedTemporal
from tests.acts.selection_plan import PUBLISHED
from tests.workflows.live import NAMESPACE, Live

FEW_EVENTS = {"limit.historyCount.suggestContinueAsNew": "60"}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def temporal(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The address of a server that suggests to continue as new early."""
    async with EmbeddedTemporal(extra_config=FEW_EVENTS) as server:
        yield await server.start(tmp_path_factory.mktemp("temporal"), port=0, namespace=NAMESPACE)


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine without LibreOffice: letters are pressed as DOCX alone."""
    monkeypatch.setattr(press, "find_office", lambda: None)


@pytest_asyncio.fixture(loop_scope="session")
async def live(temporal: str, sqlite_template: Path, tmp_path: Path, no_office: None) -> AsyncIterator[Live]:
    """A round as a draft, its workflow and its worker, on the day of publication."""
    path = tmp_path / "selter.db"
    shutil.copy(sqlite_template, path)
    database = Database(f"sqlite:///{path}")
    async with Live.on(temporal, database, tmp_path) as running:
        await running.do(lambda world: world.draft())
        await running.begin()
        await running.move(PUBLISHED)
        yield running
    await asyncio.to_thread(database.close)

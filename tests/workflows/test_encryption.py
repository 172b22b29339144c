"""Encryption of what Temporal stores: switched on and off at any time, and rotated key by key."""

import asyncio
import base64
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from temporalio.client import Client

from activities.starter import start_case
from records.database import Database
from runtime.engine import Engine, connect
from runtime.inspecting import Inspector
from runtime.settings import load
from tests.acts.selection_world import World
from tests.workflows.live import NAMESPACE
from workflows.codec import UnknownKeyError

pytestmark = pytest.mark.asyncio(loop_scope="session")
OLD, NEW = (f"k{n}={base64.urlsafe_b64encode(bytes(range(n, n + 32))).decode()}" for n in (1, 2))


@dataclass
class Unmanned:
    """A case without a worker: what is written of it stays as its starter wrote it."""

    address: str
    database: Database
    world: World
    folder: Path

    async def client(self, keyring: str, *, encrypt: bool) -> Client:
        """A client as an installation with these settings has it."""
        temporal: dict[str, Any] = {"keyring": keyring, "encrypt": encrypt, "namespace": NAMESPACE}
        return await connect(load(data_dir=self.folder, temporal=temporal), self.address)

    async def started(self, keyring: str, *, encrypt: bool) -> None:
        """The case's workflow anew, by an installation with these settings."""
        engine = Engine(await self.client(keyring, encrypt=encrypt), task_queue="nobody")
        await engine.end(self.world.key, "test")
        assert await start_case(self.database, engine, self.world.key)

    async def keys(self) -> frozenset[str]:
        """The keys that its history needs, seen without any."""
        return await Inspector(await self.client(NEW, encrypt=False)).keys_of(self.world.key)

    async def read(self, keyring: str, *, encrypt: bool) -> str:
        """The agency in the state with which the workflow started, as such an installation reads it."""
        client = await self.client(keyring, encrypt=encrypt)
        history = await client.get_workflow_handle(self.world.key).fetch_history()
        payloads = history.events[0].workflow_execution_started_event_attributes.input.payloads
        (start,) = await client.data_converter.decode(payloads)
        return str(start["state"]["agency_id"])


@pytest_asyncio.fixture(loop_scope="session")
async def case(temporal: str, sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Unmanned]:
    """A draft round."""
    shutil.copy(sqlite_template, tmp_path / "selter.db")
    database = Database(f"sqlite:///{tmp_path / 'selter.db'}")
    world = await asyncio.to_thread(World, database)
    await asyncio.to_thread(world.draft)
    found = Unmanned(temporal, database, world, tmp_path)
    yield found
    await Engine(await found.client(OLD, encrypt=False)).end(world.key, "test")
    database.close()


async def test_histories_are_readable_unless_encryption_is_switched_on(case: Unmanned) -> None:
    await case.started(OLD, encrypt=False)
    assert await case.keys() == frozenset()
    assert await case.read(NEW, encrypt=False) == case.world.agency_id
    await case.started(OLD, encrypt=True)
    assert await case.keys() == {"k1"}


async def test_what_was_encrypted_is_read_after_encryption_is_switched_off_and_the_reverse(case: Unmanned) -> None:
    await case.started(OLD, encrypt=True)
    assert await case.read(OLD, encrypt=False) == case.world.agency_id
    await case.started(OLD, encrypt=False)
    assert await case.read(OLD, encrypt=True) == case.world.agency_id


async def test_a_rotation_adds_the_new_key_behind_then_puts_it_in_front_then_drops_the_old(case: Unmanned) -> None:
    await case.started(OLD, encrypt=True)
    assert await case.read(f"{OLD},{NEW}", encrypt=True) == case.world.agency_id
    assert await case.read(f"{NEW},{OLD}", encrypt=True) == case.world.agency_id
    with pytest.raises(UnknownKeyError):
        await case.read(NEW, encrypt=True)
    await case.started(f"{NEW},{OLD}", encrypt=True)
    assert await case.keys() == {"k2"}
    assert await case.read(NEW, encrypt=True) == case.world.agency_id

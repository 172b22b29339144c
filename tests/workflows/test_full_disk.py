"""A case whose letters cannot be stored: the act stands, the case goes on, the letters come when there is space."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlmodel import col

from records.tables import Document
from records.verify import verify
from tests.full_disk import Blocked, disk_under
from tests.workflows.live import Live

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    """Wait for something to be so."""
    async with asyncio.timeout(60):
        while not await true():  # noqa: ASYNC110  # only the record and the engine know
            await asyncio.sleep(0.05)


async def tries(live: Live) -> list[int]:
    """How often each activity that the round waits for has been tried."""
    return [activity.attempt for activity in (await live.handle.describe()).raw_description.pending_activities]


async def test_a_letter_that_finds_no_space_is_pressed_later_and_no_number_is_lost(live: Live, tmp_path: Path) -> None:
    async def waiting() -> list[str]:
        rows = await live.do(lambda world: world.rows(Document, col(Document.case_key) == world.key))
        return [document.number for document in rows if document.pressed_at is None]

    async def tried_again() -> bool:
        return max(await tries(live), default=0) > 1

    async def all_pressed() -> bool:
        return not await waiting()

    with disk_under(tmp_path / "files", otherwise=Blocked) as disk:
        disk.fill()
        await live.act("publish", "secretariat")
        issued = await waiting()
        assert issued
        await until(tried_again)
        assert await waiting() == issued
        assert await live.journal() == ["open", "publish"]
        disk.make_room()
        await until(all_pressed)
        with live.database.read() as session:
            assert verify(session, live.files).breaks == ()

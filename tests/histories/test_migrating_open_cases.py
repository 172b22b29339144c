"""Databases of earlier releases in mid-case: brought forward, rebuilt, and gone on with."""

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from domain.words import CaseKind
from records import journal, migrate
from records.database import Database
from records.files import FileStore
from records.tables import Case
from records.verify import verify
from runtime.engine import connect
from runtime.settings import Mode, load
from stack import Stack, embedded

KEPT = sorted(Path(__file__).parent.glob("record-*.sql.gz"))


@pytest.fixture(params=KEPT, ids=lambda path: path.name.removesuffix(".sql.gz"))
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A data folder with an earlier release's database and nothing of Temporal's."""
    with closing(sqlite3.connect(tmp_path / "selter.db")) as connection:
        with gzip.open(request.param, "rt", encoding="utf-8") as statements:
            connection.executescript(statements.read())
        connection.execute("PRAGMA journal_mode=WAL")
    return tmp_path


def test_there_is_a_database_of_an_earlier_release_in_mid_round_and_in_mid_review() -> None:
    assert {path.name.split("-")[2].removesuffix(".sql.gz") for path in KEPT} >= {"round", "years"}


def test_an_earlier_database_is_behind_and_is_brought_forward(folder: Path) -> None:
    url = f"sqlite:///{folder / 'selter.db'}"
    assert migrate.current(url) != migrate.head()
    migrate.upgrade(url)
    assert migrate.current(url) == migrate.head()
    assert migrate.differences(url) == []
    database = Database(url)
    with database.read() as session:
        report = verify(session, FileStore(folder / "files"))
    database.close()
    assert report.entries > 100
    assert {b.kind for b in report.breaks} == {"file-changed"}  # the files themselves are not kept with the tests


async def test_the_open_cases_of_an_earlier_release_go_on(folder: Path) -> None:
    settings = load(
        mode=Mode.DEMO, data_dir=folder, log_level="ERROR", api={"port": 0}, temporal={"port": 0}, smtp={"port": 0}
    )
    async with embedded(settings) as stack:
        open_keys = cases(stack)
        assert sorted(stack.restarted) == sorted(open_keys)
        deadline = await stack.simulation.next_deadline()
        assert deadline is not None
        before = entries(stack)
        assert await stack.simulation.move_to(deadline.due) >= 1
        assert entries(stack) > before
        await agree(stack)


def cases(stack: Stack) -> dict[str, CaseKind]:
    """The open cases."""
    with stack.services.database.read() as session:
        return {case.key: CaseKind(case.kind) for case in journal.open_cases(session)}


def entries(stack: Stack) -> int:
    """How long all journals are together."""
    with stack.services.database.read() as session:
        return sum(len(journal.entries_of(session, key)) for key in cases(stack))


async def agree(stack: Stack) -> None:
    """Every running workflow holds what the record projects."""
    client = await connect(stack.settings, stack.temporal_address)
    for key in cases(stack):
        with stack.services.database.read() as session:
            state = journal.state_of(session, key)
            assert session.get_one(Case, key).key == key
        held = await client.get_workflow_handle(key).query("state", result_type=type(state))
        assert held == state, key

"""The restore drill: an installation in mid-round is backed up as it runs, restored elsewhere, verified, and used."""

import asyncio
import gzip
import json
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from activities import press
from records import migrate
from records.database import Database
from records.tables import Document
from records.verify import verify
from runtime.backup import back_up, check, restore
from runtime.dumps import BackupError, dumper_of
from runtime.engine import Engine, connect
from runtime.settings import Mode, Settings, load
from stack import Stack, embedded
from tests.acts.selection_plan import PUBLISHED
from tests.acts.selection_world import World
from tests.postgres import Postgres
from tests.workflows.live import Live, LiveWorld
from workflows.ports import PROCESS_QUEUE

EARLIER = Path(__file__).parents[1] / "histories" / "record-0.1-round.sql.gz"
ALIKE = {"log_level": "ERROR", "api": {"port": 0}, "smtp": {"port": 0}}


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine without LibreOffice."""
    monkeypatch.setattr(press, "find_office", lambda: None)


def settings_of(folder: Path, **more: Any) -> Settings:
    """An installation in that folder."""
    return load(mode=Mode.DEMO, data_dir=folder, **{**ALIKE, "temporal": {"port": 0}, **more})


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[str]:
    """An empty database of the same kind as `database_url`."""
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'elsewhere' / 'selter.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.database("template0") as url:
        yield url


async def joined(stack: Stack) -> Live:
    """The tools of the workflow tests, on an installation with its own worker and encryption."""
    services = stack.services
    live = await Live.connected(stack.temporal_address, services.database, services.settings.data_dir, PROCESS_QUEUE)
    live.client = await connect(stack.settings, stack.temporal_address)
    live.engine = Engine(live.client)
    return live


async def mid_round(stack: Stack) -> LiveWorld:
    """A published round with its letters pressed."""
    services = stack.services
    live = await joined(stack)
    live.world = world = await asyncio.to_thread(LiveWorld, services.database, live=live)
    await live.do(lambda w: w.draft())
    await live.begin()
    await live.move(PUBLISHED)
    await live.act("publish", "secretariat")
    await stack.mailer.settled()
    return world


async def goes_on(stack: Stack, world: LiveWorld) -> None:
    """The next deadline happens, an act is taken, and workflow and record agree."""
    services = stack.services
    live = await joined(stack)
    world.database, world.live, live.world, live.begun = services.database, live, world, True
    await live.do(lambda w: setattr(w, "state", w.stored))
    before = len(await live.journal())
    deadline = await stack.simulation.next_deadline()
    assert deadline is not None
    assert await stack.simulation.move_to(deadline.due) >= 1
    await live.do(lambda w: setattr(w, "state", w.stored))
    await live.act("suspend", "chair", world.vacancy, ground="outage")
    assert len(await live.journal()) >= before + 2
    assert await live.state() == world.stored


async def test_a_restored_installation_verifies_and_its_round_goes_on(
    database_url: str, empty_url: str, tmp_path: Path, no_office: None
) -> None:
    here = settings_of(tmp_path, database_url=database_url)
    async with embedded(here) as stack:
        world = await mid_round(stack)
        made = await asyncio.to_thread(back_up, stack.settings, tmp_path / "backup", with_secrets=True)
    assert made.manifest.missing == []
    assert {"temporal.db", "secrets/keyring"} <= made.manifest.parts.keys()
    assert sum(name.startswith("files/") for name in made.manifest.parts) >= 1

    there = settings_of(tmp_path / "elsewhere", database_url=empty_url)
    restored = await asyncio.to_thread(restore, tmp_path / "backup", there)
    assert restored.report.breaks == ()
    assert restored.report.documents >= 1
    there = settings_of(tmp_path / "elsewhere", database_url=empty_url)
    assert there.temporal.keys() == here.temporal.keys()
    async with embedded(there) as stack:
        assert stack.restarted == []  # the engine's state came along
        await goes_on(stack, world)
        with stack.services.database.read() as session:
            assert verify(session, stack.services.files).breaks == ()


async def test_without_the_engines_state_every_case_is_started_from_the_record(
    sqlite_template: Path, tmp_path: Path, no_office: None
) -> None:
    here = settings_of(tmp_path / "here", temporal={"port": 0, "encrypt": True})
    async with embedded(here) as stack:
        world = await mid_round(stack)
        await asyncio.to_thread(back_up, stack.settings, tmp_path / "backup.tar")
    there = settings_of(tmp_path / "there")
    restored = await asyncio.to_thread(restore, tmp_path / "backup.tar", there)
    assert "encrypted with keys" in " ".join(restored.notes)
    assert restored.report.breaks == ()
    async with embedded(there) as stack:
        assert stack.restarted == [world.key]
        await goes_on(stack, world)


def test_a_backup_of_an_earlier_release_is_brought_to_this_ones_schema(tmp_path: Path) -> None:
    here = settings_of(tmp_path / "here")
    with (
        closing(sqlite3.connect(tmp_path / "here" / "selter.db")) as connection,
        gzip.open(EARLIER, "rt") as statements,
    ):
        connection.executescript(statements.read())
    made = back_up(here, tmp_path / "backup")
    assert made.manifest.schema_revision != migrate.head()
    there = settings_of(tmp_path / "there")
    restored = restore(made.path, there)
    assert migrate.current(there.database_url) == migrate.head()
    assert restored.report.entries > 100
    assert {b.kind for b in restored.report.breaks} == {"file-changed"}  # its files are not kept with the tests
    assert len(made.manifest.missing) > 1


# -- what is refused ---------------------------------------------------------------------------------------------------


@pytest.fixture
def installation(sqlite_template: Path, tmp_path: Path) -> tuple[Settings, LiveWorld]:
    """An installation that does not run, with a draft round."""
    settings = settings_of(tmp_path / "here")
    shutil.copy(sqlite_template, tmp_path / "here" / "selter.db")
    database = Database(settings.database_url)
    world = LiveWorld(database, live=None)
    world.draft()
    database.close()
    return settings, world


Damage = Callable[[Path], None]


def flip(path: Path) -> None:
    """One byte is another."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (lambda folder: flip(folder / "record.db"), "record.db is not what it was"),
        (lambda folder: (folder / "record.db").unlink(), "record.db is missing"),
        (lambda folder: (folder / "secrets" / "keyring").write_text("k1=other"), "secrets/keyring is not what it was"),
        (lambda folder: (folder / "files").mkdir() or (folder / "files" / "x").touch(), "files/x does not belong"),
        (lambda folder: (folder / "manifest.json").unlink(), "no manifest.json"),
        (lambda folder: (folder / "manifest.json").write_text("{}"), "manifest.json is damaged"),
    ],
)
def test_a_damaged_backup_is_refused_naming_the_part(
    installation: tuple[Settings, LiveWorld], tmp_path: Path, damage: Damage, named: str
) -> None:
    back_up(installation[0], tmp_path / "backup", with_secrets=True)
    check(tmp_path / "backup")
    damage(tmp_path / "backup")
    there = settings_of(tmp_path / "there")
    with pytest.raises(BackupError, match=named):
        restore(tmp_path / "backup", there)
    assert not (tmp_path / "there" / "selter.db").exists()


def test_a_backup_is_not_restored_over_an_installation(
    installation: tuple[Settings, LiveWorld], tmp_path: Path
) -> None:
    settings, _ = installation
    made = back_up(settings, tmp_path / "backup")
    with pytest.raises(BackupError, match=r"holds selter\.db"):
        restore(made.path, settings)
    elsewhere = settings_of(tmp_path / "there", database_url=settings.database_url)
    with pytest.raises(BackupError, match=r"the database that .* is not empty"):
        restore(made.path, elsewhere)


def test_a_backup_of_a_newer_release_or_of_another_database_is_refused(
    installation: tuple[Settings, LiveWorld], tmp_path: Path
) -> None:
    made = back_up(installation[0], tmp_path / "backup")
    manifest = json.loads((made.path / "manifest.json").read_text())
    there = settings_of(tmp_path / "there")
    for changed, named in (({"schema_revision": "ffff"}, "does not know"), ({"database": "postgresql"}, "postgresql")):
        (made.path / "manifest.json").write_text(json.dumps({**manifest, **changed}))
        with pytest.raises(BackupError, match=named):
            restore(made.path, there)


def test_a_chain_that_was_cut_in_the_backup_is_noticed(
    installation: tuple[Settings, LiveWorld], tmp_path: Path
) -> None:
    made = back_up(installation[0], tmp_path / "backup")
    manifest = json.loads((made.path / "manifest.json").read_text())
    for head in manifest["heads"].values():
        head["position"] += 1
    (made.path / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(BackupError, match="audit chains"):
        restore(made.path, settings_of(tmp_path / "there"))


# -- what a backup holds -----------------------------------------------------------------------------------------------


def test_a_backup_holds_no_secrets_and_is_its_owners_alone(
    installation: tuple[Settings, LiveWorld], tmp_path: Path
) -> None:
    settings, _ = installation
    made = back_up(settings, tmp_path / "backup")
    secret = settings.secret_key.get_secret_value().encode()
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o700
    assert not any(secret in path.read_bytes() for path in made.path.rglob("*") if path.is_file())
    assert sorted(path.name for path in made.path.iterdir()) == ["manifest.json", "record.db"]


def test_a_backup_gets_a_name_of_its_own_in_a_folder_and_takes_no_other_place(
    installation: tuple[Settings, LiveWorld], tmp_path: Path
) -> None:
    settings, _ = installation
    (tmp_path / "backups").mkdir()
    made = back_up(settings, tmp_path / "backups")
    assert made.path.parent == tmp_path / "backups"
    assert list((tmp_path / "backups").iterdir()) == [made.path]
    (tmp_path / "backup.tar").touch()
    with pytest.raises(BackupError, match="exists already"):
        back_up(settings, tmp_path / "backup.tar")


def test_a_file_that_is_lost_or_altered_is_named_in_the_backup(
    installation: tuple[Settings, LiveWorld], tmp_path: Path
) -> None:
    settings, world = installation
    database = Database(settings.database_url)
    with database.write() as writer:
        lost = Document(
            agency_id=world.agency_id, kind="announcement", title="-", number="1", issued_on=PUBLISHED.date(),
            inputs={}, inputs_sha256="", docx_sha256="ab" * 32,
        )  # fmt: skip
        writer.session.add(lost)
    database.close()
    made = back_up(settings, tmp_path / "backup")
    assert made.manifest.missing == ["ab" * 32]
    restored = restore(made.path, settings_of(tmp_path / "there"))
    assert "ab" * 32 in restored.notes[0]
    assert {b.kind for b in restored.report.breaks} >= {"file-changed"}


def test_a_damaged_database_is_not_backed_up(installation: tuple[Settings, LiveWorld], tmp_path: Path) -> None:
    settings, _ = installation
    with closing(sqlite3.connect(settings.data_dir / "selter.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name='person'").fetchone()[0]
        page = connection.execute("PRAGMA page_size").fetchone()[0]
    with (settings.data_dir / "selter.db").open("r+b") as file:
        file.seek((root - 1) * page)
        file.write(b"\xff" * page)
    with pytest.raises(BackupError, match="damaged"):
        back_up(settings, tmp_path / "backup")
    assert not (tmp_path / "backup").exists()


def test_acts_wait_while_the_record_and_the_engines_state_are_copied(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    World(database).draft()
    with dumper_of(database_url).dumped(tmp_path / "dump", hold=True):
        assert not can_write(database_url)
    assert can_write(database_url)


def can_write(url: str) -> bool:
    """Whether a transaction that writes the journal can begin at this moment."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=0)) as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return False
            return True
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute("SET lock_timeout = '10ms'")
        try:
            connection.execute("LOCK TABLE journal_entry IN ROW EXCLUSIVE MODE")
        except psycopg.errors.LockNotAvailable:
            return False
        return True

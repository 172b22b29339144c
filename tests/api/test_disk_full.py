"""A full disk: what cannot be written is refused whole, told as what it is, and succeeds when there is room again."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlmodel import SQLModel, col, func, select

from activities.mailer import Mailer
from records.database import Database
from records.files import FileStore
from records.tables import AuditEntry, Document, IdempotencyKey, Upload
from records.verify import verify
from runtime.settings import SmtpSettings
from runtime.smtp_catcher import SmtpCatcher
from tests.api.site import Site, ok, picture, refused
from tests.full_disk import Disk, disk_under

pytestmark = pytest.mark.both_databases

ONE = pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)  # for what does not depend on the database


@pytest.fixture(params=[True, False], ids=["mounted", "limited"])
def disk(site: Site, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Disk]:
    """The disk of the site's files."""
    with disk_under(tmp_path / "files", mount=request.param) as under:
        yield under


def rows(site: Site, *tables: type[SQLModel]) -> list[int]:
    """How many rows there are of each."""
    with site.database.read() as session:
        return [session.exec(select(func.count()).select_from(table)).one() for table in tables]


def kept(site: Site) -> list[str]:
    """The files in the store, whole or in part."""
    folder = site.services.settings.data_dir / "files"
    return sorted(p.name for p in folder.rglob("*") if p.is_file() and p.name != "filler")


@ONE
def test_an_upload_that_finds_no_space_leaves_nothing_behind_and_succeeds_later(site: Site, disk: Disk) -> None:
    site.publish()
    application = site.begin("p1", 1)
    content = picture()
    person, before = site.person("p1"), (rows(site, Upload, AuditEntry), kept(site))
    disk.fill()
    for language, said in (("id", "Ruang penyimpanan server habis"), ("en", "out of storage")):
        path = f"/applications/{application}/documents/photo"
        files, headers = {"file": ("foto.jpg", content, "image/jpeg")}, {"Accept-Language": language}
        answer = person("PUT", path, files=files, headers=headers)
        assert said in refused(answer, "storage-full", 507)["detail"]
        assert answer.headers["retry-after"]
    assert (rows(site, Upload, AuditEntry), kept(site)) == before
    disk.make_room()
    assert ok(person.upload(application, "photo", content, "foto.jpg"))["sha256"] in kept(site)
    assert rows(site, Upload, AuditEntry) == [count + 1 for count in before[0]]
    assert person.get(f"/applications/{application}/documents/photo").content == content


@ONE
def test_health_tells_of_little_space_while_there_is_none(site: Site, disk: Disk) -> None:
    settings = site.services.settings
    settings.health.min_free_bytes = 1024 * 1024
    for part in site.services.healthy().parts:
        part.every = 0

    def files() -> tuple[str, str]:
        part = ok(site.person("admin").get("/health/details"))["parts"]["files"]
        return part["status"], part["reason"]

    assert files() == ("ok", "")
    disk.fill()
    assert files() == ("failing", "little-space")
    disk.make_room()
    assert files() == ("ok", "")


@ONE
async def test_a_receipt_is_pressed_when_there_is_space_and_other_mail_leaves_meanwhile(
    published: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("activities.mailer._WRITE_AGAIN_AFTER", 0)
    site = published
    application = site.begin("p1", 1)
    number = ok(site.person("p1").post(f"/applications/{application}/submit"))["number"]
    shutil.move(tmp_path / "files", tmp_path / "elsewhere")
    with SmtpCatcher() as catcher, disk_under(tmp_path / "files") as disk:
        smtp = SmtpSettings(host="127.0.0.1", port=catcher.port, starttls=False)
        sender = Mailer(site.database, FileStore(tmp_path / "files"), smtp, "https://selter.example")
        disk.fill()
        while await sender.dispatch():
            continue
        assert number not in "".join(str(c.message) for c in catcher.messages)
        assert catcher.messages
        assert receipt(site, number).pressed_at is None
        assert kept(site) == []
        disk.make_room()
        assert await sender.dispatch() == 1
        assert receipt(site, number).docx_sha256 in kept(site)


def receipt(site: Site, number: str) -> Document:
    """The document of that number."""
    with site.database.read() as session:
        return session.exec(select(Document).where(col(Document.number) == number)).one()


# -- the database's disk -----------------------------------------------------------------------------------------------


def fill_sqlite(database: Database) -> Callable[[], None]:
    """The file may not grow by a page; returns what lets it again."""

    def full(connection: Any, *_: Any) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # the present size, where that is larger

    def room(connection: Any, *_: Any) -> None:
        connection.execute("PRAGMA max_page_count = 1073741823")

    event.listen(database.engine, "checkout", full)

    def make_room() -> None:
        event.remove(database.engine, "checkout", full)
        event.listen(database.engine, "checkout", room)

    return make_room


def fill_postgres(database: Database) -> Callable[[], None]:
    """The server raises its own `disk_full` where it would extend a table; returns what ends that."""
    with database.engine.begin() as connection:
        body = "BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END"
        connection.execute(text(f"CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"))
        connection.execute(text("CREATE TRIGGER full_disk BEFORE INSERT ON audit_payload EXECUTE FUNCTION full_disk()"))

    def make_room() -> None:
        with database.engine.begin() as connection:
            connection.execute(text("DROP TRIGGER full_disk ON audit_payload"))

    return make_room


def test_a_write_that_fills_the_database_is_refused_whole_and_succeeds_later(published: Site) -> None:
    site, tables = published, (AuditEntry, IdempotencyKey)
    application, person = site.begin("p1", 1), site.person("p1")
    path = f"/applications/{application}"
    version = ok(person.get(path))["version"]

    def edit(attempt: int) -> Any:
        key = {"Idempotency-Key": f"edit-number-{attempt}"}
        return person.patch(path, {"address": f"{attempt}" * 200}, version, headers=key)

    fill = fill_sqlite if site.database.url.startswith("sqlite") else fill_postgres
    make_room = fill(site.database)
    with ExitStack() as stack:
        stack.callback(make_room)
        before = rows(site, *tables)
        while (answer := edit(version)).status_code == 200:  # SQLite first uses up the pages it has
            version, before = version + 1, rows(site, *tables)
        refused(answer, "storage-full", 507)
        assert rows(site, *tables) == before
        assert ok(person.get(path))["version"] == version
    assert ok(edit(version))["version"] == version + 1
    assert rows(site, *tables) == [count + 1 for count in before]
    with site.database.read() as session:
        assert verify(session, site.files).breaks == ()

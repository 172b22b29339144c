"""Health: each part says the truth, since when, and nothing to strangers that would help them."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from socketserver import StreamRequestHandler, TCPServer
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import text

from records.tables import ClockOffset
from runtime import health
from runtime.clock import real_now
from runtime.embedded import free_port
from runtime.health import Failing, Part, Status
from runtime.smtp_catcher import SmtpCatcher
from tests.api.site import Site, ok, refused

ONE = pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)  # for what does not depend on the database
PARTS = ["clock", "database", "engine", "files", "mail", "workers"]


@pytest.fixture
def mailing(site: Site) -> Any:
    """A site whose mail server answers; each look asks anew."""
    with SmtpCatcher() as catcher:
        site.services.settings.smtp.host = "127.0.0.1"
        site.services.settings.smtp.port = catcher.port
        site.services.settings.smtp.starttls = False
        for part in site.services.healthy().parts:
            part.every = 0
        yield site


def reasons(site: Site, status: int = 200) -> dict[str, str]:
    """The failing parts with their reasons; strangers are told the same without them."""
    shown = ok(site.nobody.get("/health/ready"), status)
    parts = ok(site.person("admin").get("/health/details"))["parts"]
    assert sorted(shown["parts"]) == sorted(parts) == PARTS
    for name, part in shown["parts"].items():
        assert sorted(part) == ["needed", "since", "status"]
        assert part["status"] == parts[name]["status"]
    return {name: part["reason"] for name, part in parts.items() if part["status"] != "ok"}


def test_all_is_well(mailing: Site) -> None:
    assert reasons(mailing) == {}


def no_engine(site: Site) -> None:
    site.engine.down = True


def no_worker(site: Site) -> None:
    async def pollers() -> dict[str, int]:
        return {"process": 1, "documents": 0}

    site.engine.pollers = pollers  # type: ignore[method-assign]


def no_space(site: Site) -> None:
    site.services.settings.health.min_free_bytes = 1 << 60


def a_file_in_the_way(site: Site) -> None:
    site.services.settings.data_dir = Path(__file__)


def no_mail_server(site: Site) -> None:
    site.services.settings.smtp.port = free_port()


def no_mail_host(site: Site) -> None:
    site.services.settings.smtp.host = ""


def another_schema(site: Site) -> None:
    with site.database.write() as writer:
        writer.session.connection().execute(text("UPDATE alembic_version SET version_num = '0000'"))


def no_tables(site: Site) -> None:
    with site.database.write() as writer:
        writer.session.connection().execute(text("DROP TABLE alembic_version"))


@ONE
@pytest.mark.parametrize(
    ("harm", "found", "status"),
    [
        (no_engine, {"engine": "unreachable", "workers": "unknown"}, 503),
        (no_worker, {"workers": "none"}, 200),
        (no_space, {"files": "little-space"}, 503),
        (a_file_in_the_way, {"files": "not-writable"}, 503),
        (no_mail_server, {"mail": "unreachable"}, 200),
        (no_mail_host, {"mail": "not-set"}, 200),
    ],
)
def test_what_fails_is_named_and_only_what_is_needed_makes_it_unready(
    mailing: Site, harm: Callable[[Site], None], found: dict[str, str], status: int
) -> None:
    harm(mailing)
    assert reasons(mailing, status) == found
    answer = mailing.nobody.get("/health/ready")
    assert answer.json()["ready"] is (status == 200)
    for secret in (str(mailing.services.settings.data_dir), "127.0.0.1", *found.values()):
        assert secret not in answer.text
    assert mailing.nobody.get("/health/live").json() == {"alive": True}


@pytest.mark.parametrize(("harm", "reason"), [(another_schema, "other-schema"), (no_tables, "unreachable")])
def test_a_database_of_another_release_is_no_database(mailing: Site, harm: Callable[[Site], None], reason: str) -> None:
    harm(mailing)
    assert reasons(mailing, 503) == {"database": reason}


def test_a_production_clock_that_was_moved_is_no_clock(mailing: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(mailing.clock), "movable", False)
    assert reasons(mailing) == {}
    with mailing.database.write() as writer:
        writer.session.add(ClockOffset(id=1, seconds=60))
    assert reasons(mailing, 503) == {"clock": "moved"}


def test_a_clock_that_differs_from_the_databases_is_found(mailing: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "real_now", lambda: real_now() + timedelta(minutes=1))
    here = mailing.database.engine.dialect.name == "sqlite"  # the same machine
    assert reasons(mailing, 200 if here else 503) == ({} if here else {"clock": "skewed"})


@ONE
def test_the_reasons_are_an_administrators_alone(site: Site) -> None:
    refused(site.nobody.get("/health/details"), "sign-in-needed", 401)
    refused(site.person("secretariat").get("/health/details"), "not-allowed", 403)


@ONE
def test_a_part_remembers_since_when(mailing: Site) -> None:
    def since() -> str:
        shown = ok(mailing.nobody.get("/health/ready"), 503 if mailing.engine.down else 200)
        return str(shown["parts"]["engine"]["since"])

    first = since()
    mailing.engine.down = True
    second = since()
    assert first < second == since()
    mailing.engine.down = False
    assert since() > second


async def test_a_question_that_hangs_is_failing_and_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_PATIENCE", 0.05)
    answered, asked = asyncio.Event(), []

    async def hang() -> None:
        asked.append(1)
        await answered.wait()

    part = Part("engine", hang, needed=True, every=0)
    await part.look()
    await part.look()
    assert (part.status, part.reason, len(asked)) == (Status.FAILING, "no-answer", 1)
    answered.set()
    await part.look()
    assert (part.status, part.reason, len(asked)) == (Status.OK, "", 1)


async def test_a_part_is_asked_at_most_so_often_and_once_for_all_who_ask_at_once() -> None:
    asked = []

    async def ask() -> None:
        asked.append(1)
        if len(asked) > 1:
            raise Failing("none")

    part = Part("workers", ask, needed=False, every=3600)
    await asyncio.gather(part.look(), part.look(), part.look())
    await part.look()
    assert (len(asked), part.status) == (1, Status.OK)
    part.every = 0
    await part.look()
    assert (len(asked), part.reason) == (2, "none")


async def test_an_error_of_ours_in_a_question_is_a_failing_part() -> None:
    async def ask() -> None:
        raise LookupError("Siti")

    part = Part("files", ask, needed=True)
    await part.look()
    assert part.reason == "broken"


class Daemon(StreamRequestHandler):
    """A scanner's daemon that judges everything alike."""

    verdict = b""

    def handle(self) -> None:
        assert self.rfile.read(len(b"zINSTREAM\0") + 4) == b"zINSTREAM\0" + bytes(4)
        self.wfile.write(self.verdict)


@ONE
@pytest.mark.parametrize(
    ("verdict", "found"), [(b"stream: OK\0", {}), (b"", {"scanner": "no-verdict"}), (None, {"scanner": "no-verdict"})]
)
def test_a_scanner_is_asked_where_there_is_one_and_applications_go_on_without_it(
    site: Site, verdict: bytes | None, found: dict[str, str]
) -> None:
    with TCPServer(("127.0.0.1", 0), Daemon) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        Daemon.verdict = verdict or b""
        port = server.server_address[1] if verdict is not None else free_port()
        site.services.settings.scanner.address = f"tcp:127.0.0.1:{port}"
        parts = ok(site.person("admin").get("/health/details"))["parts"]
        server.shutdown()
        thread.join()
    assert {name: part["reason"] for name, part in parts.items() if name == "scanner" and part["reason"]} == found
    assert parts["scanner"]["needed"] is False

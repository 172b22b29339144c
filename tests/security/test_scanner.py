"""The scanner against a server that speaks ClamAV's protocol: clean, infected, failed or unseen, it is said."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from records.scanning import Scan
from runtime.scanner import Scanner
from runtime.settings import ScannerSettings, SettingsError, load
from tests.api.site import Site, ok, pdf, picture, refused

MARK = b"X5O-selter-test"  # what this server takes for a virus


class Clamd(socketserver.StreamRequestHandler):
    """INSTREAM as clamd answers it; the server's `mood` says otherwise."""

    def handle(self) -> None:
        mood = getattr(self.server, "mood", "")
        if mood == "silent":
            return
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
            if mood == "small" and len(content) > 1000:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        verdict = b"Selter.Test-1 FOUND" if MARK in content else b"OK"
        self.wfile.write(b"stream: " + verdict + b"\0")


class OverTcp(socketserver.ThreadingTCPServer):
    daemon_threads = True


class OverUnix(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


@contextmanager
def clamd(kind: str, folder: Path, mood: str = "") -> Iterator[str]:
    """A running server; its address as the setting wants it."""
    server: Any
    if kind == "tcp":
        server = OverTcp(("127.0.0.1", 0), Clamd)
        address = f"tcp:127.0.0.1:{server.server_address[1]}"
    else:
        server = OverUnix(str(folder / "clamd.ctl"), Clamd)
        address = f"unix:{folder / 'clamd.ctl'}"
    server.mood = mood
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def scanner(address: str, seconds: float = 10) -> Scanner:
    return Scanner(ScannerSettings(address=address, timeout=seconds))


@pytest.mark.parametrize("kind", ["tcp", "unix"])
def test_a_verdict_is_what_the_daemon_says(kind: str, tmp_path: Path) -> None:
    with clamd(kind, tmp_path) as address:
        assert scanner(address).scan(b"x" * 200_000).state is Scan.CLEAN
        found = scanner(address).scan(b"x" * 100_000 + MARK)
        assert (found.state, found.detail) == (Scan.INFECTED, "Selter.Test-1")


@pytest.mark.parametrize(("mood", "why"), [("silent", "answer"), ("small", "unexpected answer")])
def test_without_a_verdict_it_says_failed_and_never_clean(mood: str, why: str, tmp_path: Path) -> None:
    with clamd("tcp", tmp_path, mood) as address:
        found = scanner(address).scan(b"x" * 50_000)
        assert found.state is Scan.FAILED
        assert found.detail


def test_a_daemon_that_is_away_is_a_failure_and_none_at_all_is_not(tmp_path: Path) -> None:
    assert scanner(f"unix:{tmp_path / 'none'}").scan(b"x").state is Scan.FAILED
    assert scanner("").scan(b"x").state is Scan.NOT_SCANNED


def test_a_demand_for_scans_needs_a_scanner(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SELTER_SCANNER_REQUIRED", "true")
    with pytest.raises(SettingsError, match="SELTER_SCANNER_ADDRESS: is needed"):
        load()


def shown(site: Site, application: str, key: str = "secretariat") -> dict[str, str]:
    """What staff read about an application's files."""
    return {u["code"]: u["scan"] for u in ok(site.person(key).get(f"/applications/{application}"))["uploads"]}


def use(site: Site, address: str, *, required: bool = False) -> None:
    site.services.settings.scanner = ScannerSettings(address=address, required=required)


def test_staff_see_what_was_scanned_and_what_was_not(published: Site, tmp_path: Path) -> None:
    site, application = published, published.begin("p1", 1)
    assert shown(site, application) == {"ppk_recommendation": "not_scanned"}
    use(site, f"unix:{tmp_path / 'none'}")
    ok(site.person("p1").upload(application, "photo", picture()))
    assert shown(site, application)["photo"] == "failed"
    with clamd("unix", tmp_path) as address:
        use(site, address)
        ok(site.person("p1").upload(application, "photo", picture(31)))
    assert shown(site, application) == {"ppk_recommendation": "not_scanned", "photo": "clean"}


def test_an_infected_file_is_not_kept_and_the_attempt_is_on_record(published: Site, tmp_path: Path) -> None:
    site, application = published, published.begin("p1", 1)
    before = sum(1 for _ in (tmp_path / "files").rglob("*"))
    with clamd("unix", tmp_path) as address:
        use(site, address)
        answer = site.person("p1").upload(application, "photo", picture() + MARK)
        problem = refused(answer, "file-infected", 422)
    assert problem["facts"] == {"found": "Selter.Test-1"}
    assert "photo" not in shown(site, application)
    assert sum(1 for _ in (tmp_path / "files").rglob("*")) == before
    rows = ok(site.person("observer").get(f"/audit?subject=application/{application}"))["items"]
    assert rows[0]["result"] == "refused:file-infected"


def test_where_scans_are_demanded_nothing_unseen_is_submitted(published: Site, tmp_path: Path) -> None:
    site, application = published, published.begin("p1", 1)
    use(site, f"unix:{tmp_path / 'none'}", required=True)
    submit = f"/applications/{application}/submit"
    problem = refused(site.person("p1").post(submit), "uploads-not-scanned", 409)
    assert problem["facts"] == {"documents": "ppk_recommendation"}
    assert shown(site, application) == {"ppk_recommendation": "failed"}
    with clamd("unix", tmp_path) as address:
        use(site, address, required=True)
        ok(site.person("p1").post(submit))
    assert shown(site, application) == {"ppk_recommendation": "clean"}


def test_what_a_later_look_finds_blocks_the_way(published: Site, tmp_path: Path) -> None:
    """The file came while nothing looked; at submission the scanner sees it, and nobody opens it any more."""
    site, application = published, published.begin("p1", 1)
    ok(site.person("p1").upload(application, "ppk_recommendation", pdf(MARK.decode())))
    with clamd("tcp", tmp_path) as address:
        use(site, address)
        refused(site.person("p1").post(f"/applications/{application}/submit"), "upload-infected", 409)
    assert shown(site, application) == {"ppk_recommendation": "infected"}
    path = f"/applications/{application}/documents/ppk_recommendation"
    refused(site.person("secretariat").get(path), "upload-infected", 409)
    ok(site.person("p1").upload(application, "ppk_recommendation", pdf("bersih")))
    use(site, "")
    ok(site.person("p1").post(f"/applications/{application}/submit"))

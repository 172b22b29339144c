"""The pages: what each shows to whom, the session cookie, form tokens, languages, and how they look to a browser."""

import html
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import uvicorn

from api.pages.wording import Words, catalogue
from domain.acts import ACTS
from domain.words import ContractStage, Outcome, Rating, ReviewOutcome, Stage
from runtime.embedded import free_port
from runtime.settings import Mode
from runtime.smtp_catcher import SmtpCatcher
from tests.api.fixtures_b import Office, office, pressed
from tests.api.site import PASSWORD, Site, local, ok

__all__ = ["office"]

ZONE = ZoneInfo("Asia/Jakarta")
CHROMIUM = Path("/usr/bin/chromium")
PUBLIC = ("/", "/dokumen", "/masuk", "/docs")
PRIVATE = ("/kotak-tugas", "/lamaran", "/jabatan", "/surat")
TEMPLATES = Path(__file__).parents[2] / "api" / "pages" / "templates"


class Browser:
    """A cookie-keeping client without scripts."""

    def __init__(self, site: Site) -> None:
        self.client = site.client
        self.client.cookies.clear()

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(path, follow_redirects=False, **more)

    def form(self, path: str, fields: dict[str, str]) -> Any:
        return self.client.post(path, data=fields, follow_redirects=False)

    def token(self, path: str = "/masuk") -> str:
        found = re.search(r'name="formulir" value="([0-9a-f]{64})"', self.get(path).text)
        assert found is not None
        return found[1]

    def sign_in(self, key: str, after: str = "/") -> Any:
        fields = {"surel": f"{key}@tw.example", "sandi": PASSWORD, "lanjut": after, "formulir": self.token()}
        return self.form("/masuk", fields)


@pytest.fixture
def browser(site: Site) -> Browser:
    """Somebody's browser."""
    site.services.settings.secret_key = type(site.services.settings.secret_key)("rahasia-peragaan" * 3)
    return Browser(site)


# -- every page ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_public_page_is_whole_in_both_languages(browser: Browser, path: str, language: str) -> None:
    answer = browser.get(f"{path}?lang={language}")
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    _is_sound(answer)


def _is_sound(answer: Any) -> None:
    """One h1, headings in order, a label for each input, nothing inline, a strict policy."""
    text = answer.text
    levels = [int(n) for n in re.findall(r"<h([1-6])[ >]", text)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=", text)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for tag in re.findall(r"<input [^>]*>", text):
        name = re.search(r' id="([^"]+)"', tag)
        assert 'type="hidden"' in tag or (name is not None and f'<label for="{name[1]}"' in text), tag
    for region in re.findall(r'<div class="scroll[^>]*>', text):
        assert 'tabindex="0"' in region
        assert "aria-label" in region
    assert "{{" not in text


def test_an_address_without_a_page_is_a_page_that_says_so(browser: Browser) -> None:
    answer = browser.get("/tidak/ada")
    assert answer.status_code == 404
    assert "Halaman tidak ditemukan" in answer.text
    _is_sound(answer)
    assert browser.get("/api/v1/nowhere").headers["content-type"] == "application/problem+json"
    assert browser.get("/static/selter.css").headers["content-type"].startswith("text/css")


@pytest.mark.parametrize("path", [*PRIVATE, "/lamaran/abc", "/jabatan/abc"])
def test_a_private_page_asks_to_sign_in_and_comes_back(browser: Browser, path: str) -> None:
    answer = browser.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/masuk?lanjut={path}")


def test_a_crash_is_a_page_with_a_number_to_name(
    published: Site, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a secret of the machine")

    monkeypatch.setattr("api.public.round_of", broken)
    answer = browser.get(f"/seleksi/{published.selection}")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["x-request-id"] in answer.text
    _is_sound(answer)


# -- session and forms -----------------------------------------------------------------------------------------------


def test_signing_in_keeps_the_token_where_no_script_reads_it(browser: Browser) -> None:
    answer = browser.sign_in("chair", "/jabatan")
    assert (answer.status_code, answer.headers["location"]) == (303, "/jabatan")
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("selter_session="))
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    inbox = browser.get("/kotak-tugas")
    assert "Orang chair" in inbox.text
    _is_sound(inbox)


def test_a_wrong_password_says_so_without_saying_which(browser: Browser) -> None:
    fields = {"surel": "chair@tw.example", "sandi": "salah", "formulir": browser.token()}
    answer = browser.form("/masuk", fields)
    assert answer.status_code == 401
    assert "tidak cocok" in answer.text
    assert 'role="alert"' in answer.text
    assert "selter_session" not in str(answer.headers)


@pytest.mark.parametrize("token", ["", "0" * 64])
def test_a_form_of_another_site_is_refused(browser: Browser, token: str) -> None:
    browser.token()
    fields = {"surel": "chair@tw.example", "sandi": PASSWORD, "formulir": token}
    answer = browser.form("/masuk", fields)
    assert answer.status_code == 400
    assert "selter_session" not in str(answer.headers)


@pytest.mark.parametrize("after", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"])
def test_signing_in_never_leads_to_another_site(browser: Browser, after: str) -> None:
    assert browser.sign_in("chair", after).headers["location"] == "/kotak-tugas"


def test_signing_out_takes_the_token_away_for_good(browser: Browser) -> None:
    browser.sign_in("chair")
    kept = browser.client.cookies["selter_session"]
    assert browser.form("/keluar", {"formulir": "0" * 64}).status_code == 400
    assert browser.form("/keluar", {"formulir": browser.token("/keluar")}).status_code == 303
    assert browser.get("/kotak-tugas").status_code == 303
    browser.client.cookies.set("selter_session", kept)
    assert browser.get("/kotak-tugas").status_code == 303


def test_the_language_stays_once_it_was_chosen(browser: Browser) -> None:
    browser.get("/?lang=en")
    assert "Open selection for senior" in browser.get("/").text
    browser.get("/?lang=id")
    assert "Seleksi terbuka" in browser.get("/").text
    assert "Seleksi terbuka" in browser.get("/?lang=xx").text


# -- what they show --------------------------------------------------------------------------------------------------


def test_a_round_shows_posts_timetable_and_window_in_the_agencys_zone(published: Site, browser: Browser) -> None:
    home = browser.get("/")
    assert "Seleksi Terbuka 2027" in home.text
    assert "Ditutup 20 Januari 2027 pukul 23.59 WIB" in home.text
    answer = browser.get(f"/seleksi/{published.selection}")
    _is_sound(answer)
    for text in ("Kepala Dinas Kesehatan", "1–2 Februari 2027", "Dihitung setelah pendaftaran ditutup", "Nilai ambang"):
        assert text in answer.text
    assert browser.get(f"/seleksi/{published.selection}?lang=en").status_code == 200


def test_a_draft_round_has_no_page(browser: Browser, site: Site) -> None:
    assert browser.get(f"/seleksi/{site.selection}").status_code == 404


def test_what_people_write_is_shown_and_never_run(browser: Browser, site: Site) -> None:
    title = "Seleksi <script>alert(1)</script> & lain"
    version = ok(site.person("secretariat").get(site.path))["version"]
    ok(site.person("secretariat").patch(site.path, {"title": title}, version))
    site.publish()
    answer = browser.get(f"/seleksi/{site.selection}")
    assert html.escape(title) in answer.text
    _is_sound(answer)


def test_a_code_is_checked_and_a_wrong_one_is_told_so(published: Site, browser: Browser) -> None:
    code = ok(published.nobody.get(f"/public{published.path}"))["announcement_id"]
    assert browser.get(f"/dokumen?kode=%20{code.upper()}").headers["location"] == f"/dokumen/{code}"
    found = browser.get(f"/dokumen/{code}")
    assert "diterbitkan di sini" in found.text
    _is_sound(found)
    unknown = browser.get("/dokumen/0000000000000")
    assert unknown.status_code == 404
    assert "Kode ini tidak dikenal" in unknown.text


def test_a_letter_is_downloaded_by_whom_it_concerns(published: Site, browser: Browser) -> None:
    published.apply("p1", 1)
    receipt = next(d for d in ok(published.person("p1").get("/documents"))["items"] if d["kind"] == "receipt")
    assert "/berkas" not in browser.get(f"/dokumen/{receipt['id']}").text
    assert browser.get(f"/dokumen/{receipt['id']}/berkas").status_code == 404
    browser.sign_in("p1")
    assert f"/dokumen/{receipt['id']}/berkas" in browser.get(f"/dokumen/{receipt['id']}").text
    waiting = browser.get(f"/dokumen/{receipt['id']}/berkas")
    assert waiting.status_code == 409
    assert "sedang dibuat" in waiting.text
    announcement = pressed(published, published.case)
    browser.client.cookies.clear()
    assert browser.get(f"/dokumen/{announcement}/berkas").headers["content-disposition"].startswith("attachment")


def test_a_candidate_follows_his_own_application_and_no_other(site: Site, browser: Browser) -> None:
    first, second, *_ = site.to_screening()
    browser.sign_in("p1")
    assert f"/lamaran/{first}" in browser.get("/lamaran").text
    answer = browser.get(f"/lamaran/{first}")
    _is_sound(answer)
    assert "Sedang diperiksa pada seleksi administrasi" in answer.text
    assert "Pengumuman hasil seleksi administrasi" in answer.text
    assert browser.get(f"/lamaran/{second}").status_code == 404


def test_a_candidate_reads_why_he_was_refused(site: Site, browser: Browser) -> None:
    applications = site.to_screening()
    for application in applications:
        for key in ("secretariat", "chair"):
            verdicts = {"education": {"verdict": "not_met", "reason": "Ijazah tidak terbaca."}}
            site.verify(key, application, **(verdicts if application == applications[0] else {}))
    site.chair("stages/screening/announce-result")
    browser.sign_in("p1")
    answer = browser.get(f"/lamaran/{applications[0]}")
    assert "Tidak lulus" in answer.text
    assert "Ijazah tidak terbaca." in answer.text
    _is_sound(answer)


def test_an_official_has_contract_numbers_signs_and_rights_on_one_page(office: Office, browser: Browser) -> None:
    office.sign()
    office.site.clock.at = local("2027-04-05T09:00:00")
    ok(office.report(1, "10", "5"))
    ok(office.person("superior").post(f"{office.path}/verify-check-in", {"quarter": 1, "rating": "below"}))
    browser.sign_in("official")
    assert browser.get("/jabatan").headers["location"] == f"/jabatan/{office.term}"
    answer = browser.get(f"/jabatan/{office.term}")
    _is_sound(answer)
    for text in ("Perjanjian kinerja 2027", "Capaian rendah", "Hak Anda", "diperiksa atasan", "Penyerapan anggaran"):
        assert text in answer.text, text
    assert browser.get(f"/jabatan/{office.term}?tahun=1999").status_code == 404
    browser.client.cookies.clear()
    browser.sign_in("superior")
    assert "Hak pejabat" in browser.get(f"/jabatan/{office.term}").text
    browser.client.cookies.clear()
    browser.sign_in("chair")
    assert browser.get(f"/jabatan/{office.term}").status_code == 403


def test_an_empty_list_says_what_to_do(browser: Browser) -> None:
    browser.sign_in("observer")
    for path in ("/lamaran", "/jabatan", "/kotak-tugas"):
        answer = browser.get(path)
        assert 'class="empty"' in answer.text
        _is_sound(answer)


def test_the_office_reads_its_mail_as_it_was_sent(published: Site, browser: Browser) -> None:
    from tests.api.test_mails import _set

    mail_id = _set(published, sent_at=published.clock.now())
    raw = f"Message-ID: <{mail_id}@selter.example>\r\nSubject: Pemberitahuan\r\n\r\nIsi surat yang dikirim.\r\n"
    catcher = SmtpCatcher(folder=published.services.settings.data_dir / "mail")
    with catcher:
        _deliver(catcher, raw)
    browser.sign_in("secretariat")
    answer = browser.get("/surat")
    assert "Isi surat yang dikirim." in answer.text
    _is_sound(answer)
    assert "Isi surat" not in browser.get("/surat?keadaan=waiting").text
    browser.client.cookies.clear()
    browser.sign_in("chair")
    assert browser.get("/surat").status_code == 403


def _deliver(catcher: SmtpCatcher, raw: str) -> None:
    import smtplib

    with smtplib.SMTP("127.0.0.1", catcher.port) as smtp:
        smtp.sendmail("selter@selter.example", ["orang@tw.example"], raw)


def test_in_production_there_is_no_mail_page(published: Site, browser: Browser) -> None:
    browser.sign_in("secretariat")
    published.services.settings.mode = Mode.PRODUCTION
    assert browser.get("/surat").status_code == 404


def test_the_route_list_names_every_act(browser: Browser) -> None:
    text = browser.get("/docs").text
    for act in ACTS.values():
        assert act.birth or f"/{act.path}</code>" in text, act.name


# -- the catalogue ---------------------------------------------------------------------------------------------------


def test_every_text_that_a_page_asks_for_is_written_in_both_languages() -> None:
    source = "\n".join(path.read_text() for path in TEMPLATES.glob("*.html"))
    asked = set(re.findall(r"""\bt\(["']([a-z_.0-9]+)["'] *[,)]""", source))
    asked |= set(re.findall(r"""t\("([a-z_.]+)" if""", source)) | set(
        re.findall(r"""else "([a-z_.]+\.[a-z_]+)",""", source)
    )
    assert len(asked) > 150
    assert asked <= set(catalogue())


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        ("stage", Stage),
        ("outcome", Outcome),
        ("contract", ContractStage),
        ("rating", Rating),
        ("decision", ReviewOutcome),
    ],
)
def test_every_code_of_the_field_has_words(table: str, codes: Any) -> None:
    assert {f"{table}.{code}" for code in codes} <= set(catalogue())


def test_dates_and_numbers_read_as_people_write_them() -> None:
    words, english = Words("id", ZONE), Words("en", ZONE)
    assert words.instant("2027-01-20T16:59:59+00:00") == "20 Januari 2027 pukul 23.59 WIB"
    assert english.instant("2027-01-20T16:59:59+00:00") == "20 January 2027, 23:59 WIB"
    assert words.span("2027-01-30", "2027-02-02") == "30 Januari – 2 Februari 2027"
    assert words.span("2027-02-01", "2027-02-02") == "1–2 Februari 2027"
    assert (words.number("1234.50"), english.number("1234.50"), words.number(None)) == ("1.234,50", "1,234.50", "–")
    assert words.number("80..90") == "80..90"


# -- in a real browser -----------------------------------------------------------------------------------------------


@contextmanager
def _served(site: Site) -> Iterator[str]:
    config = uvicorn.Config(site.client.app, host="127.0.0.1", port=free_port(), log_config=None)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    give_up = time.monotonic() + 30
    while not server.started and time.monotonic() < give_up:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{config.port}"
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.mark.skipif(not CHROMIUM.exists(), reason="no chromium here")
async def test_a_browser_shows_every_page_without_complaint_and_none_is_wider_than_a_phone(
    office: Office, browser: Browser
) -> None:
    from playwright.async_api import async_playwright

    site = office.site
    site.clock.at = local("2027-01-04T09:00:00")
    site.publish()
    site.clock.at = local("2027-02-01T09:00:00") + timedelta(hours=1)
    office.sign()
    addresses = ["/", f"/seleksi/{site.selection}", "/dokumen", "/docs", "/kotak-tugas", f"/jabatan/{office.term}"]
    with _served(site) as base:
        async with async_playwright() as playwright:
            chromium = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
            page = await chromium.new_page(viewport={"width": 390, "height": 844})
            complaints: list[str] = []
            page.on("console", lambda message: complaints.append(message.text))
            await page.goto(f"{base}/masuk")
            await page.fill("#surel", "official@tw.example")
            await page.fill("#sandi", PASSWORD)
            await page.click("main button")
            await page.wait_for_url("**/kotak-tugas")
            for address in addresses:
                answer = await page.goto(f"{base}{address}")
                assert answer is not None
                assert answer.status == 200, address
                assert await page.evaluate("document.documentElement.scrollWidth") <= 390, address
            await page.keyboard.press("Tab")
            assert await page.evaluate("document.activeElement.className") == "skip"
            await chromium.close()
    assert complaints == []

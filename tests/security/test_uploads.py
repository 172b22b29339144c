"""Hostile files beyond those of tests/api/test_uploads.py: bombs, two kinds in one, lies, names; how files leave."""

import io
import resource
import struct
import zipfile
import zlib

import pikepdf
import pytest

from domain.refusals import Refused
from domain.rules import RuleSet
from records.inspection import Most, inspect, safe_name
from records.rules import national_on
from tests.api.materials import START
from tests.api.site import Site, ok, pdf, picture
from tests.api.test_uploads import changed

MOST = Most(bytes=10_000_000, pages=300)


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    """The national rules."""
    return national_on(START.date())


def judged(content: bytes, rules: RuleSet, code: str = "ppk_recommendation", most: Most = MOST) -> str:
    """The code of the refusal, or the media type."""
    try:
        return inspect(content, code, "surat.pdf", rules, most).media_type
    except Refused as refused:
        return refused.code


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("evil.html", "<script>alert(1)</script>")
    return out.getvalue()


def unfolding(megabytes: int, times: int) -> bytes:
    """A PDF whose list of objects is blanks, compressed as often as asked: a kilobyte that unfolds to gigabytes."""
    blanks, folder = megabytes * 1024 * 1024, zlib.compressobj(9)
    packed = folder.compress(b"1 0 ")
    packed += b"".join(folder.compress(b" " * 1024 * 1024) for _ in range(megabytes))
    packed += folder.compress(b"<< /Type /Catalog /Pages 3 0 R >>") + folder.flush()
    for _ in range(times - 1):
        packed = zlib.compress(packed, 9)
    out, places = io.BytesIO(b"%PDF-1.7\n"), {}
    out.seek(0, io.SEEK_END)

    def add(number: int, body: bytes) -> None:
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    head = b"/Type /ObjStm /N 1 /First %d /Length %d /Filter [%b]"
    head %= (blanks + 4, len(packed), b"/FlateDecode " * times)
    add(2, b"<< %b >>\nstream\n%b\nendstream" % (head, packed))
    add(3, b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>")
    add(4, b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 9 9] >>")
    places[5] = start = out.tell()
    rows = struct.pack(">BIH", 0, 0, 65_535) + struct.pack(">BIH", 2, 2, 0)
    rows += b"".join(struct.pack(">BIH", 1, places[n], 0) for n in range(2, 6))
    index = b"<< /Type /XRef /Size 6 /W [1 4 2] /Root 1 0 R /Length %d >>\nstream\n%b\nendstream" % (len(rows), rows)
    add(5, index)
    return out.getvalue() + b"startxref\n%d\n%%%%EOF\n" % start


def with_external_data(document: pikepdf.Pdf) -> None:
    stream = document.make_stream(b"")
    stream.F = pikepdf.String("\\\\attacker.example\\share\\x")
    document.Root.Extra = stream


def remote_link(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.GoToR, F="\\\\attacker.example\\x.pdf", D=[0])


def pages(count: int) -> bytes:
    with pikepdf.new() as document:
        for _ in range(count):
            document.add_blank_page()
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def moved_index() -> bytes:
    """A PDF whose index points elsewhere; a reader that repairs it may find other objects than another."""
    content = pdf()
    place = content.rindex(b"startxref\n") + 10
    return content[:place] + b"7\n%%EOF\n"


HOSTILE = {
    "a folded list of objects": (unfolding(64, 1), "file-unreadable"),
    "a list of objects folded twice": (unfolding(64, 2), "file-unreadable"),
    "pdf with a zip behind it": (pdf() + zipped(), "file-mixed"),
    "zip with a pdf behind it": (zipped() + pdf(), "file-type"),
    "page with a pdf behind it": (b"<html><script>alert(1)</script>\n" + pdf(), "file-type"),
    "vector picture with script": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "file-type"),
    "word document": (zipped(), "file-type"),
    "moved index": (moved_index(), "file-unreadable"),
    "stream in another file": (changed(with_external_data), "file-active-content"),
    "opens another file": (changed(remote_link), "file-active-content"),
    "too many pages": (pages(301), "file-too-many-pages"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused(name: str, rules: RuleSet) -> None:
    content, code = HOSTILE[name]
    assert judged(content, rules) == code


def test_a_picture_that_is_also_something_else_is_refused(rules: RuleSet) -> None:
    with_pdf = picture()[:2] + b"\xff\xfe" + struct.pack(">H", len(pdf()) + 2) + pdf() + picture()[2:]
    assert judged(picture(), rules, "photo") == "image/jpeg"
    assert judged(picture() + zipped(), rules, "photo") == "file-mixed"
    assert judged(picture(kind="PNG") + zipped(), rules, "photo") == "file-mixed"
    assert judged(with_pdf, rules, "photo") == "file-mixed"


def test_a_file_of_a_kilobyte_does_not_take_the_memory(rules: RuleSet) -> None:
    content = unfolding(400, 2)
    assert len(content) < 2_000
    before = resident()
    assert judged(content, rules) == "file-unreadable"
    assert resident() - before < 64 * 1024 * 1024


def resident() -> int:
    """The most memory this process ever had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def test_the_number_of_pages_is_a_setting(rules: RuleSet) -> None:
    assert judged(pages(3), rules, most=Most(10_000_000, 3)) == "application/pdf"
    assert judged(pages(4), rules, most=Most(10_000_000, 3)) == "file-too-many-pages"


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "..\\..\\windows\\win.ini",
        "surat\0.exe",
        "surat\u202efdp.exe",
        "/etc/cron.d/x",
        "surat.pdf:evil.exe",
        "<script>.pdf",
        "\u2066a\u2069\u200b.pdf",
        "%2e%2e%2fx",
        "-rf",
    ],
)
def test_no_name_leads_anywhere_or_misleads(name: str) -> None:
    kept = safe_name(name, "pdf")
    assert kept.endswith(".pdf")
    assert not set(kept) & set('/\\:<>"%\0\n\r')
    assert all(c.isprintable() for c in kept)
    assert ".." not in kept
    assert kept == kept.strip(" .")


def test_a_lie_about_type_and_name_changes_nothing(published: Site) -> None:
    application = published.begin("p1", 1)
    path = f"/applications/{application}/documents/photo"
    files = {"file": ("../../x\u202egpj.html", picture(), "text/html")}
    kept = ok(published.person("p1")("PUT", path, files=files))
    assert (kept["media_type"], kept["file_name"]) == ("image/jpeg", "x_gpj.jpg")
    assert not list(published.services.settings.data_dir.rglob("*.html"))


def test_uploads_leave_as_downloads_from_the_api_alone(published: Site) -> None:
    """Their path carries no session cookie's right: a browser that is led there gets nothing, and runs nothing."""
    application = published.begin("p1", 1)
    path = f"/applications/{application}/documents/ppk_recommendation"
    answer = published.person("p1").get(path)
    headers = answer.headers
    assert headers["content-disposition"].startswith("attachment;")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    with_cookie = {"Cookie": f"selter_session={published.tokens['p1']}"}
    assert published.nobody.get(path, headers=with_cookie).status_code == 401

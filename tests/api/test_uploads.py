"""Hostile files: judged by content, named harmlessly, served as downloads."""

import io
import struct
import zlib

import pikepdf
import pytest
from PIL import Image
from sqlmodel import col, select

from records.inspection import safe_name
from records.tables import Upload
from tests.api.site import Site, ok, pdf, picture, refused


def changed(change) -> bytes:
    """A PDF after a change."""
    with pikepdf.open(io.BytesIO(pdf())) as document:
        change(document)
        buffer = io.BytesIO()
        document.save(buffer)
        return buffer.getvalue()


def with_script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def with_nested_script(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    annotation = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    document.pages[0].Annots = pikepdf.Array([annotation])


def with_attachment(document: pikepdf.Pdf) -> None:
    document.attachments["x.exe"] = b"MZ"


def with_launch(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")


def encrypted(owner: str = "o", user: str = "u") -> bytes:
    with pikepdf.open(io.BytesIO(pdf())) as document:
        buffer = io.BytesIO()
        document.save(buffer, encryption=pikepdf.Encryption(owner=owner, user=user))
        return buffer.getvalue()


def bomb() -> bytes:
    """A PNG of a few kilobytes whose header promises 30,000 by 30,000 pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture
def draft(published: Site) -> tuple[Site, str]:
    return published, published.begin("p1", 1)


CASES = [
    ("empty", b"", "file-empty", 422),
    ("text", b"hello", "file-type", 415),
    ("page", b"<html><script>alert(1)</script>", "file-type", 415),
    ("program", b"MZ\x90\x00" + b"\0" * 64, "file-type", 415),
    ("zip", b"PK\x03\x04" + b"\0" * 64, "file-type", 415),
    ("gif", b"GIF89a" + b"\0" * 64, "file-type", 415),
    ("fake-pdf", b"%PDF-1.7\nnothing of the kind", "file-unreadable", 422),
    ("cut-pdf", pdf()[:200], "file-unreadable", 422),
    ("encrypted", encrypted(), "file-encrypted", 422),
    ("encrypted-for-owner", encrypted(user=""), "file-encrypted", 422),
    ("script", changed(with_script), "file-active-content", 422),
    ("nested-script", changed(with_nested_script), "file-active-content", 422),
    ("attachment", changed(with_attachment), "file-active-content", 422),
    ("launch", changed(with_launch), "file-active-content", 422),
    ("bomb", bomb(), "image-too-large", 422),
    ("cut-picture", picture()[:300], "file-unreadable", 422),
    ("fake-picture", b"\xff\xd8\xff" + b"\0" * 200, "file-unreadable", 422),
    ("too-large", pdf() + b"\0" * 600_000, "file-too-large", 413),
]


def test_hostile_files_are_refused_and_change_nothing(draft) -> None:
    site, application = draft
    before = ok(site.person("p1").get(f"/applications/{application}"))
    for name, content, code, status in CASES:
        problem = refused(site.person("p1").upload(application, "ppk_recommendation", content), code, status)
        assert problem["detail"], name
    assert ok(site.person("p1").get(f"/applications/{application}")) == before


def test_a_photo_is_a_picture(draft) -> None:
    site, application = draft
    problem = refused(site.person("p1").upload(application, "photo", pdf()), "file-type", 415)
    assert (problem["rule"], problem["facts"]["allowed"]) == ("upload.photo_types", "jpg, png")


def test_an_upload_beyond_every_limit_is_cut_off(draft) -> None:
    site, application = draft
    answer = site.person("p1").upload(application, "photo", b"\0" * 12_000_000)
    assert answer.status_code == 413


def test_good_files_are_kept_and_come_back_as_downloads(draft) -> None:
    site, application = draft
    path = f"/applications/{application}/documents/photo"
    for kind, ending, media in (("JPEG", "jpg", "image/jpeg"), ("PNG", "png", "image/png")):
        content = picture(kind=kind)
        kept = ok(site.person("p1").upload(application, "photo", content, "Foto Diri.exe"))
        assert (kept["file_name"], kept["media_type"]) == (f"Foto Diri.{ending}", media)
        answer = site.person("chair").get(path)
        assert answer.content == content
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]
    assert site.person("observer").get(path).status_code == 404
    assert site.nobody.get(path).status_code == 401


def test_replacing_keeps_the_earlier_row_and_equal_bytes_change_nothing(draft) -> None:
    site, application = draft
    person, path = site.person("p1"), f"/applications/{application}"
    version = ok(person.get(path))["version"]
    ok(person.upload(application, "ppk_recommendation", pdf("p1")))
    assert ok(person.get(path))["version"] == version
    ok(person.upload(application, "ppk_recommendation", pdf("new")))
    shown = ok(person.get(path))
    assert (shown["version"], len(shown["uploads"])) == (version + 1, 1)
    query = select(Upload).where(col(Upload.application_id) == application)
    with site.database.read() as session:
        rows = session.exec(query.where(col(Upload.code) == "ppk_recommendation")).all()
    assert sorted(r.replaced_at is None for r in rows) == [False, True]


def test_a_document_nobody_asked_for_is_refused(draft) -> None:
    site, application = draft
    refused(site.person("p1").upload(application, "diary", pdf()), "unknown-document-code", 404)
    refused(site.person("p1").upload(application, "on_behalf_original", pdf()), "unknown-document-code", 404)


def test_nobody_uploads_for_somebody_else(draft) -> None:
    site, application = draft
    site.sign_up("p2", 2)
    refused(site.person("p2").upload(application, "photo", picture()), "unknown-application", 404)
    refused(site.person("secretariat").upload(application, "photo", picture()), "not-allowed", 403)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\temp\\surat.pdf", "surat.pdf"),
        ("surat\r\nSet-Cookie: x.pdf", "surat__Set-Cookie_ x.pdf"),
        ("", "berkas.pdf"),
        ("...", "berkas.pdf"),
        ("a" * 300 + ".pdf", "a" * 100 + ".pdf"),
        ('x".html', "x_.pdf"),
    ],
)
def test_file_names_are_made_harmless(given: str, kept: str) -> None:
    assert safe_name(given, "pdf") == kept


def test_a_large_but_lawful_picture_is_taken(draft) -> None:
    site, application = draft
    buffer = io.BytesIO()
    Image.new("L", (4000, 3000)).save(buffer, "PNG")
    ok(site.person("p1").upload(application, "photo", buffer.getvalue()))

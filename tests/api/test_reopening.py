"""A submitted or withdrawn application may be taken back and mended, as long as the window is open."""

from datetime import timedelta

from sqlmodel import col, select

from records.tables import Document, OutboundMail
from tests.api.site import CLOSES, Site, local, ok, refused


def test_a_mended_application_gets_a_new_receipt_and_the_old_one_stays(published: Site) -> None:
    site = published
    application = site.apply("p1", 1)
    person = site.person("p1")
    first = ok(person.get(f"/applications/{application}"))["receipt_id"]
    opened = ok(person.post(f"/applications/{application}/reopen"))
    assert (opened["submitted_at"], opened["receipt_id"]) == (None, None)
    second = ok(person.post(f"/applications/{application}/submit"))["receipt_id"]
    with site.database.read() as session:
        receipts = set(session.exec(select(Document.id).where(col(Document.kind) == "receipt")))
        mails = session.exec(select(OutboundMail.id).where(col(OutboundMail.template) == "application_received")).all()
    assert receipts == {first, second}
    assert len(mails) == 2


def test_whoever_withdrew_may_come_back_before_the_deadline(published: Site) -> None:
    site = published
    application = site.apply("p1", 1)
    person = site.person("p1")
    ok(person.post(f"/applications/{application}/withdraw"))
    ok(person.post(f"/applications/{application}/reopen"))
    ok(person.post(f"/applications/{application}/submit"))
    ok(person.post(f"/applications/{application}/withdraw"))


def test_after_the_deadline_nothing_is_taken_back(published: Site) -> None:
    site = published
    application = site.apply("p1", 1)
    site.clock.at = local(f"{CLOSES}T23:59:59") + timedelta(seconds=1)
    problem = refused(site.person("p1").post(f"/applications/{application}/reopen"), "window-closed", 409)
    assert problem["facts"]["deadline"]
    assert ok(site.person("p1").get(f"/applications/{application}"))["submitted_at"] is not None


def test_nobody_else_takes_an_application_back(published: Site) -> None:
    site = published
    application = site.apply("p1", 1)
    refused(site.person("secretariat").post(f"/applications/{application}/reopen"), "not-allowed", 403)

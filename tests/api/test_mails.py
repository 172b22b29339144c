"""Outbound mail: states, dead letters, trying again; addresses are masked."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from api.mails import masked_address
from records.tables import OutboundMail
from tests.api.site import Site, ok, refused


def _set(site: Site, **values: object) -> str:
    """Change the first mail; its id."""
    with site.database.write() as writer:
        mail = writer.session.exec(select(OutboundMail).order_by(col(OutboundMail.id))).first()
        assert mail is not None
        for name, value in values.items():
            setattr(mail, name, value)
        writer.session.add(mail)
        return mail.id


def test_the_secretariat_sees_how_each_mail_fares(published: Site) -> None:
    now = published.clock.now()
    sent = _set(published, sent_at=now, attempts=1)
    rows = {m["id"]: m for m in ok(published.person("secretariat").get("/mails"))["items"]}
    assert rows[sent]["state"] == "sent"
    assert {m["state"] for m in rows.values()} == {"sent", "waiting"}
    assert all("•" in m["to"] for m in rows.values())
    counts = ok(published.person("secretariat").get("/mails/counts"))
    assert (counts["sent"], counts["waiting"] + counts["sent"]) == (1, len(rows))


@pytest.mark.parametrize("key", ["chair", "observer", "regent", "admin"])
def test_nobody_else_sees_them(published: Site, key: str) -> None:
    for path in ("/mails", "/mails/counts"):
        refused(published.person(key).get(path), "not-allowed", 403)
    mail = _set(published)
    answer = published.person(key).post(f"/mails/{mail}/retry")
    assert answer.status_code in (403, 404)


def test_a_dead_letter_is_found_and_tried_again(published: Site) -> None:
    now = published.clock.now()
    dead = _set(published, attempts=12, dead_at=now, last_error="SMTPRecipientsRefused")
    (row,) = ok(published.person("secretariat").get("/mails?state=dead"))["items"]
    assert (row["id"], row["attempts"], row["last_error"]) == (dead, 12, "SMTPRecipientsRefused")
    again = ok(published.person("secretariat").post(f"/mails/{dead}/retry"))
    assert (again["state"], again["attempts"], again["dead_at"]) == ("waiting", 0, None)
    assert ok(published.person("secretariat").get("/mails?state=dead"))["items"] == []


def test_a_sent_mail_is_not_sent_twice(published: Site) -> None:
    sent = _set(published, sent_at=published.clock.now())
    refused(published.person("secretariat").post(f"/mails/{sent}/retry"), "mail-sent", 409)
    refused(published.person("secretariat").post("/mails/nothing/retry"), "unknown-mail", 404)


def test_a_mail_under_way_again_counts_as_retrying(published: Site) -> None:
    _set(published, attempts=3, next_try_at=published.clock.now() + timedelta(minutes=4), last_error="TimeoutError")
    (row,) = ok(published.person("secretariat").get("/mails?state=retrying"))["items"]
    assert row["last_error"] == "TimeoutError"


def test_pages_follow_each_other_without_gap_or_double(published: Site) -> None:
    whole = [m["id"] for m in ok(published.person("secretariat").get("/mails"))["items"]]
    seen, cursor = [], ""
    while True:
        answer = ok(published.person("secretariat").get(f"/mails?limit=2{cursor}"))
        seen += [m["id"] for m in answer["items"]]
        if answer["next_cursor"] is None:
            break
        cursor = f"&cursor={answer['next_cursor']}"
    assert seen == whole
    refused(published.person("secretariat").get("/mails?cursor=W10"), "bad-cursor", 400)


def test_an_address_keeps_two_letters_and_its_domain() -> None:
    assert masked_address("rani@contoh.example") == "ra••@contoh.example"
    assert masked_address("a@contoh.example") == "a••@contoh.example"


def test_the_audit_chain_tells_of_the_retry_and_is_read_only(published: Site) -> None:
    dead = _set(published, attempts=12, dead_at=published.clock.now())
    ok(published.person("secretariat").post(f"/mails/{dead}/retry"))
    (entry,) = ok(published.person("secretariat").get(f"/audit?subject=mail/{dead}"))["items"]
    assert (entry["act"], entry["result"], entry["payload"]) == ("retry_mail", "done", None)
    (seen,) = ok(published.person("observer").get(f"/audit?subject=mail/{dead}"))["items"]
    assert seen["payload"]["attempts"] == 12
    head = ok(published.person("observer").get("/audit/head"))
    assert head["position"] == ok(published.person("observer").get("/audit?limit=1"))["items"][0]["position"]
    refused(published.person("chair").get("/audit"), "not-allowed", 403)
    refused(published.person("observer").get("/audit?cursor=WyJ4Il0"), "bad-cursor", 400)

"""Whatever is changed behind the application's back is found and named."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from records import verify as verifying
from records.audit import Author
from records.verify import Break, verify
from tests.api.site import Site, ok

pytestmark = pytest.mark.both_databases

TRIGGERS = ("audit_entry", "journal_entry", "sheet", "audit_payload")


def unlock(site: Site) -> None:
    """What an attacker with the database's password does first."""
    with site.database.write() as writer:
        connection = writer.session.connection()
        if connection.dialect.name == "postgresql":
            for table in TRIGGERS:
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
            return
        for name in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
            connection.execute(text(f"DROP TRIGGER {name}"))


def breaks(site: Site) -> set[str]:
    with site.database.read() as session:
        return {b.kind for b in verify(session, site.files).breaks}


def run(site: Site, *statements: str) -> None:
    unlock(site)
    with site.database.write() as writer:
        for statement in statements:
            writer.session.connection().execute(text(statement.format(agency=site.agency, case=site.case)))


@pytest.fixture
def scored(site: Site) -> Site:
    """A round with receipts, checks, sheets and a ranking."""
    applications = site.to_assessment()
    for key in ("assessor1", "assessor2"):
        for application in applications:
            for component in ("track_record", "assessment", "paper"):
                ok(site.seal(key, application, component), 201)
    for act in ("open-seals", "announce-result"):
        site.chair(f"stages/assessment/{act}")
    return site


def test_what_is_written_while_it_verifies_is_no_break(scored: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def written_meanwhile(session: Session, *others: Any) -> Iterator[Break]:
        with scored.database.write() as writer:
            writer.audit(scored.agency, scored.clock.now(), Author(scored.people["admin"]), "meanwhile", "nothing", {})
        return chains(session, *others)

    chains = verifying._chains
    monkeypatch.setattr(verifying, "_chains", written_meanwhile)
    with scored.database.snapshot() as session:
        before = verify(session, scored.files)
    assert before.breaks == ()
    with scored.database.snapshot() as session:
        assert verify(session, scored.files).entries == before.entries + 1


def test_what_nobody_has_touched_has_no_breaks(scored: Site) -> None:
    with scored.database.snapshot() as session:
        report = verify(session, scored.files).to_mapping()
    assert report["breaks"] == []
    assert report["rankings"] == 1
    assert report["documents"] >= 13
    assert report["entries"] > 60


E = "audit_entry WHERE agency_id = '{agency}' AND position"
TAMPERED = {
    "entry-changed": ["UPDATE audit_entry SET person_id = 'x' WHERE agency_id = '{agency}' AND position = 5"],
    "entry-missing": [f"DELETE FROM {E} = 5"],
    "tail-cut": [
        f"DELETE FROM {E} > 40",
        "DELETE FROM audit_payload WHERE agency_id = '{agency}' AND position > 40",
    ],
    "chain-broken": [
        "UPDATE audit_entry SET position = -1 WHERE agency_id = '{agency}' AND position = 5",
        "UPDATE audit_entry SET position = 5 WHERE agency_id = '{agency}' AND position = 6",
        "UPDATE audit_entry SET position = 6 WHERE agency_id = '{agency}' AND position = -1",
    ],
    "payload-changed": ["UPDATE audit_payload SET salt = 'x' WHERE agency_id = '{agency}' AND position = 5"],
    "head-missing": ["DELETE FROM audit_head WHERE agency_id = '{agency}'"],
    "journal-gap": ["DELETE FROM journal_entry WHERE seq = 3"],
    "journal-unaudited": ["UPDATE journal_entry SET act = 'advance' WHERE act = 'assign' AND case_key = '{case}'"],
    "journal-changed": ["UPDATE journal_entry SET vacancy_ids = '[]' WHERE seq = 4"],
    "sheet-changed": ["UPDATE sheet SET note = 'naik'"],
    "sheet-missing": ["DELETE FROM sheet"],
    "ranking-differs": ["UPDATE ranking SET sha256 = 'x'"],
    "number-missing": ["DELETE FROM document WHERE kind = 'announcement'"],
    "inputs-changed": ["UPDATE document SET inputs = '{{}}' WHERE kind = 'announcement'"],
}


@pytest.mark.parametrize("kind", TAMPERED)
def test_tampering_is_found_and_named(scored: Site, kind: str) -> None:
    run(scored, *TAMPERED[kind])
    assert kind in breaks(scored)


def test_a_resealed_sheet_is_found_because_its_hash_is_chained(scored: Site) -> None:
    from decimal import Decimal

    from sqlmodel import select

    from records.audit import payload_hash
    from records.sheets import content_of
    from records.tables import Sheet

    unlock(scored)
    with scored.database.write() as writer:
        sheet = writer.session.exec(select(Sheet)).first()
        assert sheet is not None
        sheet.score = Decimal(100)
        sheet.sha256 = payload_hash(sheet.salt, content_of(sheet))
        writer.session.add(sheet)
    assert breaks(scored) == {"sheet-unsealed"}


def test_an_erased_payload_is_no_break(scored: Site) -> None:
    with scored.database.write() as writer:
        statement = "DELETE FROM audit_payload WHERE agency_id = :agency AND position = 12"
        writer.session.connection().execute(text(statement), {"agency": scored.agency})
    assert breaks(scored) == set()


def test_a_lost_file_is_found(scored: Site) -> None:
    from records.tables import Document

    with scored.database.write() as writer:
        from sqlmodel import select

        document = writer.session.exec(select(Document)).first()
        assert document is not None
        document.docx_sha256 = "0" * 64
        writer.session.add(document)
    assert breaks(scored) == {"file-changed"}

"""Migrations agree with the tables on both databases, and evidence cannot be changed."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from records import migrate
from records.audit import Author
from records.database import Database

pytestmark = pytest.mark.both_databases

AT = datetime(2026, 1, 5, 3, tzinfo=UTC)


def test_migrations_and_tables_agree(database_url: str) -> None:
    assert migrate.differences(database_url) == []


def test_an_upgraded_database_is_at_the_newest_revision_and_upgrading_again_changes_nothing(database_url: str) -> None:
    migrate.upgrade(database_url)
    assert migrate.current(database_url) == migrate.head()


def test_an_empty_database_has_no_revision(tmp_path) -> None:
    assert migrate.current(f"sqlite:///{tmp_path / 'empty.db'}") is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_entry SET act = 'other'",
        "DELETE FROM audit_entry",
        "UPDATE audit_payload SET salt = 'x'",
    ],
)
def test_evidence_is_append_only(database: Database, change: str) -> None:
    with database.write() as writer:
        writer.audit("platform", AT, Author(), "test", "thing/1", {"a": 1})
    with pytest.raises(DBAPIError, match="append-only"), database.write() as writer:
        writer.session.connection().execute(text(change))


def test_a_payload_may_be_erased(database: Database) -> None:
    with database.write() as writer:
        writer.audit("platform", AT, Author(), "test", "thing/1", {"a": 1})
    with database.write() as writer:
        writer.session.connection().execute(text("DELETE FROM audit_payload"))


def test_evidence_cannot_be_emptied_at_once_on_postgresql(database: Database) -> None:
    if database.engine.dialect.name != "postgresql":
        pytest.skip("TRUNCATE is PostgreSQL's")
    with pytest.raises(DBAPIError, match="append-only"), database.write() as writer:
        writer.session.connection().execute(text("TRUNCATE sheet"))

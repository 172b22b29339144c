"""Revision 0001: journal."""

import sqlalchemy as sa
from alembic import op

from records.tables import base


def audit_entry() -> None:
    """Create `audit_entry`."""
    op.create_table(
        "audit_entry",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", base.Instant(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("assignment_id", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("payload_sha256", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("agency_id", "position", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_subject"), "audit_entry", ["subject"], unique=False)


def audit_head() -> None:
    """Create `audit_head`."""
    op.create_table(
        "audit_head",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_audit_head")),
    )


def audit_payload() -> None:
    """Create `audit_payload`."""
    op.create_table(
        "audit_payload",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("agency_id", "position", name=op.f("pk_audit_payload")),
    )


def calendar_override() -> None:
    """Create `calendar_override`."""
    op.create_table(
        "calendar_override",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("decree", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_override")),
        sa.UniqueConstraint("agency_id", "day", name=op.f("uq_calendar_override_agency_id_day")),
    )


def clock_offset() -> None:
    """Create `clock_offset`."""
    op.create_table(
        "clock_offset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_offset")),
    )


def idempotency_key() -> None:
    """Create `idempotency_key`."""
    op.create_table(
        "idempotency_key",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("payload_sha256", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("at", base.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "key", name=op.f("pk_idempotency_key")),
    )


def pinned_rules() -> None:
    """Create `pinned_rules`."""
    op.create_table(
        "pinned_rules",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("ruleset_id", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_pinned_rules")),
    )


def case() -> None:
    """Create `case`."""
    op.create_table(
        "case",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("effective_at", base.Instant(), nullable=False),
        sa.Column("origin", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_case_agency_id_agency")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_case")),
        sa.UniqueConstraint("kind", "id", name=op.f("uq_case_kind_id")),
    )
    op.create_index(op.f("ix_case_agency_id"), "case", ["agency_id"], unique=False)
    op.create_index(op.f("ix_case_id"), "case", ["id"], unique=False)
    op.create_index(op.f("ix_case_kind"), "case", ["kind"], unique=False)


def act_key() -> None:
    """Create `act_key`."""
    op.create_table(
        "act_key",
        sa.Column("case_key", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("payload_sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_key"], ["case.key"], name=op.f("fk_act_key_case_key_case")),
        sa.PrimaryKeyConstraint("case_key", "key", name=op.f("pk_act_key")),
    )


def journal_entry() -> None:
    """Create `journal_entry`."""
    op.create_table(
        "journal_entry",
        sa.Column("case_key", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("at", base.Instant(), nullable=False),
        sa.Column("vacancy_ids", sa.JSON(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("assignment_id", sa.String(), nullable=True),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("payload_sha256", sa.String(), nullable=False),
        sa.Column("statement_id", sa.String(), nullable=True),
        sa.Column("closes", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_key"], ["case.key"], name=op.f("fk_journal_entry_case_key_case")),
        sa.PrimaryKeyConstraint("case_key", "seq", name=op.f("pk_journal_entry")),
    )
    op.create_index(op.f("ix_journal_entry_request_id"), "journal_entry", ["request_id"], unique=False)

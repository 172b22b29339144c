"""Revision 0001: outbox."""

import sqlalchemy as sa
from alembic import op

from records.tables import base


def number_series() -> None:
    """Create `number_series`."""
    op.create_table(
        "number_series",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("agency_id", "series", "year", name=op.f("pk_number_series")),
    )


def document() -> None:
    """Create `document`."""
    op.create_table(
        "document",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("case_key", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("pressed_by_case", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("inputs_sha256", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("wants_pdf", sa.Boolean(), nullable=False),
        sa.Column("template_sha256", sa.String(), nullable=False),
        sa.Column("docx_sha256", sa.String(), nullable=False),
        sa.Column("pdf_sha256", sa.String(), nullable=False),
        sa.Column("pressed_at", base.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_document_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("agency_id", "number", name=op.f("uq_document_agency_id_number")),
    )
    op.create_index(op.f("ix_document_agency_id"), "document", ["agency_id"], unique=False)
    op.create_index(op.f("ix_document_case_key"), "document", ["case_key"], unique=False)
    op.create_index(op.f("ix_document_subject_id"), "document", ["subject_id"], unique=False)


def outbound_mail() -> None:
    """Create `outbound_mail`."""
    op.create_table(
        "outbound_mail",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("case_key", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("document_ids", sa.JSON(), nullable=False),
        sa.Column("created_at", base.Instant(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", base.Instant(), nullable=True),
        sa.Column("leased_until", base.Instant(), nullable=True),
        sa.Column("sent_at", base.Instant(), nullable=True),
        sa.Column("dead_at", base.Instant(), nullable=True),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_outbound_mail_agency_id_agency")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_outbound_mail_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbound_mail")),
        sa.UniqueConstraint("key", name=op.f("uq_outbound_mail_key")),
    )
    op.create_index(op.f("ix_outbound_mail_agency_id"), "outbound_mail", ["agency_id"], unique=False)
    op.create_index(op.f("ix_outbound_mail_case_key"), "outbound_mail", ["case_key"], unique=False)
    op.create_index(op.f("ix_outbound_mail_next_try_at"), "outbound_mail", ["next_try_at"], unique=False)
    op.create_index(op.f("ix_outbound_mail_person_id"), "outbound_mail", ["person_id"], unique=False)

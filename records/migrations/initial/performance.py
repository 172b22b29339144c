"""Revision 0001: performance."""

import sqlalchemy as sa
from alembic import op

from records.tables import base


def check_in() -> None:
    """Create `check_in`."""
    op.create_table(
        "check_in",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("feedback", sa.String(), nullable=False),
        sa.Column("rating", sa.String(), nullable=False),
        sa.Column("submitted_at", base.Instant(), nullable=True),
        sa.Column("verified_at", base.Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("case_id", "period", name=op.f("uq_check_in_case_id_period")),
    )
    op.create_index(op.f("ix_check_in_case_id"), "check_in", ["case_id"], unique=False)


def objection() -> None:
    """Create `objection`."""
    op.create_table(
        "objection",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("statement_id", sa.String(), nullable=False),
        sa.Column("filed_at", base.Instant(), nullable=False),
        sa.Column("decide_by", base.Instant(), nullable=True),
        sa.Column("decided_at", base.Instant(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("decision_statement_id", sa.String(), nullable=True),
        sa.Column("document_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_objection_agency_id_agency")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_objection_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
    )
    op.create_index(op.f("ix_objection_agency_id"), "objection", ["agency_id"], unique=False)
    op.create_index(op.f("ix_objection_case_id"), "objection", ["case_id"], unique=False)


def delivery() -> None:
    """Create `delivery`."""
    op.create_table(
        "delivery",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.Column("proof", sa.String(), nullable=False),
        sa.Column("delivered_at", base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_delivery_agency_id_agency")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_delivery_document_id_document")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_delivery_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("document_id", name=op.f("uq_delivery_document_id")),
    )
    op.create_index(op.f("ix_delivery_agency_id"), "delivery", ["agency_id"], unique=False)


def office_term() -> None:
    """Create `office_term`."""
    op.create_table(
        "office_term",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("holding_id", sa.String(), nullable=False),
        sa.Column("post_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("inaugurated_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_office_term_agency_id_agency")),
        sa.ForeignKeyConstraint(["holding_id"], ["holding.id"], name=op.f("fk_office_term_holding_id_holding")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_office_term_person_id_person")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_office_term_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_term")),
        sa.UniqueConstraint("holding_id", name=op.f("uq_office_term_holding_id")),
    )
    op.create_index(op.f("ix_office_term_agency_id"), "office_term", ["agency_id"], unique=False)
    op.create_index(op.f("ix_office_term_person_id"), "office_term", ["person_id"], unique=False)
    op.create_index(op.f("ix_office_term_post_id"), "office_term", ["post_id"], unique=False)


def contract() -> None:
    """Create `contract`."""
    op.create_table(
        "contract",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("term_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_contract_agency_id_agency")),
        sa.ForeignKeyConstraint(["term_id"], ["office_term.id"], name=op.f("fk_contract_term_id_office_term")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("term_id", "year", name=op.f("uq_contract_term_id_year")),
    )
    op.create_index(op.f("ix_contract_agency_id"), "contract", ["agency_id"], unique=False)
    op.create_index(op.f("ix_contract_term_id"), "contract", ["term_id"], unique=False)


def annual_result() -> None:
    """Create `annual_result`."""
    op.create_table(
        "annual_result",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("contract_id", sa.String(), nullable=False),
        sa.Column("computed", sa.JSON(), nullable=False),
        sa.Column("mean", base.Exact(), nullable=True),
        sa.Column("proposed", sa.String(), nullable=False),
        sa.Column("results", sa.String(), nullable=False),
        sa.Column("behaviour", sa.String(), nullable=False),
        sa.Column("rating", sa.String(), nullable=False),
        sa.Column("statement_id", sa.String(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("at", base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_annual_result_contract_id_contract")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_annual_result_decided_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annual_result")),
    )
    op.create_index(op.f("ix_annual_result_contract_id"), "annual_result", ["contract_id"], unique=False)


def contract_version() -> None:
    """Create `contract_version`."""
    op.create_table(
        "contract_version",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("contract_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("statement_id", sa.String(), nullable=True),
        sa.Column("document_id", sa.String(), nullable=True),
        sa.Column("budget", sa.JSON(), nullable=False),
        sa.Column("issued_at", base.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_version_contract_id_contract")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_version")),
        sa.UniqueConstraint("contract_id", "number", name=op.f("uq_contract_version_contract_id_number")),
    )
    op.create_index(op.f("ix_contract_version_contract_id"), "contract_version", ["contract_id"], unique=False)


def review() -> None:
    """Create `review`."""
    op.create_table(
        "review",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("contract_id", sa.String(), nullable=False),
        sa.Column("term_id", sa.String(), nullable=False),
        sa.Column("target_post_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_review_agency_id_agency")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_review_contract_id_contract")),
        sa.ForeignKeyConstraint(["target_post_id"], ["post.id"], name=op.f("fk_review_target_post_id_post")),
        sa.ForeignKeyConstraint(["term_id"], ["office_term.id"], name=op.f("fk_review_term_id_office_term")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("contract_id", name=op.f("uq_review_contract_id")),
    )
    op.create_index(op.f("ix_review_agency_id"), "review", ["agency_id"], unique=False)
    op.create_index(op.f("ix_review_term_id"), "review", ["term_id"], unique=False)


def gate_proof() -> None:
    """Create `gate_proof`."""
    op.create_table(
        "gate_proof",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("review_id", sa.String(), nullable=False),
        sa.Column("gate", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("proof", sa.JSON(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=True),
        sa.Column("statement_id", sa.String(), nullable=True),
        sa.Column("at", base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_gate_proof_review_id_review")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_proof")),
    )
    op.create_index(op.f("ix_gate_proof_review_id"), "gate_proof", ["review_id"], unique=False)


def indicator() -> None:
    """Create `indicator`."""
    op.create_table(
        "indicator",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("objective", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("polarity", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("quarterly", sa.JSON(), nullable=False),
        sa.Column("weight", base.Exact(), nullable=True),
        sa.Column("data_source", sa.String(), nullable=False),
        sa.Column("previous_actual", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["contract_version.id"], name=op.f("fk_indicator_version_id_contract_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("version_id", "position", name=op.f("uq_indicator_version_id_position")),
    )
    op.create_index(op.f("ix_indicator_version_id"), "indicator", ["version_id"], unique=False)


def actual() -> None:
    """Create `actual`."""
    op.create_table(
        "actual",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("check_in_id", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["check_in_id"], ["check_in.id"], name=op.f("fk_actual_check_in_id_check_in")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_actual_indicator_id_indicator")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actual")),
        sa.UniqueConstraint("check_in_id", "indicator_id", name=op.f("uq_actual_check_in_id_indicator_id")),
    )
    op.create_index(op.f("ix_actual_check_in_id"), "actual", ["check_in_id"], unique=False)

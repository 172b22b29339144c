"""Revision 0001: applications."""

import sqlalchemy as sa
from alembic import op

from records.tables import base


def statement() -> None:
    """Create `statement`."""
    op.create_table(
        "statement",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_statement_agency_id_agency")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_statement_author_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
    )
    op.create_index(op.f("ix_statement_agency_id"), "statement", ["agency_id"], unique=False)


def application() -> None:
    """Create `application`."""
    op.create_table(
        "application",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("selection_id", sa.String(), nullable=False),
        sa.Column("vacancy_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=True),
        sa.Column("confirmed_by", sa.String(), nullable=True),
        sa.Column("created_at", base.Instant(), nullable=False),
        sa.Column("submitted_at", base.Instant(), nullable=True),
        sa.Column("withdrawn_at", base.Instant(), nullable=True),
        sa.Column("receipt_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_application_agency_id_agency")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name=op.f("fk_application_confirmed_by_person")),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_application_entered_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_application_person_id_person")),
        sa.ForeignKeyConstraint(["selection_id"], ["selection.id"], name=op.f("fk_application_selection_id_selection")),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name=op.f("fk_application_vacancy_id_vacancy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("vacancy_id", "person_id", name=op.f("uq_application_vacancy_id_person_id")),
    )
    op.create_index(op.f("ix_application_agency_id"), "application", ["agency_id"], unique=False)
    op.create_index(op.f("ix_application_person_id"), "application", ["person_id"], unique=False)
    op.create_index(op.f("ix_application_selection_id"), "application", ["selection_id"], unique=False)
    op.create_index(op.f("ix_application_vacancy_id"), "application", ["vacancy_id"], unique=False)


def ranking() -> None:
    """Create `ranking`."""
    op.create_table(
        "ranking",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("vacancy_id", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("repeat", sa.Integer(), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("at", base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name=op.f("fk_ranking_vacancy_id_vacancy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranking")),
        sa.UniqueConstraint("vacancy_id", "stage", "repeat", name=op.f("uq_ranking_vacancy_id_stage_repeat")),
    )
    op.create_index(op.f("ix_ranking_vacancy_id"), "ranking", ["vacancy_id"], unique=False)


def scoring_duty() -> None:
    """Create `scoring_duty`."""
    op.create_table(
        "scoring_duty",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("vacancy_id", sa.String(), nullable=False),
        sa.Column("component", sa.String(), nullable=False),
        sa.Column("repeat", sa.Integer(), nullable=False),
        sa.Column("assessor_id", sa.String(), nullable=False),
        sa.Column("ended_at", base.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["assessor_id"], ["person.id"], name=op.f("fk_scoring_duty_assessor_id_person")),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name=op.f("fk_scoring_duty_vacancy_id_vacancy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scoring_duty")),
        sa.UniqueConstraint(
            "vacancy_id",
            "component",
            "assessor_id",
            "repeat",
            name=op.f("uq_scoring_duty_vacancy_id_component_assessor_id_repeat"),
        ),
    )
    op.create_index(op.f("ix_scoring_duty_assessor_id"), "scoring_duty", ["assessor_id"], unique=False)
    op.create_index(op.f("ix_scoring_duty_vacancy_id"), "scoring_duty", ["vacancy_id"], unique=False)


def check() -> None:
    """Create `check`."""
    op.create_table(
        "check",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("application_id", sa.String(), nullable=False),
        sa.Column("requirement", sa.String(), nullable=False),
        sa.Column("repeat", sa.Integer(), nullable=False),
        sa.Column("verifier_id", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("computed", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_check_application_id_application")
        ),
        sa.ForeignKeyConstraint(["verifier_id"], ["person.id"], name=op.f("fk_check_verifier_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check")),
        sa.UniqueConstraint(
            "application_id",
            "requirement",
            "verifier_id",
            "repeat",
            name=op.f("uq_check_application_id_requirement_verifier_id_repeat"),
        ),
    )
    op.create_index(op.f("ix_check_application_id"), "check", ["application_id"], unique=False)


def conflict_declaration() -> None:
    """Create `conflict_declaration`."""
    op.create_table(
        "conflict_declaration",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("application_id", sa.String(), nullable=False),
        sa.Column("at", base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_conflict_declaration_application_id_application")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_conflict_declaration_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_declaration")),
        sa.UniqueConstraint(
            "person_id", "application_id", name=op.f("uq_conflict_declaration_person_id_application_id")
        ),
    )
    op.create_index(
        op.f("ix_conflict_declaration_application_id"), "conflict_declaration", ["application_id"], unique=False
    )
    op.create_index(op.f("ix_conflict_declaration_person_id"), "conflict_declaration", ["person_id"], unique=False)


def recusal() -> None:
    """Create `recusal`."""
    op.create_table(
        "recusal",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("application_id", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("statement_id", sa.String(), nullable=True),
        sa.Column("at", base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_recusal_application_id_application")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recusal_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusal")),
        sa.UniqueConstraint("person_id", "application_id", name=op.f("uq_recusal_person_id_application_id")),
    )
    op.create_index(op.f("ix_recusal_application_id"), "recusal", ["application_id"], unique=False)
    op.create_index(op.f("ix_recusal_person_id"), "recusal", ["person_id"], unique=False)


def sheet() -> None:
    """Create `sheet`."""
    op.create_table(
        "sheet",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("application_id", sa.String(), nullable=False),
        sa.Column("vacancy_id", sa.String(), nullable=False),
        sa.Column("component", sa.String(), nullable=False),
        sa.Column("repeat", sa.Integer(), nullable=False),
        sa.Column("assessor_id", sa.String(), nullable=False),
        sa.Column("score", base.Exact(), nullable=True),
        sa.Column("absent", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("sealed_at", base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_sheet_application_id_application")
        ),
        sa.ForeignKeyConstraint(["assessor_id"], ["person.id"], name=op.f("fk_sheet_assessor_id_person")),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name=op.f("fk_sheet_vacancy_id_vacancy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet")),
        sa.UniqueConstraint(
            "application_id",
            "component",
            "repeat",
            "assessor_id",
            name=op.f("uq_sheet_application_id_component_repeat_assessor_id"),
        ),
    )
    op.create_index(op.f("ix_sheet_application_id"), "sheet", ["application_id"], unique=False)
    op.create_index(op.f("ix_sheet_vacancy_id"), "sheet", ["vacancy_id"], unique=False)


def stage_decision() -> None:
    """Create `stage_decision`."""
    op.create_table(
        "stage_decision",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("application_id", sa.String(), nullable=False),
        sa.Column("vacancy_id", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("repeat", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("total", base.Exact(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("announced_at", base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_stage_decision_application_id_application")
        ),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name=op.f("fk_stage_decision_vacancy_id_vacancy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_decision")),
        sa.UniqueConstraint(
            "application_id", "stage", "repeat", name=op.f("uq_stage_decision_application_id_stage_repeat")
        ),
    )
    op.create_index(op.f("ix_stage_decision_application_id"), "stage_decision", ["application_id"], unique=False)
    op.create_index(op.f("ix_stage_decision_vacancy_id"), "stage_decision", ["vacancy_id"], unique=False)


def upload() -> None:
    """Create `upload`."""
    op.create_table(
        "upload",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("application_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("uploaded_at", base.Instant(), nullable=False),
        sa.Column("replaced_at", base.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_upload_application_id_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    op.create_index(op.f("ix_upload_application_id"), "upload", ["application_id"], unique=False)

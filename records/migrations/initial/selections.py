"""Revision 0001: selections."""

import sqlalchemy as sa
from alembic import op

from records.tables import base


def selection() -> None:
    """Create `selection`."""
    op.create_table(
        "selection",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("announcement", sa.JSON(), nullable=False),
        sa.Column("timetable", sa.JSON(), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("pass_marks", sa.JSON(), nullable=False),
        sa.Column("tie_break", sa.JSON(), nullable=False),
        sa.Column("applicants_minimum", sa.Integer(), nullable=True),
        sa.Column("approvals", sa.JSON(), nullable=False),
        sa.Column("context", sa.JSON(), nullable=False),
        sa.Column("venue", sa.String(), nullable=False),
        sa.Column("ruleset_id", sa.String(), nullable=True),
        sa.Column("after_review_id", sa.String(), nullable=True),
        sa.Column("created_at", base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_selection_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_selection")),
    )
    op.create_index(op.f("ix_selection_agency_id"), "selection", ["agency_id"], unique=False)


def vacancy() -> None:
    """Create `vacancy`."""
    op.create_table(
        "vacancy",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("selection_id", sa.String(), nullable=False),
        sa.Column("post_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("requirements", sa.JSON(), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("competencies", sa.JSON(), nullable=False),
        sa.Column("superior_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_vacancy_post_id_post")),
        sa.ForeignKeyConstraint(["selection_id"], ["selection.id"], name=op.f("fk_vacancy_selection_id_selection")),
        sa.ForeignKeyConstraint(["superior_id"], ["person.id"], name=op.f("fk_vacancy_superior_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancy")),
    )
    op.create_index(op.f("ix_vacancy_post_id"), "vacancy", ["post_id"], unique=False)
    op.create_index(op.f("ix_vacancy_selection_id"), "vacancy", ["selection_id"], unique=False)


def application_window() -> None:
    """Create `application_window`."""
    op.create_table(
        "application_window",
        sa.Column("vacancy_id", sa.String(), nullable=False),
        sa.Column("opens_at", base.Instant(), nullable=False),
        sa.Column("closes_at", base.Instant(), nullable=False),
        sa.Column("closed_at", base.Instant(), nullable=True),
        sa.Column("suspended_at", base.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name=op.f("fk_application_window_vacancy_id_vacancy")),
        sa.PrimaryKeyConstraint("vacancy_id", name=op.f("pk_application_window")),
    )

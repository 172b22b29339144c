"""Agencies choose in rule sets, by their own decree."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from records.tables import base

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "rule_overlay",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("ruleset_id", sa.String(), nullable=False),
        sa.Column("valid_from", sa.String(), nullable=False),
        sa.Column("valid_to", sa.String(), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("entered_at", base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_rule_overlay_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_overlay")),
        sa.UniqueConstraint("agency_id", "name", name=op.f("uq_rule_overlay_agency_id_name")),
    )
    op.create_index(op.f("ix_rule_overlay_agency_id"), "rule_overlay", ["agency_id"], unique=False)


def downgrade() -> None:
    """Nothing is deleted: there is no way back but a restored backup."""
    raise RuntimeError("migrations go forward only: restore a backup")

"""What a virus scanner said about each upload; of those before this revision none was looked at."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from records.tables import base

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.add_column("upload", sa.Column("scan", sa.String(), nullable=False, server_default="not_scanned"))
    op.add_column("upload", sa.Column("scan_detail", sa.String(), nullable=False, server_default=""))
    op.add_column("upload", sa.Column("scanned_at", base.Instant(), nullable=True))


def downgrade() -> None:
    """Nothing is deleted: there is no way back but a restored backup."""
    raise RuntimeError("migrations go forward only: restore a backup")

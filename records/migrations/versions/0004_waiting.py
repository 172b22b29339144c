"""What waits to be sent or pressed is found without reading what was."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    for name, table, columns, waits in (
        ("ix_outbound_mail_unsent", "outbound_mail", ["created_at", "id"], sa.text("sent_at IS NULL")),
        ("ix_document_unpressed", "document", ["id"], sa.text("pressed_at IS NULL")),
    ):
        op.create_index(name, table, columns, sqlite_where=waits, postgresql_where=waits)


def downgrade() -> None:
    """Nothing is deleted: there is no way back but a restored backup."""
    raise RuntimeError("migrations go forward only: restore a backup")

"""Writes the next revision from the tables: `python -m records.migrations.draft "message"`; read it, then keep it."""

import sys
import tempfile
from pathlib import Path

from alembic import command

from records import migrate


def main(message: str) -> None:
    """Draft a revision against a fresh SQLite database at the newest revision."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder, 'draft.db')}"
        migrate.upgrade(url)
        with migrate._connected(url) as connection:
            command.revision(migrate._config(connection), message, autogenerate=True, rev_id=f"{_next():04d}")


def _next() -> int:
    present = [int(path.name[:4]) for path in Path(__file__).with_name("versions").glob("[0-9]*.py")]
    return max(present, default=0) + 1


if __name__ == "__main__":
    main(sys.argv[1])

"""Alembic's environment: runs on the connection that `records.migrate` hands over, and nowhere else."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from records import tables
from records.tables.base import Exact, Instant

assert tables  # every table is registered in the metadata by importing it


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Our column types by their own names, SQLModel's strings as plain ones."""
    if kind != "type":
        return False
    if isinstance(item, Instant | Exact):
        autogen.imports.add("from records.tables import base")
        return f"base.{type(item).__name__}()"
    if isinstance(item, AutoString):
        return f"sa.String({item.length or ''})"
    return False


def run() -> None:
    """Migrate, or compare, on the connection given."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=SQLModel.metadata,
        render_item=render_item,
        compare_type=True,
        render_as_batch=False,
    )
    with context.begin_transaction():
        context.run_migrations()


run()

"""Triggers that make the evidence append-only on both databases, whoever holds the connection."""

from typing import Final

from alembic import op

UNCHANGEABLE: Final = ("audit_entry", "journal_entry", "sheet")
ERASABLE: Final = ("audit_payload",)  # a payload may be erased (UU 27/2022); its hash stays in the entry

_FUNCTION: Final = """
CREATE OR REPLACE FUNCTION selter_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % may not be changed by %', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$
"""


def protect() -> None:
    """Refuse UPDATE and DELETE of what is evidence, and UPDATE of what may only be erased."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_FUNCTION)
        for table in UNCHANGEABLE:
            _on_postgresql(table, "UPDATE OR DELETE")
        for table in ERASABLE:
            _on_postgresql(table, "UPDATE")
        return
    for table in UNCHANGEABLE:
        _on_sqlite(table, "UPDATE")
        _on_sqlite(table, "DELETE")
    for table in ERASABLE:
        _on_sqlite(table, "UPDATE")


def _on_postgresql(table: str, events: str) -> None:
    call = "EXECUTE FUNCTION selter_append_only()"
    op.execute(f"CREATE TRIGGER {table}_append_only BEFORE {events} ON {table} FOR EACH ROW {call}")
    op.execute(f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {call}")


def _on_sqlite(table: str, event: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'append-only: {table} may not be changed'); END"
    )

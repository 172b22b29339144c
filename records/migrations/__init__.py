"""Alembic migrations; `records.migrate` runs them."""

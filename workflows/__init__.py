"""The process: Temporal workflows. Deterministic, no I/O, no database type."""

"""The record: tables, queries, and the use cases that write data, all inside a caller's transaction."""

"""The record: tables, queries, and the use cases that write data. Everything here runs inside a caller's transaction."""

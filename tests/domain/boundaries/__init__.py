"""The boundaries of every parameter, one module a subject."""

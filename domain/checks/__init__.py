"""What `domain.lint` checks in a plan, one module a subject; each check yields findings."""

"""Switches: which revision of a rule function a rule set asks for.

A release may make a rule function stricter or better; a case keeps what it pinned. So a changed function asks
`rules.switched(Switch.X)` and keeps its old path for sets that do not list the switch. Only the files in
`regulations` list new ones. A set that lists a switch unknown to this release is refused, not misread.
"""

from enum import StrEnum


class Switch(StrEnum):
    """What changed in a rule function, by the name under which a rule set asks for it."""

    WHOLE_PLAN = "lint.whole-plan"
    """Lint also judges route, scope, contents, supervisor's staff, kinship degree, extensions, consultations,
    deadlines after the final result and cross-use of results."""

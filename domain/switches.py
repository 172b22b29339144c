"""Switches: which revision of a rule function a rule set asks for.

A release may make a rule function stricter or better; a case keeps what it pinned. So a changed function asks
`rules.switched(Switch.X)` and keeps its old path for sets that do not list the switch. Only the files in
`regulations` list new ones. A set that lists a switch unknown to this release is refused, not misread.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Switch(StrEnum):
    """A changed rule function, by the name under which a rule set asks for it."""

    READING = "achievement.reading"
    WHOLE_ANNEX = "contract.whole-annex"
    WHOLE_RECORD = "eligibility.whole-record"
    WHOLE_PLAN = "lint.whole-plan"
    WHOLE_SELECTION = "selection.whole-law"


CHANGED: Final[Mapping[Switch, str]] = MappingProxyType(
    {
        Switch.READING: (
            "An achievement also warns of units, polarity, part of a year and printed values, with article and status."
        ),
        Switch.WHOLE_ANNEX: (
            "An annex also needs what its columns name: each programme, and quarterly targets that lead to the year's."
        ),
        Switch.WHOLE_RECORD: (
            "Screening also judges civil status, the limits of who is no PNS, a regional secretary's age, the years "
            "rated, undated penalties, reversed dates, experience borne out by posts, the waiver, and reads the NIP."
        ),
        Switch.WHOLE_PLAN: (
            "Lint also judges route, scope, contents, supervisor's staff, kinship degree, extensions, consultations, "
            "deadlines after the final result and cross-use of results."
        ),
        Switch.WHOLE_SELECTION: (
            "A round also obeys who appoints at its level, when the names may be published, the witnesses' level, the "
            "photo's file types, the PPK's recommendation among the required documents, and the cut to the interview; "
            "a round and a review obey the restriction windows to the day."
        ),
    }
)
"""What changed with each."""

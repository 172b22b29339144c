"""The shortest lawful timetable of a selection, each date with its reason: `selter lint --propose`."""

from domain.propose.proposal import Proposal, Proposed
from domain.propose.timetable import propose

__all__ = ["Proposal", "Proposed", "propose"]

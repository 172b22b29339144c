"""The one table of acts: who may do what, when, under which natural key, what it records and what it sends.

Routes, authorisation, the inbox and the documentation are generated from it. An act that happens by itself (a deadline
falling due) has no role.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from domain.acts.act import Act
from domain.acts.of_performance import CONTRACT, REVIEW, TERM
from domain.acts.of_selection import SELECTION
from domain.words import CaseKind

ACTS: Final[Mapping[tuple[CaseKind, str], Act]] = MappingProxyType(
    {(act.case, act.name): act for act in (*SELECTION, *TERM, *CONTRACT, *REVIEW)}
)


def acts_of(case: CaseKind) -> tuple[Act, ...]:
    """The acts of one kind of case, in the order of the process."""
    return tuple(act for act in ACTS.values() if act.case is case)


def act_of(case: CaseKind, name: str) -> Act | None:
    """The act of that name, or none."""
    return ACTS.get((case, name))


__all__ = ["ACTS", "Act", "act_of", "acts_of"]

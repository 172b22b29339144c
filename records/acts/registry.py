"""Which recorder writes which act; acts of time (`remind`, `fall_due`) included."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from domain.words import CaseKind
from records.acts import contract, review, selection, term
from records.acts.acting import Recorder

RECORDERS: Final[Mapping[tuple[CaseKind, str], Recorder]] = MappingProxyType(
    {
        (kind, act): recorder
        for kind, recorders in (
            (CaseKind.SELECTION, selection.RECORDERS),
            (CaseKind.TERM, term.RECORDERS),
            (CaseKind.CONTRACT, contract.RECORDERS),
            (CaseKind.REVIEW, review.RECORDERS),
        )
        for act, recorder in recorders.items()
    }
)

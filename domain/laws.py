"""The four state machines by kind of case: how each is born, what it forbids, what an entry changes, what it awaits."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from domain import contract, review, review_awaits, selection, term
from domain.case import Awaited, CaseState, Entry, Intent, ordered
from domain.words import CaseKind


@dataclass(frozen=True)
class Law:
    """One kind of case. `born` takes case id, agency id, the instant it takes effect, and its origin (JSON values)."""

    born: Callable[[str, str, datetime, Mapping[str, Any]], CaseState]
    check: Callable[[Any, Intent], None]
    apply: Callable[[Any, Entry], Any]
    awaited: Callable[[Any], tuple[Awaited, ...]]
    stage: Callable[[Any], str]


LAWS: Final[Mapping[CaseKind, Law]] = MappingProxyType(
    {
        CaseKind.SELECTION: Law(
            selection.born, selection.check, selection.apply, selection.awaited, lambda state: str(state.stage)
        ),
        CaseKind.TERM: Law(term.born, term.check, term.apply, term.awaited, lambda state: str(state.stage)),
        CaseKind.CONTRACT: Law(
            contract.born, contract.check, contract.apply, contract.awaited, lambda state: str(state.stage)
        ),
        CaseKind.REVIEW: Law(
            review.born, review.check, review.apply, review_awaits.awaited, lambda state: str(state.stage)
        ),
    }
)


def project(kind: CaseKind, born: CaseState, entries: Iterable[Entry]) -> Any:
    """The state that a journal describes: the fold of its entries over the new-born case."""
    state: Any = born
    apply = LAWS[kind].apply
    for entry in ordered(entries):
        state = apply(state, entry)
    return state

"""An office term's state: from inauguration on, one contract a year, until a person ends it.

A term never ends by itself: when five years or the retirement age come, the inbox demands an act.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

from domain.acts import act_of
from domain.case import Awaited, CaseState, Deadline, Entry, Intent, require_known, require_open
from domain.refusals import Refused
from domain.words import CaseKind, EndGround


@dataclass(frozen=True)
class TermState(CaseState):
    """An official in a post (masa jabatan). `years` are the contract years begun so far."""

    rules_sha256: str = ""
    inaugurated_on: date = date.min
    tenure_until: date = date.max
    years: tuple[int, ...] = ()
    ended_on: date | None = None
    ground: EndGround | None = None

    @property
    def stage(self) -> str:
        """`in_office`, or `ended`."""
        return "ended" if self.closed_at is not None else "in_office"


def born(case_id: str, agency_id: str, effective_at: datetime, origin: Mapping[str, Any]) -> TermState:
    """A new term; `origin` holds the pinned rules, the inauguration and the last day of the regular tenure."""
    return TermState(
        case_id,
        agency_id,
        effective_at,
        rules_sha256=origin["rules_sha256"],
        inaugurated_on=date.fromisoformat(origin["inaugurated_on"]),
        tenure_until=date.fromisoformat(origin["tenure_until"]),
    )


# -- what an act needs -------------------------------------------------------------------------------------------


def check(state: TermState, intent: Intent) -> None:
    """Refuse what the state alone forbids.

    Raises:
        Refused: with the code, and facts that say what would satisfy it.
    """
    act = act_of(CaseKind.TERM, intent.act)
    require_known(act is not None and not act.birth, intent)
    require_open(state)
    precondition = _PRECONDITIONS.get(intent.act)
    if precondition is not None:
        precondition(state, intent)


def _extend(state: TermState, intent: Intent) -> None:
    until = _day(intent, "until")
    if until <= state.tenure_until:
        raise Refused(
            "extension-too-short",
            rule="tenure.max_years",
            citation="PP 11/2017 Pasal 133",
            until=until.isoformat(),
            present=state.tenure_until.isoformat(),
        )


def _end(state: TermState, intent: Intent) -> None:
    if _day(intent, "last_day") < state.inaugurated_on:
        raise Refused("before-inauguration", inaugurated_on=state.inaugurated_on.isoformat())
    if intent.arguments["ground"] == EndGround.LOWER_POST:
        raise Refused(
            "lower-post-needs-review",
            rule="demotion.improvement_months",
            citation="PP 11/2017 Pasal 142 ayat (2); PP 30/2019 Pasal 57 ayat (2)",
        )


def _replace_superior(state: TermState, intent: Intent) -> None:
    if _day(intent, "since") < state.inaugurated_on:
        raise Refused("before-inauguration", inaugurated_on=state.inaugurated_on.isoformat())


_PRECONDITIONS: Final[Mapping[str, Callable[[TermState, Intent], None]]] = MappingProxyType(
    {"extend_term": _extend, "end_term": _end, "replace_superior": _replace_superior}
)


def _day(intent: Intent, name: str) -> date:
    return date.fromisoformat(str(intent.arguments[name]))


# -- what an entry changes ---------------------------------------------------------------------------------------


def apply(state: TermState, entry: Entry) -> TermState:
    """The state after an entry; pure and total over the entries that recorders write."""
    state = replace(state.with_deadlines(entry), seq=entry.seq)
    match entry.act:
        case "fall_due" if "year" in entry.data:
            return replace(state, years=(*state.years, entry.data["year"]))
        case "extend_term":
            return replace(state, tenure_until=date.fromisoformat(entry.data["until"]))
        case "end_term" | "lapse":
            return replace(
                state,
                ended_on=date.fromisoformat(entry.data["last_day"]),
                ground=EndGround(entry.data["ground"]),
                closed_at=entry.at,
                deadlines=(),
            )
    return state


# -- what waits for whom -----------------------------------------------------------------------------------------


def awaited(state: TermState) -> tuple[Awaited, ...]:
    """Extending or ending, once the end of the tenure or the retirement age is near or past."""
    if state.closed_at is not None:
        return ()
    acts = {"tenure": ("extend_term", "end_term"), "retirement": ("end_term",)}
    near = [d for d in state.deadlines if d.key in acts and (d.reminded or d.passed)]
    return tuple(Awaited(act, d.key, _since(d), d.due, d.rule) for d in near for act in acts[d.key])


def _since(deadline: Deadline) -> datetime:
    return deadline.remind_at or deadline.due

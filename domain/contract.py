"""A performance contract's year: signed, in force, checked in by quarter, rated, objected to, final.

The stage is derived from what has happened. What needs the record (the signed text, the actuals) is refused by the
recorder of the act.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

from domain.acts import act_of
from domain.case import Awaited, CaseState, Entry, Intent, require_known, require_open
from domain.dates import in_time, last_day_of_month
from domain.refusals import Refused
from domain.words import CaseKind, ContractStage, Rating, Role

PARTIES: Final = (Role.OFFICIAL, Role.SUPERIOR)
_QUARTERS: Final = (1, 2, 3, 4)
_MONTHS_A_QUARTER: Final = 3


@dataclass(frozen=True)
class ContractState(CaseState):
    """A contract year (perjanjian kinerja).

    `latest` is the newest version that was called for signature, `in_force` the newest that both parties signed
    (0: none yet), `signed` the parties that have signed the latest. `quarters` are those that began in the post.
    """

    rules_sha256: str = ""
    term_id: str = ""
    year: int = 0
    inaugurated_on: date = date.min
    period_start: date = date.min
    period_end: date = date.max
    rating_from: datetime | None = None
    quarters: tuple[int, ...] = ()
    since: datetime | None = None
    in_force: int = 0
    latest: int = 1
    signed: tuple[str, ...] = ()
    verified: tuple[int, ...] = ()
    force_majeure: bool | None = None
    rating_open: bool = False
    rating: Rating | None = None
    objection_until: datetime | None = None
    objection_closed: bool = False
    objected: bool = False
    objection_outcome: str = ""
    final: bool = False
    lapsed: bool = False
    review: str = ""  # id of the review that the final rating opened

    @property
    def stage(self) -> ContractStage:
        """Where the year stands; follows from what has happened."""
        if self.lapsed:
            return ContractStage.LAPSED
        if self.final:
            return ContractStage.FINAL
        if self.rating is not None:
            return ContractStage.OBJECTION
        if not self.in_force:
            return ContractStage.DRAFT
        return ContractStage.RATING if self.rating_open else ContractStage.IN_FORCE

    @property
    def unsigned(self) -> tuple[str, ...]:
        """The parties whose signature the latest version lacks."""
        if self.latest == self.in_force:
            return ()
        return tuple(party.value for party in PARTIES if party.value not in self.signed)


def born(case_id: str, agency_id: str, effective_at: datetime, origin: Mapping[str, Any]) -> ContractState:
    """A new contract year; `origin` holds the pinned rules, the term, the period and the quarters."""
    return ContractState(
        case_id,
        agency_id,
        effective_at,
        rules_sha256=origin["rules_sha256"],
        term_id=origin["term_id"],
        year=origin["year"],
        inaugurated_on=date.fromisoformat(origin["inaugurated_on"]),
        period_start=date.fromisoformat(origin["period_start"]),
        period_end=date.fromisoformat(origin["period_end"]),
        rating_from=datetime.fromisoformat(origin["rating_from"]),
        quarters=tuple(origin["quarters"]),
        since=effective_at,
    )


# -- quarters ----------------------------------------------------------------------------------------------------


def quarter_start(year: int, quarter: int) -> date:
    """The first day of a quarter."""
    return date(year, (quarter - 1) * _MONTHS_A_QUARTER + 1, 1)


def quarter_end(year: int, quarter: int) -> date:
    """The last day of a quarter."""
    return last_day_of_month(year, quarter * _MONTHS_A_QUARTER)


def quarters_begun(year: int, inaugurated_on: date) -> tuple[int, ...]:
    """The quarters of a year that began while the official was in post."""
    return tuple(q for q in _QUARTERS if quarter_start(year, q) >= inaugurated_on)


# -- what an act needs -------------------------------------------------------------------------------------------


def check(state: ContractState, intent: Intent) -> None:
    """Refuse what the state alone forbids.

    Raises:
        Refused: with the code, and facts that say what would satisfy it.
    """
    act = act_of(CaseKind.CONTRACT, intent.act)
    require_known(act is not None and not act.birth, intent)
    require_open(state)
    precondition = _PRECONDITIONS.get(intent.act)
    if precondition is not None:
        precondition(state, intent)


def _sign(state: ContractState, intent: Intent) -> None:
    _unrated(state)
    if not state.unsigned or intent.arguments["version"] != state.latest:
        raise Refused("nothing-to-sign", version=str(intent.arguments["version"]))
    if intent.role not in state.unsigned:
        raise Refused("already-signed", version=str(state.latest))


def _amend(state: ContractState, intent: Intent) -> None:
    _in_force(state)
    _unrated(state)
    if intent.arguments["version"] != state.latest + 1:
        raise Refused("wrong-version", version=str(intent.arguments["version"]), needed=str(state.latest + 1))


def _verify(state: ContractState, intent: Intent) -> None:
    _in_force(state)
    _unrated(state)
    quarter = intent.arguments["quarter"]
    if quarter not in state.quarters:
        raise Refused("no-such-quarter", quarter=str(quarter), quarters=_shown(state.quarters))
    if quarter in state.verified:
        raise Refused("check-in-verified", quarter=str(quarter))


def _force_majeure(state: ContractState, intent: Intent) -> None:
    if state.rating is not None:
        raise Refused(
            "force-majeure-late",
            rule="demotion.force_majeure_exempts",
            citation="PP 30/2019 Pasal 57 ayat (1)-(2)",
        )
    if state.force_majeure is not None:
        raise Refused("force-majeure-decided")


def _rate(state: ContractState, intent: Intent) -> None:
    _in_force(state)
    _unrated(state)
    if state.rating_from is not None and intent.at < state.rating_from:
        raise Refused(
            "rating-too-early",
            rule="assessment.window",
            citation="PP 30/2019 Pasal 42",
            since=state.rating_from.isoformat(),
        )
    missing = [q for q in state.quarters if q not in state.verified]
    if missing:
        raise Refused(
            "check-ins-open",
            rule="skp.periodic_review",
            citation="PermenPANRB 6/2022; SE MenPANRB 3/2023",
            quarters=_shown(missing),
        )


def _object(state: ContractState, intent: Intent) -> None:
    _rated(state)
    if state.objected:
        raise Refused("already-objected")
    until = state.objection_until
    if until is not None and (state.objection_closed or not in_time(intent.at, until)):
        raise Refused(
            "objection-late",
            rule="assessment.objection_days",
            citation="PP 30/2019 Pasal 59",
            until=until.isoformat(),
        )


def _decide_objection(state: ContractState, intent: Intent) -> None:
    if not state.objected:
        raise Refused("no-objection")
    if state.objection_outcome:
        raise Refused("objection-decided")
    changes = intent.arguments.get("results") is not None or intent.arguments.get("behaviour") is not None
    if changes is (intent.arguments["outcome"] == "rejected"):
        raise Refused("objection-without-effect", outcome=str(intent.arguments["outcome"]))


def _finalise(state: ContractState, intent: Intent) -> None:
    _rated(state)
    if state.objected and not state.objection_outcome:
        raise Refused("objection-undecided", rule="assessment.objection_days", citation="PP 30/2019 Pasal 59")
    until = state.objection_until
    if not state.objected and not state.objection_closed and until is not None and in_time(intent.at, until):
        raise Refused(
            "objection-open",
            rule="assessment.objection_days",
            citation="PP 30/2019 Pasal 59",
            until=until.isoformat(),
        )


def _in_force(state: ContractState) -> None:
    if not state.in_force:
        raise Refused(
            "not-in-force",
            rule="pk.due_after_budget_approval_months",
            citation="PermenPANRB 53/2014; Permendiktisaintek 58/2025 Pasal 12",
        )


def _unrated(state: ContractState) -> None:
    if state.rating is not None:
        raise Refused("already-rated")


def _rated(state: ContractState) -> None:
    if state.rating is None:
        raise Refused("not-rated")


def _shown(quarters: tuple[int, ...] | list[int]) -> str:
    return ", ".join(f"{q}" for q in quarters) or "-"


_PRECONDITIONS: Final[Mapping[str, Callable[[ContractState, Intent], None]]] = MappingProxyType(
    {
        "sign": _sign,
        "amend": _amend,
        "verify_check_in": _verify,
        "decide_force_majeure": _force_majeure,
        "rate": _rate,
        "object": _object,
        "decide_objection": _decide_objection,
        "finalise": _finalise,
    }
)


# -- what an entry changes ---------------------------------------------------------------------------------------


def apply(state: ContractState, entry: Entry) -> ContractState:
    """The state after an entry; pure and total over the entries that recorders write."""
    before = state.stage
    state = replace(state.with_deadlines(entry), seq=entry.seq)
    change = _CHANGES.get(entry.act)
    after = change(state, entry) if change is not None else state
    if after.final or after.lapsed:
        after = replace(after, closed_at=entry.at, deadlines=())
    return replace(after, since=entry.at) if after.stage is not before else after


def _signed(state: ContractState, entry: Entry) -> ContractState:
    state = replace(state, signed=(*state.signed, entry.data["role"]))
    return replace(state, in_force=state.latest) if not state.unsigned else state


def _decided(state: ContractState, entry: Entry) -> ContractState:
    return replace(state, objection_outcome=entry.data["outcome"], rating=Rating(entry.data["rating"]))


def _fallen_due(state: ContractState, entry: Entry) -> ContractState:
    match entry.data["key"]:
        case "rating":
            return replace(state, rating_open=True)
        case "objection":
            return replace(state, objection_closed=True)
    return state


_CHANGES: Final[Mapping[str, Callable[[ContractState, Entry], ContractState]]] = MappingProxyType(
    {
        "sign": _signed,
        "amend": lambda state, e: replace(state, latest=e.data["version"], signed=()),
        "verify_check_in": lambda state, e: replace(state, verified=(*state.verified, e.data["quarter"])),
        "decide_force_majeure": lambda state, e: replace(state, force_majeure=e.data["accepted"]),
        "rate": lambda state, e: replace(
            state,
            rating=Rating(e.data["rating"]),
            objection_until=datetime.fromisoformat(e.data["objection_until"]),
        ),
        "object": lambda state, e: replace(state, objected=True),
        "decide_objection": _decided,
        "finalise": lambda state, e: replace(state, final=True, review=e.data.get("review", "")),
        "lapse": lambda state, e: replace(state, lapsed=True),
        "fall_due": _fallen_due,
    }
)


# -- what waits for whom -----------------------------------------------------------------------------------------


def awaited(state: ContractState) -> tuple[Awaited, ...]:
    """The acts that wait for a person; the subject of `sign` is the party, of `verify_check_in` the quarter."""
    if state.closed_at is not None:
        return ()
    if state.rating is not None:
        return _after_rating(state)
    unsigned = tuple(_await(state, "sign", party, "sign") for party in state.unsigned)
    if not state.in_force:
        return unsigned
    near = [
        q
        for q in state.quarters
        if q not in state.verified and (d := state.deadline(f"check_in/Q{q}")) and (d.reminded or d.passed)
    ]
    check_ins = tuple(_await(state, "verify_check_in", f"Q{q}", f"check_in/Q{q}") for q in near)
    ready = state.rating_open and not set(state.quarters) - set(state.verified)
    return (*unsigned, *check_ins, *((_await(state, "rate", "", "rate"),) if ready else ()))


def _after_rating(state: ContractState) -> tuple[Awaited, ...]:
    if state.objected and not state.objection_outcome:
        return (_await(state, "decide_objection", "", "decide_objection"),)
    if state.objected or state.objection_closed:
        return (_await(state, "finalise", "", "finalise"),)
    return ()


def _await(state: ContractState, act: str, subject: str, key: str) -> Awaited:
    deadline = state.deadline(key)
    since = state.since or state.effective_at
    return Awaited(act, subject, since, deadline.due if deadline else None, deadline.rule if deadline else "")

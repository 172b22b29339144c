"""A demotion review's state: gate after gate, then decision, delivery, objection and execution (PP 11/2017 Pasal 142).

Nothing here happens by itself: silence never decides, and a lower post needs every gate of `domain.gates`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

from domain.acts import act_of
from domain.case import CaseState, Entry, Intent, require_known, require_open
from domain.dates import in_time
from domain.gates import GATES, gate_open, proved_gates, require_gates
from domain.refusals import Refused
from domain.words import CaseKind, Clearance, ReviewOutcome

CLEARANCES: Final = (Clearance.REPLACEMENT, Clearance.HOME_AFFAIRS)
_BEFORE_DECISION: Final = 10  # gates that a decision which moves the official needs
_BEFORE_NOTICE: Final = 8


@dataclass(frozen=True)
class ReviewState(CaseState):
    """A review (evaluasi jabatan). Letters are document ids; clocks start where a letter was delivered."""

    rules_sha256: str = ""
    term_id: str = ""
    needs: tuple[Clearance, ...] = ()
    since: datetime | None = None
    notice: str = ""
    plan: str = ""  # statement id
    coaching_dates: tuple[date, ...] = ()
    improvement_until: datetime | None = None
    improved: bool | None = None
    evaluated_on: date | None = None
    retested: bool = False
    opinion_given: bool = False
    proposed: ReviewOutcome | None = None
    hearing_notice: str = ""
    hearing_at: datetime | None = None
    decide_from: datetime | None = None
    heard: bool = False
    cleared: tuple[str, ...] = ()
    outcome: ReviewOutcome | None = None
    target_post_id: str = ""
    decision: str = ""
    delivered: tuple[str, ...] = ()
    objection_until: datetime | None = None
    objection_closed: bool = False
    objected: bool = False
    decide_by: datetime | None = None
    to_court: bool = False
    objection_outcome: str = ""
    executed_on: date | None = None
    lapsed: bool = False

    @property
    def gates(self) -> tuple[int, ...]:
        """The gates that are proved."""
        return proved_gates(self)

    @property
    def undelivered(self) -> tuple[str, ...]:
        """The letters whose delivery is not recorded yet."""
        return tuple(d for d in (self.notice, self.hearing_notice, self.decision) if d and d not in self.delivered)

    @property
    def stage(self) -> str:
        """In a word, for operators: what the review is at."""
        if self.closed_at is not None:
            return "lapsed" if self.lapsed else "closed"
        if self.outcome is not None:
            return "executed" if self.executed_on else "decided"
        if self.improved is False:
            return "weighing"
        return "improvement" if self.improvement_until else "opened"


def born(case_id: str, agency_id: str, effective_at: datetime, origin: Mapping[str, Any]) -> ReviewState:
    """A new review; `origin` holds the pinned rules, the term, and the clearances that gate 10 needs."""
    return ReviewState(
        case_id,
        agency_id,
        effective_at,
        rules_sha256=origin["rules_sha256"],
        term_id=origin["term_id"],
        needs=tuple(Clearance(n) for n in origin["needs"]),
        since=effective_at,
    )


def objection_clock_over(state: ReviewState, at: datetime) -> bool:
    """Whether the vacancy that a review left may be published: the objection clock ran out, or it was decided.

    A granted objection puts the official back, so the vacancy is none.
    """
    if state.executed_on is None:
        return False
    if state.objection_outcome:
        return state.objection_outcome == "rejected"
    if state.objected:
        return state.to_court or (state.decide_by is not None and not in_time(at, state.decide_by))
    return state.objection_until is not None and not in_time(at, state.objection_until)


# -- what an act needs -------------------------------------------------------------------------------------------


def check(state: ReviewState, intent: Intent) -> None:
    """Refuse what the state alone forbids; the gates keep their order.

    Raises:
        Refused: with the code, and facts that say what would satisfy it.
    """
    act = act_of(CaseKind.REVIEW, intent.act)
    require_known(act is not None and not act.birth, intent)
    require_open(state)
    precondition = _PRECONDITIONS.get(intent.act)
    if precondition is not None:
        precondition(state, intent)


def _once(done: object, act: str) -> None:
    if done:
        raise Refused("already-done", act=act)


def _notify(state: ReviewState, intent: Intent) -> None:
    _once(state.notice, "notify")


def _confirm(state: ReviewState, intent: Intent) -> None:
    if intent.arguments["document_id"] not in state.undelivered:
        raise Refused("no-such-letter", document=str(intent.arguments["document_id"]))


def _set_plan(state: ReviewState, intent: Intent) -> None:
    if not state.notice:
        raise gate_open(GATES[3])
    _once(state.plan, "set_plan")


def _evaluate(state: ReviewState, intent: Intent) -> None:
    require_gates(state, 4)
    _once(state.improved is not None, "evaluate")
    if state.improvement_until is not None and in_time(intent.at, state.improvement_until):
        gate = GATES[4]
        until = state.improvement_until.isoformat()
        raise Refused("improvement-running", rule=gate.rule, citation=gate.citation, gate=str(gate.number), until=until)


def _retest(state: ReviewState, intent: Intent) -> None:
    require_gates(state, 6)
    _once(state.retested, "record_retest")


def _opinion(state: ReviewState, intent: Intent) -> None:
    require_gates(state, 7)
    _once(state.opinion_given, "record_opinion")


def _propose(state: ReviewState, intent: Intent) -> None:
    require_gates(state, 7)
    if not state.opinion_given:
        raise Refused(
            "gate-open",
            rule="demotion.adviser",
            citation="PP 30/2019 Pasal 47-48",
            gate="8",
            title="Pertimbangan tim penilai kinerja",
        )
    _once(state.proposed, "propose")


def _notice_hearing(state: ReviewState, intent: Intent) -> None:
    require_gates(state, _BEFORE_NOTICE)
    _once(state.hearing_notice, "notice_hearing")


def _record_hearing(state: ReviewState, intent: Intent) -> None:
    require_gates(state, _BEFORE_NOTICE)
    if state.decide_from is None:
        raise gate_open(GATES[8])
    _once(state.heard, "record_hearing")


def _clearance(state: ReviewState, intent: Intent) -> None:
    require_gates(state, _BEFORE_NOTICE)
    kind = intent.arguments["kind"]
    if kind not in CLEARANCES:
        raise Refused("clearance-not-needed", kind=str(kind), needed=", ".join(CLEARANCES))
    _once(kind in state.cleared, "record_clearance")


def _decide(state: ReviewState, intent: Intent) -> None:
    _once(state.outcome, "decide")
    outcome, target = ReviewOutcome(intent.arguments["outcome"]), intent.arguments.get("target_post_id")
    if (outcome is ReviewOutcome.STAY) is bool(target):
        raise Refused("target-post", rule="demotion.outcomes", citation="PP 11/2017 Pasal 142 ayat (4) dan penjelasan")
    if outcome is ReviewOutcome.STAY:
        require_gates(state, _BEFORE_NOTICE)
        return
    if state.decide_from is not None and intent.at < state.decide_from:
        gate = GATES[8]
        since = state.decide_from.isoformat()
        raise Refused("notice-running", rule=gate.rule, citation=gate.citation, gate=str(gate.number), since=since)
    require_gates(state, _BEFORE_DECISION)


def _object(state: ReviewState, intent: Intent) -> None:
    _move_delivered(state, "nothing-to-object")
    _once(state.objected, "object")
    until = state.objection_until
    if until is not None and (state.objection_closed or not in_time(intent.at, until)):
        raise Refused(
            "objection-late",
            rule="appeal.keberatan.file_working_days",
            citation="PP 79/2021 Pasal 4",
            until=until.isoformat(),
        )


def _decide_objection(state: ReviewState, intent: Intent) -> None:
    if not state.objected:
        raise Refused("no-objection")
    _once(state.objection_outcome, "decide_objection")
    partly = intent.arguments["outcome"] == "partly_granted"
    if partly or intent.arguments.get("results") or intent.arguments.get("behaviour"):
        raise Refused("objection-whole", rule="demotion.outcomes", citation="PP 79/2021 Pasal 5")


def _execute(state: ReviewState, intent: Intent) -> None:
    _move_delivered(state, "nothing-to-execute")
    _once(state.executed_on, "execute")


def _move_delivered(state: ReviewState, code_of_a_stay: str) -> None:
    if state.outcome is None:
        raise gate_open(GATES[10])
    if state.outcome is ReviewOutcome.STAY:
        raise Refused(code_of_a_stay)
    if state.decision not in state.delivered:
        raise Refused(
            "decision-undelivered", rule="decision.delivery_working_days", citation="UU 30/2014 Pasal 62 ayat (2)"
        )


_PRECONDITIONS: Final[Mapping[str, Callable[[ReviewState, Intent], None]]] = MappingProxyType(
    {
        "notify": _notify,
        "confirm_delivery": _confirm,
        "set_plan": _set_plan,
        "evaluate": _evaluate,
        "record_retest": _retest,
        "record_opinion": _opinion,
        "propose": _propose,
        "notice_hearing": _notice_hearing,
        "record_hearing": _record_hearing,
        "record_clearance": _clearance,
        "decide": _decide,
        "object": _object,
        "decide_objection": _decide_objection,
        "execute": _execute,
    }
)


# -- what an entry changes ---------------------------------------------------------------------------------------


def apply(state: ReviewState, entry: Entry) -> ReviewState:
    """The state after an entry; pure and total over the entries that recorders write."""
    state = replace(state.with_deadlines(entry), seq=entry.seq)
    change = _CHANGES.get(entry.act)
    if change is None:
        return state
    after = change(state, entry)
    if entry.act != "fall_due":
        after = replace(after, since=entry.at)
    return replace(after, closed_at=entry.at, deadlines=()) if _over(after, entry.at) else after


def _over(state: ReviewState, at: datetime) -> bool:
    """Improved, lapsed, staying (and told so), put back, or carried out with no objection left."""
    if state.improved or state.lapsed or state.objection_outcome == "granted":
        return True
    if state.outcome is ReviewOutcome.STAY:
        return state.decision in state.delivered
    if state.executed_on is None:
        return False
    unopposed = not state.objected and (state.objection_closed or objection_clock_over(state, at))
    return unopposed or state.objection_outcome == "rejected"


def _confirmed(state: ReviewState, entry: Entry) -> ReviewState:
    document_id = entry.data["document_id"]
    state = replace(state, delivered=(*state.delivered, document_id))
    if document_id == state.notice:
        return replace(state, improvement_until=_instant(entry, "improvement_until"))
    if document_id == state.hearing_notice:
        return replace(state, decide_from=_instant(entry, "decide_from"))
    until = _instant(entry, "objection_until") if "objection_until" in entry.data else None
    return replace(state, objection_until=until)


def _fallen_due(state: ReviewState, entry: Entry) -> ReviewState:
    match entry.data["key"]:
        case "objection":
            return replace(state, objection_closed=True)
        case "decide_objection":
            return replace(state, to_court=True)
    return state


def _instant(entry: Entry, name: str) -> datetime:
    return datetime.fromisoformat(entry.data[name])


def _day(entry: Entry, name: str) -> date:
    return date.fromisoformat(entry.data[name])


_CHANGES: Final[Mapping[str, Callable[[ReviewState, Entry], ReviewState]]] = MappingProxyType(
    {
        "notify": lambda s, e: replace(s, notice=e.data["notice"]),
        "confirm_delivery": _confirmed,
        "set_plan": lambda s, e: replace(
            s,
            plan=e.data["plan_id"],
            coaching_dates=tuple(date.fromisoformat(d) for d in e.data["coaching_dates"]),
        ),
        "evaluate": lambda s, e: replace(s, improved=e.data["improved"], evaluated_on=_day(e, "evaluated_on")),
        "record_retest": lambda s, e: replace(s, retested=True),
        "record_opinion": lambda s, e: replace(s, opinion_given=True),
        "propose": lambda s, e: replace(s, proposed=ReviewOutcome(e.data["proposal"])),
        "notice_hearing": lambda s, e: replace(
            s, hearing_notice=e.data["hearing_notice"], hearing_at=_instant(e, "hearing_at")
        ),
        "record_hearing": lambda s, e: replace(s, heard=True),
        "record_clearance": lambda s, e: replace(s, cleared=(*s.cleared, e.data["kind"])),
        "decide": lambda s, e: replace(
            s,
            outcome=ReviewOutcome(e.data["outcome"]),
            target_post_id=e.data.get("target_post_id", ""),
            decision=e.data["decision"],
        ),
        "object": lambda s, e: replace(s, objected=True, decide_by=_instant(e, "decide_by")),
        "decide_objection": lambda s, e: replace(s, objection_outcome=e.data["outcome"]),
        "execute": lambda s, e: replace(s, executed_on=_day(e, "effective_on")),
        "lapse": lambda s, e: replace(s, lapsed=s.executed_on is None),  # what was carried out stays open to objection
        "fall_due": _fallen_due,
    }
)

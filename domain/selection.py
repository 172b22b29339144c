"""A selection's state: one lane per vacancy, moved by journal entries; what each act needs of it.

Checks here need the state alone. What needs the record (is every application decided, is every sheet in) is refused by
the recorder of the act, in the same transaction that would write it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from domain.acts import Act, act_of
from domain.case import Awaited, CaseState, Deadline, Entry, Intent, require_open
from domain.lane import CHANGES, Lane, enter
from domain.refusals import Refused
from domain.words import CaseKind, Clearance, Component, Outcome, Stage

__all__ = ["Lane", "SelectionState", "apply", "awaited", "born", "check", "enter", "natural_keys"]


@dataclass(frozen=True)
class SelectionState(CaseState):
    """A round. `lanes` is empty while it is a draft; the round's stage is derived from its lanes."""

    lanes: Mapping[str, Lane] = field(default_factory=dict)
    published_at: datetime | None = None
    rules_sha256: str = ""
    after_review: str = ""  # a vacancy left by this review may be published only when its objection clock has run out
    outcome: Outcome | None = None

    @property
    def stage(self) -> Stage:
        """The earliest stage any open lane is in; `CLOSED` when all are."""
        if self.closed_at is not None:
            return Stage.CLOSED
        if not self.lanes:
            return Stage.DRAFT
        order = list(Stage)
        return min((lane.stage for lane in self.lanes.values()), key=order.index)

    def stands_still(self, deadline: Deadline) -> bool:
        """A suspended lane's deadlines do not run."""
        lane = self.lanes.get(deadline.subject)
        return lane is not None and lane.suspended_at is not None

    def at_stage(self, *stages: str) -> tuple[str, ...]:
        """The vacancies whose lanes are in one of these stages."""
        return tuple(v for v, lane in self.lanes.items() if lane.stage in stages)


def born(case_id: str, agency_id: str, effective_at: datetime, origin: Mapping[str, Any]) -> SelectionState:
    """A new draft round. `origin` holds `after_review`, the review that left the vacancy, or nothing."""
    return SelectionState(case_id, agency_id, effective_at, after_review=origin.get("after_review", ""))


# -- what an act needs -------------------------------------------------------------------------------------------


def check(state: SelectionState, intent: Intent) -> None:
    """Refuse what the state alone forbids.

    Raises:
        Refused: with the code, and facts that say what would satisfy it.
    """
    act = act_of(CaseKind.SELECTION, intent.act)
    if act is None or act.birth:
        raise Refused("unknown-act", act=intent.act)
    require_open(state)
    if act.name == "cancel":
        _cancel(state)
    if not act.per_vacancy:
        _possible_in(state.stage, act)
        return
    if not intent.vacancy_ids:
        raise Refused("no-vacancy", act=act.name)
    for vacancy_id in intent.vacancy_ids:
        lane = state.lanes.get(vacancy_id)
        if lane is None:
            raise Refused("unknown-vacancy", vacancy=vacancy_id)
        _possible_in(lane.stage, act)
        if lane.suspended_at is not None and act.name not in ("resume", "close_vacancy"):
            raise Refused("suspended", since=lane.suspended_at.isoformat())
        precondition = _PRECONDITIONS.get(act.name)
        if precondition is not None:
            precondition(state, lane, intent)


def _possible_in(stage: Stage, act: Act) -> None:
    if act.stages and stage not in act.stages:
        raise Refused("wrong-stage", act=act.name, stage=stage, needed=", ".join(act.stages))


def _extend(state: SelectionState, lane: Lane, intent: Intent) -> None:
    _window_over(state, lane)
    if lane.enough:
        raise Refused("enough-applicants", applicants=str(lane.applicants))


def _window_over(state: SelectionState, lane: Lane) -> None:
    if not lane.window_closed:
        window = state.deadline(f"window/{lane.vacancy_id}")
        until = window.due.isoformat() if window else ""
        raise Refused(
            "window-open",
            rule="announcement.min_calendar_days",
            citation="PP 11/2017 Pasal 117 ayat (2)",
            until=until,
        )


def _advance(state: SelectionState, lane: Lane, intent: Intent) -> None:
    _same_stage(lane, intent, "advance")
    if lane.stage is Stage.ANNOUNCEMENT:
        _window_over(state, lane)
        if not lane.enough:
            raise Refused(
                "too-few-applicants",
                rule="applicants.min_per_post",
                citation="Praktik pengumuman seleksi (NTB dan Banjarnegara 2026)",
                applicants=str(lane.applicants),
            )
    elif not lane.announced:
        raise Refused(
            "result-not-announced",
            rule="stage.result_announcement_required",
            citation="PP 11/2017 Pasal 121 ayat (1)",
            stage=lane.stage,
        )


def _open_seals(state: SelectionState, lane: Lane, intent: Intent) -> None:
    _same_stage(lane, intent, "open_seals")
    if lane.seals_open:
        raise Refused("seals-open")


def _announce(state: SelectionState, lane: Lane, intent: Intent) -> None:
    _same_stage(lane, intent, "announce_result")
    if lane.announced:
        raise Refused("already-announced", stage=lane.stage)
    if lane.stage is not Stage.SCREENING and not lane.seals_open:
        raise Refused("seals-closed", stage=lane.stage)


def _same_stage(lane: Lane, intent: Intent, act: str) -> None:
    named = intent.arguments.get("stage")
    if named is not None and named != lane.stage:
        raise Refused("wrong-stage", act=act, stage=lane.stage, needed=str(named))


def _cancel(state: SelectionState) -> None:
    if any(lane.decree and lane.stage is not Stage.CLOSED for lane in state.lanes.values()):
        raise Refused("decree-issued")


def _repeat(state: SelectionState, lane: Lane, intent: Intent) -> None:
    order = list(Stage)
    target = Stage(intent.arguments["stage"])
    if not order.index(Stage.SCREENING) <= order.index(target) <= order.index(lane.stage):
        raise Refused("cannot-repeat", stage=target, present=lane.stage)
    if lane.decree:
        raise Refused("decree-issued")
    if target is lane.stage and lane.untouched:
        raise Refused("just-repeated", stage=target, repeat=str(lane.repeat()))


def _resume(state: SelectionState, lane: Lane, intent: Intent) -> None:
    if lane.suspended_at is None:
        raise Refused("not-suspended")


def _close(state: SelectionState, lane: Lane, intent: Intent) -> None:
    if lane.decree:
        raise Refused("decree-issued")


def _sign(state: SelectionState, lane: Lane, intent: Intent) -> None:
    if intent.person_id not in lane.signers:
        raise Refused("not-a-signer")


def _shortlist(state: SelectionState, lane: Lane, intent: Intent) -> None:
    missing = len(set(lane.signers) - set(lane.signed))
    if missing:
        raise Refused("minutes-unsigned", missing=str(missing))


def _clearance(state: SelectionState, lane: Lane, intent: Intent) -> None:
    # The consent to an acting head's choice may become necessary after publication, when the head changes.
    if intent.arguments["kind"] not in (*lane.needs, Clearance.HOME_AFFAIRS):
        raise Refused("clearance-not-needed", kind=str(intent.arguments["kind"]), needed=", ".join(lane.needs))
    if not lane.shortlisted:
        raise Refused("shortlist-missing")


def _choose(state: SelectionState, lane: Lane, intent: Intent) -> None:
    if not lane.shortlisted:
        raise Refused("shortlist-missing")
    if lane.decree:
        raise Refused("decree-issued")


def _decree(state: SelectionState, lane: Lane, intent: Intent) -> None:
    if not lane.chosen:
        raise Refused("choice-missing")
    missing = [kind for kind in lane.needs if kind not in lane.cleared]
    if missing:
        raise Refused(
            "clearance-missing",
            rule="bkn.recommendation_before_inauguration",
            citation="Praktik pengawasan BKN atas pelantikan; PP 11/2017 Pasal 127 ayat (3)-(4)",
            kinds=", ".join(missing),
        )


def _inaugurate(state: SelectionState, lane: Lane, intent: Intent) -> None:
    if not lane.decree:
        raise Refused("decree-missing")


_PRECONDITIONS: Final[Mapping[str, Callable[[SelectionState, Lane, Intent], None]]] = MappingProxyType(
    {
        "extend_vacancy": _extend,
        "close_vacancy": _close,
        "advance": _advance,
        "open_seals": _open_seals,
        "announce_result": _announce,
        "repeat_stage": _repeat,
        "resume": _resume,
        "sign_minutes": _sign,
        "submit_shortlist": _shortlist,
        "record_clearance": _clearance,
        "choose": _choose,
        "issue_decree": _decree,
        "record_inauguration": _inaugurate,
    }
)


# -- what an entry changes ---------------------------------------------------------------------------------------


def apply(state: SelectionState, entry: Entry) -> SelectionState:
    """The state after an entry; pure and total over the entries that recorders write."""
    state = replace(state.with_deadlines(entry), seq=entry.seq)
    match entry.act:
        case "publish":
            return _published(state, entry)
        case "cancel":
            return replace(state, outcome=Outcome.CANCELLED, closed_at=entry.at, deadlines=())
        case "replace_member":
            return _member_replaced(state, entry)
        case "adopt_rules":
            return replace(state, rules_sha256=entry.data["sha256"])
        case "fall_due":
            return _fallen_due(state, entry)
    change = CHANGES.get(entry.act)
    if change is None:
        return state
    lanes = {v: change(lane, entry) if v in entry.vacancy_ids else lane for v, lane in state.lanes.items()}
    return _closed_when_all_are(replace(state, lanes=lanes), entry)


def _published(state: SelectionState, entry: Entry) -> SelectionState:
    lanes = {
        item["id"]: Lane(item["id"], since=entry.at, needs=tuple(Clearance(n) for n in item["needs"]))
        for item in entry.data["vacancies"]
    }
    return replace(state, lanes=lanes, published_at=entry.at, rules_sha256=entry.data["rules_sha256"])


def _member_replaced(state: SelectionState, entry: Entry) -> SelectionState:
    outgoing, incoming = entry.data["outgoing_id"], entry.data["incoming_id"]
    lanes = {
        v: replace(lane, signers=tuple(incoming if s == outgoing else s for s in lane.signers))
        if outgoing not in lane.signed
        else lane
        for v, lane in state.lanes.items()
    }
    return replace(state, lanes=lanes)


def _fallen_due(state: SelectionState, entry: Entry) -> SelectionState:
    kind, _, vacancy_id = entry.data["key"].partition("/")
    if kind != "window" or vacancy_id not in state.lanes:
        return state
    lane = replace(
        state.lanes[vacancy_id],
        window_closed=True,
        applicants=entry.data["applicants"],
        enough=entry.data["enough"],
        since=entry.at,
    )
    return replace(state, lanes={**state.lanes, vacancy_id: lane})


def _closed_when_all_are(state: SelectionState, entry: Entry) -> SelectionState:
    if any(lane.stage is not Stage.CLOSED for lane in state.lanes.values()):
        return state
    outcomes = {lane.outcome for lane in state.lanes.values()}
    outcome = Outcome.APPOINTED if Outcome.APPOINTED in outcomes else Outcome.NOT_FILLED
    return replace(state, closed_at=entry.at, outcome=outcome, deadlines=())


# -- which act it is --


def natural_keys(template: str, state: SelectionState, intent: Intent) -> tuple[str, ...]:
    """The natural keys of an act: one a vacancy, or one for the round."""
    facts = {"act": intent.act, "person": intent.person_id, **{k: str(v) for k, v in intent.arguments.items()}}
    if "{vacancy}" not in template:
        return (template.format_map(facts),)
    meant = _stage_meant(intent)
    return tuple(template.format_map(_lane_facts(state.lanes.get(v), v, facts, meant)) for v in intent.vacancy_ids)


def _stage_meant(intent: Intent) -> str:
    """The stage whose repeat makes an act this very one: named, its component's, or the only one it is possible in."""
    if named := intent.arguments.get("stage"):
        return str(named)
    if component := intent.arguments.get("component"):
        return Component(component).stage
    act = act_of(CaseKind.SELECTION, intent.act)
    return act.stages[0] if act is not None and len(act.stages) == 1 else ""


def _lane_facts(lane: Lane | None, vacancy_id: str, facts: Mapping[str, str], meant: str) -> dict[str, str]:
    if lane is None:
        return {**facts, "vacancy": vacancy_id, "stage": "", "repeat": "1", "extension": "0", "suspensions": "0"}
    stage = meant or lane.stage
    return {
        **facts,
        "vacancy": vacancy_id,
        "stage": stage,
        "repeat": str(lane.repeat(stage)),
        "extension": str(lane.extensions),
        "suspensions": str(lane.suspensions),
    }


# -- what waits for whom -----------------------------------------------------------------------------------------


def awaited(state: SelectionState) -> tuple[Awaited, ...]:
    """The acts that wait for a person, with since when, by when and under which rule."""
    if state.closed_at is not None:
        return ()
    if not state.lanes:
        return (Awaited("publish", "", state.effective_at),)
    return tuple(item for lane in state.lanes.values() for item in _lane_awaits(state, lane))


def _lane_awaits(state: SelectionState, lane: Lane) -> tuple[Awaited, ...]:
    if lane.suspended_at is not None:
        return (Awaited("resume", lane.vacancy_id, lane.suspended_at),)  # its deadlines stand still
    due = min(
        (d for d in state.deadlines if d.subject == lane.vacancy_id and not d.key.startswith("window/")),
        key=lambda d: d.due,
        default=None,
    )
    return tuple(
        Awaited(act, lane.vacancy_id, lane.since, due.due if due else None, due.rule if due else "")
        for act in _next_acts(lane)
    )


def _next_acts(lane: Lane) -> tuple[str, ...]:
    match lane.stage:
        case Stage.ANNOUNCEMENT if lane.window_closed:
            return ("advance",) if lane.enough else ("extend_vacancy", "close_vacancy")
        case Stage.SCREENING:
            return ("advance",) if lane.announced else ("announce_result",)
        case Stage.ASSESSMENT | Stage.INTERVIEW:
            if lane.announced:
                return ("advance",)
            return ("announce_result",) if lane.seals_open else ("open_seals",)
        case Stage.APPOINTMENT:
            return _appointment_acts(lane)
    return ()


def _appointment_acts(lane: Lane) -> tuple[str, ...]:
    if set(lane.signers) - set(lane.signed):
        return ("sign_minutes",)
    if not lane.shortlisted:
        return ("submit_shortlist",)
    clearances = ("record_clearance",) if set(lane.needs) - set(lane.cleared) else ()
    if not lane.chosen:
        return (*clearances, "choose")
    if clearances:
        return clearances
    return ("issue_decree",) if not lane.decree else ("record_inauguration",)

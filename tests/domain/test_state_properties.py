"""Whatever happens, in any order: an act is refused, or leads to a state in which the law's promises hold."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from performance_stories import (
    contested,
    delivered,
    drafted,
    evaluated,
    heard,
    notified,
    proposed,
    rated,
    review,
    signed,
    term,
    verified,
)
from selection_stories import chosen, draft, in_appointment, in_assessment, in_interview, published
from stories import DAY, Story, clock
from walks import Move, Step, unlawfully_awaited, walk, written

from domain.case import Deadline
from domain.words import Clearance, ContractStage, Outcome, ReviewOutcome, Stage

choices = st.lists(st.integers(0, 59), min_size=5, max_size=40)
each_time_the_same = settings(max_examples=60, derandomize=True, database=None, deadline=None)


def waits(story: Story) -> bool:
    """Somebody is asked for something, or a date will come, or the case is over."""
    state = story.state
    return bool(story.awaited) or state.next_deadline() is not None or state.closed_at is not None


# -- selection ---------------------------------------------------------------------------------------------------


def moves_of(vacancy: str) -> list[Move]:
    """What anybody might try with a vacancy."""
    entering = {"minutes": {vacancy: "d"}, "signers": {vacancy: ["m1", "m2"]}}
    lane = (vacancy,)
    plain = ("open_seals", "announce_result", "suspend", "resume", "close_vacancy", "submit_shortlist")
    return [
        *(Move(act, lane) for act in plain),
        Move("extend_vacancy", lane, writes=lambda at: {"set": [window(vacancy, at)]}),
        Move("advance", lane, writes=written(**entering)),
        *(Move("repeat_stage", lane, {"stage": s.value}, written(stage=s.value, **entering)) for s in Stage),
        *(Move("sign_minutes", lane, writes=written(person_id=m), person=m) for m in ("m1", "m2")),
        *(
            Move("record_clearance", lane, {"kind": k.value}, written(kind=k.value))
            for k in (Clearance.APPOINTMENT, Clearance.GOVERNOR, Clearance.COUNCIL)
        ),
        Move("choose", lane, writes=written(application_id="x")),
        Move("issue_decree", lane, writes=written(decree={vacancy: "k"})),
        Move("record_inauguration", lane, writes=written(inaugurated_on="2027-06-01")),
    ]


def window(vacancy: str, at: datetime) -> dict[str, Any]:
    """A window of a week."""
    return clock(f"window/{vacancy}", at + 7 * DAY, "extension.days", subject=vacancy)


SELECTION_MOVES = [*moves_of("v1"), *moves_of("v2"), Move("cancel")]
ORDER = list(Stage)


def window_passes(story: Story, deadline: Deadline) -> dict[str, Any]:
    """Enough have applied, every second time."""
    enough = len(story.entries) % 2 == 0
    return {"lift": [deadline.key], "applicants": 4 if enough else 1, "enough": enough}


@each_time_the_same
@given(st.sampled_from([published(), in_assessment(), in_interview(), in_appointment(), chosen("v2")]), choices)
def test_no_order_of_acts_leads_a_selection_astray(story: Story, choices: Sequence[int]) -> None:
    for step in walk(story, SELECTION_MOVES, choices, window_passes):
        before, after = step.before.state, step.after.state
        assert waits(step.after)
        assert not unlawfully_awaited(step)
        _lanes_keep_their_order(step)
        _nothing_is_skipped(after)
        open_lanes = [lane for lane in after.lanes.values() if lane.stage is not Stage.CLOSED]
        assert (after.closed_at is not None) is (step.act == "cancel" or not open_lanes)
        changed = [v for v in after.lanes if after.lanes[v] != before.lanes[v]]
        assert len(changed) <= 1


def _lanes_keep_their_order(step: Step) -> None:
    for vacancy, lane in step.after.state.lanes.items():
        was = step.before.state.lanes[vacancy]
        moved = ORDER.index(lane.stage) - ORDER.index(was.stage)
        assert moved >= 0 or step.act == "repeat_stage"
        assert moved <= 1 or lane.stage is Stage.CLOSED
        assert moved == 0 or step.act in ("advance", "repeat_stage", "close_vacancy", "record_inauguration")
        assert all(lane.repeat(stage) >= was.repeat(stage) for stage in Stage)
        assert lane.repeats == was.repeats or step.act == "repeat_stage"
        still = was.suspended_at is not None and lane != was
        assert not still or step.act in ("resume", "close_vacancy")


def _nothing_is_skipped(state: Any) -> None:
    for lane in state.lanes.values():
        if lane.stage in (Stage.ASSESSMENT, Stage.INTERVIEW):
            assert lane.seals_open or not lane.announced
        if lane.chosen:
            assert lane.shortlisted
        if lane.decree:
            assert lane.chosen
            assert set(lane.needs) <= set(lane.cleared)
            assert set(lane.signers) <= set(lane.signed)
        assert (lane.outcome is Outcome.APPOINTED) is (lane.inaugurated_on is not None)
        assert lane.inaugurated_on is None or lane.decree


def test_a_draft_can_only_be_published_or_cancelled() -> None:
    assert [move.act for move in SELECTION_MOVES if not move.refused(draft(), draft().last)] == ["cancel"]
    assert waits(draft())


# -- contract year -----------------------------------------------------------------------------------------------


CONTRACT_MOVES = [
    *(
        Move("sign", arguments={"version": v}, writes=written(role=r, version=v), role=r)
        for r in ("official", "superior")
        for v in (1, 2, 3)
    ),
    *(Move("amend", arguments={"version": v}, writes=written(version=v)) for v in (1, 2, 3)),
    *(Move("verify_check_in", (), {"quarter": q}, written(quarter=q, lift=[f"check_in/Q{q}"])) for q in (2, 3, 4)),
    Move("decide_force_majeure", writes=written(accepted=False)),
    Move(
        "rate",
        writes=lambda at: {
            "rating": "poor",
            "objection_until": (at + 14 * DAY).isoformat(),
            "lift": ["rating", "rate", "sign"],
            "set": [clock("objection", at + 14 * DAY)],
        },
    ),
    Move("object", writes=lambda at: {"lift": ["objection"], "set": [clock("decide_objection", at + 9 * DAY)]}),
    Move("decide_objection", (), {"outcome": "rejected"}, written(outcome="r", rating="poor")),
    Move("decide_objection", (), {"outcome": "granted", "results": "above"}, written(outcome="g", rating="good")),
    Move("finalise"),
    Move("lapse", role="system"),
]
YEAR = list(ContractStage)


@each_time_the_same
@given(st.sampled_from([drafted(), signed(), verified(), rated()]), choices)
def test_no_order_of_acts_leads_a_contract_year_astray(story: Story, choices: Sequence[int]) -> None:
    for step in walk(story, CONTRACT_MOVES, choices, lambda *_: {}):
        before, after = step.before.state, step.after.state
        assert waits(step.after)
        awaited = {act for act, _ in step.before.awaited_acts}
        assert awaited <= {move.act for move in step.lawful}
        assert YEAR.index(after.stage) >= YEAR.index(before.stage)
        assert before.in_force <= after.in_force <= after.latest
        assert after.in_force == before.in_force or set(after.signed) == {"official", "superior"}
        if after.rating is not None:
            assert after.in_force >= 1
            assert set(after.quarters) <= set(after.verified)
        if after.final:
            assert after.rating is not None
            assert bool(after.objection_outcome) is after.objected
        if step.act in ("fall_due", "remind"):
            for decided in ("rating", "objection_outcome", "final", "lapsed", "closed_at", "force_majeure", "in_force"):
                assert getattr(after, decided) == getattr(before, decided)


# -- demotion review ---------------------------------------------------------------------------------------------


def _clock(name: str, days: int, key: str = "", *lift: str) -> Any:
    def writes(at: datetime) -> dict[str, Any]:
        until = at + days * DAY
        clocks = {"set": [clock(key, until, remind_at=until - 5 * DAY)]} if key else {}
        return {name: until.isoformat(), "lift": list(lift), **clocks}

    return writes


def _letter(document_id: str, name: str, days: int, key: str = "") -> Move:
    started = _clock(name, days, key)
    return Move(
        "confirm_delivery", (), {"document_id": document_id}, lambda at: {"document_id": document_id} | started(at)
    )


def _decision(outcome: ReviewOutcome) -> Move:
    target = {} if outcome is ReviewOutcome.STAY else {"target_post_id": "post"}
    named = {"outcome": outcome.value, **target}
    return Move("decide", (), named, written(**named, decision="d1"))


REVIEW_MOVES = [
    Move("notify", writes=written(notice="n1")),
    _letter("n1", "improvement_until", 12, "improvement"),
    _letter("h1", "decide_from", 14),
    _letter("d1", "objection_until", 14, "objection"),
    Move("set_plan", writes=written(plan_id="p1", coaching_dates=[])),
    *(Move("evaluate", (), {"improved": i}, written(improved=i, evaluated_on="2027-07-14")) for i in (True, False)),
    Move("record_retest"),
    Move("record_opinion"),
    Move("propose", writes=written(proposal="lower_post")),
    Move("notice_hearing", writes=lambda at: {"hearing_notice": "h1", "hearing_at": at.isoformat()}),
    Move("record_hearing"),
    Move("record_clearance", (), {"kind": "replacement"}, written(kind="replacement")),
    Move("record_clearance", (), {"kind": "council"}, written(kind="council")),
    *(_decision(outcome) for outcome in ReviewOutcome),
    Move("object", writes=_clock("decide_by", 12, "decide_objection", "objection")),
    *(
        Move("decide_objection", (), {"outcome": o}, written(outcome=o))
        for o in ("granted", "rejected", "partly_granted")
    ),
    Move("execute", writes=written(effective_on="2027-09-01")),
    Move("lapse", role="system"),
]
DECIDED = ("improved", "outcome", "objection_outcome", "executed_on", "lapsed", "proposed", "heard", "cleared")
ON_A_DAY = {"evaluate", "decide"}  # awaited from a reminder on, lawful from a day on


@each_time_the_same
@given(
    st.sampled_from([review("replacement"), notified(), evaluated(), proposed("replacement"), heard(), delivered()]),
    choices,
)
def test_no_order_of_acts_leads_a_review_astray(story: Story, choices: Sequence[int]) -> None:
    for step in walk(story, REVIEW_MOVES, choices, lambda *_: {}):
        before, after = step.before.state, step.after.state
        assert waits(step.after)
        awaited = {act for act, _ in step.before.awaited_acts}
        assert awaited - ON_A_DAY <= {move.act for move in step.lawful}
        assert set(before.gates) <= set(after.gates)
        if after.outcome not in (None, ReviewOutcome.STAY):
            _moved_lawfully(step)
        if after.executed_on is not None:
            assert after.outcome in (ReviewOutcome.LATERAL_MOVE, ReviewOutcome.LOWER_POST)
            assert after.decision in after.delivered
        if step.act in ("fall_due", "remind"):
            assert {name: getattr(after, name) for name in DECIDED} == {n: getattr(before, n) for n in DECIDED}
            assert after.closed_at is None or after.executed_on is not None


def _moved_lawfully(step: Step) -> None:
    state = step.after.state
    assert state.gates == tuple(range(1, 12))
    assert state.target_post_id == "post"
    decided_at = next(entry.at for entry in step.after.entries if entry.act == "decide")
    assert decided_at >= state.decide_from


def test_silence_to_the_end_leaves_every_review_undecided() -> None:
    for story in (review(), notified(), evaluated(), proposed(), heard(), delivered(), contested()):
        silent = story
        while (upcoming := silent.state.next_deadline()) is not None:
            at = max(silent.last, upcoming.next_at)
            ends = upcoming.next_at == upcoming.remind_at
            silent = silent.then("remind", at=at, key=upcoming.key) if ends else silent.falls_due(upcoming.key, at=at)
        for name in DECIDED:
            assert getattr(silent.state, name) == getattr(story.state, name)
        assert silent.state.closed_at is None


# -- office term -------------------------------------------------------------------------------------------------

RETIRED = {"last_day": "2028-05-31", "ground": "retired"}


def _extension(until: str) -> Any:
    return lambda at: {"until": until, "set": [clock("tenure", at + 9 * DAY)]}


TERM_MOVES = [
    *(Move("extend_term", (), {"until": d}, _extension(d)) for d in ("2030-05-31", "2033-05-31", "2037-05-31")),
    Move("replace_superior", (), {"since": "2028-01-01"}),
    Move("end_term", (), {"last_day": "2027-05-31", "ground": "moved"}),
    Move("end_term", (), {"last_day": "2028-05-31", "ground": "lower_post"}),
    Move("end_term", (), RETIRED, written(**RETIRED)),
]


@each_time_the_same
@given(choices)
def test_no_order_of_acts_ends_a_term_but_the_act_of_a_person(choices: Sequence[int]) -> None:
    for step in walk(term(), TERM_MOVES, choices, lambda *_: {}):
        before, after = step.before.state, step.after.state
        assert waits(step.after)
        assert {act for act, _ in step.before.awaited_acts} <= {move.act for move in step.lawful} | {"extend_term"}
        assert (after.closed_at is not None) is (step.act == "end_term")
        assert after.tenure_until >= before.tenure_until
        assert (after.tenure_until > before.tenure_until) is (step.act == "extend_term")

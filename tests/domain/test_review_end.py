"""What follows the decision of a demotion review: delivery, objection, the move; and who is waited for throughout."""

from datetime import date, datetime

import pytest
from performance_stories import (
    DECIDED_BY,
    DECIDES_FROM,
    IMPROVES_UNTIL,
    LATER,
    OBJECTS_UNTIL,
    contested,
    decided,
    delivered,
    evaluated,
    executed,
    heard,
    improving,
    invited,
    notified,
    proposed,
    retested,
    review,
)
from stories import DAY, INSTANT, SECOND, Story, refused

from domain.case import Awaited
from domain.review import objection_clock_over

# -- delivery ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["object", "execute"])
def test_a_decision_has_no_effect_before_it_is_taken_and_delivered(act: str) -> None:
    assert heard().refuses(act) == refused(
        "gate-open",
        "demotion.decider",
        "PP 11/2017 Pasal 145",
        gate="11",
        title="Keputusan Pejabat Pembina Kepegawaian",
    )
    assert decided().refuses(act) == refused(
        "decision-undelivered", "decision.delivery_working_days", "UU 30/2014 Pasal 62 ayat (2)"
    )
    delivered().allows(act)


def test_the_objection_clock_starts_with_the_delivery_of_the_decision() -> None:
    assert (decided().state.objection_until, delivered().state.objection_until) == (None, OBJECTS_UNTIL)
    assert delivered().state.delivered == ("n1", "h1", "d1")
    assert (delivered().state.improvement_until, delivered().state.decide_from) == (IMPROVES_UNTIL, DECIDES_FROM)


def test_a_stay_ends_the_review_when_the_official_is_told() -> None:
    story = delivered("stay")
    assert (story.state.closed_at, story.state.stage) == (story.last, "closed")
    assert (story.state.objection_until, story.state.deadlines) == (None, ())


def test_a_stay_burdens_nobody_even_before_it_is_delivered() -> None:
    assert decided("stay").refuses("object") == refused("nothing-to-object")
    assert decided("stay").refuses("execute") == refused("nothing-to-execute")
    assert delivered("stay").refuses("object") == refused("case-closed")


# -- objection ---------------------------------------------------------------------------------------------------


def test_an_objection_is_in_time_on_its_last_instant_and_late_after_it() -> None:
    late = refused(
        "objection-late",
        "appeal.keberatan.file_working_days",
        "PP 79/2021 Pasal 4",
        until="2027-09-21T02:00:00+00:00",
    )
    delivered().allows("object", at=OBJECTS_UNTIL + SECOND - INSTANT)
    assert delivered().refuses("object", at=OBJECTS_UNTIL + SECOND) == late
    assert delivered().falls_due("objection", at=OBJECTS_UNTIL).refuses("object", at=OBJECTS_UNTIL) == late


def test_an_objection_is_filed_once_and_starts_the_clock_of_its_decision() -> None:
    assert contested().refuses("object", at=OBJECTS_UNTIL) == refused("already-done", act="object")
    assert (contested().state.objected, contested().state.decide_by) == (True, DECIDED_BY)
    assert (delivered().state.objected, delivered().state.decide_by) == (False, None)


def test_a_decision_on_an_objection_needs_one_and_is_taken_once() -> None:
    assert delivered().refuses("decide_objection", outcome="rejected") == refused("no-objection")
    rejected = contested().then("decide_objection", outcome="rejected")
    assert rejected.refuses("decide_objection", outcome="granted") == refused("already-done", act="decide_objection")


@pytest.mark.parametrize(
    "arguments",
    [
        {"outcome": "partly_granted"},
        {"outcome": "granted", "results": "above"},
        {"outcome": "rejected", "behaviour": "above"},
    ],
)
def test_an_objection_to_a_move_is_granted_as_a_whole_or_rejected(arguments: dict[str, str]) -> None:
    contested().allows("decide_objection", outcome="granted")
    contested().allows("decide_objection", outcome="rejected", results=None, behaviour=None)
    assert contested().refuses("decide_objection", **arguments) == refused(
        "objection-whole", "demotion.outcomes", "PP 79/2021 Pasal 5"
    )


def test_a_granted_objection_ends_the_review_executed_or_not() -> None:
    for story in (contested(), executed(contested())):
        granted = story.then("decide_objection", outcome="granted")
        assert (granted.state.objection_outcome, granted.state.closed_at) == ("granted", granted.last)
        assert granted.refuses("execute") == refused("case-closed")


def test_a_rejected_objection_leaves_the_decision_to_be_carried_out() -> None:
    rejected = contested().then("decide_objection", outcome="rejected", lift=["decide_objection"])
    assert (rejected.state.objection_outcome, rejected.state.closed_at) == ("rejected", None)
    rejected.allows("execute")
    done = executed(rejected)
    assert (done.state.closed_at, done.state.stage) == (done.last, "closed")
    late = executed(contested()).then("decide_objection", outcome="rejected")
    assert late.state.closed_at == late.last


def test_silence_about_an_objection_opens_the_way_to_the_court_and_decides_nothing() -> None:
    silent = executed(contested()).falls_due("decide_objection", at=DECIDED_BY)
    state = silent.state
    assert (state.to_court, state.objection_outcome, state.closed_at) == (True, "", None)
    silent.allows("decide_objection", outcome="granted")
    unexecuted = contested().falls_due("decide_objection", at=DECIDED_BY)
    assert unexecuted.state.executed_on is None
    assert unexecuted.state.closed_at is None


def test_silence_about_a_letter_or_a_plan_changes_nothing() -> None:
    before = decided()
    after = before.falls_due("delivery").state
    assert (after.objection_closed, after.to_court, after.stage) == (False, False, "decided")
    assert after.deadline("delivery").passed
    assert after.since == before.last


# -- execution ---------------------------------------------------------------------------------------------------


def test_a_move_is_carried_out_once() -> None:
    story = executed()
    assert (story.state.executed_on, story.state.stage, story.state.closed_at) == (date(2027, 9, 1), "executed", None)
    assert story.refuses("execute") == refused("already-done", act="execute")
    story.allows("object", at=OBJECTS_UNTIL)


def test_a_move_that_nobody_opposed_ends_the_review_when_the_objection_window_closes() -> None:
    after = executed().falls_due("objection", at=OBJECTS_UNTIL)
    assert (after.state.objection_closed, after.state.closed_at) == (True, OBJECTS_UNTIL)
    before = delivered().falls_due("objection", at=OBJECTS_UNTIL)
    assert before.state.closed_at is None
    assert executed(before).state.closed_at == executed(before).last


def test_a_move_carried_out_after_the_objection_window_ends_the_review_at_once() -> None:
    assert executed(at=OBJECTS_UNTIL).state.closed_at is None
    assert executed(at=OBJECTS_UNTIL + SECOND).state.closed_at == OBJECTS_UNTIL + SECOND


def test_a_move_under_objection_stays_open() -> None:
    assert executed(contested(), at=DECIDED_BY + DAY).state.closed_at is None


def test_a_review_whose_term_ended_lapses() -> None:
    improving().allows("lapse", role="system")
    assert improving().refuses("lapse", role="ppk") == refused("unknown-act", act="lapse")
    story = improving().then("lapse")
    assert (story.state.lapsed, story.state.closed_at, story.state.stage) == (True, story.last, "lapsed")
    assert (story.awaited, story.state.deadlines) == ((), ())


def test_a_review_that_was_carried_out_does_not_lapse_with_the_term_it_ended() -> None:
    story = executed().then("lapse")
    assert (story.state.lapsed, story.state.closed_at, story.state.stage) == (False, None, "executed")
    story.allows("object", at=OBJECTS_UNTIL)


# -- the vacancy that a review leaves ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("story", "last", "first"),
    [
        (executed(), OBJECTS_UNTIL, OBJECTS_UNTIL + SECOND),
        (executed(contested()), DECIDED_BY, DECIDED_BY + SECOND),
    ],
)
def test_a_vacancy_may_be_announced_after_the_objection_clock(story: Story, last: datetime, first: datetime) -> None:
    assert objection_clock_over(story.state, last) is False
    assert objection_clock_over(story.state, first) is True


def test_a_vacancy_may_be_announced_when_the_objection_is_rejected_or_left_to_the_court() -> None:
    rejected = executed(contested()).then("decide_objection", outcome="rejected")
    granted = executed(contested()).then("decide_objection", outcome="granted")
    to_court = executed(contested()).falls_due("decide_objection", at=DECIDED_BY)
    assert objection_clock_over(rejected.state, LATER) is True
    assert objection_clock_over(granted.state, DECIDED_BY + DAY) is False
    assert objection_clock_over(to_court.state, DECIDED_BY) is True


@pytest.mark.parametrize("story", [delivered(), contested(), contested().then("decide_objection", outcome="rejected")])
def test_there_is_no_vacancy_before_the_move_is_carried_out(story: Story) -> None:
    assert objection_clock_over(story.state, DECIDED_BY + DAY) is False


def test_a_move_without_an_objection_clock_is_never_past_it() -> None:
    untold = executed(decided())
    assert objection_clock_over(untold.state, DECIDED_BY + DAY) is False


# -- what waits for whom -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("story", "awaited"),
    [
        (review(), [("notify", "")]),
        (notified(), [("confirm_delivery", "n1"), ("set_plan", "")]),
        (notified().then("set_plan", plan_id="p1", coaching_dates=[]), [("confirm_delivery", "n1")]),
        (improving(), []),
        (improving().reminds("improvement"), [("evaluate", "")]),
        (improving().falls_due("improvement", at=IMPROVES_UNTIL), [("evaluate", "")]),
        (improving().then("calendar_changed", lift=["improvement"]), []),
        (evaluated(), [("record_retest", "")]),
        (retested(), [("record_opinion", "")]),
        (retested().then("record_opinion"), [("propose", "")]),
        (proposed(), [("notice_hearing", "")]),
        (proposed("replacement"), [("record_clearance", ""), ("notice_hearing", "")]),
        (invited(), [("confirm_delivery", "h1")]),
        (invited("replacement"), [("confirm_delivery", "h1"), ("record_clearance", "")]),
        (
            invited("replacement").then("confirm_delivery", document_id="h1", decide_from=DECIDES_FROM.isoformat()),
            [("record_clearance", ""), ("record_hearing", "")],
        ),
        (
            invited().then("confirm_delivery", document_id="h1", decide_from=DECIDES_FROM.isoformat()),
            [("record_hearing", "")],
        ),
        (heard(), [("decide", "")]),
        (heard("replacement"), [("record_clearance", "")]),
        (heard("replacement").then("record_clearance", kind="replacement"), [("decide", "")]),
        (decided(), [("confirm_delivery", "d1")]),
        (delivered("stay"), []),
        (delivered(), [("execute", "")]),
        (contested(), [("decide_objection", ""), ("execute", "")]),
        (contested().then("decide_objection", outcome="rejected"), [("execute", "")]),
        (executed(contested()), [("decide_objection", "")]),
        (executed(), []),
    ],
)
def test_a_review_waits_for_its_next_act(story: Story, awaited: list[tuple[str, str]]) -> None:
    assert story.awaited_acts == awaited


def test_an_act_without_a_deadline_is_awaited_since_the_last_act() -> None:
    assert retested().awaited == (Awaited("record_opinion", "", retested().last),)
    assert notified().awaited == (
        Awaited("confirm_delivery", "n1", notified().last),
        Awaited("set_plan", "", notified().last),
    )


def test_the_evaluation_is_awaited_by_the_end_of_the_six_months() -> None:
    rule = "demotion.improvement_months"
    expected = (Awaited("evaluate", "", improving().last, IMPROVES_UNTIL, rule),)
    assert improving().reminds("improvement").awaited == expected
    assert improving().falls_due("improvement", at=IMPROVES_UNTIL).awaited == expected


def test_only_the_decision_is_delivered_by_a_date() -> None:
    rule = "decision.delivery_working_days"
    assert decided().awaited == (Awaited("confirm_delivery", "d1", LATER, LATER + 5 * DAY, rule),)
    untold = invited().then("decide", at=LATER, outcome="stay", decision="d1", set=decided().entries[-1].data["set"])
    assert untold.awaited == (
        Awaited("confirm_delivery", "h1", LATER),
        Awaited("confirm_delivery", "d1", LATER, LATER + 5 * DAY, rule),
    )


def test_an_objection_is_decided_by_its_own_date_and_the_move_has_none() -> None:
    since = contested().last
    assert contested().awaited == (
        Awaited("decide_objection", "", since, DECIDED_BY, "appeal.keberatan.decide_working_days"),
        Awaited("execute", "", since),
    )

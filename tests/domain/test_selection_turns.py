"""What turns a lane from its straight way: a repeated stage, a suspension, another member, a repeated command."""

from collections.abc import Mapping
from typing import Any

import pytest
from selection_stories import (
    CLOSES,
    decreed,
    draft,
    in_appointment,
    in_assessment,
    in_interview,
    in_screening,
    inaugurated,
    published,
    shortlisted,
    window_over,
)
from stories import DAY, Story, clock, refused

from domain import selection
from domain.case import Awaited, Intent
from domain.words import Stage

# -- a repeated stage --------------------------------------------------------------------------------------------


def repeats(story: Story, vacancy: str = "v1") -> dict[str, int]:
    """How many times each stage of a lane has begun."""
    lane = story.state.lanes[vacancy]
    return {stage.value: lane.repeat(stage) for stage in Stage}


def test_a_stage_that_began_once_is_repeat_one() -> None:
    assert set(repeats(in_appointment()).values()) == {1}
    assert in_appointment().state.lanes["v1"].repeat() == 1


def test_a_repeated_stage_is_repeat_two_and_so_is_every_stage_passed_since() -> None:
    story = in_appointment().then("repeat_stage", "v1", stage="assessment")
    lane = story.state.lanes["v1"]
    assert (lane.stage, lane.since, lane.repeat()) == (Stage.ASSESSMENT, story.last, 2)
    assert repeats(story) == {
        "draft": 1,
        "announcement": 1,
        "screening": 1,
        "assessment": 2,
        "interview": 2,
        "appointment": 2,
        "closed": 1,
    }
    assert repeats(story, "v2") == repeats(published(), "v2")


def test_going_on_after_a_repeat_counts_nothing_anew() -> None:
    story = in_appointment().then("repeat_stage", "v1", stage="interview")
    again = story.then("open_seals", "v1").then("announce_result", "v1").then("advance", "v1")
    assert again.state.lanes["v1"].stage is Stage.APPOINTMENT
    assert (repeats(again)["interview"], repeats(again)["appointment"]) == (2, 2)
    third = again.then("repeat_stage", "v1", stage="interview")
    assert (repeats(third)["interview"], repeats(third)["appointment"]) == (3, 3)


def test_every_stage_counts_its_own_repeats() -> None:
    once = in_appointment().then("repeat_stage", "v1", stage="appointment")
    story = once.then("repeat_stage", "v1", stage="assessment")
    assert [repeats(story)[stage] for stage in ("assessment", "interview", "appointment")] == [2, 2, 3]
    again = story.then("repeat_stage", "v1", stage="screening")
    assert [repeats(again)[stage] for stage in ("screening", "assessment", "interview")] == [2, 3, 2]


def test_a_repeated_stage_starts_empty_and_nothing_of_the_window_is_lost() -> None:
    story = shortlisted().then("record_clearance", "v1", kind="appointment").then("choose", "v1", application_id="x1")
    lane = story.then("repeat_stage", "v1", stage="appointment").state.lanes["v1"]
    assert (lane.minutes, lane.signers, lane.signed, lane.shortlisted, lane.cleared, lane.chosen) == (
        ("", (), (), False, (), "")
    )
    assert (lane.window_closed, lane.applicants, lane.enough) == (True, 5, True)
    scored = in_interview().then("open_seals", "v1").then("announce_result", "v1")
    lane = scored.then("repeat_stage", "v1", stage="interview").state.lanes["v1"]
    assert (lane.seals_open, lane.announced) == (False, False)


@pytest.mark.parametrize("stage", ["draft", "announcement", "appointment", "closed"])
def test_neither_the_window_nor_a_stage_that_was_not_reached_is_repeated(stage: str) -> None:
    assert in_interview().refuses("repeat_stage", "v1", stage=stage) == refused(
        "cannot-repeat", stage=stage, present="interview"
    )


@pytest.mark.parametrize("stage", ["screening", "assessment", "interview"])
def test_the_present_stage_and_those_back_to_the_screening_can_be_repeated(stage: str) -> None:
    in_interview().allows("repeat_stage", "v1", stage=stage)


def test_a_repeat_is_possible_from_the_assessment_on() -> None:
    assert in_screening().refuses("repeat_stage", "v1", stage="screening") == refused(
        "wrong-stage", act="repeat_stage", stage="screening", needed="assessment, interview, appointment"
    )


def test_nothing_is_repeated_once_the_decree_is_issued() -> None:
    assert decreed().refuses("repeat_stage", "v1", stage="appointment") == refused("decree-issued")


def test_a_stage_that_has_just_begun_again_is_not_begun_once_more() -> None:
    story = in_interview().then("repeat_stage", "v1", stage="interview")
    assert story.refuses("repeat_stage", "v1", stage="interview") == refused(
        "just-repeated", stage="interview", repeat="2"
    )
    story.allows("repeat_stage", "v1", stage="assessment")
    story.then("open_seals", "v1").allows("repeat_stage", "v1", stage="interview")
    story.then("announce_result", "v1").allows("repeat_stage", "v1", stage="interview")


def test_a_repeated_appointment_can_be_repeated_after_a_signature_or_the_shortlist() -> None:
    story = in_appointment().then("repeat_stage", "v1", stage="appointment", signers={"v1": ["m1"]})
    assert story.refuses("repeat_stage", "v1", stage="appointment").code == "just-repeated"
    story.then("sign_minutes", "v1", person_id="m1").allows("repeat_stage", "v1", stage="appointment")
    story.then("submit_shortlist", "v1").allows("repeat_stage", "v1", stage="appointment")


def test_a_stage_begun_for_the_first_time_can_be_repeated_before_anything_came_of_it() -> None:
    in_interview().allows("repeat_stage", "v1", stage="interview")


# -- a suspension ------------------------------------------------------------------------------------------------


def test_a_suspended_lane_accepts_its_resumption_or_its_end_and_nothing_else() -> None:
    story = in_screening().then("suspend", "v1", ground="complaint")
    since = story.last.isoformat()
    for act in ("announce_result", "advance", "suspend"):
        assert story.refuses(act, "v1") == refused("suspended", since=since)
    story.allows("resume", "v1")
    story.allows("close_vacancy", "v1")
    assert story.awaited_acts == [("resume", "v1")]


def test_what_is_resumed_was_suspended() -> None:
    assert in_screening().refuses("resume", "v1") == refused("not-suspended")
    resumed = in_screening().then("suspend", "v1").then("resume", "v1")
    assert resumed.refuses("resume", "v1") == refused("not-suspended")
    resumed.allows("announce_result", "v1")


def test_a_suspension_is_dated_counted_and_leaves_the_other_lane_alone() -> None:
    once = published().then("suspend", "v1")
    assert (once.state.lanes["v1"].suspended_at, once.state.lanes["v1"].suspensions) == (once.last, 1)
    assert once.state.lanes["v2"] == published().state.lanes["v2"]
    twice = once.then("resume", "v1").then("suspend", "v1")
    assert twice.state.lanes["v1"].suspensions == 2
    assert twice.then("resume", "v1").state.lanes["v1"].suspended_at is None


def test_the_deadlines_of_a_suspended_lane_stand_still_and_the_others_run() -> None:
    story = published().then("suspend", "v1")
    assert story.state.next_deadline().subject == "v2"
    assert story.then("suspend", "v2").state.next_deadline() is None
    assert story.then("resume", "v1").state.next_deadline().key == "window/v1"


def test_a_deadline_of_the_whole_round_runs_while_a_lane_is_suspended() -> None:
    story = published().then("suspend", "v1", "v2", set=[clock("round", CLOSES + DAY)])
    assert story.state.next_deadline().key == "round"


def test_a_suspended_lane_waits_for_its_resumption_since_then_and_without_a_date() -> None:
    due = clock("screening/v1", CLOSES + 9 * DAY, "plan.timetable", subject="v1")
    story = in_screening().then("suspend", "v1", set=[due])
    assert story.awaited == (Awaited("resume", "v1", story.last),)


def test_a_vacancy_that_is_closed_while_suspended_is_suspended_no_more() -> None:
    assert published().then("suspend", "v1").then("close_vacancy", "v1").state.lanes["v1"].suspended_at is None


# -- cancelling and closing --------------------------------------------------------------------------------------


def test_neither_a_round_nor_a_vacancy_ends_between_decree_and_inauguration() -> None:
    assert decreed().refuses("cancel") == refused("decree-issued")
    assert decreed().refuses("close_vacancy", "v1") == refused("decree-issued")
    shortlisted().allows("cancel")
    shortlisted().allows("close_vacancy", "v1")


def test_what_is_left_of_a_round_can_be_cancelled_after_one_vacancy_is_filled() -> None:
    inaugurated().allows("cancel")
    draft().allows("cancel")


# -- another member ----------------------------------------------------------------------------------------------


def test_a_replaced_member_hands_his_signature_over_unless_he_has_signed() -> None:
    swap: Mapping[str, Any] = {"outgoing_id": "m1", "incoming_id": "m9"}
    assert in_appointment().then("replace_member", **swap).state.lanes["v1"].signers == ("m9", "m2")
    signed = in_appointment().then("sign_minutes", "v1", person_id="m1").then("replace_member", **swap)
    assert signed.state.lanes["v1"].signers == ("m1", "m2")
    other = in_appointment().then("sign_minutes", "v1", person_id="m2").then("replace_member", **swap)
    assert other.state.lanes["v1"].signers == ("m9", "m2")


# -- which act it is ---------------------------------------------------------------------------------------------

EVERY_PLACE = "{act}|{vacancy}|{stage}|{repeat}|{extension}|{suspensions}|{person}"


def keys(template: str, story: Story, act: str, *vacancies: str, **arguments: Any) -> tuple[str, ...]:
    """The natural keys of an act by person p."""
    return selection.natural_keys(template, story.state, Intent(act, story.last, "p", "", vacancies, arguments))


def test_an_act_on_the_round_has_one_key_made_of_its_arguments() -> None:
    assert keys("{act}:{outgoing_id}:{person}", published(), "replace_member", outgoing_id=7) == ("replace_member:7:p",)


def test_an_act_on_vacancies_has_one_key_for_each() -> None:
    assert keys("{act}:{vacancy}", published(), "close_vacancy", "v2", "v1") == ("close_vacancy:v2", "close_vacancy:v1")


def test_a_key_counts_the_repeat_the_extensions_and_the_suspensions_of_its_lane() -> None:
    extended = window_over(published(), "v1", 3, enough=False).then("extend_vacancy", "v1").then("suspend", "v1")
    assert keys(EVERY_PLACE, extended, "suspend", "v1") == ("suspend|v1|announcement|1|1|1|p",)
    repeated = in_interview().then("repeat_stage", "v1", stage="assessment")
    assert keys(EVERY_PLACE, repeated, "advance", "v1") == ("advance|v1|assessment|2|0|0|p",)


def test_the_stage_that_an_act_names_decides_whose_repeat_counts() -> None:
    story = in_interview().then("repeat_stage", "v1", stage="assessment")
    assert keys(EVERY_PLACE, story, "advance", "v1", stage="screening") == ("advance|v1|screening|1|0|0|p",)
    assert keys(EVERY_PLACE, story, "advance", "v1", stage="interview") == ("advance|v1|interview|2|0|0|p",)


def test_the_component_of_an_assignment_decides_whose_repeat_counts() -> None:
    story = in_interview().then("repeat_stage", "v1", stage="interview")
    assert keys(EVERY_PLACE, story, "assign", "v1", component="paper") == ("assign|v1|assessment|1|0|0|p",)
    assert keys(EVERY_PLACE, story, "assign", "v1", component="interview") == ("assign|v1|interview|2|0|0|p",)


def test_an_act_of_one_stage_only_keeps_its_key_after_the_lane_went_on() -> None:
    assert keys(EVERY_PLACE, inaugurated(), "choose", "v1") == ("choose|v1|appointment|1|0|0|p",)
    assert keys(EVERY_PLACE, in_assessment(), "extend_vacancy", "v1") == ("extend_vacancy|v1|announcement|1|0|0|p",)


def test_an_act_of_several_stages_or_of_none_takes_the_lanes_present_one() -> None:
    assert keys(EVERY_PLACE, in_assessment(), "suspend", "v1") == ("suspend|v1|assessment|1|0|0|p",)
    assert keys(EVERY_PLACE, in_assessment(), "unheard", "v1") == ("unheard|v1|assessment|1|0|0|p",)


def test_a_vacancy_that_is_not_in_the_round_has_a_key_too() -> None:
    assert keys(EVERY_PLACE, published(), "advance", "v9") == ("advance|v9||1|0|0|p",)

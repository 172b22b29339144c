"""A round's lanes: publication, the window, and one stage after the other."""

import pytest
from selection_stories import (
    CLOSES,
    draft,
    in_appointment,
    in_assessment,
    in_interview,
    in_screening,
    published,
    window_over,
)
from stories import DAY, HOUR, START, Story, clock, refused

from domain.case import Deadline
from domain.lane import Lane
from domain.selection import SelectionState
from domain.words import Clearance, Outcome, Stage

PUBLISHED_AT = START + 2 * HOUR


# -- publication -------------------------------------------------------------------------------------------------


def test_a_new_round_is_a_draft_without_lanes() -> None:
    state = Story(draft().kind, {}).state
    assert state == SelectionState(case_id="c", agency_id="a", effective_at=START)
    assert (state.stage, state.after_review, dict(state.lanes)) == (Stage.DRAFT, "", {})


def test_a_round_remembers_the_review_that_left_its_vacancy() -> None:
    assert draft(after_review="review-1").state.after_review == "review-1"


def test_only_a_draft_is_published() -> None:
    draft().allows("publish")
    assert published().refuses("publish") == refused("wrong-stage", act="publish", stage="announcement", needed="draft")


def test_publication_opens_a_lane_for_each_vacancy_and_pins_the_rules() -> None:
    state = published().state
    assert state.lanes == {
        "v1": Lane("v1", PUBLISHED_AT, needs=(Clearance.APPOINTMENT,)),
        "v2": Lane("v2", PUBLISHED_AT, needs=(Clearance.APPOINTMENT, Clearance.GOVERNOR)),
    }
    assert (state.published_at, state.rules_sha256, state.seq) == (PUBLISHED_AT, "sha", 2)
    assert {type(need) for lane in state.lanes.values() for need in lane.needs} == {Clearance}
    assert state.deadlines == tuple(
        Deadline(f"window/{v}", CLOSES, "announcement.min_calendar_days", CLOSES - 3 * DAY, v) for v in ("v1", "v2")
    )


def test_another_rule_set_replaces_the_pinned_one() -> None:
    state = published().then("adopt_rules", sha256="other").state
    assert (state.rules_sha256, state.published_at, state.stage) == ("other", PUBLISHED_AT, Stage.ANNOUNCEMENT)


# -- acts that fit no lane ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["promote", "open", "lapse", "fall_due", "remind"])
def test_an_act_outside_the_table_and_a_second_birth_are_unknown(act: str) -> None:
    assert published().refuses(act, "v1", role="system") == refused("unknown-act", act=act)


def test_an_act_on_a_vacancy_names_one() -> None:
    assert published().refuses("advance") == refused("no-vacancy", act="advance")


def test_a_vacancy_of_another_round_is_unknown() -> None:
    assert in_screening().refuses("announce_result", "v1", "v9") == refused("unknown-vacancy", vacancy="v9")
    assert draft().refuses("advance", "v1") == refused("unknown-vacancy", vacancy="v1")


def test_every_vacancy_of_an_act_must_be_able_to_do_it() -> None:
    assert in_screening().refuses("announce_result", "v1", "v2") == refused(
        "wrong-stage", act="announce_result", stage="announcement", needed="screening, assessment, interview"
    )


def test_acts_on_the_round_need_no_vacancy() -> None:
    for act in ("replace_member", "recuse", "adopt_rules", "calendar_changed", "cancel"):
        in_screening().allows(act)


def test_an_act_that_changes_no_state_is_counted_and_no_more() -> None:
    before = in_screening()
    after = before.then("recuse", "v1", application_id="x1")
    assert after.state.seq == before.state.seq + 1
    assert after.state.lanes == before.state.lanes
    assert (after.state.stage, after.state.closed_at) == (Stage.ANNOUNCEMENT, None)


# -- the window --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["advance", "extend_vacancy"])
def test_an_open_window_is_neither_left_nor_extended(act: str) -> None:
    assert published().refuses(act, "v1") == refused(
        "window-open",
        "announcement.min_calendar_days",
        "PP 11/2017 Pasal 117 ayat (2)",
        until="2027-01-19T02:00:00+00:00",
    )


def test_an_open_window_whose_date_is_lost_stays_open() -> None:
    assert published().then("calendar_changed", lift=["window/v1"]).refuses("advance", "v1").facts == {"until": ""}


def test_a_window_that_runs_out_counts_its_applicants_and_no_other_lane() -> None:
    state = window_over(published(), "v1", applicants=4).state
    lane = state.lanes["v1"]
    assert (lane.window_closed, lane.applicants, lane.enough, lane.since) == (True, 4, True, CLOSES)
    assert lane.stage is Stage.ANNOUNCEMENT
    assert state.lanes["v2"] == published().state.lanes["v2"]
    assert [d.key for d in state.deadlines] == ["window/v2"]


def test_another_deadline_that_falls_due_is_overdue_and_changes_no_lane() -> None:
    story = in_screening().then("calendar_changed", set=[clock("screening/v1", CLOSES + 9 * DAY, subject="v1")])
    after = story.falls_due("screening/v1", "v1", applicants=1, enough=False).state
    assert after.lanes == story.state.lanes
    assert after.deadline("screening/v1").passed
    assert story.falls_due("window/v9", applicants=1, enough=False).state.lanes == story.state.lanes


def test_a_window_with_enough_applicants_is_over_for_good() -> None:
    story = window_over(published(), "v1", applicants=4)
    story.allows("advance", "v1")
    story.allows("advance", "v1", stage="announcement")
    assert story.refuses("extend_vacancy", "v1") == refused("enough-applicants", applicants="4")


def test_a_window_with_too_few_is_extended_or_closed_but_not_left() -> None:
    story = window_over(published(), "v1", applicants=3, enough=False)
    assert story.refuses("advance", "v1") == refused(
        "too-few-applicants",
        "applicants.min_per_post",
        "Praktik pengumuman seleksi (NTB dan Banjarnegara 2026)",
        applicants="3",
    )
    story.allows("extend_vacancy", "v1")
    story.allows("close_vacancy", "v1")


def test_an_extended_window_is_open_again_until_its_new_date() -> None:
    longer = clock("window/v1", CLOSES + 7 * DAY, "extension.days", subject="v1")
    story = window_over(published(), "v1", applicants=3, enough=False).then("extend_vacancy", "v1", set=[longer])
    lane = story.state.lanes["v1"]
    assert (lane.window_closed, lane.enough, lane.extensions, lane.since) == (False, False, 1, story.last)
    assert story.refuses("advance", "v1").facts == {"until": "2027-01-26T02:00:00+00:00"}
    twice = window_over(story, "v1", applicants=3, enough=False).then("extend_vacancy", "v1")
    assert twice.state.lanes["v1"].extensions == 2


def test_one_vacancy_goes_on_while_another_is_extended() -> None:
    few = window_over(window_over(published(), "v1"), "v2", applicants=2, enough=False)
    state = few.then("advance", "v1").then("extend_vacancy", "v2").state
    assert [lane.stage for lane in state.lanes.values()] == [Stage.SCREENING, Stage.ANNOUNCEMENT]
    assert state.stage is Stage.ANNOUNCEMENT
    assert state.at_stage("screening") == ("v1",)
    assert state.at_stage("screening", "announcement") == ("v1", "v2")
    assert state.at_stage("interview") == ()


# -- results and seals -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("story", [in_screening(), in_assessment(), in_interview()])
def test_a_stage_is_left_only_after_its_result_is_announced(story: Story) -> None:
    stage = story.state.lanes["v1"].stage
    assert story.refuses("advance", "v1") == refused(
        "result-not-announced", "stage.result_announcement_required", "PP 11/2017 Pasal 121 ayat (1)", stage=stage
    )
    announced = story.then("announce_result", "v1")
    announced.allows("advance", "v1", stage=stage.value)
    assert announced.state.lanes["v1"].since == announced.last
    assert announced.refuses("announce_result", "v1") == refused("already-announced", stage=stage)


def test_a_screening_has_no_seals() -> None:
    in_screening().allows("announce_result", "v1")
    assert in_screening().refuses("open_seals", "v1") == refused(
        "wrong-stage", act="open_seals", stage="screening", needed="assessment, interview"
    )


@pytest.mark.parametrize("story", [in_assessment(), in_interview()])
def test_scores_are_announced_only_after_all_seals_are_opened_together(story: Story) -> None:
    stage = story.state.lanes["v1"].stage
    assert story.refuses("announce_result", "v1") == refused("seals-closed", stage=stage)
    opened = story.then("open_seals", "v1")
    opened.allows("announce_result", "v1", stage=stage.value)
    assert opened.refuses("open_seals", "v1") == refused("seals-open")
    assert opened.state.lanes["v1"].since == story.state.lanes["v1"].since


@pytest.mark.parametrize("act", ["advance", "open_seals", "announce_result"])
def test_an_act_that_names_another_stage_than_the_lanes_is_refused(act: str) -> None:
    assert in_assessment().refuses(act, "v1", stage="interview") == refused(
        "wrong-stage", act=act, stage="assessment", needed="interview"
    )


def test_a_stage_begins_empty_and_keeps_what_the_vacancy_is() -> None:
    story = in_assessment()
    assert story.state.lanes["v1"] == Lane(
        vacancy_id="v1",
        since=story.last,
        stage=Stage.ASSESSMENT,
        needs=(Clearance.APPOINTMENT,),
        window_closed=True,
        applicants=5,
        enough=True,
    )


def test_the_appointment_begins_with_the_minutes_and_those_who_sign_them() -> None:
    lane = in_appointment().state.lanes["v1"]
    assert (lane.stage, lane.minutes, lane.signers, lane.signed) == (Stage.APPOINTMENT, "d1", ("m1", "m2"), ())
    assert (lane.seals_open, lane.announced) == (False, False)


def test_vacancies_that_go_on_together_keep_their_own_minutes() -> None:
    story = window_over(in_screening(), "v2").then("advance", "v2")
    both = story.then("announce_result", "v1", "v2").then("advance", "v1", "v2", minutes={"v2": "d2"})
    lanes = list(both.state.lanes.values())
    assert [(lane.stage, lane.minutes) for lane in lanes] == [(Stage.ASSESSMENT, ""), (Stage.ASSESSMENT, "d2")]


# -- the end -----------------------------------------------------------------------------------------------------


def test_a_closed_vacancy_leaves_the_other_open() -> None:
    story = published().then("close_vacancy", "v1")
    lane = story.state.lanes["v1"]
    assert (lane.stage, lane.outcome, lane.since) == (Stage.CLOSED, Outcome.NOT_FILLED, story.last)
    assert (story.state.closed_at, story.state.outcome, story.state.stage) == (None, None, Stage.ANNOUNCEMENT)
    assert story.refuses("advance", "v1") == refused(
        "wrong-stage", act="advance", stage="closed", needed="announcement, screening, assessment, interview"
    )


def test_a_round_is_over_when_every_lane_is() -> None:
    story = published().then("close_vacancy", "v1").then("close_vacancy", "v2")
    state = story.state
    assert (state.closed_at, state.outcome, state.stage) == (story.last, Outcome.NOT_FILLED, Stage.CLOSED)
    assert state.deadlines == ()
    assert story.awaited == ()
    assert story.refuses("cancel") == refused("case-closed")


def test_a_cancelled_round_is_over_at_once_with_its_lanes_where_they_were() -> None:
    story = in_screening().then("cancel")
    state = story.state
    assert (state.closed_at, state.outcome, state.stage) == (story.last, Outcome.CANCELLED, Stage.CLOSED)
    assert (state.deadlines, state.lanes) == ((), in_screening().state.lanes)
    assert story.refuses("advance", "v1") == refused("case-closed")

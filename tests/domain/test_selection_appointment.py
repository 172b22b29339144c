"""The appointment stage: signatures, three names, choice, clearances, decree, inauguration; and who is waited for."""

from datetime import date

import pytest
from selection_stories import (
    CLOSES,
    chosen,
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
from stories import DAY, START, Story, clock, refused

from domain.case import Awaited
from domain.words import Outcome, Stage

# -- signature to inauguration -----------------------------------------------------------------------------------


def test_only_those_who_sign_the_minutes_sign_them() -> None:
    in_appointment().allows("sign_minutes", "v1", person="m1")
    assert in_appointment().refuses("sign_minutes", "v1", person="stranger") == refused("not-a-signer")


def test_three_names_go_out_only_under_minutes_that_all_have_signed() -> None:
    assert in_appointment().refuses("submit_shortlist", "v1") == refused("minutes-unsigned", missing="2")
    one = in_appointment().then("sign_minutes", "v1", person_id="m2")
    assert one.refuses("submit_shortlist", "v1") == refused("minutes-unsigned", missing="1")
    one.then("sign_minutes", "v1", person_id="m1").allows("submit_shortlist", "v1")


def test_signatures_are_kept_in_their_order() -> None:
    story = in_appointment().then("sign_minutes", "v1", person_id="m2").then("sign_minutes", "v1", person_id="m1")
    assert story.state.lanes["v1"].signed == ("m2", "m1")


@pytest.mark.parametrize(("act", "arguments"), [("choose", {}), ("record_clearance", {"kind": "appointment"})])
def test_neither_choice_nor_clearance_comes_before_the_three_names(act: str, arguments: dict[str, str]) -> None:
    assert in_appointment().refuses(act, "v1", **arguments) == refused("shortlist-missing")
    shortlisted().allows(act, "v1", **arguments)


def test_a_clearance_that_the_vacancy_does_not_need_is_refused_but_for_an_acting_heads_consent() -> None:
    assert shortlisted().refuses("record_clearance", "v1", kind="council") == refused(
        "clearance-not-needed", kind="council", needed="appointment"
    )
    shortlisted().allows("record_clearance", "v1", kind="home_affairs")


def test_the_clearances_that_a_vacancy_needs_are_listed() -> None:
    ready = chosen("v2")
    assert ready.refuses("record_clearance", "v2", kind="plan").facts["needed"] == "appointment, governor"
    assert ready.refuses("issue_decree", "v2") == refused(
        "clearance-missing",
        "bkn.recommendation_before_inauguration",
        "Praktik pengawasan BKN atas pelantikan; PP 11/2017 Pasal 127 ayat (3)-(4)",
        kinds="appointment, governor",
    )
    partly = ready.then("record_clearance", "v2", kind="appointment")
    assert partly.refuses("issue_decree", "v2").facts == {"kinds": "governor"}
    cleared = partly.then("record_clearance", "v2", kind="governor")
    assert cleared.state.lanes["v2"].cleared == ("appointment", "governor")
    cleared.allows("issue_decree", "v2")


def test_a_choice_can_be_made_anew_until_the_decree() -> None:
    chosen().allows("choose", "v1")
    assert chosen().then("choose", "v1", application_id="x2").state.lanes["v1"].chosen == "x2"
    assert decreed().refuses("choose", "v1") == refused("decree-issued")


def test_a_decree_needs_a_choice() -> None:
    cleared = shortlisted().then("record_clearance", "v1", kind="appointment")
    assert cleared.refuses("issue_decree", "v1") == refused("choice-missing")


def test_nobody_is_inaugurated_without_a_decree() -> None:
    assert chosen().refuses("record_inauguration", "v1") == refused("decree-missing")
    decreed().allows("record_inauguration", "v1")


def test_each_step_of_the_appointment_is_dated_and_kept() -> None:
    for story in (shortlisted(), chosen(), decreed(), inaugurated()):
        assert story.state.lanes["v1"].since == story.last
    lane = inaugurated().state.lanes["v1"]
    assert (lane.shortlisted, lane.chosen, lane.decree) == (True, "x1", "k1")
    assert (lane.inaugurated_on, lane.outcome, lane.stage) == (date(2027, 6, 1), Outcome.APPOINTED, Stage.CLOSED)


def test_a_round_with_one_vacancy_filled_has_appointed() -> None:
    assert inaugurated().state.closed_at is None
    story = inaugurated().then("close_vacancy", "v2")
    assert (story.state.closed_at, story.state.outcome) == (story.last, Outcome.APPOINTED)


# -- what waits for whom -----------------------------------------------------------------------------------------


def test_a_draft_waits_for_its_publication() -> None:
    assert draft().awaited == (Awaited("publish", "", START),)


def test_an_open_window_waits_for_nobody() -> None:
    assert published().awaited == ()


@pytest.mark.parametrize(
    ("story", "acts"),
    [
        (window_over(published(), "v1"), ["advance"]),
        (window_over(published(), "v1", 2, enough=False), ["extend_vacancy", "close_vacancy"]),
        (in_screening(), ["announce_result"]),
        (in_screening().then("announce_result", "v1"), ["advance"]),
        (in_assessment(), ["open_seals"]),
        (in_assessment().then("open_seals", "v1"), ["announce_result"]),
        (in_assessment().then("open_seals", "v1").then("announce_result", "v1"), ["advance"]),
        (in_interview(), ["open_seals"]),
        (in_interview().then("open_seals", "v1"), ["announce_result"]),
        (in_interview().then("open_seals", "v1").then("announce_result", "v1"), ["advance"]),
        (in_appointment(), ["sign_minutes"]),
        (in_appointment().then("sign_minutes", "v1", person_id="m1"), ["sign_minutes"]),
        (shortlisted(), ["record_clearance", "choose"]),
        (shortlisted().then("record_clearance", "v1", kind="appointment"), ["choose"]),
        (chosen(), ["record_clearance"]),
        (chosen().then("record_clearance", "v1", kind="appointment"), ["issue_decree"]),
        (decreed(), ["record_inauguration"]),
        (inaugurated(), []),
    ],
)
def test_a_lane_waits_for_its_next_acts_since_its_last(story: Story, acts: list[str]) -> None:
    assert story.awaited == tuple(Awaited(act, "v1", story.state.lanes["v1"].since) for act in acts)


def test_signed_minutes_wait_for_the_three_names() -> None:
    story = in_appointment().then("sign_minutes", "v1", person_id="m1").then("sign_minutes", "v1", person_id="m2")
    assert story.awaited_acts == [("submit_shortlist", "v1")]


def test_a_lane_waits_until_the_first_of_its_own_deadlines() -> None:
    clocks = [
        clock("later/v1", CLOSES + 5 * DAY, "rule.later", subject="v1"),
        clock("sooner/v1", CLOSES + 4 * DAY, "rule.sooner", subject="v1"),
        clock("sooner/v2", CLOSES + 3 * DAY, "rule.other", subject="v2"),
    ]
    story = in_screening().then("calendar_changed", set=clocks)
    assert story.awaited == (
        Awaited("announce_result", "v1", story.state.lanes["v1"].since, CLOSES + 4 * DAY, "rule.sooner"),
    )


def test_the_window_is_no_date_by_which_anybody_acts() -> None:
    reopened = clock("window/v1", CLOSES + DAY, "extension.days", subject="v1")
    story = window_over(published(), "v1").then("calendar_changed", set=[reopened])
    assert story.awaited == (Awaited("advance", "v1", CLOSES),)


def test_what_is_overdue_is_still_waited_for() -> None:
    due = clock("screening/v1", CLOSES + DAY, "plan.timetable", subject="v1")
    story = in_screening().then("calendar_changed", set=[due]).falls_due("screening/v1", "v1")
    assert [(item.act, item.due) for item in story.awaited] == [("announce_result", CLOSES + DAY)]


def test_every_lane_waits_for_its_own() -> None:
    story = window_over(in_assessment(), "v2", 1, enough=False)
    assert story.awaited_acts == [("open_seals", "v1"), ("extend_vacancy", "v2"), ("close_vacancy", "v2")]

"""Suspension, cancelling, replaced members, other rules and another calendar: what may befall a lane at any stage."""

from datetime import date, timedelta

import pytest
from sqlmodel import col

import regulations
from domain.refusals import Refused
from domain.words import Component, Outcome, Role, Stage
from records import rules as rule_sets
from records.acts.commit import ActRequest
from records.applications import require_open
from records.tables import Assignment, CalendarOverride, OutboundMail, ScoringDuty, Sheet, Window
from tests.acts import selection_road as road
from tests.acts.selection_world import World
from tests.altered import with_values

pytest_plugins = ["tests.acts.selection_fixtures"]
DAY = timedelta(days=1)


# -- suspension --------------------------------------------------------------------------------------------------


def test_a_suspended_window_takes_no_application_and_everybody_affected_is_told_why(published: World) -> None:
    published.apply("slow", submitted=False)
    published.act("suspend", "secretariat", published.vacancy, ground="regulator_hold")
    with pytest.raises(Refused, match="window-suspended"):
        require_open(published.row(Window, published.vacancy), published.now)
    assert published.told("selection_suspended") == {"slow", *road.COMMITTEE}
    assert published.mails("selection_suspended")[0].facts["reason_code"] == "regulator_hold"
    assert published.reach(published.due("window") + 30 * DAY) == []


def test_resuming_moves_window_deadline_and_reminder_by_the_days_it_stood_still(published: World) -> None:
    published.now += 5 * DAY
    due, remind_at = published.due("window"), published.state.deadlines[0].remind_at
    published.act("suspend", "chair", published.vacancy, ground="outage")
    published.act("resume", "chair", published.vacancy, at=published.now + 4 * DAY)
    assert published.due("window") == due + 4 * DAY
    assert published.row(Window, published.vacancy).closes_at == due + 4 * DAY
    assert published.row(Window, published.vacancy).suspended_at is None
    moved = published.state.deadlines[0].remind_at
    assert moved is not None
    assert remind_at is not None
    assert moved > remind_at
    assert published.told("selection_resumed") == set(road.COMMITTEE)
    require_open(published.row(Window, published.vacancy), published.now)


def test_a_window_that_was_over_before_the_suspension_is_not_opened_again_by_resuming(published: World) -> None:
    """The suspension arrived before the closing was written: the worker had been down at midnight."""
    due = published.due("window")
    published.now = due + timedelta(hours=1)
    published.act("suspend", "chair", published.vacancy, ground="outage")
    published.now += 6 * DAY
    published.act("resume", "chair", published.vacancy)
    assert published.due("window") == due
    assert published.row(Window, published.vacancy).closes_at == due
    published.reach(published.now)
    assert published.lane().window_closed


def test_suspending_and_resuming_again_is_another_suspension(published: World) -> None:
    for _ in range(3):
        published.act("suspend", "chair", published.vacancy, ground="outage")
        assert published.refused("advance", "chair", published.vacancy, stage="announcement").code == "suspended"
        published.act("resume", "chair", published.vacancy, at=published.now + DAY)
    assert published.lane().suspensions == 3
    assert published.refused("suspend", "chair", published.vacancy, reason="", ground="outage").code == "reason-missing"


def test_resuming_what_does_not_stand_still_is_refused(published: World) -> None:
    assert published.refused("resume", "chair", published.vacancy).code == "not-suspended"


def test_one_lane_stands_still_while_the_other_goes_on(two: World) -> None:
    first, second = two.vacancies
    two.act("suspend", "chair", first, ground="complaint")
    assert two.reach(two.due(f"window/{second}")) == ["remind window", "fall_due window"]
    assert (two.lane(first).window_closed, two.lane(second).window_closed) == (False, True)


def test_a_deadline_overdue_before_a_suspension_is_still_overdue_after_it(published: World) -> None:
    road.screening(published)
    due = published.due("screening")
    published.reach(due)
    published.act("suspend", "chair", published.vacancy, ground="complaint")
    published.act("resume", "chair", published.vacancy, at=published.now + 3 * DAY)
    deadline = published.state.deadline(f"screening/{published.vacancy}")
    assert deadline is not None
    assert (deadline.due, deadline.passed) == (due, True)


# -- cancelling --------------------------------------------------------------------------------------------------


def test_cancelling_ends_the_round_closes_its_windows_and_tells_everybody(two: World) -> None:
    two.apply("slow", submitted=False)
    two.apply("keen", two.vacancies[1])
    two.act("cancel", "ppk")
    assert (two.state.outcome, two.state.closed_at, two.state.deadlines) == (Outcome.CANCELLED, two.now, ())
    assert two.told("selection_cancelled") == {"slow", "keen", *road.COMMITTEE}
    assert all(w.closed_at == two.now for w in two.rows(Window))


def test_a_draft_can_be_cancelled(drafted: World) -> None:
    drafted.act("cancel", "ppk")
    assert drafted.refused("publish", "secretariat").code == "case-closed"


def test_cancelling_does_not_touch_a_lane_that_was_closed(two: World) -> None:
    two.apply("keen")
    two.act("close_vacancy", "chair", two.vacancy)
    two.act("cancel", "ppk")
    assert {m.facts["post"] for m in two.mails("selection_cancelled")} == {"Kepala Dinas Contoh 2"}
    assert "keen" not in two.told("selection_cancelled")


def test_a_round_with_a_decree_in_hand_is_not_cancelled(published: World) -> None:
    road.decreed(published)
    assert published.refused("cancel", "ppk").code == "decree-issued"
    assert published.refused("close_vacancy", "chair", published.vacancy).code == "decree-issued"


# -- members -----------------------------------------------------------------------------------------------------


def successor(
    world: World, outgoing: str = "member3", incoming: str = "spare", element: str = "expert"
) -> dict[str, str]:
    """A replacement."""
    return {
        "outgoing_id": world.people[outgoing],
        "incoming_id": world.people[incoming],
        "element": element,
        "basis": "SK-7/X",
    }


def test_a_member_is_replaced_at_once_and_keeps_the_place_in_the_committee(published: World) -> None:
    published.now += DAY
    published.act("replace_member", "ppk", **successor(published, "clerk", element="internal"))
    held = {a.person_id: a for a in published.rows(Assignment, col(Assignment.role) == Role.COMMITTEE)}
    assert held[published.people["clerk"]].until == published.now
    assert held[published.people["spare"]].position == "secretary"
    assert {"clerk", "spare"} <= published.told("committee_notice")


@pytest.mark.parametrize(
    ("outgoing", "incoming", "element", "code"),
    [
        ("assessor1", "spare", "expert", "not-a-member"),
        ("member3", "member2", "expert", "already-member"),
        ("member1", "spare", "internal", "committee-unlawful"),
    ],
)
def test_a_replacement_that_would_break_the_committee_is_refused(
    published: World, outgoing: str, incoming: str, element: str, code: str
) -> None:
    refused = published.refused("replace_member", "ppk", **successor(published, outgoing, incoming, element))
    assert refused.code == code
    assert code != "committee-unlawful" or refused.rule.startswith("committee.")


def test_a_party_member_does_not_join_the_committee(published: World) -> None:
    refused = published.refused("replace_member", "ppk", **successor(published), party_member=True)
    assert refused.code == "committee-unlawful"


def test_open_duties_pass_to_the_successor_and_sealed_sheets_stay(published: World) -> None:
    ids = road.interview(published)
    published.seal(ids["candidate1"], [Component.INTERVIEW], ["member3"], "77")
    published.act("replace_member", "ppk", **successor(published))
    duties = {d.assessor_id: d for d in published.rows(ScoringDuty, col(ScoringDuty.component) == "interview")}
    assert duties[published.people["member3"]].ended_at == published.now
    assert duties[published.people["spare"]].ended_at is None
    assert [s.score for s in published.rows(Sheet, col(Sheet.component) == "interview")] == [77]


def test_an_assessor_on_duty_who_becomes_a_member_inherits_no_duty_twice(published: World) -> None:
    road.assessment(published)
    published.act(
        "assign",
        "secretariat",
        published.vacancy,
        component="paper",
        assessor_id=published.people["member3"],
    )
    published.act("replace_member", "ppk", **successor(published, incoming="assessor1"))
    duties = published.rows(ScoringDuty, col(ScoringDuty.assessor_id) == published.people["assessor1"])
    assert sorted(d.component for d in duties) == ["assessment", "paper", "track_record"]


def test_after_the_seals_no_duty_passes_on(published: World) -> None:
    ids = road.interview(published)
    road.score(published, ids)
    published.act("open_seals", "chair", published.vacancy, stage="interview")
    published.act("replace_member", "ppk", **successor(published))
    assert published.rows(ScoringDuty, col(ScoringDuty.assessor_id) == published.people["spare"]) == []


# -- rules and calendar ------------------------------------------------------------------------------------------


def test_other_rules_are_adopted_by_their_hash_from_here_on(published: World) -> None:
    refused = published.refused("adopt_rules", "ppk", sha256="0" * 64)
    assert refused.code == "unknown-rules"
    other = with_values(regulations.load("id-pns-2020"), {"extension.max_times": 1})
    with published.database.write() as writer:
        rule_sets.pin(writer.session, other)
    published.act("adopt_rules", "ppk", sha256=other.sha256)
    assert published.state.rules_sha256 == other.sha256
    road.window_closed(published, 1)
    published.act("extend_vacancy", "chair", published.vacancy, at=published.now + road.HOUR)
    published.reach(published.due("window"))
    assert published.refused("extend_vacancy", "chair", published.vacancy).facts["times"] == "1"


def holiday(world: World, *days: date) -> None:
    """New non-working days by decree."""
    with world.database.write() as writer:
        for day in days:
            writer.session.add(CalendarOverride(day=day.isoformat(), working=False, decree="Keppres 1"))


def test_a_new_calendar_moves_the_working_day_deadlines_only(published: World) -> None:
    road.shortlisted(published)
    choice = published.due("choice")
    local = published.calendar().local_date(choice)
    holiday(published, local)
    published.act("calendar_changed", "secretariat", version=published.calendar().version)
    assert published.calendar().local_date(published.due("choice")) > local


def test_a_new_calendar_keeps_the_days_a_lane_stood_still(published: World) -> None:
    road.shortlisted(published)
    published.act("suspend", "chair", published.vacancy, ground="complaint")
    published.act("resume", "chair", published.vacancy, at=published.now + 10 * DAY)
    before = published.due("choice")
    holiday(published, date(2027, 12, 24))
    published.act("calendar_changed", "secretariat", version=published.calendar().version)
    assert published.due("choice") == before


def test_a_calendar_that_is_not_the_present_one_is_refused_with_the_present_version(published: World) -> None:
    refused = published.refused("calendar_changed", "secretariat", version="deadbeef")
    assert refused.facts["present"] == published.calendar().version
    published.act("calendar_changed", "secretariat", version=published.calendar().version)
    assert published.due("window")


# -- repeats -----------------------------------------------------------------------------------------------------


def test_a_repeated_interview_is_repeat_two_with_the_same_panel_and_the_old_sheets_stay(published: World) -> None:
    ids = road.appointment(published)
    published.act("repeat_stage", "chair", published.vacancy, stage="interview")
    lane = published.lane()
    assert (lane.stage, lane.repeat(), lane.minutes) == (Stage.INTERVIEW, 2, "")
    duties = published.rows(ScoringDuty, col(ScoringDuty.component) == "interview", col(ScoringDuty.repeat) == 2)
    assert {d.assessor_id for d in duties} == {published.people[m] for m in road.COMMITTEE}
    road.opened(published, ids, {**road.SCORES, "candidate4": "99"})
    published.act("advance", "chair", published.vacancy, stage="interview")
    assert len(published.rows(Sheet, col(Sheet.component) == "interview")) == 40
    road.sign(published)
    entry = published.act("submit_shortlist", "chair", published.vacancy)
    assert ids["candidate4"] in entry.data["shortlist"][published.vacancy]


def test_a_repeated_assessment_begins_the_stages_after_it_again_too(published: World) -> None:
    ids = road.appointment(published)
    published.act("repeat_stage", "chair", published.vacancy, stage="assessment")
    for _ in range(2):
        stage = published.lane().stage
        assert published.lane().repeat() == 2
        road.opened(published, ids)
        published.act("advance", "chair", published.vacancy, stage=stage)
    assert (published.lane().stage, published.lane().repeat()) == (Stage.APPOINTMENT, 2)
    assert len(published.mails("stage_invitation")) == 16
    road.sign(published)
    published.act("submit_shortlist", "chair", published.vacancy)


def test_screening_is_repeated_with_fresh_checks(published: World) -> None:
    ids = road.assessment(published)
    published.act("repeat_stage", "chair", published.vacancy, stage="screening")
    refused = published.refused("announce_result", "chair", published.vacancy, stage="screening")
    assert refused.facts["missing"] == "4"
    for application_id in ids.values():
        published.verify(application_id)
    published.act("announce_result", "chair", published.vacancy, stage="screening")
    published.act("advance", "chair", published.vacancy, stage="screening")
    assert (published.lane().stage, published.lane().repeat()) == (Stage.ASSESSMENT, 2)
    road.opened(published, ids)
    assert len(published.mails("screening_result")) == 8


def test_the_appointment_is_repeated_with_new_minutes_signatures_and_names(published: World) -> None:
    road.shortlisted(published)
    old = published.lane().minutes
    published.act("repeat_stage", "chair", published.vacancy, stage="appointment")
    assert published.lane().minutes not in {"", old}
    assert published.state.deadline(f"choice/{published.vacancy}") is None
    road.sign(published)
    _, replayed = published.answer("submit_shortlist", "chair", published.vacancy)
    assert not replayed


def test_a_stage_that_has_just_begun_again_is_not_repeated_by_a_second_click(published: World) -> None:
    road.appointment(published)
    published.act("repeat_stage", "chair", published.vacancy, stage="interview")
    refused = published.refused("repeat_stage", "clerk", published.vacancy, stage="interview")
    assert (refused.code, refused.facts["repeat"]) == ("just-repeated", "2")


def test_a_later_repeat_does_not_answer_for_an_earlier_one(published: World) -> None:
    ids = road.appointment(published)
    published.act("repeat_stage", "chair", published.vacancy, stage="interview")
    road.score(published, ids)
    entry, replayed = published.answer("open_seals", "chair", published.vacancy, stage="interview")
    assert not replayed
    assert published.lane().seals_open
    assert entry.data["opened"][published.vacancy]["sheets"] == 20


# -- time --------------------------------------------------------------------------------------------------------


def test_every_mail_of_an_act_is_one_per_cause_and_person(two: World) -> None:
    two.apply("keen")
    two.apply("keen", two.vacancies[1])
    two.act("suspend", "chair", ground="outage")
    keys = [m.key for m in two.rows(OutboundMail, col(OutboundMail.person_id) == two.people["keen"])]
    assert len(keys) == len(set(keys)) == 2


def test_an_entry_numbered_from_another_state_is_refused(published: World) -> None:
    request = published.request("suspend", "chair", published.vacancy, ground="outage")
    assert isinstance(request, ActRequest)
    ahead = ActRequest(
        request.case_key, request.seq + 1, request.intent, request.request_id, request.payload_sha256, request.keys
    )
    with pytest.raises(Refused) as caught:
        published.committed(ahead)
    assert (caught.value.code, caught.value.facts["expected"]) == ("journal-conflict", str(request.seq))


def test_a_request_that_was_written_answers_again_without_writing(published: World) -> None:
    """The activity was retried after its commit."""
    request = published.request("suspend", "chair", published.vacancy, ground="outage")
    assert isinstance(request, ActRequest)
    first, replayed = published.carry_out(request)
    assert published.committed(request) == (first, False)
    assert not replayed

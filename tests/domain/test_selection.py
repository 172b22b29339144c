"""A round's state machine: what an act needs, what an entry changes, what then waits for whom."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain import selection
from domain.acts import ACTS, act_of, acts_of
from domain.case import Entry, Intent
from domain.laws import project
from domain.refusals import REFUSALS, Refused
from domain.selection import SelectionState
from domain.words import CaseKind, Outcome, Stage

START = datetime(2027, 1, 4, 2, tzinfo=UTC)
CLOSES = START + timedelta(days=15)


def journal(*steps: tuple[str, tuple[str, ...], dict[str, Any]]) -> SelectionState:
    """The state after an open round, two published vacancies, and these further steps."""
    entries = [
        Entry(1, "open", START),
        Entry(
            2,
            "publish",
            START,
            data={
                "rules_sha256": "r",
                "vacancies": [
                    {"id": "v1", "needs": ["appointment"]},
                    {"id": "v2", "needs": ["appointment", "governor"]},
                ],
                "set": [
                    {
                        "key": f"window/{v}",
                        "due": CLOSES.isoformat(),
                        "rule": "announcement.min_calendar_days",
                        "remind_at": (CLOSES - timedelta(days=3)).isoformat(),
                        "subject": v,
                    }
                    for v in ("v1", "v2")
                ],
            },
        ),
    ]
    entries += [Entry(3 + i, act, CLOSES, v, data) for i, (act, v, data) in enumerate(steps)]
    state = project(CaseKind.SELECTION, selection.born("s", "a", START, {}), entries)
    assert isinstance(state, SelectionState)
    return state


def closed(vacancy: str, *, enough: bool = True, applicants: int = 5) -> tuple[str, tuple[str, ...], dict[str, Any]]:
    """The window of a vacancy has run out."""
    return (
        "fall_due",
        (vacancy,),
        {"key": f"window/{vacancy}", "applicants": applicants, "enough": enough, "lift": [f"window/{vacancy}"]},
    )


def act(name: str, *vacancies: str, person: str = "p", **arguments: Any) -> Intent:
    """An intent after the window."""
    return Intent(name, CLOSES + timedelta(days=1), person, "committee", vacancies, arguments)


def refusal(state: SelectionState, intent: Intent) -> Refused:
    """The refusal that the act meets."""
    with pytest.raises(Refused) as caught:
        selection.check(state, intent)
    return caught.value


def test_a_draft_waits_for_its_publication_only() -> None:
    state = selection.born("s", "a", START, {})
    assert [a.act for a in selection.awaited(state)] == ["publish"]
    assert refusal(state, act("advance", "v1")).code == "unknown-vacancy"
    selection.check(state, act("publish"))


def test_advancing_an_open_window_names_the_rule_and_the_deadline() -> None:
    refused = refusal(journal(), act("advance", "v1"))
    assert (refused.code, refused.rule) == ("window-open", "announcement.min_calendar_days")
    assert refused.facts["until"] == CLOSES.isoformat()
    assert "Pasal 117" in refused.citation


def test_a_closed_window_with_enough_applicants_can_only_go_on() -> None:
    state = journal(closed("v1"))
    selection.check(state, act("advance", "v1", stage="announcement"))
    assert refusal(state, act("extend_vacancy", "v1")).code == "enough-applicants"


def test_a_closed_window_with_too_few_can_be_extended_or_closed_but_not_go_on() -> None:
    state = journal(closed("v1", enough=False, applicants=3))
    assert refusal(state, act("advance", "v1")).facts["applicants"] == "3"
    selection.check(state, act("extend_vacancy", "v1"))
    selection.check(state, act("close_vacancy", "v1"))
    assert {a.act for a in selection.awaited(state)} == {"extend_vacancy", "close_vacancy"}


def test_one_vacancy_goes_on_while_another_is_extended() -> None:
    state = journal(
        closed("v1"),
        closed("v2", enough=False, applicants=2),
        ("advance", ("v1",), {}),
        ("extend_vacancy", ("v2",), {}),
    )
    assert state.lanes["v1"].stage is Stage.SCREENING
    assert state.lanes["v2"].stage is Stage.ANNOUNCEMENT
    assert state.lanes["v2"].extensions == 1
    assert not state.lanes["v2"].window_closed
    assert state.stage is Stage.ANNOUNCEMENT


def test_a_stage_is_left_only_after_its_result_is_announced() -> None:
    state = journal(closed("v1"), ("advance", ("v1",), {}))
    assert refusal(state, act("advance", "v1")).code == "result-not-announced"
    state = journal(closed("v1"), ("advance", ("v1",), {}), ("announce_result", ("v1",), {}))
    selection.check(state, act("advance", "v1"))
    assert refusal(state, act("announce_result", "v1")).code == "already-announced"


def test_scores_are_announced_only_after_the_seals_are_open() -> None:
    state = journal(closed("v1"), ("advance", ("v1",), {}), ("announce_result", ("v1",), {}), ("advance", ("v1",), {}))
    assert state.lanes["v1"].stage is Stage.ASSESSMENT
    assert not state.lanes["v1"].announced
    assert refusal(state, act("announce_result", "v1")).code == "seals-closed"
    assert refusal(state, act("open_seals", "v1", stage="interview")).code == "wrong-stage"


def appointment(*more: tuple[str, tuple[str, ...], dict[str, Any]]) -> SelectionState:
    """Vacancy v2 in the appointment stage, with two signers."""
    steps: list[tuple[str, tuple[str, ...], dict[str, Any]]] = [closed("v2")]
    for _ in range(3):
        steps += [("announce_result", ("v2",), {}), ("advance", ("v2",), {})]
    last = ("advance", ("v2",), {"minutes": {"v2": "d1"}, "signers": {"v2": ["m1", "m2"]}})
    return journal(*steps, ("announce_result", ("v2",), {}), last, *more)


def test_the_appointment_goes_signature_shortlist_choice_clearance_decree_inauguration() -> None:
    state = appointment()
    assert state.lanes["v2"].stage is Stage.APPOINTMENT
    assert refusal(state, act("submit_shortlist", "v2")).facts["missing"] == "2"
    assert refusal(state, act("sign_minutes", "v2", person="stranger")).code == "not-a-signer"
    signed = [("sign_minutes", ("v2",), {"person_id": m}) for m in ("m1", "m2")]
    state = appointment(*signed)
    selection.check(state, act("submit_shortlist", "v2"))
    assert refusal(state, act("choose", "v2")).code == "shortlist-missing"
    state = appointment(*signed, ("submit_shortlist", ("v2",), {}), ("choose", ("v2",), {"application_id": "x"}))
    assert refusal(state, act("issue_decree", "v2")).facts["kinds"] == "appointment, governor"
    cleared = [("record_clearance", ("v2",), {"kind": k}) for k in ("appointment", "governor")]
    state = appointment(
        *signed, ("submit_shortlist", ("v2",), {}), ("choose", ("v2",), {"application_id": "x"}), *cleared
    )
    selection.check(state, act("issue_decree", "v2"))
    assert refusal(state, act("record_inauguration", "v2")).code == "decree-missing"


def test_a_round_is_over_when_every_lane_is() -> None:
    state = journal(("close_vacancy", ("v1",), {}))
    assert state.closed_at is None
    state = journal(("close_vacancy", ("v1",), {}), ("close_vacancy", ("v2",), {}))
    assert (state.closed_at, state.outcome) == (CLOSES, Outcome.NOT_FILLED)
    assert selection.awaited(state) == ()
    assert refusal(state, act("advance", "v1")).code == "case-closed"


def test_a_suspended_lane_stands_still_and_the_other_does_not() -> None:
    state = journal(("suspend", ("v1",), {"ground": "complaint"}))
    upcoming = state.next_deadline()
    assert upcoming is not None
    assert upcoming.subject == "v2"
    assert refusal(state, act("advance", "v1")).code == "suspended"
    assert refusal(state, act("resume", "v2")).code == "not-suspended"
    assert [a.act for a in selection.awaited(state) if a.subject == "v1"] == ["resume"]


def test_a_repeated_stage_is_repeat_two_and_starts_empty() -> None:
    state = appointment(("repeat_stage", ("v2",), {"stage": "interview"}))
    lane = state.lanes["v2"]
    assert (lane.stage, lane.repeat(), lane.announced, lane.minutes) == (Stage.INTERVIEW, 2, False, "")
    keys = selection.natural_keys("{act}:{vacancy}:{stage}:{repeat}", state, act("advance", "v2", stage="interview"))
    assert keys == ("advance:v2:interview:2",)


def test_a_stage_cannot_be_repeated_before_it_was_reached() -> None:
    state = journal(closed("v1"), ("advance", ("v1",), {}), ("announce_result", ("v1",), {}), ("advance", ("v1",), {}))
    assert refusal(state, act("repeat_stage", "v1", stage="interview")).code == "cannot-repeat"


def test_a_replaced_member_hands_his_signature_over_unless_he_has_signed() -> None:
    swap = ("replace_member", (), {"outgoing_id": "m1", "incoming_id": "m9"})
    assert appointment(swap).lanes["v2"].signers == ("m9", "m2")
    assert appointment(("sign_minutes", ("v2",), {"person_id": "m1"}), swap).lanes["v2"].signers == ("m1", "m2")


def test_a_gap_in_the_journal_is_a_broken_journal() -> None:
    with pytest.raises(ValueError, match="stands where 2"):
        project(
            CaseKind.SELECTION,
            selection.born("s", "a", START, {}),
            [Entry(1, "open", START), Entry(3, "cancel", START)],
        )


def test_every_act_of_the_design_is_in_the_table() -> None:
    designed = {
        CaseKind.SELECTION: "open publish extend_vacancy close_vacancy replace_member recuse assign open_seals "
        "announce_result advance suspend resume cancel repeat_stage sign_minutes submit_shortlist record_clearance "
        "choose issue_decree record_inauguration adopt_rules calendar_changed",
        CaseKind.TERM: "extend_term end_term replace_superior",
        CaseKind.CONTRACT: "sign amend verify_check_in decide_force_majeure rate object decide_objection finalise",
        CaseKind.REVIEW: "notify confirm_delivery set_plan evaluate record_retest record_opinion propose "
        "notice_hearing record_hearing record_clearance decide object decide_objection execute",
    }
    for kind, names in designed.items():
        assert {a.name for a in acts_of(kind) if not a.birth or a.name == "open"} == set(names.split())


def test_every_act_has_somebody_who_may_do_it() -> None:
    assert [a.name for a in ACTS.values() if not a.roles and not a.birth] == []
    assert act_of(CaseKind.SELECTION, "nothing") is None


def test_every_refusal_reads_in_both_languages_with_the_same_facts() -> None:
    import string

    for code, row in REFUSALS.items():
        facts = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (row.id, row.en)]
        assert facts[0] == facts[1], code
        assert row.status == 202 or 400 <= row.status < 600, code

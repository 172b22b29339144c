"""The rule functions of the selection beyond one boundary each: combinations, ties, older sets, orders, errors."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

import regulations
from domain.lane import Lane
from domain.law import announcement, application, appointment, authority, committee, results
from domain.law.appointment import PostLevel
from domain.plan import Level
from domain.rules import RuleSet
from domain.switches import Switch
from domain.words import Clearance, HoldingKind, Role, Stage, Verdict
from tests.altered import with_values, without

LANE = Lane("v1", datetime(2026, 3, 3, tzinfo=UTC), needs=(Clearance.APPOINTMENT, Clearance.GOVERNOR))


def pinned_before(rules: RuleSet) -> RuleSet:
    """The set as it was pinned before the switch."""
    return replace(rules, switches=rules.switches - {Switch.WHOLE_SELECTION})


# -- authority -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [HoldingKind.PLT, HoldingKind.PLH, HoldingKind.PJ])
def test_every_acting_head_needs_both_consents_and_a_definitive_one_none(rules: RuleSet, kind: HoldingKind) -> None:
    asked = (authority.acting_head_needs_minister, authority.acting_head_needs_supervisor)
    assert [needs(kind, rules) for needs in asked] == [True, True]
    assert [needs(HoldingKind.DEFINITIVE, rules) for needs in asked] == [False, False]


def test_a_set_older_than_the_consideration_asks_for_none(rules: RuleSet) -> None:
    older = without(rules, "acting_head.requires_bkn_pertek")
    assert not authority.acting_head_needs_supervisor(HoldingKind.PJ, older)


def test_a_new_heads_window_begins_with_his_inauguration(rules: RuleSet) -> None:
    inaugurated = date(2025, 2, 20)
    assert not authority.restricted_after_inauguration(date(2025, 2, 19), inaugurated, rules)
    assert authority.restricted_after_inauguration(inaugurated, inaugurated, rules)


def test_the_window_before_candidacy_does_not_end_with_the_determination(rules: RuleSet) -> None:
    assert authority.restricted_before_candidacy(date(2030, 9, 23), date(2030, 9, 22), rules)


def test_each_level_has_its_own_appointing_authority(rules: RuleSet) -> None:
    assert [authority.appointing_authority(level, rules) for level in Level] == ["President", "President", "PPK"]


def test_the_supervisor_of_the_earlier_set_is_its_predecessor() -> None:
    assert authority.supervisor(regulations.load("id-pns-2017")) == "KASN"


# -- announcement --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("stated", "needed"), [(None, 4), (3, 3), (5, 5)])
def test_the_plans_own_minimum_goes_before_the_usual_one(rules: RuleSet, stated: int | None, needed: int) -> None:
    assert announcement.minimum_applicants(stated, rules) == needed


@pytest.mark.parametrize("basis", ["passed_admin", "submitted"])
def test_before_the_screening_all_who_submitted_count(rules: RuleSet, basis: str) -> None:
    assert announcement.counted_applicants(7, None, with_values(rules, {"applicants.min_basis": basis})) == 7


def test_nobody_may_have_passed(rules: RuleSet) -> None:
    assert announcement.counted_applicants(7, 0, rules) == 0


def test_an_unknown_basis_is_not_guessed(rules: RuleSet) -> None:
    with pytest.raises(ValueError, match="invited"):
        announcement.counted_applicants(7, 4, with_values(rules, {"applicants.min_basis": "invited"}))


def test_the_ways_after_the_last_extension_keep_their_order(rules: RuleSet) -> None:
    ways = announcement.after_last_extension(rules)
    assert ways == (announcement.LastResort.REPORT, announcement.LastResort.CANCEL_POST)


def test_an_unknown_way_after_the_last_extension_is_not_guessed(rules: RuleSet) -> None:
    with pytest.raises(ValueError, match="appoint_anyway"):
        announcement.after_last_extension(with_values(rules, {"extension.then": "cancel_post_or_appoint_anyway"}))


# -- applications --------------------------------------------------------------------------------------------------


def test_a_set_pinned_before_the_switch_takes_a_photo_as_any_document(rules: RuleSet) -> None:
    assert application.upload_types("photo", pinned_before(rules)) == ("pdf", "jpg", "png")
    assert application.upload_types("photo", rules) == ("jpg", "png")


def test_a_recommendation_that_is_asked_for_is_not_asked_for_twice(rules: RuleSet) -> None:
    asked = ["ppk_recommendation", "cv"]
    assert application.required_documents(asked, rules) == ("ppk_recommendation", "cv")


# -- those who judge -----------------------------------------------------------------------------------------------


def test_only_those_who_support_are_kept_from_scoring(rules: RuleSet) -> None:
    assert {role for role in Role if not committee.may_score(role, rules)} == {Role.ADMIN, Role.SECRETARIAT}


def test_who_runs_the_installation_never_scores(rules: RuleSet) -> None:
    allowed = with_values(rules, {"secretariat.may_score": True})
    assert {role for role in Role if not committee.may_score(role, allowed)} == {Role.ADMIN}


@pytest.mark.parametrize(
    ("met", "not_met", "verdict"),
    [
        (0, 0, Verdict.NEEDS_REVIEW),
        (1, 1, Verdict.NEEDS_REVIEW),
        (2, 0, Verdict.MET),
        (2, 1, Verdict.MET),
        (2, 2, Verdict.NEEDS_REVIEW),
        (2, 3, Verdict.NOT_MET),
    ],
)
def test_a_requirement_is_decided_when_enough_agree_and_more_than_disagree(
    rules: RuleSet, met: int, not_met: int, verdict: Verdict
) -> None:
    opinions = [Verdict.MET] * met + [Verdict.NOT_MET] * not_met
    assert committee.agreed_verdict(opinions, rules) is verdict


def test_three_opinions_that_all_differ_decide_nothing_even_for_one_verifier(rules: RuleSet) -> None:
    one = with_values(rules, {"selter.screening.verifiers": 1})
    assert committee.agreed_verdict(list(Verdict), one) is Verdict.NEEDS_REVIEW


@pytest.mark.parametrize(
    ("due", "sealed", "missing"), [(0, 0, 2), (1, 0, 2), (1, 1, 1), (2, 2, 0), (3, 1, 2), (3, 2, 1), (3, 3, 0)]
)
def test_sheets_are_missing_of_each_on_duty_and_of_the_least_number(
    rules: RuleSet, due: int, sealed: int, missing: int
) -> None:
    assert committee.missing_sheets(due, sealed, rules) == missing


# -- results -------------------------------------------------------------------------------------------------------


def test_weights_stay_locked_to_the_end(rules: RuleSet) -> None:
    assert [stage for stage in Stage if not results.weights_locked(stage, rules)] == [Stage.DRAFT]


def test_scores_by_rank_are_public_at_every_stage_but_the_last_one(rules: RuleSet) -> None:
    assert [stage for stage in Stage if not results.ranked_scores_public(stage, rules)] == [Stage.INTERVIEW]


@pytest.mark.parametrize(("submitted", "cleared"), [(False, False), (False, True), (True, False)])
def test_names_wait_for_submission_and_supervisor(rules: RuleSet, submitted: bool, cleared: bool) -> None:
    assert not results.names_public(rules, submitted=submitted, cleared=cleared)


@pytest.mark.parametrize(
    ("lane", "after", "before"),
    [
        (LANE, False, False),
        (replace(LANE, shortlisted=True), False, True),
        (replace(LANE, shortlisted=True, cleared=("governor",)), False, True),
        (replace(LANE, shortlisted=True, cleared=("appointment",)), True, True),
        (replace(LANE, shortlisted=True, needs=(Clearance.GOVERNOR,)), True, True),
        (replace(LANE, needs=()), False, False),
    ],
)
def test_the_names_of_a_lane_are_known_when_the_rules_publish_them(
    rules: RuleSet, lane: Lane, after: bool, before: bool
) -> None:
    early = with_values(rules, {"result.publish": "before_bkn"})
    assert (results.names_known(lane, rules), results.names_known(lane, early)) == (after, before)


@pytest.mark.parametrize(
    ("lane", "known"),
    [
        (replace(LANE, shortlisted=True), False),
        (replace(LANE, shortlisted=True, needs=()), False),
        (replace(LANE, cleared=("appointment",)), False),
        (replace(LANE, shortlisted=True, cleared=("appointment",)), True),
    ],
)
def test_a_set_pinned_before_the_switch_waits_for_the_supervisor_whatever_it_says(
    rules: RuleSet, lane: Lane, known: bool
) -> None:
    early = pinned_before(with_values(rules, {"result.publish": "before_bkn"}))
    assert results.names_known(lane, early) is known


def test_an_unknown_time_or_order_of_publishing_is_not_guessed(rules: RuleSet) -> None:
    other = with_values(rules, {"result.publish": "never", "result.public_order": "by_age"})
    with pytest.raises(ValueError, match="never"):
        results.names_public(other, submitted=True, cleared=True)
    with pytest.raises(ValueError, match="by_age"):
        results.in_public_order(["A"], other)


def test_a_result_without_a_term_ends_with_its_round(rules: RuleSet) -> None:
    day = date(2026, 3, 3)
    assert [results.result_valid(day, day, rules, round_open=is_open) for is_open in (True, False)] == [True, False]


# -- appointment ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "present",
    [
        {"appointee": "a", "officiant": "o", "witnesses": ("p", "p")},
        {"appointee": "a", "officiant": "o", "witnesses": ("p", "o")},
        {"appointee": "a", "officiant": "o", "witnesses": ("p", "a")},
        {"appointee": "a", "officiant": "a", "witnesses": ("p", "q")},
        {"appointee": "a", "officiant": "o", "witnesses": ("p", "q", "r")},
    ],
)
def test_witnesses_are_others_than_officiant_and_appointee_and_as_many_as_asked(
    rules: RuleSet, present: dict[str, object]
) -> None:
    assert not appointment.witnessed(rules, **present)  # type: ignore[arg-type]


def test_a_higher_post_may_always_witness(rules: RuleSet) -> None:
    assert [level for level in PostLevel if appointment.may_witness(level, PostLevel.MADYA, rules)] == [
        PostLevel.MADYA,
        PostLevel.UTAMA,
    ]


def test_an_unknown_rank_of_witnesses_is_not_guessed(rules: RuleSet) -> None:
    other = with_values(rules, {"oath.min_rank_of_witness": "any"})
    with pytest.raises(ValueError, match="any"):
        appointment.may_witness(PostLevel.UTAMA, PostLevel.PRATAMA, other)


@pytest.mark.parametrize(
    ("name", "level"),
    [("pratama", PostLevel.PRATAMA), ("administrator", PostLevel.ADMINISTRATOR), ("eselon", None), ("", None)],
)
def test_levels_are_read_as_records_name_them(name: str, level: PostLevel | None) -> None:
    assert appointment.post_level(name) is level


def test_levels_are_ordered() -> None:
    names = ["pengawas", "administrator", "pratama", "madya", "utama"]
    assert [appointment.post_level(name) for name in names] == sorted(PostLevel)

"""A contract year: signed, in force, checked in by quarter, rated, objected to, final."""

from datetime import date

import pytest
from performance_stories import OBJECTION_UNTIL, RATING_FROM, drafted, objected, rated, signed, verified
from stories import DAY, INSTANT, SECOND, START, Story, clock, refused

from domain import contract
from domain.case import Awaited
from domain.contract import ContractState
from domain.words import ContractStage, Rating

IN_FORCE = refused(
    "not-in-force",
    "pk.due_after_budget_approval_months",
    "PermenPANRB 53/2014; Permendiktisaintek 58/2025 Pasal 12",
)


# -- birth and quarters ------------------------------------------------------------------------------------------


def test_a_new_contract_year_waits_for_two_signatures_on_its_first_version() -> None:
    assert drafted().begun == ContractState(
        case_id="c",
        agency_id="a",
        effective_at=START,
        rules_sha256="sha",
        term_id="t",
        year=2027,
        inaugurated_on=date(2027, 6, 1),
        period_start=date(2027, 6, 1),
        period_end=date(2027, 12, 31),
        rating_from=RATING_FROM,
        quarters=(3, 4),
        since=START,
    )
    state = drafted().state
    assert (state.stage, state.latest, state.in_force) == (ContractStage.DRAFT, 1, 0)
    assert state.unsigned == ("official", "superior")


def test_a_quarter_runs_from_the_first_day_of_its_first_month_to_the_last_of_its_third() -> None:
    spans = [(contract.quarter_start(2028, q), contract.quarter_end(2028, q)) for q in (1, 2, 3, 4)]
    assert spans == [
        (date(2028, 1, 1), date(2028, 3, 31)),
        (date(2028, 4, 1), date(2028, 6, 30)),
        (date(2028, 7, 1), date(2028, 9, 30)),
        (date(2028, 10, 1), date(2028, 12, 31)),
    ]


@pytest.mark.parametrize(
    ("inaugurated_on", "quarters"),
    [
        (date(2026, 12, 31), (1, 2, 3, 4)),
        (date(2027, 1, 1), (1, 2, 3, 4)),
        (date(2027, 1, 2), (2, 3, 4)),
        (date(2027, 6, 1), (3, 4)),
        (date(2027, 10, 1), (4,)),
        (date(2027, 10, 2), ()),
    ],
)
def test_only_quarters_begun_in_the_post_count(inaugurated_on: date, quarters: tuple[int, ...]) -> None:
    assert contract.quarters_begun(2027, inaugurated_on) == quarters


@pytest.mark.parametrize("act", ["promote", "open_contract", "fall_due"])
def test_an_act_outside_the_table_and_a_second_birth_are_unknown(act: str) -> None:
    assert signed().refuses(act, role="system") == refused("unknown-act", act=act)


# -- signatures --------------------------------------------------------------------------------------------------


def test_a_contract_is_in_force_when_both_parties_have_signed() -> None:
    one = drafted().then("sign", role="official", version=1)
    assert (one.state.in_force, one.state.unsigned, one.state.stage) == (0, ("superior",), ContractStage.DRAFT)
    both = one.then("sign", role="superior", version=1)
    assert (both.state.in_force, both.state.unsigned, both.state.stage) == (1, (), ContractStage.IN_FORCE)
    assert (one.state.since, both.state.since) == (START, both.last)
    assert both.state.signed == ("official", "superior")


def test_a_party_signs_the_latest_version_and_once() -> None:
    one = drafted().then("sign", role="official", version=1)
    one.allows("sign", role="superior", version=1)
    assert one.refuses("sign", role="official", version=1) == refused("already-signed", version="1")
    assert one.refuses("sign", role="superior", version=2) == refused("nothing-to-sign", version="2")
    assert signed().refuses("sign", role="superior", version=1) == refused("nothing-to-sign", version="1")


def test_only_the_parties_sign() -> None:
    assert drafted().refuses("sign", role="ppk", version=1).code == "already-signed"


# -- amendments --------------------------------------------------------------------------------------------------


def test_an_amendment_is_the_next_version_of_a_contract_in_force() -> None:
    assert drafted().refuses("amend", version=2) == IN_FORCE
    signed().allows("amend", version=2)
    for version in (1, 3):
        assert signed().refuses("amend", version=version) == refused("wrong-version", version=str(version), needed="2")


def test_the_old_version_is_in_force_until_both_have_signed_the_new_one() -> None:
    story = signed().then("amend", version=2)
    assert (story.state.latest, story.state.in_force, story.state.signed) == (2, 1, ())
    assert story.state.unsigned == ("official", "superior")
    assert story.state.stage is ContractStage.IN_FORCE
    half = story.then("sign", role="superior", version=2)
    assert (half.state.in_force, half.state.unsigned) == (1, ("official",))
    whole = half.then("sign", role="official", version=2)
    assert (whole.state.in_force, whole.state.unsigned) == (2, ())
    assert whole.state.since == signed().last


# -- check-ins ---------------------------------------------------------------------------------------------------


def test_a_quarter_is_verified_once_under_a_contract_in_force() -> None:
    assert drafted().refuses("verify_check_in", quarter=3) == IN_FORCE
    signed().allows("verify_check_in", quarter=3)
    story = signed().then("verify_check_in", quarter=4).then("verify_check_in", quarter=3)
    assert story.state.verified == (4, 3)
    assert story.refuses("verify_check_in", quarter=4) == refused("check-in-verified", quarter="4")


def test_a_quarter_before_the_inauguration_does_not_count() -> None:
    assert signed().refuses("verify_check_in", quarter=2) == refused("no-such-quarter", quarter="2", quarters="3, 4")
    none = drafted(quarters=[]).then("sign", role="official").then("sign", role="superior")
    assert none.refuses("verify_check_in", quarter=4) == refused("no-such-quarter", quarter="4", quarters="-")


# -- force majeure and rating ------------------------------------------------------------------------------------


def test_force_majeure_is_decided_once_and_before_the_rating() -> None:
    drafted().allows("decide_force_majeure")
    verified().allows("decide_force_majeure")
    for accepted in (True, False):
        story = signed().then("decide_force_majeure", accepted=accepted)
        assert story.state.force_majeure is accepted
        assert story.refuses("decide_force_majeure") == refused("force-majeure-decided")
    assert rated().refuses("decide_force_majeure") == refused(
        "force-majeure-late", "demotion.force_majeure_exempts", "PP 30/2019 Pasal 57 ayat (1)-(2)"
    )


def test_a_year_is_rated_from_its_first_day_of_rating_on() -> None:
    verified().allows("rate", at=RATING_FROM)
    assert verified().refuses("rate", at=RATING_FROM - SECOND) == refused(
        "rating-too-early", "assessment.window", "PP 30/2019 Pasal 42", since="2028-01-04T02:00:00+00:00"
    )


def test_a_year_is_rated_after_every_quarter_is_verified() -> None:
    open_quarters = refused(
        "check-ins-open", "skp.periodic_review", "PermenPANRB 6/2022; SE MenPANRB 3/2023", quarters="3, 4"
    )
    assert signed().refuses("rate", at=RATING_FROM) == open_quarters
    partly = signed().then("verify_check_in", quarter=3)
    assert partly.refuses("rate", at=RATING_FROM).facts == {"quarters": "4"}


def test_a_year_that_was_never_in_force_is_not_rated() -> None:
    assert drafted().refuses("rate", at=RATING_FROM) == IN_FORCE


def test_the_rating_opens_by_itself_and_decides_nothing() -> None:
    story = verified()
    assert (story.state.stage, story.state.rating, story.state.since) == (ContractStage.RATING, None, RATING_FROM)
    unsigned = drafted().falls_due("rating", at=RATING_FROM)
    assert (unsigned.state.stage, unsigned.state.since) == (ContractStage.DRAFT, START)


def test_a_rated_year_is_open_to_objection_and_to_nothing_that_came_before() -> None:
    story = rated("needs_improvement")
    state = story.state
    assert (state.rating, state.objection_until) == (Rating.NEEDS_IMPROVEMENT, OBJECTION_UNTIL)
    assert (state.stage, state.since) == (ContractStage.OBJECTION, story.last)
    for act, arguments in (("sign", {"version": 1}), ("amend", {"version": 2}), ("verify_check_in", {"quarter": 3})):
        assert story.refuses(act, role="official", **arguments) == refused("already-rated")
    assert story.refuses("rate", at=RATING_FROM) == refused("already-rated")


# -- objection ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["object", "finalise"])
def test_an_unrated_year_is_neither_objected_to_nor_final(act: str) -> None:
    assert verified().refuses(act) == refused("not-rated")


def late(until: str = "2028-01-28T02:00:00+00:00") -> object:
    """The refusal of an objection after its term."""
    return refused("objection-late", "assessment.objection_days", "PP 30/2019 Pasal 59", until=until)


def test_an_objection_is_in_time_on_its_last_instant_and_late_after_it() -> None:
    rated().allows("object", at=OBJECTION_UNTIL + SECOND - INSTANT)
    assert rated().refuses("finalise", at=OBJECTION_UNTIL + SECOND - INSTANT) is not None
    rated().allows("finalise", at=OBJECTION_UNTIL + SECOND)
    assert rated().refuses("object", at=OBJECTION_UNTIL + SECOND) == late()
    closed = rated().falls_due("objection")
    assert closed.refuses("object", at=OBJECTION_UNTIL) == late()


def test_a_rating_is_objected_to_once() -> None:
    assert objected().refuses("object", at=OBJECTION_UNTIL) == refused("already-objected")


def test_a_decision_on_an_objection_needs_one_and_is_taken_once() -> None:
    assert rated().refuses("decide_objection", outcome="rejected") == refused("no-objection")
    story = objected().then("decide_objection", outcome="rejected", rating="poor")
    assert story.refuses("decide_objection", outcome="rejected") == refused("objection-decided")


@pytest.mark.parametrize("change", [{"results": "above"}, {"behaviour": "above"}])
def test_a_granted_objection_changes_the_rating_and_a_rejected_one_does_not(change: dict[str, str]) -> None:
    objected().allows("decide_objection", outcome="rejected")
    for outcome in ("granted", "partly_granted"):
        objected().allows("decide_objection", outcome=outcome, **change)
        assert objected().refuses("decide_objection", outcome=outcome) == refused(
            "objection-without-effect", outcome=outcome
        )
    assert objected().refuses("decide_objection", outcome="rejected", **change) == refused(
        "objection-without-effect", outcome="rejected"
    )


def test_a_decided_objection_sets_the_rating() -> None:
    story = objected().then("decide_objection", outcome="granted", rating="good")
    assert (story.state.objection_outcome, story.state.rating) == ("granted", Rating.GOOD)
    assert story.state.stage is ContractStage.OBJECTION


# -- the end -----------------------------------------------------------------------------------------------------


def test_a_rating_is_final_after_the_last_instant_of_the_objection_window() -> None:
    assert rated().refuses("finalise", at=OBJECTION_UNTIL) == refused(
        "objection-open", "assessment.objection_days", "PP 30/2019 Pasal 59", until="2028-01-28T02:00:00+00:00"
    )
    rated().allows("finalise", at=OBJECTION_UNTIL + SECOND)
    rated().falls_due("objection").allows("finalise", at=OBJECTION_UNTIL)


def test_a_rating_under_objection_is_not_final_before_the_decision() -> None:
    assert objected().refuses("finalise", at=OBJECTION_UNTIL + DAY) == refused(
        "objection-undecided", "assessment.objection_days", "PP 30/2019 Pasal 59"
    )
    objected().then("decide_objection", outcome="rejected", rating="poor").allows("finalise", at=OBJECTION_UNTIL)


@pytest.mark.parametrize(("data", "review"), [({"review": "r1"}, "r1"), ({}, "")])
def test_a_final_year_is_over_and_names_the_review_it_opened(data: dict[str, str], review: str) -> None:
    story = rated().then("finalise", **data)
    state = story.state
    assert (state.final, state.review, state.stage) == (True, review, ContractStage.FINAL)
    assert (state.closed_at, state.deadlines, state.since) == (story.last, (), story.last)
    assert story.refuses("object", at=OBJECTION_UNTIL) == refused("case-closed")
    assert story.awaited == ()


@pytest.mark.parametrize("story", [drafted(), signed(), rated(), objected()])
def test_a_year_whose_term_ended_lapses_wherever_it_stood(story: Story) -> None:
    story.allows("lapse", role="system")
    assert story.refuses("lapse", role="superior") == refused("unknown-act", act="lapse")
    lapsed = story.then("lapse")
    state = lapsed.state
    assert (state.stage, state.lapsed, state.final) == (ContractStage.LAPSED, True, False)
    assert (state.closed_at, state.deadlines, lapsed.awaited) == (lapsed.last, (), ())


# -- what waits for whom -----------------------------------------------------------------------------------------


def test_a_draft_waits_for_each_signature_by_the_due_date() -> None:
    due = START + 30 * DAY
    assert drafted().awaited == (
        Awaited("sign", "official", START, due, "pk.sign"),
        Awaited("sign", "superior", START, due, "pk.sign"),
    )
    assert drafted().then("sign", role="official").awaited_acts == [("sign", "superior")]
    assert drafted().reminds("check_in/Q3").awaited_acts == [("sign", "official"), ("sign", "superior")]


def test_a_contract_in_force_waits_for_nobody_until_a_quarter_is_near() -> None:
    assert signed().awaited == ()
    near = signed().reminds("check_in/Q3")
    assert near.awaited == (Awaited("verify_check_in", "Q3", signed().last, START + 280 * DAY, "check_in"),)
    overdue = near.falls_due("check_in/Q3").falls_due("check_in/Q4")
    assert overdue.awaited_acts == [("verify_check_in", "Q3"), ("verify_check_in", "Q4")]
    assert overdue.then("verify_check_in", quarter=3).awaited_acts == [("verify_check_in", "Q4")]


def test_a_deadline_that_is_only_reminded_or_only_passed_is_near() -> None:
    assert signed().reminds("check_in/Q4").awaited_acts == [("verify_check_in", "Q4")]
    assert signed().falls_due("check_in/Q4").awaited_acts == [("verify_check_in", "Q4")]
    assert signed().then("verify_check_in", quarter=3, lift=["check_in/Q4"]).awaited == ()


def test_an_amendment_waits_for_signatures_beside_the_check_ins() -> None:
    story = signed().reminds("check_in/Q3").then("amend", version=2, set=[clock("sign", START + 90 * DAY, "pk.again")])
    assert story.awaited_acts == [("sign", "official"), ("sign", "superior"), ("verify_check_in", "Q3")]
    assert (story.awaited[0].due, story.awaited[0].rule) == (START + 90 * DAY, "pk.again")


def test_the_rating_is_awaited_once_it_is_open_and_every_quarter_verified() -> None:
    assert verified().awaited == (Awaited("rate", "", RATING_FROM, RATING_FROM + 31 * DAY, "assessment.window"),)
    open_quarter = signed().falls_due("rating").then("verify_check_in", quarter=3)
    assert open_quarter.awaited == ()
    early = signed().then("verify_check_in", quarter=3).then("verify_check_in", quarter=4)
    assert early.awaited == ()


def test_a_rated_year_waits_for_its_objection_window_then_for_the_final_act() -> None:
    assert rated().awaited == ()
    closed = rated().falls_due("objection", lift=["objection"], set=[clock("finalise", OBJECTION_UNTIL + DAY, "final")])
    assert closed.awaited == (Awaited("finalise", "", rated().last, OBJECTION_UNTIL + DAY, "final"),)


def test_an_objection_waits_for_its_decision_then_for_the_final_act() -> None:
    due = OBJECTION_UNTIL + 14 * DAY
    rule = "assessment.objection_days"
    assert objected().awaited == (Awaited("decide_objection", "", rated().last, due, rule),)
    assert objected().falls_due("decide_objection").awaited_acts == [("decide_objection", "")]
    done = objected().then("decide_objection", outcome="rejected", rating="poor", lift=["decide_objection"])
    assert done.awaited == (Awaited("finalise", "", rated().last),)

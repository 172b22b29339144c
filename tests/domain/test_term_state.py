"""An office term: it begins a contract a year, is extended or ended by a person, and never ends by itself."""

from datetime import date

import pytest
from performance_stories import AGE_RULE, RETIRES, TENURE_ENDS, TENURE_RULE, term
from stories import DAY, START, clock, refused

from domain.case import Awaited
from domain.term import TermState
from domain.words import EndGround


def test_a_new_term_knows_its_rules_its_inauguration_and_the_end_of_the_tenure() -> None:
    assert term().begun == TermState(
        case_id="c",
        agency_id="a",
        effective_at=START,
        rules_sha256="sha",
        inaugurated_on=date(2027, 6, 1),
        tenure_until=date(2032, 5, 31),
    )
    assert (term().state.stage, term().state.years) == ("in_office", ())


@pytest.mark.parametrize("act", ["promote", "open_term", "fall_due"])
def test_an_act_outside_the_table_and_a_second_birth_are_unknown(act: str) -> None:
    assert term().refuses(act, role="system") == refused("unknown-act", act=act)


def test_a_term_lapses_by_the_system_only() -> None:
    term().allows("lapse", role="system")
    assert term().refuses("lapse", role="ppk") == refused("unknown-act", act="lapse")
    assert term().refuses("lapse") == refused("unknown-act", act="lapse")


# -- contract years ----------------------------------------------------------------------------------------------


def test_each_contract_year_begins_by_itself_and_is_counted() -> None:
    story = term().falls_due("contract/2028", year=2028, lift=["contract/2028"]).falls_due("contract/2029", year=2029)
    assert story.state.years == (2028, 2029)
    assert story.state.seq == 3
    assert [d.key for d in story.state.deadlines] == ["tenure", "retirement"]


def test_a_deadline_without_a_year_only_becomes_overdue() -> None:
    story = term().falls_due("tenure")
    assert story.state.years == ()
    assert story.state.deadline("tenure").passed
    assert story.state.stage == "in_office"


def test_another_superior_changes_no_state() -> None:
    story = term().then("replace_superior", superior_id="s", since="2028-01-01")
    assert (story.state.seq, story.state.tenure_until) == (2, date(2032, 5, 31))


# -- extending and ending ----------------------------------------------------------------------------------------


def test_an_extension_goes_beyond_the_present_end() -> None:
    term().allows("extend_term", until="2032-06-01")
    assert term().refuses("extend_term", until="2032-05-31") == refused(
        "extension-too-short", "tenure.max_years", "PP 11/2017 Pasal 133", until="2032-05-31", present="2032-05-31"
    )


def test_an_extended_term_ends_on_its_new_day_and_is_awaited_anew() -> None:
    longer = clock("tenure", TENURE_ENDS + 900 * DAY, TENURE_RULE)
    story = term().reminds("tenure").then("extend_term", until="2034-05-31", lift=["tenure"], set=[longer])
    assert story.state.tenure_until == date(2034, 5, 31)
    assert story.state.deadline("tenure").due == TENURE_ENDS + 900 * DAY
    assert story.awaited == ()
    assert story.refuses("extend_term", until="2034-05-31").facts["present"] == "2034-05-31"


@pytest.mark.parametrize(("act", "day"), [("end_term", "last_day"), ("replace_superior", "since")])
def test_nothing_happens_in_a_term_before_its_inauguration(act: str, day: str) -> None:
    term().allows(act, **{day: "2027-06-01"}, ground="resigned")
    assert term().refuses(act, **{day: "2027-05-31"}, ground="resigned") == refused(
        "before-inauguration", inaugurated_on="2027-06-01"
    )


@pytest.mark.parametrize("ground", ["resigned", "retired", "moved", "dismissed", "reorganised", "died"])
def test_a_term_is_ended_on_any_ground_but_a_lower_post(ground: str) -> None:
    term().allows("end_term", last_day="2028-03-31", ground=ground)


def test_a_lower_post_is_reached_through_a_review_only() -> None:
    assert term().refuses("end_term", last_day="2028-03-31", ground="lower_post") == refused(
        "lower-post-needs-review",
        "demotion.improvement_months",
        "PP 11/2017 Pasal 142 ayat (2); PP 30/2019 Pasal 57 ayat (2)",
    )


@pytest.mark.parametrize("act", ["end_term", "lapse"])
def test_an_ended_term_keeps_its_last_day_and_ground_and_accepts_nothing(act: str) -> None:
    story = term().reminds("tenure").then(act, last_day="2028-03-31", ground="retired")
    state = story.state
    assert (state.ended_on, state.ground) == (date(2028, 3, 31), EndGround.RETIRED)
    assert (state.closed_at, state.deadlines, state.stage) == (story.last, (), "ended")
    assert story.awaited == ()
    assert story.refuses("extend_term", until="2040-01-01") == refused("case-closed")


# -- what waits for whom -----------------------------------------------------------------------------------------


def test_a_term_waits_for_nobody_until_its_end_is_near() -> None:
    assert term().awaited == ()


def test_the_end_of_the_tenure_asks_for_an_extension_or_an_end_from_the_reminder_on() -> None:
    since = TENURE_ENDS - 180 * DAY
    both = tuple(Awaited(act, "tenure", since, TENURE_ENDS, TENURE_RULE) for act in ("extend_term", "end_term"))
    assert term().reminds("tenure").awaited == both
    assert term().falls_due("tenure").awaited == both


def test_the_retirement_age_asks_for_an_end_only() -> None:
    end = Awaited("end_term", "retirement", RETIRES - 365 * DAY, RETIRES, AGE_RULE)
    assert term().reminds("retirement").awaited == (end,)
    assert term().falls_due("tenure").falls_due("retirement").awaited[-1] == end


def test_an_end_without_a_reminder_is_awaited_since_it_came() -> None:
    story = term().then("extend_term", until="2034-05-31", set=[clock("tenure", TENURE_ENDS + DAY, TENURE_RULE)])
    assert {item.since for item in story.falls_due("tenure").awaited} == {TENURE_ENDS + DAY}


def test_the_next_contract_year_waits_for_nobody() -> None:
    assert term().reminds("contract/2028").awaited == ()

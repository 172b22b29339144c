"""A demotion review up to its decision: gate after gate, none of them by itself."""

from datetime import date, datetime

import pytest
from performance_stories import (
    DECIDES_FROM,
    IMPROVES_UNTIL,
    LATER,
    decided,
    evaluated,
    heard,
    improving,
    invited,
    notified,
    proposed,
    retested,
    review,
)
from stories import SECOND, START, Refusal, Story, refused

from domain.review import ReviewState
from domain.words import Clearance, ReviewOutcome

PERFORMANCE = "PP 11/2017 Pasal 142 ayat (2); PP 30/2019 Pasal 57 ayat (2)"


def gate_open(number: int, rule: str, citation: str, title: str) -> Refusal:
    """The refusal that names an unproved gate."""
    return refused("gate-open", rule, citation, gate=str(number), title=title)


GATE_4 = gate_open(
    4,
    "demotion.improvement_months",
    PERFORMANCE,
    "Pemberitahuan tertulis diserahkan dan rencana perbaikan ditetapkan",
)
GATE_5 = gate_open(5, "demotion.improvement_months", PERFORMANCE, "Masa perbaikan selesai dengan dialog kinerja")
GATE_7 = gate_open(
    7,
    "demotion.requires_competency_retest",
    "PP 11/2017 Pasal 142 ayat (3); PP 30/2019 Pasal 57 ayat (3)",
    "Uji kompetensi kembali oleh penilai terakreditasi",
)
OPINION = gate_open(8, "demotion.adviser", "PP 30/2019 Pasal 47-48", "Pertimbangan tim penilai kinerja")
GATE_8 = gate_open(
    8, "demotion.proposer", "PP 11/2017 Pasal 145", "Pertimbangan tim penilai kinerja dan usul Pejabat yang Berwenang"
)
GATE_9 = gate_open(
    9,
    "demotion.notice_working_days",
    "UU 30/2014 Pasal 46-47",
    "Pemberitahuan sebelum keputusan dan kesempatan didengar",
)
GATE_10 = gate_open(
    10,
    "bkn.recommendation_before_inauguration",
    "Praktik rekomendasi BKN lewat I-MUT (gerbang G4)",
    "Persetujuan instansi lain",
)


def test_a_new_review_is_opened_with_the_clearances_that_a_move_needs() -> None:
    assert review("replacement", "home_affairs").begun == ReviewState(
        case_id="c",
        agency_id="a",
        effective_at=START,
        rules_sha256="sha",
        term_id="t",
        needs=(Clearance.REPLACEMENT, Clearance.HOME_AFFAIRS),
        since=START,
    )
    assert {type(need) for need in review("replacement").state.needs} == {Clearance}
    assert review().state.stage == "opened"


@pytest.mark.parametrize("act", ["promote", "open_review", "remind"])
def test_an_act_outside_the_table_and_a_second_birth_are_unknown(act: str) -> None:
    assert review().refuses(act, role="system") == refused("unknown-act", act=act)


@pytest.mark.parametrize(
    ("story", "act", "arguments"),
    [
        (notified(), "notify", {}),
        (improving(), "set_plan", {}),
        (evaluated(), "evaluate", {}),
        (retested(), "record_retest", {}),
        (retested().then("record_opinion"), "record_opinion", {}),
        (proposed(), "propose", {}),
        (invited(), "notice_hearing", {}),
        (heard(), "record_hearing", {}),
        (heard().then("record_clearance", kind="replacement"), "record_clearance", {"kind": "replacement"}),
        (decided(), "decide", {"outcome": "stay"}),
    ],
)
def test_each_act_of_the_review_is_done_once(story: Story, act: str, arguments: dict[str, str]) -> None:
    assert story.refuses(act, **arguments) == refused("already-done", act=act)


@pytest.mark.parametrize("story", [notified(), improving(), evaluated(), proposed(), invited(), heard(), decided()])
def test_the_state_is_dated_by_its_last_act(story: Story) -> None:
    assert story.state.since == story.last


def test_a_deadline_that_passes_or_is_near_dates_nothing_and_decides_nothing() -> None:
    told = improving()
    for story in (told.reminds("improvement"), told.falls_due("improvement", at=IMPROVES_UNTIL)):
        state = story.state
        assert (state.since, state.seq) == (told.last, told.state.seq + 1)
        assert (state.stage, state.improved, state.outcome) == ("improvement", None, None)


# -- letters -----------------------------------------------------------------------------------------------------


def test_a_clock_starts_where_a_letter_is_delivered() -> None:
    story = notified()
    assert (story.state.notice, story.state.undelivered, story.state.improvement_until) == ("n1", ("n1",), None)
    assert story.refuses("confirm_delivery", document_id="d9") == refused("no-such-letter", document="d9")
    story.allows("confirm_delivery", document_id="n1")
    told = story.then("confirm_delivery", document_id="n1", improvement_until=IMPROVES_UNTIL.isoformat())
    assert (told.state.improvement_until, told.state.undelivered) == (IMPROVES_UNTIL, ())
    assert told.refuses("confirm_delivery", document_id="n1") == refused("no-such-letter", document="n1")


def test_the_notice_before_the_decision_starts_its_own_clock() -> None:
    story = invited()
    assert story.state.hearing_at == datetime.fromisoformat("2027-08-01T02:00:00+00:00")
    assert (story.state.undelivered, story.state.decide_from) == (("h1",), None)
    told = story.then("confirm_delivery", document_id="h1", decide_from=DECIDES_FROM.isoformat())
    assert (told.state.decide_from, told.state.delivered) == (DECIDES_FROM, ("n1", "h1"))
    assert (told.state.improvement_until, told.state.objection_until) == (IMPROVES_UNTIL, None)


def test_letters_not_delivered_are_listed_in_the_order_of_the_review() -> None:
    story = review().then("notify", notice="n1").then("notice_hearing", hearing_notice="h1", hearing_at="2027-08-01")
    every = story.then("decide", outcome="stay", decision="d1")
    assert every.state.undelivered == ("n1", "h1", "d1")


# -- gates 4 to 6 ------------------------------------------------------------------------------------------------


def test_a_plan_follows_the_notice() -> None:
    assert review().refuses("set_plan") == GATE_4
    notified().allows("set_plan")
    assert improving().state.plan == "p1"
    assert improving().state.coaching_dates == (date(2027, 2, 10), date(2027, 5, 10))


@pytest.mark.parametrize(
    "story", [notified(), notified().then("set_plan", plan_id="p1", coaching_dates=["2027-02-10"])]
)
def test_nobody_is_evaluated_before_the_notice_is_delivered_and_the_plan_set(story: Story) -> None:
    assert story.refuses("evaluate", at=LATER) == GATE_4


def test_the_six_months_pass_whole_before_the_evaluation() -> None:
    assert improving().refuses("evaluate", at=IMPROVES_UNTIL) == refused(
        "improvement-running",
        "demotion.improvement_months",
        PERFORMANCE,
        gate="5",
        until="2027-07-13T02:00:00+00:00",
    )
    improving().allows("evaluate", at=IMPROVES_UNTIL + SECOND)


def test_an_official_who_has_improved_ends_the_review() -> None:
    story = improving().then("evaluate", improved=True, evaluated_on="2027-07-14")
    assert (story.state.improved, story.state.evaluated_on) == (True, date(2027, 7, 14))
    assert (story.state.closed_at, story.state.deadlines, story.state.stage) == (story.last, (), "closed")
    assert story.refuses("record_retest") == refused("case-closed")


def test_an_official_who_has_not_improved_is_weighed() -> None:
    state = evaluated().state
    assert (state.improved, state.closed_at, state.stage) == (False, None, "weighing")


# -- gates 7 to 10 -----------------------------------------------------------------------------------------------


def test_the_retest_follows_the_evaluation() -> None:
    assert improving().refuses("record_retest") == GATE_5
    evaluated().allows("record_retest")
    assert (evaluated().state.retested, retested().state.retested) == (False, True)


def test_the_opinion_follows_the_retest_and_the_proposal_the_opinion() -> None:
    for act in ("record_opinion", "propose"):
        assert evaluated().refuses(act) == GATE_7
    retested().allows("record_opinion")
    assert retested().refuses("propose") == OPINION
    retested().then("record_opinion").allows("propose")
    assert (proposed().state.opinion_given, proposed().state.proposed) == (True, ReviewOutcome.LOWER_POST)
    assert type(proposed().state.proposed) is ReviewOutcome


@pytest.mark.parametrize("act", ["notice_hearing", "record_hearing", "record_clearance"])
def test_notice_hearing_and_clearances_follow_the_proposal(act: str) -> None:
    assert retested().then("record_opinion").refuses(act, kind="replacement") == GATE_8


def test_nobody_is_heard_before_the_notice_is_delivered() -> None:
    proposed().allows("notice_hearing")
    assert invited().refuses("record_hearing") == GATE_9
    invited().then("confirm_delivery", document_id="h1", decide_from=DECIDES_FROM.isoformat()).allows("record_hearing")
    assert (invited().state.heard, heard().state.heard) == (False, True)


def test_a_review_records_the_replacement_clearance_and_the_ministers_consent_only() -> None:
    for kind in ("replacement", "home_affairs"):
        proposed().allows("record_clearance", kind=kind)
    assert proposed().refuses("record_clearance", kind="governor") == refused(
        "clearance-not-needed", kind="governor", needed="replacement, home_affairs"
    )
    both = proposed().then("record_clearance", kind="replacement").then("record_clearance", kind="home_affairs")
    assert both.state.cleared == ("replacement", "home_affairs")


# -- the decision ------------------------------------------------------------------------------------------------

TARGET = refused("target-post", "demotion.outcomes", "PP 11/2017 Pasal 142 ayat (4) dan penjelasan")


@pytest.mark.parametrize("outcome", ["lateral_move", "lower_post"])
def test_a_move_names_its_target_post(outcome: str) -> None:
    heard().allows("decide", at=LATER, outcome=outcome, target_post_id="post")
    assert heard().refuses("decide", at=LATER, outcome=outcome) == TARGET
    assert heard().refuses("decide", at=LATER, outcome=outcome, target_post_id="") == TARGET


def test_a_stay_names_no_post() -> None:
    heard().allows("decide", at=LATER, outcome="stay")
    assert heard().refuses("decide", at=LATER, outcome="stay", target_post_id="post") == TARGET


def test_a_stay_needs_the_proposal_but_neither_notice_nor_clearance() -> None:
    proposed("replacement").allows("decide", outcome="stay")
    invited("replacement").allows("decide", outcome="stay")
    heard().allows("decide", outcome="stay", at=DECIDES_FROM - SECOND)
    assert retested().then("record_opinion").refuses("decide", outcome="stay") == GATE_8


@pytest.mark.parametrize("outcome", ["lateral_move", "lower_post"])
def test_a_move_waits_until_the_notice_has_run(outcome: str) -> None:
    heard().allows("decide", at=DECIDES_FROM, outcome=outcome, target_post_id="post")
    assert heard().refuses("decide", at=DECIDES_FROM - SECOND, outcome=outcome, target_post_id="post") == refused(
        "notice-running",
        "demotion.notice_working_days",
        "UU 30/2014 Pasal 46-47",
        gate="9",
        since="2027-08-12T02:00:00+00:00",
    )


@pytest.mark.parametrize(
    ("story", "met"),
    [
        (review(), GATE_4),
        (improving(), GATE_5),
        (evaluated(), GATE_7),
        (retested().then("record_opinion"), GATE_8),
        (proposed(), GATE_9),
        (invited(), GATE_9),
        (invited().then("confirm_delivery", document_id="h1", decide_from=DECIDES_FROM.isoformat()), GATE_9),
        (heard("replacement"), GATE_10),
    ],
)
@pytest.mark.parametrize("outcome", ["lateral_move", "lower_post"])
def test_a_move_is_decided_only_when_every_gate_before_is_proved(story: Story, met: Refusal, outcome: str) -> None:
    assert story.refuses("decide", at=LATER, outcome=outcome, target_post_id="post") == met


def test_a_decision_is_kept_with_its_letter_and_its_post() -> None:
    state = decided("lower_post", "replacement").state
    assert (state.outcome, state.target_post_id, state.decision) == (ReviewOutcome.LOWER_POST, "post", "d1")
    assert (state.undelivered, state.stage, state.closed_at) == (("d1",), "decided", None)
    stay = decided("stay").state
    assert (stay.outcome, stay.target_post_id, stay.decision, stay.closed_at) == (ReviewOutcome.STAY, "", "d1", None)

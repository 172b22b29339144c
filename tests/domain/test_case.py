"""What every case shares: deadlines, the fold of a journal, its order, the workflow's name; and refusals in words."""

from dataclasses import replace
from datetime import datetime

import pytest
from performance_stories import decided, executed, improving, objected, rated, term, verified
from selection_stories import in_appointment, inaugurated, published, window_over
from stories import DAY, HOUR, SECOND, START, Story, clock, told_step_by_step

from domain.case import (
    CaseState,
    Deadline,
    Entry,
    Intent,
    deadline_from,
    deadline_item,
    ordered,
    require_known,
    require_open,
    workflow_id,
)
from domain.contract import ContractState
from domain.laws import LAWS, project
from domain.refusals import REFUSALS, Refused, message, status
from domain.review import ReviewState
from domain.selection import SelectionState
from domain.term import TermState
from domain.words import CaseKind

DUE = START + 10 * DAY
REMIND = START + 7 * DAY


def case(*deadlines: Deadline, closed_at: datetime | None = None) -> CaseState:
    """A case with these deadlines."""
    return CaseState("c", "a", START, deadlines=deadlines, closed_at=closed_at)


# -- deadlines ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deadline", "next_at"),
    [
        (Deadline("k", DUE, "r"), DUE),
        (Deadline("k", DUE, "r", REMIND), REMIND),
        (Deadline("k", DUE, "r", DUE + SECOND), DUE),
        (Deadline("k", DUE, "r", REMIND, reminded=True), DUE),
        (Deadline("k", DUE, "r", REMIND, reminded=True, passed=True), None),
        (Deadline("k", DUE, "r", REMIND, passed=True), None),
    ],
)
def test_a_deadline_rings_at_its_reminder_then_when_due_then_never(
    deadline: Deadline, next_at: datetime | None
) -> None:
    assert deadline.next_at == next_at


def test_the_deadline_that_rings_first_is_the_next() -> None:
    early, late = Deadline("z", DUE, "r"), Deadline("a", DUE + SECOND, "r")
    assert case(late, early).next_deadline() == early
    assert case(late, replace(early, passed=True)).next_deadline() == late
    reminded = Deadline("m", DUE + DAY, "r", REMIND)
    assert case(late, early, reminded).next_deadline() == reminded


def test_of_two_deadlines_at_one_instant_the_first_by_name_is_next() -> None:
    first, second = Deadline("a", DUE, "r"), Deadline("b", DUE, "r")
    assert case(second, first).next_deadline() == first


def test_a_case_without_pending_deadlines_has_no_next() -> None:
    assert case().next_deadline() is None
    assert case(Deadline("k", DUE, "r", passed=True)).next_deadline() is None
    assert case(Deadline("k", DUE, "r"), closed_at=START).next_deadline() is None


def test_no_deadline_stands_still_in_a_case_that_cannot_be_suspended() -> None:
    deadline = Deadline("k", DUE, "r", subject="v1")
    assert case(deadline).stands_still(deadline) is False


def test_a_deadline_is_found_by_its_key() -> None:
    first, second = Deadline("a", DUE, "r"), Deadline("b", DUE, "r")
    assert case(first, second).deadline("b") == second
    assert case(first, second).deadline("c") is None


def test_an_entry_sets_deadlines_after_those_that_stand_and_replaces_those_of_the_same_name() -> None:
    before = case(Deadline("a", DUE, "r", REMIND, reminded=True, passed=True), Deadline("b", DUE, "r"))
    entry = Entry(1, "act", START, data={"set": [clock("a", DUE + DAY, "new"), clock("c", DUE, "r", subject="v")]})
    assert before.with_deadlines(entry).deadlines == (
        Deadline("b", DUE, "r"),
        Deadline("a", DUE + DAY, "new"),
        Deadline("c", DUE, "r", subject="v"),
    )


def test_an_entry_lifts_the_deadlines_it_names_and_may_set_one_anew() -> None:
    before = case(Deadline("a", DUE, "r"), Deadline("b", DUE, "r"), Deadline("c", DUE, "r"))
    entry = Entry(1, "act", START, data={"lift": ["a", "c", "unknown"], "set": [clock("a", DUE + DAY)]})
    assert before.with_deadlines(entry).deadlines == (Deadline("b", DUE, "r"), Deadline("a", DUE + DAY, "r"))
    assert before.with_deadlines(Entry(1, "act", START)).deadlines == before.deadlines


def test_a_reminder_marks_its_deadline_and_a_passing_marks_it_overdue() -> None:
    first, second = Deadline("a", DUE, "r", REMIND), Deadline("b", DUE, "r", REMIND)
    near = case(first, second).with_deadlines(Entry(1, "remind", REMIND, data={"key": "a"}))
    assert near.deadlines == (replace(first, reminded=True), second)
    passed = case(first, second).with_deadlines(Entry(1, "fall_due", DUE, data={"key": "b"}))
    assert passed.deadlines == (first, replace(second, passed=True, reminded=True))


def test_only_a_reminder_or_a_passing_marks_a_deadline() -> None:
    before = case(Deadline("a", DUE, "r", REMIND))
    assert before.with_deadlines(Entry(1, "act", DUE, data={"key": "a"})).deadlines == before.deadlines


@pytest.mark.parametrize(
    "deadline",
    [Deadline("k", DUE, "rule", REMIND, "v1"), Deadline("k", DUE, "rule")],
)
def test_a_deadline_is_written_into_an_entry_and_read_back_the_same(deadline: Deadline) -> None:
    assert deadline_from(deadline_item(deadline)) == deadline


def test_a_deadline_is_written_with_iso_instants() -> None:
    assert deadline_item(Deadline("k", DUE, "rule", REMIND, "v1")) == {
        "key": "k",
        "due": "2027-01-14T02:00:00+00:00",
        "rule": "rule",
        "remind_at": "2027-01-11T02:00:00+00:00",
        "subject": "v1",
    }
    assert deadline_item(Deadline("k", DUE, "rule"))["remind_at"] is None


def test_a_deadline_is_read_without_reminder_and_subject() -> None:
    item = {"key": "k", "due": "2027-01-14T02:00:00+00:00", "rule": "rule"}
    assert deadline_from(item) == Deadline("k", DUE, "rule")


# -- what is refused everywhere ----------------------------------------------------------------------------------


def test_an_act_of_the_table_is_known_and_a_lapse_is_the_systems() -> None:
    require_known(True, Intent("rate", START))
    require_known(False, Intent("lapse", START, role="system"))
    for known, intent in ((False, Intent("nothing", START, role="system")), (True, Intent("lapse", START, role="ppk"))):
        with pytest.raises(Refused) as caught:
            require_known(known, intent)
        assert (caught.value.code, caught.value.facts) == ("unknown-act", {"act": intent.act})


def test_a_closed_case_accepts_nothing() -> None:
    require_open(case())
    with pytest.raises(Refused) as caught:
        require_open(case(closed_at=START))
    assert (caught.value.code, caught.value.facts) == ("case-closed", {})


# -- the fold ----------------------------------------------------------------------------------------------------

STORIES = [
    window_over(published(), "v2", 2, enough=False).then("extend_vacancy", "v2").then("suspend", "v2"),
    in_appointment().then("repeat_stage", "v1", stage="assessment"),
    inaugurated().then("close_vacancy", "v2"),
    term().falls_due("contract/2028", year=2028).then("end_term", last_day="2028-03-31", ground="moved"),
    objected().then("decide_objection", outcome="granted", rating="good").then("finalise"),
    executed(),
    decided("lateral_move", "replacement"),
]


@pytest.mark.parametrize("story", STORIES)
def test_the_state_is_the_fold_of_the_journal_however_it_is_read(story: Story) -> None:
    assert told_step_by_step(story) == story.state
    assert project(story.kind, story.begun, reversed(story.entries)) == story.state
    assert story.state.seq == len(story.entries)


@pytest.mark.parametrize("story", STORIES)
def test_a_state_grows_from_any_earlier_one(story: Story) -> None:
    for count in range(len(story.entries)):
        state = project(story.kind, story.begun, story.entries[:count])
        for entry in story.entries[count:]:
            state = LAWS[story.kind].apply(state, entry)
        assert state == story.state


def test_entries_are_put_in_their_order() -> None:
    entries = [Entry(seq, "act", START) for seq in (3, 1, 2)]
    assert [entry.seq for entry in ordered(entries)] == [1, 2, 3]
    assert ordered([]) == []


@pytest.mark.parametrize(
    ("numbers", "stands", "due"), [((1, 3), 3, 2), ((2, 3), 2, 1), ((1, 2, 2), 2, 3), ((0, 1), 0, 1)]
)
def test_a_gap_or_a_double_is_a_broken_journal(numbers: tuple[int, ...], stands: int, due: int) -> None:
    with pytest.raises(ValueError, match=f"^journal entry {stands} stands where {due} is due$"):
        ordered(Entry(seq, "act", START) for seq in numbers)


@pytest.mark.parametrize(
    ("story", "state", "stage"),
    [
        (published(), SelectionState, "announcement"),
        (term(), TermState, "in_office"),
        (verified(), ContractState, "rating"),
        (improving(), ReviewState, "improvement"),
    ],
)
def test_every_kind_of_case_has_its_law(story: Story, state: type[CaseState], stage: str) -> None:
    assert type(story.begun) is state
    assert type(story.state) is state
    shown = LAWS[story.kind].stage(story.state)
    assert (shown, type(shown)) == (stage, str)
    assert set(LAWS) == set(CaseKind)


def test_an_entry_of_a_story_happens_an_hour_after_the_one_before() -> None:
    assert rated().entries[-1].at - rated().entries[-2].at == HOUR


# -- names -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "case_id", "name"),
    [
        (CaseKind.SELECTION, "s-1-2027", "selection/s-1-2027"),
        (CaseKind.TERM, "t-1", "term/t-1"),
        (CaseKind.CONTRACT, "t-1-2027", "contract/t-1/2027"),
        (CaseKind.REVIEW, "t-1-2027", "review/t-1-2027"),
    ],
)
def test_a_workflow_is_named_by_kind_and_case_and_a_contract_by_term_and_year(
    kind: CaseKind, case_id: str, name: str
) -> None:
    assert workflow_id(kind, case_id) == name


# -- refusals in words -------------------------------------------------------------------------------------------


def test_a_refusal_carries_its_code_rule_article_and_facts() -> None:
    refusal = Refused("already-done", rule="r", citation="Pasal 1", act="notify")
    assert (refusal.code, refusal.rule, refusal.citation, refusal.facts) == (
        "already-done",
        "r",
        "Pasal 1",
        {"act": "notify"},
    )
    assert refusal.args == ("already-done",)
    assert str(refusal) == "already-done: The act notify has been recorded already."
    bare = Refused("case-closed")
    assert (bare.rule, bare.citation, bare.facts) == ("", "", {})


def test_a_refusal_reads_in_indonesian_unless_english_is_asked_for() -> None:
    facts = {"act": "notify"}
    assert message("already-done", facts) == "Tindakan notify sudah dicatat."
    assert message("already-done", facts, "id") == "Tindakan notify sudah dicatat."
    assert message("already-done", facts, "en") == "The act notify has been recorded already."


def test_a_missing_fact_shows_as_its_name() -> None:
    assert message("already-done", {}) == "Tindakan [act] sudah dicatat."


def test_a_code_outside_the_table_is_refused_plainly() -> None:
    assert message("unheard-of", {}) == "Permintaan ditolak."
    assert message("unheard-of", {}, "en") == "The request is refused."
    assert status("unheard-of") == 409


@pytest.mark.parametrize(
    ("code", "number"), [("unknown-act", 404), ("case-closed", 409), ("target-post", 422), ("not-a-signer", 403)]
)
def test_a_refusal_has_the_status_of_its_code(code: str, number: int) -> None:
    assert status(code) == number
    assert REFUSALS[code].status == number

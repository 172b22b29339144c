"""Publication, the window, extensions and closing a vacancy, written to real databases."""

from datetime import date, timedelta

import pytest
from sqlmodel import col

from domain.refusals import Refused
from domain.words import Outcome, Stage
from records.applications import require_open
from records.documents import COMMITTEE
from records.tables import Document, JournalEntry, NumberSeries, PinnedRules, Selection, Vacancy, Window
from tests.acts import selection_road as road
from tests.acts.selection_plan import PLAN
from tests.acts.selection_world import World

pytest_plugins = ["tests.acts.selection_fixtures"]
DAY = timedelta(days=1)


# -- publication -------------------------------------------------------------------------------------------------


def test_publishing_pins_the_rules_opens_the_windows_and_tells_the_committee(drafted: World) -> None:
    entry = drafted.act("publish", "secretariat")
    assert drafted.lane().stage is Stage.ANNOUNCEMENT
    assert drafted.row(PinnedRules, drafted.state.rules_sha256).ruleset_id == "id-pns-2020"
    window = drafted.row(Window, drafted.vacancy)
    assert window.closes_at == drafted.due("window")
    assert entry.data["documents"] == 1
    assert drafted.told("committee_notice") == set(road.COMMITTEE)


def test_an_incomplete_plan_is_not_published_and_names_what_is_missing(drafted: World) -> None:
    drafted.change(Selection, drafted.selection_id, weights={})
    drafted.change(Vacancy, drafted.vacancy, documents=[])
    refused = drafted.refused("publish", "secretariat")
    assert (refused.code, refused.facts["missing"]) == ("plan-incomplete", "weights, vacancies[0].documents")


def test_an_unlawful_plan_is_not_published_and_names_the_rule(drafted: World) -> None:
    drafted.change(Selection, drafted.selection_id, announcement={"opens": "2027-01-18", "closes": "2027-01-25"})
    refused = drafted.refused("publish", "secretariat")
    assert (refused.code, refused.rule) == ("plan-unlawful", "announcement.min_calendar_days")
    assert "Pasal 117" in refused.citation


def test_a_plan_without_the_supervisors_approval_is_not_published(drafted: World) -> None:
    drafted.change(Selection, drafted.selection_id, approvals={"plan_approval": None})
    assert drafted.refused("publish", "secretariat").code == "plan-unlawful"


def test_a_round_is_not_published_after_its_opening_date(drafted: World) -> None:
    drafted.now += DAY
    refused = drafted.refused("publish", "secretariat")
    assert (refused.code, refused.facts["today"]) == ("publish-late", "2027-01-19")


def test_a_round_published_early_opens_its_window_on_the_day_announced(drafted: World) -> None:
    drafted.now -= 2 * DAY
    drafted.act("publish", "secretariat")
    with pytest.raises(Refused) as caught:
        require_open(drafted.row(Window, drafted.vacancy), drafted.now)
    assert caught.value.code == "window-not-open"


def test_the_rules_pinned_are_those_in_force_on_the_opening_date_as_lint_used_them(drafted: World) -> None:
    drafted.change(Selection, drafted.selection_id, ruleset_id="id-pns-2017")
    drafted.act("publish", "secretariat")
    assert drafted.row(PinnedRules, drafted.state.rules_sha256).ruleset_id == "id-pns-2017"


@pytest.mark.parametrize(
    ("kind", "context", "needs"),
    [
        ("head_of_agency", {}, ("appointment",)),
        ("sekda", {}, ("appointment", "governor")),
        ("sekwan", {}, ("appointment", "council")),
        ("inspector", {"acting_head": True}, ("appointment", "home_affairs")),
    ],
)
def test_a_post_needs_the_clearances_that_the_law_asks_for(
    blank: World, kind: str, context: dict[str, bool], needs: tuple[str, ...]
) -> None:
    consent = {"plan_approval": "B-1/X", "home_affairs_consent": "M-1/X" if context else None}
    blank.draft(kind, context={**PLAN["context"], **context}, approvals=consent)
    blank.act("publish", "secretariat")
    assert blank.lane().needs == needs


def test_publishing_twice_is_publishing_once(published: World) -> None:
    entry, replayed = published.answer("publish", "secretariat")
    assert (entry.seq, replayed) == (2, True)


# -- the window --------------------------------------------------------------------------------------------------


def test_applicants_are_counted_when_the_window_closes_without_drafts_and_the_withdrawn(published: World) -> None:
    ids = road.applied(published, 5)
    published.withdraw(ids["candidate5"])
    published.apply("slow", submitted=False)
    assert published.reach(published.due("window")) == ["remind window", "fall_due window"]
    lane = published.lane()
    assert (lane.window_closed, lane.applicants, lane.enough) == (True, 4, True)
    assert published.row(Window, published.vacancy).closed_at == published.now
    assert published.told("window_reminder") == {"slow"}


def test_a_closed_window_takes_no_application_even_before_its_deadline(published: World) -> None:
    road.window_closed(published)
    window = published.row(Window, published.vacancy)
    with pytest.raises(Refused) as caught:
        require_open(window, window.closes_at - DAY)
    assert caught.value.code == "window-closed"


def test_one_too_few_holds_the_vacancy_until_it_is_extended_or_closed(published: World) -> None:
    road.window_closed(published, 3)
    refused = published.refused("advance", "chair", published.vacancy, stage="announcement")
    assert (refused.code, refused.rule, refused.facts["applicants"]) == (
        "too-few-applicants",
        "applicants.min_per_post",
        "3",
    )


def test_enough_applicants_need_no_extension(published: World) -> None:
    road.window_closed(published)
    assert published.refused("extend_vacancy", "chair", published.vacancy).code == "enough-applicants"


def test_a_window_is_extended_seven_days_at_most_twice_and_everybody_who_began_is_told(published: World) -> None:
    road.window_closed(published, 2)
    published.apply("slow", submitted=False)
    days = []
    for _ in range(2):
        published.act("extend_vacancy", "chair", published.vacancy, at=published.now + timedelta(hours=10))
        closes = published.due("window")
        assert published.row(Window, published.vacancy).closes_at == closes
        assert published.row(Window, published.vacancy).closed_at is None
        days.append(published.calendar().local_date(closes))
        published.reach(closes)
    assert days == [date(2027, 2, 10), date(2027, 2, 18)]
    assert published.told("window_extended") == {"candidate1", "candidate2", "slow", *road.COMMITTEE}
    refused = published.refused("extend_vacancy", "chair", published.vacancy)
    assert (refused.code, refused.rule, refused.facts["times"]) == ("no-more-extensions", "extension.max_times", "2")
    assert refused.citation


def test_an_extended_window_counts_again_when_it_closes(published: World) -> None:
    road.window_closed(published, 3)
    published.act("extend_vacancy", "chair", published.vacancy, at=published.now + road.HOUR)
    published.apply("late")
    published.reach(published.due("window"))
    assert (published.lane().applicants, published.lane().enough) == (4, True)
    published.act("advance", "chair", published.vacancy, stage="announcement")
    assert published.lane().stage is Stage.SCREENING


def test_a_decision_about_too_few_falls_overdue_visibly_and_is_still_taken(published: World) -> None:
    road.window_closed(published, 1)
    happened = published.reach(published.due("announcement"))
    assert happened[-1] == "fall_due announcement"
    deadline = published.state.deadline(f"announcement/{published.vacancy}")
    assert deadline is not None
    assert deadline.passed
    assert published.state.next_deadline() is None
    published.act("extend_vacancy", "chair", published.vacancy)
    assert [d.key for d in published.state.deadlines] == [f"window/{published.vacancy}"]


# -- closing -----------------------------------------------------------------------------------------------------


def test_closing_for_lack_of_applicants_tells_everybody_and_ends_the_round(published: World) -> None:
    road.window_closed(published, 2)
    published.act("close_vacancy", "chair", published.vacancy)
    assert published.told("vacancy_closed") == {"candidate1", "candidate2"}
    assert (published.state.outcome, published.state.deadlines) == (Outcome.NOT_FILLED, ())
    entry = published.rows(JournalEntry, col(JournalEntry.act) == "close_vacancy")[0]
    assert entry.closes


def test_closing_a_vacancy_while_its_window_is_open_closes_the_window(two: World) -> None:
    two.act("close_vacancy", "chair", two.vacancy)
    assert two.row(Window, two.vacancy).closed_at == two.now
    assert two.row(Window, two.vacancies[1]).closed_at is None
    assert [d.subject for d in two.state.deadlines] == [two.vacancies[1]]
    assert two.state.closed_at is None


def test_a_vacancy_closed_while_suspended_stays_closed(two: World) -> None:
    two.act("suspend", "chair", two.vacancy, ground="complaint")
    two.act("close_vacancy", "chair", two.vacancy)
    assert two.lane().suspended_at is None
    assert two.refused("resume", "chair", two.vacancy).code == "wrong-stage"
    with pytest.raises(Refused, match="window-closed"):
        require_open(two.row(Window, two.vacancy), two.now)


def test_a_closed_vacancy_does_nothing_more(two: World) -> None:
    two.act("close_vacancy", "chair", two.vacancy)
    for act in ("advance", "extend_vacancy", "suspend"):
        assert two.refused(act, "chair", two.vacancy, **({"ground": "outage"} if act == "suspend" else {})).code == (
            "wrong-stage"
        )


# -- several vacancies -------------------------------------------------------------------------------------------


def test_without_names_an_act_means_every_vacancy_that_stands_there(two: World) -> None:
    for vacancy in two.vacancies:
        for n in range(4):
            two.apply(f"{vacancy}-{n}", vacancy)
    two.reach(two.due(f"window/{two.vacancies[1]}"))
    entry = two.act("advance", "chair", stage="announcement")
    assert set(entry.vacancy_ids) == set(two.vacancies)
    again, replayed = two.answer("advance", "clerk", stage="announcement")
    assert (again.seq, replayed) == (entry.seq, True)


def test_an_equal_repeat_without_names_is_recognised_though_one_vacancy_was_closed_before(two: World) -> None:
    for n in range(4):
        two.apply(f"c{n}", two.vacancies[1])
    two.act("close_vacancy", "chair", two.vacancy)
    two.reach(two.due(f"window/{two.vacancies[1]}"))
    entry = two.act("advance", "chair", stage="announcement")
    again, replayed = two.answer("advance", "clerk", stage="announcement")
    assert (again.seq, replayed) == (entry.seq, True)


def test_an_act_on_two_vacancies_of_which_one_is_refused_saves_nothing(two: World) -> None:
    for n in range(4):
        two.apply(f"c{n}", two.vacancies[1])
    two.reach(two.due(f"window/{two.vacancies[1]}"))
    assert two.refused("advance", "chair", *two.vacancies, stage="announcement").code == "too-few-applicants"
    assert {lane.stage for lane in two.state.lanes.values()} == {Stage.ANNOUNCEMENT}


def test_the_recorder_refuses_the_second_vacancy_after_it_has_written_the_first(two: World) -> None:
    """Extensions are counted by the recorder: the first window was longer already when the second was refused."""
    first, second = two.vacancies
    two.reach(two.due(f"window/{second}"))
    for _ in range(2):
        two.act("extend_vacancy", "chair", second, at=two.now + road.HOUR)
        two.reach(two.due(f"window/{second}"))
    before = two.row(Window, first).closes_at
    assert two.refused("extend_vacancy", "chair", first, second).code == "no-more-extensions"
    assert two.row(Window, first).closes_at == before


def test_a_person_may_apply_for_two_vacancies_and_is_told_about_each(two: World) -> None:
    for vacancy in two.vacancies:
        two.apply("keen", vacancy)
    two.reach(two.due(f"window/{two.vacancies[1]}"))
    two.act("extend_vacancy", "chair")
    assert len([m for m in two.mails("window_extended") if m.person_id == two.people["keen"]]) == 2


def test_numbers_of_a_series_are_given_once_across_rounds(blank: World) -> None:
    blank.draft()
    blank.act("publish", "secretariat")
    blank.draft()
    blank.act("publish", "secretariat")
    numbers = sorted(d.number for d in blank.rows(Document))
    assert [n.split("/")[1] for n in numbers] == ["001", "002"]
    series = blank.rows(NumberSeries, col(NumberSeries.series) == COMMITTEE.name)
    assert [s.last for s in series] == [2]

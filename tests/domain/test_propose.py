"""Proposed timetables: lawful, and none of their dates could be earlier."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_plan import LAWFUL

import regulations
from domain.calendar import Calendar
from domain.lint import lint, speaks
from domain.plan import Plan, PlannedStage, PlanStage, plan_from_mapping, plan_to_mapping
from domain.propose import Proposal, Proposed, propose
from domain.rules import RuleSet
from records.calendars import build_calendar
from tests.altered import with_values

CALENDAR: Final = build_calendar("Asia/Jakarta", range(2025, 2031))
RULES: Final = regulations.load("id-pns-2020")
TODAY: Final = date(2026, 3, 1)  # a Sunday
ONE_DAY: Final = timedelta(days=1)


def _plan(**change: object) -> Plan:
    return plan_from_mapping({key: value for key, value in (LAWFUL | change).items() if value is not ...})


def _dates(proposal: Proposal) -> list[tuple[str, str, str]]:
    return [(step.step, str(step.start), str(step.end)) for step in proposal.steps]


# -- examples ----------------------------------------------------------------------------------------------------


def test_the_shortest_timetable_of_the_sample_plan() -> None:
    proposal = propose(_plan(), RULES, CALENDAR, TODAY, date(2026, 1, 20))
    assert _dates(proposal) == [
        ("announcement", "2026-01-20", "2026-02-04"),
        ("screening_result", "2026-02-05", "2026-02-05"),
        ("assessment", "2026-02-06", "2026-02-09"),  # two working days as in the plan, over a weekend
        ("paper", "2026-02-10", "2026-02-10"),
        ("interview", "2026-02-11", "2026-02-11"),
        ("health", "2026-02-12", "2026-02-12"),
        ("supervisor_report", "2026-02-12", "2026-02-23"),  # five working days; 16 and 17 February are free
        ("final_result", "2026-02-24", "2026-02-24"),
        ("ppk_report", "2026-02-25", "2026-02-25"),
        ("choice", "2026-02-26", "2026-02-26"),
        ("recommendation", "2026-02-27", "2026-03-06"),
        ("decree", "2026-03-09", "2026-03-09"),
        ("inauguration", "2026-03-10", "2026-03-10"),
        ("age_reference", "2026-03-10", "2026-03-10"),
    ]


def test_each_step_names_rule_article_and_reason_in_both_languages() -> None:
    steps = {step.step: step for step in propose(_plan(), RULES, CALENDAR, TODAY, date(2026, 1, 20)).steps}
    assert steps["announcement"].to_mapping() == {
        "step": "announcement",
        "start": "2026-01-20",
        "end": "2026-02-04",
        "reason": "Diumumkan pada hari kerja dan ditutup 15 hari kalender sesudahnya, menurut hitungan ketat.",
        "reason_en": "Published on a working day and closed 15 calendar days later, counted strictly.",
        "rule": "announcement.min_calendar_days",
        "citation": "PP 11/2017 Pasal 117 ayat (2)",
        "confidence": "read",
    }
    facts = {
        "screening_result": ("selter.propose.screening_working_days", "4 Februari 2026", "2026-02-04"),
        "assessment": ("stages.order", "5 Februari 2026, selama 2 hari kerja", "2026-02-05, for 2 working days"),
        "paper": ("stages.order", "Penulisan makalah: hari kerja pertama sesudah 9 Februari 2026.", "2026-02-09."),
        "health": ("stages.required", "sesudah 11 Februari 2026", "after 2026-02-11"),
        "supervisor_report": ("selter.propose.supervisor_working_days", "BKN", "5 working days from 2026-02-12"),
        "final_result": ("result.publish", "sesudah 23 Februari 2026", "after 2026-02-23"),
        "ppk_report": ("appointing_authority.pratama", "kepada PPK", "to the PPK"),
        "choice": ("ppk.decision_working_days", "paling lambat 11 Maret 2026", "by 2026-03-11"),
        "recommendation": ("bkn.recommendation_before_inauguration", "5 hari kerja", "5 working days from 2026-02-27"),
        "decree": ("appointing_authority.pratama", "terpenuhi 6 Maret 2026", "there on 2026-03-06"),
        "inauguration": ("inauguration.max_days_after_sk", "paling lambat 8 April 2026", "by 2026-04-08"),
        "age_reference": ("candidate.age_reference", "jadwal ini", "this timetable"),
    }
    for name, (rule, fact, fact_en) in facts.items():
        step = steps[name]
        assert (step.rule, fact in step.reason, fact_en in step.reason_en) == (rule, True, True), step
        assert step.citation == RULES.rule(rule).citation
        assert step.confidence is RULES.rule(rule).confidence


def test_without_stages_every_required_one_is_proposed() -> None:
    proposal = propose(_plan(stages=...), RULES, CALENDAR, TODAY, date(2026, 1, 20))
    assert [step.step for step in proposal.steps][:6] == [
        "announcement",
        "screening_result",
        "assessment",
        "interview",
        "health",
        "supervisor_report",
    ]


def test_what_the_law_does_not_require_is_not_added() -> None:
    asked = with_values(RULES, {"stages.required": ("admin_and_track_record",)})
    steps = [step.step for step in propose(_plan(stages=...), asked, CALENDAR, TODAY, date(2026, 1, 20)).steps]
    assert steps[:3] == ["announcement", "screening_result", "supervisor_report"]


def test_without_a_date_it_begins_with_the_supervisors_approval() -> None:
    plan = _plan(announcement=..., approvals={"home_affairs_consent": None})
    proposal = propose(plan, RULES, CALENDAR, TODAY)
    assert _dates(proposal)[:2] == [
        ("plan_approval", "2026-03-02", "2026-03-09"),
        ("announcement", "2026-03-10", "2026-03-25"),
    ]
    approval = proposal.steps[0]
    assert approval.rule == "plan.bkn_approval_required"
    assert "BKN" in approval.reason
    assert "5 hari kerja" in approval.reason
    assert "5 working days" in approval.reason_en
    assert proposal.plan is not None
    assert not speaks(lint(proposal.plan, RULES, CALENDAR))


@pytest.mark.parametrize(
    ("rules", "approvals"),
    [
        (RULES, {"plan_approval": "B-1"}),
        (with_values(RULES, {"plan.bkn_approval_required": False}), {"plan_approval": None}),
    ],
)
def test_an_approved_plan_is_published_on_the_next_working_day(rules: RuleSet, approvals: dict[str, Any]) -> None:
    proposal = propose(_plan(announcement=..., approvals=approvals), rules, CALENDAR, TODAY)
    assert _dates(proposal)[0] == ("announcement", "2026-03-02", "2026-03-17")


def test_a_publication_on_a_day_off_moves_to_the_next_working_day() -> None:
    proposal = propose(_plan(), RULES, CALENDAR, TODAY, date(2026, 2, 14))  # Saturday; Monday and Tuesday are free
    assert _dates(proposal)[0] == ("announcement", "2026-02-18", "2026-03-05")


def test_files_and_track_records_run_side_by_side_before_what_needs_them() -> None:
    stages = [
        {"stage": "document_check", "start": "2026-02-05", "end": "2026-02-06"},
        {"stage": "track_record", "start": "2026-02-02", "end": "2026-02-13"},
        {"stage": "screening_result", "start": "2026-02-09", "end": "2026-02-10"},
        {"stage": "interview", "date": "2026-02-12"},
        {"stage": "top_three", "date": "2026-02-13"},
        {"stage": "final_result", "start": "2026-02-18", "end": "2026-02-19"},
        {"stage": "objection", "start": "2026-02-20", "end": "2026-02-24"},
    ]
    proposal = propose(_plan(stages=stages), RULES, CALENDAR, TODAY, date(2026, 1, 20))
    assert _dates(proposal)[1:12] == [
        ("document_check", "2026-02-05", "2026-02-06"),
        ("track_record", "2026-02-05", "2026-02-20"),  # ten working days
        ("screening_result", "2026-02-09", "2026-02-10"),
        ("assessment", "2026-02-11", "2026-02-11"),
        ("interview", "2026-02-12", "2026-02-12"),
        ("top_three", "2026-02-23", "2026-02-23"),
        ("health", "2026-02-24", "2026-02-24"),
        ("supervisor_report", "2026-02-24", "2026-03-03"),
        ("final_result", "2026-03-04", "2026-03-05"),
        ("objection", "2026-03-06", "2026-03-10"),
        ("ppk_report", "2026-03-11", "2026-03-11"),
    ]
    screening = proposal.steps[3]
    assert (screening.rule, "6 Februari 2026" in screening.reason) == ("stages.order", True)
    assert "2026-02-06" in screening.reason_en


def test_the_plans_own_order_of_assessment_and_paper_is_kept() -> None:
    stages = [
        {"stage": "assessment", "date": "2026-02-12"},
        {"stage": "assessment"},
        {"stage": "paper", "date": "2026-02-09"},
        {"stage": "assessment_result", "date": "2026-02-13"},
        {"stage": "psych_test", "start": "2026-02-19", "end": "2026-02-20"},
        {"stage": "health"},
    ]
    proposal = propose(_plan(stages=stages), RULES, CALENDAR, TODAY, date(2026, 1, 20))
    assert _dates(proposal)[2:9] == [
        ("paper", "2026-02-06", "2026-02-06"),
        ("assessment", "2026-02-09", "2026-02-09"),
        ("assessment", "2026-02-10", "2026-02-10"),
        ("assessment_result", "2026-02-11", "2026-02-11"),
        ("interview", "2026-02-12", "2026-02-12"),
        ("psych_test", "2026-02-13", "2026-02-18"),
        ("supervisor_report", "2026-02-13", "2026-02-24"),
    ]


def test_health_comes_before_the_names_where_it_may_not_follow() -> None:
    strict = with_values(RULES, {"stages.health.may_be_after_top3": False})
    proposal = propose(_plan(), strict, CALENDAR, TODAY, date(2026, 1, 20))
    assert _dates(proposal)[5:7] == [
        ("health", "2026-02-12", "2026-02-12"),
        ("supervisor_report", "2026-02-13", "2026-02-24"),
    ]
    assert proposal.plan is not None
    assert not speaks(lint(proposal.plan, strict, CALENDAR))


def test_long_health_tests_hold_up_the_decree() -> None:
    stages = [{"stage": "health", "start": "2026-03-02", "end": "2026-04-30"}]
    proposal = propose(_plan(stages=stages), RULES, CALENDAR, TODAY, date(2026, 1, 20))
    days = {step: (start, end) for step, start, end in _dates(proposal)}
    assert days["decree"][0] == str(CALENDAR.add_working_days(date.fromisoformat(days["health"][1]), 1))


def test_where_names_may_be_announced_at_once_they_go_to_the_supervisor_afterwards() -> None:
    early = with_values(RULES, {"result.publish": "before_bkn"})
    proposal = propose(_plan(), early, CALENDAR, TODAY, date(2026, 1, 20))
    assert _dates(proposal)[5:9] == [
        ("health", "2026-02-12", "2026-02-12"),
        ("final_result", "2026-02-12", "2026-02-12"),
        ("supervisor_report", "2026-02-13", "2026-02-24"),
        ("ppk_report", "2026-02-25", "2026-02-25"),
    ]


def test_without_a_recommendation_the_decree_follows_the_choice() -> None:
    rules = with_values(RULES, {"bkn.recommendation_before_inauguration": False})
    proposal = propose(_plan(), rules, CALENDAR, TODAY, date(2026, 1, 20))
    assert [step.step for step in proposal.steps][-4:] == ["choice", "decree", "inauguration", "age_reference"]
    assert proposal.steps[-3].start == date(2026, 2, 27)


@pytest.mark.parametrize(
    ("kind", "approvals", "rule", "name"),
    [
        ("sekda", {}, "consult.sekda", "Gubernur"),
        ("sekwan", {}, "consult.sekwan", "pimpinan DPRD"),
        ("inspector", {}, "consult.inspector", "Gubernur"),
        ("sekda", {"governor_coordination": "100/1"}, None, ""),
        ("sekwan", {"dprd_consultation": "170/1"}, None, ""),
        ("sekwan", {"governor_coordination": "100/1"}, "consult.sekwan", "pimpinan DPRD"),
        ("other", {}, None, ""),
    ],
)
def test_other_authorities_are_asked_unless_a_letter_is_there(
    kind: str, approvals: dict[str, str], rule: str | None, name: str
) -> None:
    slow = with_values(RULES, {"selter.propose.consultation_working_days": 8})
    plan = _plan(vacancies=[{"title": "x", "kind": kind}] * 2, approvals={"plan_approval": "B-1", **approvals})
    proposal = propose(plan, slow, CALENDAR, TODAY, date(2026, 1, 20))
    asked = [step for step in proposal.steps if step.step == "consultation"]
    assert [step.rule for step in asked] == ([rule] if rule else [])
    assert all(name in step.reason and "8 hari kerja" in step.reason for step in asked)
    decree = next(step for step in proposal.steps if step.step == "decree")
    assert decree.start == (date(2026, 3, 12) if rule else date(2026, 3, 9))


def test_the_president_appoints_to_higher_levels() -> None:
    plan = _plan(level="madya", agency_kind="kementerian")
    reported = next(s for s in propose(plan, RULES, CALENDAR, TODAY).steps if s.step == "ppk_report")
    assert reported.rule == "appointing_authority.madya"
    assert "President" in reported.reason


def test_the_decree_waits_for_the_end_of_a_restriction() -> None:
    plan = _plan(context={"head_inaugurated_on": "2025-10-20"})  # until 20 April 2026
    proposal = propose(plan, RULES, CALENDAR, TODAY, date(2026, 1, 20))
    decree, inauguration = proposal.steps[-3:-1]
    assert (decree.start, inauguration.start) == (date(2026, 4, 21), date(2026, 4, 22))
    assert decree.rule == "political_window.after_inauguration_months"
    assert "20 April 2026" in decree.reason
    assert "2026-04-20" in decree.reason_en
    assert proposal.plan is not None
    assert not speaks(lint(proposal.plan, RULES, CALENDAR))


@pytest.mark.parametrize("inaugurated_on", ["2026-03-09", "2026-03-10"])
def test_decree_and_inauguration_stay_together_around_a_new_head(inaugurated_on: str) -> None:
    proposal = propose(
        _plan(context={"head_inaugurated_on": inaugurated_on}), RULES, CALENDAR, TODAY, date(2026, 1, 20)
    )
    decree, inauguration = proposal.steps[-3:-1]
    last = date(2026, 9, 9) if inaugurated_on == "2026-03-09" else date(2026, 9, 10)
    first = CALENDAR.add_working_days(last, 1)
    assert (decree.start, inauguration.start) == (first, CALENDAR.add_working_days(first, 1))


@pytest.mark.parametrize(
    ("change", "restricted"),
    [
        ({"context": {"next_candidacy_determination": "2026-09-10"}}, True),  # from 10 March, the inauguration
        ({"context": {"next_candidacy_determination": "2026-09-11"}}, False),
        ({"context": {"next_candidacy_determination": "2026-09-09"}}, True),  # from 9 March, the decree
        (
            {
                "context": {"next_candidacy_determination": "2026-09-09"},
                "approvals": {"plan_approval": "B-1", "home_affairs_consent": "100/1"},
            },
            False,
        ),
        ({"context": {"next_candidacy_determination": "2026-09-09"}, "agency_kind": "lembaga"}, False),
        ({"context": {"next_candidacy_determination": "2026-09-09"}, "agency_kind": ...}, True),
    ],
)
def test_before_an_election_no_timetable_is_lawful_without_consent(change: dict[str, Any], restricted: bool) -> None:
    proposal = propose(_plan(**change), RULES, CALENDAR, TODAY, date(2026, 1, 20))
    assert (proposal.plan is None) is restricted
    if restricted:
        (only,) = proposal.steps
        assert (only.step, only.start, only.end) == ("decree", None, None)
        assert only.rule == "political_window.before_candidacy_months"
        assert only.citation == "UU 10/2016 Pasal 71 ayat (2)"
        assert "9 Maret 2026" in only.reason
        assert "2026-03-09" in only.reason_en
        assert only.to_mapping()["start"] is None


def test_the_plan_of_a_proposal_keeps_everything_but_its_dates() -> None:
    plan = _plan(extensions=["2026-02-10"], announcement=LAWFUL["announcement"] | {"scope": "province"})
    proposed = propose(plan, RULES, CALENDAR, TODAY, plan.opens).plan
    assert proposed is not None
    assert proposed.requirements is not None
    assert proposed.announcement is not None
    assert proposed.announcement.scope == "province"
    assert proposed.requirements.age_reference == date(2026, 3, 10)
    same = replace(
        proposed,
        announcement=plan.announcement,
        stages=plan.stages,
        extensions=plan.extensions,
        requirements=plan.requirements,
    )
    assert same == plan
    assert plan_from_mapping(plan_to_mapping(proposed)) == proposed


@pytest.mark.parametrize("requirements", [..., {"max_age": 56}])
def test_without_a_reference_date_none_is_proposed(requirements: object) -> None:
    proposal = propose(_plan(requirements=requirements), RULES, CALENDAR, TODAY)
    assert "age_reference" not in [step.step for step in proposal.steps]


# -- every plan --------------------------------------------------------------------------------------------------

_KEPT: Final = [stage for stage in PlanStage if stage not in (PlanStage.OTHER, PlanStage.EXTENSION)]
_DAYS: Final = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@st.composite
def _stages(draw: Any) -> list[dict[str, str]]:
    chosen = draw(st.lists(st.sampled_from(_KEPT), max_size=8))
    starts = [draw(_DAYS) for _ in chosen]
    lengths = [draw(st.integers(0, 5)) for _ in chosen]
    return [
        {"stage": stage.value, "start": str(start), "end": str(start + ONE_DAY * length)}
        for stage, start, length in zip(chosen, starts, lengths, strict=True)
    ]


@st.composite
def _plans(draw: Any) -> Plan:
    kinds = st.sampled_from(["sekda", "sekwan", "inspector", "other"])
    inaugurated = draw(st.one_of(st.none(), _DAYS))
    return _plan(
        stages=draw(st.one_of(st.just(...), _stages())),
        vacancies=[{"title": "x", "kind": draw(kinds)} for _ in range(draw(st.integers(1, 2)))],
        requirements=LAWFUL["requirements"] | {"min_rank": "IV/b"},
        context={"head_inaugurated_on": str(inaugurated) if inaugurated else None},
    )


_SETS: Final = [
    RULES,
    with_values(RULES, {"result.publish": "before_bkn", "stages.health.may_be_after_top3": False}),
    with_values(RULES, {"announcement.count_mode": "strict", "selter.propose.screening_working_days": 3}),
]


@settings(max_examples=150, deadline=None)
@given(_plans(), st.sampled_from(_SETS), st.one_of(st.none(), _DAYS))
def test_lint_finds_nothing_on_a_proposal_and_no_date_can_be_earlier(
    plan: Plan, rules: RuleSet, opens: date | None
) -> None:
    proposal = propose(plan, rules, CALENDAR, TODAY, opens)
    assert proposal.plan is not None
    assert not speaks(lint(proposal.plan, rules, CALENDAR))
    dated = [step for step in proposal.steps if step.step != "age_reference"]
    begins = CALENDAR.next_working_day(TODAY if opens is None else opens)
    for step in dated:
        for moved in _one_day_earlier(step):
            objection = _lint_objects(proposal.plan, step, moved, rules)
            assert objection or _breaks_its_reason(moved, step, dated, begins, rules), (step, moved)


def _one_day_earlier(step: Proposed) -> list[Proposed]:
    assert step.start is not None
    assert step.end is not None
    whole = replace(step, start=step.start - ONE_DAY, end=step.end - ONE_DAY)
    return [whole] if step.start == step.end else [whole, replace(step, end=step.end - ONE_DAY)]


def _lint_objects(plan: Plan, step: Proposed, moved: Proposed, rules: RuleSet) -> bool:
    if step.step == PlanStage.ANNOUNCEMENT:
        assert plan.announcement is not None
        changed = replace(plan, announcement=replace(plan.announcement, opens=moved.start, closes=moved.end))
    else:
        old = PlannedStage(PlanStage(step.step), step.start, step.end)
        new = PlannedStage(PlanStage(step.step), moved.start, moved.end)
        changed = replace(plan, stages=tuple(new if stage == old else stage for stage in plan.stages or ()))
    return speaks(lint(changed, rules, CALENDAR))


def _breaks_its_reason(moved: Proposed, step: Proposed, steps: list[Proposed], begins: date, rules: RuleSet) -> bool:
    """What the reasons state, told apart from the code: working days, what must be done before, and lengths."""
    assert moved.start is not None
    assert moved.end is not None
    if not CALENDAR.is_working_day(moved.start) or moved.start < begins:
        return True
    if moved.start == step.start:  # only its end was moved: it lasts as long as the plan or practice says
        assert step.end is not None
        lasts = CALENDAR.working_days_between(moved.start - ONE_DAY, step.end)
        answered = CALENDAR.working_days_between(moved.start, step.end)
        said = (f"selama {lasts} hari kerja", f"dalam praktik {answered} hari kerja")
        return CALENDAR.is_working_day(step.end) and any(words in step.reason for words in said)
    done_before = [s.end for s in steps if s is not step and s.end is not None and s.end < (step.start or date.max)]
    last = max(done_before, default=begins - ONE_DAY)
    if moved.start <= last:
        return True
    closed = next(s.end for s in steps if s.step == PlanStage.ANNOUNCEMENT)
    assert closed is not None
    waited = CALENDAR.working_days_between(closed, moved.start)
    if step.step == PlanStage.SCREENING_RESULT:
        return waited < rules.integer("selter.propose.screening_working_days")
    return step.rule == "political_window.after_inauguration_months"


def test_a_calendar_of_six_working_days_shortens_the_timetable() -> None:
    six = Calendar("", "Asia/Jakarta", (), weekend=(6,))
    five = Calendar("", "Asia/Jakarta", ())
    days = [propose(_plan(), RULES, calendar, TODAY, date(2026, 1, 20)).steps[-2].start for calendar in (six, five)]
    assert days[0] is not None
    assert days[1] is not None
    assert days[0] < days[1]

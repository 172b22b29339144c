"""Boundaries of what lint checks in a plan, and of the pace of a proposed timetable."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from boundary import Side, boundary
from sample_plan import LAWFUL, MEMBERS

from domain.calendar import Calendar
from domain.checks import announcement, committee, consent, route, timetable, weights, window
from domain.checks.finding import Finding
from domain.checks.order import Order
from domain.checks.requirements import check_applicants_minimum
from domain.lint import out_of_force
from domain.plan import (
    AgencyKind,
    FillingRoute,
    Plan,
    PlannedKin,
    PlannedStage,
    PlanStage,
    Relation,
    plan_from_mapping,
)
from domain.propose import pace
from domain.rules import Enforcement, RuleSet
from domain.words import Component, VacancyKind

SATURDAY, HOLIDAY, WORKING = date(2026, 2, 14), date(2026, 2, 17), date(2026, 2, 18)
CALENDAR = Calendar("", "Asia/Jakarta", (HOLIDAY,))


def _plan(**change: object) -> Plan:
    return plan_from_mapping(LAWFUL | change)


def _rules_found(findings: Sequence[Finding]) -> list[str]:
    return [finding.rule for finding in findings]


# -- rule set and route ------------------------------------------------------------------------------------------


@boundary("ruleset.in_force", Side(True, kept=True, broken=False), Side(False, kept=False, broken=True))
def says_when_out_of_force(rules: RuleSet, probe: bool) -> bool:
    early = _plan(announcement={"opens": "2020-02-27"})
    assert not list(out_of_force(_plan(announcement={"opens": "2020-02-28"}), rules))
    return bool(list(out_of_force(early, rules))) is probe


@boundary(
    "filling_route", Side("selter", kept="selter", broken="talenta"), Side("talenta", kept="talenta", broken="selter")
)
def is_usual_route(rules: RuleSet, probe: str) -> bool:
    assert route.route_of(Plan(), rules) is route.usual_route(rules)
    return route.usual_route(rules) is FillingRoute(probe)


@boundary(
    "filling_route.talenta.requires_approval",
    Side(True, kept=(None, True), broken=("B-1", True)),
    Side(False, kept=(None, False), broken=(None, True)),
)
def missing_talent_approval_is_found(rules: RuleSet, probe: tuple[str | None, bool]) -> bool:
    number, found = probe
    plan = _plan(filling_route="talenta", approvals={"talent_approval": number})
    return bool(list(route.without_talent_approval(plan, rules))) is found


@boundary(
    "consult.sekda",
    Side("governor", kept="governor", broken="minister"),
    Side("minister", kept="minister", broken="governor"),
)
def regional_secretary_consults(rules: RuleSet, authority: str) -> bool:
    assert consent.consulted(VacancyKind.SEKDA, AgencyKind.PROVINSI, rules) is None
    return consent.consulted(VacancyKind.SEKDA, AgencyKind.KABUPATEN, rules) == authority


@boundary(
    "consult.sekwan",
    Side("dprd_leadership", kept="dprd_leadership", broken="governor"),
    Side("governor", kept="governor", broken="dprd_leadership"),
)
def council_secretary_consults(rules: RuleSet, authority: str) -> bool:
    assert consent.consulted(VacancyKind.SEKWAN, AgencyKind.KEMENTERIAN, rules) is None
    return consent.consulted(VacancyKind.SEKWAN, AgencyKind.PROVINSI, rules) == authority


@boundary(
    "consult.inspector",
    Side("governor", kept="governor", broken="minister"),
    Side("minister", kept="minister", broken="governor"),
)
def inspector_consults(rules: RuleSet, authority: str) -> bool:
    return consent.consulted(VacancyKind.INSPECTOR, AgencyKind.KOTA, rules) == authority


# -- announcement ------------------------------------------------------------------------------------------------


@boundary(
    "announcement.min_calendar_days",
    Side(15, kept="2026-02-04", broken="2026-02-03"),
    Side(30, kept="2026-02-19", broken="2026-02-18"),
)
def long_enough(rules: RuleSet, closes: str) -> bool:
    opens, day = date(2026, 1, 20), date.fromisoformat(closes)
    assert (window.earliest_closing(opens, rules) <= day) is not bool(list(window.window_too_short(opens, day, rules)))
    return window.earliest_closing(opens, rules) <= day


@boundary(
    "announcement.count_mode",
    Side("inclusive", kept="2026-02-03", broken="2026-02-02"),
    Side("strict", kept="2026-02-04", broken="2026-02-03"),
)
def may_be_published(rules: RuleSet, closes: str) -> bool:
    found = window.window_too_short(date(2026, 1, 20), date.fromisoformat(closes), rules)
    window.counts_first_day(rules)
    return all(finding.severity is not Enforcement.BLOCK for finding in found)


_FIELDS = ["post", "requirements", "competency_standard", "deadline", "stages_schedule_system", "secretariat_contact"]


@boundary(
    "announcement.required_fields",
    Side(tuple(_FIELDS), kept=_FIELDS, broken=_FIELDS[:-1]),
    Side(("post", "fee"), kept=["post", "fee"], broken=_FIELDS),
)
def holds_everything(rules: RuleSet, contents: list[str]) -> bool:
    stated = _plan(announcement={"contents": contents}).announcement
    assert stated is not None
    return not list(announcement.missing_contents(stated, rules))


@boundary(
    "announcement.scope.kabkota_pratama",
    Side(("national", "province"), kept="province", broken="region"),
    Side(("national",), kept="national", broken="province"),
)
def open_enough(rules: RuleSet, scope: str) -> bool:
    return not list(announcement.too_narrow(_plan(announcement={"scope": scope}), rules))


@boundary(
    "announcement.media",
    Side(("print", "electronic"), kept=["notice_board", "electronic"], broken=["notice_board"]),
    Side(("print",), kept=["print"], broken=["electronic"]),
)
def published_openly(rules: RuleSet, media: list[str]) -> bool:
    stated = _plan(announcement={"media": media}).announcement
    assert stated is not None
    return not list(announcement.wrong_media(stated, rules))


# -- committee ---------------------------------------------------------------------------------------------------


@boundary("committee.min_members", Side(5, kept=5, broken=4), Side(7, kept=7, broken=6))
def large_enough(rules: RuleSet, size: int) -> bool:
    return not list(committee.too_few_members(size, rules))


@boundary("committee.max_members", Side(9, kept=9, broken=10), Side(7, kept=7, broken=8))
def small_enough(rules: RuleSet, size: int) -> bool:
    return not list(committee.too_many_members(size, rules))


@boundary(
    "committee.must_be_odd",
    Side(True, kept=(6, True), broken=(7, True)),
    Side(False, kept=(6, False), broken=(6, True)),
)
def even_is_found(rules: RuleSet, probe: tuple[int, bool]) -> bool:
    size, found = probe
    return bool(list(committee.even_number(size, rules))) is found


@boundary(
    "committee.required_elements",
    Side(("internal", "related_agency", "expert"), kept="internal related_agency expert", broken="internal expert"),
    Side(("internal", "expert"), kept="internal expert", broken="related_agency expert"),
)
def elements_complete(rules: RuleSet, elements: str) -> bool:
    members = _plan(committee=[{"name": "x", "element": e} for e in elements.split()]).committee or ()
    return not list(committee.missing_elements(members, rules))


@boundary(
    "committee.max_internal_share",
    Side(Decimal("0.45"), kept=(9, 20), broken=(10, 20)),
    Side(Decimal("0.4"), kept=(2, 5), broken=(9, 20)),
)
def outside_enough(rules: RuleSet, probe: tuple[int, int]) -> bool:
    internal, size = probe
    elements = ["internal"] * internal + ["expert"] * (size - internal)
    members = _plan(committee=[{"name": "x", "element": e} for e in elements]).committee or ()
    return not list(committee.too_many_internal(members, rules))


@boundary(
    "committee.one_chair", Side(True, kept=(2, True), broken=(1, True)), Side(False, kept=(2, False), broken=(2, True))
)
def wrong_chairs_are_found(rules: RuleSet, probe: tuple[int, bool]) -> bool:
    chairs, found = probe
    roles = ["chair"] * chairs + ["member"] * (5 - chairs)
    members = _plan(committee=[MEMBERS[0] | {"role": role} for role in roles]).committee or ()
    return bool(list(committee.not_one_chair(members, rules))) is found


def _member(**change: Any) -> Any:
    members = _plan(committee=[{"name": "x", "element": "expert", **change}]).committee
    assert members is not None
    return members[0]


@boundary(
    "committee.forbid_party_member",
    Side(True, kept=(True, True), broken=(False, True)),
    Side(False, kept=(True, False), broken=(True, True)),
)
def party_is_found(rules: RuleSet, probe: tuple[bool, bool]) -> bool:
    member, found = _member(party_member=probe[0]), probe[1]
    return bool(list(committee.in_a_party(member, "committee[0]", rules))) is found


@boundary(
    "committee.forbid_supervisor_staff",
    Side(True, kept=(True, True), broken=(False, True)),
    Side(False, kept=(True, False), broken=(True, True)),
)
def supervisor_staff_is_found(rules: RuleSet, probe: tuple[bool, bool]) -> bool:
    member, found = _member(supervisor_staff=probe[0]), probe[1]
    return bool(list(committee.of_the_supervisor(member, "committee[0]", rules))) is found


@boundary(
    "committee.kinship_degree_forbidden",
    Side(2, kept=Relation.COUSIN, broken=Relation.SIBLING_IN_LAW),
    Side(1, kept=Relation.SIBLING_IN_LAW, broken=Relation.PARENT_IN_LAW),
)
def distant_enough(rules: RuleSet, relation: Relation) -> bool:
    return not committee.kinship_forbidden(PlannedKin("x", relation), rules)


# -- timetable ---------------------------------------------------------------------------------------------------

_ORDER = ["announcement", "screening_result", "assessment", "paper", "interview", "final_result", "inauguration"]
_INTERVIEW_FIRST = [
    "announcement",
    "screening_result",
    "interview",
    "assessment",
    "paper",
    "final_result",
    "inauguration",
]


@boundary(
    "stages.order",
    Side(tuple(_ORDER), kept=("assessment", "interview"), broken=("interview", "assessment")),
    Side(tuple(_INTERVIEW_FIRST), kept=("interview", "assessment"), broken=("assessment", "interview")),
)
def in_order(rules: RuleSet, probe: tuple[str, str]) -> bool:
    one, other = (PlanStage(name) for name in probe)
    days = date(2026, 3, 2), date(2026, 3, 3)
    steps = [timetable.Step("", one, days[0], days[0]), timetable.Step("", other, days[1], days[1])]
    assert Order.of(rules).precedes(one, other) is not bool(list(timetable.out_of_order(steps, rules)))
    return Order.of(rules).precedes(one, other)


_REQUIRED = ("admin_and_track_record", "competency", "final_interview", "health_and_psych")


@boundary(
    "stages.required",
    Side(_REQUIRED, kept="screening_result paper interview health", broken="screening_result paper interview"),
    Side(_REQUIRED[:3], kept="screening_result paper interview", broken="screening_result interview"),
)
def shows_all(rules: RuleSet, stages: str) -> bool:
    planned = [PlannedStage(PlanStage(name), None, None) for name in stages.split()]
    assert len(timetable.required_stages(rules)) in (3, 4)
    return not list(timetable.missing_stages(planned, rules))


@boundary(
    "stages.health.may_be_after_top3",
    Side(True, kept="choice", broken="inauguration"),
    Side(False, kept="interview", broken="final_result"),
)
def health_may_follow(rules: RuleSet, stage: str) -> bool:
    return not Order.of(rules).precedes(PlanStage.HEALTH, PlanStage(stage))


@boundary(
    "selter.stages.weekend",
    Side(True, kept=(SATURDAY, True), broken=(WORKING, True)),
    Side(False, kept=(SATURDAY, False), broken=(SATURDAY, True)),
)
def weekend_is_found(rules: RuleSet, probe: tuple[date, bool]) -> bool:
    return _day_off_found(rules, "selter.stages.weekend", *probe)


@boundary(
    "selter.stages.holiday",
    Side(True, kept=(HOLIDAY, True), broken=(WORKING, True)),
    Side(False, kept=(HOLIDAY, False), broken=(HOLIDAY, True)),
)
def holiday_is_found(rules: RuleSet, probe: tuple[date, bool]) -> bool:
    return _day_off_found(rules, "selter.stages.holiday", *probe)


def _day_off_found(rules: RuleSet, rule: str, day: date, found: bool) -> bool:
    step = timetable.Step("stages[0]", PlanStage.INTERVIEW, day, day)
    rules.rule(rule)
    return (_rules_found(list(timetable.on_day_off(step, rules, CALENDAR))) == [rule]) is found


@boundary(
    "selter.stages.overlap",
    Side(True, kept=(2, True), broken=(4, True)),
    Side(False, kept=(2, False), broken=(2, True)),
)
def overlap_is_found(rules: RuleSet, probe: tuple[int, bool]) -> bool:
    day, found = probe
    paper = timetable.Step("", PlanStage.PAPER, date(2026, 3, 2), date(2026, 3, 3))
    interview = timetable.Step("", PlanStage.INTERVIEW, date(2026, 3, day), date(2026, 3, day))
    rules.rule("selter.stages.overlap")
    return bool(list(timetable.out_of_order([paper, interview], rules))) is found


# -- weights and applicants --------------------------------------------------------------------------------------


@boundary(
    "weights",
    Side(("track_record=20", "assessment=25", "paper=20", "interview=35"), kept=20, broken=25),
    Side(("track_record=25", "assessment=25", "paper=15", "interview=35"), kept=25, broken=20),
)
def is_usual_weight(rules: RuleSet, track_record: int) -> bool:
    return weights.usual_weights(rules)[Component.TRACK_RECORD] == track_record


@boundary(
    "weights.sum",
    Side(Decimal("100.0"), kept="65", broken="65.01"),
    Side(Decimal(1000), kept="965", broken="65"),
)
def adds_up(rules: RuleSet, interview: str) -> bool:
    asked = {Component.PAPER: Decimal(35), Component.INTERVIEW: Decimal(interview)}
    assert weights.whole_weight(rules) > 0
    return not list(weights.wrong_sum(asked, rules))


@boundary(
    "weights.ranges",
    Side(
        ("track_record=15..20", "assessment=20..25", "paper=15..20", "interview=30..35"),
        kept=("15", "35"),
        broken=("14.99", "35"),
    ),
    Side(("track_record=10..30", "interview=40..50"), kept=("30", "40"), broken=("30", "39.99")),
)
def in_range(rules: RuleSet, probe: tuple[str, str]) -> bool:
    usual = {Component.ASSESSMENT: Decimal(20), Component.PAPER: Decimal(15)}
    asked = {Component.TRACK_RECORD: Decimal(probe[0]), Component.INTERVIEW: Decimal(probe[1])}
    assert weights.weight_ranges(rules)[Component.TRACK_RECORD].least > 0
    return not list(weights.out_of_range(usual | asked, rules))


@boundary("applicants.min_per_post", Side(4, kept=4, broken=3), Side(6, kept=6, broken=5))
def asks_for_enough(rules: RuleSet, applicants: int) -> bool:
    return not list(check_applicants_minimum(_plan(applicants_minimum=applicants), rules))


# -- the pace of a proposal --------------------------------------------------------------------------------------


@boundary("selter.propose.plan_approval_working_days", Side(5, kept=5, broken=4), Side(7, kept=7, broken=6))
def approval_takes(rules: RuleSet, days: int) -> bool:
    return pace.approval_days(rules) == days


@boundary("selter.propose.screening_working_days", Side(1, kept=1, broken=2), Side(3, kept=3, broken=2))
def screening_takes(rules: RuleSet, days: int) -> bool:
    return pace.screening_days(rules) == days


@boundary("selter.propose.stage_working_days", Side(1, kept=1, broken=2), Side(2, kept=2, broken=1))
def stage_takes(rules: RuleSet, days: int) -> bool:
    return pace.stage_days(rules) == days


@boundary("selter.propose.supervisor_working_days", Side(5, kept=5, broken=4), Side(7, kept=7, broken=6))
def supervisor_takes(rules: RuleSet, days: int) -> bool:
    return pace.supervisor_days(rules) == days


@boundary("selter.propose.consultation_working_days", Side(5, kept=5, broken=4), Side(3, kept=3, broken=4))
def consultation_takes(rules: RuleSet, days: int) -> bool:
    return pace.consultation_days(rules) == days

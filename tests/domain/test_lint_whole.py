"""Lint of what a plan may state beyond the basic format: route, announcement, ties, extensions, letters, last steps."""

from typing import Any

import pytest
from sample_plan import LAWFUL, MEMBERS

from domain.calendar import Calendar
from domain.checks.finding import Finding
from domain.lint import lint
from domain.plan import Plan, plan_from_mapping
from domain.rules import Enforcement, RuleSet
from records.calendars import build_calendar
from tests.altered import with_values, without

WINDOW = LAWFUL["announcement"]
CONTENTS = ["post", "requirements", "competency_standard", "deadline", "stages_schedule_system", "secretariat_contact"]


def _shown(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(f.rule, f.severity.value, f.path) for f in findings]


def _steps(*steps: str) -> list[dict[str, str]]:
    """Stages written as `stage start [end]`, in days of March 2026."""
    split = [step.split() for step in steps]
    return [{"stage": s, "start": f"2026-03-{a}", "end": f"2026-03-{(*b, a)[0]}"} for s, a, *b in split]


@pytest.fixture
def order(find: Any) -> Any:
    """What lint says of a timetable, days off apart."""

    def run(*steps: str, chosen: RuleSet | None = None, **change: object) -> list[tuple[str, str, str]]:
        findings = find(*([chosen] if chosen else []), stages=_steps(*steps), **change)
        return [f for f in _shown(findings) if not f[0].startswith(("selter.stages.w", "selter.stages.h"))]

    return run


# -- what is not stated ------------------------------------------------------------------------------------------


def test_a_lawful_plan_has_two_informations_on_what_the_format_does_not_ask(find_all: Any) -> None:
    found = find_all()
    assert _shown(found) == [
        ("stages.required", "info", "stages"),
        ("announcement.required_fields", "info", "announcement"),
    ]
    assert "health_and_psych; tes kesehatan dan kejiwaan boleh sesudah tiga besar" in found[0].message
    assert "health_and_psych; the health and psychological tests may follow" in found[0].message_en
    assert found[0].expected == "admin_and_track_record, competency, final_interview, health_and_psych"
    assert found[0].actual == "assessment, final_result, inauguration, interview, paper, screening_result"
    assert found[1].citation == "PP 11/2017 Pasal 117 ayat (4)"
    assert "Isi, cakupan, penanda tangan dan media" in found[1].message
    assert "contents, scope, signer and media" in found[1].message_en


def test_a_missing_health_test_that_may_not_follow_has_no_remark(rules: RuleSet, find_all: Any) -> None:
    strict = with_values(rules, {"stages.health.may_be_after_top3": False})
    assert "boleh sesudah" not in find_all(strict)[0].message
    assert "may follow" not in find_all(strict)[0].message_en
    without_interview = find_all(stages=_steps("paper 02", "health 03"))[0]
    assert "boleh sesudah" not in without_interview.message
    assert "admin_and_track_record, final_interview." in without_interview.message


def test_a_set_that_does_not_judge_the_whole_plan_finds_none_of_it(rules: RuleSet, calendar: Calendar) -> None:
    older = RuleSet(rules.id, rules.title, rules.valid_from, rules.valid_to, rules.rules)
    plan = LAWFUL | {
        "filling_route": "talenta",
        "level": "utama",
        "extensions": ["2026-01-28"],
        "announcement": WINDOW | {"contents": [], "media": [], "signer": "x", "scope": "agency"},
        "committee": [
            MEMBERS[0] | {"supervisor_staff": True, "kin_of": [{"relation": "cousin", "of": "y"}]},
            *MEMBERS[1:5],
        ],
        "results": {"cross_use": True, "names_per_post": 1},
        "vacancies": [{"title": "x", "kind": "inspector"}],
        "requirements": {"age_reference": "2026-04-01"},
    }
    found = lint(plan_from_mapping(plan), older, calendar)
    assert [f.rule for f in found if f.severity is not Enforcement.INFO] == ["committee.kinship_degree_forbidden"]
    assert "appointing_authority.utama" not in [f.rule for f in found]
    early = lint(plan_from_mapping({"stages": [{"stage": "interview", "date": "2016-02-05"}]}), older, calendar)
    assert ("ruleset.in_force", "info", "stages") not in _shown(list(early))
    assert "health_and_psych" not in found[1].message


# -- route -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("route", "article"), [("talenta", "Pasal 134"), ("mutasi_ukom", "Pasal 131-132"), ("penataan", "Pasal 130")]
)
def test_another_route_is_not_judged_as_an_open_selection(find_all: Any, route: str, article: str) -> None:
    found = find_all(
        filling_route=route,
        committee=[],
        announcement={"opens": "2026-01-20", "closes": "2026-01-21"},
        approvals={"talent_approval": "B-9"},
    )
    assert _shown(found) == [("filling_route", "info", "filling_route")]
    assert f"jalur {route} diatur PP 11/2017 {article}" in found[0].message
    assert f"route {route} follows PP 11/2017 {article}" in found[0].message_en
    assert (found[0].expected, found[0].actual) == ("selter", route)


@pytest.mark.parametrize("approvals", [..., {}, {"talent_approval": None}, {"talent_approval": ""}])
def test_talent_management_needs_its_approval(find_all: Any, approvals: object) -> None:
    found = find_all(filling_route="talenta", approvals=approvals)
    assert _shown(found)[1:] == [("filling_route.talenta.requires_approval", "block", "approvals.talent_approval")]
    assert "BKN" in found[1].message
    assert "BKN" in found[1].message_en


def test_restrictions_hold_on_every_route(find_all: Any) -> None:
    context = {"head_inaugurated_on": "2026-03-01"}
    assert "political_window.after_inauguration_months" in [
        f.rule for f in find_all(filling_route="mutasi_ukom", context=context)
    ]


def test_an_agency_may_fill_its_posts_by_another_route(rules: RuleSet, find_all: Any) -> None:
    talent = with_values(rules, {"filling_route": "talenta"})
    assert find_all(talent)[0].rule == "filling_route"
    assert "filling_route" not in [f.rule for f in find_all(talent, filling_route="selter")]


# -- announcement ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"contents": CONTENTS}, []),
        ({"contents": [*CONTENTS, "fee"]}, []),
        ({"contents": CONTENTS[1:]}, [("announcement.required_fields", "block", "announcement.contents")]),
        ({"contents": []}, [("announcement.required_fields", "block", "announcement.contents")]),
        ({"scope": "national"}, []),
        ({"scope": "province"}, []),
        ({"scope": "region"}, [("announcement.scope.kabkota_pratama", "block", "announcement.scope")]),
        ({"scope": "agency"}, [("announcement.scope.kabkota_pratama", "block", "announcement.scope")]),
        ({"signer": "chair"}, []),
        ({"signer": "secretariat_head_on_behalf"}, []),
        ({"signer": "bupati"}, [("announcement.signers", "block", "announcement.signer")]),
        ({"media": ["print"]}, []),
        ({"media": ["notice_board", "electronic"]}, []),
        ({"media": ["notice_board"]}, [("announcement.media", "block", "announcement.media")]),
        ({"media": []}, [("announcement.media", "block", "announcement.media")]),
    ],
)
def test_the_announcements_form(find_all: Any, change: dict[str, Any], expected: list[tuple[str, str, str]]) -> None:
    found = _shown(find_all(announcement=WINDOW | change))
    assert [f for f in found if f[2].startswith("announcement")] == expected


def test_what_the_announcement_lacks_is_named(find: Any) -> None:
    change = {"contents": ["post", "deadline"], "scope": "region", "signer": "bupati", "media": ["notice_board"]}
    contents, scope, signer, media = find(announcement=WINDOW | change)
    assert "requirements, competency_standard, stages_schedule_system, secretariat_contact" in contents.message
    assert "requirements, competency_standard, stages_schedule_system, secretariat_contact" in contents.message_en
    assert (contents.expected, contents.actual) == (", ".join(CONTENTS), "post, deadline")
    assert "secara national atau province; rencana ini region" in scope.message
    assert "national or province; the plan has region" in scope.message_en
    assert (scope.expected, scope.actual) == ("national | province", "region")
    assert "rencana ini bupati" in signer.message
    assert "the plan has bupati" in signer.message_en
    assert (signer.expected, signer.actual) == ("chair | secretariat_head_on_behalf", "bupati")
    assert "print, electronic" in media.message
    assert "print, electronic" in media.message_en
    assert (media.expected, media.actual) == ("print | electronic", "notice_board")


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"agency_kind": "kota"}, True),
        ({"agency_kind": "provinsi"}, False),
        ({"agency_kind": ...}, False),
        ({"level": "madya"}, False),
        ({"level": ...}, True),
    ],
)
def test_the_scope_binds_a_kabupaten_or_kota_at_the_lowest_level(
    find: Any, change: dict[str, object], found: bool
) -> None:
    rules_found = [f.rule for f in find(announcement=WINDOW | {"scope": "region"}, **change)]
    assert ("announcement.scope.kabkota_pratama" in rules_found) is found


# -- committee ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("relations", "expected"),
    [
        (["parent"], [("block", "1")]),
        (["child"], [("block", "1")]),
        (["spouse"], [("block", "1")]),
        (["sibling"], [("block", "1")]),
        (["grandparent"], [("block", "1")]),
        (["grandchild"], [("block", "1")]),
        (["parent_in_law"], [("block", "1")]),
        (["child_in_law"], [("block", "1")]),
        (["sibling_in_law"], [("block", "1")]),
        (["parent_sibling"], [("block", "1")]),
        (["sibling_child"], [("block", "1")]),
        (["cousin"], [("info", "1")]),
        (["other"], [("info", "1")]),
        (["cousin", "parent", "sibling"], [("block", "2"), ("info", "1")]),
        ([], []),
    ],
)
def test_kinship_up_to_the_second_degree_is_forbidden(
    find: Any, relations: list[str], expected: list[tuple[str, str]]
) -> None:
    kin = [{"relation": relation, "of": "Pelamar 1"} for relation in relations]
    found = find(committee=[*MEMBERS[:4], MEMBERS[4] | {"kin_of": kin}])
    assert [(f.severity.value, f.actual) for f in found] == expected
    assert {f.path for f in found} <= {"committee[4].kin_of"}
    assert {f.rule for f in found} <= {"committee.kinship_degree_forbidden"}


def test_a_text_names_kinship_without_degree_and_blocks(find: Any) -> None:
    (found,) = find(committee=[*MEMBERS[:4], MEMBERS[4] | {"kin_of": ["sepupu Pelamar 1"]}])
    assert (found.severity.value, found.expected, found.actual) == ("block", "[]", "1")
    assert "derajat ke-2" in found.message


def test_distant_kinship_is_to_be_disclosed(find: Any) -> None:
    (found,) = find(committee=[*MEMBERS[:4], MEMBERS[4] | {"kin_of": [{"relation": "cousin", "of": "x"}]}])
    assert "di luar derajat ke-2" in found.message
    assert "beyond degree 2" in found.message_en
    assert found.expected == "> 2"


def test_staff_of_the_supervisor_do_not_sit_in_the_committee(rules: RuleSet, find: Any) -> None:
    members = [*MEMBERS[:4], MEMBERS[4] | {"supervisor_staff": True}]
    (found,) = find(committee=members)
    assert _shown([found]) == [("committee.forbid_supervisor_staff", "warn", "committee[4].supervisor_staff")]
    assert "BKN" in found.message
    assert "BKN" in found.message_en
    assert find(without(rules, "committee.forbid_supervisor_staff"), committee=members) == []
    assert find(committee=[*MEMBERS[:4], MEMBERS[4] | {"supervisor_staff": False}]) == []


# -- level, letters and consultations ----------------------------------------------------------------------------


def test_higher_levels_are_appointed_by_the_president(find: Any) -> None:
    requirements = LAWFUL["requirements"] | {"experience_years": 10}
    (madya,) = find(level="madya", agency_kind="kementerian", requirements=requirements)
    assert _shown([madya]) == [("appointing_authority.madya", "info", "level")]
    assert madya.message == "JPT madya diangkat oleh Presiden, bukan oleh PPK."
    assert madya.message_en == "A JPT madya is appointed by the President, not by the PPK."
    (utama,) = find(level="utama", agency_kind="kementerian", requirements=requirements)
    assert utama.rule == "appointing_authority.utama"
    assert "dibentuk Presiden (Pasal 114 ayat (2))" in utama.message
    assert "formed by the President" in utama.message_en


def test_a_rule_set_may_name_another_appointing_authority(rules: RuleSet, find: Any) -> None:
    (found,) = find(with_values(rules, {"appointing_authority.pratama": "Gubernur"}))
    assert "JPT pratama diangkat oleh Gubernur" in found.message


@pytest.mark.parametrize(
    ("kind", "agency_kind", "rule", "key"),
    [
        ("sekda", "kabupaten", "consult.sekda", "governor_coordination"),
        ("sekda", "kota", "consult.sekda", "governor_coordination"),
        ("sekda", ..., "consult.sekda", "governor_coordination"),
        ("sekda", "provinsi", None, ""),
        ("sekwan", "kota", "consult.sekwan", "dprd_consultation"),
        ("sekwan", "provinsi", "consult.sekwan", "dprd_consultation"),
        ("inspector", "kabupaten", "consult.inspector", "governor_coordination"),
        ("inspector", "provinsi", None, ""),
        ("inspector", "kementerian", None, ""),
        ("assistant", "kabupaten", None, ""),
    ],
)
def test_some_posts_need_another_authority(
    find: Any, kind: str, agency_kind: object, rule: str | None, key: str
) -> None:
    plan = {
        "agency_kind": agency_kind,
        "vacancies": [LAWFUL["vacancies"][0], {"title": "x", "kind": kind}],
        "requirements": LAWFUL["requirements"] | {"min_rank": "IV/b"},
    }
    asked = [(rule, "info", "vacancies[1].kind")] if rule else []
    assert _shown(find(**plan)) == asked
    letters = {"plan_approval": "B-1"}
    if rule:
        stated = _shown(find(**plan, approvals=letters | {key: None}))
        assert stated == [(rule, "warn" if kind == "inspector" else "block", f"approvals.{key}")]
        assert find(**plan, approvals=letters | {key: "100/1"}) == []


def test_a_consultation_names_the_authority(rules: RuleSet, find: Any) -> None:
    def _of(kind: str, chosen: RuleSet = rules, **approvals: object) -> Finding:
        vacancies = [{"title": "x", "kind": kind}]
        requirements = LAWFUL["requirements"] | {"min_rank": "IV/b"}
        (found,) = find(
            chosen, vacancies=vacancies, requirements=requirements, approvals={"plan_approval": "B-1", **approvals}
        )
        return found

    assert "dengan Gubernur" in _of("sekda").message
    assert "with the Governor" in _of("sekda").message_en
    assert "dengan pimpinan DPRD" in _of("sekwan").message
    assert "with the council's leadership" in _of("sekwan").message_en
    assert "Inspektur" in _of("inspector").message
    assert (_of("sekda").expected, _of("sekda").actual) == ("", "")
    stated = _of("sekda", governor_coordination=None)
    assert (stated.expected, stated.actual) == ("nomor surat", "null")
    elsewhere = with_values(rules, {"consult.sekda": "Menteri X"})
    assert "dengan Menteri X" in _of("sekda", elsewhere, governor_coordination="100/1").message
    assert find(without(rules, "consult.inspector"), vacancies=[{"title": "x", "kind": "inspector"}]) == []


@pytest.mark.parametrize(
    ("approvals", "expected"),
    [
        ({"home_affairs_consent": "1"}, [("acting_head.requires_bkn_pertek", "info", "context.acting_head")]),
        (
            {"home_affairs_consent": "1", "supervisor_consideration": None},
            [("acting_head.requires_bkn_pertek", "block", "approvals.supervisor_consideration")],
        ),
        ({"home_affairs_consent": "1", "supervisor_consideration": "B-2"}, []),
        (
            {"supervisor_consideration": "B-2"},
            [("acting_head.requires_mendagri_approval", "block", "approvals.home_affairs_consent")],
        ),
        (
            {},
            [
                ("acting_head.requires_mendagri_approval", "block", "approvals.home_affairs_consent"),
                ("acting_head.requires_bkn_pertek", "info", "context.acting_head"),
            ],
        ),
    ],
)
def test_an_acting_head_needs_minister_and_supervisor(
    find: Any, approvals: dict[str, object], expected: list[tuple[str, str, str]]
) -> None:
    found = find(context={"acting_head": True}, approvals={"plan_approval": "B-1", **approvals})
    assert _shown(found) == expected
    assert all(f.citation for f in found)
    assert all("BKN" in f.message and "BKN" in f.message_en for f in found if f.rule.endswith("pertek"))
    assert all(f.expected and f.actual == "null" for f in found if f.severity is Enforcement.BLOCK)


def test_a_decree_replaces_as_an_inauguration_does(find: Any) -> None:
    context = {"head_inaugurated_on": "2025-09-13"}  # until 13 March 2026
    stages = [*_steps("interview 02"), *_steps("decree 13", "inauguration 16")]
    (found,) = find(stages=stages, context=context)
    assert (found.rule, found.expected, found.actual) == (
        "political_window.after_inauguration_months",
        "> 2026-03-13",
        "2026-03-13",
    )
    assert find(stages=[*_steps("interview 02", "decree 16", "inauguration 17")], context=context) == []
    (only_decree,) = find(stages=_steps("interview 02", "decree 12"), context=context)
    assert only_decree.actual == "2026-03-12"


# -- extensions --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("extensions", "expected"),
    [
        ([], []),
        (["2026-02-11"], []),  # seven days after 4 February
        (["2026-02-18", "2026-02-11"], []),
        (["2026-02-10"], [("extension.days", "warn", "extensions")]),
        (["2026-02-12"], [("extension.days", "warn", "extensions")]),
        (["2026-02-05"], [("extension.days", "warn", "extensions")]),
        (["2026-02-04"], [("extension.days", "block", "extensions")]),
        (["2026-01-28"], [("extension.days", "block", "extensions")]),
        (["2026-02-11", "2026-02-18", "2026-02-25"], [("extension.max_times", "block", "extensions")]),
    ],
)
def test_extensions_are_few_and_as_long_as_usual(
    find: Any, extensions: list[str], expected: list[tuple[str, str, str]]
) -> None:
    stages = [{"stage": "interview", "date": "2026-03-10"}]
    assert _shown(find(extensions=extensions, stages=stages)) == expected


def test_an_extension_is_explained(find: Any) -> None:
    stages = [{"stage": "interview", "date": "2026-03-10"}, {"stage": "extension", "date": "2026-02-08"}]
    (found,) = find(stages=stages)
    assert (found.expected, found.actual) == ("2026-02-11", "2026-02-08")
    assert "8 Februari 2026 berlangsung 4 hari; lazimnya 7 hari" in found.message
    assert "to 2026-02-08 lasts 4 days; 7 are usual" in found.message_en
    many, *_ = find(extensions=["2026-02-11", "2026-02-18", "2026-02-25"], stages=stages[:1])
    assert (many.expected, many.actual) == ("<= 2", "3")
    assert "paling banyak 2 kali; rencana ini 3" in many.message
    assert "at most 2 times; the plan has 3" in many.message_en


def test_without_a_closing_day_the_length_is_not_known(find: Any) -> None:
    window = {"opens": "2026-01-20"}
    assert not [f for f in find(announcement=window, extensions=["2026-02-11"]) if f.rule.startswith("extension")]


@pytest.mark.parametrize(
    ("vacancies", "screening", "expected"),
    [
        (1, "2026-02-11", [("stages.order", "warn", "stages[0]")]),
        (1, "2026-02-10", [("stages.order", "block", "stages[0]")]),
        (1, "2026-02-12", []),
        (2, "2026-02-05", []),  # of several posts the others go on
        (2, "2026-02-04", [("stages.order", "warn", "stages[0]")]),
    ],
)
def test_of_a_single_post_an_extension_moves_the_end(
    find: Any, vacancies: int, screening: str, expected: list[tuple[str, str, str]]
) -> None:
    stages = [{"stage": "screening_result", "date": screening}]
    found = find(vacancies=LAWFUL["vacancies"] * vacancies, extensions=["2026-02-11"], stages=stages)
    assert _shown(found) == expected


def test_a_stage_of_the_round_before_an_extension_stands(find: Any) -> None:
    first = {"stage": "assessment", "date": "2026-02-06"}
    extended = {"stage": "extension", "start": "2026-02-09", "end": "2026-02-11"}
    again = {"stage": "assessment", "date": "2026-02-13"}
    assert _shown(find(stages=[first, extended, again])) == []
    assert _shown(find(stages=[first, extended])) == [("stages.order", "block", "stages[0]")]
    early = extended | {"start": "2026-02-05"}
    assert _shown(find(stages=[first, early, again])) == [("stages.order", "block", "stages[0]")]


# -- timetable ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("later", "earlier"),
    [
        ("announcement", "plan_approval"),
        ("registration", "announcement"),
        ("document_check", "registration"),
        ("screening_result", "document_check"),
        ("final_result", "track_record"),
        ("assessment_result", "assessment"),
        ("interview", "assessment_result"),
        ("top_three", "interview"),
        ("final_result", "top_three"),
        ("choice", "ppk_report"),
        ("choice", "final_result"),
        ("decree", "choice"),
        ("decree", "consultation"),
        ("decree", "home_affairs_consent"),
        ("decree", "health"),
        ("inauguration", "decree"),
        ("inauguration", "recommendation"),
        ("inauguration", "supervisor_report"),
        ("supervisor_report", "interview"),
        ("ppk_report", "interview"),
        ("consultation", "interview"),
        ("recommendation", "interview"),
    ],
)
def test_each_step_has_its_place(order: Any, later: str, earlier: str) -> None:
    found = order(f"{later} 09", f"{earlier} 10", announcement=...)
    assert [f for f in found if f[1] == "block"] == [("stages.order", "block", "stages[0]")]
    found = order(f"{later} 10", f"{earlier} 09", announcement=...)
    assert not [f for f in found if f[0] == "stages.order"]


@pytest.mark.parametrize(
    "steps",
    [
        ("announcement 02 20", "registration 02 20"),
        ("registration 02 20", "document_check 02 25"),
        ("registration 02 20", "track_record 03 25"),
        ("screening_result 09", "track_record 10"),
        ("paper 09", "track_record 10"),
        ("paper 09", "assessment 10"),
        ("assessment_result 09", "paper 10"),
        ("supervisor_report 09", "final_result 10"),
        ("ppk_report 09", "final_result 10"),
        ("consultation 09", "choice 10"),
        ("recommendation 09", "choice 10"),
        ("health 09", "assessment 10"),
        ("choice 09", "health 10"),
        ("objection 09", "interview 10"),
        ("interview 09", "objection 10"),
        ("other 09", "interview 10"),
        ("home_affairs_consent 09", "choice 10"),
        ("supervisor_report 09 13", "health 10"),
        ("supervisor_report 09 13", "final_result 13"),
    ],
)
def test_some_steps_may_stand_either_way(order: Any, steps: tuple[str, str]) -> None:
    assert [f for f in order(*steps, announcement=...) if f[2].startswith("stages")] == []


@pytest.mark.parametrize(
    ("steps", "severity"),
    [
        (("health 09", "interview 09"), "info"),
        (("health 09 11", "interview 10"), "info"),
        (("psych_test 09", "assessment 09 10"), "info"),
        (("document_check 09 11", "screening_result 10"), "warn"),
        (("document_check 09 10", "screening_result 10"), "info"),
        (("assessment 09 11", "assessment_result 10"), "warn"),
        (("interview 09 11", "top_three 10"), "warn"),
        (("top_three 09 11", "final_result 10"), "warn"),
        (("final_result 09 11", "choice 10"), "warn"),
        (("choice 09 11", "decree 10"), "warn"),
        (("decree 09", "inauguration 09"), "info"),
        (("health 09 11", "inauguration 10"), "warn"),
    ],
)
def test_steps_that_share_days(order: Any, steps: tuple[str, str], severity: str) -> None:
    found = [f for f in order(*steps, announcement=...) if f[2].startswith("stages")]
    assert found == [("selter.stages.overlap", severity, "stages[1]")]


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ({"stage": "document_check", "start": "2026-01-21", "end": "2026-02-05"}, []),
        ({"stage": "document_check", "start": "2026-01-21", "end": "2026-02-04"}, ["warn"]),
        ({"stage": "track_record", "start": "2026-01-21", "end": "2026-02-03"}, ["block"]),
        ({"stage": "health", "start": "2026-02-04", "end": "2026-02-06"}, ["warn"]),
        ({"stage": "registration", "start": "2026-01-20", "end": "2026-02-04"}, []),
        ({"stage": "registration", "start": "2026-01-19", "end": "2026-02-04"}, ["block"]),
        ({"stage": "plan_approval", "date": "2026-01-12"}, []),
        ({"stage": "home_affairs_consent", "date": "2026-01-12"}, []),
        ({"stage": "other", "date": "2026-01-12"}, []),
        ({"stage": "announcement", "date": "2026-01-20"}, []),
    ],
)
def test_what_may_happen_while_applications_come_in(find: Any, step: dict[str, str], expected: list[str]) -> None:
    found = find(stages=[step])
    assert [(f.rule, f.severity.value) for f in found] == [("stages.order", severity) for severity in expected]


def test_a_step_in_the_window_is_explained(find: Any) -> None:
    def _of(stage: str, start: str, end: str) -> Finding:
        (found,) = find(stages=[{"stage": stage, "start": start, "end": end}])
        return found

    ended = _of("document_check", "2026-01-21", "2026-02-03")
    assert "document_check berakhir 3 Februari 2026, sebelum pelamaran selesai 4 Februari 2026" in ended.message
    assert "document_check ends on 2026-02-03, before applications end on 2026-02-04" in ended.message_en
    assert (ended.expected, ended.actual) == ("> 2026-02-04", "2026-02-03")
    same_day = _of("paper", "2026-02-04", "2026-02-04")
    assert "paper dimulai 4 Februari 2026, pada hari terakhir pelamaran 4 Februari 2026" in same_day.message
    assert "paper starts on 2026-02-04, on the last day of applications on 2026-02-04" in same_day.message_en
    early = _of("registration", "2026-01-19", "2026-02-04")
    assert "registration dimulai 19 Januari 2026, sebelum pengumuman 20 Januari 2026" in early.message
    assert "before the announcement on 2026-01-20" in early.message_en
    assert (early.expected, early.actual) == (">= 2026-01-20", "2026-01-19")


@pytest.mark.parametrize("stage", ["announcement", "registration", "extension", "objection"])
def test_windows_count_calendar_days(find: Any, stage: str) -> None:
    holiday = {"stage": stage, "start": "2026-02-11", "end": "2026-02-17"}
    window = {"opens": "2026-01-20", "closes": "2026-02-10"}
    assert not [f for f in find(stages=[holiday], announcement=window) if f.rule.startswith("selter")]


# -- final steps -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        (("supervisor_report 05 11", "final_result 11"), False),
        (("supervisor_report 05 11", "final_result 10"), True),
        (("supervisor_report 02 03", "supervisor_report 05 11", "final_result 10"), True),
        (("final_result 10",), False),
        (("supervisor_report 05 11",), False),
    ],
)
def test_the_names_are_public_after_the_supervisor_has_seen_them(
    rules: RuleSet, order: Any, steps: tuple[str, ...], found: bool
) -> None:
    expected = [("result.publish", "warn", f"stages[{len(steps) - 1}]")] if found else []
    assert order(*steps) == expected
    before = with_values(rules, {"result.publish": "before_bkn"})
    assert order(*steps, chosen=before) == []


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        (("ppk_report 02", "choice 16"), False),  # ten working days
        (("ppk_report 02", "choice 17"), True),
        (("ppk_report 02", "choice 16 17"), True),
        (("final_result 02", "choice 17"), True),
        (("final_result 02", "ppk_report 03", "choice 17"), False),
        (("choice 17",), False),
    ],
)
def test_the_choice_comes_within_ten_working_days(order: Any, steps: tuple[str, ...], found: bool) -> None:
    expected = [("ppk.decision_working_days", "warn", f"stages[{len(steps) - 1}]")] if found else []
    assert order(*steps) == expected


@pytest.mark.parametrize(
    ("day", "found"),
    [("2026-04-01", False), ("2026-04-02", True)],  # thirty days after 2 March
)
def test_the_inauguration_comes_within_thirty_days_of_the_decree(find: Any, day: str, found: bool) -> None:
    stages = [{"stage": "decree", "date": "2026-03-02"}, {"stage": "inauguration", "date": day}]
    expected = [("inauguration.max_days_after_sk", "warn", "stages[1]")] if found else []
    assert _shown(find(stages=stages)) == expected
    assert not find(stages=stages[1:])


def test_late_final_steps_are_explained(find: Any) -> None:
    stages = [
        {"stage": "supervisor_report", "start": "2026-03-02", "end": "2026-03-06"},
        {"stage": "final_result", "date": "2026-03-05"},
        {"stage": "ppk_report", "date": "2026-03-06"},
        {"stage": "choice", "date": "2026-03-31"},
        {"stage": "decree", "date": "2026-04-01"},
        {"stage": "inauguration", "date": "2026-05-04"},
    ]
    publish, choice, inauguration = find(stages=stages)
    assert "5 Maret 2026, sebelum BKN selesai memeriksa 6 Maret 2026" in publish.message
    assert "on 2026-03-05, before BKN is done on 2026-03-06" in publish.message_en
    assert (publish.expected, publish.actual) == (">= 2026-03-06", "2026-03-05")
    assert "paling lambat 27 Maret 2026; rencana ini 31 Maret 2026" in choice.message
    assert "by 2026-03-27 at the latest; the plan has 2026-03-31" in choice.message_en
    assert (choice.expected, choice.actual) == ("<= 2026-03-27", "2026-03-31")
    assert "1 Mei 2026, dihitung dari keputusan 1 April 2026; rencana ini 4 Mei 2026" in inauguration.message
    assert "by 2026-05-01, counted from the decree of 2026-04-01; the plan has 2026-05-04" in inauguration.message_en
    assert (inauguration.expected, inauguration.actual) == ("<= 2026-05-01", "2026-05-04")


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ({}, []),
        ({"cross_use": False, "names_per_post": 3}, []),
        ({"cross_use": True}, [("result.cross_use_forbidden", "block", "results.cross_use")]),
        ({"names_per_post": 2}, [("result.top_n", "block", "results.names_per_post")]),
        ({"names_per_post": 4}, [("result.top_n", "block", "results.names_per_post")]),
    ],
)
def test_results_serve_their_own_post_with_three_names(
    find: Any, results: dict[str, object], expected: list[tuple[str, str, str]]
) -> None:
    assert _shown(find(results=results)) == expected


def test_the_use_of_results_is_explained(rules: RuleSet, find: Any) -> None:
    cross, names = find(results={"cross_use": True, "names_per_post": 2})
    assert cross.citation == "PP 11/2017 Pasal 129"
    assert (cross.expected, cross.actual) == ("false", "true")
    assert "3 nama; rencana ini 2" in names.message
    assert "3 names are proposed for each post; the plan has 2" in names.message_en
    assert (names.expected, names.actual) == ("3", "2")
    assert find(with_values(rules, {"result.cross_use_forbidden": False}), results={"cross_use": True}) == []


# -- the governing day -------------------------------------------------------------------------------------------


def test_without_a_publication_the_first_date_governs(find: Any) -> None:
    stages = [{"stage": "interview", "date": "2020-03-02"}, {"stage": "assessment", "date": "2020-02-27"}]
    (only,) = find(stages=stages, announcement=...)
    assert (only.rule, only.path, only.actual) == ("ruleset.in_force", "stages", "2020-02-27")
    later = [{"stage": "interview", "date": "2020-02-28"}]
    assert "ruleset.in_force" not in [f.rule for f in find(stages=later, announcement=...)]


def test_a_calendar_that_knows_all_years_covers_them(rules: RuleSet) -> None:
    calendar = build_calendar("Asia/Jakarta", (2026,))
    plan = Plan(stages=plan_from_mapping({"stages": [{"stage": "interview", "date": "2027-01-04"}]}).stages)
    found = [f for f in lint(plan, rules, calendar) if f.rule == "selter.stages.holiday"]
    assert [(f.severity.value, "2027" in f.message, "2027" in f.message_en) for f in found] == [("info", True, True)]

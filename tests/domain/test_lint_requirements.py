"""Lint of a plan's requirements against the law for its level and kind of post, and of what else it may say of them."""

from dataclasses import replace
from typing import Any

import pytest
from sample_plan import LAWFUL

from domain.lint import Finding
from domain.rules import RuleSet
from domain.switches import Switch
from tests.altered import with_values

ASKED: dict[str, Any] = LAWFUL["requirements"]
RULES_OF_REQUIREMENTS = ("candidate.", "application.ppk_recommendation_required")


@pytest.fixture
def whole(rules: RuleSet) -> RuleSet:
    """The rule set with everything that lint can judge."""
    return replace(rules, switches=rules.switches | {Switch.WHOLE_PLAN})


def _found(find: Any, rules: RuleSet, requirements: dict[str, Any], **plan: Any) -> list[Finding]:
    findings = find(rules, requirements=ASKED | requirements, **plan)
    return [f for f in findings if f.rule.startswith(RULES_OF_REQUIREMENTS)]


def _brief(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(f.rule, f.severity.value, f.path.removeprefix("requirements.")) for f in findings]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"age_reference": "2026-02-04"}, []),
        ({"age_reference": "2026-02-03"}, [("candidate.age_reference", "warn", "age_reference")]),
        ({"feeder_posts": ["jpt_pratama"]}, []),
        ({"feeder_posts": ["administrator", "jf_ahli_madya", "jpt_pratama"]}, []),
        ({"feeder_posts": []}, []),
        ({"feeder_posts": ["administrator", "pengawas"]},
         [("candidate.pratama.feeder_posts", "block", "feeder_posts")]),
        ({"open_to": ["pns"]}, []),
        ({"open_to": ["pns", "non_pns"]}, [("candidate.nonpns_allowed.pratama", "block", "open_to")]),
        ({"open_to": ["tni_polri_resigned"]}, [("candidate.tni_polri_resigned.max_age.pratama", "info", "max_age")]),
        ({"open_to": ["tni_polri_resigned"], "max_age": 53}, []),
        ({"open_to": ["tni_polri_resigned"], "max_age": 54},
         [("candidate.tni_polri_resigned.max_age.pratama", "info", "max_age")]),
        ({"open_to": ["tni_polri_resigned"], "max_age": None}, [("candidate.pratama.max_age", "info", "max_age")]),
        ({"min_rating": "good"}, []),
        ({"min_rating": "very_good"}, []),
        ({"min_rating": "needs_improvement"}, [("candidate.skp_min_predikat", "warn", "min_rating")]),
        ({"clean_discipline_years": 3}, []),
        ({"clean_discipline_years": 2}, [("candidate.discipline_clean_years", "block", "clean_discipline_years")]),
        ({"clean_discipline_years": 0}, [("candidate.discipline_clean_years", "block", "clean_discipline_years")]),
        ({"min_remaining_service_months": 0}, []),
        ({"documents": ["ppk_recommendation", "lhkpn", "spt", "cv"]}, []),
        ({"documents": ["lhkpn", "spt"]}, [("application.ppk_recommendation_required", "block", "documents")]),
        ({"documents": ["ppk_recommendation", "spt"]}, [("candidate.lhkpn_required", "warn", "documents")]),
        ({"documents": ["ppk_recommendation", "lhkpn"]}, [("candidate.spt_years", "warn", "documents")]),
        ({"documents": []},
         [("application.ppk_recommendation_required", "block", "documents"),
          ("candidate.lhkpn_required", "warn", "documents"), ("candidate.spt_years", "warn", "documents")]),
    ],
)  # fmt: skip
def test_what_a_plan_says_of_its_requirements_is_judged(
    find: Any, whole: RuleSet, change: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    found = _found(find, whole, change)
    assert _brief(found) == expected
    assert all(f.citation and f.message and f.message_en for f in found)


def test_a_plan_that_is_silent_is_not_asked(find: Any, whole: RuleSet) -> None:
    assert _found(find, whole, {}) == []
    assert _found(find, whole, {"age_reference": "2026-02-03"}, announcement=...) == []


def test_a_set_pinned_before_does_not_judge_them(find: Any, rules: RuleSet) -> None:
    earlier = replace(rules, switches=rules.switches - {Switch.WHOLE_PLAN})
    odd = {"feeder_posts": ["pengawas"], "documents": [], "age_reference": "2026-01-01", "open_to": ["non_pns"]}
    assert _found(find, earlier, odd) == []


def test_where_ages_count_on_the_close_no_other_day_will_do(find: Any, whole: RuleSet) -> None:
    at_close = with_values(whole, {"candidate.age_reference": "registration_close"})
    assert _found(find, at_close, {"age_reference": "2026-02-04"}) == []
    for day in ("2026-02-03", "2026-02-05"):
        (found,) = _found(find, at_close, {"age_reference": day})
        assert (found.rule, found.severity, found.expected, found.actual) == (
            "candidate.age_reference", "warn", "= 2026-02-04", day,
        )  # fmt: skip


def test_what_practice_does_not_ask_is_not_missed(find: Any, whole: RuleSet) -> None:
    relaxed = with_values(
        whole,
        {
            "candidate.lhkpn_required": False,
            "candidate.spt_years": 0,
            "application.ppk_recommendation_required": False,
            "candidate.nonpns_allowed.pratama": True,
        },
    )
    assert _found(find, relaxed, {"documents": [], "open_to": ["non_pns"]}) == []
    one_year = with_values(whole, {"candidate.spt_years": 1})
    (found,) = _found(find, one_year, {"documents": ["ppk_recommendation", "lhkpn"]})
    assert found.rule == "candidate.spt_years"
    longer = with_values(whole, {"candidate.min_remaining_service_months": 24})
    assert _found(find, longer, {"min_remaining_service_months": 24}) == []
    (found,) = _found(find, longer, {"min_remaining_service_months": 23})
    assert (found.rule, found.severity, found.expected, found.actual) == (
        "candidate.min_remaining_service_months", "warn", ">= 24", "23",
    )  # fmt: skip


def test_higher_posts_are_open_to_outsiders(find: Any, whole: RuleSet) -> None:
    asked = {"max_age": 58, "experience_years": 10, "open_to": ["non_pns", "tni_polri_resigned"]}
    found = _found(find, whole, asked, level="utama", agency_kind="kementerian")
    assert _brief(found) == [("candidate.tni_polri_resigned.max_age.utama", "info", "max_age")]
    assert (found[0].expected, found[0].actual) == ("<= 55", "58")


@pytest.mark.parametrize(
    ("change", "words", "words_en", "expected", "actual"),
    [
        ({"age_reference": "2026-02-03"}, "acuan umur 3 Februari 2026, padahal pelamaran ditutup 4 Februari 2026",
         "counted on 2026-02-03, but applications close on 2026-02-04", ">= 2026-02-04", "2026-02-03"),
        ({"feeder_posts": ["pengawas", "other"]},
         "hanya administrator, JF ahli madya, JPT pratama; rencana ini juga menyebut pengawas, jabatan lain",
         "also names pengawas, other", "administrator, jf_ahli_madya, jpt_pratama", "pengawas, other"),
        ({"open_to": ["non_pns"]}, "JPT pratama tidak terbuka bagi non-PNS", "A JPT pratama is not open",
         "pns", "non_pns"),
        ({"open_to": ["tni_polri_resigned"]}, "paling tinggi 53 tahun", "the highest age is 53", "<= 53", "56"),
        ({"min_rating": "poor"}, "lazimnya baik; rencana ini kurang", "usually good; the plan has poor",
         ">= good", "poor"),
        ({"clean_discipline_years": 1}, "lazimnya 3 tahun; rencana ini 1 tahun", "Usually 3 years", ">= 3", "1"),
        ({"documents": ["lhkpn", "spt"]}, "tidak memuat rekomendasi tertulis PPK (ppk_recommendation)",
         "leaves out the PPK's written recommendation", "ppk_recommendation", "lhkpn, spt"),
        ({"documents": ["ppk_recommendation", "spt"]}, "tidak memuat LHKPN atau LHKASN (lhkpn)",
         "leaves out the wealth report", "lhkpn", "ppk_recommendation, spt"),
        ({"documents": ["ppk_recommendation", "lhkpn"]}, "tidak memuat SPT tahunan (spt)",
         "leaves out the yearly tax returns", "spt", "ppk_recommendation, lhkpn"),
    ],
)  # fmt: skip
def test_a_finding_tells_the_facts(
    find: Any, whole: RuleSet, change: dict[str, Any], words: str, words_en: str, expected: str, actual: str
) -> None:
    (found,) = _found(find, whole, change)
    assert words in found.message
    assert words_en in found.message_en
    assert (found.expected, found.actual) == (expected, actual)


@pytest.mark.parametrize(
    ("kind", "level", "rank", "expected"),
    [
        ("sekda", "pratama", "IV/b", []),
        ("sekda", "pratama", "IV/a", [("candidate.min_rank.sekda", "warn", "min_rank")]),
        ("sekda", "pratama", None, [("candidate.min_rank.sekda", "info", "min_rank")]),
        ("inspector", "pratama", "IV/a", []),
        ("inspector", "pratama", "III/d", [("candidate.min_rank.pratama", "warn", "min_rank")]),
        ("other", "madya", "III/d", []),
        ("other", "madya", None, []),
    ],
)
def test_the_usual_rank_depends_on_the_post(
    find: Any, whole: RuleSet, kind: str, level: str, rank: str | None, expected: list[tuple[str, str, str]]
) -> None:
    found = _found(
        find,
        whole,
        {"min_rank": rank, "experience_years": 10},
        vacancies=[{"title": "Jabatan", "kind": kind}],
        level=level,
    )
    assert _brief(found) == expected


@pytest.mark.parametrize(
    ("change", "rule", "words", "expected", "actual"),
    [
        ({"max_age": 57}, "candidate.pratama.max_age", "paling tinggi 56 tahun; rencana ini 57.", "<= 56", "57"),
        ({"experience_years": 4}, "candidate.pratama.experience_years", "pengalaman jabatan terkait paling singkat 5",
         ">= 5", "4"),
        ({"feeder_years": 1}, "candidate.pratama.feeder_years", "jabatan administrator atau JF setara paling singkat 2",
         ">= 2", "1"),
        ({"education": "D-III"}, "candidate.pratama.min_education", "paling rendah S-1/D-IV; rencana ini D-III",
         ">= S-1/D-IV", "D-III"),
        ({"min_rank": "III/d"}, "candidate.min_rank.pratama", "lazimnya IV/a; rencana ini III/d", ">= IV/a", "III/d"),
    ],
)  # fmt: skip
def test_a_requirement_below_the_law_is_named(
    find: Any, whole: RuleSet, change: dict[str, Any], rule: str, words: str, expected: str, actual: str
) -> None:
    (found,) = _found(find, whole, change)
    assert (found.rule, words in found.message) == (rule, True)
    assert (found.expected, found.actual) == (expected, actual)


def test_a_secretary_above_the_usual_age_is_tolerated_as_practice_knows_it(find: Any, whole: RuleSet) -> None:
    sekda = {"vacancies": [{"title": "Sekretaris Daerah", "kind": "sekda"}]}
    (found,) = _found(find, whole, {"max_age": 57, "min_rank": "IV/b"}, **sekda)
    assert (found.rule, found.severity) == ("candidate.sekda.max_age_override", "warn")
    assert "hanya bagi pelamar yang sudah JPT pratama" in found.message
    (beyond,) = _found(find, whole, {"max_age": 59, "min_rank": "IV/b"}, **sekda)
    assert (beyond.rule, beyond.severity) == ("candidate.pratama.max_age", "block")
    assert "JPT pratama" not in beyond.message


@pytest.mark.parametrize("missing", ["max_age", "experience_years", "feeder_years", "education", "min_rank"])
def test_a_requirement_that_is_not_stated_was_not_checked(find: Any, whole: RuleSet, missing: str) -> None:
    (found,) = _found(find, whole, {missing: None})
    assert (found.severity, found.path) == ("info", f"requirements.{missing}")


def test_a_plan_without_requirements_was_not_checked(find: Any, whole: RuleSet) -> None:
    (found,) = [f for f in find(whole, requirements=...) if f.path == "requirements"]
    assert (found.rule, found.severity) == ("candidate.pratama.max_age", "info")

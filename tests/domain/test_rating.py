"""From achievement to results, from results and behaviour to the rating, from the rating to a review."""

from decimal import Decimal

import pytest

import regulations
from domain.organisation import OrgRating, results_of, spread_findings, takes_org_results
from domain.rating import (
    numeric_rating,
    numeric_score,
    propose_results,
    rating,
    rating_called,
    triggers_review,
    warns_early,
)
from domain.rules import Enforcement, RuleSet
from domain.words import Behaviour, Rating, Results, VacancyKind


@pytest.mark.parametrize(
    ("mean", "results"),
    [
        ("120", Results.ABOVE),
        ("110", Results.ABOVE),
        ("109.99", Results.AS_EXPECTED),
        ("90", Results.AS_EXPECTED),
        ("89.99", Results.BELOW),
        ("0", Results.BELOW),
    ],
)
def test_results_are_proposed_by_inclusive_thresholds(rules: RuleSet, mean: str, results: Results) -> None:
    assert propose_results(Decimal(mean), rules) is results


@pytest.mark.parametrize(
    ("results", "behaviour", "expected"),
    [
        (Results.ABOVE, Behaviour.BELOW, Rating.POOR),
        (Results.ABOVE, Behaviour.AS_EXPECTED, Rating.GOOD),
        (Results.ABOVE, Behaviour.ABOVE, Rating.VERY_GOOD),
        (Results.AS_EXPECTED, Behaviour.BELOW, Rating.POOR),
        (Results.AS_EXPECTED, Behaviour.AS_EXPECTED, Rating.GOOD),
        (Results.AS_EXPECTED, Behaviour.ABOVE, Rating.GOOD),
        (Results.BELOW, Behaviour.BELOW, Rating.VERY_POOR),
        (Results.BELOW, Behaviour.AS_EXPECTED, Rating.NEEDS_IMPROVEMENT),
        (Results.BELOW, Behaviour.ABOVE, Rating.NEEDS_IMPROVEMENT),
    ],
)
def test_the_rating_follows_the_matrix(
    rules: RuleSet, results: Results, behaviour: Behaviour, expected: Rating
) -> None:
    assert rating(results, behaviour, rules) is expected


@pytest.mark.parametrize("final", Rating)
def test_only_the_three_lower_ratings_trigger_a_review(rules: RuleSet, final: Rating) -> None:
    assert triggers_review(final, rules) is (final not in {Rating.VERY_GOOD, Rating.GOOD})


def test_an_early_warning_comes_below_its_threshold(rules: RuleSet) -> None:
    assert warns_early(Decimal("79.99"), rules)
    assert not warns_early(Decimal(80), rules)


def test_the_older_rule_set_has_no_matrix() -> None:
    with pytest.raises(KeyError, match=r"rating\.matrix"):
        rating(Results.ABOVE, Behaviour.ABOVE, regulations.load("id-pns-2017"))


# -- by number, as before PermenPANRB 6/2022 ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("score", "new_idea", "expected"),
    [
        ("120", True, Rating.VERY_GOOD),
        ("110", True, Rating.VERY_GOOD),
        ("109.99", True, Rating.GOOD),
        ("120", False, Rating.GOOD),
        ("90", False, Rating.GOOD),
        ("89.99", True, Rating.NEEDS_IMPROVEMENT),
        ("70", False, Rating.NEEDS_IMPROVEMENT),
        ("69.99", False, Rating.POOR),
        ("50", False, Rating.POOR),
        ("49.99", False, Rating.VERY_POOR),
        ("0", False, Rating.VERY_POOR),
    ],
)
def test_a_number_falls_into_a_band_whose_lower_end_belongs_to_it(
    rules: RuleSet, score: str, new_idea: bool, expected: Rating
) -> None:
    assert numeric_rating(Decimal(score), rules, new_idea=new_idea) is expected


@pytest.mark.parametrize("score", ["-0.01", "120.01"])
def test_a_score_outside_the_scale_is_refused(rules: RuleSet, score: str) -> None:
    with pytest.raises(ValueError, match=f"between 0 and 120, not at {score}"):
        numeric_rating(Decimal(score), rules, new_idea=True)


def test_the_published_score_is_the_sum_of_its_weighed_parts(rules: RuleSet) -> None:
    """PermenPANRB 8/2021 prints 59.2 + 43.6 = 102.8, by 60 and 40 of 98.67 and 109."""
    assert numeric_score(Decimal(100), Decimal(80), rules, peers=False) == Decimal(94)
    assert numeric_score(Decimal(100), Decimal(80), rules, peers=True) == Decimal(92)
    score = numeric_score(Decimal("59.2") / Decimal("0.6"), Decimal(109), rules, peers=True)
    assert round(score, 2) == Decimal("102.80")
    assert numeric_rating(score, rules, new_idea=False) is Rating.GOOD


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Sangat Baik", Rating.VERY_GOOD),
        ("BAIK", Rating.GOOD),
        ("Cukup", Rating.NEEDS_IMPROVEMENT),
        (" butuh   perbaikan ", Rating.NEEDS_IMPROVEMENT),
        ("Kurang", Rating.POOR),
        ("Kurang/Misconduct", Rating.POOR),
        ("misconduct", Rating.POOR),
        ("Sangat Kurang", Rating.VERY_POOR),
    ],
)
def test_older_and_newer_words_name_the_same_ratings(rules: RuleSet, word: str, expected: Rating) -> None:
    assert rating_called(word, rules) is expected


def test_a_word_that_names_no_rating_is_refused(rules: RuleSet) -> None:
    with pytest.raises(KeyError, match="memuaskan"):
        rating_called("memuaskan", rules)


def test_the_older_set_says_since_when_it_rates_by_number() -> None:
    older = regulations.load("id-pns-2017")
    assert "29 April 2019" in older.rule("rating.numeric.bounds").citation
    assert numeric_rating(Decimal(110), older, new_idea=True) is Rating.VERY_GOOD


# -- the organisation's own rating -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "leads"),
    [
        (VacancyKind.HEAD_OF_AGENCY, True),
        (VacancyKind.INSPECTOR, True),
        (VacancyKind.SEKDA, True),
        (VacancyKind.SEKWAN, True),
        (VacancyKind.ASSISTANT, False),
        (VacancyKind.STAFF_EXPERT, False),
        (VacancyKind.OTHER, False),
    ],
)
def test_the_head_of_a_unit_takes_its_results(rules: RuleSet, kind: VacancyKind, leads: bool) -> None:
    assert takes_org_results(kind, rules) is leads
    assert not takes_org_results(kind, regulations.load("id-pns-2017"))


@pytest.mark.parametrize(
    ("organisation", "results"),
    [
        (OrgRating.OUTSTANDING, Results.ABOVE),
        (OrgRating.GOOD, Results.AS_EXPECTED),
        (OrgRating.NEEDS_IMPROVEMENT, Results.BELOW),
        (OrgRating.POOR, Results.BELOW),
        (OrgRating.VERY_POOR, Results.BELOW),
    ],
)
def test_the_organisation_s_rating_is_its_head_s_result(
    rules: RuleSet, organisation: OrgRating, results: Results
) -> None:
    assert results_of(organisation, rules) is results


V, G, N, P, W = Rating.VERY_GOOD, Rating.GOOD, Rating.NEEDS_IMPROVEMENT, Rating.POOR, Rating.VERY_POOR


@pytest.mark.parametrize(
    ("organisation", "people", "outside"),
    [
        (OrgRating.OUTSTANDING, {V: 7, G: 3}, []),
        (OrgRating.OUTSTANDING, {V: 8, G: 2}, ["people.very_good"]),
        (OrgRating.GOOD, {G: 7, N: 1, V: 2}, []),
        (OrgRating.GOOD, {G: 7, P: 1, V: 2}, []),
        (OrgRating.GOOD, {G: 7, V: 3}, ["people.needs_improvement+poor"]),
        (OrgRating.GOOD, {G: 8, N: 2}, ["people.good"]),
        (OrgRating.NEEDS_IMPROVEMENT, {N: 6, G: 3, V: 1}, []),
        (OrgRating.NEEDS_IMPROVEMENT, {N: 59, G: 30, V: 11}, ["people.needs_improvement", "people.very_good"]),
        (OrgRating.POOR, {P: 6, N: 1, G: 2, V: 1}, []),
        (OrgRating.POOR, {P: 60, N: 9, G: 31}, ["people.needs_improvement"]),
        (OrgRating.VERY_POOR, {W: 6, N: 1, G: 3}, []),
        (OrgRating.VERY_POOR, {W: 9, P: 1}, []),
        (OrgRating.VERY_POOR, {W: 99, V: 1}, ["people.needs_improvement+poor", "people.very_good"]),
        (OrgRating.POOR, {}, []),
        (OrgRating.POOR, {G: 0}, []),
    ],
)
def test_ratings_spread_as_the_organisation_s_rating_allows(
    rules: RuleSet, organisation: OrgRating, people: dict[Rating, int], outside: list[str]
) -> None:
    findings = spread_findings(organisation, people, rules)
    assert [f.path for f in findings] == outside
    assert {f.severity for f in findings} <= {Enforcement.INFO}
    assert {f.citation for f in findings} <= {"SE MenPANRB 3/2023"}


def test_a_spread_finding_says_who_how_many_and_what_is_allowed(rules: RuleSet) -> None:
    assert spread_findings(OrgRating.OUTSTANDING, {V: 2, G: 1}, rules) == ()
    (found,) = spread_findings(OrgRating.OUTSTANDING, {V: 5, G: 2}, rules)
    assert found.message == "pegawai berpredikat sangat baik: 71.4 %, di luar sebaran 0–70 %"
    assert found.message_en == "people rated very_good: 71.4 %, outside the spread of 0–70 %"
    assert (found.expected, found.actual, found.rule) == ("..70", "71.4 %", "rating.org_spread")
    (nobody,) = spread_findings(OrgRating.GOOD, {G: 1, V: 1}, rules)
    assert "butuh perbaikan atau kurang: 0.0 %, di luar sebaran paling sedikit seorang" in nobody.message
    assert "needs_improvement or poor: 0.0 %, outside the spread of at least one person" in nobody.message_en
    lower = spread_findings(OrgRating.POOR, {P: 1, N: 1}, rules)[0]
    assert lower.message.endswith("kurang: 50.0 %, di luar sebaran 60–100 %")

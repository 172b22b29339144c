"""From achievement to results, from results and behaviour to the rating, from the rating to a review."""

from decimal import Decimal

import pytest

import regulations
from domain.rating import propose_results, rating, triggers_review, warns_early
from domain.rules import RuleSet
from domain.words import Behaviour, Rating, Results


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

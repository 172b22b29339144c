"""Several assessors: how sheets become one score, and where they are far apart."""

from decimal import Decimal
from statistics import mean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rules import RuleSet
from domain.scoring.panel import (
    Combining,
    PanelMethod,
    PanelSheet,
    combined,
    combining,
    divergences,
    least_to_trim,
    panel_scores,
)
from tests.altered import with_values, without

SCORES = st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=9)


def _decimals(*scores: str) -> list[Decimal]:
    return [Decimal(score) for score in scores]


def _sheet(assessor: str, score: str | None, candidate: str = "A", component: str = "interview") -> PanelSheet:
    return PanelSheet(candidate, component, assessor, None if score is None else Decimal(score))


@pytest.mark.parametrize(
    ("method", "scores", "panel"),
    [
        (PanelMethod.MEAN, ("60", "90", "91"), "80.33"),
        (PanelMethod.MEAN, ("60", "70", "70.01"), "66.67"),
        (PanelMethod.MEDIAN, ("60", "90", "91"), "90"),
        (PanelMethod.MEDIAN, ("60", "91", "90", "80"), "85"),
        (PanelMethod.MEDIAN, ("60",), "60"),
        (PanelMethod.TRIMMED, ("10", "80", "90"), "60"),
        (PanelMethod.TRIMMED, ("10", "80", "90", "100"), "85"),
        (PanelMethod.TRIMMED, ("10", "80", "90", "91", "100"), "87"),
    ],
)
def test_sheets_are_combined_as_configured(method: PanelMethod, scores: tuple[str, ...], panel: str) -> None:
    assert combined(_decimals(*scores), Combining(method, decimals=2)) == Decimal(panel)


@pytest.mark.parametrize(
    ("scores", "panel"), [(("70", "70.01"), "70.01"), (("70.01", "70.02", "70.02", "70.01"), "70.02")]
)
def test_a_panels_score_is_rounded_half_up(scores: tuple[str, ...], panel: str) -> None:
    assert str(combined(_decimals(*scores), Combining(decimals=2))) == panel


def test_a_score_that_needs_no_rounding_stays_as_it_was_written() -> None:
    assert str(combined(_decimals("80", "90"), Combining(decimals=2))) == "85"
    assert str(combined(_decimals("80", "81"), Combining(decimals=2))) == "80.5"


def test_without_decimals_nothing_is_rounded() -> None:
    assert str(combined(_decimals("60", "90", "91"), Combining())) == "80.33333333333333333333333333"


def test_an_absence_is_left_out_and_only_absences_make_an_absence() -> None:
    assert combined([None, Decimal(80), None], Combining()) == 80
    assert combined([None, None], Combining()) is None
    assert combined([], Combining()) is None
    assert combined([Decimal(0)], Combining()) == 0


@given(SCORES)
def test_mean_and_median_are_those_of_statistics(scores: list[Decimal]) -> None:
    assert combined(scores, Combining()) == mean(scores)
    assert combined(scores, Combining(PanelMethod.MEDIAN)) == median(scores)


@given(SCORES, st.sampled_from(PanelMethod), st.randoms())
def test_a_panels_score_lies_among_the_sheets_in_any_order(scores: list[Decimal], method: PanelMethod, random) -> None:
    how = Combining(method, decimals=2)
    panel = combined(scores, how)
    assert panel is not None
    assert min(scores) <= panel <= max(scores)
    random.shuffle(scores)
    assert combined(scores, how) == panel


def test_the_rule_set_says_how(rules: RuleSet) -> None:
    assert combining(rules) == Combining(PanelMethod.MEAN, trim_from=4, decimals=2)
    chosen = with_values(rules, {"selter.panel.method": "median", "selter.panel.decimals": 0})
    assert combining(chosen) == Combining(PanelMethod.MEDIAN, trim_from=4, decimals=0)


def test_a_set_from_before_takes_the_plain_mean(rules: RuleSet) -> None:
    old = without(rules, "selter.panel.method", "selter.panel.trim_from", "selter.panel.decimals")
    assert combining(old) == Combining(PanelMethod.MEAN, decimals=None)


@pytest.mark.parametrize(("value", "least"), [(2, 3), (3, 3), (4, 4)])
def test_something_is_left_when_the_extremes_are_dropped(rules: RuleSet, value: int, least: int) -> None:
    assert least_to_trim(with_values(rules, {"selter.panel.trim_from": value})) == least


def test_scores_are_combined_by_candidate_and_component() -> None:
    sheets = [_sheet("x", "80"), _sheet("y", "90"), _sheet("x", "70", "B"), _sheet("y", None, "B"),
              _sheet("x", None, "B", "paper"), _sheet("x", "55", "A", "paper")]  # fmt: skip
    assert panel_scores(sheets, Combining()) == {
        ("A", "interview"): 85,
        ("A", "paper"): 55,
        ("B", "interview"): 70,
        ("B", "paper"): None,
    }


def test_assessors_far_apart_are_named_with_their_scores(rules: RuleSet) -> None:
    sheets = [_sheet("y", "85"), _sheet("x", "60"), _sheet("z", "70"), _sheet("w", None)]
    (found,) = divergences(sheets, rules)
    assert (found.candidate, found.component, found.lowest, found.highest) == (
        "A", "interview", ("x", Decimal(60)), ("y", Decimal(85))
    )  # fmt: skip
    assert found.spread == 25


def test_of_equal_extremes_the_first_by_name_is_named(rules: RuleSet) -> None:
    (found,) = divergences([_sheet("d", "85"), _sheet("c", "85"), _sheet("b", "60"), _sheet("a", "60")], rules)
    assert (found.lowest[0], found.highest[0]) == ("a", "c")


def test_divergence_is_looked_for_within_a_score_only(rules: RuleSet) -> None:
    apart = [_sheet("x", "40"), _sheet("y", "80", "B"), _sheet("y", "80", "A", "paper"), _sheet("z", None, "C")]
    assert divergences(apart, rules) == ()

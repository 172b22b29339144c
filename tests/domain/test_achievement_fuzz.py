"""The achievement of any numbers, and of anything that may be written in their place."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.achievement import Achievement, Status, achieve
from domain.indicator import Bounds, Indicator, parse_indicator
from domain.rules import RuleSet
from domain.words import Polarity
from tests.altered import with_values

NUMBERS = st.decimals(-(10**12), 10**12, places=2)
POSITIVE = st.decimals("0.01", 10**12, places=2)


def _value(rules: RuleSet, polarity: Polarity, target: Decimal, actual: Decimal) -> Achievement:
    return achieve(Indicator("x", polarity, target, actual), rules)


@given(st.sampled_from([Polarity.MAXIMIZE, Polarity.MINIMIZE]), POSITIVE, NUMBERS, POSITIVE)
def test_the_unit_does_not_matter(
    rules: RuleSet, polarity: Polarity, target: Decimal, actual: Decimal, factor: Decimal
) -> None:
    one, other = (_value(rules, polarity, target * k, actual * k) for k in (Decimal(1), factor))
    assert one.achievement == other.achievement


@given(NUMBERS.filter(bool), NUMBERS, NUMBERS)
def test_more_is_never_worse_to_maximize_and_never_better_to_minimize(
    rules: RuleSet, target: Decimal, one: Decimal, other: Decimal
) -> None:
    rules = with_values(rules, {"selter.achievement.negative_target": "distance"})
    less, more = sorted((one, other))
    up = [_value(rules, Polarity.MAXIMIZE, target, actual).capped for actual in (less, more)]
    down = [_value(rules, Polarity.MINIMIZE, target, actual).capped for actual in (less, more)]
    assert up == sorted(up)
    assert down == sorted(down, reverse=True)


@given(NUMBERS.filter(bool), NUMBERS)
def test_the_polarities_mirror_each_other_at_the_target(rules: RuleSet, target: Decimal, distance: Decimal) -> None:
    above = _value(rules, Polarity.MAXIMIZE, target, target + distance).achievement
    below = _value(rules, Polarity.MINIMIZE, target, target - distance).achievement
    assert above == below


@given(NUMBERS, NUMBERS, NUMBERS)
def test_inside_a_range_is_a_hundred(rules: RuleSet, one: Decimal, other: Decimal, third: Decimal) -> None:
    lower, actual, upper = sorted((one, other, third))
    assert achieve(Indicator("x", Polarity.RANGE, Bounds(lower, upper), actual), rules).achievement == Decimal(100)


@given(POSITIVE, NUMBERS)
def test_capping_again_changes_nothing(rules: RuleSet, target: Decimal, actual: Decimal) -> None:
    once = _value(rules, Polarity.MAXIMIZE, target, actual).capped
    assert once is not None
    assert Decimal(0) <= once <= Decimal(120)
    assert _value(rules, Polarity.MAXIMIZE, Decimal(100), once).capped == once


WRITTEN = st.one_of(
    st.from_regex(r"[+-]?[0-9]{1,30}([.,][0-9]{1,6})?%?", fullmatch=True),
    st.from_regex(r"-?[0-9]{1,4}\.\.-?[0-9]{1,4}", fullmatch=True),
    st.from_regex(r"20[0-9]{2}-[01][0-9]-[0-3][0-9]", fullmatch=True),
    st.text(max_size=12),
)


@given(st.sampled_from([p.value for p in Polarity]), WRITTEN, WRITTEN, WRITTEN, WRITTEN)
def test_nothing_written_breaks_the_reading(
    rules: RuleSet, polarity: str, target: str, actual: str, previous: str, printed: str
) -> None:
    try:
        indicator = parse_indicator(
            indicator="x",
            polarity=polarity,
            target=target,
            actual=actual,
            previous_actual=previous,
            printed=printed,
        )
        result = achieve(indicator, rules)
    except ValueError:
        return
    assert (result.achievement is None) is (result.capped is None) is (result.status is Status.UNDEFINED)

"""Numbers as people write them, and the achievement of indicators, on published cases among others."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.achievement import Achievement, Indicator, IndicatorError, achieve, mean_capped, parse_indicator
from domain.numbers import NumberError, half_up, may_be_thousands, parse_decimal
from domain.rules import RuleSet
from domain.words import Polarity


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.025", "0.025"),
        ("0,025", "0.025"),
        ("1,234", "1.234"),
        ("1.234", "1.234"),
        ("85,5", "85.5"),
        (" 90 % ", "90"),
        ("-3", "-3"),
        ("+3.5", "3.5"),
        ("22275313470", "22275313470"),
        ("22.275.313.470", "22275313470"),
        ("1,234,567", "1234567"),
        ("1.234,56", "1234.56"),
        ("1,234.5", "1234.5"),
        ("1.234.567,125", "1234567.125"),
    ],
)
def test_a_number_with_one_reading_is_read(text: str, value: str) -> None:
    assert parse_decimal(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["1.234,567", "1,234.567", "1.23.456", "12.34,5", "1,2,3", "1234.567,8", "1.234.567.8"]
)
def test_ambiguous_thousands_are_refused(text: str) -> None:
    with pytest.raises(NumberError, match="ambiguous thousands"):
        parse_decimal(text)


@pytest.mark.parametrize("text", ["", " ", "abc", "Rp 5", "1e3", "1 000", ".5", "5.", "NaN", "Infinity", "٣", "--1"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(NumberError):
        parse_decimal(text)


def test_a_five_rounds_away_from_zero() -> None:
    assert half_up(Decimal("2.345")) == Decimal("2.35")
    assert half_up(Decimal("-2.345")) == Decimal("-2.35")
    assert half_up(Decimal("2.5"), 0) == Decimal(3)


def test_a_single_separator_before_three_digits_may_have_meant_thousands() -> None:
    assert may_be_thousands("1.234")
    assert not may_be_thousands("0.025")
    assert not may_be_thousands("1.23")


@given(st.decimals(-(10**9), 10**9, places=3))
def test_every_plain_decimal_is_read_back(value: Decimal) -> None:
    assert parse_decimal(f"{value:f}") == value
    assert parse_decimal(f"{value:f}".replace(".", ",")) == value


@pytest.mark.parametrize(
    ("polarity", "target", "actual", "expected"),
    [
        ("minimize", "32", "4.88", "184.75"),
        ("minimize", "24", "4.88", "179.67"),
        ("maximize", "101.51", "103.22", "101.68"),
        ("maximize", "22275313470", "18817240527", "84.48"),
        ("maximize", "21", "25.478", "121.32"),
        ("maximize", "1.49", "1.81", "121.48"),
        ("maximize", "15", "11", "73.33"),
        ("maximize", "548000000", "499471900", "91.14"),
        ("maximize", "80", "0", "0.00"),
        ("maximize", "77", "91.76", "119.17"),
        ("maximize", "95", "93", "97.89"),
        ("maximize", "0.5", "133.1", "26620.00"),
        ("minimize", "5", "20", "-200.00"),
        ("range", "80..90", "92", "102.22"),
        ("range", "80..90", "70", "87.50"),
        ("range", "80..90", "80", "100.00"),
        ("range", "80..90", "90", "100.00"),
        ("range", "80..90", "90.01", "100.01"),
        ("milestone", "2026-06-30", "2026-06-30", "100.00"),
        ("milestone", "2026-06-30", "2026-07-01", "0.00"),
        ("milestone", "2026-06-30", "0", "0.00"),
        ("milestone", "3", "3", "100.00"),
        ("milestone", "3", "2", "0.00"),
    ],
)
def test_achievement_follows_the_polarity(
    rules: RuleSet, polarity: str, target: str, actual: str, expected: str
) -> None:
    result = achieve(parse_indicator(indicator="x", polarity=polarity, target=target, actual=actual), rules)
    assert str(result.achievement) == expected


@pytest.mark.parametrize(
    ("target", "actual", "capped"), [("100", "120", "120.00"), ("100", "120.01", "120.00"), ("100", "119.99", "119.99")]
)
def test_only_the_capped_value_is_limited_to_the_cap(rules: RuleSet, target: str, actual: str, capped: str) -> None:
    result = achieve(parse_indicator(indicator="x", polarity="maximize", target=target, actual=actual), rules)
    assert str(result.capped) == capped
    assert result.achievement == Decimal(actual)


def test_a_negative_achievement_is_capped_at_zero_and_noted(rules: RuleSet) -> None:
    result = achieve(parse_indicator(indicator="x", polarity="minimize", target="5", actual="20"), rules)
    assert result.capped == Decimal(0)
    assert [w.code for w in result.warnings] == ["negative"]


@pytest.mark.parametrize(("polarity", "target"), [("maximize", "0"), ("minimize", "0"), ("range", "-5..0")])
def test_a_target_of_zero_has_no_achievement(rules: RuleSet, polarity: str, target: str) -> None:
    result = achieve(parse_indicator(indicator="x", polarity=polarity, target=target, actual="3"), rules)
    assert (result.achievement, result.capped) == (None, None)
    assert [w.code for w in result.warnings] == ["undefined"]


@pytest.mark.parametrize(
    ("polarity", "target", "actual", "previous", "codes"),
    [
        ("maximize", "80", "85", "90", ["target-below-previous"]),
        ("maximize", "80", "85", "80", []),
        ("minimize", "32", "33", "30", ["target-below-previous"]),
        ("minimize", "30", "31", "30", []),
        ("minimize", "32", "4.88", "32", ["implausible"]),
        ("maximize", "100", "150", "", []),
        ("maximize", "100", "150.01", "", ["implausible"]),
        ("maximize", "-2", "-1", "", ["negative-target"]),
        ("maximize", "1.234", "1.234", "", ["read-as-decimal", "read-as-decimal"]),
        ("range", "80..90", "85", "100", []),
    ],
)
def test_oddities_are_noted_and_change_nothing(
    rules: RuleSet, polarity: str, target: str, actual: str, previous: str, codes: list[str]
) -> None:
    indicator = parse_indicator(
        indicator="x", polarity=polarity, target=target, actual=actual, previous_actual=previous
    )
    assert [w.code for w in achieve(indicator, rules).warnings] == codes


@pytest.mark.parametrize(
    ("polarity", "target", "actual"),
    [
        ("range", "80", "80"),
        ("range", "90..80", "85"),
        ("sideways", "80", "80"),
        ("maximize", "", "1"),
        ("maximize", "1", ""),
    ],
)
def test_a_malformed_indicator_is_refused(polarity: str, target: str, actual: str) -> None:
    with pytest.raises(ValueError):
        parse_indicator(indicator="x", polarity=polarity, target=target, actual=actual)


def test_dates_belong_to_milestones_alone(rules: RuleSet) -> None:
    with pytest.raises(IndicatorError, match="only a milestone"):
        achieve(Indicator("x", Polarity.MAXIMIZE, date(2026, 6, 30), Decimal(1)), rules)
    with pytest.raises(IndicatorError, match="two dates or two numbers"):
        achieve(Indicator("x", Polarity.MILESTONE, Decimal(1), date(2026, 6, 30)), rules)


def _capped(*values: str | None) -> list[Achievement]:
    return [Achievement("x", None, None if v is None else Decimal(v)) for v in values]


def test_the_mean_is_weighted_where_weights_are_given() -> None:
    assert mean_capped(_capped("120", "60")) == Decimal(90)
    assert mean_capped(_capped("120", "60"), [Decimal(1), Decimal(3)]) == Decimal(75)
    assert mean_capped(_capped("100", "100", "90.01")) == Decimal("96.67")


def test_an_indicator_without_value_leaves_the_mean_with_its_weight() -> None:
    assert mean_capped(_capped("120", None), [Decimal(1), Decimal(9)]) == Decimal(120)


@pytest.mark.parametrize(
    ("values", "weights"),
    [
        (["100"], [Decimal(1), Decimal(1)]),
        (["100"], [Decimal(0)]),
        ([None], None),
        ([], None),
        (["1", "1"], [Decimal(2), Decimal(-1)]),
    ],
)
def test_a_mean_of_nothing_is_refused(values: list[str | None], weights: list[Decimal] | None) -> None:
    with pytest.raises(ValueError, match="weight"):
        mean_capped(_capped(*values), weights)


def test_the_json_has_the_published_shape(rules: RuleSet) -> None:
    indicator = parse_indicator(indicator="AKB", polarity="minimize", target="32", actual="4,88", unit="per 1000")
    assert achieve(indicator, rules).to_mapping() == {
        "indicator": "AKB",
        "achievement": "184.75",
        "capped": "120.00",
        "warnings": [{"code": "implausible", "message": "capaian sangat tinggi; periksa target dan sumber data"}],
    }


def test_an_achievement_of_zero_is_not_negative(rules: RuleSet) -> None:
    result = achieve(parse_indicator(indicator="x", polarity="maximize", target="80", actual="0"), rules)
    assert (result.capped, result.warnings) == (Decimal(0), ())


def test_a_range_may_be_a_single_value(rules: RuleSet) -> None:
    indicator = parse_indicator(indicator="x", polarity="range", target="80..80", actual="40")
    assert achieve(indicator, rules).achievement == Decimal(50)

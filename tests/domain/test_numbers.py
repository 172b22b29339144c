"""Numbers as people write them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.numbers import MAX_DIGITS, NumberError, cut_off, half_up, may_be_thousands, parse_decimal, plain


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
    assert str(half_up(Fraction(1, 8))) == "0.13"
    assert str(half_up(Decimal("-0.001"))) == "0.00"
    assert str(half_up(Decimal("1" * 40 + ".005"))) == "1" * 40 + ".01"


@pytest.mark.parametrize(("number", "shown"), [("120.0", "120"), ("99.50", "99.5"), ("0", "0"), ("1E+3", "1000")])
def test_a_sentence_shows_no_needless_zeros(number: str, shown: str) -> None:
    assert plain(Decimal(number)) == shown


def test_a_number_may_be_cut_off_instead() -> None:
    assert str(cut_off(Fraction("2.349"))) == "2.34"
    assert str(cut_off(Fraction("-2.349"), 1)) == "-2.3"


def test_a_number_of_more_digits_than_any_budget_is_refused() -> None:
    assert parse_decimal("9" * MAX_DIGITS) == Decimal("9" * MAX_DIGITS)
    with pytest.raises(NumberError, match="too many digits"):
        parse_decimal("9" * MAX_DIGITS + ",9")


def test_a_single_separator_before_three_digits_may_have_meant_thousands() -> None:
    assert may_be_thousands("1.234")
    assert not may_be_thousands("0.025")
    assert not may_be_thousands("1.23")


@given(st.decimals(-(10**9), 10**9, places=3))
def test_every_plain_decimal_is_read_back(value: Decimal) -> None:
    assert parse_decimal(f"{value:f}") == value
    assert parse_decimal(f"{value:f}".replace(".", ",")) == value

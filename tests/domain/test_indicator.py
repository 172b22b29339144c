"""Indicators, their quarters and their printed values as written: what is read, what is refused, and in which words."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from domain.indicator import (
    AchievementWarning,
    Bounds,
    Indicator,
    IndicatorError,
    Period,
    decimal_notes,
    optional_decimal,
    parse_indicator,
    parse_period,
    shown,
    states_nothing,
)
from domain.numbers import NumberError
from domain.printed import likely_origin, printed_warnings
from domain.quarters import Aggregation, quarter_warnings
from domain.words import Polarity

D = Decimal


# -- what is written ---------------------------------------------------------------------------------------------


def test_every_written_value_is_read() -> None:
    assert parse_indicator(
        indicator="  Angka kematian ",
        polarity=" MINIMIZE ",
        target=" 32 ",
        actual="4,88",
        unit=" per 1000 ",
        previous_actual="5.5",
        weight="12,5",
        printed="184.75 %",
        period=" Tw3 ",
    ) == Indicator(
        "Angka kematian",
        Polarity.MINIMIZE,
        D(32),
        D("4.88"),
        "per 1000",
        D("5.5"),
        D("12.5"),
        (),
        D("184.75"),
        Period.Q3,
    )


def test_what_is_not_written_is_absent() -> None:
    bare = parse_indicator(indicator="x", polarity="range", target="80..90", actual="85", period=" ")
    assert bare == Indicator("x", Polarity.RANGE, Bounds(D(80), D(90)), D(85))
    assert (bare.unit, bare.previous_actual, bare.weight, bare.printed, bare.period) == ("", None, None, None, None)
    assert [optional_decimal(text) for text in ("", " ", "0", " 1,5 ")] == [None, None, D(0), D("1.5")]


def test_a_milestone_is_a_date_or_a_number() -> None:
    dated = parse_indicator(indicator="x", polarity="milestone", target=" 2026-06-30 ", actual="2026-07-01")
    assert (dated.target, dated.actual) == (date(2026, 6, 30), date(2026, 7, 1))
    counted = parse_indicator(indicator="x", polarity="milestone", target="3", actual="2")
    assert (counted.target, counted.actual) == (D(3), D(2))


@pytest.mark.parametrize(
    ("polarity", "target", "text", "problem"),
    [
        ("range", "80", "80", "a range target is written lower..upper"),
        ("range", "90..80", "90..80", "the range stands upside down"),
        ("range", "1..2..3", "2..3", "ambiguous thousands"),
        ("range", "a..2", "a", "not a number"),
        ("maximize", "2026-06-30", "2026-06-30", "not a number"),
    ],
)
def test_a_target_that_cannot_be_read_says_why(polarity: str, target: str, text: str, problem: str) -> None:
    with pytest.raises(NumberError) as caught:
        parse_indicator(indicator="x", polarity=polarity, target=target, actual="1")
    assert (caught.value.text, caught.value.problem) == (text, problem)


def _as_decimal(text: str) -> AchievementWarning:
    return AchievementWarning(
        "read-as-decimal",
        f"{text} dibaca sebagai bilangan desimal, bukan ribuan",
        f"{text} was read as a decimal number, not as thousands",
    )


def test_what_could_be_thousands_is_noted_wherever_it_stands() -> None:
    row = parse_indicator(
        indicator="x", polarity="range", target="1.000..2,500", actual=" 1.234 ", previous_actual="9.999"
    )
    assert row.notes == tuple(_as_decimal(text) for text in ("1.000", "2,500", "1.234", "9.999"))
    assert decimal_notes("0.025", "1234", "1.23", "12.345.678") == ()


def test_notes_are_added_after_those_there_are() -> None:
    first, second, third = (_as_decimal(text) for text in ("1.000", "2.000", "3.000"))
    row = Indicator("x", Polarity.MAXIMIZE, D(1), D(1), notes=(first,))
    assert row.noted(second, third) == Indicator("x", Polarity.MAXIMIZE, D(1), D(1), notes=(first, second, third))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("q1", Period.Q1),
        ("Q4", Period.Q4),
        ("tw1", Period.Q1),
        ("TW4", Period.Q4),
        ("h1", Period.H1),
        ("S2", Period.H2),
        ("year", Period.YEAR),
        ("Tahun", Period.YEAR),
    ],
)
def test_periods_have_two_names(text: str, period: Period) -> None:
    assert parse_period(f" {text} ") is period


def test_an_unknown_period_names_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"^period 'TW5' is none of ") as caught:
        parse_period(" TW5 ")
    named = str(caught.value).removeprefix("period 'TW5' is none of ").split(", ")
    assert named == ["q1", "q2", "q3", "q4", "h1", "h2", "year", "tw1", "tw2", "tw3", "tw4", "s1", "s2", "tahun"]


def test_periods_in_words() -> None:
    assert [period.words for period in Period] == [
        "triwulan I", "triwulan II", "triwulan III", "triwulan IV", "semester I", "semester II", "setahun",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", " ", "-", "–", "—", "N/A", " na ", "Belum Ada", "TIDAK ADA DATA"])
def test_a_cell_that_states_nothing(text: str) -> None:
    assert states_nothing(text)


@pytest.mark.parametrize("text", ["0", "nihil", "--", "ada"])
def test_a_cell_that_states_something(text: str) -> None:
    assert not states_nothing(text)


def test_values_as_a_sentence_shows_them() -> None:
    assert [shown(v) for v in (Bounds(D("1.50"), D(2)), D("3.10"), date(2026, 6, 30))] == [
        "1.50..2",
        "3.10",
        "2026-06-30",
    ]


def test_a_warning_is_mapped_without_its_empty_parts() -> None:
    whole = AchievementWarning("a", "b", "c", "d", "e", "f")
    assert whole.to_mapping() == {
        "code": "a", "message": "b", "message_en": "c", "rule": "d", "citation": "e", "confidence": "f",
    }  # fmt: skip
    assert AchievementWarning("a", "b", citation="e").to_mapping() == {"code": "a", "message": "b", "citation": "e"}
    assert whole.bare == AchievementWarning("a", "b")


def test_misfits_are_value_errors() -> None:
    assert issubclass(IndicatorError, ValueError)


# -- quarters ----------------------------------------------------------------------------------------------------


def test_notes_about_quarters_are_told_whole() -> None:
    quarters = [None, D(45), D("44.5"), None]
    assert tuple(quarter_warnings(quarters, Aggregation.CUMULATIVE, D(45))) == (
        AchievementWarning(
            "quarter-missing",
            "realisasi Q1 belum dilaporkan; tidak dihitung sebagai nol",
            "Q1 is not reported; it does not count as zero",
        ),
        AchievementWarning(
            "cumulative-falls",
            "realisasi kumulatif turun antartriwulan; mungkin angka per triwulan",
            "a cumulative actual falls from one quarter to a later one; it may be a figure per quarter",
        ),
        AchievementWarning(
            "actual-differs",
            "realisasi tertulis 45, sedangkan triwulan memberi 44.5; yang dipakai 44.5",
            "the actual is written as 45, the quarters give 44.5; 44.5 is used",
        ),
    )


def test_quarters_that_stay_equal_do_not_fall() -> None:
    (gap,) = quarter_warnings([D(5), D(4), None, D(0)], Aggregation.LATEST, D(0))
    assert gap.code == "quarter-missing"
    assert tuple(quarter_warnings([D(5), D(5)], Aggregation.CUMULATIVE, D(5))) == ()


# -- printed values ----------------------------------------------------------------------------------------------

CUT_OFF = "tampaknya dipotong tanpa pembulatan", "it seems to be cut off without rounding"
CAPPED = "tampaknya nilai setelah dibatasi 110", "it seems to be the value after the cap of 110"
UNKNOWN = "asalnya tidak diketahui", "its origin is unknown"


def _made_by(formula: str) -> tuple[str, str]:
    return f"tampaknya dihitung dengan {formula}", f"it seems to be computed by {formula}"


@pytest.mark.parametrize(
    ("target", "actual", "exact", "printed", "origin"),
    [
        ("8", "10", "1000/6", "166.6", CUT_OFF),
        ("8", "10", "125", "110", CAPPED),
        ("8", "10", "110", "109", UNKNOWN),
        ("8", "10", "75", "125.0", _made_by("A/T")),
        ("8", "10", "125", "75", _made_by("(2T−A)/T")),
        ("8", "10", "125", "80", _made_by("T/A")),
        ("8", "10", "75", "120", _made_by("(2A−T)/A")),
        ("8", "0", "75", "200", UNKNOWN),
        ("0", "10", "75", "100", UNKNOWN),
    ],
)  # fmt: skip
def test_how_a_printed_value_was_likely_made(
    target: str, actual: str, exact: str, printed: str, origin: tuple[str, str]
) -> None:
    indicator = Indicator("x", Polarity.MAXIMIZE, D(target), D(actual))
    assert likely_origin(indicator, Fraction(exact), D("110.00"), D(printed)) == origin


@pytest.mark.parametrize(
    ("printed", "formula"),
    [("125", "A/L"), ("75", "(2L−A)/L"), ("120", "(2A−L)/A"), ("100", "A/U"), ("80", "L/A")],
)
def test_a_range_may_be_measured_against_either_bound(printed: str, formula: str) -> None:
    indicator = Indicator("x", Polarity.RANGE, Bounds(D(8), D(10)), D(10))
    assert likely_origin(indicator, Fraction(1), D(120), D(printed)) == _made_by(formula)


def test_dates_have_no_formula() -> None:
    due = Indicator("x", Polarity.MILESTONE, date(2026, 6, 30), date(2026, 6, 1))
    assert likely_origin(due, Fraction(100), D(120), D(99)) == UNKNOWN
    undone = Indicator("x", Polarity.MILESTONE, date(2026, 6, 30), D(0))
    assert likely_origin(undone, Fraction(0), D(120), D(99)) == UNKNOWN


@pytest.mark.parametrize("printed", ["166.67", "166.7", "167"])
def test_what_rounds_to_the_printed_value_is_right(printed: str) -> None:
    indicator = Indicator("x", Polarity.MAXIMIZE, D(3), D(5), printed=D(printed))
    assert list(printed_warnings(indicator, Fraction(500, 3), D(120))) == []


def test_a_printed_value_that_differs_is_told_whole() -> None:
    indicator = Indicator("x", Polarity.MAXIMIZE, D(3), D(5), printed=D("166.66"))
    assert list(printed_warnings(indicator, Fraction(500, 3), D(120))) == [
        AchievementWarning(
            "printed-differs",
            "tercetak 166.66, rumus memberi 166.67; tampaknya dipotong tanpa pembulatan",
            "printed 166.66, the formula gives 166.67; it seems to be cut off without rounding",
        )
    ]

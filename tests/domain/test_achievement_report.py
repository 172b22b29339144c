"""Achievements as reports give them: printed values, quarters, and the columns of `selter achievement`."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from domain.achievement import achieve
from domain.indicator import Period, parse_indicator, parse_period, states_nothing
from domain.quarters import (
    Aggregation,
    aggregation_of,
    covered,
    quarter_warnings,
    reported_through,
    written_targets_are_periodic,
    year_actual,
)
from domain.rules import RuleSet
from runtime.law.achievement import achievement

# -- printed values ----------------------------------------------------------------------------------------------


def _printed(rules: RuleSet, polarity: str, target: str, actual: str, printed: str) -> list[str]:
    row = {"polarity": polarity, "target": target, "actual": actual, "printed": printed}
    warnings = achieve(parse_indicator(indicator="x", **row), rules).warnings
    return [w.message for w in warnings if w.code == "printed-differs"]


@pytest.mark.parametrize(
    ("polarity", "target", "actual", "printed"),
    [
        ("maximize", "77", "91.76", "119,17"),
        ("maximize", "77", "91.76", "119.2"),
        ("maximize", "77", "91.76", "119"),
        ("minimize", "32", "4.88", "184.75 %"),
        ("maximize", "15", "11", "73.3"),
        ("milestone", "2026-06-30", "2026-06-01", "100"),
    ],
)
def test_a_printed_value_is_right_at_its_own_decimals(
    rules: RuleSet, polarity: str, target: str, actual: str, printed: str
) -> None:
    assert _printed(rules, polarity, target, actual, printed) == []


@pytest.mark.parametrize(
    ("polarity", "target", "actual", "printed", "computed", "origin"),
    [
        ("maximize", "77", "91.76", "119.16", "119.17", "tampaknya dipotong tanpa pembulatan"),
        ("minimize", "32", "4.88", "120", "184.75", "tampaknya nilai setelah dibatasi 120"),
        ("minimize", "32", "4.88", "15.25", "184.75", "tampaknya dihitung dengan A/T"),
        ("minimize", "32", "4.88", "655.74", "184.75", "tampaknya dihitung dengan T/A"),
        ("maximize", "80", "100", "75", "125.00", "tampaknya dihitung dengan (2T−A)/T"),
        ("range", "80..90", "92", "113", "102.22", "tampaknya dihitung dengan (2A−L)/A"),
        ("range", "80..90", "92", "115", "102.22", "tampaknya dihitung dengan A/L"),
        ("range", "80..90", "70", "77.78", "87.50", "tampaknya dihitung dengan A/U"),
        ("range", "80..90", "92", "97.78", "102.22", "tampaknya dihitung dengan (2U−A)/U"),
        ("maximize", "1.49", "1.81", "121.32", "121.48", "asalnya tidak diketahui"),
        ("maximize", "100", "0", "120", "0.00", "asalnya tidak diketahui"),
        ("maximize", "100", "120", "119", "120.00", "asalnya tidak diketahui"),
        ("minimize", "0", "1", "100", "0.00", "asalnya tidak diketahui"),
        ("milestone", "2026-06-30", "2026-07-01", "99", "0.00", "asalnya tidak diketahui"),
    ],
)
def test_a_printed_value_that_its_formula_does_not_give_shows_its_origin(
    rules: RuleSet, polarity: str, target: str, actual: str, printed: str, computed: str, origin: str
) -> None:
    message = f"tercetak {printed}, rumus memberi {computed}; {origin}"
    assert _printed(rules, polarity, target, actual, printed) == [message]


def test_the_origin_is_told_in_english_too(rules: RuleSet) -> None:
    row = {"polarity": "minimize", "target": "32", "actual": "4.88", "printed": "15.25"}
    warning = achieve(parse_indicator(indicator="x", **row), rules).warnings[-1]
    assert warning.message_en == "printed 15.25, the formula gives 184.75; it seems to be computed by A/T"


# -- quarters ----------------------------------------------------------------------------------------------------


def _quarters(*figures: str | None) -> list[Decimal | None]:
    return [None if figure is None else Decimal(figure) for figure in figures]


@pytest.mark.parametrize(
    ("figures", "how", "actual", "period"),
    [
        (("20", "45", "70", "90"), Aggregation.CUMULATIVE, "90", Period.YEAR),
        (("20", "45", None, None), Aggregation.CUMULATIVE, "45", Period.H1),
        (("20", None, "70", None), Aggregation.CUMULATIVE, "70", Period.Q3),
        (("5", "6", "7", "8"), Aggregation.PERIODIC, "26", Period.YEAR),
        (("5", "6", None, None), Aggregation.PERIODIC, "11", Period.H1),
        (("5", None, "7", None), Aggregation.PERIODIC, None, Period.Q3),
        (("0", None, None, None), Aggregation.PERIODIC, "0", Period.Q1),
        (("80", "79", "81", "78"), Aggregation.LATEST, "78", Period.YEAR),
        ((None, None, None, None), Aggregation.LATEST, None, None),
        ((None, None, None, None), Aggregation.PERIODIC, None, None),
    ],
)
def test_quarters_make_the_year_as_they_count(
    figures: tuple[str | None, ...], how: Aggregation, actual: str | None, period: Period | None
) -> None:
    quarters = _quarters(*figures)
    assert year_actual(quarters, how) == (None if actual is None else Decimal(actual))
    assert covered(quarters) is period


def test_the_last_reported_quarter_counts_not_the_number_of_reports() -> None:
    assert reported_through(_quarters(None, "1", None, None)) == 2


@pytest.mark.parametrize(
    ("figures", "how", "stated", "codes"),
    [
        (("20", "45", "45", "90"), Aggregation.CUMULATIVE, None, []),
        (("20", "45", "44.99", "90"), Aggregation.CUMULATIVE, None, ["cumulative-falls"]),
        (("20", None, "19", "90"), Aggregation.CUMULATIVE, None, ["quarter-missing", "cumulative-falls"]),
        (("20", "19", "18", "17"), Aggregation.LATEST, None, []),
        (("5", "4", "3", "2"), Aggregation.PERIODIC, "14", []),
        (("5", "4", "3", "2"), Aggregation.PERIODIC, "2", ["actual-differs"]),
        (("5", "4", "3", "2"), Aggregation.LATEST, "2", []),
        (("5", None, "3", None), Aggregation.PERIODIC, "8", ["quarter-missing"]),
        ((None, None, None, None), Aggregation.LATEST, "8", []),
    ],
)
def test_odd_quarters_are_noted(
    figures: tuple[str | None, ...], how: Aggregation, stated: str | None, codes: list[str]
) -> None:
    stated_actual = None if stated is None else Decimal(stated)
    assert [w.code for w in quarter_warnings(_quarters(*figures), how, stated_actual)] == codes


def test_the_notes_name_quarters_and_figures() -> None:
    gap, differs = quarter_warnings(_quarters(None, "45", None, "90"), Aggregation.LATEST, Decimal(91))
    assert gap.message.startswith("realisasi Q1, Q3 belum")
    assert gap.message_en.startswith("Q1, Q3 is not")
    assert differs.message == "realisasi tertulis 91, sedangkan triwulan memberi 90; yang dipakai 90"


@pytest.mark.parametrize(
    ("target", "quarterly", "how"),
    [
        ("90", ("20", "45", "70", "90"), Aggregation.CUMULATIVE),
        ("14", ("17", "16", "15", "14"), Aggregation.CUMULATIVE),
        ("20", ("5", "5", "5", "5"), Aggregation.PERIODIC),
        ("10", ("5", "5"), Aggregation.PERIODIC),
        ("20", ("5", "5", "5", "6"), None),
        ("20", ("20",), Aggregation.CUMULATIVE),
        ("20", (), None),
    ],
)
def test_quarterly_targets_end_at_the_year_or_add_up_to_it(
    target: str, quarterly: tuple[str, ...], how: Aggregation | None
) -> None:
    assert aggregation_of(Decimal(target), [Decimal(q) for q in quarterly]) is how


@pytest.mark.parametrize(
    ("target", "quarterly", "periodic"),
    [
        ("20", ["5", "5", "", "10"], True),
        ("20", ["5", "10", "15", "20"], False),
        ("80..90", ["5", "10"], False),
        ("20", ["lima", "10"], False),
        ("20", [], False),
    ],
)
def test_written_targets_are_read_where_they_can_be(target: str, quarterly: list[str], periodic: bool) -> None:
    assert written_targets_are_periodic(target, quarterly) is periodic


def test_periods_have_names_in_both_languages() -> None:
    assert [parse_period(text) for text in (" TW2 ", "S1", "tahun", "year", "H2")] == [
        Period.Q2,
        Period.H1,
        Period.YEAR,
        Period.YEAR,
        Period.H2,
    ]
    assert Period.YEAR.words == "setahun"


@pytest.mark.parametrize(
    ("text", "nothing"), [("", True), (" - ", True), ("N/A", True), ("0", False), ("Belum ada", True)]
)
def test_a_cell_may_say_that_there_is_nothing(text: str, nothing: bool) -> None:
    assert states_nothing(text) is nothing


# -- the command -------------------------------------------------------------------------------------------------


def _run(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str) -> dict[str, Any]:
    path = tmp_path / "indicators.csv"
    path.write_text(text, encoding="utf-8")
    assert achievement(path, as_json=True) == 0
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def _codes(indicator: dict[str, Any]) -> list[str]:
    return [warning["code"] for warning in indicator["warnings"]]


def test_a_missing_figure_is_a_status_and_leaves_the_mean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "a,maximize,80,88\nb,maximize,,5\nc,range,-,5\nd,minimize,10,belum ada\ne,milestone,2026-06-30,\n"
    result = _run(tmp_path, capsys, f"indicator,polarity,target,actual\n{rows}")
    assert [(i["achievement"], i["status"]) for i in result["indicators"]] == [
        ("110.00", "computed"),
        (None, "no-target"),
        (None, "no-target"),
        (None, "no-actual"),
        (None, "no-actual"),
    ]
    assert (result["mean_capped"], result["proposed_results"]) == ("110.00", "above")
    assert [(w["code"], w["message"][-10:]) for w in result["warnings"]] == [("not-averaged", "b, c, d, e")]


def test_nothing_measured_proposes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = _run(tmp_path, capsys, "indicator,polarity,target,actual\na,maximize,80,\n")
    assert (result["mean_capped"], result["proposed_results"]) == (None, None)


def test_quarters_stand_in_for_the_actual(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = (
        "a,maximize,20,,periodic,5,5,5,6\n"
        "b,maximize,20,,cumulative,5,10,,\n"
        "c,maximize,20,7,latest,5,,15,20\n"
        "d,maximize,20,,periodic,5,,5,5\n"
        "e,maximize,20,,periodic,,,,\n"
        'f,maximize,20,,latest,"1.234",,,19\n'
        "g,maximize,,,latest,1,2,3,4\n"
    )
    result = _run(tmp_path, capsys, f"indicator,polarity,target,actual,aggregation,q1,q2,q3,q4\n{rows}")
    assert [(i["achievement"], i["status"], _codes(i)) for i in result["indicators"]] == [
        ("105.00", "computed", []),
        ("50.00", "computed", ["part-year"]),
        ("100.00", "computed", ["quarter-missing", "actual-differs"]),
        (None, "no-actual", ["quarter-missing", "no-actual"]),
        (None, "no-actual", ["no-actual"]),
        ("95.00", "computed", ["read-as-decimal", "quarter-missing"]),
        (None, "no-target", ["no-target"]),
    ]


def test_a_stated_period_stands_beside_quarters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "a,maximize,20,year,latest,5,18\nb,maximize,20,,latest,5,18\n"
    result = _run(tmp_path, capsys, f"indicator,polarity,target,period,aggregation,q1,q2\n{rows}")
    assert [_codes(i) for i in result["indicators"]] == [[], ["part-year"]]


def test_weights_count_beside_what_has_no_value(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "a,maximize,10,9,1\nb,maximize,10,11,3\nc,maximize,10,,6\n"
    result = _run(tmp_path, capsys, f"indicator,polarity,target,actual,weight\n{rows}")
    assert (result["mean_capped"], result["proposed_results"]) == ("105.00", "as_expected")
    rows = "a,maximize,10,9,1\nb,maximize,10,11,3\nc,maximize,10,,\n"
    assert _run(tmp_path, capsys, f"indicator,polarity,target,actual,weight\n{rows}")["mean_capped"] == "100.00"


def test_a_mean_that_hides_a_miss_is_named_in_both_outputs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "indicator,polarity,target,actual\na,maximize,10,8\nb,maximize,10,12\nc,maximize,10,\n"
    assert [w["code"] for w in _run(tmp_path, capsys, text)["warnings"]] == ["mean-hides-miss", "not-averaged"]
    assert achievement(tmp_path / "indicators.csv") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["a: 80.00 (terbatas 80.00)", "b: 120.00 (terbatas 120.00)"]
    assert lines[2] == "c: tanpa nilai"
    assert lines[4:6] == [
        "Rata-rata capaian terbatas: 100.00",
        "       ! rata-rata 100.00 memenuhi ekspektasi, tetapi di bawahnya: a",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("indicator,polarity,target,q1\na,maximize,20,5\n", "aggregation is needed"),
        ("indicator,polarity,target,aggregation,q1\na,maximize,20,mean,5\n", "mean"),
        ("indicator,polarity,target,aggregation,q1\na,maximize,20,latest,lima\n", "not a number"),
        ("indicator,polarity,actual\na,maximize,20\n", "target is missing"),
        ("indicator,polarity,target\na,maximize,20\n", "actual is missing"),
        ("indicator,polarity,target,actual,printed\na,maximize,20,5,lima\n", "not a number"),
        ("indicator,polarity,target,actual,period\na,maximize,20,5,Q5\n", "Q5"),
        ("indicator,polarity,target,actual\na,maximize,,lima\n", "not a number"),
        ("indicator,polarity,target,actual,q5\na,maximize,20,5,5\n", "q5"),
        ("indicator,polarity,target,aggregation,q1\na,milestone,2026-06-30,latest,5\n", "milestone"),
    ],
)
def test_what_cannot_be_read_exits_with_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    path = tmp_path / "indicators.csv"
    path.write_text(text, encoding="utf-8")
    assert achievement(path) == 2
    assert message in capsys.readouterr().err

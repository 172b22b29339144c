"""What lint says about the annex of a performance contract: every finding whole, and budgets in rupiah."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from domain.annex import Annex, BudgetLine, IndicatorDraft, budget_total, lint, rupiah, unreadable
from domain.checks.finding import Finding
from domain.numbers import NumberError
from domain.rules import Confidence, Enforcement, RuleSet

YEAR = (1, 2, 3, 4)
FORM = "PermenPANRB 53/2014 (formulir perjanjian kinerja)"
SPENDING = IndicatorDraft("Tata kelola", "Penyerapan anggaran", "maximize", "95", "persen", ("20", "45", "70", "95"))
ROADS = IndicatorDraft("Jalan", "Jalan mantap", "maximize", "80", "persen", ("20", "40", "60", "80"))
COLUMNS, BUDGET, QUARTERS, SPENT = (
    "pk.annex.columns",
    "pk.annex.budget_columns",
    "skp.periodic_review",
    "skp.budget_indicator_required",
)


def _lint(rules: RuleSet, *indicators: IndicatorDraft, budget: tuple[BudgetLine, ...] = ()) -> tuple[Finding, ...]:
    return lint(Annex(indicators, budget), YEAR, rules)


def _blocked(rule: str, path: str, message: str, message_en: str) -> Finding:
    return Finding(rule, Enforcement.BLOCK, path, message, message_en, FORM, Confidence.READ)


def test_a_whole_annex_has_no_findings(rules: RuleSet) -> None:
    assert _lint(rules, ROADS, SPENDING, budget=(BudgetLine("Program Jalan", "1.000.000"),)) == ()


def test_an_empty_annex_is_blocked_and_nothing_else_is_said(rules: RuleSet) -> None:
    assert _lint(rules) == (_blocked(COLUMNS, "indicators", "lampiran belum memuat indikator", "there is none"),)


@pytest.mark.parametrize(
    ("change", "path", "message", "message_en"),
    [
        ({"objective": " "}, "objective", "kolom sasaran kosong", "objective is empty"),
        ({"name": ""}, "name", "kolom indikator kosong", "name is empty"),
        ({"target": "\t"}, "target", "kolom target kosong", "target is empty"),
        (
            {"target": "sembilan", "quarterly": ()},
            "target",
            "target tidak terbaca: not a number: sembilan",
            "not a number: sembilan",
        ),
        (
            {"quarterly": ("20", "", "tiga", "80")},
            "quarterly[2]",
            "target triwulan 3: not a number: tiga",
            "not a number: tiga",
        ),
        (
            {"quarterly": ("20", "40", "80")},
            "quarterly",
            "target triwulan harus 4 kolom; kosongkan yang tidak ada",
            "quarterly targets need 4 places; leave empty those that have none",
        ),
        (
            {"quarterly": ("20", "40", "60", "70", "80")},
            "quarterly",
            "target triwulan harus 4 kolom; kosongkan yang tidak ada",
            "quarterly targets need 4 places; leave empty those that have none",
        ),
    ],
)
def test_an_indicator_that_cannot_be_measured_is_blocked_at_its_place(
    rules: RuleSet, change: dict[str, Any], path: str, message: str, message_en: str
) -> None:
    finding = _blocked(COLUMNS, f"indicators[1].{path}", message, message_en)
    assert _lint(rules, SPENDING, replace(ROADS, **change)) == (finding,)


def test_every_empty_column_of_every_indicator_is_named(rules: RuleSet) -> None:
    empty = IndicatorDraft(" ", "", "maximize", " ")
    found = _lint(rules, empty, SPENDING, empty)
    assert [f.path for f in found] == [
        f"indicators[{place}].{column}" for place in (0, 2) for column in ("objective", "name", "target")
    ]


def test_what_follows_an_indicator_without_target_is_read_as_well(rules: RuleSet) -> None:
    bare = replace(ROADS, target="")
    wrong = replace(ROADS, target="x", quarterly=("y", "40", "60", "z"))
    assert [f.path for f in _lint(rules, bare, wrong, SPENDING)] == [
        "indicators[0].target",
        "indicators[1].target",
        "indicators[1].quarterly[0]",
        "indicators[1].quarterly[3]",
    ]


@pytest.mark.parametrize(
    ("polarity", "target", "why"),
    [
        ("maximize", "95", ""),
        ("range", "80..90", ""),
        ("milestone", "2026-06-30", ""),
        ("maximize", "lima", "not a number: lima"),
        ("range", "80", "a range target is written lower..upper: 80"),
        ("range", "90..80", "the range stands upside down: 90..80"),
        ("range", "1..2..3", "ambiguous thousands: 2..3"),
        ("sideways", "80", "'sideways' is not a valid Polarity"),
    ],
)
def test_why_a_target_cannot_be_read(polarity: str, target: str, why: str) -> None:
    assert unreadable(replace(ROADS, polarity=polarity), target) == why


def test_an_actual_is_read_beside_its_target() -> None:
    assert unreadable(ROADS, "80", "79,5") == ""
    assert unreadable(ROADS, "80", "hampir") == "not a number: hampir"


# -- weights -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weights", "total"),
    [
        (("60", "40"), None),
        (("0.01", "99.99"), None),
        ((None, None), None),
        (("60", "39.99"), "99.99"),
        (("60", "40.01"), "100.01"),
        (("0", "100"), "100"),
        (("-1", "101"), "100"),
        (("100", None), "100"),
    ],
)
def test_weights_are_positive_and_make_a_hundred(
    rules: RuleSet, weights: tuple[str | None, str | None], total: str | None
) -> None:
    first, second = (None if w is None else Decimal(w) for w in weights)
    found = _lint(rules, replace(ROADS, weight=first), replace(SPENDING, weight=second))
    expected = Finding(
        "selter.contract.weights",
        Enforcement.BLOCK,
        "indicators",
        f"bobot indikator berjumlah {total}; setiap indikator perlu bobot positif dan jumlahnya 100",
        f"the weights add up to {total}; each indicator needs a positive weight and they must add up to 100",
        "Pilihan Selter (bukan ketentuan)",
        Confidence.DERIVED,
        "100",
        str(total),
    )
    assert found == (() if total is None else (expected,))


# -- the budget --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("objective", "name", "blocked"),
    [
        ("Tata kelola", "Penyerapan ANGGARAN", False),
        ("Anggaran yang efisien", "Nilai kinerja", False),
        ("Tata kelola", "Nilai kinerja", True),
    ],
)
def test_some_indicator_is_of_the_use_of_the_budget(rules: RuleSet, objective: str, name: str, blocked: bool) -> None:
    finding = Finding(
        SPENT,
        Enforcement.BLOCK,
        "indicators",
        "lampiran belum memuat indikator penggunaan anggaran",
        "there is no indicator of the use of the budget",
        "PP 30/2019 Pasal 13-14",
        Confidence.READ,
    )
    assert _lint(rules, replace(SPENDING, objective=objective, name=name), ROADS) == ((finding,) if blocked else ())


def test_a_programme_has_a_name_and_an_amount(rules: RuleSet) -> None:
    lines = (BudgetLine("Program Jalan", "1.000"), BudgetLine(" ", "banyak"), BudgetLine("", "5"))
    unnamed = "nama program kosong", "the programme has no name"
    assert _lint(rules, SPENDING, budget=lines) == (
        _blocked(BUDGET, "budget[1].programme", *unnamed),
        _blocked(BUDGET, "budget[1].amount", "anggaran tidak terbaca: banyak", "not a number"),
        _blocked(BUDGET, "budget[2].programme", *unnamed),
    )


@pytest.mark.parametrize(
    ("written", "rupiahs"),
    [
        ("5000", "5000"),
        (" Rp 5.000 ", "5000"),
        ("Rp1.234.567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("1.234,5", "1234.5"),
        ("12.34", "12.34"),
        ("0", "0"),
    ],
)
def test_points_group_thousands_of_rupiah(written: str, rupiahs: str) -> None:
    assert rupiah(written) == Decimal(rupiahs)


@pytest.mark.parametrize("written", ["", "Rp", "1.23.456", "1.234.56", "1,2,3", "lima"])
def test_what_is_no_amount_is_refused(written: str) -> None:
    with pytest.raises(NumberError):
        rupiah(written)


def test_the_budget_is_the_sum_of_the_programmes() -> None:
    assert budget_total(()) == 0
    assert isinstance(budget_total(()), Decimal)
    assert budget_total((BudgetLine("a", "Rp 1.500"), BudgetLine("b", "2.500,75"))) == Decimal("4000.75")


# -- quarters ----------------------------------------------------------------------------------------------------


def _no_quarter(number: int) -> Finding:
    return Finding(
        QUARTERS,
        Enforcement.INFO,
        f"quarters[{number}]",
        f"tidak ada target untuk triwulan {number}; capaian triwulan itu tidak dapat dihitung",
        f"no indicator has a target for quarter {number}; its achievement cannot be computed",
        "PermenPANRB 6/2022; SE MenPANRB 3/2023",
        Confidence.SECONDARY,
    )


def test_each_quarter_that_counts_needs_a_target_of_some_indicator(rules: RuleSet) -> None:
    first, last = replace(ROADS, quarterly=("20", "", "", "80")), replace(SPENDING, quarterly=("", "45", " ", "95"))
    assert _lint(rules, first, last) == (_no_quarter(3),)
    assert lint(Annex((first, last)), (1, 2, 4), rules) == ()
    without = replace(SPENDING, quarterly=())
    assert lint(Annex((without,)), (2, 4), rules) == (_no_quarter(2), _no_quarter(4))


def test_targets_of_every_indicator_lead_to_the_year(rules: RuleSet) -> None:
    milestone = replace(ROADS, polarity="milestone", target="2026-06-30", quarterly=())
    unread = replace(ROADS, polarity=" MINIMIZE ", target="80", quarterly=("5", "x", "", ""))
    lost = replace(ROADS, polarity=" Minimize ", quarterly=("", "10", "15", ""))
    found = _lint(rules, SPENDING, milestone, unread, lost)
    assert found == (
        _blocked(COLUMNS, "indicators[2].quarterly[1]", "target triwulan 2: not a number: x", "not a number: x"),
        Finding(
            QUARTERS,
            Enforcement.INFO,
            "indicators[3].quarterly",
            "target triwulan berakhir pada 15 dan berjumlah 25; target tahun 80",
            "quarterly targets end at 15 and add up to 25; the year's is 80",
            "PermenPANRB 6/2022; SE MenPANRB 3/2023",
            Confidence.SECONDARY,
            "80",
            "15",
        ),
    )

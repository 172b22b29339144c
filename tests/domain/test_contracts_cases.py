"""Published contracts and demotions: every achievement that can be recomputed, and the gates that were missed.

The cases lie beside the repository; without them these tests are skipped. The figures and warnings below were
reviewed by hand against the published ones.
"""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from domain.achievement import Achievement, achieve, mean_capped
from domain.calendar import Calendar
from domain.indicator import parse_indicator
from domain.law.demotion import DemotionRecord, missing_gates
from domain.rating import numeric_rating
from domain.rules import RuleSet
from domain.words import Clearance, Rating, ReviewOutcome, Role
from records.calendars import build_calendar

CASES = Path(__file__).parents[3] / "shared" / "cases"

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the published cases are not here")


def _cases(name: str, key: str) -> dict[str, Any]:
    return {case["id"]: case for case in json.loads((CASES / name).read_text(encoding="utf-8"))[key]}


# -- achievements ------------------------------------------------------------------------------------------------

_WORKED = {  # the worked examples of K01 state target and actual in words
    "range target 80-90%, real 92%": ("range", "80..90", "92"),
    "range target 80-90%, real 70%": ("range", "80..90", "70"),
    # a range of time, where less is better, is measured against the bound that was passed
    "time target 7-8 months (special: lower is better), real 6.5": ("minimize", "7", "6.5"),
    "time target 7-8 months, real 9": ("minimize", "8", "9"),
    "p363 target 85 real 85": ("maximize", "85", "85"),
    "p363 target 95 real 93": ("maximize", "95", "93"),
}
_POLARITIES = {"lower": "minimize", "higher": "maximize", None: "maximize"}


def _recomputed(rules: RuleSet, item: dict[str, Any], period: str) -> Achievement | None:
    """The achievement of a published item, where it states what it was computed from."""
    if item["indicator"] in _WORKED:
        polarity, target, actual = _WORKED[item["indicator"]]
    elif "realisasi" in item:
        polarity = _POLARITIES[item.get("direction")]
        target, actual = str(item["target"]), str(item["realisasi"])
    else:
        return None
    written = {"unit": item.get("unit") or "", "printed": str(item["capaian_printed"]), "period": period}
    indicator = parse_indicator(indicator=item["indicator"], polarity=polarity, target=target, actual=actual, **written)
    return achieve(indicator, rules)


_HALF_YEARS = {"K07": "H1"}


@pytest.fixture(scope="module")
def published(rules: RuleSet) -> list[tuple[str, dict[str, Any], Achievement]]:
    """The items that can be recomputed, with the contract they come from."""
    found = []
    for case_id, case in _cases("contracts.json", "contracts").items():
        for item in case["sasaran_and_indicators"]:
            result = _recomputed(rules, item, _HALF_YEARS.get(case_id, ""))
            if result is not None:
                found.append((case_id, item, result))
    return found


def test_every_published_achievement_is_recomputed_to_the_last_decimal(
    published: list[tuple[str, dict[str, Any], Achievement]],
) -> None:
    assert len(published) == 20
    for case_id, item, result in published:
        expected = Decimal(str(item["capaian_recomputed"]))
        assert result.achievement == expected, (case_id, item["indicator"])


def test_the_warnings_are_those_that_were_reviewed(
    published: list[tuple[str, dict[str, Any], Achievement]],
) -> None:
    found = {f"{case} {item['indicator']}": [w.code for w in result.warnings] for case, item, result in published}
    assert {name: codes for name, codes in found.items() if codes} == {
        "K01 range target 80-90%, real 92%": ["printed-differs"],
        "K02 Angka kematian bayi (AKB) vs 2015 target": ["implausible"],
        "K02 AKB vs 2019 target": ["implausible"],
        "K05 Jalan (km basis)": ["read-as-decimal"],
        "K05 Jalan (% basis, same indicator)": ["printed-differs"],
        "K05 Persampahan second printing": ["printed-differs"],
        "K07 Kelulusan pelatihan": ["part-year"],
        "K07 Lowongan terisi": ["part-year", "printed-differs"],
        "K07 Wirausaha baru": ["part-year"],
    }


@pytest.mark.parametrize(
    ("case_id", "indicator", "origin"),
    [
        ("K01", "range target 80-90%, real 92%", "rumus memberi 102.22; tampaknya dihitung dengan (2A−L)/A"),
        ("K05", "Jalan (% basis, same indicator)", "rumus memberi 121.48; asalnya tidak diketahui"),
        ("K05", "Persampahan second printing", "rumus memberi 73.33; asalnya tidak diketahui"),
        ("K07", "Lowongan terisi", "rumus memberi 119.17; tampaknya dipotong tanpa pembulatan"),
    ],
)
def test_a_wrongly_printed_achievement_shows_where_it_came_from(
    published: list[tuple[str, dict[str, Any], Achievement]], case_id: str, indicator: str, origin: str
) -> None:
    (result,) = (r for case, item, r in published if (case, item["indicator"]) == (case_id, indicator))
    (warning,) = (w for w in result.warnings if w.code == "printed-differs")
    assert warning.message.endswith(origin)


def test_the_published_mean_of_the_roads_is_the_one_of_capped_achievements(
    published: list[tuple[str, dict[str, Any], Achievement]],
) -> None:
    """K05 prints 110 for road (121.32) and bridge (100); uncapped it would be 110.66."""
    roads = [r for case, item, r in published if (case, item["indicator"]) in _ROADS]
    assert mean_capped(roads) == Decimal(110)


_ROADS = {("K05", "Jalan (km basis)"), ("K05", "Jembatan")}


def test_the_published_minimize_as_maximize_would_be_doubted(rules: RuleSet) -> None:
    """K02's other formula, 15.25 %, is what the wrong polarity gives."""
    row = {"indicator": "Angka kematian bayi", "target": "32", "actual": "4.88"}
    wrong = achieve(parse_indicator(polarity="maximize", **row), rules)
    assert (str(wrong.achievement), [w.code for w in wrong.warnings]) == ("15.25", ["wrong-polarity"])


def test_the_published_bands_are_ours(rules: RuleSet) -> None:
    """K01's bands are of whole percents; the ends that it states fall where the law's bands have them."""
    bands = _cases("contracts.json", "contracts")["K01"]["rating_bands"]
    ours = {
        "Sangat Baik": Rating.VERY_GOOD,
        "Baik": Rating.GOOD,
        "Cukup": Rating.NEEDS_IMPROVEMENT,
        "Kurang": Rating.POOR,
        "Sangat Kurang": Rating.VERY_POOR,
    }
    assert set(bands) == set(ours)
    for name, text in bands.items():
        ends = text.partition(" ")[0].split("-")
        assert {numeric_rating(Decimal(end), rules, new_idea=True) for end in ends} == {ours[name]}, name


# -- demotions ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def years() -> Calendar:
    """Working days of the years in which the demotions happened."""
    return build_calendar("Asia/Jakarta", tuple(range(2018, 2027)))


_DECIDED = DemotionRecord(decided_by=Role.PPK, outcome=ReviewOutcome.LOWER_POST)
_CONSENTS = (Clearance.REPLACEMENT, Clearance.HOME_AFFAIRS)

# What each report states was done, and the gates whose lack it names (or that the reported facts prove).
_DEMOTIONS: dict[str, tuple[DemotionRecord, set[int], set[int]]] = {
    # no decree or record, no six months, no reasons: replaced and told by phone
    "D01": (replace(_DECIDED, decided_on=date(2018, 7, 5)), {4, 5, 6, 7, 8, 9}, set()),
    # missed targets with data and an examination record: rated, heard, decided
    "D02": (
        replace(_DECIDED, rating=Rating.POOR, rating_final=True, improved=False, decided_on=date(2019, 2, 26)),
        set(),
        {2, 3, 6, 11},
    ),
    # a regent's decision alone
    "D03": (replace(_DECIDED, decided_on=date(2021, 11, 30)), {1, 2, 4, 5, 6, 7, 8, 9}, set()),
    # the minister's and the supervisor's consent were needed
    "D05": (replace(_DECIDED, decided_on=date(2023, 3, 14), needs=_CONSENTS), {10}, set()),
    # only who was in post for more than a year was evaluated
    "D06": (
        DemotionRecord(contract_in_force=True, inaugurated_on=date(2015, 1, 1), period_end=date(2015, 12, 31)),
        set(),
        {1, 3},
    ),
    # assessed and tested, without a word of six months to improve
    "D07": (
        replace(_DECIDED, accreditation="2025", improved=False, decided_on=date(2026, 1, 9)),
        {4, 5},
        {6, 7},
    ),
    # retest by assessors without accreditation; the supervisor was consulted
    "D08": (
        replace(
            _DECIDED, needs=_CONSENTS[:1], cleared=_CONSENTS[:1], decision_notice_on=date(2025, 11, 19),
            decided_on=date(2025, 12, 1),
        ),
        {7, 9},
        {10},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case_id", sorted(_DEMOTIONS))
def test_a_demotion_s_missed_gates_are_named(case_id: str, rules: RuleSet, years: Calendar) -> None:
    record, missed, proved = _DEMOTIONS[case_id]
    case = _cases("demotions.json", "cases")[case_id]
    named = {gate.number for gate in missing_gates(record, rules, years)}
    assert missed <= named
    assert not proved & named
    assert bool(missed) is bool(case["procedure_missed_or_disputed"])


def test_only_a_case_without_facts_of_the_demotion_is_left_out() -> None:
    """D04 reports letters about a removal, nothing of its procedure."""
    assert set(_cases("demotions.json", "cases")) - set(_DEMOTIONS) == {"D04"}


def test_six_months_can_fit_between_job_fit_and_demotion_only_if_noticed(rules: RuleSet, years: Calendar) -> None:
    """D07's 269 days would have held the six months, had a notice started them."""
    record = replace(
        _DEMOTIONS["D07"][0], notice_delivered_on=date(2025, 4, 15), plan=True, coached=True,
        evaluated_on=date(2026, 1, 9),
    )  # fmt: skip
    assert not {4, 5} & {gate.number for gate in missing_gates(record, rules, years)}
    early = replace(record, evaluated_on=date(2025, 10, 15))
    assert {gate.number for gate in missing_gates(early, rules, years)} >= {5}

"""Service: feeder posts and experience, with overlaps, gaps, acting posts and doubtful dates."""

from datetime import date

import pytest

from domain.dates import Span
from domain.eligibility import (
    CandidateRecord,
    CivilStatus,
    Position,
    PositionKind,
    RequirementResult,
    Requirements,
    screen,
)
from domain.eligibility.service import time_served
from domain.rules import RuleSet
from domain.words import Verdict

MET, NOT_MET, NEEDS_REVIEW = Verdict.MET, Verdict.NOT_MET, Verdict.NEEDS_REVIEW
CLOSES = date(2026, 2, 4)
ASKED = Requirements(feeder_years=2, experience_years=5, as_of=CLOSES)
ADMINISTRATOR, JF_MADYA = PositionKind.ADMINISTRATOR, PositionKind.JF_AHLI_MADYA


def _screened(
    rules: RuleSet, requirement: str, record: CandidateRecord, asked: Requirements = ASKED
) -> RequirementResult:
    return next(r for r in screen(record, asked, (), rules) if r.requirement == requirement)


def _feeder(rules: RuleSet, *positions: Position, asked: Requirements = ASKED) -> RequirementResult:
    return _screened(rules, "feeder_years", CandidateRecord(positions=positions), asked)


# -- counting


@pytest.mark.parametrize(
    ("periods", "span"),
    [
        ([], Span(0, 0)),
        ([(date(2024, 2, 5), date(2026, 2, 4))], Span(24, 0)),
        ([(date(2024, 2, 6), date(2026, 2, 4))], Span(23, 30)),
        ([(date(2024, 2, 29), date(2025, 2, 27))], Span(12, 0)),
        ([(date(2021, 1, 1), date(2021, 1, 15)), (date(2021, 3, 1), date(2021, 3, 15))], Span(0, 30)),
        ([(date(2021, 1, 1), date(2021, 1, 15)), (date(2021, 3, 1), date(2021, 3, 16))], Span(1, 0)),
        ([(date(2021, 7, 1), date(2021, 7, 30)), (date(2021, 8, 1), date(2021, 8, 30))], Span(1, 29)),
        ([(date(2021, 7, 1), date(2021, 8, 30))], Span(1, 30)),
        ([(date(2021, 1, 1), date(2021, 6, 30)), (date(2021, 7, 1), date(2021, 12, 31))], Span(12, 0)),
        ([(date(2021, 1, 1), date(2021, 6, 30)), (date(2021, 3, 1), date(2021, 12, 31))], Span(12, 0)),
        ([(date(2021, 1, 1), date(2021, 12, 31)), (date(2021, 3, 1), date(2021, 4, 1))], Span(12, 0)),
        ([(date(2021, 12, 31), date(2021, 1, 1))], Span(0, 0)),
    ],
)
def test_time_is_counted_by_the_calendar_and_never_twice(periods: list[tuple[date, date]], span: Span) -> None:
    assert time_served(periods) == span
    assert time_served(reversed(periods)) == span


# -- feeder posts


@pytest.mark.parametrize(("held_from", "verdict"), [(date(2024, 2, 5), MET), (date(2024, 2, 6), NOT_MET)])
def test_two_years_in_a_feeder_post_are_complete_on_the_closing_date(
    rules: RuleSet, held_from: date, verdict: Verdict
) -> None:
    assert _feeder(rules, Position(ADMINISTRATOR, held_from)).verdict is verdict


@pytest.mark.parametrize(("held_until", "verdict"), [(date(2022, 12, 31), MET), (date(2022, 12, 30), NOT_MET)])
def test_a_post_that_has_ended_counts_with_its_last_day(rules: RuleSet, held_until: date, verdict: Verdict) -> None:
    assert _feeder(rules, Position(ADMINISTRATOR, date(2021, 1, 1), held_until)).verdict is verdict


def test_feeder_posts_add_up_across_a_gap_and_overlaps_count_once(rules: RuleSet) -> None:
    year = Position(ADMINISTRATOR, date(2020, 1, 1), date(2020, 12, 31))
    other = Position(JF_MADYA, date(2022, 1, 1), date(2022, 12, 31))
    result = _feeder(rules, other, year)
    assert result.verdict is MET
    assert result.evidence == (
        "administrator, JF ahli madya, JPT pratama: 2 tahun 0 bulan 0 hari (24 bulan) sampai 4 Februari 2026; "
        "paling singkat 2 tahun; 1 Januari 2020 sampai 31 Desember 2020, 1 Januari 2022 sampai 31 Desember 2022"
    )
    twice = _feeder(rules, year, Position(JF_MADYA, date(2020, 1, 1), date(2020, 12, 31)))
    assert twice.verdict is NOT_MET
    assert "1 tahun 0 bulan 0 hari (12 bulan)" in twice.evidence
    assert twice.would_satisfy == "SK jabatan definitif yang genap 2 tahun pada 4 Februari 2026"


def test_only_the_part_before_the_reference_date_counts(rules: RuleSet) -> None:
    result = _feeder(rules, Position(ADMINISTRATOR, date(2025, 2, 5), date(2030, 1, 1)))
    assert "1 tahun 0 bulan 0 hari (12 bulan)" in result.evidence
    assert result.verdict is NOT_MET


def test_a_post_below_does_not_count(rules: RuleSet) -> None:
    """Somebody new in eselon III counts from that appointment, whatever he held before (C-19)."""
    fresh = (
        Position(PositionKind.PENGAWAS, date(2010, 1, 1), date(2025, 1, 31)),
        Position(ADMINISTRATOR, date(2025, 2, 1)),
    )
    result = _feeder(rules, *fresh)
    assert (result.verdict, "1 tahun 0 bulan 4 hari" in result.evidence) == (NOT_MET, True)


def test_acting_posts_do_not_count_and_are_named(rules: RuleSet) -> None:
    acting = Position(ADMINISTRATOR, date(2010, 1, 1), definitive=False)
    result = _feeder(rules, acting, acting)
    assert result.verdict is NOT_MET
    assert result.evidence.endswith("2 jabatan plt/plh tidak dihitung")
    assert "plt" not in _feeder(rules, Position(ADMINISTRATOR, date(2010, 1, 1))).evidence
    reversed_acting = Position(ADMINISTRATOR, date(2020, 1, 1), date(2019, 1, 1), definitive=False)
    assert _feeder(rules, reversed_acting).verdict is NOT_MET


def test_a_post_after_the_reference_date_is_named(rules: RuleSet) -> None:
    result = _feeder(rules, Position(JF_MADYA, date(2026, 2, 5)))
    assert result.verdict is NOT_MET
    assert result.evidence.endswith("jabatan JF ahli madya baru mulai 5 Februari 2026, tidak dihitung")
    assert "baru mulai" not in _feeder(rules, Position(JF_MADYA, date(2026, 2, 4))).evidence


def test_reversed_dates_need_a_person_unless_the_rest_is_enough(rules: RuleSet) -> None:
    wrong = Position(ADMINISTRATOR, date(2021, 1, 1), date(2020, 12, 31))
    result = _feeder(rules, wrong)
    assert result.verdict is NEEDS_REVIEW
    assert result.evidence.endswith(
        "tanggal jabatan administrator terbalik (1 Januari 2021 sampai 31 Desember 2020), perlu diperiksa"
    )
    enough = Position(JF_MADYA, date(2015, 1, 1))
    assert _feeder(rules, wrong, enough).verdict is MET
    one_day = Position(ADMINISTRATOR, date(2021, 1, 1), date(2021, 1, 1))
    assert _feeder(rules, one_day).verdict is NOT_MET
    of_no_account = Position(PositionKind.PENGAWAS, date(2021, 1, 1), date(2020, 1, 1))
    assert _feeder(rules, of_no_account).verdict is NOT_MET


def test_the_announcement_may_name_fewer_posts(rules: RuleSet) -> None:
    asked = Requirements(feeder_years=2, feeder_posts=(PositionKind.JPT_PRATAMA,), as_of=CLOSES)
    result = _feeder(rules, Position(ADMINISTRATOR, date(2010, 1, 1)), asked=asked)
    assert (result.verdict, result.evidence.startswith("JPT pratama: 0 tahun")) == (NOT_MET, True)
    assert _feeder(rules, Position(PositionKind.JPT_PRATAMA, date(2010, 1, 1)), asked=asked).verdict is MET


@pytest.mark.parametrize(
    ("level", "kind", "verdict"),
    [
        ("pratama", PositionKind.JF_AHLI_MADYA, MET),
        ("pratama", PositionKind.JF_AHLI_MUDA, NOT_MET),
        ("pratama", PositionKind.JPT_PRATAMA, MET),
        ("madya", PositionKind.JF_AHLI_UTAMA, MET),
        ("madya", PositionKind.JF_AHLI_MADYA, NOT_MET),
        ("madya", PositionKind.JPT_PRATAMA, MET),
        ("utama", PositionKind.JF_AHLI_UTAMA, MET),
        ("utama", PositionKind.JPT_MADYA, MET),
        ("utama", PositionKind.JPT_PRATAMA, NOT_MET),
        ("utama", PositionKind.OTHER, NOT_MET),
    ],
)
def test_each_level_has_its_feeder_posts(rules: RuleSet, level: str, kind: PositionKind, verdict: Verdict) -> None:
    asked = Requirements(level=level, feeder_years=2, as_of=CLOSES)
    assert _feeder(rules, Position(kind, date(2020, 1, 1)), asked=asked).verdict is verdict


@pytest.mark.parametrize("status", [CivilStatus.NON_PNS, CivilStatus.TNI_POLRI_RESIGNED, CivilStatus.TNI_POLRI_ACTIVE])
def test_who_is_no_pns_has_held_other_posts(rules: RuleSet, status: CivilStatus) -> None:
    record = CandidateRecord(positions=(Position(PositionKind.OTHER, date(2010, 1, 1)),), status=status)
    result = _screened(rules, "feeder_years", record)
    assert (result.verdict, "bagi bukan PNS dinilai verifikator" in result.evidence) == (NEEDS_REVIEW, True)


# -- experience


RELATED = Position(PositionKind.PENGAWAS, date(2021, 2, 5), related=True)  # five years to the day
TOO_SHORT = Position(PositionKind.PENGAWAS, date(2021, 2, 6), related=True)


@pytest.mark.parametrize(
    ("years", "months", "positions", "verdict"),
    [
        (5, 0, (RELATED,), MET),
        (4, 12, (RELATED,), MET),
        (5, 0, (TOO_SHORT,), NEEDS_REVIEW),
        (5, 0, (), NEEDS_REVIEW),  # declared, to be confirmed by a person
        (5, 0, (Position(ADMINISTRATOR, date(2010, 1, 1)),), NEEDS_REVIEW),
        (5, 0, (Position(ADMINISTRATOR, date(2010, 1, 1), related=False),), NEEDS_REVIEW),
        (5, 0, (Position(ADMINISTRATOR, date(2010, 1, 1), definitive=False, related=True),), NEEDS_REVIEW),
        (4, 11, (), NOT_MET),
        (4, 11, (TOO_SHORT,), NOT_MET),
        (4, 11, (RELATED,), NEEDS_REVIEW),
        (None, 0, (RELATED,), MET),
        (None, 0, (TOO_SHORT,), NEEDS_REVIEW),
        (None, 0, (Position(ADMINISTRATOR, date(2010, 1, 1)),), NEEDS_REVIEW),
    ],
)
def test_experience_is_met_where_statement_and_posts_agree(
    rules: RuleSet, years: int | None, months: int, positions: tuple[Position, ...], verdict: Verdict
) -> None:
    record = CandidateRecord(experience_years=years, experience_months=months, positions=positions)
    assert _screened(rules, "experience_years", record).verdict is verdict


def test_experience_shows_what_was_declared_and_what_the_posts_bear_out(rules: RuleSet) -> None:
    record = CandidateRecord(experience_years=6, experience_months=3, positions=(TOO_SHORT,))
    result = _screened(rules, "experience_years", record)
    assert result.evidence == (
        "pengalaman menurut pernyataan 6 tahun 3 bulan 0 hari; "
        "jabatan yang disebut terkait: 4 tahun 11 bulan 30 hari (59 bulan); 6 Februari 2021 sampai 4 Februari 2026; "
        "paling singkat 5 tahun secara kumulatif; perlu dikonfirmasi verifikator"
    )
    assert result.would_satisfy == "SK jabatan terkait yang berjumlah 5 tahun"
    backed = _screened(rules, "experience_years", CandidateRecord(positions=(RELATED,)))
    assert backed.evidence.startswith(
        "pengalaman tidak dinyatakan; jabatan yang disebut terkait: 5 tahun 0 bulan 0 hari"
    )
    assert "dikonfirmasi" not in backed.evidence


def test_without_a_closing_date_posts_bear_nothing_out(rules: RuleSet) -> None:
    asked = Requirements(experience_years=5)
    declared = CandidateRecord(experience_years=9, positions=(RELATED,))
    assert _screened(rules, "experience_years", declared, asked).verdict is NEEDS_REVIEW
    silent = CandidateRecord(positions=(RELATED,))
    assert "belum dinyatakan" in _screened(rules, "experience_years", silent, asked).evidence

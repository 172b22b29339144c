"""Screening by a rule set that was pinned before `Switch.WHOLE_RECORD`: it goes on as it was."""

from dataclasses import replace
from datetime import date

import pytest

from domain.eligibility import (
    CandidateRecord,
    Discipline,
    Position,
    PositionKind,
    RequirementResult,
    Requirements,
    proposed,
    screen,
)
from domain.grades import Education
from domain.rules import Confidence, RuleSet
from domain.switches import Switch
from domain.words import Rating, Verdict
from tests.altered import with_values

CLOSES = date(2026, 2, 4)


@pytest.fixture(scope="session")
def rules(rules: RuleSet) -> RuleSet:
    """The set as it was before the switch."""
    return replace(rules, switches=rules.switches - {Switch.WHOLE_RECORD})


ASKED = Requirements(
    max_age=56,
    age_reference=date(2026, 4, 1),
    min_rank="IV/a",
    experience_years=5,
    feeder_years=2,
    education=Education.S1_D4,
    min_rating=Rating.GOOD,
    as_of=CLOSES,
    documents=("ppk_recommendation", "cv"),
)
FIT = CandidateRecord(
    birth_date=date(1972, 5, 17),
    education=Education.S2,
    rank="IV/b",
    experience_years=6,
    positions=(Position(PositionKind.ADMINISTRATOR, date(2022, 1, 10)),),
    ratings=((2025, Rating.GOOD), (2024, Rating.VERY_GOOD)),
    discipline=(),
)
PRESENT = ("ppk_recommendation", "cv")


def _screened(rules: RuleSet, requirement: str, **change: object) -> RequirementResult:
    record = replace(FIT, **change)  # type: ignore[arg-type]
    return next(r for r in screen(record, ASKED, PRESENT, rules) if r.requirement == requirement)


def test_a_fit_candidate_meets_everything(rules: RuleSet) -> None:
    results = screen(FIT, ASKED, PRESENT, rules)
    assert {r.verdict for r in results} == {Verdict.MET}
    assert proposed(results, rules) is Verdict.MET
    assert [r.requirement for r in results] == [
        "max_age", "education", "min_rank", "experience_years", "feeder_years", "ratings", "discipline",
        "document.ppk_recommendation", "document.cv",
    ]  # fmt: skip
    assert all(r.citation and r.evidence and not r.would_satisfy for r in results)


@pytest.mark.parametrize(
    ("born", "verdict"),
    [
        (date(1970, 4, 2), Verdict.MET),
        (date(1970, 4, 1), Verdict.MET),  # turns 56 on the reference date
        (date(1970, 3, 31), Verdict.NOT_MET),  # 56 years and a day
    ],
)
def test_the_age_limit_includes_the_birthday(rules: RuleSet, born: date, verdict: Verdict) -> None:
    assert _screened(rules, "max_age", birth_date=born).verdict is verdict


def test_without_inclusion_the_birthday_itself_is_too_late(rules: RuleSet) -> None:
    exclusive = with_values(rules, {"candidate.age_inclusive": False})
    assert _screened(exclusive, "max_age", birth_date=date(1970, 4, 1)).verdict is Verdict.NOT_MET
    assert _screened(exclusive, "max_age", birth_date=date(1970, 4, 2)).verdict is Verdict.MET


def test_a_refused_age_shows_its_arithmetic_and_what_would_satisfy_it(rules: RuleSet) -> None:
    result = _screened(rules, "max_age", birth_date=date(1970, 3, 30))
    assert "lahir 30 Maret 1970; umur 56 tahun 0 bulan 2 hari pada 1 April 2026" in result.evidence
    assert result.would_satisfy == "tanggal acuan paling lambat 30 Maret 2026"
    assert result.citation == "PP 11/2017 Pasal 107 huruf c"
    assert (result.rule, result.confidence) == ("candidate.pratama.max_age", Confidence.READ)


@pytest.mark.parametrize(
    ("education", "verdict"),
    [(Education.D3, Verdict.NOT_MET), (Education.S1_D4, Verdict.MET), (Education.S3, Verdict.MET)],
)
def test_education_is_compared_by_level(rules: RuleSet, education: Education, verdict: Verdict) -> None:
    assert _screened(rules, "education", education=education).verdict is verdict


@pytest.mark.parametrize(
    ("rank", "verdict"), [("III/d", Verdict.NOT_MET), ("IV/a", Verdict.MET), ("IV/e", Verdict.MET)]
)
def test_rank_is_compared_by_ladder(rules: RuleSet, rank: str, verdict: Verdict) -> None:
    assert _screened(rules, "min_rank", rank=rank).verdict is verdict


@pytest.mark.parametrize(
    ("years", "months", "verdict"), [(4, 11, Verdict.NOT_MET), (5, 0, Verdict.MET), (4, 12, Verdict.MET)]
)
def test_experience_is_cumulative(rules: RuleSet, years: int, months: int, verdict: Verdict) -> None:
    result = _screened(rules, "experience_years", experience_years=years, experience_months=months)
    assert result.verdict is verdict


@pytest.mark.parametrize(
    ("held_from", "verdict"), [(date(2024, 2, 5), Verdict.MET), (date(2024, 2, 6), Verdict.NOT_MET)]
)
def test_two_years_in_a_feeder_post_are_complete_on_the_closing_date(
    rules: RuleSet, held_from: date, verdict: Verdict
) -> None:
    positions = (Position(PositionKind.ADMINISTRATOR, held_from),)
    assert _screened(rules, "feeder_years", positions=positions).verdict is verdict


def test_feeder_posts_add_up_and_overlaps_count_once(rules: RuleSet) -> None:
    year = Position(PositionKind.ADMINISTRATOR, date(2020, 1, 1), date(2020, 12, 31))
    other = Position(PositionKind.JF_AHLI_MADYA, date(2022, 1, 1), date(2022, 12, 31))
    assert _screened(rules, "feeder_years", positions=(year, other)).verdict is Verdict.MET
    assert _screened(rules, "feeder_years", positions=(year, year)).verdict is Verdict.NOT_MET


@pytest.mark.parametrize(
    "position",
    [
        Position(PositionKind.PENGAWAS, date(2010, 1, 1)),
        Position(PositionKind.ADMINISTRATOR, date(2010, 1, 1), definitive=False),
        Position(PositionKind.ADMINISTRATOR, date(2026, 2, 5)),
    ],
)
def test_lower_acting_and_future_posts_do_not_count(rules: RuleSet, position: Position) -> None:
    assert _screened(rules, "feeder_years", positions=(position,)).verdict is Verdict.NOT_MET


def test_a_sitting_jpt_pratama_qualifies(rules: RuleSet) -> None:
    positions = (Position(PositionKind.JPT_PRATAMA, date(2020, 1, 1)),)
    assert _screened(rules, "feeder_years", positions=positions).verdict is Verdict.MET


@pytest.mark.parametrize(
    ("ratings", "verdict"),
    [
        (((2025, Rating.GOOD), (2024, Rating.GOOD), (2023, Rating.POOR)), Verdict.MET),
        (((2025, Rating.NEEDS_IMPROVEMENT), (2024, Rating.VERY_GOOD)), Verdict.NOT_MET),
        (((2025, Rating.GOOD),), Verdict.NEEDS_REVIEW),
        (((2026, Rating.POOR), (2025, Rating.GOOD), (2024, Rating.GOOD)), Verdict.MET),
    ],
)
def test_ratings_of_the_last_two_years_count(
    rules: RuleSet, ratings: tuple[tuple[int, Rating], ...], verdict: Verdict
) -> None:
    assert _screened(rules, "ratings", ratings=ratings).verdict is verdict


@pytest.mark.parametrize(
    ("entry", "verdict"),
    [
        (Discipline("sedang", date(2023, 2, 5)), Verdict.NOT_MET),
        (Discipline("sedang", date(2023, 2, 4)), Verdict.MET),  # three years ago to the day
        (Discipline("ringan", date(2025, 1, 1)), Verdict.MET),
        (Discipline("berat"), Verdict.NOT_MET),
        (Discipline("ringan", pending=True), Verdict.NOT_MET),
    ],
)
def test_medium_and_heavy_penalties_of_three_years_and_open_cases_count(
    rules: RuleSet, entry: Discipline, verdict: Verdict
) -> None:
    assert _screened(rules, "discipline", discipline=(entry,)).verdict is verdict


def test_a_missing_document_fails_and_is_named(rules: RuleSet) -> None:
    results = screen(FIT, ASKED, ("cv",), rules)
    missing = [r for r in results if r.verdict is Verdict.NOT_MET]
    assert [r.requirement for r in missing] == ["document.ppk_recommendation"]
    assert missing[0].citation == "PP 11/2017 Pasal 118 ayat (2)"
    assert missing[0].would_satisfy == "unggah dokumen ini"
    assert proposed(results, rules) is Verdict.NOT_MET


def test_what_is_not_stated_needs_a_person_and_is_no_failure(rules: RuleSet) -> None:
    results = screen(CandidateRecord(), replace(ASKED, documents=()), (), rules)
    assert {r.verdict for r in results} == {Verdict.NEEDS_REVIEW}
    assert proposed(results, rules) is Verdict.NEEDS_REVIEW
    assert all(r.would_satisfy.startswith("nyatakan") for r in results)


def test_an_unreadable_rank_and_a_missing_reference_need_a_person(rules: RuleSet) -> None:
    assert _screened(rules, "min_rank", rank="Pembina").verdict is Verdict.NEEDS_REVIEW
    undated = replace(ASKED, age_reference=None, as_of=None)
    results = {r.requirement: r.verdict for r in screen(FIT, undated, PRESENT, rules)}
    for requirement in ("max_age", "feeder_years", "discipline"):
        assert results[requirement] is Verdict.NEEDS_REVIEW


def test_what_a_vacancy_does_not_ask_is_not_judged(rules: RuleSet) -> None:
    assert screen(CandidateRecord(), Requirements(clean_discipline=False), (), rules) == ()


def test_other_levels_use_their_own_articles(rules: RuleSet) -> None:
    asked = Requirements(level="madya", max_age=58, age_reference=date(2026, 4, 1), min_rank="IV/c")
    results = {r.requirement: r for r in screen(FIT, asked, (), rules)}
    assert results["max_age"].citation == "PP 11/2017 Pasal 107 huruf b"
    assert results["min_rank"].verdict is Verdict.NOT_MET


def test_an_earlier_set_shows_its_arithmetic_as_before(rules: RuleSet) -> None:
    evidence = {r.requirement: r.evidence for r in screen(FIT, ASKED, PRESENT, rules)}
    assert evidence["experience_years"] == (
        "pengalaman menurut pernyataan 6 tahun 0 bulan 0 hari; paling singkat 5 tahun secara kumulatif"
    )
    assert evidence["feeder_years"] == (
        "administrator, JF ahli madya, JPT pratama: 4 tahun 0 bulan 26 hari sampai 4 Februari 2026; "
        "paling singkat 2 tahun"
    )
    assert evidence["ratings"] == "2025: baik; 2024: sangat baik; paling rendah baik"
    assert evidence["discipline"] == "hukuman sedang/berat sejak 4 Februari 2023 atau dalam proses: tidak ada"
    penalties = (Discipline("berat"), Discipline("sedang", date(2025, 3, 1)))
    result = _screened(rules, "discipline", discipline=penalties)
    assert result.evidence.endswith("dalam proses: berat dalam proses; sedang 1 Maret 2025")
    assert result.would_satisfy == ("tidak ada hukuman sedang/berat dalam 3 tahun dan tidak ada yang sedang diproses")


def test_an_earlier_set_says_what_would_satisfy_as_before(rules: RuleSet) -> None:
    unfit = replace(FIT, experience_years=1, positions=(Position(PositionKind.PENGAWAS, date(2010, 1, 1)),))
    unfit = replace(unfit, ratings=((2025, Rating.POOR), (2024, Rating.POOR)))
    satisfy = {r.requirement: r.would_satisfy for r in screen(unfit, ASKED, PRESENT, rules)}
    assert satisfy["experience_years"] == "SK jabatan terkait dengan jumlah masa kerja 5 tahun"
    assert satisfy["feeder_years"] == "SK jabatan definitif yang genap 2 tahun pada 4 Februari 2026"
    assert satisfy["ratings"] == "predikat baik pada 2 tahun terakhir"


def test_an_earlier_set_names_what_is_missing_as_before(rules: RuleSet) -> None:
    evidence = {r.requirement: r.evidence for r in screen(CandidateRecord(), ASKED, PRESENT, rules)}
    assert evidence["max_age"] == "tanggal lahir belum dinyatakan"
    assert evidence["experience_years"] == "pengalaman jabatan terkait belum dinyatakan"
    assert evidence["feeder_years"] == "riwayat jabatan belum dinyatakan"
    assert evidence["ratings"] == "predikat kinerja 2 tahun terakhir belum dinyatakan"
    assert evidence["discipline"] == "riwayat hukuman disiplin belum dinyatakan"
    undated = replace(ASKED, age_reference=None, as_of=None)
    evidence = {r.requirement: r.evidence for r in screen(FIT, undated, PRESENT, rules)}
    assert evidence["max_age"] == "tanggal acuan umur belum dinyatakan"
    assert evidence["feeder_years"] == evidence["discipline"] == "tanggal acuan belum dinyatakan"
    assert evidence["ratings"].startswith("2025: baik")


def test_an_earlier_set_knows_no_reference_date_but_the_announced(rules: RuleSet) -> None:
    planned = replace(ASKED, age_reference=None, inauguration=date(2026, 4, 1))
    results = {r.requirement: r.verdict for r in screen(FIT, planned, PRESENT, rules)}
    assert results["max_age"] is Verdict.NEEDS_REVIEW


def test_an_earlier_set_knows_no_status_and_no_waiver(rules: RuleSet) -> None:
    results = screen(replace(FIT, education=Education.D3), ASKED, (*PRESENT, "presidential_approval"), rules)
    assert "civil_status" not in [r.requirement for r in results]
    assert [r.requirement for r in results if r.verdict is Verdict.NOT_MET] == ["education"]

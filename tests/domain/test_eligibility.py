"""Screening of a PNS: age, education, rank, experience, feeder posts, ratings, discipline, training, documents."""

from dataclasses import replace
from datetime import date

import pytest

from domain.eligibility import (
    CandidateRecord,
    CivilStatus,
    Discipline,
    Position,
    PositionKind,
    RequirementResult,
    Requirements,
    Training,
    fails,
    law,
    proposed,
    screen,
)
from domain.grades import Education
from domain.rules import Confidence, Enforcement, RuleSet
from domain.words import Rating, VacancyKind, Verdict
from tests.altered import with_enforcement, with_values, without

MET, NOT_MET, NEEDS_REVIEW = Verdict.MET, Verdict.NOT_MET, Verdict.NEEDS_REVIEW
CLOSES = date(2026, 2, 4)
ASKED = Requirements(
    max_age=56,
    age_reference=date(2026, 4, 1),
    min_rank="IV/a",
    experience_years=5,
    feeder_years=2,
    education=Education.S1_D4,
    min_rating=Rating.GOOD,
    as_of=CLOSES,
    documents=("ppk_recommendation", "cv", "lhkpn", "spt"),
    min_training=Training.PKA,
    min_remaining_service_months=36,
)
FIT = CandidateRecord(
    birth_date=date(1972, 5, 17),
    education=Education.S2,
    rank="IV/b",
    experience_years=6,
    positions=(Position(PositionKind.ADMINISTRATOR, date(2020, 1, 10), related=True),),
    ratings=((2025, Rating.GOOD), (2024, Rating.VERY_GOOD)),
    discipline=(),
    status=CivilStatus.PNS,
    trainings=(Training.PKA,),
)
PRESENT = ("ppk_recommendation", "cv", "lhkpn", "spt")


def _screened(
    rules: RuleSet, requirement: str, asked: Requirements = ASKED, present: tuple[str, ...] = PRESENT, **change: object
) -> RequirementResult:
    record = replace(FIT, **change)  # type: ignore[arg-type]
    return next(r for r in screen(record, asked, present, rules) if r.requirement == requirement)


# -- the whole


def test_a_fit_candidate_meets_everything(rules: RuleSet) -> None:
    results = screen(FIT, ASKED, PRESENT, rules)
    assert [(r.requirement, r.rule) for r in results] == [
        ("civil_status", "candidate.nonpns_allowed.pratama"),
        ("max_age", "candidate.pratama.max_age"),
        ("education", "candidate.pratama.min_education"),
        ("min_rank", "candidate.min_rank.pratama"),
        ("training", "application.one_tms_fails"),
        ("experience_years", "candidate.pratama.experience_years"),
        ("feeder_years", "candidate.pratama.feeder_years"),
        ("ratings", "candidate.skp_min_predikat"),
        ("discipline", "candidate.discipline_clean_years"),
        ("remaining_service", "candidate.min_remaining_service_months"),
        ("document.ppk_recommendation", "application.ppk_recommendation_required"),
        ("document.cv", "application.one_tms_fails"),
        ("document.lhkpn", "candidate.lhkpn_required"),
        ("document.spt", "candidate.spt_years"),
    ]
    assert {r.verdict for r in results} == {MET}
    assert proposed(results, rules) is MET
    assert all(r.evidence and not r.would_satisfy for r in results)
    assert all(
        (r.citation, r.confidence) == (rules.rule(r.rule).citation, rules.rule(r.rule).confidence) for r in results
    )


def test_what_is_not_stated_needs_a_person_and_is_no_failure(rules: RuleSet) -> None:
    results = screen(CandidateRecord(), replace(ASKED, documents=()), (), rules)
    assert len(results) == 11
    assert {r.verdict for r in results} == {NEEDS_REVIEW}
    assert proposed(results, rules) is NEEDS_REVIEW
    assert all(r.would_satisfy for r in results)


@pytest.mark.parametrize(
    ("requirement", "missing"),
    [
        ("civil_status", "status kepegawaian"),
        ("max_age", "tanggal lahir"),
        ("education", "pendidikan"),
        ("min_rank", "pangkat/golongan"),
        ("training", "pelatihan kepemimpinan"),
        ("experience_years", "pengalaman jabatan terkait"),
        ("feeder_years", "riwayat jabatan"),
        ("ratings", "predikat kinerja"),
        ("discipline", "riwayat hukuman disiplin"),
        ("remaining_service", "tanggal lahir"),
    ],
)
def test_a_missing_fact_is_named(rules: RuleSet, requirement: str, missing: str) -> None:
    result = next(r for r in screen(CandidateRecord(), ASKED, (), rules) if r.requirement == requirement)
    assert (result.evidence, result.would_satisfy) == (f"{missing} belum dinyatakan", f"nyatakan {missing}")


def test_without_a_reference_date_nothing_is_counted(rules: RuleSet) -> None:
    undated = replace(ASKED, age_reference=None, as_of=None)
    results = {r.requirement: r for r in screen(FIT, undated, PRESENT, rules)}
    for requirement, missing in (
        ("max_age", "tanggal acuan umur"),
        ("remaining_service", "tanggal acuan umur"),
        ("feeder_years", "tanggal acuan"),
        ("ratings", "tanggal acuan"),
        ("discipline", "tanggal acuan"),
    ):
        assert results[requirement].evidence == f"{missing} belum dinyatakan"
        assert results[requirement].verdict is NEEDS_REVIEW
    assert results["experience_years"].verdict is NEEDS_REVIEW
    assert results["document.spt"].evidence == "diunggah"


def test_what_a_vacancy_does_not_ask_is_not_judged(rules: RuleSet) -> None:
    results = screen(CandidateRecord(), Requirements(clean_discipline=False), (), rules)
    assert [r.requirement for r in results] == ["civil_status", "document.ppk_recommendation"]


def test_one_requirement_not_met_fails_unless_the_agency_chose_otherwise(rules: RuleSet) -> None:
    practice, binding = "candidate.min_rank.pratama", "candidate.pratama.max_age"
    lenient = with_values(rules, {"application.one_tms_fails": False})
    for rule, strict_fails, lenient_fails in ((practice, True, False), (binding, True, True)):
        assert fails([(rule, NOT_MET)], rules) is strict_fails
        assert fails([(rule, NOT_MET)], lenient) is lenient_fails
    assert fails([("application.one_tms_fails", NOT_MET)], lenient) is False
    assert fails([(binding, MET), (practice, NEEDS_REVIEW)], rules) is False
    lowered = with_enforcement(lenient, binding, Enforcement.WARN)
    assert fails([(binding, NOT_MET)], lowered) is False


def test_the_whole_is_open_while_a_person_must_look_and_nothing_fails(rules: RuleSet) -> None:
    open_one = screen(replace(FIT, education=None), ASKED, PRESENT, rules)
    assert proposed(open_one, rules) is NEEDS_REVIEW
    failing = screen(replace(FIT, education=None, rank="III/d"), ASKED, PRESENT, rules)
    assert proposed(failing, rules) is NOT_MET


def test_other_levels_use_their_own_articles(rules: RuleSet) -> None:
    asked = Requirements(level="madya", max_age=58, age_reference=date(2026, 4, 1), min_rank="IV/c", feeder_years=2)
    results = {r.requirement: r for r in screen(FIT, asked, (), rules)}
    assert results["max_age"].citation == "PP 11/2017 Pasal 107 huruf b"
    assert results["min_rank"].verdict is NOT_MET
    assert results["feeder_years"].verdict is NOT_MET
    assert results["feeder_years"].evidence.startswith("JPT pratama, JF ahli utama, JPT madya: 0 tahun 0 bulan 0 hari")


# -- age


@pytest.mark.parametrize(
    ("born", "verdict"),
    [
        (date(1970, 4, 2), MET),
        (date(1970, 4, 1), MET),  # turns 56 on the reference date
        (date(1970, 3, 31), NOT_MET),  # 56 years and a day
    ],
)
def test_the_age_limit_includes_the_birthday(rules: RuleSet, born: date, verdict: Verdict) -> None:
    assert _screened(rules, "max_age", birth_date=born).verdict is verdict


def test_without_inclusion_the_birthday_itself_is_too_late(rules: RuleSet) -> None:
    exclusive = with_values(rules, {"candidate.age_inclusive": False})
    assert _screened(exclusive, "max_age", birth_date=date(1970, 4, 1)).verdict is NOT_MET
    assert _screened(exclusive, "max_age", birth_date=date(1970, 4, 2)).verdict is MET


def test_a_refused_age_shows_its_arithmetic_and_what_would_satisfy_it(rules: RuleSet) -> None:
    result = _screened(rules, "max_age", birth_date=date(1970, 3, 30))
    assert result.evidence == (
        "lahir 30 Maret 1970; umur 56 tahun 0 bulan 2 hari pada 1 April 2026; paling tinggi 56 tahun"
    )
    assert result.would_satisfy == "tanggal acuan paling lambat 30 Maret 2026"
    assert result.citation == "PP 11/2017 Pasal 107 huruf c"
    assert (result.rule, result.confidence) == ("candidate.pratama.max_age", Confidence.READ)


@pytest.mark.parametrize(
    ("years", "inclusive", "last"),
    [
        (58, True, date(2030, 2, 28)),
        (58, False, date(2030, 2, 27)),
        (56, True, date(2028, 2, 29)),
        (56, False, date(2028, 2, 28)),
    ],
)
def test_a_leap_day_birthday_falls_on_28_february_in_a_common_year(
    rules: RuleSet, years: int, inclusive: bool, last: date
) -> None:
    chosen = with_values(rules, {"candidate.age_inclusive": inclusive})
    assert law.last_day_in_age(date(1972, 2, 29), years, chosen) == last


def test_an_announced_reference_date_goes_before_practice(rules: RuleSet) -> None:
    asked = replace(ASKED, age_reference=date(2025, 4, 1), inauguration=date(2026, 4, 1))
    assert _screened(rules, "max_age", asked, birth_date=date(1969, 4, 1)).verdict is MET


def test_without_one_the_expected_inauguration_counts_or_the_close(rules: RuleSet) -> None:
    asked = replace(ASKED, age_reference=None, inauguration=date(2026, 4, 1))
    at_close = with_values(rules, {"candidate.age_reference": "registration_close"})
    born = date(1970, 3, 1)  # 56 between the close and the inauguration
    assert _screened(rules, "max_age", asked, birth_date=born).verdict is NOT_MET
    assert _screened(at_close, "max_age", asked, birth_date=born).verdict is MET
    unplanned = replace(asked, inauguration=None)
    assert _screened(rules, "max_age", unplanned, birth_date=born).verdict is NEEDS_REVIEW


def test_a_birth_after_the_reference_date_is_no_age(rules: RuleSet) -> None:
    for requirement in ("max_age", "remaining_service"):
        assert _screened(rules, requirement, birth_date=date(2026, 4, 1)).verdict is not NEEDS_REVIEW
        result = _screened(rules, requirement, birth_date=date(2026, 4, 2))
        assert result.verdict is NEEDS_REVIEW
        assert "tanggal lahir yang masuk akal (tertulis 2 April 2026)" in result.evidence


SEKDA = replace(ASKED, max_age=58, kind=VacancyKind.SEKDA, age_reference=date(2026, 4, 1))
JPT = Position(PositionKind.JPT_PRATAMA, date(2021, 1, 4))


@pytest.mark.parametrize(
    ("born", "positions", "verdict", "rule"),
    [
        (date(1968, 4, 1), (JPT,), MET, "candidate.sekda.max_age_override"),
        (date(1968, 3, 31), (JPT,), NOT_MET, "candidate.sekda.max_age_override"),
        (date(1970, 4, 1), FIT.positions, MET, "candidate.sekda.max_age_override"),
        (date(1970, 3, 31), FIT.positions, NOT_MET, "candidate.sekda.max_age_override"),
        (date(1970, 4, 1), (), MET, "candidate.sekda.max_age_override"),
        (date(1970, 3, 31), (), NEEDS_REVIEW, "candidate.sekda.max_age_override"),
        (date(1968, 4, 1), (), NEEDS_REVIEW, "candidate.sekda.max_age_override"),
        (date(1968, 3, 31), (), NOT_MET, "candidate.sekda.max_age_override"),
        (date(1970, 3, 31), (replace(JPT, definitive=False),), NOT_MET, "candidate.sekda.max_age_override"),
        (date(1970, 3, 31), (replace(JPT, held_until=date(2026, 3, 31)),), NOT_MET, "candidate.sekda.max_age_override"),
        (date(1970, 3, 31), (replace(JPT, held_until=date(2026, 4, 1)),), MET, "candidate.sekda.max_age_override"),
        (date(1970, 3, 31), (replace(JPT, held_from=date(2026, 4, 2)),), NOT_MET, "candidate.sekda.max_age_override"),
        (date(1970, 3, 31), (replace(JPT, held_from=date(2026, 4, 1)),), MET, "candidate.sekda.max_age_override"),
    ],
)
def test_a_regional_secretary_may_be_58_only_as_a_sitting_jpt_pratama(
    rules: RuleSet, born: date, positions: tuple[Position, ...], verdict: Verdict, rule: str
) -> None:
    result = _screened(rules, "max_age", SEKDA, birth_date=born, positions=positions)
    assert (result.verdict, result.rule) == (verdict, rule)


def test_the_higher_limit_is_the_announced_one_where_that_is_lower(rules: RuleSet) -> None:
    asked = replace(SEKDA, max_age=57)
    assert _screened(rules, "max_age", asked, birth_date=date(1969, 4, 1), positions=(JPT,)).verdict is MET
    assert _screened(rules, "max_age", asked, birth_date=date(1969, 3, 31), positions=(JPT,)).verdict is NOT_MET
    assert _screened(rules, "max_age", asked, birth_date=date(1969, 3, 31), positions=()).verdict is NOT_MET
    higher = replace(SEKDA, max_age=60)
    assert _screened(rules, "max_age", higher, birth_date=date(1968, 3, 31), positions=(JPT,)).verdict is NOT_MET


def test_the_secretarys_limit_says_on_what_it_rests(rules: RuleSet) -> None:
    held = _screened(rules, "max_age", SEKDA, positions=(JPT,))
    assert held.evidence.endswith("paling tinggi 58 tahun; pelamar menduduki JPT pratama")
    other = _screened(rules, "max_age", SEKDA, birth_date=date(1969, 1, 1))
    assert other.evidence.endswith("paling tinggi 56 tahun; 58 tahun hanya bagi pelamar yang menduduki JPT pratama")
    silent = _screened(rules, "max_age", SEKDA, birth_date=date(1969, 1, 1), positions=())
    assert silent.evidence.endswith("yang menduduki JPT pratama; riwayat jabatan belum dinyatakan")
    assert silent.would_satisfy == "tanggal acuan paling lambat 1 Januari 2025, atau SK JPT pratama yang masih berlaku"


def test_a_limit_within_the_law_needs_no_such_post(rules: RuleSet) -> None:
    within = replace(SEKDA, max_age=56)
    assert _screened(rules, "max_age", within).rule == "candidate.pratama.max_age"
    provincial = replace(SEKDA, level="madya")
    assert _screened(rules, "max_age", provincial).rule == "candidate.madya.max_age"
    assert _screened(rules, "max_age", replace(ASKED, max_age=58)).rule == "candidate.pratama.max_age"


# -- remaining service


@pytest.mark.parametrize(
    ("born", "verdict"), [(date(1969, 4, 1), MET), (date(1969, 3, 31), NOT_MET), (date(1969, 3, 2), NOT_MET)]
)
def test_service_remains_until_the_retirement_age_of_the_post(rules: RuleSet, born: date, verdict: Verdict) -> None:
    assert _screened(rules, "remaining_service", birth_date=born, positions=(JPT,)).verdict is verdict


def test_remaining_service_shows_its_arithmetic(rules: RuleSet) -> None:
    result = _screened(rules, "remaining_service", birth_date=date(1969, 3, 31), positions=(JPT,))
    assert result.evidence == (
        "batas usia pensiun JPT pratama tercapai 31 Maret 2029; sisa 35 bulan sejak 1 April 2026; "
        "paling singkat 36 bulan"
    )
    assert result.would_satisfy == "sisa masa kerja 36 bulan"


def test_who_has_reached_the_retirement_age_of_his_post_needs_a_person(rules: RuleSet) -> None:
    asked = replace(ASKED, min_remaining_service_months=12)
    sitting = _screened(rules, "remaining_service", asked, birth_date=date(1968, 4, 1))
    assert sitting.verdict is NEEDS_REVIEW
    assert sitting.evidence.endswith("jabatan sekarang (administrator) sudah tercapai 1 April 2026")
    assert _screened(rules, "remaining_service", asked, birth_date=date(1968, 4, 2)).verdict is MET
    left = (replace(FIT.positions[0], held_until=date(2026, 3, 31)),)
    assert _screened(rules, "remaining_service", asked, birth_date=date(1968, 4, 1), positions=left).verdict is MET
    acting = (replace(FIT.positions[0], definitive=False),)
    assert _screened(rules, "remaining_service", asked, birth_date=date(1968, 4, 1), positions=acting).verdict is MET
    too_few = replace(ASKED, min_remaining_service_months=25)
    assert _screened(rules, "remaining_service", too_few, birth_date=date(1968, 4, 1)).verdict is NOT_MET


def test_a_post_without_a_retirement_rule_has_none(rules: RuleSet) -> None:
    assert law.retirement_age(PositionKind.OTHER, rules) is None
    assert law.retires_on(date(1970, 1, 1), PositionKind.JF_AHLI_MUDA, rules) is None
    assert law.months_to_serve(date(1970, 1, 1), PositionKind.OTHER, CLOSES, rules) is None
    assert law.months_to_serve(date(1966, 2, 4), PositionKind.JPT_UTAMA, CLOSES, rules) == 0
    unruled = without(rules, "candidate.retirement_age.jpt")
    assert _screened(unruled, "remaining_service").evidence == "batas usia pensiun belum dinyatakan"


# -- education, rank, training


@pytest.mark.parametrize(
    ("education", "verdict"), [(Education.D3, NOT_MET), (Education.S1_D4, MET), (Education.S3, MET)]
)
def test_education_is_compared_by_level(rules: RuleSet, education: Education, verdict: Verdict) -> None:
    result = _screened(rules, "education", education=education)
    assert result.verdict is verdict
    assert result.evidence == f"pendidikan {education.label}; paling rendah S-1/D-IV"


@pytest.mark.parametrize(("rank", "verdict"), [("III/d", NOT_MET), ("IV/a", MET), ("IV/e", MET)])
def test_rank_is_compared_by_ladder(rules: RuleSet, rank: str, verdict: Verdict) -> None:
    result = _screened(rules, "min_rank", rank=rank)
    assert (result.verdict, result.evidence) == (verdict, f"golongan {rank}; paling rendah IV/a")


@pytest.mark.parametrize("rank", ["Pembina", "IX", "Kolonel"])
def test_a_rank_off_the_ladder_needs_a_person(rules: RuleSet, rank: str) -> None:
    result = _screened(rules, "min_rank", rank=rank)
    assert (result.verdict, f"tertulis {rank}" in result.evidence) == (NEEDS_REVIEW, True)


def test_a_regional_secretarys_rank_has_its_own_rule(rules: RuleSet) -> None:
    assert _screened(rules, "min_rank", SEKDA).rule == "candidate.min_rank.sekda"


@pytest.mark.parametrize(
    ("trainings", "verdict", "words"),
    [
        ((), NOT_MET, "tidak ada"),
        ((Training.PKP,), NOT_MET, "PKP/Diklatpim IV"),
        ((Training.PKP, Training.PKA), MET, "PKP/Diklatpim IV, PKA/Diklatpim III"),
        ((Training.PKN_II,), MET, "PKN tingkat II/Diklatpim II"),
        ((Training.PKN_I,), MET, "PKN tingkat I/Diklatpim I"),
    ],
)
def test_a_higher_training_serves_as_well(
    rules: RuleSet, trainings: tuple[Training, ...], verdict: Verdict, words: str
) -> None:
    result = _screened(rules, "training", trainings=trainings)
    assert result.verdict is verdict
    assert result.evidence == f"pelatihan kepemimpinan: {words}; paling rendah PKA/Diklatpim III"
    assert result.would_satisfy == ("" if verdict is MET else "sertifikat PKA/Diklatpim III atau lebih tinggi")


# -- ratings and discipline


@pytest.mark.parametrize(
    ("ratings", "verdict"),
    [
        (((2025, Rating.GOOD), (2024, Rating.GOOD), (2023, Rating.POOR)), MET),
        (((2025, Rating.NEEDS_IMPROVEMENT), (2024, Rating.VERY_GOOD)), NOT_MET),
        (((2025, Rating.VERY_GOOD), (2024, Rating.POOR)), NOT_MET),
        (((2025, Rating.GOOD),), NEEDS_REVIEW),
        (((2024, Rating.POOR),), NOT_MET),
        (((2026, Rating.POOR), (2025, Rating.GOOD), (2024, Rating.GOOD)), MET),
        (((2023, Rating.GOOD), (2022, Rating.GOOD)), NEEDS_REVIEW),  # too old to count
        (((2025, Rating.GOOD), (2025, Rating.GOOD), (2024, Rating.GOOD)), MET),
        (((2025, Rating.GOOD), (2025, Rating.POOR), (2024, Rating.GOOD)), NEEDS_REVIEW),  # stated twice
        (((2025, Rating.GOOD), (2025, Rating.VERY_GOOD), (2024, Rating.GOOD)), NEEDS_REVIEW),
        (((2025, Rating.POOR), (2025, Rating.VERY_POOR), (2024, Rating.GOOD)), NOT_MET),
    ],
)
def test_ratings_of_the_last_two_years_count(
    rules: RuleSet, ratings: tuple[tuple[int, Rating], ...], verdict: Verdict
) -> None:
    assert _screened(rules, "ratings", ratings=ratings).verdict is verdict


def test_ratings_are_shown_year_by_year(rules: RuleSet) -> None:
    result = _screened(rules, "ratings", ratings=((2025, Rating.POOR), (2025, Rating.VERY_GOOD)))
    assert result.evidence == "2025: kurang atau sangat baik; 2024: belum dinyatakan; paling rendah baik"
    assert result.would_satisfy == "predikat baik pada tahun 2025 dan 2024"


@pytest.mark.parametrize(
    ("entry", "verdict"),
    [
        (Discipline("sedang", date(2023, 2, 5)), NOT_MET),
        (Discipline("sedang", date(2023, 2, 4)), MET),  # three years ago to the day
        (Discipline("berat", date(2026, 2, 4)), NOT_MET),
        (Discipline("ringan", date(2025, 1, 1)), MET),
        (Discipline("ringan"), MET),
        (Discipline("berat"), NEEDS_REVIEW),  # nobody knows when
        (Discipline("ringan", pending=True), NOT_MET),
        (Discipline("berat", date(2010, 1, 1), pending=True), NOT_MET),
    ],
)
def test_medium_and_heavy_penalties_of_three_years_and_open_cases_count(
    rules: RuleSet, entry: Discipline, verdict: Verdict
) -> None:
    assert _screened(rules, "discipline", discipline=(entry,)).verdict is verdict


def test_a_dated_penalty_decides_beside_an_undated_one(rules: RuleSet) -> None:
    both = (Discipline("berat"), Discipline("sedang", date(2025, 3, 1)), Discipline("ringan", pending=True))
    result = _screened(rules, "discipline", discipline=both)
    assert result.verdict is NOT_MET
    assert result.evidence == (
        "hukuman sedang/berat sejak 4 Februari 2023 atau dalam proses: "
        "sedang 1 Maret 2025; ringan dalam proses; berat tanpa tanggal"
    )
    assert result.would_satisfy == (
        "tidak ada hukuman sedang/berat sesudah 4 Februari 2023 dan tidak ada yang sedang diproses"
    )
    undated = _screened(rules, "discipline", discipline=both[:1])
    assert undated.would_satisfy == "SK hukuman disiplin yang bertanggal"
    assert _screened(rules, "discipline").evidence.endswith("dalam proses: tidak ada")


@pytest.mark.parametrize(("years", "verdict"), [(1, MET), (2, NOT_MET), (0, MET)])
def test_the_announced_years_without_penalty_count(rules: RuleSet, years: int, verdict: Verdict) -> None:
    asked = replace(ASKED, clean_discipline_years=years)
    penalty = (Discipline("sedang", date(2024, 6, 1)),)
    assert _screened(rules, "discipline", asked, discipline=penalty).verdict is verdict


# -- documents and the waiver


def test_a_missing_document_fails_and_is_named(rules: RuleSet) -> None:
    results = screen(FIT, ASKED, ("cv", "lhkpn", "spt"), rules)
    missing = [r for r in results if r.verdict is NOT_MET]
    assert [r.requirement for r in missing] == ["document.ppk_recommendation"]
    assert missing[0].citation == "PP 11/2017 Pasal 118 ayat (2)"
    assert (missing[0].evidence, missing[0].would_satisfy) == ("tidak diunggah", "unggah dokumen ini")
    assert proposed(results, rules) is NOT_MET


def test_tax_returns_name_their_years(rules: RuleSet) -> None:
    assert _screened(rules, "document.spt").evidence == "diunggah; harus memuat tahun pajak 2025 dan 2024"
    assert _screened(rules, "document.spt", present=()).evidence.startswith("tidak diunggah; harus memuat")
    assert _screened(rules, "document.lhkpn").evidence == "diunggah"


def test_a_recommendation_that_the_list_forgets_is_looked_for_all_the_same(rules: RuleSet) -> None:
    asked = replace(ASKED, documents=("cv",))
    forgotten = _screened(rules, "document.ppk_recommendation", asked, ())
    assert (forgotten.verdict, forgotten.would_satisfy) == (NEEDS_REVIEW, "rekomendasi tertulis PPK asal")
    assert "wajib bagi pelamar PNS" in forgotten.evidence
    assert forgotten.citation == "PP 11/2017 Pasal 118 ayat (2)"
    assert _screened(rules, "document.ppk_recommendation", asked).verdict is MET
    unasked = with_values(rules, {"application.ppk_recommendation_required": False})
    names = [r.requirement for r in screen(FIT, asked, (), unasked)]
    assert "document.ppk_recommendation" not in names


UNFIT = replace(
    FIT,
    birth_date=date(1960, 1, 1),
    education=Education.D3,
    experience_years=1,
    positions=(Position(PositionKind.PENGAWAS, date(2020, 1, 1)),),
    rank="III/d",
    trainings=(),
    ratings=((2025, Rating.POOR), (2024, Rating.POOR)),
    discipline=(Discipline("berat", date(2026, 1, 1)),),
)
OF_PASAL_107 = {"max_age", "education", "experience_years", "feeder_years"}


def test_the_presidents_approval_waives_what_pasal_107_asks_and_nothing_else(rules: RuleSet) -> None:
    results = screen(UNFIT, ASKED, ("presidential_approval",), rules)
    assert {r.requirement for r in results if r.rule == "candidate.waiver"} == OF_PASAL_107
    for result in results:
        waived = result.requirement in OF_PASAL_107
        assert result.verdict is (MET if waived or result.requirement == "civil_status" else NOT_MET), result
        if waived:
            assert result.evidence.endswith(
                "dikecualikan dengan persetujuan Presiden (dokumen presidential_approval diunggah)"
            )
            assert (result.confidence, result.would_satisfy) == (Confidence.DERIVED, "")
            assert result.citation == "PP 17/2020 (Pasal 107 ayat (2))"


def test_a_waiver_leaves_what_is_met_as_it_is_and_decides_what_is_unknown(rules: RuleSet) -> None:
    present = (*PRESENT, "presidential_approval")
    assert screen(FIT, ASKED, present, rules) == screen(FIT, ASKED, PRESENT, rules)
    assert _screened(rules, "education", present=present, education=None).verdict is MET


def test_a_waiver_without_its_document_does_nothing_and_says_so(rules: RuleSet) -> None:
    asking = replace(UNFIT, asks_waiver=True)
    results = {r.requirement: r for r in screen(asking, ASKED, PRESENT, rules)}
    for requirement in OF_PASAL_107:
        assert results[requirement].verdict is NOT_MET
        assert results[requirement].evidence.endswith("pengecualian tidak berlaku tanpa dokumen presidential_approval")
        assert results[requirement].would_satisfy.endswith(
            ", atau persetujuan Presiden (dokumen presidential_approval)"
        )
    assert "pengecualian" not in results["min_rank"].evidence
    assert all("pengecualian" not in r.evidence for r in screen(UNFIT, ASKED, PRESENT, rules))


def test_before_2020_the_law_knew_no_waiver(rules: RuleSet) -> None:
    older = without(rules, "candidate.waiver")
    present = ("presidential_approval",)
    result = _screened(older, "education", present=present, education=Education.D3, asks_waiver=True)
    assert result.verdict is NOT_MET
    assert result.evidence.endswith("himpunan aturan ini tidak mengenal pengecualian")
    assert law.waiver_document(older) is None


def test_a_waiver_of_pasal_107_is_for_a_pns(rules: RuleSet) -> None:
    present = ("presidential_approval",)
    for status, verdict in ((None, MET), (CivilStatus.PNS, MET), (CivilStatus.TNI_POLRI_RESIGNED, NOT_MET)):
        result = _screened(rules, "education", present=present, education=Education.D3, status=status)
        assert result.verdict is verdict

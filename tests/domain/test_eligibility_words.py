"""Screening's answers told whole: what is shown beside a verdict and what would satisfy it."""

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
    screen,
)
from domain.grades import Education
from domain.rules import Confidence, RuleSet
from domain.words import Rating, VacancyKind, Verdict

ASKED = Requirements(as_of=date(2026, 2, 4), age_reference=date(2026, 4, 1))
ODD = "197205171998031000"
SERIAL = "Nomor urut 000 pada nomor induk tidak ada; yang terkecil 001."
BOTH = "PNS, mantan prajurit TNI/anggota Polri"
WAIVER = "presidential_approval"


def _row(
    rules: RuleSet, record: CandidateRecord, asked: Requirements, *present: str, name: str = "civil_status"
) -> RequirementResult:
    return next(r for r in screen(record, asked, present, rules) if r.requirement == name)


@pytest.mark.parametrize(
    ("status", "level", "open_to", "evidence", "satisfy"),
    [
        (CivilStatus.PNS, "pratama", (), f"PNS menurut pernyataan; {SERIAL}", ""),
        (
            CivilStatus.TNI_POLRI_ACTIVE,
            "pratama",
            (),
            f"prajurit TNI/anggota Polri aktif, yang hanya boleh pada instansi pusat tertentu; {SERIAL}",
            "surat pengunduran diri dari dinas aktif",
        ),
        (
            CivilStatus.TNI_POLRI_ACTIVE,
            "pratama",
            (CivilStatus.PNS, CivilStatus.TNI_POLRI_RESIGNED),
            f"prajurit TNI/anggota Polri aktif; jabatan ini dibuka bagi {BOTH}; {SERIAL}",
            f"status {BOTH}",
        ),
        (CivilStatus.NON_PNS, "pratama", (), f"non-PNS; JPT pratama hanya terbuka bagi PNS; {SERIAL}", "status PNS"),
    ],
)
def test_a_status_is_told_with_what_is_odd_in_the_number(
    rules: RuleSet,
    status: CivilStatus,
    level: str,
    open_to: tuple[CivilStatus, ...],
    evidence: str,
    satisfy: str,
) -> None:
    result = _row(rules, CandidateRecord(status=status, nip=ODD), replace(ASKED, level=level, open_to=open_to))
    assert (result.evidence, result.would_satisfy) == (evidence, satisfy)


def test_an_outsider_s_odd_number_stands_before_the_remark_about_the_field(rules: RuleSet) -> None:
    result = _row(rules, CandidateRecord(status=CivilStatus.NON_PNS, nip=ODD), replace(ASKED, level="utama"))
    assert result.evidence.endswith(f"; {SERIAL}; bidang jabatan yang tertutup bagi non-PNS diperiksa verifikator")


def test_years_that_nobody_rated_are_asked_for(rules: RuleSet) -> None:
    asked = replace(ASKED, min_rating=Rating.GOOD)
    result = _row(rules, CandidateRecord(ratings=((2025, Rating.GOOD),)), asked, name="ratings")
    assert (result.verdict, result.would_satisfy) == (
        Verdict.NEEDS_REVIEW,
        "predikat baik pada tahun 2025 dan 2024",
    )
    assert result.evidence == "2025: baik; 2024: belum dinyatakan; paling rendah baik"


def test_an_undated_penalty_is_shown(rules: RuleSet) -> None:
    record = CandidateRecord(discipline=(Discipline("berat"),))
    result = _row(rules, record, replace(ASKED, clean_discipline=True), name="discipline")
    assert (result.verdict, result.would_satisfy) == (
        Verdict.NEEDS_REVIEW,
        "SK hukuman disiplin yang bertanggal",
    )
    assert result.evidence == ("hukuman sedang/berat sejak 4 Februari 2023 atau dalam proses: berat tanpa tanggal")


def test_a_waiver_keeps_what_was_seen(rules: RuleSet) -> None:
    record = CandidateRecord(education=Education.D3, status=CivilStatus.PNS, asks_waiver=True)
    asked = replace(ASKED, education=Education.S1_D4)
    seen = f"pendidikan {Education.D3.label}; paling rendah {Education.S1_D4.label}"
    degree = f"ijazah {Education.S1_D4.label} atau lebih tinggi"
    assert _row(rules, record, asked, WAIVER, name="education") == RequirementResult(
        "education",
        Verdict.MET,
        f"{seen}; dikecualikan dengan persetujuan Presiden (dokumen {WAIVER} diunggah)",
        "candidate.waiver",
        "PP 17/2020 (Pasal 107 ayat (2))",
        Confidence.DERIVED,
    )
    refused = _row(rules, record, asked, name="education")
    assert refused.evidence == f"{seen}; pengecualian tidak berlaku tanpa dokumen {WAIVER}"
    assert refused.would_satisfy == f"{degree}, atau persetujuan Presiden (dokumen {WAIVER})"


@pytest.mark.parametrize(
    ("level", "kind", "rule"),
    [
        ("pratama", VacancyKind.OTHER, "candidate.min_rank.pratama"),
        ("utama", VacancyKind.OTHER, "candidate.min_rank.pratama"),  # practice knows no other
        ("pratama", VacancyKind.SEKDA, "candidate.min_rank.sekda"),
    ],
)
def test_a_rank_is_asked_by_the_rule_of_its_post(rules: RuleSet, level: str, kind: VacancyKind, rule: str) -> None:
    asked = replace(ASKED, level=level, kind=kind, min_rank="IV/a")
    assert _row(rules, CandidateRecord(rank="IV/a"), asked, name="min_rank").rule == rule


def test_reversed_dates_of_a_feeder_post_are_asked_for(rules: RuleSet) -> None:
    posts = (Position(PositionKind.ADMINISTRATOR, date(2024, 1, 2), held_until=date(2020, 1, 1)),)
    result = _row(rules, CandidateRecord(positions=posts), replace(ASKED, feeder_years=2), name="feeder_years")
    assert result.verdict is Verdict.NEEDS_REVIEW
    assert result.evidence.endswith(
        "tanggal jabatan administrator terbalik (2 Januari 2024 sampai 1 Januari 2020), perlu diperiksa"
    )
    assert result.would_satisfy == "SK jabatan definitif yang genap 2 tahun pada 4 Februari 2026"


@pytest.mark.parametrize(
    ("months", "verdict", "satisfy"),
    [(24, Verdict.NEEDS_REVIEW, "SK pensiun atau perpanjangannya"), (25, Verdict.NOT_MET, "sisa masa kerja 25 bulan")],
)
def test_the_retirement_from_the_present_post_is_told_beside_the_months_that_remain(
    rules: RuleSet, months: int, verdict: Verdict, satisfy: str
) -> None:
    posts = (Position(PositionKind.ADMINISTRATOR, date(2020, 1, 1)),)
    record = CandidateRecord(birth_date=date(1968, 4, 1), positions=posts)
    asked = replace(ASKED, min_remaining_service_months=months)
    result = _row(rules, record, asked, name="remaining_service")
    assert (result.verdict, result.would_satisfy) == (verdict, satisfy)
    assert result.evidence == (
        "batas usia pensiun JPT pratama tercapai 1 April 2028; sisa 24 bulan sejak 1 April 2026; "
        f"paling singkat {months} bulan; "
        "batas usia pensiun jabatan sekarang (administrator) sudah tercapai 1 April 2026"
    )

"""On what footing somebody applies: PNS, non-PNS, resigned from the armed forces or police; and the NIP's word."""

from dataclasses import replace
from datetime import date

import pytest

from domain.eligibility import CandidateRecord, CivilStatus, RequirementResult, Requirements, Standing, screen
from domain.grades import Education
from domain.nip import Sex
from domain.rules import RuleSet
from domain.words import Verdict

MET, NOT_MET, NEEDS_REVIEW = Verdict.MET, Verdict.NOT_MET, Verdict.NEEDS_REVIEW
ASKED = Requirements(as_of=date(2026, 2, 4), age_reference=date(2026, 4, 1), max_age=58)
UTAMA = replace(ASKED, level="utama")
NIP = "197205171998031005"
LETTER = "presidential_nonpns_approval"
OUTSIDER = CandidateRecord(
    birth_date=date(1975, 1, 1),
    education=Education.S2,
    experience_years=15,
    status=CivilStatus.NON_PNS,
    standing=Standing(party_member=False, imprisoned=False, dishonourably_dismissed=False),
)
SOLDIER = CandidateRecord(birth_date=date(1975, 1, 1), education=Education.S1_D4, status=CivilStatus.TNI_POLRI_RESIGNED)


def _row(
    rules: RuleSet, record: CandidateRecord, asked: Requirements = ASKED, *present: str, name: str = "civil_status"
) -> RequirementResult:
    return next(r for r in screen(record, asked, present, rules) if r.requirement == name)


# -- PNS


def test_a_pns_may_apply(rules: RuleSet) -> None:
    result = _row(rules, CandidateRecord(status=CivilStatus.PNS, nip=NIP))
    assert (result.verdict, result.evidence, result.would_satisfy) == (MET, "PNS menurut pernyataan", "")
    assert result.citation == "PP 11/2017 Pasal 110 ayat (3)"
    assert _row(rules, CandidateRecord(status=CivilStatus.PNS), UTAMA).citation == "PP 11/2017 Pasal 106"


def test_a_sound_number_speaks_for_who_states_no_status(rules: RuleSet) -> None:
    result = _row(rules, CandidateRecord(nip=NIP, birth_date=date(1972, 5, 17)))
    assert (result.verdict, result.evidence) == (MET, "PNS menurut susunan nomor induknya")
    undated = replace(ASKED, as_of=None, age_reference=None)
    assert _row(rules, CandidateRecord(nip=NIP), undated).evidence == "status kepegawaian belum dinyatakan"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"nip": "1972"}, "seharusnya 18 angka"),
        ({"nip": "197205172023211005"}, "bukan tahun dan bulan"),
        ({"birth_date": date(1972, 5, 18)}, "tanggal lahir 17 Mei 1972, data lain 18 Mei 1972"),
        ({"sex": Sex.FEMALE}, "jenis kelamin pada nomor induk 1"),
        ({"entered_on": date(1999, 3, 1)}, "TMT CPNS 1998-03, data lain 1999-03"),
        ({"nip": "197205172026031005"}, "TMT CPNS 2026-03"),
    ],
)
def test_an_odd_number_is_told_and_fails_nobody(rules: RuleSet, change: dict[str, object], words: str) -> None:
    silent = replace(CandidateRecord(nip=NIP), **change)  # type: ignore[arg-type]
    unsaid = _row(rules, silent)
    assert (unsaid.verdict, words in unsaid.evidence) == (NEEDS_REVIEW, True)
    assert unsaid.would_satisfy == "nyatakan status kepegawaian"
    said = _row(rules, replace(silent, status=CivilStatus.PNS))
    assert (said.verdict, words in said.evidence) == (MET, True)


def test_a_contract_employees_number_has_no_month(rules: RuleSet) -> None:
    result = _row(rules, replace(OUTSIDER, nip="197501012023211005"), UTAMA, LETTER)
    assert "nomor induk" not in result.evidence


def test_the_announcement_may_open_a_post_to_some_only(rules: RuleSet) -> None:
    asked = replace(ASKED, open_to=(CivilStatus.PNS,))
    assert _row(rules, CandidateRecord(status=CivilStatus.PNS), asked).verdict is MET
    assert _row(rules, CandidateRecord(), asked).verdict is NEEDS_REVIEW
    result = _row(rules, SOLDIER, asked)
    assert (result.verdict, result.would_satisfy) == (NOT_MET, "status PNS")
    assert result.evidence == "mantan prajurit TNI/anggota Polri; jabatan ini dibuka bagi PNS"
    both = replace(asked, open_to=(CivilStatus.PNS, CivilStatus.TNI_POLRI_RESIGNED))
    assert _row(rules, replace(SOLDIER, birth_date=date(1980, 1, 1)), both).verdict is MET


# -- non-PNS


def test_a_jpt_pratama_is_not_open_to_who_is_no_pns(rules: RuleSet) -> None:
    result = _row(rules, OUTSIDER, ASKED, LETTER)
    assert (result.verdict, result.would_satisfy) == (NOT_MET, "status PNS")
    assert result.evidence == "non-PNS; JPT pratama hanya terbuka bagi PNS"
    assert result.rule == "candidate.nonpns_allowed.pratama"


def test_higher_posts_are_open_with_the_presidents_approval_and_a_persons_look_at_the_field(rules: RuleSet) -> None:
    result = _row(rules, OUTSIDER, UTAMA, LETTER)
    assert (result.verdict, result.rule, result.would_satisfy) == (
        NEEDS_REVIEW,
        "candidate.nonpns.document",
        "bukti bidang jabatan",
    )
    assert result.evidence == (
        "non-PNS; terpenuhi: persetujuan Presiden (dokumen presidential_nonpns_approval), "
        "pendidikan paling rendah S-2, umur paling tinggi 58 tahun, "
        "tidak menjadi anggota atau pengurus partai politik, tidak pernah dipidana penjara, "
        "tidak pernah diberhentikan tidak dengan hormat, "
        "pengalaman paling singkat 15 tahun; bidang jabatan yang tertutup bagi non-PNS diperiksa verifikator"
    )


SINCE = date(2021, 2, 4)  # five years before the close


@pytest.mark.parametrize(
    ("level", "change", "verdict", "words"),
    [
        ("utama", {"education": Education.S1_D4}, NOT_MET, "tidak terpenuhi: pendidikan paling rendah S-2"),
        ("utama", {"education": None}, NEEDS_REVIEW, "belum dinyatakan: pendidikan paling rendah S-2"),
        ("utama", {"experience_years": 14, "experience_months": 11}, NOT_MET, "pengalaman paling singkat 15 tahun"),
        ("utama", {"experience_years": 14, "experience_months": 12}, NEEDS_REVIEW, "bidang jabatan"),
        ("utama", {"experience_years": None}, NEEDS_REVIEW, "belum dinyatakan: pengalaman paling singkat 15"),
        ("madya", {"experience_years": 10}, NEEDS_REVIEW, "pengalaman paling singkat 10 tahun"),
        ("madya", {"experience_years": 9}, NOT_MET, "tidak terpenuhi: pengalaman paling singkat 10 tahun"),
        ("utama", {"birth_date": date(1968, 3, 31)}, NOT_MET, "tidak terpenuhi: umur paling tinggi 58 tahun"),
        ("utama", {"birth_date": None}, NEEDS_REVIEW, "belum dinyatakan: umur paling tinggi 58 tahun"),
        ("utama", {"birth_date": date(2026, 4, 2)}, NEEDS_REVIEW, "belum dinyatakan: umur paling tinggi 58 tahun"),
        ("utama", {"standing": Standing()}, NEEDS_REVIEW, "tidak pernah dipidana penjara, tidak pernah diberhentikan"),
        ("utama", {"standing": Standing(False, None, True, False)}, NOT_MET, "tidak terpenuhi: tidak pernah dipidana"),
        ("utama", {"standing": Standing(False, None, False, True)}, NOT_MET, "tidak terpenuhi: tidak pernah diberh"),
        ("utama", {"standing": Standing(True, None, False, False)}, NOT_MET, "tidak terpenuhi: tidak menjadi anggota"),
        ("utama", {"standing": Standing(True, SINCE, False, False)}, NEEDS_REVIEW, "terpenuhi: persetujuan"),
        ("utama", {"standing": Standing(None, SINCE, False, False)}, NEEDS_REVIEW, "terpenuhi: persetujuan"),
        ("utama", {"standing": Standing(False, date(2021, 2, 5), False, False)}, NOT_MET, "tidak menjadi anggota"),
        ("utama", {"standing": Standing(None, None, False, False)}, NEEDS_REVIEW, "belum dinyatakan: tidak menjadi"),
    ],
)  # fmt: skip
def test_each_condition_of_an_outsider_is_weighed(
    rules: RuleSet, level: str, change: dict[str, object], verdict: Verdict, words: str
) -> None:
    record = replace(OUTSIDER, **change)  # type: ignore[arg-type]
    result = _row(rules, record, replace(ASKED, level=level), LETTER)
    assert (result.verdict, words in result.evidence) == (verdict, True), result.evidence


def test_without_the_letter_an_outsider_fails(rules: RuleSet) -> None:
    result = _row(rules, OUTSIDER, UTAMA, "presidential_approval")
    assert result.verdict is NOT_MET
    assert result.would_satisfy == "bukti persetujuan Presiden (dokumen presidential_nonpns_approval)"


def test_a_partys_last_day_needs_a_day_of_registration(rules: RuleSet) -> None:
    undated = replace(UTAMA, as_of=None, age_reference=None, inauguration=date(2026, 4, 1))
    record = replace(OUTSIDER, standing=Standing(None, date(2010, 1, 1), False, False))
    assert "belum dinyatakan: tidak menjadi anggota" in _row(rules, record, undated, LETTER).evidence


def test_an_outsider_has_the_laws_own_age_limit(rules: RuleSet) -> None:
    older = replace(OUTSIDER, birth_date=date(1968, 3, 31))
    result = _row(rules, older, replace(UTAMA, max_age=60), LETTER, name="max_age")
    assert (result.verdict, result.rule) == (NOT_MET, "candidate.nonpns.max_age")
    assert result.evidence.endswith("paling tinggi 58 tahun; bagi non-PNS paling tinggi 58 tahun")
    lower = _row(rules, OUTSIDER, replace(UTAMA, max_age=50), LETTER, name="max_age")
    assert (lower.verdict, "paling tinggi 50 tahun;" in lower.evidence) == (NOT_MET, True)


# -- TNI and Polri


@pytest.mark.parametrize(
    ("level", "change", "verdict"),
    [
        ("pratama", {"birth_date": date(1973, 4, 1)}, MET),
        ("pratama", {"birth_date": date(1973, 3, 31)}, NOT_MET),
        ("pratama", {"education": Education.D3}, NOT_MET),
        ("pratama", {"education": None}, NEEDS_REVIEW),
        ("pratama", {"birth_date": None}, NEEDS_REVIEW),
        ("madya", {}, NOT_MET),  # no postgraduate degree
        ("madya", {"education": Education.S2, "birth_date": date(1971, 4, 1)}, MET),
        ("utama", {"education": Education.S2, "birth_date": date(1971, 3, 31)}, NOT_MET),
    ],
)
def test_who_has_resigned_has_limits_of_his_own(
    rules: RuleSet, level: str, change: dict[str, object], verdict: Verdict
) -> None:
    record = replace(SOLDIER, **change)  # type: ignore[arg-type]
    result = _row(rules, record, replace(ASKED, level=level))
    assert (result.verdict, result.rule) == (verdict, f"candidate.tni_polri_resigned.max_age.{level}")


def test_who_has_resigned_is_told_what_is_fulfilled_and_what_proves_the_rest(rules: RuleSet) -> None:
    result = _row(rules, replace(SOLDIER, education=None))
    assert result.evidence == (
        "mantan prajurit TNI/anggota Polri; belum dinyatakan: pendidikan paling rendah S-1/D-IV; "
        "terpenuhi: umur paling tinggi 53 tahun"
    )
    assert result.would_satisfy == "bukti pendidikan paling rendah S-1/D-IV"
    assert _row(rules, SOLDIER).would_satisfy == ""
    nothing = _row(rules, replace(SOLDIER, education=None, birth_date=None))
    assert "; terpenuhi" not in nothing.evidence


def test_who_has_resigned_has_a_lower_age_limit(rules: RuleSet) -> None:
    for born, verdict in ((date(1973, 4, 1), MET), (date(1973, 3, 31), NOT_MET)):
        result = _row(rules, replace(SOLDIER, birth_date=born), name="max_age")
        assert (result.verdict, result.rule) == (verdict, "candidate.tni_polri_resigned.max_age.pratama")
        assert result.evidence.endswith("53 tahun; bagi mantan prajurit TNI/anggota Polri paling tinggi 53 tahun")
    lower = _row(rules, SOLDIER, replace(ASKED, max_age=50), name="max_age")
    assert (lower.verdict, "paling tinggi 50 tahun;" in lower.evidence) == (NOT_MET, True)


def test_who_still_serves_needs_a_person(rules: RuleSet) -> None:
    result = _row(rules, replace(SOLDIER, status=CivilStatus.TNI_POLRI_ACTIVE))
    assert (result.verdict, result.would_satisfy) == (NEEDS_REVIEW, "surat pengunduran diri dari dinas aktif")
    assert "aktif, yang hanya boleh pada instansi pusat tertentu" in result.evidence
    assert result.citation == "PP 11/2017 Pasal 147-159"

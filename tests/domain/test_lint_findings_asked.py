"""Every finding of lint on requirements, letters, restrictions and the time of the law, with all its facts."""

from typing import Any, Final

import pytest
from findings import ABSENT, Row, row, the_finding
from sample_plan import LAWFUL


def _window(opens: str, closes: str) -> dict[str, Any]:
    return {"announcement": {"opens": opens, "closes": closes}}


def _post(kind: str, **letters: object) -> dict[str, Any]:
    return {"vacancies": [{"title": "x", "kind": kind}], "approvals": {"plan_approval": "B-1", **letters}}


def _asked(**requirements: object) -> dict[str, Any]:
    return {"requirements": LAWFUL["requirements"] | requirements}


def _secretary(**requirements: object) -> dict[str, Any]:
    return {"vacancies": [{"title": "Sekretaris Daerah", "kind": "sekda"}], **_asked(**requirements)}


FINDINGS: Final[list[Row]] = [
    row(
        {"level": "madya"},
        "appointing_authority.madya", "info", "level",
        "JPT madya diangkat oleh Presiden, bukan oleh PPK.",
        "A JPT madya is appointed by the President, not by the PPK.",
        "PP 11/2017 Pasal 124-128", "read",
    ),
    row(
        {"level": "utama"},
        "appointing_authority.utama", "info", "level",
        "JPT utama diangkat oleh Presiden, bukan oleh PPK; panitianya pun dibentuk Presiden (Pasal 114 ayat (2)).",
        "A JPT utama is appointed by the President, not by the PPK; the committee is formed by the President as "
        "well (Pasal 114 (2)).",
        "PP 11/2017 Pasal 124-128", "read",
    ),
    row(
        {"approvals": {"plan_approval": None}},
        "plan.bkn_approval_required", "block", "approvals.plan_approval",
        "Rencana seleksi belum disetujui BKN.",
        "BKN has not approved the plan.",
        "Praktik persetujuan BKN atas rencana seleksi (gerbang G1)", "secondary", "nomor surat persetujuan", "null",
    ),
    row(
        _post("sekda"),
        "consult.sekda", "info", "vacancies[0].kind",
        "Pengangkatan Sekda kabupaten/kota dikoordinasikan dahulu dengan Gubernur.",
        "The appointment of a regional secretary is first coordinated with the Governor.",
        "PP 11/2017 Pasal 127 ayat (3)", "read",
    ),
    row(
        _post("sekwan"),
        "consult.sekwan", "info", "vacancies[0].kind",
        "Pengangkatan Sekretaris DPRD dikonsultasikan dahulu dengan pimpinan DPRD.",
        "The appointment of the council's secretary is first discussed with the council's leadership.",
        "PP 11/2017 Pasal 127 ayat (4)", "read",
    ),
    row(
        _post("inspector"),
        "consult.inspector", "info", "vacancies[0].kind",
        "Pengangkatan Inspektur kabupaten/kota lazimnya dikoordinasikan dahulu dengan Gubernur.",
        "The appointment of an inspector is usually first coordinated with the Governor.",
        "Praktik (Kotawaringin Timur 2026: Inspektur dengan ketentuan tersendiri)", "secondary",
    ),
    row(
        _post("sekda", governor_coordination=None),
        "consult.sekda", "block", "approvals.governor_coordination",
        "Pengangkatan Sekda kabupaten/kota dikoordinasikan dahulu dengan Gubernur.",
        "The appointment of a regional secretary is first coordinated with the Governor.",
        "PP 11/2017 Pasal 127 ayat (3)", "read", "nomor surat", "null",
    ),
    row(
        _post("sekwan", dprd_consultation=None),
        "consult.sekwan", "block", "approvals.dprd_consultation",
        "Pengangkatan Sekretaris DPRD dikonsultasikan dahulu dengan pimpinan DPRD.",
        "The appointment of the council's secretary is first discussed with the council's leadership.",
        "PP 11/2017 Pasal 127 ayat (4)", "read", "nomor surat", "null",
    ),
    row(
        _post("inspector", governor_coordination=None),
        "consult.inspector", "warn", "approvals.governor_coordination",
        "Pengangkatan Inspektur kabupaten/kota lazimnya dikoordinasikan dahulu dengan Gubernur.",
        "The appointment of an inspector is usually first coordinated with the Governor.",
        "Praktik (Kotawaringin Timur 2026: Inspektur dengan ketentuan tersendiri)", "secondary", "nomor surat", "null",
    ),
    row(
        {"context": {"head_inaugurated_on": "2025-10-01"}},
        "political_window.after_inauguration_months", "block", "context.head_inaugurated_on",
        "Penggantian pejabat pada 1 April 2026 jatuh dalam masa larangan; perlu persetujuan tertulis Mendagri.",
        "Replacing an official on 2026-04-01 falls into a restriction window; the Minister's written consent is "
        "needed.",
        "UU 10/2016 Pasal 162 ayat (3)", "read", "> 2026-04-01", "2026-04-01",
    ),
    row(
        {"context": {"next_candidacy_determination": "2026-10-01"}},
        "political_window.before_candidacy_months", "block", "context.next_candidacy_determination",
        "Penggantian pejabat pada 1 April 2026 jatuh dalam masa larangan; perlu persetujuan tertulis Mendagri.",
        "Replacing an official on 2026-04-01 falls into a restriction window; the Minister's written consent is "
        "needed.",
        "UU 10/2016 Pasal 71 ayat (2)", "read", "< 2026-04-01", "2026-04-01",
    ),
    row(
        {"context": {"acting_head": True}},
        "acting_head.requires_mendagri_approval", "block", "approvals.home_affairs_consent",
        "Penjabat kepala daerah memerlukan persetujuan tertulis Mendagri.",
        "An acting head of region needs the Minister of Home Affairs' written approval.",
        "Praktik persetujuan tertulis Mendagri bagi penjabat kepala daerah", "secondary",
        "nomor surat persetujuan", "null",
    ),
    row(
        {"context": {"acting_head": True}},
        "acting_head.requires_bkn_pertek", "info", "context.acting_head",
        "Penjabat kepala daerah memerlukan pertimbangan teknis BKN sebelum pengangkatan.",
        "An acting head of region needs BKN's technical consideration before the appointment.",
        "Perpres 116/2022 Pasal 25", "secondary",
    ),
    row(
        {"context": {"acting_head": True}, "approvals": {"supervisor_consideration": None}},
        "acting_head.requires_bkn_pertek", "block", "approvals.supervisor_consideration",
        "Penjabat kepala daerah memerlukan pertimbangan teknis BKN sebelum pengangkatan.",
        "An acting head of region needs BKN's technical consideration before the appointment.",
        "Perpres 116/2022 Pasal 25", "secondary", "nomor surat pertimbangan", "null",
    ),
    row(
        {"stages": ..., **_window("2019-11-12", "2019-11-27")},
        "ruleset.in_force", "info", "announcement.opens",
        "Himpunan aturan id-pns-2020 tidak berlaku pada 12 November 2019; tidak diperiksa.",
        "Rule set id-pns-2020 is not in force on 2019-11-12; the plan was not checked.",
        "PP 11/2017 jo. PP 17/2020; PermenPANRB 15/2019", "read", "2020-02-28..", "2019-11-12",
    ),
    row(
        {"ruleset": "id-pns-2020", **_window("2019-11-12", "2019-11-27")},
        "ruleset.in_force", "info", "announcement.opens",
        "Himpunan aturan id-pns-2020 tidak berlaku pada 12 November 2019.",
        "Rule set id-pns-2020 is not in force on 2019-11-12.",
        "PP 11/2017 jo. PP 17/2020; PermenPANRB 15/2019", "read", "2020-02-28..", "2019-11-12",
    ),
    row(
        {"announcement": ..., "stages": [{"stage": "interview", "date": "2020-02-27"}]},
        "ruleset.in_force", "info", "stages",
        "Himpunan aturan id-pns-2020 tidak berlaku pada 27 Februari 2020; tidak diperiksa.",
        "Rule set id-pns-2020 is not in force on 2020-02-27; the plan was not checked.",
        "PP 11/2017 jo. PP 17/2020; PermenPANRB 15/2019", "read", "2020-02-28..", "2020-02-27",
    ),
    row(
        _asked(max_age=57),
        "candidate.pratama.max_age", "block", "requirements.max_age",
        "Umur paling tinggi 56 tahun; rencana ini 57.",
        "The highest age is 56; the plan has 57.",
        "PP 11/2017 Pasal 107 huruf c", "read", "<= 56", "57",
    ),
    row(
        _secretary(max_age=58),
        "candidate.sekda.max_age_override", "warn", "requirements.max_age",
        "Umur paling tinggi 56 tahun; rencana ini 58; untuk Sekda hanya bagi pelamar yang sudah JPT pratama.",
        "The highest age is 56; the plan has 58; for a regional secretary only where the applicant already holds a "
        "JPT pratama.",
        "Praktik bagi pelamar Sekda yang sudah JPT pratama", "secondary", "<= 56", "58",
    ),
    row(
        _secretary(max_age=59),
        "candidate.pratama.max_age", "block", "requirements.max_age",
        "Umur paling tinggi 56 tahun; rencana ini 59.",
        "The highest age is 56; the plan has 59.",
        "PP 11/2017 Pasal 107 huruf c", "read", "<= 56", "59",
    ),
    row(
        _asked(age_reference=None),
        "candidate.age_reference", "info", "requirements.age_reference",
        "Batas umur tidak punya tanggal acuan; umumkan tanggalnya.",
        "The age limit has no reference date; publish one.",
        "Praktik pengumuman (Jombang 2026, Banjarbaru 2025)", "secondary",
    ),
    row(
        _asked(age_reference="2026-02-03"),
        "candidate.age_reference", "warn", "requirements.age_reference",
        "Tanggal acuan umur 3 Februari 2026, padahal pelamaran ditutup 4 Februari 2026; seharusnya >= hari itu.",
        "Ages are counted on 2026-02-03, but applications close on 2026-02-04; it should be >= that day.",
        "Praktik pengumuman (Jombang 2026, Banjarbaru 2025)", "secondary", ">= 2026-02-04", "2026-02-03",
    ),
    row(
        _asked(experience_years=4),
        "candidate.pratama.experience_years", "block", "requirements.experience_years",
        "Syarat pengalaman jabatan terkait paling singkat 5 tahun; rencana ini 4.",
        "The requirement experience_years is at least 5 years; the plan has 4.",
        "PP 11/2017 Pasal 107 huruf c", "read", ">= 5", "4",
    ),
    row(
        _asked(feeder_years=1),
        "candidate.pratama.feeder_years", "block", "requirements.feeder_years",
        "Syarat masa dalam jabatan administrator atau JF setara paling singkat 2 tahun; rencana ini 1.",
        "The requirement feeder_years is at least 2 years; the plan has 1.",
        "PP 11/2017 Pasal 107 huruf c", "read", ">= 2", "1",
    ),
    row(
        _asked(education="D-III"),
        "candidate.pratama.min_education", "block", "requirements.education",
        "Pendidikan paling rendah S-1/D-IV; rencana ini D-III.",
        "The lowest education is S-1/D-IV; the plan has D-III.",
        "PP 11/2017 Pasal 107 huruf c", "read", ">= S-1/D-IV", "D-III",
    ),
    row(
        _asked(min_rank="III/d"),
        "candidate.min_rank.pratama", "warn", "requirements.min_rank",
        "Golongan paling rendah lazimnya IV/a; rencana ini III/d.",
        "The lowest rank is usually IV/a; the plan has III/d.",
        "Praktik pengumuman (Jombang 2026)", "secondary", ">= IV/a", "III/d",
    ),
    row(
        _secretary(min_rank="IV/a"),
        "candidate.min_rank.sekda", "warn", "requirements.min_rank",
        "Golongan paling rendah lazimnya IV/b; rencana ini IV/a.",
        "The lowest rank is usually IV/b; the plan has IV/a.",
        "Praktik pengumuman (Pemalang 2026)", "secondary", ">= IV/b", "IV/a",
    ),
    row(
        _asked(feeder_posts=["pengawas", "administrator", "other"]),
        "candidate.pratama.feeder_posts", "block", "requirements.feeder_posts",
        "Jabatan yang diperhitungkan hanya administrator, JF ahli madya, JPT pratama; rencana ini juga menyebut "
        "pengawas, jabatan lain.",
        "Only these posts count: administrator, jf_ahli_madya, jpt_pratama; the plan also names pengawas, other.",
        "PP 11/2017 Pasal 107 huruf c", "read", "administrator, jf_ahli_madya, jpt_pratama", "pengawas, other",
    ),
    row(
        _asked(open_to=["non_pns"]),
        "candidate.nonpns_allowed.pratama", "block", "requirements.open_to",
        "JPT pratama tidak terbuka bagi non-PNS, termasuk PPPK.",
        "A JPT pratama is not open to who is no PNS, PPPK among them.",
        "PP 11/2017 Pasal 110 ayat (3)", "derived", "pns", "non_pns",
    ),
    row(
        _asked(open_to=["tni_polri_resigned"]),
        "candidate.tni_polri_resigned.max_age.pratama", "info", "requirements.max_age",
        "Bagi mantan prajurit TNI dan anggota Polri umur paling tinggi 53 tahun; umumkan batas itu juga.",
        "For who has resigned from the armed forces or police the highest age is 53; publish that limit too.",
        "PP 11/2017 Pasal 147-159", "read", "<= 53", "56",
    ),
    row(
        _asked(min_rating="poor"),
        "candidate.skp_min_predikat", "warn", "requirements.min_rating",
        "Predikat kinerja paling rendah lazimnya baik; rencana ini kurang.",
        "The lowest rating is usually good; the plan has poor.",
        "Praktik; dasar terdekat PP 11/2017 Pasal 199 ayat (2) huruf c", "unconfirmed", ">= good", "poor",
    ),
    row(
        _asked(clean_discipline_years=2),
        "candidate.discipline_clean_years", "block", "requirements.clean_discipline_years",
        "Bebas hukuman disiplin lazimnya 3 tahun; rencana ini 2 tahun.",
        "Usually 3 years without a penalty are asked; the plan has 2.",
        "Praktik pengumuman: tidak pernah dijatuhi hukuman disiplin sedang atau berat", "secondary", ">= 3", "2",
    ),
    row(
        _asked(documents=["cv", "spt"]),
        "application.ppk_recommendation_required", "block", "requirements.documents",
        "Daftar dokumen tidak memuat rekomendasi tertulis PPK (ppk_recommendation).",
        "The list of documents leaves out the PPK's written recommendation (ppk_recommendation).",
        "PP 11/2017 Pasal 118 ayat (2)", "read", "ppk_recommendation", "cv, spt",
    ),
    row(
        _asked(documents=["cv", "spt"]),
        "candidate.lhkpn_required", "warn", "requirements.documents",
        "Daftar dokumen tidak memuat LHKPN atau LHKASN (lhkpn).",
        "The list of documents leaves out the wealth report (LHKPN or LHKASN) (lhkpn).",
        "Praktik pengumuman seleksi", "secondary", "lhkpn", "cv, spt",
    ),
    row(
        _asked(documents=["cv", "lhkpn"]),
        "candidate.spt_years", "warn", "requirements.documents",
        "Daftar dokumen tidak memuat SPT tahunan (spt).",
        "The list of documents leaves out the yearly tax returns (spt).",
        "Praktik pengumuman seleksi", "secondary", "spt", "cv, lhkpn",
    ),
]  # fmt: skip
NOT_STATED: Final = [
    ({"approvals": ...}, "plan.bkn_approval_required", "approvals",
     "Praktik persetujuan BKN atas rencana seleksi (gerbang G1)", "secondary"),
    ({"approvals": {}}, "plan.bkn_approval_required", "approvals.plan_approval",
     "Praktik persetujuan BKN atas rencana seleksi (gerbang G1)", "secondary"),
    ({"context": ...}, "political_window.after_inauguration_months", "context",
     "UU 10/2016 Pasal 162 ayat (3)", "read"),
    ({"requirements": ...}, "candidate.pratama.max_age", "requirements", "PP 11/2017 Pasal 107 huruf c", "read"),
    (_asked(max_age=None), "candidate.pratama.max_age", "requirements.max_age", "PP 11/2017 Pasal 107 huruf c", "read"),
    (_asked(experience_years=None), "candidate.pratama.experience_years", "requirements.experience_years",
     "PP 11/2017 Pasal 107 huruf c", "read"),
    (_asked(feeder_years=None), "candidate.pratama.feeder_years", "requirements.feeder_years",
     "PP 11/2017 Pasal 107 huruf c", "read"),
    (_asked(education=None), "candidate.pratama.min_education", "requirements.education",
     "PP 11/2017 Pasal 107 huruf c", "read"),
    (_asked(min_rank=None), "candidate.min_rank.pratama", "requirements.min_rank",
     "Praktik pengumuman (Jombang 2026)", "secondary"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "finding"), FINDINGS)
def test_a_finding_on_what_is_asked_states_all_its_facts(
    find_all: Any, change: dict[str, Any], finding: dict[str, str]
) -> None:
    assert the_finding(find_all(**change), finding) == finding


@pytest.mark.parametrize(("change", "rule", "path", "citation", "confidence"), NOT_STATED)
def test_what_is_not_stated_on_what_is_asked_is_not_checked(
    find_all: Any, change: dict[str, Any], rule: str, path: str, citation: str, confidence: str
) -> None:
    _, finding = row(change, rule, "info", path, *ABSENT, citation, confidence)
    assert the_finding(find_all(**change), finding) == finding

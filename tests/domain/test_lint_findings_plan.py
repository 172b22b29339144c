"""Every finding of lint on route, announcement, weights, committee and results, with all its facts."""

from typing import Any, Final

import pytest
from findings import ABSENT, Row, row, the_finding
from sample_plan import LAWFUL, MEMBERS


def _window(opens: str, closes: str) -> dict[str, Any]:
    return {"announcement": {"opens": opens, "closes": closes}}


def _form(**parts: object) -> dict[str, Any]:
    return {"announcement": LAWFUL["announcement"] | parts}


def _weights(track_record: int, assessment: int) -> dict[str, Any]:
    return {"weights": LAWFUL["weights"] | {"track_record": track_record, "assessment": assessment}}


def _fifth(**facts: object) -> dict[str, Any]:
    return {"committee": [*MEMBERS[:4], MEMBERS[4] | facts]}


FINDINGS: Final[list[Row]] = [
    row(
        {"filling_route": "mutasi_ukom"},
        "filling_route", "info", "filling_route",
        "Format ini memeriksa seleksi terbuka; jalur mutasi_ukom diatur PP 11/2017 Pasal 131-132. Hanya persetujuan "
        "dan masa larangan yang diperiksa.",
        "This format checks open selections; the route mutasi_ukom follows PP 11/2017 Pasal 131-132. Only consents "
        "and restriction windows are checked.",
        "PP 11/2017 Pasal 130-134; praktik manajemen talenta", "secondary", "selter", "mutasi_ukom",
    ),
    row(
        {"filling_route": "talenta"},
        "filling_route.talenta.requires_approval", "block", "approvals.talent_approval",
        "Pengisian melalui manajemen talenta memerlukan persetujuan BKN.",
        "Filling by talent management needs the approval of BKN.",
        "PP 11/2017 Pasal 134", "read", "nomor surat persetujuan", "null",
    ),
    row(
        {"level": ...},
        "ruleset.in_force", "info", "level",
        "Tingkat jabatan tidak disebut; diperiksa sebagai JPT pratama.",
        "The level is not stated; checked as JPT pratama.",
        "PP 11/2017 jo. PP 17/2020; PermenPANRB 15/2019", "read",
    ),
    row(
        _window("2026-01-20", "2026-02-02"),
        "announcement.min_calendar_days", "block", "announcement.closes",
        "Pengumuman paling singkat 15 hari kalender sebelum penutupan; rencana ini 13 hari.",
        "At least 15 calendar days must lie before the closing date; the plan has 13.",
        "PP 11/2017 Pasal 117 ayat (2)", "read", "closes >= 2026-02-04", "2026-02-02",
    ),
    row(
        _window("2026-01-20", "2026-02-03"),
        "announcement.min_calendar_days", "warn", "announcement.closes",
        "Pengumuman paling singkat 15 hari kalender sebelum penutupan; rencana ini 14 hari; sah hanya bila hari "
        "pengumuman ikut dihitung.",
        "At least 15 calendar days must lie before the closing date; the plan has 14; lawful only when the day of "
        "publication is counted.",
        "PP 11/2017 Pasal 117 ayat (2)", "read", "closes >= 2026-02-04", "2026-02-03",
    ),
    row(
        _window("2026-02-04", "2026-01-20"),
        "announcement.min_calendar_days", "block", "announcement.closes",
        "Penutupan 20 Januari 2026 mendahului pengumuman 4 Februari 2026.",
        "The window closes on 2026-01-20, before it opens on 2026-02-04.",
        "PP 11/2017 Pasal 117 ayat (2)", "read", "closes >= 2026-02-19", "2026-01-20",
    ),
    row(
        {},
        "announcement.required_fields", "info", "announcement",
        "Isi, cakupan, penanda tangan dan media pengumuman tidak disebut; tidak diperiksa.",
        "The announcement's contents, scope, signer and media are not stated; they were not checked.",
        "PP 11/2017 Pasal 117 ayat (4)", "read",
    ),
    row(
        _form(contents=["post", "deadline"]),
        "announcement.required_fields", "block", "announcement.contents",
        "Pengumuman belum memuat: requirements, competency_standard, stages_schedule_system, secretariat_contact.",
        "The announcement does not hold requirements, competency_standard, stages_schedule_system, "
        "secretariat_contact.",
        "PP 11/2017 Pasal 117 ayat (4)", "read",
        "post, requirements, competency_standard, deadline, stages_schedule_system, secretariat_contact",
        "post, deadline",
    ),
    row(
        _form(scope="region"),
        "announcement.scope.kabkota_pratama", "block", "announcement.scope",
        "JPT pratama kabupaten/kota dibuka secara national atau province; rencana ini region.",
        "A JPT pratama of a kabupaten or kota is open to national or province; the plan has region.",
        "PP 11/2017 Pasal 110 ayat (4) dan Pasal 117 ayat (3) huruf c", "read", "national | province", "region",
    ),
    row(
        _form(signer="bupati"),
        "announcement.signers", "block", "announcement.signer",
        "Pengumuman ditandatangani ketua panitia atau kepala sekretariat atas namanya; rencana ini bupati.",
        "The chair signs the announcement, or the head of the secretariat for him; the plan has bupati.",
        "PP 11/2017 Pasal 117 ayat (5)", "read", "chair | secretariat_head_on_behalf", "bupati",
    ),
    row(
        _form(media=["notice_board"]),
        "announcement.media", "block", "announcement.media",
        "Pengumuman dimuat secara terbuka sekurang-kurangnya dalam salah satu media: print, electronic.",
        "The announcement is published openly in one of print, electronic at least.",
        "PP 11/2017 Pasal 117 ayat (1)", "read", "print | electronic", "notice_board",
    ),
    row(
        _weights(35, 26),
        "weights", "block", "weights",
        "Jumlah bobot harus 100.0 persen; rencana ini 116.",
        "Weights must sum to 100.0 percent; the plan has 116.",
        "Praktik (Kota Cilegon 2023, Sekprov Sulsel 2023)", "secondary", "100.0", "116",
    ),
    row(
        _weights(-5, 66),
        "weights", "block", "weights.track_record",
        "Bobot track_record tidak boleh negatif.",
        "The weight of track_record may not be negative.",
        "Praktik (Kota Cilegon 2023, Sekprov Sulsel 2023)", "secondary", ">= 0", "-5",
    ),
    row(
        _weights(14, 31),
        "weights.ranges", "warn", "weights.track_record",
        "Bobot track_record di luar rentang pedoman 15 sampai 20 persen; rencana ini 14.",
        "The weight of track_record is outside the guideline's 15 to 20 percent; it is 14.",
        "PermenPANRB 15/2019 Lampiran, sebagaimana dikutip media", "secondary", "15..20", "14",
    ),
    row(
        {"committee": MEMBERS[:3]},
        "committee.min_members", "block", "committee",
        "Panitia seleksi paling sedikit 5 orang; rencana ini 3.",
        "The committee needs at least 5 members; the plan has 3.",
        "PP 11/2017 Pasal 114 ayat (7)", "read", ">= 5", "3",
    ),
    row(
        {"committee": MEMBERS[:11]},
        "committee.max_members", "block", "committee",
        "Panitia seleksi paling banyak 9 orang; rencana ini 11.",
        "The committee may have at most 9 members; the plan has 11.",
        "PP 11/2017 Pasal 114 ayat (7)", "read", "<= 9", "11",
    ),
    row(
        {"committee": MEMBERS[:6]},
        "committee.must_be_odd", "block", "committee",
        "Jumlah anggota panitia harus gasal; rencana ini 6.",
        "The number of members must be odd; the plan has 6.",
        "PP 11/2017 Pasal 114 ayat (7)", "read", "gasal", "6",
    ),
    row(
        {"committee": MEMBERS[:2] + MEMBERS[2:3] * 3},
        "committee.required_elements", "block", "committee",
        "Unsur panitia belum lengkap: expert.",
        "The committee lacks the elements expert.",
        "PP 11/2017 Pasal 114 ayat (5)", "read", "internal, related_agency, expert", "internal, related_agency",
    ),
    row(
        {"committee": MEMBERS[:2] * 2 + MEMBERS[2:5]},
        "committee.max_internal_share", "warn", "committee",
        "Unsur internal 4 dari 7 anggota melebihi 45 persen.",
        "4 of 7 members are internal, more than 45 percent.",
        "PermenPANRB 15/2019 Lampiran (belum dikonfirmasi)", "unconfirmed", "<= 0.45", "0.5714",
    ),
    row(
        {"committee": MEMBERS[:2] * 2 + MEMBERS[2:5]},
        "committee.one_chair", "warn", "committee",
        "Panitia memerlukan satu ketua; rencana ini menyebut 2.",
        "The committee needs one chair; the plan names 2.",
        "PP 11/2017 Pasal 117 ayat (5) (ketua menandatangani pengumuman)", "derived", "1", "2",
    ),
    row(
        _fifth(party_member=True),
        "committee.forbid_party_member", "block", "committee[4].party_member",
        "Anggota atau pengurus partai politik tidak boleh duduk dalam panitia.",
        "A member of a political party may not sit in the committee.",
        "PP 11/2017 Pasal 114 ayat (6) huruf c", "read", "false", "true",
    ),
    row(
        _fifth(supervisor_staff=True),
        "committee.forbid_supervisor_staff", "warn", "committee[4].supervisor_staff",
        "Pegawai BKN tidak duduk dalam panitia seleksi.",
        "Staff of BKN do not sit in the committee.",
        "Praktik BKN sejak Juli 2025", "secondary", "false", "true",
    ),
    row(
        _fifth(kin_of=[{"of": "x", "relation": "child"}, "y"]),
        "committee.kinship_degree_forbidden", "block", "committee[4].kin_of",
        "Anggota ini menyatakan hubungan keluarga (dilarang sampai derajat ke-2); ganti anggota ini.",
        "This member declares kinship (forbidden up to degree 2); replace the member.",
        "PP 11/2017 Pasal 114 ayat (6) huruf d; UU 30/2014 penjelasan Pasal 43 ayat (1) huruf b", "read", "[]", "2",
    ),
    row(
        _fifth(kin_of=[{"of": "x", "relation": "cousin"}]),
        "committee.kinship_degree_forbidden", "info", "committee[4].kin_of",
        "Anggota ini menyatakan hubungan keluarga di luar derajat ke-2; tidak dilarang, umumkan.",
        "This member declares kinship beyond degree 2; it is not forbidden, disclose it.",
        "PP 11/2017 Pasal 114 ayat (6) huruf d; UU 30/2014 penjelasan Pasal 43 ayat (1) huruf b", "read", "> 2", "1",
    ),
    row(
        {"applicants_minimum": 3},
        "applicants.min_per_post", "warn", "applicants_minimum",
        "Pelamar paling sedikit lazimnya 4 orang per jabatan, karena 3 nama harus diusulkan.",
        "At least 4 applicants a post are usual, because 3 names must be proposed.",
        "Praktik pengumuman seleksi (NTB dan Banjarnegara 2026)", "secondary", ">= 4", "3",
    ),
    row(
        {"applicants_minimum": 2},
        "applicants.min_per_post", "block", "applicants_minimum",
        "Pelamar paling sedikit lazimnya 4 orang per jabatan, karena 3 nama harus diusulkan.",
        "At least 4 applicants a post are usual, because 3 names must be proposed.",
        "Praktik pengumuman seleksi (NTB dan Banjarnegara 2026)", "secondary", ">= 4", "2",
    ),
    row(
        {"results": {"cross_use": True}},
        "result.cross_use_forbidden", "block", "results.cross_use",
        "Jabatan tidak boleh diisi dengan calon yang lulus seleksi jabatan lain.",
        "A post may not be filled with a candidate who passed the selection for another post.",
        "PP 11/2017 Pasal 129", "read", "false", "true",
    ),
    row(
        {"results": {"names_per_post": 2}},
        "result.top_n", "block", "results.names_per_post",
        "Untuk setiap jabatan diusulkan 3 nama; rencana ini 2.",
        "3 names are proposed for each post; the plan has 2.",
        "PP 11/2017 Pasal 121 ayat (3)", "read", "3", "2",
    ),
]  # fmt: skip
NOT_STATED: Final = [
    ({"vacancies": ...}, "result.top_n", "vacancies", "PP 11/2017 Pasal 121 ayat (3)", "read"),
    ({"announcement": ...}, "announcement.min_calendar_days", "announcement", "PP 11/2017 Pasal 117 ayat (2)", "read"),
    ({"announcement": {"closes": "2026-02-04"}}, "announcement.min_calendar_days", "announcement.opens",
     "PP 11/2017 Pasal 117 ayat (2)", "read"),
    ({"announcement": {"opens": "2026-01-20"}}, "announcement.min_calendar_days", "announcement.closes",
     "PP 11/2017 Pasal 117 ayat (2)", "read"),
    ({"weights": ...}, "weights", "weights", "Praktik (Kota Cilegon 2023, Sekprov Sulsel 2023)", "secondary"),
    ({"committee": ...}, "committee.min_members", "committee", "PP 11/2017 Pasal 114 ayat (7)", "read"),
    ({"applicants_minimum": ...}, "applicants.min_per_post", "applicants_minimum",
     "Praktik pengumuman seleksi (NTB dan Banjarnegara 2026)", "secondary"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "finding"), FINDINGS)
def test_a_finding_on_the_plan_states_all_its_facts(
    find_all: Any, change: dict[str, Any], finding: dict[str, str]
) -> None:
    assert the_finding(find_all(**change), finding) == finding


@pytest.mark.parametrize(("change", "rule", "path", "citation", "confidence"), NOT_STATED)
def test_what_is_not_stated_on_the_plan_is_not_checked(
    find_all: Any, change: dict[str, Any], rule: str, path: str, citation: str, confidence: str
) -> None:
    _, finding = row(change, rule, "info", path, *ABSENT, citation, confidence)
    assert the_finding(find_all(**change), finding) == finding

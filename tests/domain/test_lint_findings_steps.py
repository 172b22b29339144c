"""Every finding of lint on timetable, extensions and last steps, with all its facts."""

from typing import Any, Final

import pytest
from findings import ABSENT, Row, row, the_finding


def _steps(*steps: str) -> dict[str, Any]:
    """Stages written as `stage start [end]`, in days of March 2026."""
    split = [step.split() for step in steps]
    return {"stages": [{"stage": s, "start": f"2026-03-{a}", "end": f"2026-03-{(*b, a)[0]}"} for s, a, *b in split]}


def _stage(stage: str, start: str, end: str) -> dict[str, Any]:
    return {"stages": [{"stage": stage, "start": start, "end": end}]}


def _late_inauguration() -> dict[str, Any]:
    decree, inauguration = {"stage": "decree", "date": "2026-04-01"}, {"stage": "inauguration", "date": "2026-05-04"}
    return {"stages": [decree, inauguration]}


FINDINGS: Final[list[Row]] = [
    row(
        {},
        "stages.required", "info", "stages",
        "Jadwal belum memuat tahap wajib: health_and_psych; tes kesehatan dan kejiwaan boleh sesudah tiga besar.",
        "The timetable does not show the required stages health_and_psych; the health and psychological tests may "
        "follow the three names.",
        "PP 11/2017 Pasal 120 ayat (5)", "read",
        "admin_and_track_record, competency, final_interview, health_and_psych",
        "assessment, final_result, inauguration, interview, paper, screening_result",
    ),
    row(
        _steps("health 02", "track_record 02"),
        "stages.required", "info", "stages",
        "Jadwal belum memuat tahap wajib: competency, final_interview.",
        "The timetable does not show the required stages competency, final_interview.",
        "PP 11/2017 Pasal 120 ayat (5)", "read",
        "admin_and_track_record, competency, final_interview, health_and_psych", "health, track_record",
    ),
    row(
        {"stages": [{"stage": "interview"}]},
        "stages.order", "info", "stages[0]",
        "Tahap ini belum bertanggal.",
        "This stage has no date.",
        "PP 11/2017 Pasal 113 dan Pasal 120 ayat (5)", "read",
    ),
    row(
        _steps("interview 03 02"),
        "stages.order", "block", "stages[0].end",
        "Akhir tahap 2 Maret 2026 mendahului awalnya 3 Maret 2026.",
        "The stage ends on 2026-03-02, before it starts on 2026-03-03.",
        "PP 11/2017 Pasal 113 dan Pasal 120 ayat (5)", "read", ">= 2026-03-03", "2026-03-02",
    ),
    row(
        _stage("registration", "2026-01-19", "2026-02-04"),
        "stages.order", "block", "stages[0]",
        "Tahap registration dimulai 19 Januari 2026, sebelum pengumuman 20 Januari 2026.",
        "Stage registration starts on 2026-01-19, before the announcement on 2026-01-20.",
        "PP 11/2017 Pasal 113 dan Pasal 120 ayat (5)", "read", ">= 2026-01-20", "2026-01-19",
    ),
    row(
        _stage("paper", "2026-02-04", "2026-02-05"),
        "stages.order", "warn", "stages[0]",
        "Tahap paper dimulai 4 Februari 2026, pada hari terakhir pelamaran 4 Februari 2026.",
        "Stage paper starts on 2026-02-04, on the last day of applications on 2026-02-04.",
        "PP 11/2017 Pasal 113 dan Pasal 120 ayat (5)", "read", "> 2026-02-04", "2026-02-04",
    ),
    row(
        _stage("paper", "2026-02-03", "2026-02-05"),
        "stages.order", "block", "stages[0]",
        "Tahap paper dimulai 3 Februari 2026, sebelum pelamaran selesai 4 Februari 2026.",
        "Stage paper starts on 2026-02-03, before applications end on 2026-02-04.",
        "PP 11/2017 Pasal 113 dan Pasal 120 ayat (5)", "read", "> 2026-02-04", "2026-02-03",
    ),
    row(
        _stage("document_check", "2026-01-21", "2026-02-03"),
        "stages.order", "block", "stages[0]",
        "Tahap document_check berakhir 3 Februari 2026, sebelum pelamaran selesai 4 Februari 2026.",
        "Stage document_check ends on 2026-02-03, before applications end on 2026-02-04.",
        "PP 11/2017 Pasal 113 dan Pasal 120 ayat (5)", "read", "> 2026-02-04", "2026-02-03",
    ),
    row(
        _stage("track_record", "2026-01-21", "2026-02-04"),
        "stages.order", "warn", "stages[0]",
        "Tahap track_record berakhir 4 Februari 2026, pada hari terakhir pelamaran 4 Februari 2026.",
        "Stage track_record ends on 2026-02-04, on the last day of applications on 2026-02-04.",
        "PP 11/2017 Pasal 113 dan Pasal 120 ayat (5)", "read", "> 2026-02-04", "2026-02-04",
    ),
    row(
        _steps("interview 03", "assessment 04 05"),
        "stages.order", "block", "stages[0]",
        "Tahap interview (3 Maret 2026) mendahului assessment (4 Maret 2026).",
        "Stage interview (2026-03-03) comes before assessment (2026-03-04).",
        "PP 11/2017 Pasal 113 dan Pasal 120 ayat (5)", "read", ">= 2026-03-05", "2026-03-03",
    ),
    row(
        _steps("assessment 03 05", "interview 04"),
        "selter.stages.overlap", "warn", "stages[1]",
        "Tahap interview bertumpang tindih dengan assessment sejak 4 Maret 2026.",
        "Stage interview overlaps assessment from 2026-03-04.",
        "Pilihan Selter (bukan ketentuan)", "derived", "> 2026-03-05", "2026-03-04",
    ),
    row(
        _steps("assessment 03 05", "interview 05"),
        "selter.stages.overlap", "info", "stages[1]",
        "Tahap interview bertumpang tindih dengan assessment sejak 5 Maret 2026.",
        "Stage interview overlaps assessment from 2026-03-05.",
        "Pilihan Selter (bukan ketentuan)", "derived", "> 2026-03-05", "2026-03-05",
    ),
    row(
        _steps("interview 07"),
        "selter.stages.weekend", "info", "stages[0]",
        "Tahap interview jatuh pada akhir pekan, 7 Maret 2026.",
        "Stage interview falls on a weekend day, 2026-03-07.",
        "Pilihan Selter (bukan ketentuan); akhir pekan lazim dipakai dalam praktik", "derived",
        "hari kerja", "2026-03-07",
    ),
    row(
        _steps("interview 18"),
        "selter.stages.holiday", "warn", "stages[0]",
        "Tahap interview jatuh pada hari libur atau cuti bersama, 18 Maret 2026.",
        "Stage interview falls on a holiday, 2026-03-18.",
        "Pilihan Selter (bukan ketentuan)", "derived", "hari kerja", "2026-03-18",
    ),
    row(
        _stage("interview", "2030-02-18", "2030-02-18"),
        "selter.stages.holiday", "info", "stages[0]",
        "Kalender tidak memuat tahun 2030.",
        "The calendar does not cover 2030.",
        "Pilihan Selter (bukan ketentuan)", "derived",
    ),
    row(
        {"extensions": ["2026-02-11", "2026-02-18", "2026-02-25"]},
        "extension.max_times", "block", "extensions",
        "Pendaftaran diperpanjang paling banyak 2 kali; rencana ini 3.",
        "Applications are extended at most 2 times; the plan has 3.",
        "Praktik perpanjangan (NTB 2026)", "secondary", "<= 2", "3",
    ),
    row(
        {"extensions": ["2026-02-10"]},
        "extension.days", "warn", "extensions",
        "Perpanjangan sampai 10 Februari 2026 berlangsung 6 hari; lazimnya 7 hari.",
        "The extension to 2026-02-10 lasts 6 days; 7 are usual.",
        "Praktik perpanjangan (Bojonegoro 2025, Banjarnegara 2026)", "secondary", "2026-02-11", "2026-02-10",
    ),
    row(
        {"extensions": ["2026-02-03"]},
        "extension.days", "block", "extensions",
        "Perpanjangan sampai 3 Februari 2026 berlangsung -1 hari; lazimnya 7 hari.",
        "The extension to 2026-02-03 lasts -1 days; 7 are usual.",
        "Praktik perpanjangan (Bojonegoro 2025, Banjarnegara 2026)", "secondary", "2026-02-11", "2026-02-03",
    ),
    row(
        _steps("supervisor_report 02 06", "final_result 05"),
        "result.publish", "warn", "stages[1]",
        "Hasil akhir diumumkan 5 Maret 2026, sebelum BKN selesai memeriksa 6 Maret 2026.",
        "The final result is announced on 2026-03-05, before BKN is done on 2026-03-06.",
        "Praktik (Mukomuko 2026, Blitar 2025)", "secondary", ">= 2026-03-06", "2026-03-05",
    ),
    row(
        _steps("ppk_report 06", "choice 31"),
        "ppk.decision_working_days", "warn", "stages[1]",
        "PPK memilih paling lambat 27 Maret 2026; rencana ini 31 Maret 2026.",
        "The PPK chooses by 2026-03-27 at the latest; the plan has 2026-03-31.",
        "UU 30/2014 Pasal 53 ayat (2)", "derived", "<= 2026-03-27", "2026-03-31",
    ),
    row(
        _late_inauguration(),
        "inauguration.max_days_after_sk", "warn", "stages[1]",
        "Pelantikan paling lambat 1 Mei 2026, dihitung dari keputusan 1 April 2026; rencana ini 4 Mei 2026.",
        "The inauguration is due by 2026-05-01, counted from the decree of 2026-04-01; the plan has 2026-05-04.",
        "Perka BKN 7/2017", "secondary", "<= 2026-05-01", "2026-05-04",
    ),
]  # fmt: skip
NOT_STATED: Final = [
    ({"stages": ...}, "stages.order", "stages", "PP 11/2017 Pasal 113 dan Pasal 120 ayat (5)", "read"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "finding"), FINDINGS)
def test_a_finding_on_the_timetable_states_all_its_facts(
    find_all: Any, change: dict[str, Any], finding: dict[str, str]
) -> None:
    assert the_finding(find_all(**change), finding) == finding


@pytest.mark.parametrize(("change", "rule", "path", "citation", "confidence"), NOT_STATED)
def test_what_is_not_stated_on_the_timetable_is_not_checked(
    find_all: Any, change: dict[str, Any], rule: str, path: str, citation: str, confidence: str
) -> None:
    _, finding = row(change, rule, "info", path, *ABSENT, citation, confidence)
    assert the_finding(find_all(**change), finding) == finding
